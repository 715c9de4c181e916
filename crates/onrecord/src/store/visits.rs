//! How pages were fetched: what to ask their servers with next time, so that what has not changed is not sent again.

use rusqlite::{Connection, OptionalExtension, params};

use crate::Result;
use crate::store::Store;

/// The last time that an address was fetched and what was there was kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Visit {
    pub(crate) url: String,
    /// The server's name for what it sent.
    pub(crate) etag: Option<String>,
    /// When it changed last, as the server says.
    pub(crate) modified: Option<String>,
    /// When the server answered, by its own clock.
    pub(crate) answered: Option<String>,
}

impl Visit {
    pub(super) fn of(connection: &Connection, url: &str) -> rusqlite::Result<Option<Self>> {
        let query = "SELECT etag, modified, answered FROM visits WHERE url = ?";
        let visit = |row: &rusqlite::Row<'_>| {
            Ok(Self { url: url.to_owned(), etag: row.get(0)?, modified: row.get(1)?, answered: row.get(2)? })
        };
        connection.prepare_cached(query)?.query_row([url], visit).optional()
    }

    pub(super) fn keep(&self, connection: &Connection) -> rusqlite::Result<()> {
        let query = "INSERT OR REPLACE INTO visits (url, etag, modified, answered) VALUES (?, ?, ?, ?)";
        let values = params![self.url, self.etag, self.modified, self.answered];
        connection.prepare_cached(query)?.execute(values).map(|_| ())
    }
}

impl Store {
    /// Notes that feeds were fetched and all that stands in them was kept.
    pub(crate) fn note_visits(&mut self, visits: &[Visit]) -> Result<()> {
        let kept = self.in_transaction(|transaction| visits.iter().try_for_each(|visit| visit.keep(transaction)));
        kept.map_err(|error| self.fault(error))
    }
}
