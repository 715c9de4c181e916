//! Finds who a quotation is signed by: “We pay for it.” — Ana Ruiz, at the end of the paragraph or in the next one.

use std::ops::Range;

use super::assemble::{Attribution, trim};
use super::candidates::{Candidate, Link, Part};
use super::frame::Frame;
use super::lexicon::Chance;
use super::words::Speech;

/// Words of the longest signature: "Ana Ruiz, finance minister of Norvale, in a speech to the harbour board".
const SIGNATURE: usize = 20;
/// Words of the longest name in it.
const NAME: usize = 8;
/// Words of a quotation that somebody signs.
const SPEECH: usize = 3;

/// The signed quotations, in order, each as a candidate whose cue is the dash.
pub(super) fn signed(frame: &Frame) -> Vec<Candidate> {
    let signed = frame.quotes.iter().enumerate().filter_map(|(quote, passage)| {
        let paragraph = frame.paragraph(passage.tokens.start);
        let whole = !(paragraph.start..passage.tokens.start)
            .any(|token| frame.word(token).contains(char::is_alphanumeric));
        if !whole || passage.words < SPEECH {
            return None;
        }
        let rest = rest(frame, passage.tokens.end, &paragraph)?;
        let dash = dash(frame, rest.start)?;
        let name = name(frame, dash, rest.end)?;
        let quote =
            Part::new(Link::QuoteBefore, passage.tokens.start, begun(frame, quote)..passage.tokens.end);
        let name = Part::new(Link::Signed, name.start, name);
        Some(Candidate {
            cue: dash,
            chance: Chance::default(),
            speech: Speech::None,
            parts: vec![quote, name],
        })
    });
    signed.collect()
}

/// The attribution of a signed quotation.
pub(super) fn attribution(frame: &Frame, candidate: &Candidate) -> Option<(Attribution, &'static str)> {
    let source = candidate.parts.iter().position(|part| part.link == Link::Signed)?;
    let mut content: Vec<usize> = candidate.parts[0].iter().collect();
    trim(frame, &mut content);
    let cue = candidate.cue;
    let attribution = Attribution { cue, source: Some(source), contents: vec![0], content, sure: 1.0 };
    (!attribution.content.is_empty()).then_some((attribution, "statement.signed"))
}

/// What stands behind a quotation in its paragraph; where nothing does, the next paragraph.
fn rest(frame: &Frame, from: usize, paragraph: &Range<usize>) -> Option<Range<usize>> {
    let blank = |tokens: Range<usize>| {
        tokens.clone().find(|token| frame.pos(*token) != "SPACE").unwrap_or(tokens.end)
    };
    let start = blank(from..paragraph.end);
    if start < paragraph.end {
        return Some(start..paragraph.end);
    }
    let next = frame.paragraphs.get(frame.paragraph_index(paragraph.start) + 1)?;
    Some(blank(next.clone())..next.end)
}

/// The token that has the dash: it may be of one piece with the mark before it or with the name behind it.
fn dash(frame: &Frame, token: usize) -> Option<usize> {
    let is_dash = |c: char| matches!(c, '-' | '–' | '—' | '―');
    let word = frame.tokens.get(token).map(|_| frame.word(token))?;
    word.trim_start_matches(['"', '”', '’', '\'']).starts_with(is_dash).then_some(token)
}

/// The name behind the dash: capitalised words up to a comma, with no verb, to the end or before what describes it.
fn name(frame: &Frame, dash: usize, end: usize) -> Option<Range<usize>> {
    let joined = frame.word(dash).ends_with(char::is_alphanumeric);
    let start = if joined { dash } else { dash + 1 };
    let words = (start..end).filter(|token| frame.is_word(*token) || *token == dash).count();
    let stop = (start + 1..end).find(|token| matches!(frame.word(*token), "," | "(" | "[")).unwrap_or(end);
    let name = start..stop;
    let small = |token: usize| frame.word(token).starts_with(char::is_lowercase);
    let link = |token: usize| {
        matches!(frame.pos(token), "ADP" | "DET" | "CCONJ" | "PART") || frame.word(token).len() <= 3
    };
    let proper = name.clone().all(|token| !small(token) || link(token));
    let first = name.clone().find(|token| frame.is_word(*token) || *token == dash && joined)?;
    let last = name.clone().rev().find(|token| frame.is_word(*token) || *token == dash && joined)?;
    let capital = !small(first) && frame.word(first).contains(char::is_alphabetic);
    let quoted = (start..end).any(|token| frame.quote(token).is_some());
    (capital && proper && !quoted && words <= SIGNATURE && last + 1 - first <= NAME)
        .then_some(first..last + 1)
}

/// Where the quotation begins of which this one is the last paragraph.
fn begun(frame: &Frame, quote: usize) -> usize {
    let mut at = quote;
    while let Some(before) = frame.quotes[at].continues.filter(|before| *before < at) {
        at = before;
    }
    frame.quotes[at].tokens.start
}
