//! The document as the steps of this stage look at it: the parse with its edges and children, and what is quoted.

use std::borrow::Cow;
use std::ops::Range;

use crate::nlp::{EntityTag, Token};
use crate::stages::paragraphs::Paragraph;
use crate::stages::quote_marks::QuoteMark;
use crate::stages::sections::{Section, SectionKind};
use crate::stages::sentences::Sentence;
use crate::{Document, Layer, Span};

/// Tokens with what can be asked of each.
pub(super) struct Reading<'d> {
    pub(super) doc: &'d Document,
    pub(super) tokens: &'d [Token],
    pub(super) sentences: &'d [Sentence],
    /// Each token in lower case.
    lower: Vec<Cow<'d, str>>,
    /// The sentence of each token.
    sentence: Vec<u32>,
    /// First and last token of what hangs on each token.
    edges: Vec<(u32, u32)>,
    /// Children of all tokens one after the other, and where each token's own begin.
    children: Vec<u32>,
    children_at: Vec<u32>,
    quoted: Vec<bool>,
    /// For each sentence, the first that quotations tie it to.
    passages: Vec<usize>,
}

impl<'d> Reading<'d> {
    pub(super) fn new(doc: &'d Document) -> Self {
        let tokens = doc.layer::<Token>();
        let sentences = doc.layer::<Sentence>();
        let (children, children_at) = children(tokens);
        let quoted = quoted(tokens, doc.layer::<QuoteMark>());
        Self {
            doc,
            tokens,
            sentences,
            lower: tokens.iter().map(|token| in_lower_case(&doc.text()[token.span()])).collect(),
            sentence: sentence_of(tokens.len(), sentences),
            edges: edges(tokens),
            children,
            children_at,
            passages: passages(sentences, &quoted),
            quoted,
        }
    }

