//! Reads the language: every paragraph through the pipeline, the time in front of a live report's apart, with offsets and
//! heads into the whole document.

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
    const VERSION: u32 = 2;
    const READS: &'static [&'static str] = &[Paragraph::NAME];

    fn load(data: &Data) -> Self {
        Self { language: Arc::clone(&data.language) }
    }

    fn run(&self, doc: &Document) -> Vec<Token> {
        let paragraphs = || doc.layer::<Paragraph>().iter().map(|paragraph| paragraph.span);
        let live = paragraphs().filter(|span| stamp(doc.words(*span)) > 0).count() >= STAMPS;
        let mut tokens: Vec<Token> = Vec::new();
        for paragraph in paragraphs() {
            let stamp = if live { stamp(doc.words(paragraph)) } else { 0 };
            let story = paragraph.start + u32::try_from(stamp).expect("a document's offsets fit");
            for span in [Span::new(paragraph.start, story), Span::new(story, paragraph.end)] {
                if span.is_empty() {
                    continue;
                }
                let first = u32::try_from(tokens.len()).expect("a document has fewer tokens than bytes");
                let analysis = self.language.read(doc.words(span));
                tokens.extend(analysis.tokens.into_iter().map(|token| Token {
                    start: token.start + span.start,
                    end: token.end + span.start,
                    head: token.head + first,
                    ..token
                }));
            }
        }
        tokens
    }
}

/// Paragraphs with a time in front that make a live report.
const STAMPS: usize = 3;

/// The bytes of the time that a paragraph of a live report begins with, up to its story; 0 where there is none. The
/// parser takes "10.48 Ruiz" for a name otherwise.
fn stamp(paragraph: &str) -> usize {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let hour = digits(paragraph);
    let Some(rest) = paragraph[hour..].strip_prefix([':', '.']).filter(|_| (1..=2).contains(&hour)) else {
        return 0;
    };
    if digits(rest) != 2 {
        return 0;
    }
    let behind = &rest[2..];
    let rest = behind.trim_start_matches(' ');
    let half = ["am", "pm", "a.m.", "p.m.", "AM", "PM", "GMT", "BST", "CET", "ET", "UTC"];
    let rest = half.iter().find_map(|half| rest.strip_prefix(half)).unwrap_or(rest);
    let story = rest.trim_start_matches([' ', ':', '-', '–', '—', '|', '\u{a0}']);
    let opens =
        story.starts_with(|first: char| first.is_uppercase() || matches!(first, '“' | '"' | '‘' | '\''));
    if opens && story.len() < behind.len() { paragraph.len() - story.len() } else { 0 }
}
