//! `onrecord-dev bench language`: how fast the language runtime is, beside spaCy on the same texts in the same run.
//!
//! Speeds are tokens in a second of processor time on one thread, the best of three rounds on both sides.

mod quotes;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use clap::{Args, Subcommand};
use serde_json::Value;

use crate::parity::open;
use crate::{Result, volume};

/// What can be measured.
#[derive(Subcommand)]
pub(crate) enum Subject {
    /// The language runtime.
    Language(Language),
    /// Statements, beside textacy's quotations.
    Quotes(quotes::Quotes),
    /// Taking in reports: invented pages from HTML to the stored record, then records stored alone.
    Ingest(volume::Ingest),
    /// Questions to a database of many statements, while a writer runs.
    Questions(volume::Questions),
}

/// What the language runtime is measured with.
#[derive(Args)]
pub(crate) struct Language {
    /// Texts, one JSON object with a `text` a line.
    texts: PathBuf,
    /// A pipeline's directory, or a packed model.
    #[arg(long, default_value = "crates/onrecord/model/en_core_web_sm-3.8.0.onrecord")]
    pipeline: PathBuf,
    /// A Python interpreter with spaCy; without one spaCy is skipped.
    #[arg(long, env = "ONRECORD_PYTHON")]
    python: Option<PathBuf>,
    /// The same pipeline for spaCy: its directory, or the name of its package.
    #[arg(long, env = "ONRECORD_SPACY_PIPELINE", default_value = "en_core_web_sm")]
    spacy: String,
    /// Read this many texts at most.
    #[arg(long, default_value_t = 100)]
    limit: usize,
    /// Only read the texts so many times and print nothing, to be counted from outside.
    #[arg(long, hide = true)]
    only_read: Option<usize>,
}

/// Rounds of which the best counts.
const ROUNDS: usize = 3;

pub(crate) fn run(subject: &Subject) -> Result<()> {
    match subject {
        Subject::Language(language) => language.run(),
        Subject::Quotes(quotes) => quotes.run(),
        Subject::Ingest(ingest) => ingest.run(),
        Subject::Questions(questions) => questions.run(),
    }
}

impl Language {
    fn run(&self) -> Result<()> {
        let file =
            std::fs::read_to_string(&self.texts).map_err(|e| format!("{}: {e}", self.texts.display()))?;
        let lines: Vec<&str> = file.lines().take(self.limit).collect();
        let values =
            lines.iter().map(|line| serde_json::from_str::<Value>(line)).collect::<Result<Vec<_>, _>>()?;
        let texts: Vec<&str> = values.iter().filter_map(|value| value["text"].as_str()).collect();
        if let Some(times) = self.only_read {
            let pipeline = open(&self.pipeline)?;
            for text in texts.iter().cycle().take(times * texts.len()) {
                black_box(pipeline.read(text));
            }
            return Ok(());
        }
        let ours = measure(&self.pipeline, &texts)?;
        self.instructions(ours.tokens);
        self.compare(&lines, &ours)
    }

    /// Counts our instructions with valgrind: two readings of the texts less one.
    fn instructions(&self, tokens: usize) {
        match (self.counted(2), self.counted(1)) {
            (Some(twice), Some(once)) => {
                // valgrind knows no AVX-512, so these are of the AVX2 kernels, with half the width.
                println!("instructions\t{} a token, with AVX2", (twice - once) / tokens.max(1) as u64);
            }
            _ => println!("instructions\tskipped: valgrind is not there"),
        }
    }

