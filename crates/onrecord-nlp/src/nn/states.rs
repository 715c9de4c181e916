//! Scores the moves of a transition system from the tokens that its state looks at.
//!
//! Each token's vector is multiplied by the weights of every place it can have in a state ("first in the buffer",
//! "top of the stack") before parsing; a state then only adds up as many rows as it has places.

use super::maxout;
use super::simd::{Isa, Packed, add, for_each_processor};
use crate::model::Layers;
use crate::{Error, Result};

/// The model of a parser or entity recogniser above its token vectors.
#[derive(Debug)]
pub(crate) struct StateModel {
    narrow: Packed,
    narrow_bias: Vec<f32>,
    places: Packed,
    nobody: Vec<f32>,
    bias: Vec<f32>,
    upper: Packed,
    upper_bias: Vec<f32>,
    count: usize,
    hidden: usize,
    pieces: usize,
}

impl StateModel {
    /// Builds the model of a system with so many moves, over token vectors of this width.
    pub(crate) fn new(model: &Layers, moves: usize, width: usize) -> Result<Self> {
        let affine = model.one("precomputable_affine")?;
        let weights = affine.array("W")?;
        let [count, hidden, pieces, depth] = weights.dims()?;
        let mut linear = model.named("linear");
        let (Some(upper), Some(narrow)) = (linear.next(), linear.next()) else {
            return Err(Error::new("a transition model without its upper layer is not supported"));
        };
        let (upper_weights, upper_bias) = (upper.array("W")?, upper.array("b")?);
        let (narrow_weights, narrow_bias) = (narrow.array("W")?, narrow.array("b")?);
        let (nobody, bias) = (affine.array("pad")?, affine.array("b")?);
        let fits = upper_weights.dims()? == [moves, hidden]
            && upper_bias.dims()? == [moves]
            && narrow_weights.dims()? == [depth, width]
            && narrow_bias.dims()? == [depth]
            && nobody.data.len() == count * hidden * pieces
            && bias.dims()? == [hidden, pieces]
            && matches!(count, 3 | 8)
            && moves * hidden * pieces * depth > 0;
        if !fits {
            return Err(Error::new("the layers of a transition model do not fit each other"));
        }
        let size = hidden * pieces;
        // A row holds place after place, and in each place piece after piece.
        let at = |k: usize, c: usize| {
            weights.data[((c / size * hidden + c % hidden) * pieces + c % size / hidden) * depth + k]
        };
        let by_piece = |data: &[f32]| {
            (0..data.len()).map(|c| data[c / size * size + c % hidden * pieces + c % size / hidden]).collect()
        };
        Ok(StateModel {
            narrow: Packed::new(width, depth, |k, c| narrow_weights.data[c * width + k]),
            narrow_bias: narrow_bias.data.clone(),
            places: Packed::new(depth, count * size, at),
            nobody: by_piece(&nobody.data),
            bias: by_piece(&bias.data),
            upper: Packed::new(hidden, moves, |k, c| upper_weights.data[c * hidden + k]),
            upper_bias: upper_bias.data.clone(),
            count,
            hidden,
            pieces,
        })
    }

    /// Places that a state looks at.
    pub(crate) fn places(&self) -> usize {
        self.count
    }
}

/// Blocks of tokens whose products are kept.
const KEPT_BLOCKS: usize = 8;

/// Tokens of a block.
const BLOCK: usize = 64;

/// Scores the states of one text.
#[derive(Debug, Default)]
pub(crate) struct StateScorer {
    hidden: Vec<f32>,
    products: Vec<f32>,
    kept: Vec<usize>,
    far: Vec<f32>,
    scratch: Vec<f32>,
    state: Vec<f32>,
    scores: Vec<f32>,
}

impl StateScorer {
    /// Begins a new text.
    pub(crate) fn clear(&mut self) {
        self.hidden.clear();
        self.kept.clear();
    }

    /// Takes the vectors of the next tokens.
    pub(crate) fn add(&mut self, isa: Isa, model: &StateModel, vectors: &[f32]) {
        let columns = model.narrow.columns();
        let rows = vectors.len() / model.narrow.depth();
        self.scratch.resize(rows * columns, 0.0);
        isa.multiply(rows, vectors, model.narrow.depth(), &model.narrow, &mut self.scratch);
        for row in self.scratch.chunks_exact(columns).take(rows) {
            self.hidden.extend(row.iter().zip(&model.narrow_bias).map(|(x, bias)| x + bias));
        }
    }

    /// The score of each move in a state that looks at these tokens; -1 is nobody.
    pub(crate) fn score(&mut self, isa: Isa, model: &StateModel, tokens: &[i32]) -> &[f32] {
        let size = model.hidden * model.pieces;
        self.state.clear();
        self.state.resize(size, 0.0);
        let mut state = std::mem::take(&mut self.state);
        for (place, &token) in tokens.iter().enumerate().take(model.count) {
            let row = match usize::try_from(token) {
                Ok(token) => self.row(isa, model, token),
                Err(_) => &model.nobody,
            };
            let row = &row[place * size..][..size];
            add(isa, &mut state, row);
        }
        greatest(isa, &mut state, &model.bias, model.hidden);
        self.scores.resize(model.upper.columns(), 0.0);
        isa.multiply(1, &state, model.hidden, &model.upper, &mut self.scores);
        self.state = state;
        for (score, bias) in self.scores.iter_mut().zip(&model.upper_bias) {
            *score += bias;
        }
        &self.scores[..model.upper_bias.len()]
    }

    /// The products of a token with the weights of all places.
    fn row(&mut self, isa: Isa, model: &StateModel, token: usize) -> &[f32] {
        let (block, columns) = (token / BLOCK, model.places.columns());
        let slot = block % KEPT_BLOCKS;
        self.kept.resize(KEPT_BLOCKS, usize::MAX);
        if self.kept[slot] != block {
            let is_newer = self.kept[slot] == usize::MAX || self.kept[slot] < block;
            if !is_newer {
                // A token far back, still on the stack: computed again, alone.
                self.far.resize(columns, 0.0);
                self.multiply_far(isa, model, token);
                return &self.far;
            }
            self.fill(isa, model, block, slot);
        }
        &self.products[(slot * BLOCK + token % BLOCK) * columns..][..columns]
    }

    fn multiply_far(&mut self, isa: Isa, model: &StateModel, token: usize) {
        let depth = model.places.depth();
        isa.multiply(1, &self.hidden[token * depth..], depth, &model.places, &mut self.far);
    }

    fn fill(&mut self, isa: Isa, model: &StateModel, block: usize, slot: usize) {
        let (depth, columns) = (model.places.depth(), model.places.columns());
        self.products.resize(KEPT_BLOCKS * BLOCK * columns, 0.0);
        self.kept[slot] = block;
        let inputs = &self.hidden[block * BLOCK * depth..];
        let rows = BLOCK.min(inputs.len() / depth);
        let out = &mut self.products[slot * BLOCK * columns..][..BLOCK * columns];
        isa.multiply(rows, inputs, depth, &model.places, out);
    }
}

for_each_processor! {
    /// As [`maxout::greatest`].
    fn greatest(state: &mut [f32], bias: &[f32], hidden: usize) {
        maxout::greatest(state, bias, hidden);
    }
}
