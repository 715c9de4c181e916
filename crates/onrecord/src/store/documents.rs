//! Keeping reports: each text once, with what is known of it.

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};

use crate::Result;
use crate::core::stages::sections::{Section, SectionKind};
use crate::core::{self, Column, Document, Meta, Type};
use crate::record::{self, KEPT, Row};
use crate::store::intake::UNREAD;
use crate::store::{Store, rows};
use crate::table::Field;

/// The columns of a report, but for its text.
pub const REPORT_COLUMNS: &[Column] = &[
    Column::new("number", Type::Integer, "Order in which reports were added."),
    Column::new("hash", Type::Text, "Name of the report: SHA-256 of its text in UTF-8, in hexadecimal."),
    Column::new("title", Type::Text, "Its headline; none when it has none."),
    Column::new("outlet", Type::Text, "Who published it."),
    Column::new(
        "published",
        Type::Text,
        "Day of publication, YYYY-MM-DD: what \"today\" means in the report.",
    ),
    Column::new("url", Type::Text, "Where it was found."),
    Column::new("source", Type::Text, "File that it was read from."),
    Column::new("language", Type::Text, "Language that it was read in, as a BCP 47 tag."),
];

/// The language of the embedded pipeline.
const LANGUAGE: &str = "en";

/// A kept report, but for its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Order in which reports were added, from 1.
    pub number: i64,
    /// SHA-256 of the text.
    pub hash: String,
    /// Its headline.
    pub title: Option<String>,
    /// What is known of it beside its text.
    pub meta: Meta,
    /// Language that it was read in.
    pub language: Option<String>,
}

impl Report {
    /// A report that is not kept: its number is 0.
    pub fn of(doc: &Document) -> Self {
        Self {
            number: 0,
            hash: core::document_hash(doc.text()),
            title: title(doc),
            meta: doc.meta().clone(),
            language: Some(LANGUAGE.to_owned()),
        }
    }

    /// Its values, one for each of [`REPORT_COLUMNS`].
    pub fn fields(&self) -> Vec<Field> {
        let text = |value: &Option<String>| value.clone().map_or(Field::Null, Field::Text);
        vec![
            Field::Integer(self.number),
            Field::Text(self.hash.clone()),
            text(&self.title),
            text(&self.meta.outlet),
            text(&self.meta.published.map(|day| day.to_string())),
            text(&self.meta.url),
            text(&self.meta.source),
            text(&self.language),
        ]
    }

    /// The report in a query's result, of which [`REPORT_COLUMNS`] start at this column.
    pub(crate) fn from_sql(row: &rusqlite::Row<'_>, first: usize) -> rusqlite::Result<Self> {
        Ok(Self {
            number: row.get(first)?,
            hash: row.get(first + 1)?,
            title: row.get(first + 2)?,
            meta: Meta {
                outlet: row.get(first + 3)?,
                published: row.get::<_, Option<String>>(first + 4)?.and_then(|day| day.parse().ok()),
                url: row.get(first + 5)?,
                source: row.get(first + 6)?,
            },
            language: row.get(first + 7)?,
        })
    }
}

