//! Words that tell how something is said, from `data/en/saying.tsv`.

use std::collections::{BTreeMap, BTreeSet};

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

/// What a word of speech does, so that rare words are judged by their likes: "giggled" as "said".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Speech {
    /// No word of speech that is known.
    #[default]
    None,
    /// Takes a clause or a quotation: say, giggle.
    Says,
    /// Asks somebody to do something: order, invite.
    Asks,
    /// Is the act itself, with an object: thank, dispute, brand.
    Judges,
    /// Gives a figure out: estimate, put.
    Figures,
    /// A noun: claim, accusation.
    Telling,
}

impl Speech {
    /// The kind's name, as a feature and in the data.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Says => "says",
            Self::Asks => "asks",
            Self::Judges => "judges",
            Self::Figures => "figures",
            Self::Telling => "telling",
        }
    }

    const ALL: [Self; 5] = [Self::Says, Self::Asks, Self::Judges, Self::Figures, Self::Telling];
}

/// The words by kind.
#[derive(Debug)]
pub(super) struct Saying {
    words: BTreeSet<(Word, &'static str)>,
    speech: BTreeMap<&'static str, [bool; 5]>,
}

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
        Self { words: rows.collect(), speech: speech() }
    }

    /// What a lemma of this part of speech does; of two things the more telling: "ask" asks, though it also says.
    pub(super) fn speech(&self, lemma: &str, pos: &str) -> Speech {
        let lower = lemma.to_lowercase();
        let Some(kinds) = self.speech.get(lower.as_str()) else { return Speech::None };
        let has = |kind: &Speech| kinds[*kind as usize - 1];
        match pos {
            "NOUN" => Some(Speech::Telling).filter(has).unwrap_or_default(),
            _ => [Speech::Asks, Speech::Judges, Speech::Says, Speech::Figures]
                .into_iter()
                .find(has)
                .unwrap_or_default(),
        }
    }

    /// Whether the lemma is of this kind.
    pub(super) fn is(&self, kind: Word, lemma: &str) -> bool {
        // Lemmas of proper nouns keep their capital: "on Facebook".
        self.words
            .range((kind, "")..)
            .take_while(|(of, _)| *of == kind)
            .any(|(_, word)| lemma.eq_ignore_ascii_case(word))
    }
}

fn speech() -> BTreeMap<&'static str, [bool; 5]> {
    let mut speech: BTreeMap<&'static str, [bool; 5]> = BTreeMap::new();
    for (kind, word) in DATA.lines().filter_map(|line| line.split_once('\t')) {
        if let Some(at) = Speech::ALL.iter().position(|speech| speech.name() == kind) {
            speech.entry(word).or_default()[at] = true;
        }
    }
    speech
}
