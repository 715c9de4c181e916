//! Who "I", "we" and "you" are in somebody's words.

use super::Statement;
use super::frame::Frame;
use super::people::{Person, phrase};
use super::relatives::{is_called, own_relative};
use super::turns::TURN;
use super::words::{Saying, Word};
use crate::Span;
use crate::nlp::EntityTag;
use crate::stages::mentions::{ActorKind, Mention, MentionKind};
use crate::stages::sections::words::is_of_release;

/// "I" in somebody's words is whoever says them, and "we" the body that does.
pub(super) fn first_person(frame: &Frame, saying: &Saying, rows: &mut [Statement]) {
    for inner in 0..rows.len() {
        let Some(pronoun) = rows[inner].speaker else { continue };
        let tokens = frame.tokens_in(pronoun);
        // "Mum" may be a name for the mentions.
        if rows[inner].name.is_some() && (tokens.len() > 1 || !is_called(frame, tokens.start)) {
            continue;
        }
        let first = tokens.start;
        let word = frame.word(first).to_lowercase();
        // "my wife" is not I.
        if tokens.len() > 1 && frame.tag(first) != "PRP" || frame.tag(first).starts_with("NN") {
            let relative = own_relative(frame, rows, inner, pronoun);
            rows[inner].name = relative.or_else(|| rows[inner].name.take());
            continue;
        }
        if matches!(word.as_str(), "you" | "your") && tokens.len() == 1 {
            let outer = words_around(frame, rows, inner, pronoun);
            rows[inner].name = outer.and_then(|outer| spoken_to(frame, rows, outer));
            continue;
        }
        let one = matches!(word.as_str(), "i" | "me" | "my" | "mine" | "myself");
        if !one && !matches!(word.as_str(), "we" | "us" | "our" | "ours" | "ourselves") {
            continue;
        }
        // "We at Norvale Rail", "At Norvale Rail we"
        if let Some(body) = body_in(frame, pronoun).or_else(|| body_ahead(frame, pronoun)).filter(|_| !one) {
            rows[inner].name = Some(body);
            continue;
        }
        let Some(outer) = words_around(frame, rows, inner, pronoun) else {
            let beside = says_beside(frame, pronoun).or_else(|| posts_above(frame, pronoun));
            if let Some(person) = beside.filter(|_| one) {
                rows[inner].name = person.name;
                rows[inner].role = rows[inner].role.or(person.role);
            }
            if !one && frame.quote(first).is_none() {
                rows[inner].name = issuer(frame);
            }
            continue;
        };
        let actor = rows[outer].mention.map(|mention| frame.doc.get(mention).actor);
        if one && actor == Some(ActorKind::Organisation) {
            continue;
        }
        if !one && !matches!(actor, Some(ActorKind::Organisation | ActorKind::Unknown)) {
            rows[inner].name = body_of(frame, saying, &rows[outer]);
            continue;
        }
        rows[inner].name = rows[outer].name.clone();
        rows[inner].role = rows[inner].role.or(rows[outer].role);
    }
}

/// Whom somebody speaks to: who is told, or whose turn comes next in a transcript.
fn spoken_to(frame: &Frame, rows: &[Statement], outer: usize) -> Option<String> {
    let told = rows[outer].addressee_name.clone();
    let start = |row: &Statement| row.content.first().map(|piece| piece.start);
    let next = || {
        let turns = rows.iter().filter(|row| row.by.rule == TURN && start(row) > start(&rows[outer]));
        let next = turns.min_by_key(|row| start(row)).filter(|_| rows[outer].by.rule == TURN)?;
        let body = next.mention.is_some_and(|id| frame.doc.get(id).actor == ActorKind::Organisation);
        next.name.clone().filter(|name| !body && rows[outer].name.as_ref() != Some(name))
    };
    told.or_else(next)
}

/// The body whose press release a text is: the first that it names.
fn issuer(frame: &Frame) -> Option<String> {
    let mut paragraphs = frame.paragraphs.iter().filter(|paragraph| !paragraph.is_empty());
    let release = paragraphs.any(|paragraph| is_of_release(frame.doc.words(frame.span(paragraph.clone()))));
    let mut mentions = frame.doc.layer::<Mention>().iter().filter(|_| release);
    mentions.find(|mention| mention.kind == MentionKind::Name && is_body(frame, mention))?.name.clone()
}

