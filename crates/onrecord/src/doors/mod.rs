//! How records leave: as JSON and CSV, with offsets as others count them.
//!
//! The shapes are made from the columns of the layers, as the tables are, so that a name means the same everywhere.

mod csv;
mod json;
mod points;

pub use csv::{csv_line, csv_value};
pub use json::{answer, derivation, passage, report, row};
pub use points::{Place, Points};
