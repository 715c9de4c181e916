//! The regular expressions of Python's `re`, as far as spaCy's tokenizers use them.
//!
//! Matching is Python's, with its tables for `\w`, `\d` and `\s`. The patterns of a tokenizer are alternatives by the
//! hundred, nearly all of them a character or two at the start or the end of the text: those are told apart by that
//! first or last character, and only the few that can match are run.

mod analyse;
mod charset;
mod parse;
mod program;

pub(crate) use charset::CharSet;
pub(crate) use program::Backtrack;

use std::ops::Range;

use crate::{Error, Result};
use parse::Node;
use program::{MAX_INSTRUCTIONS, Program};

/// A pattern, split at its top alternatives.
#[derive(Debug)]
pub(crate) struct Regex {
    branches: Vec<Branch>,
    /// For each ASCII character, the branches that a match beginning with it can be of.
    by_first: Vec<Vec<u16>>,
    /// For each ASCII character, the branches that a match ending with it can be of.
    by_last: Vec<Vec<u16>>,
    begins_at_start: bool,
    ends_at_end: bool,
    required: Vec<u8>,
}

#[derive(Debug)]
struct Branch {
    program: Program,
    first: Option<Vec<CharSet>>,
    last: Option<Vec<CharSet>>,
    width: (usize, Option<usize>),
}

impl Branch {
    fn new(node: &Node) -> Result<Self> {
        let owned = |sets: Option<Vec<&CharSet>>| sets.map(|sets| sets.into_iter().cloned().collect());
        Ok(Branch {
            program: Program::compile(node)?,
            first: owned(node.first()),
            last: owned(node.last()),
            width: node.width(),
        })
    }

    fn may_begin(&self, c: char) -> bool {
        self.first.as_ref().is_none_or(|sets| sets.iter().any(|set| set.contains(c)))
    }

    fn may_end(&self, c: char) -> bool {
        self.last.as_ref().is_none_or(|sets| sets.iter().any(|set| set.contains(c)))
    }
}

impl Regex {
    /// Reads a pattern.
    ///
    /// # Errors
    /// When the pattern is wrong, or uses what spaCy's tokenizers do not.
    pub(crate) fn new(pattern: &str) -> Result<Self> {
        let node = parse::parse(pattern)?;
        let (begins_at_start, ends_at_end) = (node.begins_at_start(), node.ends_at_end());
        let required = node.required();
        let nodes = match node {
            Node::Either(nodes) => nodes,
            node => vec![node],
        };
        if nodes.len() > usize::from(u16::MAX) {
            return Err(Error::new("a pattern with too many alternatives"));
        }
        let mut branches: Vec<Branch> = Vec::new();
        let mut length = 0;
        for node in &nodes {
            let branch = Branch::new(node)?;
            length += branch.program.len();
            if length > MAX_INSTRUCTIONS {
                return Err(Error::new("a pattern is too long"));
            }
            branches.push(branch);
        }
        let table = |may: fn(&Branch, char) -> bool| -> Vec<Vec<u16>> {
            let numbered = || branches.iter().zip(0..);
            let of =
                |c: u8| numbered().filter(|(branch, _)| may(branch, char::from(c))).map(|(_, i)| i).collect();
            (0..128u8).map(of).collect()
        };
        let (by_first, by_last) = (table(Branch::may_begin), table(Branch::may_end));
        let required = (0..128u8).filter(|&c| required != u128::MAX && required >> c & 1 == 1).collect();
        Ok(Regex { branches, by_first, by_last, begins_at_start, ends_at_end, required })
    }

    /// Whether a match begins at the start of the text: Python's `match`.
    pub(crate) fn matches_start(&self, text: &str, memory: &mut Backtrack) -> bool {
        self.may_match(text) && self.at(text, 0, memory).is_some()
    }

    /// The first match in the text: Python's `search`.
    pub(crate) fn search(&self, text: &str, memory: &mut Backtrack) -> Option<Range<usize>> {
        if self.begins_at_start {
            return self.at(text, 0, memory).map(|end| 0..end);
        }
        if self.ends_at_end && !text.ends_with('\n') {
            return self.ending(text, memory).map(|start| start..text.len());
        }
        self.search_from(text, 0, memory)
    }

    /// All matches in the text, none inside another: Python's `finditer`.
    pub(crate) fn find_all(&self, text: &str, memory: &mut Backtrack, found: &mut Vec<Range<usize>>) {
        let mut from = 0;
        while let Some(range) = self.search_from(text, from, memory) {
            from = if range.is_empty() { next_char(text, range.end) } else { range.end };
            found.push(range);
        }
    }

    fn may_match(&self, text: &str) -> bool {
        self.required.iter().all(|c| text.as_bytes().contains(c))
    }

    fn search_from(&self, text: &str, from: usize, memory: &mut Backtrack) -> Option<Range<usize>> {
        let rest = text.get(from..)?;
        let starts = rest.char_indices().map(|(at, _)| from + at).chain([text.len()]);
        for start in starts {
            if let Some(end) = self.at(text, start, memory) {
                return Some(start..end);
            }
        }
        None
    }

    /// Where a match that begins at `pos` ends.
    fn at(&self, text: &str, pos: usize, memory: &mut Backtrack) -> Option<usize> {
        let run = |branch: &Branch, memory: &mut Backtrack| branch.program.run(text, pos, memory);
        match text[pos..].chars().next() {
            Some(c) if c.is_ascii() => {
                let branches = &self.by_first[c as usize];
                branches.iter().find_map(|&i| run(&self.branches[usize::from(i)], memory))
            }
            Some(c) => self.branches.iter().filter(|b| b.may_begin(c)).find_map(|b| run(b, memory)),
            None => self.branches.iter().filter(|b| b.first.is_none()).find_map(|b| run(b, memory)),
        }
    }

    /// Where the longest match that ends with the text begins: the leftmost one, since all end there.
    fn ending(&self, text: &str, memory: &mut Backtrack) -> Option<usize> {
        let Some(last) = text.chars().next_back() else {
            return self.search_from(text, 0, memory).map(|r| r.start);
        };
        let mut leftmost = None;
        let mut consider = |branch: &Branch| {
            if let Some(start) = branch.start_of_ending(text, leftmost.unwrap_or(text.len() + 1), memory) {
                leftmost = Some(start);
            }
        };
        if last.is_ascii() {
            self.by_last[last as usize].iter().for_each(|&i| consider(&self.branches[usize::from(i)]));
        } else {
            self.branches.iter().filter(|branch| branch.may_end(last)).for_each(consider);
        }
        leftmost
    }
}

impl Branch {
    /// Where the longest match of this branch that ends with the text begins, if that is before `limit`.
    fn start_of_ending(&self, text: &str, limit: usize, memory: &mut Backtrack) -> Option<usize> {
        let matches = |start: usize, memory: &mut Backtrack| {
            start < limit && self.program.run(text, start, memory) == Some(text.len())
        };
        let (min, Some(max)) = self.width else {
            return text.char_indices().map(|(at, _)| at).find(|&start| matches(start, memory));
        };
        let starts = [text.len()].into_iter().chain(text.char_indices().rev().map(|(at, _)| at));
        starts.take(max + 1).skip(min).filter(|&start| matches(start, memory)).last()
    }
}

fn next_char(text: &str, pos: usize) -> usize {
    text[pos..].chars().next().map_or(text.len() + 1, |c| pos + c.len_utf8())
}
