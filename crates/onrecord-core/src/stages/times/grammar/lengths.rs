//! Lengths, shifts and sets: "two and a half years", "a week ago", "every Monday", "15 a year".

use super::{Grammar, Parse};
use crate::numbers::{Decimal, NumberKind};
use crate::stages::times::expression::{Calendar, Expression, From, Name, Year};
use crate::stages::times::value::{Clock, Length, PartOfDay, Place, Stamp, TimeValue, Unit};
use crate::stages::times::words::{Class, Kind};

impl Grammar<'_> {
    /// A length that stands for itself.
    pub(super) fn length_expression(&self, at: usize) -> Parse {
        let (length, end) = self.length(at)?;
        // A "six-year-old" is a child.
        let age = self.past_hyphen(end).is_some_and(|next| self.is(next, "old") || self.is(next, "olds"));
        // But a "years-old" slump is one that has gone on for years.
        let lasts = age && length.count.is_none();
        let end = if lasts { self.past_hyphen(end)? + 1 } else { self.past_age(end) };
        (!age || lasts).then_some((Expression::Length(length), end))
    }

    /// "-old", "-long", " old", " of age" behind a length.
    fn past_age(&self, at: usize) -> usize {
        if let Some(next) = self.past_hyphen(at)
            && self.glued(at)
            && self.is(next, "long")
        {
            return next + 1;
        }
        if self.is(at, "old") {
            return at + 1;
        }
        if self.is(at, "of") && self.is(at + 1, "age") {
            return at + 2;
        }
        at
    }

    /// How many of a unit, and where the words end.
    pub(super) fn length(&self, at: usize) -> Parse<Length> {
        self.counted(at)
            .or_else(|| self.with_article(at))
            .or_else(|| self.vague(at))
            .or_else(|| self.bare(at))
    }

    /// "two years", "two-year", "2 1/2 hours", "20 more years", "two to three weeks", "half an hour".
    fn counted(&self, at: usize) -> Parse<Length> {
        let number = *self.lex(at)?.number()?;
        if self.is_half(at) {
            let unit = if self.is(at + 1, "a") || self.is(at + 1, "an") {
                at + 2
            } else {
                self.past_hyphen(at + 1)?
            };
            let Some(Class::Unit(unit_name)) = self.class(unit) else { return None };
            return Some((exact(number.value, unit_name), unit + 1));
        }
        if number.kind == NumberKind::Ordinal {
            return None;
        }
        let mut next = at + 1;
        if let Some(joint) = self.past_range_joint(next)
            && let Some(second) = self.lex(joint).and_then(|lex| lex.number())
            && second.kind == NumberKind::Cardinal
            && second.value > number.value
        {
            // "two to three weeks" are at least two.
            next = joint + 1;
        }
        let (unit, end) = self.unit_after(next)?;
        Some((exact(number.value, unit), end))
    }

    fn past_range_joint(&self, at: usize) -> Option<usize> {
        if self.is(at, "to") || self.is(at, "or") { Some(at + 1) } else { self.past_hyphen(at) }
    }

    fn unit_at(&self, at: usize) -> Option<Unit> {
        match self.class(at)? {
            Class::Unit(unit) | Class::Units(unit) => Some(unit),
            _ => None,
        }
    }

    /// The unit after a count, over a hyphen or one adjective: "-year", " more weeks", " consecutive quarters".
    fn unit_after(&self, at: usize) -> Parse<Unit> {
        if let Some(next) = self.past_hyphen(at)
            && self.glued(at)
        {
            return self.unit_at(next).map(|unit| (unit, next + 1));
        }
        let mut next = at;
        for _ in 0..2 {
            if let Some(unit) = self.unit_at(next) {
                return Some((unit, next + 1));
            }
            let passes = matches!(self.class(next), Some(Class::About(None)))
                || self.tag(next) == "JJ" && matches!(self.class(next + 1), Some(Class::Units(_)));
            if !passes {
                return None;
            }
            next += 1;
        }
        self.unit_at(next).map(|unit| (unit, next + 1))
    }

    /// "a year", "an additional year", "a year and a half", "a few days", "a couple of years".
    fn with_article(&self, at: usize) -> Parse<Length> {
        if !(self.is(at, "a") || self.is(at, "an") || self.is(at, "another")) {
            return None;
        }
        let mut next = at + 1;
        if let Some(Class::Vague(count)) = self.class(next) {
            next = self.past_word(next + 1, "of").unwrap_or(next + 1);
            next = self.past_word(next, "more").unwrap_or(next);
            let unit = self.unit_at(next)?;
            return Some((Length::new(count.map(|count| i128::from(count).into()), unit), next + 1));
        }
        if self.is(at, "another") && self.lex(next).is_some_and(|lex| lex.number().is_some()) {
            return self.counted(next);
        }
        // "a half hour"
        if self.is_half(next)
            && let Some(Class::Unit(unit)) = self.class(self.past_hyphen(next + 1).unwrap_or(next + 1))
        {
            return Some((
                exact(Decimal::new(5, 1), unit),
                self.past_hyphen(next + 1).unwrap_or(next + 1) + 1,
            ));
        }
        while matches!(self.class(next), Some(Class::About(None))) && next < at + 3 {
            next += 1;
        }
        let Some(Class::Unit(unit)) = self.class(next) else { return None };
        let end = next + 1;
        // "More than a quarter of the market" is a part.
        let shifts = matches!(self.class(end), Some(Class::Ago(_) | Class::Shift(_) | Class::Before(_)));
        if unit == Unit::Quarter && !shifts {
            return None;
        }
        if self.past_hyphen(end).is_some() && self.glued(end) {
            return None;
        }
        if self.is(end, "and") && self.is(end + 1, "a") && self.is_half(end + 2) {
            return Some((exact(Decimal::new(15, 1), unit), end + 3));
        }
        Some((Length::new(Some(1.into()), unit), end))
    }

    /// "several years", "many months".
    fn vague(&self, at: usize) -> Parse<Length> {
        let Class::Vague(count) = self.class(at)? else { return None };
        let next = self.past_word(at + 1, "of").filter(|_| count.is_some()).unwrap_or(at + 1);
        let next = self.past_word(next, "more").unwrap_or(next);
        let (unit, end) = self.unit_after(next)?;
        Some((Length::new(count.map(|count| i128::from(count).into()), unit), end))
    }

    /// "years" alone, and "year-long".
    fn bare(&self, at: usize) -> Parse<Length> {
        match self.class(at)? {
            // "Quarters" alone are where soldiers sleep.
            Class::Units(unit) if unit != Unit::Quarter && !self.is_of_a_row(at) => {
                Some((Length::new(None, unit), at + 1))
            }
            Class::Unit(unit) if self.past_hyphen(at + 1).is_some() && self.is(at + 2, "long") => {
                Some((Length::new(Some(1.into()), unit), at + 3))
            }
            _ => None,
        }
    }

    /// Whether units are told of one by one, and are no length: "the 38th and 51st minutes", "the early hours of
    /// Sunday".
    fn is_of_a_row(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|before| self.lex(before)) else { return false };
        let ordinal = before.number().is_some_and(|number| number.kind == NumberKind::Ordinal);
        let of_night = ["early", "small", "wee"].iter().any(|word| before.is(word)) && self.is(at, "hours");
        ordinal || of_night
    }

    /// "two years ago", "a week later", "a year earlier", "year-ago", "18 months from now".
    pub(super) fn shift(&self, at: usize) -> Parse {
        if let Some(Class::Unit(unit)) = self.class(at)
            && let Some(next) = self.past_hyphen(at + 1)
            && let Some(Class::Ago(false) | Class::Shift(false)) = self.class(next)
        {
            let from =
                if matches!(self.class(next), Some(Class::Ago(_))) { From::Speech } else { From::Story };
            let length = Length::new(Some(1.into()), unit);
            return Some((Expression::Shift { length, forward: false, from }, next + 1));
        }
        let (length, end) = self.length(at)?;
        if let Some((found, end)) = self.shift_after(length, end) {
            return Some((found, end));
        }
        None
    }

    /// What turns a length into a shift: "ago", "earlier", "later", "from now", "before" and "after" without an event.
    pub(super) fn shift_after(&self, length: Length, at: usize) -> Parse {
        let shift = |forward, from| Expression::Shift { length, forward, from };
        if self.is(at, "from") && (self.is(at + 1, "now") || self.is(at + 1, "today")) {
            return Some((shift(true, From::Speech), at + 2));
        }
        match self.class(at)? {
            Class::Ago(forward) => Some((shift(forward, From::Speech), at + 1)),
            Class::Shift(later) => Some((shift(later, From::Story), at + 1)),
            Class::Before(after) => {
                let open = self
                    .lex(at + 1)
                    .is_none_or(|lex| lex.mark().is_some_and(|mark| !matches!(mark, '\'' | '’' | '"' | '“')));
                // The words of the event are not part of the expression.
                Some(if open { (shift(after, From::Story), at + 1) } else { (shift(after, From::Event), at) })
            }
            _ => None,
        }
    }

    /// How often: "every Monday", "each year", "daily", "per day", "Mondays", "15 a year".
    pub(super) fn set(&self, at: usize) -> Parse {
        let recurring = |value| Expression::Recurring(value);
        let length = |unit| recurring(TimeValue::Length(Length::new(Some(1.into()), unit)));
        match self.class(at)? {
            Class::Adverb(unit) => {
                let noun = matches!(self.tag(at), "NNP" | "NNPS");
                // "its quarterly dividend" is a kind of dividend.
                let kind = unit == Unit::Quarter && !matches!(self.tag(at), "" | "RB");
                (!noun && !kind).then(|| (length(unit), at + 1))
            }
            Class::Per => {
                let Class::Unit(unit) = self.class(at + 1)? else { return None };
                Some((length(unit), at + 2))
            }
            Class::Every => self.every(at + 1),
            Class::Weekdays(day) => Some(match self.class(at + 1) {
                Some(Class::Parts(part)) => (recurring(weekly(day, Some(Clock::Part(part)))), at + 2),
                _ => (recurring(weekly(day, None)), at + 1),
            }),
            Class::Weekday(day) => {
                let (part, end) = self.parts_of_weekdays(at)?;
                Some((recurring(weekly(day, Some(Clock::Part(part)))), end))
            }
            Class::Determiner if self.is_rate(at) => {
                let Class::Unit(unit) = self.class(at + 1)? else { return None };
                Some((length(unit), at + 2))
            }
            _ => None,
        }
    }

    /// The part of the day that weekdays in a row share, and where the first one ends: "Monday nights", and of
    /// "Monday and Tuesday nights" the first word.
    pub(super) fn parts_of_weekdays(&self, at: usize) -> Parse<PartOfDay> {
        let mut next = at;
        for _ in 0..7 {
            let Some(Class::Weekday(_)) = self.class(next) else { return None };
            next += 1;
            if let Some(Class::Parts(part)) = self.class(next) {
                return Some((part, if next == at + 1 { next + 1 } else { at + 1 }));
            }
            next = self.past_comma(next);
            next = self.past_word(next, "and").or_else(|| self.past_word(next, "or")).unwrap_or(next);
        }
        None
    }

    fn every(&self, at: usize) -> Parse {
        let recurring = |value| Expression::Recurring(value);
        if let Some((length, end)) = self.counted(at) {
            return Some((recurring(TimeValue::Length(length)), end));
        }
        if self.is(at, "other")
            && let Some(Class::Unit(unit)) = self.class(at + 1)
        {
            return Some((recurring(TimeValue::Length(Length::new(Some(2.into()), unit))), at + 2));
        }
        let stamp = |place| TimeValue::Stamp(Stamp::new(None, place));
        let value = match self.class(at)? {
            Class::Unit(unit) => TimeValue::Length(Length::new(Some(1.into()), unit)),
            Class::Weekday(day) => match self.class(at + 1) {
                Some(Class::Part(part)) => {
                    return Some((recurring(weekly(day, Some(Clock::Part(part)))), at + 2));
                }
                _ => weekly(day, None),
            },
            Class::Month(month) => stamp(Place::Month(Some(month))),
            Class::Season(season) => stamp(Place::Season(season)),
            Class::Part(part) => TimeValue::Stamp(Stamp {
                clock: Some(Clock::Part(part)),
                ..Stamp::new(None, Place::Day(None, None))
            }),
            _ => return None,
        };
        Some((recurring(value), at + 1))
    }

    /// Whether "a year" is a rate: a count stands before it, with at most one noun between, or "once", "twice".
    fn is_rate(&self, at: usize) -> bool {
        if !(self.is(at, "a") || self.is(at, "an")) || !matches!(self.class(at + 1), Some(Class::Unit(_))) {
            return false;
        }
        let after = self.class(at + 2);
        if matches!(after, Some(Class::Ago(_) | Class::Shift(_) | Class::Before(_)))
            || self.past_hyphen(at + 2).is_some()
        {
            return false;
        }
        (1..=3).any(|back| {
            let Some(lex) = at.checked_sub(back).and_then(|before| self.lex(before)) else { return false };
            match lex.kind {
                Kind::Number(number) => number.kind == NumberKind::Cardinal,
                Kind::Word(_) => back == 1 && matches!(lex.word.as_str(), "once" | "twice" | "thrice"),
                Kind::Mark(mark) => mark == '%' && back == 1,
            }
        }) && (1..3).all(|back| {
            // Nothing between count and "a" but nouns: a verb, preposition or comma breaks it.
            let Some(lex) = at.checked_sub(back).and_then(|before| self.lex(before)) else { return true };
            !matches!(lex.mark(), Some(',' | '.' | ';'))
                && !matches!(
                    lex.word.as_str(),
                    "for"
                        | "in"
                        | "within"
                        | "after"
                        | "over"
                        | "than"
                        | "about"
                        | "to"
                        | "was"
                        | "is"
                        | "and"
                )
        })
    }

    /// "year-end", "year's end", "month's end", "the year's end".
    pub(super) fn unit_end(&self, at: usize) -> Option<(Unit, usize)> {
        let start = self.past_word(at, "the").unwrap_or(at);
        let Class::Unit(unit) = self.class(start)? else { return None };
        let next = self
            .past_possessive(start + 1)
            .or_else(|| self.past_hyphen(start + 1))
            .or_else(|| (unit == Unit::Year).then_some(start + 1))?;
        self.is(next, "end").then_some((unit, next + 1))
    }

    /// "a year ago" behind a place in the year moves its year: "the third quarter a year ago".
    pub(super) fn year_moved(&self, at: usize, calendar: Calendar) -> Option<(Calendar, usize)> {
        let (length, end) = self.length(at)?;
        let years = length.count.filter(|_| length.unit == Unit::Year)?.whole()?;
        let (Expression::Shift { forward, from, .. }, end) = self.shift_after(length, end)? else {
            return None;
        };
        let years = i32::try_from(years).ok()?;
        let placed =
            matches!(calendar.name, Name::Quarter(_) | Name::Month(_) | Name::Season(_) | Name::Period);
        (placed && calendar.year == Year::Missing)
            .then(|| (calendar.in_year(Year::Moved(if forward { years } else { -years }, from)), end))
    }
}