    /// The token as written.
    pub(super) fn text(&self, token: usize) -> &'d str {
        &self.doc.text()[self.tokens[token].span()]
    }

    /// The token in lower case.
    pub(super) fn lower(&self, token: usize) -> &str {
        &self.lower[token]
    }

    /// The token's lemma in lower case.
    pub(super) fn lemma(&self, token: usize) -> Cow<'d, str> {
        in_lower_case(&self.tokens[token].lemma)
    }

    pub(super) fn dep(&self, token: usize) -> &'d str {
        &self.tokens[token].dep
    }

    pub(super) fn tag(&self, token: usize) -> &'d str {
        &self.tokens[token].tag
    }

    pub(super) fn head(&self, token: usize) -> usize {
        self.tokens[token].head as usize
    }

    /// Kind of the entity that the token is in.
    pub(super) fn label(&self, token: usize) -> Option<&'d str> {
        match &self.tokens[token].entity {
            EntityTag::Outside => None,
            EntityTag::Begin(label) | EntityTag::Inside(label) => Some(label),
        }
    }

    /// Whether the token is of the name of a place or a people.
    pub(super) fn is_place(&self, token: usize) -> bool {
        matches!(self.label(token), Some("GPE" | "NORP"))
    }

    pub(super) fn begins_entity(&self, token: usize) -> bool {
        matches!(self.tokens[token].entity, EntityTag::Begin(_))
    }

    pub(super) fn sentence(&self, token: usize) -> usize {
        self.sentence[token] as usize
    }

    /// The paragraph of a token.
    pub(super) fn paragraph(&self, token: usize) -> usize {
        self.sentences.get(self.sentence(token)).map_or(0, |sentence| sentence.paragraph.index())
    }

    /// The section that a token stands in.
    fn section(&self, token: usize) -> Option<(usize, &'d Section)> {
        let paragraph = self.doc.layer::<Paragraph>().get(self.paragraph(token))?;
        let section = paragraph.section.index();
        Some((section, self.doc.layer::<Section>().get(section)?))
    }

    /// Whether a token stands in the headline or deck.
    pub(super) fn in_summary(&self, token: usize) -> bool {
        self.section(token)
            .is_some_and(|(_, section)| matches!(section.kind, SectionKind::Headline | SectionKind::Deck))
    }

    /// Whether a token stands in the story itself.
    pub(super) fn in_body(&self, token: usize) -> bool {
        self.section(token).is_some_and(|(_, section)| section.kind == SectionKind::Body)
    }

    /// Whether one token stands in a summary of the report in which the other stands: its headline, deck or caption,
    /// or a section that a later one repeats.
    pub(super) fn is_summary(&self, earlier: usize, later: usize) -> bool {
        let (Some((one, summary)), Some((other, section))) = (self.section(earlier), self.section(later))
        else {
            return false;
        };
        one != other
            && (matches!(summary.kind, SectionKind::Headline | SectionKind::Deck | SectionKind::Caption)
                || section.repeats.is_some())
    }

    pub(super) fn left_edge(&self, token: usize) -> usize {
        self.edges[token].0 as usize
    }

    pub(super) fn right_edge(&self, token: usize) -> usize {
        self.edges[token].1 as usize
    }

    /// The tokens that hang on this one, in order.
    pub(super) fn children(&self, token: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let range = self.children_at[token] as usize..self.children_at[token + 1] as usize;
        self.children[range].iter().map(|child| *child as usize)
    }

    /// Whether the token stands in quotation marks.
    pub(super) fn quoted(&self, token: usize) -> bool {
        self.quoted[token]
    }

    /// The sentence that begins what a token's sentence is part of: a quotation and who speaks it, or the sentence alone.
    pub(super) fn passage(&self, token: usize) -> usize {
        self.passages.get(self.sentence(token)).copied().unwrap_or_default()
    }

    /// Whether the token's sentence holds a quotation.
    pub(super) fn quotes(&self, token: usize) -> bool {
        let sentence = self.sentences.get(self.sentence(token));
        sentence.is_some_and(|sentence| sentence.tokens().any(|token| self.in_marks(token)))
    }

    /// Whether the token stands between any quotation marks, however few words they hold.
    pub(super) fn in_marks(&self, token: usize) -> bool {
        let span = self.tokens[token].span();
        let marks = self.doc.layer::<QuoteMark>();
        let to = marks.partition_point(|mark| mark.inner.start <= span.start);
        marks[to.saturating_sub(NEAR_MARKS)..to].iter().any(|mark| mark.inner.contains(span))
    }

    /// The label in front of the turn of a transcript that a token stands in: "RUIZ" of "RUIZ: I said so."
    pub(super) fn turn(&self, token: usize) -> Option<Span> {
        const LONGEST: usize = 12;
        let first = self.line(token)?.start;
        let colon = (first..token.min(first + LONGEST)).find(|i| self.text(*i).ends_with(':'))?;
        let label = |i: usize| !self.capital(i) || self.tag(i).starts_with("NN") || self.is_in_capitals(i);
        let plain = (first..colon).all(|i| label(i) && !self.tag(i).starts_with("VB") && !self.quoted(i));
        (plain && colon > first).then(|| self.span(first, colon))
    }

    /// Whether something is told according to this word: "according to Ana Ruiz".
    pub(super) fn is_according(&self, token: usize) -> bool {
        let to = self.head(token);
        self.dep(token) == "pobj"
            && self.tokens[to].norm == "to"
            && self.tokens[self.head(to)].norm == "according"
    }

    /// Whether a token has no small letter.
    pub(super) fn is_in_capitals(&self, token: usize) -> bool {
        !self.text(token).chars().any(char::is_lowercase)
    }

    /// The tokens of the paragraph that a token stands in.
    pub(super) fn line(&self, token: usize) -> Option<Range<usize>> {
        let paragraph = self.doc.layer::<Paragraph>().get(self.paragraph(token))?.span;
        let first = self.tokens.partition_point(|other| other.start < paragraph.start);
        let end = self.tokens.partition_point(|other| other.start < paragraph.end);
        let blank = |token: &usize| self.text(*token).trim().is_empty();
        let end = (first..end).rev().find(|token| !blank(token)).map_or(first, |last| last + 1);
        Some(first..end)
    }

    /// Whether these tokens are a whole line or paragraph.
    pub(super) fn is_paragraph(&self, first: usize, end: usize) -> bool {
        let text = self.doc.text();
        let span = self.span(first, end);
        text[..span.start as usize].ends_with('\n') && text[span.end as usize..].starts_with('\n')
    }

    /// The author as the report gives it.
    pub(super) fn byline(&self) -> Option<Span> {
        let sections = self.doc.layer::<Section>();
        let mut bylines = sections.iter().filter(|section| section.kind == SectionKind::Byline);
        let byline = bylines.next()?;
        bylines.next().is_none().then_some(byline.span)
    }

    /// Whether nothing stands between the token and the one before it.
    pub(super) fn joined(&self, token: usize) -> bool {
        token > 0 && self.tokens[token - 1].end == self.tokens[token].start
    }

    /// Whether a token is more than punctuation.
    pub(super) fn is_word(&self, token: usize) -> bool {
        self.text(token).chars().any(char::is_alphanumeric)
    }

    /// How many words a run of tokens holds: "Holt-Berg" is one.
    pub(super) fn words(&self, first: usize, end: usize) -> usize {
        (first..end).filter(|i| *i == first || !self.joined(*i)).count()
    }

    /// The word around a preposition that a token opens or ends: "editor-in-chief", "mother-of-two".
    pub(super) fn joined_word(&self, token: usize) -> Option<Range<usize>> {
        const PARTS: usize = 5;
        let word = |first: usize| {
            let hyphens = first + PARTS <= self.tokens.len()
                && (first + 1..first + PARTS).all(|i| self.joined(i))
                && self.text(first + 1) == "-"
                && self.text(first + 3) == "-"
                && matches!(self.lower(first + 2), "at" | "in" | "of");
            hyphens.then_some(first..first + PARTS)
        };
        word(token).or_else(|| word((token + 1).checked_sub(PARTS)?))
    }

    /// Whether a token is of a word that tells where somebody comes from or how many somebody is: "Norvale-born", "the
    /// 12,000-member union".
    pub(super) fn tells_origin(&self, token: usize) -> bool {
        let word = |first: usize| {
            let hyphen =
                first + 2 < self.tokens.len() && self.text(first + 1) == "-" && self.joined(first + 1);
            let last = || self.lower(first + 2);
            hyphen
                && (matches!(
                    last(),
                    "based" | "born" | "bred" | "educated" | "listed" | "raised" | "trained"
                ) || last() == "member" && self.tag(first) == "CD")
        };
        word(token) || token.checked_sub(2).is_some_and(word)
    }

    /// Whether the token starts with a capital.
    pub(super) fn capital(&self, token: usize) -> bool {
        self.text(token).chars().next().is_some_and(char::is_uppercase)
    }

    /// The tokens of a span.
    pub(super) fn tokens_in(&self, span: Span) -> Range<usize> {
        let first = self.tokens.partition_point(|token| token.start < span.start);
        first..self.tokens.partition_point(|token| token.end <= span.end)
    }

    /// The words from one token up to, not including, another.
    pub(super) fn span(&self, first: usize, end: usize) -> Span {
        Span::new(self.tokens[first].start, self.tokens[end - 1].end)
    }

    /// The token in `first..end` on which the others hang: the last whose head stands outside.
    pub(super) fn root(&self, first: usize, end: usize) -> usize {
        let outside = |token: &usize| {
            let head = self.head(*token);
            head == *token || head < first || head >= end
        };
        (first..end).rev().find(outside).unwrap_or(end - 1)
    }
}

