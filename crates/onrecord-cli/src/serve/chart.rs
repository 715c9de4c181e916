//! Charts, worked out on the server: where bars and dots stand. Templates draw them as SVG.

use std::collections::BTreeMap;

use onrecord::core::Date;

/// A line across a chart, with what it stands for.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) at: String,
    pub(crate) label: String,
}

/// A label below a chart.
#[derive(Debug, Clone)]
pub(crate) struct Tick {
    pub(crate) at: String,
    pub(crate) anchor: &'static str,
    pub(crate) label: String,
}

/// A bar for each month or year.
#[derive(Debug, Clone)]
pub(crate) struct Bars {
    pub(crate) title: String,
    pub(crate) lines: Vec<Line>,
    pub(crate) bars: Vec<Bar>,
    pub(crate) ticks: Vec<Tick>,
}

/// One bar.
#[derive(Debug, Clone)]
pub(crate) struct Bar {
    pub(crate) x: String,
    pub(crate) y: String,
    pub(crate) width: String,
    pub(crate) height: String,
    pub(crate) label: String,
}

/// More bars than this are drawn for the next longer span: a bar has to be wide enough to be pointed at.
const MOST_BARS: i32 = 72;
/// More years than this are no news: a date was misread.
const MOST_YEARS: i32 = 300;
/// The chart of bars: left and right end, top and bottom.
const BARS: [f64; 4] = [40.0, 640.0, 12.0, 164.0];

/// What a bar stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    Month,
    Year,
}

