//! The tables, made from the columns of the layers, with a comment on every column.

use crate::core::{Column, LayerInfo, Type};
use crate::record;
use crate::store::REPORT_COLUMNS;
use crate::table::{self, TableColumn};

/// Marks a file as Onrecord's, in the header of the database: "OnRe" in ASCII.
pub const APPLICATION_ID: i32 = 0x4f6e_5265;

/// Version of the schema, in the header of the database (`PRAGMA user_version`). Raise it when the tables change, and
/// add the step that brings an older file there to `MIGRATIONS`.
pub const SCHEMA_VERSION: i32 = 1;

/// How SQLite's index cuts words: at all that is not a letter or digit, without case and accents.
const FOLDED: &str = "unicode61 remove_diacritics 2";

/// The SQL that makes an empty database.
pub fn schema() -> String {
    let reports = searchable("documents", "number", &["title", "text"]);
    [documents(), reports, derived()].join("\n")
}

/// The part of the schema that holds what is made from the texts, and can be made from them again.
///
/// `voices` is written with the statements: a row for each, with every wording of its speaker and addressee in the
/// report, letters only.
pub(super) fn derived() -> String {
    let mut sql: Vec<String> = record::kept().map(layer_tables).collect();
    sql.push(searchable("statements", "rowid", &["content"]));
    sql.push(format!(
        "CREATE VIRTUAL TABLE voices USING fts5 (speaker, addressee, tokenize = '{FOLDED}');\n"
    ));
    sql.join("\n")
}

/// The table of a layer, with an index by report and place.
fn layer_tables(layer: &'static LayerInfo) -> String {
    let columns: Vec<(String, String)> =
        table::columns(layer).iter().map(|column| (definition(column), column.doc.clone())).collect();
    let name = layer.name;
    let table = create(name, layer.doc, &columns);
    format!("{table}CREATE INDEX {name}_by_place ON {name} (document, start);\n")
}

fn documents() -> String {
    let mut columns: Vec<(String, String)> =
        REPORT_COLUMNS.iter().map(|column| (document_definition(column), column.doc.to_owned())).collect();
    let stages = "Versions of the stages that read it; none when it is to be read again.";
    columns.push(("stages TEXT".into(), stages.into()));
    columns.push(("text TEXT NOT NULL".into(), "The text as it was read, never edited.".into()));
    let table = create("documents", "A report, with what is known of it beside its text.", &columns);
    // Every question asks first whether there is a report without its record.
    format!("{table}CREATE INDEX documents_unread ON documents (number) WHERE stages IS NULL;\n")
}

fn document_definition(column: &Column) -> String {
    let name = quoted(column.name);
    match (column.name, column.kind) {
        ("number", _) => format!("{name} INTEGER PRIMARY KEY"),
        ("hash", _) => format!("{name} TEXT NOT NULL UNIQUE"),
        (_, Type::Integer) => format!("{name} INTEGER"),
        _ => format!("{name} TEXT"),
    }
}

fn definition(column: &TableColumn) -> String {
    let name = quoted(&column.name);
    let kind = column.kind;
    match (column.name.as_str(), column.references) {
        ("id", _) => format!("{name} {kind} NOT NULL PRIMARY KEY"),
        (_, Some("documents")) => format!("{name} {kind} NOT NULL REFERENCES documents (hash)"),
        (_, Some(table)) => format!("{name} {kind} REFERENCES {table} (id)"),
        _ if column.required => format!("{name} {kind} NOT NULL"),
        _ => format!("{name} {kind}"),
    }
}

/// A table whose definition, as `.schema` shows it, says what the table and each column hold.
fn create(name: &str, doc: &str, columns: &[(String, String)]) -> String {
    let mut sql = format!("CREATE TABLE {name} ( -- {doc}\n");
    for (index, (definition, doc)) in columns.iter().enumerate() {
        let comma = if index + 1 < columns.len() { "," } else { "" };
        sql += &format!("  {definition}{comma} -- {doc}\n");
    }
    sql + ");\n"
}

/// A full-text index of some columns of a table, without a second copy of the text. Triggers keep it in step, whoever
/// writes to the table.
fn searchable(table: &str, key: &str, columns: &[&str]) -> String {
    let fts = format!("{table}_fts");
    let list = columns.join(", ");
    let of =
        |row: &str| columns.iter().map(|column| format!("{row}.{column}")).collect::<Vec<_>>().join(", ");
    let (old, new) = (of("old"), of("new"));
    let remove = format!("INSERT INTO {fts} ({fts}, rowid, {list}) VALUES ('delete', old.{key}, {old});");
    let insert = format!("INSERT INTO {fts} (rowid, {list}) VALUES (new.{key}, {new});");
    format!(
        "CREATE VIRTUAL TABLE {fts} USING fts5 ({list}, content = '{table}', content_rowid = '{key}', \
         tokenize = 'porter {FOLDED}');\n\
         CREATE TRIGGER {fts}_insert AFTER INSERT ON {table} BEGIN {insert} END;\n\
         CREATE TRIGGER {fts}_delete AFTER DELETE ON {table} BEGIN {remove} END;\n\
         CREATE TRIGGER {fts}_update AFTER UPDATE OF {list} ON {table} BEGIN {remove} {insert} END;\n"
    )
}

/// The name of a column as SQL; all are lower-case words, some of which (`end`) are also words of SQL.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}
