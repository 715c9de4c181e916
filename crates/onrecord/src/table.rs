//! A layer as a table: its columns, and its rows as plain fields. The database and CSV are both made from this.

use serde_json::{Value as Json, json};

use crate::core::{Column, LayerInfo, Span, Type};
use crate::doors;
use crate::record::{self, Cell, Clue, Passage, Row};

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableColumn {
    /// Name, in lower case.
    pub name: String,
    /// What its fields are, as SQLite names it: `TEXT`, `INTEGER` or `REAL`.
    pub kind: &'static str,
    /// One sentence on what it holds.
    pub doc: String,
    /// Whether every row has it.
    pub required: bool,
    /// The table whose rows it names by their id.
    pub references: Option<&'static str>,
}

/// One field of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Field {
    /// Unknown, or none.
    Null,
    /// Text.
    Text(String),
    /// A whole number; 0 and 1 for no and yes.
    Integer(i64),
    /// A number.
    Real(f64),
}

/// The columns of a layer's table: those that every row has, then the layer's own, then how the row came to be.
pub fn columns(layer: &'static LayerInfo) -> Vec<TableColumn> {
    let mut columns = vec![
        common(
            "id",
            "TEXT",
            "Name of the row, made from the text and the place; lasts when a better reader has run.",
        ),
        TableColumn {
            references: Some("documents"),
            ..common("document", "TEXT", "The report that the row stands in, by the hash of its text.")
        },
        common("words", "TEXT", "The exact words that the row stands on."),
        common("start", "INTEGER", "Where the words start in the report's text, in bytes of UTF-8."),
        common("end", "INTEGER", "Where they end: the offset after the last byte."),
    ];
    for (_, column) in record::columns(layer) {
        columns.extend(own(column));
    }
    columns.extend([
        common("rule", "TEXT", "The rule or model that made the row; `onrecord why` tells more."),
        common(
            "derivation",
            "TEXT",
            "What the rule went by: JSON, a list of words with their offsets and of facts.",
        ),
        common("version", "INTEGER", "Version of the stage that made the row."),
    ]);
    columns
}

fn common(name: &str, kind: &'static str, doc: &str) -> TableColumn {
    TableColumn { name: name.to_owned(), kind, doc: doc.to_owned(), required: true, references: None }
}

/// The columns of the table that one column of a layer becomes.
fn own(column: &Column) -> Vec<TableColumn> {
    let plain = |kind| TableColumn { required: false, ..common(column.name, kind, column.doc) };
    let offset = |suffix: &str, doc: &str| TableColumn {
        name: format!("{}_{suffix}", column.name),
        required: false,
        ..common("", "INTEGER", doc)
    };
    match column.kind {
        Type::Text => vec![plain("TEXT")],
        Type::Integer => vec![plain("INTEGER")],
        Type::Boolean => {
            let doc = format!("{} 1 for yes, 0 for no.", column.doc);
            vec![TableColumn { doc, ..plain("INTEGER") }]
        }
        Type::Real => vec![plain("REAL")],
        Type::Reference(to) => vec![TableColumn { references: Some(to), ..plain("TEXT") }],
        Type::Span => vec![
            plain("TEXT"),
            offset("start", "Where these words start, in bytes."),
            offset("end", "Where these words end, in bytes."),
        ],
        Type::Spans => {
            let doc = "Where these words stand, in bytes: JSON, [[start, end], ...].".to_owned();
            vec![plain("TEXT"), TableColumn { kind: "TEXT", doc, ..offset("spans", "") }]
        }
    }
}

/// How many columns of the table one column of a layer becomes.
fn width(column: &Column) -> usize {
    match column.kind {
        Type::Span => 3,
        Type::Spans => 2,
        _ => 1,
    }
}

/// The fields of a row, one for each of [`columns`].
pub fn fields(row: &Row) -> Vec<Field> {
    let mut fields = vec![
        Field::Text(row.id.clone()),
        Field::Text(row.document.clone()),
        Field::Text(row.passage.words.clone()),
        Field::Integer(row.passage.span.start.into()),
        Field::Integer(row.passage.span.end.into()),
    ];
    for (index, column) in record::columns(record::layer(row.layer)) {
        extend(&mut fields, column, &row.cells[index]);
    }
    fields.extend([
        Field::Text(row.rule.clone()),
        Field::Text(
            Json::from_iter(row.evidence.iter().map(|clue| doors::derivation(clue, None))).to_string(),
        ),
        Field::Integer(row.version.into()),
    ]);
    fields
}

