//! Finds words that may be cues, and the parts of their sentences that may be content or source.

use std::ops::Range;

use super::frame::Frame;
use super::lexicon::{Chance, Cues};
use super::signed::signed;
use super::words::{Saying, Speech, Word};

/// A word that may be a cue, with the parts around it.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// The word: the verb, the noun, "according", the colon.
    pub(super) cue: usize,
    /// How often such a word is a cue.
    pub(super) chance: Chance,
    /// What kind of word of speech it is.
    pub(super) speech: Speech,
    /// The parts that may be its content or its source.
    pub(super) parts: Vec<Part>,
}

/// A part of the text that may be a cue's content or source.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// How it stands to the cue: the name of a relation, or one of the names in [`link`].
    pub(super) link: Link,
    /// Its syntactic head.
    pub(super) head: usize,
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// Tokens inside it that are not of it: the cue's own clause.
    pub(super) hole: Range<usize>,
}

/// How a part stands to a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Link {
    /// A child of the cue, by its relation.
    Child,
    /// The clause that the cue's clause is put into: "We will pay, she said."
    Around,
    /// The subject of a verb that the cue depends on: "She left, saying …".
    Above,
    /// The noun that the cue's clause describes: "a report saying …".
    Described,
    /// The rest of the sentence: "…, according to Ruiz".
    Rest,
    /// A quotation before the cue's clause that no other part holds.
    QuoteBefore,
    /// A quotation after the cue's clause that no other part holds.
    QuoteAfter,
    /// A quotation at the start of the next paragraph, after a colon.
    QuoteNext,
    /// The object of a preposition or agent of the cue.
    Object,
    /// What somebody is told of: "assured Ruiz of victory", where the parser hangs it below the name.
    Told,
    /// The words beside a cue without a subject that the parser gave to others: “…,” said Ruiz.
    Near,
    /// The name that a quotation is signed with: “…” — Ana Ruiz.
    Signed,
    /// What stands before a colon.
    BeforeColon,
    /// What stands after a colon.
    AfterColon,
}

impl Link {
    /// The link's name, as a feature and as evidence.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Child => "child",
            Self::Around => "around",
            Self::Above => "above",
            Self::Described => "described",
            Self::Rest => "rest",
            Self::QuoteBefore => "quote before",
            Self::QuoteAfter => "quote after",
            Self::QuoteNext => "quote next",
            Self::Object => "object",
            Self::Told => "told",
            Self::Near => "near",
            Self::Signed => "signed",
            Self::BeforeColon => "before colon",
            Self::AfterColon => "after colon",
        }
    }
}

impl Part {
    pub(super) fn new(link: Link, head: usize, tokens: Range<usize>) -> Self {
        Self { link, head, tokens, hole: 0..0 }
    }

    /// The part's tokens without the hole.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + use<> {
        let hole = self.hole.clone();
        self.tokens.clone().filter(move |token| !hole.contains(token))
    }
}

/// Chance per thousand below which a noun is not looked at: most nouns take complements of their own.
const NOUN: u16 = 15;
/// Chance per thousand below which a verb without a clause or quotation is not looked at.
const VERB: u16 = 10;

/// Tokens of the longest sentence that is looked into: nobody writes a longer one, and each cue reads its whole sentence.
const SENTENCE: usize = 1000;

/// Tokens of the longest label in front of a colon.
const LABEL: usize = 12;

/// All words of a document that may be cues, in order.
pub(super) fn candidates(frame: &Frame, cues: &Cues, saying: &Saying) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut signed = signed(frame).into_iter().peekable();
    for token in 0..frame.tokens.len() {
        if let Some(candidate) = signed.next_if(|candidate| candidate.cue == token) {
            found.push(candidate);
            continue;
        }
        if !may_be_cue(frame, token) || frame.sentence(token).len() > SENTENCE {
            continue;
        }
        let chance = cues.chance(frame.lemma(token), frame.pos(token));
        let speech = saying.speech(frame.lemma(token), frame.pos(token));
        let total = if speech == Speech::None { chance.statement + chance.attitude } else { 1000 };
        let parts = match frame.pos(token) {
            _ if frame.word(token).eq_ignore_ascii_case("according") => according(frame, token),
            "VERB" | "AUX" if matches!(frame.dep(token), "aux" | "auxpass") => continue,
            "VERB" if tells_of_doing(frame, saying, token) => continue,
            "VERB" | "AUX" if total >= VERB || takes_content(frame, token) => verb(frame, saying, token),
            "NOUN" | "ADJ" if total >= NOUN => noun(frame, token),
            "ADV" if total >= NOUN => vec![],
            "PUNCT" | "SYM" if is_colon(frame.word(token)) || is_dash(frame, token) => {
                colon(frame, cues, token)
            }
            _ => continue,
        };
        if parts.is_empty() && frame.pos(token) != "ADV" {
            continue;
        }
        let mut candidate = Candidate { cue: token, chance, speech, parts };
        if frame.pos(token) == "ADV" {
            candidate.parts = adverb(frame, token);
        }
        found.push(candidate);
    }
    found
}

