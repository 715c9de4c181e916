//! Pairs the marks of one paragraph.

use super::QuoteStyle;
use super::marks::{Closes, Mark, marks};

/// A passage between two marks of a paragraph, in bytes of the paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Passage {
    /// Offset of the opening mark.
    pub(super) start: usize,
    /// Offset after the opening mark.
    pub(super) inner_start: usize,
    /// Offset of the closing mark.
    pub(super) inner_end: usize,
    /// Offset after the closing mark.
    pub(super) end: usize,
    /// Which marks they are.
    pub(super) style: QuoteStyle,
    /// Passages of this paragraph that it stands inside.
    pub(super) depth: u32,
    /// Whether a closing mark was found.
    pub(super) closed: bool,
}

/// The passages of a paragraph by their start, and a closing mark that came before any opening one. `goes_on` says that the
/// next paragraph begins with a single mark, as one does into which a quotation in British style goes on.
pub(super) fn pairs(text: &str, goes_on: bool) -> (Vec<Passage>, Option<Mark>) {
    let marks = marks(text);
    let ahead = Ahead::new(&marks, goes_on);
    let mut open: Vec<Passage> = Vec::new();
    let mut done: Vec<Passage> = Vec::new();
    let mut orphan = None;
    for (index, mark) in marks.iter().enumerate() {
        if let Some(at) = closed_by(&open, *mark, &ahead, index) {
            // What was opened inside and never closed ends where its surroundings end.
            for inside in open.drain(at + 1..) {
                leave_open(inside, mark.at, false, &mut done);
            }
            done.extend(open.pop().map(|passage| Passage {
                inner_end: mark.at,
                end: mark.at + mark.length,
                closed: true,
                ..passage
            }));
        } else if mark.opens && ahead.may_open(*mark, index) {
            if let Some(at) = open.iter().position(|passage| passage.style == mark.style)
                && !ahead.nests(mark.style, index, open.len() - at)
            {
                // A second opening mark before any closing one: the first quotation was left open.
                for passage in open.drain(at..) {
                    leave_open(passage, mark.at, false, &mut done);
                }
            }
            open.push(Passage {
                start: mark.at,
                inner_start: mark.at + mark.length,
                inner_end: text.len(),
                end: text.len(),
                style: mark.style,
                depth: u32::try_from(open.len()).unwrap_or(u32::MAX),
                closed: false,
            });
        } else if orphan.is_none() && done.is_empty() && open.is_empty() && mark.style != QuoteStyle::Single {
            orphan = Some(*mark);
        }
    }
    for passage in open {
        leave_open(passage, text.len(), goes_on, &mut done);
    }
    for passage in &mut done {
        let words = text[passage.inner_start..passage.inner_end].trim_end();
        if !passage.closed {
            passage.inner_end = passage.inner_start + words.len();
            passage.end = passage.inner_end;
        }
    }
    done.retain(|passage| !text[passage.inner_start..passage.inner_end].trim().is_empty());
    done.sort_by_key(|passage| (passage.start, std::cmp::Reverse(passage.end)));
    (done, orphan)
}

/// Keeps a passage that nothing closed. A single mark that nothing closes is an apostrophe, unless it opens the
/// paragraph, as each paragraph of a long quotation does in British style, or the quotation goes on in the next.
fn leave_open(passage: Passage, end: usize, goes_on: bool, done: &mut Vec<Passage>) {
    if passage.style != QuoteStyle::Single || passage.start == 0 || goes_on {
        done.push(Passage {
            inner_end: end.max(passage.inner_start),
            end: end.max(passage.inner_start),
            ..passage
        });
    }
}

/// The innermost open passage that this mark closes.
fn closed_by(open: &[Passage], mark: Mark, ahead: &Ahead, index: usize) -> Option<usize> {
    if mark.closes == Closes::No && mark.style != QuoteStyle::Double && mark.style != QuoteStyle::Single {
        return None;
    }
    let fits = |passage: &Passage| match passage.style {
        // German „so“ closes with what opens an English quotation.
        QuoteStyle::Low => matches!(mark.style, QuoteStyle::Double),
        style => style == mark.style && mark.closes > Closes::No,
    };
    let at = open.iter().rposition(fits)?;
    let perhaps = match (mark.style, mark.closes) {
        (QuoteStyle::Single, Closes::Perhaps) => !ahead.closes_better(index),
        // A straight mark before a word, while another is open, opens a new quotation.
        (QuoteStyle::Double, Closes::Perhaps) => open[at].style == QuoteStyle::Low,
        _ => true,
    };
    perhaps.then_some(at)
}

/// What comes after each mark, so that no decision looks ahead itself.
struct Ahead {
    /// For each mark, whether a later mark surely closes a single quotation before another one opens.
    sure_single: Vec<bool>,
    /// For each mark, whether any later mark may close a single quotation.
    any_single: Vec<bool>,
    /// For each mark, closing less opening double marks after it.
    surplus: Vec<i64>,
    /// Whether the next paragraph begins with a single mark.
    goes_on: bool,
}

impl Ahead {
    fn new(marks: &[Mark], goes_on: bool) -> Self {
        let mut ahead = Self {
            sure_single: vec![false; marks.len()],
            any_single: vec![false; marks.len()],
            surplus: vec![0; marks.len()],
            goes_on,
        };
        let (mut sure, mut any, mut surplus) = (false, false, 0);
        for (index, mark) in marks.iter().enumerate().rev() {
            ahead.sure_single[index] = sure;
            ahead.any_single[index] = any;
            ahead.surplus[index] = surplus;
            match mark.style {
                QuoteStyle::Single => {
                    any |= mark.closes > Closes::No;
                    sure = mark.closes == Closes::Surely || sure && !mark.opens;
                }
                // A double mark ends what a single quotation inside it can reach.
                _ => sure = false,
            }
            surplus += i64::from(mark.closes == Closes::Surely)
                - i64::from(mark.opens && mark.closes != Closes::Surely);
        }
        ahead
    }

    fn may_open(&self, mark: Mark, index: usize) -> bool {
        let led = mark.at == 0 || self.goes_on && mark.leads;
        mark.style != QuoteStyle::Single || self.any_single[index] || led
    }

    /// Whether a later mark closes the single quotation more surely than this one, which may be an apostrophe.
    fn closes_better(&self, index: usize) -> bool {
        self.sure_single[index]
    }

    /// Whether an opening mark inside an open quotation of its style starts a quotation in it: there are closing marks
    /// left for both.
    fn nests(&self, style: QuoteStyle, index: usize, open: usize) -> bool {
        style != QuoteStyle::Single && self.surplus[index] > i64::try_from(open).unwrap_or(i64::MAX)
    }
}
