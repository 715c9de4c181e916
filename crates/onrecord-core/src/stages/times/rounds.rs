//! Places that come round every week or year, such as "Friday", "May" and "summer": which of them is meant.

use jiff::civil::Date;

use super::Anchor;
use super::TimeKind;
use super::calendar::{day_stamp, days, days_between, falls_on, first_day, historical, moved};
use super::expression::{Calendar, Expression, Name, Year};
use super::places::{in_year, unknown_name};
use super::resolve::{Anchors, Ask, Resolved};
use super::value::{Place, Season, Stamp, TimeValue, Unit};
use super::words::Which;

impl Anchors {
    /// The end of a range where its own reading would lie before the range's start, or a round after it: "from Friday
    /// to Sunday".
    pub(super) fn end_of_range(
        &self,
        expression: &Expression,
        start: &Resolved,
        end: &Resolved,
    ) -> Option<Resolved> {
        let Expression::Calendar(calendar @ Calendar { which: None, year: Year::Missing, .. }) = expression
        else {
            return None;
        };
        if self.narrative
            || !matches!(calendar.name, Name::Weekday(_) | Name::Month(_) | Name::Day(Some(_), _))
        {
            return None;
        }
        let (TimeValue::Stamp(first), TimeValue::Stamp(last)) = (&start.value, &end.value) else {
            return None;
        };
        let same = std::mem::discriminant(&first.place) == std::mem::discriminant(&last.place);
        let (past, next) = self.round(calendar.name, first_day(first)?)?;
        let chosen = if first_day(&past) == first_day(first) { past } else { next };
        (same && first_day(&chosen) != first_day(last)).then(|| Resolved {
            value: TimeValue::Stamp(Stamp { clock: last.clock, ..chosen }),
            alternative: Some((*last, 0.5)),
            ..end.clone()
        })
    }

    /// The two readings of a place that comes round every week or year: the last up to the anchor, the next after it.
    pub(super) fn candidates(&self, calendar: &Calendar, future: Ask<'_>) -> Resolved {
        let relative =
            matches!(calendar.which, Some(Which::Previous | Which::Following | Which::That | Which::Same));
        let (day, anchor) = if relative { self.story_day() } else { self.speech_day() };
        let Some(day) = day else {
            // The story's day is not known, but perhaps its year: "three days later, ... and in September".
            let year = self.year.filter(|_| anchor == Anchor::Story);
            return match year.and_then(|year| in_year(calendar.name, year)) {
                Some(stamp) => Resolved::anchored(TimeKind::Date, stamp, Anchor::Story),
                None => Resolved::of(TimeKind::Date, TimeValue::Stamp(unknown_name(calendar.name))),
            };
        };
        if let (Anchor::Story, None) = (anchor, calendar.which)
            && let Some(stamp) = self.before_next(calendar.name)
        {
            return Resolved::anchored(TimeKind::Date, stamp, Anchor::Story);
        }
        // In a history, a bare month of the year that was named alone is of that year.
        let story_year = self.story.filter(|story| {
            anchor == Anchor::Story && matches!(story.place, Place::Year | Place::Half(_) | Place::Quarter(_))
        });
        if let (Some(story), None) = (story_year, calendar.which)
            && let Some(stamp) = story.year.and_then(|year| in_year(calendar.name, year))
        {
            return Resolved::anchored(TimeKind::Date, stamp, Anchor::Story);
        }
        let Some((past, next)) = self.round(calendar.name, day) else {
            return Resolved::of(TimeKind::Date, TimeValue::Stamp(unknown_name(calendar.name)));
        };
        let current =
            days(&past).is_some_and(|(first, after)| first <= day && after.is_none_or(|after| day < after));
        let (chosen, other, chance) = match calendar.which {
            Some(Which::Last | Which::Past | Which::Previous) if current => {
                let before = self.round(calendar.name, first_before(&past)).map_or(past, |(past, _)| past);
                (before, past, 0.0)
            }
            Some(Which::Last | Which::Past | Which::Previous) => (past, next, 0.0),
            Some(Which::Next | Which::Following | Which::Coming) => (next, past, 1.0),
            Some(Which::This | Which::Current | Which::Same | Which::That) => {
                let near = self.nearest(calendar.name, day, past, next);
                (near, if near == past { next } else { past }, 0.5)
            }
            _ if anchor == Anchor::Story => {
                let forward = self.goes_on(calendar.name, &past, &next, day);
                if forward { (next, past, 1.0) } else { (past, next, 0.0) }
            }
            // "Saturday, April 25" is of a year in which that day is a Saturday.
            _ if falls_on(&past, calendar.weekday) != falls_on(&next, calendar.weekday) => {
                let forward = falls_on(&next, calendar.weekday);
                if forward { (next, past, 1.0) } else { (past, next, 0.0) }
            }
            _ => {
                let chance = future(kind_of(calendar.name), away(calendar.name, &past, day));
                if chance > 0.5 { (next, past, chance) } else { (past, next, chance) }
            }
        };
        Resolved { alternative: Some((other, chance)), ..Resolved::anchored(TimeKind::Date, chosen, anchor) }
    }

