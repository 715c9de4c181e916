//! How records leave: as JSON, CSV and Parquet, with offsets as others count them.
//!
//! The shapes are made from the columns of the layers, as the tables are, so that a name means the same everywhere.

mod csv;
mod json;
#[cfg(feature = "parquet")]
mod parquet;
mod points;

pub use csv::{csv_line, csv_value};
pub use json::{answer, derivation, passage, report, row};
#[cfg(feature = "parquet")]
pub use parquet::ParquetFile;
pub use points::{Place, Points};
