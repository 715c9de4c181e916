//! Records as they leave a document: with their words and lasting ids, ready for a table, JSON or a screen.

use crate::core::stages::figures::Figure;
use crate::core::stages::mentions::Mention;
use crate::core::stages::sections::Section;
use crate::core::stages::sentences::Sentence;
use crate::core::stages::statements::Statement;
use crate::core::stages::times::Time;
use crate::core::{self, Column, Document, Layer, LayerInfo, Record, Span, Type, Value};

/// The layers that are kept. Tokens, paragraphs, entities and quotation marks are steps on the way: many rows that are
/// made again from the text whenever somebody asks.
pub const KEPT: &[&str] =
    &[Section::NAME, Sentence::NAME, Mention::NAME, Statement::NAME, Time::NAME, Figure::NAME];

/// Words of a text, with where they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Where they stand.
    pub span: Span,
    /// The words.
    pub words: String,
}

impl Passage {
    /// The words of `text` at `span`.
    pub fn of(text: &str, span: Span) -> Self {
        Self { span, words: text[span].to_owned() }
    }
}

/// One value of a [`Row`].
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Unknown, or none.
    Null,
    /// A word of a closed list, or a name.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Yes or no.
    Boolean(bool),
    /// Words of the text.
    Passage(Passage),
    /// Words that stand in several places.
    Passages(Vec<Passage>),
    /// The id of another row.
    Reference(String),
}

/// A record of any layer, on its own: what a table keeps of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Name of its layer.
    pub layer: &'static str,
    /// Its id, which lasts; see [`row_id`](core::row_id).
    pub id: String,
    /// Hash of its document.
    pub document: String,
    /// The words that it stands on.
    pub passage: Passage,
    /// The values of its layer's columns, in order.
    pub cells: Vec<Cell>,
    /// The rule or model that made it.
    pub rule: String,
    /// What the rule went by.
    pub evidence: Vec<Clue>,
    /// Version of the stage that made it.
    pub version: u32,
}

/// One thing that a rule went by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clue {
    /// What it was to the rule: `cue`, `anchor`, `antecedent`.
    pub what: String,
    /// The words, if it is words of the text.
    pub passage: Option<Passage>,
    /// What it was, if it is not only words.
    pub value: Option<String>,
}

impl Row {
    /// The value in a column of the row's layer; `Null` when there is no such column.
    pub fn cell(&self, column: &str) -> &Cell {
        let index = layer(self.layer).columns.iter().position(|c| c.name == column);
        index.and_then(|index| self.cells.get(index)).unwrap_or(&Cell::Null)
    }

    /// The text or the words in a column; `None` for other values.
    pub fn text(&self, column: &str) -> Option<&str> {
        match self.cell(column) {
            Cell::Text(text) | Cell::Reference(text) => Some(text),
            Cell::Passage(passage) => Some(&passage.words),
            _ => None,
        }
    }

    /// The passages in a column; none for other values.
    pub fn passages(&self, column: &str) -> &[Passage] {
        match self.cell(column) {
            Cell::Passages(passages) => passages,
            Cell::Passage(passage) => std::slice::from_ref(passage),
            _ => &[],
        }
    }

    /// Whether the answer in a column is yes.
    pub fn is(&self, column: &str) -> bool {
        *self.cell(column) == Cell::Boolean(true)
    }
}

/// The layer with this name.
///
/// # Panics
/// When there is none; names come from the layers themselves.
pub fn layer(name: &str) -> &'static LayerInfo {
    core::layers().find(|layer| layer.name == name).expect("the name is that of a layer")
}

/// The layers that are kept, in the order in which they are made.
pub fn kept() -> impl Iterator<Item = &'static LayerInfo> {
    core::layers().filter(|layer| KEPT.contains(&layer.name))
}

/// The columns of a layer that leave the document, with their place among [`Row::cells`]. A reference into another
/// layer that is not kept is left out: its rows could not be found.
pub fn columns(layer: &'static LayerInfo) -> impl Iterator<Item = (usize, &'static Column)> {
    layer.columns.iter().enumerate().filter(|(_, column)| match column.kind {
        Type::Reference(to) => to == layer.name || KEPT.contains(&to),
        _ => true,
    })
}

/// The rows of some layers of a document, in the order of the layers.
pub fn rows(doc: &Document, names: &[&str]) -> Vec<Row> {
    let hash = core::document_hash(doc.text());
    let layers: Vec<(&'static LayerInfo, Vec<Record>)> = core::layers()
        .filter(|layer| KEPT.contains(&layer.name) || names.contains(&layer.name))
        .map(|layer| (layer, layer.records(doc, &hash)))
        .collect();
    let id_of = |layer: &str, index: usize| {
        let (_, records) = layers.iter().find(|(info, _)| info.name == layer)?;
        records.get(index).map(|record| record.id.clone())
    };
    let wanted = layers.iter().filter(|(layer, _)| names.contains(&layer.name));
    wanted
        .flat_map(|(layer, records)| records.iter().map(move |record| (*layer, record)))
        .map(|(layer, record)| row(doc, &hash, layer, record, &id_of))
        .collect()
}

fn row(
    doc: &Document,
    hash: &str,
    layer: &'static LayerInfo,
    record: &Record,
    id_of: &impl Fn(&str, usize) -> Option<String>,
) -> Row {
    let passage = |span: Span| Passage::of(doc.text(), span);
    let cell = |(column, value): (&Column, &Value)| match (value, column.kind) {
        (Value::Null, _) => Cell::Null,
        (Value::Text(text), _) => Cell::Text(text.clone()),
        (Value::Integer(number), _) => Cell::Integer(*number),
        (Value::Real(number), _) => Cell::Real(*number),
        (Value::Boolean(yes), _) => Cell::Boolean(*yes),
        (Value::Span(span), _) => Cell::Passage(passage(*span)),
        (Value::Spans(spans), _) => Cell::Passages(spans.iter().map(|span| passage(*span)).collect()),
        (Value::Reference(index), Type::Reference(to)) => {
            id_of(to, *index).map_or(Cell::Null, Cell::Reference)
        }
        (Value::Reference(_), _) => Cell::Null,
    };
    let clue = |evidence: &core::Evidence| Clue {
        what: evidence.what.to_owned(),
        passage: evidence.span.map(passage),
        value: evidence.value.clone(),
    };
    Row {
        layer: layer.name,
        id: record.id.clone(),
        document: hash.to_owned(),
        passage: passage(record.span),
        cells: layer.columns.iter().zip(&record.values).map(cell).collect(),
        rule: record.by.rule.to_owned(),
        evidence: record.by.evidence.iter().map(clue).collect(),
        version: layer.version,
    }
}
