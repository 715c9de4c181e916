//! `onrecord-dev bench stages`: what each stage takes beside the language runtime, on whole articles.

use std::path::PathBuf;

use clap::Args;
use onrecord::core::{Data, Meta, Pipeline, layers, nlp::Token};

use super::speed::{processor_time, texts};
use crate::Result;
use crate::parity::{DEFAULT_MODEL, open};

/// What the stages are measured on.
#[derive(Args)]
pub(crate) struct Stages {
    /// Texts, one JSON object with a `text` a line; the gold's Wikinews when none are named.
    texts: Option<PathBuf>,
    /// Read this many texts at most.
    #[arg(long, default_value_t = 1000)]
    limit: usize,
    /// Rounds, of which the best counts for each stage.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Read the texts joined to longer ones too, and show whether the time grows as the length does.
    #[arg(long)]
    lengths: bool,
}

/// An article of news, to speak of articles a second: 300 words are about so many tokens.
const ARTICLE: f64 = 345.0;

impl Stages {
    pub(crate) fn run(&self) -> Result<()> {
        let path =
            self.texts.clone().unwrap_or_else(|| crate::eval::gold_folder().join("articles/wikinews.jsonl"));
        let texts = texts(&path, self.limit)?;
        let pipeline = Pipeline::new(&Data { language: open(DEFAULT_MODEL.as_ref())?.into() });
        let names: Vec<&str> = layers().map(|layer| layer.name).collect();
        let mut best = vec![f64::INFINITY; names.len()];
        let mut tokens = 0;
        for _ in 0..self.rounds.max(1) {
            let (seconds, read) = measure(&pipeline, &texts, names.len());
            best.iter_mut().zip(seconds).for_each(|(best, seconds)| *best = best.min(seconds));
            tokens = read;
        }
        print(&names, &best, tokens);
        if self.lengths {
            print_lengths(&pipeline, &texts, &names);
        }
        Ok(())
    }
}

/// How many texts are joined to one.
const JOINED: [usize; 4] = [1, 4, 12, 48];

/// What a token takes each stage in texts that are ever longer, of the same words.
fn print_lengths(pipeline: &Pipeline, texts: &[String], names: &[&str]) {
    let most = JOINED[JOINED.len() - 1];
    let texts = &texts[..texts.len() - texts.len() % most];
    if texts.is_empty() {
        println!("lengths\tskipped: fewer than {most} texts");
        return;
    }
    let mut rows = vec![String::new(); names.len()];
    for joined in JOINED {
        let longer: Vec<String> = texts.chunks(joined).map(|texts| texts.join("\n\n")).collect();
        let (seconds, tokens) = measure(pipeline, &longer, names.len());
        for (row, seconds) in rows.iter_mut().zip(seconds) {
            row.push_str(&format!("\t{:.2}", seconds * 1e6 / tokens.max(1) as f64));
        }
    }
    let by = JOINED.map(|joined| joined.to_string()).join(", ");
    println!("stage\tµs a token of {} articles, so many of them in one text: {by}", texts.len());
    names.iter().zip(rows).for_each(|(name, row)| println!("{name}{row}"));
}

/// Reads all texts once: the seconds of each stage, and the number of tokens.
fn measure(pipeline: &Pipeline, texts: &[String], stages: usize) -> (Vec<f64>, usize) {
    let mut seconds = vec![0.0; stages];
    let mut tokens = 0;
    for text in texts {
        let mut begin = processor_time();
        let doc = pipeline.read_watched(text, Meta::default(), &mut |stage| {
            let now = processor_time();
            seconds[stage] += now - begin;
            begin = processor_time();
        });
        tokens += doc.layer::<Token>().len();
    }
    (seconds, tokens)
}

fn print(names: &[&str], seconds: &[f64], tokens: usize) {
    let of = |name: &str| names.iter().position(|other| *other == name).map_or(f64::NAN, |i| seconds[i]);
    let runtime = of("tokens");
    println!("stage\tµs a token\tshare of the language runtime\t{tokens} tokens");
    for (name, seconds) in names.iter().zip(seconds) {
        println!("{name}\t{:.2}\t{:.1} %", seconds * 1e6 / tokens as f64, 100.0 * seconds / runtime);
    }
    let articles = |seconds: f64| tokens as f64 / ARTICLE / seconds;
    println!(
        "times and figures\t{:.0} articles of 300 words a second",
        articles(of("times") + of("figures"))
    );
    let added: f64 = seconds.iter().sum::<f64>() - runtime;
    println!("all stages beside the runtime\t{:.1} % of its time", 100.0 * added / runtime);
}
