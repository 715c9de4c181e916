//! Sets right what the parser hangs wrongly around verbs of saying: the clause below the person told ("told the court he
//! had asked for the books" is no court that he had asked for) or below the medium ("said in a statement that …"), the
//! subject below a participle ("Ruiz, booked for his protests, insisted") or in the phrase that opens the sentence
//! ("Welcoming the vote, Ana Ruiz, a nurse, said").

use super::words::{Saying, Speech, Word};
use crate::nlp::Token;

/// The head and relation of each token, where such clauses are the verb's, and subjects the verb's that says something.
pub(super) fn graft<'a>(tokens: &'a [Token], saying: &Saying) -> (Vec<u32>, Vec<&'a str>) {
    let mut tree = Tree {
        tokens,
        saying,
        heads: tokens.iter().map(|token| token.head).collect(),
        deps: tokens.iter().map(|token| token.dep.as_str()).collect(),
    };
    for index in 0..tokens.len() {
        match tree.deps[index] {
            "relcl" => {
                tree.told(index);
                tree.stated(index);
            }
            "acl" => {
                tree.stated(index);
                tree.written(index);
                tree.announced(index);
                tree.at_pains(index);
                tree.told_apart(index);
            }
            "conj" => {
                tree.finite(index);
                tree.behind_quotation(index);
            }
            "pobj" => tree.hyphenated(index),
            "ccomp" => tree.in_writing(index),
            "agent" => tree.by_means(index),
            "nsubj" | "nsubjpass" => {
                tree.joined(index);
                tree.subject(index);
            }
            "ROOT" => {
                tree.inverted(index);
                tree.lost_subject(index);
            }
            _ => {}
        }
    }
    (tree.heads, tree.deps)
}

struct Tree<'a, 's> {
    tokens: &'a [Token],
    saying: &'s Saying,
    heads: Vec<u32>,
    deps: Vec<&'a str>,
}

/// Tokens on either side of a word among which what depends on it is looked for.
const FAR: usize = 30;
const SUBJECTS: [&str; 3] = ["nsubj", "nsubjpass", "expl"];

impl Tree<'_, '_> {
    /// "Told the court he had asked for the books."
    fn told(&mut self, clause: usize) {
        let tokens = self.tokens;
        let object = tokens[clause].head as usize;
        let verb = tokens[object].head as usize;
        let told = matches!(tokens[object].dep.as_str(), "dobj" | "dative")
            && tokens[verb].pos.as_str() == "VERB"
            && self.saying.is(Word::Address, tokens[verb].lemma.as_str());
        if told && object < clause && self.is_whole(object, clause) {
            (self.heads[clause], self.deps[clause]) = (tokens[object].head, "ccomp");
            // What stands behind the clause is of the clause: "would pay for pavements and a guard".
            for token in clause + 1..(clause + FAR).min(tokens.len()) {
                if self.heads[token] as usize == object {
                    self.heads[token] = index(clause);
                }
            }
        }
    }

    /// "Said in a statement that there was no sign of it."
    fn stated(&mut self, clause: usize) {
        let tokens = self.tokens;
        let medium = tokens[clause].head as usize;
        let preposition = tokens[medium].head as usize;
        let verb = tokens[preposition].head as usize;
        let that = medium < clause && tokens[medium + 1].lemma == "that" && tokens[medium + 1].dep == "mark";
        let says =
            tokens[medium].dep == "pobj" && self.is_medium(medium) && verb < preposition && self.says(verb);
        if that && says && self.child(verb, &["ccomp"]).is_none() {
            (self.heads[clause], self.deps[clause]) = (index(verb), "ccomp");
        }
    }

