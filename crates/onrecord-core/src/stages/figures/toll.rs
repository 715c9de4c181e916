//! The toll of the incident that a report is about: how many were killed and injured, as a whole document tells it.

use crate::Document;

/// How many a report says were killed and injured in its incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Toll {
    /// How many died.
    pub killed: u32,
    /// How many were hurt and lived.
    pub injured: u32,
}

/// Reads tolls.
#[derive(Debug, Clone)]
pub struct Tolls {}

impl Tolls {
    /// For English.
    pub fn english() -> Self {
        Self {}
    }

    /// The toll of a document whose layers are made.
    pub fn toll(&self, _doc: &Document) -> Toll {
        Toll::default()
    }
}
