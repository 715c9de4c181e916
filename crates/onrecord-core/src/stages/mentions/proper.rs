//! Finds names: runs of proper nouns, cut where a title or another entity ends, and told by what they end in.
//!
//! The small model's entities are a vote among others here: the parse, the capitals, titles and given names count too.

use std::collections::BTreeSet;

use super::kinds::{has_article, is_double_barrelled, is_paper, is_thing, kind};
use super::labels::{TurnLabel, is_label, is_question_number};
use super::lexicon::{Lexicon, PersonClass, TitleClass};
use super::nominals::is_capital_i;
use super::pieces::{
    begins_person, ends_in_body, has_number, is_body_of, is_coded, is_surname, pieces, without_letters,
};
use super::places::{is_demonym, is_located, only_place, places};
use super::reading::Reading;
use super::{ActorKind, Found, MentionKind, aliases, slogans, trimmed, voices};
use crate::without_possessive;

/// Kinds of entity that are no actors, whatever their capitals say.
const NO_ACTORS: [&str; 8] =
    ["DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL", "LANGUAGE"];
/// Kinds of entity that the model gives to names of people and companies that it does not know.
const SELDOM_ACTORS: [&str; 5] = ["LAW", "WORK_OF_ART", "EVENT", "PRODUCT", "FAC"];
/// Share of capitals from which a sentence is set like a title, where a capital tells nothing.
const TITLED_SHARE: f32 = 0.7;

/// All names of a document, and the capitalised offices without a name ("Prime Minister") as nominal heads.
pub(super) fn names(reading: &Reading<'_>, lexicon: &Lexicon) -> Vec<Found> {
    let titled: Vec<bool> =
        reading.sentences.iter().map(|sentence| is_titled(reading, sentence.tokens())).collect();
    let mut found = Vec::new();
    let mut next = 0;
    while next < reading.tokens.len() {
        let Some(end) = run(reading, lexicon, &titled, next) else {
            next += 1;
            continue;
        };
        // "Officer-in-Charge Ana Ruiz".
        let inside = reading.joined_word(next).is_some_and(|word| word.start < next && word.end < end);
        for (first, end) in pieces(reading, lexicon, next + usize::from(inside), end) {
            let letters = without_letters(reading, lexicon, first, end);
            let name = name(reading, lexicon, &titled, first, letters);
            // Of "Ana Ruiz KC" the parse may take the letters for the head.
            let root = reading.root(first, end);
            found.extend(
                name.map(|name| Found { head: if letters < end { root } else { name.head }, ..name }),
            );
        }
        next = end;
    }
    without_parties(reading, &mut found);
    places(reading, lexicon, &mut found);
    trimmed::trim(reading, lexicon, &titled, &mut found);
    let mut found = without_headline_word(reading, lexicon, without_strays(reading, found));
    let known = trimmed::missed(reading, &found);
    let parts: BTreeSet<&str> = found
        .iter()
        .filter(|name| name.actor == ActorKind::Person && reading.words(name.first, name.end) > 1)
        .flat_map(|name| [reading.lower(name.first), reading.lower(name.end - 1)])
        .collect();
    found.extend(known.into_iter().filter_map(|(first, end)| {
        let part =
            || (end - first == 1 && parts.contains(reading.lower(first))).then(|| person(reading, first));
        name(reading, lexicon, &titled, first, end).or_else(part)
    }));
    let aliases = aliases::missed(reading, lexicon, &found);
    found.extend(aliases.into_iter().map(|token| person(reading, token)));
    let voices = voices::labels(reading, lexicon, &found);
    found.extend(voices.into_iter().filter_map(|(first, end)| name(reading, lexicon, &titled, first, end)));
    slogans::add(reading, lexicon, &titled, &mut found);
    handles(reading, &mut found);
    found.sort_by_key(|name| name.first);
    trimmed::vote(reading, lexicon, &mut found);
    trimmed::share_surnames(reading, lexicon, &mut found);
    found
}