fn extend(fields: &mut Vec<Field>, column: &Column, cell: &Cell) {
    match cell {
        Cell::Null => fields.extend(std::iter::repeat_n(Field::Null, width(column))),
        Cell::Text(text) | Cell::Reference(text) => fields.push(Field::Text(text.clone())),
        Cell::Integer(number) => fields.push(Field::Integer(*number)),
        Cell::Real(number) => fields.push(Field::Real(*number)),
        Cell::Boolean(yes) => fields.push(Field::Integer((*yes).into())),
        Cell::Passage(Passage { span, words }) => fields.extend([
            Field::Text(words.clone()),
            Field::Integer(span.start.into()),
            Field::Integer(span.end.into()),
        ]),
        Cell::Passages(passages) => {
            let words: Vec<&str> = passages.iter().map(|passage| passage.words.as_str()).collect();
            let spans: Vec<[u32; 2]> = passages.iter().map(|p| [p.span.start, p.span.end]).collect();
            fields.extend([Field::Text(words.join(" … ")), Field::Text(json!(spans).to_string())]);
        }
    }
}

/// The row that these fields were made from. `text` is the text of its document, from which the words of several places
/// are taken again; `None` when the fields are not such a row.
pub fn row(layer: &'static LayerInfo, fields: Vec<Field>, text: &str) -> Option<Row> {
    let mut fields = fields.into_iter();
    let id = fields.next()?.text()?;
    let document = fields.next()?.text()?;
    let passage = passage(&mut fields)?;
    let mut cells = vec![Cell::Null; layer.columns.len()];
    for (index, column) in record::columns(layer) {
        cells[index] = cell(column, &mut fields, text)?;
    }
    let rule = fields.next()?.text()?;
    let evidence = serde_json::from_str::<Vec<Json>>(&fields.next()?.text()?).ok()?;
    let evidence = evidence.iter().map(clue).collect::<Option<Vec<Clue>>>()?;
    let version = fields.next()?.offset()?;
    Some(Row { layer: layer.name, id, document, passage, cells, rule, evidence, version })
}

fn cell(column: &Column, fields: &mut impl Iterator<Item = Field>, text: &str) -> Option<Cell> {
    Some(match column.kind {
        Type::Span => passage(fields).map_or(Cell::Null, Cell::Passage),
        Type::Spans => {
            let (_, spans) = (fields.next()?, fields.next()?);
            let Some(spans) = spans.text() else { return Some(Cell::Null) };
            let spans: Vec<[u32; 2]> = serde_json::from_str(&spans).ok()?;
            let passages = spans.iter().map(|[start, end]| {
                let span = Span::new(*start, *end);
                Some(Passage { span, words: text.get(span.range())?.to_owned() })
            });
            Cell::Passages(passages.collect::<Option<Vec<_>>>()?)
        }
        kind => match (fields.next()?, kind) {
            (Field::Text(text), Type::Reference(_)) => Cell::Reference(text),
            (Field::Text(text), _) => Cell::Text(text),
            (Field::Integer(number), Type::Boolean) => Cell::Boolean(number != 0),
            (Field::Integer(number), _) => Cell::Integer(number),
            (Field::Real(number), _) => Cell::Real(number),
            (Field::Null, _) => Cell::Null,
        },
    })
}

/// Takes three fields; `None` when they are null.
fn passage(fields: &mut impl Iterator<Item = Field>) -> Option<Passage> {
    let (words, start, end) = (fields.next()?, fields.next()?, fields.next()?);
    Some(Passage { span: Span::new(start.offset()?, end.offset()?), words: words.text()? })
}

fn clue(json: &Json) -> Option<Clue> {
    let offset = |key: &str| json.get(key)?.as_u64().and_then(|offset| u32::try_from(offset).ok());
    let text = |key: &str| json.get(key).and_then(Json::as_str).map(str::to_owned);
    let passage = match (text("words"), offset("start"), offset("end")) {
        (Some(words), Some(start), Some(end)) => Some(Passage { span: Span::new(start, end), words }),
        _ => None,
    };
    Some(Clue { what: text("what")?, passage, value: text("value") })
}

impl Field {
    fn text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    fn offset(&self) -> Option<u32> {
        match self {
            Self::Integer(number) => u32::try_from(*number).ok(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn no_two_columns_of_a_table_have_the_same_name() {
        for layer in crate::core::layers() {
            let mut names: Vec<String> = columns(layer).into_iter().map(|column| column.name).collect();
            names.sort();
            for pair in names.windows(2) {
                assert_ne!(pair[0], pair[1], "`{}` has two columns of this name", layer.name);
            }
        }
    }

    #[test]
    fn a_row_comes_back_from_its_fields_as_it_was() {
        let doc = testing::document();
        let rows = record::rows(&doc, record::KEPT);
        assert!(rows.iter().any(|row| row.layer == "statements"));
        for original in rows {
            let layer = record::layer(original.layer);
            let fields = fields(&original);
            assert_eq!(fields.len(), columns(layer).len(), "{}", layer.name);
            assert_eq!(row(layer, fields, doc.text()), Some(original));
        }
    }
}
