//! Finds expressions of time and resolves them against explicit anchors.
//!
//! In three steps: the text is cut into words once, a grammar reads the longest expressions that the words make, and a
//! resolver gives each its place in the calendar: from when the report was published, from what the story has come to,
//! or from when a quotation was spoken. What no anchor tells stays unknown. [`TimeReader`] works on a text alone; the
//! stage adds what the parse knows.

mod calendar;
mod clause;
mod direction;
mod expression;
mod foreign;
mod grammar;
mod places;
mod quotation;
mod reader;
mod resolve;
mod rounds;
mod story;
mod value;
mod words;

use crate::nlp::Token;
use crate::stages::quote_marks::QuoteMark;
use crate::stages::sentences::Sentence;
use crate::{By, Column, Data, Document, Layer, Span, Stage, Type, Value};

pub use calendar::{Interval, interval};
pub use reader::{Choice, TimeReader};
pub use value::{Clock, Length, NotAValue, PartOfDay, Place, Reference, Season, Stamp, TimeValue, Unit};

/// An expression of time, as TIMEX3.
#[derive(Debug, Clone, PartialEq)]
pub struct Time {
    /// The words of the expression.
    pub span: Span,
    /// What kind of time it names.
    pub kind: TimeKind,
    /// TIMEX3 value, such as `2024-07-11`, `XXXX-WXX-4`, `P3D`; parts that are not known stay `X`.
    pub value: String,
    /// TIMEX3 modifier, such as `START`, `APPROX`.
    pub modifier: Option<&'static str>,
    /// First instant of the interval, as an ISO local date or date and time; `None` when open or unknown.
    pub begin: Option<String>,
    /// The instant after the interval's last; `None` when open or unknown.
    pub end: Option<String>,
    /// The rule, with the anchor it resolved against and what else it could have meant.
    pub by: By,
}

/// TIMEX3's kinds of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeKind {
    /// A day or more of the calendar.
    Date,
    /// A time of day.
    Time,
    /// How long.
    Duration,
    /// How often.
    Set,
}

impl TimeKind {
    /// TIMEX3's name for the kind.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

impl Layer for Time {
    const NAME: &'static str = "times";
    const DOC: &'static str = "An expression of time, resolved against the publication date.";
    const COLUMNS: &'static [Column] = &[
        Column::new("type", Type::Text, "DATE, TIME, DURATION or SET, as in TIMEX3."),
        Column::new("value", Type::Text, "TIMEX3 value; parts that are not known stay X."),
        Column::new("mod", Type::Text, "TIMEX3 modifier: START, MID, END, APPROX, BEFORE and so on."),
        Column::new("begins", Type::Text, "First instant of the interval, ISO 8601, local."),
        Column::new(
            "ends",
            Type::Text,
            "The instant after the interval's last, ISO 8601, local; none when open.",
        ),
    ];

    fn span(&self) -> Span {
        self.span
    }

    fn by(&self) -> By {
        self.by.clone()
    }

    fn row(&self, _doc: &Document) -> Vec<Value> {
        vec![
            Value::Text(self.kind.name().into()),
            Value::Text(self.value.clone()),
            Value::text(self.modifier),
            Value::text(self.begin.clone()),
            Value::text(self.end.clone()),
        ]
    }
}

/// What an expression was counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The day of publication, or of the dateline.
    Speech,
    /// The time that the story had come to.
    Story,
    /// The day on which a quotation was spoken.
    Quotation,
}

impl Anchor {
    /// The anchor's name in the evidence.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Speech => "publication",
            Self::Story => "story",
            Self::Quotation => "quotation",
        }
    }
}

/// Finds and resolves times.
pub struct Times {
    reader: TimeReader,
}

impl Stage for Times {
    type Out = Time;
    const VERSION: u32 = 5;
    const READS: &'static [&'static str] = &[Token::NAME, Sentence::NAME, QuoteMark::NAME];

    fn load(_data: &Data) -> Self {
        Self { reader: TimeReader::english() }
    }

    fn run(&self, doc: &Document) -> Vec<Time> {
        self.reader.read_document(doc)
    }
}
