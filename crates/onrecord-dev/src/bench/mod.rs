//! `onrecord-dev bench`: speed and memory, measured. Each subject says how.

mod crash;
mod quotes;
mod readers;
mod serve;
mod shares;
mod speed;
mod volume;

use clap::Subcommand;

use crate::Result;

/// What can be measured.
#[derive(Subcommand)]
pub(crate) enum Subject {
    /// The language runtime, beside spaCy.
    Language(speed::Language),
    /// What each stage takes beside the language runtime.
    Stages(shares::Stages),
    /// Times beside HeidelTime on the same texts, and how fast the stages of times and figures are.
    Times(readers::Readers),
    /// Figures beside quantulum3 on the same sentences, and how fast the stages of times and figures are.
    Figures(readers::Readers),
    /// Statements, beside textacy's quotations.
    Quotes(quotes::Quotes),
    /// Taking in reports: invented pages from HTML to the stored record, then records stored alone.
    Ingest(volume::Ingest),
    /// Questions to a database of many statements, while a writer runs.
    Questions(volume::Questions),
    /// An ingest that is killed at random moments and started again.
    Crash(crash::Crash),
    /// The reading room on a database of many statements: pages and the API, while a writer runs.
    Serve(serve::Serve),
}

pub(crate) fn run(subject: &Subject) -> Result<()> {
    match subject {
        Subject::Language(language) => language.run(),
        Subject::Stages(stages) => stages.run(),
        Subject::Times(readers) => readers.times(),
        Subject::Figures(readers) => readers.figures(),
        Subject::Quotes(quotes) => quotes.run(),
        Subject::Ingest(ingest) => ingest.run(),
        Subject::Questions(questions) => questions.run(),
        Subject::Crash(crash) => crash.run(),
        Subject::Serve(serve) => serve.run(),
    }
}
