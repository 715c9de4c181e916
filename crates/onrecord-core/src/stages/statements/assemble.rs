//! Puts a cue, its source and its content together: which parts are which, and where the content begins and ends.

use std::collections::BTreeSet;
use std::ops::Range;

use super::candidates::{Candidate, Link, Part};
use super::choose::Chosen;
use super::features::{self, Looks};
use super::frame::{Frame, Passage};
use super::model::Linear;
use super::turns::TURN;
use super::words::Speech;
use crate::Span;

/// A cue with what it says and who says it.
#[derive(Debug, Clone)]
pub(super) struct Attribution {
    /// The cue's head.
    pub(super) cue: usize,
    /// Index of the source among the candidate's parts.
    pub(super) source: Option<usize>,
    /// Indices of the content among the candidate's parts.
    pub(super) contents: Vec<usize>,
    /// The content's tokens, in order.
    pub(super) content: Vec<usize>,
    /// How sure the parts' roles are: the least sure of the content.
    pub(super) sure: f32,
}

/// The roles that a part can have; classes of the model.
pub(super) const CONTENT: usize = 1;
/// See [`CONTENT`].
pub(super) const SOURCE: usize = 2;

/// Chance from which a part is of the content.
const IS_CONTENT: f32 = 0.5;
/// The same of the one part that an adverb has.
const IS_HEARSAY: f32 = 0.2;
/// Chance from which a part is the source.
const IS_SOURCE: f32 = 0.15;

/// The attribution that a candidate makes, if it has content.
pub(super) fn attribution(
    frame: &Frame,
    candidate: &Candidate,
    looks: &Looks,
    roles: &Linear,
) -> Option<Attribution> {
    let chance = |index: usize| match candidate.parts[index].link {
        Link::Near => [1.0, 0.0, 0.0],
        _ => roles.chances(&features::role(frame, candidate, looks, index)),
    };
    let chances: Vec<_> = (0..candidate.parts.len()).map(chance).collect();
    let clauses: Vec<usize> = (0..chances.len()).filter(|index| is_told(frame, candidate, *index)).collect();
    // “My aunt said that it rained,” inside a quotation.
    let teller = || {
        let subject = |part: &Part| {
            let child = part.link == Link::Child && frame.dep(part.head) == "nsubj";
            child
                && !matches!(frame.tag(part.head), "WDT" | "DT")
                && frame.quote(part.head).is_none_or(|quote| frame.quote(candidate.cue) == Some(quote))
        };
        candidate.parts.iter().position(subject).filter(|_| !clauses.is_empty())
    };
    let source = (0..chances.len())
        .filter(|index| {
            chances[*index][SOURCE] >= IS_SOURCE && chances[*index][SOURCE] > chances[*index][CONTENT]
        })
        .max_by(|a, b| chances[*a][SOURCE].total_cmp(&chances[*b][SOURCE]))
        .or_else(|| near(candidate))
        .or_else(teller)
        .or_else(|| introducer(frame, candidate));
    // "reportedly" has no other part.
    let least = if frame.pos(candidate.cue) == "ADV" { IS_HEARSAY } else { IS_CONTENT };
    // "Fares will rise, Okafor said, blaming the weather": what the participle tells is not what she said.
    let aside = |index: usize| {
        let head = candidate.parts[index].head;
        !clauses.is_empty() && head > candidate.cue && frame.dep(head) == "advcl" && frame.tag(head) == "VBG"
    };
    // "told the council in May that the roof leaked": when and where are not what was told.
    let between = |index: usize| {
        let part = &candidate.parts[index];
        let before = |clause: &usize| {
            let that = candidate.parts[*clause].tokens.start;
            part.tokens.end <= that && frame.dep(that) == "mark" && frame.lemma(that) == "that"
        };
        let aside = matches!(
            frame.lemma(frame.head(part.head)),
            "in" | "on" | "at" | "by" | "during" | "before" | "after" | "via"
        ) || frame.dep(part.head) == "npadvmod";
        part.tokens.start > candidate.cue && aside && clauses.iter().any(before)
    };
    let contents: Vec<usize> = (0..chances.len())
        .filter(|index| {
            clauses.contains(index) || chances[*index][CONTENT] >= least && !aside(*index) && !between(*index)
        })
        .filter(|index| Some(*index) != source)
        .collect();
    if contents.is_empty() {
        return None;
    }
    let contents = without_front(frame, candidate, &contents);
    let sure = contents.iter().map(|index| chances[*index][CONTENT].max(IS_CONTENT)).fold(1.0, f32::min);
    let content = content(frame, candidate, &contents, source);
    (!content.is_empty()).then_some(Attribution { cue: candidate.cue, source, contents, content, sure })
}

