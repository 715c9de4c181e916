//! Finds who said what: the words, the speaker, the cue, the addressee, and where the same is said again.
//!
//! Words that may be cues are looked up in a lexicon; the parse and the quotation marks give the parts around each that
//! may be its content or source; two small linear models tell the parts' roles, and which cues make statements.

mod assemble;
mod attitudes;
mod candidates;
mod choose;
mod details;
mod features;
mod first_person;
mod fold;
mod frame;
mod graft;
pub mod learn;
mod lexicon;
mod model;
mod people;
mod record;
mod relatives;
mod rescue;
mod rules;
mod signed;
mod summaries;
mod tidy;
mod turns;
mod uncued;
mod words;

use std::sync::Arc;

pub use attitudes::{Attitude, Attitudes};
pub use fold::Telling;

use assemble::carry_on;
use attitudes::attitudes;
use candidates::candidates;
use choose::{Judgements, choose};
use frame::Frame;
use learn::Models;
use lexicon::Cues;
use record::records;
use rescue::rescue;
use rules::remarks;
use tidy::nest;
use words::Saying;

use crate::nlp::Token;
use crate::stages::mentions::Mention;
use crate::stages::quote_marks::QuoteMark;
use crate::stages::sections::Section;
use crate::stages::sentences::Sentence;
use crate::stages::times::Time;
use crate::{By, Column, Data, Document, Id, Layer, Left, Span, Stage, Type, Value};

/// Something that somebody said, wrote or otherwise stated.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// What was said, with quotation marks where it has them; several spans when the quotation is split.
    pub content: Vec<Span>,
    /// How it is given.
    pub kind: StatementKind,
    /// Who said it, as worded; `None` when the text does not tell.
    pub speaker: Option<Span>,
    /// The mention that the speaker is.
    pub mention: Option<Id<Mention>>,
    /// The speaker's name, resolved; `None` when it is not known.
    pub name: Option<String>,
    /// The speaker's role as worded.
    pub role: Option<Span>,
    /// The words that tell that something is said: "said", "according to", a colon.
    pub cue: Option<Span>,
    /// Lemma of the cue's head.
    pub cue_lemma: Option<String>,
    /// To whom it was said, as worded.
    pub addressee: Option<Span>,
    /// The addressee's name, resolved.
    pub addressee_name: Option<String>,
    /// Medium or occasion: "in a message", "during a trip", "at a press conference".
    pub medium: Option<Span>,
    /// Whether the saying is denied: "did not say", "declined to comment".
    pub negated: bool,
    /// When it was said.
    pub when: Option<Id<Time>>,
    /// Other places of the report where the same is stated: headline, deck, lede.
    pub places: Vec<Span>,
    /// The statement in whose words this one stands.
    pub inside: Option<Id<Statement>>,
    /// The rule or model that found it.
    pub by: By,
}

/// How a statement is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatementKind {
    /// Wholly in quotation marks.
    Direct,
    /// In part in quotation marks.
    Mixed,
    /// In the reporter's words.
    Indirect,
}

impl StatementKind {
    /// The kind's name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
        }
    }
}

impl Layer for Statement {
    const NAME: &'static str = "statements";
    const DOC: &'static str = "Something that somebody said, wrote or otherwise stated.";
    const COLUMNS: &'static [Column] = &[
        Column::new("kind", Type::Text, "direct, mixed or indirect."),
        Column::new("content", Type::Spans, "What was said; several spans when the quotation is split."),
        Column::new("speaker", Type::Span, "Who said it, as worded; none when the text does not tell."),
        Column::new("mention", Type::Reference("mentions"), "The mention that the speaker is."),
        Column::new("name", Type::Text, "The speaker's name, resolved; none when it is not known."),
        Column::new("role", Type::Span, "The speaker's role, as worded."),
        Column::new("cue", Type::Span, "The words that tell that something is said."),
        Column::new("cue_lemma", Type::Text, "Lemma of the cue."),
        Column::new("addressee", Type::Span, "To whom it was said, as worded."),
        Column::new("addressee_name", Type::Text, "The addressee's name, resolved."),
        Column::new("medium", Type::Span, "Medium or occasion, as worded: a message, an interview, a trip."),
        Column::new("negated", Type::Boolean, "Whether the saying is denied or refused."),
        Column::new("said_when", Type::Reference("times"), "When it was said."),
        Column::new("places", Type::Spans, "Other places of the report where the same is stated."),
        Column::new("inside", Type::Reference("statements"), "The statement in whose words this one stands."),
    ];

    fn span(&self) -> Span {
        self.content.iter().copied().reduce(Span::cover).unwrap_or_default()
    }

    fn identity(&self) -> Vec<Span> {
        self.content.clone()
    }

    fn by(&self) -> By {
        self.by.clone()
    }

    fn row(&self, _doc: &Document) -> Vec<Value> {
        vec![
            Value::Text(self.kind.name().into()),
            Value::Spans(self.content.clone()),
            Value::span(self.speaker),
            Value::reference(self.mention),
            Value::text(self.name.clone()),
            Value::span(self.role),
            Value::span(self.cue),
            Value::text(self.cue_lemma.clone()),
            Value::span(self.addressee),
            Value::text(self.addressee_name.clone()),
            Value::span(self.medium),
            Value::Boolean(self.negated),
            Value::reference(self.when),
            Value::Spans(self.places.clone()),
            Value::reference(self.inside),
        ]
    }
}

/// The packed models; see `data/en/statements.md`.
static MODELS: &[u8] = include_bytes!("../../../data/en/statements.bin");

/// Finds statements.
#[derive(Debug)]
pub struct Statements {
    cues: Cues,
    saying: Saying,
    /// None while a new form of the models is being trained.
    models: Option<Models>,
}

impl Statements {
    /// The stage with other models than its own, as the workshop measures them.
    pub fn with(models: Models) -> Self {
        Self { cues: Cues::load(), saying: Saying::load(), models: Some(models) }
    }
}

impl Stage for Statements {
    type Out = Statement;
    const VERSION: u32 = 12;
    const READS: &'static [&'static str] =
        &[Section::NAME, Token::NAME, Sentence::NAME, QuoteMark::NAME, Time::NAME, Mention::NAME];

    fn load(_data: &Data) -> Self {
        Self { cues: Cues::load(), saying: Saying::load(), models: Models::open(MODELS) }
    }

    fn run(&self, doc: &Document) -> Vec<Statement> {
        self.run_and_leave(doc).0
    }

    fn run_and_leave(&self, doc: &Document) -> (Vec<Statement>, Option<Left>) {
        let Some(models) = &self.models else { return (Vec::new(), None) };
        let frame = Frame::new(doc, &self.saying);
        let candidates = candidates(&frame, &self.cues, &self.saying);
        let judgements = Judgements::new(&frame, &candidates, models);
        let mut chosen = choose(&frame, &candidates, &self.saying, &judgements);
        rescue(&frame, &candidates, &mut chosen);
        carry_on(&frame, &candidates, &mut chosen);
        nest(&frame, &mut chosen);
        let remarks = remarks(&frame, &self.saying, &candidates, &mut chosen);
        let statements = records(&frame, &self.saying, &candidates, &chosen, &remarks);
        let attitudes = attitudes(&frame, &candidates, &judgements, &statements);
        (statements, Some(Arc::new(attitudes)))
    }
}
