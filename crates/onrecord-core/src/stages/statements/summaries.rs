//! Finds the places that sum a report up (headline, deck, bullets, crossheads) and which statement each states again.
//!
//! A place and a statement share words; a word that the report has in few paragraphs tells more than one that it has in
//! many. A quotation in a headline is looked for word for word.

use std::ops::Range;

use super::Statement;
use super::frame::Frame;
use super::model::Code;
use crate::Span;
use crate::stages::sections::SectionKind;

/// A place that sums the report up, or a part of it.
#[derive(Debug)]
pub(super) struct Place {
    /// Its words.
    pub(super) tokens: Range<usize>,
    kind: PlaceKind,
    /// The words that carry its sense, by their indices in [`Summaries::stems`].
    stems: Vec<usize>,
    /// The words of each quotation in it.
    quotations: Vec<Vec<Code>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PlaceKind {
    Headline,
    Deck,
    Bullet,
    Crosshead,
}

/// All places of a report, with what their words weigh.
#[derive(Debug)]
pub(super) struct Summaries {
    pub(super) places: Vec<Place>,
    stems: Vec<Code>,
    weights: Vec<f64>,
}

// The weights of the score below were set on the half of the project's own gold that is there to learn from, where the
// score is flat around them.

/// Weight of a word that stands in the speaker's name or role and not in the statement.
const SPEAKER: f64 = 0.3;
/// Added to the weight of a place's words, so that a place of two words says little.
const DOUBT: f64 = 0.5;
/// What the first statement of the body has ahead of others: headlines sum up the lede.
const FIRST: f64 = 0.15;
/// What a statement in another's words has behind others.
const INNER: f64 = 0.3;
/// What a crosshead needs more than a headline: most name a subject and state nothing.
const CROSSHEAD: f64 = 0.3;
/// Score from which a place states a statement.
const STATES: f64 = 0.38;
/// Score of a quotation that stands in the statement word for word.
const WORD_FOR_WORD: f64 = 1.5;
/// Words of the shortest such quotation.
const QUOTED: usize = 2;

/// Words of the longest bullet.
const BULLET: usize = 25;
/// Words of the longest crosshead, and of the shortest paragraph under one.
const CROSSHEAD_WORDS: usize = 8;
/// See [`CROSSHEAD_WORDS`].
const UNDER_CROSSHEAD: usize = 12;

impl Summaries {
    pub(super) fn new(frame: &Frame) -> Self {
        let mut places = places(frame);
        let mut stems: Vec<Code> = places
            .iter()
            .flat_map(|place| place.tokens.clone())
            .filter_map(|token| stem(frame, token))
            .collect();
        stems.sort_unstable();
        stems.dedup();
        for place in &mut places {
            place.stems = held(frame, &stems, place.tokens.clone());
        }
        let weights = weights(frame, &stems);
        Self { places, stems, weights }
    }

    /// The statement that a place states again, among those of the body.
    pub(super) fn stated(&self, frame: &Frame, place: &Place, body: &[Told]) -> Option<usize> {
        let scored = body
            .iter()
            .enumerate()
            .map(|(at, told)| (told.statement, self.score(frame, place, told, at == 0)));
        let best = scored.reduce(|best, next| if next.1 > best.1 { next } else { best });
        best.filter(|(_, score)| *score >= STATES).map(|(statement, _)| statement)
    }

    /// A statement's words as places are compared with them.
    pub(super) fn told(&self, frame: &Frame, index: usize, statement: &Statement) -> Told {
        let spans = |spans: &[Span]| -> Vec<usize> {
            let tokens = spans.iter().flat_map(|span| frame.tokens_in(*span));
            tokens.filter(|token| frame.is_word(*token)).collect()
        };
        let content = spans(&statement.content);
        let people: Vec<Span> = statement.speaker.into_iter().chain(statement.role).collect();
        Told {
            statement: index,
            inner: statement.inside.is_some(),
            stems: held(frame, &self.stems, content.iter().copied()),
            speaker: held(frame, &self.stems, spans(&people).into_iter()),
            content,
        }
    }

