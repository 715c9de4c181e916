//! Finds descriptions of actors ("the commander", "two residents", "the ministry") and pronouns.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::candidates::is_subject;
use super::court::is_bench;
use super::lexicon::{Gender, Lexicon, PersonClass, TitleClass};
use super::places::{is_demonym, is_inverted};
use super::reading::Reading;
use super::{ActorKind, Found, MentionKind};

/// The longest description in tokens; what is longer is a misparse.
const LONGEST: usize = 14;

/// All nominals; `in_name` marks the tokens that names have taken.
pub(super) fn nominals(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    names: &[Found],
    in_name: &[bool],
) -> Vec<Found> {
    // "The Norvale Raptor Project": "the project" is a body from there on.
    let bodies: BTreeMap<&str, usize> = names
        .iter()
        .filter(|name| name.actor == ActorKind::Organisation && reading.words(name.first, name.end) > 1)
        .map(|name| (reading.lower(name.end - 1), name.end))
        .rev()
        .collect();
    (0..reading.tokens.len())
        .filter(|token| {
            let head = heads_phrase(reading, *token)
                || is_epithet(reading, lexicon, *token)
                || is_voice(reading, lexicon, *token)
                || is_accused(reading, *token);
            !in_name[*token] && head
        })
        .filter_map(|token| {
            let nominal = nominal(reading, lexicon, token);
            // "The mill said", of a body whose name ends so, is no person; nor are "the builders" of "Olmo Bay Builders".
            let listed = lexicon.person(&head_lemma(reading, token)).is_some();
            let plural = reading.tag(token) == "NNS";
            let body = body(reading, &bodies, token).filter(|_| nominal.is_none() || !listed || plural);
            body.or(nominal)
        })
        .collect()
}

/// "The accused said", where the tags take the word for a participle.
fn is_accused(reading: &Reading<'_>, token: usize) -> bool {
    let article = token.checked_sub(1).is_some_and(|the| reading.tokens[the].norm == "the");
    article && reading.lower(token) == "accused" && !matches!(reading.dep(token), "amod" | "compound")
}

/// Whether a noun is the head of its phrase and stands for somebody, not for what somebody is.
fn heads_phrase(reading: &Reading<'_>, token: usize) -> bool {
    let inside = reading.joined_word(token).is_some_and(|word| word.start < token);
    if inside || !reading.tag(token).starts_with("NN") {
        return false;
    }
    match reading.dep(token) {
        "compound" | "amod" | "npadvmod" | "nmod" | "attr" | "oprd" => false,
        "pobj" => reading.tokens[reading.head(token)].norm != "as",
        _ => true,
    }
}

/// "Mayor: We lost.": a noun for a person before the colon of a line, whatever the parse makes of it.
fn is_voice(reading: &Reading<'_>, lexicon: &Lexicon, token: usize) -> bool {
    const LONGEST: usize = 3;
    let colon = reading.tokens.get(token + 1).is_some_and(|colon| colon.lemma == ":");
    let line = || reading.line(token).is_some_and(|line| line.start + LONGEST > token);
    colon && reading.capital(token) && lexicon.person(&head_lemma(reading, token)).is_some() && line()
}

/// Whether a word tells one person by age, origin or children: "the 34-year-old", "the Dane", "the mother-of-two".
pub(super) fn is_epithet(reading: &Reading<'_>, lexicon: &Lexicon, token: usize) -> bool {
    let hyphens = token + 4 < reading.tokens.len()
        && ["-", "of", "-"].iter().zip(token + 1..).all(|(part, i)| reading.text(i) == *part);
    let number = || {
        let after = |i: usize| reading.tokens.get(token + i);
        after(1).is_some_and(|of| of.norm == "of") && after(2).is_some_and(|number| number.tag == "CD")
    };
    let parent = (hyphens || number())
        && (is_subject(reading.dep(token)) || is_inverted(reading, lexicon, token))
        && lexicon.person(&reading.lemma(token)).is_some_and(|noun| {
            hyphens || matches!(noun.family, "father" | "grandfather" | "grandmother" | "mother")
        });
    parent || is_aged(reading, token) || is_demonym(reading, lexicon, token)
}

/// Whether the words in front of a noun tell somebody's age: "the 34-year-old nurse".
pub(super) fn tells_age(reading: &Reading<'_>, first: usize, head: usize) -> bool {
    is_subject(reading.dep(head))
        && (first + 2..head).any(|i| {
            matches!(reading.text(i), "old")
                && reading.text(i - 1) == "-"
                && matches!(reading.text(i - 2), "year" | "month" | "day" | "week")
        })
}

