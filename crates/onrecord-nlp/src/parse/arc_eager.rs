//! The dependency parser: spaCy's arc-eager transition system with sentence breaks, run greedily.

use super::best_move;
use super::moves::{Move, read_moves};
use super::tree;
use crate::draft::{Boundary, Draft};
use crate::lexicon::Lexicon;
use crate::model::Layers;
use crate::nn::{Isa, StateModel, StateScorer};
use crate::strings::{Label, Labels};
use crate::{Error, Result};

/// Actions by their number in the `moves` file.
const SHIFT: u8 = 0;
const REDUCE: u8 = 1;
const LEFT: u8 = 2;
const RIGHT: u8 = 3;
const BREAK: u8 = 4;

/// Nobody: no token in a place.
const NOBODY: i32 = -1;

/// A dependency parser.
#[derive(Debug)]
pub(crate) struct Parser {
    pub(crate) model: StateModel,
    moves: Vec<Move>,
    root: Label,
    decorated: tree::Decorated,
}

impl Parser {
    pub(crate) fn new(model: &Layers, moves: &[u8], width: usize, labels: &mut Labels) -> Result<Self> {
        let moves = read_moves(moves, labels)?;
        if moves.iter().any(|m| m.action > BREAK || labels.name(m.label) == "subtok") {
            return Err(Error::new("a parser with moves that are not supported"));
        }
        let model = StateModel::new(model, moves.len(), width)?;
        if model.places() != 8 {
            return Err(Error::new("a parser whose states have other than eight places is not supported"));
        }
        let decorated = tree::decorated(moves.iter().map(|m| m.label), labels);
        Ok(Parser { model, moves, root: labels.add("ROOT"), decorated })
    }

    /// Gives every token its head, relation and sentence boundary.
    pub(crate) fn run(&self, isa: Isa, scorer: &mut StateScorer, lexicon: &Lexicon, draft: &mut Draft) {
        let presets: Vec<Boundary> = draft.tokens.iter().map(|token| token.sentence).collect();
        let mut state = State::new(&presets);
        while !state.is_final() {
            let allowed = state.allowed();
            let scores = scorer.score(isa, &self.model, &state.places());
            match best_move(scores, |i| allowed[usize::from(self.moves[i].action)]) {
                Some((i, margin)) => state.apply(self.moves[i], margin),
                None => break,
            }
        }
        for (i, (token, arc)) in draft.tokens.iter_mut().zip(&state.arcs).enumerate() {
            token.head = arc.head.unwrap_or(i as u32);
            token.dep = if arc.head.is_some() { arc.label } else { self.root };
            token.arc_margin = arc.margin;
        }
        tree::deprojectivize(draft, lexicon, &self.decorated);
        tree::mark_sentences(draft);
    }
}

/// The arc above a token.
#[derive(Debug, Clone, Copy)]
struct Arc {
    head: Option<u32>,
    label: Label,
    margin: f32,
}

/// The state of the parser: a stack, a buffer, and the arcs made so far.
struct State<'p> {
    presets: &'p [Boundary],
    stack: Vec<u32>,
    /// Tokens put back to the front of the buffer, the last one first.
    put_back: Vec<u32>,
    /// The first token of the buffer that was never taken.
    next: u32,
    arcs: Vec<Arc>,
    left_children: Children,
    right_children: Children,
    was_put_back: Vec<bool>,
    breaks: Vec<bool>,
}

/// The children of each token on one side, the latest first, as linked lists.
struct Children {
    last: Vec<i32>,
    before: Vec<i32>,
}

impl Children {
    fn new(len: usize) -> Self {
        Children { last: vec![NOBODY; len], before: vec![NOBODY; len] }
    }

    fn last(&self, head: i32) -> i32 {
        usize::try_from(head).map_or(NOBODY, |head| self.last[head])
    }

    fn push(&mut self, head: u32, child: u32) {
        self.before[child as usize] = self.last[head as usize];
        self.last[head as usize] = child as i32;
    }

    /// Takes a child away again if it is the latest, which is all that spaCy does.
    fn remove(&mut self, head: u32, child: u32) {
        if self.last[head as usize] == child as i32 {
            self.last[head as usize] = self.before[child as usize];
        }
    }
}

