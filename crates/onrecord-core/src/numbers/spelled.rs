//! Numbers in words: "twenty-two", "two and a half million", "a dozen", "two thirds".

use super::{Decimal, NumberKind, Numbers, Word, gap};

impl Numbers {
    /// A number in words alone.
    pub(super) fn read_words(&self, text: &str, at: usize) -> Option<(Decimal, NumberKind, usize)> {
        let (first, after) = self.word(text, at)?;
        match first {
            Word::Half => Some(self.half(text, after)),
            Word::Article => self.article(text, after),
            Word::And | Word::Part(_) | Word::Scale(_) | Word::Hundred | Word::Dozen => None,
            _ => self.compound(text, at),
        }
    }

    /// After "half": "half a million", "half a dozen", or a half.
    fn half(&self, text: &str, after: usize) -> (Decimal, NumberKind, usize) {
        let half = Decimal::new(5, 1);
        let article = gap(text, after).and_then(|next| self.word(text, next));
        if let Some((Word::Article, next)) = article
            && let Some((scale, end)) = gap(text, next).and_then(|next| self.word(text, next))
            && let Word::Scale(by) | Word::OrdinalScale(by) = dozen_as_scale(scale)
            && let Some(value) = half.checked_mul(Decimal::from(by))
        {
            return (value, NumberKind::Cardinal, end);
        }
        (half, NumberKind::Fraction, after)
    }

    /// After "a": "a hundred", "a dozen", "a third of", "a quarter of".
    fn article(&self, text: &str, after: usize) -> Option<(Decimal, NumberKind, usize)> {
        let next = gap(text, after)?;
        let (word, end) = self.word(text, next)?;
        match word {
            Word::Hundred | Word::Scale(_) | Word::Dozen => self.compound_from(text, next, 1),
            Word::Part(by) | Word::Ordinal(by) if by > 2 && followed_by_of(text, end) => {
                Some((Decimal::ratio(1, by)?, NumberKind::Fraction, end))
            }
            _ => None,
        }
    }

    fn compound(&self, text: &str, at: usize) -> Option<(Decimal, NumberKind, usize)> {
        self.compound_from(text, at, 0)
    }

    /// The usual sum of products: "two hundred and six thousand, four" is (2 × 100 + 6) × 1000 + 4. `current` is what
    /// stands before `at` already: one for "a".
    fn compound_from(
        &self,
        text: &str,
        at: usize,
        mut current: i128,
    ) -> Option<(Decimal, NumberKind, usize)> {
        let mut total: i128 = 0;
        let (mut next, mut end) = (at, at);
        let mut last = if current == 1 { Some(Word::Article) } else { None };
        let mut kind = NumberKind::Cardinal;
        while let Some((word, after)) = self.word(text, next) {
            match word {
                Word::Unit(value) if may_add(last, value, current) => current += value,
                Word::Tens(value) if may_add(last, value, current) => current += value,
                Word::Hundred if (1..100).contains(&current) => current *= 100,
                Word::Dozen if (1..1000).contains(&current) => current *= 12,
                Word::Scale(by) if current > 0 && (total == 0 || by < total) => {
                    total = total.checked_add(current.checked_mul(by)?)?;
                    current = 0;
                }
                Word::Scale(by) if current == 0 && total > 0 => total = total.checked_mul(by)?,
                Word::Ordinal(value) if may_add(last, value, current) && !apart(text, end, value) => {
                    (current, kind) = (current + value, NumberKind::Ordinal);
                }
                Word::OrdinalTens(value) if may_add(last, value, current) => {
                    (current, kind) = (current + value, NumberKind::Ordinal);
                }
                Word::OrdinalScale(by) if current > 0 => {
                    (current, kind) = (current.checked_mul(by)?, NumberKind::Ordinal);
                }
                // "one third of", "one-fifth of"
                Word::Ordinal(by) if last == Some(Word::Unit(1)) && by > 2 && followed_by_of(text, after) => {
                    return Some((Decimal::ratio(1, by)?, NumberKind::Fraction, after));
                }
                Word::Part(by)
                    if last.is_some()
                        && total == 0
                        && (1..by).contains(&current)
                        && (current > 1 || followed_by_of(text, after)) =>
                {
                    return Some((Decimal::ratio(current, by)?, NumberKind::Fraction, after));
                }
                _ => break,
            }
            (last, end) = (Some(word), after);
            if kind == NumberKind::Ordinal {
                break;
            }
            let Some(beyond) = gap(text, after) else { break };
            next = self.past_and(text, beyond, word).unwrap_or(beyond);
        }
        if end == at {
            return None;
        }
        let value = Decimal::from(total.checked_add(current)?);
        Some(self.and_a_half(text, value, kind, end))
    }

