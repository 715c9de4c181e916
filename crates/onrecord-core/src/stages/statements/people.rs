//! The people of a statement: the words that name its speaker, and who that is.

use std::ops::Range;

use super::candidates::{Candidate, Link, Part, is_colon};
use super::frame::Frame;
use super::words::{Saying, Speech};
use crate::nlp::EntityTag;
use crate::stages::mentions::{ActorKind, Mention, MentionKind, TurnLabel, is_question_number};
use crate::stages::sections::{Section, SectionKind};
use crate::{Id, Layer, Span};

/// Somebody, as worded and as resolved.
#[derive(Debug, Clone, Default)]
pub(super) struct Person {
    /// The words.
    pub(super) words: Option<Span>,
    /// The mention that they are.
    pub(super) mention: Option<Id<Mention>>,
    /// The name, resolved.
    pub(super) name: Option<String>,
    /// The role, as worded.
    pub(super) role: Option<Span>,
}

/// The person that a part names.
pub(super) fn person(frame: &Frame, part: &Part) -> Person {
    match part.link {
        Link::BeforeColon | Link::Signed => label(frame, part.tokens.clone()),
        _ => phrase(frame, part.head, part.tokens.clone()),
    }
}

/// The person that the noun phrase with this head names, inside `within`.
pub(super) fn phrase(frame: &Frame, head: usize, within: Range<usize>) -> Person {
    if let Some(name) = before_bracket(frame, head) {
        return resolved(frame, id(frame, name), name.span);
    }
    // "the harbour master, Ilse Okafor": the name is the speaker, what stands before it her role.
    let apposed = frame.child(head, &["appos"]);
    // "One of its members, the novelist Ana Ruiz, said": the name stands beside what stands beside it.
    let further = || frame.child(apposed.filter(|noun| frame.tag(*noun) == "NN")?, &["appos"]);
    // "The Commissioner for Health, Ana Ruiz": an office with capitals is no name.
    let office = || at_head(frame, head).is_none_or(|id| frame.doc.get(id).actor != ActorKind::Person);
    let mentioned =
        |token: usize| at_head(frame, token).is_some_and(|id| frame.doc.get(id).kind == MentionKind::Name);
    let names = |name: &usize| {
        *name > head
            && (is_named(frame, *name) || mentioned(*name))
            && (!is_named(frame, head)
                || office() && is_person(frame, *name) && frame.child(head, &["det"]).is_some())
    };
    // "One of the pair, Ana Ruiz".
    let one_of = || {
        let of = frame
            .child(head, &["prep"])
            .filter(|of| frame.lemma(head) == "one" && frame.lemma(*of) == "of")?;
        frame.child(frame.child(of, &["pobj"])?, &["appos"])
    };
    let name = apposed
        .filter(names)
        .or_else(|| one_of().filter(names))
        .or_else(|| further().filter(names))
        .or_else(|| shared_apposition(frame, head).filter(names))
        .or_else(|| name_after(frame, head));
    let core = core(frame, name.unwrap_or(head), &within);
    let words = frame.span(core.clone());
    let mention = mention(frame, name.unwrap_or(head), words)
        .or_else(|| antecedent(frame, head))
        .or_else(|| only_name(frame, head, &core));
    // "The 31-year-old said": the parse may give the article to the verb.
    let whole = mention.map(|id| frame.doc.get(id)).filter(|mention| {
        mention.kind == MentionKind::Nominal && mention.span.end == words.end && mention.span.contains(words)
    });
    let words = whole.map_or(words, |mention| mention.span);
    let mut person = resolved(frame, mention, words);
    if mention.is_none() {
        person.name = unmentioned(frame, &core);
    }
    if is_several(frame, head, &core) {
        // "Ruiz and her colleagues" have no name between them.
        return Person { words: Some(words), ..Person::default() };
    }
    if name.is_some() && person.role.is_none() {
        person.role = Some(frame.span(self::core(frame, head, &within)));
    }
    person
}

