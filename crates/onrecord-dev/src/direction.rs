//! Learns the direction model from gold: past or future, which "Friday", "May" or "May 5" is meant. Its card is
//! `crates/onrecord-core/data/en/direction.md`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use onrecord::Engine;
use onrecord::core::stages::times::{Choice, TimeReader};
use onrecord::core::{Meta, document_hash};
use serde_json::Value;

use crate::{Result, predict};
use onrecord::doors::Points;

/// Steps of gradient descent; the loss no longer moves in its fourth digit after some 600 of them.
const STEPS: usize = 1500;
/// Step size.
const RATE: f64 = 2.0;
/// Weight of the penalty on large weights, for the whole of the examples.
const PENALTY: f64 = 1.0;
/// A feature seen less often than this is left out.
const SEEN: usize = 2;
/// Parts that the documents are split into: each is judged by weights learned from the others.
const PARTS: u8 = 8;

/// A choice with the answer that the gold gives.
struct Example {
    features: Vec<String>,
    future: bool,
    /// Whether a rule decides for the future.
    decided: bool,
    kind: &'static str,
    /// The part that its document is in.
    part: u8,
    /// The document and the words, for the list.
    place: String,
}

/// Learns from gold files, writes the weights, and prints how often they are right.
pub(crate) fn train(gold: &[PathBuf], out: &Path, list: Option<&Path>) -> Result<()> {
    let mut all = Vec::new();
    for path in gold {
        examples(path, &mut all)?;
    }
    let mut judged: Vec<(&Example, bool)> = Vec::new();
    for part in 0..PARTS {
        let weights = fit(all.iter().filter(|example| example.part != part));
        let held = all.iter().filter(|example| example.part == part);
        judged.extend(held.map(|example| (example, example.says(&weights))));
    }
    if let Some(path) = list {
        let line = |(example, says): &(&Example, bool)| {
            let right = if *says == example.future { "right" } else { "wrong" };
            let Example { kind, future, place, features, .. } = example;
            format!("{right}\t{kind}\t{future}\t{place}\t{}\n", features.join(" "))
        };
        fs::write(path, judged.iter().map(line).collect::<String>())?;
    }
    println!("judged by weights from the other documents\nkind\texamples\tright\tpast alone");
    report(&judged);
    let weights = fit(all.iter());
    let mut text = String::from(
        "# source: learned by `onrecord-dev train direction`, see direction.md; licence: MIT OR Apache-2.0\n",
    );
    for (name, weight) in weights.iter().filter(|(_, weight)| weight.abs() >= 0.005) {
        writeln!(text, "{name}\t{weight:.2}")?;
    }
    fs::write(out, text).map_err(|error| format!("{}: {error}", out.display()))?;
    Ok(())
}

/// The part that a document is in, by its hashed name.
fn part(id: &str) -> u8 {
    document_hash(id).as_bytes().iter().fold(0, |sum: u8, byte| sum.wrapping_mul(31).wrapping_add(*byte))
        % PARTS
}

fn examples(path: &Path, into: &mut Vec<Example>) -> Result<()> {
    let engine = Engine::new()?;
    let reader = TimeReader::english();
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    for line in text.lines() {
        let item: Value = serde_json::from_str(line)?;
        let published = item["dct"].as_str().and_then(predict::day);
        let body = item["text"].as_str().unwrap_or_default();
        let doc = engine.read(body, Meta { published, ..Meta::default() });
        let points = Points::new(body);
        let id = item["id"].as_str().unwrap_or_default();
        for choice in reader.choices(&doc) {
            if let Some(future) = answer(&choice, &item, &points) {
                let place = format!("{id}:{}", choice.span.start);
                let Choice { features, decided, kind, .. } = choice;
                into.push(Example { features, future, decided, kind, part: part(id), place });
            }
        }
    }
    Ok(())
}

/// Whether the gold has the future reading; `None` where it has neither, or does not mark the words.
fn answer(choice: &Choice, item: &Value, points: &Points) -> Option<bool> {
    let [start, end] = points.pair(choice.span);
    let value = item["timexes"].as_array()?.iter().find_map(|time| {
        let (from, to) = (time["start"].as_u64()?, time["end"].as_u64()?);
        (from < u64::from(end) && u64::from(start) < to).then(|| time["value"].as_str())?
    })?;
    // "Friday night" is of the day that "Friday" is of.
    let day = |value: &str| value.split('T').next().unwrap_or(value).to_owned();
    match day(value) {
        value if value == day(&choice.past) => Some(false),
        value if value == day(&choice.future) => Some(true),
        _ => None,
    }
}

/// Logistic regression by plain gradient descent: the same examples give the same weights.
fn fit<'a>(examples: impl Iterator<Item = &'a Example>) -> BTreeMap<String, f64> {
    let examples: Vec<&Example> = examples.collect();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for name in examples.iter().flat_map(|example| &example.features) {
        *seen.entry(name).or_default() += 1;
    }
    let index: BTreeMap<&str, usize> = seen
        .iter()
        .filter(|(_, count)| **count >= SEEN)
        .enumerate()
        .map(|(at, (name, _))| (*name, at))
        .collect();
    let rows: Vec<Vec<usize>> = examples
        .iter()
        .map(|example| example.features.iter().filter_map(|name| index.get(name.as_str()).copied()).collect())
        .collect();
    let mut weights = vec![0.0; index.len()];
    let count = examples.len() as f64;
    for _ in 0..STEPS {
        let mut slope: Vec<f64> = weights.iter().map(|weight| PENALTY * weight / count).collect();
        for (row, example) in rows.iter().zip(&examples) {
            let sum: f64 = row.iter().map(|at| weights[*at]).sum();
            let miss = 1.0 / (1.0 + (-sum).exp()) - f64::from(u8::from(example.future));
            for at in row {
                slope[*at] += miss / count;
            }
        }
        for (weight, slope) in weights.iter_mut().zip(&slope) {
            *weight -= RATE * slope;
        }
    }
    index.into_iter().map(|(name, at)| (name.to_owned(), weights[at])).collect()
}

impl Example {
    /// Whether the rules, or else the weights, have the future reading.
    fn says(&self, weights: &BTreeMap<String, f64>) -> bool {
        self.decided || self.features.iter().filter_map(|name| weights.get(name)).sum::<f64>() > 0.0
    }
}

fn report(judged: &[(&Example, bool)]) {
    let mut kinds: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    for (example, says) in judged {
        for kind in [example.kind, "all"] {
            let (all, right, past) = kinds.entry(kind).or_default();
            *all += 1;
            *right += usize::from(*says == example.future);
            *past += usize::from(!example.future);
        }
    }
    for (kind, (all, right, past)) in kinds {
        let share = |part: usize| 100.0 * part as f64 / all as f64;
        println!("{kind}\t{all}\t{:.1}\t{:.1}", share(right), share(past));
    }
}
