//! Finds the turns of a transcript: paragraphs that begin with a speaker's name in capitals, or Q and A, and a colon; or
//! with one of several names that come back.

use std::collections::BTreeMap;

use super::assemble::Attribution;
use super::candidates::{Candidate, Link, SHOT, bracketed, is_colon, is_soundbite};
use super::choose::Chosen;
use super::frame::Frame;
use crate::stages::mentions::{TurnLabel, is_question_number};

/// The rule's name; what stands in a turn is never cut out of it.
pub(super) const TURN: &str = "statement.turn";
/// Words of the longest label: "AMB. DELACROIX-NDIAYE (ON THE LINE FROM GELDERN)".
const LABEL: usize = 10;
/// Turns that make a transcript: a report with one line such as "WATCH: …" is none.
const TURNS: usize = 3;

/// The turns of a document, each as a statement of whom its label names.
pub(super) fn turns(frame: &Frame, candidates: &[Candidate]) -> Vec<Chosen> {
    let names = names(frame);
    let labels: Vec<Option<usize>> = (0..frame.paragraphs.len())
        .map(|paragraph| {
            let name = || names.iter().find(|(of, _)| *of == paragraph).map(|(_, colon)| *colon);
            label(frame, paragraph).or_else(name)
        })
        .collect();
    if labels.iter().flatten().count() < TURNS {
        return clips(frame, candidates, &labels);
    }
    let mut turns = Vec::new();
    let mut at = 0;
    while at < labels.len() {
        let next = labels[at + 1..].iter().position(Option::is_some).map(|further| at + 1 + further);
        if let Some(colon) = labels[at] {
            // Paragraphs up to the next label go on with the turn; after the last one the reporter may speak.
            let clip = bracketed(frame, colon).is_some();
            let end = next.filter(|_| !clip).unwrap_or(at + 1);
            turns.extend(turn(frame, candidates, colon, at..end));
        }
        at = next.unwrap_or(labels.len());
    }
    turns
}

/// The clips of a broadcast, which its reporter speaks between: a turn is of somebody whom the report names elsewhere, or has
/// its label in a bracket.
fn clips(frame: &Frame, candidates: &[Candidate], labels: &[Option<usize>]) -> Vec<Chosen> {
    let known = |colon: usize| {
        let last = (frame.paragraph(colon).start..colon).rev().find(|token| frame.is_word(*token));
        last.is_some_and(|last| {
            let word = frame.word(last).to_lowercase();
            let named = |token: usize| {
                frame.pos(token) == "PROPN"
                    && frame.word(token).contains(char::is_lowercase)
                    && frame.word(token).to_lowercase() == word
            };
            (0..frame.tokens.len()).any(named)
        })
    };
    let clip = |colon: &usize| bracketed(frame, *colon).is_some() || known(*colon);
    let labels = labels.iter().enumerate().filter_map(|(at, colon)| Some((at, (*colon)?)));
    labels
        .filter(|(_, colon)| clip(colon))
        .filter_map(|(at, colon)| turn(frame, candidates, colon, at..at + 1))
        .collect()
}

fn turn(
    frame: &Frame,
    candidates: &[Candidate],
    colon: usize,
    paragraphs: std::ops::Range<usize>,
) -> Option<Chosen> {
    let at = candidates.binary_search_by_key(&colon, |candidate| candidate.cue).ok()?;
    let source = candidates[at].parts.iter().position(|part| part.link == Link::BeforeColon)?;
    let after = candidates[at].parts.iter().find(|part| part.link == Link::AfterColon)?;
    // The words of a clip may stand below its label.
    let end = frame.paragraphs[paragraphs.end - 1].end.max(after.tokens.end);
    let mut content: Vec<usize> = (after.tokens.start..end).collect();
    drop_stage_directions(frame, &mut content);
    // The mark that ends a turn is of its words, for no quotation mark holds them.
    content.retain(|token| frame.pos(*token) != "SPACE");
    // The marks around a transcript are not of a turn's words.
    if frame.quote(colon).is_some() {
        content.retain(|token| !matches!(frame.word(*token), "\"" | "“" | "”"));
    }
    let attribution =
        Attribution { cue: colon, source: Some(source), contents: Vec::new(), content, sure: 1.0 };
    (!attribution.content.is_empty()).then(|| Chosen::new(at, attribution, TURN, 1.0))
}

/// Names of which each comes back that make a dialogue: "Goals:" in two match reports is none.
const VOICES: usize = 2;

