//! Trims what a name has taken in by its capitals alone: the word that opens a sentence, the neighbours in a headline.

use std::collections::BTreeSet;

use super::lexicon::Lexicon;
use super::reading::Reading;
use super::{Found, MentionKind};

/// Endings of adjectives that tabloids open a sentence with: "Furious Ruiz".
const ADJECTIVE_ENDINGS: [&str; 14] =
    ["able", "al", "ant", "ed", "en", "ent", "ful", "ible", "ic", "ing", "ish", "ive", "less", "ous"];

/// Takes from names what is not of them, as the other names of the report tell.
pub(super) fn trim(reading: &Reading<'_>, lexicon: &Lexicon, titled: &[bool], found: &mut [Found]) {
    let titled: Vec<bool> = found
        .iter()
        .map(|name| titled.get(reading.sentence(name.first)).is_some_and(|titled| *titled))
        .collect();
    let known = known(reading, found, &titled);
    for (name, titled) in found.iter_mut().zip(titled) {
        if name.kind != MentionKind::Name {
            continue;
        }
        if titled {
            without_neighbours(reading, lexicon, &known, name);
        } else if reading.tokens[name.first].sent_start {
            without_opening(reading, lexicon, &known, name);
        }
    }
}

/// Names where a capital tells something: inside the sentences of the story.
fn known(reading: &Reading<'_>, found: &[Found], titled: &[bool]) -> BTreeSet<Vec<String>> {
    found
        .iter()
        .zip(titled)
        .filter(|(name, titled)| {
            name.kind == MentionKind::Name && !**titled && !reading.tokens[name.first].sent_start
        })
        .map(|(name, _)| words(reading, name.first, name.end))
        .collect()
}

fn words(reading: &Reading<'_>, first: usize, end: usize) -> Vec<String> {
    (first..end).map(|i| reading.lower(i)).collect()
}

/// "Ana Ruiz Praises Olmo Bank" in a headline is Ana Ruiz, when the story has "Ruiz" and no such longer name.
fn without_neighbours(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    known: &BTreeSet<Vec<String>>,
    name: &mut Found,
) {
    let (first, end) = (name.first, name.end);
    if end - first < 2 || known.contains(&words(reading, first, end)) {
        return;
    }
    let longest = (first..end)
        .flat_map(|from| (from + 1..=end).map(move |to| (from, to)))
        .filter(|(from, to)| known.contains(&words(reading, *from, *to)))
        .max_by_key(|(from, to)| (to - from, std::cmp::Reverse(*from)));
    let Some((mut from, mut to)) = longest else { return };
    // The headline may be the only place that has the whole name.
    let given = |i: usize| {
        lexicon.given_name(&reading.lower(i)).is_some() || i == first && reading.label(i) == Some("PERSON")
    };
    if to - from == 1 && from > first && given(from - 1) {
        from -= 1;
    } else if to - from == 1 && to < end && given(from) {
        to += 1;
    }
    cut(reading, name, from, to);
}

/// A word that starts a sentence is no part of the name after it when that name stands elsewhere without it.
fn without_opening(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    known: &BTreeSet<Vec<String>>,
    name: &mut Found,
) {
    let (first, end) = (name.first, name.end);
    if end - first < 2 || known.contains(&words(reading, first, end)) {
        return;
    }
    let rest = words(reading, first + 1, end);
    let opening = reading.lower(first);
    let adjective = reading.tag(first).starts_with("JJ")
        || lexicon.given_name(&opening).is_none()
            && ADJECTIVE_ENDINGS.iter().any(|ending| opening.ends_with(ending));
    let alone = || known.iter().any(|other| other.ends_with(&rest));
    if end - first > 2 && known.contains(&rest) || adjective && alone() {
        cut(reading, name, first + 1, end);
    }
}

fn cut(reading: &Reading<'_>, name: &mut Found, first: usize, end: usize) {
    if end < name.end {
        name.span.end = reading.tokens[end - 1].end;
    }
    name.span.start = reading.tokens[first].start;
    (name.first, name.end) = (first, end);
    name.head = reading.root(first, end);
}
