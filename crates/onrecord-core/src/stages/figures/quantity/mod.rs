//! Reads quantities off the text: numbers with sign, currency, unit, rate and bound, joined into ranges.
//!
//! This part needs no parse: "from $3 to $4 million a year" is a pattern of words. What a quantity counts, and what
//! happened to that, is read from the parse in the modules beside this one.

mod bounds;
pub(super) mod cents;
mod edges;
mod names;
mod ranges;
mod units;
mod vague;

use super::words::{Unit, Words};
use super::{Bound, Class};
use crate::Span;
use crate::numbers::{Decimal, Number, Numbers};

/// Bytes on either side of a number that rules look at: longer than any bound, unit or address.
const WINDOW: u32 = 96;

/// A quantity as written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quantity {
    /// From the bound's first word to the unit's last.
    pub(super) span: Span,
    /// The number or numbers alone.
    pub(super) number: Span,
    pub(super) low: Option<Decimal>,
    pub(super) high: Option<Decimal>,
    pub(super) bound: Bound,
    pub(super) class: Class,
    pub(super) unit: Option<&'static str>,
    /// The unit's words, or the currency's.
    pub(super) unit_words: Option<Span>,
    /// What a rate is counted by.
    pub(super) per: Option<Span>,
    /// The unit of measure that gives the SI value.
    pub(super) measure: Option<Unit>,
    /// The rule that read the number.
    pub(super) rule: &'static str,
    /// From one value to another: a change between two levels.
    pub(super) from_to: bool,
}

/// A number with what is written onto it.
#[derive(Debug, Clone, Copy)]
struct Atom {
    number: Number,
    value: Decimal,
    high: Option<Decimal>,
    span: Span,
    unit: Option<Measure>,
    rule: &'static str,
}

/// The unit of an atom.
#[derive(Debug, Clone, Copy)]
enum Measure {
    Money(&'static str, Span),
    Unit(Unit, Span),
}

impl Measure {
    fn same(self, other: Self) -> bool {
        match (self, other) {
            // "80 cents to $1.20": cents are of any country.
            (Self::Money(a, _), Self::Money(b, _)) => a == b || a == "XXX" || b == "XXX",
            (Self::Unit(a, _), Self::Unit(b, _)) => a.name == b.name,
            _ => false,
        }
    }
}

/// Finds the quantities of one paragraph. `dates` are the spans that the stage of times took, in order.
pub(super) fn quantities(
    text: &str,
    paragraph: Span,
    numbers: &Numbers,
    words: &Words,
    dates: &[Span],
) -> Vec<Quantity> {
    let reader = Reader { text, paragraph, words };
    let mut atoms = Vec::new();
    let mut after = paragraph.start;
    for number in reader.numbers(numbers) {
        if number.span.start < after {
            continue;
        }
        if let Some(atom) = reader.atom(number, dates) {
            after = atom.span.end;
            atoms.push(atom);
        }
    }
    reader.vague(&mut atoms);
    atoms.sort_by_key(|atom| atom.span.start);
    atoms.dedup_by(|later, earlier| later.span.overlaps(earlier.span));
    reader.join(&atoms)
}

struct Reader<'a> {
    text: &'a str,
    paragraph: Span,
    words: &'a Words,
}

impl Reader<'_> {
    /// What stands before a place in the paragraph, as far as any rule looks.
    fn before(&self, at: u32) -> &str {
        let mut start = at.saturating_sub(WINDOW).max(self.paragraph.start) as usize;
        while !self.text.is_char_boundary(start) {
            start += 1;
        }
        &self.text[start..at as usize]
    }

    /// What stands after a place in the paragraph, as far as any rule looks.
    fn after(&self, at: u32) -> &str {
        let mut end = at.saturating_add(WINDOW).min(self.paragraph.end).max(at) as usize;
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        &self.text[at as usize..end]
    }

    /// The numbers of the paragraph; those that a currency's code touches ("USD10m") are no names for figures.
    fn numbers(&self, numbers: &Numbers) -> Vec<Number> {
        let text = &self.text[self.paragraph];
        let mut found = numbers.find(text);
        let mut touched: Vec<Number> = Vec::new();
        let bytes = text.as_bytes();
        for at in 1..bytes.len() {
            if bytes[at].is_ascii_digit() && bytes[at - 1].is_ascii_uppercase() {
                let at = u32::try_from(at).unwrap_or(u32::MAX);
                if self.currency_before(self.paragraph.start + at).is_some()
                    && let Some(number) = numbers.read(text, at as usize)
                {
                    touched.push(number);
                }
            }
        }
        if !touched.is_empty() {
            found.retain(|number| {
                let from = touched.partition_point(|other| other.span.end <= number.span.start);
                touched.get(from).is_none_or(|other| !other.span.overlaps(number.span))
            });
            found.extend(touched);
            found.sort_by_key(|number| number.span.start);
        }
        for number in &mut found {
            number.span.start += self.paragraph.start;
            number.span.end += self.paragraph.start;
        }
        found
    }

    /// A number with its sign, currency and unit, unless it is a date, a name, a telephone number or a score.
    fn atom(&self, number: Number, dates: &[Span]) -> Option<Atom> {
        let mut atom = Atom {
            number,
            value: number.value,
            high: None,
            span: number.span,
            unit: None,
            rule: "figure.number",
        };
        let currency = self.currency_before(number.span.start);
        if let Some((code, start)) = currency {
            atom.unit = Some(Measure::Money(code, Span::new(start, number.span.start)));
            atom.span.start = start;
        }
        self.scale_letter(&mut atom, currency.is_some());
        self.sign(&mut atom);
        if currency.is_none() {
            self.unit_after(&mut atom);
        } else {
            self.country_after(&mut atom);
        }
        if self.is_dated(&atom, dates) || self.is_name(&atom) {
            return None;
        }
        Some(atom)
    }
}
