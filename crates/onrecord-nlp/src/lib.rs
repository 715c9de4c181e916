//! Runs spaCy pipelines in pure Rust.

mod analysis;
mod error;
mod pipeline;

pub use analysis::{Analysis, EntityTag, Token};
pub use error::Error;
pub use pipeline::Pipeline;

/// A result with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;
