//! Finds what the report says an actor is: titles in front of a name, appositions on either side, "is the mayor".

use super::lexicon::{Gender, Lexicon, TitleClass};
use super::nominals::{head_lemma, phrase_end, phrase_start};
use super::reading::Reading;
use super::{ActorKind, Found, MentionKind};
use crate::Span;

/// A description and a name that stand side by side and mean one actor.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beside {
    pub(super) nominal: usize,
    pub(super) name: usize,
}

/// Gives names their titles and roles, and tells which descriptions stand beside which name.
pub(super) fn find_roles(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    found: &mut [Found],
    at: &[Option<usize>],
) -> Vec<Beside> {
    let mut beside = Vec::new();
    for name in 0..found.len() {
        if found[name].kind != MentionKind::Name {
            continue;
        }
        in_front(reading, lexicon, &mut found[name]);
        let noun = apposition(reading, lexicon, &found[name]);
        let Some(noun) = noun else {
            if found[name].role.is_none() {
                found[name].role = is_the(reading, lexicon, &found[name]);
            }
            continue;
        };
        make_person(lexicon, reading, noun, &mut found[name]);
        if found[name].actor == ActorKind::Person {
            let start = phrase_start(reading, noun);
            let end = role_end(reading, noun, &found[name]);
            found[name].role = Some(reading.span(start, end));
        }
        if let Some(nominal) = at[noun].filter(|nominal| found[*nominal].kind == MentionKind::Nominal) {
            beside.push(Beside { nominal, name });
        }
    }
    beside
}

/// Title or office in front of a name: "Brigadier General", "Iran's president-elect".
fn in_front(reading: &Reading<'_>, lexicon: &Lexicon, name: &mut Found) {
    let start = front_start(reading, lexicon, name);
    if start >= name.first {
        return;
    }
    let last = name.first - 1;
    let word = head_lemma(reading, last);
    let word = word.trim_end_matches('.');
    let title = lexicon.title(word);
    let noun = lexicon.person(word);
    if title.is_none() && noun.is_none()
        || name.place
        || name.actor == ActorKind::Organisation && noun.is_none()
    {
        return;
    }
    if matches!(name.actor, ActorKind::Organisation | ActorKind::Group) {
        return;
    }
    name.actor = ActorKind::Person;
    let gender = title.map(|title| title.1).or(noun.map(|noun| noun.gender)).unwrap_or_default();
    name.gender = name.gender.or(gender);
    match title {
        Some((TitleClass::Address | TitleClass::Rank, _)) => {
            let first = titles_start(reading, lexicon, start, last);
            name.title = Some(reading.span(first, name.first));
        }
        _ => name.role = Some(reading.span(start, name.first)),
    }
}

/// Where the words in front of a name begin that belong to it by the parse, or else by their capitals.
fn front_start(reading: &Reading<'_>, lexicon: &Lexicon, name: &Found) -> usize {
    let by_parse = phrase_start(reading, name.head);
    if by_parse < name.first {
        return by_parse;
    }
    let mut start = name.first;
    while start > 0
        && reading.sentence(start - 1) == reading.sentence(name.first)
        && reading.capital(start - 1)
        && (lexicon.title(&reading.lower(start - 1)).is_some()
            || lexicon.is_office(&reading.lower(start - 1)))
    {
        start -= 1;
    }
    start
}

/// The first of the titles that end at `last`: "retired Brigadier General" has its rank from "Brigadier" on.
fn titles_start(reading: &Reading<'_>, lexicon: &Lexicon, start: usize, last: usize) -> usize {
    let is_title = |i: usize| reading.capital(i) && lexicon.title(&reading.lower(i)).is_some();
    (start..last).rev().find(|i| !is_title(*i)).map_or(start, |before| before + 1)
}

/// The noun for a person in apposition to a name, after it or before it.
fn apposition(reading: &Reading<'_>, lexicon: &Lexicon, name: &Found) -> Option<usize> {
    if name.place {
        return None;
    }
    let describes = |noun: usize| {
        let lemma = head_lemma(reading, noun);
        reading.tag(noun).starts_with("NN")
            && !matches!(reading.tag(noun), "NNS" | "NNPS")
            && if name.actor == ActorKind::Organisation {
                lexicon.is_organisation(&lemma)
            } else {
                lexicon.person(&lemma).is_some()
            }
    };
    let after = reading
        .children(name.head)
        .find(|child| *child >= name.end && reading.dep(*child) == "appos" && describes(*child));
    let of = reading.head(name.head);
    let before = (reading.dep(name.head) == "appos" && of < name.first && describes(of)).then_some(of);
    after.or(before).or_else(|| after_comma(reading, name, describes))
}

