//! Reads numbers as reports write them: digits, words and both together, as exact decimals.
//!
//! One table of words, and one reader that takes the longest number at a place: "38,350", "1.2 million", "twenty-six",
//! "a hundred and five", "two-thirds", "15th", "2½". Times and figures read the same numbers, so that "2,000" is
//! never a year to one and a count to the other.

use crate::Span;

mod decimal;
mod digits;
mod joins;
mod lists;
mod shapes;
mod spelled;

pub use decimal::Decimal;
use digits::{digits, fraction, ordinal_ending, vulgar};
use joins::{character_length, past_joined};
pub(crate) use lists::{List, ListOf, WordSet};
pub(crate) use shapes::Shapes;

/// Words of numbers, with their class and value.
const WORDS: &str = include_str!("../data/en/numbers.tsv");

/// A number as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// Its words, with neither sign nor unit.
    pub span: Span,
    /// Its value; a fraction without a finite decimal is rounded to twelve places.
    pub value: Decimal,
    /// How it counts.
    pub kind: NumberKind,
    /// How it is written.
    pub form: NumberForm,
}

/// How a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberKind {
    /// How many: "26", "twenty-six".
    Cardinal,
    /// Which in order: "26th", "first". "Second" is always read as this.
    Ordinal,
    /// A part: "two-thirds", "half", "1/4".
    Fraction,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberForm {
    /// In digits alone: "1,200".
    Digits,
    /// In words alone: "twelve hundred".
    Words,
    /// In digits and words: "1.2 million".
    Mixed,
}

/// Reads numbers in running text.
///
/// ```
/// use onrecord_core::numbers::Numbers;
///
/// let numbers = Numbers::english();
/// let found = numbers.find("Some 1.2 million of 38,350 people, two-thirds of them in twenty-six towns.");
/// let values: Vec<String> = found.iter().map(|number| number.value.to_string()).collect();
/// assert_eq!(values, ["1200000", "38350", "0.666666666667", "26"]);
/// ```
#[derive(Debug, Clone)]
pub struct Numbers {
    words: List<Word>,
    shapes: Shapes,
}

/// What a word is to a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    /// "seven", "twelve"
    Unit(i128),
    /// "forty"
    Tens(i128),
    /// "hundred"
    Hundred,
    /// "million", "bn"
    Scale(i128),
    /// "dozen"
    Dozen,
    /// "half"
    Half,
    /// "a", before "hundred" and the like
    Article,
    /// "and", after "hundred" and the like
    And,
    /// "seventh"
    Ordinal(i128),
    /// "fortieth"
    OrdinalTens(i128),
    /// "hundredth"
    OrdinalScale(i128),
    /// "thirds", "quarter"
    Part(i128),
}

impl Numbers {
    /// The numbers of English.
    pub fn english() -> Self {
        let words: List<Word> = WORDS.lines().filter_map(entry).collect();
        let shapes = Shapes::of(words.keys().copied());
        Self { words, shapes }
    }