pub(super) fn is_aged(reading: &Reading<'_>, token: usize) -> bool {
    let parts = ["-", "year", "-"];
    // "The 31-year-old said": the parse may take it for an adverb.
    let before_verb = || {
        let verb = reading.head(token);
        verb == token + 1 && reading.tag(verb).starts_with("VB")
    };
    // "“…,” said the 31-year-old, who": no noun follows.
    let alone = || {
        let the = reading.tokens[token - parts.len() - 2].norm == "the";
        let noun = reading.tokens.get(token + 1).is_some_and(|after| {
            matches!(&*after.tag, "NN" | "NNS" | "NNP" | "NNPS" | "JJ" | "HYPH" | "CC" | "VBG" | "VBN")
        });
        the && !noun && !matches!(reading.dep(token), "amod" | "acomp")
    };
    token > parts.len() + 1
        && matches!(reading.text(token), "old")
        && (is_subject(reading.dep(token)) || before_verb() || alone())
        && parts.iter().zip(token - parts.len()..).all(|(part, i)| reading.text(i) == *part)
}

fn nominal(reading: &Reading<'_>, lexicon: &Lexicon, head: usize) -> Option<Found> {
    let plural = matches!(reading.tag(head), "NNS" | "NNPS");
    let (actor, gender) = kind(reading, lexicon, head, plural)?;
    let mut first = phrase_start(reading, head);
    if is_aged(reading, head) && first > 0 && reading.tokens[first - 1].norm == "the" {
        first -= 1;
    }
    if matches!(reading.tokens[first].norm.as_str(), "no" | "any" | "every" | "each" | "neither" | "either") {
        return None;
    }
    let description = describes(reading, lexicon, head, actor);
    let description = description.then(|| reading.span(first, phrase_end(reading, head)));
    Some(Found { gender, description, ..found(reading, first, head, actor) })
}

/// A description of which no more is known than its words and what it stands for.
fn found(reading: &Reading<'_>, first: usize, head: usize, actor: ActorKind) -> Found {
    let end = word_end(reading, head);
    Found { head, ..Found::new(reading, first, end, MentionKind::Nominal, actor) }
}

/// "The project said", of a body whose name ends in the word.
fn body(reading: &Reading<'_>, bodies: &BTreeMap<&str, usize>, head: usize) -> Option<Found> {
    let named = bodies.get(reading.lower(head)).is_some_and(|named| *named <= head);
    let the = head.checked_sub(1).is_some_and(|the| reading.tokens[the].norm == "the");
    (named && the && reading.tag(head).starts_with("NN") && is_subject(reading.dep(head)))
        .then(|| found(reading, head - 1, head, ActorKind::Organisation))
}

/// Whether a description tells what one person does: "a nurse at the hospital", "her daughter"; not "a man".
fn describes(reading: &Reading<'_>, lexicon: &Lexicon, head: usize, actor: ActorKind) -> bool {
    let class = lexicon.person(&head_lemma(reading, head)).map(|noun| noun.class);
    actor == ActorKind::Person
        && (class.is_some_and(|class| class != PersonClass::Kin)
            || reading.children(head).any(|child| reading.dep(child) == "poss"))
}

fn kind(reading: &Reading<'_>, lexicon: &Lexicon, head: usize, plural: bool) -> Option<(ActorKind, Gender)> {
    let lemma = head_lemma(reading, head);
    if is_honour(reading, lexicon, head) {
        return Some((ActorKind::Person, Gender::Unknown));
    }
    if is_bench(reading, head) {
        return Some((ActorKind::Person, Gender::Unknown));
    }
    // "The coast guard" is no guard.
    let before = head.checked_sub(1).map(|before| reading.lower(before));
    if lemma == "guard" && before.is_some_and(|before| matches!(before, "coast" | "national")) {
        return Some((ActorKind::Organisation, Gender::Unknown));
    }
    if lexicon.is_group(reading.lower(head)) || lexicon.is_group(&lemma) {
        return Some((ActorKind::Group, Gender::Unknown));
    }
    if let Some(noun) = lexicon.person(&lemma) {
        return Some(if plural { (ActorKind::Group, noun.gender) } else { (ActorKind::Person, noun.gender) });
    }
    if lexicon.is_organisation(&lemma) {
        return Some((if plural { ActorKind::Group } else { ActorKind::Organisation }, Gender::Unknown));
    }
    if is_epithet(reading, lexicon, head) {
        return Some((ActorKind::Person, lexicon.demonym(&lemma).unwrap_or_default()));
    }
    (has_who(reading, head)
        || has_name_beside(reading, head)
        || !plural && says_quotation(reading, lexicon, head))
    .then_some((if plural { ActorKind::Group } else { ActorKind::Person }, Gender::Unknown))
}

