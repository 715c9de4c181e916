//! Names in the form in which they are compared: without case, diacritics, apostrophes and titles.
//!
//! "Qa’ani", "Qa'ani" and "QAANI" are one name in three hands, and "General Qaani" asks for the same man.

use std::collections::{BTreeMap, BTreeSet};

/// Letters with their plain spelling: "é" is "e".
static LETTERS: &str = include_str!("../data/letters.tsv");
/// Words that stand in front of a name: "General", "Mrs".
static TITLES: &str = include_str!("../data/en/titles.tsv");
/// Words that say what a person is: "commander", "minister".
static PERSONS: &str = include_str!("../data/en/persons.tsv");
/// Words that join the others of a description: "the", "of".
static JOINING_WORDS: &str = include_str!("../data/en/joining_words.tsv");

/// Folds names, and knows which words of a name are titles.
#[derive(Debug, Clone)]
pub struct Names {
    letters: BTreeMap<char, &'static str>,
    titles: BTreeSet<&'static str>,
}

impl Default for Names {
    fn default() -> Self {
        Self::new()
    }
}

impl Names {
    /// Loads the tables.
    pub fn new() -> Self {
        let letters = rows(LETTERS)
            .filter_map(|row| {
                let (letter, plain) = row.split_once('\t')?;
                Some((letter.chars().next()?, plain))
            })
            .collect();
        let offices = rows(PERSONS).filter(|row| row.split('\t').nth(1) == Some("office"));
        let titles = rows(TITLES).chain(offices).filter_map(|row| row.split('\t').next()).collect();
        Self { letters, titles }
    }

    /// The words in lower case, without diacritics, apostrophes and full stops; hyphens become spaces, and every run of
    /// white space one space.
    pub fn fold(&self, words: &str) -> String {
        let mut folded = String::with_capacity(words.len());
        for word in without_possessive(words.trim()).split(|c: char| c.is_whitespace() || is_hyphen(c)) {
            let before = folded.len();
            if before > 0 {
                folded.push(' ');
            }
            let start = folded.len();
            for c in word.chars().flat_map(char::to_lowercase) {
                // Letters of ASCII are plain.
                match (!c.is_ascii()).then(|| self.letters.get(&c)).flatten() {
                    Some(plain) => folded.push_str(plain),
                    None if (c.is_alphanumeric() && !is_apostrophe_letter(c)) || c == '&' => folded.push(c),
                    None => {}
                }
            }
            if folded.len() == start {
                folded.truncate(before);
            }
        }
        folded
    }

    /// The folded words of a name, without the titles in front of it and what stands before them: "Foreign Minister
    /// Ana Ruiz" is "ana", "ruiz". The last word is never a title, so that "the General" is asked for by "general".
    pub fn words(&self, name: &str) -> Vec<String> {
        let folded = self.fold(name);
        let words: Vec<&str> = folded.split_whitespace().collect();
        let last = words.len().saturating_sub(1);
        let titles = words[..last].iter().rposition(|word| *word == "the" || self.is_title(word));
        words[titles.map_or(0, |title| title + 1)..].iter().map(|word| (*word).to_owned()).collect()
    }

    /// The folded words by which somebody is looked for: those that are left without titles in front and without joining
    /// words. "The commander of the Quds Force" gives "quds", "force"; "the Quds commander" gives "quds", "commander".
    pub fn telling_words(&self, asked: &str) -> Vec<String> {
        let mut words = self.words(asked);
        words.retain(|word| !rows(JOINING_WORDS).any(|joining| joining == word));
        words
    }

    /// Whether a folded word is a title, a rank or an office.
    pub fn is_title(&self, word: &str) -> bool {
        self.titles.contains(word)
    }

    /// Whether `asked` can be a wording of `name`: all its words, titles aside, stand in the name in the same order.
    /// "Qaani" and "Gen. Esmail Qaani" can be "Esmail Qa’ani"; "Ana" can be "Ana Ruiz"; "Ana Ruiz" cannot be "Ruiz".
    pub fn matches(&self, asked: &str, name: &str) -> bool {
        let asked = self.words(asked);
        let name = self.words(name);
        let mut rest = name.iter();
        !asked.is_empty() && asked.iter().all(|word| rest.any(|other| other == word))
    }
}

/// The words without a possessive ending: "Iran’s" is "Iran", and "Hamas’" is "Hamas".
pub fn without_possessive(words: &str) -> &str {
    for ending in ["'s", "’s", "ʼs", "'S", "’S"] {
        if let Some(stem) = words.strip_suffix(ending) {
            return stem;
        }
    }
    words.trim_end_matches(['\'', '’', 'ʼ'])
}

/// The rows of a word list: its first line says where it comes from.
pub(crate) fn rows(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().skip(1).filter(|line| !line.is_empty())
}

/// Hyphens and dashes that join the parts of a name.
fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | '—')
}

/// Apostrophes that Unicode counts among the letters.
fn is_apostrophe_letter(c: char) -> bool {
    matches!(c, 'ʼ' | 'ʻ' | 'ʽ' | 'ʾ' | 'ʿ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold_to_what_they_have_in_common() {
        let names = Names::new();
        for name in ["Qa’ani", "Qa'ani", "QAʼANI", "Qaani's", "Qa‘ani’s"] {
            assert_eq!(names.fold(name), "qaani", "{name}");
        }
        assert_eq!(names.fold("  José   Łukasz Straße "), "jose lukasz strasse");
        assert_eq!(names.fold("Anne-Marie O’Hara Jr."), "anne marie ohara jr");
        assert_eq!(names.fold("— ’ -"), "");
        assert_eq!(names.fold(""), "");
    }

    #[test]
    fn titles_in_front_of_a_name_are_left_out() {
        let names = Names::new();
        assert_eq!(names.words("Brigadier General Tarek Olmo"), ["tarek", "olmo"]);
        assert_eq!(names.words("Mrs. Olmo"), ["olmo"]);
        assert_eq!(names.words("the Norvalian Foreign Minister Ana Ruiz"), ["ana", "ruiz"]);
        assert_eq!(names.words("the General"), ["general"]);
        assert!(names.words("").is_empty());
    }

    #[test]
    fn somebody_is_looked_for_by_the_words_that_tell() {
        let names = Names::new();
        assert_eq!(names.telling_words("General Olmo"), ["olmo"]);
        assert_eq!(names.telling_words("the Harbour commander"), ["harbour", "commander"]);
        assert_eq!(names.telling_words("the president"), ["president"]);
        assert_eq!(names.telling_words("Minister of Health"), ["health"]);
        assert!(names.telling_words("of the").is_empty());
    }

    #[test]
    fn a_name_is_found_under_any_wording() {
        let names = Names::new();
        assert!(names.matches("Olmo", "Tarek Olmo"));
        assert!(names.matches("General Olmo", "Tarek Olmo"));
        assert!(names.matches("tarek ólmo", "Tarek Olmo"));
        assert!(!names.matches("Tarek Olmo", "Olmo"));
        assert!(!names.matches("Olmos", "Tarek Olmo"));
        assert!(!names.matches("", "Tarek Olmo"));
    }
}
