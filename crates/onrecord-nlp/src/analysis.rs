//! What a pipeline says of a text: its tokens with all that was decided about each.

use std::ops::Range;

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

impl Token {
    /// The token's bytes in the text.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The token's words, given the text that was read.
    ///
    /// # Panics
    /// When the text is another one.
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        &text[self.range()]
    }
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

/// A run of tokens that is one thing: an entity or a noun phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The tokens, by index.
    pub tokens: Range<usize>,
    /// The kind of the entity, such as `PERSON`; `NP` for a noun phrase.
    pub label: SmolStr,
}

/// How sure the parser and the entity recogniser were, token by token.
///
/// A margin is by how much the chosen move's score beat that of the next best move that was allowed: about nothing
/// where the model wavered, several units where it did not, infinite where there was no choice.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Margins {
    /// Of the arc from each token to its head; for the head of a sentence, of the move that gave up looking for one.
    pub arcs: Vec<f32>,
    /// Of the entity that each token is in, the smallest among its moves; of leaving it outside for the others.
    pub entities: Vec<f32>,
}

impl Analysis {
    /// The sentences, as ranges of tokens.
    pub fn sentences(&self) -> impl Iterator<Item = Range<usize>> {
        let starts = (1..self.tokens.len()).filter(|&i| self.tokens[i].sent_start);
        let ends: Vec<usize> = starts.chain([self.tokens.len()]).collect();
        let mut start = 0;
        ends.into_iter()
            .map(move |end| std::mem::replace(&mut start, end)..end)
            .filter(|sentence| !sentence.is_empty())
    }

    /// The named entities, in the order of the text.
    pub fn entities(&self) -> Vec<Span> {
        let mut entities: Vec<Span> = Vec::new();
        for (i, token) in self.tokens.iter().enumerate() {
            match &token.entity {
                EntityTag::Begin(label) => entities.push(Span { tokens: i..i + 1, label: label.clone() }),
                EntityTag::Inside(_) => {
                    if let Some(entity) = entities.last_mut() {
                        entity.tokens.end = i + 1;
                    }
                }
                EntityTag::Outside => {}
            }
        }
        entities
    }

    /// The words of a run of tokens, such as a sentence or an entity, given the text that was read.
    ///
    /// # Panics
    /// When the text is another one, or the tokens are not all there.
    pub fn words<'t>(&self, tokens: Range<usize>, text: &'t str) -> &'t str {
        match self.tokens[tokens].split_first() {
            Some((first, rest)) => &text[first.start as usize..rest.last().unwrap_or(first).end as usize],
            None => "",
        }
    }

    /// The tokens that have this one as their head, in order. All tokens are looked at.
    pub fn children(&self, token: usize) -> impl Iterator<Item = usize> {
        let is_child = move |&child: &usize| child != token && self.tokens[child].head as usize == token;
        (0..self.tokens.len()).filter(is_child)
    }
}
