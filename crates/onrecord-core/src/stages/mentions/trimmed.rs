//! Sets the names of a report against each other: trims the word that opens a sentence and the neighbours in a headline,
//! finds what the tags have missed, and settles what one word stands for.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::kinds::{has_body_before, title_before};
use super::labels::is_label;
use super::lexicon::{Gender, Lexicon};
use super::reading::Reading;
use super::{ActorKind, Found, MentionKind};
use crate::Span;

/// Endings of adjectives that tabloids open a sentence with: "Furious Ruiz".
const ADJECTIVE_ENDINGS: [&str; 14] =
    ["able", "al", "ant", "ed", "en", "ent", "ful", "ible", "ic", "ing", "ish", "ive", "less", "ous"];

/// Takes from names what is not of them, as the other names of the report tell.
pub(super) fn trim(reading: &Reading<'_>, lexicon: &Lexicon, titled: &[bool], found: &mut Vec<Found>) {
    let in_title: Vec<bool> = found
        .iter()
        .map(|name| titled.get(reading.sentence(name.first)).is_some_and(|titled| *titled))
        .collect();
    let known = known(reading, lexicon, found, &in_title);
    let mut beside = Vec::new();
    for (name, in_title) in found.iter_mut().zip(in_title) {
        if name.kind != MentionKind::Name {
            continue;
        }
        if in_title {
            let whole = name.first..name.end;
            let Some(part) = known_part(reading, lexicon, &known, whole.clone()) else { continue };
            cut(reading, name, part.start, part.end);
            if name.actor == ActorKind::Person {
                name.gender = lexicon.given_name(reading.lower(part.start)).unwrap_or_default();
            }
            // "Ana Ruiz Praises Bo Velk": another person may stand beside.
            let rest = [whole.start..part.start, part.end..whole.end];
            beside.extend(rest.into_iter().filter_map(|rest| {
                let part = known_part(reading, lexicon, &known, rest)?;
                // "Olmo Opens" is nobody.
                let told = lexicon.given_name(reading.lower(part.start)).is_some()
                    || known.contains(&words(reading, part.start, part.end));
                if !told {
                    return None;
                }
                let name = super::proper::name(reading, lexicon, titled, part.start, part.end);
                name.filter(|name| name.actor == ActorKind::Person)
            }));
        } else if reading.tokens[name.first].sent_start {
            without_opening(reading, lexicon, &known, name);
        }
    }
    found.extend(beside);
    found.sort_by_key(|name| name.first);
}

/// Names where a capital tells something: inside the sentences of the story.
fn known<'r>(
    reading: &'r Reading<'_>,
    lexicon: &Lexicon,
    found: &[Found],
    titled: &[bool],
) -> BTreeSet<Vec<&'r str>> {
    found
        .iter()
        .zip(titled)
        .filter(|(name, titled)| {
            let acts = || {
                reading.tokens.get(name.end).is_some_and(|after| matches!(after.tag.as_str(), "VBZ" | "VBD"))
            };
            let adjective = || {
                let opening = reading.lower(name.first);
                ADJECTIVE_ENDINGS.iter().any(|ending| opening.ends_with(ending))
            };
            let person = || {
                !adjective() && (acts() || (name.first..name.end).all(|i| reading.label(i) == Some("PERSON")))
            };
            let given = || lexicon.given_name(reading.lower(name.first)).is_some();
            // "Ruiz threw a stone."
            let alone = name.end == name.first + 1
                && acts()
                && !adjective()
                && lexicon.person(reading.lower(name.first)).is_none();
            let whole = alone || reading.words(name.first, name.end) == 2 && (given() || person());
            name.kind == MentionKind::Name && !**titled && (whole || !reading.tokens[name.first].sent_start)
        })
        .map(|(name, _)| words(reading, name.first, name.end))
        .collect()
}

