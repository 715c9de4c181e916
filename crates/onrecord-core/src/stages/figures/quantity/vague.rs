//! Plural words of number: "dozens", "tens of thousands".

use super::edges::{words_of, words_of_back};
use super::{Atom, Measure, Reader};
use crate::Span;
use crate::numbers::{Decimal, Number, NumberForm, NumberKind};

impl Reader<'_> {
    /// Plural numbers without a count: "dozens of", "tens of thousands", "millions of".
    pub(super) fn vague(&self, atoms: &mut Vec<Atom>) {
        let text = &self.text[self.paragraph];
        for (offset, word) in words_of(text) {
            if word.eq_ignore_ascii_case("couple") {
                atoms.extend(self.couple(offset, word.len()));
                continue;
            }
            let Some((low, high)) = order_of(word) else { continue };
            let mut start = offset;
            let (mut low, mut high) = (Decimal::from(low), high.map(Decimal::from));
            // "tens of thousands", "hundreds of millions"
            let end = offset + word.len();
            if text[end..].starts_with(" of ")
                && words_of(&text[end + 4..])
                    .next()
                    .is_some_and(|(at, next)| at == 0 && order_of(next).is_some())
            {
                continue;
            }
            if let Some(before) = text[..offset].strip_suffix(" of ")
                && let Some((at, first)) = words_of_back(before)
                && let Some((least, Some(most))) = order_of(first)
                && let (Some(a), Some(b)) =
                    (low.checked_mul(Decimal::from(least)), low.checked_mul(Decimal::from(most)))
            {
                (low, high, start) = (a, Some(b), at);
            }
            let base = self.paragraph.start;
            let span = Span::of(base as usize + start..base as usize + end);
            let number = Number { span, value: low, kind: NumberKind::Cardinal, form: NumberForm::Words };
            let mut atom = Atom { number, value: low, high, span, unit: None, rule: "figure.vague" };
            if text[end..].starts_with(" of ") {
                // "millions of dollars"
                let from = base + u32::try_from(end + 4).unwrap_or(0);
                if let Some((measure, length)) = self.unit_at(self.after(from), from, false)
                    && matches!(measure, Measure::Money(..))
                {
                    atom.unit = Some(measure);
                    atom.span.end = from + length;
                }
            }
            atoms.push(atom);
        }
    }
}

impl Reader<'_> {
    /// "a couple of drivers": two or so. "The couple" and "a couple from Sela" are persons.
    fn couple(&self, offset: usize, length: usize) -> Option<Atom> {
        let text = &self.text[self.paragraph];
        let (before, after) = (&text[..offset], &text[offset + length..]);
        let article = before.strip_suffix(' ')?.strip_suffix(['a', 'A'])?;
        if article.ends_with(char::is_alphanumeric) || !after.starts_with(" of ") {
            return None;
        }
        let base = self.paragraph.start as usize;
        let span = Span::of(base + article.len()..base + offset + length);
        let value = Decimal::from(2);
        let number = Number { span, value, kind: NumberKind::Cardinal, form: NumberForm::Words };
        Some(Atom { number, value, high: Some(value), span, unit: None, rule: "figure.vague" })
    }
}

/// Plural words of number: the least that they say, and the most.
pub(super) fn order_of(word: &str) -> Option<(i128, Option<i128>)> {
    let mut lower = [0_u8; 9];
    let lower = lower.get_mut(..word.len())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    match &*lower {
        b"tens" => Some((10, Some(100))),
        b"dozens" => Some((24, None)),
        b"hundreds" => Some((100, Some(1_000))),
        b"thousands" => Some((1_000, Some(10_000))),
        b"millions" => Some((1_000_000, Some(10_000_000))),
        b"billions" => Some((1_000_000_000, Some(10_000_000_000))),
        b"trillions" => Some((1_000_000_000_000, Some(10_000_000_000_000))),
        _ => None,
    }
}
