//! The workshop: evaluation against gold, predictions in the gold's formats, packing of models.

mod predict;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What can go wrong in the workshop: shown to a developer, then the process ends.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

#[derive(Parser)]
#[command(name = "onrecord-dev", about = "Onrecord's workshop", version)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
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
