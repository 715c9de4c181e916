//! What else a statement's sentence tells of the saying: to whom, in what medium, when, and whether it is denied.

use std::ops::Range;

use super::candidates::{Candidate, Link};
use super::frame::Frame;
use super::people::{Person, phrase};
use super::words::{Saying, Word};
use crate::stages::times::Time;
use crate::{Id, Layer, Span};

/// What the sentence tells beside content and speaker.
#[derive(Debug, Clone, Default)]
pub(super) struct Details {
    pub(super) addressee: Person,
    pub(super) medium: Option<Span>,
    pub(super) when: Option<Id<Time>>,
    pub(super) negated: bool,
}

/// Reads the details of a cue outside its content.
pub(super) fn details(
    frame: &Frame,
    saying: &Saying,
    candidate: &Candidate,
    content: &[usize],
    source: Range<usize>,
) -> Details {
    let cue = candidate.cue;
    let clause = clause(frame, cue);
    let free = |token: usize| content.binary_search(&token).is_err() && !source.contains(&token);
    let medium = medium(frame, saying, clause.clone(), cue, &free);
    let to = medium.and_then(|(_, noun)| sent_to(frame, noun));
    Details {
        addressee: addressee(frame, saying, candidate, content, &free).or(to).unwrap_or_default(),
        medium: medium.map(|(preposition, noun)| medium_span(frame, preposition, noun, content)),
        when: when(frame, cue, &clause, &free),
        negated: negated(frame, saying, cue),
    }
}

/// The sentence of the cue.
fn clause(frame: &Frame, cue: usize) -> Range<usize> {
    let (sentence, paragraph) = (frame.sentence(cue), frame.paragraph(cue));
    sentence.start.max(paragraph.start)..sentence.end.min(paragraph.end)
}

/// Whether the cue governs a token within a few steps, through nothing but nouns, prepositions and participles.
fn governs(frame: &Frame, cue: usize, token: usize) -> bool {
    let mut at = token;
    for _ in 0..5 {
        if at == cue {
            return true;
        }
        let clausal = matches!(frame.dep(at), "ccomp" | "relcl" | "conj" | "parataxis");
        if frame.is_root(at) || clausal && at != token {
            return false;
        }
        at = frame.head(at);
    }
    at == cue
}

/// The person addressed: "told reporters", "said to the board", "was told".
fn addressee(
    frame: &Frame,
    saying: &Saying,
    candidate: &Candidate,
    content: &[usize],
    free: &dyn Fn(usize) -> bool,
) -> Option<Person> {
    let cue = candidate.cue;
    let lemma = frame.lemma(cue);
    if frame.word(cue).eq_ignore_ascii_case("according") {
        return None;
    }
    let somebody = |head: usize| matches!(frame.pos(head), "PROPN" | "NOUN" | "PRON");
    if saying.is(Word::Address, lemma) {
        let passive = frame.child(cue, &["nsubjpass"]);
        // Of "urged the council to act" the object stands in the content and is addressed all the same.
        let to_act = frame.child(cue, &["xcomp"]).is_some();
        let object = frame.child(cue, &["dative", "dobj"]).filter(|object| {
            frame.pos(*object) != "ADP" && frame.quote(*object).is_none() && (free(*object) || to_act)
        });
        // "urged Norvale to pay": whom it asks for is whom it asks.
        let asked = frame
            .child(cue, &["ccomp", "xcomp"])
            .filter(|verb| frame.child(*verb, &["aux"]).is_some_and(|aux| frame.tag(aux) == "TO"))
            .and_then(|verb| frame.child(verb, &["nsubj"]));
        let to = passive.or(object).or(asked).filter(|to| somebody(*to) && frame.tag(*to) != "WP");
        if let Some(to) = to {
            let mut within = frame.subtree(to);
            // "assured Ana Ruiz of victory": the parser may hang the content below the name.
            let told = candidate.parts.iter().find(|part| part.link == Link::Told);
            if let Some(told) = told {
                within.end = within.end.min(told.tokens.start - 1).max(to + 1);
            }
            return Some(phrase(frame, to, within));
        }
    }
    let dative = frame.child(cue, &["dative"]).and_then(|to| frame.child(to, &["pobj"]).or(Some(to)));
    let prepositions = frame
        .children(cue)
        .chain(content_noun(frame, saying, cue).into_iter().flat_map(|noun| frame.children(noun)));
    let to = prepositions
        .filter(|child| {
            frame.dep(*child) == "prep" && matches!(frame.lemma(*child), "to" | "toward" | "towards")
        })
        .filter(|child| {
            free(*child) || content.first().is_some_and(|first| frame.head(*first) == cue || first < child)
        })
        .find_map(|child| frame.child(child, &["pobj"]));
    dative
        .or(to)
        .filter(|to| frame.pos(*to) != "VERB" && is_actor(frame, *to))
        .map(|to| phrase(frame, to, frame.subtree(to)))
}

/// The noun of "expressed gratitude": what is said to somebody with it may hang below it.
fn content_noun(frame: &Frame, saying: &Saying, cue: usize) -> Option<usize> {
    frame.child(cue, &["dobj"]).filter(|_| saying.is(Word::Express, frame.lemma(cue)))
}

/// Whether a noun is somebody or some body: a name, a pronoun, or a mention that the layer of mentions has.
fn is_actor(frame: &Frame, head: usize) -> bool {
    use crate::stages::mentions::Mention;
    let span = frame.tokens[head].span();
    let near = frame.doc.layer::<Mention>();
    let at = near.partition_point(|mention| mention.span.start <= span.start);
    let mentioned = near[at.saturating_sub(8)..at].iter().any(|mention| mention.head.index() == head);
    mentioned || matches!(frame.pos(head), "PROPN") || frame.tag(head) == "PRP"
}

