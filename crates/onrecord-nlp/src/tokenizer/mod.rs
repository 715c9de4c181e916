//! Cuts a text into tokens as spaCy does.
//!
//! The text is cut at white space; each piece loses its prefixes and suffixes one by one; what is left is a special
//! case, a web address, or is cut at its infixes. Last, runs of tokens that spell a special case after all are cut
//! as it says ("m." in "$600m.").

mod special;

use std::collections::HashMap;
use std::ops::Range;

use smol_str::SmolStr;

use crate::config::Config;
use crate::files::Files;
use crate::hashing::FastHash;
use crate::lexicon::Lexicon;
use crate::msgpack::Value;
use crate::regex::{Backtrack, Regex};
use crate::vocab::Vocab;
use crate::{Error, Result, unicode};
use special::Specials;

/// A part of a piece of text: its length in bytes, and the normal form if an exception gives one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    len: usize,
    norm: Option<SmolStr>,
}

impl Part {
    fn plain(len: usize) -> Self {
        Part { len, norm: None }
    }
}

/// A token on its way: where it is, which word it is, and whether a space follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) word: u32,
    pub(crate) space_after: bool,
}

/// The rules of a pipeline's tokenizer.
#[derive(Debug)]
pub(crate) struct Tokenizer {
    prefix: Option<Regex>,
    suffix: Option<Regex>,
    infix: Option<Regex>,
    token_match: Option<Regex>,
    url_match: Option<Regex>,
    exceptions: Exceptions,
    specials: Specials,
}

/// The parts of each special case.
#[derive(Debug)]
struct Exceptions {
    parts: HashMap<SmolStr, Vec<Part>, FastHash>,
    longest: usize,
}

impl Exceptions {
    fn get(&self, text: &str) -> Option<&Vec<Part>> {
        // Hashing a long piece at each affix would take time that grows with its square.
        if text.len() > self.longest { None } else { self.parts.get(text) }
    }
}

/// Ids of the attributes that an exception may set.
const ORTH: u64 = 65;
const NORM: u64 = 67;

impl Tokenizer {
    pub(crate) fn load(files: &Files<'_>, config: &Config) -> Result<Self> {
        // Languages without spaces have tokenizers of their own.
        if let Ok(kind) = config.str("nlp.tokenizer", "@tokenizers")
            && kind != "spacy.Tokenizer.v1"
        {
            return Err(Error::new(format!("the tokenizer `{kind}` is not supported")));
        }
        let bytes = files.read("tokenizer")?;
        Self::parse(&bytes).map_err(|e| e.within("tokenizer"))
    }

    fn parse(bytes: &[u8]) -> Result<Self> {
        let value = Value::parse(bytes)?;
        let regex = |key: &str| match value.get(key).and_then(Value::as_str) {
            Some(pattern) if !pattern.is_empty() => Regex::new(pattern).map(Some).map_err(|e| e.within(key)),
            _ => Ok(None),
        };
        let mut tokenizer = Tokenizer {
            prefix: regex("prefix_search")?,
            suffix: regex("suffix_search")?,
            infix: regex("infix_finditer")?,
            token_match: regex("token_match")?,
            url_match: regex("url_match")?,
            exceptions: read_exceptions(value.field("exceptions")?)?,
            specials: Specials::default(),
        };
        let heuristics = value.get("faster_heuristics") != Some(&Value::Bool(false));
        tokenizer.specials = Specials::new(&tokenizer, heuristics);
        Ok(tokenizer)
    }

    /// Cuts a text into tokens.
    pub(crate) fn tokenize(&self, text: &str, vocab: &Vocab, lexicon: &mut Lexicon, out: &mut Vec<Piece>) {
        let mut after_special = false;
        for (chunk, space_after) in Chunks::new(text) {
            let first = out.len();
            after_special |= self.cut_chunk(text, chunk, vocab, lexicon, out);
            if let Some(last) = out[first..].last_mut() {
                last.space_after = space_after;
            }
        }
        if after_special {
            self.specials.apply(text, self, vocab, lexicon, out);
        }
    }

    /// Adds the tokens of a chunk; says whether a special case may begin at one of them.
    fn cut_chunk(
        &self,
        text: &str,
        chunk: Range<usize>,
        vocab: &Vocab,
        lexicon: &mut Lexicon,
        out: &mut Vec<Piece>,
    ) -> bool {
        let span = &text[chunk.clone()];
        let known = match lexicon.chunk(span) {
            Some(known) => known,
            None => {
                let parts = self.parts(span, &mut lexicon.memory);
                let mut at = 0;
                let words = parts.iter().map(|part| {
                    let piece = &span[at..at + part.len];
                    at += part.len;
                    (piece, part.norm.as_deref())
                });
                lexicon.add_chunk(span, words, vocab, |word| self.specials.may_begin(word))
            }
        };
        let mut start = chunk.start as u32;
        for &(len, word) in lexicon.parts(known) {
            out.push(Piece { start, end: start + len, word, space_after: false });
            start += len;
        }
        known.may_begin_special
    }

    /// The parts of a chunk, special cases first.
    fn parts(&self, chunk: &str, memory: &mut Backtrack) -> Vec<Part> {
        match self.exceptions.get(chunk) {
            Some(parts) => parts.clone(),
            None => self.split(chunk, true, memory),
        }
    }

