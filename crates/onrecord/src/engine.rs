//! The reader with the embedded model.

use std::sync::Arc;

use onrecord_core::{Data, Document, Meta, Pipeline, nlp};

use crate::{Error, Result};

/// The default language model, `en_core_web_sm` 3.8.0 in the project's packed form; see `model/README.md`.
static MODEL: &[u8] = include_bytes!("../model/en_core_web_sm-3.8.0.onrecord");

/// Reads reports with the embedded model. Shared freely between threads.
#[derive(Debug)]
pub struct Engine {
    language: Arc<nlp::Pipeline>,
    pipeline: Pipeline,
}

impl Engine {
    /// Opens the embedded model and loads every stage.
    ///
    /// # Errors
    /// When the embedded model is damaged, which means that this build is.
    pub fn new() -> Result<Self> {
        let language = nlp::Pipeline::from_packed(MODEL)
            .map_err(|error| Error::bug(format!("the embedded language model cannot be opened: {error}")))?;
        let language = Arc::new(language);
        let pipeline = Pipeline::new(&Data { language: Arc::clone(&language) });
        Ok(Self { language, pipeline })
    }

    /// The language pipeline alone.
    pub fn language(&self) -> &nlp::Pipeline {
        &self.language
    }

    /// Reads only what some layers of a report need: these, and all that they are made from.
    pub fn read_only(&self, text: &str, meta: Meta, layers: &[&str]) -> Document {
        self.pipeline.read_only(text, meta, layers)
    }

    /// Reads a report: its record, as the layers of a document.
    pub fn read(&self, text: &str, meta: Meta) -> Document {
        self.pipeline.read(text, meta)
    }
}
