//! What a pipeline says of a text: its tokens with all that was decided about each.

use smol_str::SmolStr;

/// One token of a text, with every decision of the pipeline about it.
///
/// Offsets are UTF-8 bytes into the text that was read, half-open. `head` is the index of a token in the same
/// [`Analysis`]; a token that heads its sentence is its own head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Byte offset of the first byte.
    pub start: u32,
    /// Byte offset after the last byte.
    pub end: u32,
    /// Whether a single space follows that belongs to no token.
    pub space_after: bool,
    /// The normal form (spaCy's `NORM`): lower case, with contractions spelled out.
    pub norm: SmolStr,
    /// Fine-grained part of speech (Penn Treebank for English), such as `VBD`.
    pub tag: SmolStr,
    /// Universal part of speech, such as `VERB`, or `SPACE`.
    pub pos: SmolStr,
    /// Universal morphological features as spaCy prints them: `Number=Sing|Person=3`, or empty.
    pub morph: SmolStr,
    /// The base form.
    pub lemma: SmolStr,
    /// Index of the syntactic head.
    pub head: u32,
    /// Relation to the head, such as `nsubj`, or `ROOT`.
    pub dep: SmolStr,
    /// Whether a sentence starts here.
    pub sent_start: bool,
    /// Place in a named entity.
    pub entity: EntityTag,
}

/// Place of a token in a named entity, as IOB.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum EntityTag {
    /// In no entity.
    #[default]
    Outside,
    /// First token of an entity of this kind, such as `PERSON`.
    Begin(SmolStr),
    /// A later token of an entity of this kind.
    Inside(SmolStr),
}

/// The tokens of one text in order; spaCy's `Doc` without the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Analysis {
    /// The tokens, in the order of the text.
    pub tokens: Vec<Token>,
}
