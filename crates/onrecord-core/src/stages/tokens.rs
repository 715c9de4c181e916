//! Reads the language: every paragraph through the pipeline, with offsets and heads into the whole document.

use std::sync::Arc;

use crate::nlp::{self, EntityTag, Token};
use crate::stages::paragraphs::Paragraph;
use crate::{By, Column, Data, Document, Layer, Span, Stage, Type, Value};

impl Layer for Token {
    const NAME: &'static str = "tokens";
    const DOC: &'static str = "A word or mark, with its part of speech, lemma and place in the parse.";
    const COLUMNS: &'static [Column] = &[
        Column::new("lemma", Type::Text, "Base form."),
        Column::new("pos", Type::Text, "Universal part of speech."),
        Column::new("tag", Type::Text, "Fine-grained part of speech."),
        Column::new("morph", Type::Text, "Universal morphological features."),
        Column::new("head", Type::Reference("tokens"), "Syntactic head; a sentence's head is its own."),
        Column::new("dep", Type::Text, "Relation to the head."),
        Column::new("entity", Type::Text, "Place in a named entity: B-PERSON, I-PERSON, O."),
    ];

    fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }

    fn by(&self) -> By {
        By::rule("token.pipeline")
    }

    fn row(&self, _doc: &Document) -> Vec<Value> {
        let entity = match &self.entity {
            EntityTag::Outside => "O".to_owned(),
            EntityTag::Begin(label) => format!("B-{label}"),
            EntityTag::Inside(label) => format!("I-{label}"),
        };
        vec![
            Value::Text(self.lemma.to_string()),
            Value::Text(self.pos.to_string()),
            Value::Text(self.tag.to_string()),
            Value::Text(self.morph.to_string()),
            Value::Reference(self.head as usize),
            Value::Text(self.dep.to_string()),
            Value::Text(entity),
        ]
    }
}

/// Reads each paragraph with the language pipeline.
pub struct Tokens {
    language: Arc<nlp::Pipeline>,
}

impl Stage for Tokens {
    type Out = Token;
    const VERSION: u32 = 1;
    const READS: &'static [&'static str] = &[Paragraph::NAME];

    fn load(data: &Data) -> Self {
        Self { language: Arc::clone(&data.language) }
    }

    fn run(&self, doc: &Document) -> Vec<Token> {
        let mut tokens: Vec<Token> = Vec::new();
        for paragraph in doc.layer::<Paragraph>() {
            let first = u32::try_from(tokens.len()).expect("a document has fewer tokens than bytes");
            let analysis = self.language.read(doc.words(paragraph.span));
            tokens.extend(analysis.tokens.into_iter().map(|token| Token {
                start: token.start + paragraph.span.start,
                end: token.end + paragraph.span.start,
                head: token.head + first,
                ..token
            }));
        }
        tokens
    }
}