/// A word in lower case, copied only when it is not that already.
fn in_lower_case(word: &str) -> Cow<'_, str> {
    let is_lower = word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}

fn sentence_of(tokens: usize, sentences: &[Sentence]) -> Vec<u32> {
    let mut of = vec![0; tokens];
    for (number, sentence) in (0_u32..).zip(sentences) {
        for token in sentence.tokens() {
            if let Some(slot) = of.get_mut(token) {
                *slot = number;
            }
        }
    }
    of
}

/// Leaves first: a token's edges are known when all its children's are.
fn edges(tokens: &[Token]) -> Vec<(u32, u32)> {
    let mut edges: Vec<(u32, u32)> = (0..).zip(tokens).map(|(i, _)| (i, i)).collect();
    let mut waiting = vec![0_u32; tokens.len()];
    let has_head = |i: usize| tokens[i].head as usize != i;
    for i in (0..tokens.len()).filter(|i| has_head(*i)) {
        waiting[tokens[i].head as usize] += 1;
    }
    let mut ready: Vec<usize> = (0..tokens.len()).filter(|i| waiting[*i] == 0).collect();
    while let Some(i) = ready.pop() {
        if !has_head(i) {
            continue;
        }
        let head = tokens[i].head as usize;
        edges[head] = (edges[head].0.min(edges[i].0), edges[head].1.max(edges[i].1));
        waiting[head] -= 1;
        if waiting[head] == 0 {
            ready.push(head);
        }
    }
    edges
}

fn children(tokens: &[Token]) -> (Vec<u32>, Vec<u32>) {
    let mut at = vec![0_u32; tokens.len() + 1];
    for (i, token) in tokens.iter().enumerate().filter(|(i, token)| token.head as usize != *i) {
        debug_assert!((token.head as usize) < tokens.len(), "token {i} hangs on a token");
        at[token.head as usize + 1] += 1;
    }
    for i in 1..at.len() {
        at[i] += at[i - 1];
    }
    let mut next = at.clone();
    let mut children = vec![0_u32; at[tokens.len()] as usize];
    for (i, token) in (0_u32..).zip(tokens).filter(|(i, token)| token.head != *i) {
        let slot = &mut next[token.head as usize];
        children[*slot as usize] = i;
        *slot += 1;
    }
    (children, at)
}

/// How many marks that open before a token are looked at for the one that it stands in.
const NEAR_MARKS: usize = 8;
/// Passages shorter than this many bytes are names, titles and scare quotes rather than somebody's words.
const SHORT_PASSAGE: u32 = 20;

/// For each sentence the first of those that it shares a quotation with.
fn passages(sentences: &[Sentence], quoted: &[bool]) -> Vec<usize> {
    let mut first = 0;
    (0..sentences.len())
        .map(|i| {
            let tokens = sentences[i].tokens();
            let goes_on = i > 0 && tokens.start > 0 && quoted[tokens.start - 1] && quoted[tokens.start];
            if !goes_on {
                first = i;
            }
            first
        })
        .collect()
}

fn quoted(tokens: &[Token], marks: &[QuoteMark]) -> Vec<bool> {
    let mut quoted = vec![false; tokens.len()];
    for mark in marks.iter().filter(|mark| mark.depth == 0 && mark.inner.len() >= SHORT_PASSAGE) {
        let first = tokens.partition_point(|token| token.start < mark.inner.start);
        for (token, slot) in tokens[first..].iter().zip(&mut quoted[first..]) {
            if token.end > mark.inner.end {
                break;
            }
            *slot = true;
        }
    }
    quoted
}
