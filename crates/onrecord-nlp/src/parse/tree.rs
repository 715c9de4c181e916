//! What is made of the parser's arcs: relations that cross others, and sentences.

use std::collections::HashMap;

use crate::draft::{Boundary, Draft};
use crate::lexicon::Lexicon;
use crate::strings::{Label, Labels};

/// Labels such as `prep||nsubj`, each with its own relation and that of the true head.
pub(super) type Decorated = HashMap<Label, (Label, Label)>;

/// Which of the labels are decorated.
pub(super) fn decorated(all: impl Iterator<Item = Label>, labels: &mut Labels) -> Decorated {
    let mut decorated = HashMap::new();
    for label in all {
        let name = labels.name(label).clone();
        if let Some((own, above)) = name.split_once("||") {
            decorated.insert(label, (labels.add(own), labels.add(above)));
        }
    }
    decorated
}

/// Moves each token with a decorated label under the nearest descendant of its head that has the relation above.
pub(super) fn deprojectivize(draft: &mut Draft, lexicon: &Lexicon, decorated: &Decorated) {
    if !draft.tokens.iter().any(|token| decorated.contains_key(&token.dep)) {
        return;
    }
    let edges = edges(draft);
    for i in 0..draft.tokens.len() {
        if let Some(&(own, above)) = decorated.get(&draft.tokens[i].dep) {
            draft.tokens[i].head = find_head(draft, lexicon, &edges, i as u32, above);
            draft.tokens[i].dep = own;
        }
    }
}

/// Searches breadth first, from left to right, below the head of a token.
fn find_head(draft: &Draft, lexicon: &Lexicon, edges: &[Edges], token: u32, relation: Label) -> u32 {
    let head = draft.tokens[token as usize].head;
    let mut level = vec![head];
    while !level.is_empty() {
        let mut next = Vec::new();
        for parent in level {
            let Edges { first, last } = edges[parent as usize];
            for child in first..=last {
                let is_child = child != parent && draft.tokens[child as usize].head == parent;
                let is_space = lexicon.get(draft.pieces[child as usize].word).is_space;
                if !is_child || is_space || child == token {
                    continue;
                }
                if draft.tokens[child as usize].dep == relation {
                    return child;
                }
                next.push(child);
            }
        }
        level = next;
    }
    head
}

/// The first and last token below a token, itself among them.
#[derive(Debug, Clone, Copy)]
struct Edges {
    first: u32,
    last: u32,
}

/// Heads that cross others may take some rounds until all edges are right; spaCy stops after so many.
const MAX_ROUNDS: usize = 12;

fn edges(draft: &Draft) -> Vec<Edges> {
    let len = draft.tokens.len() as u32;
    let mut edges: Vec<Edges> = (0..len).map(|i| Edges { first: i, last: i }).collect();
    for _ in 0..MAX_ROUNDS {
        for i in (0..len).chain((0..len).rev()) {
            let child = edges[i as usize];
            let head = &mut edges[draft.tokens[i as usize].head as usize];
            head.first = head.first.min(child.first);
            head.last = head.last.max(child.last);
        }
        if heads_are_within_sentences(draft, &edges) {
            break;
        }
    }
    edges
}

fn heads_are_within_sentences(draft: &Draft, edges: &[Edges]) -> bool {
    let mut bounds: Vec<usize> = (starts(draft, edges).into_iter().enumerate().skip(1))
        .filter_map(|(i, starts)| starts.then_some(i))
        .collect();
    // As in spaCy, the last token ends a sentence and is itself not looked at, and a head at the next start is let be.
    bounds.push(draft.tokens.len().saturating_sub(1));
    let mut start = 0;
    for end in bounds {
        let within = |token: usize| (start..=end).contains(&(draft.tokens[token].head as usize));
        if !(start..end).all(within) {
            return false;
        }
        start = end;
    }
    true
}

fn starts(draft: &Draft, edges: &[Edges]) -> Vec<bool> {
    let mut starts = vec![false; edges.len()];
    for (i, token) in draft.tokens.iter().enumerate() {
        if token.head as usize == i {
            starts[edges[i].first as usize] = true;
        }
    }
    starts
}

/// A sentence begins at the first token below each root.
pub(super) fn mark_sentences(draft: &mut Draft) {
    let starts = starts(draft, &edges(draft));
    for (token, starts) in draft.tokens.iter_mut().zip(starts) {
        token.sentence = if starts { Boundary::Start } else { Boundary::Inside };
    }
}
