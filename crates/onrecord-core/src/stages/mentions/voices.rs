//! Who the labels of a transcript are: names that come back before a colon, initials, those who say their own name or are
//! announced; and in whose voice a quotation goes on.

use std::collections::{BTreeMap, BTreeSet};

use super::actors::{Actor, Linker};
use super::candidates::{Scene, is_subject};
use super::labels::{is_label, labels_turn};
use super::lexicon::Lexicon;
use super::reading::Reading;
use super::resolve::State;
use super::{ActorKind, Found, MentionKind};

/// Words of the longest label that is a name.
const LONGEST: usize = 3;

/// Labels that come back, in ordinary letters, which the tags may take for nouns: "Ruiz: I said so."
pub(super) fn labels(reading: &Reading<'_>, lexicon: &Lexicon, found: &[Found]) -> Vec<(usize, usize)> {
    let mut labels: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    let paragraphs = reading.sentences.iter().map(|sentence| sentence.tokens().start);
    let opens =
        paragraphs.filter(|first| *first == 0 || reading.paragraph(first - 1) != reading.paragraph(*first));
    for first in opens {
        let ahead = first..reading.tokens.len().min(first + LONGEST + 1);
        let Some(colon) = ahead.clone().find(|token| reading.text(*token) == ":") else { continue };
        let capitals = (first..colon).all(|token| reading.capital(token) && !reading.is_in_capitals(token));
        if colon > first && capitals && reading.paragraph(colon) == reading.paragraph(first) {
            labels.entry(reading.text(colon - 1)).or_default().push((first, colon));
        }
    }
    labels.retain(|_, places| places.len() > 1);
    if labels.is_empty() {
        return Vec::new();
    }
    let taken = |label: &(usize, usize)| found.iter().any(|name| name.first < label.1 && label.0 < name.end);
    let plain: BTreeSet<&str> =
        (0..reading.tokens.len()).filter(|i| !reading.capital(*i)).map(|i| reading.text(i)).collect();
    labels.retain(|word, _| {
        let word = word.to_lowercase();
        lexicon.person(&word).is_none() && !plain.contains(word.as_str())
    });
    labels.into_values().flatten().filter(|label| !taken(label)).collect()
}

impl Linker<'_> {
    /// "AR:" of "Ana Ruiz": the one whose initials a label is.
    pub(super) fn by_label(&self, found: &Found) -> Option<usize> {
        let letters = self.reading.text(found.first);
        let short = found.end == found.first + 1 && (2..=3).contains(&letters.len());
        if !short || !is_label(self.reading, found.first) {
            return None;
        }
        let letters = letters.to_lowercase();
        let initials =
            |known: &Actor| known.words.iter().filter_map(|word| word.chars().next()).collect::<String>();
        let mut alike = (0..self.actors.len()).filter(|actor| {
            let known = &self.actors[*actor];
            known.words.len() == letters.len() && initials(known) == letters
        });
        let one = alike.next()?;
        alike.next().is_none().then_some(one)
    }
}

