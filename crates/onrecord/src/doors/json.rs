//! Rows as JSON: an object with the layer's columns; words as objects that hold their offsets.

use serde_json::{Map, Value as Json, json};

use crate::doors::Points;
use crate::questions::Answer;
use crate::record::{self, Cell, Clue, Passage, Row};
use crate::store::{REPORT_COLUMNS, Report};
use crate::table::Field;

/// Words with their offsets: `start` and `end` in bytes, `points` in code points.
pub fn passage(passage: &Passage, points: &Points) -> Json {
    let Passage { span, words } = passage;
    json!({ "words": words, "start": span.start, "end": span.end, "points": points.pair(*span) })
}

/// A row of any layer, with the columns of its layer in their order.
pub fn row(row: &Row, points: &Points) -> Json {
    let mut object = Map::new();
    object.insert("layer".into(), row.layer.into());
    object.insert("id".into(), row.id.as_str().into());
    object.insert("document".into(), row.document.as_str().into());
    if let Json::Object(words) = passage(&row.passage, points) {
        object.extend(words);
    }
    for (index, column) in record::columns(record::layer(row.layer)) {
        object.insert(column.name.into(), cell(&row.cells[index], points));
    }
    object.insert("rule".into(), row.rule.as_str().into());
    object.insert(
        "derivation".into(),
        row.evidence.iter().map(|clue| derivation(clue, Some(points))).collect(),
    );
    object.insert("version".into(), row.version.into());
    Json::Object(object)
}

fn cell(cell: &Cell, points: &Points) -> Json {
    match cell {
        Cell::Null => Json::Null,
        Cell::Text(text) | Cell::Reference(text) => text.as_str().into(),
        Cell::Integer(number) => (*number).into(),
        Cell::Real(number) => (*number).into(),
        Cell::Boolean(yes) => (*yes).into(),
        Cell::Passage(words) => passage(words, points),
        Cell::Passages(passages) => passages.iter().map(|words| passage(words, points)).collect(),
    }
}

/// One thing that a rule went by; without `points`, as the database keeps it.
pub fn derivation(clue: &Clue, points: Option<&Points>) -> Json {
    let mut object = Map::new();
    object.insert("what".into(), clue.what.as_str().into());
    if let Some(Passage { span, words }) = &clue.passage {
        object.insert("words".into(), words.as_str().into());
        object.insert("start".into(), span.start.into());
        object.insert("end".into(), span.end.into());
        if let Some(points) = points {
            object.insert("points".into(), json!(points.pair(*span)));
        }
    }
    if let Some(value) = &clue.value {
        object.insert("value".into(), value.as_str().into());
    }
    Json::Object(object)
}

/// What is kept of a report, but for its text.
pub fn report(report: &Report) -> Json {
    let values = REPORT_COLUMNS.iter().zip(report.fields());
    Json::Object(values.map(|(column, field)| (column.name.to_owned(), plain(field))).collect())
}

fn plain(field: Field) -> Json {
    match field {
        Field::Null => Json::Null,
        Field::Text(text) => text.into(),
        Field::Integer(number) => number.into(),
        Field::Real(number) => number.into(),
    }
}

/// An answer: its row, with its sentence, its place in the source file and its report.
pub fn answer(answer: &Answer) -> Json {
    let mut json = row(&answer.row, &answer.points);
    if let Json::Object(object) = &mut json {
        let place = answer.place();
        let sentence = answer.sentence.as_ref().map(|sentence| passage(sentence, &answer.points));
        object.insert("sentence".into(), sentence.unwrap_or_default());
        object.insert("line".into(), place.line.into());
        object.insert("column".into(), place.column.into());
        object.insert("report".into(), report(&answer.report));
    }
    json
}
