//! Resolves what the grammar read against explicit anchors: when it was published, what the story has come to, when a
//! quotation was spoken. What no anchor tells stays unknown.

use jiff::civil::Date;

use super::calendar::{
    self, containing, day_of, day_stamp, days, days_between, falls_on, first_day, historical, moved, week_day,
};
use super::expression::{Calendar, Expression, Foreign, From, Name, Pick, Year};
use super::value::{Clock, Length, Place, Reference, Season, Stamp, TimeValue, Unit};
use super::words::Which;
use super::{Anchor, TimeKind, foreign};

/// What expressions are resolved against.
#[derive(Debug, Clone)]
pub(super) struct Anchors {
    /// When the words were said or published.
    pub(super) speech: Option<Date>,
    /// Whether the text tells history, so that the story's time is the anchor and not its publication.
    pub(super) narrative: bool,
    /// The place in the calendar that the story has come to.
    pub(super) story: Option<Stamp>,
    /// The same, without what the present sentence named in passing.
    pub(super) main: Option<Stamp>,
    /// The latest place named at all.
    pub(super) latest: Option<Stamp>,
    /// The latest quarter that the story named.
    pub(super) quarter: Option<Stamp>,
    /// The latest year that the story named.
    pub(super) year: Option<i32>,
    /// The same, without what the present sentence named in passing.
    pub(super) main_year: Option<i32>,
    /// The year after the story's, when it was named in passing, and how often.
    pub(super) ahead: Option<(i32, u8)>,
    /// Where the story goes next, by the dates that the text names further on.
    pub(super) next: Option<Upcoming>,
}

/// The next time with a year that names a day or opens a sentence: what a history tells before it mostly happened
/// before it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Upcoming {
    /// Its last day.
    pub(super) day: Date,
    /// Whether it is in the same paragraph.
    pub(super) is_near: bool,
}

/// An expression resolved.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Resolved {
    pub(super) kind: TimeKind,
    pub(super) value: TimeValue,
    /// What it was counted from, if anything.
    pub(super) anchor: Option<Anchor>,
    /// The other reading, where there are two, and how likely the future one is.
    pub(super) alternative: Option<(Stamp, f64)>,
}

