//! The tables, made from the columns of the layers, with a comment on every column.

use crate::core::{Column, LayerInfo, Type};
use crate::record;
use crate::store::REPORT_COLUMNS;
use crate::table::{self, TableColumn};

/// Marks a file as Onrecord's, in the header of the database: "OnRe" in ASCII.
pub const APPLICATION_ID: i32 = 0x4f6e_5265;

/// Version of the schema, in the header of the database (`PRAGMA user_version`). Raise it when the tables change, and
/// add the step that brings an older file there to `MIGRATIONS`.
pub const SCHEMA_VERSION: i32 = 4;

/// How SQLite's index cuts words: at all that is not a letter or digit, without case and accents.
const FOLDED: &str = "unicode61 remove_diacritics 2";

/// Bytes of an index of words that are gathered before they are written: what a batch of reports comes to. SQLite's
/// own megabyte is written, and merged, several times a batch.
const GATHERED: u32 = 8 * 1024 * 1024;

/// The SQL that makes an empty database.
pub fn schema() -> String {
    [reports(), intake(), web()].join("\n")
}

/// The indexes that came with version 4: lists by day, and the statements of one speaker, in a database of any size.
pub(super) const INDEXES: &str = "\
CREATE INDEX IF NOT EXISTS documents_by_day ON documents (published, number, outlet);
CREATE INDEX IF NOT EXISTS statements_by_name ON statements (name) WHERE name IS NOT NULL;
";

/// The tables of version 1: the reports and their records.
pub(super) fn reports() -> String {
    let reports = searchable("documents", "number", &["title", "text"]);
    [documents(), reports, derived()].join("\n")
}

/// The tables that came with version 2: where each text was seen, and what could not be read.
pub(super) fn intake() -> String {
    let sightings =
        table("sightings", "A place where a text was seen, and what stood there beside it.", &SIGHTINGS);
    let failures = table("failures", "Something that could not be read; gone when it could be.", &FAILURES);
    let index = |column: &str| format!("CREATE INDEX sightings_by_{column} ON sightings ({column});\n");
    let indexes: String = ["document", "url", "payload"].map(index).concat();
    let place = "CREATE INDEX sightings_by_place ON sightings (file, offset);\n";
    format!("{sightings}{indexes}{place}\n{failures}")
}

/// The tables that came with version 3: how pages were fetched, and where the paragraphs of a text stand in its page.
pub(super) fn web() -> String {
    let visits =
        table("visits", "A page or feed that was fetched: what to ask its server with next time.", &VISITS);
    let origins = table(
        "origins",
        "Where the paragraphs of a text stand in the page that it was taken from.",
        &ORIGINS,
    );
    format!("{visits}\n{origins}")
}

fn table(name: &str, doc: &str, columns: &[(&str, &str)]) -> String {
    let columns: Vec<(String, String)> =
        columns.iter().map(|(column, doc)| ((*column).to_owned(), (*doc).to_owned())).collect();
    create(name, doc, &columns)
}

const VISITS: [(&str, &str); 4] = [
    ("url TEXT PRIMARY KEY NOT NULL", "Address that was asked for."),
    ("etag TEXT", "The server's name for what it sent."),
    ("modified TEXT", "When that changed last, as the server says."),
    ("answered TEXT", "When the server answered, by its own clock."),
];

const ORIGINS: [(&str, &str); 2] = [
    ("sighting INTEGER PRIMARY KEY REFERENCES sightings (number)", "The place where the page was seen."),
    (
        "map TEXT NOT NULL",
        "JSON, [[start, end, from, to], ...]: bytes of the text, and the bytes of the page, in UTF-8, that they stand in.",
    ),
];

const SIGHTINGS: [(&str, &str); 15] = [
    ("number INTEGER PRIMARY KEY", "Order in which they were added."),
    ("document TEXT NOT NULL REFERENCES documents (hash)", "The text, by its hash."),
    ("url TEXT", "Address of the page."),
    ("file TEXT NOT NULL", "File or stream that it was read from."),
    ("offset INTEGER NOT NULL", "Where it stands there, in bytes of what the file unpacks to."),
    ("format TEXT NOT NULL", "What the file is: text, html, feed, jsonl, csv or warc."),
    ("charset TEXT NOT NULL", "The charset that the bytes were in."),
    ("payload TEXT NOT NULL", "Hash of the bytes: the same again are not looked into again."),
    ("title TEXT", "Headline that stood there."),
    ("author TEXT", "Who wrote it."),
    ("agency TEXT", "Agency that supplied it."),
    ("published TEXT", "Day of publication that stood there, YYYY-MM-DD."),
    ("published_from TEXT", "Where the day stood: a field, a feed, or a part of the page."),
    ("confirmed INTEGER", "Whether a second part of the page says the same day: 1 for yes, 0 for no."),
    ("language TEXT", "Language of the text, as a BCP 47 tag."),
];

const FAILURES: [(&str, &str); 4] = [
    ("file TEXT NOT NULL", "File or stream."),
    ("offset INTEGER NOT NULL", "Where in it, in bytes of what it unpacks to."),
    ("reason TEXT NOT NULL", "Why it could not be read."),
    ("PRIMARY KEY (file, offset)", "One for each place."),
];

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
    sql.push(INDEXES.to_owned());
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
    let stages = "Versions of the stages that read it; none when it is to be read again, `later` when that waits for \
                  `onrecord refresh`, `unread` when no pipeline reads its language.";
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
         INSERT INTO {fts} ({fts}, rank) VALUES ('hashsize', {GATHERED});\n\
         CREATE TRIGGER {fts}_insert AFTER INSERT ON {table} BEGIN {insert} END;\n\
         CREATE TRIGGER {fts}_delete AFTER DELETE ON {table} BEGIN {remove} END;\n\
         CREATE TRIGGER {fts}_update AFTER UPDATE OF {list} ON {table} BEGIN {remove} {insert} END;\n"
    )
}

/// The name of a column as SQL; all are lower-case words, some of which (`end`) are also words of SQL.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}
