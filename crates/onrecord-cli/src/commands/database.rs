//! Which database a command works on.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use clap::Args;
use onrecord::store::Store;
use onrecord::{Engine, ingest};

use crate::failure::{self, Result};
use crate::output::Progress;

/// The database.
#[derive(Args)]
pub(crate) struct Database {
    /// Database: one SQLite file
    #[arg(
        long,
        value_name = "FILE",
        env = "ONRECORD_DB",
        hide_env_values = true,
        default_value = "onrecord.db"
    )]
    db: PathBuf,
}

impl Database {
    /// Opens it to keep reports in, making it when it is not there.
    pub(crate) fn open(&self) -> Result<Store> {
        Ok(Store::open(&self.db)?)
    }

    /// Opens one that is there.
    pub(crate) fn open_existing(&self) -> Result<Store> {
        Ok(Store::open_existing(&self.db)?)
    }

    /// Opens it to ask questions. Records that an older version left behind are made again first, as nothing could be
    /// found without them.
    pub(crate) fn ask(&self) -> Result<Store> {
        let mut store = Store::open_existing(&self.db)?;
        let unread = store.unread()?;
        if !unread.is_empty() {
            let count = unread.len();
            failure::report(&format!(
                "{} was made by another version; reading its {count} reports again",
                self.db.display()
            ));
            read_again(&mut store, &unread, 0, &AtomicBool::new(false))?;
        }
        Ok(store)
    }
}

/// Reads what is stale of kept reports again, until it is to stop. Answers how many were read.
pub(crate) fn read_again(
    store: &mut Store,
    hashes: &[String],
    threads: usize,
    stop: &AtomicBool,
) -> Result<usize> {
    let engine = Engine::new()?;
    let mut progress = Progress::new("reports read again", hashes.len());
    Ok(ingest::refresh(store, &engine, hashes, threads, stop, &mut || progress.step())?)
}
