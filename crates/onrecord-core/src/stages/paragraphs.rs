//! Cuts sections into paragraphs, the unit in which the language is read.
//!
//! A headline without a full stop must not run into the next line, and a long report costs no more memory than its
//! longest paragraph needs.

use crate::stages::sections::Section;
use crate::{By, Column, Data, Document, Id, Layer, Span, Stage, Type, Value};

/// A paragraph of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// The paragraph, without the white space around it.
    pub span: Span,
    /// The section that it stands in.
    pub section: Id<Section>,
}

impl Layer for Paragraph {
    const NAME: &'static str = "paragraphs";
    const DOC: &'static str = "A paragraph of a section.";
    const COLUMNS: &'static [Column] =
        &[Column::new("section", Type::Reference("sections"), "The section that the paragraph stands in.")];

    fn span(&self) -> Span {
        self.span
    }

    fn by(&self) -> By {
        By::rule("paragraph.line")
    }

    fn row(&self, _doc: &Document) -> Vec<Value> {
        vec![Value::Reference(self.section.index())]
    }
}

/// Cuts sections at line breaks.
pub struct Paragraphs;

impl Stage for Paragraphs {
    type Out = Paragraph;
    const VERSION: u32 = 1;
    const READS: &'static [&'static str] = &[Section::NAME];

    fn load(_data: &Data) -> Self {
        Self
    }

    fn run(&self, doc: &Document) -> Vec<Paragraph> {
        let mut paragraphs = Vec::new();
        for (index, section) in doc.layer::<Section>().iter().enumerate() {
            let words = doc.words(section.span);
            let mut at = section.span.range().start;
            for line in words.split_inclusive('\n') {
                let start = at + line.len() - line.trim_start().len();
                let span = Span::of(start..start + line.trim().len());
                if !span.is_empty() {
                    paragraphs.push(Paragraph { span, section: Id::new(index) });
                }
                at += line.len();
            }
        }
        paragraphs
    }
}