/// The name in front of the bracket that a head stands in: "Olmo Marine plc (“Olmo” or the “Company”) announces".
fn before_bracket<'f>(frame: &'f Frame, head: usize) -> Option<&'f Mention> {
    const LONGEST: usize = 12;
    let from = frame.sentence(head).start.max(head.saturating_sub(LONGEST));
    let bracket = (from..head).rev().find(|token| matches!(frame.word(*token), "(" | ")"))?;
    let end = Some(bracket).filter(|open| *open > from && frame.word(*open) == "(")?;
    let before = frame.doc.within::<Mention>(frame.span(from..end));
    let name = before.last().filter(|name| name.kind == MentionKind::Name)?;
    (frame.tokens_in(name.span).end == end).then_some(name)
}

/// "His manager and elder son, Nuno Lemos": of two nouns with one article the parse hangs the name on the second.
fn shared_apposition(frame: &Frame, head: usize) -> Option<usize> {
    let second = frame.child(head, &["conj"]).filter(|second| *second > head)?;
    let own = frame.child(second, &["det", "poss"]).is_some();
    let nouns = frame.tag(head) == "NN" && frame.tag(second) == "NN" && !own;
    nouns.then(|| frame.child(second, &["appos"])).flatten()
}

/// The name in a phrase whose head it is not: the parse may have hung a name on the letters behind it, "Ana Ruiz KC", or
/// on the office in front, "vice president for news Ana Ruiz".
fn only_name(frame: &Frame, head: usize, core: &Range<usize>) -> Option<Id<Mention>> {
    let words = frame.span(core.clone());
    let mut names = frame.doc.within::<Mention>(words).iter().filter(|other| other.kind == MentionKind::Name);
    let name = names.next_back()?;
    let tokens = frame.tokens_in(name.span);
    let letters =
        |token: usize| frame.pos(token) == "PROPN" && !frame.word(token).contains(char::is_lowercase);
    let ends = (tokens.end..core.end).all(letters);
    let own = matches!(frame.dep(name.head.index()), "compound" | "appos" | "nsubj" | "nmod" | "npadvmod");
    let before = tokens.start.checked_sub(1).map_or("", |before| frame.dep(before));
    let heads = frame.pos(head) == "PROPN" || frame.pos(head) == "NOUN" && name.actor == ActorKind::Person;
    let verbs = core.clone().any(|token| frame.pos(token) == "VERB");
    (ends && own && heads && !verbs && before != "prep").then(|| id(frame, name)).flatten()
}

/// The name that a phrase is though the mentions have none there: nothing but proper nouns, behind "the" or a title.
fn unmentioned(frame: &Frame, core: &Range<usize>) -> Option<String> {
    const TITLES: [&str; 7] = ["the", "mr", "mrs", "ms", "dr", "sir", "dame"];
    const LONGEST: usize = 4;
    let title = |token: &usize| TITLES.contains(&frame.word(*token).to_lowercase().trim_end_matches('.'));
    let first = core.clone().find(|token| !title(token))?;
    let last = core.end.checked_sub(1).filter(|last| *last >= first)?;
    let proper = |token: usize| {
        frame.tag(token) == "NNP" && frame.word(token).starts_with(char::is_uppercase)
            || frame.word(token) == "-"
    };
    let norp = matches!(&frame.tokens[last].entity, EntityTag::Begin(label) | EntityTag::Inside(label)
        if matches!(label.as_str(), "NORP" | "DATE" | "TIME"));
    if norp || core.end - first > LONGEST || !(first..core.end).all(proper) {
        return None;
    }
    let known = named_like(frame, frame.word(last)).filter(|_| first == last);
    let words = crate::without_possessive(frame.doc.words(frame.span(first..core.end)));
    Some(known.and_then(|known| known.name.clone()).unwrap_or_else(|| words.to_owned()))
}