/// Whether a token is of a part of speech that cues have.
fn may_be_cue(frame: &Frame, token: usize) -> bool {
    matches!(frame.pos(token), "VERB" | "AUX" | "NOUN" | "ADJ" | "ADV" | "PUNCT" | "SYM")
        || frame.word(token).eq_ignore_ascii_case("according")
}

/// "continued to fall", "known as": a doing, a name.
fn tells_of_doing(frame: &Frame, saying: &Saying, verb: usize) -> bool {
    let goes_on = saying.is(Word::GoesOn, frame.lemma(verb)) && frame.child(verb, &["xcomp"]).is_some();
    let named = frame.lemma(verb) == "know"
        && frame.tag(verb) == "VBN"
        && frame.children(verb).any(|child| frame.dep(child) == "prep" && frame.lemma(child) == "as");
    goes_on || named
}

/// Whether a verb that the lexicon does not know has a clause or a quotation beside it.
fn takes_content(frame: &Frame, verb: usize) -> bool {
    frame.child(verb, &["ccomp"]).is_some()
        || matches!(frame.dep(verb), "parataxis" | "ccomp") && frame.child(verb, &["nsubj"]).is_some()
        || frame.quote(verb).is_none()
            && (quote_beside(frame, frame.sentence(verb)).is_some() || announces(frame, verb))
}

/// Whether a verb's paragraph ends in a colon and the next begins with a quotation.
fn announces(frame: &Frame, verb: usize) -> bool {
    let paragraph = frame.paragraph(verb);
    let last = paragraph.clone().rev().find(|token| frame.pos(*token) != "SPACE");
    let next = frame.paragraphs.get(frame.paragraph_index(verb) + 1);
    last.is_some_and(|last| frame.word(last) == ":" && frame.same_sentence(last, verb))
        && next.is_some_and(|next| !next.is_empty() && frame.quote(next.start).is_some())
}

fn quote_beside(frame: &Frame, tokens: Range<usize>) -> Option<usize> {
    let before = tokens.start.checked_sub(1).filter(|token| frame.paragraph(*token).contains(&tokens.start));
    before.and_then(|token| frame.quote(token)).or_else(|| {
        tokens.clone().filter_map(|token| frame.quote(token)).find(|quote| frame.quotes[*quote].words > 2)
    })
}

fn verb(frame: &Frame, saying: &Saying, verb: usize) -> Vec<Part> {
    let mut parts = children(frame, verb);
    if saying.is(Word::TellsOf, frame.lemma(verb)) {
        parts.extend(told(frame, verb));
    }
    around(frame, verb, &mut parts);
    above(frame, verb, &mut parts);
    quotes(frame, verb, &mut parts);
    parts.extend(near(frame, verb));
    parts
}

/// Tokens of the longest phrase between a quotation and its cue.
const NEAR: usize = 12;

