//! Constructions that are certain enough to need no model.

use std::ops::Range;

use super::assemble::{Attribution, SAYS, content};
use super::candidates::{Candidate, Link, Part};
use super::choose::Chosen;
use super::details::refusal;
use super::frame::Frame;
use super::signed;
use super::words::{Saying, Speech, Word};

/// The attribution that a candidate's construction makes, and the rule that says so.
pub(super) fn certain(
    frame: &Frame,
    saying: &Saying,
    candidate: &Candidate,
) -> Option<(Attribution, &'static str)> {
    if frame.quote(candidate.cue).is_some() {
        return None;
    }
    signed::attribution(frame, candidate)
        .or_else(|| told(frame, saying, candidate))
        .or_else(|| expressed(frame, saying, candidate))
        .or_else(|| refused(frame, saying, candidate))
        .or_else(|| headline_name(frame, candidate))
        .or_else(|| interposed(frame, candidate))
        .or_else(|| appended(frame, candidate))
        .or_else(|| committed(frame, saying, candidate))
        .or_else(|| heard(frame, saying, candidate))
        .or_else(|| figure(frame, candidate))
}

/// "assured Ana Ruiz of victory"
fn told(frame: &Frame, saying: &Saying, candidate: &Candidate) -> Option<(Attribution, &'static str)> {
    if !saying.is(Word::TellsOf, frame.lemma(candidate.cue)) {
        return None;
    }
    let of = |part: &Part| part.link == Link::Object && frame.word(frame.head(part.head)) == "of";
    let told = candidate.parts.iter().position(|part| part.link == Link::Told);
    let part = told.or_else(|| candidate.parts.iter().position(of))?;
    frame.child(candidate.cue, &["dobj", "dative"])?;
    Some((made(frame, candidate, vec![part])?, "statement.told_of"))
}

/// "expressed gratitude to the council for its help"
fn expressed(frame: &Frame, saying: &Saying, candidate: &Candidate) -> Option<(Attribution, &'static str)> {
    let cue = candidate.cue;
    let object = frame.child(cue, &["dobj"])?;
    if !saying.is(Word::Express, frame.lemma(cue)) || !saying.is(Word::Act, frame.lemma(object)) {
        return None;
    }
    let parts = candidate.parts.iter().enumerate().filter(|(_, part)| {
        part.head == object
            || part.link == Link::Object
                && part.tokens.start > object
                && frame.word(frame.head(part.head)) == "for"
    });
    let parts = parts.map(|(index, _)| index).collect();
    Some((made(frame, candidate, parts)?, "statement.expressed"))
}

/// "threatened to join the strike"
fn committed(frame: &Frame, saying: &Saying, candidate: &Candidate) -> Option<(Attribution, &'static str)> {
    let commits = saying.is(Word::Commits, frame.lemma(candidate.cue));
    let to = |part: &Part| commits && part.link == Link::Child && frame.is_to_do(part.head);
    let part = candidate.parts.iter().position(to)?;
    Some((made(frame, candidate, vec![part])?, "statement.clause"))
}

/// The rule of what was said before a court by nobody knows whom.
pub(super) const HEARD: &str = "statement.heard";

/// "The tills were empty, a jury heard": nobody knows from whom.
fn heard(frame: &Frame, saying: &Saying, candidate: &Candidate) -> Option<(Attribution, &'static str)> {
    let cue = candidate.cue;
    let hearer = frame.child(cue, &["nsubj"]).filter(|_| saying.is(Word::Hears, frame.lemma(cue)))?;
    let clause = |part: &Part| part.link == Link::Child && frame.dep(part.head) == "ccomp";
    let part = candidate.parts.iter().position(clause)?;
    let content = content(frame, candidate, &[part], None);
    (saying.is(Word::Hearer, frame.lemma(hearer)) && !content.is_empty())
        .then_some((Attribution { cue, source: None, contents: vec![part], content, sure: 1.0 }, HEARD))
}

