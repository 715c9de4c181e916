//! The words and chunks that one thread has met, so that each is analysed once.
//!
//! What is kept here is a function of the text alone: results never depend on it.

use std::collections::HashMap;

use smol_str::SmolStr;

use crate::hashing::FastHash;
use crate::regex::Backtrack;
use crate::vocab::{Vocab, Word};

/// Words kept from one text to the next. At 20,000 the caches of the default model take some 40 MB, and nineteen of
/// twenty tokens of news are among them.
const MAX_WORDS: usize = 20_000;

/// Longer chunks are not worth keeping: they do not come again.
const MAX_CHUNK: usize = 64;

/// The parts of a chunk that was met before.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chunk {
    first: u32,
    count: u32,
    pub(crate) may_begin_special: bool,
}

/// The words and chunks met so far.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    pub(crate) memory: Backtrack,
    words: Vec<Word>,
    by_text: HashMap<SmolStr, u32, FastHash>,
    with_norm: HashMap<(SmolStr, SmolStr), u32, FastHash>,
    chunks: HashMap<SmolStr, Chunk, FastHash>,
    /// Length and word of each part of each chunk.
    parts: Vec<(u32, u32)>,
}

impl Lexicon {
    /// Forgets everything if there is too much of it; says whether it did.
    pub(crate) fn trim(&mut self) -> bool {
        let too_much = self.words.len() > MAX_WORDS || self.parts.len() > 4 * MAX_WORDS;
        if too_much {
            self.words.clear();
            self.by_text.clear();
            self.with_norm.clear();
            self.chunks.clear();
            self.parts.clear();
        }
        too_much
    }

    pub(crate) fn get(&self, word: u32) -> &Word {
        &self.words[word as usize]
    }

    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    pub(crate) fn chunk(&self, chunk: &str) -> Option<Chunk> {
        self.chunks.get(chunk).copied()
    }

    pub(crate) fn parts(&self, chunk: Chunk) -> &[(u32, u32)] {
        &self.parts[chunk.first as usize..][..chunk.count as usize]
    }

    /// Keeps the parts of a chunk.
    pub(crate) fn add_chunk<'a>(
        &mut self,
        text: &str,
        parts: impl Iterator<Item = (&'a str, Option<&'a str>)>,
        vocab: &Vocab,
        may_begin: impl Fn(&str) -> bool,
    ) -> Chunk {
        let first = self.parts.len();
        let mut may_begin_special = false;
        for (part, norm) in parts {
            may_begin_special |= may_begin(part);
            let word = self.word(part, norm, vocab);
            self.parts.push((part.len() as u32, word));
        }
        let chunk =
            Chunk { first: first as u32, count: (self.parts.len() - first) as u32, may_begin_special };
        if text.len() <= MAX_CHUNK {
            self.chunks.insert(text.into(), chunk);
        }
        chunk
    }

    /// The number of a word, with the normal form that an exception gives it, if any.
    pub(crate) fn word(&mut self, text: &str, norm: Option<&str>, vocab: &Vocab) -> u32 {
        let known = match norm {
            None => self.by_text.get(text).copied(),
            Some(norm) => self.with_norm.get(&(text.into(), norm.into())).copied(),
        };
        if let Some(word) = known {
            return word;
        }
        let number = self.words.len() as u32;
        self.words.push(vocab.word(text, norm));
        match norm {
            None => self.by_text.insert(text.into(), number),
            Some(norm) => self.with_norm.insert((text.into(), norm.into()), number),
        };
        number
    }
}
