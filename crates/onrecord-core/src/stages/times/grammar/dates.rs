//! Dates with a month or a weekday: "Monday, May 5, 2003", "5 May", "the 5th", "2003-05-05".

use super::{Grammar, Parse};
use crate::numbers::{NumberForm, NumberKind};
use crate::stages::times::expression::{Calendar, Expression, Name, Year};
use crate::stages::times::value::Clock;
use crate::stages::times::words::{Class, Kind};

impl Grammar<'_> {
    /// A date with a month or a weekday: "Monday, May 5, 2003", "5 May", "May", "Friday night", "2003-05-05".
    pub(super) fn date(&self, at: usize) -> Parse {
        let (calendar, end) = self
            .numeric_date(at)
            .or_else(|| self.weekday_date(at))
            .or_else(|| self.month_date(at))
            .or_else(|| self.day_first(at))?;
        Some(self.with_clock_after(calendar, end))
    }

    /// A part of the day or a time straight after a date: "Friday night", "May 8 1:00am".
    pub(super) fn with_clock_after(&self, calendar: Calendar, end: usize) -> (Expression, usize) {
        let (calendar, end) = match self.part_after(end) {
            Some((clock, after)) => (Calendar { clock: Some(clock), ..calendar }, after),
            None => match self.full_clock(end).or_else(|| self.clock_over_comma(calendar, end)) {
                Some((clock, after)) if calendar.clock.is_none() => {
                    (Calendar { clock: Some(clock), ..calendar }, after)
                }
                _ => (calendar, end),
            },
        };
        (Expression::Calendar(calendar), end)
    }

    /// "5 March 2026, 17:25": over a comma only after a whole date.
    pub(super) fn clock_over_comma(&self, calendar: Calendar, end: usize) -> Parse<Clock> {
        let whole = matches!((calendar.name, calendar.year), (Name::Day(Some(_), _), Year::Written(_)));
        let next = self.past_comma(end);
        (whole && next > end).then(|| self.full_clock(next))?
    }

    /// "2003-05-17", "17/05/2003", "05/17/2003", "17.05.2003".
    pub(super) fn numeric_date(&self, at: usize) -> Parse<Calendar> {
        let first = self.plain_number(at)?;
        let separator = self.mark(at + 1).filter(|mark| matches!(mark, '-' | '/' | '.'))?;
        let second = self.plain_number(at + 2)?;
        if self.mark(at + 3) != Some(separator) || (1..5).any(|step| !self.glued(at + step)) {
            return None;
        }
        let third = self.plain_number(at + 4)?;
        let (year, month, day) = match (self.lex(at)?.word.len(), self.lex(at + 4)?.word.len()) {
            (4, 1..=2) => (first, second, third),
            // Which comes first, day or month, is known only where one of them is above twelve.
            (1..=2, 4) if second > 12 => (third, first, second),
            (1..=2, 4) if first > 12 || first == second || separator == '.' => (third, second, first),
            _ => return None,
        };
        let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        let name = Name::Day(Some(month), day);
        Some((Calendar::named(name).in_year(Year::Written(year)), at + 5))
    }

    /// A number in at most four digits.
    pub(super) fn plain_number(&self, at: usize) -> Option<i32> {
        let lex = self.lex(at)?;
        let number = lex.number()?;
        let plain = lex.word.len() <= 4 && lex.word.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| i32::try_from(number.value.whole()?).ok())?
    }

    /// A weekday, alone or before a date: "Friday", "Friday, Oct. 13", "Saturday the 4th".
    pub(super) fn weekday_date(&self, at: usize) -> Parse<Calendar> {
        let lex = self.lex(at)?;
        let Kind::Word(Some(entry)) = lex.kind else { return None };
        let Class::Weekday(weekday) = entry.class else { return None };
        let mut end = at + 1;
        if entry.short && self.mark(end) == Some('.') {
            end += 1;
        }
        let next = self.past_comma(end);
        let next = self.past_word(next, "the").unwrap_or(next);
        let dated = self.month_date(next).or_else(|| self.day_first(next));
        if let Some((calendar, after)) = dated
            && matches!(calendar.name, Name::Day(..))
        {
            return Some((Calendar { weekday: Some(weekday), ..calendar }, after));
        }
        let is_verb = !lex.capital && self.tag(at) == "VB";
        if entry.short || is_verb || self.parts_of_weekdays(at).is_some() {
            return None;
        }
        Some((Calendar::named(Name::Weekday(weekday)), end))
    }

    /// A month first: "May", "May 5", "May 5, 2003", "May 2003", "May of last year".
    pub(super) fn month_date(&self, at: usize) -> Parse<Calendar> {
        let (month, after, sure) = self.month(at)?;
        if let Some((day, end)) = self.day_number(self.past_word(after, "the").unwrap_or(after)) {
            let calendar = Calendar::named(Name::Day(Some(month), day));
            return Some(match self.year_after(end) {
                Some((year, end)) => (calendar.in_year(year), end),
                None => (calendar, end),
            });
        }
        let calendar = Calendar::named(Name::Month(month));
        if let Some((year, end)) = self.year_after(after) {
            return Some((calendar.in_year(year), end));
        }
        // The full stop of an abbreviation belongs to it, but not where it may end the sentence.
        let end = if self.mark(after - 1) == Some('.') { after - 1 } else { after };
        (sure || self.month_in_place(at)).then_some((calendar, end))
    }

    /// A day first: "5 May 2003", "the 5th of May", "the 5th".
    pub(super) fn day_first(&self, at: usize) -> Parse<Calendar> {
        let start = self.past_word(at, "the").unwrap_or(at);
        let (day, after) = self.day_number(start)?;
        let month = self.past_word(after, "of").unwrap_or(after);
        if let Some((month, end, _)) = self.month(month) {
            let calendar = Calendar::named(Name::Day(Some(month), day));
            return Some(match self.year_after(end) {
                Some((year, end)) => (calendar.in_year(year), end),
                None => (calendar, end),
            });
        }
        if month > after && (self.is(month, "this") || self.is(month, "that")) && self.is(month + 1, "month")
        {
            return Some((Calendar::named(Name::Day(None, day)), month + 2));
        }
        // "on the 5th", where no noun follows that could be counted.
        let ordinal = self.lex(start)?.number()?.kind == NumberKind::Ordinal;
        let digits = self.lex(start)?.number()?.form == NumberForm::Digits;
        let before = at.checked_sub(1).and_then(|before| self.lex(before));
        let led =
            before.is_some_and(|lex| matches!(lex.word.as_str(), "on" | "by" | "until" | "till" | "of"));
        (ordinal && digits && start > at && led && self.ends_phrase(after))
            .then(|| (Calendar::named(Name::Day(None, day)), after))
    }

    /// Whether nothing follows that the words before could belong to.
    pub(super) fn ends_phrase(&self, at: usize) -> bool {
        self.lex(at).is_none_or(|lex| match lex.kind {
            Kind::Mark(mark) => !matches!(mark, '-' | '–' | '\'' | '’'),
            Kind::Number(_) => false,
            Kind::Word(_) => matches!(
                lex.word.as_str(),
                "and"
                    | "or"
                    | "but"
                    | "in"
                    | "at"
                    | "on"
                    | "by"
                    | "to"
                    | "when"
                    | "as"
                    | "with"
                    | "for"
                    | "from"
                    | "while"
                    | "after"
                    | "before"
                    | "he"
                    | "she"
                    | "they"
                    | "it"
                    | "we"
                    | "that"
                    | "the"
                    | "a"
                    | "an"
                    | "said"
                    | "was"
                    | "were"
                    | "is"
                    | "are"
                    | "had"
                    | "has"
                    | "would"
                    | "will"
            ),
        })
    }

    /// A month's name: its number, where it ends, and whether it can be nothing else.
    pub(super) fn month(&self, at: usize) -> Option<(u8, usize, bool)> {
        let lex = self.lex(at)?;
        let Kind::Word(Some(entry)) = lex.kind else { return None };
        let Class::Month(month) = entry.class else { return None };
        if !lex.capital && (entry.short || entry.unsure) && !self.day_precedes(at) {
            return None;
        }
        let dotted = entry.short && self.mark(at + 1) == Some('.') && self.glued(at + 1);
        let end = if dotted { at + 2 } else { at + 1 };
        let beside_number = self.day_precedes(at) || self.lex(end).is_some_and(|lex| lex.number().is_some());
        if entry.short && !dotted && !beside_number {
            return None;
        }
        Some((month, end, !entry.unsure || beside_number))
    }

    pub(super) fn day_precedes(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| self.day_number(before).is_some())
    }

    /// Whether "May" or "March" stands where a time would: after a preposition, an adjective of time, or as a noun.
    pub(super) fn month_in_place(&self, at: usize) -> bool {
        let tag = self.tag(at);
        if matches!(tag, "MD" | "VB" | "VBP" | "VBD") {
            return false;
        }
        let Some(before) = at.checked_sub(1).and_then(|before| self.lex(before)) else { return false };
        let led = matches!(
            before.word.as_str(),
            "in" | "since"
                | "until"
                | "till"
                | "by"
                | "of"
                | "from"
                | "to"
                | "during"
                | "before"
                | "after"
                | "for"
                | "between"
                | "and"
                | "or"
                | "through"
                | "throughout"
                | "around"
                | "about"
                | "late"
                | "early"
                | "mid"
                | "last"
                | "next"
                | "this"
                | "every"
                | "each"
                | "previous"
                | "following"
                | "back"
        ) || before.mark() == Some('-');
        // "a March operation", "the May elections"
        let determined = matches!(before.class(), Some(Class::Determiner));
        let noun = self.tag(at + 1).starts_with("NN") && self.lex(at + 1).is_some_and(|lex| !lex.capital);
        (led || determined && noun) && (tag.is_empty() || tag.starts_with("NN"))
    }

    /// A day of the month: "5", "5th", "fifth".
    pub(super) fn day_number(&self, at: usize) -> Parse<u8> {
        let lex = self.lex(at)?;
        let number = lex.number()?;
        let written = match (number.kind, number.form) {
            (NumberKind::Cardinal, NumberForm::Digits) => lex.word.len() <= 2,
            (NumberKind::Ordinal, _) => true,
            _ => false,
        };
        let day = u8::try_from(number.value.whole()?).ok().filter(|day| (1..=31).contains(day))?;
        // "May 5:30" and "May 5%" are something else.
        let goes_on = self.glued(at + 1)
            && match self.mark(at + 1) {
                Some('%' | '$') => true,
                Some(':') => self.glued(at + 2) && self.lex(at + 2).is_some_and(|lex| lex.number().is_some()),
                _ => false,
            };
        (written && !goes_on).then_some((day, at + 1))
    }
}
