//! Sets chosen statements against each other: what stands beside, what inside, what says the same words twice.

use std::collections::BTreeSet;
use std::ops::Range;

use super::assemble::trim;
use super::candidates::{Candidate, Link};
use super::choose::Chosen;
use super::frame::Frame;
use super::turns::TURN;
use super::words::{Saying, Speech, Word};
use crate::stages::mentions::Mention;

/// Takes statements apart that the parser put into one another, drops the second telling of the same words, and finds in
/// whose words each stands.
pub(super) fn tidy(frame: &Frame, saying: &Saying, candidates: &[Candidate], kept: &mut Vec<Chosen>) {
    /// Words of what is left behind the label of a turn.
    const FEWEST: usize = 4;
    kept.retain(|chosen| has_substance(frame, chosen) && !is_phrase(frame, candidates, chosen));
    kept.retain(|chosen| !cites_somebody(frame, saying, chosen));
    kept.retain(|chosen| !is_bare(frame, &candidates[chosen.candidate]));
    // Nobody says the label of a turn.
    let colons: BTreeSet<usize> =
        kept.iter().filter(|chosen| chosen.rule == TURN).map(|chosen| chosen.attribution.cue).collect();
    for chosen in kept.iter_mut().filter(|chosen| chosen.rule != TURN) {
        let content = &mut chosen.attribution.content;
        if let Some(colon) = content.iter().find(|token| colons.contains(token)) {
            let (colon, label) = (*colon, frame.paragraph(*colon).start);
            let opens = content.first().is_some_and(|first| (label..colon).contains(first));
            content.retain(|token| if opens { *token > colon } else { *token < label });
            let words = content.iter().filter(|token| frame.is_word(**token)).count();
            if opens && words < FEWEST {
                content.clear();
            }
        }
    }
    kept.retain(|chosen| !chosen.attribution.content.is_empty());
    nest(frame, kept);
    drop_foretold(frame, kept);
    nest(frame, kept);
    part_siblings(frame, candidates, kept);
    nest(frame, kept);
    drop_doubles(frame, candidates, kept);
    nest(frame, kept);
}

/// Whether somebody says something: "the deal announced on Monday" tells of no speaker and no words.
fn has_substance(frame: &Frame, chosen: &Chosen) -> bool {
    let content = &chosen.attribution.content;
    chosen.attribution.source.is_some()
        || frame.quoted(content.iter().copied()).1 > 0
        || content.iter().any(|token| matches!(frame.pos(*token), "VERB" | "AUX"))
}

/// "Citing people familiar with the matter": whom the words come from, and not the words.
fn cites_somebody(frame: &Frame, saying: &Saying, chosen: &Chosen) -> bool {
    let cue = chosen.attribution.cue;
    let object = saying.is(Word::Cites, frame.lemma(cue)).then(|| frame.child(cue, &["dobj"])).flatten();
    object.is_some_and(|object| {
        chosen.attribution.content.contains(&object)
            && frame.quoted(chosen.attribution.content.iter().copied()).1 == 0
            && is_somebody(frame, object)
    })
}

/// Whether a mention of people or a body has this head.
fn is_somebody(frame: &Frame, head: usize) -> bool {
    let mentions = frame.doc.layer::<Mention>();
    let at = mentions.partition_point(|mention| mention.span.start <= frame.tokens[head].start);
    mentions[at.saturating_sub(8)..at].iter().any(|mention| mention.head.index() == head)
}

/// Whether an act of speech is nobody's: "Thank you." names no one who thanks.
fn is_bare(frame: &Frame, candidate: &Candidate) -> bool {
    let cue = candidate.cue;
    matches!(candidate.speech, Speech::Asks | Speech::Judges)
        && matches!(frame.tag(cue), "VB" | "VBP")
        && frame.is_root(cue)
        && frame.child(cue, &["nsubj"]).is_none()
}

/// Drops what is only promised or asked for: of "pledged to thank the council" the pledge is made, no thanks.
fn drop_foretold(frame: &Frame, kept: &mut Vec<Chosen>) {
    let cues: BTreeSet<usize> = kept.iter().map(|chosen| chosen.attribution.cue).collect();
    kept.retain(|chosen| {
        let cue = chosen.attribution.cue;
        let foretold = frame.dep(cue) == "xcomp" && frame.tag(cue) == "VB" && cues.contains(&frame.head(cue));
        !foretold || chosen.rule == "statement.refused"
    });
}