fn words<'r>(reading: &'r Reading<'_>, first: usize, end: usize) -> Vec<&'r str> {
    (first..end).map(|i| reading.lower(i)).collect()
}

/// "Ana Ruiz Praises Olmo Bank" in a headline is Ana Ruiz, when the story has "Ruiz" and no such longer name.
fn known_part(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    known: &BTreeSet<Vec<&str>>,
    name: Range<usize>,
) -> Option<Range<usize>> {
    let (first, end) = (name.start, name.end);
    if end < first + 2 || known.contains(&words(reading, first, end)) {
        return None;
    }
    let longest = (first..end)
        .flat_map(|from| (from + 1..=end).map(move |to| (from, to)))
        .filter(|(from, to)| known.contains(&words(reading, *from, *to)))
        .max_by_key(|(from, to)| (to - from, std::cmp::Reverse(*from)));
    let (mut from, mut to) = longest?;
    // The headline may be the only place that has the whole name.
    let given = |i: usize| {
        lexicon.given_name(reading.lower(i)).is_some() || i == first && reading.label(i) == Some("PERSON")
    };
    let one = reading.words(from, to) == 1;
    if one && from > first && given(from - 1) {
        from -= 1;
    } else if one && to < end && given(from) {
        to += 1;
    }
    Some(from..to)
}

