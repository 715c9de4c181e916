//! Reads a news report into layers of records, each pointing at its words.
//!
//! Three nouns carry the crate. A [`Document`] is a text that never changes, with layers that stand off from it. A
//! [`Layer`] is a kind of record with its columns: the one place from which tables, JSON and documentation are made.
//! A [`Stage`] reads a document's earlier layers and returns one new layer; [`Pipeline`] runs them all in order.
//!
//! The crate is pure: no files, network, clock, threads or globals. The model comes in as bytes that a caller has
//! loaded, and "now" is the publication date in [`Meta`].
//!
//! # The two grammars alone
//!
//! Times and figures can be read in any text without a model, a document or a store:
//! [`TimeReader`](stages::times::TimeReader) and [`FigureReader`](stages::figures::FigureReader) need the words only. The
//! stages of the same name add what a parse tells: which verb a time hangs on, what a figure counts, what happened to it.
//!
//! ```
//! use onrecord_core::stages::figures::FigureReader;
//! use onrecord_core::stages::times::TimeReader;
//!
//! let text = "At least 14 people were killed on Wednesday; 20 km of road have been closed since last October.";
//! let published = "2026-03-05".parse()?;
//!
//! let times = TimeReader::english().read(text, Some(published));
//! let resolved: Vec<_> = times.iter().map(|time| (&text[time.span], time.value.as_str())).collect();
//! assert_eq!(resolved, [("Wednesday", "2026-03-04"), ("last October", "2025-10")]);
//! // "since" leaves the end open, and the row says what it was counted from.
//! assert_eq!((times[1].begin.as_deref(), times[1].end.as_deref()), (Some("2025-10-01"), None));
//! assert_eq!(times[0].by.evidence[0].value.as_deref(), Some("2026-03-05 (publication)"));
//!
//! let figures = FigureReader::english().read(text);
//! let read: Vec<_> = figures.iter().map(|figure| (&text[figure.span], figure.bound.name())).collect();
//! assert_eq!(read, [("At least 14", "at least"), ("20 km", "exactly")]);
//! assert_eq!(figures[1].si.map(|si| (si.low.to_string(), si.unit)), Some(("20000".to_owned(), "m")));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod document;
mod entry;
mod identity;
mod layer;
mod names;
pub mod numbers;
mod pipeline;
mod span;
mod stage;
pub mod stages;

pub use document::{Document, Meta};
pub use entry::{LayerInfo, Record};
pub use identity::{document_hash, row_id};
pub use jiff::civil::Date;
pub use layer::{By, Column, Evidence, Layer, Type, Value};
pub use names::{Names, without_possessive};
pub use onrecord_nlp as nlp;
pub use pipeline::{Pipeline, layers};
pub use span::{Id, Span};
pub use stage::{Data, Left, Stage};