impl<'p> State<'p> {
    fn new(presets: &'p [Boundary]) -> Self {
        let len = presets.len();
        State {
            presets,
            stack: Vec::new(),
            put_back: Vec::new(),
            next: 0,
            arcs: vec![Arc { head: None, label: Label::NONE, margin: f32::INFINITY }; len],
            left_children: Children::new(len),
            right_children: Children::new(len),
            was_put_back: vec![false; len],
            breaks: vec![false; len],
        }
    }

    fn len(&self) -> usize {
        self.presets.len()
    }

    fn buffer_len(&self) -> usize {
        self.len() - self.next as usize + self.put_back.len()
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.buffer_len() == 0
    }

    fn buffer(&self, i: usize) -> i32 {
        if i < self.put_back.len() {
            return self.put_back[self.put_back.len() - 1 - i] as i32;
        }
        let at = self.next as usize + i - self.put_back.len();
        if at < self.len() { at as i32 } else { NOBODY }
    }

    fn stack(&self, i: usize) -> i32 {
        self.stack.len().checked_sub(i + 1).map_or(NOBODY, |at| self.stack[at] as i32)
    }

    /// The tokens that the model looks at.
    fn places(&self) -> [i32; 8] {
        let (b0, s0) = (self.buffer(0), self.stack(0));
        [
            b0,
            self.buffer(1),
            s0,
            self.stack(1),
            self.stack(2),
            self.left_children.last(b0),
            self.left_children.last(s0),
            self.right_children.last(s0),
        ]
    }

    fn starts_sentence(&self, token: i32) -> bool {
        usize::try_from(token).is_ok_and(|i| self.presets[i] == Boundary::Start || self.breaks[i])
    }

    fn is_inside_sentence(&self, token: i32) -> bool {
        usize::try_from(token).is_ok_and(|i| self.presets[i] == Boundary::Inside)
    }

    /// Which actions may be taken, by their number.
    fn allowed(&self) -> [bool; 5] {
        let (b0, b1) = (self.buffer(0), self.buffer(1));
        let (depth, len) = (self.stack.len(), self.buffer_len());
        let at_start = self.starts_sentence(b0);
        let may_shift = depth == 0 || len >= 2 && !at_start && !self.was_put_back[b0 as usize];
        let may_reduce = depth > 0 && (len == 0 || depth > 1 || !self.is_inside_sentence(b0));
        let may_link = depth > 0 && len > 0 && !at_start;
        let may_break = len >= 2 && b1 == b0 + 1 && !self.starts_sentence(b1) && !self.is_inside_sentence(b1);
        [may_shift, may_reduce, may_link, may_link, may_break]
    }

    fn apply(&mut self, chosen: Move, margin: f32) {
        // Which tokens there are was checked by `allowed`.
        let (b0, b1, s0) = (self.buffer(0) as u32, self.buffer(1), self.stack(0) as u32);
        match chosen.action {
            SHIFT => self.shift(),
            REDUCE => self.reduce(s0, margin),
            LEFT => {
                self.link(b0, s0, chosen.label, margin);
                self.was_put_back[b0 as usize] = false;
                self.stack.pop();
            }
            RIGHT => {
                self.link(s0, b0, chosen.label, margin);
                self.shift();
            }
            _ => self.breaks[b1 as usize] = true,
        }
    }

    fn shift(&mut self) {
        match self.put_back.pop() {
            Some(token) => self.stack.push(token),
            // Shifting from an empty buffer happens only with an empty stack, and then the state is final.
            None => {
                self.stack.push(self.next);
                self.next += 1;
            }
        }
    }

    /// Takes the top off the stack; a token without a head goes back to the buffer, unless it is alone.
    fn reduce(&mut self, s0: u32, margin: f32) {
        let has_head = self.arcs[s0 as usize].head.is_some();
        if !has_head && self.stack.len() > 1 {
            self.was_put_back[s0 as usize] = true;
            self.put_back.push(s0);
        } else if !has_head {
            self.arcs[s0 as usize].margin = margin;
        }
        self.stack.pop();
    }

    fn link(&mut self, head: u32, child: u32, label: Label, margin: f32) {
        if let Some(old) = self.arcs[child as usize].head {
            self.side(old, child).remove(old, child);
        }
        self.side(head, child).push(head, child);
        self.arcs[child as usize] = Arc { head: Some(head), label, margin };
    }

    fn side(&mut self, head: u32, child: u32) -> &mut Children {
        if head > child { &mut self.left_children } else { &mut self.right_children }
    }
}