/// Takes what leads to a content off it: what stands before the colon of "Ruiz spoke of the fire: “…”", and the clause in
/// front of "Norvale will pay; it noted that …".
fn without_front(frame: &Frame, candidate: &Candidate, contents: &[usize]) -> Vec<usize> {
    let part = |index: &usize| &candidate.parts[*index];
    let linked = |link: Link| contents.iter().any(|index| part(index).link == link);
    let after_colon = linked(Link::AfterColon) || linked(Link::QuoteAfter);
    let clause = |part: &Part| part.link == Link::Child && frame.dep(part.head) == "ccomp";
    let that = |index: &usize| {
        let first = part(index).tokens.start;
        clause(part(index)) && first > candidate.cue && frame.lemma(first) == "that"
    };
    let told_that = contents.iter().any(that);
    let is_front = |index: &usize| {
        let part = part(index);
        let before = part.tokens.end <= candidate.cue;
        let unquoted = || part.iter().all(|token| frame.quote(token).is_none());
        before && (after_colon && part.link == Link::BeforeColon || told_that && clause(part) && unquoted())
    };
    contents.iter().copied().filter(|index| !is_front(index)).collect()
}

/// Who brings a noun of saying and a colon: "Ruiz issued the following statement: “…”".
fn introducer(frame: &Frame, candidate: &Candidate) -> Option<usize> {
    let cue = candidate.cue;
    let quoted = |part: &Part| matches!(part.link, Link::QuoteNext | Link::QuoteAfter);
    let colon = (cue + 1..frame.sentence(cue).end).take(COLON).any(|token| frame.word(token) == ":");
    let brought = frame.pos(cue) == "NOUN" && frame.dep(cue) == "dobj" && colon;
    (brought && candidate.parts.iter().any(quoted))
        .then(|| candidate.parts.iter().position(|part| part.link == Link::Above))?
}

/// Tokens behind a noun of saying among which its colon is looked for: "a statement on Monday:".
const COLON: usize = 6;

/// The phrase beside a quotation's cue that no part of the parse holds.
fn near(candidate: &Candidate) -> Option<usize> {
    candidate.parts.iter().position(|part| part.link == Link::Near)
}

/// Chance per thousand from which a word is a cue whose clause is what was said, whatever the model makes of it.
pub(super) const SAYS: u16 = 800;

/// Whether a part is the clause under a verb of saying that has a subject, or what somebody is told to do.
pub(super) fn is_told(frame: &Frame, candidate: &Candidate, index: usize) -> bool {
    let (part, cue) = (&candidate.parts[index], candidate.cue);
    let subject = |verb: usize| frame.child(verb, &["nsubj"]).is_some();
    // "Ruiz accepted that it was late but pointed out that …"
    let shared = || frame.dep(cue) == "conj" && subject(frame.head(cue));
    // "told reporters to expect a trial"
    let asked = || {
        candidate.speech == Speech::Asks
            && frame.is_to_do(part.head)
            && frame.child(cue, &["dobj", "dative"]).is_some()
    };
    (candidate.chance.statement >= SAYS || candidate.speech != Speech::None)
        && part.link == Link::Child
        && (frame.dep(part.head) == "ccomp" || asked())
        && (subject(cue) || shared())
}

/// The tokens of the content parts, with the quotations that they begin, without cue and source.
pub(super) fn content(
    frame: &Frame,
    candidate: &Candidate,
    contents: &[usize],
    source: Option<usize>,
) -> Vec<usize> {
    // "It was announced that …": the "it" is empty.
    let clause = contents.iter().any(|index| frame.dep(candidate.parts[*index].head) == "ccomp");
    let empty = |part: &Part| {
        clause && part.link == Link::Child && frame.lemma(part.head) == "it" && part.tokens.len() == 1
    };
    let parts = contents.iter().map(|index| &candidate.parts[*index]).filter(|part| !empty(part));
    let mut tokens: BTreeSet<usize> = parts.flat_map(Part::iter).collect();
    let own = frame.quote(candidate.cue);
    let touched: BTreeSet<usize> =
        tokens.iter().filter_map(|token| frame.quote(*token)).filter(|quote| Some(*quote) != own).collect();
    for quote in touched {
        tokens.extend(frame.quotes[quote].tokens.clone());
    }
    // A cue inside a quotation says nothing outside it.
    if let Some(own) = own {
        tokens.retain(|token| frame.quotes[own].tokens.contains(token));
    }
    tokens.remove(&candidate.cue);
    let marks = frame
        .children(candidate.cue)
        .filter(|child| matches!(frame.dep(*child), "aux" | "auxpass" | "neg" | "prt"));
    for mark in marks {
        tokens.remove(&mark);
    }
    join_prepositions(frame, candidate, contents, &mut tokens);
    if let Some(source) = source {
        let source = &candidate.parts[source];
        if contents.iter().all(|index| !inside(&candidate.parts[*index].tokens, &source.tokens)) {
            tokens.retain(|token| !source.tokens.contains(token) || source.hole.contains(token));
        }
    }
    let mut content = tokens.into_iter().collect();
    cut_tail(frame, candidate.cue, &mut content);
    trim(frame, &mut content);
    content
}