    /// "Has written to parents promising that …": who writes promises.
    fn written(&mut self, participle: usize) {
        let tokens = self.tokens;
        let hearer = tokens[participle].head as usize;
        let preposition = tokens[hearer].head as usize;
        let to = tokens[hearer].dep == "pobj" && tokens[preposition].lemma == "to";
        let verb = if to { tokens[preposition].head as usize } else { preposition };
        let hears = to || tokens[hearer].dep == "dobj" && self.saying.is(Word::Address, &tokens[verb].lemma);
        if tokens[participle].tag == "VBG"
            && hears
            && hearer < participle
            && self.speaks(participle)
            && self.says(verb)
        {
            (self.heads[participle], self.deps[participle]) = (index(verb), "advcl");
        }
    }

    /// "Has said in writing that …": the clause is the verb's.
    fn in_writing(&mut self, clause: usize) {
        let tokens = self.tokens;
        let writing = tokens[clause].head as usize;
        let preposition = tokens[writing].head as usize;
        let verb = tokens[preposition].head as usize;
        let told = tokens[writing].tag == "VBG"
            && matches!(tokens[writing].dep.as_str(), "pobj" | "pcomp")
            && tokens[preposition].lemma == "in";
        if told && verb < clause && self.says(verb) && self.child(verb, &["ccomp"]).is_none() {
            self.heads[clause] = index(verb);
        }
    }

    /// "Its convenor, Ana Ruiz, nevertheless called for …": a finite verb is no participle of the noun.
    fn told_apart(&mut self, verb: usize) {
        let tokens = self.tokens;
        let noun = self.heads[verb] as usize;
        let adverb = verb.checked_sub(1).filter(|adverb| tokens[*adverb].tag == "RB");
        let comma = adverb.unwrap_or(verb).checked_sub(1).is_some_and(|comma| self.is_comma(comma));
        let finite = matches!(tokens[verb].tag.as_str(), "VBD" | "VBZ") && self.speaks(verb);
        // No participle has a subject: it is this verb's.
        let free = self.deps[noun] == "ROOT"
            || self.deps[noun] == "nsubj" && tokens[self.heads[noun] as usize].tag == "VBN";
        let subject = free && tokens[noun].tag.starts_with("NN");
        if finite && comma && subject && noun < verb && self.child(verb, &SUBJECTS).is_none() {
            (self.heads[noun], self.deps[noun]) = (index(verb), "nsubj");
            (self.heads[verb], self.deps[verb]) = (index(verb), "ROOT");
        }
    }

    /// "Said by text message that …": the message is no speaker where somebody else is.
    fn by_means(&mut self, by: usize) {
        let verb = self.heads[by] as usize;
        let active = self.child(verb, &["nsubj"]).is_some() && self.child(verb, &["auxpass"]).is_none();
        if active && matches!(self.tokens[verb].tag.as_str(), "VBD" | "VBZ" | "VBP") {
            self.deps[by] = "prep";
        }
    }

    /// "She was at pains to stress that …", "he took time to deny it": who is so says so.
    fn at_pains(&mut self, infinitive: usize) {
        let tokens = self.tokens;
        let noun = tokens[infinitive].head as usize;
        let preposition = tokens[noun].head as usize;
        let beside = tokens[noun].dep == "pobj" && tokens[preposition].dep == "prep";
        let verb = if beside { tokens[preposition].head as usize } else { preposition };
        let light = matches!(tokens[verb].lemma.as_str(), "be" | "go" | "take");
        let to = infinitive.checked_sub(1).is_some_and(|to| tokens[to].tag == "TO");
        if (beside || tokens[noun].dep == "dobj")
            && light
            && to
            && verb < infinitive
            && self.child(verb, &["nsubj"]).is_some()
            && self.child(noun, &["det", "poss"]).is_none()
            && self.speaks(infinitive)
        {
            (self.heads[infinitive], self.deps[infinitive]) = (index(verb), "xcomp");
        }
    }

