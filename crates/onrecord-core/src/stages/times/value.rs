//! TIMEX3 values: calendar places that may be known in part, durations, and vague references. Every value printed
//! parses back.

use std::fmt;
use std::str::FromStr;

use crate::numbers::Decimal;

/// The value of an expression of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimeValue {
    /// A vague past, present or future.
    Reference(Reference),
    /// A place in the calendar.
    Stamp(Stamp),
    /// A length of time.
    Length(Length),
}

/// A vague past, present or future.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reference {
    /// "recently"
    Past,
    /// "now"
    Present,
    /// "the future"
    Future,
}

/// A place in the calendar. What is not known is `None`, and printed as X.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The year; years before Christ are negative, and there is no year 0. For a decade or a century, its first year.
    pub year: Option<i32>,
    /// The place in the year.
    pub place: Place,
    /// The time of day.
    pub clock: Option<Clock>,
}

/// A place in a year, or a span of years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A hundred years.
    Century,
    /// Ten years.
    Decade,
    /// The whole year.
    Year,
    /// A half of the year, 1 or 2.
    Half(u8),
    /// A quarter, 1 to 4.
    Quarter(Option<u8>),
    /// A season.
    Season(Season),
    /// A month.
    Month(Option<u8>),
    /// A day of a month.
    Day(Option<u8>, Option<u8>),
    /// An ISO week; the year is then the ISO year.
    Week(Option<u8>),
    /// The weekend of an ISO week.
    Weekend(Option<u8>),
    /// A day of an ISO week, Monday as 1.
    Weekday(Option<u8>, u8),
}

/// The seasons of the northern temperate zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Season {
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to November.
    Autumn,
    /// December to February, of the year in which it ends.
    Winter,
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// An hour, perhaps with minutes and offset from UTC in minutes. The hour is 24 for the midnight that ends a day.
    At {
        /// 0 to 24.
        hour: u8,
        /// 0 to 59.
        minute: Option<u8>,
        /// East of Greenwich, in minutes.
        zone: Option<i16>,
    },
    /// A part of the day.
    Part(PartOfDay),
}

/// Parts of a day, by TIMEX3's codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartOfDay {
    /// MO
    Morning,
    /// MI
    Midday,
    /// AF
    Afternoon,
    /// EV
    Evening,
    /// NI
    Night,
    /// DT
    Daytime,
}

/// A length: one or two units, such as two years and six months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// How many, or `None` for "several" and the like.
    pub count: Option<Decimal>,
    /// Of what.
    pub unit: Unit,
    /// A smaller unit added to it: the six months of two and a half years.
    pub rest: Option<(u8, Unit)>,
}

/// Units of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// TS
    Second,
    /// TM
    Minute,
    /// TH
    Hour,
    /// D
    Day,
    /// W
    Week,
    /// WE
    Weekend,
    /// M
    Month,
    /// Q
    Quarter,
    /// Y
    Year,
    /// DE
    Decade,
    /// CE
    Century,
    /// An unspecified stretch, as in "a while".
    Stretch,
}

impl Reference {
    /// TIMEX3's code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Past => "PAST_REF",
            Self::Present => "PRESENT_REF",
            Self::Future => "FUTURE_REF",
        }
    }

    /// The reference with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Past, Self::Present, Self::Future].into_iter().find(|reference| reference.code() == code)
    }
}

impl Season {
    const ALL: [Self; 4] = [Self::Spring, Self::Summer, Self::Autumn, Self::Winter];

    /// TIMEX3's code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Autumn => "FA",
            Self::Winter => "WI",
        }
    }

    /// The season with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|season| season.code() == code)
    }

    /// The season's first month; winter starts in the year's last.
    pub const fn first_month(self) -> u8 {
        match self {
            Self::Spring => 3,
            Self::Summer => 6,
            Self::Autumn => 9,
            Self::Winter => 12,
        }
    }
}

impl PartOfDay {
    const ALL: [Self; 6] =
        [Self::Morning, Self::Midday, Self::Afternoon, Self::Evening, Self::Night, Self::Daytime];

    /// TIMEX3's code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Morning => "MO",
            Self::Midday => "MI",
            Self::Afternoon => "AF",
            Self::Evening => "EV",
            Self::Night => "NI",
            Self::Daytime => "DT",
        }
    }

    /// The part of day with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }
}

impl Unit {
    const ALL: [Self; 12] = [
        Self::Second,
        Self::Minute,
        Self::Hour,
        Self::Day,
        Self::Week,
        Self::Weekend,
        Self::Month,
        Self::Quarter,
        Self::Year,
        Self::Decade,
        Self::Century,
        Self::Stretch,
    ];

    /// TIMEX3's code, without the T of times.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Second => "S",
            Self::Minute | Self::Month => "M",
            Self::Hour => "H",
            Self::Day => "D",
            Self::Week => "W",
            Self::Weekend => "WE",
            Self::Quarter => "Q",
            Self::Year => "Y",
            Self::Decade => "DE",
            Self::Century => "CE",
            Self::Stretch => "X",
        }
    }

    /// Whether the unit is a part of a day.
    pub const fn of_day(self) -> bool {
        matches!(self, Self::Second | Self::Minute | Self::Hour)
    }

    fn from_code(code: &str, of_day: bool) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.code() == code && unit.of_day() == of_day)
    }
}