/// The speaker that the models have left out: what stands in front of the colon, the subject or agent of the verb.
pub(super) fn unclaimed(frame: &Frame, candidate: &Candidate, content: &[usize]) -> Option<Person> {
    let cue = candidate.cue;
    if is_colon(frame.word(cue)) {
        let part = candidate.parts.iter().find(|part| part.link == Link::BeforeColon)?;
        let clause = part.iter().find(|token| {
            matches!(frame.pos(*token), "VERB" | "AUX")
                && (frame.is_root(*token) || !part.tokens.contains(&frame.head(*token)))
        });
        return match clause.map(|verb| frame.child(verb, &["nsubj"])) {
            Some(subject) => subject.map(|subject| phrase(frame, subject, frame.subtree(subject))),
            None => Some(person(frame, part)).filter(|person| person.name.is_some()),
        };
    }
    let free = |head: &usize| {
        content.binary_search(head).is_err() && !matches!(frame.lemma(*head), "it" | "there" | "that")
    };
    let passive = frame.child(cue, &["auxpass"]).is_some();
    let agent = || frame.child(frame.child(cue, &["agent"])?, &["pobj"]);
    let subject = || frame.child(cue, &["nsubj"]).filter(|_| !passive);
    // "She warned them and appealed to neighbours", "has written to parents promising …".
    let shared = || shared_subject(frame, cue).filter(|_| !passive && frame.pos(cue) == "VERB");
    let head = agent().or_else(subject).or_else(shared).filter(free)?;
    Some(phrase(frame, head, frame.subtree(head)))
}

/// The name between commas right in front of a cue whose subject, by the parse, is nobody: "That was denied by the union,
/// whose secretary, Ana Ruiz, said".
pub(super) fn beside(frame: &Frame, cue: usize, speaker: &Person) -> Option<Person> {
    const BACK: usize = 4;
    let words = speaker.words.filter(|_| speaker.mention.is_none() && speaker.name.is_none())?;
    let comma = cue.checked_sub(1).filter(|before| frame.word(*before) == ",")?;
    let from = frame.tokens[comma.saturating_sub(BACK)].start;
    let name = persons(frame, Span::new(from, frame.tokens[comma].start)).next_back()?;
    let tokens = frame.tokens_in(name.title.map_or(name.span, |title| title.cover(name.span)));
    let enclosed = tokens.start.checked_sub(1).is_some_and(|before| frame.word(before) == ",");
    let apart = words.end < frame.tokens[tokens.start].start && frame.same_sentence(tokens.start, cue);
    let told = enclosed && tokens.end == comma && apart && frame.pos(cue) == "VERB";
    told.then(|| resolved(frame, id(frame, name), frame.span(tokens)))
}

/// Who asks in "Asked by the chair, Ana Ruiz, if he was ready, he said": not who is asked.
pub(super) fn agent(frame: &Frame, cue: usize) -> Option<Person> {
    let participle = frame.tag(cue) == "VBN" && matches!(frame.dep(cue), "advcl" | "acl");
    let agent = participle.then(|| frame.child(frame.child(cue, &["agent"])?, &["pobj"])).flatten()?;
    at_head(frame, agent).map(|_| phrase(frame, agent, frame.subtree(agent)))
}

/// The subject that a verb shares with the one that it is joined to or says more of.
fn shared_subject(frame: &Frame, verb: usize) -> Option<usize> {
    const HIGHEST: usize = 4;
    let mut at = verb;
    for _ in 0..HIGHEST {
        let joined = match frame.dep(at) {
            "conj" | "xcomp" => true,
            "advcl" => frame.tag(at) == "VBG",
            _ => false,
        };
        if !joined || frame.is_root(at) || !matches!(frame.pos(frame.head(at)), "VERB" | "AUX") {
            return None;
        }
        at = frame.head(at);
        if let Some(subject) = frame.child(at, &["nsubj", "nsubjpass"]) {
            return Some(subject);
        }
    }
    None
}

