//! Cents: of which currency they are, by the other sums of the report.

use super::Quantity;
use crate::stages::figures::Class;

/// Where the word does not tell the country.
const UNKNOWN: &str = "XXX";

/// Currencies with cents.
const WITH_CENTS: &[&str] =
    &["AUD", "CAD", "EUR", "FJD", "HKD", "JMD", "KES", "LKR", "NZD", "SGD", "TTD", "TWD", "USD", "ZAR"];

/// How many bytes away a sum may stand to tell the currency of cents in a report of several: "up 10 cents to C$1.20".
const BESIDE: usize = 48;

/// Gives cents the currency that the report counts in, or in a report of several that of the sum beside them. Without
/// another sum nobody says whose cents they are.
pub(crate) fn settle<'a>(text: &str, quantities: impl Iterator<Item = &'a mut Quantity>) {
    let mut sums: Vec<(u32, &'static str)> = Vec::new();
    let mut cents: Vec<&mut Quantity> = Vec::new();
    for quantity in quantities.filter(|quantity| quantity.class == Class::Money) {
        match quantity.unit {
            Some(UNKNOWN) if is_cents(text, quantity) => cents.push(quantity),
            Some(code) if WITH_CENTS.contains(&code) => sums.push((quantity.span.start, code)),
            _ => {}
        }
    }
    for quantity in cents {
        let away = |at: u32| at.abs_diff(quantity.span.start);
        let nearest = sums.iter().min_by_key(|(at, _)| away(*at));
        let is_only = |code: &str| sums.iter().all(|(_, other)| *other == code);
        let is_beside = |at: u32| {
            let between = text.get(at.min(quantity.span.end) as usize..at.max(quantity.span.end) as usize);
            between.is_some_and(|between| between.len() <= BESIDE && !between.contains(". "))
        };
        if let Some((at, code)) = nearest
            && (is_only(code) || is_beside(*at))
        {
            quantity.unit = Some(code);
        }
    }
}

fn is_cents(text: &str, quantity: &Quantity) -> bool {
    let words = quantity.unit_words.map_or("", |words| &text[words]);
    words == "¢" || words.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("cent"))
}