/// "@olmo_1 posted": an account may be anybody's.
fn handles(reading: &Reading<'_>, found: &mut Vec<Found>) {
    let taken: BTreeSet<usize> = found.iter().flat_map(|name| name.first..name.end).collect();
    let is_handle = |token: &usize| {
        let name = reading.text(*token).strip_prefix('@');
        name.is_some_and(|name| name.len() > 1 && name.chars().all(|c| c.is_alphanumeric() || c == '_'))
    };
    let handles = (0..reading.tokens.len()).filter(|token| is_handle(token) && !taken.contains(token));
    found.extend(handles.map(|token| Found { actor: ActorKind::Unknown, ..person(reading, token) }));
}

/// "Boater, 71, says so" in a headline: one word that begins it and stands nowhere else is no name.
fn without_headline_word(reading: &Reading<'_>, lexicon: &Lexicon, mut found: Vec<Found>) -> Vec<Found> {
    found.retain(|name| {
        let word = reading.text(name.first);
        let opens = name.end - name.first == 1
            && name.kind == MentionKind::Name
            && reading.tokens[name.first].sent_start
            && reading.in_summary(name.first)
            && !is_acronym(word)
            && lexicon.given_name(reading.lower(name.first)).is_none();
        let again =
            || (0..reading.tokens.len()).any(|token| token != name.first && reading.text(token) == word);
        !opens || again()
    });
    found
}

/// "Ana Ruiz (Ind)", "Bo Velk (Lab)": what is in a bracket right behind a person's name is no name of its own.
fn without_parties(reading: &Reading<'_>, found: &mut Vec<Found>) {
    const LONGEST: usize = 4;
    let persons: BTreeSet<usize> =
        found.iter().filter(|name| name.actor == ActorKind::Person).map(|name| name.end).collect();
    found.retain(|name| {
        let open = name.first.checked_sub(1).filter(|open| reading.text(*open) == "(");
        let short = name.end - name.first == 1 && reading.text(name.first).len() <= LONGEST;
        !(short && open.is_some_and(|open| persons.contains(&open)))
    });
}

/// Names of no known kind, where nobody acts, are kept only as part of a name that is certain.
fn without_strays(reading: &Reading<'_>, mut found: Vec<Found>) -> Vec<Found> {
    let words = |name: &Found| (name.first..name.end).map(|i| reading.lower(i)).collect::<Vec<_>>();
    let certain: BTreeSet<&str> = found.iter().filter(|name| !name.tentative).flat_map(words).collect();
    found.retain(|name| !name.tentative || words(name).iter().all(|word| certain.contains(word)));
    found
}

/// Whether most longer words of a sentence start with a capital.
fn is_titled(reading: &Reading<'_>, tokens: std::ops::Range<usize>) -> bool {
    const LONGER: usize = 4;
    let last = tokens.clone().next_back();
    if last.is_some_and(|last| reading.text(last) == "." && reading.in_body(last)) {
        return false;
    }
    let longer: Vec<bool> = tokens
        .filter(|i| {
            reading.text(*i).chars().count() >= LONGER && reading.text(*i).chars().all(char::is_alphabetic)
        })
        .map(|i| reading.capital(i))
        .collect();
    let capitals = longer.iter().filter(|capital| **capital).count();
    longer.len() >= LONGER && capitals as f32 >= TITLED_SHARE * longer.len() as f32
}

fn is_proper(reading: &Reading<'_>, titled: &[bool], token: usize) -> bool {
    // "[CLIP: RUIZ]": what kind of clip it is.
    let clip = || {
        token.checked_sub(1).is_some_and(|open| matches!(reading.text(open), "[" | "("))
            && reading.tokens.get(token + 1).is_some_and(|colon| colon.lemma == ":")
    };
    let nobody = reading.label(token).is_some_and(|label| NO_ACTORS.contains(&label))
        || is_question_number(reading.text(token))
        || clip()
        || is_shouted(reading, token);
    if !reading.capital(token) || nobody || is_capital_i(reading, token) {
        return false;
    }
    if is_label(reading, token) {
        return true;
    }
    let tag = reading.tag(token);
    let named = matches!(reading.label(token), Some("PERSON" | "ORG" | "GPE" | "NORP" | "FAC" | "LOC"));
    let titled = titled.get(reading.sentence(token)).is_some_and(|titled| *titled);
    match tag {
        "NNP" | "NNPS" => true,
        "NN" | "NNS" | "FW" => named || !titled && !reading.tokens[token].sent_start,
        // ‘Buy Ana a cup of tea’: a quotation opens like a sentence.
        "JJ" | "VBG" | "VBN" | "VB" | "VBP" | "UH" | "RB" => {
            let opens = reading.tokens[token].sent_start
                || token.checked_sub(1).is_some_and(|mark| reading.tag(mark) == "``");
            named && reading.label(token) != Some("NORP") && !opens
        }
        _ => false,
    }
}

