//! Keeping what comes in many at a time: a batch in one transaction, every place where a text was seen, every failure.

use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension, params};

use crate::Result;
use crate::core::{Document, Meta, document_hash};
use crate::ingest::{Article, Place, Sighting};
use crate::record::{self, KEPT, Row};
use crate::store::{Store, Visit};
use crate::store::documents::{Added, Report, insert_rows, merge, replace_rows, report_of, text_of, update};

/// Kept beside a report instead of the versions of its stages: no pipeline reads its language.
pub(crate) const UNREAD: &str = "unread";
/// Kept beside a report instead of the versions of its stages: it is to be read when somebody asks for it.
pub(crate) const LATER: &str = "later";

/// Something that was found, on its way into the store.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) place: Place,
    pub(crate) format: &'static str,
    /// Hash of the bytes, and of what was said of them.
    pub(crate) payload: String,
    /// How it was fetched, if it was.
    pub(crate) visit: Option<Visit>,
    /// What is in it, or why that is not known.
    pub(crate) look: Result<Look, String>,
}

/// What is in something that was found.
#[derive(Debug)]
pub(crate) enum Look {
    /// The same bytes were looked into before, and gave the report with this hash. What the caller says of it is new.
    Known { hash: String, given: Meta },
    /// An article, with its record when that was made.
    Article { article: Box<Article>, ready: Option<Ready>, later: bool },
}

/// A report with its record, ready to be written.
#[derive(Debug)]
pub(crate) struct Ready {
    report: Report,
    rows: Vec<Row>,
}

impl Ready {
    /// The rows of a document that was read.
    pub(crate) fn of(doc: &Document) -> Self {
        Self { report: Report::of(doc), rows: record::rows(doc, KEPT) }
    }
}

impl Found {
    /// Something of which no bytes could be had.
    pub(crate) fn unreadable(place: Place, reason: String) -> Self {
        Self { place, format: "", payload: String::new(), visit: None, look: Err(reason) }
    }

    /// The language of the text, when no pipeline reads it.
    pub(crate) fn unread(&self) -> Option<&str> {
        match &self.look {
            Ok(Look::Article { article, .. }) if !article.is_readable => article.sighting.language.as_deref(),
            _ => None,
        }
    }
}

/// Looks up what is kept, beside the writer.
#[derive(Debug)]
pub(crate) struct Lookup {
    /// None for a database in memory, which has one connection.
    connection: Option<Connection>,
}

impl Lookup {
    /// The report that was made from these bytes. What cannot be looked up is looked into again.
    pub(crate) fn document(&self, payload: &str) -> Option<String> {
        let query = "SELECT document FROM sightings WHERE payload = ? LIMIT 1";
        self.first(query, payload)
    }

    /// Whether a text is kept.
    pub(crate) fn has(&self, hash: &str) -> bool {
        self.first("SELECT hash FROM documents WHERE hash = ?", hash).is_some()
    }

    /// How an address was fetched last.
    pub(crate) fn visit(&self, url: &str) -> Option<Visit> {
        Visit::of(self.connection.as_ref()?, url).ok()?
    }

    fn first(&self, query: &str, key: &str) -> Option<String> {
        let mut query = self.connection.as_ref()?.prepare_cached(query).ok()?;
        query.query_row([key], |row| row.get(0)).optional().ok()?
    }
}

impl Store {
    /// A second connection, to look up what is there.
    pub(crate) fn lookup(&self) -> Lookup {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(self.path(), flags).ok();
        let connection =
            connection.filter(|connection| connection.busy_timeout(Duration::from_secs(1)).is_ok());
        Lookup { connection: connection.filter(|_| self.path().exists()) }
    }

    /// Keeps a batch in one transaction. Answers what became of each, in order.
    pub(crate) fn take_in(
        &mut self,
        batch: &[Found],
        read: impl Fn(&str, Meta) -> Document,
    ) -> Result<Vec<Result<Added, String>>> {
        let kept = self.in_transaction(|transaction| {
            batch.iter().map(|found| keep(transaction, found, &read)).collect::<rusqlite::Result<Vec<_>>>()
        });
        kept.map_err(|error| self.fault(error))
    }
}

fn keep(
    connection: &Connection,
    found: &Found,
    read: &impl Fn(&str, Meta) -> Document,
) -> rusqlite::Result<Result<Added, String>> {
    let (hash, added) = match &found.look {
        Err(reason) => {
            fail(connection, &found.place, reason)?;
            return Ok(Err(reason.clone()));
        }
        Ok(Look::Known { hash, given }) => {
            let report = report_of(connection, hash)?;
            let Some(report) = report else {
                return Ok(Err("was kept before and is gone: add it again".to_owned()));
            };
            (hash.clone(), complete(connection, report, given, None, read)?)
        }
        Ok(Look::Article { article, ready, later }) => {
            let hash = document_hash(&article.text);
            let added = match report_of(connection, &hash)? {
                Some(report) => complete(connection, report, &article.meta, ready.as_ref(), read)?,
                None => Added::New(insert(connection, article, ready.as_ref(), *later, read)?),
            };
            (hash, added)
        }
    };
    see(connection, found, &hash)?;
    connection
        .prepare_cached("DELETE FROM failures WHERE file = ? AND offset = ?")?
        .execute(params![found.place.file, offset(&found.place)])?;
    if let Some(visit) = &found.visit {
        visit.keep(connection)?;
    }
    Ok(Ok(added))
}

