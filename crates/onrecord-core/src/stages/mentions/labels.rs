//! Labels before a colon: who speaks in a transcript, or nobody's name: "QUESTION:", "TRANSCRIPT:".

use super::Found;
use super::reading::Reading;
use crate::names::rows;

pub(super) static TURN_LABELS: &str = include_str!("../../../data/en/turn_labels.tsv");

/// What a label before a colon is, where it names nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::stages) enum TurnLabel {
    /// Of one who asks: "Q", "REPORTER".
    Asks,
    /// Of a voice without a name: "AUDIENCE".
    Nobody,
    /// Of a line that is no turn: "TRANSCRIPT: Rovers v Norvale".
    Title,
}

impl TurnLabel {
    /// What a label in capitals is: so few are asked for that the list is read anew for each.
    pub(in crate::stages) fn of(label: &str) -> Option<Self> {
        rows(TURN_LABELS).filter_map(label_row).find(|(listed, _)| *listed == label).map(|(_, what)| what)
    }
}

/// "Q8" in front of "Ana Ruiz:": the evidence of a committee numbers its questions.
pub(in crate::stages) fn is_question_number(word: &str) -> bool {
    let number = word.strip_prefix('Q').map(|number| number.trim_end_matches('.'));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

fn label_row(row: &'static str) -> Option<(&'static str, TurnLabel)> {
    let (label, what) = row.split_once('\t')?;
    let what = match what {
        "asks" => TurnLabel::Asks,
        "title" => TurnLabel::Title,
        _ => TurnLabel::Nobody,
    };
    Some((label, what))
}

/// Whether a mention, with its title, is the label of a turn: "CHAIR:", "Ana Ruiz:", "ANCHOR (ANA RUIZ):" at the start of a
/// line.
pub(super) fn labels_turn(reading: &Reading<'_>, found: &Found) -> bool {
    const LONGEST: usize = 8;
    let first = found.title.map_or(found.span.start, |title| title.start.min(found.span.start));
    let opens = reading.line(found.head).is_some_and(|line| reading.tokens[line.start].start == first);
    let colon = |token: usize| reading.tokens.get(token).is_some_and(|colon| colon.lemma.starts_with(':'));
    let bracket = || {
        let opened = reading.tokens.get(found.end).is_some_and(|open| open.lemma == "(");
        let ahead = found.end..reading.tokens.len().min(found.end + LONGEST);
        let close = ahead.into_iter().find(|token| reading.text(*token).starts_with(')')).filter(|_| opened);
        close.is_some_and(|close| colon(close + 1) || reading.text(close) == "):")
    };
    opens && reading.capital(found.first) && (colon(found.end) || bracket())
}

/// Whether a token is part of a speaker label of a transcript: capitals from the start of a paragraph up to a colon.
pub(super) fn is_label(reading: &Reading<'_>, token: usize) -> bool {
    const LONGEST: usize = 8;
    let mark = |i: usize| matches!(reading.text(i), "." | "(" | "-" | "'" | "’" | ",");
    let capitals = |i: &usize| {
        let text = reading.text(*i);
        mark(*i) || text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
    };
    if !capitals(&token) || mark(token) {
        return false;
    }
    let back = (token.saturating_sub(LONGEST)..token)
        .rev()
        .take_while(|i| capitals(i) && reading.paragraph(*i) == reading.paragraph(token));
    let first = back.last().unwrap_or(token);
    let starts = first == 0 || reading.paragraph(first - 1) != reading.paragraph(first);
    let ahead = token + 1..reading.tokens.len().min(token + LONGEST);
    // "RUIZ (for the harbour):"
    let mut open = false;
    let colon = ahead.clone().find(|i| {
        open |= matches!(reading.text(*i), "(" | "[");
        let inside = open;
        open &= !matches!(reading.text(*i), ")" | "]");
        !capitals(i) && (!inside || reading.text(*i).ends_with(':'))
    });
    // "I THOUGHT IT WAS THE CAT:" is nobody.
    let pronoun = |i: usize| matches!(reading.tag(i), "PRP" | "PRP$" | "MD");
    starts && colon.is_some_and(|colon| reading.text(colon).ends_with(':') && !(first..colon).any(pronoun))
}
