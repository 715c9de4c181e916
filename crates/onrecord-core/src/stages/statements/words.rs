//! Words that tell how something is said, from `data/en/saying.tsv`.

use std::collections::BTreeSet;

static DATA: &str = include_str!("../../../data/en/saying.tsv");

/// Kinds of words around a saying.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Word {
    /// Acts of speech that are expressed: gratitude, regret.
    Act,
    /// Verbs whose object is the person addressed: tell, urge.
    Address,
    /// Verbs that take an act: express, convey.
    Express,
    /// Media and occasions: interview, rally.
    Occasion,
    /// Verbs that refuse a saying: decline.
    Refuse,
    /// Nouns that look back on something said: remarks.
    Remark,
    /// What is refused where nothing is said: comment, answer.
    Reply,
    /// Verbs that tell somebody of something: assure.
    TellsOf,
}

/// The words by kind.
#[derive(Debug)]
pub(super) struct Saying(BTreeSet<(Word, &'static str)>);

impl Saying {
    pub(super) fn load() -> Self {
        let rows = DATA.lines().filter_map(|line| {
            let (kind, word) = line.split_once('\t')?;
            let kind = match kind {
                "act" => Word::Act,
                "address" => Word::Address,
                "express" => Word::Express,
                "occasion" => Word::Occasion,
                "refuse" => Word::Refuse,
                "remark" => Word::Remark,
                "reply" => Word::Reply,
                "tells-of" => Word::TellsOf,
                _ => return None,
            };
            Some((kind, word))
        });
        Self(rows.collect())
    }

    /// Whether the lemma is of this kind.
    pub(super) fn is(&self, kind: Word, lemma: &str) -> bool {
        // Lemmas of proper nouns keep their capital: "on Facebook".
        self.0
            .range((kind, "")..)
            .take_while(|(of, _)| *of == kind)
            .any(|(_, word)| lemma.eq_ignore_ascii_case(word))
    }
}
