//! What the parse says of the clause that an expression of time stands in: the verb over it, its tense, and whether
//! it plans, as features of the direction model.

use super::direction::Direction;
use super::expression::Found;
use super::words::Lex;
use crate::nlp::Token;

/// How many steps up the parse the verb is looked for.
const STEPS: usize = 12;

/// The tokens of the parse, and which of them each lexeme starts in.
pub(super) struct Parse<'a> {
    tokens: &'a [Token],
    /// The token at the start of each lexeme.
    at: Vec<u32>,
}

impl<'a> Parse<'a> {
    pub(super) fn new(tokens: &'a [Token], lexemes: &[Lex]) -> Self {
        let mut at = Vec::with_capacity(if tokens.is_empty() { 0 } else { lexemes.len() });
        let mut next = 0;
        if !tokens.is_empty() {
            for lex in lexemes {
                while next + 1 < tokens.len() && tokens[next].end as usize <= lex.start {
                    next += 1;
                }
                at.push(u32::try_from(next).unwrap_or(u32::MAX));
            }
        }
        Self { tokens, at }
    }

    /// The tag of each lexeme; none without a parse.
    pub(super) fn tags(&self) -> Vec<&'a str> {
        self.at.iter().map(|token| self.tokens[*token as usize].tag.as_str()).collect()
    }

    /// What the verb that an expression hangs on says of its time.
    pub(super) fn verb(&self, words: &Direction, found: &Found) -> Vec<String> {
        let (Some(first), Some(last)) = (self.at.get(found.first), self.at.get(found.end - 1)) else {
            return Vec::new();
        };
        let own = *first as usize..=*last as usize;
        let mut token = *first as usize;
        let mut through_noun = false;
        for _ in 0..STEPS {
            let here = &self.tokens[token];
            if matches!(here.pos.as_str(), "VERB" | "AUX") {
                let mut features = self.tense(words, token);
                if !through_noun && self.is_present(token) {
                    features.push("hangs:present".to_owned());
                    let here = &self.tokens[token];
                    if here.dep == "relcl" || here.lemma == "be" || self.helpers(token).next().is_some() {
                        features.push("hangs:aside".to_owned());
                    }
                }
                return features;
            }
            // "the summit in April": of a noun, not of the verb.
            through_noun |= !own.contains(&token) && matches!(here.pos.as_str(), "NOUN" | "PROPN");
            if here.head as usize == token {
                break;
            }
            token = here.head as usize;
        }
        vec!["verb:none".to_owned()]
    }

    fn tense(&self, words: &Direction, verb: usize) -> Vec<String> {
        let here = &self.tokens[verb];
        let mut features = vec![format!("verb:{}", here.tag)];
        if here.tag == "MD" {
            features.push(format!("aux:{}", here.norm));
        }
        for token in self.helpers(verb) {
            match token.tag.as_str() {
                "MD" | "TO" => features.push(format!("aux:{}", token.norm)),
                tag => features.push(format!("aux:{tag}")),
            }
            if token.lemma == "have" {
                features.push("perfect".to_owned());
            }
        }
        // "is scheduled to close": the verb above tells more.
        if matches!(here.dep.as_str(), "xcomp" | "ccomp" | "advcl" | "relcl" | "acl") {
            let above = &self.tokens[here.head as usize];
            features.push(format!("above:{}:{}", here.dep, above.tag));
            if here.dep == "xcomp" {
                features.push(format!("plan:{}", self.plan(words, here.head as usize, true)));
            }
        }
        if here.dep != "xcomp"
            && let plan @ ("now" | "then") = self.plan(words, verb, false)
        {
            features.push(format!("own-plan:{plan}"));
        }
        if words.defers(&here.lemma) {
            features.push("defers".to_owned());
        }
        if self.is_ahead(verb) {
            features.push("clause:ahead".to_owned());
        }
        features
    }

    /// The auxiliaries of a verb.
    fn helpers(&self, verb: usize) -> impl Iterator<Item = &Token> {
        self.tokens[verb.saturating_sub(8)..verb].iter().filter(move |token| {
            token.head as usize == verb && matches!(token.dep.as_str(), "aux" | "auxpass")
        })
    }

    /// Whether a verb is in the present tense, without "have" or "will": "meets", "is heard".
    fn is_present(&self, verb: usize) -> bool {
        let present = |token: &Token| matches!(token.tag.as_str(), "VBZ" | "VBP");
        let mut helpers = self.helpers(verb).peekable();
        if helpers.peek().is_none() {
            return present(&self.tokens[verb]);
        }
        helpers.all(|token| present(token) && token.lemma != "have")
    }

    /// Whether a clause in the present tense tells what is still to come: "when the court meets in May", "if they
    /// mail an offer by Nov. 22".
    fn is_ahead(&self, verb: usize) -> bool {
        let here = &self.tokens[verb];
        let opens = |token: &Token| {
            token.head as usize == verb
                && matches!(token.dep.as_str(), "mark" | "advmod")
                && matches!(
                    token.norm.as_str(),
                    "when" | "after" | "before" | "until" | "once" | "if" | "unless"
                )
        };
        here.dep == "advcl"
            && self.is_present(verb)
            && self.tokens[verb.saturating_sub(REACH)..verb].iter().any(opens)
    }

    /// Whether a verb plans, and for whom: `now` for "is scheduled" and "plans", `then` for "was scheduled"; "is to
    /// close" is a plan where the verb stands over another.
    fn plan(&self, words: &Direction, verb: usize, over_another: bool) -> &'static str {
        let here = &self.tokens[verb];
        if !(words.plans(&here.lemma) || over_another && here.lemma == "be") {
            return "none";
        }
        let present = |tag: &str| matches!(tag, "VBZ" | "VBP");
        let helped = self.helpers(verb).any(|token| present(&token.tag));
        // "A ship expected to arrive on Thursday"; a "record set in May" plans nothing.
        let bare = over_another && here.tag == "VBN" && self.helpers(verb).next().is_none();
        if present(&here.tag) || helped || bare && !self.is_under_past(verb) { "now" } else { "then" }
    }

    /// Whether the clause around a participle tells of the past: "the talks set for Monday were called off".
    fn is_under_past(&self, participle: usize) -> bool {
        let mut token = participle;
        for _ in 0..STEPS {
            let up = self.tokens[token].head as usize;
            if up == token {
                return false;
            }
            token = up;
            if matches!(self.tokens[token].pos.as_str(), "VERB" | "AUX") {
                let past = |token: &Token| token.tag == "VBD";
                return past(&self.tokens[token]) || self.helpers(token).any(past);
            }
        }
        false
    }
}

/// How many words before its verb the word that opens a clause is looked for.
const REACH: usize = 12;