/// The paragraphs that begin with a name and a colon, with the colon, where several such names take turns.
fn names(frame: &Frame) -> Vec<(usize, usize)> {
    const WORDS: usize = 3;
    let mut named: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for (index, tokens) in frame.paragraphs.iter().enumerate() {
        let Some(colon) = tokens.clone().take(WORDS + 3).find(|token| frame.word(*token) == ":") else {
            continue;
        };
        let words = (tokens.start..colon).filter(|token| frame.is_word(*token));
        let words: Vec<usize> = words.filter(|token| !is_question_number(frame.word(*token))).collect();
        let capitals = words.iter().all(|token| frame.word(*token).starts_with(char::is_uppercase))
            && words.iter().any(|token| frame.word(*token).contains(char::is_lowercase));
        let says = (colon + 1..tokens.end).any(|token| frame.is_word(token));
        // "Ana Ruiz:" comes back as "Ruiz:".
        if let Some(last) = words.last().filter(|_| capitals && says && words.len() <= WORDS) {
            named.entry(frame.word(*last)).or_default().push((index, colon));
        }
    }
    if named.values().filter(|turns| turns.len() > 1).count() < VOICES {
        return Vec::new();
    }
    let voices = || named.values().filter(|turns| turns.len() > 1).flatten().map(|turn| turn.0);
    let (first, last) = (voices().min(), voices().max());
    // Answers may run over paragraphs, but a dialogue is not mostly something else.
    let lines = last.zip(first).map_or(0, |(last, first)| last + 1 - first);
    if 2 * voices().count() < lines {
        return Vec::new();
    }
    named.retain(|last, turns| {
        turns.len() > 1 || first < Some(turns[0].0) && is_named(frame, last, turns[0].0)
    });
    named.into_values().flatten().collect()
}

/// Whether the last word of a label stands elsewhere, as a name does and "Note:" does not.
fn is_named(frame: &Frame, last: &str, paragraph: usize) -> bool {
    (0..frame.tokens.len())
        .filter(|token| !frame.paragraphs[paragraph].contains(token))
        .any(|token| frame.word(token) == last && frame.pos(token) == "PROPN")
}

/// The colon behind a label at the start of a paragraph: all its letters are capitals.
fn label(frame: &Frame, paragraph: usize) -> Option<usize> {
    let mut tokens = frame.paragraphs[paragraph].clone();
    tokens.start +=
        usize::from(tokens.clone().next().is_some_and(|first| matches!(frame.word(first), "\"" | "“")));
    let longest = if is_soundbite(frame, tokens.clone()) { SHOT } else { LABEL + 4 };
    let colon = tokens.clone().take(longest).find(|token| frame.word(*token).ends_with(':'))?;
    if bracketed(frame, colon).is_some() {
        return Some(colon);
    }
    // "RUIZ (for the authority):"
    let bracket = (tokens.start + 1..colon).find(|token| matches!(frame.word(*token), "(" | "["));
    let before = colon.checked_sub(1).map_or("", |before| frame.word(before));
    let closed = matches!(before, ")" | "]") || frame.word(colon).starts_with([')', ']']);
    let end = bracket.filter(|_| closed).unwrap_or(colon + 1);
    let label = frame.doc.words(frame.span(tokens.start..end)).trim_end_matches(':');
    let capitals = label.chars().any(char::is_alphabetic) && !label.chars().any(char::is_lowercase);
    let words = (tokens.start..colon).filter(|token| frame.is_word(*token)).count();
    let says = (colon + 1..tokens.end).any(|token| frame.is_word(token));
    let title = TurnLabel::of(label.trim()) == Some(TurnLabel::Title);
    (!title && colon > tokens.start && words <= LABEL && capitals && says && is_colon(frame.word(colon)))
        .then_some(colon)
}

/// Takes out what somebody else put in: "(LAUGHTER)".
fn drop_stage_directions(frame: &Frame, content: &mut Vec<usize>) {
    let mut open = None;
    let mut dropped = Vec::new();
    for token in content.iter().copied() {
        match (frame.word(token), open) {
            ("(" | "[", _) => open = Some(token),
            (")" | "]", Some(from)) => {
                let words = frame.doc.words(frame.span(from..token + 1));
                if !words.chars().any(char::is_lowercase) {
                    dropped.push(from..token + 1);
                }
                open = None;
            }
            _ => {}
        }
    }
    content.retain(|token| !dropped.iter().any(|range| range.contains(token)));
}
