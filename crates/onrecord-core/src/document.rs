//! The one type through which everything flows: a text that never changes, with layers that stand off from it.

use std::any::Any;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::stage::Left;
use crate::{Date, Id, Layer, Span};

/// What is known of a report beside its text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Meta {
    /// Day of publication: the "now" of every relative date. Never taken from a clock.
    pub published: Option<Date>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// File or stream it was read from.
    pub source: Option<String>,
}

/// A text with stand-off layers. The text never changes, so every span stays true.
#[derive(Debug, Clone)]
pub struct Document {
    text: Arc<str>,
    meta: Meta,
    layers: BTreeMap<&'static str, Arc<dyn Any + Send + Sync>>,
    left: Option<Left>,
}

impl Document {
    /// A document without layers.
    ///
    /// # Panics
    /// When the text is longer than `u32::MAX` bytes; callers refuse such files with a clear error.
    pub fn new(text: impl Into<Arc<str>>, meta: Meta) -> Self {
        let text = text.into();
        assert!(u32::try_from(text.len()).is_ok(), "a document has at most 4 GiB");
        Self { text, meta, layers: BTreeMap::new(), left: None }
    }

    /// The text as it was read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What is known of the report beside its text.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// The words of a span.
    pub fn words(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// The records of a layer, in order; none when no stage has made it.
    pub fn layer<T: Layer>(&self) -> &[T] {
        self.layers.get(T::NAME).and_then(|layer| layer.downcast_ref::<Vec<T>>()).map_or(&[], Vec::as_slice)
    }

    /// The record with this id.
    ///
    /// # Panics
    /// When the id is of another document.
    pub fn get<T: Layer>(&self, id: Id<T>) -> &T {
        &self.layer::<T>()[id.index()]
    }

    /// The ids and records of a layer that lie wholly inside `span`. The layer is sorted by start.
    pub fn within<T: Layer>(&self, span: Span) -> &[T] {
        let layer = self.layer::<T>();
        let from = layer.partition_point(|record| record.span().start < span.start);
        let to = from + layer[from..].partition_point(|record| record.span().end <= span.end);
        &layer[from..to]
    }

    /// Puts a layer in place, replacing an earlier one of the same name. Only the pipeline and tests write.
    pub fn set<T: Layer>(&mut self, records: Vec<T>) {
        self.layers.insert(T::NAME, Arc::new(records));
    }

    /// What the stage before left, if it is of this kind. It is gone when the document has been read.
    pub fn left<T: Any>(&self) -> Option<&T> {
        self.left.as_deref()?.downcast_ref()
    }

    /// Puts what a stage left in the place of what the one before did.
    pub(crate) fn leave(&mut self, left: Option<Left>) {
        self.left = left;
    }
}
