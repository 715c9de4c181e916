//! Calendar arithmetic: the days that a place in the calendar covers, and moving by units.

use jiff::civil::{Date, DateTime, ISOWeekDate, Time, Weekday};
use jiff::{Span as Step, ToSpan};

use super::value::{Clock, PartOfDay, Place, Season, Stamp, Unit};

/// A half-open interval of local time; an end that the calendar cannot hold is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// The first instant.
    pub begin: DateTime,
    /// The instant after the last.
    pub end: Option<DateTime>,
}

/// The year as astronomers count: the year before year 1 is 0.
fn astronomical(year: i32) -> Option<i16> {
    i16::try_from(if year < 0 { year + 1 } else { year }).ok().filter(|year| (-9998..=9999).contains(year))
}

/// The year as historians count, from an astronomer's.
pub(super) fn historical(year: i16) -> i32 {
    if year <= 0 { i32::from(year) - 1 } else { i32::from(year) }
}

/// The first day of a month of a historian's year.
fn month_start(year: i32, month: u8) -> Option<Date> {
    Date::new(astronomical(year)?, i8::try_from(month).ok()?, 1).ok()
}

/// The day as a place in the calendar.
pub(super) fn day_stamp(day: Date) -> Stamp {
    Stamp::new(
        Some(historical(day.year())),
        Place::Day(u8::try_from(day.month()).ok(), u8::try_from(day.day()).ok()),
    )
}

/// The stamp of the unit that a day lies in: its week, month, year and so on.
pub(super) fn containing(day: Date, unit: Unit) -> Stamp {
    let year = historical(day.year());
    let month = day.month().unsigned_abs();
    match unit {
        Unit::Week | Unit::Weekend => {
            let week = day.iso_week_date();
            let number = u8::try_from(week.week()).ok();
            let place = if unit == Unit::Week { Place::Week(number) } else { Place::Weekend(number) };
            Stamp::new(Some(historical(week.year())), place)
        }
        Unit::Month => Stamp::new(Some(year), Place::Month(Some(month))),
        Unit::Quarter => Stamp::new(Some(year), Place::Quarter(Some(quarter_of(month)))),
        Unit::Year => Stamp::year(Some(year)),
        Unit::Decade => Stamp::new(Some(year / 10 * 10), Place::Decade),
        Unit::Century => Stamp::new(Some(year / 100 * 100), Place::Century),
        _ => day_stamp(day),
    }
}

/// The quarter of a month.
pub(super) const fn quarter_of(month: u8) -> u8 {
    (month.saturating_sub(1)) / 3 + 1
}

/// The day so many units away; `None` outside the calendar.
pub(super) fn moved(day: Date, count: i32, unit: Unit) -> Option<Date> {
    let step: Step = match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Stretch => 0.days(),
        Unit::Day => Step::new().try_days(count).ok()?,
        Unit::Week | Unit::Weekend => Step::new().try_weeks(count).ok()?,
        Unit::Month => Step::new().try_months(count).ok()?,
        Unit::Quarter => Step::new().try_months(count.checked_mul(3)?).ok()?,
        Unit::Year => Step::new().try_years(count).ok()?,
        Unit::Decade => Step::new().try_years(count.checked_mul(10)?).ok()?,
        Unit::Century => Step::new().try_years(count.checked_mul(100)?).ok()?,
    };
    day.checked_add(step).ok()
}

/// A day of an ISO week of a historian's year.
pub(super) fn week_day(year: i32, week: u8, day: u8) -> Option<Date> {
    let weekday = Weekday::from_monday_one_offset(i8::try_from(day).ok()?).ok()?;
    ISOWeekDate::new(astronomical(year)?, i8::try_from(week).ok()?, weekday).ok().map(|week| week.date())
}

