//! Reads a news report into layers of records, each pointing at its words.
//!
//! Three nouns carry the crate. A [`Document`] is a text that never changes, with layers that stand off from it. A
//! [`Layer`] is a kind of record with its columns: the one place from which tables, JSON and documentation are made.
//! A [`Stage`] reads a document's earlier layers and returns one new layer; [`Pipeline`] runs them all in order.
//!
//! The crate is pure: no files, network, clock, threads or globals. The model comes in as bytes that a caller has
//! loaded, and "now" is the publication date in [`Meta`].

mod document;
mod identity;
mod layer;
mod names;
pub mod numbers;
mod pipeline;
mod span;
mod stage;
pub mod stages;

pub use document::{Document, Meta};
pub use identity::{document_hash, row_id};
pub use jiff::civil::Date;
pub use layer::{By, Column, Evidence, Layer, Type, Value};
pub use names::{Names, without_possessive};
pub use onrecord_nlp as nlp;
pub use pipeline::{LayerInfo, Pipeline, Record, layers};
pub use span::{Id, Span};
pub use stage::{Data, Stage};
