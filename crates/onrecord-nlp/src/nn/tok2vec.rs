//! Token vectors: hashed features of each word, then windows over their neighbours.

use std::ops::Range;

use super::maxout::MaxoutNorm;
use super::simd::{Isa, Packed};
use crate::hashing::embedding_hashes;
use crate::lexicon::Lexicon;
use crate::model::Layers;
use crate::tokenizer::Piece;
use crate::vocab::{Feature, Vocab};
use crate::{Error, Result};

/// A table of vectors; a feature's vector is the sum of the four rows that its hashes pick.
#[derive(Debug)]
struct HashTable {
    feature: Feature,
    seed: u32,
    rows: usize,
    vectors: Vec<f32>,
}

/// A learned projection of static vectors.
#[derive(Debug)]
struct Projection {
    weights: Packed,
    width: usize,
}

/// A `Tok2Vec` of MultiHashEmbed and MaxoutWindowEncoder.
#[derive(Debug)]
pub(crate) struct Tok2Vec {
    tables: Vec<HashTable>,
    projection: Option<Projection>,
    mix: MaxoutNorm,
    layers: Vec<MaxoutNorm>,
    /// The weights of the first layer, for one token at a time.
    by_neighbour: Option<Packed>,
    window: usize,
    width: usize,
}

/// What is kept of each word, with and without a space after it: its vector before the windows, and what it adds to
/// the first window layer's products at the tokens around it.
///
/// Both depend on the word alone, so the first layer takes additions where a text has words that were met before.
#[derive(Debug, Default)]
pub(crate) struct Embeddings {
    /// The entry of each word and space, plus one; 0 for none.
    entries: Vec<u32>,
    /// The word and space of each entry.
    slots: Vec<u32>,
    vectors: Vec<f32>,
    products: Vec<f32>,
    inputs: Vec<f32>,
    scratch: Vec<f32>,
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
        let mut tables = Vec::new();
        for layer in model.named("hashembed") {
            let array = layer.array("E")?;
            let [rows, width] = array.dims()?;
            let column = usize::try_from(layer.number("column")?).ok().and_then(|i| columns.get(i));
            let feature = *column.ok_or_else(|| Error::new("a table of a feature that is not there"))?;
            if rows == 0 || width == 0 {
                return Err(Error::new("an empty table of vectors"));
            }
            tables.push(HashTable {
                feature,
                seed: layer.number("seed")? as u32,
                rows,
                vectors: array.data.clone(),
            });
        }
        let projection =
            model.named("static_vectors").next().map(|layer| Projection::new(layer, vocab)).transpose()?;
        let pairs = model.named("maxout").zip(model.named("layernorm"));
        let mut layers =
            pairs.map(|(maxout, norm)| MaxoutNorm::new(maxout, norm)).collect::<Result<Vec<_>>>()?;
        if layers.is_empty() || tables.is_empty() {
            return Err(Error::new("a Tok2Vec without tables or layers"));
        }
        let mix = layers.remove(0);
        let window =
            model.named("expand_window").next().map_or(Ok(1), |layer| layer.number("window_size"))?;
        let window = usize::try_from(window).ok().filter(|window| (1..=8).contains(window));
        let window = window.ok_or_else(|| Error::new("a window of a size that is not supported"))?;
        let mut tok2vec =
            Tok2Vec { tables, projection, width: mix.width(), mix, layers, by_neighbour: None, window };
        tok2vec.check()?;
        tok2vec.by_neighbour = tok2vec.layers.first().map(MaxoutNorm::by_neighbour);
        Ok(tok2vec)
    }

    fn check(&self) -> Result<()> {
        let inputs: usize = self.tables.iter().map(HashTable::width).sum();
        let inputs = inputs + self.projection.as_ref().map_or(0, |p| p.width);
        let in_window = (2 * self.window + 1) * self.width;
        let fits = |layer: &MaxoutNorm| layer.depth() == in_window && layer.width() == self.width;
        if self.mix.depth() == inputs && self.layers.iter().all(fits) {
            return Ok(());
        }
        Err(Error::new("the layers of a Tok2Vec do not fit each other"))
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
            Some(memory.entry(&pieces[token]))
        });
        let rows: Vec<Option<usize>> = rows.collect();
        self.first_layer(isa, &rows, memory, &mut layers[0]);
        let mut count = rows.len() - 2 * self.window.min(margin);
        for layer in self.layers.iter().skip(1) {
            let [from, to] = &mut layers;
            count -= 2 * self.window;
            to.resize(count * self.width, 0.0);
            let skipped = self.window * self.width;
            layer.forward(isa, count, from, self.width, &mut memory.scratch, |row, out| {
                let at = row * self.width;
                for ((to, from), out) in to[at..].iter_mut().zip(&from[skipped + at..][..self.width]).zip(out)
                {
                    *to = from + out;
                }
            });
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
        let columns = layer.columns();
        to.resize((rows.len() - 2 * window) * width, 0.0);
        memory.scratch.resize(columns + width, 0.0);
        let mut scratch = std::mem::take(&mut memory.scratch);
        let (sums, out) = scratch.split_at_mut(columns);
        isa.run(|| {
            for (around, to) in rows.windows(2 * window + 1).zip(to.chunks_exact_mut(width)) {
                sums.fill(0.0);
                for (place, entry) in around.iter().enumerate() {
                    let Some(entry) = entry else { continue };
                    let products = &memory.products[(entry * around.len() + place) * columns..][..columns];
                    sums.iter_mut().zip(products).for_each(|(sum, x)| *sum += x);
                }
                layer.finish(sums, out);
                memory.copy_vector(around[window], to);
                to.iter_mut().zip(out.iter()).for_each(|(to, x)| *to += x);
            }
        });
        memory.scratch = scratch;
    }

    /// Sees to it that there are entries for the words of these tokens.
    fn embed(&self, isa: Isa, pieces: &[Piece], lexicon: &Lexicon, vocab: &Vocab, memory: &mut Embeddings) {
        if memory.slots.len() + pieces.len() > MAX_ENTRIES {
            memory.clear();
        }
        memory.entries.resize(2 * lexicon.len(), 0);
        let first = memory.slots.len();
        for piece in pieces {
            let slot = slot(piece);
            if memory.entries[slot] == 0 {
                memory.slots.push(slot as u32);
                memory.entries[slot] = memory.slots.len() as u32;
            }
        }
        let count = memory.slots.len() - first;
        let depth = self.mix.depth();
        memory.inputs.clear();
        memory.inputs.resize(count * depth, 0.0);
        for (slot, input) in memory.slots[first..].iter().zip(memory.inputs.chunks_exact_mut(depth)) {
            self.gather(*slot, input, lexicon, vocab, isa);
        }
        let (vectors, width) = (&mut memory.vectors, self.width);
        vectors.resize((first + count) * width, 0.0);
        self.mix.forward(isa, count, &memory.inputs, depth, &mut memory.scratch, |row, out| {
            vectors[(first + row) * width..][..width].copy_from_slice(out);
        });
        if let Some(weights) = &self.by_neighbour {
            memory.products.resize((first + count) * weights.columns(), 0.0);
            let new = &mut memory.products[first * weights.columns()..];
            isa.multiply(count, &memory.vectors[first * width..], width, weights, new);
        }
    }

    /// Lays the vectors of a word's features side by side.
    fn gather(&self, slot: u32, input: &mut [f32], lexicon: &Lexicon, vocab: &Vocab, isa: Isa) {
        let word = lexicon.get(slot / 2);
        let mut rest = input;
        for table in &self.tables {
            let (vector, after) = rest.split_at_mut(table.width());
            table.add(word.feature(table.feature, slot % 2 == 1), vector);
            rest = after;
        }
        if let (Some(projection), Some(vectors)) = (&self.projection, &vocab.vectors)
            && let Some(vector) = vectors.of(word.feature(Feature::Orth, false))
        {
            projection.project(isa, vector, rest);
        }
    }
}

