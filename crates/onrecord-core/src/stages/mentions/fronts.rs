//! Reads what stands right in front of a name: a title, an office, the kind of a body.

use super::candidates::is_subject;
use super::lexicon::{Lexicon, TitleClass};
use super::nominals::{head_lemma, phrase_start};
use super::pieces::office_before;
use super::reading::Reading;
use super::{ActorKind, Found};

/// The noun for a body or a person right in front of the name, where the parse takes the two for one another's like: "The
/// charity Open Wards said", "Her best pal Ana Ruiz has".
pub(super) fn bare_noun(reading: &Reading<'_>, lexicon: &Lexicon, name: &mut Found) -> Option<usize> {
    let noun = name.first.checked_sub(1)?;
    let word = reading.lower(noun);
    let body =
        matches!(name.actor, ActorKind::Organisation | ActorKind::Unknown) && lexicon.is_organisation(word);
    let person = name.actor == ActorKind::Person && lexicon.person(word).is_some();
    let verb = reading.head(name.head);
    let beside = reading.head(noun) == verb && is_subject(reading.dep(noun));
    let above = body && reading.dep(verb) == "relcl" && reading.head(verb) == noun;
    let told = (body || person)
        && !name.place
        && reading.tag(noun) == "NN"
        && !reading.capital(noun)
        && reading.sentence(noun) == reading.sentence(name.first)
        && (beside || above)
        && is_subject(reading.dep(name.head));
    if !told {
        return None;
    }
    if body {
        name.actor = ActorKind::Organisation;
    }
    name.role = Some(reading.span(phrase_start(reading, noun), name.first));
    Some(noun)
}

/// The noun of an office whose hyphens the parse takes for a preposition, in front of a name: "Herald editor-in-chief Ana Ruiz".
pub(super) fn joined_office(reading: &Reading<'_>, lexicon: &Lexicon, name: &mut Found) -> Option<usize> {
    let word = reading.joined_word(name.first.checked_sub(1)?).filter(|word| word.end == name.first)?;
    let noun = head_lemma(reading, word.start);
    if lexicon.person(&noun).is_none() && lexicon.title(&noun).is_none() {
        return None;
    }
    name.actor = ActorKind::Person;
    name.title = None;
    name.role = Some(reading.span(phrase_start(reading, word.start), name.first));
    Some(word.start)
}

/// Title or office in front of a name: "Brigadier General", "Iran's president-elect".
pub(super) fn in_front(reading: &Reading<'_>, lexicon: &Lexicon, name: &mut Found) {
    let start = after_time(reading, front_start(reading, lexicon, name), name.first);
    if start >= name.first {
        return;
    }
    // "The Governor of the Region": a region is no governor.
    let domain = matches!(reading.lower(name.first - 1), "the" | "of" | "for");
    if let Some(office) = office_before(reading, lexicon, name.first)
        .filter(|_| name.actor != ActorKind::Organisation && !domain)
    {
        name.actor = ActorKind::Person;
        let start = with_modifiers(reading, lexicon, office);
        name.role = Some(reading.span(start, name.first));
        return;
    }
    let last = before_stop(reading, name.first - 1);
    let word = head_lemma(reading, last);
    let word = word.trim_end_matches('.');
    let title = lexicon.title(word);
    // "The elder Ruiz" is no elder.
    let noun = lexicon.person(word).filter(|_| reading.tag(last) != "JJ" || word != "elder");
    // "Marine biologist Ana Ruiz": any noun right in front of a person's name says what she is.
    let other = name.actor == ActorKind::Person && reading.tag(last) == "NN" && !reading.capital(last);
    if name.actor == ActorKind::Organisation && !name.place {
        // "The state Board of Health": what it is of.
        let body = lexicon.is_organisation(word) && !lexicon.is_level(word) && !reading.capital(last);
        if body || matches!(word, "owner" | "maker") {
            name.role = Some(reading.span(start, name.first));
        }
        return;
    }
    let told = title.is_some() || noun.is_some() || other;
    if !told || name.place || matches!(name.actor, ActorKind::Organisation | ActorKind::Group) {
        return;
    }
    name.actor = ActorKind::Person;
    let gender = title.map(|title| title.1).or(noun.map(|noun| noun.gender)).unwrap_or_default();
    name.gender = name.gender.or(gender);
    // "Chairman Sir Clive Olmo", "Prime Minister Dr Ana Ruiz": the office stands in front of the titles.
    let titles = address_start(reading, lexicon, start, name.first);
    let office = titles.checked_sub(1).filter(|before| {
        let general = reading.lower(titles.min(last)) == "general";
        *before >= start && titles < name.first && !general && is_office(reading, lexicon, *before)
    });
    match title {
        _ if office.is_some() => {
            name.title = Some(reading.span(titles, name.first));
            name.role = Some(reading.span(start, titles));
        }
        Some((TitleClass::Rank, _)) if is_compound(reading, lexicon, start, last) => {
            name.role = Some(reading.span(start, name.first));
        }
        Some((TitleClass::Address | TitleClass::Rank, _)) => {
            let first = titles_start(reading, lexicon, start, last);
            name.title = Some(reading.span(first, name.first));
            if title.is_some_and(|title| title.0 == TitleClass::Rank) {
                name.description = name.title;
            }
        }
        _ => name.role = Some(reading.span(start, name.first)),
    }
}