/// Cuts what the parser hung to a content after a quotation that ends it: “…,” though others disagree; “…” — a play on
/// words; “…” as he left; “…,” said Ruiz, on what was her last day.
fn cut_tail(frame: &Frame, cue: usize, content: &mut Vec<usize>) {
    let Some(at) = content.iter().rposition(|token| frame.quote(*token).is_some()) else { return };
    let Some(quote) = frame.quote(content[at]) else { return };
    let Some(first) = content[at + 1..].iter().find(|token| frame.pos(**token) != "SPACE") else { return };
    let last = frame.quotes[quote].tokens.clone().rev().nth(1);
    let ended = last.is_some_and(|token| matches!(frame.word(token), "," | "." | "!" | "?"));
    let goes_on = frame.dep(*first) == "cc" || matches!(frame.tag(*first), "CC" | "WDT" | "WP");
    let leaves = matches!(frame.word(*first), "—" | "–" | "--" | "-");
    let aside = matches!(
        frame.word(*first).to_lowercase().as_str(),
        "as" | "when" | "while" | "after" | "before" | "though" | "although" | "despite" | "amid" | "during"
    );
    let behind_cue = (content[at]..*first).contains(&cue);
    if ended && (!goes_on || behind_cue) || leaves || aside {
        content.truncate(at + 1);
    }
}

/// Gives the object of a preposition its preposition back, unless it stands first and so belongs to the cue: "accused
/// | Norvale of lying", but "called for | a ban".
fn join_prepositions(frame: &Frame, candidate: &Candidate, contents: &[usize], tokens: &mut BTreeSet<usize>) {
    let objects =
        contents.iter().map(|index| &candidate.parts[*index]).filter(|part| part.link == Link::Object);
    for part in objects {
        let preposition = frame.head(part.head);
        if preposition > candidate.cue && tokens.range(candidate.cue..preposition).next().is_some() {
            tokens.insert(preposition);
        } else {
            tokens.remove(&preposition);
        }
    }
}

fn inside(inner: &Range<usize>, outer: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Takes white space everywhere and loose punctuation at both ends off the content.
pub(super) fn trim(frame: &Frame, tokens: &mut Vec<usize>) {
    tokens.retain(|token| frame.pos(*token) != "SPACE");
    let loose = |token: &usize| {
        !frame.is_word(*token) && frame.quote(*token).is_none()
            || frame.dep(*token) == "cc" && frame.quote(*token).is_none()
    };
    while tokens.last().is_some_and(loose) {
        tokens.pop();
    }
    let start = tokens
        .iter()
        .position(|token| frame.is_word(*token) || frame.quote(*token).is_some())
        .unwrap_or(tokens.len());
    tokens.drain(..start);
    if !tokens.iter().any(|token| frame.is_word(*token)) {
        tokens.clear();
    }
}

/// “Mum said at breakfast, ‘May she win’”: who says it and the words of saying are no part of what is said.
fn without_speaker(frame: &Frame, cue: usize, content: &mut Vec<usize>) {
    let subject = frame.child(cue, &["nsubj"]).filter(|subject| *subject < cue);
    if subject.is_none_or(|subject| content.binary_search(&subject).is_err()) {
        return;
    }
    let opens = |token: &&usize| **token > cue && matches!(frame.word(**token), "‘" | "“" | "'" | "\"");
    if let Some(opening) = content.iter().find(opens).copied() {
        content.retain(|token| *token >= opening);
    }
}

/// What is quoted inside a quotation has its own marks, not the one that closes the other: “He said, ‘Never.’” gives ‘Never.’
pub(super) fn own_marks(frame: &Frame, cue: usize, content: &mut Vec<usize>) {
    let Some(quote) = frame.quote(cue) else { return };
    without_speaker(frame, cue, content);
    let closing = |token: usize| matches!(frame.word(token), "’" | "”" | "'" | "\"");
    let Range { start, end } = frame.quotes[quote].tokens;
    let last = end - 1;
    if content.last() == Some(&last) && closing(last) && content.first() != Some(&start) {
        content.pop();
    }
    let opening = content.first().and_then(|first| first.checked_sub(1)).filter(|opening| *opening != cue);
    let opening = opening.filter(|opening| matches!(frame.word(*opening), "‘" | "“" | "'" | "\""));
    let closes = content.last().is_some_and(|last| closing(*last));
    if let Some(opening) = opening.filter(|opening| closes && start != *opening) {
        content.insert(0, opening);
    }
}

/// The content as spans: tokens that only punctuation or white space parts are in one.
pub(super) fn spans(frame: &Frame, content: &[usize]) -> Vec<Span> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for token in content {
        match spans.last_mut() {
            Some((_, last))
                if (*last + 1..*token).all(|between| !frame.is_word(between))
                    && joins(frame, *last, *token) =>
            {
                *last = *token;
            }
            _ => spans.push((*token, *token)),
        }
    }
    spans.retain(|(from, to)| (*from..=*to).any(|token| frame.is_word(token)));
    spans.into_iter().map(|(from, to)| frame.span(from..to + 1)).collect()
}

