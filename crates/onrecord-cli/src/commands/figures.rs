//! `onrecord figures`: how many, of what, and what happened to them.

use clap::Args;
use onrecord::questions::FiguresQuestion;

use crate::commands::{Database, Narrow};
use crate::failure::Result;
use crate::output::Output;

/// Ask for figures: how many, of what, by whose count
#[derive(Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  onrecord figures --happened killed --about \"port explosion\"
  onrecord figures --counted crowns --by \"finance minister\"
  onrecord figures --class money --csv > money.csv

Days are those of publication; --about looks at the whole report. Where somebody
gave the figure, the answer ends with their name."
)]
pub(crate) struct Figures {
    /// Who gave the figure, under any wording
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
    /// Words of what is counted
    #[arg(long, value_name = "WORDS")]
    counted: Option<String>,
    /// What happened to what is counted: killed, injured, displaced and so on
    #[arg(long, alias = "harm", value_name = "WHAT")]
    happened: Option<String>,
    /// Class of unit: count, money, percent, measure, age and so on
    #[arg(long, value_name = "CLASS")]
    class: Option<String>,
    #[command(flatten)]
    narrow: Narrow,
    #[command(flatten)]
    database: Database,
}

impl Figures {
    pub(crate) fn run(self, output: &mut Output) -> Result {
        let Self { by, counted, happened, class, narrow, database } = self;
        let question = FiguresQuestion { by, counted, happened, class, scope: narrow.into() };
        output.answers(&database.ask()?, &question)
    }
}