/// "His Excellency", "Her Royal Highness".
pub(super) fn is_honour(reading: &Reading<'_>, lexicon: &Lexicon, head: usize) -> bool {
    let address = lexicon.title(reading.lower(head)).is_some_and(|title| title.0 == TitleClass::Address);
    let owner = head.saturating_sub(2)..head;
    address && reading.capital(head) && owner.into_iter().any(|token| reading.tag(token) == "PRP$")
}

/// The lemma of a noun; of "president-elect" it is "president".
pub(super) fn head_lemma<'d>(reading: &Reading<'d>, head: usize) -> Cow<'d, str> {
    let lemma = reading.lemma(head);
    if reading.text(head) == "PM" {
        return "premier".into();
    }
    if is_accused(reading, head) {
        return "accused".into();
    }
    let after_hyphen = head >= 2 && reading.text(head - 1) == "-" && reading.joined(head);
    if after_hyphen && matches!(&*lemma, "elect" | "designate" | "general" | "nominate") {
        return reading.lemma(head - 2);
    }
    lemma
}

/// Whether a person's name stands in apposition to a noun: "a former deckhand, Ana Ruiz,".
fn has_name_beside(reading: &Reading<'_>, head: usize) -> bool {
    matches!(reading.tag(head), "NN" | "NNS")
        && reading.children(head).any(|child| {
            child > head && reading.dep(child) == "appos" && reading.label(child) == Some("PERSON")
        })
}

/// "“He gave it to me,” the left-hander recalled": whoever says a quotation is a person, though no list has the word, unless
/// it is something that can be read.
fn says_quotation(reading: &Reading<'_>, lexicon: &Lexicon, head: usize) -> bool {
    let verb = reading.head(head);
    reading.tag(head) == "NN"
        && is_subject(reading.dep(head))
        && reading.tokens[phrase_start(reading, head)].norm == "the"
        && !reading.quoted(head)
        && !reading.quoted(verb)
        && lexicon.is_speech(&reading.lemma(verb))
        && !lexicon.is_read(&reading.lemma(head))
        && !lexicon.ends_body(&reading.lemma(head))
        && reading.quotes(head)
}

/// Whether "who" says more of a noun: then it is a person though no list has it.
fn has_who(reading: &Reading<'_>, head: usize) -> bool {
    reading.children(head).filter(|child| reading.dep(*child) == "relcl").any(|clause| {
        reading.children(clause).any(|child| reading.tokens[child].norm == "who" && child > head)
    })
}

/// The first token of what stands in front of a noun and belongs to it.
pub(super) fn phrase_start(reading: &Reading<'_>, head: usize) -> usize {
    let left = reading.left_edge(head).max(head.saturating_sub(LONGEST));
    let mut first = head;
    while first > left
        && !is_break(reading, first - 1)
        && reading.sentence(first - 1) == reading.sentence(head)
    {
        first -= 1;
    }
    // "Her co-author": the parse may leave what stands before a hyphen on the verb.
    while first >= 2 && reading.text(first - 1) == "-" && reading.joined(first) && reading.joined(first - 1) {
        first -= 2;
        let owner = first.checked_sub(1).filter(|i| reading.head(*i) == first);
        first = owner.unwrap_or(first);
    }
    // What a break leaves behind may start in the middle: "and strong people".
    while first < head
        && matches!(reading.tag(first), "CC" | "IN" | "POS" | "RB" | "HYPH" | "''" | "``" | "WP$")
    {
        first += 1;
    }
    first
}

fn is_break(reading: &Reading<'_>, token: usize) -> bool {
    matches!(reading.tag(token), "," | ":" | "." | "-LRB-" | "-RRB-" | "``" | "_SP" | "NFP")
        || matches!(reading.dep(token), "cc" | "mark" | "prep" | "aux")
        || reading.tag(token) == "''" && !matches!(reading.text(token), "'" | "’" | "’s" | "'s")
}