/// Who says the quotation that a pronoun stands in, where no statement tells: the subject of a verb right beside it.
fn says_beside(frame: &Frame, pronoun: Span) -> Option<Person> {
    const NEAR: usize = 8;
    let quote = frame.quotes[frame.quote(frame.tokens_in(pronoun).start)?].tokens.clone();
    let paragraph = frame.paragraph(quote.start);
    let verb = |token: &usize| {
        frame.quote(*token).is_none()
            && frame.pos(*token) == "VERB"
            && matches!(frame.tag(*token), "VBD" | "VBZ")
            && frame.child(*token, &["nsubj"]).is_some_and(|subject| frame.quote(subject).is_none())
    };
    let behind = quote.end..paragraph.end.min(quote.end + NEAR);
    let ahead = paragraph.start.max(quote.start.saturating_sub(NEAR))..quote.start;
    let stop = |token: &usize| !matches!(frame.word(*token), "." | "?" | "!");
    let verb = behind.take_while(stop).find(verb).or_else(|| ahead.rev().take_while(stop).find(verb))?;
    let subject = frame.child(verb, &["nsubj"])?;
    Some(phrase(frame, subject, frame.subtree(subject))).filter(|person| person.name.is_some())
}

/// Who posted the paragraph that a pronoun stands in: the subject of the one above, which ends in a colon.
fn posts_above(frame: &Frame, pronoun: Span) -> Option<Person> {
    let here = frame.paragraph_index(frame.tokens_in(pronoun).start);
    let above = frame.paragraphs[here.checked_sub(1)?].clone();
    let colon = above.clone().rev().find(|token| frame.pos(*token) != "SPACE")?;
    let start = frame.sentence(colon).start.max(above.start);
    let verb = (start..colon).find(|token| frame.is_root(*token)).filter(|_| frame.word(colon) == ":")?;
    let subject = frame.child(verb, &["nsubj"])?;
    Some(phrase(frame, subject, frame.subtree(subject))).filter(|person| person.name.is_some())
}

/// The body for which somebody speaks: the one of a role, "chief executive of Olmo Textiles", or the one that stands by
/// the name, "Olmo's Ana Ruiz", "Ana Ruiz of Olmo", "Ana Ruiz founded Olmo".
fn body_of(frame: &Frame, saying: &Saying, person: &Statement) -> Option<String> {
    let named = |mention: &&Mention| person.name.is_some() && mention.name == person.name;
    let mentions = || frame.doc.layer::<Mention>().iter().filter(named);
    let roles = person.role.into_iter().chain(mentions().filter_map(|mention| mention.role));
    let of_role =
        |role: Span| body_in(frame, role).or_else(|| owner(frame, role)).or_else(|| cut_by(frame, role));
    let name = |mention: &&Mention| mention.kind == MentionKind::Name;
    let by_name = || mentions().filter(name).find_map(|name| body_by(frame, saying, name.head.index()));
    let role = person.role;
    roles
        .map(of_role)
        .find(Option::is_some)
        .flatten()
        .or_else(by_name)
        .or_else(|| body_in(frame, person.speaker?))
        .or_else(|| only_body(frame, role?))
        .or_else(|| issuer(frame).filter(|_| role.is_some_and(|role| leads(frame, saying, role))))
}

/// "Chief Executive", "Managing Director": in a press release, of who issues it.
fn leads(frame: &Frame, saying: &Saying, role: Span) -> bool {
    const LONGEST: usize = 3;
    let tokens = frame.tokens_in(role);
    let office = tokens.clone().next_back().map(|last| frame.lemma(last).to_lowercase());
    tokens.len() <= LONGEST && office.is_some_and(|office| saying.is(Word::Officer, &office))
}

/// The body whose name a role begins in: "the University of Norvale's registrar".
fn cut_by(frame: &Frame, role: Span) -> Option<String> {
    let around = |mention: &&Mention| mention.span.start < role.start && role.start < mention.span.end;
    let mut mentions = frame.doc.layer::<Mention>().iter();
    mentions.find(|mention| around(mention) && is_body(frame, mention))?.name.clone()
}

/// The one body that a report has named when it speaks of "the registrar, Ana Ruiz".
fn only_body(frame: &Frame, role: Span) -> Option<String> {
    let definite = frame.lemma(frame.tokens_in(role).start) == "the";
    let before = Span::new(0, role.start);
    definite.then(|| body_in(frame, before)).flatten()
}

/// The body right in front of a pronoun: "at Norvale Rail we".
fn body_ahead(frame: &Frame, pronoun: Span) -> Option<String> {
    let at = frame.tokens_in(pronoun).start;
    let from = frame.quote(at).map_or(at, |quote| frame.quotes[quote].tokens.start);
    let ahead = frame.sentence(at).start.max(from)..at;
    let preposition = ahead.clone().find(|token| frame.is_word(*token))?;
    let body = frame.doc.within::<Mention>(frame.span(preposition..at)).last()?;
    let rest = frame.tokens_in(body.span).end..at;
    let next = rest.clone().all(|token| frame.word(token) == ",");
    let leads = matches!(frame.lemma(preposition), "at" | "here" | "as");
    (leads && next && is_body(frame, body)).then(|| body.name.clone()).flatten()
}