/// The phrase between a quotation and a cue that has no subject, or right behind the cue: “…,” said Ruiz. The parser
/// gives it to others where the quotation breaks its sentence.
fn near(frame: &Frame, cue: usize) -> Option<Part> {
    if frame.quote(cue).is_some() || frame.child(cue, &["nsubj", "nsubjpass"]).is_some() {
        return None;
    }
    let paragraph = frame.paragraph(cue);
    let quoted = |token: usize| paragraph.contains(&token) && frame.quote(token).is_some();
    let stops = |token: &usize| frame.quote(*token).is_some() || ends_phrase(frame, *token);
    let ahead = cue + 1..paragraph.end.min(cue + 1 + NEAR);
    let after = ahead.clone().take_while(|token| !stops(token)).last().or_else(|| misread(frame, ahead));
    let before =
        (paragraph.start.max(cue.saturating_sub(NEAR))..cue).rev().take_while(|token| !quoted(*token)).last();
    let inverted = cue.checked_sub(1).is_some_and(quoted);
    let announced =
        after.is_some_and(|last| is_colon(frame.tokens.get(last + 1).map_or("", |_| frame.word(last + 1))));
    let phrase = if inverted || announced {
        cue + 1..after? + 1
    } else {
        let start = before.filter(|start| start.checked_sub(1).is_some_and(quoted))?;
        let comma = (start..cue).find(|token| matches!(frame.word(*token), "," | "(")).unwrap_or(cue);
        let named = misread(frame, start..comma) == Some(comma - 1);
        let stops = |token: usize| {
            matches!(frame.pos(token), "VERB" | "SCONJ") && !(named && token == start)
                || frame.word(token) == "."
        };
        if (start..cue).any(stops) {
            return None;
        }
        start..comma
    };
    let is_noun = |token: &usize| matches!(frame.pos(*token), "PROPN" | "NOUN" | "PRON");
    let named = phrase.clone().find(is_noun)?;
    let outside = |token: &usize| {
        let head = frame.head(*token);
        is_noun(token) && (!phrase.contains(&head) || !is_noun(&head))
    };
    let head = phrase.clone().rev().find(outside).unwrap_or(named);
    Some(Part::new(Link::Near, head, phrase))
}

/// The end of a name behind one word that the tags take for a verb: “…,” says coxswain Ana Ruiz; “…,” coxswain Ana Ruiz says.
fn misread(frame: &Frame, ahead: Range<usize>) -> Option<usize> {
    let name = ahead.start + 1..ahead.end;
    let last = name.take_while(|token| frame.pos(*token) == "PROPN").last()?;
    let small = frame.word(ahead.start).chars().all(char::is_lowercase);
    let verb = matches!(frame.tag(ahead.start), "VB" | "VBP") && frame.pos(ahead.start) == "VERB";
    (small && verb && super::people::is_person(frame, last)).then_some(last)
}

/// Whether a noun phrase ends in front of this token.
fn ends_phrase(frame: &Frame, token: usize) -> bool {
    matches!(frame.pos(token), "VERB" | "AUX" | "SCONJ" | "ADV" | "SPACE")
        || frame.pos(token) == "ADP" && frame.word(token) != "of"
        || frame.pos(token) == "PUNCT" && !matches!(frame.word(token), "-" | "." | "’" | "'")
        || frame.word(token) == "." && frame.tokens.get(token + 1).is_none_or(|next| next.sent_start)
}

fn noun(frame: &Frame, noun: usize) -> Vec<Part> {
    let mut parts = children(frame, noun);
    let has_content = parts.iter().any(|part| {
        matches!(frame.dep(part.head), "acl" | "relcl" | "ccomp" | "appos" | "prep" | "xcomp")
            || frame.quote(part.head).is_some()
    });
    quotes(frame, noun, &mut parts);
    if !has_content && !parts.iter().any(|part| part.link >= Link::QuoteBefore) {
        return Vec::new();
    }
    above(frame, noun, &mut parts);
    parts
}

/// What "of" brings after the object of a verb of telling, when the parser hung it below the object's name: names take
/// no "of" of their own.
fn told(frame: &Frame, cue: usize) -> Option<Part> {
    let object = frame.child(cue, &["dobj", "dative"])?;
    let tree = frame.subtree(object);
    let of = (object + 1..tree.end).find(|token| {
        let after_name = frame.pos(frame.head(*token)) == "PROPN" || frame.word(*token - 1) == ",";
        frame.dep(*token) == "prep" && frame.lemma(*token) == "of" && after_name
    })?;
    let head = frame.child(of, &["pobj", "pcomp"])?;
    Some(Part::new(Link::Told, head, of + 1..tree.end))
}

