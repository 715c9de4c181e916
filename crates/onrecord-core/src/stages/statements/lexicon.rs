//! How often a word is the cue of a statement, or of an attitude: learned, from `data/en/cues.tsv`.

use crate::numbers::ListOf;

static DATA: &str = include_str!("../../../data/en/cues.tsv");

/// Chances that a word is a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Chance {
    /// Of a statement, per thousand.
    pub(super) statement: u16,
    /// Of an attitude, such as a hope or a fear, per thousand.
    pub(super) attitude: u16,
}

impl Chance {
    /// The chance of a statement in five steps, as a feature.
    pub(super) const fn bin(per_thousand: u16) -> &'static str {
        match per_thousand {
            0 => "0",
            1..20 => "1",
            20..100 => "2",
            100..300 => "3",
            300..600 => "4",
            _ => "5",
        }
    }
}

/// The lexicon of cues.
#[derive(Debug)]
pub(super) struct Cues(ListOf<(&'static str, &'static str), Chance>);

impl Cues {
    pub(super) fn load() -> Self {
        let rows = DATA.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
            let mut fields = line.split('\t');
            let word = (fields.next()?, fields.next()?);
            let chance =
                Chance { statement: fields.next()?.parse().ok()?, attitude: fields.next()?.parse().ok()? };
            Some((word, chance))
        });
        Self(rows.collect())
    }

    /// The chances of a lemma with this part of speech.
    pub(super) fn chance(&self, lemma: &str, pos: &str) -> Chance {
        // An auxiliary that the tagger made of a verb, "has warned", is looked up as the verb.
        let pos = if pos == "AUX" && lemma != "be" { "VERB" } else { pos };
        self.0.get(&(lemma, pos)).copied().unwrap_or_default()
    }
}
