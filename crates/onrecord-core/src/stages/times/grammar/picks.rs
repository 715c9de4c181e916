//! Units and names picked out by their place: "last week", "the following year", "last October", "yesterday".

use super::{Grammar, Parse};
use crate::stages::times::expression::{Calendar, Expression, Name, Pick, Year};
use crate::stages::times::value::{Clock, Length, PartOfDay, Reference, Unit};
use crate::stages::times::words::{Class, Kind, Which};

impl Grammar<'_> {
    /// "last", "the following", "that same", "this coming": which, and where it ends.
    pub(super) fn which(&self, at: usize) -> Parse<Which> {
        let determined =
            matches!(self.class(at), Some(Class::Determiner)) && !self.is(at, "a") && !self.is(at, "an");
        let start = at + usize::from(determined);
        let Some(Class::Which(which)) = self.class(start) else { return None };
        // "is expected to last five weeks", "said that last week"
        if self.is(start, "last") && self.tag(start).starts_with("VB")
            || which == Which::That && self.tag(start) == "IN"
        {
            return None;
        }
        if let Some(Class::Which(second)) = self.class(start + 1)
            && matches!(which, Which::This | Which::That)
            && matches!(second, Which::Same | Which::Coming | Which::Past | Which::Current | Which::Last)
        {
            let which = match second {
                Which::Same => Which::That,
                Which::Past => Which::Last,
                second => second,
            };
            return Some((which, start + 2));
        }
        // "the next day" follows in the story; "next day" alone does too, but "next week" is from now.
        let which = if which == Which::Next && determined { Which::Following } else { which };
        Some((which, start + 1))
    }

    /// "last week", "the following year", "this morning", "the day before", "the quarter".
    pub(super) fn pick(&self, at: usize) -> Parse {
        let (which, next) = self.which(at).or_else(|| self.is(at, "the").then_some((Which::The, at + 1)))?;
        let fiscal = matches!(self.class(next), Some(Class::Fiscal));
        let next = next
            + usize::from(
                fiscal || self.is(next, "full") || self.is(next, "whole") || self.is(next, "entire"),
            );
        let pick = |which, shift, unit, clock| Expression::Unit(Pick { which, shift, unit, clock, fiscal });
        match self.class(next)? {
            Class::Unit(unit) if !unit.of_day() && !self.hyphenated(next) => {
                if which == Which::The {
                    if self.is_apposed_day(at, next) {
                        return Some((pick(Which::That, 0, unit, None), next + 1));
                    }
                    // "Later in the day before flying home" is of this day.
                    if !self.is_inside_unit(at)
                        && let Some((which, end)) = self.before_or_after(next + 1)
                    {
                        return Some((pick(which, shift_of(which)?, unit, None), end));
                    }
                    if unit == Unit::Day && (self.counts_on(next + 1) || self.is_victory(at)) {
                        return None;
                    }
                }
                // "the year ended March 31" is a length that ends then.
                let ends = ["ended", "ending"].iter().any(|word| self.is(next + 1, word));
                if which == Which::The && unit == Unit::Year && ends {
                    return Some((Expression::Length(Length::new(Some(1.into()), unit)), next + 1));
                }
                if let (
                    Which::Past,
                    Unit::Year
                    | Unit::Decade
                    | Unit::Century
                    | Unit::Week
                    | Unit::Month
                    | Unit::Quarter
                    | Unit::Day
                    | Unit::Weekend,
                ) = (which, unit)
                {
                    return Some((Expression::Length(super::lengths::exact(1.into(), unit)), next + 1));
                }
                let which = if which == Which::Next && unit == Unit::Day { Which::Following } else { which };
                Some((pick(which, shift_of(which)?, unit, None), next + 1))
            }
            Class::Part(part) if which != Which::The => {
                let (which, shift) = match which {
                    Which::Next => (Which::Following, 1),
                    which => (which, shift_of(which)?),
                };
                let night = if self.is(next, "overnight") { return None } else { part };
                Some((pick(which, shift, Unit::Day, Some(Clock::Part(night))), next + 1))
            }
            Class::Period if matches!(which, Which::Latest) => {
                Some((pick(which, 0, Unit::Quarter, None), next + 1))
            }
            _ => None,
        }
    }

    fn hyphenated(&self, at: usize) -> bool {
        self.past_hyphen(at + 1).is_some() && self.glued(at + 1) && self.glued(at + 2)
    }

    /// "before", "after", "following", "previous" behind a unit, where no event follows to count from.
    fn before_or_after(&self, at: usize) -> Parse<Which> {
        let (which, end) = match self.class(at)? {
            Class::Before(after) => (if after { Which::Following } else { Which::Previous }, at + 1),
            Class::Which(which @ (Which::Following | Which::Previous)) => (which, at + 1),
            Class::Shift(later) => (if later { Which::Following } else { Which::Previous }, at + 1),
            _ => return None,
        };
        Some((which, end))
    }

    /// Whether "the day before the vote" says of the day just named what else it was: "on Oct. 12, the day before the
    /// vote".
    fn is_apposed_day(&self, at: usize, unit: usize) -> bool {
        let mark = at.checked_sub(1).and_then(|before| self.mark(before));
        let named = at.checked_sub(2).and_then(|before| self.lex(before)).is_some_and(|lex| {
            lex.number().is_some() || matches!(lex.class(), Some(Class::Weekday(_) | Class::Day(_)))
        });
        matches!(self.class(unit), Some(Class::Unit(Unit::Day)))
            && matches!(self.class(unit + 1), Some(Class::Before(_)))
            && self.lex(unit + 2).is_some_and(|lex| lex.mark().is_none())
            && matches!(mark, Some(',' | '(' | '-' | '–' | '—'))
            && named
    }

    /// Whether "the day" or its like is told of in part only: "later in the day", "at the end of the day".
    fn is_inside_unit(&self, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back).and_then(|before| self.lex(before));
        before(1).is_some_and(|lex| lex.is("in") || lex.is("of"))
            && before(2).is_some_and(|lex| {
                matches!(lex.class(), Some(Class::Early(_) | Class::Shift(_) | Class::Edge(_)))
            })
    }

    /// "the day the war broke out", "the year of": a unit told by what happened, which no anchor gives.
    fn counts_on(&self, at: usize) -> bool {
        self.lex(at).is_some_and(|lex| {
            matches!(lex.word.as_str(), "the" | "of" | "he" | "she" | "they" | "that" | "i" | "we")
        })
    }

    /// "carried the day", "won the day": who prevailed, not when.
    fn is_victory(&self, at: usize) -> bool {
        at.checked_sub(1).and_then(|before| self.lex(before)).is_some_and(|lex| {
            matches!(
                lex.word.as_str(),
                "carry" | "carries" | "carried" | "win" | "wins" | "won" | "save" | "saves" | "saved"
            )
        })
    }

    /// "last October", "next Friday", "this summer", "this year's Christmas".
    pub(super) fn named(&self, at: usize) -> Parse {
        let (which, next) = self.which(at)?;
        let lex = self.lex(next)?;
        let Kind::Word(Some(entry)) = lex.kind else { return None };
        let name = match entry.class {
            Class::Month(month) if lex.capital && !entry.short => Name::Month(month),
            Class::Month(month) if lex.capital && self.mark(next + 1) == Some('.') => Name::Month(month),
            Class::Weekday(day) if lex.capital && !entry.short => Name::Weekday(day),
            // "The final fall" of a town is no season.
            Class::Season(season) if !(entry.unsure && matches!(which, Which::First | Which::Final)) => {
                Name::Season(season)
            }
            Class::Holiday(holiday) if lex.capital => Name::Holiday(holiday),
            _ => return None,
        };
        let mut calendar = Calendar { which: Some(which), ..Calendar::named(name) };
        let mut end = next + 1 + usize::from(entry.short);
        match name {
            // "this coming Sunday, March eighth"
            Name::Weekday(day) => {
                if let Some((Expression::Calendar(date), after)) = self.date(self.past_comma(end))
                    && matches!(date.name, Name::Day(Some(_), _))
                {
                    let date = Calendar { which: Some(which), weekday: Some(day), ..date };
                    return Some((Expression::Calendar(date), after));
                }
            }
            // "last April 5" has its day; "next May 2025" its year.
            Name::Month(month) => {
                if let Some((day, after)) = self.day_number(end) {
                    (calendar.name, end) = (Name::Day(Some(month), day), after);
                }
                if let Some((year @ Year::Written(_), after)) = self.year_after(end) {
                    (calendar.year, end) = (year, after);
                }
            }
            Name::Holiday(_) if self.is(end, "day") => end += 1,
            _ => {}
        }
        if let Some((clock, after)) = self.part_after(end)
            && matches!(name, Name::Weekday(_))
        {
            (calendar.clock, end) = (Some(clock), after);
        }
        Some((Expression::Calendar(calendar), end))
    }

    /// "yesterday", "tomorrow night", "tonight", "the day before yesterday", "the day after tomorrow".
    pub(super) fn deictic_day(&self, at: usize) -> Parse {
        let day = |shift: i8, clock| {
            Expression::Unit(Pick {
                which: Which::Current,
                shift: i32::from(shift),
                unit: Unit::Day,
                clock,
                fiscal: false,
            })
        };
        match self.class(at)? {
            Class::Day(shift) => Some(match self.part_after(at + 1) {
                Some((clock, end)) => (day(shift, Some(clock)), end),
                None => (day(shift, None), at + 1),
            }),
            Class::Tonight => Some((day(0, Some(Clock::Part(PartOfDay::Night))), at + 1)),
            Class::Part(PartOfDay::Night) if self.is(at, "overnight") => {
                // Only as an adverb: "overnight delivery" says no night.
                self.ends_phrase(at + 1).then(|| (day(0, Some(Clock::Part(PartOfDay::Night))), at + 1))
            }
            _ => {
                let start = self.past_word(at, "the").unwrap_or(at);
                let (Class::Unit(Unit::Day), Class::Before(after), Class::Day(shift)) =
                    (self.class(start)?, self.class(start + 1)?, self.class(start + 2)?)
                else {
                    return None;
                };
                Some((day(shift + if after { 1 } else { -1 }, None), start + 3))
            }
        }
    }

    /// "the last three months", "the next few weeks", "recent years", "the nine months".
    pub(super) fn picked_length(&self, at: usize) -> Parse {
        let determined =
            self.is(at, "the") || self.is(at, "its") || self.is(at, "these") || self.is(at, "those");
        let start = at + usize::from(determined);
        let (which, next) = match self.lex(start)?.kind {
            Kind::Number(number)
                if number.kind == crate::numbers::NumberKind::Ordinal && number.value == 1.into() =>
            {
                (Some(Which::First), start + 1)
            }
            _ => match self.class(start) {
                Some(Class::Which(which))
                    if !(self.is(start, "last") && self.tag(start).starts_with("VB")) =>
                {
                    (Some(which), start + 1)
                }
                _ => (None, start),
            },
        };
        if which.is_none() && !determined {
            return None;
        }
        if let Some(Class::Units(unit)) = self.class(next) {
            return match which {
                Some(Which::Recent | Which::Past | Which::Vague) => {
                    Some((Expression::Reference(Reference::Past), next + 1))
                }
                Some(Which::Coming) => Some((Expression::Reference(Reference::Future), next + 1)),
                Some(Which::This | Which::That | Which::Current) => None,
                _ => Some((Expression::Length(Length::new(None, unit)), next + 1)),
            };
        }
        if which.is_some_and(|which| matches!(which, Which::This | Which::That | Which::Recent)) {
            return None;
        }
        let (length, end) = self.length(next)?;
        // A count and a plural: "the last 24 hours", not "the last 24-hour".
        self.plural_at(end).then_some((Expression::Length(length), end))
    }

    fn plural_at(&self, end: usize) -> bool {
        end.checked_sub(1).is_some_and(|last| matches!(self.class(last), Some(Class::Units(_))))
    }
}

/// How many units away the place is that a word picks.
fn shift_of(which: Which) -> Option<i32> {
    Some(match which {
        Which::Last | Which::Previous => -1,
        Which::This | Which::Current | Which::That | Which::Same | Which::Latest | Which::The => 0,
        Which::Next | Which::Following | Which::Coming => 1,
        Which::Past | Which::Latter | Which::Recent | Which::First | Which::Final | Which::Vague => {
            return None;
        }
    })
}
