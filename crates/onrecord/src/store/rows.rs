//! Writing and reading the rows of one report.

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ToSql, params_from_iter};

use crate::core::stages::statements::Statement;
use crate::core::{Layer, LayerInfo};
use crate::record::{self, KEPT, Row};
use crate::store::schema::quoted;
use crate::table::{self, Field};
use crate::voices::Voices;

/// Writes the rows of a report, which has none yet.
pub(super) fn write(connection: &Connection, rows: &[Row]) -> rusqlite::Result<()> {
    write_layers(connection, rows, KEPT)
}

/// Writes the rows of some layers of a report, which has none of these yet. Statements come with their voices, which
/// are found among the mentions, so that `rows` has those too.
pub(super) fn write_layers(connection: &Connection, rows: &[Row], layers: &[&str]) -> rusqlite::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let voices = Voices::of(rows);
    let mut voice =
        connection.prepare_cached("INSERT INTO voices (rowid, speaker, addressee) VALUES (?, ?, ?)")?;
    for layer in record::kept().filter(|layer| layers.contains(&layer.name)) {
        let mut insert = connection.prepare_cached(&insert(layer))?;
        for row in rows.iter().filter(|row| row.layer == layer.name) {
            insert.execute(params_from_iter(table::fields(row)))?;
            if row.layer == Statement::NAME {
                let number = connection.last_insert_rowid();
                voice.execute((number, voices.speaker(row), voices.addressee(row)))?;
            }
        }
    }
    Ok(())
}

/// Removes the rows of a report.
pub(super) fn remove(connection: &Connection, document: &str) -> rusqlite::Result<()> {
    remove_layers(connection, document, KEPT)
}

/// Removes the rows of some layers of a report.
pub(super) fn remove_layers(
    connection: &Connection,
    document: &str,
    layers: &[&str],
) -> rusqlite::Result<()> {
    if layers.contains(&Statement::NAME) {
        connection.execute(
            "DELETE FROM voices WHERE rowid IN (SELECT rowid FROM statements WHERE document = ?)",
            [document],
        )?;
    }
    for layer in record::kept().filter(|layer| layers.contains(&layer.name)) {
        connection.execute(&format!("DELETE FROM {} WHERE document = ?", layer.name), [document])?;
    }
    Ok(())
}

fn insert(layer: &'static LayerInfo) -> String {
    let columns: Vec<String> = table::columns(layer).iter().map(|column| quoted(&column.name)).collect();
    let marks = vec!["?"; columns.len()].join(", ");
    format!("INSERT INTO {} ({}) VALUES ({marks})", layer.name, columns.join(", "))
}

impl ToSql for Field {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Owned(Value::Null),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Integer(number) => ToSqlOutput::Owned(Value::Integer(*number)),
            Self::Real(number) => ToSqlOutput::Owned(Value::Real(*number)),
        })
    }
}

/// The field in a column of a query's result.
pub(crate) fn field(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Field> {
    Ok(match row.get_ref(column)? {
        ValueRef::Null => Field::Null,
        ValueRef::Integer(number) => Field::Integer(number),
        ValueRef::Real(number) => Field::Real(number),
        ValueRef::Text(text) | ValueRef::Blob(text) => {
            Field::Text(String::from_utf8_lossy(text).into_owned())
        }
    })
}
