//! Token vectors: hashed features of each word, then windows over their neighbours.

use super::maxout::MaxoutNorm;
use super::simd::Isa;
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
    weights: super::simd::Packed,
    width: usize,
}

/// A `Tok2Vec` of MultiHashEmbed and MaxoutWindowEncoder.
#[derive(Debug)]
pub(crate) struct Tok2Vec {
    tables: Vec<HashTable>,
    projection: Option<Projection>,
    mix: MaxoutNorm,
    layers: Vec<MaxoutNorm>,
    window: usize,
    width: usize,
}

/// The vectors of words before windows, kept by word and by whether a space follows.
#[derive(Debug, Default)]
pub(crate) struct Embeddings {
    known: Vec<bool>,
    vectors: Vec<f32>,
    missing: Vec<usize>,
    inputs: Vec<f32>,
    scratch: Vec<f32>,
    layers: [Vec<f32>; 2],
}

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
        let tok2vec = Tok2Vec { tables, projection, width: mix.width(), mix, layers, window };
        tok2vec.check()?;
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
            let last = pieces.len().min(first + BLOCK);
            self.run_block(isa, pieces, first..last, lexicon, vocab, memory);
            let margin = self.margin() * self.width;
            let [vectors, _] = &memory.layers;
            take(first, &vectors[margin + self.window * self.width..][..(last - first) * self.width]);
        }
    }

    /// Tokens on each side that a token's vector depends on.
    fn margin(&self) -> usize {
        self.window * self.layers.len()
    }

    /// Leaves the vectors of some tokens in `memory.layers[0]`, after `margin + window` rows.
    fn run_block(
        &self,
        isa: Isa,
        pieces: &[Piece],
        block: std::ops::Range<usize>,
        lexicon: &Lexicon,
        vocab: &Vocab,
        memory: &mut Embeddings,
    ) {
        let (margin, width) = (self.margin(), self.width);
        // Beyond the text there are rows of zeros, and beyond those nothing is ever seen.
        let first = block.start as isize - margin as isize;
        let rows = block.len() + 2 * margin;
        let tokens = block.start.saturating_sub(margin)..pieces.len().min(block.end + margin);
        self.embed(isa, &pieces[tokens.clone()], lexicon, vocab, memory);
        let mut layers = std::mem::take(&mut memory.layers);
        for layer in &mut layers {
            layer.clear();
            layer.resize((rows + 2 * self.window) * width, 0.0);
        }
        let [from, to] = &mut layers;
        for i in tokens {
            let row = (i as isize - first) as usize + self.window;
            from[row * width..][..width].copy_from_slice(memory.vector(&pieces[i], width));
        }
        for layer in &self.layers {
            let outer = self.window * width;
            layer.forward(isa, rows, from, width, &mut memory.scratch, |row, out| {
                let at = outer + row * width;
                for ((to, from), out) in to[at..][..width].iter_mut().zip(&from[at..][..width]).zip(out) {
                    *to = from + out;
                }
            });
            std::mem::swap(from, to);
        }
        memory.layers = layers;
    }

    /// Sees to it that the words of these tokens are among the kept ones.
    fn embed(&self, isa: Isa, pieces: &[Piece], lexicon: &Lexicon, vocab: &Vocab, memory: &mut Embeddings) {
        memory.known.resize(2 * lexicon.len(), false);
        memory.vectors.resize(2 * lexicon.len() * self.width, 0.0);
        memory.missing.clear();
        for piece in pieces {
            let slot = slot(piece);
            if !std::mem::replace(&mut memory.known[slot], true) {
                memory.missing.push(slot);
            }
        }
        let depth = self.mix.depth();
        memory.inputs.clear();
        memory.inputs.resize(memory.missing.len() * depth, 0.0);
        for (slot, input) in memory.missing.iter().zip(memory.inputs.chunks_exact_mut(depth)) {
            self.gather(*slot, input, lexicon, vocab, isa);
        }
        let (vectors, missing) = (&mut memory.vectors, &memory.missing);
        self.mix.forward(isa, missing.len(), &memory.inputs, depth, &mut memory.scratch, |row, out| {
            vectors[missing[row] * self.width..][..self.width].copy_from_slice(out);
        });
    }

    /// Lays the vectors of a word's features side by side.
    fn gather(&self, slot: usize, input: &mut [f32], lexicon: &Lexicon, vocab: &Vocab, isa: Isa) {
        let word = lexicon.get((slot / 2) as u32);
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
    /// Forgets the vectors of all words.
    pub(crate) fn clear(&mut self) {
        self.known.clear();
        self.vectors.clear();
    }

    fn vector(&self, piece: &Piece, width: usize) -> &[f32] {
        &self.vectors[slot(piece) * width..][..width]
    }
}

/// Where the vector of a token's word is kept.
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
        Ok(Projection {
            weights: super::simd::Packed::new(depth, width, |k, c| array.data[c * depth + k]),
            width,
        })
    }

    fn project(&self, isa: Isa, vector: &[f32], out: &mut [f32]) {
        let mut product = vec![0.0; self.weights.columns()];
        isa.multiply(1, vector, vector.len(), &self.weights, &mut product);
        out[..self.width].copy_from_slice(&product[..self.width]);
    }
}
