//! Token vectors: hashed features of each word, then windows over their neighbours.

use std::ops::Range;

use super::embed::{EmbedMemory, Embedder};
use super::maxout::MaxoutNorm;
use super::simd::{Isa, Packed, for_each_processor};
use crate::lexicon::Lexicon;
use crate::model::Layers;
use crate::tokenizer::Piece;
use crate::vocab::{Feature, Vocab};
use crate::{Error, Result};

/// A `Tok2Vec` of MultiHashEmbed and MaxoutWindowEncoder.
#[derive(Debug)]
pub(crate) struct Tok2Vec {
    embedder: Embedder,
    layers: Vec<MaxoutNorm>,
    /// The weights of the first layer, for one token at a time.
    by_neighbour: Option<Packed>,
    window: usize,
    width: usize,
}

/// What is kept of each word (with and without a space after it, where that is read): its vector before the windows, and what it adds to
/// the first window layer's products at the tokens around it.
///
/// Both depend on the word alone, so the first layer takes additions where a text has words that were met before.
#[derive(Debug, Default)]
pub(crate) struct Embeddings {
    /// The entry of each word and space, plus one; 0 for none.
    entries: Vec<u32>,
    count: usize,
    vectors: Vec<f32>,
    products: Vec<f32>,
    embedder: EmbedMemory,
    new: Vec<(u32, bool)>,
    sums: Vec<f32>,
    block: [Vec<f32>; 2],
    layers: [Vec<f32>; 2],
}

/// Entries that are kept; more are made for a text with more words, and all are dropped after. At 8,000 the default
/// model's two sets of token vectors take 61 MB.
const MAX_ENTRIES: usize = 8_000;

/// Tokens that are run through the windows at once: their vectors fit into a processor's second cache.
const BLOCK: usize = 512;

impl Tok2Vec {
    /// Builds the vectors of a model whose feature columns are these.
    pub(crate) fn new(model: &Layers, columns: &[Feature], vocab: &Vocab) -> Result<Self> {
        let pairs = model.named("maxout").zip(model.named("layernorm"));
        let mut layers =
            pairs.map(|(maxout, norm)| MaxoutNorm::new(maxout, norm)).collect::<Result<Vec<_>>>()?;
        if layers.is_empty() {
            return Err(Error::new("a Tok2Vec without layers"));
        }
        let embedder = Embedder::new(model, columns, layers.remove(0), vocab)?;
        let window =
            model.named("expand_window").next().map_or(Ok(1), |layer| layer.number("window_size"))?;
        let window = usize::try_from(window).ok().filter(|window| (1..=8).contains(window));
        let window = window.ok_or_else(|| Error::new("a window of a size that is not supported"))?;
        let width = embedder.width();
        let fits = |layer: &MaxoutNorm| layer.depth() == (2 * window + 1) * width && layer.width() == width;
        if !layers.iter().all(fits) {
            return Err(Error::new("the layers of a Tok2Vec do not fit each other"));
        }
        layers.iter_mut().skip(1).for_each(MaxoutNorm::pair_windows);
        let by_neighbour = layers.first().map(MaxoutNorm::by_neighbour);
        Ok(Tok2Vec { embedder, layers, by_neighbour, window, width })
    }

    /// Numbers of a token's vector.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Makes the vectors of all tokens, some at a time: `take` gets the first token's number and the vectors.
    pub(crate) fn run(
        &self,
        isa: Isa,
        pieces: &[Piece],
        lexicon: &Lexicon,
        vocab: &Vocab,
        memory: &mut Embeddings,
        mut take: impl FnMut(usize, &[f32]),
    ) {
        for first in (0..pieces.len()).step_by(BLOCK) {
            let block = first..pieces.len().min(first + BLOCK);
            let len = block.len();
            self.run_block(isa, pieces, block, lexicon, vocab, memory);
            take(first, &memory.layers[0][..len * self.width]);
        }
    }