/// Where an office begins with the words in front that tell when or where it is held: "former Secretary of State".
fn with_modifiers(reading: &Reading<'_>, lexicon: &Lexicon, office: usize) -> usize {
    let modifies = |i: &usize| {
        reading.sentence(*i) == reading.sentence(office)
            && (reading.tag(*i).starts_with("JJ")
                || lexicon.is_past(reading.lower(*i))
                || reading.is_place(*i))
    };
    (0..office).rev().take_while(modifies).last().unwrap_or(office)
}

/// The first of the forms of address and ranks in front of a name.
fn address_start(reading: &Reading<'_>, lexicon: &Lexicon, start: usize, name: usize) -> usize {
    let address = |i: &usize| {
        let class = lexicon.title(reading.lower(*i)).map(|title| title.0);
        matches!(class, Some(TitleClass::Address | TitleClass::Rank))
            || matches!(reading.text(*i), "-" | ".")
            || class.is_none() && reading.text(*i).ends_with('.')
    };
    (start..name).rev().take_while(address).last().unwrap_or(name)
}

/// Whether a word says what somebody is in front of a form of address: "chairman", "Judge"; a rank does not.
fn is_office(reading: &Reading<'_>, lexicon: &Lexicon, token: usize) -> bool {
    let word = head_lemma(reading, token);
    let title = lexicon.title(&word).map(|title| title.0);
    let common = reading.tag(token) == "NN" && !reading.capital(token) && !lexicon.is_organisation(&word);
    title == Some(TitleClass::Office) || title.is_none() && (common || lexicon.person(&word).is_some())
}

/// The words in front of a name without an adverb or time that opens the sentence: "Yesterday Finance Minister Ana Ruiz",
/// and without an age: "34-year-old nurse Ana Ruiz".
fn after_time(reading: &Reading<'_>, start: usize, end: usize) -> usize {
    let loose = |i: &usize| {
        matches!(reading.tag(*i), "RB" | "IN" | "CC" | "WRB" | "UH" | ",")
            || matches!(reading.dep(*i), "npadvmod" | "advmod")
            || matches!(reading.label(*i), Some("DATE" | "TIME"))
    };
    (start..end).find(|i| !loose(i)).unwrap_or(end)
}

/// Where the words in front of a name begin that belong to it by the parse, or else by their capitals.
fn front_start(reading: &Reading<'_>, lexicon: &Lexicon, name: &Found) -> usize {
    // The marks of a nickname part the name from its head: "ex-boxer Frank “Bomber” Olmo".
    let head = if phrase_start(reading, name.head) > name.first { name.first } else { name.head };
    let left = if head == name.head { phrase_start(reading, head) } else { reading.left_edge(name.head) };
    let by_parse = before_stop(reading, left);
    if by_parse < name.first {
        return from_opening(reading, by_parse);
    }
    let mut start = name.first;
    while start > 0 {
        let word = before_stop(reading, start - 1);
        let lower = reading.lower(word);
        let title = lexicon.title(lower).is_some();
        // The model may end a sentence at "Sgt.".
        let near = reading.sentence(start - 1) == reading.sentence(name.first) || title && word + 1 < start;
        if !near || !reading.capital(word) || !title && !lexicon.is_office(lower) {
            break;
        }
        start = word;
    }
    if start < name.first { from_opening(reading, start) } else { start }
}

/// The word in front of its own full stop: "Capt" and "." may be two tokens.
fn before_stop(reading: &Reading<'_>, token: usize) -> usize {
    if token > 0 && reading.text(token) == "." && reading.joined(token) { token - 1 } else { token }
}

/// The start of the sentence where only nouns stand before the words in front of a name: the parse may tear
/// "Incident commander" apart.
fn from_opening(reading: &Reading<'_>, start: usize) -> usize {
    const LONGEST: usize = 3;
    let noun =
        |i: &usize| matches!(reading.tag(*i), "NN" | "NNP" | "JJ") && !reading.tokens[*i + 1].sent_start;
    let opening = (start.saturating_sub(LONGEST)..start).rev().take_while(noun).last().unwrap_or(start);
    if reading.tokens[opening].sent_start { opening } else { start }
}

/// "Fire chief" and "police officer" are offices, where "Chief" and "retired General" are ranks.
fn is_compound(reading: &Reading<'_>, lexicon: &Lexicon, start: usize, last: usize) -> bool {
    let word = |i: usize| reading.tag(i).starts_with("NN") && reading.text(i) != ".";
    (start..last).any(|i| word(i) && lexicon.title(reading.lower(i)).is_none())
}

/// The first of the titles that end at `last`: "retired Brigadier General" has its rank from "Brigadier" on.
fn titles_start(reading: &Reading<'_>, lexicon: &Lexicon, start: usize, last: usize) -> usize {
    let is_title = |i: usize| reading.tag(i) == "NNP" || lexicon.title(reading.lower(i)).is_some();
    (start..last).rev().find(|i| !is_title(*i)).map_or(start, |before| before + 1)
}