/// The children of a cue, each with what stands below it; of a preposition also its object alone.
fn children(frame: &Frame, cue: usize) -> Vec<Part> {
    let mut parts = Vec::new();
    for child in frame.children(cue) {
        if matches!(
            frame.dep(child),
            "punct" | "aux" | "auxpass" | "neg" | "mark" | "cc" | "prt" | "det" | "case" | "preconj"
        ) {
            continue;
        }
        if matches!(frame.dep(child), "prep" | "agent")
            && let Some(object) = frame.child(child, &["pobj", "pcomp"])
        {
            parts.push(Part::new(Link::Object, object, frame.subtree(object)));
            // "called for Norvale on Monday to pay": what else the preposition holds stays with it.
            for other in
                frame.children(child).filter(|other| *other != object && frame.dep(*other) != "punct")
            {
                parts.push(Part::new(Link::Child, other, frame.subtree(other)));
            }
            continue;
        }
        parts.push(Part::new(Link::Child, child, frame.subtree(child)));
    }
    parts
}

/// The clause that the parser put above the cue, though the cue speaks of it.
fn around(frame: &Frame, cue: usize, parts: &mut Vec<Part>) {
    if matches!(frame.dep(cue), "parataxis" | "ccomp" | "advcl" | "dep" | "conj" | "relcl" | "acl" | "appos")
        && !frame.is_root(cue)
    {
        let head = frame.head(cue);
        let mut part = Part::new(Link::Around, head, frame.subtree(head));
        part.hole = frame.subtree(cue);
        parts.push(part);
    }
}

/// Subjects that a cue without its own takes from the verbs above it, or the noun that its clause describes.
fn above(frame: &Frame, cue: usize, parts: &mut Vec<Part>) {
    if frame.child(cue, &["nsubj", "nsubjpass"]).is_some() {
        return;
    }
    let mut at = cue;
    for _ in 0..4 {
        if frame.is_root(at) {
            return;
        }
        let (dep, head) = (frame.dep(at), frame.head(at));
        if matches!(dep, "acl" | "relcl" | "appos") && matches!(frame.pos(head), "NOUN" | "PROPN" | "PRON") {
            let mut part = Part::new(Link::Described, head, frame.subtree(head));
            part.hole = frame.subtree(at);
            parts.push(part);
            return;
        }
        at = head;
        if let Some(subject) = frame.child(at, &["nsubj", "nsubjpass"])
            && !frame.subtree(subject).contains(&cue)
        {
            parts.push(Part::new(Link::Above, subject, frame.subtree(subject)));
            return;
        }
    }
}

/// Quotations beside the cue's clause that no part holds yet, and at the start of the next paragraph.
fn quotes(frame: &Frame, cue: usize, parts: &mut Vec<Part>) {
    if frame.quote(cue).is_some() {
        return;
    }
    let paragraph = frame.paragraph(cue);
    let held = |quote: Range<usize>| {
        parts.iter().any(|part| part.tokens.start <= quote.start + 1 && quote.end <= part.tokens.end + 1)
    };
    let next = |mut tokens: Box<dyn Iterator<Item = usize>>| {
        tokens.find_map(|token| frame.quote(token)).map(|quote| frame.quotes[quote].tokens.clone())
    };
    let sentence = frame.sentence(cue);
    // A quotation that ends where the cue's sentence begins belongs to the sentence: “We pay.” she said.
    let from = sentence.start.saturating_sub(3).max(paragraph.start);
    let to = (sentence.end + 3).min(paragraph.end);
    // … unless it stands inside one, and the cue has a clause of its own: it was “beyond words”. He knew, she added.
    let inside = |quote: &Range<usize>| {
        let ends_before = quote.end <= sentence.start && quote.start > frame.sentence(quote.start).start;
        ends_before && frame.child(cue, &["ccomp"]).is_some()
    };
    let before = next(Box::new((from..cue).rev())).filter(|quote| !held(quote.clone()) && !inside(quote));
    let after = next(Box::new(cue..to)).filter(|quote| !held(quote.clone()));
    if let Some(quote) = before {
        parts.push(Part::new(Link::QuoteBefore, head_of(frame, quote.clone()), quote));
    }
    if let Some(quote) = after {
        parts.push(Part::new(Link::QuoteAfter, head_of(frame, quote.clone()), quote));
    }
    let last = (cue..paragraph.end).rev().find(|token| frame.pos(*token) != "SPACE");
    let index = frame.paragraph_index(cue) + 1;
    if last.is_some_and(|token| matches!(frame.word(token), ":" | "," | "…" | "—"))
        && let Some(following) = frame.paragraphs.get(index)
        && let Some(quote) = frame.tokens.get(following.start).and_then(|_| frame.quote(following.start))
    {
        let quote = frame.quotes[quote].tokens.clone();
        parts.push(Part::new(Link::QuoteNext, head_of(frame, quote.clone()), quote));
    }
}

