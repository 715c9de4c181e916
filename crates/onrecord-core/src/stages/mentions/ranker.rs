//! Weighs who a pronoun or a description stands for: one linear score for each candidate, and one for "nobody of these".

use std::collections::BTreeMap;

use crate::names::rows;

/// Weights for each feature and kind of anaphor; `onrecord-dev train antecedents` makes them, and
/// `docs/models/antecedents.md` tells from what.
static WEIGHTS: &str = include_str!("../../../data/en/antecedent_weights.tsv");

/// Declares the features once, so that their places, names and number cannot differ.
macro_rules! features {
    ($($feature:ident $name:literal,)*) => {
        /// One thing that the ranker sees of a candidate; its place among the [`Features`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Feature { $($feature,)* }

        /// The features by name, in order.
        pub const FEATURES: [&str; FEATURE_COUNT] = [$($name,)*];

        /// How many features there are.
        pub const FEATURE_COUNT: usize = [$($name,)*].len();
    };
}

features! {
    SameSentence "same_sentence",
    PreviousSentence "previous_sentence",
    TwoSentencesBack "two_sentences_back",
    FurtherBack "further_back",
    Distance "distance",
    OtherParagraph "other_paragraph",
    Subject "subject",
    Object "object",
    AfterPreposition "after_preposition",
    Possessive "possessive",
    Apposition "apposition",
    Conjunct "conjunct",
    Pronoun "pronoun",
    Nominal "nominal",
    Indefinite "indefinite",
    FullName "full_name",
    Unnamed "unnamed",
    Often "often",
    GenderKnown "gender_known",
    BothSubjects "both_subjects",
    SameRelation "same_relation",
    SameVerb "same_verb",
    ReflexiveOfSubject "reflexive_of_subject",
    PossessiveOfSubject "possessive_of_subject",
    Speaks "speaks",
    Governs "governs",
    OnlyPronounQuoted "only_pronoun_quoted",
    OnlyCandidateQuoted "only_candidate_quoted",
    BothQuoted "both_quoted",
    BothSpeak "both_speak",
    QuotedSpeaker "quoted_speaker",
    Nearest "nearest",
    MostOften "most_often",
    FirstNamed "first_named",
    ComesLater "comes_later",
    FirstInSentence "first_in_sentence",
    OnlyOne "only_one",
    MainSubjects "main_subjects",
    QuotedOnly "quoted_only",
    LastSpeaker "last_speaker",
    LastSpeakerSpeaks "last_speaker_speaks",
    IsGroup "is_group",
    IsOrganisation "is_organisation",
    IsPerson "is_person",
    OtherOffice "other_office",
    NoOffice "no_office",
    SameFamily "same_family",
    ModifierKnown "modifier_known",
    ModifierStrange "modifier_strange",
    GendersAgree "genders_agree",
    OfficeOfSubject "office_of_subject",
    TradeOfSubject "trade_of_subject",
    SpeaksNamed "speaks_named",
    JustNamed "just_named",
    Epithet "epithet",
    Place "place",
    Nobody "nobody",
    NobodySpeaks "nobody_speaks",
    NobodyBe "nobody_be",
    NobodyObject "nobody_object",
    NobodyPossessive "nobody_possessive",
    NobodyQuoted "nobody_quoted",
    NobodyNear "nobody_near",
    NobodyOffice "nobody_office",
    NobodyTrade "nobody_trade",
    NobodyKin "nobody_kin",
    NobodyComplement "nobody_complement",
    NobodyModified "nobody_modified",
    NobodyNamedNext "nobody_named_next",
    NobodyHeld "nobody_held",
    NobodyQuotes "nobody_quotes",
    NobodyScene "nobody_scene",
    NobodyGeneric "nobody_generic",
    NobodyNamedNearby "nobody_named_nearby",
}

/// The values of [`FEATURES`] for one candidate.
pub type Features = [f32; FEATURE_COUNT];

/// Kinds of words that refer back, with weights of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AnaphorKind {
    /// "he", "she".
    Person,
    /// "they".
    Plural,
    /// "it".
    Thing,
    /// "the minister", of one person.
    Description,
    /// "the company", of one body.
    Body,
}

impl AnaphorKind {
    /// All kinds, in the order of the columns of the weights.
    pub const ALL: [Self; 5] = [Self::Person, Self::Plural, Self::Thing, Self::Description, Self::Body];
}

/// The weights of all kinds.
#[derive(Debug)]
pub(super) struct Ranker {
    weights: BTreeMap<AnaphorKind, Features>,
}

impl Ranker {
    pub(super) fn load() -> Self {
        let mut weights: BTreeMap<AnaphorKind, Features> =
            AnaphorKind::ALL.into_iter().map(|kind| (kind, [0.0; FEATURE_COUNT])).collect();
        for row in rows(WEIGHTS) {
            let mut columns = row.split('\t');
            let name = columns.next().unwrap_or_default();
            let Some(feature) = FEATURES.iter().position(|feature| *feature == name) else { continue };
            for (kind, weight) in AnaphorKind::ALL.into_iter().zip(columns) {
                if let (Some(weights), Ok(weight)) = (weights.get_mut(&kind), weight.parse()) {
                    weights[feature] = weight;
                }
            }
        }
        Self { weights }
    }

    /// The best candidate with the probability that the model gives it. The last candidate is "nobody".
    pub(super) fn best(&self, kind: AnaphorKind, candidates: &[Features]) -> Option<(usize, f32)> {
        let weights = self.weights.get(&kind)?;
        let scores: Vec<f32> = candidates.iter().map(|features| dot(weights, features)).collect();
        let (best, top) = scores.iter().copied().enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b))?;
        let sum: f32 = scores.iter().map(|score| (score - top).exp()).sum();
        Some((best, 1.0 / sum))
    }
}

fn dot(weights: &Features, features: &Features) -> f32 {
    weights.iter().zip(features).map(|(weight, feature)| weight * feature).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_its_weights() {
        let names: Vec<&str> = rows(WEIGHTS).filter_map(|row| row.split('\t').next()).collect();
        assert_eq!(names, FEATURES);
        assert!(rows(WEIGHTS).all(|row| row.split('\t').skip(1).all(|weight| weight.parse::<f32>().is_ok())));
    }

    #[test]
    fn the_best_candidate_has_the_highest_score() {
        let mut weights = [0.0; FEATURE_COUNT];
        weights[0] = 2.0;
        let ranker = Ranker { weights: [(AnaphorKind::Person, weights)].into() };
        let mut near = [0.0; FEATURE_COUNT];
        near[0] = 1.0;
        let (best, probability) =
            ranker.best(AnaphorKind::Person, &[[0.0; FEATURE_COUNT], near]).expect("there are candidates");
        assert_eq!(best, 1);
        assert!((probability - 0.88).abs() < 0.01);
        assert_eq!(ranker.best(AnaphorKind::Person, &[]), None);
    }
}