/// Whether two tokens of a content stand in one paragraph.
fn joins(frame: &Frame, a: usize, b: usize) -> bool {
    frame.paragraph_index(a) == frame.paragraph_index(b)
}

/// Chance per thousand from which a participle before a quotation takes it.
const OWN_CUE: u16 = 300;
/// Words from which a quotation is speech that may go on, and no fragment.
pub(super) const SPEECH: usize = 3;

/// Appends to each attribution the quotations that go on from it and that no other has: “X,” she said. “Y.”, and the
/// next paragraphs of a quotation that is left open or that stand wholly in marks.
pub(super) fn carry_on(frame: &Frame, candidates: &[Candidate], chosen: &mut [Chosen]) {
    let mut owned = vec![false; frame.quotes.len()];
    let mut outer = vec![false; frame.quotes.len()];
    for Chosen { attribution, rule, .. } in chosen.iter() {
        let own = frame.quote(attribution.cue);
        for quote in attribution.content.iter().filter_map(|token| frame.quote(*token)) {
            owned[quote] = true;
            outer[quote] |= *rule == TURN || own != Some(quote);
        }
    }
    reach_back(frame, &mut owned, chosen);
    // What somebody says inside a quotation that goes on leaves it to who says the quotation.
    let free = |owned: &[bool], next: usize| !owned[next] || !outer[next];
    // In the order of the text, so that one quotation can carry the next.
    for Chosen { attribution, .. } in chosen.iter_mut() {
        let Some(mut last) = attribution.content.iter().rev().find_map(|token| frame.quote(*token)) else {
            continue;
        };
        if Some(last) == frame.quote(attribution.cue) || frame.quotes[last].words < SPEECH {
            continue;
        }
        while let Some(next) =
            following(frame, candidates, attribution.cue, last).filter(|next| free(&owned, *next))
        {
            owned[next] = true;
            attribution.content.extend(frame.quotes[next].tokens.clone());
            last = next;
        }
        attribution.content.sort_unstable();
        attribution.content.dedup();
    }
}

/// Prepends to each attribution the paragraphs before it that one pair of marks holds with it: “We lost the mill. ¶ We
/// lost the harbour,” said Ruiz.
fn reach_back(frame: &Frame, owned: &mut [bool], chosen: &mut [Chosen]) {
    for Chosen { attribution, .. } in chosen {
        let content = &mut attribution.content;
        let first = content.iter().find_map(|token| frame.quote(*token));
        let Some(mut first) = first.filter(|first| Some(*first) != frame.quote(attribution.cue)) else {
            continue;
        };
        // A paragraph with an opening mark of its own may be another's turn.
        let whole = |passage: &Passage| frame.is_word(passage.tokens.start);
        while let Some(before) = frame.quotes[first].continues.filter(|before| !owned[*before])
            && whole(&frame.quotes[first])
        {
            owned[before] = true;
            content.extend(frame.quotes[before].tokens.clone());
            first = before;
        }
        content.sort_unstable();
        content.dedup();
    }
}

/// The quotation that goes on from `last`: after the cue's clause in the same paragraph, or in the next paragraph.
fn following(frame: &Frame, candidates: &[Candidate], cue: usize, last: usize) -> Option<usize> {
    let before = &frame.quotes[last];
    let mut next = last + 1;
    while frame.quotes.get(next).is_some_and(|passage| is_aside(frame, cue, passage)) {
        next += 1;
    }
    let passage = frame.quotes.get(next)?;
    if passage.continues == Some(last) {
        return Some(next);
    }
    let start = passage.tokens.start;
    let goes_on = if frame.paragraph_index(before.tokens.start) == frame.paragraph_index(start) {
        goes_on_behind(frame, candidates, cue, before.tokens.end..start) && starts_sentence(frame, start)
    } else {
        goes_on_below(frame, cue, before, passage)
    };
    goes_on.then_some(next)
}