/// "IT WAS THE CAT": a noun in capitals behind an article in capitals.
fn is_shouted(reading: &Reading<'_>, token: usize) -> bool {
    let article = token.checked_sub(1).filter(|article| reading.tag(*article) == "DT");
    article.is_some_and(|article| reading.text(article).len() > 1 && reading.is_in_capitals(article))
        && reading.label(token).is_none()
}

pub(super) fn is_acronym(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    (2..=7).contains(&letters)
        && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '-' || c == '.')
}

/// The end of the run of proper nouns that starts at `first`.
fn run(reading: &Reading<'_>, lexicon: &Lexicon, titled: &[bool], first: usize) -> Option<usize> {
    let particle = |token: usize| {
        reading.tokens.get(token).is_some_and(|_| lexicon.is_particle(reading.text(token)))
            && glued(reading, titled, token + 1).is_some()
    };
    // "Emrys ap Olmo": the tags may take a name that opens a sentence for a plural.
    let opens = || reading.capital(first) && reading.tag(first).starts_with("NN") && particle(first + 1);
    // "Juror 8 said", where the tags take the juror for a noun.
    let coded = || reading.capital(first) && is_coded(reading, lexicon, first, first + 2);
    let starts = is_proper(reading, titled, first)
        || particle(first)
        || opens()
        || coded()
        || begins_person(reading, lexicon, first);
    if !starts {
        return None;
    }
    let mut end = first + 1;
    while end < reading.tokens.len() && reading.paragraph(end) == reading.paragraph(first) {
        let after_stop = reading.tokens[end].sent_start && !reading.text(end - 1).ends_with('.');
        let body = reading.capital(end) && reading.tag(end) == "NNS" && lexicon.ends_body(reading.lower(end));
        if (is_proper(reading, titled, end) || body || begins_person(reading, lexicon, end)) && !after_stop {
            end += 1;
        } else if let Some(next) = glue(reading, lexicon, titled, first, end) {
            end = next;
        } else {
            break;
        }
    }
    Some(if has_number(reading, lexicon, first, end) { end + 1 } else { end })
}

/// After a particle: the proper noun, across one hyphen ("al-Aqsa").
fn glued(reading: &Reading<'_>, titled: &[bool], token: usize) -> Option<usize> {
    if token >= reading.tokens.len() {
        return None;
    }
    let next = if reading.text(token) == "-" { token + 1 } else { token };
    (next < reading.tokens.len()
        && reading.tag(next) == "NNP"
        && is_proper(reading, titled, next)
        && (next == token || reading.joined(next)))
    .then_some(next)
}

