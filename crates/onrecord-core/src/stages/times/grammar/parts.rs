//! Parts of a year that are no month: seasons, quarters, weeks, feasts, and days of other calendars.

use super::{Grammar, Parse};
use crate::numbers::NumberKind;
use crate::stages::times::expression::{Calendar, Expression, Foreign, Name, Year};
use crate::stages::times::value::Unit;
use crate::stages::times::words::{Class, Kind, Lex, Which};

impl Grammar<'_> {
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
        // "the spring and early summer of 1943", "the spring offensive of 1918"
        let seasonal = || matches!(self.class(next + 1), Some(Class::Seasonal)).then_some(next + 1);
        if let Some((year @ Year::Written(_), _)) =
            self.joined_season(next).or_else(seasonal).and_then(|last| self.year_after(last + 1))
            && (next == at || !self.names_noun(next + 1))
        {
            return Some((Expression::Calendar(calendar.in_year(year)), next + 1));
        }
        if next == at && !entry.unsure && self.is_kind_of(at) {
            return Some((Expression::Calendar(calendar.in_year(Year::Any)), next + 1));
        }
        let in_place = !entry.unsure || self.season_in_place(at, next) || self.is_seasonal(next);
        if !in_place || next > at && self.names_noun(next + 1) {
            return None;
        }
        Some((Expression::Calendar(calendar), next + 1))
    }

    /// Whether a noun follows, so that an article before belongs to it: "the summer campaign".
    pub(super) fn names_noun(&self, at: usize) -> bool {
        if self.tags.is_empty() {
            return self.lex(at).is_some_and(|lex| lex.capital);
        }
        let is_noun = |lex: &Lex| matches!(lex.class(), None | Some(Class::Seasonal));
        self.tag(at).starts_with("NN") && self.lex(at).is_some_and(is_noun)
    }

    /// "winter quarters", "summer clothes": a kind of thing, and no time at which something happens.
    fn is_kind_of(&self, at: usize) -> bool {
        let picks = |lex: &Lex| {
            matches!(lex.class(), Some(Class::Which(_) | Class::Determiner | Class::Early(_) | Class::Every))
        };
        let picked = at.checked_sub(1).and_then(|before| self.lex(before)).is_some_and(picks);
        let noun = |lex: &Lex| !lex.capital && lex.class().is_none();
        !picked
            && self.lex(at).is_some_and(|lex| !lex.capital)
            && self.lex(at + 1).is_some_and(noun)
            && self.tag(at + 1).starts_with("NN")
    }

    /// "spring offensive", "spring and summer".
    fn is_seasonal(&self, at: usize) -> bool {
        self.joined_season(at).is_some() || matches!(self.class(at + 1), Some(Class::Seasonal))
    }

    /// The other season of "spring and early summer of 1943", whose year is that of both.
    fn joined_season(&self, at: usize) -> Option<usize> {
        let next = self.past_word(at + 1, "and")?;
        let is_early = matches!(self.class(next), Some(Class::Early(_)));
        let other = next + usize::from(is_early);
        matches!(self.class(other), Some(Class::Season(_))).then_some(other)
    }

    /// Whether "fall" or "spring" stands where a season would.
    pub(super) fn season_in_place(&self, at: usize, next: usize) -> bool {
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

    /// "the same period last year", "the corresponding month of 1998", "the same month a year ago".
    pub(super) fn same_period(&self, at: usize) -> Parse {
        let next = self.past_determiner(at);
        let Some(Class::Which(Which::Same | Which::That)) = self.class(next) else { return None };
        let Some(Class::Period | Class::Unit(Unit::Month | Unit::Quarter)) = self.class(next + 1) else {
            return None;
        };
        let of = self.past_word(next + 2, "of").or_else(|| self.past_word(next + 2, "in"));
        let period = Calendar::named(Name::Period);
        let (calendar, end) = match self.year_moved(next + 2, period) {
            Some(moved) => moved,
            None => {
                let year = of.unwrap_or(next + 2);
                let (year, end) = self.which_year(year).or_else(|| self.written_year(year, of.is_some()))?;
                (period.in_year(year), end)
            }
        };
        Some((Expression::Calendar(calendar), end))
    }

    pub(super) fn short_quarter(&self, at: usize) -> Parse {
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
    pub(super) fn year_before_quarter(&self, at: usize) -> Parse<Year> {
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

    pub(super) fn past_determiner(&self, at: usize) -> usize {
        if matches!(self.class(at), Some(Class::Determiner)) { at + 1 } else { at }
    }

    pub(super) fn past_fiscal(&self, at: usize) -> usize {
        if matches!(self.class(at), Some(Class::Fiscal)) { at + 1 } else { at }
    }

    /// "third quarter", "final quarter", "second half"; after a year also "quarter" and "period" alone.
    pub(super) fn quarter_name(&self, at: usize, after_year: bool) -> Parse<Name> {
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
}
