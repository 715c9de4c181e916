//! One step of the reading: it reads earlier layers and returns a new one.

use std::any::Any;
use std::sync::Arc;

use crate::nlp;
use crate::{Document, Layer};

/// What stages are loaded from.
#[derive(Debug, Clone)]
pub struct Data {
    /// The language pipeline that gives tokens, parse and entities.
    pub language: Arc<nlp::Pipeline>,
}

/// Reads a document and returns one layer. Implement this to add an annotator.
pub trait Stage: Send + Sync + Sized + 'static {
    /// The kind of record it makes.
    type Out: Layer;
    /// Raise when the output changes: stored documents are then read again.
    const VERSION: u32;
    /// Names of the layers it reads; each is made by an earlier stage.
    const READS: &'static [&'static str];

    /// Prepares the stage. Word lists are compiled in, so that only data from outside can be at fault.
    fn load(data: &Data) -> Self;

    /// Reads the document. Cannot fail: strange text gives fewer records.
    fn run(&self, doc: &Document) -> Vec<Self::Out>;

    /// The same, and what a later stage would have to work out again; see [`Document::left`]. A stage whose leavings are
    /// gone gives the same records, later.
    fn run_and_leave(&self, doc: &Document) -> (Vec<Self::Out>, Option<Left>) {
        (self.run(doc), None)
    }
}

/// What a stage worked out beside its records.
pub type Left = Arc<dyn Any + Send + Sync>;
