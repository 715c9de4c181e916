//! The neural parts: token vectors, classifiers over them, and the state scorer of parser and entity recogniser.

mod classify;
mod embed;
mod maxout;
mod simd;
mod states;
mod tok2vec;

pub(crate) use classify::Classifier;
pub(crate) use simd::Isa;
pub(crate) use states::{StateModel, StateScorer};
pub(crate) use tok2vec::{Embeddings, Tok2Vec};
