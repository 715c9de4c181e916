//! Properties of times that hold for any text and any day.

use onrecord_core::Date;
use onrecord_core::stages::times::{Interval, Place, Season, Stamp, TimeReader, TimeValue, interval};
use proptest::prelude::*;

/// Any day that the engine may meet as a day of publication.
fn days() -> impl Strategy<Value = Date> {
    (1_i16..=9999, 1_i8..=12, 1_i8..=31)
        .prop_filter_map("a day of the calendar", |(year, month, day)| Date::new(year, month, day).ok())
}

/// Texts that are rich in words of time, and texts that are not text at all.
fn texts() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "Monday",
        "Friday",
        "May",
        "March",
        "last",
        "next",
        "this",
        "the",
        "a",
        "two",
        "third",
        "quarter",
        "year",
        "years",
        "week",
        "ago",
        "earlier",
        "later",
        "in",
        "since",
        "until",
        "1989",
        "1990s",
        "BC",
        "'98",
        "15",
        "5",
        "p.m.",
        ":",
        "30",
        "-",
        "–",
        ",",
        ".",
        "of",
        "end",
        "early",
        "mid",
        "half",
        "and",
        "every",
        "per",
        "night",
        "morning",
        "summer",
        "fall",
        "yesterday",
        "Christmas",
        "Easter",
        "century",
        "fiscal",
        "\n\n",
        "“",
        "”",
        "said",
        "29",
        "February",
        "53",
        "Bahman",
        "1357",
        "GMT",
        "before",
        "after",
        "few",
        "couple",
        "0800",
        "é",
        "🕐",
        "س",
    ]);
    prop_oneof![
        prop::collection::vec(word, 0..14).prop_map(|words| words.join(" ")),
        ".{0,60}",
        "[0-9:/., '-]{0,30}",
    ]
}

/// The day shown as midnight that starts it.
fn midnight(day: Date) -> jiff::civil::DateTime {
    day.to_datetime(jiff::civil::Time::midnight())
}

fn covers(outer: Interval, inner: Interval) -> bool {
    outer.begin <= inner.begin && outer.end.is_none_or(|outer| inner.end.is_some_and(|inner| inner <= outer))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_text_and_no_day_breaks_the_reader(text in texts(), day in days()) {
        let reader = TimeReader::english();
        for published in [None, Some(day)] {
            let times = reader.read(&text, published);
            for pair in times.windows(2) {
                prop_assert!(pair[0].span.end <= pair[1].span.start);
            }
            for time in &times {
                prop_assert!(!text[time.span.range()].trim().is_empty());
            }
        }
    }

    #[test]
    fn every_value_that_is_printed_parses_back(text in texts(), day in days()) {
        for time in TimeReader::english().read(&text, Some(day)) {
            let value: TimeValue = time.value.parse()?;
            prop_assert_eq!(value.to_string(), time.value);
        }
    }

    #[test]
    fn intervals_nest(day in days()) {
        let year = Some(i32::from(day.year()));
        let (month, number) = (day.month().unsigned_abs(), day.day().unsigned_abs());
        let of = |place| interval(&Stamp::new(year, place));
        let quarter = (month - 1) / 3 + 1;
        let chain = [
            of(Place::Century),
            of(Place::Decade),
            of(Place::Year),
            of(Place::Half((month - 1) / 6 + 1)),
            of(Place::Quarter(Some(quarter))),
            of(Place::Month(Some(month))),
            of(Place::Day(Some(month), Some(number))),
        ];
        for pair in chain.windows(2) {
            let (Some(outer), Some(inner)) = (pair[0], pair[1]) else { panic!("a known stamp has an interval") };
            prop_assert!(covers(outer, inner), "{outer:?} holds {inner:?}");
        }
        let week = day.iso_week_date();
        let in_week = |place| interval(&Stamp::new(Some(i32::from(week.year())), place));
        let number = week.week().unsigned_abs();
        let whole = in_week(Place::Week(Some(number)));
        let weekday = week.weekday().to_monday_one_offset().unsigned_abs();
        if let (Some(whole), Some(one)) = (whole, in_week(Place::Weekday(Some(number), weekday))) {
            prop_assert!(covers(whole, one));
            prop_assert_eq!(one.begin, midnight(day));
        }
        for season in [Season::Spring, Season::Summer, Season::Autumn] {
            if let (Some(year), Some(season)) = (of(Place::Year), of(Place::Season(season))) {
                prop_assert!(covers(year, season));
            }
        }
    }

    /// A later day of publication never gives an earlier time.
    #[test]
    fn resolving_is_monotone_in_the_anchor(
        one in days(),
        other in days(),
        text in prop::sample::select(vec![
            "yesterday", "today", "tomorrow", "last week", "this month", "next year", "two years ago", "three days ago",
            "last October", "next Friday", "last summer", "this morning", "the last quarter", "a decade ago",
        ]),
    ) {
        let reader = TimeReader::english();
        let (first, second) = if one <= other { (one, other) } else { (other, one) };
        let begin = |day| {
            let times = reader.read(text, Some(day));
            times.first().and_then(|time| time.begin.as_deref()?.get(..10)?.parse::<Date>().ok())
        };
        if let (Some(first), Some(second)) = (begin(first), begin(second)) {
            prop_assert!(first <= second);
        }
    }
}

#[test]
fn a_long_line_takes_no_longer_than_its_length() {
    let line =
        "On Monday, in the last week of March of 1990, 2 or 3 days after the end of the ".repeat(12_000);
    assert!(TimeReader::english().read(&line, None).len() > 30_000);
}

#[test]
fn strange_texts_are_read_without_harm() {
    let reader = TimeReader::english();
    for text in [
        "",
        "\0",
        "’98’98",
        "''",
        "½ year",
        "٣ مايو",
        "1/2/",
        "5:",
        "5:6:7:8:9",
        "9999-99-99",
        "the",
        "the the of",
    ] {
        reader.read(text, Some(Date::MAX));
        reader.read(text, Some(Date::MIN));
    }
}