/// A word that starts a sentence is no part of the name after it when that name stands elsewhere without it.
fn without_opening(reading: &Reading<'_>, lexicon: &Lexicon, known: &BTreeSet<Vec<&str>>, name: &mut Found) {
    let (first, end) = (name.first, name.end);
    if end - first < 2 {
        return;
    }
    let rest = words(reading, first + 1, end);
    let opening = reading.lower(first);
    let given = lexicon.given_name(opening).is_some();
    // "Hunky Gary", who is Gary Flint.
    let first_name = end - first == 2
        && !given
        && lexicon.given_name(rest[0]).is_some()
        && known.iter().any(|other| other.len() > 1 && other[0] == rest[0]);
    if first_name {
        return cut(reading, name, first + 1, end);
    }
    if known.contains(&words(reading, first, end)) {
        return;
    }
    let adjective = reading.tag(first).starts_with("JJ")
        || lexicon.given_name(opening).is_none()
            && ADJECTIVE_ENDINGS.iter().any(|ending| opening.ends_with(ending));
    let alone = || known.iter().any(|other| other.ends_with(&rest));
    // "Emrys ap Olmo" may be "ap Olmo" further on.
    let surname = lexicon.is_particle(reading.text(first + 1));
    if end - first > 2 && !given && !surname && known.contains(&rest) || adjective && alone() {
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

/// Where a name of the report stands again though its tags say otherwise: "Olmo confirmed" at the start of a sentence.
pub(super) fn missed(reading: &Reading<'_>, found: &[Found]) -> Vec<(usize, usize)> {
    let mut taken = vec![false; reading.tokens.len()];
    let mut names: BTreeMap<&str, BTreeSet<Vec<&str>>> = BTreeMap::new();
    for name in found.iter().filter(|name| name.kind == MentionKind::Name && !name.place) {
        taken[name.first..name.end].fill(true);
        let whole = words(reading, name.first, name.end);
        let person = name.actor == ActorKind::Person;
        let surname = person.then(|| whole[whole.len() - 1..].to_vec());
        let given = (person && whole.len() > 1).then(|| whole[..1].to_vec());
        for form in [Some(whole), surname, given].into_iter().flatten() {
            names.entry(form[0]).or_default().insert(form);
        }
    }
    let common: BTreeSet<&str> = (0..reading.tokens.len())
        .filter(|i| !reading.capital(*i))
        .map(|i| reading.lower(i))
        .filter(|word| names.contains_key(word))
        .collect();
    let mut missed = Vec::new();
    let mut next = 0;
    while next < taken.len() {
        let first = next;
        next += 1;
        if taken[first] || !reading.capital(first) || common.contains(reading.lower(first)) {
            continue;
        }
        let Some(forms) = names.get(reading.lower(first)) else { continue };
        let stands = |form: &&Vec<&str>| {
            let end = first + form.len();
            end <= taken.len()
                && reading.sentence(end - 1) == reading.sentence(first)
                && !taken[first..end].contains(&true)
                && form.iter().zip(first..).all(|(word, i)| *word == reading.lower(i))
        };
        let Some(form) = forms.iter().filter(stands).max_by_key(|form| form.len()) else { continue };
        let end = first + form.len();
        let acts =
            matches!(reading.dep(reading.root(first, end)), "nsubj" | "nsubjpass" | "poss" | "dobj" | "pobj")
                || is_label(reading, first);
        if acts && reading.tokens.get(end).is_none_or(|after| !after.tag.starts_with("NN")) {
            missed.push((first, end));
            next = end;
        }
    }
    missed
}

/// A word that the report has now as a person and now as a body, and nowhere in a person's whole name, is what it is
/// more often, or what the report once says that it is: a club is no striker.
pub(super) fn vote(reading: &Reading<'_>, lexicon: &Lexicon, found: &mut [Found]) {
    let mut votes: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    let mut personal = BTreeSet::new();
    let mut bodies = BTreeSet::new();
    for name in found.iter().filter(|name| name.kind == MentionKind::Name) {
        let last = reading.lower(name.end - 1);
        let told = name.title.is_some() || title_before(reading, lexicon, name.first).is_some();
        if name.actor == ActorKind::Person && (reading.words(name.first, name.end) > 1 || told) {
            personal.insert(last);
        } else if reading.words(name.first, name.end) == 1 {
            let votes = votes.entry(last).or_default();
            match name.actor {
                ActorKind::Person => votes.0 += 1,
                ActorKind::Organisation => votes.1 += 1,
                _ => {}
            }
        }
        let alone = name.end - name.first == 1;
        if alone && is_called_body(reading, lexicon, found, name) || begins_business(lexicon, reading, name) {
            bodies.insert(reading.lower(name.first));
        }
    }
    called_bodies(reading, lexicon, found);
    for name in found.iter_mut().filter(|name| {
        name.kind == MentionKind::Name && name.end - name.first == 1 && name.actor == ActorKind::Person
    }) {
        let word = reading.lower(name.first);
        let outvoted = || votes.get(word).is_some_and(|(person, body)| body > person);
        if !personal.contains(word) && (bodies.contains(word) || outvoted()) {
            (name.actor, name.gender) = (ActorKind::Organisation, Gender::Unknown);
        }
    }
}

/// "Open Wards, the health charity", "the director of Open Wards": several words that the model takes for a person are a
/// body where the report once says so.
fn called_bodies(reading: &Reading<'_>, lexicon: &Lexicon, found: &mut [Found]) {
    let personal = |name: &Found| {
        name.kind == MentionKind::Name
            && name.actor == ActorKind::Person
            && name.end - name.first > 1
            && name.title.is_none()
            && lexicon.given_name(reading.lower(name.first)).is_none()
    };
    let directed = |name: &Found| {
        let of = reading.head(name.head);
        reading.dep(name.head) == "pobj"
            && reading.lower(of) == "of"
            && lexicon.is_office(&reading.lemma(reading.head(of)).to_lowercase())
    };
    let called =
        |name: &&Found| personal(name) && (is_called_body(reading, lexicon, found, name) || directed(name));
    let bodies: BTreeSet<Vec<&str>> =
        found.iter().filter(called).map(|name| words(reading, name.first, name.end)).collect();
    for name in found.iter_mut().filter(|name| personal(name)) {
        if bodies.contains(&words(reading, name.first, name.end)) {
            (name.actor, name.gender) = (ActorKind::Organisation, Gender::Unknown);
        }
    }
}

/// "Nora, the water regulator", "the charity Nora", "the Norvale Rail Agency (Nora)": one word that the report says to be
/// a body.
fn is_called_body(reading: &Reading<'_>, lexicon: &Lexicon, found: &[Found], name: &Found) -> bool {
    const FARTHEST: usize = 8;
    let body = |token: usize| lexicon.is_organisation(&reading.lemma(token).to_lowercase());
    let called = |token: usize| {
        reading.head(token) == name.head && reading.dep(token) == "appos" && reading.tag(token) == "NN"
    };
    let mut ahead = name.end..reading.tokens.len().min(name.end + FARTHEST);
    let mark = |token: Option<usize>, mark: &str| {
        token.is_some_and(|i| reading.tokens.get(i).is_some_and(|token| token.lemma == mark))
    };
    // "Nora (the Norvale Rail Agency)", too.
    let spelled = |other: &Found| {
        let before = mark(Some(other.end), "(") && other.end + 1 == name.first && mark(Some(name.end), ")");
        let article = other.first.checked_sub(1).filter(|the| reading.tokens[*the].norm == "the");
        let open = article.unwrap_or(other.first).checked_sub(1);
        let behind = open == Some(name.end) && mark(open, "(");
        (before || behind)
            && other.actor == ActorKind::Organisation
            && reading.words(other.first, other.end) > 1
    };
    let bracket = mark(name.first.checked_sub(1), "(") || mark(Some(name.end), "(");
    has_body_before(reading, lexicon, name.first)
        || ahead.find(|token| called(*token)).is_some_and(body)
        || bracket && found.iter().any(spelled)
}

/// "Nora Foods": a word that begins the name of a business.
fn begins_business(lexicon: &Lexicon, reading: &Reading<'_>, name: &Found) -> bool {
    let last = reading.lower(name.end - 1);
    name.end - name.first == 2
        && name.actor == ActorKind::Organisation
        && (lexicon.is_business(last) || lexicon.is_body_ending(last) || lexicon.is_legal_form(last))
}

/// "Bo and Ana Ruiz": a given name alone in front of a whole name has the surname of that.
pub(super) fn share_surnames(reading: &Reading<'_>, lexicon: &Lexicon, found: &mut [Found]) {
    let words = |name: &Found| reading.words(name.first, name.end);
    let alone = |name: &Found| {
        let word = reading.lower(name.first);
        let elsewhere = found.iter().any(|other| {
            words(other) > 1 && (reading.lower(other.first) == word || reading.lower(other.end - 1) == word)
        });
        name.kind == MentionKind::Name
            && words(name) == 1
            && lexicon.given_name(word).is_some()
            && title_before(reading, lexicon, name.first).is_none()
            && !elsewhere
    };
    let whole = |name: &Found| {
        let given = lexicon.given_name(reading.lower(name.first)).is_some();
        name.actor == ActorKind::Person && given && words(name) > 1
    };
    let pairs = found.iter().enumerate().zip(found.iter().skip(1)).filter(|((_, one), next)| {
        let and = reading.tokens.get(one.end).is_some_and(|and| matches!(and.norm.as_str(), "and" | "&"));
        and && next.first == one.end + 1 && alone(one) && whole(next)
    });
    let shared: Vec<(usize, Span)> = pairs
        .map(|((index, _), next)| {
            let last = (next.first + 1..next.end).rev().find(|token| !reading.joined(*token));
            let last = last.unwrap_or(next.end - 1);
            let particle = |token: &usize| lexicon.is_particle(reading.text(*token));
            let start = (next.first + 1..last).rev().take_while(particle).last().unwrap_or(last);
            (index, reading.span(start, next.end))
        })
        .collect();
    for (index, surname) in shared {
        (found[index].surname, found[index].actor) = (Some(surname), ActorKind::Person);
        found[index].gender = lexicon.given_name(reading.lower(found[index].first)).unwrap_or_default();
    }
}
