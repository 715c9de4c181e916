//! Finds bodies whose name is a phrase: "Mothers Against Dust", "Save Our Baths", "Women in Rail".
//!
//! Where such a name stands inside a sentence, or a small word in it has a capital, its capitals tell that it is one; the
//! same words at the start of a sentence are then the same name.

use std::collections::BTreeSet;
use std::ops::Range;

use super::lexicon::Lexicon;
use super::reading::Reading;
use super::{ActorKind, Found, MentionKind};

/// Words of the longest such name.
const LONGEST: usize = 8;

/// Puts these names into the place of those found inside them.
pub(super) fn add(reading: &Reading<'_>, lexicon: &Lexicon, titled: &[bool], found: &mut Vec<Found>) {
    let phrases: Vec<Range<usize>> = (0..reading.tokens.len())
        .filter(|first| !titled.get(reading.sentence(*first)).is_some_and(|titled| *titled))
        .filter_map(|first| phrase(reading, lexicon, first))
        .collect();
    let words = |phrase: &Range<usize>| phrase.clone().map(|i| reading.text(i)).collect::<Vec<_>>();
    let certain: BTreeSet<Vec<&str>> =
        phrases.iter().filter(|phrase| is_told(reading, lexicon, phrase)).map(words).collect();
    for phrase in phrases.iter().filter(|phrase| certain.contains(&words(phrase))) {
        let overlaps = |name: &Found| name.first < phrase.end && phrase.start < name.end;
        let holds = |name: &Found| name.first < phrase.start || name.end > phrase.end;
        if found.iter().any(|name| overlaps(name) && holds(name)) {
            continue;
        }
        found.retain(|name| !overlaps(name));
        found.push(Found::new(reading, phrase.start, phrase.end, MentionKind::Name, ActorKind::Organisation));
    }
}

/// The phrase that begins at a token: capitals, with small words only between them, and at least one of these.
fn phrase(reading: &Reading<'_>, lexicon: &Lexicon, first: usize) -> Option<Range<usize>> {
    let before = first.checked_sub(1).filter(|before| reading.sentence(*before) == reading.sentence(first));
    let opens = reading.capital(first)
        && before.is_none_or(|before| !reading.capital(before) && !reading.joined(first))
        && !reading.quoted(first)
        && matches!(reading.tag(first).as_bytes().first(), Some(b'N' | b'V' | b'J'))
        && !lexicon.is_link(reading.lower(first))
        && lexicon.given_name(reading.lower(first)).is_none();
    if !opens {
        return None;
    }
    let sentence = reading.sentences.get(reading.sentence(first))?.tokens();
    let limit = sentence.end.min(first + LONGEST);
    let mut end = first + 1;
    let mut small = false;
    let mut next = end;
    while next < limit && reading.is_word(next) && !reading.joined(next) {
        let link = lexicon.is_link(reading.lower(next));
        if !reading.capital(next) && !link {
            break;
        }
        let office = lexicon.title(reading.lower(next)).is_some() || lexicon.is_office(reading.lower(next));
        if office && next > end {
            break;
        }
        if reading.capital(next) {
            small |= end < next || is_small(lexicon, reading.lower(next));
            end = next + 1;
        }
        next += 1;
    }
    let office = |i: usize| {
        let word = reading.lower(i);
        let office = lexicon.title(word).is_some() || lexicon.is_office(word) && !is_plural(reading, i);
        office && !lexicon.is_cause(word)
    };
    (small && !(first..end).any(office) && !is_small(lexicon, reading.lower(end - 1))).then_some(first..end)
}

fn is_small(lexicon: &Lexicon, word: &str) -> bool {
    lexicon.is_link(word) || lexicon.is_inner(word)
}

fn is_plural(reading: &Reading<'_>, token: usize) -> bool {
    matches!(reading.tag(token), "NNS" | "NNPS")
}

/// Whether the capitals of a phrase tell that it is a name.
fn is_told(reading: &Reading<'_>, lexicon: &Lexicon, phrase: &Range<usize>) -> bool {
    let first = phrase.start;
    let word = reading.lower(first);
    let people = is_plural(reading, first) && lexicon.person(&reading.lemma(first).to_lowercase()).is_some();
    let cause = people || lexicon.is_cause(word);
    let inside = phrase.clone().skip(1).any(|i| reading.capital(i) && is_small(lexicon, reading.lower(i)));
    // "Justice for Ana said", "Doctors for Norvale said", but "Residents of Norvale said".
    let sides = || matches!(reading.lower(first + 1), "for" | "against");
    let within = !reading.tokens[first].sent_start && reading.in_body(first);
    // "The residents' group Sleep for Norvale".
    let called = first.checked_sub(1).is_some_and(|body| {
        let word = reading.lower(body);
        !reading.capital(body) && (lexicon.is_organisation(word) || lexicon.is_group(word))
    });
    (cause || called) && (within || inside)
        || (inside || lexicon.is_cause(word) || people && sides()) && is_somebody(reading, lexicon, phrase)
}

/// "Let Them Swim said", "Let Them Swim, a campaign group".
fn is_somebody(reading: &Reading<'_>, lexicon: &Lexicon, phrase: &Range<usize>) -> bool {
    const FARTHEST: usize = 6;
    let Some(next) = reading.tokens.get(phrase.end) else { return false };
    let verb = matches!(next.tag.as_str(), "VBD" | "VBZ") && lexicon.is_speech(&next.lemma);
    let body = || {
        let mut ahead = phrase.end + 1..reading.tokens.len().min(phrase.end + FARTHEST);
        let compound = |i: usize| reading.tokens.get(i + 1).is_some_and(|next| next.tag == "NN");
        let noun = ahead.find(|i| reading.tag(*i) == "NN" && !compound(*i));
        noun.is_some_and(|noun| {
            lexicon.is_organisation(reading.lower(noun)) || lexicon.is_group(reading.lower(noun))
        })
    };
    let article = || {
        reading
            .tokens
            .get(phrase.end + 1)
            .is_some_and(|article| matches!(article.norm.as_str(), "a" | "an" | "the"))
    };
    verb || next.lemma == "," && article() && body()
}
