//! Gives a quotation that nobody has to the cue right beside it, and one behind a name and a colon to the name.

use super::assemble::{Attribution, SPEECH, trim};
use super::candidates::{Candidate, Link};
use super::choose::Chosen;
use super::frame::Frame;
use super::turns::TURN;
use crate::stages::mentions::{ActorKind, Mention, MentionKind};

/// Chance per thousand from which a verb beside a quotation is its cue.
const CUE: u16 = 150;
/// Words that may stand between a quotation and its cue: “…,” the mayor of Norvale said.
const BETWEEN: usize = 6;
/// Words of a name in front of a colon or dash: "Sen. Ana Ruiz (R-Norvale)".
const NAME: usize = 8;

/// Adds the statements of quotations that no chosen statement holds.
pub(super) fn rescue(frame: &Frame, candidates: &[Candidate], chosen: &mut Vec<Chosen>) {
    let mut owned = vec![false; frame.quotes.len()];
    let mut taken = vec![false; frame.tokens.len()];
    for one in chosen.iter() {
        taken[one.attribution.cue] = true;
        // What is said inside a quotation leaves it to who says the quotation.
        let own = frame.quote(one.attribution.cue);
        for quote in one.attribution.content.iter().filter_map(|token| frame.quote(*token)) {
            owned[quote] |= one.rule == TURN || own != Some(quote);
        }
    }
    for (quote, passage) in frame.quotes.iter().enumerate() {
        if owned[quote] || passage.words < SPEECH || passage.continues.is_some() {
            continue;
        }
        let found = labelled(frame, candidates, quote)
            .or_else(|| beside(frame, candidates, quote, &taken))
            .or_else(|| announced(frame, candidates, quote, &taken))
            .or_else(|| led_in(frame, candidates, quote));
        let Some((at, source, rule)) = found else { continue };
        let mut content: Vec<usize> = passage.tokens.clone().collect();
        trim(frame, &mut content);
        taken[candidates[at].cue] = true;
        let attribution = Attribution {
            cue: candidates[at].cue,
            source: Some(source),
            contents: Vec::new(),
            content,
            sure: 1.0,
        };
        if !attribution.content.is_empty() {
            chosen.push(Chosen::new(at, attribution, rule, 1.0));
        }
    }
    chosen.sort_by_key(|one| one.attribution.cue);
}

