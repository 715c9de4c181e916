//! Cuts sections into paragraphs, the unit in which the language is read.
//!
//! A headline without a full stop must not run into the next line, and a long report costs no more memory than its
//! longest paragraph needs.

use crate::stages::sections::Section;
use crate::stages::sections::lines::units;
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

/// Cuts sections into their lines; lines that were broken to fit a width are joined.
pub struct Paragraphs;

impl Stage for Paragraphs {
    type Out = Paragraph;
    const VERSION: u32 = 1;
    const READS: &'static [&'static str] = &[Section::NAME];

    fn load(_data: &Data) -> Self {
        Self
    }

    fn run(&self, doc: &Document) -> Vec<Paragraph> {
        let sections = doc.layer::<Section>();
        let mut paragraphs = Vec::new();
        let mut section = 0;
        for unit in units(doc.text()) {
            while section < sections.len() && sections[section].span.end <= unit.span.start {
                section += 1;
            }
            // A dateline or credit and the lede behind it are sections of one unit.
            for (index, part) in sections.iter().enumerate().skip(section) {
                if part.span.start >= unit.span.end {
                    break;
                }
                let start = part.span.start.max(unit.span.start);
                let span = Span::new(start, part.span.end.min(unit.span.end));
                paragraphs.push(Paragraph { span, section: Id::new(index) });
            }
        }
        paragraphs
    }
}
