//! The grammar of time: at each word that can start an expression, the longest one that some rule reads.
//!
//! Rules are functions from a place among the lexemes to an expression and where it ends. They know words only; when
//! the words were said is the resolver's business.

mod clocks;
mod dates;
mod lengths;
mod parts;
mod picks;
mod ranges;
mod years;

use super::expression::{Calendar, Expression, Found, Name, Pick};
use super::value::{Length, Reference, Unit};
use super::words::{Class, Kind, Lex, Lexicon, Which};

/// What a rule gives: the expression and the index after its last lexeme.
pub(super) type Parse<T = Expression> = Option<(T, usize)>;

/// A rule of the grammar.
type Rule = fn(&Grammar<'_>, usize) -> Parse;

/// The rules with their names. The longest reading wins; of equally long ones, the first.
const RULES: &[(&str, Rule)] = &[
    ("time.clock", |grammar, at| grammar.clock_date(at)),
    ("time.date", |grammar, at| grammar.date(at)),
    ("time.foreign", |grammar, at| grammar.foreign(at)),
    ("time.week", |grammar, at| grammar.week(at)),
    ("time.quarter", |grammar, at| grammar.quarter(at)),
    ("time.period", |grammar, at| grammar.same_period(at)),
    ("time.season", |grammar, at| grammar.season(at)),
    ("time.holiday", |grammar, at| grammar.holiday(at)),
    ("time.decade", |grammar, at| grammar.decade(at)),
    ("time.century", |grammar, at| grammar.century(at)),
    ("time.year", |grammar, at| grammar.year(at)),
    ("time.set", |grammar, at| grammar.set(at)),
    ("time.shift", |grammar, at| grammar.shift(at)),
    ("time.pick", |grammar, at| grammar.pick(at)),
    ("time.named", |grammar, at| grammar.named(at)),
    ("time.day", |grammar, at| grammar.deictic_day(at)),
    ("time.reference", |grammar, at| grammar.reference(at)),
    ("time.one_day", |grammar, at| grammar.one_day(at)),
    ("time.several", |grammar, at| grammar.picked_length(at)),
    ("time.length", |grammar, at| grammar.length_expression(at)),
    (SO_FAR, |grammar, at| grammar.so_far(at)),
];

/// The rule of what goes on until now: "the war so far".
pub(super) const SO_FAR: &str = "time.so_far";

/// Lexemes under the grammar.
pub(super) struct Grammar<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) text: &'a str,
    pub(super) lexemes: &'a [Lex],
    /// For each lexeme, its part-of-speech tag where the parse is at hand.
    pub(super) tags: &'a [&'a str],
}

