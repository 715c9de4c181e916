//! Figures in the conventions of the NewsQuant gold: its signs of change, its names of units, one concept each.

use onrecord::core::Document;
use onrecord::core::numbers::Decimal;
use onrecord::core::stages::figures::{Bound, Class, Direction, Figure, Manner};
use serde_json::{Value, json};

/// The figures of a document, as the gold would write them.
pub(crate) fn quantities(doc: &Document) -> Vec<Value> {
    doc.layer::<Figure>()
        .iter()
        .filter(|figure| figure.class != Class::Ordinal)
        .filter_map(|figure| {
            let value = value(doc, figure)?;
            let (unit, normalized) = unit(doc, figure);
            Some(json!({
                "value": value,
                "change": change(figure),
                "unit": unit,
                "normalized_unit": normalized,
                "referred_concepts": concept(doc, figure),
            }))
        })
        .collect()
}

/// One number, or "low-high". The gold counts cents, where the record has parts of a dollar.
fn value(doc: &Document, figure: &Figure) -> Option<String> {
    let is_cent = figure.class == Class::Money && cent(doc, figure).is_some();
    let by = Decimal::from(if is_cent { 100 } else { 1 });
    let (low, high) = (figure.low?.checked_mul(by)?, figure.high?.checked_mul(by)?);
    Some(if low == high { low.to_string() } else { format!("{low}-{high}") })
}

fn cent(doc: &Document, figure: &Figure) -> Option<&'static str> {
    match &*doc.words(figure.unit_words?).to_lowercase() {
        "cent" | "cents" | "¢" => Some("cent"),
        "pence" | "penny" => Some("penny"),
        "p" => Some("point"),
        _ => None,
    }
}

/// The gold's sign: a change by a verb or adverb outranks a bound; a level reached is no change.
fn change(figure: &Figure) -> &'static str {
    let by_word = figure.by.evidence.iter().any(|seen| seen.what == "change");
    match (figure.change, figure.manner) {
        (Some(Direction::Up), Some(Manner::By)) if by_word => return "up",
        (Some(Direction::Down), Some(Manner::By)) if by_word => return "down",
        _ => {}
    }
    match figure.bound {
        Bound::Exactly | Bound::Between => "=",
        Bound::Nearly | Bound::About => "~",
        Bound::AtLeast | Bound::MoreThan => ">",
        Bound::AtMost | Bound::FewerThan => "<",
    }
}

/// The unit as worded and its name.
fn unit(doc: &Document, figure: &Figure) -> (String, String) {
    let words = figure.unit_words.map(|span| doc.words(span).trim().to_owned());
    let (mut surface, mut name) = match (&figure.unit, figure.class) {
        (Some(code), _)
            if words.is_some() && code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()) =>
        {
            (words.unwrap_or_default(), cent(doc, figure).unwrap_or_else(|| currency(code)).to_owned())
        }
        (Some(name), _) => (words.unwrap_or_else(|| name.clone()), name.clone()),
        (None, _) => {
            let counted = figure.counted.map(|span| bare(doc.words(span)));
            let counted = counted.unwrap_or_else(|| "-".to_owned());
            (counted.clone(), counted)
        }
    };
    if let Some(per) = figure.per {
        surface = format!("{surface} per {}", doc.words(per));
        name = format!("{name} per {}", doc.words(per));
    }
    (surface, name)
}

/// The gold leaves determiners out of units.
fn bare(words: &str) -> String {
    let words = words.trim().trim_start_matches(['-', ' ']);
    let rest = ["the ", "those ", "these ", "its ", "their ", "his ", "her ", "our ", "my ", "of "];
    rest.iter().find_map(|opener| words.strip_prefix(opener)).unwrap_or(words).to_owned()
}

/// What a figure is of; the gold gives "one" nothing. For a count, what its clause is about; for the rest, what they measure.
fn concept(doc: &Document, figure: &Figure) -> String {
    if figure.class == Class::Count && figure.low == Some(Decimal::from(1)) {
        return "-".to_owned();
    }
    let words = match figure.class {
        Class::Count => figure.about,
        _ => figure.counted.or(figure.about),
    };
    words.map_or_else(|| "-".to_owned(), |span| doc.words(span).to_owned())
}

fn currency(code: &str) -> &str {
    match code {
        "USD" => "dollar",
        "GBP" => "pound sterling",
        "EUR" => "euro",
        "JPY" => "japanese yen",
        "CNY" => "chinese yuan",
        "AUD" => "australian dollar",
        "CAD" => "canadian dollar",
        "HKD" => "hong kong dollar",
        "SGD" => "singaporean dollar",
        "NZD" => "new zealand dollar",
        "INR" => "indian rupee",
        "MYR" => "malaysian ringgit",
        "CHF" => "swiss franc",
        "ILS" => "shekel",
        "KRW" => "korean won",
        "RUB" => "russian ruble",
        "SEK" => "swedish krona",
        "NOK" => "norwegian krone",
        "TRY" => "turkish lira",
        "THB" => "thai baht",
        "BRL" => "brazilian real",
        "ZAR" => "south african rand",
        "MXN" => "mexican peso",
        "BTC" => "bitcoin",
        _ => code,
    }
}
