//! Checks a database from one end to the other: files, hashes, spans, references, and the indexes of words.

use rusqlite::Connection;

use crate::Result;
use crate::core::{LayerInfo, Type, document_hash};
use crate::record;
use crate::store::schema::quoted;
use crate::store::{Store, field};
use crate::table::{self, Field};

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The table.
    pub table: String,
    /// Id, hash or number of the row; empty when it is about the whole table.
    pub row: String,
    /// What does not hold.
    pub what: String,
}

/// What was checked, and what does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checked {
    /// How many reports.
    pub reports: usize,
    /// How many rows of their records.
    pub rows: usize,
    /// What does not hold.
    pub faults: Vec<Fault>,
}

/// More faults than these are not listed.
const MOST: usize = 1000;

impl Checked {
    fn fault(&mut self, table: &str, row: impl Into<String>, what: impl Into<String>) {
        if self.faults.len() < MOST {
            self.faults.push(Fault { table: table.to_owned(), row: row.into(), what: what.into() });
        }
    }
}

impl Store {
    /// Checks that the file is whole, that every text has its hash and every row its words, that every reference leads
    /// somewhere, and that the indexes of words hold what the tables hold. `step` is called after each report.
    ///
    /// # Errors
    /// When the database cannot be read at all.
    pub fn check_all(&self, step: &mut dyn FnMut()) -> Result<Checked> {
        let mut checked = Checked::default();
        let connection = self.connection();
        let mut all = || -> rusqlite::Result<()> {
            file(connection, &mut checked)?;
            texts(connection, &mut checked, step)?;
            for layer in record::kept() {
                references(connection, layer, &mut checked)?;
            }
            orphans(connection, &mut checked)?;
            indexes(connection, &mut checked)
        };
        all().map_err(|error| self.fault(error))?;
        Ok(checked)
    }
}

fn file(connection: &Connection, checked: &mut Checked) -> rusqlite::Result<()> {
    let mut query = connection.prepare("PRAGMA integrity_check")?;
    let answers =
        query.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    for answer in answers.into_iter().filter(|answer| answer != "ok") {
        checked.fault("sqlite", "", answer);
    }
    Ok(())
}

fn texts(connection: &Connection, checked: &mut Checked, step: &mut dyn FnMut()) -> rusqlite::Result<()> {
    let mut query = connection.prepare("SELECT hash, text FROM documents ORDER BY number")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (hash, text): (String, String) = (row.get(0)?, row.get(1)?);
        checked.reports += 1;
        if document_hash(&text) != hash {
            checked.fault("documents", hash.as_str(), "its text does not have this hash");
        }
        for layer in record::kept() {
            spans(connection, layer, &hash, &text, checked)?;
        }
        step();
    }
    Ok(())
}

/// Every row of a report has the words that stand at its offsets, and so has every column of words.
fn spans(
    connection: &Connection,
    layer: &'static LayerInfo,
    hash: &str,
    text: &str,
    checked: &mut Checked,
) -> rusqlite::Result<()> {
    let names: Vec<&str> = [("words", "start", "end")]
        .into_iter()
        .flat_map(|(words, start, end)| [words, start, end])
        .chain(
            record::columns(layer)
                .filter(|(_, column)| column.kind == Type::Span)
                .map(|(_, column)| column.name),
        )
        .collect();
    let own = &names[3..];
    let mut columns = names[..3].iter().map(|name| quoted(name)).collect::<Vec<_>>();
    columns.extend(
        own.iter().flat_map(|name| {
            [quoted(name), quoted(&format!("{name}_start")), quoted(&format!("{name}_end"))]
        }),
    );
    let query = format!("SELECT id, {} FROM {} WHERE document = ?", columns.join(", "), layer.name);
    let mut query = connection.prepare_cached(&query)?;
    let mut rows = query.query([hash])?;
    while let Some(row) = rows.next()? {
        checked.rows += 1;
        for index in 0..columns.len() / 3 {
            let fields = [field(row, 1 + 3 * index)?, field(row, 2 + 3 * index)?, field(row, 3 + 3 * index)?];
            if !stands(text, &fields) {
                let name = if index == 0 { "words" } else { own[index - 1] };
                let id: String = row.get(0)?;
                checked.fault(layer.name, id, format!("`{name}` are not the words at its offsets"));
            }
        }
    }
    Ok(())
}

fn stands(text: &str, fields: &[Field; 3]) -> bool {
    match fields {
        [Field::Null, Field::Null, Field::Null] => true,
        [Field::Text(words), Field::Integer(start), Field::Integer(end)] => {
            let range = usize::try_from(*start).ok().zip(usize::try_from(*end).ok());
            range.and_then(|(start, end)| text.get(start..end)) == Some(words)
        }
        _ => false,
    }
}

/// Every reference of a layer leads to a row.
fn references(
    connection: &Connection,
    layer: &'static LayerInfo,
    checked: &mut Checked,
) -> rusqlite::Result<()> {
    for column in table::columns(layer) {
        let Some(to) = column.references else { continue };
        let key = if to == "documents" { "hash" } else { "id" };
        let name = quoted(&column.name);
        let query = format!(
            "SELECT id, {name} FROM {} WHERE {name} IS NOT NULL AND {name} NOT IN (SELECT {key} FROM {to}) LIMIT {MOST}",
            layer.name
        );
        let mut query = connection.prepare(&query)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let (id, lost): (String, String) = (row.get(0)?, row.get(1)?);
            checked.fault(layer.name, id, format!("`{}` is {lost}, which is not in `{to}`", column.name));
        }
    }
    Ok(())
}

/// Every sighting is of a report that is there, every statement has its voices, and the other way round.
fn orphans(connection: &Connection, checked: &mut Checked) -> rusqlite::Result<()> {
    for (table, query, what) in [
        (
            "sightings",
            "SELECT number FROM sightings WHERE document NOT IN (SELECT hash FROM documents)",
            "its report is not there",
        ),
        (
            "origins",
            "SELECT sighting FROM origins WHERE sighting NOT IN (SELECT number FROM sightings)",
            "its sighting is not there",
        ),
        (
            "statements",
            "SELECT rowid FROM statements WHERE rowid NOT IN (SELECT rowid FROM voices)",
            "it has no row in `voices`",
        ),
        (
            "voices",
            "SELECT rowid FROM voices WHERE rowid NOT IN (SELECT rowid FROM statements)",
            "it is of no statement",
        ),
    ] {
        let mut query = connection.prepare(query)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            checked.fault(table, row.get::<_, i64>(0)?.to_string(), what);
        }
    }
    Ok(())
}

/// The indexes of words hold what their tables hold.
fn indexes(connection: &Connection, checked: &mut Checked) -> rusqlite::Result<()> {
    for index in ["documents_fts", "statements_fts"] {
        // With rank 1 SQLite compares the index with the table that it is of.
        let compared = connection
            .execute(&format!("INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)"), []);
        if let Err(error) = compared {
            checked.fault(index, "", format!("it does not hold what its table holds: {error}"));
        }
    }
    Ok(())
}
