//! The words that figures are read by: units, currencies, bounds, changes, harms and labels, from data/en.

use std::collections::HashSet;

use super::{Bound, Direction};
use crate::numbers::{Decimal, List, Shapes};

const UNITS: &str = include_str!("../../../data/en/units.tsv");
const CURRENCIES: &str = include_str!("../../../data/en/currencies.tsv");
const BOUNDS: &str = include_str!("../../../data/en/bounds.tsv");
const CHANGES: &str = include_str!("../../../data/en/changes.tsv");
const HARMS: &str = include_str!("../../../data/en/harms.tsv");
const AROUND_HARM: &str = include_str!("../../../data/en/around_harm.tsv");
const LABELS: &str = include_str!("../../../data/en/labels.tsv");
const RATES: &str = include_str!("../../../data/en/rates.tsv");
const REMARKS: &str = include_str!("../../../data/en/remarks.tsv");
/// Nouns that name persons, with their class.
const PERSONS: &str = include_str!("../../../data/en/persons.tsv");

/// A unit of measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    /// Its name, in the singular: `kilometre`.
    pub(super) name: &'static str,
    /// What it measures: `length`.
    pub(super) dimension: &'static str,
    /// Its worth in the SI unit, and what is added to reach that unit's zero; unknown for some.
    pub(super) factor: Option<(Decimal, Decimal)>,
    /// The SI unit.
    pub(super) si: Option<&'static str>,
}

/// A currency's code, and what the word is worth in it: a cent is a hundredth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Currency {
    pub(super) code: &'static str,
    pub(super) worth: Decimal,
}

/// Where those stand to whom a harm happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Victims {
    /// The object of the verb, or the subject of its passive: "killed three", "three were killed".
    Object,
    /// The subject of the verb: "three died".
    Subject,
    /// After the noun's "of", or the noun itself: "the deaths of three", "three deaths".
    Of,
    /// Who has the noun: "suffered injuries", "a man with a wound".
    Holder,
    /// What the adjective says it of: "three are dead".
    Modified,
    /// The word itself: "three fatalities".
    Same,
}

/// A word that says that something happened to people or things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct HarmWord {
    pub(super) harm: &'static str,
    pub(super) victims: Victims,
}

/// Why a number beside this word counts nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Label {
    /// A name that a number follows: "Flight 12".
    Before,
    /// A street that a number stands before: "12 Elm Street".
    Street,
    /// A block of a street: "the 1200 block".
    Block,
    /// A time of day: "11 a.m."
    Clock,
    /// Itself a name: "9/11".
    Name,
}

/// The words of one class that tell of harms.
#[derive(Debug, Clone)]
struct Harms {
    words: List<Vec<HarmWord>>,
    look: Shapes,
    /// First words of those that are phrases: "lose", of "lose life".
    openers: List<()>,
}

/// All word lists of the stage.
#[derive(Debug, Clone)]
pub(super) struct Words {
    units: List<Unit>,
    symbols: List<Unit>,
    currencies: List<Currency>,
    /// The first words of units, symbols and currencies.
    measures: List<()>,
    bounds_before: List<Option<Bound>>,
    bounds_after: List<Bound>,
    changes: List<List<Direction>>,
    harms: List<Harms>,
    around_harm: List<List<()>>,
    labels: HashSet<(&'static str, Label)>,
    rates: HashSet<&'static str>,
    remarks: Vec<&'static str>,
    persons: HashSet<&'static str>,
}

impl Words {
    /// The words of English.
    pub(super) fn english() -> Self {
        let mut words = Self {
            units: List::default(),
            symbols: List::default(),
            currencies: rows(CURRENCIES).filter_map(|row| currency(&row)).collect(),
            measures: List::default(),
            bounds_before: List::default(),
            bounds_after: List::default(),
            changes: List::default(),
            harms: List::default(),
            around_harm: List::default(),
            labels: rows(LABELS).filter_map(|row| label(&row)).collect(),
            rates: rows(RATES).map(|row| row[0]).collect(),
            remarks: rows(REMARKS).map(|row| row[0]).collect(),
            persons: rows(PERSONS).map(|row| row[0]).collect(),
        };
        for row in rows(UNITS) {
            let Some((form, symbol, unit)) = unit(&row) else { continue };
            if symbol {
                words.symbols.insert(form, unit)
            } else {
                words.units.insert(form, unit)
            };
        }
        for row in rows(BOUNDS) {
            match row[..] {
                [form, "before", bound] => _ = words.bounds_before.insert(form, Bound::from_name(bound)),
                [form, "after", bound] => {
                    if let Some(bound) = Bound::from_name(bound) {
                        words.bounds_after.insert(form, bound);
                    }
                }
                _ => {}
            }
        }
        for row in rows(CHANGES) {
            if let [lemma, class, direction] = row[..] {
                let direction = if direction == "up" { Direction::Up } else { Direction::Down };
                words.changes.entry(class).or_default().insert(lemma, direction);
            }
        }
        for row in rows(AROUND_HARM) {
            if let [word, class] = row[..] {
                words.around_harm.entry(class).or_default().insert(word, ());
            }
        }
        for (class, list) in harms() {
            let look = Shapes::of(list.keys().copied());
            let openers = list.keys().filter_map(|word| Some((word.split_once(' ')?.0, ()))).collect();
            words.harms.insert(class, Harms { words: list, look, openers });
        }
        let forms = words.units.keys().chain(words.symbols.keys()).chain(words.currencies.keys());
        words.measures = forms.map(|form| (first_word(form), ())).collect();
        // The longest opener is tried first.
        words.remarks.sort_by_key(|opener| std::cmp::Reverse(opener.len()));
        words
    }

