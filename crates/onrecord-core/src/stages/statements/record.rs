//! Makes the rows: who said it, to whom, when, where else it stands.

use super::assemble::{own_marks, spans};
use super::candidates::Candidate;
use super::choose::Chosen;
use super::details::{details, refusal};
use super::first_person::first_person;
use super::fold::{fold, kind, labelled};
use super::frame::Frame;
use super::people::{Person, agent, beside, giver, person, phrase, unclaimed};
use super::rules::HEARD;
use super::rules::Remarks;
use super::turns::TURN;
use super::uncued::uncued;
use super::words::Saying;
use super::{Statement, StatementKind};
use crate::{By, Id, Layer, Span};

/// The rows of the chosen attributions, in the order of the text.
pub(super) fn records(
    frame: &Frame,
    saying: &Saying,
    candidates: &[Candidate],
    chosen: &[Chosen],
    remarks: &[Remarks],
) -> Vec<Statement> {
    let mut rows: Vec<Statement> = Vec::new();
    // For each chosen attribution its row: one whose content has no span makes none.
    let mut row_of = vec![None; chosen.len()];
    for (index, one) in chosen.iter().enumerate() {
        if let Some(mut row) = record(frame, saying, candidates, one) {
            if let Some(remarks) = remarks.iter().find(|remarks| remarks.of == index) {
                look_back(frame, saying, candidates, remarks, &mut row);
            }
            row_of[index] = Some(rows.len());
            rows.push(row);
        }
    }
    for (index, one) in chosen.iter().enumerate() {
        if let (Some(row), Some(outer)) = (row_of[index], one.inside.and_then(|outer| row_of[outer])) {
            rows[row].inside = Some(Id::new(outer));
        }
    }
    let uncued = uncued(frame, &rows);
    rows.extend(uncued);
    first_person(frame, saying, &mut rows);
    if let Some(label) = labelled(frame)
        && !rows.iter().any(|row| row.speaker.is_some() && label.span().contains(row.span()))
    {
        rows.push(label);
    }
    let stays = fold(frame, &mut rows);
    in_order(rows, &stays)
}

/// Takes out what does not stay, and puts the rest in the order of the text.
fn in_order(rows: Vec<Statement>, stays: &[bool]) -> Vec<Statement> {
    let stays = |index: usize| stays[index] && rows[index].inside.is_none_or(|outer| stays[outer.index()]);
    let mut order: Vec<usize> = (0..rows.len()).filter(|index| stays(*index)).collect();
    order.sort_by_key(|index| (rows[*index].span().start, rows[*index].cue, *index));
    let mut place = vec![None; rows.len()];
    for (at, index) in order.iter().enumerate() {
        place[*index] = Some(at);
    }
    let mut rows: Vec<Option<Statement>> = rows.into_iter().map(Some).collect();
    let taken = order.into_iter().filter_map(|index| rows[index].take());
    taken
        .map(|mut row| {
            row.inside = row.inside.and_then(|outer| place[outer.index()]).map(Id::new);
            row
        })
        .collect()
}

fn record(frame: &Frame, saying: &Saying, candidates: &[Candidate], chosen: &Chosen) -> Option<Statement> {
    let candidate = &candidates[chosen.candidate];
    let attribution = &chosen.attribution;
    let mut tokens = attribution.content.clone();
    own_marks(frame, candidate.cue, &mut tokens);
    let content = spans(frame, &tokens);
    if content.is_empty() {
        return None;
    }
    let source = chosen.borrowed.or(attribution.source.map(|source| (chosen.candidate, source)));
    let source = source.map(|(candidate, source)| &candidates[candidate].parts[source]);
    let mut speaker = agent(frame, candidate.cue)
        .or_else(|| source.map(|part| person(frame, part)))
        .or_else(|| giver(frame, saying, candidate.cue))
        .or_else(|| unclaimed(frame, candidate, &tokens))
        .filter(|_| chosen.rule != HEARD)
        .unwrap_or_default();
    if let Some(named) = beside(frame, candidate.cue, &speaker) {
        speaker = named;
    }
    if let Some(words) = &mut speaker.words {
        *words = without_dash(frame, *words);
    }
    let span = source.map_or(0..0, |part| part.tokens.clone());
    let details = details(frame, saying, candidate, &attribution.content, span);
    let cue = cue(frame, saying, candidate, &attribution.content);
    Some(Statement {
        kind: if chosen.rule == TURN { StatementKind::Direct } else { manner(frame, &attribution.content) },
        content,
        speaker: speaker.words,
        mention: speaker.mention,
        name: speaker.name,
        role: speaker.role,
        cue: Some(cue),
        cue_lemma: Some(lemma(frame, candidate.cue)),
        addressee: details.addressee.words,
        addressee_name: details.addressee.name,
        medium: details.medium,
        negated: details.negated,
        when: details.when,
        places: Vec::new(),
        inside: None,
        by: by(chosen, cue),
    })
}