impl Grammar<'_> {
    /// Every expression of the text, in order, none inside another.
    pub(super) fn find(&self) -> Vec<Found> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.lexemes.len() {
            if !self.may_start(at) {
                at += 1;
                continue;
            }
            let read = self.read(at);
            match read.last() {
                Some(last) => {
                    at = last.end.max(at + 1);
                    found.extend(read);
                }
                None => at += 1,
            }
        }
        found
    }

    /// The cheap test that most words fail.
    fn may_start(&self, at: usize) -> bool {
        match self.lexemes[at].kind {
            Kind::Number(_) => true,
            // Most articles stand before a word that no rule reads on from.
            Kind::Word(Some(entry)) if entry.class == Class::Determiner => {
                self.goes_on(at + 1) || self.is(at + 2, "so") || self.opens_phrase(at)
            }
            Kind::Word(Some(_)) => true,
            Kind::Word(None) => {
                let word = self.lexemes[at].word.as_str();
                matches!(word, "less" | "at" | "up" | "no" | "q" | "new" | "fewer" | "longer")
                    || self.opens_phrase(at)
            }
            Kind::Mark(mark) => matches!(mark, '\'' | '’' | '‘' | '`'),
        }
    }

    /// Whether a rule may read on over a lexeme.
    fn goes_on(&self, at: usize) -> bool {
        self.lex(at).is_some_and(|lex| match lex.kind {
            Kind::Number(_) | Kind::Word(Some(_)) => true,
            Kind::Word(None) => lex.word == "very",
            Kind::Mark(mark) => matches!(mark, '\'' | '’' | '‘' | '`'),
        })
    }

    fn opens_phrase(&self, at: usize) -> bool {
        let phrases = self.lexicon.phrases(&self.lexemes[at].word);
        phrases.iter().any(|(phrase, _)| self.past_phrase(at, phrase).is_some())
    }

    /// The expressions that start at a lexeme: one, or the two ends of a range.
    fn read(&self, at: usize) -> Vec<Found> {
        let range = self.range(at);
        let single = self.modified(at, 0);
        match (range, single) {
            (Some(range), Some(single)) if range.last().is_some_and(|last| last.end >= single.end) => range,
            (Some(range), None) => range,
            (_, Some(single)) => vec![single],
            (None, None) => Vec::new(),
        }
    }

    /// An expression with what modifies it: "early this week", "the end of 1990", "nearly two years".
    fn modified(&self, at: usize, depth: usize) -> Option<Found> {
        let plain = self.plain(at);
        if let Some((unit, end)) = self.unit_end(at) {
            let pick = Pick { which: Which::The, shift: 0, unit, clock: None, fiscal: false };
            let expression = Expression::Unit(pick);
            return Some(Found { first: at, end, expression, modifier: Some("END"), rule: "time.pick" });
        }
        if depth > 2 {
            return plain;
        }
        let modified = self.edge(at).or_else(|| self.early(at)).or_else(|| self.about(at)).and_then(
            |(modifier, next, kind)| {
                let inner = self.modified(next, depth + 1)?;
                let fits = match kind {
                    // "about two years", "about 1990", but not "about now".
                    Modifies::Amount => !matches!(inner.expression, Expression::Reference(_)),
                    Modifies::Length => {
                        matches!(inner.expression, Expression::Length(_) | Expression::Shift { .. })
                    }
                    Modifies::Place => {
                        matches!(inner.expression, Expression::Calendar(_) | Expression::Unit(_))
                    }
                };
                fits.then(|| Found { first: at, modifier: modifier.or(inner.modifier), ..inner })
            },
        );
        match (plain, modified) {
            (Some(plain), Some(modified)) if plain.end >= modified.end => Some(plain),
            (plain, modified) => modified.or(plain),
        }
    }

    fn plain(&self, at: usize) -> Option<Found> {
        let mut best: Option<Found> = None;
        for (name, rule) in RULES {
            if let Some((expression, end)) = rule(self, at)
                && best.as_ref().is_none_or(|best| end > best.end)
            {
                best = Some(Found { first: at, end, expression, modifier: None, rule: name });
            }
        }
        let mut best = best?;
        if let Expression::Calendar(calendar) = best.expression
            && let Some((calendar, end)) = self.year_moved(best.end, calendar)
        {
            (best.expression, best.end) = (Expression::Calendar(calendar), end);
        }
        // "the quarter a year ago"
        if let Expression::Unit(Pick { unit: Unit::Quarter, which: Which::The | Which::Same, .. }) =
            best.expression
            && let Some((calendar, end)) = self.year_moved(best.end, Calendar::named(Name::Quarter(None)))
        {
            (best.expression, best.end) = (Expression::Calendar(calendar), end);
        }
        self.extend(&mut best);
        Some(best)
    }

    /// What may follow an expression and belongs to it: "or so", "or later", "and beyond".
    fn extend(&self, found: &mut Found) {
        let two = |first: &str, second: &str| self.is(found.end, first) && self.is(found.end + 1, second);
        let modifier = if two("or", "so") {
            Some("APPROX")
        } else if two("or", "later") || two("and", "beyond") || two("or", "beyond") || two("and", "later") {
            Some("ON_OR_AFTER")
        } else if two("or", "earlier") {
            Some("ON_OR_BEFORE")
        } else if two("or", "more") {
            Some("EQUAL_OR_MORE")
        } else if two("or", "less") {
            Some("EQUAL_OR_LESS")
        } else {
            None
        };
        if modifier.is_some() {
            found.end += 2;
            found.modifier = modifier;
            // "a week or so ago"
            if let Expression::Length(length) = found.expression
                && let Some((shifted, end)) = self.shift_after(length, found.end)
            {
                (found.expression, found.end) = (shifted, end);
            }
        }
    }

    /// "the end of", "the beginning of", "year's end" is elsewhere.
    fn edge(&self, at: usize) -> Option<(Option<&'static str>, usize, Modifies)> {
        let mut next = self.past_word(at, "the").unwrap_or(at);
        next = self.past_word(next, "very").unwrap_or(next);
        let modifier = match self.class(next)? {
            Class::Edge(modifier) | Class::Early(modifier) if self.is(next + 1, "of") => modifier,
            Class::Early(modifier)
                if (self.is(next + 1, "part") || self.is(next + 1, "half")) && self.is(next + 2, "of") =>
            {
                return Some((Some(modifier), next + 3, Modifies::Place));
            }
            Class::Which(Which::Latter) if (self.is(next + 1, "part")) && self.is(next + 2, "of") => {
                return Some((Some("END"), next + 3, Modifies::Place));
            }
            _ => return None,
        };
        Some((Some(modifier), next + 2, Modifies::Place))
    }

    /// "early", "late in", "mid-", "earlier", "later".
    fn early(&self, at: usize) -> Option<(Option<&'static str>, usize, Modifies)> {
        let start = self.past_word(at, "the").unwrap_or(at);
        let modifier = match self.class(start)? {
            Class::Early(modifier) => modifier,
            Class::Shift(later) if start == at => {
                if later {
                    "END"
                } else {
                    "START"
                }
            }
            _ => return None,
        };
        let mut next = start + 1;
        if self.mark(next) == Some('-') || self.is(next, "in") || self.is(next, "on") {
            next += 1;
        }
        Some((Some(modifier), next, Modifies::Place))
    }

    /// "about", "nearly", "more than", "at least", "up to".
    fn about(&self, at: usize) -> Option<(Option<&'static str>, usize, Modifies)> {
        let two = |first: &str, second: &str| self.is(at, first) && self.is(at + 1, second);
        if two("more", "than") || two("longer", "than") {
            return Some((Some("MORE_THAN"), at + 2, Modifies::Length));
        }
        if two("less", "than") || two("fewer", "than") {
            return Some((Some("LESS_THAN"), at + 2, Modifies::Length));
        }
        if two("at", "least") {
            return Some((Some("EQUAL_OR_MORE"), at + 2, Modifies::Length));
        }
        if two("at", "most") || two("up", "to") {
            return Some((Some("EQUAL_OR_LESS"), at + 2, Modifies::Length));
        }
        if self.is(at, "no")
            && (self.is(at + 1, "more") || self.is(at + 1, "longer"))
            && self.is(at + 2, "than")
        {
            return Some((Some("EQUAL_OR_LESS"), at + 3, Modifies::Length));
        }
        let Class::About(modifier) = self.class(at)? else { return None };
        let kind = if modifier == Some("APPROX") && !self.is(at, "some") {
            Modifies::Amount
        } else {
            Modifies::Length
        };
        let next = if self.mark(at + 1) == Some('.') { at + 2 } else { at + 1 };
        // "over the past week" is a preposition and its time.
        let plain = matches!(self.class(next), Some(Class::Determiner))
            && !self.is(next, "a")
            && !self.is(next, "an");
        let preposition = self.is(at, "over") || self.is(at, "under") || self.is(at, "around");
        let amount = self.lex(next).is_some_and(|lex| lex.number().is_some())
            || self.is(next, "a")
            || self.is(next, "an");
        if plain || preposition && !amount && !matches!(self.class(next), Some(Class::Month(_))) {
            return None;
        }
        Some((modifier, next, kind))
    }

    /// A fixed phrase, or a word, for the vague past, present or future.
    fn reference(&self, at: usize) -> Parse {
        let lex = self.lexemes.get(at)?;
        if let Some(Class::Reference(code)) = lex.class() {
            return Some((Expression::Reference(Reference::from_code(code)?), at + 1));
        }
        for (phrase, value) in self.lexicon.phrases(&lex.word) {
            let Some(end) = self.past_phrase(at, phrase) else { continue };
            let single = end == at + 1;
            if single && !self.reads_as_time(at) {
                continue;
            }
            let value = value.parse().ok()?;
            let expression = match value {
                super::value::TimeValue::Reference(reference) => Expression::Reference(reference),
                super::value::TimeValue::Length(length) => Expression::Length(length),
                super::value::TimeValue::Stamp(_) => return None,
            };
            // "the past" and "the present" are times only where nothing follows that they could qualify.
            // "This time, they won" is one of several times; "at this time" is now.
            if *phrase == "this time" && !self.led(at) {
                continue;
            }
            if (phrase.starts_with("the ") || phrase.starts_with("this ")) && self.qualifies(end) {
                continue;
            }
            return Some((expression, end));
        }
        None
    }

    /// "They will one day return": at some time to come.
    fn one_day(&self, at: usize) -> Parse {
        let whole = self.lex(at).is_some_and(|lex| lex.word == "one") && self.is(at + 1, "day");
        let before = at.checked_sub(1).is_some_and(|before| self.tag(before) == "MD");
        let told = before || self.tag(at + 2) == "MD";
        (whole && told).then_some((Expression::Reference(Reference::Future), at + 2))
    }

    /// "the war so far": a stretch that ends when the words are said, and began nobody says when.
    fn so_far(&self, at: usize) -> Parse {
        let led = at
            .checked_sub(1)
            .and_then(|before| self.lex(before))
            .is_some_and(|before| matches!(before.word.as_str(), "in" | "during" | "over" | "throughout"));
        let determined = led && (matches!(self.class(at), Some(Class::Determiner)) || self.is(at, "this"));
        let noun = matches!(self.lex(at + 1)?.kind, Kind::Word(None));
        let so_far = self.is(at + 2, "so") && self.is(at + 3, "far") && !self.is(at + 4, "as");
        (determined && noun && so_far).then(|| (Expression::Length(Length::new(None, Unit::Stretch)), at + 4))
    }

    /// Whether a preposition stands before.
    fn led(&self, at: usize) -> bool {
        at.checked_sub(1).and_then(|before| self.lex(before)).is_some_and(|before| {
            matches!(
                before.word.as_str(),
                "at" | "by" | "during" | "from" | "until" | "since" | "in" | "before" | "around"
            )
        })
    }

    /// Whether a word such as "recent" is used as an adjective of time.
    fn reads_as_time(&self, at: usize) -> bool {
        !matches!(self.tags.get(at).copied(), Some("NN" | "NNP" | "VB" | "VBP")) || self.is(at, "future")
    }

    /// Whether the last word of a phrase is an adjective before its noun: "the past regime".
    fn qualifies(&self, end: usize) -> bool {
        let last = end - 1;
        if !(self.is(last, "past") || self.is(last, "present") || self.is(last, "future")) {
            return false;
        }
        let followed = self.lexemes.get(end).is_some_and(|lex| {
            matches!(lex.kind, Kind::Word(_) | Kind::Number(_))
                && !matches!(
                    lex.word.as_str(),
                    "of" | "and"
                        | "or"
                        | "but"
                        | "to"
                        | "is"
                        | "was"
                        | "as"
                        | "for"
                        | "in"
                        | "at"
                        | "by"
                        | "on"
                )
        });
        followed && self.tags.get(last).copied() != Some("NN")
    }

    // The rules' own hands.

    pub(super) fn lex(&self, at: usize) -> Option<&Lex> {
        self.lexemes.get(at)
    }

    pub(super) fn class(&self, at: usize) -> Option<Class> {
        self.lexemes.get(at)?.class()
    }

    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        self.lexemes.get(at).is_some_and(|lex| lex.is(word))
    }

    pub(super) fn mark(&self, at: usize) -> Option<char> {
        self.lexemes.get(at)?.mark()
    }

    pub(super) fn glued(&self, at: usize) -> bool {
        self.lexemes.get(at).is_some_and(|lex| lex.glued)
    }

    pub(super) fn tag(&self, at: usize) -> &str {
        self.tags.get(at).copied().unwrap_or_default()
    }

    pub(super) fn past_word(&self, at: usize, word: &str) -> Option<usize> {
        self.is(at, word).then_some(at + 1)
    }

    /// Past a comma.
    pub(super) fn past_comma(&self, at: usize) -> usize {
        if self.mark(at) == Some(',') { at + 1 } else { at }
    }

    /// Past a hyphen or dash that joins two words.
    pub(super) fn past_hyphen(&self, at: usize) -> Option<usize> {
        matches!(self.mark(at)?, '-' | '–' | '‑' | '—' | '−').then_some(at + 1)
    }

    /// Past an "'s" or a bare apostrophe that makes a word possessive.
    pub(super) fn past_possessive(&self, at: usize) -> Option<usize> {
        if !matches!(self.mark(at)?, '\'' | '’') || !self.glued(at) {
            return None;
        }
        if self.is(at + 1, "s") && self.glued(at + 1) { Some(at + 2) } else { Some(at + 1) }
    }

    fn past_phrase(&self, at: usize, phrase: &str) -> Option<usize> {
        let mut next = at;
        for (index, word) in phrase.split([' ', '-']).enumerate() {
            if index > 0 && phrase.contains('-') && self.mark(next) == Some('-') {
                next += 1;
            }
            next = self.past_word(next, word)?;
        }
        Some(next)
    }
}

/// What a modifier may stand before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Modifies {
    /// A length, or a place in the calendar.
    Amount,
    /// A length, or a shift by one.
    Length,
    /// A place in the calendar.
    Place,
}
