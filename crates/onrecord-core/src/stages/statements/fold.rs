//! Folds what the top of a report says again: a statement has one row, with all the places where it stands.

use super::frame::Frame;
use super::people::Person;
use super::summaries::{Summaries, Told};
use super::{Statement, StatementKind};
use crate::stages::mentions::Mention;
use crate::stages::sections::{Section, SectionKind};
use crate::{By, Layer, Span};

/// Evidence of a folded statement: where its words begin, who says them there, by what cue.
const PLACE: &str = "told at";
/// See [`PLACE`].
const PLACE_SPEAKER: &str = "told by";
/// See [`PLACE`].
const PLACE_CUE: &str = "told with";

/// A place where a statement is told with a source of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    /// The words.
    pub content: Vec<Span>,
    /// Who says them there, as worded.
    pub speaker: Option<Span>,
    /// The cue there.
    pub cue: Option<Span>,
}

impl Statement {
    /// The other places where the statement is told with a source, as "minister: harbour to close" in a headline.
    pub fn tellings(&self) -> Vec<Telling> {
        let mut tellings: Vec<Telling> = Vec::new();
        for evidence in &self.by.evidence {
            match (evidence.what, tellings.last_mut()) {
                (PLACE, _) => {
                    let content =
                        self.places.iter().copied().filter(|place| Some(*place) == evidence.span).collect();
                    tellings.push(Telling { content, speaker: None, cue: None });
                }
                (PLACE_SPEAKER, Some(telling)) => telling.speaker = evidence.span,
                (PLACE_CUE, Some(telling)) => telling.cue = evidence.span,
                _ => {}
            }
        }
        tellings
    }
}

/// The statement that a speaker's label makes of the headline below it.
pub(super) fn labelled(frame: &Frame) -> Option<Statement> {
    let sections = frame.doc.layer::<Section>();
    let at = sections.iter().position(|section| section.kind == SectionKind::Label)?;
    let (label, headline) = (&sections[at], sections.get(at + 1)?);
    if headline.kind != SectionKind::Headline {
        return None;
    }
    let name = label.name?;
    let mention = frame.doc.within::<Mention>(name).first();
    let speaker = Person {
        words: Some(name),
        name: mention.and_then(|mention| mention.name.clone()),
        ..Person::default()
    };
    let colon = Span::new(label.span.end - 1, label.span.end);
    let tokens = frame.tokens_in(headline.span);
    let kind = kind(frame.quoted(tokens));
    let by = By::rule("statement.headline_label").saw("label", label.span);
    Some(Statement {
        content: vec![headline.span],
        cue: Some(colon),
        cue_lemma: Some(":".into()),
        ..bare(kind, speaker, by)
    })
}

/// The kind by how many of a content's words there are, and how many of them stand in marks.
pub(super) fn kind((words, quoted): (usize, usize)) -> StatementKind {
    match quoted {
        0 => StatementKind::Indirect,
        _ if quoted == words => StatementKind::Direct,
        _ => StatementKind::Mixed,
    }
}

pub(super) fn bare(kind: StatementKind, speaker: Person, by: By) -> Statement {
    Statement {
        content: Vec::new(),
        kind,
        speaker: speaker.words,
        mention: speaker.mention,
        name: speaker.name,
        role: speaker.role,
        cue: None,
        cue_lemma: None,
        addressee: None,
        addressee_name: None,
        medium: None,
        negated: false,
        when: None,
        places: Vec::new(),
        inside: None,
        by,
    }
}

/// Makes places of the statements in headline, deck, bullets and crossheads that the body makes too, and of those that
/// state the same without a cue. Returns for each statement whether it stays.
pub(super) fn fold(frame: &Frame, statements: &mut [Statement]) -> Vec<bool> {
    let summaries = Summaries::new(frame);
    let mut stays = vec![true; statements.len()];
    let spans: Vec<Span> = summaries.places.iter().map(|place| frame.span(place.tokens.clone())).collect();
    let in_place = |statement: &Statement| spans.iter().any(|span| span.contains(statement.span()));
    let body: Vec<Told> = (0..statements.len())
        .filter(|index| !in_place(&statements[*index]))
        .map(|index| summaries.told(frame, index, &statements[index]))
        .collect();
    for (place, span) in summaries.places.iter().zip(&spans) {
        let Some(target) = summaries.stated(frame, place, &body) else { continue };
        let own: Vec<usize> =
            (0..statements.len()).filter(|index| span.contains(statements[*index].span())).collect();
        for index in &own {
            tell(statements, *index, target);
            stays[*index] = false;
        }
        if own.is_empty() {
            let place = self::place(frame, *span, &statements[target].content);
            statements[target].places.push(place);
        }
    }
    for statement in statements.iter_mut() {
        statement.places.sort_unstable();
    }
    stays
}

/// Makes one statement a place of another, with the source that it has there.
fn tell(statements: &mut [Statement], index: usize, target: usize) {
    let told = statements[index].clone();
    let twin = &mut statements[target];
    twin.name = twin.name.take().or(told.name);
    let mut by = std::mem::take(&mut twin.by).saw(PLACE, told.content[0]);
    for (what, span) in [(PLACE_SPEAKER, told.speaker), (PLACE_CUE, told.cue)] {
        if let Some(span) = span {
            by = by.saw(what, span);
        }
    }
    twin.by = by;
    twin.places.extend(told.content);
}

/// The words of a section that state it: the same words if they stand there, else the whole.
fn place(frame: &Frame, section: Span, content: &[Span]) -> Span {
    let words = frame.doc.words(section);
    let same = content.iter().find_map(|span| {
        let at = words.find(frame.doc.words(*span))? + section.range().start;
        Some(Span::of(at..at + span.range().len()))
    });
    same.unwrap_or(section)
}