    /// The parts of a chunk by the patterns, with or without the special cases.
    fn split(&self, chunk: &str, with_specials: bool, memory: &mut Backtrack) -> Vec<Part> {
        let (mut parts, mut suffixes) = (Vec::new(), Vec::new());
        let middle = self.strip_affixes(chunk, with_specials, &mut parts, &mut suffixes, memory);
        if !middle.is_empty() {
            self.split_middle(middle, with_specials, &mut parts, memory);
        }
        parts.extend(suffixes.into_iter().rev());
        parts
    }

    /// Takes prefixes and suffixes off until nothing changes or a special case is left.
    fn strip_affixes<'t>(
        &self,
        chunk: &'t str,
        with_specials: bool,
        prefixes: &mut Vec<Part>,
        suffixes: &mut Vec<Part>,
        memory: &mut Backtrack,
    ) -> &'t str {
        let is_special = |text: &str| with_specials && self.exceptions.get(text).is_some();
        let mut rest = chunk;
        let mut last_len = 0;
        while !rest.is_empty() && rest.len() != last_len {
            if self.is_token(rest, memory) || is_special(rest) {
                break;
            }
            last_len = rest.len();
            let prefix = length(&self.prefix, rest, memory);
            if prefix != 0 && is_special(&rest[prefix..]) {
                prefixes.push(Part::plain(prefix));
                return &rest[prefix..];
            }
            let suffix = length(&self.suffix, &rest[prefix..], memory);
            if suffix != 0 && is_special(&rest[..rest.len() - suffix]) {
                suffixes.push(Part::plain(suffix));
                return &rest[..rest.len() - suffix];
            }
            if prefix != 0 {
                prefixes.push(Part::plain(prefix));
            }
            if suffix != 0 {
                suffixes.push(Part::plain(suffix));
            }
            rest = &rest[prefix..rest.len() - suffix];
        }
        rest
    }

    fn is_token(&self, text: &str, memory: &mut Backtrack) -> bool {
        self.token_match.as_ref().is_some_and(|pattern| pattern.matches_start(text, memory))
    }

    /// Cuts what is left between prefixes and suffixes.
    fn split_middle(&self, middle: &str, with_specials: bool, parts: &mut Vec<Part>, memory: &mut Backtrack) {
        if with_specials && let Some(special) = self.exceptions.get(middle) {
            parts.extend(special.iter().cloned());
            return;
        }
        let is_url = self.url_match.as_ref().is_some_and(|pattern| pattern.matches_start(middle, memory));
        if is_url || self.is_token(middle, memory) {
            parts.push(Part::plain(middle.len()));
            return;
        }
        let mut infixes = Vec::new();
        if let Some(pattern) = &self.infix {
            pattern.find_all(middle, memory, &mut infixes);
        }
        let mut start = 0;
        // An infix at the very start cuts nothing off.
        for infix in infixes.into_iter().filter(|infix| infix.start != 0) {
            push_part(parts, infix.start - start);
            push_part(parts, infix.len());
            start = infix.end;
        }
        push_part(parts, middle.len() - start);
    }
}

fn push_part(parts: &mut Vec<Part>, len: usize) {
    if len > 0 {
        parts.push(Part::plain(len));
    }
}

/// The length of the first match of a pattern, wherever it is.
fn length(pattern: &Option<Regex>, text: &str, memory: &mut Backtrack) -> usize {
    pattern.as_ref().and_then(|pattern| pattern.search(text, memory)).map_or(0, |found| found.len())
}

fn read_exceptions(value: &Value<'_>) -> Result<Exceptions> {
    let bad = || Error::new("a special case is not as spaCy writes them");
    let mut exceptions = HashMap::default();
    for (chunk, parts) in value.as_map().ok_or_else(bad)? {
        let chunk = chunk.as_str().ok_or_else(bad)?;
        let parts = parts.as_array().ok_or_else(bad)?.iter().map(|part| read_part(part).ok_or_else(bad));
        let parts = parts.collect::<Result<Vec<_>>>()?;
        let spelled: String = parts.iter().map(|(orth, _)| *orth).collect();
        if spelled != chunk || chunk.is_empty() {
            return Err(Error::new(format!("the parts of the special case `{chunk}` do not spell it")));
        }
        let parts =
            parts.into_iter().map(|(orth, norm)| Part { len: orth.len(), norm: norm.map(SmolStr::from) });
        exceptions.insert(chunk.into(), parts.collect());
    }
    let longest = exceptions.keys().map(SmolStr::len).max().unwrap_or(0);
    Ok(Exceptions { parts: exceptions, longest })
}

fn read_part<'a>(part: &Value<'a>) -> Option<(&'a str, Option<&'a str>)> {
    let attribute = |id: u64| part.as_map()?.iter().find(|(key, _)| key.as_u64() == Some(id))?.1.as_str();
    Some((attribute(ORTH)?, attribute(NORM)))
}

/// Cuts a text where white space begins and ends. One space between two chunks belongs to neither.
struct Chunks<'t> {
    text: &'t str,
    start: usize,
}

impl<'t> Chunks<'t> {
    fn new(text: &'t str) -> Self {
        Chunks { text, start: 0 }
    }
}

impl Iterator for Chunks<'_> {
    type Item = (Range<usize>, bool);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = &self.text[self.start..];
        let is_space = unicode::is_space(rest.chars().next()?);
        let len = rest.find(|c| unicode::is_space(c) != is_space).unwrap_or(rest.len());
        let chunk = self.start..self.start + len;
        // After a word, one space is skipped; it is remembered at the word.
        let space_after = !is_space && rest[len..].starts_with(' ');
        self.start = chunk.end + usize::from(space_after);
        Some((chunk, space_after))
    }
}