/// Whether the cue is of a set phrase: "all this is to say".
fn is_phrase(frame: &Frame, candidates: &[Candidate], chosen: &Chosen) -> bool {
    let cue = chosen.attribution.cue;
    let source = chosen.attribution.source.map(|source| &candidates[chosen.candidate].parts[source]);
    frame.dep(cue) == "xcomp"
        && frame.lemma(frame.head(cue)) == "be"
        && source.is_none_or(|part| matches!(frame.tag(part.head), "DT" | "WDT" | "WP"))
}

/// Adds statements of others in the words of those kept: "Ruiz said the minister had told her that …".
pub(super) fn add_inner(frame: &Frame, inner: Vec<Chosen>, kept: &mut Vec<Chosen>) {
    let mut held = vec![false; frame.tokens.len()];
    for token in kept.iter().flat_map(|chosen| &chosen.attribution.content) {
        held[*token] = true;
    }
    let cues: BTreeSet<usize> = kept.iter().map(|chosen| chosen.attribution.cue).collect();
    let stands = |chosen: &Chosen| held[chosen.attribution.cue] && !cues.contains(&chosen.attribution.cue);
    kept.extend(inner.into_iter().filter(stands));
    kept.sort_by_key(|chosen| chosen.attribution.cue);
    nest(frame, kept);
    kept.retain(|chosen| chosen.inside.is_some() || chosen.chance >= super::choose::IS_STATEMENT);
    nest(frame, kept);
}

/// Finds for each statement the smallest other one in whose words its cue stands.
pub(super) fn nest(frame: &Frame, kept: &mut [Chosen]) {
    let mut holder: Vec<Option<(usize, usize)>> = vec![None; frame.tokens.len()];
    for (index, chosen) in kept.iter().enumerate() {
        let size = chosen.attribution.content.len();
        for token in &chosen.attribution.content {
            if holder[*token].is_none_or(|(_, smallest)| size < smallest) {
                holder[*token] = Some((index, size));
            }
        }
    }
    for index in 0..kept.len() {
        let outer = holder[kept[index].attribution.cue].map(|(outer, _)| outer);
        kept[index].inside = outer.filter(|outer| *outer != index);
    }
}

/// Chance per thousand from which a participle in another's words is a cue of its own: "…, adding that".
const SIBLING: u16 = 400;

/// Takes out of a content what the parser hung below it though it is a statement beside it: "said X, and Osei said Y",
/// "said X, adding Y". A participle without a subject then has the other's source.
fn part_siblings(frame: &Frame, candidates: &[Candidate], kept: &mut Vec<Chosen>) {
    for index in 0..kept.len() {
        let cue = kept[index].attribution.cue;
        let chance = candidates[kept[index].candidate].chance.statement;
        let outer_cue = kept[index].inside.map(|outer| kept[outer].attribution.cue);
        let Some(clause) = beside(frame, chance, cue, outer_cue) else { continue };
        let own = frame.child(cue, &["nsubj", "nsubjpass"]).is_some();
        let mut outer = kept[index].inside;
        // As deep as statements stand in one another, and no deeper than there are.
        for _ in 0..kept.len() {
            let Some(other) = outer.filter(|other| kept[*other].rule != TURN) else { break };
            let attribution = &mut kept[other].attribution;
            if attribution.content.first().is_some_and(|first| *first < clause.start) {
                attribution
                    .content
                    .retain(|token| !clause.contains(token) || frame.quote(*token).is_some() && *token < cue);
                trim(frame, &mut attribution.content);
                let source = attribution.source.map(|source| (kept[other].candidate, source));
                if !own {
                    kept[index].borrowed = source;
                }
            }
            outer = kept[other].inside.filter(|next| *next != other);
            if outer == kept[index].inside {
                break;
            }
        }
    }
    kept.retain(|chosen| !chosen.attribution.content.is_empty());
}