/// The words of the headline, or of a document's first headline when it has several.
pub(super) fn title(doc: &Document) -> Option<String> {
    let headline = doc.layer::<Section>().iter().find(|section| section.kind == SectionKind::Headline)?;
    Some(doc.words(headline.span).split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What became of a report that was to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added {
    /// It was not there before.
    New(Report),
    /// The same text was there already.
    Known {
        /// The report, as it is now kept.
        report: Report,
        /// What was not known of it before: names of columns.
        filled: Vec<&'static str>,
        /// What was given otherwise, and is not kept.
        differences: Vec<Difference>,
    },
}

impl Added {
    /// The report as it is now kept.
    pub fn report(&self) -> &Report {
        match self {
            Self::New(report) | Self::Known { report, .. } => report,
        }
    }
}

/// Something that is kept of a report and was given otherwise with the same text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Name of the column.
    pub column: &'static str,
    /// What is kept.
    pub kept: String,
    /// What was given.
    pub given: String,
}

impl Store {
    /// Keeps a report with its record, which `read` makes when it is needed: when the text is new, or when a day of
    /// publication becomes known that changes what its times mean. All in one transaction.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn keep(&mut self, text: &str, meta: Meta, read: impl Fn(&str, Meta) -> Document) -> Result<Added> {
        let hash = core::document_hash(text);
        let known = report_of(&self.connection, &hash).map_err(|error| self.fault(error))?;
        // Reading takes long and needs no lock.
        let (doc, filled, differences) = match &known {
            None => (Some(read(text, meta.clone())), Vec::new(), Vec::new()),
            Some(report) => {
                let (merged, filled, differences) = merge(&report.meta, &meta);
                let doc = filled.contains(&"published").then(|| read(text, merged));
                (doc, filled, differences)
            }
        };
        let added = self.in_transaction(|transaction| {
            // Another program may have kept the same text meanwhile, or removed it.
            let Some(mut report) = report_of(transaction, &hash)? else {
                let doc = doc.unwrap_or_else(|| read(text, meta));
                return insert(transaction, &doc).map(Added::New);
            };
            report.meta = merge(&report.meta, &meta).0;
            update(transaction, &report)?;
            if let Some(doc) = &doc {
                replace_rows(transaction, &record::rows(doc, KEPT), &hash)?;
            }
            Ok(Added::Known { report, filled, differences })
        });
        added.map_err(|error| self.fault(error))
    }

    /// How many reports are kept.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn len(&self) -> Result<usize> {
        let count =
            self.connection.query_row("SELECT count(*) FROM documents", [], |row| row.get::<_, i64>(0));
        count.map(|count| usize::try_from(count).unwrap_or_default()).map_err(|error| self.fault(error))
    }

    /// Whether no report is kept.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn is_empty(&self) -> Result<bool> {
        Ok(self.len()? == 0)
    }

    /// Hashes of the reports whose record is missing, as it is after their tables were made anew.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn unread(&self) -> Result<Vec<String>> {
        self.hashes("SELECT hash FROM documents WHERE stages IS NULL ORDER BY number", [])
    }

    /// Hashes of the reports that were read by other versions of the stages than this build has, or are to be read
    /// later. Those in a language that is not read are not among them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn stale(&self) -> Result<Vec<String>> {
        let query = "SELECT hash FROM documents WHERE stages IS NOT ? AND stages IS NOT ? ORDER BY number";
        self.hashes(query, [stages().as_str(), UNREAD])
    }

    fn hashes(&self, query: &str, parameters: impl rusqlite::Params) -> Result<Vec<String>> {
        let hashes = || -> rusqlite::Result<Vec<String>> {
            self.connection.prepare(query)?.query_map(parameters, |row| row.get(0))?.collect()
        };
        hashes().map_err(|error| self.fault(error))
    }

    /// Reads a kept report again and replaces its record.
    ///
    /// # Errors
    /// When the database cannot be read or written.
    pub fn read_again(&mut self, hash: &str, read: impl FnOnce(&str, Meta) -> Document) -> Result<()> {
        let kept = report_of(&self.connection, hash).and_then(|report| {
            let Some(report) = report else { return Ok(None) };
            Ok(Some((report, text_of(&self.connection, hash)?)))
        });
        let Some((mut report, text)) = kept.map_err(|error| self.fault(error))? else { return Ok(()) };
        let doc = read(&text, report.meta.clone());
        report.title = title(&doc).or(report.title);
        let done = self.in_transaction(|transaction| {
            update(transaction, &report)?;
            replace_rows(transaction, &record::rows(&doc, KEPT), hash)
        });
        done.map_err(|error| self.fault(error))
    }

    pub(super) fn in_transaction<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let result = work(&transaction)?;
        transaction.commit()?;
        Ok(result)
    }
}

