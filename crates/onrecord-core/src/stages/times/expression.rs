//! What the words say, before it is known when they were said: the tree that the grammar gives and the resolver reads.

use std::fmt;

use super::value::{Clock, Length, Reference, Season, TimeValue, Unit};
use super::words::Which;

/// An expression as read from words alone.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expression {
    /// "now", "recently"
    Reference(Reference),
    /// A place in the calendar, whatever of it is said: "May", "last October", "the third quarter of 1989".
    Calendar(Calendar),
    /// A unit picked out by its place: "last week", "the following year", "today".
    Unit(Pick),
    /// A length away from an anchor: "two years ago", "a week later".
    Shift { length: Length, forward: bool, from: From },
    /// A length: "three days".
    Length(Length),
    /// How often: "every Monday".
    Recurring(TimeValue),
}

/// From where a shift is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// From when it is said: "ago".
    Speech,
    /// From the time that the story has come to: "later".
    Story,
    /// From an event that the words name: "after the siege".
    Event,
}

/// A unit picked out by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pick {
    pub(super) which: Which,
    /// How many units from the anchor.
    pub(super) shift: i32,
    pub(super) unit: Unit,
    pub(super) clock: Option<Clock>,
    /// Whether the unit is of the fiscal calendar, which need not be the civil one.
    pub(super) fiscal: bool,
}

/// A place in the calendar, as far as it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Calendar {
    pub(super) which: Option<Which>,
    pub(super) year: Year,
    pub(super) name: Name,
    pub(super) weekday: Option<u8>,
    pub(super) clock: Option<Clock>,
}

/// The year, as said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    /// Not said.
    Missing,
    /// Of any: "winter quarters".
    Any,
    /// "1989"; negative before Christ.
    Written(i32),
    /// "'98"
    Short(u8),
    /// "of this year", "of that year"
    Which(Which),
    /// "a year ago", after a place in the year: so many years from the speech, or from the story.
    Moved(i32, From),
}

/// The name of the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    /// The year itself.
    Year,
    /// A century, by its first year.
    Century,
    /// A decade, by its first year.
    Decade,
    /// First or second half.
    Half(u8),
    /// First to fourth quarter, or an unnamed one.
    Quarter(Option<u8>),
    /// The quarter or month that the story has come to: "the same period".
    Period,
    /// A season.
    Season(Season),
    /// A month.
    Month(u8),
    /// A day of a month, or of a month not said.
    Day(Option<u8>, u8),
    /// A weekday.
    Weekday(u8),
    /// A numbered week of the year.
    Week(u8),
    /// The n-th week of a month; the last for 9.
    WeekOfMonth(u8, u8),
    /// The week that holds a day.
    WeekOfDay(u8, u8),
    /// A feast.
    Holiday(&'static str),
    /// Only a time of day.
    Clock,
    /// A day or month of the Iranian or Hijri calendar, recognised but not of this calendar.
    Foreign(Foreign),
}

/// A date in another calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Foreign {
    /// Year, month and day of the Iranian calendar.
    Iranian(Option<i32>, u8, Option<u8>),
    /// Year, month and day of the Hijri calendar, whose months begin when somebody sights the moon.
    Hijri(Option<i32>, u8, Option<u8>),
}

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (calendar, year, month, day) = match self {
            Self::Iranian(year, month, day) => ("Iranian", year, month, day),
            Self::Hijri(year, month, day) => ("Hijri", year, month, day),
        };
        write!(f, "{calendar} ")?;
        match year {
            Some(year) => write!(f, "{year}-{month:02}")?,
            None => write!(f, "XXXX-{month:02}")?,
        }
        day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

impl Calendar {
    pub(super) const fn named(name: Name) -> Self {
        Self { which: None, year: Year::Missing, name, weekday: None, clock: None }
    }

    pub(super) const fn in_year(self, year: Year) -> Self {
        Self { year, ..self }
    }
}

/// An expression with its place among the lexemes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    /// Index of the first lexeme.
    pub(super) first: usize,
    /// Index after the last lexeme.
    pub(super) end: usize,
    pub(super) expression: Expression,
    /// TIMEX3's modifier.
    pub(super) modifier: Option<&'static str>,
    /// Name of the rule that read it.
    pub(super) rule: &'static str,
}
