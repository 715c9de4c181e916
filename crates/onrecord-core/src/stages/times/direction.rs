//! Past or future: which "Friday", "May" or "May 5" is meant, by a small logistic model over the words around it.
//!
//! The weights are in `data/en/direction.tsv`, learned by `onrecord-dev train direction`; the model card beside them
//! says on what.

use std::collections::HashSet;

use super::expression::Found;
use super::grammar::Grammar;
use super::words::Kind;
use crate::numbers::List;

const WEIGHTS: &str = include_str!("../../../data/en/direction.tsv");
/// Words that tell past from future, with what they say, and verbs that plan.
const WORDS: &str = include_str!("../../../data/en/tense_words.tsv");
/// The class of verbs that plan.
const PLANS: &str = "plans";
/// The class of verbs that put off.
const DEFERS: &str = "defers";

/// The chance where an auxiliary of the future decides.
const DECIDED: f64 = 0.97;

/// How many words to either side are looked at for the verb that governs an expression, when there is no parse.
const REACH: usize = 14;

/// The model.
#[derive(Debug, Clone)]
pub(super) struct Direction {
    weights: List<f64>,
    /// What single words say of past and future: "due", "will", "said".
    clues: List<&'static str>,
    /// Verbs that look ahead: "schedule", over "to close".
    planning: HashSet<&'static str>,
    /// Verbs that put off: "postpone" over "until Tuesday".
    deferring: HashSet<&'static str>,
}

impl Direction {
    pub(super) fn load() -> Self {
        let weights = WEIGHTS
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once('\t'))
            .filter_map(|(name, weight)| Some((name, weight.parse().ok()?)))
            .collect();
        let words =
            || WORDS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
        let of = |wanted: &str| words().filter(|(_, class)| *class == wanted).map(|(word, _)| word).collect();
        let clues = words().filter(|(_, class)| ![PLANS, DEFERS].contains(class)).collect();
        Self { weights, clues, planning: of(PLANS), deferring: of(DEFERS) }
    }

    /// Whether a verb over another looks ahead: "scheduled to close".
    pub(super) fn plans(&self, lemma: &str) -> bool {
        self.planning.contains(lemma)
    }

    /// Whether a verb puts something off: "postponed until Tuesday".
    pub(super) fn defers(&self, lemma: &str) -> bool {
        self.deferring.contains(lemma)
    }

    /// How likely the future reading is, from 0 to 1.
    pub(super) fn future(&self, features: &[String]) -> f64 {
        if self.decides(features) {
            return DECIDED;
        }
        let sum: f64 = features.iter().filter_map(|name| self.weights.get(name.as_str())).sum();
        1.0 / (1.0 + (-sum).exp())
    }

    /// Whether the future reading needs no weighing: "will", "may", a plan, a clause such as "when it meets in May", or what
    /// is put off, but for a place that has begun already: on a Friday, "will meet on Friday" is that day.
    pub(super) fn decides(&self, features: &[String]) -> bool {
        let says = |wanted: &str| features.iter().any(|name| name == wanted);
        let led_by = |words: &[&str]| words.iter().any(|word| says(&format!("before:{word}")));
        if features.iter().any(|name| name.ends_with("-same")) {
            return false;
        }
        let will = says("aux:will") || says("aux:shall") || says("alone:will");
        // "is scheduled to close Monday", "is to resume Tuesday"
        let planned = says("kind:weekday") && says("plan:now");
        // "not expected before the third quarter"
        let due = says("own-plan:now") && led_by(&["before", "by", "until", "in", "during", "for", "on"]);
        let put_off = says("defers") && led_by(&["until", "till", "to"]);
        // "The warning runs from Friday", "trains are suspended until Sunday"
        let goes_on = says("hangs:present") && led_by(&["from", "until", "till", "through", "by", "before"])
            // "who returns on Friday", "markets are closed on Monday"; but "smoke rises on Monday" is a caption.
            || says("hangs:aside") && led_by(&["on"]);
        let possible = ["may", "might", "must", "should"].iter().any(|modal| says(&format!("aux:{modal}")));
        let yesterday = says("away:weekday-1");
        let would = says("aux:would") && !says("perfect") && !yesterday;
        // "has called a session for Monday"
        let arranged = says("kind:weekday")
            && led_by(&["for"])
            && !(yesterday || says("possessive") || says("own-plan:then") || says("plan:then"));
        // "They planned to leave on Thursday", told on a Wednesday; "three days of mourning starting Thursday".
        let still_to_come =
            ["weekday-6", "month-9", "day-321"].iter().any(|away| says(&format!("away:{away}")))
                && (says("plan:then")
                    || says("own-plan:then")
                    || led_by(&["starting", "beginning", "effective"]));
        will && !says("kind:quarter")
            || possible && !says("perfect")
            || would
            || arranged
            || planned
            || due
            || put_off
            || goes_on
            || still_to_come
            || says("clause:ahead")
    }
}

