//! Whether a figure is told as a change: up or down, by how much or to what.

use super::counted::Place;
use super::parse::Tree;
use super::quantity::Quantity;
use super::words::Words;
use super::{Class, Direction, Manner};
use crate::Span;

/// A change that a figure tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) direction: Direction,
    pub(super) manner: Manner,
    /// The word that says so.
    pub(super) words: Span,
    /// What kind of word that is.
    pub(super) seen: &'static str,
}

/// Words between a word of change and its figure: "up by about 3 per cent".
const STEPS: usize = 3;

/// The change that a figure tells, tried in order: a word beside it, its verb, its noun.
pub(super) fn change(tree: &Tree, words: &Words, quantity: &Quantity, place: &Place) -> Option<Change> {
    if matches!(quantity.class, Class::Ordinal | Class::Age) {
        return None;
    }
    beside(tree, words, quantity)
        .or_else(|| verb(tree, words, quantity, place))
        .or_else(|| after(tree, words, quantity, place))
        .or_else(|| noun(tree, words, place))
}

/// "up 3 per cent", "down by 2 points", "lower at 5".
fn beside(tree: &Tree, words: &Words, quantity: &Quantity) -> Option<Change> {
    let first = tree.at(quantity.span.start);
    let mut manner = Manner::By;
    for token in (first.saturating_sub(STEPS)..first).rev() {
        match tree.norm(token) {
            "by" | "a" | "another" | "$" => {}
            "to" | "at" => manner = Manner::To,
            word => {
                let direction = words.change(word, "adverb")?;
                if quantity.class == Class::Count && is_particle(tree, token) {
                    return None;
                }
                return Some(Change { direction, manner, words: tree.span(token), seen: "change" });
            }
        }
    }
    None
}

/// "brought down two silos", "set up 12 camps": the word is its verb's own, and what is counted is the verb's object.
fn is_particle(tree: &Tree, token: usize) -> bool {
    let Some(verb) = token.checked_sub(1).filter(|verb| tree.is_verb(*verb)) else { return false };
    tree.head(token) == Some(verb)
        && (tree.child(verb, &["dobj"]).is_some_and(|object| object > token)
            || tree.child(token, &["pobj"]).is_some())
}

/// "rose 3 per cent", "fell by 3 per cent", "climbed to 5", "rose from 2 to 5".
fn verb(tree: &Tree, words: &Words, quantity: &Quantity, place: &Place) -> Option<Change> {
    let mut token = place.root;
    let mut manner = if quantity.from_to { Manner::FromTo } else { Manner::By };
    let mut is_object = false;
    for _ in 0..4 {
        let up = tree.head(token)?;
        match tree.dep(token) {
            "pobj" => match tree.norm(up) {
                "by" => {}
                "to" | "at" if manner == Manner::By => manner = Manner::To,
                "from" if manner == Manner::FromTo => {}
                _ if manner == Manner::FromTo => {}
                _ => return None,
            },
            "dobj" => is_object = true,
            "prep" | "agent" | "npadvmod" | "advmod" | "attr" | "oprd" | "acomp" | "conj" | "appos"
            | "nummod" | "amod" | "dative" | "prt" | "ccomp" | "xcomp" => {}
            _ => return None,
        }
        if tree.is_verb(up) {
            let direction = verb_direction(tree, words, up)?;
            // "Ferry sinks, 41 dead"
            if quantity.class == Class::Count && (up..place.first).any(|between| tree.norm(between) == ",") {
                return None;
            }
            if is_object && !is_amount(words, quantity, tree.lemma(up)) {
                return None;
            }
            return Some(Change { direction, manner, words: tree.span(up), seen: "change" });
        }
        if tree.is_noun(up) && !matches!(tree.dep(token), "conj" | "appos" | "pobj") {
            return None;
        }
        token = up;
    }
    None
}

/// A verb's direction, with its particle: "went up", "rose".
pub(super) fn verb_direction(tree: &Tree, words: &Words, verb: usize) -> Option<Direction> {
    let lemma = tree.lemma(verb).to_lowercase();
    let particle = tree.child(verb, &["prt", "advmod"]);
    particle
        .and_then(|particle| words.change(&format!("{lemma} {}", tree.norm(particle)), "verb"))
        .or_else(|| words.change(&lemma, "verb"))
}

/// What a verb of change has as its object is an amount of change only for shares, points and money that comes or goes by
/// itself: "lost 3 points", but not "raised $3 million", "lost 50 soldiers".
fn is_amount(words: &Words, quantity: &Quantity, lemma: &str) -> bool {
    let moved = words.change(lemma, "causative").is_none();
    match quantity.class {
        Class::Percent | Class::PercentagePoint => true,
        Class::Measure => {
            moved
                && quantity
                    .measure
                    .is_some_and(|unit| matches!(unit.dimension, "points" | "temperature" | "angle"))
        }
        Class::Money => moved,
        _ => false,
    }
}

/// "34 per cent higher"
fn after(tree: &Tree, words: &Words, quantity: &Quantity, place: &Place) -> Option<Change> {
    let next = tree.at(quantity.span.end);
    let token = tree.tokens.get(next)?;
    if token.sent_start || next <= place.last || quantity.class == Class::Count {
        return None;
    }
    let direction = words.change(&token.norm, "adverb")?;
    Some(Change { direction, manner: Manner::By, words: tree.span(next), seen: "change after" })
}

/// "a 19 per cent drop", "a rise of 3 points"
fn noun(tree: &Tree, words: &Words, place: &Place) -> Option<Change> {
    let up = tree.head(place.root)?;
    let noun =
        if tree.dep(place.root) == "pobj" && matches!(tree.norm(up), "of") { tree.head(up)? } else { up };
    if !tree.is_noun(noun) || noun == place.root {
        return None;
    }
    let direction = words.change(&tree.lemma(noun).to_lowercase(), "noun")?;
    Some(Change { direction, manner: Manner::By, words: tree.span(noun), seen: "change noun" })
}