/// The token of a range whose head lies outside it, or that heads its sentence.
fn head_of(frame: &Frame, tokens: Range<usize>) -> usize {
    tokens
        .clone()
        .find(|token| {
            frame.is_word(*token) && (frame.is_root(*token) || !tokens.contains(&frame.head(*token)))
        })
        .unwrap_or(tokens.start)
}

fn according(frame: &Frame, cue: usize) -> Vec<Part> {
    let Some(to) = frame.child(cue, &["prep"]) else { return Vec::new() };
    let Some(source) = frame.child(to, &["pobj", "pcomp"]) else { return Vec::new() };
    let mut parts = vec![Part::new(Link::Object, source, frame.subtree(source))];
    let phrase = frame.subtree(cue);
    let sentence = frame.sentence(cue);
    let quote = frame.quote(cue).map(|quote| frame.quotes[quote].tokens.clone());
    // Inside a quotation the phrase speaks of nothing outside it.
    let within =
        quote.map_or(sentence.clone(), |quote| quote.start.max(sentence.start)..quote.end.min(sentence.end));
    let mut rest = Part::new(Link::Rest, frame.head(cue), within);
    rest.hole = phrase;
    parts.push(rest);
    quotes(frame, cue, &mut parts);
    parts
}

/// "reportedly": the sentence is somebody's word, though nobody's in particular.
fn adverb(frame: &Frame, cue: usize) -> Vec<Part> {
    let head = frame.head(cue);
    let mut part = Part::new(Link::Around, head, frame.subtree(head));
    part.hole = cue..cue + 1;
    vec![part]
}

/// A dash between a name and a quotation, at the start of a paragraph: Ruiz — “We will pay.”
fn is_dash(frame: &Frame, token: usize) -> bool {
    matches!(frame.word(token), "-" | "–" | "—" | "--")
        && token - frame.paragraph(token).start <= 8
        && frame.tokens.get(token + 1).is_some_and(|_| frame.quote(token + 1).is_some())
}

/// Whether a word is a colon, alone or behind the bracket of "RUIZ (HOST):".
pub(super) fn is_colon(word: &str) -> bool {
    matches!(word, ":" | "):" | "]:")
}

/// Tokens before a colon among which its verb is looked for: "told reporters:".
const NEAR_COLON: usize = 4;
/// Chance per thousand from which a verb before a colon is the cue.
const SAYS: u16 = 300;

fn says(frame: &Frame, cues: &Cues, token: usize) -> bool {
    frame.pos(token) == "VERB" && cues.chance(frame.lemma(token), "VERB").statement >= SAYS
}

/// What stands before a colon, without the mark that opens the paragraph in front of a label in capitals: “RUIZ: We
/// will pay.
fn name_before(frame: &Frame, before: Range<usize>) -> Range<usize> {
    let opens = before.len() > 1
        && frame.quote(before.start) == frame.quote(before.end)
        && frame.quote(before.start).is_some_and(|quote| frame.quotes[quote].tokens.start == before.start);
    let capitals = || {
        let words = frame.doc.words(frame.span(before.clone()));
        words.contains(char::is_uppercase) && !words.contains(char::is_lowercase)
    };
    if opens && capitals() { before.start + 1..before.end } else { before }
}

