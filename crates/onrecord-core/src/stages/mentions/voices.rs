//! Who the labels of a transcript are: names that come back before a colon, initials, and those who say their own name.

use std::collections::{BTreeMap, BTreeSet};

use super::actors::{Actor, Linker};
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
}
