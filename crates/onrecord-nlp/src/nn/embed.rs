//! The vector of a word before it is seen in its text: hashed features, mixed by a Maxout layer.
//!
//! Each feature's part of the mix is computed by itself. A word that comes up for the first time mostly has an
//! ending, a shape and a first letter that others had before it, and their parts are kept.

use std::collections::HashMap;

use super::maxout::{self, MaxoutNorm};
use super::simd::{Isa, Packed, add};
use crate::hashing::{FastHash, embedding_hashes};
use crate::lexicon::Lexicon;
use crate::model::{Layer, Layers};
use crate::vocab::{Feature, Vocab, Word};
use crate::{Error, Result};

/// A table of vectors; a feature's vector is the sum of the four rows that its hashes pick.
#[derive(Debug)]
struct HashTable {
    feature: Feature,
    seed: u32,
    rows: usize,
    vectors: Vec<f32>,
    /// The weights by which the mix multiplies this feature.
    weights: Packed,
}

/// A learned projection of static vectors.
#[derive(Debug)]
struct Projection {
    projection: Packed,
    /// The weights by which the mix multiplies what is projected.
    weights: Packed,
}

/// Makes the vectors of words.
#[derive(Debug)]
pub(super) struct Embedder {
    tables: Vec<HashTable>,
    projection: Option<Projection>,
    mix: MaxoutNorm,
}

/// The products of features that words share, and space to work in.
#[derive(Debug, Default)]
pub(super) struct EmbedMemory {
    kept: Vec<Kept>,
    inputs: Vec<f32>,
    products: Vec<f32>,
    sums: Vec<f32>,
}

/// The products of one feature's values.
#[derive(Debug, Default)]
struct Kept {
    rows: HashMap<u64, usize, FastHash>,
    products: Vec<f32>,
}

/// Values of a feature that are kept; then all are dropped. At 4,000 the default model's endings take 9 MB.
const MAX_KEPT: usize = 4_000;

impl Embedder {
    pub(super) fn new(model: &Layers, columns: &[Feature], mix: MaxoutNorm, vocab: &Vocab) -> Result<Self> {
        let mut tables = Vec::new();
        let mut from = 0;
        for layer in model.named("hashembed") {
            let array = layer.array("E")?;
            let [rows, width] = array.dims()?;
            let column = usize::try_from(layer.number("column")?).ok().and_then(|i| columns.get(i));
            let feature = *column.ok_or_else(|| Error::new("a table of a feature that is not there"))?;
            if rows == 0 || width == 0 || from + width > mix.depth() {
                return Err(Error::new("a table of vectors that does not fit"));
            }
            let (seed, vectors) = (layer.number("seed")? as u32, array.data.clone());
            tables.push(HashTable { feature, seed, rows, vectors, weights: mix.part(from, width) });
            from += width;
        }
        let mut projection = None;
        if let Some(layer) = model.named("static_vectors").next() {
            let (projected, width) = read_projection(layer, vocab)?;
            if from + width > mix.depth() {
                return Err(Error::new("static vectors that do not fit"));
            }
            projection = Some(Projection { projection: projected, weights: mix.part(from, width) });
            from += width;
        }
        if tables.is_empty() || from != mix.depth() {
            return Err(Error::new("the layers of a Tok2Vec do not fit each other"));
        }
        Ok(Embedder { tables, projection, mix })
    }

    /// Numbers of a word's vector.
    pub(super) fn width(&self) -> usize {
        self.mix.width()
    }

    /// Whether a word's vector depends on whether a space follows.
    pub(super) fn reads_spaces(&self) -> bool {
        self.tables.iter().any(|table| table.feature == Feature::Spacy)
    }

