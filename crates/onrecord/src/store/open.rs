//! Opening a database: whose it is, which version, and bringing an older one up to date.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use crate::store::intake::UNREAD;
use crate::store::schema::{self, APPLICATION_ID, SCHEMA_VERSION};
use crate::store::{Store, fault};
use crate::{Error, Result, record, table};

/// How long to wait for another program that is writing.
const PATIENCE: Duration = Duration::from_secs(5);

/// Memory for pages of the file, in kilobytes, which SQLite wants as a negative number: what the indexes of half a
/// million reports are written through.
const CACHE: i32 = -64 * 1024;
/// Pages of the log after which it is written back into the file: 16 MB, as a batch of reports fills the usual 4.
const CHECKPOINT: i32 = 4000;

/// Steps that bring a database from one version of the schema to the next: the first from 0, an empty file, to 1.
const MIGRATIONS: [fn(&Transaction<'_>) -> rusqlite::Result<()>; SCHEMA_VERSION as usize] = [
    |transaction| transaction.execute_batch(&schema::reports()),
    |transaction| transaction.execute_batch(&schema::intake()),
    |transaction| transaction.execute_batch(&schema::web()),
    |transaction| transaction.execute_batch(schema::INDEXES),
];

impl Store {
    /// Opens a database to write to, or makes a new one.
    ///
    /// # Errors
    /// When the file is not an Onrecord database, is from a newer version, or cannot be read or written.
    pub fn open(path: &Path) -> Result<Self> {
        check_folder(path)?;
        Self::connect(path, Connection::open(path)).map_err(|error| fault(path, &error))?
    }

    /// Opens a database that is already there, to ask it questions. One that cannot be written is opened all the same.
    ///
    /// # Errors
    /// When there is no such file, and as for [`open`](Self::open).
    pub fn open_existing(path: &Path) -> Result<Self> {
        if !path.exists() {
            let file = path.display();
            return Err(Error::user(format!(
                "there is no database {file}: make one with `onrecord add FILE --db {file}`, or name another with --db"
            )));
        }
        check_folder(path)?;
        match Self::connect(path, Connection::open(path)) {
            Err(error) if is_read_only(&error) => Self::open_read_only(path),
            opened => opened.map_err(|error| fault(path, &error))?,
        }
    }

    /// A database that is gone with the process.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn in_memory() -> Result<Self> {
        let path = Path::new(":memory:");
        Self::connect(path, Connection::open_in_memory()).map_err(|error| fault(path, &error))?
    }

    /// Checks a database that was opened, and brings it up to date. The outer error is SQLite's, the inner one ours.
    fn connect(path: &Path, connection: rusqlite::Result<Connection>) -> rusqlite::Result<Result<Self>> {
        let mut store = Self { connection: connection?, path: path.to_owned() };
        store.connection.busy_timeout(PATIENCE)?;
        let version = match store.check()? {
            Ok(version) => version,
            Err(refusal) => return Ok(Err(refusal)),
        };
        // References between rows are right by construction, and checked by a test; checking each again when a report
        // is replaced would need an index for every one of them.
        store.connection.pragma_update(None, "foreign_keys", false)?;
        store.connection.pragma_update(None, "cache_size", CACHE)?;
        store.connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT)?;
        if version < SCHEMA_VERSION {
            store.migrate()?;
        }
        if !store.has_current_tables()? {
            store.remake_layers()?;
        }
        Ok(Ok(store))
    }

    /// Opens a file in a place where nobody may write, and so nobody does: SQLite then needs no files beside it.
    fn open_read_only(path: &Path) -> Result<Self> {
        let file = path.display();
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        if std::fs::metadata(log).is_ok_and(|log| log.len() > 0) {
            return Err(Error::user(format!(
                "{file} holds changes that are not yet in place and cannot be written: copy it, with {file}-wal, to a \
                 folder where it can"
            )));
        }
        let store = Self::connect_read_only(path).map_err(|error| fault(path, &error))?;
        let current = store.check().and_then(|version| match version {
            Ok(version) => Ok(Ok(version == SCHEMA_VERSION && store.has_current_tables()?)),
            Err(refusal) => Ok(Err(refusal)),
        });
        if !current.map_err(|error| store.fault(error))?? {
            return Err(Error::user(format!(
                "{file} was made by another version of onrecord and cannot be written: copy it to a folder where it \
                 can be brought up to date"
            )));
        }
        Ok(store)
    }

    pub(super) fn connect_read_only(path: &Path) -> rusqlite::Result<Self> {
        let absolute = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let escaped = absolute.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        let connection = Connection::open_with_flags(format!("file:{escaped}?immutable=1"), flags)?;
        Ok(Self { connection, path: path.to_owned() })
    }

    /// The version of the schema, if the database is one that this program can use.
    fn check(&self) -> rusqlite::Result<Result<i32>> {
        let number =
            |pragma: &str| self.connection.pragma_query_value(None, pragma, |row| row.get::<_, i32>(0));
        let tables: i64 =
            self.connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))?;
        let (application, version) = (number("application_id")?, number("user_version")?);
        let file = self.path.display();
        Ok(if tables == 0 && application == 0 && version == 0 {
            Ok(0)
        } else if application != APPLICATION_ID {
            Err(Error::user(format!("{file} is a database of another program: name another file with --db")))
        } else if version > SCHEMA_VERSION {
            Err(Error::user(format!(
                "{file} was made by a newer onrecord (its schema is version {version}, this program knows \
                 {SCHEMA_VERSION}): use the newer program, or name another file with --db"
            )))
        } else {
            Ok(version)
        })
    }

    /// Runs the steps that are missing, all or none. Another program may have run them meanwhile.
    fn migrate(&mut self) -> rusqlite::Result<()> {
        // Readers then see the last whole report while another program writes.
        self.connection.pragma_update(None, "journal_mode", "wal")?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let version: i32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
        for step in MIGRATIONS.iter().skip(usize::try_from(version).unwrap_or_default()) {
            step(&transaction)?;
        }
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
        transaction.commit()
    }

    /// Whether the table of every layer has the columns that the layer has in this build.
    fn has_current_tables(&self) -> rusqlite::Result<bool> {
        for layer in record::kept() {
            let mut query = self.connection.prepare("SELECT name, type FROM pragma_table_info(?)")?;
            let there = query
                .query_map([layer.name], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<Vec<(String, String)>>>()?;
            let wanted = table::columns(layer);
            if !there
                .iter()
                .map(|(name, kind)| (name.as_str(), kind.as_str()))
                .eq(wanted.iter().map(|column| (column.name.as_str(), column.kind)))
            {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Makes the tables of the layers anew, empty, and marks every report as to be read again: a record can always be
    /// made again from its text.
    fn remake_layers(&mut self) -> rusqlite::Result<()> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for table in derived_tables(&transaction)? {
            transaction.execute_batch(&format!("DROP TABLE {}", schema::quoted(&table)))?;
        }
        transaction.execute_batch(&schema::derived())?;
        transaction.execute("UPDATE documents SET stages = NULL WHERE stages IS NOT ?", [UNREAD])?;
        transaction.commit()
    }
}

/// The tables that hold what was made from the texts, with the layers of whichever build made the file.
fn derived_tables(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut query = connection.prepare(
        "SELECT name FROM sqlite_master WHERE type = 'table'
         AND name NOT IN ('sightings', 'failures')
         AND (sql LIKE '%REFERENCES documents (hash)%' OR name IN ('statements_fts', 'voices'))",
    )?;
    query.query_map([], |row| row.get(0))?.collect()
}

/// Whether SQLite failed because it may not write.
fn is_read_only(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen))
}

/// A missing folder is the commonest reason why a database cannot be made; SQLite does not name it.
fn check_folder(path: &Path) -> Result<()> {
    let file = path.display();
    if path.is_dir() {
        return Err(Error::user(format!("{file} is a folder: name a file in it, such as {file}/news.db")));
    }
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => Err(Error::user(format!(
            "{file} cannot be made: there is no folder {}; make it first, or name another file with --db",
            folder.display()
        ))),
        _ => Ok(()),
    }
}