impl Stamp {
    /// A year, or an unknown one.
    pub const fn year(year: Option<i32>) -> Self {
        Self { year, place: Place::Year, clock: None }
    }

    /// A place in a year.
    pub const fn new(year: Option<i32>, place: Place) -> Self {
        Self { year, place, clock: None }
    }
}

impl Length {
    /// So many of a unit.
    pub const fn new(count: Option<Decimal>, unit: Unit) -> Self {
        Self { count, unit, rest: None }
    }
}

impl fmt::Display for TimeValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reference(reference) => f.write_str(reference.code()),
            Self::Stamp(stamp) => stamp.fmt(f),
            Self::Length(length) => length.fmt(f),
        }
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of_day = self.unit.of_day();
        f.write_str(if of_day { "PT" } else { "P" })?;
        match self.count {
            Some(count) => write!(f, "{count}")?,
            None => f.write_str("X")?,
        }
        f.write_str(self.unit.code())?;
        if let Some((count, unit)) = self.rest {
            let time = if unit.of_day() && !of_day { "T" } else { "" };
            write!(f, "{time}{count}{}", unit.code())?;
        }
        Ok(())
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (era, year) = match self.year {
            Some(year) if year < 0 => ("BC", Some(year.unsigned_abs())),
            Some(year) => ("", Some(year.unsigned_abs())),
            None => ("", None),
        };
        f.write_str(era)?;
        match (self.place, year) {
            (Place::Century, Some(year)) => write!(f, "{:02}", year / 100)?,
            (Place::Century, None) => f.write_str("XX")?,
            (Place::Decade, Some(year)) => write!(f, "{:03}", year / 10)?,
            (Place::Decade, None) => f.write_str("XXX")?,
            (_, Some(year)) => write!(f, "{year:04}")?,
            (_, None) => f.write_str("XXXX")?,
        }
        match self.place {
            Place::Century | Place::Decade | Place::Year => {}
            Place::Half(half) => write!(f, "-H{half}")?,
            Place::Quarter(Some(quarter)) => write!(f, "-Q{quarter}")?,
            Place::Quarter(None) => f.write_str("-QX")?,
            Place::Season(season) => write!(f, "-{}", season.code())?,
            Place::Month(month) => write!(f, "-{}", two(month))?,
            Place::Day(month, day) => write!(f, "-{}-{}", two(month), two(day))?,
            Place::Week(week) => write!(f, "-W{}", two(week))?,
            Place::Weekend(week) => write!(f, "-W{}-WE", two(week))?,
            Place::Weekday(week, day) => write!(f, "-W{}-{day}", two(week))?,
        }
        self.clock.map_or(Ok(()), |clock| clock.fmt(f))
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Part(part) => write!(f, "T{}", part.code()),
            Self::At { hour, minute, zone } => {
                write!(f, "T{hour:02}")?;
                if let Some(minute) = minute {
                    write!(f, ":{minute:02}")?;
                }
                match zone {
                    None => Ok(()),
                    Some(0) => f.write_str("Z"),
                    Some(zone) => {
                        let (sign, size) = (if zone < 0 { '-' } else { '+' }, zone.unsigned_abs());
                        write!(f, "{sign}{:02}", size / 60)?;
                        if size % 60 > 0 { write!(f, ":{:02}", size % 60) } else { Ok(()) }
                    }
                }
            }
        }
    }
}

fn two(number: Option<u8>) -> String {
    number.map_or_else(|| "XX".to_owned(), |number| format!("{number:02}"))
}

/// Why a text is not a TIMEX3 value of the kinds that are written here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAValue(String);

impl fmt::Display for NotAValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no TIMEX3 value", self.0)
    }
}

impl std::error::Error for NotAValue {}

impl FromStr for TimeValue {
    type Err = NotAValue;

    fn from_str(text: &str) -> Result<Self, NotAValue> {
        if let Some(reference) = Reference::from_code(text) {
            return Ok(Self::Reference(reference));
        }
        let value = if let Some(length) = text.strip_prefix('P') {
            parse_length(length).map(Self::Length)
        } else {
            parse_stamp(text).map(Self::Stamp)
        };
        value.ok_or_else(|| NotAValue(text.to_owned()))
    }
}

/// What follows the P of a duration.
fn parse_length(text: &str) -> Option<Length> {
    let (text, of_day) = text.strip_prefix('T').map_or((text, false), |rest| (rest, true));
    let (count, code, after) = parse_part(text)?;
    let unit = Unit::from_code(code, of_day)?;
    let rest = if after.is_empty() {
        None
    } else {
        let (after, of_day) = after.strip_prefix('T').map_or((after, of_day), |rest| (rest, true));
        let (count, code, "") = parse_part(after)? else { return None };
        Some((u8::try_from(count?.whole()?).ok()?, Unit::from_code(code, of_day)?))
    };
    Some(Length { count, unit, rest })
}