    /// Adds to `out` the vectors of words, each given by its number and whether a space follows.
    pub(super) fn embed(
        &self,
        isa: Isa,
        words: &[(u32, bool)],
        lexicon: &Lexicon,
        vocab: &Vocab,
        memory: &mut EmbedMemory,
        out: &mut [f32],
    ) {
        let columns = self.mix.columns();
        memory.kept.resize_with(self.tables.len(), Kept::default);
        memory.sums.clear();
        memory.sums.resize(words.len() * columns, 0.0);
        for (table, kept) in self.tables.iter().zip(&mut memory.kept) {
            let ids = words.iter().map(|&(word, space)| lexicon.get(word).feature(table.feature, space));
            if table.is_shared() {
                kept.make(isa, table, ids.clone(), &mut memory.inputs);
                let products = ids.map(|id| &kept.products[kept.rows[&id] * columns..][..columns]);
                for (sums, products) in memory.sums.chunks_exact_mut(columns).zip(products) {
                    add(isa, sums, products);
                }
            } else {
                table.look_up(ids, &mut memory.inputs);
                multiply(isa, &memory.inputs, &table.weights, &mut memory.products);
                add(isa, &mut memory.sums, &memory.products);
            }
        }
        if let Some(projection) = &self.projection {
            let vectors = words.iter().map(|&(word, _)| projection.of(isa, lexicon.get(word), vocab));
            memory.inputs = vectors.flatten().collect();
            multiply(isa, &memory.inputs, &projection.weights, &mut memory.products);
            add(isa, &mut memory.sums, &memory.products);
        }
        maxout::finish(isa, &self.mix, &mut memory.sums, out);
    }
}

fn multiply(isa: Isa, inputs: &[f32], weights: &Packed, products: &mut Vec<f32>) {
    let rows = inputs.len() / weights.depth();
    products.resize(rows * weights.columns(), 0.0);
    isa.multiply(rows, inputs, weights.depth(), weights, products);
}

impl Kept {
    /// Sees to it that the products of these values are there.
    fn make(&mut self, isa: Isa, table: &HashTable, ids: impl Iterator<Item = u64>, inputs: &mut Vec<f32>) {
        if self.rows.len() > MAX_KEPT {
            self.rows.clear();
            self.products.clear();
        }
        let first = self.rows.len();
        let mut new = Vec::new();
        for id in ids {
            let next = self.rows.len();
            if *self.rows.entry(id).or_insert(next) == next {
                new.push(id);
            }
        }
        table.look_up(new.into_iter(), inputs);
        let columns = table.weights.columns();
        self.products.resize(self.rows.len() * columns, 0.0);
        let products = &mut self.products[first * columns..];
        isa.multiply(inputs.len() / table.width(), inputs, table.width(), &table.weights, products);
    }
}

impl HashTable {
    fn width(&self) -> usize {
        self.vectors.len() / self.rows
    }

    /// Whether many words have the same value, so that it is worth keeping.
    fn is_shared(&self) -> bool {
        !matches!(self.feature, Feature::Orth | Feature::Lower | Feature::Norm)
    }

    /// Puts the vectors of these values side by side.
    fn look_up(&self, ids: impl Iterator<Item = u64>, out: &mut Vec<f32>) {
        out.clear();
        for id in ids {
            let start = out.len();
            out.resize(start + self.width(), 0.0);
            for hash in embedding_hashes(id, self.seed) {
                let row = &self.vectors[hash as usize % self.rows * self.width()..][..self.width()];
                out[start..].iter_mut().zip(row).for_each(|(x, y)| *x += y);
            }
        }
    }
}

fn read_projection(layer: &Layer, vocab: &Vocab) -> Result<(Packed, usize)> {
    let array = layer.array("W")?;
    let [width, depth] = array.dims()?;
    if vocab.vectors.as_ref().is_none_or(|vectors| vectors.width() != depth) || width * depth == 0 {
        return Err(Error::new("the model reads static vectors that the pipeline does not have"));
    }
    Ok((Packed::new(depth, width, |k, c| array.data[c * depth + k]), width))
}

impl Projection {
    /// What is projected of a word's static vector; zeros if it has none.
    fn of(&self, isa: Isa, word: &Word, vocab: &Vocab) -> Vec<f32> {
        let mut out = vec![0.0; self.projection.columns()];
        let vectors = vocab.vectors.as_ref();
        if let Some(vector) = vectors.and_then(|vectors| vectors.of(word.feature(Feature::Orth, false))) {
            isa.multiply(1, vector, vector.len(), &self.projection, &mut out);
        }
        out.truncate(self.weights.depth());
        out
    }
}