/// Small words and marks inside a name; the index after the proper noun that follows them.
fn glue(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    titled: &[bool],
    first: usize,
    token: usize,
) -> Option<usize> {
    let proper = |i: usize| i < reading.tokens.len() && is_proper(reading, titled, i);
    let text = reading.text(token);
    let same_entity = |i: usize| {
        i < reading.tokens.len()
            && (token..=i).all(|j| reading.label(j).is_some() && !reading.begins_entity(j))
    };
    let mut next = token + 1;
    match text {
        // "Holt-Berg", "the Ardan–Volis Bank".
        "-" | "‑" | "–" if reading.joined(token) => {
            if next < reading.tokens.len() && lexicon.is_particle(reading.text(next)) {
                next += 1;
            }
            // "Hye-jin Moon".
            let second = next < reading.tokens.len()
                && reading.tag(next).starts_with("NN")
                && (reading.label(next) == Some("PERSON") || reading.tag(next) == "NNP" && proper(next + 1))
                && lexicon.person(reading.lower(next)).is_none();
            // "Walter Olmo-Pike", whatever the model takes a pike for.
            let plain = !titled.get(reading.sentence(first)).is_some_and(|titled| *titled)
                && reading.label(token - 1) == Some("PERSON")
                && next < reading.tokens.len()
                && reading.capital(next);
            ((proper(next) || second || plain) && reading.joined(token + 1)).then_some(next + 1)
        }
        "&" => proper(next).then_some(next + 1),
        // "Olmokraft A/S".
        "/" if reading.text(token - 1) == "A" && reading.joined(token) => {
            (next < reading.tokens.len() && reading.text(next) == "S").then_some(next + 1)
        }
        // "Padraig O' Hanlon".
        "'" | "’" if matches!(reading.text(token - 1), "O" | "D") => {
            let surname =
                |i: usize| i < reading.tokens.len() && reading.capital(i) && reading.tag(i).starts_with("NN");
            surname(next).then_some(next + 1)
        }
        // "Len ‘The Arrow’ Olmo".
        "'" | "‘" | "\"" | "“" if !reading.joined(token) => {
            aliases::nickname(reading, token).filter(|last| proper(*last - 1))
        }
        // "Gerhardine (Trudy) Moll".
        "(" if lexicon.given_name(reading.lower(token - 1)).is_some() => {
            aliases::short_form(reading, token).filter(|last| proper(*last - 1))
        }
        // "Farmers' Union", but not "Guards' commander".
        "'" | "’" if reading.tag(token - 1) == "NNPS" || reading.lower(token - 1).ends_with('s') => {
            // "The Nurses' and Midwives' Union".
            if next < reading.tokens.len()
                && reading.text(next) == "and"
                && joins_body(reading, lexicon, next)
            {
                return Some(next + 1);
            }
            (proper(next) && reading.joined(token) && lexicon.ends_body(reading.lower(next)))
                .then_some(next + 1)
        }
        // "St Brannoc's Hospital".
        "'s" | "’s" if is_saint(reading, token) => {
            (proper(next) && lexicon.ends_body(reading.lower(next))).then_some(next + 1)
        }
        // "The Children's Alliance".
        "'s" | "’s" if next < reading.tokens.len() && reading.text(next) == "and" => {
            joins_body(reading, lexicon, next).then_some(next + 1)
        }
        "'s" | "’s" if lexicon.is_owner(reading.lower(token - 1)) => {
            (proper(next) && lexicon.ends_body(reading.lower(next))).then_some(next + 1)
        }
        "plc" | "gmbh" => Some(next),
        // "Olmo Dairies AS", whatever the tags take the letters for.
        _ if reading.is_in_capitals(token) && lexicon.is_legal_form(reading.lower(token)) => {
            same_entity(token).then_some(next)
        }
        // "Bo Velk of the Norvale Sailing Club", whatever the model takes for one name.
        "of" if token == first + 2
            && token + 1 < reading.tokens.len()
            && reading.text(token + 1) == "the"
            && lexicon.given_name(reading.lower(first)).is_some()
            && !lexicon.ends_body(reading.lower(token - 1))
            && !lexicon.is_organisation(reading.lower(token - 1)) =>
        {
            None
        }
        "of" | "for" | "and" | "on" => {
            if next < reading.tokens.len() && matches!(reading.text(next), "the" | "a") {
                next += 1;
            }
            // "Norvale and District Anglers".
            if text == "and"
                && next + 1 < reading.tokens.len()
                && reading.text(next) == "District"
                && proper(next + 1)
            {
                return Some(next + 1);
            }
            let body = reading.lower(token - 1);
            let of_body = (text == "of" || has_charge(reading, lexicon, token, next))
                && (lexicon.is_organisation(body) || reading.capital(token - 1) && lexicon.has_charge(body))
                && reading.tokens.get(next + 1).is_none_or(|after| after.tag != "POS");
            // "The Ministry of Health of the Republic of Norvale".
            if text == "of"
                && lexicon.is_organisation(reading.lower(first))
                && proper(next)
                && lexicon.is_realm(reading.lower(next))
            {
                return Some(next + 1);
            }
            let given = |i: usize| lexicon.given_name(reading.lower(i)).is_some();
            // "Chancellor Ana Ruiz of Norvale", "Analyst Ana Ruiz of Olmo & Sons".
            let word = reading.lower(first);
            let titled = (lexicon.title(word).is_some() || lexicon.person(word).is_some())
                && (given(first + 1) || reading.label(first + 1) == Some("PERSON"));
            let person = given(first) || titled || reading.label(first) == Some("PERSON");
            let inside = text != "on" && same_entity(next) && !person
                || text == "and" && first + 1 == token && joins_body(reading, lexicon, token)
                || text == "and" && holds_two(reading, lexicon, first..token);
            (proper(next) && (of_body || inside)).then_some(next + 1)
        }
        // "Joaquín Reyes de León", "Beatriz Olmo de la Vega".
        _ if lexicon.is_particle(text)
            && (reading.tag(token).starts_with("NN") || matches!(reading.tag(token), "FW" | "IN")) =>
        {
            while next < reading.tokens.len() && lexicon.is_particle(reading.text(next)) {
                next += 1;
            }
            glued(reading, titled, next).map(|last| last + 1)
        }
        _ => None,
    }
}

