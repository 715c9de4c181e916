//! The entity recogniser: begin, inside, last, unit and outside, decided greedily from left to right.

use super::best_move;
use super::moves::{Move, read_moves};
use crate::draft::{Boundary, Draft, Entity};
use crate::lexicon::Lexicon;
use crate::model::Layers;
use crate::nn::{Isa, StateModel, StateScorer};
use crate::strings::{Label, Labels};
use crate::{Error, Result};

/// Actions by their number in the `moves` file; 0 is a missing annotation, of training only.
const BEGIN: u8 = 1;
const IN: u8 = 2;
const LAST: u8 = 3;
const UNIT: u8 = 4;
const OUT: u8 = 5;

/// A recogniser of named entities.
#[derive(Debug)]
pub(crate) struct EntityRecogniser {
    pub(crate) model: StateModel,
    moves: Vec<Move>,
}

/// An entity that is not finished: its first token, its kind, and its smallest margin so far.
#[derive(Debug, Clone, Copy)]
struct Open {
    start: usize,
    label: Label,
    margin: f32,
}

impl EntityRecogniser {
    pub(crate) fn new(model: &Layers, moves: &[u8], width: usize, labels: &mut Labels) -> Result<Self> {
        let mut moves = read_moves(moves, labels)?;
        // spaCy keeps no move for missing annotation, nor for staying outside of something.
        moves.retain(|m| m.action != 0 && (m.action != OUT || m.label.is_none()));
        if moves.iter().any(|m| m.action > OUT) {
            return Err(Error::new("an entity recogniser with moves that are not supported"));
        }
        let model = StateModel::new(model, moves.len(), width)?;
        if model.places() != 3 {
            return Err(Error::new(
                "an entity recogniser whose states have other than three places is not supported",
            ));
        }
        Ok(EntityRecogniser { model, moves })
    }

    /// Finds the entities.
    pub(crate) fn run(&self, isa: Isa, scorer: &mut StateScorer, lexicon: &Lexicon, draft: &mut Draft) {
        let len = draft.pieces.len();
        let mut open: Option<Open> = None;
        for i in 0..len {
            let places = [i as i32, open.map_or(-1, |o| o.start as i32), open.map_or(-1, |_| i as i32 - 1)];
            let scores = scorer.score(isa, &self.model, &places);
            let is_last = i + 1 == len;
            let may_go_on = !is_last && draft.tokens[i + 1].sentence != Boundary::Start;
            let may_begin = open.is_none() && !lexicon.get(draft.pieces[i].word).is_space;
            let same = |label: Label| open.is_some_and(|o| o.label == label) && !label.is_none();
            let allowed = |m: &Move| match m.action {
                BEGIN => may_begin && may_go_on && !m.label.is_none(),
                IN => same(m.label) && may_go_on,
                LAST => same(m.label),
                UNIT => may_begin && !m.label.is_none(),
                _ => open.is_none(),
            };
            let Some((best, margin)) = best_move(scores, |m| allowed(&self.moves[m])) else { break };
            let Move { action, label } = self.moves[best];
            let going = open.map_or(margin, |o| o.margin.min(margin));
            open = match action {
                BEGIN => Some(Open { start: i, label, margin }),
                IN => open.map(|o| Open { margin: going, ..o }),
                _ => {
                    let start = open.map_or(i, |o| o.start);
                    if action != OUT {
                        mark(draft, start..i + 1, label, going);
                    } else {
                        draft.tokens[i].entity_margin = margin;
                    }
                    None
                }
            };
        }
    }
}

fn mark(draft: &mut Draft, span: std::ops::Range<usize>, label: Label, margin: f32) {
    let start = span.start;
    for i in span {
        draft.tokens[i].entity = if i == start { Entity::Begin(label) } else { Entity::Inside(label) };
        draft.tokens[i].entity_margin = margin;
    }
}
