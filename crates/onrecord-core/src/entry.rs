//! A stage and its layer with their types forgotten: what runs them all, and what writes them out, need to know no more.
//! The one place that writes layers.

use crate::{By, Column, Data, Document, Layer, Span, Stage, Value, row_id};

/// One line of the list of stages: the stage and its layer, with their types forgotten.
pub(crate) struct Entry {
    /// The layer that the stage makes.
    pub(crate) layer: LayerInfo,
    /// Loads the stage.
    pub(crate) load: fn(&Data) -> Box<dyn Step>,
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