/// The body that owns a role, "its secretary": the one named last before.
fn owner(frame: &Frame, role: Span) -> Option<String> {
    let first = frame.tokens_in(role).start;
    if frame.lemma(first) != "its" {
        return None;
    }
    let here = frame.paragraph_index(first);
    let before = |paragraph: usize| {
        let start = frame.paragraphs.get(paragraph)?.start;
        let words = Span::new(frame.tokens.get(start)?.start, role.start);
        let mut bodies = frame.doc.within::<Mention>(words).iter().filter(|mention| is_body(frame, mention));
        bodies.next_back().and_then(|mention| mention.name.clone())
    };
    before(here).or_else(|| before(here.checked_sub(1)?))
}

/// The body that the parse puts beside a name: its owner, "of" what, in brackets, or what the person leads.
fn body_by(frame: &Frame, saying: &Saying, name: usize) -> Option<String> {
    let beside = |token: usize| {
        frame.children(token).filter(move |child| match frame.dep(*child) {
            "poss" | "compound" | "nmod" => true,
            "prep" => matches!(frame.lemma(*child), "of" | "from" | "at" | "with" | "for"),
            _ => false,
        })
    };
    let leads = |verb: usize| saying.is(Word::Serves, frame.lemma(verb));
    let apposed = || frame.children(name).filter(|child| frame.dep(*child) == "appos");
    let served = || {
        let clauses = frame.children(name).filter(|child| matches!(frame.dep(*child), "relcl" | "acl"));
        let main = Some(frame.head(name)).filter(|_| frame.dep(name) == "nsubj");
        let objects = |verb: usize| {
            frame
                .children(verb)
                .filter(|child| matches!(frame.dep(*child), "dobj" | "prep"))
                .collect::<Vec<_>>()
        };
        let aside = main.into_iter().flat_map(|verb| frame.children(verb));
        let aside = aside.filter(|child| frame.dep(*child) == "advcl");
        clauses.chain(main).chain(aside).filter(|verb| leads(*verb)).flat_map(objects).collect::<Vec<_>>()
    };
    let places = beside(name).chain(apposed().flat_map(beside)).chain(apposed()).chain(served());
    places.map(|place| body_in(frame, frame.span(frame.subtree(place)))).find(Option::is_some).flatten()
}

/// The one organisation that some words name.
fn body_in(frame: &Frame, words: Span) -> Option<String> {
    let mut bodies = frame.doc.within::<Mention>(words).iter().filter(|mention| is_body(frame, mention));
    let one = bodies.next()?;
    bodies.all(|other| other.name == one.name).then(|| one.name.clone()).flatten()
}

/// Whether a mention is an organisation with a name, and no place.
fn is_body(frame: &Frame, mention: &Mention) -> bool {
    let place = match &frame.tokens[mention.head.index()].entity {
        EntityTag::Begin(label) | EntityTag::Inside(label) => {
            matches!(label.as_str(), "GPE" | "LOC" | "NORP")
        }
        _ => false,
    };
    mention.actor == ActorKind::Organisation && mention.name.is_some() && !place
}

/// The statement in whose quoted words a pronoun stands: the shortest where there are several.
pub(super) fn words_around(frame: &Frame, rows: &[Statement], inner: usize, pronoun: Span) -> Option<usize> {
    let token = frame.tokens_in(pronoun).start;
    let turn = || {
        let said =
            |row: &Statement| row.by.rule == TURN && row.content.iter().any(|piece| piece.contains(pronoun));
        (0..rows.len()).find(|row| *row != inner && said(&rows[*row]))
    };
    let Some(quote) = frame.quote(token) else { return turn() };
    let quote = frame.span(frame.quotes[quote].tokens.clone());
    let piece = |row: &Statement| {
        let pieces = row.content.iter().filter(|piece| piece.contains(pronoun) && piece.overlaps(quote));
        pieces.map(|piece| piece.len()).min()
    };
    // Of what a quotation tells that somebody else said, “my father said that I would not”, "I" is still who is quoted.
    let told_in = |row: &Statement| row.cue.or(row.speaker).is_some_and(|words| quote.contains(words));
    (0..rows.len())
        .filter(|row| *row != inner && !told_in(&rows[*row]))
        .filter(|row| rows[*row].speaker.is_none_or(|speaker| !speaker.overlaps(pronoun)))
        .filter_map(|row| Some((piece(&rows[row])?, row)))
        .min()
        .map(|(_, row)| row)
}
