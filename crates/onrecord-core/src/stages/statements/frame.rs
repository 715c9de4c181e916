//! A document's tokens as the statement rules look at them: children, subtrees, quotations, sentences, paragraphs.

use std::ops::Range;

use super::graft::graft;
use super::words::Saying;
use crate::nlp::Token;
use crate::stages::paragraphs::Paragraph;
use crate::stages::quote_marks::QuoteMark;
use crate::stages::sections::{Section, SectionKind};
use crate::stages::sentences::Sentence;
use crate::{Document, Layer, Span};

/// A view of the parse that answers in constant time what every rule asks.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    pub(super) doc: &'a Document,
    pub(super) tokens: &'a [Token],
    pub(super) quotes: Vec<Passage>,
    pub(super) paragraphs: Vec<Range<usize>>,
    pub(super) sections: Vec<SectionKind>,
    heads: Vec<u32>,
    deps: Vec<&'a str>,
    sentences: Vec<Range<usize>>,
    sentence_of: Vec<u32>,
    paragraph_of: Vec<u32>,
    first_child: Vec<u32>,
    children: Vec<u32>,
    left: Vec<u32>,
    right: Vec<u32>,
    quote_of: Vec<u32>,
}

/// A quotation of its own, as a range of tokens that holds its marks.
#[derive(Debug, Clone)]
pub(super) struct Passage {
    pub(super) tokens: Range<usize>,
    /// Tokens between the marks that are words.
    pub(super) words: usize,
    /// The passage in an earlier paragraph that it goes on from.
    pub(super) continues: Option<usize>,
}

const NONE: u32 = u32::MAX;

impl<'a> Frame<'a> {
    pub(super) fn new(doc: &'a Document, saying: &Saying) -> Self {
        let tokens = doc.layer::<Token>();
        let (heads, deps) = graft(tokens, saying);
        let (first_child, children) = children(&heads);
        let (left, right) = extents(&heads);
        let mut frame = Self {
            doc,
            tokens,
            quotes: Vec::new(),
            paragraphs: Vec::new(),
            sections: Vec::new(),
            heads,
            deps,
            sentences: Vec::new(),
            sentence_of: vec![0; tokens.len()],
            paragraph_of: vec![0; tokens.len()],
            first_child,
            children,
            left,
            right,
            quote_of: vec![NONE; tokens.len()],
        };
        frame.lay_out();
        frame.lay_quotes();
        frame
    }

    fn lay_out(&mut self) {
        let paragraphs = self.doc.layer::<Paragraph>();
        let sections = self.doc.layer::<Section>();
        self.paragraphs = paragraphs.iter().map(|paragraph| self.tokens_in(paragraph.span)).collect();
        self.sections = paragraphs.iter().map(|paragraph| sections[paragraph.section.index()].kind).collect();
        for (index, range) in self.paragraphs.iter().enumerate() {
            self.paragraph_of[range.clone()].fill(number(index));
        }
        for (index, sentence) in self.doc.layer::<Sentence>().iter().enumerate() {
            self.sentences.push(sentence.tokens());
            self.sentence_of[sentence.tokens()].fill(number(index));
        }
    }

    fn lay_quotes(&mut self) {
        let marks = self.doc.layer::<QuoteMark>();
        let mut place = vec![NONE; marks.len()];
        for (index, mark) in marks.iter().enumerate().filter(|(_, mark)| mark.depth == 0) {
            let tokens = self.tokens_in(mark.span);
            if tokens.is_empty() {
                continue;
            }
            place[index] = number(self.quotes.len());
            self.quote_of[tokens.clone()].fill(number(self.quotes.len()));
            let words = tokens.clone().filter(|token| self.is_word(*token)).count();
            let continues = mark.continues.map(|id| place[id.index()]).filter(|place| *place != NONE);
            self.quotes.push(Passage { tokens, words, continues: continues.map(|place| place as usize) });
        }
    }

    /// The tokens that lie wholly inside a span.
    pub(super) fn tokens_in(&self, span: Span) -> Range<usize> {
        let from = self.tokens.partition_point(|token| token.start < span.start);
        let to = from + self.tokens[from..].partition_point(|token| token.end <= span.end);
        from..to
    }

    pub(super) fn children(&self, token: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let range = self.first_child[token] as usize..self.first_child[token + 1] as usize;
        self.children[range].iter().map(|child| *child as usize)
    }

    pub(super) fn child(&self, token: usize, deps: &[&str]) -> Option<usize> {
        self.children(token).find(|child| deps.contains(&self.dep(*child)))
    }

