//! The store: one SQLite file with the reports, their records, and an index of their words.
//!
//! Every report is kept in one transaction, so that a stopped program leaves whole reports only. SQLite, Datasette,
//! pandas and R open the file as it is; `.schema` tells what each column holds.

mod check;
mod copies;
mod documents;
mod export;
mod intake;
mod open;
mod reading;
mod refresh;
mod rows;
mod schema;
#[cfg(test)]
mod tests;
mod visits;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode};

pub use check::{Checked, Fault};
pub use copies::Swap;
pub use documents::{Added, Difference, REPORT_COLUMNS, Report};
pub(crate) use documents::{report_columns, text_of};
pub use export::{EachRow, StoredColumn, tables};
pub(crate) use intake::{Found, Look, Lookup, Ready};
pub use reading::Stopper;
pub(crate) use rows::field;
pub(crate) use schema::quoted;
pub use schema::{APPLICATION_ID, SCHEMA_VERSION, schema};
pub(crate) use visits::Visit;

use crate::{Error, ErrorKind};

/// An open database.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
}

impl Store {
    /// The file that it is kept in.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Lets the file grow by so many pages and no more, as a full disk does.
    #[cfg(test)]
    pub(crate) fn limit_pages(&self, more: i64) {
        let count: i64 = self
            .connection
            .pragma_query_value(None, "page_count", |row| row.get(0))
            .expect("it is a database");
        let set = self.connection.pragma_update_and_check(None, "max_page_count", count + more, |_| Ok(()));
        set.expect("it can be set");
    }

    /// Holds the database as another program does that writes.
    #[cfg(test)]
    pub(crate) fn lock(&self) {
        self.connection.execute_batch("BEGIN IMMEDIATE").expect("nobody else writes");
    }

    /// Says what went wrong with the database, and the way out.
    #[expect(clippy::needless_pass_by_value, reason = "it is given to map_err")]
    pub(crate) fn fault(&self, error: rusqlite::Error) -> Error {
        fault(&self.path, &error)
    }
}

fn fault(path: &Path, error: &rusqlite::Error) -> Error {
    let file = path.display();
    let Some(code) = error.sqlite_error_code() else {
        return Error::bug(format!("{file}: {error}"));
    };
    Error::user(match code {
        ErrorCode::NotADatabase => format!("{file} is no database: name another file with --db"),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
            let message = format!("{file} is in use by another program: try again when that has finished");
            return Error::new(ErrorKind::Busy, message);
        }
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied => {
            format!("{file} cannot be written: change its permissions, or name a file elsewhere with --db")
        }
        ErrorCode::CannotOpen => format!(
            "{file} cannot be opened: see that its folder exists and can be written, or name a file elsewhere with --db"
        ),
        ErrorCode::DiskFull => format!("{file}: the disk is full; what was kept before is safe"),
        ErrorCode::DatabaseCorrupt => {
            format!(
                "{file} is damaged: take a backup copy, or save what is left with `sqlite3 {file} .recover`"
            )
        }
        ErrorCode::SystemIoFailure => format!("{file} cannot be read or written: {error}"),
        _ => return Error::bug(format!("{file}: {error}")),
    })
}