/// Fills in what was not known of a report. Its record is made again when its day becomes known.
fn complete(
    connection: &Connection,
    mut report: Report,
    given: &Meta,
    ready: Option<&Ready>,
    read: &impl Fn(&str, Meta) -> Document,
) -> rusqlite::Result<Added> {
    let (merged, filled, differences) = merge(&report.meta, given);
    if !filled.is_empty() {
        report.meta = merged.clone();
        update(connection, &report)?;
    }
    if filled.contains(&"published") && is_read(connection, &report.hash)? {
        match ready {
            Some(ready) => replace_rows(connection, &ready.rows, &report.hash)?,
            None => {
                let text = text_of(connection, &report.hash)?;
                replace_rows(connection, &record::rows(&read(&text, merged), KEPT), &report.hash)?;
            }
        }
    }
    Ok(Added::Known { report, filled, differences })
}

fn is_read(connection: &Connection, hash: &str) -> rusqlite::Result<bool> {
    let query = "SELECT stages IS NULL OR stages NOT IN (?, ?) FROM documents WHERE hash = ?";
    connection.prepare_cached(query)?.query_row([UNREAD, LATER, hash], |row| row.get(0))
}

fn insert(
    connection: &Connection,
    article: &Article,
    ready: Option<&Ready>,
    later: bool,
    read: &impl Fn(&str, Meta) -> Document,
) -> rusqlite::Result<Report> {
    // What stood over the text as its headline is known, whether or not the text itself shows it.
    let titled = |report: Report| Report { title: report.title.or(article.sighting.title.clone()), ..report };
    if let Some(Ready { report, rows }) = ready {
        return insert_rows(connection, titled(report.clone()), &article.text, rows, None);
    }
    if article.is_readable && !later {
        // It was there when it was looked up, and somebody has removed it since.
        let Ready { report, rows } = Ready::of(&read(&article.text, article.meta.clone()));
        return insert_rows(connection, titled(report), &article.text, &rows, None);
    }
    let report = Report {
        number: 0,
        hash: document_hash(&article.text),
        title: article.sighting.title.clone(),
        meta: article.meta.clone(),
        language: article.sighting.language.clone(),
    };
    let state = if article.is_readable { LATER } else { UNREAD };
    insert_rows(connection, report, &article.text, &[], Some(state))
}

/// Notes where a text was seen, unless that is known.
fn see(connection: &Connection, found: &Found, hash: &str) -> rusqlite::Result<()> {
    let known = connection
        .prepare_cached("SELECT 1 FROM sightings WHERE file = ? AND offset = ? AND document = ?")?
        .exists(params![found.place.file, offset(&found.place), hash])?;
    match &found.look {
        Ok(Look::Article { article, .. }) if !known => first_sight(connection, found, hash, article),
        Ok(Look::Known { .. }) if !known => again(connection, found),
        _ => Ok(()),
    }
}

fn first_sight(
    connection: &Connection,
    found: &Found,
    hash: &str,
    article: &Article,
) -> rusqlite::Result<()> {
    let Sighting { title, author, agency, published, published_from, confirmed, language, charset } =
        &article.sighting;
    connection
        .prepare_cached(
            "INSERT INTO sightings (document, url, file, offset, format, charset, payload, title, author, agency,
             published, published_from, confirmed, language) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            hash,
            article.meta.url,
            found.place.file,
            offset(&found.place),
            found.format,
            charset,
            found.payload,
            title,
            author,
            agency,
            published.map(|day| day.to_string()),
            published_from,
            published.map(|_| confirmed),
            language,
        ])?;
    Ok(())
}

/// The same bytes in another place say the same of themselves.
fn again(connection: &Connection, found: &Found) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO sightings (document, url, file, offset, format, charset, payload, title, author, agency,
             published, published_from, confirmed, language)
             SELECT document, url, ?, ?, format, charset, payload, title, author, agency, published, published_from,
             confirmed, language FROM sightings WHERE payload = ? LIMIT 1",
        )?
        .execute(params![found.place.file, offset(&found.place), found.payload])?;
    Ok(())
}

fn fail(connection: &Connection, place: &Place, reason: &str) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO failures (file, offset, reason) VALUES (?, ?, ?)")?
        .execute(params![place.file, offset(place), reason])?;
    Ok(())
}

fn offset(place: &Place) -> i64 {
    i64::try_from(place.offset).unwrap_or(i64::MAX)
}
