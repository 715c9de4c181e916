//! Sets right what the parser hangs wrongly around verbs of saying: the clause below the person told ("told the court he
//! had asked for the books" is no court that he had asked for), the subject below a participle ("Ruiz, booked for his
//! protests, insisted").

use super::words::{Saying, Word};
use crate::nlp::Token;

/// The head and relation of each token, where such clauses are the verb's, and subjects the verb's that says something.
pub(super) fn graft<'a>(tokens: &'a [Token], saying: &Saying) -> (Vec<u32>, Vec<&'a str>) {
    let mut tree = Tree {
        tokens,
        heads: tokens.iter().map(|token| token.head).collect(),
        deps: tokens.iter().map(|token| token.dep.as_str()).collect(),
    };
    for index in 0..tokens.len() {
        match tree.deps[index] {
            "relcl" => tree.told(index, saying),
            "nsubj" | "nsubjpass" => tree.subject(index),
            _ => {}
        }
    }
    (tree.heads, tree.deps)
}

struct Tree<'a> {
    tokens: &'a [Token],
    heads: Vec<u32>,
    deps: Vec<&'a str>,
}

impl Tree<'_> {
    fn told(&mut self, clause: usize, saying: &Saying) {
        let tokens = self.tokens;
        let object = tokens[clause].head as usize;
        let verb = tokens[object].head as usize;
        let told = matches!(tokens[object].dep.as_str(), "dobj" | "dative")
            && tokens[verb].pos.as_str() == "VERB"
            && saying.is(Word::Address, tokens[verb].lemma.as_str());
        if told && object < clause && is_whole(tokens, object, clause) {
            (self.heads[clause], self.deps[clause]) = (tokens[object].head, "ccomp");
            let at = u32::try_from(clause).expect("a document has fewer tokens than bytes");
            // What stands behind the clause is of the clause: "would pay for pavements and a guard".
            for token in clause + 1..(clause + FAR).min(tokens.len()) {
                if self.heads[token] as usize == object {
                    self.heads[token] = at;
                }
            }
        }
    }

    fn subject(&mut self, subject: usize) {
        let verb = self.heads[subject] as usize;
        let above = self.heads[verb] as usize;
        let comma = self.tokens.get(subject + 1).is_some_and(|next| next.lemma == ",");
        let participle = |token: usize| self.tokens[token].tag.as_str() == "VBN";
        let opens = self.tokens[subject].sent_start || self.tokens[subject.saturating_sub(1)].pos == "CCONJ";
        if comma && participle(verb) && self.deps[verb] == "advcl" && subject < verb && verb < above {
            // "Ruiz, booked for his protests, insisted …"
            if self.child(above, &["nsubj", "nsubjpass"]).is_none() {
                self.heads[subject] = self.heads[verb];
            }
        } else if comma && participle(subject) && opens && subject < verb {
            // "Contacted, the director, Ana Ruiz, said …"
            if let Some(noun) = self.child(subject, &["appos"]).filter(|noun| *noun < verb) {
                (self.heads[noun], self.deps[noun]) = (self.heads[subject], "nsubj");
                self.deps[subject] = "advcl";
            }
        } else if self.tokens.get(subject + 1).is_some_and(|next| next.lemma == "-") && subject < verb {
            // "Cross-examined by Ruiz, the engineer agreed …"
            if self.child(verb, &["nsubj"]).is_some_and(|nearer| subject < nearer && nearer < verb) {
                self.deps[subject] = "advcl";
            }
        }
    }

    /// The nearest token with this head and one of these relations.
    fn child(&self, head: usize, deps: &[&str]) -> Option<usize> {
        let near = head.saturating_sub(FAR)..(head + FAR).min(self.tokens.len());
        near.filter(|token| {
            self.heads[*token] as usize == head && *token != head && deps.contains(&self.deps[*token])
        })
        .min_by_key(|token| token.abs_diff(head))
    }
}

/// Whether a clause behind a noun lacks nothing that the noun could stand for.
fn is_whole(tokens: &[Token], noun: usize, clause: usize) -> bool {
    let has = |token: usize, deps: &[&str]| {
        let near = token.saturating_sub(REACH)..(token + REACH).min(tokens.len());
        near.clone()
            .any(|child| tokens[child].head as usize == token && deps.contains(&tokens[child].dep.as_str()))
    };
    let subject = (noun + 1..clause).find(|token| {
        tokens[*token].head as usize == clause && matches!(tokens[*token].dep.as_str(), "nsubj" | "nsubjpass")
    });
    let own = subject.is_some_and(|subject| !matches!(tokens[subject].tag.as_str(), "WDT" | "WP" | "WRB"));
    let that = tokens[noun + 1].lemma.as_str() == "that" && tokens[noun + 1].dep.as_str() == "mark";
    let last = (clause + 1..(clause + REACH).min(tokens.len()))
        .find(|token| tokens[*token].head as usize == clause && tokens[*token].dep.as_str() == "xcomp")
        .unwrap_or(clause);
    // "told the council the company would pay for pavements"
    let near = last..(last + REACH).min(tokens.len());
    let complement = near
        .clone()
        .filter(|token| tokens[*token].head as usize == last && tokens[*token].dep.as_str() == "prep");
    let complete = |preposition: usize| {
        near.clone()
            .any(|token| tokens[token].head as usize == preposition && tokens[token].dep.as_str() == "pobj")
    };
    own && (that
        || has(last, &["dobj", "attr", "acomp", "ccomp", "auxpass"])
        || complement.clone().any(complete))
}

/// Tokens on either side of a verb among which what depends on it is looked for.
const REACH: usize = 12;
/// The same for what a subject depends on.
const FAR: usize = 30;