fn weekly(day: u8, clock: Option<Clock>) -> TimeValue {
    TimeValue::Stamp(Stamp { clock, ..Stamp::new(None, Place::Weekday(None, day)) })
}

/// A length whose half is told in the smaller unit: two and a half years are two years and six months.
pub(super) fn exact(count: Decimal, unit: Unit) -> Length {
    let whole = count.as_f64().floor();
    let half = (count.as_f64() - whole - 0.5).abs() < 1e-9;
    let smaller = match unit {
        Unit::Year => Some((6, Unit::Month)),
        Unit::Hour => Some((30, Unit::Minute)),
        Unit::Minute => Some((30, Unit::Second)),
        Unit::Day => Some((12, Unit::Hour)),
        _ => None,
    };
    match smaller {
        Some((count, unit)) if half && whole == 0.0 => Length::new(Some(i128::from(count).into()), unit),
        Some(rest) if half && whole < 1e6 => {
            let whole = Decimal::from(whole as i128);
            Length { count: Some(whole), unit, rest: Some(rest) }
        }
        _ => match unit {
            Unit::Decade | Unit::Century => {
                let years = if unit == Unit::Decade { 10 } else { 100 };
                count
                    .checked_mul(Decimal::from(years))
                    .map_or(Length::new(Some(count), unit), |years| Length::new(Some(years), Unit::Year))
            }
            _ => Length::new(Some(count), unit),
        },
    }
}
