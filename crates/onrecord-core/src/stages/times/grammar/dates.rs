//! Names in the calendar: days, months, years, decades, centuries, quarters, seasons, weeks, feasts.

use super::{Grammar, Parse};
use crate::numbers::{NumberForm, NumberKind};
use crate::stages::times::expression::{Calendar, Expression, Foreign, Found, Name, Year};
use crate::stages::times::value::Unit;
use crate::stages::times::words::{Class, Kind, Which};

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
    fn with_clock_after(&self, calendar: Calendar, end: usize) -> (Expression, usize) {
        let (calendar, end) = match self.part_after(end) {
            Some((clock, after)) => (Calendar { clock: Some(clock), ..calendar }, after),
            None => match self.full_clock(end) {
                Some((clock, after)) if calendar.clock.is_none() => {
                    (Calendar { clock: Some(clock), ..calendar }, after)
                }
                _ => (calendar, end),
            },
        };
        (Expression::Calendar(calendar), end)
    }

    /// "2003-05-17", "17/05/2003", "05/17/2003", "17.05.2003".
    fn numeric_date(&self, at: usize) -> Parse<Calendar> {
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
    fn plain_number(&self, at: usize) -> Option<i32> {
        let lex = self.lex(at)?;
        let number = lex.number()?;
        let plain = lex.word.len() <= 4 && lex.word.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| i32::try_from(number.value.whole()?).ok())?
    }

    /// A weekday, alone or before a date: "Friday", "Friday, Oct. 13", "Saturday the 4th".
    fn weekday_date(&self, at: usize) -> Parse<Calendar> {
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
        if entry.short || !lex.capital && self.tag(at) == "VB" {
            return None;
        }
        Some((Calendar::named(Name::Weekday(weekday)), end))
    }

    /// A month first: "May", "May 5", "May 5, 2003", "May 2003", "May of last year".
    fn month_date(&self, at: usize) -> Parse<Calendar> {
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
    fn day_first(&self, at: usize) -> Parse<Calendar> {
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

    fn day_precedes(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| self.day_number(before).is_some())
    }

    /// Whether "May" or "March" stands where a time would: after a preposition, an adjective of time, or as a noun.
    fn month_in_place(&self, at: usize) -> bool {
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
        led && (tag.is_empty() || tag.starts_with("NN"))
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

    /// The year that a month or a season belongs to: "1989", ", 1989", "of 1989", "of last year", "'98".
    pub(super) fn year_after(&self, at: usize) -> Parse<Year> {
        let next = self.past_comma(at);
        if let Some((year, end)) = self.written_year(next, true) {
            return Some((year, end));
        }
        let of = self.past_word(at, "of");
        if let Some(next) = of
            && let Some((year, end)) = self.written_year(self.past_the_year(next), true)
        {
            return Some((year, end));
        }
        self.which_year(of.unwrap_or(at))
    }

    fn past_the_year(&self, at: usize) -> usize {
        let next = self.past_word(at, "the").unwrap_or(at);
        self.past_word(next, "year").or_else(|| self.past_word(next, "years")).unwrap_or(at)
    }

    /// "last year", "that year", "the same year", "the following year".
    pub(super) fn which_year(&self, at: usize) -> Parse<Year> {
        let (which, next) = self.which(at)?;
        let fiscal = if matches!(self.class(next), Some(Class::Fiscal)) { next + 1 } else { next };
        let Some(Class::Unit(Unit::Year)) = self.class(fiscal) else { return None };
        if self.past_hyphen(fiscal + 1).is_some() && self.glued(fiscal + 1) {
            return None;
        }
        Some((Year::Which(which), fiscal + 1))
    }

    /// A year in figures or words; beside a month any four digits are one.
    pub(super) fn written_year(&self, at: usize, beside: bool) -> Parse<Year> {
        if let Some((year, end)) = self.short_year(at) {
            return Some((year, end));
        }
        if let Some((before, next)) = self.era(at) {
            let (year, digits) = self.year_digits(next)?;
            // "A.D. 79" and, more rarely, "BC 79".
            return (digits <= 4).then_some((Year::Written(if before { -year } else { year }), next + 1));
        }
        if let Some((year, digits)) = self.year_digits(at) {
            let (before, end) = self.era(at + 1).map_or((None, at + 1), |(before, end)| (Some(before), end));
            return match before {
                Some(true) => Some((Year::Written(-year), end)),
                Some(false) => Some((Year::Written(year), end)),
                None if digits == 4
                    && (1000..=2999).contains(&year)
                    && (beside || self.stands_as_year(at, year)) =>
                {
                    Some((Year::Written(year), end))
                }
                None => None,
            };
        }
        self.spelled_year(at, beside)
    }

    /// The value and the number of digits of a plain whole number.
    fn year_digits(&self, at: usize) -> Option<(i32, usize)> {
        let lex = self.lex(at)?;
        let year = self.plain_number(at).filter(|year| *year > 0)?;
        let decimal = self.mark(at + 1) == Some('.')
            && self.glued(at + 1)
            && self.glued(at + 2)
            && self.lex(at + 2).is_some_and(|lex| lex.number().is_some());
        (!decimal).then_some((year, lex.word.len()))
    }

    /// "'98"
    fn short_year(&self, at: usize) -> Parse<Year> {
        if !matches!(self.mark(at)?, '\'' | '’' | '‘' | '`') || !self.glued(at + 1) {
            return None;
        }
        let lex = self.lex(at + 1)?;
        let year = u8::try_from(self.plain_number(at + 1)?).ok()?;
        let decade = self.is(at + 2, "s") && self.glued(at + 2);
        (lex.word.len() == 2 && !decade).then_some((Year::Short(year), at + 2))
    }

    /// "BC", "B.C.", "AD", "A.D.", "BCE": whether before Christ, and its end.
    pub(super) fn era(&self, at: usize) -> Parse<bool> {
        let lex = self.lex(at)?;
        if let Some(Class::Era(before)) = lex.class() {
            let shouted = self.text[lex.start..lex.end].bytes().all(|byte| byte.is_ascii_uppercase());
            return (shouted || before).then_some((before, at + 1));
        }
        let letters = [self.lex(at)?, self.lex(at + 2)?];
        if self.mark(at + 1) != Some('.') || !letters.iter().all(|lex| lex.capital) {
            return None;
        }
        let before = match (letters[0].word.as_str(), letters[1].word.as_str()) {
            ("b", "c") => true,
            ("a", "d") => false,
            _ => return None,
        };
        let end = if self.mark(at + 3) == Some('.') { at + 4 } else { at + 3 };
        Some((before, end))
    }

    /// Whether four digits alone are a year and no count, price or part of a longer number.
    fn stands_as_year(&self, at: usize, year: i32) -> bool {
        if !(1000..=2100).contains(&year) {
            return false;
        }
        let before = at.checked_sub(1).and_then(|before| self.lex(before));
        if let Some(before) = before {
            let joined = self.glued(at);
            let money = matches!(before.mark(), Some('$' | '£' | '€' | '#' | '¥' | '№'));
            let inside = joined && matches!(before.mark(), Some(',' | '.' | ':' | '+' | '='));
            let dashed = joined
                && before.mark() == Some('-')
                && self.glued(at - 1)
                && at.checked_sub(2).is_some_and(|at| {
                    self.lex(at).is_some_and(|lex| lex.number().is_some())
                        && self.plain_number(at).is_none_or(|n| n < 1000)
                });
            if money || inside || dashed || before.is("no") || before.is("number") {
                return false;
            }
        }
        let next = at + 1;
        let counted = match self.lex(next).map(|lex| lex.kind) {
            Some(Kind::Word(Some(entry))) => {
                matches!(entry.class, Class::Units(_) | Class::Meridiem(_) | Class::Zone(_))
            }
            Some(Kind::Word(None)) => {
                let word = self.lexemes[next].word.as_str();
                matches!(
                    word,
                    "percent"
                        | "people"
                        | "men"
                        | "women"
                        | "troops"
                        | "soldiers"
                        | "dollars"
                        | "miles"
                        | "hrs"
                ) || (self.glued(next) && word != "s")
            }
            Some(Kind::Mark(mark)) => mark == '%' || mark == ':' && self.glued(next) && self.glued(next + 1),
            _ => false,
        };
        if counted {
            return false;
        }
        if (1400..=2100).contains(&year) {
            return true;
        }
        before.is_some_and(|lex| {
            matches!(
                lex.word.as_str(),
                "in" | "since" | "until" | "till" | "by" | "from" | "circa" | "year" | "before" | "after"
            ) || lex.mark() == Some('(')
        }) && self.ends_phrase(next)
    }

    /// "nineteen ninety-six"; beside a month also "two thousand eight".
    fn spelled_year(&self, at: usize, beside: bool) -> Parse<Year> {
        let first = self.lex(at)?.number()?;
        if first.form != NumberForm::Words || first.kind != NumberKind::Cardinal {
            return None;
        }
        let value = i32::try_from(first.value.whole()?).ok()?;
        if (13..=20).contains(&value)
            && let Some(second) = self.lex(at + 1).and_then(|lex| lex.number())
            && second.form == NumberForm::Words
            && let Some(rest) = second.value.whole().and_then(|rest| i32::try_from(rest).ok())
            && (10..=99).contains(&rest)
        {
            return Some((Year::Written(value * 100 + rest), at + 2));
        }
        ((beside || self.is(at.checked_sub(1)?, "year")) && (1900..=2100).contains(&value))
            .then_some((Year::Written(value), at + 1))
    }

    /// A year alone: "1989", "the year 1989", "fiscal 1989", "'98", "490 BC".
    pub(super) fn year(&self, at: usize) -> Parse {
        let mut next = self.past_word(at, "the").unwrap_or(at);
        let named = next;
        if let Some(Class::Fiscal) = self.class(next) {
            next += 1;
        }
        if let Some(Class::Unit(Unit::Year) | Class::Units(Unit::Year)) = self.class(next) {
            next += 1;
        }
        if next == named && named > at {
            return None;
        }
        let (year, end) = self.written_year(next, next > named)?;
        // "1988 third quarter" and the like are read elsewhere; "1990s" is a decade.
        if self.is(end, "s") && self.glued(end) {
            return None;
        }
        Some((Expression::Calendar(Calendar::named(Name::Year).in_year(year)), end))
    }

    /// "the 1990s", "the '90s", "the nineties", "the 470s BC".
    pub(super) fn decade(&self, at: usize) -> Parse {
        let next = self.past_word(at, "the").unwrap_or(at);
        if let Some(Class::Decade(tens)) = self.class(next) {
            // "in his nineties" is an age.
            return (next > at).then(|| {
                let year = Year::Written(1900 + i32::from(tens));
                (Expression::Calendar(Calendar::named(Name::Decade).in_year(year)), next + 1)
            });
        }
        let apostrophe = usize::from(matches!(self.mark(next), Some('\'' | '’' | '‘' | '`')));
        let number = next + apostrophe;
        let value = self.plain_number(number)?;
        let mut after = number + 1;
        if matches!(self.mark(after), Some('\'' | '’')) {
            after += 1;
        }
        if !self.is(after, "s") || !self.glued(after) || value % 10 != 0 {
            return None;
        }
        let digits = self.lex(number)?.word.len();
        let (before, end) = self.era(after + 1).unwrap_or((false, after + 1));
        let year = match digits {
            4 => value,
            3 if end > after + 1 => value,
            2 if next > at || apostrophe == 1 => 1900 + value,
            _ => return None,
        };
        let year = if before { -year } else { year };
        Some((Expression::Calendar(Calendar::named(Name::Decade).in_year(Year::Written(year))), end))
    }

    /// "the 19th century", "nineteenth-century", "the 5th century BC".
    pub(super) fn century(&self, at: usize) -> Parse {
        let next = self.past_word(at, "the").unwrap_or(at);
        let number = self.lex(next)?.number().filter(|number| number.kind == NumberKind::Ordinal)?;
        let unit = self.past_hyphen(next + 1).unwrap_or(next + 1);
        let Some(Class::Unit(Unit::Century)) = self.class(unit) else { return None };
        let century =
            i32::try_from(number.value.whole()?).ok().filter(|century| (1..=30).contains(century))?;
        let (before, end) = self.era(unit + 1).unwrap_or((false, unit + 1));
        let first = ((century - 1) * 100).max(1);
        let year = Year::Written(if before { -first } else { first });
        Some((Expression::Calendar(Calendar::named(Name::Century).in_year(year)), end))
    }

    /// "the summer of 1942", "summer 1942", "the winter", "1942 summer".
    pub(super) fn season(&self, at: usize) -> Parse {
        if let Some((year, next)) = self.written_year(at, true)
            && let Some(Class::Season(season)) = self.class(next)
            && self.plain_number(at).is_some()
        {
            return Some((
                Expression::Calendar(Calendar::named(Name::Season(season)).in_year(year)),
                next + 1,
            ));
        }
        let next = self.past_word(at, "the").unwrap_or(at);
        let lex = self.lex(next)?;
        let Kind::Word(Some(entry)) = lex.kind else { return None };
        let Class::Season(season) = entry.class else { return None };
        let calendar = Calendar::named(Name::Season(season));
        if let Some((year, end)) = self.year_after(next + 1) {
            return Some((Expression::Calendar(calendar.in_year(year)), end));
        }
        if entry.unsure && !self.season_in_place(at, next) || next > at && self.names_noun(next + 1) {
            return None;
        }
        Some((Expression::Calendar(calendar), next + 1))
    }

    /// Whether a noun follows, so that an article before belongs to it: "the summer campaign".
    fn names_noun(&self, at: usize) -> bool {
        if self.tags.is_empty() {
            return self.lex(at).is_some_and(|lex| lex.capital);
        }
        self.tag(at).starts_with("NN") && self.lex(at).is_some_and(|lex| lex.class().is_none())
    }

    /// Whether "fall" or "spring" stands where a season would.
    fn season_in_place(&self, at: usize, next: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|before| self.lex(before)) else { return false };
        let led = matches!(
            before.word.as_str(),
            "in" | "since"
                | "until"
                | "by"
                | "during"
                | "throughout"
                | "early"
                | "late"
                | "mid"
                | "last"
                | "that"
        );
        led && !self.is(next + 1, "of") && !self.tag(next).starts_with("VB")
    }

    /// "the third quarter of 1989", "third-quarter", "this year's first quarter", "the year-ago quarter", "Q3 2008",
    /// "the first half of 1990".
    pub(super) fn quarter(&self, at: usize) -> Parse {
        if let Some(found) = self.short_quarter(at) {
            return Some(found);
        }
        let (year, start) =
            self.year_before_quarter(at).unwrap_or((Year::Missing, self.past_word(at, "the").unwrap_or(at)));
        let start = self.past_fiscal(start);
        let (name, end) = self.quarter_name(start, year != Year::Missing)?;
        // In "the third-quarter loss" the article is the loss's.
        if self.is(at, "the") && self.past_hyphen(end - 2).is_some() {
            return None;
        }
        let calendar = Calendar::named(name).in_year(year);
        if year != Year::Missing {
            return Some((Expression::Calendar(calendar), end));
        }
        if let Some((year, end)) = self.year_after(end) {
            return Some((Expression::Calendar(calendar.in_year(year)), end));
        }
        if let Some(next) = self.past_word(end, "of")
            && (self.is(next, "the") || self.is(next, "its"))
            && let (Some(Class::Unit(Unit::Year)), after) =
                (self.class(self.past_fiscal(next + 1)), self.past_fiscal(next + 1) + 1)
        {
            return Some((Expression::Calendar(calendar.in_year(Year::Which(Which::The))), after));
        }
        match name {
            Name::Half(_) => None,
            _ => Some((Expression::Calendar(calendar), end)),
        }
    }

    fn short_quarter(&self, at: usize) -> Parse {
        if !self.is(at, "q") || !self.glued(at + 1) {
            return None;
        }
        let quarter =
            self.lex(at + 1)?.word.parse::<u8>().ok().filter(|quarter| (1..=4).contains(quarter))?;
        let calendar = Calendar::named(Name::Quarter(Some(quarter)));
        let (year, end) = self.year_after(at + 2).unwrap_or((Year::Missing, at + 2));
        Some((Expression::Calendar(calendar.in_year(year)), end))
    }

    /// What tells the year of a quarter and stands before it: "1988", "this year's", "year-ago".
    fn year_before_quarter(&self, at: usize) -> Parse<Year> {
        use crate::stages::times::expression::From;
        let start = self.past_determiner(at);
        if let Some(Class::Unit(Unit::Year)) = self.class(start) {
            let next = self.past_hyphen(start + 1).unwrap_or(start + 1);
            return match self.class(next)? {
                Class::Ago(false) => Some((Year::Moved(-1, From::Speech), next + 1)),
                Class::Shift(false) => Some((Year::Moved(-1, From::Story), next + 1)),
                _ => None,
            };
        }
        if let Some((Year::Written(year), next)) = self.written_year(start, true) {
            let next = self.past_possessive(next).unwrap_or(next);
            return Some((Year::Written(year), next));
        }
        let (year, next) = self.which_year(at)?;
        Some((year, self.past_possessive(next)?))
    }

    fn past_determiner(&self, at: usize) -> usize {
        if matches!(self.class(at), Some(Class::Determiner)) { at + 1 } else { at }
    }

    fn past_fiscal(&self, at: usize) -> usize {
        if matches!(self.class(at), Some(Class::Fiscal)) { at + 1 } else { at }
    }

    /// "third quarter", "final quarter", "second half"; after a year also "quarter" and "period" alone.
    fn quarter_name(&self, at: usize, after_year: bool) -> Parse<Name> {
        let ordinal = match self.lex(at)?.kind {
            Kind::Number(number) if number.kind == NumberKind::Ordinal => {
                u8::try_from(number.value.whole()?).ok().filter(|n| (1..=4).contains(n))
            }
            Kind::Word(_) => match self.class(at) {
                Some(Class::Which(Which::Final)) => Some(4),
                Some(Class::Unit(Unit::Quarter) | Class::Period) if after_year => {
                    return Some((Name::Quarter(None), at + 1));
                }
                Some(Class::Which(Which::First)) => Some(1),
                Some(Class::Which(Which::Latter)) if self.is_half(at + 1) => Some(2),
                _ => None,
            },
            _ => None,
        }?;
        let next = self.past_hyphen(at + 1).unwrap_or(at + 1);
        match self.class(next) {
            Some(Class::Unit(Unit::Quarter)) => Some((Name::Quarter(Some(ordinal)), next + 1)),
            _ if self.is_half(next) && ordinal <= 2 => Some((Name::Half(ordinal), next + 1)),
            _ => None,
        }
    }

    pub(super) fn is_half(&self, at: usize) -> bool {
        self.lex(at).is_some_and(|lex| lex.word.eq_ignore_ascii_case("half"))
    }

    /// "the last week of March", "the week of March 6", "week 27".
    pub(super) fn week(&self, at: usize) -> Parse {
        if let Some(Class::Unit(Unit::Week)) = self.class(at)
            && let Some(week) = self.plain_number(at + 1).and_then(|week| u8::try_from(week).ok())
            && (1..=53).contains(&week)
        {
            let calendar = Calendar::named(Name::Week(week));
            let (year, end) = self.year_after(at + 2).unwrap_or((Year::Missing, at + 2));
            return Some((Expression::Calendar(calendar.in_year(year)), end));
        }
        let start = self.past_word(at, "the").unwrap_or(at);
        if let Some(Class::Unit(Unit::Week)) = self.class(start)
            && start > at
            && self.is(start + 1, "of")
            && let Some((calendar, end)) = self.month_date(start + 2).or_else(|| self.day_first(start + 2))
            && let Name::Day(Some(month), day) = calendar.name
        {
            return Some((
                Expression::Calendar(Calendar { name: Name::WeekOfDay(month, day), ..calendar }),
                end,
            ));
        }
        let nth = match self.lex(start)?.kind {
            Kind::Number(number) if number.kind == NumberKind::Ordinal => {
                u8::try_from(number.value.whole()?).ok()?
            }
            _ => match self.class(start)? {
                Class::Which(Which::Last | Which::Final) => 9,
                _ => return None,
            },
        };
        let Some(Class::Unit(Unit::Week)) = self.class(start + 1) else { return None };
        let (calendar, end) = self.month_date(self.past_word(start + 2, "of")?)?;
        let Name::Month(month) = calendar.name else { return None };
        Some((Expression::Calendar(Calendar { name: Name::WeekOfMonth(month, nth), ..calendar }), end))
    }

    /// "Christmas", "Christmas Eve", "Thanksgiving Day", "New Year's Day", "Easter 1916".
    pub(super) fn holiday(&self, at: usize) -> Parse {
        let lex = self.lex(at)?;
        let (holiday, mut end) = if let Some(Class::Holiday(holiday)) = lex.class().filter(|_| lex.capital) {
            match self.lex(at + 1).map(|next| next.word.as_str()) {
                Some("day") => (holiday, at + 2),
                Some("eve") if holiday == "12-25" => ("12-24", at + 2),
                Some("sunday") if holiday == "easter" => (holiday, at + 2),
                _ => (holiday, at + 1),
            }
        } else if self.is(at, "new") && lex.capital && self.is(at + 1, "year") {
            let next = self.past_possessive(at + 2)?;
            match self.lex(next)?.word.as_str() {
                "day" => ("01-01", next + 1),
                "eve" => ("12-31", next + 1),
                _ => return None,
            }
        } else {
            return None;
        };
        let mut calendar = Calendar::named(Name::Holiday(holiday));
        if let Some((clock, after)) = self.part_after(end) {
            (calendar.clock, end) = (Some(clock), after);
        }
        if let Some((year, after)) = self.year_after(end) {
            (calendar.year, end) = (year, after);
        }
        Some((Expression::Calendar(calendar), end))
    }

    /// "22 Bahman 1357", "7 Ramadan 1445": days of other calendars.
    pub(super) fn foreign(&self, at: usize) -> Parse {
        let day = self.day_number(at);
        let next = day.map_or(at, |(_, next)| self.past_word(next, "of").unwrap_or(next));
        let lex = self.lex(next).filter(|lex| lex.capital)?;
        let year = self.plain_number(next + 1).filter(|year| (1000..=1600).contains(year));
        let end = next + 1 + usize::from(year.is_some());
        if day.is_none() && year.is_none() {
            return None;
        }
        let day = day.map(|(day, _)| day);
        let foreign = match lex.class()? {
            Class::Iranian(month) => Foreign::Iranian(year, month, day),
            Class::Hijri(month) => Foreign::Hijri(year, month, day),
            _ => return None,
        };
        Some((Expression::Calendar(Calendar::named(Name::Foreign(foreign))), end))
    }

    /// The two ends of a range that share a month, a year or an era: "12–15 June 1940", "June 5–8", "1939–45",
    /// "499-493 BC", "June to August 1941".
    pub(super) fn range(&self, at: usize) -> Option<Vec<Found>> {
        self.days_before_month(at)
            .or_else(|| self.days_after_month(at))
            .or_else(|| self.years(at))
            .or_else(|| self.shared_year(at))
    }

    fn past_joint(&self, at: usize) -> Option<usize> {
        if let Some(next) = self.past_hyphen(at) {
            return Some(next);
        }
        let word = self.lex(at)?.word.as_str();
        matches!(word, "to" | "and" | "or" | "until" | "through").then_some(at + 1)
    }

    fn days_before_month(&self, at: usize) -> Option<Vec<Found>> {
        let start = self.past_word(at, "the").unwrap_or(at);
        let (day, after) = self.day_number(start)?;
        let second = self.past_joint(after)?;
        let (last, end) = self.day_first(second)?;
        let Name::Day(Some(month), _) = last.name else { return None };
        let first = Calendar { name: Name::Day(Some(month), day), ..last };
        Some(vec![self.found(at, after, first), self.found(second, end, last)])
    }

    fn days_after_month(&self, at: usize) -> Option<Vec<Found>> {
        let (month, after, _) = self.month(at)?;
        let (day, after) = self.day_number(after)?;
        let second = self.past_joint(after)?;
        let (last, end) = self.day_number(second)?;
        let dashed = self.past_hyphen(after).is_some();
        let year = self.year_after(end);
        if last <= day || !(dashed || year.is_some() || self.ends_phrase(end)) {
            return None;
        }
        let (year, end) = year.unwrap_or((Year::Missing, end));
        let named = |day| Calendar::named(Name::Day(Some(month), day)).in_year(year);
        Some(vec![self.found(at, after, named(day)), self.found(second, end, named(last))])
    }

    fn years(&self, at: usize) -> Option<Vec<Found>> {
        let (first, digits) = self.year_digits(at)?;
        let second = self.past_joint(at + 1)?;
        let (last, last_digits) = self.year_digits(second)?;
        let year = |year| Calendar::named(Name::Year).in_year(Year::Written(year));
        if let Some((before, end)) = self.era(second + 1) {
            let signed = |value: i32| if before { -value } else { value };
            return Some(vec![
                self.found(at, at + 1, year(signed(first))),
                self.found(second, end, year(signed(last))),
            ]);
        }
        let glued = self.glued(at + 1) && self.glued(second) && self.past_hyphen(at + 1).is_some();
        if digits == 4 && last_digits == 2 && glued && (1400..=2100).contains(&first) && last > first % 100 {
            let last = first / 100 * 100 + last;
            return Some(vec![
                self.found(at, at + 1, year(first)),
                self.found(second, second + 1, year(last)),
            ]);
        }
        None
    }

    /// A month or day without a year before one with it: "May 10 to June 25, 1940".
    fn shared_year(&self, at: usize) -> Option<Vec<Found>> {
        let read = |at| self.month_date(at).or_else(|| self.day_first(at));
        // Before a joint and another month, "May" is one.
        let month_alone = || self.month(at).map(|(month, end, _)| (Calendar::named(Name::Month(month)), end));
        let (first, after) = read(at).or_else(month_alone)?;
        let second = self.past_joint(after)?;
        let (last, end) = read(second)?;
        let (Year::Missing, Year::Written(year)) = (first.year, last.year) else { return None };
        let month = |calendar: &Calendar| match calendar.name {
            Name::Month(month) | Name::Day(Some(month), _) => Some(month),
            _ => None,
        };
        let earlier = if month(&first)? <= month(&last)? { year } else { year - 1 };
        if earlier == 0 {
            return None;
        }
        let first = first.in_year(Year::Written(earlier));
        Some(vec![self.found(at, after, first), self.found(second, end, last)])
    }

    fn found(&self, first: usize, end: usize, calendar: Calendar) -> Found {
        let expression = Expression::Calendar(calendar);
        Found { first, end, expression, modifier: None, rule: "time.range" }
    }
}
