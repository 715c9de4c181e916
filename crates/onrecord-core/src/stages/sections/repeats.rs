//! Tells whether two parts of a report say the same thing, by the words they share.

use std::cmp::Ordering;
use std::collections::BTreeSet;

static FUNCTION_WORDS: &str = include_str!("../../../data/en/function_words.tsv");

/// Share of the shorter part's words that the other must have. "Supporting resistance state's ‘strategic, permanent’
/// policy" against its deck has 0.83; two ledes on one subject that say different things stay below 0.5.
const SHARED: f64 = 0.6;
/// Words that two parts must share at the least: a headline of three words says too little.
const AT_LEAST: usize = 4;
/// Share from which three words are enough: a headline that has nothing else.
const ALL: f64 = 0.9;
/// Letters by which two forms of a word are known as one: "support" and "supporting", "policy" and "policies".
const STEM: usize = 5;

/// The words that carry the sense of a passage, cut to their stems.
#[derive(Debug, Default)]
pub(crate) struct Sense(BTreeSet<String>);

impl Sense {
    /// The sense of these words.
    pub(crate) fn of(words: &str) -> Self {
        let lower = words.to_lowercase();
        let stems = lower
            .split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'))
            .map(|word| word.trim_end_matches("'s").trim_end_matches("’s").trim_matches(['\'', '’']))
            .filter(|word| word.chars().count() > 2 || word.starts_with(|c: char| c.is_ascii_digit()))
            .filter(|word| !is_function_word(word))
            .map(|word| word.chars().take(STEM).collect());
        Self(stems.collect())
    }

    /// How much of the poorer sense the richer one has, if the two say the same thing.
    pub(crate) fn repeats(&self, other: &Self) -> Option<f64> {
        let shared = self.0.intersection(&other.0).count();
        let share = shared as f64 / self.0.len().min(other.0.len()).max(1) as f64;
        (shared >= AT_LEAST && share >= SHARED || shared + 1 >= AT_LEAST && share >= ALL).then_some(share)
    }
}

/// Searches the sorted list by halves, in the text that it is: this is asked for every word of every paragraph.
fn is_function_word(word: &str) -> bool {
    let list = FUNCTION_WORDS.split_once('\n').map_or("", |(_, list)| list);
    let (mut low, mut high) = (0, list.len());
    while low < high {
        let middle = low.midpoint(high);
        let start = list.as_bytes()[low..middle]
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(low, |at| low + at + 1);
        let line = list[start..].lines().next().unwrap_or_default();
        match line.cmp(word) {
            Ordering::Equal => return true,
            Ordering::Less => low = start + line.len() + 1,
            Ordering::Greater => high = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_word_is_found_and_no_other() {
        let words: Vec<&str> = FUNCTION_WORDS.lines().skip(1).collect();
        assert!(words.iter().all(|word| is_function_word(word)));
        assert!(words.iter().all(|word| !is_function_word(&format!("{word}zz"))));
        assert!(!is_function_word("") && !is_function_word("0") && !is_function_word("é"));
    }

    #[test]
    fn a_headline_and_its_deck_say_the_same() {
        let headline = Sense::of("Closing harbour Norvale’s ‘only, painful’ choice");
        let deck = Sense::of(
            "A senior official of Norvale has called the closing of the harbour its “only and painful” choice.",
        );
        assert!(headline.repeats(&deck).is_some());
        let other = Sense::of("The harbour of Norvale had been built by prisoners a century ago.");
        assert!(headline.repeats(&other).is_none());
    }
}