/// Whether a phrase names others beside its head: "Ruiz and her colleagues", "the mayor and residents"; but "the founder and
/// head" is one.
fn is_several(frame: &Frame, head: usize, core: &Range<usize>) -> bool {
    let and = frame.children(head).any(|child| frame.dep(child) == "cc" && core.contains(&child));
    let named =
        |token: usize| at_head(frame, token).is_some_and(|id| frame.doc.get(id).kind == MentionKind::Name);
    let plural = |token: usize| matches!(frame.tag(token), "NNS" | "NNPS");
    let mut others = frame.children(head).filter(|child| frame.dep(*child) == "conj" && core.contains(child));
    and && others
        .any(|other| at_head(frame, other).is_some() && (named(head) || named(other) || plural(other)))
}

/// The head of the name that the mentions have set beside a description, behind a comma: "the director of the Norvale
/// Museum, Ilse Okafor".
fn name_after(frame: &Frame, head: usize) -> Option<usize> {
    let mention = at_head(frame, head).map(|id| frame.doc.get(id))?;
    let name = frame.doc.get(mention.refers_to.filter(|_| mention.by.rule == "mention.apposition")?);
    let first = frame.tokens_in(name.title.unwrap_or(name.span)).start;
    let comma = first.checked_sub(1).is_some_and(|before| frame.word(before) == ",");
    let near = name.head.index() > head && frame.same_sentence(head, name.head.index());
    (comma && near).then(|| name.head.index())
}

/// The mention with this head.
fn at_head(frame: &Frame, head: usize) -> Option<Id<Mention>> {
    const BACK: usize = 16;
    let token = frame.tokens[head].span();
    let mentions = frame.doc.layer::<Mention>();
    let to = mentions.partition_point(|mention| mention.span.start <= token.start);
    mentions[to.saturating_sub(BACK)..to]
        .iter()
        .rev()
        .find(|mention| mention.head.index() == head)
        .and_then(|found| id(frame, found))
}

/// Whether a token is of the name of a person.
pub(super) fn is_person(frame: &Frame, token: usize) -> bool {
    let (EntityTag::Begin(label) | EntityTag::Inside(label)) = &frame.tokens[token].entity else {
        return false;
    };
    label == "PERSON"
}

fn is_named(frame: &Frame, token: usize) -> bool {
    let (EntityTag::Begin(label) | EntityTag::Inside(label)) = &frame.tokens[token].entity else {
        return false;
    };
    matches!(label.as_str(), "PERSON" | "ORG") && frame.pos(token) == "PROPN"
}

fn resolved(frame: &Frame, mention: Option<Id<Mention>>, words: Span) -> Person {
    let record = mention.map(|id| frame.doc.get(id));
    Person {
        words: Some(words),
        mention,
        name: record.and_then(|mention| mention.name.clone()),
        role: record.and_then(|mention| mention.role),
    }
}

/// Whether a word is set in capitals.
fn capitals(frame: &Frame, token: usize) -> bool {
    !frame.word(token).contains(char::is_lowercase)
}

