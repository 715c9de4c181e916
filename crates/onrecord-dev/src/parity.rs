//! `onrecord-dev parity PIPELINE ANSWERS`: compares the language runtime with spaCy, decision by decision.
//!
//! The answers are those of `scripts/spacy_answers.py`; `onrecord-dev parity-afresh` makes and compares them in one go.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::ops::Range;
use std::path::Path;

use onrecord::doors::Points;
use onrecord_nlp::{Analysis, EntityTag, Pipeline, Token};
use serde_json::{Value, json};

use crate::Result;

/// What is compared, in the order of the columns of an answer after the offsets.
const COLUMNS: [&str; 10] =
    ["space", "norm", "tag", "pos", "morph", "lemma", "head", "dep", "sentence start", "entity"];

/// Noun chunks are compared by text.
const CHUNKS: &str = "noun chunks";

/// The default model.
pub(crate) const DEFAULT_MODEL: &str = "crates/onrecord/model/en_core_web_sm-3.8.0.onrecord";

/// How many differences are shown.
const SHOWN: usize = 20;

/// Compares all answers, and fails if any differs.
pub(crate) fn run(pipeline: &Path, answers: &Path) -> Result<()> {
    let pipeline = open(pipeline)?;
    let mut tally = Tally::default();
    for line in
        BufReader::new(File::open(answers).map_err(|e| format!("{}: {e}", answers.display()))?).lines()
    {
        let answer: Value = serde_json::from_str(&line?)?;
        compare(&pipeline, &answer, &mut tally);
    }
    tally.print();
    if tally.differences.is_empty() { Ok(()) } else { Err("the runtime differs from spaCy".into()) }
}

/// Opens a pipeline in a directory, or a packed one.
pub(crate) fn open(path: &Path) -> Result<Pipeline> {
    if path.is_dir() {
        return Ok(Pipeline::from_dir(path)?);
    }
    let bytes = std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(Pipeline::from_packed(&bytes)?)
}

#[derive(Default)]
struct Tally {
    documents: usize,
    tokens: usize,
    differences: BTreeMap<&'static str, usize>,
    shown: usize,
}

impl Tally {
    fn differ(&mut self, what: &'static str, show: impl FnOnce() -> String) {
        *self.differences.entry(what).or_default() += 1;
        if self.shown < SHOWN {
            self.shown += 1;
            println!("{what}: {}", show());
        }
    }

    fn print(&self) {
        println!("{} documents, {} tokens", self.documents, self.tokens);
        println!("tokens\t{} differences", self.differences.get("tokens").unwrap_or(&0));
        for what in COLUMNS.into_iter().chain([CHUNKS]) {
            println!("{what}\t{} differences", self.differences.get(what).unwrap_or(&0));
        }
    }
}

fn compare(pipeline: &Pipeline, answer: &Value, tally: &mut Tally) {
    let (name, text) = (&answer["name"], answer["text"].as_str().unwrap_or_default());
    let theirs = answer["tokens"].as_array().map(Vec::as_slice).unwrap_or_default();
    tally.documents += 1;
    tally.tokens += theirs.len();
    // Answers of the tokenizer alone have only start and length.
    let only_tokens = theirs.iter().all(|token| token.as_array().is_some_and(|columns| columns.len() == 2));
    let analysis = if only_tokens { None } else { Some(pipeline.read(text)) };
    let ranges = match &analysis {
        Some(analysis) => analysis.tokens.iter().map(Token::range).collect(),
        None => pipeline.tokenize(text),
    };
    if let Some(i) = first_difference(text, &ranges, theirs) {
        let our = ranges.get(i).map(|range| &text[range.clone()]);
        tally.differ("tokens", || {
            format!("{name} {text:?}, token {i}: {our:?} instead of {:?}", theirs.get(i))
        });
        return;
    }
    let Some(analysis) = analysis else { return };
    for (i, (our, their)) in analysis.tokens.iter().zip(theirs).enumerate() {
        for (column, what) in COLUMNS.into_iter().enumerate() {
            let (our_value, their_value) = (decision(our, column), &their[column + 2]);
            if our_value != *their_value {
                let word = our.text(text);
                tally.differ(what, || {
                    format!("{name}, token {i} {word:?}: {our_value} instead of {their_value}")
                });
            }
        }
    }
    compare_chunks(&analysis, answer, tally);
}

/// The first token that begins or ends elsewhere.
fn first_difference(text: &str, ours: &[Range<usize>], theirs: &[Value]) -> Option<usize> {
    let points = Points::new(text);
    (0..ours.len().max(theirs.len())).find(|&i| {
        let our = ours.get(i).map(|range| (points.point(range.start as u32), points.point(range.end as u32)));
        let number = |value: &Value| value.as_u64().unwrap_or(u64::MAX) as u32;
        our != theirs
            .get(i)
            .map(|their| (number(&their[0]), number(&their[0]).saturating_add(number(&their[1]))))
    })
}

fn compare_chunks(analysis: &Analysis, answer: &Value, tally: &mut Tally) {
    if answer["chunks"].is_null() {
        return;
    }
    let ours: Vec<Value> =
        analysis.noun_chunks().iter().map(|chunk| json!([chunk.tokens.start, chunk.tokens.end])).collect();
    if answer["chunks"].as_array() != Some(&ours) {
        tally.differ(CHUNKS, || format!("{}", answer["name"]));
    }
}

/// A decision about a token, as the answers have it.
fn decision(token: &Token, column: usize) -> Value {
    match COLUMNS[column] {
        "space" => json!(u8::from(token.space_after)),
        "norm" => json!(token.norm.as_str()),
        "tag" => json!(token.tag.as_str()),
        "pos" => json!(token.pos.as_str()),
        "morph" => json!(token.morph.as_str()),
        "lemma" => json!(token.lemma.as_str()),
        "head" => json!(token.head),
        "dep" => json!(token.dep.as_str()),
        "sentence start" => json!(u8::from(token.sent_start)),
        _ => match &token.entity {
            EntityTag::Outside => json!("O"),
            EntityTag::Begin(kind) => json!(format!("B-{kind}")),
            EntityTag::Inside(kind) => json!(format!("I-{kind}")),
        },
    }
}