    fn counted(&self, times: usize) -> Option<u64> {
        let mut command = Command::new("valgrind");
        command.args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]);
        command.arg(std::env::current_exe().ok()?).args(["bench", "language"]).arg(&self.texts);
        command.arg("--pipeline").arg(&self.pipeline).arg("--limit").arg(self.limit.to_string());
        let output = command.arg("--only-read").arg(times.to_string()).output().ok()?;
        let report = String::from_utf8_lossy(&output.stderr).into_owned();
        let line = report.lines().find(|line| line.contains("I refs:") || line.contains("I  refs:"))?;
        line.rsplit(' ').next()?.replace(',', "").parse().ok()
    }

    fn compare(&self, lines: &[&str], ours: &Measured) -> Result<()> {
        let Some(python) = &self.python else {
            println!("spaCy\tskipped: name a Python with spaCy by --python or ONRECORD_PYTHON");
            return Ok(());
        };
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/spacy_speed.py");
        let mut child = (Command::new(python).arg(script).arg(&self.spacy))
            .envs(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"].map(|name| (name, "1")))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| format!("{}: {e}", python.display()))?;
        if let Some(mut stdin) = child.stdin.take() {
            std::io::Write::write_all(&mut stdin, lines.join("\n").as_bytes())?;
        }
        let output = child.wait_with_output()?;
        let theirs: Value =
            serde_json::from_slice(&output.stdout).map_err(|_| "spaCy gave no measurement")?;
        let number = |key: &str| theirs[key].as_f64().unwrap_or(f64::NAN);
        let speed = number("tokens") / number("whole");
        println!("spaCy, whole pipeline\t{speed:.0} tokens/s");
        println!("spaCy, tokenizer\t{:.0} tokens/s, its cache warm", number("tokens") / number("tokenizer"));
        println!("spaCy, import and load\t{:.0} ms", number("load") * 1e3);
        println!("spaCy, peak memory\t{:.0} MB", number("peak_kb") / 1024.0);
        println!("ratio\t{:.1}", ours.speed / speed);
        Ok(())
    }
}

struct Measured {
    tokens: usize,
    speed: f64,
}

fn measure(pipeline: &Path, texts: &[&str]) -> Result<Measured> {
    let bytes = std::fs::metadata(pipeline).map(|file| file.len()).unwrap_or_default();
    let begin = Instant::now();
    let pipeline = open(pipeline)?;
    let opened = begin.elapsed();
    black_box(pipeline.read("The minister said no."));
    println!(
        "start\t{} ms to open {bytes} bytes, {} ms to the first answer",
        opened.as_millis(),
        begin.elapsed().as_millis()
    );
    let mut tokens = 0;
    let whole = best(|| tokens = texts.iter().map(|text| black_box(pipeline.read(text)).tokens.len()).sum());
    let speed = tokens as f64 / whole;
    println!("whole pipeline\t{speed:.0} tokens/s, {tokens} tokens of {} texts", texts.len());
    println!("peak memory\t{:.0} MB", peak_memory());
    let tokenizer = best(|| texts.iter().for_each(|text| drop(black_box(pipeline.tokenize(text)))));
    println!("tokenizer\t{:.0} tokens/s, its cache warm", tokens as f64 / tokenizer);
    let one = best_wall(|| drop(black_box(pipeline.pipe(texts, 1))));
    let two = best_wall(|| drop(black_box(pipeline.pipe(texts, 2))));
    println!("two threads\t{:.2} times one, by the clock on the wall", one / two);
    Ok(Measured { tokens, speed })
}

/// Seconds of processor time on this thread that the best round takes.
fn best(mut round: impl FnMut()) -> f64 {
    let mut seconds = || {
        let begin = processor_time();
        round();
        processor_time() - begin
    };
    (0..ROUNDS).map(|_| seconds()).fold(f64::INFINITY, f64::min)
}

fn best_wall(mut round: impl FnMut()) -> f64 {
    let mut seconds = || {
        let begin = Instant::now();
        round();
        begin.elapsed().as_secs_f64()
    };
    (0..ROUNDS).map(|_| seconds()).fold(f64::INFINITY, f64::min)
}

/// Seconds that this thread has run: Linux says so; elsewhere the clock on the wall must do.
fn processor_time() -> f64 {
    let schedule = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    match schedule.split(' ').next().and_then(|nanoseconds| nanoseconds.parse::<f64>().ok()) {
        Some(nanoseconds) => nanoseconds * 1e-9,
        None => std::time::SystemTime::UNIX_EPOCH.elapsed().map_or(0.0, |time| time.as_secs_f64()),
    }
}

/// The most memory that this process has held, in megabytes; 0 where Linux does not say.
fn peak_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}
