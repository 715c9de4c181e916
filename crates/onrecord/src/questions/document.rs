//! The same answers from a report that was just read and is not kept.

use std::sync::Arc;

use crate::core::stages::sentences::Sentence;
use crate::core::stages::times::Time;
use crate::core::{Document, Layer, Span};
use crate::doors::Points;
use crate::questions::{Answer, when};
use crate::record::{self, Passage, Row};
use crate::store::Report;

/// The rows of some layers of a document, as a store would give them, layer by layer.
pub fn answers(doc: &Document, layers: &[&str]) -> Vec<Answer> {
    let report = Report::of(doc);
    let points = Arc::new(Points::new(doc.text()));
    let times = record::rows(doc, &[Time::NAME]);
    let said_when = |row: &Row| {
        let time = times.iter().find(|time| Some(time.id.as_str()) == row.text("said_when"))?;
        Some(when(&time.passage.words, time.text("value").unwrap_or_default()))
    };
    let answer = |row: Row| Answer {
        sentence: sentence(doc, row.passage.span),
        when: said_when(&row),
        row,
        report: report.clone(),
        points: Arc::clone(&points),
        whose: None,
    };
    record::rows(doc, layers).into_iter().map(answer).collect()
}

/// The sentences that a span stands in, as one passage.
fn sentence(doc: &Document, span: Span) -> Option<Passage> {
    let sentences = doc.layer::<Sentence>();
    // Sentences do not overlap, so that their ends are in order too.
    let first = sentences.partition_point(|sentence| sentence.span.end <= span.start);
    let touched = sentences[first..].iter().take_while(|sentence| sentence.span.start < span.end);
    let cover = touched.map(|sentence| sentence.span).reduce(Span::cover)?;
    Some(Passage::of(doc.text(), cover))
}
