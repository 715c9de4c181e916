//! The people of a statement: the words that name its speaker, and who that is.

use std::ops::Range;

use super::Statement;
use super::candidates::{Link, Part};
use super::frame::Frame;
use crate::nlp::EntityTag;
use crate::stages::mentions::{Mention, MentionKind};
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
    // "the harbour master, Ilse Okafor": the name is the speaker, what stands before it her role.
    let name = frame
        .child(head, &["appos"])
        .filter(|name| *name > head && is_named(frame, *name) && !is_named(frame, head))
        .or_else(|| name_after(frame, head));
    let core = core(frame, name.unwrap_or(head), &within);
    let words = frame.span(core.clone());
    let mention = mention(frame, name.unwrap_or(head), words).or_else(|| antecedent(frame, head));
    let mut person = resolved(frame, mention, words);
    if is_several(frame, head, &core) {
        // "Ruiz and her colleagues" have no name between them.
        return Person { words: Some(words), ..Person::default() };
    }
    if name.is_some() && person.role.is_none() {
        person.role = Some(frame.span(self::core(frame, head, &within)));
    }
    person
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

/// "I" in somebody's words is whoever says them.
pub(super) fn first_person(frame: &Frame, rows: &mut [Statement]) {
    for inner in 0..rows.len() {
        let Some(pronoun) = rows[inner].speaker.filter(|_| rows[inner].name.is_none()) else { continue };
        let word = frame.doc.words(pronoun).to_lowercase();
        if !matches!(word.as_str(), "i" | "me" | "my" | "mine" | "myself") {
            continue;
        }
        let Some(outer) = words_around(frame, rows, inner, pronoun) else { continue };
        rows[inner].name = rows[outer].name.clone();
        rows[inner].role = rows[inner].role.or(rows[outer].role);
    }
}

/// The statement in whose quoted words a pronoun stands: the shortest where there are several.
fn words_around(frame: &Frame, rows: &[Statement], inner: usize, pronoun: Span) -> Option<usize> {
    let token = frame.tokens_in(pronoun).start;
    let quote = frame.quote(token).map(|quote| frame.span(frame.quotes[quote].tokens.clone()))?;
    let piece = |row: &Statement| {
        let pieces = row.content.iter().filter(|piece| piece.contains(pronoun) && piece.overlaps(quote));
        pieces.map(|piece| piece.len()).min()
    };
    (0..rows.len())
        .filter(|row| *row != inner && rows[*row].speaker.is_none_or(|speaker| !speaker.overlaps(pronoun)))
        .filter_map(|row| Some((piece(&rows[row])?, row)))
        .min()
        .map(|(_, row)| row)
}

/// What stands before a colon: all of it up to a bracket.
fn label(frame: &Frame, tokens: Range<usize>) -> Person {
    // "ANA RUIZ (HOST):"
    let bracket = tokens.clone().skip(1).find(|token| matches!(frame.word(*token), "(" | "["));
    let tokens = tokens.start..bracket.unwrap_or(tokens.end);
    let words: Vec<usize> = tokens.filter(|token| frame.is_word(*token)).collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return Person::default() };
    let span = frame.span(*first..last + 1);
    let inside = || frame.doc.within::<Mention>(span).iter();
    let best = inside().find(|mention| mention.kind == MentionKind::Name).or_else(|| inside().next());
    resolved(frame, best.and_then(|mention| id(frame, mention)), span)
}

/// The person behind a participle that describes what the person gave out: "Ruiz released a statement saying".
pub(super) fn giver(frame: &Frame, cue: usize) -> Option<Person> {
    let noun = frame.head(cue);
    let described = frame.dep(cue) == "acl" && frame.dep(noun) == "dobj" && frame.pos(noun) == "NOUN";
    let subject = described.then(|| frame.child(frame.head(noun), &["nsubj"])).flatten()?;
    Some(phrase(frame, subject, frame.subtree(subject)))
}

/// A noun phrase without apposition, relative clause, and loose punctuation.
fn core(frame: &Frame, head: usize, within: &Range<usize>) -> Range<usize> {
    let tree = frame.subtree(head);
    let (mut start, mut end) = (tree.start.max(within.start), tree.end.min(within.end).max(head + 1));
    for child in frame.children(head) {
        let loose = matches!(frame.dep(child), "appos" | "relcl" | "acl" | "parataxis" | "advcl" | "dep");
        let bracket = matches!(frame.word(child), "(" | "," | "—" | "–" | "-");
        if child > head && (loose || bracket) {
            end = end.min(frame.subtree(child).start.max(head + 1));
        } else if child < head && loose {
            start = start.max(frame.subtree(child).end);
        }
    }
    start = start.min(head);
    while end > head + 1 && !frame.is_word(end - 1) && frame.dep(end - 1) != "case" {
        end -= 1;
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