/// The clause of a cue that stands beside the words that it was put into.
fn beside(frame: &Frame, chance: u16, cue: usize, outer: Option<usize>) -> Option<Range<usize>> {
    if frame.quote(cue).is_some() {
        return None;
    }
    let subject = frame.child(cue, &["nsubj", "nsubjpass"]);
    // The parser may hang the whole sentence below the cue: what stands before its subject is not of its clause.
    let start = subject.map_or(cue, |subject| frame.subtree(subject).start.min(cue));
    let clause = start..frame.subtree(cue).end;
    let subject = subject.is_some();
    let before = clause.start.checked_sub(1)?;
    let apart = !frame.is_word(before) || frame.word(before) == "with";
    let second = frame.dep(cue) == "conj" && subject;
    let participle = frame.tag(cue) == "VBG"
        && apart
        && chance >= SIBLING
        && matches!(frame.dep(cue), "advcl" | "conj" | "acl" | "ccomp" | "pcomp" | "xcomp" | "dep");
    // "claims that …, and asserts that …": the parser cannot tell whose second verb it is; the tense can.
    let again = frame.dep(cue) == "conj"
        && chance >= SIBLING
        && outer.is_some_and(|outer| {
            frame.tag(outer) == frame.tag(cue) && matches!(frame.tag(cue), "VBD" | "VBZ")
        });
    if !second && !participle && !again {
        return None;
    }
    Some(if frame.word(before) == "with" { before..clause.end } else { clause })
}

/// Share of an outer statement's words from which an inner one says the same: "released a statement saying X".
const SAME_WORDS: f64 = 0.7;

/// Drops the outer of two statements that give the same words of the same source: "released a statement saying …", "went
/// on to say …". The inner one has the cue next to the words; a source that it lacks is the outer one's. Of "quoted
/// Ruiz as saying …" the one quoted is the source.
fn drop_doubles(frame: &Frame, candidates: &[Candidate], kept: &mut Vec<Chosen>) {
    let mut dropped = vec![false; kept.len()];
    // Inner statements stand after outer ones only by chance, so that every pair is looked at from the inside.
    for index in 0..kept.len() {
        let mut inner = index;
        while let Some(outer) = kept[inner].inside.filter(|outer| !dropped[*outer]) {
            if frame.quote(kept[index].attribution.cue).is_some()
                || kept[outer].rule == TURN
                || !doubles(frame, candidates, &kept[index], &kept[outer])
            {
                break;
            }
            if let Some(quoted) = quoted_one(frame, candidates, &kept[index], &kept[outer]) {
                kept[index].borrowed = Some((kept[outer].candidate, quoted));
            } else if let (None, Some(source)) =
                (own_source(frame, candidates, &kept[index]), kept[outer].attribution.source)
            {
                kept[index].borrowed = kept[outer].borrowed.or(Some((kept[outer].candidate, source)));
            }
            dropped[outer] = true;
            inner = outer;
        }
    }
    let mut index = 0;
    kept.retain(|_| {
        index += 1;
        !dropped[index - 1]
    });
}

fn doubles(frame: &Frame, candidates: &[Candidate], inner: &Chosen, outer: &Chosen) -> bool {
    let words = |chosen: &Chosen| {
        chosen.attribution.content.iter().filter(|token| frame.is_word(**token)).count() as f64
    };
    if words(inner) < SAME_WORDS * words(outer) {
        return false;
    }
    let source = |chosen: &Chosen| own_source(frame, candidates, chosen);
    match (source(inner), source(outer)) {
        (None, _) => true,
        (Some(inner), Some(outer)) => inner == outer,
        (Some(_), None) => false,
    }
}

/// The head of a statement's source, where that is no document: "a statement saying".
fn own_source(frame: &Frame, candidates: &[Candidate], chosen: &Chosen) -> Option<usize> {
    let source = chosen.borrowed.or(chosen.attribution.source.map(|source| (chosen.candidate, source)));
    let part = source.map(|(candidate, source)| &candidates[candidate].parts[source])?;
    (part.link != Link::Described
        || frame.pos(part.head) != "NOUN"
        || frame.tag(chosen.attribution.cue) != "VBG")
        .then_some(part.head)
}

/// Of "quoted Ruiz as saying": Ruiz, as a part of the outer cue.
fn quoted_one(frame: &Frame, candidates: &[Candidate], inner: &Chosen, outer: &Chosen) -> Option<usize> {
    let cue = inner.attribution.cue;
    let as_saying = frame.dep(cue) == "pcomp" && frame.lemma(frame.head(cue)) == "as";
    let object = |part: &super::candidates::Part| part.link == Link::Child && frame.dep(part.head) == "dobj";
    candidates[outer.candidate].parts.iter().position(object).filter(|_| as_saying)
}
