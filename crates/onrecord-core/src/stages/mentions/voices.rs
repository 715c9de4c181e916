//! Who the labels of a transcript are: names that come back before a colon, initials, those who say their own name or are
//! announced; and in whose voice a quotation goes on.

use std::collections::{BTreeMap, BTreeSet};

use super::actors::{Actor, Linker};
use super::candidates::{Scene, is_subject};
use super::labels::is_label;
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
        let person =
            self.done.links[name].is_some_and(|actor| self.done.actors[actor].kind == ActorKind::Person);
        let verb = reading.head(found.head);
        if !person
            || found.kind != MentionKind::Name
            || reading.dep(found.head) != "attr"
            || reading.lemma(verb) != "be"
        {
            return None;
        }
        let subject = reading.children(verb).find(|child| reading.dep(*child) == "nsubj")?;
        let own = match reading.lower(subject) {
            "i" => true,
            // "It's Dave here."
            "it" => reading.tokens.get(found.end).is_some_and(|here| here.norm == "here"),
            "name" => reading.children(subject).any(|child| reading.lower(child) == "my"),
            // At the end of a turn.
            "this" => {
                let sentence = reading.sentences.get(reading.sentence(found.head))?.tokens();
                let after = sentence.end;
                after >= reading.tokens.len() || reading.paragraph(after) != reading.paragraph(found.head)
            }
            _ => false,
        };
        let label = reading.turn(found.head).filter(|_| own)?;
        let mut voices = self.walk.found[..name].iter().enumerate().rev();
        let (voice, _) = voices.find(|(_, voice)| label.contains(voice.span))?;
        let actor = self.done.links[voice]?;
        self.done.actors[actor].name.is_none().then_some(actor)
    }

    /// "HOST: Dave is on the line from Norvale." and then "CALLER:", "I call Ana Ruiz." and then "THE WITNESS:": the one person
    /// whom the turn before announces.
    pub(super) fn announced(&self, i: usize) -> Option<usize> {
        const ANNOUNCES: [&str; 9] =
            ["call", "go", "hear", "hello", "join", "line", "morning", "now", "welcome"];
        let reading = self.walk.reading;
        let found = &self.walk.found[i];
        let label = |found: &Found| {
            let first = found.title.map_or(found.span.start, |title| title.start);
            let opens =
                reading.line(found.head).is_some_and(|line| reading.tokens[line.start].start == first);
            opens && reading.tokens.get(found.end).is_some_and(|colon| colon.lemma == ":")
        };
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
