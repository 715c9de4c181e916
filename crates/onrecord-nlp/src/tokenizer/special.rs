//! Special cases that the patterns cut apart: found again among the finished tokens, as spaCy's phrase matcher does.

use std::collections::HashMap;

use smol_str::SmolStr;

use super::{Chunks, Piece, Tokenizer};
use crate::hashing::FastHash;
use crate::lexicon::Lexicon;
use crate::regex::Backtrack;
use crate::vocab::Vocab;

/// The special cases that the patterns would cut, by the first token they would be cut into.
#[derive(Debug, Default)]
pub(super) struct Specials {
    by_first: HashMap<SmolStr, Vec<Vec<SmolStr>>, FastHash>,
}

/// A run of tokens that is spelled as the parts of a special case.
#[derive(Debug, Clone, Copy)]
struct Match {
    start: usize,
    end: usize,
}

impl Specials {
    pub(super) fn new(tokenizer: &Tokenizer, heuristics: bool) -> Self {
        let mut memory = Backtrack::default();
        let mut specials = Specials::default();
        for case in tokenizer.exceptions.parts.keys() {
            if heuristics && !tokenizer.would_cut(case, &mut memory) {
                continue;
            }
            let tokens = tokenizer.tokens_without_specials(case, &mut memory);
            if let Some(first) = tokens.first() {
                specials.by_first.entry(first.clone()).or_default().push(tokens);
            }
        }
        specials
    }

    /// Whether a special case may begin with this token.
    pub(super) fn may_begin(&self, token: &str) -> bool {
        self.by_first.contains_key(token)
    }

    /// Cuts the runs of tokens that spell a special case as it says.
    pub(super) fn apply(
        &self,
        text: &str,
        tokenizer: &Tokenizer,
        vocab: &Vocab,
        lexicon: &mut Lexicon,
        pieces: &mut Vec<Piece>,
    ) {
        let matches = filtered(self.find(text, pieces), pieces.len());
        if matches.is_empty() {
            return;
        }
        let mut out = Vec::with_capacity(pieces.len() + matches.len());
        let mut next = 0;
        for found in matches {
            out.extend_from_slice(&pieces[next..found.start]);
            next = found.end;
            let run = &pieces[found.start..found.end];
            let (start, end) = (run[0].start as usize, run[run.len() - 1].end as usize);
            // A run with a space inside spells no special case, and stays as it is.
            let Some(parts) = tokenizer.exceptions.get(&text[start..end]) else {
                out.extend_from_slice(run);
                continue;
            };
            let mut at = start;
            for part in parts {
                let word = lexicon.word(&text[at..at + part.len], part.norm.as_deref(), vocab);
                at += part.len;
                out.push(Piece { start: (at - part.len) as u32, end: at as u32, word, space_after: false });
            }
            if let (Some(last), Some(run_last)) = (out.last_mut(), run.last()) {
                last.space_after = run_last.space_after;
            }
        }
        out.extend_from_slice(&pieces[next..]);
        *pieces = out;
    }

    fn find(&self, text: &str, pieces: &[Piece]) -> Vec<Match> {
        let token = |i: usize| &text[pieces[i].start as usize..pieces[i].end as usize];
        let mut matches = Vec::new();
        for start in 0..pieces.len() {
            for case in self.by_first.get(token(start)).into_iter().flatten() {
                let end = start + case.len();
                if end <= pieces.len() && case.iter().zip(start..end).all(|(part, i)| part == token(i)) {
                    matches.push(Match { start, end });
                }
            }
        }
        matches
    }
}

/// The matches that do not overlap, in the order of the text: the longest first, and of two as long the first.
fn filtered(mut matches: Vec<Match>, len: usize) -> Vec<Match> {
    if matches.is_empty() {
        return matches;
    }
    matches.sort_by_key(|found| (std::cmp::Reverse(found.end - found.start), found.start));
    let mut seen = vec![false; len];
    matches.retain(|found| {
        let free = !seen[found.start] && !seen[found.end - 1];
        seen[found.start..found.end].fill(true);
        free
    });
    matches.sort_by_key(|found| found.start);
    matches
}

impl Tokenizer {
    /// Whether the patterns find something to cut in a special case.
    fn would_cut(&self, case: &str, memory: &mut Backtrack) -> bool {
        let mut found = |pattern: &Option<crate::regex::Regex>| {
            pattern
                .as_ref()
                .and_then(|pattern| pattern.search(case, memory))
                .is_some_and(|range| !range.is_empty())
        };
        found(&self.prefix) || found(&self.suffix) || case.contains(' ') || {
            self.infix.as_ref().is_some_and(|pattern| pattern.search(case, memory).is_some())
        }
    }

    fn tokens_without_specials(&self, case: &str, memory: &mut Backtrack) -> Vec<SmolStr> {
        let mut tokens = Vec::new();
        for (chunk, _) in Chunks::new(case) {
            let mut at = chunk.start;
            for part in self.split(&case[chunk], false, memory) {
                tokens.push(case[at..at + part.len].into());
                at += part.len;
            }
        }
        tokens
    }
}
