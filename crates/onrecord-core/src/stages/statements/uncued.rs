//! Takes down the quotations that no words of saying go with: behind somebody's reported words they are that person's.

use super::assemble::SPEECH;
use super::fold::bare;
use super::frame::{Frame, Passage};
use super::people::Person;
use super::{Statement, StatementKind};
use crate::stages::sections::SectionKind;
use crate::{By, Layer, Span};

/// She had asked twice, Ruiz said. “The council would not pay.”
pub(super) fn uncued(frame: &Frame, rows: &[Statement]) -> Vec<Statement> {
    let mut found: Vec<Statement> = Vec::new();
    for passage in &frame.quotes {
        let span = frame.span(passage.tokens.clone());
        let free = passage.words >= SPEECH
            && passage.continues.is_none()
            && frame.section(passage.tokens.start) == SectionKind::Body
            && is_sentence(frame, passage)
            && !rows.iter().any(|row| holds(row, span));
        if let Some(before) = Some(passage).filter(|_| free).and_then(|passage| before(frame, rows, passage))
        {
            let speaker = Person { name: before.name.clone(), role: before.role, ..Person::default() };
            let by = By::rule("statement.uncued").saw("before", before.span());
            found.push(Statement { content: vec![span], ..bare(StatementKind::Direct, speaker, by) });
        }
    }
    found
}

/// Words among which a quotation that is a turn of a transcript has its colon.
const LABEL: usize = 5;

/// Whether a statement has a quotation among what was said, other than as words inside it.
fn holds(row: &Statement, quotation: Span) -> bool {
    let inner = row.cue.or(row.speaker).is_some_and(|words| quotation.contains(words));
    !inner && row.content.iter().any(|piece| piece.overlaps(quotation))
}

/// The statement that ends in the sentence before, in the same paragraph, or in the last of the paragraph before where the
/// quotation is one of its own.
fn before<'r>(frame: &Frame, rows: &'r [Statement], passage: &Passage) -> Option<&'r Statement> {
    let start = passage.tokens.start;
    let paragraph = frame.paragraph(start);
    let whole = !(passage.tokens.end..paragraph.end).any(|token| frame.is_word(token));
    let body = |token: &usize| frame.section(*token) == SectionKind::Body;
    let above = || {
        paragraph.start.checked_sub(1).filter(|last| whole && body(last)).map(|last| frame.paragraph(last))
    };
    let word = |token: &usize| frame.is_word(*token);
    let last = (paragraph.start..start).rev().find(word).or_else(|| above()?.rev().find(word))?;
    let sentence = frame.span(frame.sentence(last));
    // In a paragraph below, what asks or is asked for is another's: "counsel asked whether she had. ¶ “I had.”"
    let below = last < paragraph.start;
    if below && passage.tokens.clone().any(|token| frame.word(token) == "?") {
        return None;
    }
    let asks = |cue: Span| {
        frame.tokens_in(cue).any(|token| matches!(frame.lemma(token), "ask" | "put" | "wonder" | "question"))
    };
    let told = |row: &&Statement| {
        let cue = row.cue.filter(|cue| sentence.contains(*cue));
        row.inside.is_none()
            && row.speaker.is_some()
            && cue.is_some_and(|cue| outside(frame, cue) && !(below && asks(cue)))
    };
    rows.iter().rfind(told)
}

fn outside(frame: &Frame, words: Span) -> bool {
    frame.tokens_in(words).all(|token| frame.quote(token).is_none())
}

/// Whether a quotation is a whole sentence that stands between whole sentences.
fn is_sentence(frame: &Frame, passage: &Passage) -> bool {
    let tokens = passage.tokens.clone();
    let paragraph = frame.paragraph(tokens.start);
    let stop = |token: usize| matches!(frame.word(token), "." | "?" | "!" | "…" | "”" | "\"" | "’" | "'");
    let visible = |token: &usize| frame.pos(*token) != "SPACE";
    let opens = tokens.clone().find(|token| frame.is_word(*token));
    let capital = opens.is_some_and(|first| frame.word(first).starts_with(char::is_uppercase));
    let inner =
        tokens.clone().rev().nth(1).is_some_and(|last| matches!(frame.word(last), "." | "?" | "!" | "…"));
    let before = (paragraph.start..tokens.start).rev().find(visible).is_none_or(stop);
    let behind = (tokens.end..paragraph.end).find(visible);
    let next = behind
        .is_none_or(|next| frame.word(next).starts_with(|c: char| c.is_uppercase() || !c.is_alphanumeric()));
    // “Ana Ruiz: I said so.”
    let label = tokens.take(LABEL).any(|token| frame.word(token) == ":");
    capital && inner && before && next && !label
}
