//! Gathers named entities from the tokens that carry them.

use smol_str::SmolStr;

use crate::nlp::{EntityTag, Token};
use crate::{By, Column, Data, Document, Id, Layer, Span, Stage, Type, Value};

/// A named entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// The words of the name.
    pub span: Span,
    /// Kind, as the pipeline labels it: `PERSON`, `ORG`, `GPE`, `DATE`.
    pub label: SmolStr,
    /// Its first token.
    pub first: Id<Token>,
    /// The token after its last.
    pub end: Id<Token>,
}

impl Layer for Entity {
    const NAME: &'static str = "entities";
    const DOC: &'static str = "A named entity, as the language pipeline finds it.";
    const COLUMNS: &'static [Column] =
        &[Column::new("label", Type::Text, "Kind of entity: PERSON, ORG, GPE, NORP, DATE and so on.")];

    fn span(&self) -> Span {
        self.span
    }

    fn by(&self) -> By {
        By::rule("entity.pipeline")
    }

    fn row(&self, _doc: &Document) -> Vec<Value> {
        vec![Value::Text(self.label.to_string())]
    }
}

/// Gathers the entity tags of tokens.
pub struct Entities;

impl Stage for Entities {
    type Out = Entity;
    const VERSION: u32 = 1;
    const READS: &'static [&'static str] = &[Token::NAME];

    fn load(_data: &Data) -> Self {
        Self
    }

    fn run(&self, doc: &Document) -> Vec<Entity> {
        let mut entities: Vec<Entity> = Vec::new();
        for (index, token) in doc.layer::<Token>().iter().enumerate() {
            match (&token.entity, entities.last_mut()) {
                (EntityTag::Begin(label), _) => entities.push(Entity {
                    span: token.span(),
                    label: label.clone(),
                    first: Id::new(index),
                    end: Id::new(index + 1),
                }),
                (EntityTag::Inside(_), Some(entity)) => {
                    entity.span.end = token.end;
                    entity.end = Id::new(index + 1);
                }
                (EntityTag::Inside(_), None) | (EntityTag::Outside, _) => {}
            }
        }
        entities
    }
}