/// What stands before a colon: all of it up to a bracket.
fn label(frame: &Frame, tokens: Range<usize>) -> Person {
    // "ANA RUIZ (HOST):"
    let colon = tokens.end;
    let verb = |token: usize| matches!(frame.pos(token), "VERB" | "AUX");
    // "Ruiz lost. Ruiz on losing:", but "AMB. RUIZ:".
    let sentence = frame.sentence(colon).start.max(tokens.start);
    let tokens = if (tokens.start..sentence).any(verb) { sentence..tokens.end } else { tokens };
    let bracket = tokens.clone().skip(1).find(|token| matches!(frame.word(*token), "(" | "["));
    let tokens = tokens.start..bracket.unwrap_or(tokens.end);
    let number = |token: &usize| is_question_number(frame.word(*token));
    let words: Vec<usize> = tokens.filter(|token| frame.is_word(*token) && !number(token)).collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return Person::default() };
    let span = frame.span(*first..last + 1);
    if first == last && frame.word(*first).trim_end_matches('.') == "A" {
        return Person { words: Some(span), ..answerer(frame, *first) };
    }
    let inside = || frame.doc.within::<Mention>(span).iter();
    // "Capital Insight's Freya Nilsen:" is the person.
    let named = |mention: &&Mention| mention.kind == MentionKind::Name;
    let best = inside()
        .find(|mention| named(mention) && mention.actor == ActorKind::Person)
        .or_else(|| inside().find(named))
        .or_else(|| inside().next());
    let asks =
        first == last && TurnLabel::of(frame.word(*first).trim_end_matches('.')) == Some(TurnLabel::Asks);
    let unnamed = !inside().any(|mention| mention.name.is_some());
    let bracketed = bracket.filter(|_| unnamed).and_then(|open| name_in(frame, open..colon));
    let told = || if asks { asker(frame, colon) } else { None };
    if let Some(name) = bracketed.or_else(told) {
        let known = resolved(frame, id(frame, name), span);
        let role = if asks { None } else { known.role.or(Some(span)) };
        return Person { role, ..known };
    }
    if let Some(called) = called(frame, colon).filter(|_| asks) {
        return Person { words: Some(span), name: Some(called), ..Person::default() };
    }
    // Of "Over to Ruiz:" the name alone is the speaker.
    let phrase =
        words.iter().any(|token| verb(*token) || frame.pos(*token) == "ADP" && !capitals(frame, *token));
    let span = best.filter(|mention| phrase && named(mention)).map_or(span, |mention| mention.span);
    let person = resolved(frame, best.and_then(|mention| id(frame, mention)), span);
    let whole = person.name.as_ref().is_some_and(|name| name.contains(' '));
    let described = best.is_some_and(|mention| mention.kind == MentionKind::Nominal);
    match named_like(frame, frame.word(*last)).filter(|_| !whole && !described) {
        Some(other) => Person { name: other.name.clone(), role: other.role.or(person.role), ..person },
        None => person,
    }
}

/// Who asks: the one that gives a name first, "Ana Ruiz, the Echo.", or was called last, "Next. Ana."
fn asker<'f>(frame: &'f Frame, colon: usize) -> Option<&'f Mention> {
    const AHEAD: usize = 12;
    const OUTLET: usize = 6;
    let paragraph = frame.paragraph(colon);
    let gives = |mention: &&Mention| {
        let end = frame.tokens_in(mention.span).end;
        let next = frame.tokens.get(end).map_or("", |_| frame.word(end));
        end - frame.tokens_in(mention.span).start > 1 && matches!(next, "," | "from" | "with" | "of" | "at")
    };
    let opening = frame.span(colon..paragraph.end.min(colon + AHEAD));
    let given = persons(frame, opening).find(gives);
    given.or_else(|| {
        let before = turn_before(frame, colon)?;
        let called = persons(frame, frame.span(before.clone())).next_back()?;
        // "The first question is from Ana Ruiz of the Echo."
        let rest = frame.tokens_in(called.span).end..before.end;
        let words = rest.clone().filter(|token| frame.is_word(*token)).count();
        let of = matches!(frame.word(rest.start), "of" | "from" | "with" | "at" | ",") && words <= OUTLET;
        (words == 0 || of).then_some(called)
    })
}

/// The paragraph in front of a label's, where it is a turn too.
fn turn_before(frame: &Frame, colon: usize) -> Option<Range<usize>> {
    const LABEL: usize = 12;
    let before = frame.paragraphs[frame.paragraph_index(colon).checked_sub(1)?].clone();
    before.clone().take(LABEL).any(|token| frame.word(token).ends_with(':')).then_some(before)
}

/// The one word, a name, that calls on who asks next: "Thank you. Ana."
fn called(frame: &Frame, colon: usize) -> Option<String> {
    let before = turn_before(frame, colon)?;
    let last = before.clone().rev().find(|token| frame.is_word(*token))?;
    let alone = last.checked_sub(1).is_some_and(|mark| matches!(frame.word(mark), "." | "?" | "!"));
    let name = frame.pos(last) == "PROPN" && frame.word(last).chars().skip(1).all(char::is_lowercase);
    (alone && name).then(|| frame.word(last).to_owned())
}