impl Embeddings {
    /// Forgets all words.
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
        self.slots.clear();
        self.vectors.clear();
        self.products.clear();
    }

    /// The entry of a token's word, which was made before.
    fn entry(&self, piece: &Piece) -> usize {
        self.entries[slot(piece)] as usize - 1
    }

    /// Copies an entry's vector, or zeros if there is none.
    fn copy_vector(&self, entry: Option<usize>, to: &mut [f32]) {
        match entry {
            Some(entry) => to.copy_from_slice(&self.vectors[entry * to.len()..][..to.len()]),
            None => to.fill(0.0),
        }
    }
}

/// The number of a token's word and space.
fn slot(piece: &Piece) -> usize {
    2 * piece.word as usize + usize::from(piece.space_after)
}

impl HashTable {
    fn width(&self) -> usize {
        self.vectors.len() / self.rows
    }

    fn add(&self, id: u64, vector: &mut [f32]) {
        for hash in embedding_hashes(id, self.seed) {
            let row = &self.vectors[hash as usize % self.rows * self.width()..];
            for (x, y) in vector.iter_mut().zip(row) {
                *x += y;
            }
        }
    }
}

impl Projection {
    fn new(layer: &crate::model::Layer, vocab: &Vocab) -> Result<Self> {
        let array = layer.array("W")?;
        let [width, depth] = array.dims()?;
        if vocab.vectors.as_ref().is_none_or(|vectors| vectors.width() != depth) {
            return Err(Error::new("the model reads static vectors that the pipeline does not have"));
        }
        Ok(Projection { weights: Packed::new(depth, width, |k, c| array.data[c * depth + k]), width })
    }

    fn project(&self, isa: Isa, vector: &[f32], out: &mut [f32]) {
        let mut product = vec![0.0; self.weights.columns()];
        isa.multiply(1, vector, vector.len(), &self.weights, &mut product);
        out[..self.width].copy_from_slice(&product[..self.width]);
    }
}
