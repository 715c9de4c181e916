//! What happened to those that a figure counts: by the parse, by the toll that it tells, or by the words beside it.

use super::counted::{Counted, Place};
use super::harms::HarmSaid;
use super::parse::Tree;
use super::quantity::Quantity;
use super::words::{Victims, Words};
use crate::Span;

/// What a paragraph tells of harm, by those it happened to.
pub(super) struct Harms {
    said: Vec<HarmSaid>,
    /// Each victim with the telling that names it, by victim.
    victims: Vec<(usize, usize)>,
}

impl Harms {
    /// The tellings of a paragraph, in order.
    pub(super) fn new(said: Vec<HarmSaid>) -> Self {
        let mut victims: Vec<(usize, usize)> = said
            .iter()
            .enumerate()
            .flat_map(|(index, harm)| harm.victims.iter().map(move |victim| (*victim, index)))
            .collect();
        victims.sort_unstable();
        Self { said, victims }
    }

    /// The tellings that name one of some tokens, in order.
    fn of(&self, first: usize, last: usize) -> impl Iterator<Item = usize> + '_ {
        let from = self.victims.partition_point(|(victim, _)| *victim < first);
        self.victims[from..].iter().take_while(move |(victim, _)| *victim <= last).map(|(_, index)| *index)
    }

    /// The telling of a trigger.
    fn by_trigger(&self, trigger: usize) -> Option<&HarmSaid> {
        self.said.binary_search_by_key(&trigger, |harm| harm.trigger).ok().map(|index| &self.said[index])
    }
}

/// What happened to those that a figure counts, and the word that says so.
pub(super) fn of_figure(
    harms: &Harms,
    tree: &Tree,
    words: &Words,
    quantity: &Quantity,
    place: &Place,
    counted: Option<&Counted>,
) -> Option<(&'static str, Span)> {
    if !matches!(quantity.class, super::Class::Count | super::Class::Fraction | super::Class::Percent) {
        return None;
    }
    // "released the 2.0 update": only persons are freed.
    let is_thing = counted.is_some_and(|counted| {
        matches!(tree.tag(counted.head), "NN" | "NNS")
            && !words.is_person(&tree.lemma(counted.head).to_lowercase())
    });
    let mut own: Vec<usize> = harms.of(place.first, place.last).collect();
    if let Some(counted) = counted {
        let (first, last) = (tree.at(counted.span.start), tree.at(counted.span.end.saturating_sub(1)));
        own.extend(harms.of(first, last).chain(harms.of(counted.head, counted.head)));
    }
    own.sort_unstable();
    own.dedup();
    let mut found: Option<&HarmSaid> = None;
    for harm in own.into_iter().map(|index| &harms.said[index]) {
        if harm.harm == "freed" && is_thing {
            continue;
        }
        if !harm.is_fact {
            return None;
        }
        found = match found {
            Some(earlier) => Some(graver(tree, earlier, harm)),
            None => Some(harm),
        };
        let above = tree.head(harm.trigger).and_then(|head| harms.by_trigger(head));
        if let Some(earlier) = above.filter(|earlier| are_alternatives(tree, earlier, harm)) {
            return Some(("casualty", tree.span(earlier.trigger).cover(tree.span(harm.trigger))));
        }
    }
    found
        .map(|harm| (harm.harm, tree.span(harm.trigger)))
        .or_else(|| of_toll(tree, words, place))
        .or_else(|| beside(tree, words, quantity, counted).filter(|(harm, _)| *harm != "freed" || !is_thing))
}

/// "killed or wounded", "killed and injured": one number for both. The first is the head of the second.
fn are_alternatives(tree: &Tree, first: &HarmSaid, second: &HarmSaid) -> bool {
    first.trigger != second.trigger
        && first.victims == second.victims
        && matches!((first.harm, second.harm), ("killed", "injured") | ("injured", "killed"))
        && tree.dep(second.trigger) == "conj"
        // "11 people were killed and 30 hurt" has a number for each.
        && !(first.trigger..second.trigger).any(|between| tree.tag(between) == "CD")
}

