//! Cuts a text into words, numbers and marks, once, and says what each word is to the grammar of time.

use smol_str::SmolStr;

use super::value::{PartOfDay, Season, Unit};
use crate::Span;
use crate::numbers::{List, Number, NumberKind, Numbers, Shapes};

/// Words of time with their class, value and flag.
const WORDS: &str = include_str!("../../../data/en/times.tsv");
/// Fixed phrases with their value.
const PHRASES: &str = include_str!("../../../data/en/time_phrases.tsv");

/// The words of English that the grammar of time knows.
#[derive(Debug, Clone)]
pub(super) struct Lexicon {
    words: List<Entry>,
    words_look: Shapes,
    /// Phrases by their first word, longest first.
    phrases: List<Vec<(&'static str, &'static str)>>,
    phrases_look: Shapes,
    numbers: Numbers,
}

/// What a word is to the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) class: Class,
    /// Whether the word is more often something else: "may", "fall".
    pub(super) unsure: bool,
    /// Whether it is an abbreviation that stands with a full stop or beside a number: "sept".
    pub(super) short: bool,
}

/// Classes of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Month(u8),
    Weekday(u8),
    Weekdays(u8),
    Unit(Unit),
    Units(Unit),
    Season(Season),
    Seasons(Season),
    Part(PartOfDay),
    Parts(PartOfDay),
    /// "noon", "midnight"
    Clock(u8),
    /// "yesterday", "today", "tomorrow"
    Day(i8),
    Tonight,
    Which(Which),
    Reference(&'static str),
    /// "about", "nearly", "more": with TIMEX3's modifier, or none.
    About(Option<&'static str>),
    /// "early", "late", "mid"
    Early(&'static str),
    /// "beginning", "end"
    Edge(&'static str),
    /// "several", "few"; a couple is two.
    Vague(Option<u8>),
    /// "earlier", "later"
    Shift(bool),
    /// "ago", "hence"
    Ago(bool),
    /// "before", "after"
    Before(bool),
    Every,
    Per,
    /// "daily"
    Adverb(Unit),
    /// Minutes east of Greenwich.
    Zone(i16),
    /// "BC": before; "AD": after.
    Era(bool),
    /// "pm" adds twelve hours.
    Meridiem(bool),
    Hijri(u8),
    Iranian(u8),
    Holiday(&'static str),
    /// "nineties"
    Decade(u8),
    Half,
    /// What happens in a season: "offensive", after "spring".
    Seasonal,
    Determiner,
    Fiscal,
    Period,
}

/// Which of several: how far from which anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    Last,
    Previous,
    Past,
    This,
    Current,
    That,
    Same,
    Next,
    Following,
    Coming,
    Latest,
    Latter,
    Recent,
    First,
    Final,
    Vague,
    /// "the week": only the article.
    The,
}

/// A word, number or mark.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lex {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The word in lower case; a number as it stands.
    pub(super) word: SmolStr,
    pub(super) kind: Kind,
    /// Whether no white space stands before it.
    pub(super) glued: bool,
    /// Whether it starts with a capital.
    pub(super) capital: bool,
}

/// Kinds of lexemes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Word(Option<Entry>),
    Number(Number),
    Mark(char),
}

impl Lex {
    pub(super) fn class(&self) -> Option<Class> {
        match self.kind {
            Kind::Word(entry) => entry.map(|entry| entry.class),
            _ => None,
        }
    }

    pub(super) fn is(&self, word: &str) -> bool {
        matches!(self.kind, Kind::Word(_)) && self.word == word
    }

    pub(super) fn mark(&self) -> Option<char> {
        if let Kind::Mark(mark) = self.kind { Some(mark) } else { None }
    }

    pub(super) fn number(&self) -> Option<&Number> {
        if let Kind::Number(number) = &self.kind { Some(number) } else { None }
    }
}

impl Lexicon {
    pub(super) fn english() -> Self {
        let words: List<Entry> = WORDS.lines().filter_map(entry).collect();
        let words_look = Shapes::of(words.keys().copied());
        let mut phrases: List<Vec<(&str, &str)>> = List::default();
        for (phrase, value) in PHRASES.lines().filter_map(|line| line.split_once('\t')) {
            let first = phrase.split([' ', '-']).next().unwrap_or(phrase);
            phrases.entry(first).or_default().push((phrase, value));
        }
        for list in phrases.values_mut() {
            list.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
        }
        let phrases_look = Shapes::of(phrases.keys().copied());
        Self { words, words_look, phrases, phrases_look, numbers: Numbers::english() }
    }

    /// The phrases that start with a word, longest first.
    pub(super) fn phrases(&self, first: &str) -> &[(&'static str, &'static str)] {
        if !self.phrases_look.may_hold(first.as_bytes()) {
            return &[];
        }
        self.phrases.get(first).map_or(&[], Vec::as_slice)
    }

    /// Cuts a text. A blank line becomes the mark '¶', which no rule reads over.
    pub(super) fn cut(&self, text: &str) -> Vec<Lex> {
        let mut lexemes: Vec<Lex> = Vec::with_capacity(text.len() / 5);
        let mut at = 0;
        let mut glued = true;
        while let Some(first) = text[at..].chars().next() {
            if first.is_whitespace() {
                let rest = &text[at..];
                let length = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
                if rest[..length].matches('\n').nth(1).is_some() {
                    lexemes.push(mark('¶', at, at));
                }
                at += length;
                glued = false;
                continue;
            }
            let lex = self.lexeme(text, at, first, glued);
            at = lex.end;
            glued = true;
            lexemes.push(lex);
        }
        lexemes
    }

    fn lexeme(&self, text: &str, at: usize, first: char, glued: bool) -> Lex {
        let after_letter = glued && text[..at].chars().next_back().is_some_and(char::is_alphabetic);
        if (first.is_alphanumeric() && !after_letter || first == '½')
            && let Some(number) = self.number(text, at)
        {
            let end = number.span.end as usize;
            let word = SmolStr::from(&text[at..end]);
            return Lex { start: at, end, word, kind: Kind::Number(number), glued, capital: false };
        }
        if !first.is_alphanumeric() {
            return Lex { glued, ..mark(first, at, at + first.len_utf8()) };
        }
        let digits = first.is_numeric();
        let rest = &text[at..];
        let length =
            rest.find(|c: char| !c.is_alphanumeric() || c.is_numeric() != digits).unwrap_or(rest.len());
        let raw = &rest[..length];
        let word = lower(raw);
        let known = self.words_look.may_hold(word.as_bytes());
        let entry = if known { self.words.get(word.as_str()).copied() } else { None };
        Lex {
            start: at,
            end: at + length,
            word,
            kind: Kind::Word(entry),
            glued,
            capital: first.is_uppercase(),
        }
    }

    /// A number, but for "three quarters", which is a length here, and "a third", which is an order.
    fn number(&self, text: &str, at: usize) -> Option<Number> {
        let number = self.numbers.read(text, at)?;
        let words = &text[number.span];
        let quarter = words.len().checked_sub(8).filter(|_| number.kind == NumberKind::Fraction);
        let part = text[number.span.end as usize..].trim_start().starts_with("of ");
        if let Some(cut) = quarter.filter(|_| !part && !words.contains('-'))
            && words.get(cut..).is_some_and(|end| end.eq_ignore_ascii_case("quarters"))
        {
            let end = at + cut;
            return self.numbers.read(&text[..end], at);
        }
        if number.kind == NumberKind::Fraction && words.get(..2).is_some_and(|a| a.eq_ignore_ascii_case("a "))
        {
            return None;
        }
        Some(number)
    }
}

fn mark(mark: char, start: usize, end: usize) -> Lex {
    Lex { start, end, word: SmolStr::default(), kind: Kind::Mark(mark), glued: false, capital: false }
}

fn lower(raw: &str) -> SmolStr {
    if raw.bytes().all(|byte| byte.is_ascii_lowercase()) {
        SmolStr::from(raw)
    } else {
        raw.chars().flat_map(char::to_lowercase).collect()
    }
}

impl From<&Lex> for Span {
    fn from(lex: &Lex) -> Self {
        Self::of(lex.start..lex.end)
    }
}

fn entry(line: &'static str) -> Option<(&'static str, Entry)> {
    let mut fields = line.split('\t');
    let word = fields.next().filter(|word| !word.starts_with('#'))?;
    let class = class(fields.next()?, fields.next().unwrap_or_default())?;
    let flag = fields.next().unwrap_or_default();
    Some((word, Entry { class, unsure: flag == "unsure", short: flag == "short" }))
}

fn class(name: &str, value: &'static str) -> Option<Class> {
    let number = || value.parse::<u8>().ok();
    Some(match name {
        "month" => Class::Month(number()?),
        "weekday" => Class::Weekday(number()?),
        "weekdays" => Class::Weekdays(number()?),
        "unit" => Class::Unit(unit(value)?),
        "units" => Class::Units(unit(value)?),
        "season" => Class::Season(Season::from_code(value)?),
        "seasons" => Class::Seasons(Season::from_code(value)?),
        "part" => Class::Part(PartOfDay::from_code(value)?),
        "parts" => Class::Parts(PartOfDay::from_code(value)?),
        "clock" => Class::Clock(number()?),
        "day" => Class::Day(value.parse().ok()?),
        "tonight" => Class::Tonight,
        "which" => Class::Which(which(value)?),
        "reference" => Class::Reference(value),
        "about" => Class::About(Some(value).filter(|value| *value != "NONE")),
        "early" => Class::Early(value),
        "edge" => Class::Edge(value),
        "vague" => Class::Vague(number()),
        "shift" => Class::Shift(value == "1"),
        "ago" => Class::Ago(value == "1"),
        "before" => Class::Before(value == "1"),
        "every" => Class::Every,
        "per" => Class::Per,
        "adverb" => Class::Adverb(unit(value)?),
        "zone" => Class::Zone(value.parse().ok()?),
        "era" => Class::Era(value == "-1"),
        "meridiem" => Class::Meridiem(value == "12"),
        "hijri" => Class::Hijri(number()?),
        "iranian" => Class::Iranian(number()?),
        "holiday" => Class::Holiday(value),
        "decade" => Class::Decade(number()?),
        "half" => Class::Half,
        "seasonal" => Class::Seasonal,
        "determiner" => Class::Determiner,
        "fiscal" => Class::Fiscal,
        "period" => Class::Period,
        _ => return None,
    })
}

fn unit(name: &str) -> Option<Unit> {
    Some(match name {
        "second" => Unit::Second,
        "minute" => Unit::Minute,
        "hour" => Unit::Hour,
        "day" | "night" => Unit::Day,
        "week" => Unit::Week,
        "weekend" => Unit::Weekend,
        "month" => Unit::Month,
        "quarter" => Unit::Quarter,
        "year" => Unit::Year,
        "decade" => Unit::Decade,
        "century" => Unit::Century,
        _ => return None,
    })
}

fn which(name: &str) -> Option<Which> {
    Some(match name {
        "last" => Which::Last,
        "previous" => Which::Previous,
        "past" => Which::Past,
        "this" => Which::This,
        "current" => Which::Current,
        "that" => Which::That,
        "same" => Which::Same,
        "next" => Which::Next,
        "following" => Which::Following,
        "coming" => Which::Coming,
        "latest" => Which::Latest,
        "latter" => Which::Latter,
        "recent" => Which::Recent,
        "first" => Which::First,
        "final" => Which::Final,
        "vague_past" => Which::Vague,
        _ => return None,
    })
}
