//! `onrecord check`: whether a database holds together.

use clap::Args;
use onrecord::doors;
use onrecord::store::Fault;
use serde_json::json;

use crate::commands::Database;
use crate::failure::{Failure, Outcome, Result};
use crate::output::{Format, Output, PLAIN, Progress, Text, count};

/// Check that the database is whole and every row stands on its words
///
/// Every text has the hash that it is named by, every row the words that stand
/// at its offsets, every reference leads to a row, and the indexes of words
/// hold what the tables hold. What does not hold is written, a line each.
#[derive(Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  onrecord check --db news.db"
)]
pub(crate) struct Check {
    #[command(flatten)]
    database: Database,
}

impl Check {
    pub(crate) fn run(self, output: &mut Output) -> Result {
        let store = self.database.ask()?;
        let mut progress = Progress::new("reports checked", store.len()?);
        let checked = store.check_all(&mut || progress.step())?;
        drop(progress);
        match output.format {
            Format::People => {
                let what = |fault: &Fault| format!("{} {}: {}", fault.table, fault.row, fault.what);
                for fault in &checked.faults {
                    output.write(&Text::new().and(PLAIN, &what(fault)).fold(""))?;
                }
                let words = format!(
                    "{} with {} checked",
                    count(checked.reports, "report", "reports"),
                    count(checked.rows, "row", "rows"),
                );
                output.write(&Text::new().and(PLAIN, &words).fold(""))?;
            }
            Format::Json | Format::JsonLines => {
                let object =
                    |fault: &Fault| json!({ "table": fault.table, "row": fault.row, "what": fault.what });
                output.json(checked.faults.iter().map(object).collect())?;
            }
            Format::Csv => {
                output.write("table,row,what\n")?;
                for Fault { table, row, what } in &checked.faults {
                    output.write(&doors::csv_line([table, row, what].map(String::clone)))?;
                }
            }
        }
        match checked.faults.len() {
            0 => Ok(Outcome::Found),
            faults => Err(Failure::Told(count(faults, "thing does not hold", "things do not hold"))),
        }
    }
}
