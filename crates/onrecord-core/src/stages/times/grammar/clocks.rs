//! Times of day: "5 p.m.", "10:30", "0800 UTC", "noon", "the night of 20 June".

use super::{Grammar, Parse};
use crate::stages::times::expression::{Calendar, Expression, Name, Pick};
use crate::stages::times::value::{Clock, PartOfDay, Unit};
use crate::stages::times::words::{Class, Kind, Lex, Which};

impl Grammar<'_> {
    /// A time of day, with the day where one follows: "5 p.m. EST, Nov. 6", "noon Saturday", "the night of 20 June".
    pub(super) fn clock_date(&self, at: usize) -> Parse {
        if let Some(found) = self.part_of_day_of(at) {
            return Some(found);
        }
        if let Some(Class::Part(part)) = self.class(at)
            && at.checked_sub(1).is_some_and(|before| self.is(before, "at"))
        {
            let calendar = Calendar { clock: Some(Clock::Part(part)), ..Calendar::named(Name::Clock) };
            return Some((Expression::Calendar(calendar), at + 1));
        }
        if let Some(found) = self.generic_part(at).or_else(|| self.that_part(at)) {
            return Some(found);
        }
        let (clock, end) = self.full_clock(at)?;
        let next = self.past_comma(self.past_place_time(end));
        if let Some((expression, after)) = self.day_after_clock(next) {
            let zone = self.zone(after);
            let (clock, after) = match (clock, zone) {
                (Clock::At { hour, minute, zone: None }, Some((zone, after))) => {
                    (Clock::At { hour, minute, zone: Some(zone) }, after)
                }
                _ => (clock, after),
            };
            if let Some(expression) = with_clock(&expression, clock) {
                return Some((expression, after));
            }
        }
        // "5 p.m. on Friday" are two expressions, and the first is of the second's day.
        if let Some((day, _)) = self.past_word(next, "on").and_then(|next| self.day_after_clock(next))
            && let Some(expression) = with_clock(&day, clock)
        {
            return Some((expression, end));
        }
        let calendar = Calendar { clock: Some(clock), ..Calendar::named(Name::Clock) };
        Some((Expression::Calendar(calendar), end))
    }

    /// The day that a time of day is on: a date, a weekday, or "yesterday".
    fn day_after_clock(&self, at: usize) -> Parse {
        let day = self.date(at).or_else(|| self.deictic_day(at)).or_else(|| self.named(at))?;
        let fits = match &day.0 {
            Expression::Calendar(calendar) => {
                matches!(calendar.name, Name::Day(Some(_), _) | Name::Weekday(_) | Name::Holiday(_))
                    && calendar.clock.is_none()
            }
            Expression::Unit(pick) => pick.clock.is_none(),
            _ => false,
        };
        fits.then_some(day)
    }

    /// "the morning of June 5", "the night of 20 June 1791", "mid-afternoon yesterday".
    fn part_of_day_of(&self, at: usize) -> Parse {
        let start = self.past_word(at, "the").unwrap_or(at);
        let Some(Class::Part(part)) = self.class(start) else { return None };
        let after = self.past_word(start + 1, "hours").unwrap_or(start + 1);
        let of = self.past_word(after, "of");
        let next = of.unwrap_or_else(|| self.past_comma(after));
        let (expression, end) = self.day_after_clock(next)?;
        Some((with_clock(&expression, Clock::Part(part))?, end))
    }

    /// "daytime traffic", "a night-time retreat": of any day.
    fn generic_part(&self, at: usize) -> Parse {
        let Class::Part(part) = self.class(at)? else { return None };
        let joined = self.past_hyphen(at + 1).and_then(|next| self.past_word(next, "time"));
        let whole = self.is(at, "daytime") || self.is(at, "nighttime");
        let end = joined.or(whole.then_some(at + 1))?;
        let calendar = Calendar { clock: Some(Clock::Part(part)), ..Calendar::named(Name::Clock) };
        Some((Expression::Calendar(calendar), end))
    }

    /// "in the morning", "by mid-afternoon": of the day that the story has come to.
    fn that_part(&self, at: usize) -> Parse {
        let next = self.past_word(at, "the").unwrap_or(at);
        let Class::Part(part) = self.class(next)? else { return None };
        let before = |back: usize| at.checked_sub(back).and_then(|before| self.lex(before));
        let leads = |lex: Option<&Lex>| {
            lex.is_some_and(|lex| matches!(lex.word.as_str(), "in" | "by" | "during" | "throughout"))
        };
        let is_early =
            |back: usize| before(back).is_some_and(|lex| matches!(lex.class(), Some(Class::Early(_))));
        let over_early = is_early(1)
            && (leads(before(2)) || before(2).is_some_and(|lex| lex.is("the")) && leads(before(3)))
            || before(1).is_some_and(|lex| lex.mark() == Some('-')) && is_early(2) && leads(before(3));
        let led = next > at && leads(before(1)) || next == at && over_early;
        let pick = Pick {
            which: Which::That,
            shift: 0,
            unit: Unit::Day,
            clock: Some(Clock::Part(part)),
            fiscal: false,
        };
        (led && !self.is(next + 1, "of")).then_some((Expression::Unit(pick), next + 1))
    }

    /// A part of the day after its day: " night", " morning".
    pub(super) fn part_after(&self, at: usize) -> Parse<Clock> {
        match self.class(at)? {
            Class::Part(part) if !self.is(at, "overnight") => Some((Clock::Part(part), at + 1)),
            Class::Clock(hour) => Some((Clock::At { hour, minute: Some(0), zone: None }, at + 1)),
            _ => None,
        }
    }

    /// A time of day that can be nothing else.
    pub(super) fn full_clock(&self, at: usize) -> Parse<Clock> {
        if let Some(Class::Clock(hour)) = self.class(at) {
            let minute = if hour == 24 { None } else { Some(0) };
            return Some((Clock::At { hour, minute, zone: None }, at + 1));
        }
        let lex = self.lex(at)?;
        lex.number()?;
        let raw = lex.word.as_str();
        if let Some((hour, minute)) = military(raw) {
            let named = self.zone(at + 1).map(|(zone, end)| (Some(zone), end));
            let (zone, end) = named.or_else(|| self.past_hours(at + 1).map(|end| (None, end)))?;
            return Some((Clock::At { hour, minute: Some(minute), zone }, end));
        }
        let (hour, minute, end) = self.hour_and_minute(at, raw)?;
        if let Some((afternoon, end)) = self.meridiem(end) {
            if hour == 0 || hour > 12 {
                return None;
            }
            let hour = hour % 12 + if afternoon { 12 } else { 0 };
            let (zone, end) = self.zone(end).map_or((None, end), |(zone, end)| (Some(zone), end));
            return Some((Clock::At { hour, minute: minute.or(Some(0)), zone }, end));
        }
        if self.is(end, "o") && matches!(self.mark(end + 1), Some('\'' | '’')) && self.is(end + 2, "clock")
        {
            return self
                .in_part(hour, minute, end + 3)
                .or(Some((Clock::At { hour, minute, zone: None }, end + 3)));
        }
        if let Some((zone, end)) = self.zone(end) {
            return Some((Clock::At { hour, minute, zone: Some(zone) }, end));
        }
        if let Some(found) = self.in_part(hour, minute, end) {
            return Some(found);
        }
        if let Some(end) = self.past_hours(end)
            && minute.is_some()
        {
            return Some((Clock::At { hour, minute, zone: None }, end));
        }
        // "at 10:30", but not the "3:45" of a race.
        let led = at.checked_sub(1).and_then(|before| self.lex(before)).is_some_and(|before| {
            matches!(
                before.word.as_str(),
                "at" | "by"
                    | "until"
                    | "till"
                    | "around"
                    | "about"
                    | "from"
                    | "since"
                    | "before"
                    | "after"
                    | "and"
                    | "to"
            )
        });
        // "17:45 Roads are closed": the head of an entry in a live report.
        let heads = raw.len() == 2
            && self.mark(at + 1) == Some(':')
            && at.checked_sub(1).is_none_or(|before| self.mark(before) == Some('¶'))
            && self.lex(end).is_some_and(|lex| lex.capital);
        (minute.is_some() && (led || heads) && end > at + 1)
            .then_some((Clock::At { hour, minute, zone: None }, end))
    }

    /// "4 in the morning", "8 at night".
    fn in_part(&self, hour: u8, minute: Option<u8>, at: usize) -> Parse<Clock> {
        let (part, end) = if self.is(at, "in") && self.is(at + 1, "the") {
            (self.class(at + 2)?, at + 3)
        } else if self.is(at, "at") {
            (self.class(at + 1)?, at + 2)
        } else {
            return None;
        };
        let Class::Part(part) = part else { return None };
        if !(1..=12).contains(&hour) {
            return None;
        }
        let late = match part {
            PartOfDay::Morning => false,
            PartOfDay::Night => hour >= 6,
            _ => true,
        };
        let hour = hour % 12 + if late { 12 } else { 0 };
        Some((Clock::At { hour, minute: minute.or(Some(0)), zone: None }, end))
    }

    /// "10:30", "7.15", "5".
    fn hour_and_minute(&self, at: usize, raw: &str) -> Option<(u8, Option<u8>, usize)> {
        if let Some((hour, minute)) = raw.split_once('.') {
            let minute = (minute.len() == 2).then(|| minute.parse().ok())??;
            let hour = hour.parse().ok().filter(|hour| *hour < 24)?;
            return (minute < 60).then_some((hour, Some(minute), at + 1));
        }
        let number = self.lex(at)?.number()?;
        if number.kind != crate::numbers::NumberKind::Cardinal {
            return None;
        }
        let hour = u8::try_from(number.value.whole()?).ok().filter(|hour| *hour < 25)?;
        if self.mark(at + 1) == Some(':') && self.glued(at + 1) && self.glued(at + 2) {
            let lex = self.lex(at + 2)?;
            lex.number()?;
            let minute: u8 = (lex.word.len() == 2).then(|| lex.word.parse().ok())??;
            let seconds = self.mark(at + 3) == Some(':') && self.glued(at + 3) && self.glued(at + 4);
            let end = if seconds { at + 5 } else { at + 3 };
            return (minute < 60).then_some((hour, Some(minute), end));
        }
        Some((hour, None, at + 1))
    }

    /// "a.m.", "pm": whether after noon, and its end.
    fn meridiem(&self, at: usize) -> Parse<bool> {
        if let Some(Class::Meridiem(afternoon)) = self.class(at) {
            // "I am" is no time, but no hour stands before it either.
            let dotted = self.mark(at + 1) == Some('.') && self.glued(at + 1) && self.continues(at + 2);
            return Some((afternoon, if dotted { at + 2 } else { at + 1 }));
        }
        let afternoon = match self.lex(at)?.word.as_str() {
            "a" => false,
            "p" => true,
            _ => return None,
        };
        if self.mark(at + 1) != Some('.')
            || !self.is(at + 2, "m")
            || !self.glued(at + 1)
            || !self.glued(at + 2)
        {
            return None;
        }
        let end = if self.mark(at + 3) == Some('.') { at + 4 } else { at + 3 };
        Some((afternoon, end))
    }

    /// Whether the sentence plainly goes on at a lexeme.
    fn continues(&self, at: usize) -> bool {
        self.lex(at).is_some_and(|lex| !lex.capital && lex.mark().is_none())
    }

    /// "GMT", "(GMT)", "Eastern time" is left alone; "GMT +8".
    pub(super) fn zone(&self, at: usize) -> Parse<i16> {
        let open = self.mark(at) == Some('(');
        let start = at + usize::from(open);
        let lex = self.lex(start)?;
        let Some(Class::Zone(zone)) = lex.class() else { return None };
        if !self.text[lex.start..lex.end].bytes().all(|byte| byte.is_ascii_uppercase()) {
            return None;
        }
        let mut end = start + 1;
        let mut zone = zone;
        let sign = match self.mark(end) {
            Some('+') => Some(1),
            Some('-' | '−') if self.glued(end + 1) => Some(-1),
            _ => None,
        };
        if let Some(sign) = sign
            && let Some(hours) = self.lex(end + 1).and_then(|lex| lex.word.parse::<i16>().ok())
            && hours <= 14
        {
            (zone, end) = (zone + sign * hours * 60, end + 2);
        }
        if open {
            return (self.mark(end) == Some(')')).then_some((zone, end + 1));
        }
        Some((zone, end))
    }

    /// Past "local time", "Eastern time", "Baghdad time" behind a time of day: whose clock it is, which says no offset.
    fn past_place_time(&self, at: usize) -> usize {
        let names =
            |at: usize| self.lex(at).is_some_and(|lex| lex.capital && matches!(lex.kind, Kind::Word(_)));
        let mut next = if self.is(at, "local") { at + 1 } else { at };
        while next < at + 3 && names(next) && !self.is(next, "time") {
            next += 1;
        }
        let standard =
            ["standard", "daylight"].iter().find_map(|word| self.past_word(next, word)).unwrap_or(next);
        if next > at && self.is(standard, "time") { standard + 1 } else { at }
    }

    fn past_hours(&self, at: usize) -> Option<usize> {
        (self.is(at, "hrs") || self.is(at, "hours")).then_some(at + 1)
    }
}

/// "0800" as hour and minute.
fn military(raw: &str) -> Option<(u8, u8)> {
    if raw.len() != 4 || !raw.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hour, minute) = (raw[..2].parse().ok()?, raw[2..].parse().ok()?);
    (hour < 25 && minute < 60).then_some((hour, minute))
}

fn with_clock(expression: &Expression, clock: Clock) -> Option<Expression> {
    match *expression {
        Expression::Calendar(calendar) => {
            Some(Expression::Calendar(Calendar { clock: Some(clock), ..calendar }))
        }
        Expression::Unit(pick) => Some(Expression::Unit(Pick { clock: Some(clock), ..pick })),
        _ => None,
    }
}