/// The preposition and noun of a medium or occasion: "in a letter", "during a trip".
fn medium(
    frame: &Frame,
    saying: &Saying,
    clause: Range<usize>,
    cue: usize,
    free: &dyn Fn(usize) -> bool,
) -> Option<(usize, usize)> {
    clause
        .filter(|token| frame.dep(*token) == "prep" && free(*token))
        .filter(|token| {
            matches!(
                frame.lemma(*token).to_ascii_lowercase().as_str(),
                "in" | "at" | "during" | "on" | "via" | "through" | "over" | "by"
            )
        })
        .filter_map(|token| Some((token, frame.child(token, &["pobj"])?)))
        .filter(|(token, noun)| {
            free(*noun) && governs(frame, cue, *token) && saying.is(Word::Occasion, frame.lemma(*noun))
        })
        .min_by_key(|(token, _)| token.abs_diff(cue))
}

/// A medium with what describes it, without whom it is sent to and without clauses.
fn medium_span(frame: &Frame, preposition: usize, noun: usize, content: &[usize]) -> Span {
    let mut end = frame.subtree(noun).end;
    // "a trip to the coast, where he met the mayor"
    let clause = (noun + 1..end).find(|token| matches!(frame.dep(*token), "relcl" | "acl"));
    end = clause.map_or(end, |clause| end.min(frame.subtree(clause).start.max(noun + 1)));
    for child in frame.children(noun).filter(|child| *child > noun) {
        let addressed = frame.dep(child) == "prep"
            && frame.lemma(child) == "to"
            && frame.lemma(noun) != "trip"
            && frame.lemma(noun) != "visit"
            && frame.lemma(noun) != "tour";
        let time = frame.dep(child) == "npadvmod"
            || matches!(
                frame.lemma(child),
                "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday"
            );
        if addressed
            || time
            || matches!(frame.dep(child), "acl" | "relcl" | "appos" | "punct" | "conj" | "cc")
        {
            end = end.min(frame.subtree(child).start.max(noun + 1));
        }
    }
    while end > noun + 1 && (!frame.is_word(end - 1) || content.binary_search(&(end - 1)).is_ok()) {
        end -= 1;
    }
    frame.span(preposition..end)
}

/// Whom a letter or message is sent to: "in a letter to the board", "a message addressed to the board".
fn sent_to(frame: &Frame, noun: usize) -> Option<Person> {
    if matches!(frame.lemma(noun), "trip" | "visit" | "tour" | "response" | "reply") {
        return None;
    }
    let addressed =
        frame.child(noun, &["acl"]).filter(|verb| matches!(frame.lemma(*verb), "address" | "send" | "write"));
    let holder = addressed.unwrap_or(noun);
    let to = frame
        .children(holder)
        .filter(|child| {
            matches!(frame.dep(*child), "prep" | "dative") && matches!(frame.lemma(*child), "to" | "with")
        })
        .filter(|child| frame.lemma(*child) == "to" || matches!(frame.lemma(noun), "interview"))
        .find_map(|child| frame.child(child, &["pobj"]))?;
    Some(phrase(frame, to, frame.subtree(to)))
}

/// The time that the cue governs: "said on Monday".
fn when(frame: &Frame, cue: usize, clause: &Range<usize>, free: &dyn Fn(usize) -> bool) -> Option<Id<Time>> {
    let times = frame.doc.layer::<Time>();
    if clause.is_empty() {
        return None;
    }
    let span = frame.span(clause.clone());
    let from = times.partition_point(|time| time.span().start < span.start);
    let mut best: Option<(usize, usize)> = None;
    for (index, time) in
        times.iter().enumerate().skip(from).take_while(|(_, time)| time.span().start < span.end)
    {
        let tokens = frame.tokens_in(time.span());
        let Some(head) =
            tokens.clone().find(|token| !tokens.contains(&frame.head(*token)) || frame.is_root(*token))
        else {
            continue;
        };
        if free(head)
            && governs(frame, cue, head)
            && best.is_none_or(|(distance, _)| head.abs_diff(cue) < distance)
        {
            best = Some((head.abs_diff(cue), index));
        }
    }
    best.map(|(_, index)| Id::new(index))
}

/// Whether the saying is denied or refused: "did not say", "declined to say", "nobody said", "nor did she say".
fn negated(frame: &Frame, saying: &Saying, cue: usize) -> bool {
    let none =
        |token: usize, words: &[&str]| words.iter().any(|word| frame.word(token).eq_ignore_ascii_case(word));
    let nobody = frame.child(cue, &["nsubj", "nsubjpass"]).is_some_and(|subject| {
        none(subject, &["nobody", "none", "neither"])
            || frame.children(subject).any(|child| none(child, &["no", "neither"]) && child < subject)
    });
    // "Nor did she say".
    let helper = frame.child(cue, &["aux", "auxpass"]).filter(|helper| *helper < cue);
    let nor = helper.and_then(|helper| helper.checked_sub(1)).is_some_and(|before| none(before, &["nor"]));
    if nobody || nor {
        return true;
    }
    let denied = |verb: usize| frame.children(verb).any(|child| frame.dep(child) == "neg");
    denied(cue) || saying.is(Word::Refuse, frame.lemma(cue)) || refusal(frame, saying, cue).is_some()
}

/// The verb that refuses what the cue says: "declined" of "declined to say".
pub(super) fn refusal(frame: &Frame, saying: &Saying, cue: usize) -> Option<usize> {
    let governor = (frame.dep(cue) == "xcomp" && !frame.is_root(cue)).then(|| frame.head(cue))?;
    saying.is(Word::Refuse, frame.lemma(governor)).then_some(governor)
}
