//! Rows as JSON: an object with the layer's columns; words as objects that hold their offsets.
//!
//! An [`Answer`] and a [`Report`] are written as they stand, by any `serde` serializer; the functions give the same as a
//! value, to add to.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value as Json;

use crate::doors::Points;
use crate::questions::Answer;
use crate::record::{self, Cell, Clue, Passage, Row};
use crate::store::{REPORT_COLUMNS, Report};
use crate::table::Field;

/// Words with their offsets: `start` and `end` in bytes, `points` in code points.
pub fn passage(passage: &Passage, points: &Points) -> Json {
    value(&Pointed { of: passage, points })
}

/// A row of any layer, with the columns of its layer in their order.
pub fn row(row: &Row, points: &Points) -> Json {
    value(&Pointed { of: row, points })
}

/// One thing that a rule went by; without `points`, as the database keeps it.
pub fn derivation(clue: &Clue, points: Option<&Points>) -> Json {
    value(&Derivation { clue, points })
}

/// What is kept of a report, but for its text.
pub fn report(report: &Report) -> Json {
    value(report)
}

/// An answer: its row, with its sentence, its place in the source file and its report.
pub fn answer(answer: &Answer) -> Json {
    value(answer)
}

fn value(of: &impl Serialize) -> Json {
    serde_json::to_value(of).expect("every key is a string")
}

/// Something whose offsets are given in code points too.
struct Pointed<'a, T> {
    of: &'a T,
    points: &'a Points,
}

impl Serialize for Pointed<'_, Passage> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        self.entries(&mut map)?;
        map.end()
    }
}

impl Pointed<'_, Passage> {
    fn entries<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        let Passage { span, words } = self.of;
        map.serialize_entry("words", words)?;
        map.serialize_entry("start", &span.start)?;
        map.serialize_entry("end", &span.end)?;
        map.serialize_entry("points", &self.points.pair(*span))
    }
}

impl Serialize for Pointed<'_, Row> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.entries(&mut map)?;
        map.end()
    }
}

impl Pointed<'_, Row> {
    fn entries<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        let Pointed { of: row, points } = *self;
        map.serialize_entry("layer", row.layer)?;
        map.serialize_entry("id", &row.id)?;
        map.serialize_entry("document", &row.document)?;
        Pointed { of: &row.passage, points }.entries(map)?;
        for (index, column) in record::columns(record::layer(row.layer)) {
            map.serialize_entry(column.name, &Pointed { of: &row.cells[index], points })?;
        }
        map.serialize_entry("rule", &row.rule)?;
        map.serialize_entry("derivation", &Pointed { of: &row.evidence, points })?;
        map.serialize_entry("version", &row.version)
    }
}

impl Serialize for Pointed<'_, Cell> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let points = self.points;
        match self.of {
            Cell::Null => serializer.serialize_unit(),
            Cell::Text(text) | Cell::Reference(text) => serializer.serialize_str(text),
            Cell::Integer(number) => serializer.serialize_i64(*number),
            Cell::Real(number) => serializer.serialize_f64(*number),
            Cell::Boolean(yes) => serializer.serialize_bool(*yes),
            Cell::Passage(of) => Pointed { of, points }.serialize(serializer),
            Cell::Passages(passages) => {
                serializer.collect_seq(passages.iter().map(|of| Pointed { of, points }))
            }
        }
    }
}

impl Serialize for Pointed<'_, Vec<Clue>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.of.len()))?;
        for clue in self.of {
            list.serialize_element(&Derivation { clue, points: Some(self.points) })?;
        }
        list.end()
    }
}

/// One thing that a rule went by.
struct Derivation<'a> {
    clue: &'a Clue,
    points: Option<&'a Points>,
}

impl Serialize for Derivation<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Clue { what, passage, value } = self.clue;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("what", what)?;
        if let Some(Passage { span, words }) = passage {
            map.serialize_entry("words", words)?;
            map.serialize_entry("start", &span.start)?;
            map.serialize_entry("end", &span.end)?;
            if let Some(points) = self.points {
                map.serialize_entry("points", &points.pair(*span))?;
            }
        }
        if let Some(value) = value {
            map.serialize_entry("value", value)?;
        }
        map.end()
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let values = REPORT_COLUMNS.iter().zip(self.fields());
        serializer.collect_map(values.map(|(column, field)| (column.name, field)))
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Integer(number) => serializer.serialize_i64(*number),
            Self::Real(number) => serializer.serialize_f64(*number),
        }
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let points = &*self.points;
        let mut map = serializer.serialize_map(None)?;
        Pointed { of: &self.row, points }.entries(&mut map)?;
        map.serialize_entry("sentence", &self.sentence.as_ref().map(|of| Pointed { of, points }))?;
        let place = self.place();
        map.serialize_entry("line", &place.line)?;
        map.serialize_entry("column", &place.column)?;
        map.serialize_entry("report", &self.report)?;
        map.end()
    }
}
