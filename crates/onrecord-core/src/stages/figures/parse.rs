//! The parse as a tree: heads are in the tokens, children and subtrees are found here.

use crate::nlp::Token;
use crate::{Document, Layer, Span};

/// How many words hang on one, at most; a sentence of news seldom has twenty.
const MOST_CHILDREN: usize = 96;

/// The tokens of a document with their children at hand.
pub(super) struct Tree<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    /// Where each token's children start in `children`; one more than there are tokens.
    starts: Vec<u32>,
    children: Vec<u32>,
    /// Outermost descendants of each token.
    edges: Vec<(u32, u32)>,
}

impl<'a> Tree<'a> {
    /// The tree of a document.
    pub(super) fn new(doc: &'a Document) -> Self {
        let tokens = doc.layer::<Token>();
        let count = tokens.len();
        // Heads alone stand close together in memory; a root's head is itself.
        let heads: Vec<u32> = (0_u32..)
            .zip(tokens)
            .map(|(index, token)| if (token.head as usize) < count { token.head } else { index })
            .collect();
        let mut starts = vec![0_u32; count + 1];
        for (index, head) in (0_u32..).zip(&heads) {
            if *head != index {
                starts[*head as usize + 1] += 1;
            }
        }
        for index in 0..count {
            starts[index + 1] += starts[index];
        }
        let mut children = vec![0_u32; starts[count] as usize];
        let mut next = starts.clone();
        for (index, head) in (0_u32..).zip(&heads) {
            if *head != index {
                let place = &mut next[*head as usize];
                children[*place as usize] = index;
                *place += 1;
            }
        }
        let edges = edges(&heads);
        Self { text: doc.text(), tokens, starts, children, edges }
    }

    /// The words that hang on a token, in order: the first of them where it has more than any sentence needs, so that a
    /// long list that the parse hangs on one word is not gone through again for each of its figures.
    pub(super) fn children(&self, token: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let from = self.starts[token] as usize;
        let range = from..(self.starts[token + 1] as usize).min(from + MOST_CHILDREN);
        self.children[range].iter().map(|child| *child as usize)
    }

    /// The first child with one of these relations.
    pub(super) fn child(&self, token: usize, deps: &[&str]) -> Option<usize> {
        self.children(token).find(|child| deps.contains(&self.dep(*child)))
    }

    /// The head; `None` at the root.
    pub(super) fn head(&self, token: usize) -> Option<usize> {
        let head = self.tokens[token].head as usize;
        (head != token && head < self.tokens.len()).then_some(head)
    }

    pub(super) fn dep(&self, token: usize) -> &str {
        &self.tokens[token].dep
    }

    pub(super) fn tag(&self, token: usize) -> &str {
        &self.tokens[token].tag
    }

    pub(super) fn lemma(&self, token: usize) -> &str {
        &self.tokens[token].lemma
    }

    pub(super) fn norm(&self, token: usize) -> &str {
        &self.tokens[token].norm
    }

    pub(super) fn span(&self, token: usize) -> Span {
        self.tokens[token].span()
    }

    pub(super) fn is_noun(&self, token: usize) -> bool {
        self.tag(token).starts_with("NN")
    }

    pub(super) fn is_verb(&self, token: usize) -> bool {
        self.tag(token).starts_with("VB")
    }

    /// First and last token of the token's subtree.
    pub(super) fn edges(&self, token: usize) -> (usize, usize) {
        let (first, last) = self.edges[token];
        (first as usize, last as usize)
    }

    /// The words from one token to another.
    pub(super) fn cover(&self, first: usize, last: usize) -> Span {
        Span::new(self.tokens[first].start, self.tokens[last].end)
    }

    /// The token that holds this byte, or the next one.
    pub(super) fn at(&self, byte: u32) -> usize {
        self.tokens.partition_point(|token| token.end <= byte)
    }

    /// The first head outside a range, walking up from its first token with a head outside.
    pub(super) fn root_of(&self, first: usize, last: usize) -> usize {
        (first..=last)
            .find(|token| {
                self.head(*token).is_none_or(|head| !(first..=last).contains(&head)) && !self.is_mark(*token)
            })
            .unwrap_or(last)
    }

    fn is_mark(&self, token: usize) -> bool {
        matches!(&*self.tokens[token].pos, "PUNCT" | "SPACE")
    }

    /// Up the heads, at most as many steps as any sentence needs.
    pub(super) fn ancestors(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.head(token), |token| self.head(*token)).take(64)
    }
}

/// The outermost descendants of every token, bottom up. Each token hands its edges to its head; a sentence deeper than
/// the bound keeps inner edges, which only makes a span shorter.
fn edges(heads: &[u32]) -> Vec<(u32, u32)> {
    let mut edges: Vec<(u32, u32)> = (0_u32..).take(heads.len()).map(|index| (index, index)).collect();
    for own in (0_u32..).take(heads.len()) {
        let mut child = own;
        for _ in 0..64 {
            let head = heads[child as usize];
            if head == child {
                break;
            }
            let (first, last) = &mut edges[head as usize];
            *first = own.min(*first);
            *last = own.max(*last);
            child = head;
        }
    }
    edges
}
