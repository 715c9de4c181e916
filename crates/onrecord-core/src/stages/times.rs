//! Finds expressions of time and resolves them against explicit anchors.

use crate::nlp::Token;
use crate::stages::quote_marks::QuoteMark;
use crate::stages::sentences::Sentence;
use crate::{By, Column, Data, Document, Layer, Span, Stage, Type, Value};

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

/// Finds and resolves times.
pub struct Times;

impl Stage for Times {
    type Out = Time;
    const VERSION: u32 = 1;
    const READS: &'static [&'static str] = &[Token::NAME, Sentence::NAME, QuoteMark::NAME];

    fn load(_data: &Data) -> Self {
        Self
    }

    fn run(&self, _doc: &Document) -> Vec<Time> {
        Vec::new()
    }
}