impl Unit {
    /// The number of the unit that a day falls in.
    fn number(self, day: Date) -> i32 {
        match self {
            Self::Day => days_between(Date::constant(1, 1, 1), day),
            Self::Month => i32::from(day.year()) * 12 + i32::from(day.month()) - 1,
            Self::Year => day.year().into(),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// What a day's unit is called: "2026-03".
    fn called(self, day: Date) -> String {
        let day = day.to_string();
        let end = match self {
            Self::Day => day.len(),
            Self::Month => day.len().saturating_sub(3),
            Self::Year => day.len().saturating_sub(6),
        };
        day.get(..end).unwrap_or_default().to_owned()
    }
}

/// A chart of how many there are on each day, by month where that tells more, or by year; `None` when there is nothing to
/// draw.
pub(crate) fn bars(what: &str, days: &[(&str, u32)]) -> Option<Bars> {
    let days: Vec<(Date, u32)> =
        days.iter().filter_map(|(day, count)| Some((day.parse().ok()?, *count))).collect();
    let (first, last) = (days.iter().map(|day| day.0).min()?, days.iter().map(|day| day.0).max()?);
    let span = |unit: Unit| unit.number(last) - unit.number(first) + 1;
    let unit =
        [Unit::Day, Unit::Month].into_iter().find(|unit| span(*unit) <= MOST_BARS).unwrap_or(Unit::Year);
    if span(unit) > MOST_YEARS {
        return None;
    }
    let mut counts: BTreeMap<i32, (Date, u32)> = BTreeMap::new();
    for (day, count) in days {
        counts.entry(unit.number(day)).or_insert((day, 0)).1 += count;
    }
    let most = nice(f64::from(counts.values().map(|(_, count)| *count).max()?));
    let [left, right, top, bottom] = BARS;
    let width = ((right - left) / f64::from(span(unit))).min(48.0);
    let bar = |(number, (day, count)): (&i32, &(Date, u32))| {
        let height = f64::from(*count) / most * (bottom - top);
        Bar {
            x: place(left + f64::from(number - unit.number(first)) * width + width * 0.1),
            y: place(bottom - height),
            width: place(width * 0.8),
            height: place(height),
            label: format!("{}: {count}", unit.called(*day)),
        }
    };
    let end = left + f64::from(span(unit)) * width;
    Some(Bars {
        title: format!("{what} by {}", unit.name()),
        lines: lines(0.0, most, top, bottom),
        bars: counts.iter().map(bar).collect(),
        ticks: ends(unit.called(first), unit.called(last), left, end),
    })
}

/// Labels for the two ends of a chart, or one where both are the same.
fn ends(first: String, last: String, left: f64, right: f64) -> Vec<Tick> {
    let tick = |at: f64, anchor, label| Tick { at: place(at), anchor, label };
    if first == last || right - left < 130.0 {
        let label = if first == last { first } else { format!("{first} to {last}") };
        vec![tick(left, "start", label)]
    } else {
        vec![tick(left, "start", first), tick(right, "end", last)]
    }
}

fn lines(low: f64, high: f64, top: f64, bottom: f64) -> Vec<Line> {
    let line = |share: f64| Line {
        at: place(bottom - share * (bottom - top)),
        label: amount(low + share * (high - low)),
    };
    // A half of an odd number is no count.
    let shares: &[f64] = if high >= 2.0 && (high % 2.0 == 0.0) { &[0.0, 0.5, 1.0] } else { &[0.0, 1.0] };
    shares.iter().map(|share| line(*share)).collect()
}

/// The next number upwards that is good to read at the end of an axis.
fn nice(most: f64) -> f64 {
    let power = 10_f64.powf(most.max(1.0).log10().floor());
    let steps = [1.0, 2.0, 4.0, 5.0, 6.0, 8.0, 10.0];
    steps.iter().map(|step| step * power).find(|end| *end >= most).unwrap_or(most)
}

/// A number on an axis: "40", "2.5 m".
fn amount(number: f64) -> String {
    match number {
        1e9.. => format!("{} bn", number / 1e9),
        1e6.. => format!("{} m", number / 1e6),
        1e4.. => format!("{} k", number / 1e3),
        _ => number.to_string(),
    }
}

fn place(at: f64) -> String {
    format!("{at:.1}")
}

/// Counts as dots: across by day, up by number, a shape for each outlet.
#[derive(Debug, Clone)]
pub(crate) struct Dots {
    pub(crate) title: String,
    pub(crate) lines: Vec<Line>,
    pub(crate) dots: Vec<Dot>,
    pub(crate) ticks: Vec<Tick>,
    pub(crate) series: Vec<Series>,
}

/// An outlet in the legend.
#[derive(Debug, Clone)]
pub(crate) struct Series {
    pub(crate) name: String,
    pub(crate) shape: &'static str,
}

/// One count.
#[derive(Debug, Clone)]
pub(crate) struct Dot {
    pub(crate) x: String,
    pub(crate) y: String,
    pub(crate) high: String,
    pub(crate) is_range: bool,
    pub(crate) shape: &'static str,
    pub(crate) series: usize,
    pub(crate) label: String,
    pub(crate) link: String,
}

/// A count that is to be drawn.
#[derive(Debug, Clone)]
pub(crate) struct Count {
    pub(crate) day: Date,
    pub(crate) outlet: String,
    pub(crate) low: f64,
    pub(crate) high: Option<f64>,
    pub(crate) label: String,
    pub(crate) link: String,
}

/// The shapes of the outlets: circle, square, triangle, diamond, and a cross for all others.
const SHAPES: [&str; 5] = [
    "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z",
    "M-4.500 -4.500h9v9h-9z",
    "M0 -5.500l5.500 9.500h-11z",
    "M0 -6l6 6l-6 6l-6 -6z",
    "M-5 -5l10 10M-5 5l10 -10",
];
/// The chart of dots: left and right end, top and bottom.
const DOTS: [f64; 4] = [56.0, 626.0, 14.0, 222.0];

/// A chart of counts by outlet and day; `None` when there is nothing to draw.
pub(crate) fn dots(what: &str, counts: &[Count]) -> Option<Dots> {
    let first = counts.iter().map(|count| count.day).min()?;
    let last = counts.iter().map(|count| count.day).max()?;
    let most = counts.iter().map(|count| count.high.unwrap_or(count.low)).fold(0.0, f64::max);
    if most <= 0.0 || !most.is_finite() {
        return None;
    }
    let most = nice(most);
    let outlets = outlets(counts);
    let [left, right, top, bottom] = DOTS;
    let days = f64::from(days_between(first, last)).max(1.0);
    let up = |number: f64| bottom - number / most * (bottom - top);
    let dot = |count: &Count| {
        let across = f64::from(days_between(first, count.day)) / days;
        let series = outlets.iter().position(|outlet| *outlet == count.outlet).unwrap_or(SHAPES.len() - 1);
        Dot {
            x: place(left + 12.0 + across * (right - left - 24.0)),
            y: place(up(count.low)),
            high: place(up(count.high.unwrap_or(count.low))),
            is_range: count.high.is_some_and(|high| high > count.low),
            shape: SHAPES[series],
            series,
            label: count.label.clone(),
            link: count.link.clone(),
        }
    };
    let others = counts.iter().any(|count| !outlets.contains(&count.outlet));
    let names = outlets.iter().cloned().chain(others.then(|| "other outlets".to_owned()));
    let series = names.zip(SHAPES).map(|(name, shape)| Series { name, shape }).collect();
    Some(Dots {
        title: format!("{what}, by outlet and day of publication"),
        lines: lines(0.0, most, top, bottom),
        dots: counts.iter().map(dot).collect(),
        ticks: ends(first.to_string(), last.to_string(), left, right),
        series,
    })
}

/// The outlets that have a shape of their own: those with the most counts.
fn outlets(counts: &[Count]) -> Vec<String> {
    let mut often: BTreeMap<&str, usize> = BTreeMap::new();
    for count in counts {
        *often.entry(&count.outlet).or_default() += 1;
    }
    let mut names: Vec<(&str, usize)> = often.into_iter().collect();
    names.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    // When all have one, the last shape is an outlet's too.
    let most = if names.len() <= SHAPES.len() { SHAPES.len() } else { SHAPES.len() - 1 };
    names.into_iter().take(most).map(|(name, _)| name.to_owned()).collect()
}

fn days_between(first: Date, last: Date) -> i32 {
    first.duration_until(last).as_hours().try_into().unwrap_or(i32::MAX) / 24
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(days: &[(&str, u32)]) -> Vec<String> {
        bars("Statements", days)
            .map_or_else(Vec::new, |chart| chart.bars.into_iter().map(|bar| bar.label).collect())
    }

    #[test]
    fn days_without_a_statement_leave_a_gap() {
        let chart = bars("Statements", &[("2026-02-27", 4), ("2026-03-02", 2), ("XXXX-02", 9)]);
        let chart = chart.expect("there are days");
        let drawn: Vec<&str> = chart.bars.iter().map(|bar| bar.label.as_str()).collect();
        assert_eq!(drawn, ["2026-02-27: 4", "2026-03-02: 2"]);
        assert_eq!([&chart.bars[0].x, &chart.bars[1].x], ["44.8", "188.8"]);
        assert_eq!(chart.bars[1].height, "76.0");
        assert!(labels(&[]).is_empty());
    }

    #[test]
    fn many_days_are_drawn_as_months_and_many_months_as_years() {
        assert_eq!(
            labels(&[("2026-01-05", 1), ("2026-05-01", 2), ("2026-05-02", 1)]),
            ["2026-01: 1", "2026-05: 3"]
        );
        assert_eq!(
            labels(&[("2001-01-05", 1), ("2026-04-01", 2), ("2026-05-01", 1)]),
            ["2001: 1", "2026: 3"]
        );
    }

    #[test]
    fn axes_end_at_good_numbers() {
        assert_eq!([nice(3.0), nice(7.0), nice(38_350.0)], [4.0, 8.0, 40_000.0]);
        assert_eq!([amount(40_000.0), amount(2.5e6)], ["40 k", "2.5 m"]);
    }
}
