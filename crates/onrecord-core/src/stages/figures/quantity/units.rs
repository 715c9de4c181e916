//! What is written onto a number: its sign, its currency or unit, its letter of scale.

use super::edges::{gap, strip_suffix_word, word_ends};
use super::{Atom, Measure, Reader};
use crate::Span;
use crate::numbers::{Decimal, NumberForm, NumberKind};

impl Reader<'_> {
    /// A currency's sign or code before a number: "$", "US$", "US $", "USD".
    pub(super) fn currency_before(&self, at: u32) -> Option<(&'static str, u32)> {
        let before = self.before(at);
        let tight = before.strip_suffix([' ', '\u{a0}', '=']).unwrap_or(before);
        let mut found = None;
        for (offset, _) in tight.char_indices().rev().take(5) {
            let form = &tight[offset..];
            if form.starts_with(char::is_whitespace) {
                break;
            }
            let is_code = form.chars().all(|c| c.is_ascii_alphabetic());
            if is_code
                && form.chars().any(|c| c.is_ascii_lowercase())
                && form != "Rs"
                && form != "Tk"
                && form != "Rp"
            {
                continue;
            }
            let joined =
                form.starts_with(char::is_alphabetic) && tight[..offset].ends_with(char::is_alphanumeric);
            if let Some(currency) = self.words.currency(form).filter(|_| !joined) {
                found = Some((currency.code, offset));
            }
        }
        let (code, offset) = found?;
        let start = at - u32::try_from(before.len() - offset).ok()?;
        // A country may stand apart from its sign: "US $58", "HK $5".
        if &tight[offset..] == "$"
            && let Some(rest) = tight[..offset].strip_suffix(' ')
        {
            let country = rest.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
            let form = format!("{}$", country.replace('.', ""));
            if country.len() <= 4
                && !country.is_empty()
                && let Some(currency) = self.words.currency(&form)
            {
                return Some((currency.code, start - 1 - u32::try_from(country.len()).ok()?));
            }
        }
        Some((code, start))
    }

    /// "$5m", "25k", "8 B people": a letter of scale that the reader of numbers leaves, as it may be a metre.
    pub(super) fn scale_letter(&self, atom: &mut Atom, is_money: bool) {
        if atom.number.form != NumberForm::Digits || atom.number.kind == NumberKind::Ordinal {
            return;
        }
        let after = self.after(atom.span.end);
        let spaced = after.strip_prefix([' ', '-']);
        let rest = spaced.unwrap_or(after);
        let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        if rest[letters..].starts_with(|c: char| c.is_alphanumeric()) {
            return;
        }
        let by: i128 = match &rest[..letters] {
            "k" | "K" if spaced.is_none() => 1_000,
            "m" | "M" | "mil" | "Mn" | "MM" | "mm" if is_money => 1_000_000,
            "mil" if spaced.is_none() => 1_000_000,
            "m" | "M" if spaced.is_none() && self.counts_millions(&rest[letters..]) => 1_000_000,
            "b" | "B" if is_money => 1_000_000_000,
            "B" if spaced.is_some() => 1_000_000_000,
            "t" | "T" if is_money => 1_000_000_000_000,
            _ => return,
        };
        if let Some(value) = atom.value.checked_mul(Decimal::from(by)) {
            atom.value = value;
            let length = after.len() - rest.len() + letters;
            atom.span.end += u32::try_from(length).unwrap_or(0);
            atom.number.form = NumberForm::Mixed;
            atom.number.span.end = atom.span.end;
        }
    }

    /// "4.1m crowns", "20m people", "3m tonnes": a metre is followed by no such word.
    pub(super) fn counts_millions(&self, after: &str) -> bool {
        let Some(rest) = after.strip_prefix(' ') else { return false };
        word_ends(rest).into_iter().any(|end| {
            let form = rest[..end].to_lowercase();
            form == "people"
                || form == "of them"
                || self.words.currency(&form).is_some()
                || self.words.unit(&form).is_some_and(|unit| matches!(unit.dimension, "mass" | "volume"))
        })
    }

    /// "minus 5", "-5" where no word or number stands before the sign.
    pub(super) fn sign(&self, atom: &mut Atom) {
        let before = self.before(atom.span.start);
        let length = if let Some(rest) = before.strip_suffix(['-', '−', '–']) {
            if !rest.is_empty() && !rest.ends_with([' ', '(', '\u{a0}']) {
                let word = rest.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
                if !word.eq_ignore_ascii_case("minus") {
                    return;
                }
                before.len() - rest.len() + word.len()
            } else if rest.trim_end().ends_with(|c: char| c.is_alphanumeric()) && before.ends_with('–') {
                return;
            } else {
                before.len() - rest.len()
            }
        } else if let Some(rest) = strip_suffix_word(before, "minus") {
            before.len() - rest.len()
        } else {
            return;
        };
        if let Some(value) = atom.value.checked_mul(Decimal::from(-1)) {
            atom.value = value;
            atom.span.start -= u32::try_from(length).unwrap_or(0);
        }
    }

    /// A unit or currency after a number, over at most a space or a hyphen.
    pub(super) fn unit_after(&self, atom: &mut Atom) {
        let after = self.after(atom.span.end);
        let gap = gap(after);
        let rest = &after[gap..];
        if rest.is_empty() || (gap > 0 && after.starts_with('.')) {
            return;
        }
        let start = atom.span.end + u32::try_from(gap).unwrap_or(0);
        let Some((measure, length)) = self.unit_at(rest, start, gap == 0) else { return };
        if let Measure::Money(code, span) = measure
            && let Some(currency) = self.words.currency(&self.text[span].to_lowercase())
        {
            match atom.value.checked_mul(currency.worth) {
                Some(value) => atom.value = value,
                None => return,
            }
            debug_assert_eq!(currency.code, code);
        }
        atom.unit = Some(measure);
        atom.span.end = start + length;
    }

    /// The longest unit or currency at the start of `rest`.
    pub(super) fn unit_at(&self, rest: &str, start: u32, tight: bool) -> Option<(Measure, u32)> {
        if !self.words.may_measure(rest) {
            return self.foot_or_pence(rest, start, tight);
        }
        let ends = word_ends(rest);
        for end in ends.into_iter().rev() {
            let form = &rest[..end];
            let length = u32::try_from(end).ok()?;
            let span = Span::new(start, start + length);
            let lower = form.to_lowercase();
            let spaced = lower.replace('-', " ");
            if let Some(unit) = self.words.unit(&lower).or_else(|| self.words.unit(&spaced)) {
                return Some((Measure::Unit(unit, span), length));
            }
            // "two 737s" are no seconds.
            if tight && form == "s" {
                continue;
            }
            if let Some(unit) = self.words.symbol(form)
                && (tight
                    || form.len() > 1
                    || matches!(form, "C" | "F" | "W" | "V" | "m" | "g" | "l" | "%" | "°" | "R"))
                && (form != "G" || tight)
            {
                return Some((Measure::Unit(unit, span), length));
            }
            // "won" is more often a verb; a code or a name of a currency is none.
            if lower != "won"
                && let Some(currency) = self.words.currency(&lower).or_else(|| {
                    (form.len() >= 3 && form.chars().all(|c| c.is_ascii_uppercase()))
                        .then(|| self.words.currency(form))
                        .flatten()
                })
            {
                return Some((Measure::Money(currency.code, span), length));
            }
        }
        self.foot_or_pence(rest, start, tight)
    }

    /// "30'" and "164p".
    pub(super) fn foot_or_pence(&self, rest: &str, start: u32, tight: bool) -> Option<(Measure, u32)> {
        let mut characters = rest.chars();
        let (first, next) = (characters.next()?, characters.next());
        if !tight || next.is_some_and(char::is_alphanumeric) {
            return None;
        }
        match first {
            'p' => Some((Measure::Money("GBP", Span::new(start, start + 1)), 1)),
            '\'' | '′' => {
                let length = u32::try_from(first.len_utf8()).ok()?;
                Some((Measure::Unit(self.words.unit("feet")?, Span::new(start, start + length)), length))
            }
            _ => None,
        }
    }

    /// "$31.20 US", "$75 U.S."
    pub(super) fn country_after(&self, atom: &mut Atom) {
        let after = self.after(atom.span.end);
        for form in [" US", " U.S.", " USD", " CAD", " AUD", " Canadian", " Australian", " NZD", " SGD"] {
            if after.starts_with(form)
                && !after[form.len()..].trim_start().starts_with(|c: char| c.is_alphabetic() && c != 'p')
            {
                atom.span.end += u32::try_from(form.len()).unwrap_or(0);
                if let Some(Measure::Money(code, _)) = &mut atom.unit {
                    *code = match form.trim() {
                        "CAD" | "Canadian" => "CAD",
                        "AUD" | "Australian" => "AUD",
                        "NZD" => "NZD",
                        "SGD" => "SGD",
                        _ => "USD",
                    };
                }
                return;
            }
        }
    }
}