    /// "Warned that the worst was to come and appealed to neighbours": a finite verb of saying goes on from another.
    fn finite(&mut self, verb: usize) {
        const HIGHEST: usize = 5;
        let tokens = self.tokens;
        let mut above = tokens[verb].head as usize;
        if tokens[verb].tag != "VBD" || tokens[above].tag != "VB" || !self.speaks(verb) {
            return;
        }
        for _ in 0..HIGHEST {
            above = tokens[above].head as usize;
            if tokens[above].tag == "VBD" && above < verb && self.says(above) {
                self.heads[verb] = index(above);
                return;
            }
        }
    }

    /// "According to co-author Ana Ruiz": the parse may make an object of each part of the word.
    fn hyphenated(&mut self, first: usize) {
        let last = first + 2;
        let hyphen = self.is_hyphenated(first) && self.heads[first + 1] == self.heads[first];
        let above = |token: usize| self.heads[token] as usize;
        if hyphen && self.heads[last] != self.heads[first] && self.heads[above(last)] == self.heads[first] {
            (self.heads[first], self.deps[first]) = (index(last), "compound");
            (self.heads[first + 1], self.deps[first + 1]) = (index(last), "punct");
        }
    }

    /// Whether a word is one of speech of any kind.
    fn speaks(&self, verb: usize) -> bool {
        self.saying.speech(&self.tokens[verb].lemma, "VERB") != Speech::None
    }

    /// "In a statement that …" and "on a call that …", but not "on reports that …": of those it may be the content.
    fn is_medium(&self, noun: usize) -> bool {
        let lemma = self.tokens[noun].lemma.as_str();
        self.tokens[noun].tag == "NN" && self.saying.is(Word::Occasion, lemma) && lemma != "report"
    }

    /// "Her co-author": the parse may make subjects of all that a hyphen joins.
    fn joined(&mut self, first: usize) {
        let last = first + 2;
        let hyphen = self.is_hyphenated(first)
            && (first + 1..=last).all(|token| self.heads[token] == self.heads[first]);
        if hyphen && self.deps[last] == self.deps[first] {
            for token in first.saturating_sub(FAR)..last {
                if self.heads[token] as usize == first {
                    self.heads[token] = index(last);
                }
            }
            (self.heads[first], self.deps[first]) = (index(last), "compound");
            (self.heads[first + 1], self.deps[first + 1]) = (index(last), "punct");
        }
    }

    /// Whether a hyphen joins a token to the next but one.
    fn is_hyphenated(&self, first: usize) -> bool {
        let last = first + 2;
        last < self.tokens.len()
            && self.tokens[first + 1].lemma == "-"
            && (first..last).all(|token| self.tokens[token].end == self.tokens[token + 1].start)
    }