/// "put the toll at 31"
fn figure(frame: &Frame, candidate: &Candidate) -> Option<(Attribution, &'static str)> {
    let cue = candidate.cue;
    if candidate.speech != Speech::Figures || frame.lemma(cue) != "put" {
        return None;
    }
    let counted =
        candidate.parts.iter().position(|part| part.link == Link::Child && frame.dep(part.head) == "dobj")?;
    let number = |part: &Part| {
        part.link == Link::Object
            && frame.word(frame.head(part.head)) == "at"
            && part.iter().any(|token| frame.pos(token) == "NUM" || frame.lemma(token) == "half")
    };
    let number = candidate.parts.iter().position(number)?;
    Some((made(frame, candidate, vec![counted, number])?, "statement.figure"))
}

/// "“It is open,” he allowed": whatever the verb, with nothing but its subject between it and a quotation that ends in a comma.
pub(super) fn follows_quotation(frame: &Frame, candidate: &Candidate) -> bool {
    let cue = candidate.cue;
    let Some(subject) = frame.child(cue, &["nsubj"]).filter(|_| matches!(frame.tag(cue), "VBD" | "VBZ"))
    else {
        return false;
    };
    let phrase = frame.subtree(subject);
    let (from, alone) =
        if subject < cue { (phrase.start, phrase.end == cue) } else { (cue, phrase.start == cue + 1) };
    let close = from.checked_sub(1).filter(|_| alone);
    close.and_then(|close| frame.quote(close)).is_some_and(|quote| {
        let last = frame.quotes[quote].tokens.end - 1;
        close == Some(last) && frame.word(last.saturating_sub(1)) == ","
    })
}

/// Chance per thousand from which a verb that is refused is a saying.
const SAYING: u16 = 300;

/// "declined to say who paid", "declined to comment on the case"
fn refused(frame: &Frame, saying: &Saying, candidate: &Candidate) -> Option<(Attribution, &'static str)> {
    let cue = candidate.cue;
    let content = |part: &Part| {
        let dep = frame.dep(part.head);
        let reply = dep == "xcomp"
            && saying.is(Word::Refuse, frame.lemma(cue))
            && saying.is(Word::Reply, frame.lemma(part.head));
        let said =
            dep == "ccomp" && candidate.chance.statement >= SAYING && refusal(frame, saying, cue).is_some();
        part.link == Link::Child && (reply || said)
    };
    let part = candidate.parts.iter().position(content)?;
    Some((attribute(frame, candidate, vec![part])?, "statement.refused"))
}

/// "The harbour, Ruiz said, would be closed": nothing but a subject and a verb of saying between commas.
fn interposed(frame: &Frame, candidate: &Candidate) -> Option<(Attribution, &'static str)> {
    let cue = candidate.cue;
    if candidate.chance.statement < SAYING || !matches!(frame.dep(cue), "parataxis" | "ccomp" | "dep") {
        return None;
    }
    let subject = frame.child(cue, &["nsubj"])?;
    let clause = frame.subtree(subject).start.min(cue)..frame.subtree(subject).end.max(cue + 1);
    let comma = |token: usize| frame.tokens.get(token).is_some_and(|_| frame.word(token) == ",");
    if !comma(clause.end) || !clause.start.checked_sub(1).is_some_and(comma) {
        return None;
    }
    let around = candidate.parts.iter().position(|part| part.link == Link::Around)?;
    let part = &candidate.parts[around];
    if !(part.tokens.start < clause.start - 1 && clause.end < part.tokens.end) {
        return None;
    }
    Some((attribute(frame, candidate, vec![around])?, "statement.around"))
}

