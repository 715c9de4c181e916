//! What the models learn from: examples made of annotated documents. Used by the workshop alone.

use std::collections::BTreeSet;

use super::assemble::{CONTENT, SOURCE, attribution};
use super::candidates::{Candidate, Link, Part, candidates};
use super::features::{self, Looks};
use super::frame::Frame;
use super::lexicon::Cues;
use super::model::Linear;
pub use super::model::{CLASSES, Features};
use super::words::{Saying, Speech};
use crate::{Document, Span};

/// An annotated attribution.
#[derive(Debug, Clone)]
pub struct Gold {
    /// What is said.
    pub content: Vec<Span>,
    /// The words that tell it.
    pub cue: Vec<Span>,
    /// Who says it.
    pub speaker: Vec<Span>,
    /// Whether it is an attitude and no statement.
    pub attitude: bool,
}

/// A decision and what it should have been.
#[derive(Debug, Clone)]
pub struct Example {
    /// What the decision is made from.
    pub features: Features,
    /// The right class.
    pub class: usize,
}

/// The two models, packed one after the other.
#[derive(Debug)]
pub struct Models {
    pub(super) roles: Linear,
    pub(super) statements: Linear,
}

impl Models {
    /// Opens packed models; `None` when the bytes are no models.
    pub fn open(bytes: &[u8]) -> Option<Self> {
        let (roles, rest) = Linear::open(bytes)?;
        let (statements, _) = Linear::open(rest)?;
        Some(Self { roles, statements })
    }
}

/// The lemma and part of speech of the head of each annotated cue, with whether it is of an attitude.
pub fn cues(doc: &Document, gold: &[Gold]) -> Vec<(String, String, bool)> {
    let frame = Frame::new(doc, &Saying::load());
    let heads = gold.iter().filter_map(|gold| Some((head(&frame, &gold.cue)?, gold.attitude)));
    heads
        .map(|(token, attitude)| (frame.lemma(token).to_lowercase(), frame.pos(token).to_owned(), attitude))
        .collect()
}

/// The token that carries a cue: its last verb, else "according", else a noun, else its first word.
fn head(frame: &Frame, cue: &[Span]) -> Option<usize> {
    let tokens: Vec<usize> = tokens(frame, cue).into_iter().collect();
    let verb = |token: &&usize| {
        matches!(frame.pos(**token), "VERB" | "AUX") && !frame.dep(**token).starts_with("aux")
    };
    let found = tokens
        .iter()
        .rev()
        .find(verb)
        .or_else(|| tokens.iter().find(|token| frame.word(**token).eq_ignore_ascii_case("according")))
        .or_else(|| tokens.iter().find(|token| frame.pos(**token) == "NOUN"))
        .or_else(|| tokens.first());
    found.copied()
}

fn tokens(frame: &Frame, spans: &[Span]) -> BTreeSet<usize> {
    spans
        .iter()
        .flat_map(|span| {
            let from = frame.tokens.partition_point(|token| token.end <= span.start);
            let to = frame.tokens.partition_point(|token| token.start < span.end);
            from..to
        })
        .filter(|token| frame.is_word(*token))
        .collect()
}

/// The bytes of a model with these weights: for each feature one for each class.
pub fn pack(weights: &[f32], bits: u8) -> Vec<u8> {
    Linear::pack(weights, bits)
}

/// Examples for the model of roles: every part beside an annotated cue.
pub fn roles(doc: &Document, gold: &[Gold]) -> Vec<Example> {
    let frame = Frame::new(doc, &Saying::load());
    let candidates = candidates(&frame, &Cues::load(), &Saying::load());
    let mut examples = Vec::new();
    for gold in gold {
        let Some(head) = head(&frame, &gold.cue) else { continue };
        let Ok(at) = candidates.binary_search_by_key(&head, |candidate| candidate.cue) else { continue };
        let candidate = &candidates[at];
        let (content, source) = (tokens(&frame, &gold.content), tokens(&frame, &gold.speaker));
        let looks = Looks::new(&frame, candidate);
        for (index, part) in candidate.parts.iter().enumerate().filter(|(_, part)| part.link != Link::Near) {
            let class = role(&frame, part, &content, &source);
            examples.push(Example { features: features::role(&frame, candidate, &looks, index), class });
        }
    }
    examples
}