    /// Histories go forward and name a year when it changes: a month without one is of the year that the story is in,
    /// but for the step over the turn of the year.
    pub(super) fn goes_on(&self, name: Name, past: &Stamp, next: &Stamp, day: Date) -> bool {
        let (Some(past_day), Some(next_day)) = (first_day(past), first_day(next)) else { return false };
        let (ahead, behind) = (days_between(day, next_day), days_between(past_day, day));
        let is_season = self.story.is_some_and(|story| matches!(story.place, Place::Season(_)));
        let step = if is_season || name == Name::Season(Season::Winter) { A_SEASON } else { TURN_OF_YEAR };
        let same_year = past.year == Some(historical(day.year()));
        if same_year { ahead < behind && ahead <= step } else { !(behind <= step && ahead > 365 - step) }
    }

    /// "this Friday", "this summer": in the same week, or in the same year.
    fn nearest(&self, name: Name, day: Date, past: Stamp, next: Stamp) -> Stamp {
        let same = |stamp: &Stamp| match name {
            Name::Weekday(_) => first_day(stamp)
                .is_some_and(|first| first.iso_week_date().week() == day.iso_week_date().week()),
            Name::Season(Season::Winter) => {
                first_day(stamp).is_some_and(|first| days_between(first, day) <= 2 * A_SEASON)
            }
            _ => stamp.year == Some(i32::from(day.year())),
        };
        if same(&past) { past } else { next }
    }

    /// The last reading that has begun by a day, and the first that begins after it.
    pub(super) fn round(&self, name: Name, day: Date) -> Option<(Stamp, Stamp)> {
        if let Name::Weekday(weekday) = name {
            let back = (day.weekday().to_monday_one_offset() - i8::try_from(weekday).ok()?).rem_euclid(7);
            let past = moved(day, -i32::from(back), Unit::Day)?;
            return Some((day_stamp(past), day_stamp(moved(past, 7, Unit::Day)?)));
        }
        let year = i32::from(day.year());
        let year = if year <= 0 { year - 1 } else { year };
        // The 29th of February comes round every four years, or eight.
        // A winter begins in the year before its own.
        let begun = std::iter::once(after(year, 1))
            .chain((0..9).map(|back| before(year, back)))
            .filter_map(|year| in_year(name, year))
            .find(|stamp| first_day(stamp).is_some_and(|first| first <= day))?;
        let ahead = (0..9)
            .filter_map(|ahead| in_year(name, after(year, ahead)))
            .find(|stamp| first_day(stamp).is_some_and(|first| first > day))?;
        Some((begun, ahead))
    }
}

/// The year so many years before, over the gap between 1 BC and AD 1.
fn before(year: i32, years: i32) -> i32 {
    if year > 0 && year - years <= 0 { year - years - 1 } else { year - years }
}

fn after(year: i32, years: i32) -> i32 {
    if year < 0 && year + years >= 0 { year + years + 1 } else { year + years }
}

fn first_before(stamp: &Stamp) -> Date {
    first_day(stamp).and_then(|day| moved(day, -1, Unit::Day)).unwrap_or(Date::MIN)
}

fn away(name: Name, past: &Stamp, day: Date) -> i64 {
    let Some(first) = first_day(past) else { return 0 };
    match name {
        Name::Month(_) | Name::Season(_) | Name::Quarter(_) => {
            i64::from(day.year() - first.year()) * 12 + i64::from(day.month() - first.month())
        }
        _ => days_between(first, day),
    }
}

/// How many days a story steps over the turn of the year without naming it.
const TURN_OF_YEAR: i64 = 62;

/// How many days lie between the starts of two seasons, at most.
const A_SEASON: i64 = 92;

fn kind_of(name: Name) -> &'static str {
    match name {
        Name::Weekday(_) => "weekday",
        Name::Month(_) => "month",
        Name::Day(..) => "day",
        Name::Season(_) => "season",
        Name::Quarter(_) | Name::Half(_) => "quarter",
        _ => "other",
    }
}
