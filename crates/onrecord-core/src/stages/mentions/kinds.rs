//! Tells what a name stands for: a person, a body, a place, or a thing that says nothing.

use super::ActorKind;
use super::candidates::is_subject;
use super::lexicon::{Gender, Lexicon, TitleClass};
use super::pieces::{ends_in_body, is_coded, office_before};
use super::proper::is_acronym;
use super::reading::Reading;

/// "The Courier said", where no courier is spoken of in small letters.
pub(super) fn is_paper(reading: &Reading<'_>, lexicon: &Lexicon, first: usize, end: usize) -> bool {
    let common = |token: usize| !reading.capital(token) && reading.lower(token) == reading.lower(first);
    end - first == 1
        && lexicon.is_paper(reading.lower(first))
        && !reading.is_in_capitals(first)
        && has_article(reading, first)
        && !(0..reading.tokens.len()).any(common)
}

/// Who a name stands for, by its last word, its title, its given name, the model's vote, in this order.
pub(super) fn kind(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    first: usize,
    end: usize,
    label: Option<&str>,
) -> Option<(ActorKind, Gender)> {
    if ends_in_body(reading, lexicon, first, end) {
        return Some((ActorKind::Organisation, Gender::Unknown));
    }
    if is_paper(reading, lexicon, first, end) {
        return Some((ActorKind::Organisation, Gender::Unknown));
    }
    // "Radio Norvale".
    if reading.words(first, end) > 1 && lexicon.opens_body(reading.lower(first)) {
        return Some((ActorKind::Organisation, Gender::Unknown));
    }
    // "Leilani Port" is no port.
    let personal = label == Some("PERSON") && lexicon.given_name(reading.lower(first)).is_some();
    if reading.words(first, end) > 1 && lexicon.ends_place(reading.lower(end - 1)) && !personal {
        return matches!(label, Some("GPE" | "ORG")).then_some((ActorKind::Organisation, Gender::Unknown));
    }
    if is_coded(reading, lexicon, first, end) {
        return Some((ActorKind::Person, Gender::Unknown));
    }
    let before = title_before(reading, lexicon, first);
    // "Mr Justice Olmo" is no town, though "St Helens" is one.
    if let Some(gender) = before.filter(|_| label == Some("GPE") && is_addressed(reading, lexicon, first)) {
        return Some((ActorKind::Person, gender));
    }
    // "The Stella Olmo, carrying 87": a ship.
    let plain = || end - first == 2 && reading.dep(reading.root(first, end)) == "nsubj";
    if (reading.words(first, end) == 1 || plain())
        && before.is_none()
        && label == Some("PERSON")
        && has_article(reading, first)
    {
        return Some((ActorKind::Organisation, Gender::Unknown));
    }
    let given = lexicon.given_name(reading.lower(first)).filter(|_| reading.words(first, end) > 1);
    // "The operator Olmo Vista said".
    let attribute = || reading.dep(reading.root(first, end)) == "compound";
    if before.is_none()
        && given.is_none()
        && !matches!(label, Some("GPE" | "LOC" | "NORP"))
        && has_body_before(reading, lexicon, first)
        && !attribute()
    {
        return Some((ActorKind::Organisation, Gender::Unknown));
    }
    let gender = before.unwrap_or_default().or(given.unwrap_or_default());
    // "The author Ana Ruiz" is no town, "St Helens" is one.
    let trade = || {
        first.checked_sub(1).is_some_and(|noun| reading.tag(noun) == "NN" && !reading.capital(noun))
            && reading.words(first, end) > 1
    };
    let titled = before.is_some() && (label != Some("GPE") || trade()) && !is_acronym(reading.text(first));
    if titled || given.is_some() {
        return Some((ActorKind::Person, gender));
    }
    // "Ana's mum Sandra" is no town.
    let alone = reading.words(first, end) == 1 && before.is_some();
    if let Some(given) = lexicon.given_name(reading.lower(first)).filter(|_| alone) {
        return Some((ActorKind::Person, gender.or(given)));
    }
    let speaks = || {
        let head = reading.root(first, end);
        reading.dep(head) == "nsubj" && lexicon.is_speech(&reading.lemma(reading.head(head)))
    };
    // "Noor says" is no town.
    let given = reading.words(first, end) == 1 && lexicon.given_name(reading.lower(first)).is_some();
    if given && label != Some("ORG") && speaks() {
        return Some((ActorKind::Person, gender));
    }
    // "Annelore Brekke, 57, had run the group".
    let aged = reading.words(first, end) > 1
        && reading.tokens.get(end + 2).is_some_and(|comma| comma.lemma == ",")
        && reading.text(end) == ","
        && reading.text(end + 1).len() == 2
        && reading.text(end + 1).parse::<u8>().is_ok();
    if aged && !matches!(label, Some("GPE" | "LOC")) {
        return Some((ActorKind::Person, gender));
    }
    // "Nordhav Sund, which runs 17 farms, said".
    let which = reading.tokens.get(end).is_some_and(|comma| comma.lemma == ",")
        && reading.tokens.get(end + 1).is_some_and(|which| which.norm == "which")
        && reading.dep(reading.root(first, end)) != "pobj";
    if which && before.is_none() {
        return Some((ActorKind::Organisation, Gender::Unknown));
    }
    match label {
        Some("PERSON") if end - first == 1 && is_acronym(reading.text(first)) => {
            Some((ActorKind::Organisation, Gender::Unknown))
        }
        Some("PERSON") => Some((ActorKind::Person, gender)),
        Some("NORP") if reading.tag(end - 1) == "NNPS" => Some((ActorKind::Group, Gender::Unknown)),
        Some("ORG" | "GPE" | "LOC") => Some((ActorKind::Organisation, Gender::Unknown)),
        Some("NORP") => None,
        _ if end - first == 1 && is_acronym(reading.text(first)) => {
            Some((ActorKind::Organisation, Gender::Unknown))
        }
        _ => Some((ActorKind::Unknown, gender)),
    }
}

