//! Checks that a record holds together: every span stands in its text, every reference points at a record.

use std::collections::BTreeSet;

use onrecord_core::{Document, LayerInfo, Record, Span, Type, Value, document_hash, layers};

/// Checks every record of every layer of a document.
///
/// Each span (of the record, of its columns, of its evidence) is on character boundaries inside the text; records are in
/// the order of the text; every reference points at a record that is there; no two records of a layer share an id.
///
/// # Errors
/// The first thing that does not hold, in words.
pub fn verify(doc: &Document) -> Result<(), String> {
    let hash = document_hash(doc.text());
    let sizes: Vec<(&str, usize)> =
        layers().map(|layer| (layer.name, layer.records(doc, &hash).len())).collect();
    for layer in layers() {
        let mut ids = BTreeSet::new();
        let mut last = 0;
        for record in layer.records(doc, &hash) {
            let fault =
                |what: &str| Err(format!("{} at {:?} ({}): {what}", layer.name, record.span, record.by.rule));
            if let Some(what) = broken(doc, layer, &record, &sizes) {
                return fault(&what);
            }
            if record.span.start < last {
                return fault("out of order");
            }
            last = record.span.start;
            if !ids.insert(record.id.clone()) {
                return fault("shares its id with another record");
            }
        }
    }
    Ok(())
}

/// What is wrong with the spans and references of a record, if anything is.
fn broken(doc: &Document, layer: &LayerInfo, record: &Record, sizes: &[(&str, usize)]) -> Option<String> {
    let stands = |span: Span| doc.text().get(span.range()).is_some();
    if !stands(record.span) {
        return Some("its span does not stand in the text".to_owned());
    }
    if let Some(evidence) =
        record.by.evidence.iter().find(|evidence| evidence.span.is_some_and(|span| !stands(span)))
    {
        return Some(format!("its evidence `{}` does not stand in the text", evidence.what));
    }
    if layer.columns.len() != record.values.len() {
        return Some(format!("{} columns, {} values", layer.columns.len(), record.values.len()));
    }
    for (column, value) in layer.columns.iter().zip(&record.values) {
        let holds = match (value, column.kind) {
            (Value::Null, _)
            | (Value::Text(_), Type::Text)
            | (Value::Integer(_), Type::Integer)
            | (Value::Real(_), Type::Real)
            | (Value::Boolean(_), Type::Boolean) => true,
            (Value::Span(span), Type::Span) => stands(*span),
            (Value::Spans(spans), Type::Spans) => spans.iter().all(|span| stands(*span)),
            (Value::Reference(index), Type::Reference(to)) => {
                sizes.iter().any(|(name, size)| *name == to && index < size)
            }
            _ => false,
        };
        if !holds {
            return Some(format!("column `{}` holds {value:?}", column.name));
        }
    }
    None
}