    fn score(&self, frame: &Frame, place: &Place, told: &Told, first: bool) -> f64 {
        let weight = |stem: &usize| self.weights[*stem];
        let all: f64 = place.stems.iter().map(weight).sum();
        let shared: f64 =
            place.stems.iter().filter(|stem| told.stems.binary_search(stem).is_ok()).map(weight).sum();
        let named = |stem: &&usize| {
            told.stems.binary_search(stem).is_err() && told.speaker.binary_search(stem).is_ok()
        };
        let speaker: f64 = place.stems.iter().filter(named).map(weight).sum();
        let quoted = place.quotations.iter().any(|quotation| told.has(frame, quotation));
        if shared == 0.0 && !quoted {
            return 0.0;
        }
        let mut score = (shared + SPEAKER * speaker) / (all + DOUBT);
        if place.kind == PlaceKind::Crosshead {
            score -= CROSSHEAD;
        } else if first {
            score += FIRST;
        }
        if quoted {
            score += WORD_FOR_WORD;
        }
        if told.inner { score - INNER } else { score }
    }
}

/// A statement of the body, with its words.
#[derive(Debug)]
pub(super) struct Told {
    statement: usize,
    inner: bool,
    stems: Vec<usize>,
    speaker: Vec<usize>,
    content: Vec<usize>,
}

impl Told {
    /// Whether these words stand in the statement one behind the other.
    fn has(&self, frame: &Frame, words: &[Code]) -> bool {
        let same = |(token, word): (&usize, &Code)| Code::lower(frame.word(*token)) == *word;
        self.content.windows(words.len()).any(|window| window.iter().zip(words).all(same))
    }
}

/// The words of the quotations that stand wholly among these tokens.
fn quotations(frame: &Frame, tokens: &Range<usize>) -> Vec<Vec<Code>> {
    let mut quotes: Vec<usize> = tokens.clone().filter_map(|token| frame.quote(token)).collect();
    quotes.dedup();
    let passages = quotes.iter().map(|quote| frame.quotes[*quote].tokens.clone());
    let inside = passages.filter(|passage| tokens.start <= passage.start && passage.end <= tokens.end);
    let words = inside.map(|passage| {
        let words = passage.filter(|token| frame.is_word(*token));
        words.map(|token| Code::lower(frame.word(token))).collect::<Vec<_>>()
    });
    words.filter(|words| words.len() >= QUOTED).collect()
}

/// Places of a report at the most: where there are more, it is a list of headlines.
const PLACES: usize = 100;

/// The places, in order: a headline is cut at semicolons, each part of which may state something else.
fn places(frame: &Frame) -> Vec<Place> {
    let mut places = Vec::new();
    for (index, paragraph) in frame.paragraphs.iter().enumerate() {
        let kind = match frame.sections[index] {
            SectionKind::Headline => Some(PlaceKind::Headline),
            SectionKind::Deck => Some(PlaceKind::Deck),
            SectionKind::Body => body_place(frame, index),
            _ => None,
        };
        let Some(kind) = kind.filter(|_| !paragraph.is_empty()) else { continue };
        let start = paragraph.start + usize::from(kind == PlaceKind::Bullet);
        let tokens: Vec<usize> = (start..paragraph.end).collect();
        for part in tokens.split(|token| frame.word(*token) == ";") {
            if let (Some(first), Some(last)) = (part.first(), part.last()) {
                let tokens = *first..last + 1;
                let quotations = quotations(frame, &tokens);
                places.push(Place { tokens, kind, stems: Vec::new(), quotations });
            }
        }
    }
    places.truncate(PLACES);
    places
}

/// Whether a paragraph of the body is a bullet or a crosshead.
fn body_place(frame: &Frame, index: usize) -> Option<PlaceKind> {
    let words = |index: usize| frame.paragraphs[index].clone().filter(|token| frame.is_word(*token));
    let paragraph = frame.paragraphs[index].clone();
    let first = paragraph.clone().next()?;
    let last = paragraph.clone().rev().find(|token| frame.pos(*token) != "SPACE")?;
    let open = !frame.word(last).ends_with(['.', '?', '!', ':', ',']);
    if matches!(frame.word(first), "•" | "*" | "-" | "–") {
        return (words(index).count() <= BULLET && open).then_some(PlaceKind::Bullet);
    }
    let under = index + 1 < frame.paragraphs.len() && words(index + 1).count() >= UNDER_CROSSHEAD;
    let begins =
        frame.word(first).starts_with(|c: char| c.is_alphabetic() || matches!(c, '"' | '“' | '‘' | '\''));
    let short = words(index).count() <= CROSSHEAD_WORDS;
    (under && begins && short && open).then_some(PlaceKind::Crosshead)
}

/// Letters by which two forms of a word are known as one: "closing" and "closed".
const STEM: usize = 5;

/// The stem of a word that carries sense.
fn stem(frame: &Frame, token: usize) -> Option<Code> {
    let carries = matches!(frame.pos(token), "NOUN" | "PROPN" | "VERB" | "ADJ" | "NUM")
        || frame.pos(token) == "ADV" && frame.word(token).len() > STEM;
    if !carries || matches!(frame.lemma(token), "say" | "have" | "do") {
        return None;
    }
    let word = frame.word(token);
    let end = word.char_indices().nth(STEM).map_or(word.len(), |(at, _)| at);
    Some(Code::lower(&word[..end]))
}

/// The indices of the stems that stand among these tokens.
fn held(frame: &Frame, stems: &[Code], tokens: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut held: Vec<usize> =
        tokens.filter_map(|token| stems.binary_search(&stem(frame, token)?).ok()).collect();
    held.sort_unstable();
    held.dedup();
    held
}

/// One divided by the root of the number of paragraphs that have the word.
fn weights(frame: &Frame, stems: &[Code]) -> Vec<f64> {
    let mut paragraphs = vec![0_u32; stems.len()];
    let mut last = vec![usize::MAX; stems.len()];
    if !stems.is_empty() {
        for token in 0..frame.tokens.len() {
            let Some(at) = stem(frame, token).and_then(|stem| stems.binary_search(&stem).ok()) else {
                continue;
            };
            let paragraph = frame.paragraph_index(token);
            if last[at] != paragraph {
                last[at] = paragraph;
                paragraphs[at] += 1;
            }
        }
    }
    paragraphs.iter().map(|count| 1.0 / f64::from((*count).max(1)).sqrt()).collect()
}
