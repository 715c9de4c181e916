//! Cuts a text into units: a line each, or the lines of a paragraph that was broken to fit a width.

use crate::Span;

/// A line that stands for itself, or a paragraph of lines that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unit {
    /// The words, without the white space around them.
    pub(crate) span: Span,
    /// Whether an empty line stands before it.
    pub(crate) after_blank: bool,
}

/// Characters in the longest line that a text broken to a width has; mail and plain-text wires use 60 to 100.
const WIDEST: usize = 120;
/// Characters in the longest line below which a break says nothing about a width.
const NARROWEST: usize = 40;
/// Share of the breaks that a width must account for.
const EXPLAINED: f64 = 0.8;
/// Bytes after which a line is cut where it can be, so that memory is bounded by this and not by the text.
const LONGEST: usize = 20_000;

/// The units of a text, in order.
pub(crate) fn units(text: &str) -> Vec<Unit> {
    let lines = lines(text);
    let mut units: Vec<Unit> = match width(text, &lines) {
        Some(width) => join(text, &lines, width),
        None => lines,
    };
    if units.iter().any(|unit| unit.span.range().len() > LONGEST) {
        units = units.into_iter().flat_map(|unit| pieces(text, unit)).collect();
    }
    units
}

const fn breaks_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn blank(c: char) -> bool {
    // A byte order mark in front of a text is no word of it.
    c.is_whitespace() || c == '\u{feff}'
}

fn lines(text: &str) -> Vec<Unit> {
    let mut lines = Vec::new();
    let mut after_blank = false;
    let mut at = 0;
    for line in text.split_inclusive(breaks_line) {
        let words = line.trim_matches(blank);
        if words.is_empty() {
            // The second half of "\r\n" is no empty line.
            after_blank |= line != "\n" || !text[..at].ends_with('\r');
        } else {
            let start = at + line.len() - line.trim_start_matches(blank).len();
            lines.push(Unit { span: Span::of(start..start + words.len()), after_blank });
            after_blank = false;
        }
        at += line.len();
    }
    lines
}

/// The width to which the lines were broken, if they were.
///
/// Lines were broken to a width when nearly every next line's first word would not have fitted, half the breaks fall
/// inside a sentence, and some next line starts with a small letter.
fn width(text: &str, lines: &[Unit]) -> Option<usize> {
    let length = |unit: &Unit| text[unit.span].chars().count();
    let width = lines.iter().map(length).max()?;
    if !(NARROWEST..=WIDEST).contains(&width) {
        return None;
    }
    let (mut breaks, mut explained, mut inside, mut small) = (0_u32, 0_u32, 0_u32, 0_u32);
    for pair in lines.windows(2).filter(|pair| !pair[1].after_blank) {
        breaks += 1;
        explained += u32::from(full(text, pair[0], pair[1], width));
        inside += u32::from(!ends_sentence(&text[pair[0].span]));
        small += u32::from(text[pair[1].span].starts_with(char::is_lowercase));
    }
    let wrapped = small > 0 && 2 * inside >= breaks && f64::from(explained) >= EXPLAINED * f64::from(breaks);
    wrapped.then_some(width)
}

/// Whether the first word of `next` would not have fitted on `line`.
fn full(text: &str, line: Unit, next: Unit, width: usize) -> bool {
    let first = text[next.span].split_whitespace().next().unwrap_or_default();
    // Editors differ by a few characters in what they let stand at the end of a line.
    text[line.span].chars().count() + 1 + first.chars().count() + 4 > width
}

/// Whether the words end as a sentence does.
pub(super) fn ends_sentence(words: &str) -> bool {
    words.trim_end_matches(['"', '”', '’', '\'', ')', '»', ']']).ends_with(['.', '!', '?', '…', ':'])
}

fn join(text: &str, lines: &[Unit], width: usize) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut last: Option<Unit> = None;
    for line in lines {
        match (units.last_mut(), last) {
            (Some(unit), Some(last)) if !line.after_blank && full(text, last, *line, width) => {
                unit.span.end = line.span.end;
            }
            _ => units.push(*line),
        }
        last = Some(*line);
    }
    units
}

/// Cuts an overlong unit after a full stop, else at white space, else between characters.
fn pieces(text: &str, unit: Unit) -> Vec<Unit> {
    let mut pieces = Vec::new();
    let mut after_blank = unit.after_blank;
    let end = unit.span.range().end;
    let mut start = unit.span.range().start;
    while end - start > LONGEST {
        let mut limit = start + LONGEST;
        while !text.is_char_boundary(limit) {
            limit -= 1;
        }
        let window = &text[start..limit];
        let cut = window
            .rfind(". ")
            .map(|at| at + 1)
            .or_else(|| window.rfind(char::is_whitespace))
            .filter(|cut| *cut > 0)
            .unwrap_or(window.len());
        push(text, start..start + cut, &mut after_blank, &mut pieces);
        start += cut;
    }
    push(text, start..end, &mut after_blank, &mut pieces);
    pieces
}

fn push(text: &str, range: std::ops::Range<usize>, after_blank: &mut bool, pieces: &mut Vec<Unit>) {
    let words = &text[range.clone()];
    let start = range.start + words.len() - words.trim_start().len();
    let span = Span::of(start..start + words.trim().len());
    if !span.is_empty() {
        pieces.push(Unit { span, after_blank: std::mem::take(after_blank) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        units(text).iter().map(|unit| &text[unit.span]).collect()
    }

    #[test]
    fn a_line_is_a_unit() {
        assert_eq!(
            words("Headline\n\n One. \r\n\tTwo.\u{2028}Three."),
            ["Headline", "One.", "Two.", "Three."]
        );
    }

    #[test]
    fn lines_broken_to_a_width_are_joined() {
        let text = "Mayor resigns\n\nThe mayor of Norvale resigned on Monday after the\n\
                    council had voted against the new harbour, which\nhe had promised for years.\n\n\
                    He gave no reason for it to the people who stood\nbefore the hall.";
        assert_eq!(words(text).len(), 3);
    }

    #[test]
    fn short_lines_that_are_sentences_stay_apart() {
        assert_eq!(
            words("The mayor resigned on Monday.\nShe gave no reason to the council.\nNobody asked.").len(),
            3
        );
    }

    #[test]
    fn an_endless_line_is_cut() {
        let text = "The mayor spoke of nothing else. ".repeat(4000);
        let units = units(&text);
        assert!(units.len() > 5);
        assert!(units.iter().all(|unit| text.as_str()[unit.span].ends_with('.')));
        assert!(super::units(&"é".repeat(100_000)).len() > 5);
    }

    #[test]
    fn nothing_is_no_unit() {
        assert!(units("").is_empty());
        assert!(units(" \n\u{feff}\n\r\n").is_empty());
    }
}
