//! What stands around a number: its bound and what its rate is counted by.

use super::edges::{word_ends, word_starts, words_of};
use super::{Atom, Measure, Quantity, Reader};
use crate::Span;
use crate::numbers::NumberKind;
use crate::stages::figures::words::Unit;
use crate::stages::figures::{Bound, Class};

impl Reader<'_> {
    /// One atom with its bound and rate.
    pub(super) fn single(&self, atom: &Atom) -> Quantity {
        let (class, unit, unit_words, measure) = match atom.unit {
            Some(Measure::Money(code, span)) => (Class::Money, Some(code), Some(span), None),
            // "the third day" is an order of days, no length.
            Some(Measure::Unit(..)) if atom.number.kind == NumberKind::Ordinal => {
                (Class::Ordinal, None, None, None)
            }
            Some(Measure::Unit(unit, span)) => (class_of(unit), Some(unit.name), Some(span), Some(unit)),
            None if atom.number.kind == NumberKind::Ordinal => (Class::Ordinal, None, None, None),
            None if atom.number.kind == NumberKind::Fraction => (Class::Fraction, None, None, None),
            None => (Class::Count, None, None, None),
        };
        let mut quantity = Quantity {
            span: atom.span,
            number: atom.number.span,
            low: Some(atom.value),
            high: if atom.rule == "figure.vague" { atom.high } else { Some(atom.value) },
            bound: Bound::Exactly,
            class,
            unit,
            unit_words,
            per: None,
            measure,
            rule: atom.rule,
            from_to: false,
        };
        if class == Class::Ordinal {
            quantity.span = atom.number.span;
        }
        if atom.rule == "figure.vague" && atom.high == Some(atom.value) {
            quantity.bound = Bound::About;
        } else if atom.rule == "figure.vague" {
            quantity.bound = if atom.high.is_some() { Bound::Between } else { Bound::AtLeast };
        }
        self.rate(&mut quantity);
        self.bound(&mut quantity);
        quantity
    }

    /// "per gallon", "a year", "/day", "-a-day".
    pub(super) fn rate(&self, quantity: &mut Quantity) {
        let after = self.after(quantity.span.end);
        let (opener, bare) = [
            (" per ", true),
            (" a ", false),
            (" an ", false),
            ("/", true),
            ("-a-", false),
            (" for every ", true),
            (" each ", false),
        ]
        .into_iter()
        .find(|(opener, _)| after.starts_with(opener))
        .unwrap_or(("", false));
        if opener.is_empty() || !(quantity.unit.is_some() || bare) || opener == " each " {
            return;
        }
        let rest = &after[opener.len()..];
        let Some(end) = word_ends(rest).into_iter().rev().find(|end| {
            let word = rest[..*end].to_lowercase();
            self.words.is_rate(&word) || self.words.unit(&word).is_some_and(|unit| unit.dimension != "age")
        }) else {
            return;
        };
        // "3.4 per cent a month earlier" is no rate.
        let is_time_away = words_of(&rest[end..]).next().is_some_and(|(at, word)| {
            at == 1 && matches!(word, "earlier" | "ago" | "later" | "before" | "after")
        });
        if !bare && is_time_away {
            return;
        }
        if !bare
            && quantity.class == Class::Measure
            && quantity.measure.is_some_and(|unit| unit.dimension == "duration")
            && !rest.starts_with("day")
            && !rest.starts_with("week")
        {
            return;
        }
        let start = quantity.span.end + u32::try_from(opener.len()).unwrap_or(0);
        quantity.per = Some(Span::new(start, start + u32::try_from(end).unwrap_or(0)));
        quantity.span.end = start + u32::try_from(end).unwrap_or(0);
        quantity.class = Class::Rate;
    }

    /// The bound before or after a quantity, whose span then holds its words.
    pub(super) fn bound(&self, quantity: &mut Quantity) {
        if let Some((bound, length)) = self.bound_before(self.before(quantity.span.start)) {
            quantity.bound = match (bound, quantity.bound) {
                (Bound::About | Bound::Nearly, Bound::Between) if quantity.rule == "figure.vague" => bound,
                (bound, _) => bound,
            };
            quantity.span.start -= u32::try_from(length).unwrap_or(0);
            return;
        }
        let after = self.after(quantity.span.end);
        let rest = after.strip_prefix(' ').unwrap_or(after);
        for end in word_ends(rest).into_iter().rev() {
            if let Some(bound) = self.words.bound_after(&rest[..end].to_lowercase()) {
                quantity.bound = bound;
                quantity.span.end += u32::try_from(after.len() - rest.len() + end).unwrap_or(0);
                return;
            }
        }
    }

    /// The bound that the last words of `before` set, and their length with the space after them.
    pub(super) fn bound_before(&self, before: &str) -> Option<(Bound, usize)> {
        let mut rest = before;
        // Words that say nothing may stand between: "more than another 20".
        for _ in 0..3 {
            if let Some((bound, start)) = self.bound_words(rest) {
                match bound {
                    Some(bound) => return Some((bound, before.len() - start)),
                    None => rest = &rest[..start],
                }
            } else {
                return None;
            }
        }
        None
    }

    pub(super) fn bound_words(&self, before: &str) -> Option<(Option<Bound>, usize)> {
        let trimmed = before.trim_end_matches([' ', '\u{a0}', '-']);
        if before.len() - trimmed.len() > 1 {
            return None;
        }
        // Signs touch the number: "~5", ">5"
        if let Some(sign) = trimmed.chars().next_back()
            && !sign.is_alphanumeric()
        {
            let start = trimmed.len() - sign.len_utf8();
            return self.words.bound_before(&trimmed[start..]).map(|bound| (bound, start));
        }
        if trimmed.len() == before.len() {
            return None;
        }
        let starts: Vec<usize> = word_starts(trimmed);
        starts.into_iter().rev().find_map(|start| {
            let form = trimmed[start..].to_lowercase();
            if before.ends_with('-') && form != "sub" {
                return None;
            }
            self.words.bound_before(&form).map(|bound| (bound, start))
        })
    }
}

pub(super) fn class_of(unit: Unit) -> Class {
    match unit.dimension {
        "percent" => Class::Percent,
        "percentage point" => Class::PercentagePoint,
        "age" => Class::Age,
        "rate" => Class::Rate,
        _ => Class::Measure,
    }
}