/// "-Ana Ruiz": without a dash that the tokenizer left with the name.
fn without_dash(frame: &Frame, words: Span) -> Span {
    let text = frame.doc.words(words);
    let name = text.trim_start_matches(['-', '–', '—', '―']);
    let dash = u32::try_from(text.len() - name.len()).unwrap_or_default();
    Span::new(words.start + dash, words.end)
}

fn by(chosen: &Chosen, cue: Span) -> By {
    let by = By::rule(chosen.rule).saw("cue", cue);
    if chosen.chance < 1.0 { by.knew("model", format!("{:.2}", chosen.chance)) } else { by }
}

/// The kind. Direct, too, where only the subject of what is quoted stands before the marks: The plan “is a gift to
/// thieves,” she said.
fn manner(frame: &Frame, content: &[usize]) -> StatementKind {
    let kind = kind(frame.quoted(content.iter().copied()));
    if kind != StatementKind::Mixed {
        return kind;
    }
    let outside: Vec<usize> = content
        .iter()
        .copied()
        .filter(|token| frame.is_word(*token) && frame.quote(*token).is_none())
        .collect();
    let (Some(first), Some(last)) = (outside.first(), outside.last()) else { return kind };
    let subject = outside.iter().find(|token| matches!(frame.dep(**token), "nsubj" | "nsubjpass"));
    let whole = subject.is_some_and(|subject| {
        let verb = frame.head(*subject);
        let tree = frame.subtree(*subject);
        frame.quote(verb).is_some()
            && tree.start <= *first
            && *last < tree.end
            && content.first() == Some(first)
    });
    if whole { StatementKind::Direct } else { kind }
}

/// The cue's words: with "to" of "according to", a particle, the preposition of "called for", and a refusal.
fn cue(frame: &Frame, saying: &Saying, candidate: &Candidate, content: &[usize]) -> Span {
    let (mut from, mut to) = (candidate.cue, candidate.cue);
    if let Some(governor) = refusal(frame, saying, candidate.cue).filter(|governor| *governor < from) {
        from = governor;
    }
    let next = |token: usize| {
        frame
            .children(candidate.cue)
            .any(|child| child == token && matches!(frame.dep(child), "prep" | "prt"))
    };
    // A preposition belongs to the cue where the content begins right after it.
    while next(to + 1)
        && (frame.dep(to + 1) == "prt"
            || content.binary_search(&(to + 2)).is_ok()
            || frame.dep(candidate.cue) == "prep")
    {
        if content.binary_search(&(to + 1)).is_ok() {
            break;
        }
        to += 1;
    }
    if frame.word(candidate.cue).eq_ignore_ascii_case("according")
        && frame.tokens.get(to + 1).is_some_and(|token| token.lemma == "to")
    {
        to += 1;
    }
    frame.span(from..to + 1)
}

fn lemma(frame: &Frame, cue: usize) -> String {
    match frame.word(cue) {
        word if word.eq_ignore_ascii_case("according") => "according to".to_owned(),
        _ => frame.lemma(cue).to_lowercase(),
    }
}

/// Adds what "Ruiz made the remarks on Monday during a trip" tells of the statement before it.
fn look_back(
    frame: &Frame,
    saying: &Saying,
    candidates: &[Candidate],
    remarks: &Remarks,
    row: &mut Statement,
) {
    let subject = phrase(frame, remarks.subject, frame.subtree(remarks.subject));
    let source = frame.subtree(remarks.subject);
    let made = Candidate { cue: remarks.verb, parts: Vec::new(), ..candidates[0].clone() };
    let details = details(frame, saying, &made, &[], source);
    row.when = row.when.or(details.when);
    row.medium = row.medium.or(details.medium);
    if row.addressee.is_none() {
        row.addressee = details.addressee.words;
        row.addressee_name = details.addressee.name;
    }
    if row.name.is_none() {
        let Person { name, role, .. } = subject;
        row.name = name;
        row.role = row.role.or(role);
    }
    let by = std::mem::take(&mut row.by);
    row.by = by
        .saw("remarks", frame.span(remarks.verb..remarks.verb + 1))
        .saw("speaker", frame.span(remarks.subject..remarks.subject + 1));
}