/// Whether a possessive is of a saint.
fn is_saint(reading: &Reading<'_>, possessive: usize) -> bool {
    let before = possessive.checked_sub(2).map(|saint| reading.lower(saint).trim_end_matches('.'));
    matches!(before, Some("st" | "saint"))
}

/// "The Environment and Rivers Agency": two things that one body has charge of, behind "the"; but "Norvale and the Sard
/// Council" are two.
fn joins_body(reading: &Reading<'_>, lexicon: &Lexicon, and: usize) -> bool {
    const LONGEST: usize = 5;
    const OF_ITS_OWN: usize = 3;
    let owners = matches!(reading.text(and - 1), "'" | "’" | "'s" | "’s");
    let first = and - 1 - usize::from(owners);
    let determined = first > 0 && reading.tokens[first - 1].norm == "the";
    let thing = |i: usize| {
        !matches!(reading.label(i), Some("GPE" | "LOC" | "NORP"))
            && !lexicon.is_organisation(reading.lower(i))
            && lexicon.given_name(reading.lower(i)).is_none()
    };
    let run = (and + 1..reading.tokens.len().min(and + 1 + LONGEST)).take_while(|i| {
        reading.tag(*i).starts_with("NNP") && reading.capital(*i) || matches!(reading.text(*i), "'" | "’")
    });
    let last = run.last();
    let body = last.is_some_and(|last| last > and + 1 && lexicon.ends_body(reading.lower(last)));
    // "Dunmere and Vale Hospitals Trust" opens a sentence.
    let long = last.is_some_and(|last| reading.words(and + 1, last + 1) >= OF_ITS_OWN);
    let opens =
        reading.tokens[first].sent_start && long && lexicon.given_name(reading.lower(first)).is_none();
    body && (opens || determined && thing(first) && thing(and + 1))
}

/// "The Ministry of Education and Outer Islands", "Karibu Savings and Credit Plc": what stands in front of "and" is no whole
/// name, or what stands behind it is none; but "the Ministry of Health and the Norvale Council", "Olmo and Velk Ltd".
fn holds_two(reading: &Reading<'_>, lexicon: &Lexicon, before: std::ops::Range<usize>) -> bool {
    let and = before.end;
    let ahead = and + 1..reading.tokens.len();
    let end =
        ahead.clone().take_while(|token| reading.capital(*token)).last().map_or(and + 1, |last| last + 1);
    let person = || lexicon.given_name(reading.lower(and + 1)).is_some();
    if end <= and + 1 || reading.label(and + 1) == Some("PERSON") || person() {
        return false;
    }
    let last = reading.lower(end - 1);
    let form = |token: usize| lexicon.is_legal_form(reading.lower(token).trim_end_matches('.'));
    let charge = before
        .clone()
        .skip(1)
        .any(|of| matches!(reading.text(of), "of" | "for") && lexicon.is_organisation(reading.lower(of - 1)));
    let one = end == and + 3 && form(end - 1);
    let whole = reading.words(before.start, and) > 1 && !before.clone().any(form);
    charge && !lexicon.ends_body(last) || one && whole
}

