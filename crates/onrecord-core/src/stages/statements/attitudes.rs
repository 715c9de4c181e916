//! Finds the hopes, fears, beliefs and plans that a report gives somebody: attributions that are no statements.
//!
//! The same words, parts and models as for statements; what a statement has is left to it.

use std::collections::BTreeSet;

use super::assemble::spans;
use super::candidates::{Candidate, candidates};
use super::choose::{Chosen, Judgement, Judgements, without_clashes};
use super::frame::Frame;
use super::learn::{ATTITUDE, Models, STATEMENT};
use super::lexicon::Cues;
use super::people::person;
use super::words::Saying;
use super::{MODELS, Statement};
use crate::nlp::Token;
use crate::stages::mentions::Mention;
use crate::stages::quote_marks::QuoteMark;
use crate::stages::sections::Section;
use crate::stages::sentences::Sentence;
use crate::{By, Column, Data, Document, Id, Layer, Span, Stage, Type, Value};

/// A state of mind that a report gives somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Attitude {
    /// What is hoped, feared, believed, planned.
    pub content: Vec<Span>,
    /// Whose it is, as worded.
    pub holder: Option<Span>,
    /// The mention that the holder is.
    pub mention: Option<Id<Mention>>,
    /// The holder's name, resolved; `None` when it is not known.
    pub name: Option<String>,
    /// The word that tells it: "hopes".
    pub cue: Span,
    /// Lemma of the cue.
    pub cue_lemma: String,
    /// The statement in whose words it stands.
    pub inside: Option<Id<Statement>>,
    /// The model that found it.
    pub by: By,
}

impl Layer for Attitude {
    const NAME: &'static str = "attitudes";
    const DOC: &'static str =
        "A hope, fear, belief or plan that a report gives somebody; not something said.";
    const COLUMNS: &'static [Column] = &[
        Column::new("content", Type::Spans, "What is hoped, feared, believed or planned."),
        Column::new("holder", Type::Span, "Whose it is, as worded; none when the text does not tell."),
        Column::new("mention", Type::Reference("mentions"), "The mention that the holder is."),
        Column::new("name", Type::Text, "The holder's name, resolved; none when it is not known."),
        Column::new("cue", Type::Span, "The word that tells it."),
        Column::new("cue_lemma", Type::Text, "Lemma of the cue."),
        Column::new("inside", Type::Reference("statements"), "The statement in whose words it stands."),
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
            Value::Spans(self.content.clone()),
            Value::span(self.holder),
            Value::reference(self.mention),
            Value::text(self.name.clone()),
            Value::Span(self.cue),
            Value::text(Some(self.cue_lemma.clone())),
            Value::reference(self.inside),
        ]
    }
}

/// Finds attitudes.
#[derive(Debug)]
pub struct Attitudes {
    cues: Cues,
    saying: Saying,
    /// None while a new form of the models is being trained.
    models: Option<Models>,
}

/// Chance from which an attribution is an attitude; near the best on the training articles, and flat around it.
const IS_ATTITUDE: f32 = 0.35;
/// The rule's name.
const RULE: &str = "attitude.model";

impl Stage for Attitudes {
    type Out = Attitude;
    const VERSION: u32 = 12;
    const READS: &'static [&'static str] =
        &[Section::NAME, Token::NAME, Sentence::NAME, QuoteMark::NAME, Mention::NAME, Statement::NAME];

    fn load(_data: &Data) -> Self {
        Self { cues: Cues::load(), saying: Saying::load(), models: Models::open(MODELS) }
    }

    /// The statements have read the document for the same words: attitudes are what they left.
    fn run(&self, doc: &Document) -> Vec<Attitude> {
        if let Some(rows) = doc.left::<Vec<Attitude>>() {
            return rows.clone();
        }
        let Some(models) = &self.models else { return Vec::new() };
        let frame = Frame::new(doc, &self.saying);
        let candidates = candidates(&frame, &self.cues, &self.saying);
        attitudes(&frame, &candidates, &Judgements::new(&frame, &candidates, models), doc.layer())
    }
}

/// The attitudes among a document's attributions, beside its statements.
pub(super) fn attitudes(
    frame: &Frame,
    candidates: &[Candidate],
    judgements: &Judgements<'_>,
    statements: &[Statement],
) -> Vec<Attitude> {
    let said = cues(frame, statements);
    let mut found = Vec::new();
    for (index, candidate) in candidates.iter().enumerate() {
        if candidate.chance.attitude == 0 || said.contains(&candidate.cue) {
            continue;
        }
        let Some(Judgement { attribution, chances }) = judgements.of(index) else { continue };
        let chance = chances[ATTITUDE] + chances[STATEMENT];
        if chance >= IS_ATTITUDE {
            found.push(Chosen::new(index, attribution.clone(), RULE, chance));
        }
    }
    let mut kept = without_clashes(frame, found);
    kept.sort_by_key(|chosen| chosen.attribution.cue);
    let row = |chosen: &Chosen| {
        let candidate = &candidates[chosen.candidate];
        let source = chosen.attribution.source.map(|source| person(frame, &candidate.parts[source]));
        let holder = source.unwrap_or_default();
        let content = spans(frame, &chosen.attribution.content);
        let cue = frame.tokens[candidate.cue].span();
        (!content.is_empty()).then(|| Attitude {
            content,
            holder: holder.words,
            mention: holder.mention,
            name: holder.name,
            cue,
            cue_lemma: frame.lemma(candidate.cue).to_lowercase(),
            inside: holding(statements, cue),
            by: By::rule(RULE).saw("cue", cue).knew("model", format!("{:.2}", chosen.chance)),
        })
    };
    let mut rows: Vec<Attitude> = kept.iter().filter_map(row).collect();
    rows.sort_by_key(|row| (row.span().start, row.cue));
    rows
}

/// The tokens of the statements' cues.
fn cues(frame: &Frame, statements: &[Statement]) -> BTreeSet<usize> {
    statements.iter().filter_map(|statement| statement.cue).flat_map(|cue| frame.tokens_in(cue)).collect()
}

/// The innermost statement whose words hold the cue.
fn holding(statements: &[Statement], cue: Span) -> Option<Id<Statement>> {
    let statements = statements.iter().enumerate();
    let holds = |statement: &Statement| statement.content.iter().any(|piece| piece.contains(cue));
    let length =
        |statement: &Statement| statement.content.iter().map(|piece| piece.range().len()).sum::<usize>();
    let best =
        statements.filter(|(_, statement)| holds(statement)).min_by_key(|(_, statement)| length(statement));
    best.map(|(index, _)| Id::new(index))
}
