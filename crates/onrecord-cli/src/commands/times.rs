//! `onrecord times`: what reports say about when.

use clap::Args;
use clap::builder::PossibleValuesParser;
use onrecord::core::Layer;
use onrecord::core::stages::times::{Time, TimeKind};
use onrecord::questions::TimesQuestion;
use onrecord::record;

use crate::commands::{Database, Narrow};
use crate::failure::{Outcome, Result};
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
    #[arg(long = "type", value_parser = PossibleValuesParser::new(KINDS.map(TimeKind::name)), ignore_case = true)]
    kind: Option<String>,
    #[command(flatten)]
    narrow: Narrow,
    #[command(flatten)]
    database: Database,
}

const KINDS: [TimeKind; 4] = [TimeKind::Date, TimeKind::Time, TimeKind::Duration, TimeKind::Set];

impl Times {
    pub(crate) fn run(self, output: &mut Output) -> Result {
        let asked =
            |kind: &TimeKind| self.kind.as_ref().is_some_and(|asked| asked.eq_ignore_ascii_case(kind.name()));
        let question = TimesQuestion { kind: KINDS.into_iter().find(asked), scope: self.narrow.into() };
        let answers = self.database.ask()?.times(&question)?;
        output.answers(record::layer(Time::NAME), &answers)?;
        Ok(Outcome::of(&answers))
    }
}
