//! Who “my sister” and “Mum” are in somebody's words.

use super::Statement;
use super::first_person::words_around;
use super::frame::Frame;
use crate::Span;
use crate::stages::mentions::{ActorKind, Kinship, Mention, MentionKind, Related, relative};

/// Whether a word is one for a relative that is used like a name.
pub(super) fn is_called(frame: &Frame, word: usize) -> bool {
    Kinship::of(&frame.word(word).to_lowercase()).is_some_and(|kinship| kinship.called)
}

/// Whom somebody means with “my wife” or “Mum”: the relative of whom the report tells.
pub(super) fn own_relative(frame: &Frame, rows: &[Statement], inner: usize, words: Span) -> Option<String> {
    let tokens = frame.tokens_in(words);
    let noun = tokens.clone().rev().find(|token| frame.is_word(*token))?;
    let asked = Kinship::of(&frame.lemma(noun).to_lowercase())?;
    let own = matches!(frame.word(tokens.start).to_lowercase().as_str(), "my" | "our");
    let called = asked.called && tokens.len() == 1;
    if !own && !called {
        return None;
    }
    let outer = words_around(frame, rows, inner, words)?;
    let of = rows[outer].name.clone()?;
    let told = related(frame);
    let other = |fact: &Related<String>, who: &String| {
        fact.of == of && fact.who == *who || fact.who == of && fact.of == *who
    };
    let new = |who: &String| asked.is_close() && told.iter().all(|fact| !other(fact, who));
    let who = relative(&told, &of, asked).or_else(|| namesake(frame, &of).filter(new));
    who.filter(|who| goes_by(frame, who, asked))
}

/// The one other person of a surname: “my sister”, says Ana Ruiz, and the report speaks of Petra Ruiz.
fn namesake(frame: &Frame, of: &str) -> Option<String> {
    let (_, surname) = of.rsplit_once(' ')?;
    let others = frame.doc.layer::<Mention>().iter().filter(|mention| mention.actor == ActorKind::Person);
    let mut others = others
        .filter_map(|mention| mention.name.as_deref())
        .filter(|name| *name != of && name.rsplit_once(' ').is_some_and(|(_, other)| other == surname));
    let one = others.next()?;
    others.all(|other| other == one).then(|| one.to_owned())
}

/// Whether no pronoun speaks against somebody's being a relative of this kind.
fn goes_by(frame: &Frame, who: &str, asked: Kinship) -> bool {
    let pronouns = frame
        .doc
        .layer::<Mention>()
        .iter()
        .filter(|mention| mention.kind == MentionKind::Pronoun && mention.name.as_deref() == Some(who));
    let mut words = pronouns.map(|mention| frame.doc.words(mention.span).to_lowercase());
    words.all(|word| asked.may_be(&word))
}

/// What the report says of relatives: "her father, Bo Ruiz".
fn related(frame: &Frame) -> Vec<Related<String>> {
    let mentions = frame.doc.layer::<Mention>();
    let described = mentions.iter().filter(|mention| mention.kind == MentionKind::Nominal);
    described
        .filter_map(|mention| {
            let head = mention.head.index();
            let kinship = Kinship::of(&frame.lemma(head).to_lowercase())?;
            let of = frame.child(head, &["poss"]).or_else(|| {
                let of = frame.child(head, &["prep"]).filter(|of| frame.lemma(*of) == "of")?;
                frame.child(of, &["pobj"])
            })?;
            let of = mentions.iter().find(|other| other.head.index() == of)?.name.clone()?;
            // "Chairman of Olmo and grandson of its founder, Bo Ruiz".
            let joined = Some(frame.head(head)).filter(|_| frame.dep(head) == "conj");
            let joined = || mentions.iter().find(|other| Some(other.head.index()) == joined)?.name.clone();
            let who = mention.name.clone().or_else(joined).filter(|who| *who != of)?;
            Some(Related { kinship, of, who })
        })
        .collect()
}