/// Where the parse is silent: a name, a comma, a description without a verb, and a comma or stop.
fn after_comma(reading: &Reading<'_>, name: &Found, describes: impl Fn(usize) -> bool) -> Option<usize> {
    const LONGEST: usize = 16;
    let sentence = reading.sentences.get(reading.sentence(name.head))?.tokens();
    if reading.tokens.get(name.end)?.lemma != "," {
        return None;
    }
    let mut noun = None;
    let mut open = true;
    for i in name.end + 1..sentence.end.min(name.end + LONGEST) {
        let tag = reading.tag(i);
        match tag {
            "," | "." | ":" => return noun,
            "VBD" | "VBZ" | "VBP" | "MD" | "WP" | "WDT" | "CC" | "PRP" | "VBG" | "VBN" if noun.is_none() => {
                return None;
            }
            "VBD" | "VBZ" | "VBP" | "MD" => return None,
            "IN" => open = false,
            _ if open && describes(i) => noun = Some(i),
            // A later noun is the head: "the finance ministry spokesman".
            _ if open && tag.starts_with("NN") => noun = None,
            _ => {}
        }
    }
    None
}

/// Where a role ends: before the name that it stands in front of.
fn role_end(reading: &Reading<'_>, noun: usize, name: &Found) -> usize {
    let end = phrase_end(reading, noun);
    if noun < name.first { end.min(name.first) } else { end }
}

/// A name that has an office is a person's, whatever the model took it for.
fn make_person(lexicon: &Lexicon, reading: &Reading<'_>, noun: usize, name: &mut Found) {
    let Some(noun) = lexicon.person(&head_lemma(reading, noun)) else { return };
    if name.actor == ActorKind::Unknown {
        name.actor = ActorKind::Person;
    }
    name.gender = name.gender.or(noun.gender);
}

/// "Ruiz is the mayor of Norvale."
fn is_the(reading: &Reading<'_>, lexicon: &Lexicon, name: &Found) -> Option<Span> {
    let verb = reading.head(name.head);
    let is_subject = name.actor == ActorKind::Person
        && reading.dep(name.head) == "nsubj"
        && matches!(reading.tokens[verb].lemma.as_str(), "be")
        && matches!(reading.tag(verb), "VBZ" | "VBD" | "VBP");
    if !is_subject || reading.children(verb).any(|child| reading.dep(child) == "neg") {
        return None;
    }
    let noun = reading.children(verb).find(|child| reading.dep(*child) == "attr")?;
    lexicon
        .is_office(&head_lemma(reading, noun))
        .then(|| reading.span(phrase_start(reading, noun), phrase_end(reading, noun)))
}

/// What a description tells of gender.
pub(super) fn gender_of(reading: &Reading<'_>, lexicon: &Lexicon, noun: usize) -> Gender {
    lexicon.person(&head_lemma(reading, noun)).map(|noun| noun.gender).unwrap_or_default()
}

/// The families of the nouns for persons or bodies in a description, and all its words, folded.
pub(super) fn described(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    names: &crate::Names,
    role: Span,
) -> (Vec<String>, Vec<String>) {
    let first = reading.tokens.partition_point(|token| token.start < role.start);
    let end = reading.tokens.partition_point(|token| token.end <= role.end);
    let mut families = Vec::new();
    let mut words = Vec::new();
    let mut heads = true;
    for i in first..end {
        if reading.tag(i) == "IN" {
            heads = false;
        }
        let lemma = reading.lemma(i);
        if let Some(noun) = lexicon.person(&lemma).filter(|_| heads) {
            families.push(noun.family.to_owned());
        } else if heads && lexicon.is_organisation(&lemma) {
            families.push(lemma);
        }
        let word = names.fold(reading.text(i));
        if !word.is_empty() {
            words.push(word);
        }
    }
    (families, words)
}