/// "His series Tide Olmo", "Cyclone Olmo": a name of something that says nothing.
pub(super) fn is_thing(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    first: usize,
    head: usize,
    label: Option<&str>,
) -> bool {
    let thing = |noun: usize| lexicon.is_named_thing(&reading.lemma(noun).to_lowercase());
    // "The Ship Officers' Guild" is no ship.
    if lexicon.ends_body(reading.lower(head)) {
        return false;
    }
    let before = || {
        first.checked_sub(1).is_some_and(|noun| {
            reading.sentence(noun) == reading.sentence(first) && reading.tag(noun) == "NN" && thing(noun)
        })
    };
    let of = reading.head(head);
    let beside = || reading.dep(head) == "appos" && of < first && reading.tag(of) == "NN" && thing(of);
    // "In the film Ana Ruiz plays a nurse", but "aboard the ferry Ana Ruiz".
    let person = || lexicon.given_name(reading.lower(first)).is_some() && is_subject(reading.dep(head));
    matches!(label, Some("PERSON") | None) && (thing(first) || (before() || beside()) && !person())
}

/// Whether a form of address or a rank stands in front of a name, or "Justice" and "Judge".
fn is_addressed(reading: &Reading<'_>, lexicon: &Lexicon, first: usize) -> bool {
    let Some(before) = first.checked_sub(1).filter(|i| reading.capital(*i)) else { return false };
    let word = reading.lower(before);
    let class = lexicon.title(word).map(|title| title.0);
    let rank = matches!(class, Some(TitleClass::Address | TitleClass::Rank)) && !word.starts_with("st");
    rank || matches!(word, "judge" | "justice")
}

/// The gender that the title in front of a name tells; `None` without a title.
pub(super) fn title_before(reading: &Reading<'_>, lexicon: &Lexicon, first: usize) -> Option<Gender> {
    let before = first.checked_sub(1).filter(|i| reading.sentence(*i) == reading.sentence(first))?;
    let stop = before > 0 && reading.text(before) == "." && reading.joined(before);
    let before = if stop { before - 1 } else { before };
    let word = reading.lower(before);
    let word = word.trim_end_matches('.');
    if let Some((class, gender)) = lexicon.title(word)
        && (reading.capital(before) || class != TitleClass::Address)
    {
        return Some(gender);
    }
    let domain = || lexicon.is_domain(word) && office_before(reading, lexicon, first).is_some();
    lexicon.person(word).map(|noun| noun.gender).or_else(|| domain().then_some(Gender::Unknown))
}

/// Whether the noun right in front of a name is one for a body.
pub(super) fn has_body_before(reading: &Reading<'_>, lexicon: &Lexicon, first: usize) -> bool {
    first.checked_sub(1).is_some_and(|before| {
        reading.sentence(before) == reading.sentence(first)
            && reading.tag(before) == "NN"
            && !reading.capital(before)
            && lexicon.is_organisation(reading.lower(before))
    })
}

pub(super) fn has_article(reading: &Reading<'_>, first: usize) -> bool {
    first > 0 && matches!(reading.tokens[first - 1].norm.as_str(), "the" | "a" | "an")
}

/// "Ana Olmo-Reeve" is no reeve, though "Vice-President" is a president.
pub(super) fn is_double_barrelled(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    first: usize,
    end: usize,
) -> bool {
    let hyphen = end.checked_sub(2).filter(|hyphen| *hyphen > first && reading.text(*hyphen) == "-");
    hyphen.is_some_and(|hyphen| {
        let front = reading.lower(hyphen - 1);
        reading.joined(hyphen)
            && reading.joined(hyphen + 1)
            && reading.capital(hyphen - 1)
            && reading.capital(hyphen + 1)
            && lexicon.person(front).is_none()
            && lexicon.title(front).is_none()
            && !matches!(front, "co" | "deputy" | "ex" | "sub" | "under" | "vice")
    })
}
