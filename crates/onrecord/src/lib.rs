//! The Onrecord engine: everything that touches the world except a screen or a socket.
//!
//! An [`Engine`] reads reports with the embedded model. A [`Store`](store::Store) keeps them with their records in one
//! SQLite file, and answers the [`questions`]. Everything that leaves is a [`Row`](record::Row): the words, where they
//! stand, and the rule that made the record; [`doors`] turns rows into JSON and CSV.

#![cfg_attr(
    not(feature = "fetch"),
    expect(dead_code, reason = "what serves the web alone stays in its place")
)]

pub mod doors;
mod engine;
mod error;
pub mod examples;
pub mod fetch;
pub mod ingest;
pub mod page;
pub mod questions;
pub mod record;
pub mod report;
pub mod rules;
pub mod store;
pub mod table;
#[cfg(test)]
mod testing;
mod verify;
mod voices;

pub use engine::Engine;
pub use error::{Error, ErrorKind};
pub use onrecord_core as core;
pub use verify::verify;

/// A result with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;