/// The first name of a person among some tokens.
fn name_in<'f>(frame: &'f Frame, tokens: Range<usize>) -> Option<&'f Mention> {
    persons(frame, frame.span(tokens)).next()
}

/// The names of persons in some words.
fn persons<'f>(frame: &'f Frame, words: Span) -> impl DoubleEndedIterator<Item = &'f Mention> {
    let named = frame.doc.within::<Mention>(words).iter();
    named.filter(|mention| mention.kind == MentionKind::Name && mention.actor == ActorKind::Person)
}

/// The one person of the report whose whole name ends in a word: "Frost:" is Agnete Frost.
fn named_like<'f>(frame: &'f Frame, last: &str) -> Option<&'f Mention> {
    let alike = |mention: &&Mention| {
        let name = mention.name.as_deref().and_then(|name| name.rsplit_once(' '));
        mention.kind == MentionKind::Name
            && name.is_some_and(|(_, surname)| surname.eq_ignore_ascii_case(last))
    };
    let mut people = frame.doc.layer::<Mention>().iter().filter(alike);
    let one = people.next()?;
    people.all(|other| other.name == one.name).then_some(one)
}

/// Who gives the answers of an interview: the one person whom the lines before its first question name.
fn answerer(frame: &Frame, label: usize) -> Person {
    let question = (0..=frame.paragraph_index(label)).find(|paragraph| {
        let tokens = &frame.paragraphs[*paragraph];
        !tokens.is_empty()
            && matches!(frame.word(tokens.start).trim_end_matches(['.', ':']), "Q" | "QUESTION")
    });
    let Some(first) = question.map(|paragraph| frame.paragraphs[paragraph].start) else {
        return Person::default();
    };
    let before = Span::new(0, frame.tokens[first].start);
    let people = || {
        let named = frame.doc.within::<Mention>(before).iter();
        named.filter(|mention| mention.kind == MentionKind::Name && mention.actor == ActorKind::Person)
    };
    let Some(one) = people().next() else { return Person::default() };
    // Of several the one whom the headline names: who asks stands below it.
    let headline = frame.doc.layer::<Section>().iter().find(|section| section.kind == SectionKind::Headline);
    let titled = |person: &Mention| headline.is_some_and(|section| section.span.contains(person.span));
    let another = |other: &Mention| other.name != one.name && (!titled(one) || titled(other));
    if people().any(another) {
        return Person::default();
    }
    resolved(frame, id(frame, one), before)
}

/// The person behind a participle that describes what the person gave out, "Ruiz released a statement saying", or behind
/// that noun; "Ruiz rejected a statement saying" is another's.
pub(super) fn giver(frame: &Frame, saying: &Saying, cue: usize) -> Option<Person> {
    let is_noun = frame.pos(cue) == "NOUN";
    let noun = if is_noun { cue } else { frame.head(cue) };
    let participle = |token: usize| frame.dep(token) == "acl" && frame.tag(token) == "VBG";
    let described = if is_noun { frame.children(noun).any(participle) } else { frame.dep(cue) == "acl" };
    let verb = frame.head(noun);
    let given = described
        && frame.dep(noun) == "dobj"
        && frame.pos(noun) == "NOUN"
        && (!is_noun || saying.speech(frame.lemma(verb), "VERB") != Speech::Judges);
    let subject = given.then(|| frame.child(verb, &["nsubj"])).flatten()?;
    Some(phrase(frame, subject, frame.subtree(subject)))
}

