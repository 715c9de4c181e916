//! Places in the calendar by their names: in a known year, and where the year is not known.

use super::calendar::{self, containing, day_of, day_stamp, moved, week_day};
use super::expression::{Foreign, Name};
use super::foreign;
use super::value::{Place, Stamp, Unit};

/// A place with a name in a known year; `None` where that year has none, such as 29 February.
pub(super) fn in_year(name: Name, year: i32) -> Option<Stamp> {
    let place = match name {
        Name::Year | Name::Clock | Name::Foreign(_) => Place::Year,
        Name::Century => Place::Century,
        Name::Decade => Place::Decade,
        Name::Half(half) => Place::Half(half),
        Name::Quarter(quarter) => Place::Quarter(quarter),
        Name::Period => Place::Quarter(None),
        Name::Season(season) => Place::Season(season),
        Name::Month(month) => Place::Month(Some(month)),
        Name::Day(month, day) => {
            if let Some(month) = month {
                day_of(year, month, day)?;
            }
            Place::Day(month, Some(day))
        }
        Name::Weekday(_) => return None,
        Name::Week(week) => {
            week_day(year, week, 1)?;
            Place::Week(Some(week))
        }
        Name::WeekOfMonth(month, nth) => {
            let first = day_of(year, month, 1)?;
            let day = if nth == 9 {
                moved(moved(first, 1, Unit::Month)?, -4, Unit::Day)?
            } else {
                moved(first, 7 * (i32::from(nth) - 1) + 3, Unit::Day)?
            };
            return Some(containing(day, Unit::Week));
        }
        Name::WeekOfDay(month, day) => return Some(containing(day_of(year, month, day)?, Unit::Week)),
        Name::Holiday(holiday) => {
            let day = match holiday {
                "easter" => calendar::easter(year)?,
                "thanksgiving" => calendar::nth_weekday(year, 11, 4, 4)?,
                fixed => {
                    let (month, day) = fixed.split_once('-')?;
                    day_of(year, month.parse().ok()?, day.parse().ok()?)?
                }
            };
            return Some(day_stamp(day));
        }
    };
    Some(Stamp::new(Some(year), place))
}

/// The place with everything unknown that its name does not say.
pub(super) fn unknown_name(name: Name) -> Stamp {
    let place = match name {
        Name::Weekday(day) => Place::Weekday(None, day),
        Name::Holiday(holiday) => match holiday.split_once('-') {
            Some((month, day)) => Place::Day(month.parse().ok(), day.parse().ok()),
            None => Place::Day(None, None),
        },
        Name::WeekOfMonth(..) | Name::WeekOfDay(..) => Place::Week(None),
        Name::Day(month, day) => Place::Day(month, Some(day)),
        Name::Week(week) => Place::Week(Some(week)),
        name => return Stamp { year: None, ..in_year(name, 2000).unwrap_or(Stamp::year(None)) },
    };
    Stamp::new(None, place)
}

pub(super) fn unknown(unit: Unit) -> Stamp {
    let place = match unit {
        Unit::Week => Place::Week(None),
        Unit::Weekend => Place::Weekend(None),
        Unit::Month => Place::Month(None),
        Unit::Quarter => Place::Quarter(None),
        Unit::Year => Place::Year,
        Unit::Decade => Place::Decade,
        Unit::Century => Place::Century,
        _ => Place::Day(None, None),
    };
    Stamp::new(None, place)
}

/// A stamp that a time of day can stand on.
pub(super) fn in_days(stamp: Stamp) -> Stamp {
    match stamp.place {
        Place::Day(..) | Place::Weekday(..) => stamp,
        Place::Month(month) => Stamp { place: Place::Day(month, None), ..stamp },
        _ => Stamp { place: Place::Day(None, None), ..stamp },
    }
}

/// A day of another calendar in this one. Its months and years lie across ours, and stay unknown.
pub(super) fn foreign_stamp(foreign: Foreign) -> Stamp {
    let day = match foreign {
        Foreign::Iranian(Some(year), month, Some(day)) => foreign::iranian(year, month, day),
        Foreign::Hijri(Some(year), month, Some(day)) => foreign::hijri(year, month, day),
        _ => None,
    };
    day.map_or(Stamp::new(None, Place::Day(None, None)), day_stamp)
}