    /// Leaves the vectors of some tokens in `memory.layers[0]`.
    ///
    /// A layer needs `window` rows more on each side than the next. Beyond the text there are rows of zeros, which
    /// the layers fill; farther away than the layers reach, nothing is ever seen.
    fn run_block(
        &self,
        isa: Isa,
        pieces: &[Piece],
        block: Range<usize>,
        lexicon: &Lexicon,
        vocab: &Vocab,
        memory: &mut Embeddings,
    ) {
        let margin = self.window * self.layers.len();
        let tokens = block.start.saturating_sub(margin)..pieces.len().min(block.end + margin);
        self.embed(isa, &pieces[tokens.clone()], lexicon, vocab, memory);
        let mut layers = std::mem::take(&mut memory.layers);
        // The entry of the token in each row of the block and its margins.
        let first = block.start as isize - margin as isize;
        let rows = (first..first + (block.len() + 2 * margin) as isize).map(|token| {
            let token = usize::try_from(token).ok().filter(|token| tokens.contains(token))?;
            Some(memory.entries[self.slot(&pieces[token])] as usize - 1)
        });
        let rows: Vec<Option<usize>> = rows.collect();
        self.first_layer(isa, &rows, memory, &mut layers[0]);
        let mut count = rows.len() - 2 * self.window.min(margin);
        for layer in self.layers.iter().skip(1) {
            let [from, to] = &mut layers;
            count -= 2 * self.window;
            let skipped = self.window * self.width;
            to.clear();
            to.extend_from_slice(&from[skipped..][..count * self.width]);
            layer.forward(isa, from, &mut memory.block, to);
            layers.swap(0, 1);
        }
        memory.layers = layers;
    }

    /// Runs the first window layer by adding up what each word adds to its neighbours.
    fn first_layer(&self, isa: Isa, rows: &[Option<usize>], memory: &mut Embeddings, to: &mut Vec<f32>) {
        let (width, window) = (self.width, self.window);
        let Some(layer) = self.layers.first() else {
            to.resize(rows.len() * width, 0.0);
            for (row, to) in rows.iter().zip(to.chunks_exact_mut(width)) {
                memory.copy_vector(*row, to);
            }
            return;
        };
        to.clear();
        to.resize((rows.len() - 2 * window) * width, 0.0);
        let mut sums = std::mem::take(&mut memory.sums);
        sums.resize(layer.columns(), 0.0);
        add_neighbours(isa, layer, memory, rows, &mut sums, to);
        memory.sums = sums;
    }

    /// Sees to it that there are entries for the words of these tokens.
    fn embed(&self, isa: Isa, pieces: &[Piece], lexicon: &Lexicon, vocab: &Vocab, memory: &mut Embeddings) {
        if memory.count + pieces.len() > MAX_ENTRIES {
            memory.clear();
        }
        memory.entries.resize(2 * lexicon.len(), 0);
        let first = memory.count;
        memory.new.clear();
        for piece in pieces {
            let entry = &mut memory.entries[self.slot(piece)];
            if *entry == 0 {
                memory.count += 1;
                *entry = memory.count as u32;
                memory.new.push((piece.word, piece.space_after));
            }
        }
        memory.vectors.resize(memory.count * self.width, 0.0);
        let vectors = &mut memory.vectors[first * self.width..];
        self.embedder.embed(isa, &memory.new, lexicon, vocab, &mut memory.embedder, vectors);
        if let Some(weights) = &self.by_neighbour {
            memory.products.resize(memory.count * weights.columns(), 0.0);
            let products = &mut memory.products[first * weights.columns()..];
            isa.multiply(memory.new.len(), vectors, self.width, weights, products);
        }
    }

    /// The number of a token's word and, where that is read, of the space after it.
    fn slot(&self, piece: &Piece) -> usize {
        2 * piece.word as usize + usize::from(piece.space_after && self.embedder.reads_spaces())
    }
}

for_each_processor! {
    /// Makes the first window layer's output of each row that has its whole window, and adds it to that row's vector.
    fn add_neighbours(
        layer: &MaxoutNorm,
        memory: &Embeddings,
        rows: &[Option<usize>],
        sums: &mut [f32],
        to: &mut [f32],
    ) {
        let (width, neighbours) = (layer.width(), layer.depth() / layer.width());
        for (around, to) in rows.windows(neighbours).zip(to.chunks_exact_mut(width)) {
            sums.fill(0.0);
            for (place, entry) in around.iter().enumerate() {
                let Some(entry) = entry else { continue };
                let products = &memory.products[(entry * neighbours + place) * sums.len()..][..sums.len()];
                sums.iter_mut().zip(products).for_each(|(sum, x)| *sum += x);
            }
            memory.copy_vector(around[neighbours / 2], to);
            layer.finish_row(sums, to);
        }
    }
}

impl Embeddings {
    /// Forgets all words.
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
        self.count = 0;
        self.vectors.clear();
        self.products.clear();
    }

    /// Copies an entry's vector, or zeros if there is none.
    fn copy_vector(&self, entry: Option<usize>, to: &mut [f32]) {
        match entry {
            Some(entry) => to.copy_from_slice(&self.vectors[entry * to.len()..][..to.len()]),
            None => to.fill(0.0),
        }
    }
}