    /// A unit written as a word, in lower case.
    pub(super) fn unit(&self, form: &str) -> Option<Unit> {
        self.units.get(form).copied()
    }

    /// A unit written as a symbol.
    pub(super) fn symbol(&self, form: &str) -> Option<Unit> {
        self.symbols.get(form).copied()
    }

    /// A currency by its sign, code or name; names in lower case.
    pub(super) fn currency(&self, form: &str) -> Option<Currency> {
        self.currencies.get(form).copied()
    }

    /// What words before a number make of it: a bound, nothing (`Some(None)`), or not such words at all.
    pub(super) fn bound_before(&self, words: &str) -> Option<Option<Bound>> {
        self.bounds_before.get(words).copied()
    }

    /// The bound that words after a number set.
    pub(super) fn bound_after(&self, words: &str) -> Option<Bound> {
        self.bounds_after.get(words).copied()
    }

    /// The direction of a change; `class` is `verb`, `adverb` or `noun`.
    pub(super) fn change(&self, lemma: &str, class: &str) -> Option<Direction> {
        self.changes.get(class)?.get(lemma).copied()
    }

    /// What happened, by a word; `class` is `verb`, `noun`, `adjective` or `person`.
    pub(super) fn harms(&self, lemma: &str, class: &str) -> &[HarmWord] {
        let list = self.harms.get(class).filter(|list| list.look.may_hold(lemma.as_bytes()));
        list.and_then(|list| list.words.get(lemma)).map_or(&[], Vec::as_slice)
    }

    /// What a past participle says, without a lemma to go by.
    pub(super) fn participle(&self, word: &str) -> Option<(&'static str, Victims)> {
        let stems = [
            word.strip_suffix("ed"),
            word.strip_suffix('d'),
            word.strip_suffix("s"),
            word.strip_suffix("ing"),
            (word == "shot").then_some("shoot"),
            (word == "slain").then_some("slay"),
            matches!(word, "hurt").then_some(word),
        ];
        stems
            .into_iter()
            .flatten()
            .find_map(|stem| self.harms(stem, "verb").first().map(|word| (word.harm, word.victims)))
    }

    /// Whether a word around a harm is of a class: `unreal` verbs and `modal` ones tell of no fact, a `toll` tells how
    /// many, and `idle` words may stand between a count and what happened.
    pub(super) fn around_harm(&self, word: &str, class: &str) -> bool {
        self.around_harm.get(class).is_some_and(|words| words.contains_key(word))
    }

    /// Whether phrases of harm start with a word: "lose", of "lose life".
    pub(super) fn opens_harm(&self, lemma: &str, class: &str) -> bool {
        self.harms.get(class).is_some_and(|list| list.openers.contains_key(lemma))
    }

    /// Whether a unit or currency may start with the words of a text, by the first of them.
    pub(super) fn may_measure(&self, text: &str) -> bool {
        let first = first_word(text);
        self.measures.contains_key(first)
            || first.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii())
                && self.measures.contains_key(&*first.to_lowercase())
    }

    /// Whether a word in lower case is a label of this kind.
    pub(super) fn is_label(&self, word: &str, label: Label) -> bool {
        self.labels.contains(&(word, label) as &(&str, Label))
    }

    /// Whether a rate is counted by this word.
    pub(super) fn is_rate(&self, word: &str) -> bool {
        self.rates.contains(word) || word.strip_suffix('s').is_some_and(|word| self.rates.contains(word))
    }

    /// Whether a lemma names persons.
    pub(super) fn is_person(&self, lemma: &str) -> bool {
        lemma == "people" || self.persons.contains(lemma) || !self.harms(lemma, "person").is_empty()
    }

