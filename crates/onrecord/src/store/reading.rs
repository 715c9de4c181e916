//! Further connections to the same file, which can only read: one for each question that is answered at a time.

use rusqlite::{Connection, InterruptHandle, OpenFlags};

use crate::Result;
use crate::store::{Store, fault};

/// How many prepared questions a connection remembers.
const REMEMBERED: usize = 128;

/// Stops the question that a connection is at, from another thread. The question then ends with an error.
pub struct Stopper(InterruptHandle);

impl Stopper {
    /// Stops it; does nothing when there is no question.
    pub fn stop(&self) {
        self.0.interrupt();
    }
}

impl std::fmt::Debug for Stopper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stopper")
    }
}

impl Store {
    /// Another connection to the same file, which cannot write to it.
    ///
    /// # Errors
    /// When the file is gone or cannot be read.
    pub fn reader(&self) -> Result<Self> {
        let path = self.path();
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let open = || -> rusqlite::Result<Self> {
            let connection = Connection::open_with_flags(path, flags)?;
            connection.busy_timeout(std::time::Duration::from_secs(5))?;
            connection.set_prepared_statement_cache_capacity(REMEMBERED);
            // Where nobody may write, the first question fails for want of the files beside the database.
            connection.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()))?;
            Ok(Self { connection, path: path.to_owned() })
        };
        open().or_else(|_| Self::connect_read_only(path)).map_err(|error| fault(path, &error))
    }

    /// A number that changes when another connection has written, and means nothing else.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn data_version(&self) -> Result<i64> {
        let version = self.connection().pragma_query_value(None, "data_version", |row| row.get(0));
        version.map_err(|error| self.fault(error))
    }

    /// Something that stops a question from another thread.
    pub fn stopper(&self) -> Stopper {
        Stopper(self.connection().get_interrupt_handle())
    }
}
