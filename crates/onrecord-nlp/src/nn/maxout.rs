//! Maxout followed by layer normalisation: the one kind of hidden layer that spaCy's token vectors have.

use super::simd::{Isa, Packed, Pairs, balanced, for_each_processor};
use crate::model::Layer;
use crate::{Error, Result};

/// Added to the variance before its root is taken, as thinc does.
const EPSILON: f32 = 1e-8;

/// Numbers that are summed side by side, whatever the processor.
const LANES: usize = 16;

/// A Maxout layer and the layer normalisation after it.
#[derive(Debug)]
pub(crate) struct MaxoutNorm {
    weights: Packed,
    bias: Vec<f32>,
    gain: Vec<f32>,
    shift: Vec<f32>,
    width: usize,
    /// The same weights for two windows at a time, where rows that go in are windows over three tokens.
    pairs: Option<Pairs>,
}

impl MaxoutNorm {
    pub(crate) fn new(maxout: &Layer, norm: &Layer) -> Result<Self> {
        let weights = maxout.array("W")?;
        let [width, pieces, depth] = weights.dims()?;
        let bias = maxout.array("b")?;
        let (gain, shift) = (norm.array("G")?, norm.array("b")?);
        if bias.dims()? != [width, pieces] || gain.dims()? != [width] || shift.dims()? != [width] {
            return Err(Error::new("a Maxout layer and its normalisation differ in size"));
        }
        if depth * pieces * width == 0 {
            return Err(Error::new("an empty Maxout layer"));
        }
        // Columns go piece by piece, so that the greatest is taken of whole vectors.
        let at =
            |k: usize, column: usize| weights.data[(column % width * pieces + column / width) * depth + k];
        let bias = (0..width * pieces).map(|c| bias.data[c % width * pieces + c / width]).collect();
        Ok(MaxoutNorm {
            weights: Packed::new(depth, width * pieces, at),
            bias,
            gain: gain.data.clone(),
            shift: shift.data.clone(),
            width,
            pairs: None,
        })
    }

    /// Prepares a layer whose input is a window, so that two windows over three tokens are multiplied at a time.
    pub(crate) fn pair_windows(&mut self) {
        if self.depth() == 3 * self.width {
            let at = |place, k, column| self.weights.at(place * self.width + k, column);
            self.pairs = Some(Pairs::new(self.width, self.columns(), at));
        }
    }

    /// Numbers that go in for a row.
    pub(crate) fn depth(&self) -> usize {
        self.weights.depth()
    }

    /// Numbers that come out for a row.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Columns of the products that [`MaxoutNorm::finish`] takes.
    pub(crate) fn columns(&self) -> usize {
        self.weights.columns()
    }

    /// The weights of some of the inputs.
    pub(crate) fn part(&self, first: usize, count: usize) -> Packed {
        Packed::new(count, self.columns(), |k, c| self.weights.at(first + k, c))
    }

    /// The weights of each `width` inputs in a matrix of their own, side by side: for an input that is a window over
    /// tokens, what one token adds to the products of the tokens around it.
    pub(crate) fn by_neighbour(&self) -> Packed {
        let columns = self.columns();
        let neighbours = self.depth() / self.width;
        Packed::new(self.width, neighbours * columns, |k, c| {
            self.weights.at(c / columns * self.width + k, c % columns)
        })
    }

    /// Runs the layer on the windows that begin at each row, and adds what comes out to the rows of `to`.
    pub(crate) fn forward(&self, isa: Isa, rows: &[f32], memory: &mut [Vec<f32>; 2], to: &mut [f32]) {
        // A block of windows: the weights are fetched anew for each, and its products must stay near.
        const BLOCK: usize = 96;
        let [products, mixed] = memory;
        let columns = self.columns();
        let count = to.len() / self.width;
        let mut first = 0;
        while first < count {
            let taken = (2 * balanced((count - first).div_ceil(2), BLOCK / 2)).min(count - first);
            let rows = &rows[first * self.width..];
            if let Some(pairs) = &self.pairs {
                pairs.multiply(isa, &rows[..(taken + 2) * self.width], mixed, products);
            } else {
                products.resize(taken * columns, 0.0);
                isa.multiply(taken, rows, self.width, &self.weights, products);
            }
            let to = &mut to[first * self.width..][..taken * self.width];
            finish(isa, self, &mut products[..taken * columns], to);
            first += taken;
        }
    }

    /// Adds the output that a row of products makes; the products are used up.
    #[inline(always)]
    pub(crate) fn finish_row(&self, products: &mut [f32], to: &mut [f32]) {
        greatest(products, &self.bias, self.width);
        let row = &mut products[..self.width];
        self.normalise(row);
        to.iter_mut().zip(row).for_each(|(to, x)| *to += *x);
    }

    #[inline(always)]
    fn normalise(&self, row: &mut [f32]) {
        let width = self.width as f32;
        let mean = sum(row, |x| x) / width;
        let variance = sum(row, |x| (x - mean) * (x - mean)) / width + EPSILON;
        let scale = 1.0 / variance.sqrt();
        for ((x, gain), shift) in row.iter_mut().zip(&self.gain).zip(&self.shift) {
            *x = (*x - mean) * scale * gain + shift;
        }
    }
}

/// Puts the greatest of each unit's pieces, with their biases, into the first of them; of equals the first.
#[inline(always)]
pub(crate) fn greatest(products: &mut [f32], bias: &[f32], width: usize) {
    let (first, others) = products.split_at_mut(width);
    let (first_bias, biases) = bias.split_at(width);
    first.iter_mut().zip(first_bias).for_each(|(x, bias)| *x += bias);
    for (piece, bias) in others.chunks_exact(width).zip(biases.chunks_exact(width)) {
        for ((best, x), bias) in first.iter_mut().zip(piece).zip(bias) {
            let x = x + bias;
            *best = if x > *best { x } else { *best };
        }
    }
}

for_each_processor! {
    /// Adds the outputs that rows of products make; the products are used up.
    pub(crate) fn finish(layer: &MaxoutNorm, products: &mut [f32], to: &mut [f32]) {
        for (products, to) in products.chunks_exact_mut(layer.columns()).zip(to.chunks_exact_mut(layer.width)) {
            layer.finish_row(products, to);
        }
    }
}

/// Sums numbers in lanes, and the lanes in order.
#[inline(always)]
fn sum(numbers: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let (groups, rest) = numbers.as_chunks::<LANES>();
    let mut lanes = [0.0; LANES];
    for group in groups {
        for (lane, x) in lanes.iter_mut().zip(group) {
            *lane += of(*x);
        }
    }
    for (lane, x) in lanes.iter_mut().zip(rest) {
        *lane += of(*x);
    }
    lanes.iter().sum()
}