impl State<'_> {
    /// "PRESENTER: Good evening. I'm Ana Ruiz." and "REPORTER: … This is Bo Velk in Norvale.": whom a voice calls itself.
    pub(super) fn named_by_itself(&self, name: usize) -> Option<usize> {
        let reading = self.walk.reading;
        let found = &self.walk.found[name];
        let kind = self.done.links[name].map(|actor| self.done.actors[actor].kind);
        if found.kind != MentionKind::Name || kind == Some(ActorKind::Group) {
            return None;
        }
        let own = self.says_own_name(name, kind == Some(ActorKind::Person)) || self.answers_name(name);
        let label = reading.turn(found.head).filter(|_| own)?;
        let mut voices = self.walk.found[..name].iter().enumerate().rev();
        let (voice, _) = voices.find(|(_, voice)| label.contains(voice.span))?;
        let actor = self.done.links[voice]?;
        self.done.actors[actor].name.is_none().then_some(actor)
    }

    /// "I'm Ana Ruiz", "my name is Ana Ruiz", "it's Dave here", "This is Bo Velk in Norvale" at the end of a turn.
    fn says_own_name(&self, name: usize, person: bool) -> bool {
        let reading = self.walk.reading;
        let found = &self.walk.found[name];
        let verb = reading.head(found.head);
        let told = reading.dep(found.head) == "attr" && reading.lemma(verb) == "be";
        let subject = reading.children(verb).find(|child| reading.dep(*child) == "nsubj").filter(|_| told);
        let sentence = reading.sentences.get(reading.sentence(found.head)).map(|sentence| sentence.tokens());
        let (Some(subject), Some(sentence)) = (subject, sentence) else { return false };
        let starts_turn = || {
            let turn = reading.turn(found.head);
            let start = reading.tokens.get(sentence.start).map(|token| token.start);
            turn.zip(start).is_some_and(|(label, start)| start <= label.end + 2)
        };
        match reading.lower(subject) {
            "i" => person,
            "name" => reading.children(subject).any(|child| reading.lower(child) == "my"),
            // "It's Dave here", and "Imelda, it's Dave." at the start of a turn.
            "it" => {
                let behind = reading.tokens.get(found.end).map(|token| token.norm.as_str());
                person && (behind == Some("here") || behind == Some(".") && starts_turn())
            }
            // At the end of a turn.
            "this" => {
                let after = sentence.end;
                let ends = after >= reading.tokens.len()
                    || reading.paragraph(after) != reading.paragraph(found.head);
                person && ends
            }
            _ => false,
        }
    }

    /// "HOST: What's your name?" and "CALLER: Dave. Dave Velk.": a turn of nothing but a name.
    fn answers_name(&self, name: usize) -> bool {
        let reading = self.walk.reading;
        let found = &self.walk.found[name];
        let paragraph = reading.paragraph(found.head);
        let of = |token: &usize| reading.paragraph(*token) == paragraph;
        let asked = || {
            (0..found.first)
                .rev()
                .skip_while(of)
                .take_while(|token| reading.paragraph(*token) + 1 == paragraph)
                .any(|token| reading.lower(token) == "name")
        };
        let Some(label) = reading.turn(found.head) else { return false };
        let words =
            (found.first..reading.tokens.len()).take_while(of).filter(|token| reading.is_word(*token));
        let begins = (0..found.first)
            .rev()
            .take_while(of)
            .filter(|token| reading.is_word(*token))
            .all(|token| reading.tokens[token].start < label.end || reading.capital(token));
        begins && words.into_iter().all(|token| reading.capital(token)) && asked()
    }

    /// "HOST: Dave is on the line from Norvale." and then "CALLER:", "I call Ana Ruiz." and then "THE WITNESS:": the one person
    /// whom the turn before announces.
    pub(super) fn announced(&self, i: usize) -> Option<usize> {
        const ANNOUNCES: [&str; 9] =
            ["call", "go", "hear", "hello", "join", "line", "morning", "now", "welcome"];
        let reading = self.walk.reading;
        let found = &self.walk.found[i];
        let label = |found: &Found| labels_turn(reading, found);
        let unnamed = |actor: usize| self.done.actors[actor].name.is_none();
        let voice = found.kind == MentionKind::Nominal
            && found.actor == ActorKind::Person
            && label(found)
            && self.done.links[i].is_some_and(unnamed);
        let paragraph = reading.paragraph(found.head).checked_sub(1).filter(|_| voice)?;
        let before =
            (0..i).rev().take_while(|other| reading.paragraph(self.walk.found[*other].head) == paragraph);
        let names: Vec<usize> = before
            .filter(|other| {
                let other = &self.walk.found[*other];
                other.kind == MentionKind::Name && other.actor == ActorKind::Person && !label(other)
            })
            .collect();
        let actor = self.done.links[*names.first()?]?;
        let one = names.iter().all(|name| self.done.links[*name] == Some(actor));
        let speaks = self
            .walk
            .found
            .iter()
            .enumerate()
            .any(|(other, found)| self.done.links[other] == Some(actor) && label(found));
        let start = reading.line(self.walk.found[names[0]].head)?;
        let announces = start.into_iter().any(|token| ANNOUNCES.contains(&&*reading.lemma(token)));
        (one && announces && !speaks).then_some(names[0])
    }
}

impl Scene<'_> {
    /// “I rang her,” Ruiz said. “She laughed.”: whose quotation goes on in a sentence of nothing else.
    pub(super) fn voice(&self, i: usize) -> Option<usize> {
        const NEAR: usize = 24;
        let reading = self.reading;
        let pronoun = self.found[i].head;
        let sentence = reading.sentences.get(reading.sentence(pronoun))?.tokens();
        let whole =
            sentence.clone().filter(|token| reading.is_word(*token)).all(|token| reading.quoted(token));
        if !whole {
            return None;
        }
        let says = |other: &usize| {
            let head = self.found[*other].head;
            !reading.quoted(head) && is_subject(reading.dep(head)) && self.speaks(head)
        };
        // Who says it follows.
        let own = (i + 1..self.found.len().min(i + NEAR))
            .any(|other| says(&other) && reading.passage(self.found[other].head) == reading.passage(pronoun));
        if own {
            return None;
        }
        let before = (i.saturating_sub(NEAR)..i).rev().filter(|other| {
            let head = self.found[*other].head;
            head < sentence.start && reading.paragraph(head) == reading.paragraph(pronoun)
        });
        let told = before.clone().find(|other| !reading.quoted(self.found[*other].head))?;
        let spoken = before.filter(says).find(|other| {
            let head = self.found[*other].head;
            reading.sentence(head) == reading.sentence(self.found[told].head) && reading.quotes(head)
        })?;
        self.links[spoken]
    }
}