    /// "and" inside a number stands after a hundred or a scale, before a smaller number: "a hundred and five".
    fn past_and(&self, text: &str, at: usize, before: Word) -> Option<usize> {
        if !matches!(before, Word::Hundred | Word::Scale(_)) {
            return None;
        }
        let (Word::And, after) = self.word(text, at)? else { return None };
        let next = gap(text, after)?;
        matches!(
            self.word(text, next)?.0,
            Word::Unit(_) | Word::Tens(_) | Word::Ordinal(_) | Word::OrdinalTens(_)
        )
        .then_some(next)
    }

    /// "two and a half", "one and a half million", "a million and a half".
    fn and_a_half(
        &self,
        text: &str,
        value: Decimal,
        kind: NumberKind,
        end: usize,
    ) -> (Decimal, NumberKind, usize) {
        let tail = || {
            let (Word::And, next) = self.word(text, gap(text, end)?)? else { return None };
            let (first, mut after) = self.word(text, gap(text, next)?)?;
            let part = match first {
                Word::Article => {
                    let (word, end) = self.word(text, gap(text, after)?)?;
                    after = end;
                    match word {
                        Word::Half => Decimal::new(5, 1),
                        Word::Part(4) => Decimal::new(25, 2),
                        _ => return None,
                    }
                }
                // "two and half years"
                Word::Half => Decimal::new(5, 1),
                Word::Unit(count) => {
                    let (Word::Part(by), end) = self.word(text, gap(text, after)?)? else { return None };
                    after = end;
                    Decimal::ratio(count, by)?
                }
                _ => return None,
            };
            Some((part, after))
        };
        if kind != NumberKind::Cardinal {
            return (value, kind, end);
        }
        let Some((part, after)) = tail() else { return (value, kind, end) };
        // "a million and a half" is 1.5 million: the half is of the last scale.
        let of = value.trailing_scale();
        let Some(sum) = part.checked_mul(of).and_then(|part| value.checked_add(part)) else {
            return (value, kind, end);
        };
        match self.scale(text, after).and_then(|(by, end)| Some((sum.checked_mul(by)?, end))) {
            Some((scaled, end)) => (scaled, kind, end),
            None => (sum, kind, after),
        }
    }
}

fn dozen_as_scale(word: Word) -> Word {
    if word == Word::Dozen { Word::Scale(12) } else { word }
}

/// Whether a word worth `value` may follow: units after tens, anything under a hundred after a hundred or a scale.
fn may_add(last: Option<Word>, value: i128, current: i128) -> bool {
    match last {
        None => true,
        Some(Word::Tens(_)) => (1..10).contains(&value),
        Some(Word::Hundred) => value < 100 && current % 100 == 0,
        Some(Word::Scale(_)) => true,
        _ => false,
    }
}

/// "twenty second" with a space is no ordinal: a second is a unit too.
fn apart(text: &str, end: usize, value: i128) -> bool {
    value == 2 && text[end..].starts_with(char::is_whitespace)
}

fn followed_by_of(text: &str, end: usize) -> bool {
    text[end..].trim_start().get(..3).is_some_and(|next| next.eq_ignore_ascii_case("of "))
}