/// "The Commission on Harbour Safety", "the Committee for a Fair Budget": a body with a capital, and what it has charge of.
fn has_charge(reading: &Reading<'_>, lexicon: &Lexicon, preposition: usize, next: usize) -> bool {
    let body = preposition.checked_sub(1).filter(|body| reading.capital(*body));
    let on = reading.text(preposition) == "on";
    // "The Agency for Road Safety": road safety may be a body for the model.
    let determined =
        body.and_then(|body| body.checked_sub(1)).is_some_and(|the| reading.tokens[the].norm == "the");
    let other: &[&str] = if on || determined {
        &["PERSON", "GPE", "LOC"]
    } else {
        &["PERSON", "GPE", "LOC", "FAC", "ORG", "NORP"]
    };
    body.is_some_and(|body| lexicon.has_charge(reading.lower(body)))
        && matches!(reading.text(preposition), "on" | "for")
        && next < reading.tokens.len()
        && (reading.label(next).is_none_or(|label| !other.contains(&label)) || !reading.begins_entity(next))
}

/// The name that a piece is, if it is one.
pub(super) fn name(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    titled: &[bool],
    first: usize,
    end: usize,
) -> Option<Found> {
    let last = reading.lower(end - 1);
    let label = majority(reading, first, end);
    // The letters of "Olmo Dairies AS" the tags may take for a preposition.
    let form = end - first > 1 && !reading.tag(end - 1).starts_with("NN") && lexicon.is_legal_form(last);
    let head = reading.root(first, end - usize::from(form));
    // "THE MINISTER OF TRADE:" of a label in capitals.
    let charge = reading.tag(first) == "IN" && reading.is_in_capitals(first);
    if charge || is_thing(reading, lexicon, first, head, label) {
        return None;
    }
    // "Dane & Proctor" is no proctor, the Office of the Vice-President no president.
    let firm = (first..end).any(|i| reading.text(i) == "&") || is_body_of(reading, lexicon, first, end);
    // "Ana Bishop" is no bishop; but of "Austin Mayor Ana Ruiz" the mayor is.
    let whole = reading.words(first, end) == 2
        && lexicon.given_name(reading.lower(first)).is_some()
        && lexicon.person(reading.lower(first)).is_none()
        && reading.tag(end - 1) == "NNP"
        && reading.tokens.get(end).is_none_or(|after| !after.tag.starts_with("NNP"));
    let office = !firm
        && !whole
        && !is_double_barrelled(reading, lexicon, first, end)
        && (lexicon.is_office(last.trim_end_matches('.')) || lexicon.title(last).is_some())
        || reading.text(end - 1) == "PM";
    // "Chair said", where nobody is called Ana Chair.
    let named_so = || !lexicon.is_office(last) || is_surname(reading, lexicon, first);
    let is_person = label == Some("PERSON")
        && (reading.words(first, end) > 1
            || named_so()
                && !has_article(reading, first)
                && !matches!(lexicon.title(last), Some((TitleClass::Address | TitleClass::Rank, _))));
    // "The South African".
    let compound = || end - first == 2 && lexicon.begins_demonym(reading.lower(first));
    if (end - first == 1 || compound()) && is_demonym(reading, lexicon, end - 1) {
        return None;
    }
    let body = end - first == 1 && lexicon.is_organisation(last) && !is_acronym(reading.text(first));
    // "Docker" in front of "Sami Haddad".
    let given = lexicon.given_name(last).is_some();
    let paper = is_paper(reading, lexicon, first, end);
    let trade =
        end - first == 1 && !given && !paper && lexicon.person(last).is_some() && label != Some("PERSON");
    // "Elmsworth General" is a hospital, "Attorney General" none.
    let hospital = last == "general"
        && label == Some("ORG")
        && reading.words(first, end) > 1
        && lexicon.person(reading.lower(end - 2)).is_none()
        && lexicon.title(reading.lower(end - 2)).is_none();
    // "Dad says so."
    let kin =
        end - first == 1 && lexicon.person(last).is_some_and(|noun| noun.class == PersonClass::Kin && !given);
    // "The Bishop of Norvale", "the Commissioner for Health".
    let sees = end > first + 1 && matches!(reading.text(first + 1), "of" | "for") && {
        let word = reading.lower(first);
        lexicon.is_office(word) || matches!(lexicon.title(word), Some((TitleClass::Office, _)))
    };
    if body
        || trade
        || kin
        || sees
        || office && !is_person && !hospital && !paper
        || reading.label(end - 1) == Some("NORP") && reading.tag(end - 1).starts_with("JJ")
    {
        return None;
    }
    // Whose turn it is in a transcript is a person, "RUIZ: I said so.", or has no name: "QUESTION: Why?"
    let nobody = || matches!(TurnLabel::of(&last.to_uppercase()), Some(TurnLabel::Nobody | TurnLabel::Asks));
    let label_of_office = is_label(reading, first) && (lexicon.person(last).is_some() || nobody());
    // "PORTER:" is a porter, unless the report speaks of Porter.
    let named = || {
        let spelled = |token: usize| {
            reading.lower(token) == last && !reading.is_in_capitals(token) && reading.capital(token)
        };
        lexicon.given_name(reading.lower(first)).is_some() && (0..reading.tokens.len()).any(spelled)
    };
    if label_of_office && !named() {
        return None;
    }
    let (actor, gender) = match kind(reading, lexicon, first, end, label)? {
        (ActorKind::Organisation | ActorKind::Unknown, gender)
            if is_label(reading, first) && !ends_in_body(reading, lexicon, first, end) =>
        {
            (ActorKind::Person, gender)
        }
        told => told,
    };
    let titled = titled.get(reading.sentence(first)).is_some_and(|titled| *titled);
    let speaks = reading.dep(head) == "nsubj" && lexicon.is_speech(&reading.lemma(reading.head(head)));
    let of = reading.head(head);
    let person = reading.dep(head) == "appos" && lexicon.person(&reading.lemma(of)).is_some();
    let seldom = label.is_some_and(|label| SELDOM_ACTORS.contains(&label)) && !speaks && !person;
    // "RUIZ:" at the start of a turn is no common noun.
    let turn = || {
        reading.tag(first) == "NN"
            && is_label(reading, first)
            && reading.line(first).is_some_and(|line| line.start == first)
    };
    let common = label.is_none() && (first..end).all(|i| !reading.tag(i).starts_with("NNP")) && !turn();
    let alone = reading.words(first, end) == 1 || is_located(reading, head);
    let tentative =
        (actor == ActorKind::Unknown && (titled || seldom || alone && !acts(reading, head))) || common;
    if matches!(label, Some("GPE" | "LOC")) && actor == ActorKind::Organisation && only_place(reading, head) {
        return None;
    }
    let mut span = reading.span(first, end);
    span.end = span.start + u32::try_from(without_possessive(reading.doc.words(span)).len()).ok()?;
    if span.is_empty() {
        return None;
    }
    let kind = if actor == ActorKind::Group { MentionKind::Nominal } else { MentionKind::Name };
    // "Olmo Estates" is no place, whatever the model says.
    let place = actor == ActorKind::Organisation
        && matches!(label, Some("GPE" | "LOC"))
        && !(reading.words(first, end) > 1 && lexicon.is_body_ending(last));
    let rule = "mention.name";
    Some(Found { span, head, gender, place, tentative, rule, ..Found::new(reading, first, end, kind, actor) })
}

/// Part of a person's name, though the word is a trade: "Weaver said".
fn person(reading: &Reading<'_>, token: usize) -> Found {
    Found::new(reading, token, token + 1, MentionKind::Name, ActorKind::Person)
}

/// The kind of entity that most of the piece's tokens are in.
fn majority<'d>(reading: &Reading<'d>, first: usize, end: usize) -> Option<&'d str> {
    let count = |label: &str| (first..end).filter(|i| reading.label(*i) == Some(label)).count();
    let labels = (first..end).filter_map(|i| reading.label(i));
    labels.max_by_key(|label| (count(label), *label == "PERSON"))
}

/// Whether something does or undergoes something: the place of an actor in a sentence.
fn acts(reading: &Reading<'_>, head: usize) -> bool {
    match reading.dep(head) {
        "nsubj" | "nsubjpass" | "poss" | "appos" | "conj" | "dobj" | "dative" => true,
        "pobj" => matches!(reading.tokens[reading.head(head)].norm.as_str(), "by" | "to" | "with" | "from"),
        "ROOT" => reading.tokens.get(head + 1).is_some_and(|next| next.lemma == ":"),
        _ => false,
    }
}