    /// Every number of a text, in order, none inside another. Digits that go on from letters ("A320") are names.
    pub fn find(&self, text: &str) -> Vec<Number> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < text.len() {
            if let Some(number) = self.read(text, at) {
                at = number.span.end as usize;
                found.push(number);
            } else {
                at += character_length(text, at);
            }
            at = past_joined(text, at);
        }
        found
    }

    /// The longest number that starts at byte `at`, whatever stands before it.
    pub fn read(&self, text: &str, at: usize) -> Option<Number> {
        let first = text.get(at..)?.chars().next()?;
        let (value, kind, form, end) = if first.is_ascii_digit() || first == '.' || vulgar(first).is_some() {
            self.read_digits(text, at)?
        } else if first.is_ascii_alphabetic() {
            let (value, kind, end) = self.read_words(text, at)?;
            (value, kind, NumberForm::Words, end)
        } else {
            return None;
        };
        Some(Number { span: Span::of(at..end), value, kind, form })
    }

    /// A number that starts with digits or with a sign such as "½".
    fn read_digits(&self, text: &str, at: usize) -> Option<(Decimal, NumberKind, NumberForm, usize)> {
        let (mut value, mut end, whole) = digits(text, at)?;
        let mut kind = fraction_if(value, text[at..].chars().next().and_then(vulgar).is_some());
        if let Some((part, after)) = fraction(text, at, &value, end, whole) {
            (value, end) = (part, after);
            kind = fraction_if(value, true);
        } else if whole && let Some(after) = ordinal_ending(text, end) {
            return Some((value, NumberKind::Ordinal, NumberForm::Digits, after));
        }
        let mut form = NumberForm::Digits;
        if let Some((scale, after)) = self.scale(text, end)
            && let Some(scaled) = value.checked_mul(scale)
        {
            (value, end, form, kind) = (scaled, after, NumberForm::Mixed, NumberKind::Cardinal);
        }
        Some((value, kind, form, end))
    }

    /// Words of scale after digits: " million", "bn", "-million", " hundred thousand".
    fn scale(&self, text: &str, end: usize) -> Option<(Decimal, usize)> {
        let mut scale: i128 = 1;
        let mut at = end;
        loop {
            let (next, word) = match self.word(text, at) {
                Some((word, after)) if at == end => (after, word),
                _ => self.word(text, gap(text, at)?).map(|(word, after)| (after, word))?,
            };
            scale = match word {
                Word::Scale(by) => scale.checked_mul(by)?,
                Word::Hundred => scale.checked_mul(100)?,
                Word::Dozen => scale.checked_mul(12)?,
                _ => return None,
            };
            at = next;
            let more = gap(text, at).and_then(|next| self.word(text, next));
            if !matches!(more, Some((Word::Scale(_), _))) {
                return Some((Decimal::from(scale), at));
            }
        }
    }

    /// The word of a number at `at`, and where it ends. No word of a number has more than sixteen letters.
    fn word(&self, text: &str, at: usize) -> Option<(Word, usize)> {
        let bytes = text.as_bytes().get(at..)?;
        let length = bytes.iter().take(17).take_while(|byte| byte.is_ascii_alphabetic()).count();
        if length == 0 || length > 16 || text[at + length..].chars().next().is_some_and(char::is_alphanumeric)
        {
            return None;
        }
        if !self.shapes.may_hold(&bytes[..length]) {
            return None;
        }
        let mut lower = [0_u8; 16];
        lower[..length].copy_from_slice(&bytes[..length]);
        lower[..length].make_ascii_lowercase();
        let word = std::str::from_utf8(&lower[..length]).ok()?;
        self.words.get(word).map(|word| (*word, at + length))
    }
}

fn entry(line: &'static str) -> Option<(&'static str, Word)> {
    let mut fields = line.split('\t');
    let (word, class) = (fields.next()?, fields.next()?);
    let value = fields.next()?.parse().ok()?;
    let class = match class {
        "unit" => Word::Unit(value),
        "tens" => Word::Tens(value),
        "hundred" => Word::Hundred,
        "scale" => Word::Scale(value),
        "dozen" => Word::Dozen,
        "half" => Word::Half,
        "article" => Word::Article,
        "and" => Word::And,
        "ordinal" => Word::Ordinal(value),
        "ordinal_tens" => Word::OrdinalTens(value),
        "ordinal_scale" => Word::OrdinalScale(value),
        "part" => Word::Part(value),
        _ => return None,
    };
    Some((word, class))
}

/// Only a written fraction below one is a part; a decimal such as 0.5 is a number like any other.
fn fraction_if(value: Decimal, written: bool) -> NumberKind {
    if written && value < Decimal::from(1) { NumberKind::Fraction } else { NumberKind::Cardinal }
}