type Found = (usize, usize, &'static str);

/// "Ana Ruiz: “We will pay.”", at the start of a paragraph.
fn labelled(frame: &Frame, candidates: &[Candidate], quote: usize) -> Option<Found> {
    let start = frame.quotes[quote].tokens.start;
    let paragraph = frame.paragraph(start);
    let mark = (paragraph.start..start).rev().find(|token| frame.pos(*token) != "SPACE")?;
    let at = candidates.binary_search_by_key(&mark, |candidate| candidate.cue).ok()?;
    let name = paragraph.start..mark;
    let words = name.clone().filter(|token| frame.is_word(*token)).count();
    let named = name.clone().any(|token| frame.pos(token) == "PROPN")
        && !name.clone().any(|token| matches!(frame.pos(token), "VERB" | "AUX" | "ADP"));
    let source = candidates[at].parts.iter().position(|part| part.link == Link::BeforeColon)?;
    (named && words <= NAME).then_some((at, source, TURN))
}

/// "Ruiz on losing: “…”", "Ruiz's verdict: “…”", "a word from Ruiz: “…”", "over to Ruiz: “…”": words before a colon that name
/// one person, of whom the quotation is.
fn led_in(frame: &Frame, candidates: &[Candidate], quote: usize) -> Option<Found> {
    const WORDS: usize = 10;
    let start = frame.quotes[quote].tokens.start;
    let colon =
        start.checked_sub(1).map(|mark| if frame.word(mark) == ":" { mark } else { mark.saturating_sub(1) });
    let colon = colon.filter(|colon| frame.word(*colon) == ":")?;
    let lead = frame.sentence(colon).start.max(frame.paragraph(colon).start)..colon;
    let words = lead.clone().filter(|token| frame.is_word(*token)).count();
    if words == 0 || words > WORDS || lead.clone().any(|token| frame.quote(token).is_some()) {
        return None;
    }
    let mentions = frame.doc.within::<Mention>(frame.span(lead));
    let mut people = mentions.iter().filter(|mention| mention.actor == ActorKind::Person);
    let one = people.next().filter(|one| one.kind == MentionKind::Name)?;
    let head = one.head.index();
    let of = frame.lemma(frame.head(head));
    let goes = || matches!(frame.lemma(frame.head(frame.head(head))), "go" | "over");
    let told = match frame.dep(head) {
        "pobj" => matches!(of, "from" | "by" | "of") || of == "to" && goes(),
        dep => !matches!(dep, "dobj" | "dative"),
    };
    let at = candidates.binary_search_by_key(&colon, |candidate| candidate.cue).ok()?;
    let source = candidates[at].parts.iter().position(|part| part.link == Link::BeforeColon)?;
    (told && people.all(|other| other.name == one.name)).then_some((at, source, TURN))
}

/// "Ruiz issued the following statement:", and the quotation behind it or in the next paragraph.
fn announced(frame: &Frame, candidates: &[Candidate], quote: usize, taken: &[bool]) -> Option<Found> {
    let start = frame.quotes[quote].tokens.start;
    let colon = (0..start).rev().take(SPACE).find(|token| frame.pos(*token) != "SPACE")?;
    let sentence = frame.sentence(colon).start.max(frame.paragraph(colon).start)..colon;
    let far = frame.paragraph_index(start) - frame.paragraph_index(colon) > 1;
    if far || frame.word(colon) != ":" || sentence.clone().any(|token| frame.quote(token).is_some()) {
        return None;
    }
    let from = candidates.partition_point(|candidate| candidate.cue < sentence.start);
    let within = candidates[from..].iter().enumerate().take_while(|(_, candidate)| candidate.cue < colon);
    let told = within.filter_map(|(index, candidate)| {
        let verb = matches!(frame.pos(candidate.cue), "VERB" | "AUX") && !taken[candidate.cue];
        Some((from + index, subject(frame, candidate)?, candidate.chance.statement)).filter(|_| verb)
    });
    let (at, source, _) = told.max_by_key(|(_, _, chance)| *chance)?;
    Some((at, source, "statement.announced"))
}

/// Tokens of white space between a colon and the quotation in the next paragraph.
const SPACE: usize = 4;

/// “We will pay,” Ruiz said.
fn beside(frame: &Frame, candidates: &[Candidate], quote: usize, taken: &[bool]) -> Option<Found> {
    let passage = frame.quotes[quote].tokens.clone();
    let paragraph = frame.paragraph(passage.start);
    // “He said, ‘Sorry,’” the baker recalled: past the marks of what is quoted inside.
    let mark = |token: &usize| matches!(frame.word(*token), "'" | "’" | "\"" | "”");
    let last = passage.clone().rev().find(|token| !mark(token))?;
    let ended = matches!(frame.word(last), "," | "." | "?" | "!" | "…" | "—" | "-");
    let near = candidates.partition_point(|candidate| candidate.cue < passage.start.saturating_sub(30));
    let around =
        candidates[near..].iter().enumerate().take_while(|(_, candidate)| candidate.cue < passage.end + 30);
    let fits = |candidate: &Candidate| {
        let cue = candidate.cue;
        let between = if cue < passage.start { cue + 1..passage.start } else { passage.end..cue };
        let clean = between
            .clone()
            .all(|token| frame.quote(token).is_none() && !matches!(frame.word(token), "." | "?" | "!" | ";"));
        let words = between.filter(|token| frame.is_word(*token)).count();
        let free = !taken[cue] && frame.quote(cue).is_none() && paragraph.contains(&cue);
        let whole = ended || cue + 2 >= passage.start && cue < passage.start;
        (free && clean && whole && candidate.chance.statement >= CUE && words <= BETWEEN).then_some(words)
    };
    let (at, _) = around
        .filter_map(|(index, candidate)| Some((near + index, fits(candidate)?)))
        .min_by_key(|(_, words)| *words)?;
    let source = subject(frame, &candidates[at])?;
    Some((at, source, "statement.beside"))
}

/// The part that a cue has for its subject.
fn subject(frame: &Frame, candidate: &Candidate) -> Option<usize> {
    candidate.parts.iter().position(|part| {
        part.link == Link::Child && frame.dep(part.head) == "nsubj" && frame.quote(part.head).is_none()
            || matches!(part.link, Link::Above | Link::Near)
    })
}
