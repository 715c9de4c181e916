//! `onrecord documents`: which reports are kept.

use clap::Args;

use crate::commands::{Database, Narrow};
use crate::failure::{Outcome, Result};
use crate::output::Output;

/// Ask which reports are kept
#[derive(Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  onrecord documents --outlet wire --since 2026-03
  onrecord documents --about '\"flood fund\" budget' --json"
)]
pub(crate) struct Documents {
    #[command(flatten)]
    narrow: Narrow,
    #[command(flatten)]
    database: Database,
}

impl Documents {
    pub(crate) fn run(self, output: &mut Output) -> Result {
        let reports = self.database.ask()?.reports(&self.narrow.into())?;
        output.reports(&reports)?;
        Ok(Outcome::of(&reports))
    }
}
