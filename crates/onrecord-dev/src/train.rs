//! Learns from annotated articles: the lexicon of cues, and the weights of the statement models.

mod statements;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use clap::Subcommand;
use onrecord::Engine;
use onrecord::core::nlp::Token;
use onrecord::core::stages::statements::learn::{self, Gold};
use onrecord::core::{Document, Meta, Span};
use serde_json::Value;

use crate::gold::Report;
use crate::{Result, antecedents, direction};

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
        /// Annotated articles, one JSON object a line: `{text, quotes}`. The half of the project's own gold that is there
        /// to learn from is added.
        articles: PathBuf,
        /// The models to write.
        #[arg(long, default_value = "crates/onrecord-core/data/en/statements.bin")]
        out: PathBuf,
        /// Annotated articles to score the models on.
        #[arg(long)]
        check: Option<PathBuf>,
        /// Also score parts of the project's own gold with models that have not seen them: two more fits.
        #[arg(long)]
        held_out: bool,
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
    /// Fit the ranker of pronouns and descriptions; writes crates/onrecord-core/data/en/antecedent_weights.tsv.
    Antecedents {
        /// A folder with GUM's `.conllu` and OntoGUM's `.conll` files.
        gum: PathBuf,
        /// The weights to write.
        #[arg(long, default_value = "crates/onrecord-core/data/en/antecedent_weights.tsv")]
        out: PathBuf,
    },
}

/// Learns it.
pub(crate) fn run(lesson: &Lesson) -> Result<()> {
    match lesson {
        Lesson::Cues { articles, out } => Ok(fs::write(out, cues(&read(articles)?))?),
        Lesson::Statements { articles, out, check, held_out } => {
            let lessons = [read(articles)?, statements::own()?].concat();
            let models = statements::train(&lessons);
            fs::write(out, &models)?;
            let mut scores = if *held_out { statements::held_out(&lessons) } else { Vec::new() };
            if let Some(check) = check {
                scores.extend(statements::check(&models, check)?);
            }
            for score in scores {
                println!("{:<14} {:<34} {:>6.2}", score.set, score.metric, score.value);
            }
            Ok(())
        }
        Lesson::Direction { gold, out, examples } => direction::train(gold, out, examples.as_deref()),
        Lesson::Antecedents { gum, out } => antecedents::train(gum, out),
    }
}

/// An article that has been read, with its annotation.
#[derive(Clone)]
struct Article {
    doc: Document,
    gold: Vec<Gold>,
    /// The report, when it is of the project's own gold, where statements in another's words are annotated too.
    own: Option<Rc<Report>>,
}

fn read(articles: &Path) -> Result<Vec<Article>> {
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
            Ok(Article { doc: engine.read(text, Meta::default()), gold, own: None })
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

fn cues(lessons: &[Article]) -> String {
    let mut counts: BTreeMap<(String, String), [u32; 3]> = BTreeMap::new();
    for Article { doc, gold, .. } in lessons {
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