    /// The words at the start of `text` that open a remark.
    pub(super) fn remark_opener(&self, text: &str) -> Option<&'static str> {
        self.remarks.iter().copied().find(|opener| {
            text.get(..opener.len()).is_some_and(|start| start.eq_ignore_ascii_case(opener))
                && !text[opener.len()..].starts_with(char::is_alphanumeric)
        })
    }
}

/// The letters that a text starts with; none where it starts with a sign.
fn first_word(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len())]
}

/// Words of harm by their class.
fn harms() -> List<List<Vec<HarmWord>>> {
    let mut classes: List<List<Vec<HarmWord>>> = List::default();
    for (lemma, class, word) in rows(HARMS).filter_map(|row| harm(&row)) {
        classes.entry(class).or_default().entry(lemma).or_default().push(word);
    }
    classes
}

fn rows(data: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    data.lines().filter(|line| !line.starts_with("# ")).map(|line| line.split('\t').collect())
}

fn unit(row: &[&'static str]) -> Option<(&'static str, bool, Unit)> {
    let [form, class, name, dimension, factor, si] = row[..] else { return None };
    let known = |text: &'static str| (text != "-").then_some(text);
    let unit = Unit { name, dimension, factor: known(factor).and_then(worth), si: known(si) };
    Some((form, class == "symbol", unit))
}

/// "1000", "5/9+255.37": a factor, and what is added after it.
fn worth(text: &str) -> Option<(Decimal, Decimal)> {
    let (factor, offset) = text.split_once('+').unwrap_or((text, "0"));
    let factor = match factor.split_once('/') {
        Some((count, by)) => Decimal::ratio(count.parse().ok()?, by.parse().ok()?)?,
        None => factor.parse().ok()?,
    };
    Some((factor, offset.parse().ok()?))
}

fn currency(row: &[&'static str]) -> Option<(&'static str, Currency)> {
    let [form, code, worth] = row[..] else { return None };
    Some((form, Currency { code, worth: worth.parse().ok()? }))
}

fn harm(row: &[&'static str]) -> Option<(&'static str, &'static str, HarmWord)> {
    let [lemma, class, victims, harm] = row[..] else { return None };
    let victims = match victims {
        "object" => Victims::Object,
        "subject" => Victims::Subject,
        "of" => Victims::Of,
        "holder" => Victims::Holder,
        "modified" => Victims::Modified,
        "self" => Victims::Same,
        _ => return None,
    };
    Some((lemma, class, HarmWord { harm, victims }))
}

fn label(row: &[&'static str]) -> Option<(&'static str, Label)> {
    let [word, class] = row[..] else { return None };
    let label = match class {
        "before" => Label::Before,
        "street" => Label::Street,
        "block" => Label::Block,
        "clock" => Label::Clock,
        "name" => Label::Name,
        _ => return None,
    };
    Some((word, label))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_lists_is_read() {
        let words = Words::english();
        let lines = |data: &'static str| rows(data).count();
        assert_eq!(words.units.len() + words.symbols.len(), lines(UNITS));
        assert_eq!(words.currencies.len(), lines(CURRENCIES));
        assert_eq!(words.bounds_before.len() + words.bounds_after.len(), lines(BOUNDS));
        assert_eq!(words.changes.values().map(List::len).sum::<usize>(), lines(CHANGES));
        let told = words.harms.values().flat_map(|list| list.words.values());
        assert_eq!(told.map(Vec::len).sum::<usize>(), lines(HARMS));
        assert_eq!(words.labels.len(), lines(LABELS));
    }

    #[test]
    fn lists_are_sorted_and_say_where_they_are_from() {
        for data in [UNITS, CURRENCIES, BOUNDS, CHANGES, HARMS, LABELS, RATES, REMARKS] {
            assert!(
                data.starts_with("# source: ") && data.lines().next().is_some_and(|l| l.contains("licence"))
            );
            assert!(
                data.lines().skip(1).is_sorted(),
                "unsorted: {}",
                data.lines().nth(1).unwrap_or_default()
            );
        }
    }

    #[test]
    fn units_have_their_worth() {
        let words = Words::english();
        let mile = words.unit("miles").expect("a mile is a unit");
        assert_eq!((mile.name, mile.dimension, mile.si), ("mile", "length", Some("m")));
        assert_eq!(mile.factor.map(|(factor, _)| factor.to_string()).as_deref(), Some("1609.344"));
        assert_eq!(words.currency("US$").map(|c| c.code), Some("USD"));
        assert_eq!(words.bound_before("no fewer than"), Some(Some(Bound::AtLeast)));
        assert_eq!(words.bound_before("just"), Some(None));
        assert_eq!(words.remark_opener("mostly women"), Some("mostly"));
    }
}
