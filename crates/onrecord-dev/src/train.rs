//! Learns from annotated articles: the lexicon of cues, and the weights of the statement models.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use onrecord::Engine;
use onrecord::core::nlp::Token;
use onrecord::core::stages::statements::learn::{self, CLASSES, Example, Gold, Models};
use onrecord::core::{Document, Meta, Span};
use serde_json::Value;

use crate::fit::{BITS, fit};
use crate::{Result, direction, pronouns};

/// What can be learned.
#[derive(Debug, Subcommand)]
pub(crate) enum Lesson {
    /// Count how often each word is a cue; writes crates/onrecord-core/data/en/cues.tsv.
    Cues {
        /// Annotated articles, one JSON object a line: `{text, quotes}`.
        articles: PathBuf,
        /// The lexicon to write.
        #[arg(long, default_value = "crates/onrecord-core/data/en/cues.tsv")]
        out: PathBuf,
    },
    /// Fit the models that tell content, source and statement; writes crates/onrecord-core/data/en/statements.bin.
    Statements {
        /// Annotated articles, one JSON object a line: `{text, quotes}`.
        articles: PathBuf,
        /// The models to write.
        #[arg(long, default_value = "crates/onrecord-core/data/en/statements.bin")]
        out: PathBuf,
    },
    /// Fit the model that tells a past "Friday" or "May" from a future one; writes
    /// crates/onrecord-core/data/en/direction.tsv.
    Direction {
        /// Gold of times, one JSON object a line: `{id, dct, text, timexes}`.
        #[arg(required = true)]
        gold: Vec<PathBuf>,
        /// The weights to write.
        #[arg(long, default_value = "crates/onrecord-core/data/en/direction.tsv")]
        out: PathBuf,
        /// Also write the examples with their features, one a line.
        #[arg(long)]
        examples: Option<PathBuf>,
    },
    /// Fit the ranker of pronouns; writes crates/onrecord-core/data/en/pronoun_weights.tsv.
    Pronouns {
        /// A folder with GUM's `.conllu` and OntoGUM's `.conll` files.
        gum: PathBuf,
        /// The weights to write.
        #[arg(long, default_value = "crates/onrecord-core/data/en/pronoun_weights.tsv")]
        out: PathBuf,
    },
}

/// Learns it.
pub(crate) fn run(lesson: &Lesson) -> Result<()> {
    match lesson {
        Lesson::Cues { articles, out } => Ok(fs::write(out, cues(&read(articles)?))?),
        Lesson::Statements { articles, out } => Ok(fs::write(out, statements(&read(articles)?))?),
        Lesson::Direction { gold, out, examples } => direction::train(gold, out, examples.as_deref()),
        Lesson::Pronouns { gum, out } => pronouns::train(gum, out),
    }
}

/// An article that has been read, with its annotation.
type Lessons = Vec<(Document, Vec<Gold>)>;

fn read(articles: &Path) -> Result<Lessons> {
    let engine = Engine::new()?;
    let lines = fs::read_to_string(articles).map_err(|error| format!("{}: {error}", articles.display()))?;
    lines
        .lines()
        .map(|line| {
            let item: Value = serde_json::from_str(line)?;
            let text = item["text"].as_str().ok_or("an article has a text")?;
            let gold = item["quotes"].as_array().ok_or("an article has quotes")?;
            let bytes: Vec<usize> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
            let gold = gold.iter().map(|quote| annotation(quote, &bytes)).collect();
            Ok((engine.read(text, Meta::default()), gold))
        })
        .collect()
}

fn annotation(quote: &Value, bytes: &[usize]) -> Gold {
    let spans = |key: &str| -> Vec<Span> {
        let byte = |point: &Value| bytes.get(usize::try_from(point.as_u64()?).ok()?).copied();
        let pairs = quote[key].as_array().into_iter().flatten();
        pairs.filter_map(|pair| Some(Span::of(byte(&pair[0])?..byte(&pair[1])?))).collect()
    };
    Gold {
        content: spans("content"),
        cue: spans("cue"),
        speaker: spans("speaker"),
        attitude: quote["ignore"].as_bool().unwrap_or(false),
    }
}

/// Occurrences as a cue that a word needs to be in the lexicon.
const CUES: u32 = 3;
/// Occurrences that are added to each word's as no cue, so that a rare word is not sure.
const DOUBT: u32 = 3;
/// Chance per thousand from which a word is in the lexicon.
const CHANCE: u32 = 10;

fn cues(lessons: &Lessons) -> String {
    let mut counts: BTreeMap<(String, String), [u32; 3]> = BTreeMap::new();
    for (doc, gold) in lessons {
        for token in doc.layer::<Token>() {
            counts.entry((token.lemma.to_lowercase(), token.pos.to_string())).or_default()[0] += 1;
        }
        for (lemma, pos, attitude) in learn::cues(doc, gold) {
            counts.entry((lemma, pos)).or_default()[if attitude { 2 } else { 1 }] += 1;
        }
    }
    let mut lexicon = String::from(
        "# source: counted on PolNeAR 1.0, training articles: lemma, part of speech, and of a thousand occurrences those \
         that are cues of statements and of attitudes (`onrecord-dev train cues`); licence: MIT OR Apache-2.0\n",
    );
    for ((lemma, pos), [all, statements, attitudes]) in counts {
        let known = matches!(pos.as_str(), "VERB" | "NOUN" | "ADJ" | "ADV" | "AUX");
        let per_thousand = |count: u32| (1000 * count + (all + DOUBT) / 2) / (all + DOUBT);
        let (statement, attitude) = (per_thousand(statements), per_thousand(attitudes));
        if known && statements + attitudes >= CUES && statement + attitude >= CHANCE {
            lexicon += &format!("{lemma}\t{pos}\t{statement}\t{attitude}\n");
        }
    }
    lexicon
}

/// The model of roles learns from annotated cues. The model of statements learns from what the first makes of articles
/// that it has not seen: each half is read with the roles that the other half teaches.
fn statements(lessons: &Lessons) -> Vec<u8> {
    let half = |parity: usize| lessons.iter().enumerate().filter(move |(index, _)| index % 2 == parity);
    let mut examples: Vec<Example> = Vec::new();
    for parity in [0, 1] {
        let roles: Vec<Example> = half(parity).flat_map(|(_, (doc, gold))| learn::roles(doc, gold)).collect();
        let packed = pack(&fit(&roles), &vec![0.0; CLASSES << BITS]);
        let models = Models::open(&packed).expect("what was just packed can be opened");
        examples.extend(half(1 - parity).flat_map(|(_, (doc, gold))| learn::statements(doc, gold, &models)));
    }
    let roles: Vec<Example> = lessons.iter().flat_map(|(doc, gold)| learn::roles(doc, gold)).collect();
    eprintln!("{} articles, {} roles, {} candidates", lessons.len(), roles.len(), examples.len());
    pack(&fit(&roles), &fit(&examples))
}

fn pack(roles: &[f32], statements: &[f32]) -> Vec<u8> {
    let mut bytes = learn::pack(roles, BITS);
    bytes.extend(learn::pack(statements, BITS));
    bytes
}