/// Over one hyphen or white space within a paragraph, to the next word.
fn gap(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let mut characters = rest.char_indices();
    let (_, first) = characters.next()?;
    if matches!(first, '-' | '\u{2010}' | '\u{2011}') {
        return Some(at + first.len_utf8());
    }
    if !first.is_whitespace() {
        return None;
    }
    let mut breaks = usize::from(first == '\n');
    for (offset, character) in characters {
        if !character.is_whitespace() {
            return Some(at + offset);
        }
        breaks += usize::from(character == '\n');
        if breaks > 1 {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str, want: &[(&str, &str, NumberKind)]) {
        let found: Vec<(String, String, NumberKind)> = Numbers::english()
            .find(text)
            .into_iter()
            .map(|number| (text[number.span].to_owned(), number.value.to_string(), number.kind))
            .collect();
        let want: Vec<_> = want.iter().map(|(w, v, k)| ((*w).to_owned(), (*v).to_owned(), *k)).collect();
        assert_eq!(found, want);
    }

    use NumberKind::{Cardinal, Fraction, Ordinal};

    #[test]
    fn digits_with_groups_and_decimals() {
        reads(
            "38,350 of 1,234,567.89 and 1,00,000, or 0.5 (.25) in 1990, 1991.",
            &[
                ("38,350", "38350", Cardinal),
                ("1,234,567.89", "1234567.89", Cardinal),
                ("1,00,000", "100000", Cardinal),
                ("0.5", "0.5", Cardinal),
                (".25", "0.25", Cardinal),
                ("1990", "1990", Cardinal),
                ("1991", "1991", Cardinal),
            ],
        );
    }

    #[test]
    fn scales_after_digits() {
        reads(
            "$1.2 million, 5.4bn, 20-million, 3 hundred thousand, 12 dozen",
            &[
                ("1.2 million", "1200000", Cardinal),
                ("5.4bn", "5400000000", Cardinal),
                ("20-million", "20000000", Cardinal),
                ("3 hundred thousand", "300000", Cardinal),
                ("12 dozen", "144", Cardinal),
            ],
        );
    }

    #[test]
    fn words() {
        reads(
            "Twenty-six, a hundred and five, two hundred and six thousand four, one and a half million, a million and \
             a half, half a dozen, a dozen",
            &[
                ("Twenty-six", "26", Cardinal),
                ("a hundred and five", "105", Cardinal),
                ("two hundred and six thousand four", "206004", Cardinal),
                ("one and a half million", "1500000", Cardinal),
                ("a million and a half", "1500000", Cardinal),
                ("half a dozen", "6", Cardinal),
                ("a dozen", "12", Cardinal),
            ],
        );
    }

    #[test]
    fn years_in_words_are_two_numbers() {
        reads("nineteen ninety-nine", &[("nineteen", "19", Cardinal), ("ninety-nine", "99", Cardinal)]);
    }

    #[test]
    fn ordinals() {
        reads(
            "the 15th, the 1st, the twenty-first, the second, the hundredth, forty second",
            &[
                ("15th", "15", Ordinal),
                ("1st", "1", Ordinal),
                ("twenty-first", "21", Ordinal),
                ("second", "2", Ordinal),
                ("forty", "40", Cardinal),
                ("second", "2", Ordinal),
            ],
        );
    }

    #[test]
    fn fractions() {
        reads(
            "two-thirds, three quarters, one third of it, a quarter of it, half, 1/4, 2 1/2, 3½, ¾, 9/11, 24/7",
            &[
                ("two-thirds", "0.666666666667", Fraction),
                ("three quarters", "0.75", Fraction),
                ("one third", "0.333333333333", Fraction),
                ("a quarter", "0.25", Fraction),
                ("half", "0.5", Fraction),
                ("1/4", "0.25", Fraction),
                ("2 1/2", "2.5", Cardinal),
                ("3½", "3.5", Cardinal),
                ("¾", "0.75", Fraction),
                ("9", "9", Cardinal),
                ("11", "11", Cardinal),
                ("24", "24", Cardinal),
                ("7", "7", Cardinal),
            ],
        );
    }

    #[test]
    fn digits_inside_names_are_no_numbers() {
        reads("the A320, a F16 and COVID19; phone x2", &[]);
    }

    #[test]
    fn strange_text_is_read_without_harm() {
        for text in [
            "",
            ".",
            "..",
            "½½",
            "1,",
            "1.",
            "9999999999999999999999999999999999999999999999",
            "é1é",
            "a",
            "half a",
            "\u{0}1",
            "۱۲",
        ] {
            let _ = Numbers::english().find(text);
        }
    }
}
