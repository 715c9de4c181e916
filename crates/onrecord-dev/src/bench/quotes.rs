//! `onrecord-dev bench quotes`: statements beside textacy's quotations, on the same articles in the same run.
//!
//! Times are processor time of one thread. textacy has spaCy's own form of the same model.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::Args;
use onrecord::Engine;
use serde_json::{Value, json};

use super::speed::processor_time;
use crate::Result;
use crate::eval::{Pair, gold_folder, quotes};
use crate::predict::{self, Kind};

/// What quotations are measured with.
#[derive(Args)]
pub(crate) struct Quotes {
    /// Annotated articles, one JSON object a line: `{text, quotes}`; PolNeAR's development articles when none are named.
    articles: Option<PathBuf>,
    /// A Python interpreter with textacy; without one textacy is skipped.
    #[arg(long, env = "ONRECORD_PYTHON")]
    python: Option<PathBuf>,
    /// The same pipeline for spaCy: its directory, or the name of its package.
    #[arg(long, env = "ONRECORD_SPACY_PIPELINE", default_value = "en_core_web_sm")]
    spacy: String,
}

/// Metrics that are shown of both.
const SHOWN: [&str; 5] =
    ["statements e2e F1", "statements overlap F1", "direct e2e F1", "mixed e2e F1", "indirect e2e F1"];

impl Quotes {
    pub(super) fn run(&self) -> Result<()> {
        let path = self.articles.clone().unwrap_or_else(|| gold_folder().join("quotes/polnear.dev.jsonl"));
        let file = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let articles = file.lines().map(serde_json::from_str).collect::<Result<Vec<Value>, _>>()?;
        let engine = Engine::new()?;
        let begin = processor_time();
        let predicted: Vec<Value> =
            articles.iter().map(|item| predict::predict(Kind::Quotes, &engine, item)).collect();
        let ours = Run { seconds: processor_time() - begin, gave_up: 0, predicted };
        ours.show("onrecord", &articles);
        let Some(python) = &self.python else {
            println!("textacy\tskipped: name a Python with textacy by --python or ONRECORD_PYTHON");
            return Ok(());
        };
        let theirs = self.textacy(python, &file)?;
        theirs.show("textacy", &articles);
        println!("ratio\t{:.1} times as many articles in a second", theirs.seconds / ours.seconds);
        Ok(())
    }

    fn textacy(&self, python: &Path, articles: &str) -> Result<Run> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/textacy_quotes.py");
        let mut child = (Command::new(python).arg(script).arg(&self.spacy))
            .envs(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"].map(|name| (name, "1")))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{}: {error}", python.display()))?;
        if let Some(mut stdin) = child.stdin.take() {
            std::io::Write::write_all(&mut stdin, articles.as_bytes())?;
        }
        let output = child.wait_with_output()?;
        let lines = String::from_utf8(output.stdout)?;
        let mut answers = lines.lines().map(serde_json::from_str).collect::<Result<Vec<Value>, _>>()?;
        let last = answers.pop().ok_or("textacy gave no answer")?;
        println!("versions\ttextacy {}, spaCy {}", last["textacy"], last["spacy"]);
        let gave_up = answers.iter().filter(|answer| !answer["error"].is_null()).count();
        let seconds = last["seconds"].as_f64().ok_or("textacy gave no time")?;
        Ok(Run { seconds, gave_up, predicted: answers })
    }
}

/// What one tool found in the articles, and how long it took.
struct Run {
    seconds: f64,
    gave_up: usize,
    predicted: Vec<Value>,
}

impl Run {
    fn show(&self, tool: &str, articles: &[Value]) {
        let answer = |predicted: &Value| match predicted["quotes"] {
            Value::Null => json!({ "quotes": [] }),
            _ => predicted.clone(),
        };
        let pairs: Vec<Pair> = articles.iter().cloned().zip(self.predicted.iter().map(answer)).collect();
        let speed = articles.len() as f64 / self.seconds;
        println!("{tool}\t{speed:.1} articles in a second of processor time");
        println!("{tool}\t{} of {} articles given up", self.gave_up, articles.len());
        for score in quotes::score(tool, &pairs) {
            if SHOWN.contains(&score.metric.as_str()) {
                println!("{tool}\t{}\t{:.2}", score.metric, score.value);
            }
        }
    }
}
