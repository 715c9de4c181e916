//! Words that tell how something is said, from `data/en/saying.tsv`.

use crate::numbers::List;

static DATA: &str = include_str!("../../../data/en/saying.tsv");

/// Kinds of words around a saying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// Acts of speech that are expressed: gratitude, regret.
    Act,
    /// Verbs whose object is the person addressed: tell, urge.
    Address,
    /// Verbs whose object is whom the words come from: cite.
    Cites,
    /// Verbs that bind the speaker to do something: threaten, offer.
    Commits,
    /// Verbs that take an act: express, convey.
    Express,
    /// Verbs that say with a quotation, but tell of a doing with "to": "continued", "continued to fall".
    GoesOn,
    /// Those before whom something is said: court, inquest.
    Hearer,
    /// What they do: hear.
    Hears,
    /// Media and occasions: interview, rally.
    Occasion,
    /// Those who lead a body: director, chair.
    Officer,
    /// Verbs that refuse a saying: decline.
    Refuse,
    /// Nouns that look back on something said: remarks.
    Remark,
    /// What is refused where nothing is said: comment, answer.
    Reply,
    /// Verbs that tie a person to a body: lead, found, "speak for".
    Serves,
    /// Verbs that tell somebody of something: assure.
    TellsOf,
}

impl Word {
    /// The kinds, in order, with their names in the data.
    const ALL: [(Self, &'static str); 15] = [
        (Self::Act, "act"),
        (Self::Address, "address"),
        (Self::Cites, "cites"),
        (Self::Commits, "commits"),
        (Self::Express, "express"),
        (Self::GoesOn, "goes-on"),
        (Self::Hearer, "hearer"),
        (Self::Hears, "hears"),
        (Self::Occasion, "occasion"),
        (Self::Officer, "officer"),
        (Self::Refuse, "refuse"),
        (Self::Remark, "remark"),
        (Self::Reply, "reply"),
        (Self::Serves, "serves"),
        (Self::TellsOf, "tells-of"),
    ];

    const fn bit(self) -> u32 {
        1 << self as usize
    }
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

    const fn bit(self) -> u32 {
        1 << (Word::ALL.len() + self as usize)
    }
}

/// Each kind has a bit of its own.
const _: () = assert!(Word::ALL.len() + Speech::ALL.len() < u32::BITS as usize);

/// The words, each with its kinds as bits: those of [`Word`], then those of [`Speech`].
#[derive(Debug)]
pub(super) struct Saying(List<u32>);

impl Saying {
    pub(super) fn load() -> Self {
        let mut words: List<u32> = List::default();
        for (kind, word) in DATA.lines().filter_map(|line| line.split_once('\t')) {
            let bit = Word::ALL.iter().find(|(_, name)| *name == kind).map(|(word, _)| word.bit());
            let speech = Speech::ALL.iter().find(|speech| speech.name() == kind).map(|speech| speech.bit());
            *words.entry(word).or_default() |= bit.or(speech).unwrap_or_default();
        }
        Self(words)
    }

    /// What a lemma of this part of speech does; of two things the more telling: "ask" asks, though it also says.
    pub(super) fn speech(&self, lemma: &str, pos: &str) -> Speech {
        let kinds = self.kinds(lemma);
        let known: &[Speech] = match pos {
            "NOUN" => &[Speech::Telling],
            _ => &[Speech::Asks, Speech::Judges, Speech::Says, Speech::Figures],
        };
        known.iter().copied().find(|speech| kinds & speech.bit() != 0).unwrap_or_default()
    }

    /// Whether the lemma is of this kind.
    pub(super) fn is(&self, kind: Word, lemma: &str) -> bool {
        self.kinds(lemma) & kind.bit() != 0
    }

    /// Lemmas of proper nouns keep their capital: "on Facebook".
    fn kinds(&self, lemma: &str) -> u32 {
        let kinds = if lemma.bytes().any(|byte| byte.is_ascii_uppercase()) {
            self.0.get(lemma.to_ascii_lowercase().as_str())
        } else {
            self.0.get(lemma)
        };
        kinds.copied().unwrap_or_default()
    }
}
