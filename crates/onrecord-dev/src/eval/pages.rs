//! Scores of web pages: words of the text, exact title, day, author.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Pair, Score, percent};

/// Scores `{title, author, date, text}` against `gold: {title, author, publish_date, main_content}`.
pub(super) fn score(set: &str, pairs: &[Pair]) -> Vec<Score> {
    let words: f64 =
        pairs.iter().map(|(gold, page)| word_f1(text(gold, "main_content"), field(page, "text"))).sum();
    let dated: Vec<&Pair> = pairs.iter().filter(|(gold, _)| !text_empty(gold, "publish_date")).collect();
    let given: Vec<&Pair> = pairs.iter().filter(|(_, page)| !field(page, "date").is_empty()).collect();
    let right = |pairs: &[&Pair]| {
        pairs
            .iter()
            .filter(|(gold, page)| text(gold, "publish_date").get(..10) == field(page, "date").get(..10))
            .count()
    };
    let signed: Vec<&Pair> = pairs.iter().filter(|(gold, _)| !text_empty(gold, "author")).collect();
    let same = |key: &str, (gold, page): &&Pair| folded(text(gold, key)) == folded(field(page, key));
    let titled: Vec<&Pair> = pairs.iter().filter(|(gold, _)| !text_empty(gold, "title")).collect();
    let share = |part: usize, whole: usize| percent(part as f64, whole as f64);
    vec![
        Score::new(set, "text word F1", 100.0 * words / pairs.len().max(1) as f64),
        Score::new(
            set,
            "title exact",
            share(titled.iter().filter(|pair| same("title", pair)).count(), titled.len()),
        ),
        Score::new(set, "date right of dated pages", share(right(&dated), dated.len())),
        Score::new(set, "date right of those given", share(right(&given), given.len())),
        Score::new(
            set,
            "author exact",
            share(signed.iter().filter(|pair| same("author", pair)).count(), signed.len()),
        ),
    ]
}

fn text<'a>(gold: &'a Value, key: &str) -> &'a str {
    gold["gold"][key].as_str().unwrap_or_default().trim()
}

fn text_empty(gold: &Value, key: &str) -> bool {
    text(gold, key).is_empty()
}

fn field<'a>(page: &'a Value, key: &str) -> &'a str {
    page[key].as_str().unwrap_or_default().trim()
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase().replace(['’', '‘'], "'")
}

/// F1 of the two texts' bags of words.
fn word_f1(gold: &str, given: &str) -> f64 {
    let bag = |text: &str| {
        let mut bag: BTreeMap<String, usize> = BTreeMap::new();
        for word in text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()) {
            *bag.entry(word.to_lowercase()).or_default() += 1;
        }
        bag
    };
    let (gold, given) = (bag(gold), bag(given));
    let shared: usize = gold.iter().map(|(word, count)| *count.min(given.get(word).unwrap_or(&0))).sum();
    let total: usize = gold.values().sum::<usize>() + given.values().sum::<usize>();
    if total == 0 { 1.0 } else { 2.0 * shared as f64 / total as f64 }
}
