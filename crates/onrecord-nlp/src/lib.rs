#![doc = include_str!("../README.md")]

mod analysis;
mod chunks;
mod components;
mod config;
mod draft;
mod error;
mod files;
mod hashing;
mod lemma;
mod lexicon;
mod model;
mod msgpack;
mod nn;
mod parse;
mod pipeline;
mod regex;
mod ruler;
mod strings;
#[cfg(test)]
mod tests;
mod tokenizer;
mod unicode;
mod vectors;
mod vocab;

pub use analysis::{Analysis, EntityTag, Margins, Span, Token};
pub use error::Error;
pub use pipeline::Pipeline;

/// A result with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;
