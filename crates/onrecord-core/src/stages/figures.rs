//! Finds figures: how many, of what, with which bound, and what happened to them.

use crate::nlp::Token;
use crate::stages::sentences::Sentence;
use crate::stages::statements::Statement;
use crate::stages::times::Time;
use crate::{By, Column, Data, Document, Id, Layer, Span, Stage, Type, Value};

/// A figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The figure's words, with bound and unit: "nearly 38,350 Palestinians" gives "Nearly 38,350".
    pub span: Span,
    /// The value, or the low end of a range, as an exact decimal; `None` when only vague words are given ("dozens").
    pub low: Option<String>,
    /// The high end of a range; equal to `low` for a single value.
    pub high: Option<String>,
    /// How the value bounds the truth: `exactly`, `nearly`, `about`, `at least`, `at most`, `more than`, `fewer than`,
    /// `between`.
    pub bound: &'static str,
    /// `up` or `down` when the figure is a change, and `to` or `by`.
    pub change: Option<&'static str>,
    /// Class of unit: `count`, `money`, `percent`, `percentage point`, `measure`, `age`, `rate`, `ordinal`.
    pub class: &'static str,
    /// The unit, normalised: `USD`, `kilometre`, `percent`.
    pub unit: Option<String>,
    /// What is counted, as worded.
    pub counted: Option<Span>,
    /// A remark on what is counted: "mostly women and children".
    pub remark: Option<Span>,
    /// What happened to what is counted: `killed`, `injured`, `displaced`.
    pub happened: Option<&'static str>,
    /// As of when.
    pub as_of: Option<Id<Time>>,
    /// The statement that carries the figure: by whose count.
    pub statement: Option<Id<Statement>>,
    /// The rule that read it.
    pub by: By,
}

impl Layer for Figure {
    const NAME: &'static str = "figures";
    const DOC: &'static str = "A figure: how many, of what, with which bound, and what happened to them.";
    const COLUMNS: &'static [Column] = &[
        Column::new("low", Type::Real, "The value, or the low end of a range; none for vague words."),
        Column::new("high", Type::Real, "The high end of a range; equal to low for a single value."),
        Column::new(
            "bound",
            Type::Text,
            "exactly, nearly, about, at least, at most, more than, fewer than or between.",
        ),
        Column::new("change", Type::Text, "up or down when the figure is a change."),
        Column::new(
            "class",
            Type::Text,
            "count, money, percent, percentage point, measure, age, rate or ordinal.",
        ),
        Column::new("unit", Type::Text, "The unit, normalised."),
        Column::new("counted", Type::Span, "What is counted, as worded."),
        Column::new("remark", Type::Span, "A remark on what is counted."),
        Column::new(
            "happened",
            Type::Text,
            "What happened to what is counted: killed, injured, displaced and so on.",
        ),
        Column::new("as_of", Type::Reference("times"), "As of when."),
        Column::new("statement", Type::Reference("statements"), "The statement that carries the figure."),
    ];

    fn span(&self) -> Span {
        self.span
    }

    fn by(&self) -> By {
        self.by.clone()
    }

    fn row(&self, _doc: &Document) -> Vec<Value> {
        let real = |value: &Option<String>| {
            value.as_deref().and_then(|v| v.parse().ok()).map_or(Value::Null, Value::Real)
        };
        vec![
            real(&self.low),
            real(&self.high),
            Value::Text(self.bound.into()),
            Value::text(self.change),
            Value::Text(self.class.into()),
            Value::text(self.unit.clone()),
            Value::span(self.counted),
            Value::span(self.remark),
            Value::text(self.happened),
            Value::reference(self.as_of),
            Value::reference(self.statement),
        ]
    }
}

/// Finds figures.
pub struct Figures;

impl Stage for Figures {
    type Out = Figure;
    const VERSION: u32 = 1;
    const READS: &'static [&'static str] = &[Token::NAME, Sentence::NAME, Time::NAME, Statement::NAME];

    fn load(_data: &Data) -> Self {
        Self
    }

    fn run(&self, _doc: &Document) -> Vec<Figure> {
        Vec::new()
    }
}
