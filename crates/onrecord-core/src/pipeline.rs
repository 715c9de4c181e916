//! All stages in order, and the one place that writes layers.

use std::fmt;

use crate::{By, Column, Data, Document, Layer, Meta, Span, Stage, Value, row_id, stages};

/// A loaded sequence of stages.
pub struct Pipeline {
    steps: Vec<Box<dyn Step>>,
}

impl Pipeline {
    /// Loads every stage of the project.
    pub fn new(data: &Data) -> Self {
        Self { steps: stages::ALL.iter().map(|entry| (entry.load)(data)).collect() }
    }

    /// Reads a text: all layers, in order. Never fails; the same text, metadata and data give the same layers.
    pub fn read(&self, text: &str, meta: Meta) -> Document {
        self.read_watched(text, meta, &mut |_| {})
    }

    /// Reads a text and says when each stage is done, by its place among [`layers`]: so that others can time them.
    pub fn read_watched(&self, text: &str, meta: Meta, done: &mut dyn FnMut(usize)) -> Document {
        let mut doc = Document::new(text, meta);
        for (stage, step) in self.steps.iter().enumerate() {
            step.run(&mut doc);
            done(stage);
        }
        doc.leave(None);
        doc
    }
}

impl Pipeline {
    /// Reads only what some layers need: these, and all that they are made from.
    pub fn read_only(&self, text: &str, meta: Meta, layers: &[&str]) -> Document {
        let mut needed: Vec<&str> = layers.to_vec();
        for entry in stages::ALL.iter().rev().filter(|entry| layers.contains(&entry.layer.name)) {
            need(&entry.layer, &mut needed);
        }
        let mut doc = Document::new(text, meta);
        for (entry, step) in stages::ALL.iter().zip(&self.steps) {
            if needed.contains(&entry.layer.name) {
                step.run(&mut doc);
            }
        }
        doc.leave(None);
        doc
    }
}

/// Adds what a layer is made from, and what that is made from.
fn need(layer: &LayerInfo, needed: &mut Vec<&str>) {
    for entry in stages::ALL.iter().filter(|entry| layer.reads.contains(&entry.layer.name)) {
        if !needed.contains(&entry.layer.name) {
            needed.push(entry.layer.name);
        }
        need(&entry.layer, needed);
    }
}

impl fmt::Debug for Pipeline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pipeline({} stages)", self.steps.len())
    }
}

/// One line of the list of stages: the stage and its layer, with their types forgotten.
pub(crate) struct Entry {
    /// The layer that the stage makes.
    pub(crate) layer: LayerInfo,
    load: fn(&Data) -> Box<dyn Step>,
}

/// The entry of a stage, for the list.
pub(crate) const fn entry<S: Stage>() -> Entry {
    Entry { layer: LayerInfo::of::<S>(), load: |data| Box::new(S::load(data)) }
}

/// A layer with its type forgotten: what a table, a JSON writer or the reference needs to know.
pub struct LayerInfo {
    /// Name of the layer.
    pub name: &'static str,
    /// One sentence on what a record is.
    pub doc: &'static str,
    /// Its own columns.
    pub columns: &'static [Column],
    /// Version of the stage that makes it.
    pub version: u32,
    /// Names of the layers that it is made from.
    pub reads: &'static [&'static str],
    records: fn(&Document, &str) -> Vec<Record>,
}

impl LayerInfo {
    const fn of<S: Stage>() -> Self {
        Self {
            name: S::Out::NAME,
            doc: S::Out::DOC,
            columns: S::Out::COLUMNS,
            version: S::VERSION,
            reads: S::READS,
            records: records::<S::Out>,
        }
    }

    /// The records of this layer in `doc`, with ids made from `document_hash`.
    pub fn records(&self, doc: &Document, document_hash: &str) -> Vec<Record> {
        (self.records)(doc, document_hash)
    }
}

/// A record of any layer.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The id that lasts; see [`row_id`].
    pub id: String,
    /// The words it stands on.
    pub span: Span,
    /// The values of the layer's columns.
    pub values: Vec<Value>,
    /// The rule or model that made it.
    pub by: By,
}

/// Every layer, in the order in which they are made.
pub fn layers() -> impl Iterator<Item = &'static LayerInfo> {
    stages::ALL.iter().map(|entry| &entry.layer)
}

/// Two records on the same spans (a date that is also a duration) are told apart by their order.
fn records<T: Layer>(doc: &Document, document_hash: &str) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::with_capacity(doc.layer::<T>().len());
    let mut seen = std::collections::HashMap::new();
    for record in doc.layer::<T>() {
        let mut identity = record.identity();
        let earlier = seen.entry(identity.clone()).or_insert(0_u32);
        if *earlier > 0 {
            identity.push(Span::new(*earlier, 0));
        }
        *earlier += 1;
        let id = row_id(document_hash, T::NAME, &identity);
        records.push(Record { id, span: record.span(), values: record.row(doc), by: record.by() });
    }
    records
}

/// A loaded stage with its types forgotten.
pub(crate) trait Step: Send + Sync {
    fn run(&self, doc: &mut Document);
}

impl<S: Stage> Step for S {
    fn run(&self, doc: &mut Document) {
        let (records, left) = self.run_and_leave(doc);
        debug_assert!(
            records.is_sorted_by_key(|record| record.span().start),
            "{} are in order",
            S::Out::NAME
        );
        debug_assert!(
            records.iter().all(|record| doc.text().get(record.span().range()).is_some()),
            "{} stand in the text",
            S::Out::NAME
        );
        doc.set(records);
        doc.leave(left);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_reads_layers_that_earlier_stages_made() {
        let mut made: Vec<&str> = Vec::new();
        for layer in layers() {
            for read in layer.reads {
                assert!(made.contains(read), "`{}` reads `{read}`, which no earlier stage makes", layer.name);
            }
            assert!(!made.contains(&layer.name), "`{}` is made twice", layer.name);
            made.push(layer.name);
        }
    }

    #[test]
    fn references_point_at_layers_that_exist() {
        let names: Vec<&str> = layers().map(|layer| layer.name).collect();
        for layer in layers() {
            for column in layer.columns {
                if let crate::Type::Reference(to) = column.kind {
                    assert!(names.contains(&to), "`{}.{}` refers to `{to}`", layer.name, column.name);
                }
            }
        }
    }
}
