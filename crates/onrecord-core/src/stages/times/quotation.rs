//! The day on which a quotation was spoken, where its sentence tells: "We will answer tomorrow," he said on Monday.

use jiff::civil::Date;

use super::expression::{Expression, Found, From, Year};
use super::grammar::Grammar;
use super::value::{Place, Stamp};
use super::words::{Kind, Which};
use super::{Time, TimeValue, calendar};
use crate::Span;

/// How many words may lie between a quotation and the day on which it was spoken.
const REACH: usize = 12;

/// Whether an expression counts from the moment of speaking.
pub(super) fn counts_from_speech(expression: &Expression) -> bool {
    match expression {
        Expression::Unit(pick) => {
            matches!(pick.which, Which::Current | Which::This | Which::Last | Which::Next | Which::Coming)
        }
        Expression::Shift { from, .. } => *from == From::Speech,
        Expression::Calendar(calendar) => calendar.year == Year::Missing,
        _ => false,
    }
}

/// The day on which the quotation over `quote` was spoken: a day named after it, or before it, in the same sentence,
/// with a verb of saying between. `found` and `times` go together.
pub(super) fn spoken_on(
    grammar: &Grammar<'_>,
    quote: Span,
    found: &[Found],
    times: &[Time],
) -> Option<(Date, Span)> {
    found.iter().zip(times).find_map(|(found, time)| {
        let between = if time.span.start >= quote.end {
            let from = grammar.lexemes.partition_point(|lex| lex.start < quote.end as usize);
            from..found.first
        } else if time.span.end <= quote.start {
            let to = grammar.lexemes.partition_point(|lex| lex.start < quote.start as usize);
            found.end..to
        } else {
            return None;
        };
        (between.len() <= REACH && says(grammar, between)).then_some(())?;
        let Ok(TimeValue::Stamp(stamp @ Stamp { place: Place::Day(..), .. })) = time.value.parse() else {
            return None;
        };
        Some((calendar::first_day(&stamp)?, time.span))
    })
}

/// Whether a stretch of words holds a verb of saying and no end of a sentence.
fn says(grammar: &Grammar<'_>, between: std::ops::Range<usize>) -> bool {
    let lexemes = &grammar.lexemes[between];
    let ends = |mark| matches!(mark, '.' | '¶' | '?' | '!' | ';');
    !lexemes.iter().any(|lex| matches!(lex.kind, Kind::Mark(mark) if ends(mark)))
        && lexemes.iter().any(|lex| {
            matches!(
                lex.word.as_str(),
                "said" | "told" | "added" | "wrote" | "says" | "posted" | "asked" | "warned"
            )
        })
}