fn role(frame: &Frame, part: &Part, content: &BTreeSet<usize>, source: &BTreeSet<usize>) -> usize {
    let words: Vec<usize> = part.iter().filter(|token| frame.is_word(*token)).collect();
    let shared = |with: &BTreeSet<usize>| words.iter().filter(|token| with.contains(token)).count();
    if shared(content) * 2 > words.len() {
        CONTENT
    } else if named(frame, part, source) && (is_phrase(part) || shared(source) * 3 >= words.len()) {
        SOURCE
    } else {
        0
    }
}

/// Whether a part is a phrase of its own, of which an annotation may leave appositions and clauses out.
fn is_phrase(part: &Part) -> bool {
    matches!(part.link, Link::Child | Link::Above | Link::Object | Link::Described)
}

/// Whether a part's head, or the name in apposition to it, is of the source: of "the mayor, Ana Ruiz," she is.
fn named(frame: &Frame, part: &Part, source: &BTreeSet<usize>) -> bool {
    let apposition =
        frame.children(part.head).any(|child| frame.dep(child) == "appos" && source.contains(&child));
    source.contains(&part.head) || apposition
}

/// Classes of the model of statements.
pub(super) const STATEMENT: usize = 1;
/// See [`STATEMENT`].
pub(super) const ATTITUDE: usize = 2;

/// Examples for the model of statements: every candidate that the model of roles gives content.
///
/// Where the annotation has the outermost source alone, `outermost`, words of speech in an annotated content teach
/// nothing: they may be cues all the same.
pub fn statements(doc: &Document, gold: &[Gold], models: &Models, outermost: bool) -> Vec<Example> {
    let frame = Frame::new(doc, &Saying::load());
    let candidates = candidates(&frame, &Cues::load(), &Saying::load());
    let gold: Vec<(BTreeSet<usize>, bool, BTreeSet<usize>)> = gold
        .iter()
        .map(|gold| (tokens(&frame, &gold.content), gold.attitude, tokens(&frame, &gold.cue)))
        .collect();
    let inner: BTreeSet<usize> = gold.iter().flat_map(|(content, _, _)| content.iter().copied()).collect();
    let example = |candidate: &Candidate| {
        let looks = Looks::new(&frame, candidate);
        let attribution = attribution(&frame, candidate, &looks, &models.roles)?;
        let content: BTreeSet<usize> =
            attribution.content.iter().copied().filter(|token| frame.is_word(*token)).collect();
        // The same words may fit several cues; the annotated one is right.
        let best = gold
            .iter()
            .filter(|(_, _, cue)| {
                cue.contains(&attribution.cue) || cue.is_empty() || frame.word(attribution.cue) == ":"
            })
            .map(|(gold, attitude, _)| {
                let shared = gold.intersection(&content).count() as f32;
                (shared / (gold.len() + content.len()).max(1) as f32 * 2.0, *attitude)
            })
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let class = match best {
            Some((share, attitude)) if share >= 0.6 => {
                let act = matches!(candidate.speech, Speech::Asks | Speech::Judges);
                if attitude && !act { ATTITUDE } else { STATEMENT }
            }
            _ => 0,
        };
        let speech = candidate.speech != Speech::None;
        let taught = class != 0 || !outermost || !speech || !inner.contains(&attribution.cue);
        taught.then(|| Example {
            features: features::statement(&frame, candidate, &looks, &attribution),
            class,
        })
    };
    candidates.iter().filter_map(example).collect()
}