/// What is known of a report after it was seen again: what was unknown is filled in, what was known stays. Where a file
/// was read from is no fact about the report, so that it is not a difference.
pub(super) fn merge(kept: &Meta, given: &Meta) -> (Meta, Vec<&'static str>, Vec<Difference>) {
    let (mut filled, mut differences) = (Vec::new(), Vec::new());
    let mut text = |column: &'static str, kept: &Option<String>, given: &Option<String>| {
        match (kept, given) {
            (None, Some(_)) => filled.push(column),
            (Some(kept), Some(given)) if kept != given && column != "source" => {
                differences.push(Difference { column, kept: kept.clone(), given: given.clone() });
            }
            _ => {}
        }
        kept.clone().or_else(|| given.clone())
    };
    let day = |meta: &Meta| meta.published.map(|day| day.to_string());
    text("published", &day(kept), &day(given));
    let merged = Meta {
        published: kept.published.or(given.published),
        outlet: text("outlet", &kept.outlet, &given.outlet),
        url: text("url", &kept.url, &given.url),
        source: text("source", &kept.source, &given.source),
    };
    (merged, filled, differences)
}

/// The versions of the stages of this build, as they are kept with each report.
pub(super) fn stages() -> String {
    let versions: Vec<String> =
        core::layers().map(|layer| format!("{} {}", layer.name, layer.version)).collect();
    versions.join(", ")
}

/// The names of the report's columns for a query, after the alias of the table of documents.
pub(crate) fn report_columns(alias: &str) -> String {
    let names: Vec<String> = REPORT_COLUMNS.iter().map(|column| format!("{alias}.{}", column.name)).collect();
    names.join(", ")
}

pub(crate) fn report_of(connection: &Connection, hash: &str) -> rusqlite::Result<Option<Report>> {
    let query = format!("SELECT {} FROM documents d WHERE hash = ?", report_columns("d"));
    connection.prepare_cached(&query)?.query_row([hash], |row| Report::from_sql(row, 0)).optional()
}

pub(crate) fn text_of(connection: &Connection, hash: &str) -> rusqlite::Result<String> {
    connection
        .prepare_cached("SELECT text FROM documents WHERE hash = ?")?
        .query_row([hash], |row| row.get(0))
}

fn insert(connection: &Connection, doc: &Document) -> rusqlite::Result<Report> {
    insert_rows(connection, Report::of(doc), doc.text(), &record::rows(doc, KEPT), None)
}

/// Keeps a report with its rows. `state` stands in place of the versions of the stages when none has read it.
pub(super) fn insert_rows(
    connection: &Connection,
    mut report: Report,
    text: &str,
    rows: &[Row],
    state: Option<&str>,
) -> rusqlite::Result<Report> {
    let mut fields = report.fields();
    fields[0] = Field::Null; // SQLite gives the next number.
    let state = state.map_or_else(stages, str::to_owned);
    fields.extend([Field::Text(state), Field::Text(text.to_owned())]);
    let names: Vec<&str> = REPORT_COLUMNS.iter().map(|column| column.name).collect();
    let marks = vec!["?"; fields.len()].join(", ");
    let query = format!("INSERT INTO documents ({}, stages, text) VALUES ({marks})", names.join(", "));
    connection.prepare_cached(&query)?.execute(rusqlite::params_from_iter(fields))?;
    report.number = connection.last_insert_rowid();
    rows::write(connection, rows)?;
    Ok(report)
}

pub(super) fn update(connection: &Connection, report: &Report) -> rusqlite::Result<()> {
    let fields = report.fields();
    // After number and hash, which stay.
    let changes: Vec<String> =
        REPORT_COLUMNS[2..].iter().map(|column| format!("{} = ?", column.name)).collect();
    let query = format!("UPDATE documents SET {} WHERE hash = ?", changes.join(", "));
    let values = fields[2..].iter().chain([&fields[1]]);
    connection.prepare_cached(&query)?.execute(rusqlite::params_from_iter(values))?;
    Ok(())
}

pub(super) fn replace_rows(connection: &Connection, rows: &[Row], hash: &str) -> rusqlite::Result<()> {
    rows::remove(connection, hash)?;
    rows::write(connection, rows)?;
    connection.execute("UPDATE documents SET stages = ? WHERE hash = ?", [stages().as_str(), hash])?;
    Ok(())
}
