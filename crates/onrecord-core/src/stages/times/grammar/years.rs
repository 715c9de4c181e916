//! Years, decades and centuries: "1989", "the late nineties", "493 BC", "of that year".

use super::{Grammar, Parse};
use crate::numbers::{NumberForm, NumberKind};
use crate::stages::times::expression::{Calendar, Expression, Name, Year};
use crate::stages::times::value::Unit;
use crate::stages::times::words::{Class, Kind};

impl Grammar<'_> {
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

    pub(super) fn past_the_year(&self, at: usize) -> usize {
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
    pub(super) fn year_digits(&self, at: usize) -> Option<(i32, usize)> {
        let lex = self.lex(at)?;
        let year = self.plain_number(at).filter(|year| *year > 0)?;
        let decimal = self.mark(at + 1) == Some('.')
            && self.glued(at + 1)
            && self.glued(at + 2)
            && self.lex(at + 2).is_some_and(|lex| lex.number().is_some());
        (!decimal).then_some((year, lex.word.len()))
    }

    /// "'98"
    pub(super) fn short_year(&self, at: usize) -> Parse<Year> {
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
    pub(super) fn stands_as_year(&self, at: usize, year: i32) -> bool {
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
    pub(super) fn spelled_year(&self, at: usize, beside: bool) -> Parse<Year> {
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
}
