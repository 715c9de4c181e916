//! `onrecord refresh`: the kept reports, read again by this version.

use clap::Args;

use crate::commands::Database;
use crate::commands::database::read_again;
use crate::commands::intake::stop_on_interrupt;
use crate::failure::{Outcome, Result};
use crate::output::{Output, PLAIN, Text, count};

/// Read again the reports that another version has read
///
/// The texts stay as they are. Of each report's record, what a stage of another
/// version made is made anew, and what depends on that; the rest stays. A row
/// that is found again keeps its id. Reports that were added with --later are
/// read whole. Ctrl-C stops; started again, it goes on where it stopped.
#[derive(Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  onrecord refresh --db news.db"
)]
pub(crate) struct Refresh {
    /// Number of threads that read; 0 is one for each core
    #[arg(long, value_name = "COUNT", default_value = "0")]
    threads: usize,
    #[command(flatten)]
    database: Database,
}

impl Refresh {
    pub(crate) fn run(self, output: &mut Output) -> Result {
        let mut store = self.database.open_existing()?;
        let (stale, stop) = (store.stale()?, stop_on_interrupt()?);
        let read = read_again(&mut store, &stale, self.threads, &stop)?;
        let words = format!("{read} of {} read again", count(store.len()?, "report was", "reports were"));
        output.write(&Text::new().and(PLAIN, &words).fold(""))?;
        Ok(Outcome::Found)
    }
}
