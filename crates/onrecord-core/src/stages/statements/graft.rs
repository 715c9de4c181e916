//! Clauses that the parser hung below the person told: "told the court he had asked for the books" is no court that he
//! had asked for.

use super::words::{Saying, Word};
use crate::nlp::Token;

/// The head and relation of each token, where such clauses are the verb's.
pub(super) fn graft<'a>(tokens: &'a [Token], saying: &Saying) -> (Vec<u32>, Vec<&'a str>) {
    let mut heads: Vec<u32> = tokens.iter().map(|token| token.head).collect();
    let mut deps: Vec<&str> = tokens.iter().map(|token| token.dep.as_str()).collect();
    for (index, clause) in tokens.iter().enumerate() {
        if clause.dep.as_str() != "relcl" {
            continue;
        }
        let object = clause.head as usize;
        let verb = tokens[object].head as usize;
        let told = matches!(tokens[object].dep.as_str(), "dobj" | "dative")
            && tokens[verb].pos.as_str() == "VERB"
            && saying.is(Word::Address, tokens[verb].lemma.as_str());
        if told && object < index && is_whole(tokens, object, index) {
            heads[index] = tokens[object].head;
            deps[index] = "ccomp";
        }
    }
    (heads, deps)
}

/// Whether a clause behind a noun lacks nothing that the noun could stand for.
fn is_whole(tokens: &[Token], noun: usize, clause: usize) -> bool {
    let has = |token: usize, deps: &[&str]| {
        let near = token.saturating_sub(REACH)..(token + REACH).min(tokens.len());
        near.clone().any(|child| tokens[child].head as usize == token && deps.contains(&tokens[child].dep.as_str()))
    };
    let subject = (noun + 1..clause).find(|token| {
        tokens[*token].head as usize == clause && matches!(tokens[*token].dep.as_str(), "nsubj" | "nsubjpass")
    });
    let own = subject.is_some_and(|subject| !matches!(tokens[subject].tag.as_str(), "WDT" | "WP" | "WRB"));
    let that = tokens[noun + 1].lemma.as_str() == "that" && tokens[noun + 1].dep.as_str() == "mark";
    let last = (clause + 1..(clause + REACH).min(tokens.len()))
        .find(|token| tokens[*token].head as usize == clause && tokens[*token].dep.as_str() == "xcomp")
        .unwrap_or(clause);
    own && (that || has(last, &["dobj", "attr", "acomp", "ccomp", "auxpass"]))
}

/// Tokens on either side of a verb among which what depends on it is looked for.
const REACH: usize = 12;
