//! Further connections to the same file, which can only read: one for each question that is answered at a time.

use rusqlite::config::DbConfig;
use rusqlite::{Connection, InterruptHandle, OpenFlags};

use crate::Result;
use crate::store::{Store, fault};

/// How many prepared questions a connection remembers.
const REMEMBERED: usize = 128;

/// Memory for pages of the file, in kilobytes, which SQLite wants as a negative number: the upper parts of the indexes of
/// a million statements.
const CACHE: i32 = -8 * 1024;

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
            // A prepared question is not planned again for other words.
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
            connection.pragma_update(None, "cache_size", CACHE)?;
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

#[cfg(test)]
mod tests {
    use crate::core::Meta;
    use crate::store::{SCHEMA_VERSION, Store};
    use crate::testing;

    fn folder(name: &str) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("onrecord-reading-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("the folder can be made");
        folder
    }

    #[test]
    fn a_reader_sees_what_is_written_and_cannot_write() {
        let folder = folder("reader");
        let mut store = Store::open(&folder.join("news.db")).expect("it is made");
        let mut reader = store.reader().expect("it opens");
        let before = reader.data_version().expect("it is told");
        store.keep(testing::TEXT, testing::meta(), testing::read).expect("it is kept");
        assert_ne!(reader.data_version().expect("it is told"), before);
        assert_eq!(reader.len().expect("it is told"), 1);
        reader.keep("The dam holds.", Meta::default(), testing::read).expect_err("it is a reader");
        drop((store, reader));
        std::fs::remove_dir_all(folder).expect("the folder can be removed");
    }

    #[test]
    fn a_database_of_version_3_gets_its_indexes() {
        let folder = folder("version");
        let path = folder.join("news.db");
        let mut store = Store::open(&path).expect("it is made");
        store.keep(testing::TEXT, testing::meta(), testing::read).expect("it is kept");
        let older = "DROP INDEX documents_by_day; DROP INDEX statements_by_name; PRAGMA user_version = 3";
        store.connection().execute_batch(older).expect("it is SQL");
        drop(store);
        let store = Store::open_existing(&path).expect("it opens");
        let ask = |query: &str| {
            store.connection().query_row(query, [], |row| row.get::<_, i32>(0)).expect("it is SQL")
        };
        assert_eq!(ask("PRAGMA user_version"), SCHEMA_VERSION);
        assert_eq!(
            ask(
                "SELECT count(*) FROM sqlite_master WHERE name IN ('documents_by_day', 'statements_by_name')"
            ),
            2
        );
        assert_eq!(store.len().expect("it is told"), 1);
        drop(store);
        std::fs::remove_dir_all(folder).expect("the folder can be removed");
    }
}