fn graver<'a>(_tree: &Tree, first: &'a HarmSaid, second: &'a HarmSaid) -> &'a HarmSaid {
    let rank = |harm: &str| match harm {
        "killed" => 4,
        "injured" | "freed" => 3,
        "hospitalised" => 1,
        "shot" | "hit" | "casualty" => 2,
        _ => 2,
    };
    if rank(second.harm) > rank(first.harm) { second } else { first }
}

/// "The death toll rose to 12", "the number of injured reached 40".
fn of_toll(tree: &Tree, words: &Words, place: &Place) -> Option<(&'static str, Span)> {
    let verb =
        tree.ancestors(place.root).take(3).find(|up| tree.is_verb(*up) || tree.tokens[*up].pos == "AUX")?;
    let subject = tree.child(verb, &["nsubj", "nsubjpass"])?;
    if !words.around_harm(tree.norm(subject), "toll") || subject >= place.first {
        return None;
    }
    let (first, last) = tree.edges(subject);
    let named = (first..=last.min(first + 16)).find_map(|token| {
        let harm = ["noun", "adjective", "person"]
            .iter()
            .find_map(|class| {
                words
                    .harms(tree.lemma(token), class)
                    .first()
                    .or_else(|| words.harms(tree.norm(token), class).first())
            })
            .map(|word| word.harm)
            .or_else(|| words.participle(tree.norm(token)).map(|(harm, _)| harm))?;
        Some((harm, tree.cover(token.min(subject), token.max(subject))))
    });
    // "Toll stands at 21"
    named.or_else(|| (tree.norm(subject) == "toll").then(|| ("killed", tree.span(subject))))
}

/// Words between a count and what happened: "12 were also killed".
const STEPS: usize = 6;

/// Where the parse gives nothing: "3 Killed, 5 Hurt", "killing 3".
fn beside(
    tree: &Tree,
    words: &Words,
    quantity: &Quantity,
    counted: Option<&Counted>,
) -> Option<(&'static str, Span)> {
    // "Mother of 4 Killed"
    if counted.is_none() && tree.text[..quantity.span.start as usize].trim_end().ends_with(" of") {
        return None;
    }
    let end = counted.map_or(quantity.span.end, |counted| counted.span.end.max(quantity.span.end));
    let next = tree.at(end);
    for token in next..(next + STEPS).min(tree.tokens.len()) {
        if token > next && tree.tokens[token].sent_start && tree.tag(token) != "NNP" {
            break;
        }
        if let Some(harm) = harm_word(tree, words, token) {
            return Some((harm, tree.span(token)));
        }
        if !words.around_harm(tree.norm(token), "idle") {
            break;
        }
    }
    let before = tree.at(quantity.span.start).checked_sub(1)?;
    let verb = tree.norm(before);
    // "PORT DEATH TOLL HITS 19"
    if let Some(toll) = before.checked_sub(1).filter(|toll| tree.norm(*toll) == "toll") {
        return Some(("killed", tree.cover(toll, before)));
    }
    let (harm, victims) = words.participle(verb)?;
    (victims == Victims::Object
        && matches!(tree.tag(before), "VBG" | "VBD" | "VBZ" | "VBN" | "VB" | "VBP" | "NNS" | "NNP" | "NNPS")
        && !quantity.number.is_empty())
    .then(|| (harm, tree.span(before)))
}

/// Whether "one" before this token is a count: "one dead", "one was killed".
pub(super) fn follows_count(tree: &Tree, words: &Words, token: usize) -> bool {
    (token..(token + 3).min(tree.tokens.len()))
        .find(|token| !matches!(tree.norm(*token), "was" | "is" | "were" | "person"))
        .is_some_and(|token| harm_word(tree, words, token).is_some())
}

fn harm_word(tree: &Tree, words: &Words, token: usize) -> Option<&'static str> {
    let word = tree.norm(token);
    if let [word, ..] = words.harms(word, "adjective") {
        return Some(word.harm);
    }
    if word.ends_with('s') || word.ends_with("ing") {
        return None;
    }
    words.participle(word).filter(|(_, victims)| *victims == Victims::Object).map(|(harm, _)| harm)
}