/// Asked for the chance that the future reading is meant: the kind of expression, and how far back the past one lies.
pub(super) type Ask<'a> = &'a dyn Fn(&'static str, i64) -> f64;

impl Anchors {
    /// The anchors at the start of a text.
    pub(super) const fn new(speech: Option<Date>, narrative: bool) -> Self {
        Self {
            speech,
            narrative,
            story: None,
            main: None,
            latest: None,
            quarter: None,
            year: None,
            main_year: None,
            ahead: None,
            next: None,
        }
    }

    /// Resolves an expression.
    pub(super) fn resolve(&self, expression: &Expression, future: Ask<'_>) -> Resolved {
        match expression {
            Expression::Reference(reference) => {
                Resolved::of(TimeKind::Date, TimeValue::Reference(*reference))
            }
            Expression::Length(length) => Resolved::of(TimeKind::Duration, TimeValue::Length(*length)),
            Expression::Recurring(value) => Resolved::of(TimeKind::Set, value.clone()),
            Expression::Unit(pick) => self.pick(pick),
            Expression::Shift { length, forward, from } => self.shift(length, *forward, *from),
            Expression::Calendar(calendar) => self.calendar(calendar, future),
        }
    }

    /// The day that the story has come to; the publication's when it has come to none.
    fn story_day(&self) -> (Option<Date>, Anchor) {
        match self.story.and_then(|stamp| first_day(&stamp)) {
            Some(day) => (Some(day), Anchor::Story),
            None if self.narrative => (None, Anchor::Story),
            None => (self.speech, Anchor::Speech),
        }
    }

    /// Where the story is known to the month or year only, days and weeks after it are not known: "three days later".
    fn too_coarse(&self, anchor: Anchor, unit: Unit, same: bool) -> Option<Stamp> {
        let story = if same { self.latest } else { self.story }.filter(|_| anchor == Anchor::Story)?;
        let days = matches!(story.place, Place::Day(Some(_), Some(_)) | Place::Weekday(Some(_), _));
        match (unit, story.place) {
            _ if days => None,
            (Unit::Day, Place::Month(month)) if same => Some(Stamp::new(story.year, Place::Day(month, None))),
            (Unit::Day, _) => Some(Stamp::new(story.year, Place::Day(None, None))),
            (Unit::Week, Place::Week(_)) => None,
            (Unit::Week, _) => Some(Stamp::new(story.year, Place::Week(None))),
            _ => None,
        }
    }

    fn speech_day(&self) -> (Option<Date>, Anchor) {
        if self.narrative { self.story_day() } else { (self.speech, Anchor::Speech) }
    }

    fn pick(&self, pick: &Pick) -> Resolved {
        let deictic = matches!(pick.which, Which::Current) && pick.unit == Unit::Day && pick.clock.is_none();
        let (day, anchor) = match pick.which {
            _ if deictic => (self.speech, Anchor::Speech),
            Which::That | Which::Same => match self.latest.and_then(|stamp| first_day(&stamp)) {
                Some(day) => (Some(day), Anchor::Story),
                None => self.story_day(),
            },
            Which::Previous | Which::Following => self.story_day(),
            _ => self.speech_day(),
        };
        if deictic && self.narrative && pick.shift == 0 {
            return Resolved::of(TimeKind::Date, TimeValue::Reference(Reference::Present));
        }
        // "the quarter" is the one that the report is about, or else the last that is over.
        if pick.unit == Unit::Quarter
            && matches!(pick.which, Which::The | Which::Latest | Which::That)
            && let Some(quarter) = self.quarter
            && pick.which != Which::Latest
        {
            return Resolved::anchored(TimeKind::Date, quarter, Anchor::Story);
        }
        let shift = match (pick.which, pick.unit) {
            (Which::The | Which::Latest, Unit::Quarter) => -1,
            _ => pick.shift,
        };
        // Over the coming days "the weekend" is the last one; a weekend belongs to the week that it ends.
        let shift = match (pick.which, pick.unit, day) {
            (Which::The, Unit::Weekend, Some(day)) if day.weekday().to_monday_one_offset() < 6 => -1,
            _ => shift,
        };
        if let Some(stamp) = self.too_coarse(anchor, pick.unit, pick.shift == 0) {
            let kind = if pick.clock.is_some() { TimeKind::Time } else { TimeKind::Date };
            return Resolved::anchored(kind, Stamp { clock: pick.clock, ..stamp }, anchor);
        }
        let stamp = day.and_then(|day| {
            // A month or year away is counted from the unit's start, so that the 31st does no harm.
            let start = first_day(&containing(day, pick.unit))?;
            Some(containing(moved(start, shift, pick.unit)?, pick.unit))
        });
        let stamp = stamp.unwrap_or_else(|| unknown(pick.unit));
        let stamp = Stamp { clock: pick.clock, ..stamp };
        let kind = if pick.clock.is_some() { TimeKind::Time } else { TimeKind::Date };
        Resolved::anchored(kind, stamp, anchor)
    }

    fn shift(&self, length: &Length, forward: bool, from: From) -> Resolved {
        let (day, anchor) = match from {
            From::Speech => self.speech_day(),
            From::Story => self.story_day(),
            // "two days after the siege": a history has just told when that was, or else it stays a length.
            From::Event if self.narrative => self.story_day(),
            From::Event => return Resolved::of(TimeKind::Duration, TimeValue::Length(*length)),
        };
        let sign = if forward { 1 } else { -1 };
        let whole = length.count.and_then(|count| count.whole()).and_then(|count| i32::try_from(count).ok());
        let Some(count) = whole else {
            let vague = if forward { Reference::Future } else { Reference::Past };
            return Resolved::of(TimeKind::Date, TimeValue::Reference(vague));
        };
        if length.unit.of_day() {
            return Resolved::of(TimeKind::Duration, TimeValue::Length(*length));
        }
        // "a year earlier" behind a quarter is the same quarter of the year before.
        if let (Unit::Year, Some(quarter)) = (length.unit, self.quarter)
            && self.story.is_some_and(|story| matches!(story.place, Place::Quarter(_)))
            && let Some(year) = quarter.year
        {
            return Resolved::anchored(
                TimeKind::Date,
                Stamp { year: Some(year + sign * count), ..quarter },
                Anchor::Story,
            );
        }
        if let Some(stamp) = self.too_coarse(anchor, length.unit, false) {
            return Resolved::anchored(TimeKind::Date, stamp, anchor);
        }
        let moved_day = day.and_then(|day| moved(day, sign * count, length.unit));
        let stamp = moved_day.map_or_else(|| unknown(length.unit), |day| containing(day, length.unit));
        Resolved::anchored(TimeKind::Date, stamp, anchor)
    }

    fn calendar(&self, calendar: &Calendar, future: Ask<'_>) -> Resolved {
        let resolved = self.place(calendar, future);
        let TimeValue::Stamp(stamp) = resolved.value else { return resolved };
        let Some(clock) = calendar.clock else { return resolved };
        let value = TimeValue::Stamp(Stamp { clock: Some(clock), ..in_days(stamp) });
        Resolved { kind: TimeKind::Time, value, ..resolved }
    }

    fn place(&self, calendar: &Calendar, future: Ask<'_>) -> Resolved {
        if let Name::Foreign(foreign) = calendar.name {
            return Resolved::of(TimeKind::Date, TimeValue::Stamp(foreign_stamp(foreign)));
        }
        let told = match calendar.year {
            Year::Missing => return self.without_year(calendar, future),
            Year::Any => (None, None),
            Year::Written(year) => (Some(year), None),
            Year::Short(two) => (Some(self.century_of(two)), None),
            Year::Which(which) => self.which_year(which),
            Year::Moved(years, from) => self.moved_year(years, from),
        };
        let (year, anchor) = told;
        let stamp = match calendar.name {
            // "the year-ago quarter" is the story's quarter, a year before.
            Name::Quarter(None) => Stamp::new(year, Place::Quarter(self.story_quarter())),
            Name::Period => Stamp::new(year, self.story_period()),
            name => year
                .and_then(|year| in_year(name, year))
                .unwrap_or_else(|| Stamp { year: None, ..unknown_name(name) }),
        };
        Resolved { anchor, ..Resolved::of(TimeKind::Date, TimeValue::Stamp(stamp)) }
    }

    fn story_quarter(&self) -> Option<u8> {
        match self.quarter?.place {
            Place::Quarter(quarter) => quarter,
            _ => None,
        }
    }

    /// The month that the text named last, or else the quarter.
    fn story_period(&self) -> Place {
        match self.latest.map(|stamp| stamp.place) {
            Some(Place::Month(month @ Some(_)) | Place::Day(month @ Some(_), _))
                if self.quarter.is_none() =>
            {
                Place::Month(month)
            }
            _ => Place::Quarter(self.story_quarter()),
        }
    }

    /// The century of "'98": the latest that does not lie more than twenty years after the publication.
    fn century_of(&self, two: u8) -> i32 {
        let now = i32::from(self.speech.map_or(2000, Date::year));
        let story = self.year.filter(|_| self.narrative).unwrap_or(now);
        let year = story / 100 * 100 + i32::from(two);
        if year > story + 20 { year - 100 } else { year }
    }

    fn which_year(&self, which: Which) -> (Option<i32>, Option<Anchor>) {
        let pick = Pick {
            which,
            shift: match which {
                Which::Last | Which::Previous | Which::Past => -1,
                Which::Next | Which::Following | Which::Coming => 1,
                _ => 0,
            },
            unit: Unit::Year,
            clock: None,
            fiscal: false,
        };
        let resolved = self.pick(&pick);
        match resolved.value {
            TimeValue::Stamp(stamp) => (stamp.year, resolved.anchor),
            _ => (None, None),
        }
    }

    fn moved_year(&self, years: i32, from: From) -> (Option<i32>, Option<Anchor>) {
        let base = self.quarter.and_then(|quarter| quarter.year).map(|year| (year, Anchor::Story));
        let base = base.or_else(|| {
            let (day, anchor) = match from {
                From::Speech => self.speech_day(),
                From::Story | From::Event => self.story_day(),
            };
            Some((i32::from(day?.year()), anchor))
        });
        base.map_or((None, None), |(year, anchor)| (Some(year + years), Some(anchor)))
    }

    /// A place whose year is not said.
    fn without_year(&self, calendar: &Calendar, future: Ask<'_>) -> Resolved {
        match calendar.name {
            Name::Clock => self.clock_alone(calendar),
            Name::Day(None, day) => self.day_of_story_month(day),
            Name::Year | Name::Decade | Name::Century => {
                Resolved::of(TimeKind::Date, TimeValue::Stamp(unknown_name(calendar.name)))
            }
            _ => self.candidates(calendar, future),
        }
    }

    fn clock_alone(&self, calendar: &Calendar) -> Resolved {
        let dated = self.story.filter(|story| matches!(story.place, Place::Day(..) | Place::Weekday(..)));
        let part = matches!(calendar.clock, Some(Clock::Part(_)));
        match (dated, self.speech) {
            // "at night", "at dawn": of any day.
            _ if part => {
                Resolved::of(TimeKind::Time, TimeValue::Stamp(Stamp::new(None, Place::Day(None, None))))
            }
            (Some(story), _) => {
                Resolved::anchored(TimeKind::Time, Stamp { clock: None, ..story }, Anchor::Story)
            }
            (None, Some(day)) if !self.narrative => {
                Resolved::anchored(TimeKind::Time, day_stamp(day), Anchor::Speech)
            }
            _ => Resolved::of(TimeKind::Time, TimeValue::Stamp(Stamp::new(None, Place::Day(None, None)))),
        }
    }

    fn day_of_story_month(&self, day: u8) -> Resolved {
        let from_story =
            self.story.filter(|story| matches!(story.place, Place::Month(Some(_)) | Place::Day(Some(_), _)));
        if let Some(story) = from_story
            && let Place::Month(month) | Place::Day(month, _) = story.place
        {
            return Resolved::anchored(
                TimeKind::Date,
                Stamp::new(story.year, Place::Day(month, Some(day))),
                Anchor::Story,
            );
        }
        match self.speech.filter(|_| !self.narrative) {
            Some(speech) => {
                let month = u8::try_from(speech.month()).ok();
                let stamp = Stamp::new(Some(i32::from(speech.year())), Place::Day(month, Some(day)));
                Resolved::anchored(TimeKind::Date, stamp, Anchor::Speech)
            }
            None => {
                Resolved::of(TimeKind::Date, TimeValue::Stamp(Stamp::new(None, Place::Day(None, Some(day)))))
            }
        }
    }

    /// The two readings of a place that comes round every week or year: the last up to the anchor, the next after it.
    fn candidates(&self, calendar: &Calendar, future: Ask<'_>) -> Resolved {
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

impl Resolved {
    fn of(kind: TimeKind, value: TimeValue) -> Self {
        Self { kind, value, anchor: None, alternative: None }
    }

    fn anchored(kind: TimeKind, stamp: Stamp, anchor: Anchor) -> Self {
        Self { anchor: Some(anchor), ..Self::of(kind, TimeValue::Stamp(stamp)) }
    }
}

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
fn unknown_name(name: Name) -> Stamp {
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

fn unknown(unit: Unit) -> Stamp {
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
fn in_days(stamp: Stamp) -> Stamp {
    match stamp.place {
        Place::Day(..) | Place::Weekday(..) => stamp,
        Place::Month(month) => Stamp { place: Place::Day(month, None), ..stamp },
        _ => Stamp { place: Place::Day(None, None), ..stamp },
    }
}

/// A day of another calendar in this one. Its months and years lie across ours, and stay unknown.
fn foreign_stamp(foreign: Foreign) -> Stamp {
    let day = match foreign {
        Foreign::Iranian(Some(year), month, Some(day)) => foreign::iranian(year, month, day),
        Foreign::Hijri(Some(year), month, Some(day)) => foreign::hijri(year, month, day),
        _ => None,
    };
    day.map_or(Stamp::new(None, Place::Day(None, None)), day_stamp)
}