    pub(super) fn head(&self, token: usize) -> usize {
        self.heads[token] as usize
    }

    pub(super) fn is_root(&self, token: usize) -> bool {
        self.head(token) == token
    }

    pub(super) fn dep(&self, token: usize) -> &'a str {
        self.deps[token]
    }

    pub(super) fn pos(&self, token: usize) -> &'a str {
        self.tokens[token].pos.as_str()
    }

    pub(super) fn tag(&self, token: usize) -> &'a str {
        self.tokens[token].tag.as_str()
    }

    pub(super) fn lemma(&self, token: usize) -> &'a str {
        self.tokens[token].lemma.as_str()
    }

    pub(super) fn word(&self, token: usize) -> &'a str {
        self.doc.words(self.tokens[token].span())
    }

    /// Whether a verb is what another asks or promises to do: "to expect a trial".
    pub(super) fn is_to_do(&self, verb: usize) -> bool {
        self.dep(verb) == "xcomp" && self.children(verb).any(|child| self.tag(child) == "TO")
    }

    /// The tokens from the leftmost to the rightmost descendant.
    pub(super) fn subtree(&self, token: usize) -> Range<usize> {
        self.left[token] as usize..self.right[token] as usize + 1
    }

    pub(super) fn sentence(&self, token: usize) -> Range<usize> {
        self.sentences.get(self.sentence_of[token] as usize).cloned().unwrap_or(token..token + 1)
    }

    pub(super) fn same_sentence(&self, a: usize, b: usize) -> bool {
        self.sentence_of[a] == self.sentence_of[b]
    }

    pub(super) fn paragraph_index(&self, token: usize) -> usize {
        self.paragraph_of[token] as usize
    }

    pub(super) fn paragraph(&self, token: usize) -> Range<usize> {
        self.paragraphs[self.paragraph_index(token)].clone()
    }

    pub(super) fn section(&self, token: usize) -> SectionKind {
        self.sections[self.paragraph_index(token)]
    }

    /// The quotation that a token stands in.
    pub(super) fn quote(&self, token: usize) -> Option<usize> {
        let quote = self.quote_of[token];
        (quote != NONE).then_some(quote as usize)
    }

    /// Whether a token is neither a mark nor white space.
    pub(super) fn is_word(&self, token: usize) -> bool {
        !matches!(self.pos(token), "PUNCT" | "SPACE") || self.word(token).contains(char::is_alphanumeric)
    }

    /// How many of these tokens are words, and how many of those stand in quotations.
    pub(super) fn quoted(&self, tokens: impl Iterator<Item = usize>) -> (usize, usize) {
        tokens.filter(|token| self.is_word(*token)).fold((0, 0), |(words, quoted), token| {
            (words + 1, quoted + usize::from(self.quote_of[token] != NONE))
        })
    }

    /// The span of a range of tokens, which holds at least one.
    pub(super) fn span(&self, tokens: Range<usize>) -> Span {
        Span::new(self.tokens[tokens.start].start, self.tokens[tokens.end - 1].end)
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index).expect("a document has fewer tokens than bytes")
}

/// Children of all tokens in one list, and where each token's begin.
fn children(heads: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let mut first = vec![0_u32; heads.len() + 1];
    for (index, head) in heads.iter().enumerate() {
        if *head as usize != index {
            first[*head as usize + 1] += 1;
        }
    }
    for index in 1..first.len() {
        first[index] += first[index - 1];
    }
    let mut next = first.clone();
    let mut children = vec![0; *first.last().unwrap_or(&0) as usize];
    for (index, head) in heads.iter().enumerate() {
        if *head as usize != index {
            let slot = &mut next[*head as usize];
            children[*slot as usize] = number(index);
            *slot += 1;
        }
    }
    (first, children)
}

/// The leftmost and rightmost descendant of each token, found from the leaves up.
fn extents(heads: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let mut left: Vec<u32> = (0..heads.len()).map(number).collect();
    let mut right = left.clone();
    let mut waiting = vec![0_u32; heads.len()];
    for (index, head) in heads.iter().enumerate() {
        waiting[*head as usize] += u32::from(*head as usize != index);
    }
    let mut ready: Vec<usize> = (0..heads.len()).filter(|index| waiting[*index] == 0).collect();
    while let Some(index) = ready.pop() {
        let head = heads[index] as usize;
        if head == index {
            continue;
        }
        left[head] = left[head].min(left[index]);
        right[head] = right[head].max(right[index]);
        waiting[head] -= 1;
        if waiting[head] == 0 {
            ready.push(head);
        }
    }
    (left, right)
}
