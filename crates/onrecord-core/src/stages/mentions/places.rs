//! Tells places from people: a word that something is in, and the people from somewhere.

use std::collections::BTreeSet;

use super::candidates::is_subject;
use super::kinds::title_before;
use super::lexicon::{Gender, Lexicon};
use super::reading::Reading;
use super::{ActorKind, Found, MentionKind};

/// Prepositions after which a place is only a place.
const LOCATIVE: [&str; 18] = [
    "in",
    "at",
    "near",
    "around",
    "across",
    "throughout",
    "outside",
    "inside",
    "into",
    "over",
    "through",
    "toward",
    "towards",
    "onto",
    "within",
    "along",
    "off",
    "between",
];

/// A single word that the model takes for a person is a place where the report says that something is in it, and
/// nothing tells a person.
pub(super) fn places(reading: &Reading<'_>, lexicon: &Lexicon, found: &mut [Found]) {
    let mut located = BTreeSet::new();
    let mut personal = BTreeSet::new();
    for name in found.iter().filter(|name| name.kind == MentionKind::Name) {
        let word = reading.lower(name.end - 1);
        let speaks =
            reading.dep(name.head) == "nsubj" && lexicon.is_speech(&reading.lemma(reading.head(name.head)));
        let told = title_before(reading, lexicon, name.first).is_some() || speaks;
        if told && !name.place || name.actor == ActorKind::Person && reading.words(name.first, name.end) > 1 {
            personal.insert(word);
        } else if reading.words(name.first, name.end) == 1 && is_located(reading, name.head) {
            located.insert(word);
        }
    }
    let demonyms = demonyms(reading);
    for name in found
        .iter_mut()
        .filter(|name| name.actor == ActorKind::Person && reading.words(name.first, name.end) == 1)
    {
        let word = reading.lower(name.first);
        if located.contains(&word) && !personal.contains(&word) || has_demonym(&demonyms, word) {
            (name.actor, name.gender, name.place) = (ActorKind::Organisation, Gender::Unknown, true);
        }
    }
    // The word with its neighbours is a place as well: "in Upper Norvale".
    for name in found
        .iter_mut()
        .filter(|name| name.actor == ActorKind::Person && reading.words(name.first, name.end) == 2)
    {
        let given = lexicon.given_name(reading.lower(name.first)).is_some();
        if !given && is_located(reading, name.head) && reading.label(name.head) != Some("PERSON") {
            (name.actor, name.gender, name.place) = (ActorKind::Organisation, Gender::Unknown, true);
        }
    }
}

/// Capitalised adjectives: "Norvalian".
fn demonyms<'r>(reading: &'r Reading<'_>) -> BTreeSet<&'r str> {
    let adjective =
        |i: &usize| reading.tag(*i) == "JJ" && reading.capital(*i) && reading.label(*i) == Some("NORP");
    (0..reading.tokens.len()).filter(adjective).map(|i| reading.lower(i)).collect()
}

/// Whether an adjective is made from a name: only places have them.
fn has_demonym(demonyms: &BTreeSet<&str>, name: &str) -> bool {
    const SHORTEST: usize = 5;
    if name.chars().count() < SHORTEST {
        return false;
    }
    let stem = name.trim_end_matches(['a', 'e', 'i', 'o', 'u', 'y']);
    let close =
        |adjective: &&str| adjective.len() <= name.len() + 4 && adjective.ends_with(['n', 'e', 'h', 'i']);
    demonyms.range(stem..).take_while(|adjective| adjective.starts_with(stem)).any(close)
}

pub(super) fn is_located(reading: &Reading<'_>, head: usize) -> bool {
    reading.dep(head) == "pobj" && LOCATIVE.contains(&reading.tokens[reading.head(head)].norm.as_str())
}

/// Whether a word tells where one person is from: "the Dane", "the Norvalian".
pub(super) fn is_demonym(reading: &Reading<'_>, lexicon: &Lexicon, token: usize) -> bool {
    const SHORTEST: usize = 6;
    /// How many words may stand between the article and the demonym.
    const MODIFIERS: usize = 3;
    let word = reading.lower(token);
    // “…,” the Portuguese said, and "the Portuguese said she": the tags take one for several.
    let one = || {
        let verb = reading.head(token);
        (verb + 1..reading.tokens.len().min(verb + 3)).any(|i| matches!(reading.lower(i), "he" | "she"))
    };
    let alike = reading.tag(token) == "NNPS" && word.ends_with("ese") && (reading.quotes(token) || one());
    if !reading.capital(token) || !alike && !matches!(reading.tag(token), "NN" | "NNP" | "JJ") {
        return false;
    }
    let shaped = || {
        reading.label(token) == Some("NORP")
            && word.len() >= SHORTEST
            && ["ian", "ean", "lander"].iter().any(|ending| word.ends_with(ending))
    };
    // "The young South African": back over what stands between.
    let between = |i: &usize| {
        let tag = reading.tag(*i);
        tag.starts_with("JJ") || matches!(tag, "VBN" | "NNP") && reading.head(*i) == token
    };
    let determined = || {
        let from = (token.saturating_sub(MODIFIERS)..token).rev().take_while(between).last().unwrap_or(token);
        from > 0 && matches!(reading.tokens[from - 1].norm.as_str(), "the" | "a")
    };
    determined()
        && (is_subject(reading.dep(token)) || is_inverted(reading, lexicon, token))
        && (lexicon.demonym(word).is_some() || shaped())
}

/// "“…,” growled the Swede".
pub(super) fn is_inverted(reading: &Reading<'_>, lexicon: &Lexicon, token: usize) -> bool {
    let verb = reading.head(token);
    verb < token
        && (verb + 1..token).all(|i| reading.head(i) == token)
        && lexicon.is_speech(&reading.lemma(verb))
}

/// Whether a place is named only as where something is.
pub(super) fn only_place(reading: &Reading<'_>, head: usize) -> bool {
    match reading.dep(head) {
        "pobj" => LOCATIVE.contains(&reading.tokens[reading.head(head)].norm.as_str()),
        "compound" | "amod" | "nmod" | "npadvmod" => true,
        "appos" | "conj" => {
            let of = reading.head(head);
            of != head && reading.dep(of) == "pobj" && only_place(reading, of)
        }
        _ => false,
    }
}
