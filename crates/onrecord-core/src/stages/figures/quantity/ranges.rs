//! Two numbers that belong together: ranges, changes from one level to another, ratios.

use super::edges::{strip_suffix_word, words_of_back};
use super::{Atom, Measure, Quantity, Reader};
use crate::numbers::{Decimal, NumberForm, NumberKind};
use crate::stages::figures::Bound;

impl Reader<'_> {
    /// Joins atoms into ranges and ratios, and reads what stands around them.
    pub(super) fn join(&self, atoms: &[Atom]) -> Vec<Quantity> {
        let mut found = Vec::new();
        let mut index = 0;
        while let Some(first) = atoms.get(index) {
            let joined = atoms.get(index + 1).and_then(|second| self.pair(first, second));
            if let Some(quantity) = joined {
                found.push(quantity);
                index += 2;
            } else {
                let mut first = *first;
                if let Some(second) = atoms.get(index + 1) {
                    self.share_unit(&mut first, second);
                }
                found.push(self.single(&first));
                index += 1;
            }
        }
        found
    }

    /// "7- or 8-inch", "8 or $9", "5, 6 and 7 per cent": the unit stands once.
    pub(super) fn share_unit(&self, first: &mut Atom, second: &Atom) {
        if first.unit.is_some() {
            return;
        }
        let between = &self.text[first.span.end as usize..second.span.start as usize];
        if matches!(between, "- or " | " or " | "- and " | " and ") && first.number.form != NumberForm::Words
        {
            let is_shared = match second.unit {
                Some(Measure::Money(_, span)) => {
                    span.start < second.number.span.start || between.starts_with('-')
                }
                Some(Measure::Unit(..)) => true,
                None => false,
            };
            if is_shared {
                first.unit = second.unit;
            }
        }
    }

    /// Two atoms that are one quantity.
    pub(super) fn pair(&self, first: &Atom, second: &Atom) -> Option<Quantity> {
        let between = self.text.get(first.span.end as usize..second.span.start as usize)?;
        if between.len() > 40 || first.high.is_some() || second.high.is_some() {
            return None;
        }
        let before = self.before(first.span.start);
        let bounded = |word: &str| strip_suffix_word(before, word).is_some() || self.bound_over(before, word);
        let lower = between.to_ascii_lowercase();
        // One in five, three out of ten.
        if matches!(&*lower, " in " | " out of " | " in every " | " out of every " | " of every ")
            && self.is_ratio(first, second, &lower)
        {
            return self.ratio(first, second);
        }
        let units_agree = match (first.unit, second.unit) {
            (Some(a), Some(b)) => a.same(b),
            (None, _) => true,
            (Some(Measure::Money(_, span)), None) => span.start < first.number.span.start,
            (Some(_), None) => false,
        };
        if !units_agree
            || first.number.kind == NumberKind::Ordinal
            || second.number.kind == NumberKind::Ordinal
        {
            return None;
        }
        let is_dash = matches!(&*lower, "-" | "–" | "—" | " - " | " – " | "-to-" | "- to " | " to-" | "‑");
        let is_between = lower == " and " && bounded("between");
        let is_to = lower == " to "
            || (lower.ends_with(" to ")
                && [" in ", " on ", " per ", " a ", "/"].iter().any(|opener| lower.starts_with(opener))
                && bounded("from"));
        let from = is_to && bounded("from");
        let is_back = lower == " from " || self.is_shared_noun(&lower, second);
        let back = is_back && bounded("to") && first.unit.is_some() == second.unit.is_some();
        let plain = is_to && (from || self.is_plain_to(first, second));
        if !(is_dash || is_between || plain || back) {
            return None;
        }
        let rule = if is_between || is_dash {
            "figure.range"
        } else if from || back {
            "figure.from_to"
        } else {
            "figure.range"
        };
        if is_dash && first.value > second.value && second.unit.is_none() {
            return None;
        }
        self.range(first, second, rule, is_between, back)
    }

    /// "to 138 lots from 212 lots": the noun between stands after the second number too.
    pub(super) fn is_shared_noun(&self, between: &str, second: &Atom) -> bool {
        let Some(noun) = between.strip_suffix(" from ").and_then(|noun| noun.strip_prefix(' ')) else {
            return false;
        };
        let after = self.after(second.span.end);
        !noun.contains(' ') && after.strip_prefix(' ').is_some_and(|after| after.starts_with(noun))
    }

    /// "from about 14", "between at least 3": the word stands before the bound.
    pub(super) fn bound_over(&self, before: &str, word: &str) -> bool {
        self.bound_before(before)
            .is_some_and(|(_, length)| strip_suffix_word(&before[..before.len() - length], word).is_some())
    }

    /// "15 to 22 miles": upward, and not "rose 3 to 12".
    pub(super) fn is_plain_to(&self, first: &Atom, second: &Atom) -> bool {
        first.value < second.value
            && (first.unit.is_none() || second.unit.is_some())
            && !self.follows_change(first)
    }

    pub(super) fn follows_change(&self, atom: &Atom) -> bool {
        let word = words_of_back(self.before(atom.span.start))
            .map(|(_, word)| word.to_lowercase())
            .unwrap_or_default();
        let stem = word
            .strip_suffix("ed")
            .or_else(|| word.strip_suffix('d'))
            .or_else(|| word.strip_suffix('s'))
            .unwrap_or(&word);
        matches!(&*word, "rose" | "fell" | "by" | "grew" | "lost" | "sank")
            || ["verb", "adverb"].iter().any(|class| {
                self.words.change(stem, class).is_some()
                    || self.words.change(&format!("{stem}e"), class).is_some()
            })
    }

    pub(super) fn is_ratio(&self, first: &Atom, second: &Atom, between: &str) -> bool {
        let small = Decimal::from(1000);
        first.unit.is_none()
            && second
                .unit
                .is_none_or(|unit| matches!(unit, Measure::Unit(unit, _) if unit.dimension != "duration"))
            && first.value < second.value
            && second.value <= small
            && first.value > Decimal::from(0)
            && (between != " in "
                || first.value == Decimal::from(1)
                || second.number.form == NumberForm::Digits && second.value <= Decimal::from(100))
    }

    pub(super) fn ratio(&self, first: &Atom, second: &Atom) -> Option<Quantity> {
        let value = Decimal::ratio(i128::from(first.value.whole()?), i128::from(second.value.whole()?))?;
        let mut whole = *first;
        whole.value = value;
        whole.span.end = second.number.span.end;
        whole.number.span.end = second.number.span.end;
        whole.number.kind = NumberKind::Fraction;
        whole.rule = "figure.ratio";
        Some(self.single(&whole))
    }

    pub(super) fn range(
        &self,
        first: &Atom,
        second: &Atom,
        rule: &'static str,
        is_between: bool,
        back: bool,
    ) -> Option<Quantity> {
        let mut low = first.value;
        if let Some(scale) = self.shared_scale(first, second) {
            low = low.checked_mul(scale)?;
        }
        let mut whole = *second;
        whole.rule = rule;
        whole.span = first.span.cover(second.span);
        whole.number.span = first.number.span.cover(second.number.span);
        whole.unit = second.unit.or(first.unit);
        let mut quantity = self.single(&whole);
        let (a, b) = if low <= second.value { (low, second.value) } else { (second.value, low) };
        (quantity.low, quantity.high) = (Some(a), Some(b));
        quantity.from_to = rule == "figure.from_to";
        if quantity.bound == Bound::Exactly && !quantity.from_to {
            quantity.bound = Bound::Between;
        }
        let word = if is_between {
            "between"
        } else if back {
            "to"
        } else {
            "from"
        };
        let before = self.before(quantity.span.start);
        if let Some(rest) = strip_suffix_word(before, word) {
            quantity.span.start -= u32::try_from(before.len() - rest.len()).unwrap_or(0);
        }
        Some(quantity)
    }

    /// "1 to 2 thousand", "$3-4 million": the scale stands once.
    pub(super) fn shared_scale(&self, first: &Atom, second: &Atom) -> Option<Decimal> {
        if first.number.form != NumberForm::Digits || second.number.form != NumberForm::Mixed {
            return None;
        }
        let digits =
            self.text[second.number.span].find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.')))?;
        let written: Decimal =
            self.text[second.number.span][..digits].replace(',', "").trim_end_matches('.').parse().ok()?;
        if first.value > written || first.value >= Decimal::from(1000) {
            return None;
        }
        [1_000, 100_000, 1_000_000, 10_000_000, 1_000_000_000, 1_000_000_000_000_i128]
            .into_iter()
            .map(Decimal::from)
            .find(|scale| written.checked_mul(*scale) == Some(second.value))
    }
}