/// What the words around an expression say of its direction. `verb` is what the parse tells of the verb over it, `kind`
/// the kind of expression, `away` how far back the past reading lies: days, or months for a month and its like.
pub(super) fn features(
    words: &Direction,
    grammar: &Grammar<'_>,
    found: &Found,
    verb: Vec<String>,
    kind: &str,
    away: i64,
) -> Vec<String> {
    let mut features =
        vec!["bias".to_owned(), format!("kind:{kind}"), format!("away:{}", bucket(kind, away))];
    let before = |back: usize| {
        found.first.checked_sub(back).and_then(|at| grammar.lex(at)).map(|lex| lex.word.as_str())
    };
    let preposition = before(1).filter(|word| !word.is_empty()).unwrap_or("none");
    features.push(format!("before:{}", known(preposition)));
    if before(1) == Some("as") && matches!(before(2), Some("soon" | "early")) {
        features.push("as:soon".to_owned());
    }
    if grammar.past_possessive(found.end).is_some() {
        features.push("possessive".to_owned());
    }
    let (left, right) = around(words, grammar, found);
    features.push(format!("left:{left}"));
    features.push(format!("right:{right}"));
    if verb.is_empty() {
        features.push(format!("alone:{left}"));
    }
    features.extend(verb);
    features
}

/// How far back the past reading lies, in steps: the further back, the nearer the future one.
fn bucket(kind: &str, away: i64) -> &'static str {
    match (kind, away) {
        ("weekday", 0) => "weekday-same",
        ("weekday", 1) => "weekday-1",
        ("weekday", 2..=3) => "weekday-2",
        ("weekday", 4..=5) => "weekday-4",
        ("weekday", _) => "weekday-6",
        ("month" | "season" | "quarter", 0) => "month-same",
        ("month" | "season" | "quarter", 1) => "month-1",
        ("month" | "season" | "quarter", 2..=4) => "month-2",
        ("month" | "season" | "quarter", 5..=8) => "month-5",
        ("month" | "season" | "quarter", _) => "month-9",
        (_, 0) => "day-same",
        (_, 1..=10) => "day-1",
        (_, 11..=45) => "day-11",
        (_, 46..=180) => "day-46",
        (_, 181..=320) => "day-181",
        (_, _) => "day-321",
    }
}

/// Words worth a weight of their own before an expression.
fn known(word: &str) -> &str {
    match word {
        "on" | "in" | "by" | "until" | "till" | "since" | "from" | "for" | "to" | "through" | "before"
        | "after" | "of" | "late" | "early" | "next" | "last" | "and" | "between" | "at" | "the"
        | "during" | "around" | "about" | "ended" | "ending" | "s" | "back" | "starting" | "beginning"
        | "effective" | "due" | "none" | "mid" => word,
        _ => "other",
    }
}

/// The nearest word on either side, in the same sentence, that tells past from future.
fn around(words: &Direction, grammar: &Grammar<'_>, found: &Found) -> (&'static str, &'static str) {
    let mut left = "none";
    for back in 1..=REACH {
        let Some(at) = found.first.checked_sub(back) else { break };
        if stops(grammar, at) {
            break;
        }
        if let Some(clue) = clue(words, grammar, at) {
            left = clue;
            break;
        }
    }
    let mut right = "none";
    for at in found.end..found.end + REACH {
        if grammar.lex(at).is_none() || stops(grammar, at) {
            break;
        }
        if let Some(clue) = clue(words, grammar, at) {
            right = clue;
            break;
        }
    }
    (left, right)
}

pub(super) fn stops(grammar: &Grammar<'_>, at: usize) -> bool {
    match grammar.lex(at).map(|lex| lex.kind) {
        Some(Kind::Mark('¶' | '?' | '!' | ';')) => true,
        Some(Kind::Mark('.')) => grammar.lex(at + 1).is_none_or(|next| next.capital),
        _ => false,
    }
}

/// What a single word says of past and future.
fn clue(words: &Direction, grammar: &Grammar<'_>, at: usize) -> Option<&'static str> {
    let word = grammar.lex(at)?.word.as_str();
    if let Some(clue) = words.clues.get(word) {
        return Some(clue);
    }
    Some(match grammar.tag(at) {
        "VBD" => "past",
        "VBN" => "participle",
        "VBZ" | "VBP" => "present",
        "VB" => "infinitive",
        "VBG" => "gerund",
        "" if word.len() > 4 && word.ends_with("ed") => "past",
        _ => return None,
    })
}