/// A day of the calendar, if there is one.
pub(super) fn day_of(year: i32, month: u8, day: u8) -> Option<Date> {
    Date::new(astronomical(year)?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Easter Sunday of a year, by the Gregorian computus.
pub(super) fn easter(year: i32) -> Option<Date> {
    let (golden, century, rest) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let correction = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15).rem_euclid(30);
    let moon = correction - (correction / 28) * (1 - (29 / (correction + 1)) * ((21 - golden) / 11));
    let sunday =
        (century * 100 + rest + (century * 100 + rest) / 4 + moon + 2 - century + century / 4).rem_euclid(7);
    let offset = moon - sunday;
    let month = 3 + (offset + 40) / 44;
    let day = offset + 28 - 31 * (month / 4);
    day_of(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

/// The n-th weekday of a month.
pub(super) fn nth_weekday(year: i32, month: u8, nth: i8, weekday: u8) -> Option<Date> {
    let weekday = Weekday::from_monday_one_offset(i8::try_from(weekday).ok()?).ok()?;
    month_start(year, month)?.nth_weekday_of_month(nth, weekday).ok()
}

/// The first day that a stamp covers, when it names one.
pub(super) fn first_day(stamp: &Stamp) -> Option<Date> {
    days(stamp).map(|(first, _)| first)
}

/// How many days lie between two.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(i64::MAX, |span| i64::from(span.get_days()))
}

/// Whether the first day of a place in the calendar is this weekday, Monday as 1; never without one.
pub(super) fn falls_on(stamp: &Stamp, weekday: Option<u8>) -> bool {
    let day = first_day(stamp).map(|day| day.weekday().to_monday_one_offset().unsigned_abs());
    weekday.is_some() && day == weekday
}

/// The first day, and the day after the last, that a stamp covers; `None` when the stamp is not fully known.
pub(super) fn days(stamp: &Stamp) -> Option<(Date, Option<Date>)> {
    let year = stamp.year?;
    let from = |start: Date, count: i32, unit: Unit| Some((start, moved(start, count, unit)));
    match stamp.place {
        Place::Century => from(month_start(round(year, 100), 1)?, 1, Unit::Century),
        Place::Decade => from(month_start(round(year, 10), 1)?, 1, Unit::Decade),
        Place::Year => from(month_start(year, 1)?, 1, Unit::Year),
        Place::Half(half) => from(month_start(year, half.checked_mul(6)?.checked_sub(5)?)?, 6, Unit::Month),
        Place::Quarter(quarter) => {
            from(month_start(year, quarter?.checked_mul(3)?.checked_sub(2)?)?, 3, Unit::Month)
        }
        // A winter is of the year that two of its three months lie in.
        Place::Season(Season::Winter) => from(moved(month_start(year, 1)?, -1, Unit::Month)?, 3, Unit::Month),
        Place::Season(season) => from(month_start(year, season.first_month())?, 3, Unit::Month),
        Place::Month(month) => from(month_start(year, month?)?, 1, Unit::Month),
        Place::Day(month, day) => from(day_of(year, month?, day?)?, 1, Unit::Day),
        Place::Week(week) => from(week_day(year, week?, 1)?, 7, Unit::Day),
        Place::Weekend(week) => from(week_day(year, week?, 6)?, 2, Unit::Day),
        Place::Weekday(week, day) => from(week_day(year, week?, day)?, 1, Unit::Day),
    }
}

/// The first year of a decade or century; the years 470 to 479 before Christ run from 479 on, and the years before
/// year 10 from year 1.
fn round(year: i32, size: i32) -> i32 {
    if year < 0 { year / size * size - (size - 1) } else { (year / size * size).max(1) }
}

/// The interval that a stamp covers, when it is fully known.
pub fn interval(stamp: &Stamp) -> Option<Interval> {
    let (first, after) = days(stamp)?;
    let whole = Interval {
        begin: first.to_datetime(Time::midnight()),
        end: after.map(|day| day.to_datetime(Time::midnight())),
    };
    let Some(clock) = stamp.clock else { return Some(whole) };
    let (begin, minutes) = match clock {
        Clock::At { hour, minute, .. } => {
            (i64::from(hour) * 60 + i64::from(minute.unwrap_or(0)), if minute.is_some() { 1 } else { 60 })
        }
        Clock::Part(PartOfDay::Morning) => (6 * 60, 6 * 60),
        Clock::Part(PartOfDay::Midday) => (12 * 60, 2 * 60),
        Clock::Part(PartOfDay::Afternoon) => (12 * 60, 6 * 60),
        Clock::Part(PartOfDay::Evening) => (18 * 60, 4 * 60),
        Clock::Part(PartOfDay::Night) => (20 * 60, 10 * 60),
        Clock::Part(PartOfDay::Daytime) => (6 * 60, 14 * 60),
    };
    let begin = whole.begin.checked_add(begin.minutes()).ok()?;
    Some(Interval { begin, end: begin.checked_add(minutes.minutes()).ok() })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn easter_falls_where_the_church_has_it() {
        let days = [
            (1961, date(1961, 4, 2)),
            (2000, date(2000, 4, 23)),
            (2024, date(2024, 3, 31)),
            (2025, date(2025, 4, 20)),
        ];
        for (year, day) in days {
            assert_eq!(easter(year), Some(day));
        }
    }

    #[test]
    fn years_before_christ_have_intervals() {
        let stamp = Stamp::year(Some(-490));
        assert_eq!(first_day(&stamp), Some(date(-489, 1, 1)));
    }
}
