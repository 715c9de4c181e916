//! A loaded pipeline.

use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::components::{Component, Head, HeadMemory, Loader, Source};
use crate::config::Config;
use crate::draft::{Boundary, Decisions, Draft, Entity};
use crate::files::Files;
use crate::lemma::LemmaMemory;
use crate::lexicon::Lexicon;
use crate::nn::Isa;
use crate::ruler::RulerMemory;
use crate::strings::Labels;
use crate::tokenizer::Tokenizer;
use crate::vocab::Vocab;
use crate::{Analysis, EntityTag, Margins, Result, Token};

/// A language pipeline, ready to read texts. Shared freely between threads.
pub struct Pipeline {
    isa: Isa,
    vocab: Vocab,
    labels: Labels,
    tokenizer: Tokenizer,
    components: Vec<Component>,
    names: Vec<String>,
    left_out: Vec<String>,
    /// Memory of reads that are over, for those that come.
    idle: Mutex<Vec<Memory>>,
}

/// What one thread needs to read a text, and keeps from one to the next.
#[derive(Debug, Default)]
struct Memory {
    lexicon: Lexicon,
    draft: Draft,
    heads: Vec<HeadMemory>,
    ruler: RulerMemory,
    lemmas: LemmaMemory,
}

/// Memory that grew for a longer text than this is not kept.
const MAX_IDLE_TOKENS: usize = 50_000;

impl Memory {
    /// Forgets words if there are too many, and with them all that is kept by word.
    fn trim(&mut self) {
        if self.lexicon.trim() {
            self.heads.iter_mut().for_each(|head| head.embeddings.clear());
            self.ruler.clear();
            self.lemmas.clear();
        }
    }
}

impl Pipeline {
    /// Loads a pipeline from the directory that spaCy wrote it to, the one with `config.cfg` in it.
    ///
    /// # Errors
    /// When a file is missing or damaged, or the pipeline has a component or an architecture that is not supported;
    /// the message names it.
    pub fn from_dir(path: impl AsRef<Path>) -> Result<Self> {
        Self::load(&Files::in_directory(path.as_ref())).map_err(|e| e.within(path.as_ref().display()))
    }

    /// Opens the project's packed form of a pipeline.
    ///
    /// # Errors
    /// When the bytes are not a packed pipeline of this version, or are damaged.
    pub fn from_packed(bytes: &[u8]) -> Result<Self> {
        Self::load(&Files::packed(bytes)?)
    }

    /// Packs the pipeline in a directory into one file for [`Pipeline::from_packed`]: the same bytes each time.
    ///
    /// # Errors
    /// As [`Pipeline::from_dir`]: what cannot be loaded is not packed.
    pub fn pack(path: impl AsRef<Path>) -> Result<Vec<u8>> {
        let files = Files::in_directory(path.as_ref());
        Self::load(&files).map_err(|e| e.within(path.as_ref().display()))?;
        Ok(files.pack())
    }

    pub(crate) fn load(files: &Files<'_>) -> Result<Self> {
        let config = Config::load(files)?;
        let vocab = Vocab::load(files)?;
        let tokenizer = Tokenizer::load(files, &config)?;
        let mut labels = Labels::new();
        let mut loader = Loader { files, config: &config, vocab: &vocab, labels: &mut labels };
        let loaded = loader.components()?;
        Ok(Pipeline {
            isa: Isa::detect(),
            vocab,
            labels,
            tokenizer,
            components: loaded.components,
            names: loaded.names,
            left_out: loaded.left_out,
            idle: Mutex::default(),
        })
    }

    /// Computes with other instructions than the best that the processor has.
    #[cfg(test)]
    pub(crate) fn use_isa(&mut self, isa: Isa) {
        self.isa = isa;
    }

    /// The components that run, in order, by the names that `config.cfg` gives them.
    pub fn components(&self) -> &[String] {
        &self.names
    }

    /// The components of the pipeline that do not run, because they are of one language and this crate has them not:
    /// rule lemmatizers other than the general, English and French ones. Without one, tokens have no lemma.
    pub fn left_out(&self) -> &[String] {
        &self.left_out
    }

    /// Reads a text. Never fails: strange text gives strange tokens.
    ///
    /// Offsets are 32 bits wide, so a text is read up to its first four gigabytes.
    pub fn read(&self, text: &str) -> Analysis {
        self.with_memory(|memory| {
            self.run(readable(text), memory);
            self.analysis(memory)
        })
    }

    /// Reads a text, and says of each arc and entity by how much it was preferred.
    pub fn read_with_margins(&self, text: &str) -> (Analysis, Margins) {
        self.with_memory(|memory| {
            self.run(readable(text), memory);
            let of = |margin: fn(&Decisions) -> f32| memory.draft.tokens.iter().map(margin).collect();
            let margins =
                Margins { arcs: of(|token| token.arc_margin), entities: of(|token| token.entity_margin) };
            (self.analysis(memory), margins)
        })
    }