/// "Fares will rise, Ruiz, head of the board, said": a verb of saying at the end of its sentence that the parser set beside
/// the verb of its words, though no "and" joins the two.
fn appended(frame: &Frame, candidate: &Candidate) -> Option<(Attribution, &'static str)> {
    let cue = candidate.cue;
    let subject = frame.child(cue, &["nsubj"])?;
    let clause = frame.subtree(subject).start;
    let has_own = candidate.parts.iter().any(|part| {
        part.link == Link::Child && matches!(frame.dep(part.head), "ccomp" | "dobj" | "xcomp")
            || matches!(part.link, Link::QuoteBefore | Link::QuoteAfter | Link::QuoteNext)
    });
    let says = candidate.chance.statement >= SAYS || candidate.speech == Speech::Says;
    if !matches!(frame.dep(cue), "conj" | "advcl" | "parataxis") || !says || has_own || subject > cue {
        return None;
    }
    let head = frame.head(cue);
    let comma = clause.checked_sub(1).is_some_and(|token| frame.word(token) == ",");
    let joined = frame.children(head).any(|child| frame.dep(child) == "cc" && child < cue)
        || frame.child(cue, &["mark", "advmod"]).is_some_and(|joining| joining < subject);
    let around = candidate.parts.iter().position(|part| part.link == Link::Around)?;
    (comma && !joined && head < subject)
        .then_some((attribute(frame, candidate, vec![around])?, "statement.around"))
}

/// "Ruiz: Harbour Will Never Close", at the top of a report that has the person in its body.
fn headline_name(frame: &Frame, candidate: &Candidate) -> Option<(Attribution, &'static str)> {
    let cue = candidate.cue;
    if frame.word(cue) != ":" || frame.paragraph_index(cue) != 0 {
        return None;
    }
    let before = candidate.parts.iter().position(|part| part.link == Link::BeforeColon)?;
    let after = candidate.parts.iter().position(|part| part.link == Link::AfterColon)?;
    let name: Vec<usize> = candidate.parts[before].iter().filter(|token| frame.is_word(*token)).collect();
    let last = frame.word(*name.last()?);
    let named =
        name.len() <= 4 && name.iter().all(|token| frame.word(*token).starts_with(char::is_uppercase));
    let known = named
        && (cue + 1..frame.tokens.len())
            .any(|token| frame.word(token) == last && super::people::is_person(frame, token));
    let says = candidate.parts[after].iter().any(|token| matches!(frame.pos(token), "VERB" | "AUX"));
    let content = content(frame, candidate, &[after], Some(before));
    (known && says && !content.is_empty()).then_some((
        Attribution { cue, source: Some(before), contents: vec![after], content, sure: 1.0 },
        "statement.label",
    ))
}

/// An attribution with these content parts and the subject as its source; a plan or a wish is none.
fn made(frame: &Frame, candidate: &Candidate, contents: Vec<usize>) -> Option<Attribution> {
    let helper = frame.child(candidate.cue, &["aux"]).map(|helper| frame.lemma(helper));
    let planned = frame.tag(candidate.cue) == "VB" && helper.is_some_and(|helper| helper != "do");
    if planned { None } else { attribute(frame, candidate, contents) }
}

fn attribute(frame: &Frame, candidate: &Candidate, contents: Vec<usize>) -> Option<Attribution> {
    let subject =
        |part: &Part| part.link == Link::Child && frame.dep(part.head) == "nsubj" || part.link == Link::Above;
    let source = candidate.parts.iter().position(subject)?;
    let content = content(frame, candidate, &contents, Some(source));
    (!content.is_empty()).then_some(Attribution {
        cue: candidate.cue,
        source: Some(source),
        contents,
        content,
        sure: 1.0,
    })
}

/// A sentence that tells who made the foregoing remarks, when or on what occasion.
#[derive(Debug, Clone, Copy)]
pub(super) struct Remarks {
    /// Index of the statement that it speaks of, among the chosen.
    pub(super) of: usize,
    /// The verb: "made".
    pub(super) verb: usize,
    /// Its subject, the speaker.
    pub(super) subject: usize,
}

/// Chance per thousand from which a verb of judging can have been the remark.
const JUDGES: u16 = 100;

