//! Noun chunks: flat noun phrases without what hangs to the right of the noun, as spaCy's `noun_chunks`.

use smol_str::SmolStr;

use crate::{Analysis, Span};

/// Relations of an English noun that heads a phrase of its own.
const ENGLISH: [&str; 10] =
    ["oprd", "nsubj", "dobj", "nsubjpass", "pcomp", "pobj", "dative", "appos", "attr", "ROOT"];

impl Analysis {
    /// The flat noun phrases of an English text, by spaCy's rules: "the foreign minister", "she", "last week".
    pub fn noun_chunks(&self) -> Vec<Span> {
        let left_edges = self.left_edges();
        let mut chunks: Vec<Span> = Vec::new();
        // The last token of a chunk that was taken: a chunk may not begin at or before it.
        let mut last = None;
        for (i, token) in self.tokens.iter().enumerate() {
            let is_nominal = matches!(token.pos.as_str(), "NOUN" | "PROPN" | "PRON");
            if !is_nominal || last.is_some_and(|last| left_edges[i] <= last) {
                continue;
            }
            if ENGLISH.contains(&self.tokens[self.first_conjunct(i)].dep.as_str()) {
                last = Some(i);
                chunks.push(Span { tokens: left_edges[i]..i + 1, label: SmolStr::new_static("NP") });
            }
        }
        chunks
    }

    /// Follows a conjunct to the one that it is joined to; any other token is its own.
    fn first_conjunct(&self, token: usize) -> usize {
        if self.tokens[token].dep != "conj" {
            return token;
        }
        let mut head = self.tokens[token].head as usize;
        while self.tokens[head].dep == "conj" && (self.tokens[head].head as usize) < head {
            head = self.tokens[head].head as usize;
        }
        head
    }

    /// The first token below each token.
    fn left_edges(&self) -> Vec<usize> {
        let mut edges: Vec<usize> = (0..self.tokens.len()).collect();
        let mut changed = true;
        // Each round settles all arcs that do not cross others.
        while changed {
            changed = false;
            for i in (0..edges.len()).chain((0..edges.len()).rev()) {
                let head = self.tokens[i].head as usize;
                if edges[i] < edges[head] {
                    edges[head] = edges[i];
                    changed = true;
                }
            }
        }
        edges
    }
}