/// A noun phrase without apposition, relative clause, and loose punctuation.
fn core(frame: &Frame, head: usize, within: &Range<usize>) -> Range<usize> {
    let tree = frame.subtree(head);
    let (mut start, mut end) = (tree.start.max(within.start), tree.end.min(within.end).max(head + 1));
    for child in frame.children(head) {
        let loose = matches!(frame.dep(child), "appos" | "relcl" | "acl" | "parataxis" | "advcl" | "dep");
        // "the mother-of-two" is one word.
        let joined = child > 0 && frame.tokens[child - 1].end == frame.tokens[child].start;
        let bracket =
            matches!(frame.word(child), "(" | "," | "—" | "–") || frame.word(child) == "-" && !joined;
        if child > head && (loose || bracket) {
            end = end.min(frame.subtree(child).start.max(head + 1));
        } else if child < head && loose {
            start = start.max(frame.subtree(child).end);
        }
    }
    // "A nurse at the clinic, who gave her name": the clause may hang on the clinic.
    let clause = (head + 2..end)
        .find(|token| matches!(frame.tag(*token), "WDT" | "WP" | "WP$") && frame.word(*token - 1) == ",");
    end = clause.map_or(end, |clause| end.min(clause - 1));
    start = start.min(head);
    // “We will pay,” the mayor said: the parse may hang the quotation on the mayor.
    if frame.quote(head).is_none()
        && let Some(quoted) = (start..head).rev().find(|token| frame.quote(*token).is_some())
    {
        start = quoted + 1;
    }
    // "Others disagree: the mayor says so."
    if let Some(colon) = (start..head).rev().find(|token| matches!(frame.word(*token), ":" | ";")) {
        start = colon + 1;
    }
    while end > head + 1 && !frame.is_word(end - 1) && frame.dep(end - 1) != "case" {
        end -= 1;
    }
    // "The Front for the Northern Hills (FNH)": nothing is left of a bracket whose end is cut off.
    let open = (head + 1..end).rev().find(|token| matches!(frame.word(*token), "(" | ")"));
    if let Some(open) = open.filter(|open| frame.word(*open) == "(") {
        end = open;
    }
    // "Her co-author", "Kim Min-jae": a hyphen holds a word together, whatever the parse makes of it.
    let joined =
        |token: usize| frame.tokens.get(token).is_some_and(|next| frame.tokens[token - 1].end == next.start);
    while joined(end) && frame.word(end) == "-" && joined(end + 1) && end + 2 <= frame.sentence(head).end {
        end += 2;
    }
    while start < head && !frame.is_word(start) {
        start += 1;
    }
    start..end
}

/// The mention with this head, or a name inside these words.
fn mention(frame: &Frame, head: usize, words: Span) -> Option<Id<Mention>> {
    let inside = frame.doc.within::<Mention>(words);
    let best = inside
        .iter()
        .find(|mention| mention.head.index() == head)
        .or_else(|| inside.iter().find(|mention| mention.span == words));
    best.and_then(|mention| id(frame, mention)).or_else(|| {
        // A mention with its title cut off can begin before these words, or end after them.
        let token = frame.tokens[head].span();
        let mentions = frame.doc.layer::<Mention>();
        let to = mentions.partition_point(|mention| mention.span.start <= token.start);
        let near = mentions[to.saturating_sub(8)..to].iter().rev();
        near.filter(|mention| mention.span.contains(token) && mention.head.index() == head)
            .find_map(|found| id(frame, found))
    })
}

fn id(frame: &Frame, mention: &Mention) -> Option<Id<Mention>> {
    let mentions = frame.doc.layer::<Mention>();
    let from = mentions.partition_point(|other| other.span.start < mention.span.start);
    mentions[from..].iter().position(|other| std::ptr::eq(other, mention)).map(|at| Id::new(from + at))
}

/// Whom a relative pronoun stands for: "Ruiz, who said".
fn antecedent(frame: &Frame, pronoun: usize) -> Option<Id<Mention>> {
    if !matches!(frame.tag(pronoun), "WP" | "WDT" | "WP$") {
        return None;
    }
    let mut at = pronoun;
    for _ in 0..4 {
        if frame.is_root(at) {
            return None;
        }
        let head = frame.head(at);
        if frame.dep(at) == "relcl" {
            let words = frame.span(core(frame, head, &frame.subtree(head)));
            return mention(frame, head, words);
        }
        at = head;
    }
    None
}