    fn subject(&mut self, subject: usize) {
        let verb = self.heads[subject] as usize;
        self.other_subject(subject, verb);
        // "Who as minister assured": the minister is what the subject was.
        let front = (subject.saturating_sub(3)..subject).find(|token| self.tokens[*token].lemma == "as");
        let who = self.children(verb, &["nsubj"]).any(|who| front == Some(who + 1));
        if who && front.is_some_and(|front| self.heads[front] as usize == verb) {
            self.deps[subject] = "dep";
            return;
        }
        // "One, the farmer Ana Ruiz, said": she is one.
        let one = matches!(self.tokens[subject].lemma.as_str(), "one" | "another" | "other");
        if one
            && self.is_comma(subject + 1)
            && self.child(verb, &["nsubj"]).is_some_and(|nearer| nearer > subject)
        {
            self.deps[subject] = "dep";
            return;
        }
        let above = self.heads[verb] as usize;
        let comma = self.is_comma(subject + 1);
        let participle = |token: usize| self.tokens[token].tag.as_str() == "VBN";
        let opens = self.tokens[subject].sent_start || self.tokens[subject.saturating_sub(1)].pos == "CCONJ";
        if comma && participle(verb) && self.deps[verb] == "advcl" && subject < verb && verb < above {
            // "Ruiz, booked for his protests, insisted …"
            if self.child(above, &SUBJECTS).is_none() {
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

    /// "In response to the host, Ana Ruiz, who had asked, the minister said": what stands right in front of the verb is beside
    /// nobody.
    fn other_subject(&mut self, subject: usize, verb: usize) {
        let noun = verb.checked_sub(1).filter(|noun| {
            *noun > subject && self.heads[*noun] as usize == subject && self.deps[*noun] == "appos"
        });
        let Some(noun) = noun.filter(|noun| self.tokens[*noun].tag.starts_with("NN")) else { return };
        let Some(article) = self.child(noun, &["det"]).filter(|article| *article > subject) else { return };
        let comma = self.is_comma(article - 1);
        let earlier = subject.checked_sub(1).is_some_and(|token| {
            (0..=token).rev().take(4).any(|token| self.is_comma(token)) && !self.tokens[subject].sent_start
        });
        if comma && earlier && self.says(verb) {
            (self.heads[noun], self.deps[noun]) = (index(verb), "nsubj");
            self.deps[subject] = "dep";
        }
    }

    /// "Welcoming the vote, Ana Ruiz, a nurse, said": a name between a comma and the verb that lacks a subject.
    fn lost_subject(&mut self, verb: usize) {
        let tokens = self.tokens;
        let finite = matches!(tokens[verb].tag.as_str(), "VBD" | "VBZ");
        if !finite || !self.says(verb) || self.child(verb, &SUBJECTS).is_some() {
            return;
        }
        let start = (verb.saturating_sub(FAR)..verb).rev().find(|token| tokens[*token].sent_start);
        if let Some(subject) = start.and_then(|start| self.before_dashes(start, verb)) {
            for token in subject + 1..verb {
                if self.heads[token] as usize == verb && self.deps[token] == "ccomp" {
                    self.deps[token] = "parataxis";
                }
            }
            (self.heads[subject], self.deps[subject]) = (index(verb), "nsubj");
            return;
        }
        self.lone_name(verb);
        self.appended_name(verb);
        let Some(comma) = start.and_then(|start| (start..verb).find(|comma| self.is_named(*comma, verb)))
        else {
            return;
        };
        let phrase = comma + 1..self.phrase_end(comma + 1);
        let name = phrase.end - 1;
        // "Opening the case, her counsel, Ana Ruiz, said": the noun that the name stands beside.
        let beside = tokens[name].head as usize;
        if self.deps[name] == "appos" && beside + 1 == comma && tokens[beside].tag == "NN" {
            (self.heads[beside], self.deps[beside]) = (index(verb), "nsubj");
            if let Some(clause) = self.child(verb, &["csubj"]) {
                self.deps[clause] = "advcl";
            }
            return;
        }
        // What the parse has put below the name and stands in front of the comma belongs to what the name hung on.
        let (head, dep) = (self.heads[name], self.deps[name]);
        for token in comma.saturating_sub(FAR)..=comma {
            if phrase.contains(&(self.heads[token] as usize)) {
                (self.heads[token], self.deps[token]) = (head, dep);
            }
        }
        (self.heads[name], self.deps[name]) = (index(verb), "nsubj");
        if let Some(clause) = self.child(verb, &["csubj"]) {
            self.deps[clause] = "advcl";
        }
    }

    /// "In the corridor Ruiz says": the parse may take the two for one phrase.
    fn lone_name(&mut self, verb: usize) {
        let Some(name) = verb.checked_sub(1).filter(|name| self.deps[*name] == "pobj") else { return };
        let named = |token: usize| matches!(self.tokens[token].tag.as_str(), "NNP" | "HYPH");
        let first = (0..=name).rev().take_while(|token| named(*token)).last();
        let noun = first.and_then(|first| first.checked_sub(1)).filter(|noun| {
            self.tokens[*noun].tag == "NN"
                && self.deps[*noun] == "compound"
                && self.heads[*noun] as usize == name
        });
        let Some(noun) = noun else { return };
        (self.heads[noun], self.deps[noun]) = (self.heads[name], "pobj");
        for token in noun.saturating_sub(FAR)..noun {
            if self.heads[token] as usize == name {
                self.heads[token] = index(noun);
            }
        }
        (self.heads[name], self.deps[name]) = (index(verb), "nsubj");
    }

    /// "In a letter on his website Ana Ruiz accuses …": the parse may put the name beside the noun.
    fn appended_name(&mut self, verb: usize) {
        let named = |token: &usize| matches!(self.tokens[*token].tag.as_str(), "NNP" | "HYPH");
        let Some(name) = verb.checked_sub(1).filter(|name| self.deps[*name] == "appos") else { return };
        let first = (0..=name).rev().take_while(named).last();
        let noun = first.and_then(|first| first.checked_sub(1)).filter(|noun| {
            self.heads[name] as usize == *noun && self.deps[*noun] == "pobj" && self.tokens[*noun].tag == "NN"
        });
        if noun.is_some() {
            (self.heads[name], self.deps[name]) = (index(verb), "nsubj");
        }
    }

    /// “…,” called out Ana Ruiz: the name behind the verb is who calls.
    fn inverted(&mut self, verb: usize) {
        let tokens = self.tokens;
        let quoted = verb.checked_sub(1).is_some_and(|mark| tokens[mark].tag == "''");
        let particle = verb + 1 < tokens.len() && tokens[verb + 1].tag == "RP";
        if quoted && particle && self.child(verb, &SUBJECTS).is_none() {
            let name = self.child(verb, &["oprd", "dobj"]).filter(|name| tokens[*name].tag == "NNP");
            if let Some(name) = name.filter(|name| self.phrase_end(verb + 2) == name + 1) {
                self.deps[name] = "nsubj";
            }
        }
    }

    /// “There is salt,” the director told them, adding …: the parse may leave the subject to the verb that is quoted.
    fn behind_quotation(&mut self, verb: usize) {
        let above = self.heads[verb] as usize;
        let joined = verb.checked_sub(1).is_some_and(|and| self.tokens[and].tag == "CC");
        if above >= verb || joined || !self.says(verb) || self.child(verb, &SUBJECTS).is_some() {
            return;
        }
        let close = (above..verb).rev().find(|mark| self.tokens[*mark].tag == "''");
        let subject = close.and_then(|close| {
            let quoted = (above.saturating_sub(FAR)..above).any(|mark| self.tokens[mark].tag == "``");
            let mut nouns = self.children(above, &["attr", "dobj", "npadvmod"]);
            nouns.find(|noun| quoted && close < *noun && *noun < verb)
        });
        if let Some(subject) = subject.filter(|noun| self.tokens[*noun].tag.starts_with("NN")) {
            (self.heads[subject], self.deps[subject]) = (index(verb), "nsubj");
        }
    }

    /// "Ana Ruiz – she is his cousin – says": the head of what stands before a clause between dashes.
    fn before_dashes(&self, start: usize, verb: usize) -> Option<usize> {
        let dash = |token: &usize| matches!(self.tokens[*token].lemma.as_str(), "–" | "—" | "--" | "-");
        let last = verb.checked_sub(1).filter(dash)?;
        let first = (start..last).find(|token| dash(token) && self.tokens[*token].pos == "PUNCT")?;
        let verbs = (start..first)
            .any(|token| matches!(self.tokens[token].tag.as_str(), "VBD" | "VBZ" | "VBP" | "MD"));
        let inside = start..first;
        let head = inside.clone().find(|token| !inside.contains(&(self.heads[*token] as usize)))?;
        (!verbs && self.tokens[head].tag.starts_with("NN")).then_some(head)
    }

    /// "The Front, which the state lists as banned, announced in June that …": the parse may take the verb for a participle.
    fn announced(&mut self, verb: usize) {
        let tokens = self.tokens;
        let noun = tokens[verb].head as usize;
        let that = self.child(verb, &["ccomp"]).is_some_and(|clause| {
            clause > verb && self.children(clause, &["mark"]).any(|that| tokens[that].lemma == "that")
        });
        let finite = tokens[verb].tag == "VBN"
            && tokens[noun].dep == "ROOT"
            && tokens[noun].tag.starts_with("NN")
            && noun < verb
            && verb.checked_sub(1).is_some_and(|comma| self.is_comma(comma))
            && that
            && self.speaks(verb);
        if finite {
            (self.heads[noun], self.deps[noun]) = (index(verb), "nsubj");
            (self.heads[verb], self.deps[verb]) = (index(verb), "ROOT");
        }
    }

    /// Whether a name begins behind this comma that only what is between commas parts from the verb.
    fn is_named(&self, comma: usize, verb: usize) -> bool {
        let end = self.phrase_end(comma + 1);
        let named = self.is_comma(comma) && end > comma + 1 && self.tokens[end - 1].tag == "NNP";
        let free =
            matches!(self.deps[end - 1], "pobj" | "npadvmod" | "dobj" | "nmod" | "appos" | "conj" | "dep");
        let beside = named
            && self.deps[end - 1] == "appos"
            && self.tokens[end - 1].head as usize + 1 == comma
            && self.tokens[comma - 1].tag == "NN";
        let apart = end + 1 < verb || beside && end + 1 == verb;
        named && free && (end == verb || apart && self.is_comma(end) && self.is_comma(verb - 1))
    }

    /// The index after a run of names and titles.
    fn phrase_end(&self, start: usize) -> usize {
        let inside = |token: &usize| {
            matches!(self.tokens[*token].tag.as_str(), "NNP" | "HYPH") || self.tokens[*token].lemma == "."
        };
        (start..self.tokens.len()).take_while(inside).last().map_or(start, |last| last + 1)
    }

    fn is_comma(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|token| token.lemma == ",")
    }

    /// A verb of saying, or one with a colon behind it.
    fn says(&self, verb: usize) -> bool {
        let colon = self.tokens.get(verb + 1).is_some_and(|next| next.lemma == ":");
        self.tokens[verb].pos == "VERB" && (colon || self.speaks(verb))
    }

    /// The nearest token with this head and one of these relations.
    fn child(&self, head: usize, deps: &[&str]) -> Option<usize> {
        self.children(head, deps).min_by_key(|token| token.abs_diff(head))
    }

    fn children(&self, head: usize, deps: &[&str]) -> impl Iterator<Item = usize> {
        let near = head.saturating_sub(FAR)..(head + FAR).min(self.tokens.len());
        near.filter(move |token| {
            self.heads[*token] as usize == head && *token != head && deps.contains(&self.deps[*token])
        })
    }

    /// Whether a clause behind a noun lacks nothing that the noun could stand for.
    fn is_whole(&self, noun: usize, clause: usize) -> bool {
        let tokens = self.tokens;
        let subject =
            self.child(clause, &["nsubj", "nsubjpass"]).filter(|subject| (noun..clause).contains(subject));
        let own =
            subject.is_some_and(|subject| !matches!(tokens[subject].tag.as_str(), "WDT" | "WP" | "WRB"));
        let that = tokens[noun + 1].lemma.as_str() == "that" && tokens[noun + 1].dep.as_str() == "mark";
        // "told the council the company would pay for pavements"
        let last = self.child(clause, &["xcomp"]).filter(|last| *last > clause).unwrap_or(clause);
        let complete = |preposition: usize| self.child(preposition, &["pobj"]).is_some();
        let object = self.child(last, &["dobj", "attr", "acomp", "ccomp", "auxpass"]).is_some();
        own && (that || object || self.children(last, &["prep"]).any(|prep| prep > last && complete(prep)))
    }
}

/// A place among the tokens as the parse writes it.
fn index(token: usize) -> u32 {
    u32::try_from(token).expect("a document has fewer tokens than bytes")
}
