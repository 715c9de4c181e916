//! Properties of figures that hold for any text.

use std::sync::{Arc, LazyLock};

use onrecord_core::numbers::{Decimal, Numbers};
use onrecord_core::stages::figures::toll::Tolls;
use onrecord_core::stages::figures::{Figure, FigureReader};
use onrecord_core::{Data, Meta, Pipeline, nlp};
use proptest::prelude::*;

/// All stages over a language pipeline so small that it is mostly wrong: what it gives is strange, which is the point.
static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| {
    let bytes = include_bytes!("../../onrecord-nlp/tests/suite/data/tiny.onrecord");
    let language = nlp::Pipeline::from_packed(bytes).expect("the tiny pipeline opens");
    Pipeline::new(&Data { language: Arc::new(language) })
});

/// Texts that are rich in figures, and texts that are not text at all.
fn texts() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "12",
        "1,204",
        "0142",
        "555",
        "2.5",
        "1/3",
        "½",
        "3rd",
        "-4",
        "+44",
        "0",
        "999999999999999999999999",
        "two",
        "half",
        "a",
        "dozen",
        "dozens",
        "hundred",
        "million",
        "thirds",
        "third",
        "one",
        "in",
        "of",
        "the",
        "to",
        "from",
        "between",
        "and",
        "or",
        "nearly",
        "about",
        "at",
        "least",
        "up",
        "down",
        "more",
        "than",
        "by",
        "$",
        "€",
        "US$",
        "crowns",
        "m",
        "bn",
        "%",
        "per",
        "cent",
        "percentage",
        "points",
        "km",
        "°C",
        "years",
        "year-old",
        "a day",
        "killed",
        "injured",
        "people",
        "boats",
        "were",
        "toll",
        "rose",
        ",",
        ".",
        "-",
        "–",
        "(",
        ")",
        "\"",
        "“",
        "é",
        "🕐",
        "٣",
        "\n\n",
        "s",
        "mostly",
        "including",
        "them",
        "Flight",
        "Street",
    ]);
    prop_oneof![
        prop::collection::vec(word, 0..16).prop_map(|words| words.join(" ")),
        ".{0,60}",
        "[0-9:/.,$%() '–-]{0,30}",
    ]
}

/// The spans of a figure stand in the text, in whole characters.
fn stands(figure: &Figure, text: &str) -> bool {
    let spans =
        [figure.counted, figure.remark, figure.about, figure.per, figure.unit_words, Some(figure.span)];
    spans.into_iter().flatten().all(|span| text.get(span.range()).is_some_and(|words| !words.is_empty()))
        && figure.by.evidence.iter().filter_map(|seen| seen.span).all(|span| text.get(span.range()).is_some())
}

/// A value in print: a decimal, a fraction, or a range of them.
fn parses(value: &str) -> bool {
    let one = |text: &str| match text.split_once('/') {
        Some((count, by)) => count.parse::<i128>().is_ok() && by.parse::<i128>().is_ok_and(|by| by > 1),
        None => text.parse::<Decimal>().is_ok_and(|decimal| decimal.to_string() == text),
    };
    match value.split_once("..") {
        Some((low, high)) => one(low) && (high.is_empty() || one(high)),
        None => one(value),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn no_text_breaks_the_grammar(text in texts()) {
        let figures = FigureReader::english().read(&text);
        for figure in &figures {
            prop_assert!(stands(figure, &text), "{figure:?}");
            prop_assert!(figure.value().is_none_or(|value| parses(&value)), "{figure:?}");
            if let (Some(low), Some(high)) = (figure.low, figure.high) {
                prop_assert!(low <= high, "{figure:?}");
            }
        }
    }

    #[test]
    fn no_text_breaks_the_stage(text in texts()) {
        let doc = PIPELINE.read(&text, Meta::default());
        for figure in doc.layer::<Figure>() {
            prop_assert!(stands(figure, &text), "{figure:?}");
        }
        Tolls::english().toll(&doc);
    }

    /// Digits are read for what they are.
    #[test]
    fn a_number_in_digits_is_read_exactly(whole in 0_u64..1_000_000_000_000, part in proptest::option::of(1_u32..999)) {
        let text = part.map_or_else(|| whole.to_string(), |part| format!("{whole}.{part}"));
        let found = Numbers::english().find(&text);
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(found[0].value, text.parse::<Decimal>()?);
    }

    /// Groups of thousands change nothing.
    #[test]
    fn groups_of_thousands_change_nothing(whole in 1_000_u64..1_000_000_000_000) {
        let digits = whole.to_string();
        let first = digits.len() % 3;
        let (head, tail) = digits.split_at(first);
        let groups: Vec<&str> = tail.as_bytes().chunks(3).map(|group| std::str::from_utf8(group).unwrap()).collect();
        let grouped = if head.is_empty() { groups.join(",") } else { format!("{head},{}", groups.join(",")) };
        let found = Numbers::english().find(&grouped);
        prop_assert_eq!(found[0].value, Decimal::from(i128::from(whole)));
    }

    #[test]
    fn a_decimal_prints_what_parses_back(mantissa in any::<i64>(), places in 0_u32..18) {
        let decimal = Decimal::new(mantissa.into(), places);
        prop_assert_eq!(decimal.to_string().parse::<Decimal>()?, decimal);
    }

    /// A fraction without an end keeps its two numbers.
    #[test]
    fn a_fraction_comes_back_from_its_decimal(count in 1_i128..200, by in 2_i128..200) {
        let ratio = Decimal::ratio(count, by).unwrap();
        if let Some((a, b)) = ratio.fraction() {
            prop_assert_eq!(a * by, b * count);
        }
    }
}

#[test]
fn strange_texts_are_read_without_harm() {
    for text in [
        "",
        "\0",
        "5–0(",
        "–1",
        "½–½",
        "1–",
        "$",
        "٣ نفر",
        "12 of",
        "a couple of",
        "(5)",
        "+",
        "+1 ",
        "0 0 0",
    ] {
        PIPELINE.read(text, Meta::default());
        FigureReader::english().read(text);
    }
}

#[test]
fn a_long_line_takes_no_longer_than_its_length() {
    let line = "Nearly 1,204 boats, between 3 and 4 million crowns a year, up to two-thirds of 12 km and "
        .repeat(12_000);
    assert!(FigureReader::english().read(&line).len() > 40_000);
}
