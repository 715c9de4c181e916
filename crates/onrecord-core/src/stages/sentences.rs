//! Cuts paragraphs into sentences, as the parse has them.

use crate::nlp::Token;
use crate::stages::paragraphs::Paragraph;
use crate::{By, Column, Data, Document, Id, Layer, Span, Stage, Type, Value};

/// A sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The sentence, without the white space around it.
    pub span: Span,
    /// Its first token.
    pub first: Id<Token>,
    /// The token after its last.
    pub end: Id<Token>,
    /// The paragraph that it stands in.
    pub paragraph: Id<Paragraph>,
}

impl Sentence {
    /// The indices of the sentence's tokens in the layer of tokens.
    pub fn tokens(&self) -> std::ops::Range<usize> {
        self.first.index()..self.end.index()
    }
}

impl Layer for Sentence {
    const NAME: &'static str = "sentences";
    const DOC: &'static str = "A sentence, as the parse has it.";
    const COLUMNS: &'static [Column] = &[Column::new(
        "paragraph",
        Type::Reference("paragraphs"),
        "The paragraph that the sentence stands in.",
    )];

    fn span(&self) -> Span {
        self.span
    }

    fn by(&self) -> By {
        By::rule("sentence.parse")
    }

    fn row(&self, _doc: &Document) -> Vec<Value> {
        vec![Value::Reference(self.paragraph.index())]
    }
}

/// Cuts paragraphs where the parse starts a sentence.
pub struct Sentences;

impl Stage for Sentences {
    type Out = Sentence;
    const VERSION: u32 = 1;
    const READS: &'static [&'static str] = &[Paragraph::NAME, Token::NAME];

    fn load(_data: &Data) -> Self {
        Self
    }

    fn run(&self, doc: &Document) -> Vec<Sentence> {
        let tokens = doc.layer::<Token>();
        let mut sentences = Vec::new();
        let mut next = 0;
        for (index, paragraph) in doc.layer::<Paragraph>().iter().enumerate() {
            while next < tokens.len() && tokens[next].end <= paragraph.span.end {
                let first = next;
                next += 1;
                while next < tokens.len()
                    && tokens[next].end <= paragraph.span.end
                    && !tokens[next].sent_start
                {
                    next += 1;
                }
                let span = Span::new(tokens[first].start, tokens[next - 1].end);
                sentences.push(Sentence {
                    span,
                    first: Id::new(first),
                    end: Id::new(next),
                    paragraph: Id::new(index),
                });
            }
        }
        sentences
    }
}
