//! `onrecord times`: what reports say about when.

use clap::Args;
use clap::builder::PossibleValuesParser;
use onrecord::core::stages::times::TimeKind;
use onrecord::questions::TimesQuestion;

use crate::commands::{Database, Narrow};
use crate::failure::Result;
use crate::input::{TIMES, time_kind};
use crate::output::Output;

/// Ask for times: what "Tuesday" or "last October" means in a report
#[derive(Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  onrecord times --since 2026-03-01 --until 2026-03-07
  onrecord times --since 2026-03 --outlet gazette
  onrecord times --type DURATION --about harbour

Days are those that the expression of time touches; --about looks at the whole
report."
)]
pub(crate) struct Times {
    /// The kind of time, as TIMEX3 has it
    #[arg(long = "type", value_parser = PossibleValuesParser::new(TIMES.map(TimeKind::name)), ignore_case = true)]
    kind: Option<String>,
    #[command(flatten)]
    narrow: Narrow,
    #[command(flatten)]
    database: Database,
}

impl Times {
    pub(crate) fn run(self, output: &mut Output) -> Result {
        let kind = self.kind.as_deref().and_then(time_kind);
        let question = TimesQuestion { kind, scope: self.narrow.into() };
        output.answers(&self.database.ask()?, &question)
    }
}
