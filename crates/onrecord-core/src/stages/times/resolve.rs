//! Resolves what the grammar read against explicit anchors: when it was published, what the story has come to, when a
//! quotation was spoken. What no anchor tells stays unknown.

use jiff::civil::Date;

use super::calendar::{containing, day_stamp, first_day, moved};
use super::expression::{Calendar, Expression, From, Name, Pick, Year};
use super::places::{foreign_stamp, in_days, in_year, unknown, unknown_name};
use super::value::{Clock, Length, Place, Reference, Stamp, TimeValue, Unit};
use super::words::Which;
use super::{Anchor, TimeKind};

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
    /// Whether the present sentence named the story's time.
    pub(super) in_sentence: bool,
    /// The day of which the story named a time late in the evening.
    pub(super) evening: Option<Date>,
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
            in_sentence: false,
            evening: None,
            quarter: None,
            year: None,
            main_year: None,
            ahead: None,
            next: None,
        }
    }

    /// The same anchors, with the story at a time that was just resolved.
    pub(super) fn at(&self, resolved: &Resolved) -> Self {
        let TimeValue::Stamp(stamp) = resolved.value else { return self.clone() };
        Self { story: Some(stamp), ..self.clone() }
    }

    /// Whether the story's time is known to no day.
    pub(super) fn is_coarse(&self) -> bool {
        !self.story.is_some_and(|story| matches!(story.place, Place::Day(Some(_), Some(_))))
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
    pub(super) fn story_day(&self) -> (Option<Date>, Anchor) {
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

    pub(super) fn speech_day(&self) -> (Option<Date>, Anchor) {
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
            Name::Clock => self.clock_alone(calendar, future),
            Name::Day(None, day) => self.day_of_story_month(day),
            Name::Year | Name::Decade | Name::Century => {
                Resolved::of(TimeKind::Date, TimeValue::Stamp(unknown_name(calendar.name)))
            }
            _ => self.candidates(calendar, future),
        }
    }

    /// The day of a time of day that stands alone: the story's, but for a day to come that an earlier sentence named;
    /// after a time late in the evening the small hours are of the next day.
    fn day_of_clock(&self, clock: Option<Clock>, future: Ask<'_>) -> Option<Stamp> {
        let story = self.story.filter(|story| matches!(story.place, Place::Day(..) | Place::Weekday(..)))?;
        let Some(day) = first_day(&story) else { return Some(story) };
        let is_to_come = self.speech.is_some_and(|speech| day > speech);
        if !self.narrative && !self.in_sentence && is_to_come && future("day", 1) < 0.5 {
            return None;
        }
        let late = self.evening.is_some_and(|evening| evening == day);
        let small = matches!(clock, Some(Clock::At { hour: 0..=5, .. }));
        let next = moved(day, 1, Unit::Day).filter(|_| late && small);
        Some(next.map_or(story, day_stamp))
    }

    fn clock_alone(&self, calendar: &Calendar, future: Ask<'_>) -> Resolved {
        let dated = self.day_of_clock(calendar.clock, future);
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
}

impl Resolved {
    pub(super) fn of(kind: TimeKind, value: TimeValue) -> Self {
        Self { kind, value, anchor: None, alternative: None }
    }

    pub(super) fn anchored(kind: TimeKind, stamp: Stamp, anchor: Anchor) -> Self {
        Self { anchor: Some(anchor), ..Self::of(kind, TimeValue::Stamp(stamp)) }
    }
}