/// Finds "Ruiz made the remarks on Monday" and links it to the statement before it. A judgement that no cue of saying
/// tells ("has considered the harbour to be lost") is a statement when remarks are spoken of right after it.
pub(super) fn remarks(
    frame: &Frame,
    saying: &Saying,
    candidates: &[Candidate],
    chosen: &mut Vec<Chosen>,
) -> Vec<Remarks> {
    let mut found = Vec::new();
    for verb in 0..frame.tokens.len() {
        let Some(subject) = made_remarks(frame, saying, verb) else { continue };
        chosen.retain(|other| other.attribution.cue != verb && frame.head(other.attribution.cue) != verb);
        let Some(before) = sentence_before(frame, verb) else { continue };
        let of = chosen.iter().rposition(|other| before.contains(&other.attribution.cue)).or_else(|| {
            let judgement = judgement(frame, candidates, before)?;
            let at = chosen.partition_point(|other| other.attribution.cue < judgement.attribution.cue);
            chosen.insert(at, judgement);
            Some(at)
        });
        if let Some(of) = of {
            found.push((chosen[of].attribution.cue, verb, subject));
        }
    }
    // What was put in later has moved the indices; the cues have not moved.
    let place = |cue: usize| chosen.iter().position(|other| other.attribution.cue == cue);
    found
        .iter()
        .filter_map(|(cue, verb, subject)| Some(Remarks { of: place(*cue)?, verb: *verb, subject: *subject }))
        .collect()
}

/// The subject of "made the remarks", "issued the statement".
fn made_remarks(frame: &Frame, saying: &Saying, verb: usize) -> Option<usize> {
    if !matches!(frame.lemma(verb), "make" | "issue" | "deliver" | "give") || frame.quote(verb).is_some() {
        return None;
    }
    let noun = frame.child(verb, &["dobj"]).filter(|noun| saying.is(Word::Remark, frame.lemma(*noun)))?;
    let looks_back = frame.children(noun).any(|child| {
        matches!(frame.lemma(child), "the" | "this" | "these" | "those" | "that" | "such")
            && frame.dep(child) == "det"
    });
    // "made the claim that" looks forward.
    let forward =
        frame.children(noun).any(|child| matches!(frame.dep(child), "acl" | "relcl" | "ccomp" | "prep"));
    let of_itself = frame.children(noun).any(|child| {
        frame.dep(child) == "prep" && !matches!(frame.lemma(child), "during" | "on" | "in" | "at" | "to")
    });
    // "issued the following statement:" announces what comes.
    let announces = frame.sentence(verb).any(|token| frame.word(token) == ":");
    if !looks_back || forward && of_itself || announces {
        return None;
    }
    frame.child(verb, &["nsubj"])
}

/// The sentence with words before this token's, in its paragraph or one of the two before.
fn sentence_before(frame: &Frame, token: usize) -> Option<Range<usize>> {
    let from = frame.paragraphs[frame.paragraph_index(token).saturating_sub(2)].start;
    let before = (from..frame.sentence(token).start).rev().find(|token| frame.is_word(*token))?;
    Some(frame.sentence(before))
}

/// What a sentence's main verb judges: all that follows the verb.
fn judgement(frame: &Frame, candidates: &[Candidate], sentence: Range<usize>) -> Option<Chosen> {
    let root = sentence.clone().find(|token| frame.is_root(*token))?;
    let at = candidates.binary_search_by_key(&root, |candidate| candidate.cue).ok()?;
    let candidate = &candidates[at];
    if candidate.chance.statement + candidate.chance.attitude < JUDGES {
        return None;
    }
    let contents: Vec<usize> =
        (0..candidate.parts.len()).filter(|index| candidate.parts[*index].head > root).collect();
    let mut attribution = made(frame, candidate, contents)?;
    attribution.content = (root + 1..sentence.end).collect();
    super::assemble::trim(frame, &mut attribution.content);
    Some(Chosen::new(at, attribution, "statement.remarks", 1.0))
}