/// Whether a passage is a name in the cue's own clause, to be stepped over: “…,” she said on “Norvale Today.” “…”
fn is_aside(frame: &Frame, cue: usize, passage: &Passage) -> bool {
    let start = passage.tokens.start;
    let beside = frame.same_sentence(start, cue) && cue < start && passage.words <= ASIDE;
    beside && frame.is_word(start - 1) && start - 1 != cue
}

/// Words of the longest name in marks that is stepped over.
const ASIDE: usize = 6;

/// Whether nothing but the cue's own sentence stands between two quotations of a paragraph.
fn goes_on_behind(frame: &Frame, candidates: &[Candidate], cue: usize, between: Range<usize>) -> bool {
    let clause = frame.sentence(cue);
    let foreign =
        |token: usize| frame.is_word(token) && !clause.contains(&token) && !frame.same_sentence(token, cue);
    // "…," she said, adding: "…": the second quotation is the participle's. "…," she said, adding that X. "…": it is hers.
    let ended = between.clone().rev().find(|token| frame.pos(*token) != "SPACE");
    let ended = ended.is_some_and(|token| matches!(frame.word(token), "." | "?" | "!"));
    let from = candidates.partition_point(|candidate| candidate.cue < between.start);
    let mut near = candidates[from..].iter().take_while(|candidate| candidate.cue < between.end);
    let other_cue = near.any(|candidate| {
        candidate.cue != cue && candidate.chance.statement >= OWN_CUE && frame.tag(candidate.cue) == "VBG"
    });
    let has_cue = between.contains(&cue) || between.clone().all(|token| !frame.is_word(token));
    (ended || !other_cue) && has_cue && !between.clone().any(foreign)
}

/// Whether a passage that is the whole of the next paragraph goes on from one after which nothing but the cue's clause
/// stands.
fn goes_on_below(frame: &Frame, cue: usize, before: &Passage, passage: &Passage) -> bool {
    let (start, paragraph) = (passage.tokens.start, frame.paragraph(passage.tokens.start));
    let adjacent = frame.paragraph_index(start) == frame.paragraph_index(before.tokens.start) + 1;
    let rest = before.tokens.end..frame.paragraph(before.tokens.start).end;
    let own = |token: usize| !frame.is_word(token) || rest.contains(&cue) && frame.same_sentence(token, cue);
    let alone =
        start == paragraph.start && (passage.tokens.end..paragraph.end).all(|token| !frame.is_word(token));
    // “They said so,” he said. ¶ “Who is they?”: a short question is the other's.
    let asks = passage.words <= SHORT && passage.tokens.clone().any(|token| frame.word(token) == "?");
    adjacent && alone && passage.words >= SPEECH && !asks && rest.clone().all(own)
}

/// Words of the longest short question.
const SHORT: usize = 6;

/// Whether a quotation is one of its own, not a word or two in the reporter's sentence.
fn starts_sentence(frame: &Frame, start: usize) -> bool {
    let sentence = frame.sentence(start);
    sentence.start >= start.saturating_sub(1) && sentence.start <= start + 1
        || frame.tokens.get(start + 1).is_some_and(|_| frame.word(start + 1).starts_with(char::is_uppercase))
}

/// The link by which the content is known, for the name of the rule.
pub(super) fn rule(frame: &Frame, candidate: &Candidate, attribution: &Attribution) -> &'static str {
    let links: Vec<Link> = attribution.contents.iter().map(|index| candidate.parts[*index].link).collect();
    let all_quoted = features::quoted(frame, attribution.content.iter().copied()) == "all";
    if links.contains(&Link::Rest) {
        "statement.according"
    } else if links.contains(&Link::AfterColon) {
        "statement.label"
    } else if frame.pos(candidate.cue) == "NOUN" {
        "statement.noun"
    } else if frame.pos(candidate.cue) == "ADV" {
        "statement.hearsay"
    } else if all_quoted {
        "statement.quotation"
    } else if matches!(frame.tag(candidate.cue), "VBG" | "VBN")
        && attribution.source.is_none_or(|index| candidate.parts[index].link != Link::Child)
    {
        "statement.participle"
    } else if links.contains(&Link::Around) {
        "statement.around"
    } else {
        "statement.clause"
    }
}
