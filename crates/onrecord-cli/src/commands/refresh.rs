//! `onrecord refresh`: the kept reports, read again by this version.

use clap::Args;

use crate::commands::Database;
use crate::commands::database::read_again;
use crate::failure::{Outcome, Result};
use crate::output::{Output, PLAIN, Text};

/// Read again the reports that another version has read
///
/// The texts stay as they are; their records are made anew. A row that is
/// found again keeps its id.
#[derive(Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  onrecord refresh --db news.db"
)]
pub(crate) struct Refresh {
    #[command(flatten)]
    database: Database,
}

impl Refresh {
    pub(crate) fn run(self, output: &mut Output) -> Result {
        let mut store = self.database.ask()?;
        let stale = store.stale()?;
        read_again(&mut store, &stale)?;
        let words = format!("{} of {} reports were read again", stale.len(), store.len()?);
        output.write(&Text::new().and(PLAIN, &words).fold(""))?;
        Ok(Outcome::Found)
    }
}
