//! The two ends of a range that share a month, a year or an era: "12–15 June 1940", "499-493 BC".

use super::Grammar;
use crate::stages::times::expression::{Calendar, Expression, Found, Name, Year};

impl Grammar<'_> {
    /// The two ends of a range that share a month, a year or an era: "12–15 June 1940", "June 5–8", "1939–45",
    /// "499-493 BC", "June to August 1941".
    pub(super) fn range(&self, at: usize) -> Option<Vec<Found>> {
        self.days_before_month(at)
            .or_else(|| self.days_after_month(at))
            .or_else(|| self.years(at))
            .or_else(|| self.shared_year(at))
    }

    pub(super) fn past_joint(&self, at: usize) -> Option<usize> {
        if let Some(next) = self.past_hyphen(at) {
            return Some(next);
        }
        let word = self.lex(at)?.word.as_str();
        matches!(word, "to" | "and" | "or" | "until" | "through").then_some(at + 1)
    }

    pub(super) fn days_before_month(&self, at: usize) -> Option<Vec<Found>> {
        let start = self.past_word(at, "the").unwrap_or(at);
        let (day, after) = self.day_number(start)?;
        let second = self.past_joint(after)?;
        let (last, end) = self.day_first(second)?;
        let Name::Day(Some(month), _) = last.name else { return None };
        let first = Calendar { name: Name::Day(Some(month), day), ..last };
        Some(vec![self.found(at, after, first), self.found(second, end, last)])
    }

    pub(super) fn days_after_month(&self, at: usize) -> Option<Vec<Found>> {
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

    pub(super) fn years(&self, at: usize) -> Option<Vec<Found>> {
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
    pub(super) fn shared_year(&self, at: usize) -> Option<Vec<Found>> {
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

    pub(super) fn found(&self, first: usize, end: usize, calendar: Calendar) -> Found {
        let expression = Expression::Calendar(calendar);
        Found { first, end, expression, modifier: None, rule: "time.range" }
    }
}
