//! A text while the components of a pipeline work on it.

use smol_str::SmolStr;

use crate::strings::Label;
use crate::tokenizer::Piece;

/// What was decided so far about a token.
#[derive(Debug, Clone)]
pub(crate) struct Decisions {
    pub(crate) tag: Label,
    pub(crate) pos: Label,
    pub(crate) morph: Label,
    pub(crate) dep: Label,
    pub(crate) head: u32,
    /// Empty until a component gives one.
    pub(crate) lemma: SmolStr,
    pub(crate) sentence: Boundary,
    pub(crate) entity: Entity,
    /// By how much the move that gave the token its head beat the next best one.
    pub(crate) arc_margin: f32,
    /// The smallest such margin of the moves that made the token's entity, or left it outside.
    pub(crate) entity_margin: f32,
}

/// Whether a sentence begins at a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Boundary {
    #[default]
    Unknown,
    Start,
    Inside,
}

/// Place in an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Entity {
    #[default]
    Outside,
    Begin(Label),
    Inside(Label),
}

/// The tokens of a text and what was decided about each.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) pieces: Vec<Piece>,
    pub(crate) tokens: Vec<Decisions>,
}

impl Draft {
    /// Makes room for decisions about all tokens, each its own head.
    pub(crate) fn begin(&mut self) {
        self.tokens.clear();
        self.tokens.extend((0..self.pieces.len()).map(|i| Decisions {
            tag: Label::NONE,
            pos: Label::NONE,
            morph: Label::NONE,
            dep: Label::NONE,
            head: i as u32,
            lemma: SmolStr::default(),
            sentence: Boundary::Unknown,
            entity: Entity::Outside,
            arc_margin: f32::INFINITY,
            entity_margin: f32::INFINITY,
        }));
    }
}