/// A count and the letters of its unit, and what is left.
fn parse_part(text: &str) -> Option<(Option<Decimal>, &str, &str)> {
    let (count, rest) = match text.strip_prefix('X') {
        Some(rest) => (None, rest),
        None => {
            let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
            (Some(text[..digits].parse().ok()?), &text[digits..])
        }
    };
    let mut letters = rest.find(|c: char| !c.is_ascii_uppercase() || c == 'T').unwrap_or(rest.len());
    if letters == 0 {
        return None;
    }
    // "Y6M" is one unit and then another: only DE, CE and WE have two letters.
    if letters > 1 && !matches!(&rest[..2], "DE" | "CE" | "WE") {
        letters = 1;
    }
    Some((count, &rest[..letters], &rest[letters..]))
}

fn parse_stamp(text: &str) -> Option<Stamp> {
    let (text, era) = text.strip_prefix("BC").map_or((text, 1), |rest| (rest, -1));
    let (date, clock) = match text.split_once('T') {
        Some((date, clock)) => (date, Some(parse_clock(clock)?)),
        None => (text, None),
    };
    let (year, rest) = date.split_once('-').map_or((date, None), |(year, rest)| (year, Some(rest)));
    let factor = match year.len() {
        2 => 100,
        3 => 10,
        4 => 1,
        _ => return None,
    };
    let number = if year.bytes().all(|byte| byte == b'X') {
        None
    } else {
        Some(era * factor * year.parse::<u16>().ok().map(i32::from)?)
    };
    let place = match (factor, rest) {
        (100, None) => Place::Century,
        (10, None) => Place::Decade,
        (1, None) => Place::Year,
        (1, Some(rest)) => parse_place(rest)?,
        _ => return None,
    };
    Some(Stamp { year: number, place, clock })
}

fn parse_place(text: &str) -> Option<Place> {
    if let Some(season) = Season::from_code(text) {
        return Some(Place::Season(season));
    }
    if let Some(half) = text.strip_prefix('H') {
        return Some(Place::Half(half.parse().ok()?));
    }
    if let Some(quarter) = text.strip_prefix('Q') {
        return Some(Place::Quarter(if quarter == "X" { None } else { Some(quarter.parse().ok()?) }));
    }
    if let Some(week) = text.strip_prefix('W') {
        return match week.split_once('-') {
            None => Some(Place::Week(parse_two(week)?)),
            Some((week, "WE")) => Some(Place::Weekend(parse_two(week)?)),
            Some((week, day)) => Some(Place::Weekday(parse_two(week)?, day.parse().ok()?)),
        };
    }
    match text.split_once('-') {
        None => Some(Place::Month(parse_two(text)?)),
        Some((month, day)) => Some(Place::Day(parse_two(month)?, parse_two(day)?)),
    }
}

fn parse_two(text: &str) -> Option<Option<u8>> {
    if text == "XX" { Some(None) } else { (text.len() == 2).then(|| text.parse().ok().map(Some))? }
}

fn parse_clock(text: &str) -> Option<Clock> {
    if let Some(part) = PartOfDay::from_code(text) {
        return Some(Clock::Part(part));
    }
    let hour = text.get(..2)?.parse().ok()?;
    let mut rest = &text[2..];
    let mut minute = None;
    if let Some(after) = rest.strip_prefix(':') {
        minute = Some(after.get(..2)?.parse().ok()?);
        rest = &after[2..];
    }
    let zone = match rest.chars().next() {
        None => None,
        Some('Z') if rest.len() == 1 => Some(0),
        Some(sign @ ('+' | '-')) => {
            let (hours, minutes) = rest[1..].split_once(':').unwrap_or((&rest[1..], "0"));
            let size = hours.parse::<i16>().ok()?.checked_mul(60)?.checked_add(minutes.parse().ok()?)?;
            Some(if sign == '-' { -size } else { size })
        }
        Some(_) => return None,
    };
    Some(Clock::At { hour, minute, zone })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_parse_back() {
        for text in [
            "2024-07-11",
            "XXXX-WXX-4",
            "2024-05",
            "2024",
            "202",
            "20",
            "BC0490",
            "BC047",
            "XXXX",
            "1942-SU",
            "1989-Q3",
            "1990-H1",
            "1990-W32-WE",
            "2024-W02",
            "XXXX-XX-XXTNI",
            "1989-11-09T17:00",
            "2003-03-19T21:34-05",
            "2008-09-18T08:00Z",
            "2024-01-01T24",
            "2024-01-01T09:00+05:30",
            "P3D",
            "PXD",
            "PT30M",
            "P2Y6M",
            "PT5H30M",
            "P1DE",
            "PXCE",
            "PXX",
            "P1.5D",
            "PAST_REF",
            "PRESENT_REF",
            "FUTURE_REF",
            "XXXX-QX",
            "P1DT12H",
        ] {
            assert_eq!(text.parse::<TimeValue>().map(|value| value.to_string()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_is_no_value_is_refused() {
        for text in ["", "P", "2024-", "T", "20245", "2024-07-1", "PD", "é", "2024-07-11Té"] {
            assert!(text.parse::<TimeValue>().is_err(), "{text}");
        }
    }
}
