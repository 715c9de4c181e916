//! What every kind of record has in common: a name, columns, a span and the rule that made it.

use crate::{Document, Span};

/// A kind of record, and so a layer of a document.
///
/// Its columns are its public face: tables, JSON and the reference are all made from [`COLUMNS`](Layer::COLUMNS) and
/// [`row`](Layer::row). Every row has, beside these, an id, its span, its words, and the rule that made it.
pub trait Layer: Send + Sync + Sized + 'static {
    /// The layer's name, a plural: `statements`.
    const NAME: &'static str;
    /// One sentence on what a record is.
    const DOC: &'static str;
    /// The columns that only this layer has, in the order of [`row`](Layer::row).
    const COLUMNS: &'static [Column];

    /// The words the record stands on.
    fn span(&self) -> Span;

    /// The spans that tell this record from others of its layer; its id is made from them.
    fn identity(&self) -> Vec<Span> {
        vec![self.span()]
    }

    /// The rule or model that made the record, with what it saw.
    fn by(&self) -> By;

    /// The values of [`COLUMNS`](Layer::COLUMNS), in order.
    fn row(&self, doc: &Document) -> Vec<Value>;
}

/// A column of a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Name, in lower case.
    pub name: &'static str,
    /// What its values are.
    pub kind: Type,
    /// One sentence that a reader of the table understands.
    pub doc: &'static str,
}

impl Column {
    /// A column with its name, type and sentence.
    pub const fn new(name: &'static str, kind: Type, doc: &'static str) -> Self {
        Self { name, kind, doc }
    }
}

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// A word of a closed list, or a name.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Real,
    /// Yes or no.
    Boolean,
    /// Words of the text.
    Span,
    /// Words that stand in several places.
    Spans,
    /// A record of the layer of this name.
    Reference(&'static str),
}

/// One value of a row; `Null` says that it is unknown or that there is none.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Unknown, or none.
    Null,
    /// A word of a closed list, or a name.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Yes or no.
    Boolean(bool),
    /// Words of the text.
    Span(Span),
    /// Words that stand in several places.
    Spans(Vec<Span>),
    /// The index of a record in the layer that the column names.
    Reference(usize),
}

impl Value {
    /// A text, or `Null`.
    pub fn text(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Null, |text| Self::Text(text.into()))
    }

    /// A span, or `Null`.
    pub fn span(span: Option<Span>) -> Self {
        span.map_or(Self::Null, Self::Span)
    }

    /// A reference to a record, or `Null`.
    pub fn reference<T>(id: Option<crate::Id<T>>) -> Self {
        id.map_or(Self::Null, |id| Self::Reference(id.index()))
    }
}

/// The rule or model that made a record, and what it went by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct By {
    /// Name of the rule, such as `statement.clause`; documentation and code are found by it.
    pub rule: &'static str,
    /// What it saw, in order.
    pub evidence: Vec<Evidence>,
}

impl By {
    /// A rule that needs no more evidence than the record's own words.
    pub const fn rule(rule: &'static str) -> Self {
        Self { rule, evidence: Vec::new() }
    }

    /// Adds words that the rule went by.
    #[must_use]
    pub fn saw(mut self, what: &'static str, span: Span) -> Self {
        self.evidence.push(Evidence { what, span: Some(span), value: None });
        self
    }

    /// Adds a fact that the rule went by, such as the anchor date.
    #[must_use]
    pub fn knew(mut self, what: &'static str, value: impl Into<String>) -> Self {
        self.evidence.push(Evidence { what, span: None, value: Some(value.into()) });
        self
    }
}

/// One thing that a rule went by: words of the text, a fact, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// What it was to the rule: `cue`, `anchor`, `antecedent`.
    pub what: &'static str,
    /// Where it stands, if it is words of the text.
    pub span: Option<Span>,
    /// What it was, if it is not only words.
    pub value: Option<String>,
}