    /// Reads many texts on so many threads, and gives the analyses in the order of the texts.
    ///
    /// What is said of a text depends neither on the others nor on the number of threads. For more texts than memory
    /// holds, call [`Pipeline::read`] from as many threads as there are: that is all that this does.
    pub fn pipe<T: AsRef<str> + Sync>(&self, texts: &[T], threads: usize) -> Vec<Analysis> {
        let threads = threads.clamp(1, texts.len().max(1));
        let next = AtomicUsize::new(0);
        let work = || {
            let mut read = Vec::new();
            loop {
                let i = next.fetch_add(1, Ordering::Relaxed);
                let Some(text) = texts.get(i) else { return read };
                read.push((i, self.read(text.as_ref())));
            }
        };
        let mut all: Vec<(usize, Analysis)> = std::thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            let mut read = work();
            for other in others {
                read.extend(other.join().expect("reading does not panic"));
            }
            read
        });
        all.sort_unstable_by_key(|(i, _)| *i);
        all.into_iter().map(|(_, analysis)| analysis).collect()
    }

    /// Cuts a text into tokens and nothing more: their bytes in the text.
    pub fn tokenize(&self, text: &str) -> Vec<Range<usize>> {
        self.with_memory(|memory| {
            let Memory { lexicon, draft, .. } = memory;
            draft.pieces.clear();
            self.tokenizer.tokenize(readable(text), &self.vocab, lexicon, &mut draft.pieces);
            draft.pieces.iter().map(|piece| piece.start as usize..piece.end as usize).collect()
        })
    }

    /// Lends the memory of an earlier read, or new memory, to this one.
    fn with_memory<R>(&self, work: impl FnOnce(&mut Memory) -> R) -> R {
        // A thread that panicked while it held the lock left the list as it was.
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let mut memory = idle().pop().unwrap_or_default();
        let result = work(&mut memory);
        // What a very long text took is given back.
        if memory.draft.pieces.len() <= MAX_IDLE_TOKENS {
            memory.trim();
            idle().push(memory);
        }
        result
    }

    /// Leaves what the components decide about a text in the memory's draft.
    fn run(&self, text: &str, memory: &mut Memory) {
        memory.heads.resize_with(self.components.len(), HeadMemory::default);
        let Memory { lexicon, draft, heads, ruler, lemmas } = memory;
        draft.pieces.clear();
        self.tokenizer.tokenize(text, &self.vocab, lexicon, &mut draft.pieces);
        draft.begin();
        for (i, component) in self.components.iter().enumerate() {
            match component {
                Component::Tok2Vec(_) => self.run_heads(i, lexicon, heads, draft),
                Component::Head(Source::Own(_), _) => self.run_heads(i, lexicon, heads, draft),
                // These ran with the component that their vectors are from; what is left is to decide.
                Component::Head(Source::Shared(_), head) => {
                    head.finish(self.isa, &mut heads[i].scorer, lexicon, draft);
                }
                Component::Ruler(rules) => rules.run(lexicon, ruler, draft),
                Component::Lemmatizer(lemmatizer) => lemmatizer.run(&self.labels, lexicon, lemmas, draft),
            }
        }
    }

    /// Makes the vectors of a component, and hands them to all that read them.
    fn run_heads(&self, i: usize, lexicon: &Lexicon, memories: &mut [HeadMemory], draft: &mut Draft) {
        let (tok2vec, own) = match &self.components[i] {
            Component::Tok2Vec(tok2vec) => (tok2vec, None),
            Component::Head(Source::Own(tok2vec), head) => (tok2vec, Some(head)),
            _ => return,
        };
        let listeners: Vec<(usize, &Head)> = match own {
            Some(head) => vec![(i, head)],
            None => self
                .components
                .iter()
                .enumerate()
                .filter_map(|(j, other)| listener(other, i).map(|h| (j, h)))
                .collect(),
        };
        for (j, head) in &listeners {
            head.begin(&mut memories[*j].scorer);
        }
        let pieces = std::mem::take(&mut draft.pieces);
        let mut embeddings = std::mem::take(&mut memories[i].embeddings);
        tok2vec.run(self.isa, &pieces, lexicon, &self.vocab, &mut embeddings, |first, vectors| {
            for (j, head) in &listeners {
                head.take(self.isa, first, vectors, &mut memories[*j].scorer, draft);
            }
        });
        memories[i].embeddings = embeddings;
        draft.pieces = pieces;
        if let Some(head) = own {
            head.finish(self.isa, &mut memories[i].scorer, lexicon, draft);
        }
    }

    fn analysis(&self, memory: &Memory) -> Analysis {
        let name = |label| self.labels.name(label).clone();
        let tokens = memory.draft.pieces.iter().zip(&memory.draft.tokens).map(|(piece, token)| Token {
            start: piece.start,
            end: piece.end,
            space_after: piece.space_after,
            norm: memory.lexicon.get(piece.word).norm.clone(),
            tag: name(token.tag),
            pos: name(token.pos),
            morph: name(token.morph),
            lemma: token.lemma.clone(),
            head: token.head,
            dep: name(token.dep),
            sent_start: token.sentence == Boundary::Start,
            entity: match token.entity {
                Entity::Outside => EntityTag::Outside,
                Entity::Begin(label) => EntityTag::Begin(name(label)),
                Entity::Inside(label) => EntityTag::Inside(name(label)),
            },
        });
        Analysis { tokens: tokens.collect() }
    }
}

impl fmt::Debug for Pipeline {
    /// Names the components: the weights would fill a book.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pipeline").field("components", &self.names).field("left_out", &self.left_out).finish()
    }
}

/// The component as one that reads the vectors of this other one.
fn listener(component: &Component, to: usize) -> Option<&Head> {
    match component {
        Component::Head(Source::Shared(source), head) if *source == to => Some(head),
        _ => None,
    }
}

/// As much of a text as 32-bit offsets reach.
fn readable(text: &str) -> &str {
    &text[..text.floor_char_boundary(u32::MAX as usize)]
}
