//! `onrecord said`: who said what.

use clap::Args;
use clap::builder::PossibleValuesParser;
use onrecord::core::stages::statements::StatementKind;
use onrecord::questions::SaidQuestion;

use crate::commands::{Database, Narrow};
use crate::failure::Result;
use crate::input::{STATEMENTS, statement_kind};
use crate::output::Output;

/// Ask who said what
///
/// Finds kept statements, each with its sentence, its place and its report.
/// A speaker is found under any wording that the report uses: by a part of
/// the name, with or without title, by office or description.
#[derive(Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  onrecord said --by \"General Qaani\" --since 2024-07
  onrecord said --by \"the finance minister\" --about \"flood fund\"
  onrecord said --to reporters --kind direct --outlet wire
  onrecord said --cue deny --csv > denials.csv

Days are those on which something was said, where the report tells; else those
of publication."
)]
pub(crate) struct Said {
    /// Who said it: a name, a part of it, a title, an office
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
    /// To whom
    #[arg(long, value_name = "WHO")]
    to: Option<String>,
    /// In quotation marks, in part, or in the reporter's words
    #[arg(long, value_parser = PossibleValuesParser::new(STATEMENTS.map(StatementKind::name)))]
    kind: Option<String>,
    /// The verb of saying, in its base form: deny
    #[arg(long, value_name = "VERB")]
    cue: Option<String>,
    #[command(flatten)]
    narrow: Narrow,
    #[command(flatten)]
    database: Database,
}

impl Said {
    pub(crate) fn run(self, output: &mut Output) -> Result {
        let question = SaidQuestion {
            by: self.by,
            to: self.to,
            kind: self.kind.as_deref().and_then(statement_kind),
            cue: self.cue,
            scope: self.narrow.into(),
            ..SaidQuestion::default()
        };
        output.answers(&self.database.ask()?, &question)
    }
}