/// The name behind a colon in the bracket that opens a paragraph, and the words of the clip: what follows in the paragraph,
/// or else the next: "[CLIP: Ana Ruiz, skipper] We will pay."
pub(super) fn bracketed(frame: &Frame, colon: usize) -> Option<(Range<usize>, Range<usize>)> {
    const KIND: usize = 3;
    let index = frame.paragraph_index(colon);
    let paragraph = frame.paragraphs[index].clone();
    if let Some(name) = soundbite(frame, colon) {
        return Some((name, colon + 1..paragraph.end)).filter(|(_, words)| !words.is_empty());
    }
    let opens = matches!(frame.word(paragraph.start), "[" | "(") && colon - paragraph.start <= KIND;
    let ahead = colon + 1..paragraph.end.min(colon + LABEL);
    let close = ahead.clone().find(|token| matches!(frame.word(*token), "]" | ")")).filter(|_| opens)?;
    let kind = frame.doc.words(frame.span(paragraph.start..colon));
    let capitals = kind.contains(char::is_uppercase) && !kind.contains(char::is_lowercase);
    // "[CLIP: Ana Ruiz, skipper]"
    let end = (colon + 1..close).find(|token| frame.word(*token) == ",").unwrap_or(close);
    let rest = close + 1..paragraph.end;
    let words = if rest.clone().any(|token| frame.is_word(token)) {
        rest
    } else {
        frame.paragraphs.get(index + 1)?.clone()
    };
    (capitals && end > colon + 1 && !words.is_empty()).then_some((colon + 1..end, words))
}

/// Tokens of the longest line of a list of shots up to its colon.
pub(super) const SHOT: usize = 40;

/// Whether a paragraph is a line of a list of shots in which somebody speaks: its opening says "SOUNDBITE".
pub(super) fn is_soundbite(frame: &Frame, paragraph: Range<usize>) -> bool {
    const OPENING: usize = 6;
    paragraph.take(OPENING).any(|token| frame.word(token) == "SOUNDBITE")
}

/// The name in a line of a list of shots: "2. (SOUNDBITE) (English) WARDEN, ANA RUIZ, SAYING: …".
fn soundbite(frame: &Frame, colon: usize) -> Option<Range<usize>> {
    let start = frame.paragraph(colon).start;
    let says = (start..colon).next_back().filter(|says| matches!(frame.word(*says), "SAYING" | "SAID"))?;
    if says == start || !is_soundbite(frame, start..colon) {
        return None;
    }
    let end = if frame.word(says - 1) == "," { says - 1 } else { says };
    let first = (start..end).rev().find(|token| matches!(frame.word(*token), ")" | ","))? + 1;
    (first < end).then_some(first..end)
}

/// What stands on both sides of a colon: a label and a headline, a name and a quotation, a speaker's turn.
fn colon(frame: &Frame, cues: &Cues, cue: usize) -> Vec<Part> {
    let paragraph = frame.paragraph(cue);
    if let Some((name, after)) = bracketed(frame, cue) {
        return vec![
            Part::new(Link::BeforeColon, head_of(frame, name.clone()), name),
            Part::new(Link::AfterColon, head_of(frame, after.clone()), after),
        ];
    }
    let sentence = frame.sentence(cue);
    // "AMB. RUIZ: …": an abbreviation in a label may look like a sentence's end.
    let start =
        if cue - paragraph.start <= LABEL { paragraph.start } else { sentence.start.max(paragraph.start) };
    let before = name_before(frame, start..cue);
    let in_marks = before.start > start;
    // "It was no small thing: soon Ruiz had left." Nobody says so.
    let empty = |token: usize| {
        matches!(frame.lemma(token), "it" | "there" | "this" | "that")
            && matches!(frame.dep(token), "nsubj" | "expl")
            && frame.lemma(frame.head(token)) == "be"
    };
    if before.is_empty()
        || before.len() > LABEL
        || before.clone().any(empty)
        || !in_marks && before.clone().any(|token| frame.quote(token).is_some())
    {
        return Vec::new();
    }
    let end = if start == paragraph.start { paragraph.end } else { sentence.end };
    let after = cue + 1..end;
    if after.len() < 2 {
        return Vec::new();
    }
    // A colon after a cue of its own ("She said: “…”") is of that cue.
    let quoted = frame.quote(cue + 1).filter(|_| !in_marks);
    if quoted.is_some() && before.clone().rev().take(NEAR_COLON).any(|token| says(frame, cues, token)) {
        return Vec::new();
    }
    let mut parts = vec![
        Part::new(Link::BeforeColon, head_of(frame, before.clone()), before),
        Part::new(Link::AfterColon, head_of(frame, after.clone()), after),
    ];
    if let Some(quote) = quoted.map(|quote| frame.quotes[quote].tokens.clone()) {
        parts.push(Part::new(Link::QuoteAfter, head_of(frame, quote.clone()), quote));
    }
    parts
}