/// The index after a description with what says more of it: "commander of the Quds Force".
pub(super) fn phrase_end(reading: &Reading<'_>, head: usize) -> usize {
    let word = word_end(reading, head);
    let mut end = word;
    for child in reading.children(head).filter(|child| *child >= word) {
        let follows = reading.dep(child) == "prep"
            && child == end
            && matches!(
                reading.tokens[child].norm.as_str(),
                "of" | "for" | "at" | "in" | "to" | "with" | "on"
            );
        if !follows {
            break;
        }
        end = clause_free(reading, end, reading.right_edge(child) + 1);
        if end <= reading.right_edge(child) {
            break;
        }
    }
    end
}

/// The index after a noun with what hyphens join to it: "editor-in-chief".
fn word_end(reading: &Reading<'_>, head: usize) -> usize {
    reading.joined_word(head).filter(|word| word.start == head).map_or(head + 1, |word| word.end)
}

/// The longest description with its complement, in tokens.
const LONGEST_WITH_COMPLEMENT: usize = 24;

/// Cuts a complement at a comma, a clause or a mark that closes the phrase.
fn clause_free(reading: &Reading<'_>, first: usize, end: usize) -> usize {
    let limit = end.min(first + LONGEST_WITH_COMPLEMENT);
    let stops = |i: &usize| {
        matches!(reading.tag(*i), "," | "." | ":" | "WP" | "WDT" | "WRB" | "``" | "VBD" | "MD" | "_SP")
            || matches!(reading.dep(*i), "relcl" | "acl" | "advcl" | "punct" if !is_inner(reading, *i))
    };
    let stop = (first..limit).find(stops).unwrap_or(limit);
    // A bracket that is opened inside is kept only when it is closed inside.
    let opened = (first..stop).rev().find(|i| reading.tag(*i) == "-LRB-");
    match opened {
        Some(open) if !(open..stop).any(|i| reading.tag(i) == "-RRB-") => open,
        _ => stop,
    }
}

/// Marks that stand inside a phrase: brackets, hyphens, apostrophes.
fn is_inner(reading: &Reading<'_>, token: usize) -> bool {
    matches!(reading.tag(token), "-LRB-" | "-RRB-" | "HYPH" | "POS")
        || matches!(reading.text(token), "'" | "’" | "’s" | "'s" | "-")
}

/// All pronouns that can stand for an actor.
pub(super) fn pronouns(reading: &Reading<'_>, lexicon: &Lexicon) -> Vec<Found> {
    // The "His" of "His Royal Highness" is nobody's.
    let honours = |token: &usize| {
        reading.tag(*token) == "PRP$"
            && (token + 1..reading.tokens.len().min(token + 3)).any(|head| is_honour(reading, lexicon, head))
    };
    let tokens = (0..reading.tokens.len()).filter(|token| !honours(token));
    tokens.filter_map(|token| pronoun(reading, token)).collect()
}

/// "I told the chairman I’d play", where the tags take the second one for a name.
pub(super) fn is_capital_i(reading: &Reading<'_>, token: usize) -> bool {
    reading.text(token) == "I" && reading.dep(token) == "nsubj" && reading.head(token) > token
}

fn pronoun(reading: &Reading<'_>, token: usize) -> Option<Found> {
    if !matches!(reading.tag(token), "PRP" | "PRP$" | "WP" | "WDT" | "WP$") && !is_capital_i(reading, token) {
        return None;
    }
    let (actor, gender, plural) = match reading.lower(token) {
        "he" | "him" | "his" | "himself" => (ActorKind::Person, Gender::Male, false),
        "she" | "her" | "hers" | "herself" => (ActorKind::Person, Gender::Female, false),
        "they" | "them" | "their" | "theirs" | "themselves" => (ActorKind::Unknown, Gender::Unknown, true),
        "it" | "its" | "itself" | "which" | "that" => (ActorKind::Unknown, Gender::Unknown, false),
        "i" | "me" | "my" | "mine" | "myself" => (ActorKind::Person, Gender::Unknown, false),
        "we" | "us" | "our" | "ours" | "ourselves" => (ActorKind::Group, Gender::Unknown, true),
        "who" | "whom" | "whose" => (ActorKind::Unknown, Gender::Unknown, false),
        _ => return None,
    };
    let found = Found::new(reading, token, token + 1, MentionKind::Pronoun, actor);
    Some(Found { gender, plural, ..found })
}
