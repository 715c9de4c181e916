//! What a report tells of a person apart from the role beside the name, so that a later description finds its person:
//! "is a biologist", "worked as a nurse", "who farms", "Ana Ruiz, 52,".

use super::candidates::is_subject;
use super::nominals::{head_lemma, phrase_end, phrase_start};
use super::resolve::State;
use super::roles::{comma_before, described, described_before, family};
use super::{ActorKind, MentionKind};
use crate::By;

impl State<'_> {
    /// Takes down what the words around a mention tell of its actor.
    pub(super) fn learn(&mut self, actor: usize, i: usize) {
        if !matches!(self.done.actors[actor].kind, ActorKind::Person | ActorKind::Unknown) {
            return;
        }
        let walk = self.walk;
        let reading = walk.reading;
        let found = &walk.found[i];
        if found.kind == MentionKind::Name {
            self.done.actors[actor].age = self.done.actors[actor].age.take().or_else(|| self.age_beside(i));
            // "Ana Ruiz KC" is a barrister.
            let letters =
                reading.tokens.get(found.end).and_then(|_| walk.lexicon.lettered(reading.lower(found.end)));
            self.done.actors[actor].families.extend(letters.map(str::to_owned));
        }
        if let Some(noun) = self.heading(i).or_else(|| self.in_the_chair(i)) {
            let known = &mut self.done.actors[actor];
            known.families.push(family(reading, walk.lexicon, noun));
        }
        for noun in self.nouns_told(i) {
            let role = reading.span(phrase_start(reading, noun), phrase_end(reading, noun));
            let (families, words) = described(reading, walk.lexicon, walk.names, role);
            let known = &mut self.done.actors[actor];
            known.families.extend(families);
            known.described.extend(words);
        }
        if let Some(family) = self.agent_of(i).or_else(|| self.leads(i)) {
            self.done.actors[actor].families.push(family.to_owned());
        }
        if let Some(family) = self.bereaved(i) {
            self.done.actors[actor].families.push(family.to_owned());
        }
        if let Some((family, objects)) = self.doer(i) {
            let known = &mut self.done.actors[actor];
            known.families.push(family);
            known.described.extend(objects);
        }
    }

    /// "Ana Ruiz, whose late husband built it", is a widow.
    fn bereaved(&self, i: usize) -> Option<&'static str> {
        let reading = self.walk.reading;
        let found = &self.walk.found[i];
        let behind = (found.end..reading.tokens.len()).take(4).map(|token| reading.lower(token));
        let behind: Vec<&str> = behind.collect();
        let told = found.kind == MentionKind::Name;
        match behind.as_slice() {
            [",", "whose", "late", "husband"] if told => Some("widow"),
            [",", "whose", "late", "wife"] if told => Some("widower"),
            _ => None,
        }
    }

    /// "Host: Ana Ruiz", "In the chair: Ana Ruiz": the noun on whose line a name stands.
    fn heading(&self, i: usize) -> Option<usize> {
        let reading = self.walk.reading;
        let found = &self.walk.found[i];
        let noun = found.first.checked_sub(2).filter(|noun| reading.text(noun + 1) == ":")?;
        let start = reading.sentences.get(reading.sentence(noun))?.tokens().start;
        let words: Vec<&str> = (start..noun).map(|token| reading.lower(token)).collect();
        // "HOST: Ana Ruiz, thank you." is a turn.
        let sentence = reading.sentences.get(reading.sentence(found.head))?.tokens();
        let speaks = (found.end..sentence.end).any(|token| matches!(reading.tag(token), "VBP" | "MD" | "UH"));
        let named = found.kind == MentionKind::Name
            && !speaks
            && matches!(words.as_slice(), [] | ["in", "the"] | ["the"]);
        (named && self.walk.lexicon.person(reading.lower(noun)).is_some()).then_some(noun)
    }

    /// "With Ana Ruiz in the chair".
    fn in_the_chair(&self, i: usize) -> Option<usize> {
        let reading = self.walk.reading;
        let end = self.walk.found[i].end;
        let words: Vec<&str> =
            (end..reading.tokens.len()).take(3).map(|token| reading.lower(token)).collect();
        (words == ["in", "the", "chair"]).then_some(end + 2)
    }

    /// The nouns for a person that the sentence says somebody is.
    fn nouns_told(&self, i: usize) -> Vec<usize> {
        let walk = self.walk;
        let reading = walk.reading;
        let found = &walk.found[i];
        let verb = reading.head(found.head);
        let mut nouns = Vec::new();
        if found.kind == MentionKind::Name {
            let of = (reading.dep(found.head) == "appos").then_some(verb);
            let beside = [Some(found.head), of].into_iter().flatten();
            // "RUIZ: Chair, may I?" says nothing of Ruiz.
            let told = |noun: &usize| {
                *noun >= found.end && (found.end..*noun).all(|i| !reading.text(i).ends_with(':'))
            };
            nouns.extend(beside.flat_map(|head| self.with_more(head)).filter(told));
            // "The witness was the vicar, Bo Ruiz": the parse may hang the name on the witness.
            let comma = of.and_then(|_| comma_before(reading, found));
            nouns.extend(comma.and_then(|comma| described_before(reading, walk.lexicon, comma)));
        }
        if is_subject(reading.dep(found.head))
            && reading.children(verb).all(|child| reading.dep(child) != "neg")
        {
            for child in reading.children(verb).filter(|child| *child > found.head) {
                match reading.dep(child) {
                    "attr" if reading.lemma(verb) == "be" => nouns.push(child),
                    // "Ana Ruiz was in the chair."
                    "prep" if reading.lower(child) == "in" && reading.lemma(verb) == "be" => {
                        nouns.extend(reading.children(child).filter(|noun| reading.lower(*noun) == "chair"));
                    }
                    "prep"
                        if reading.lower(child) == "as"
                            && walk.lexicon.is_role_verb(&reading.lemma(verb)) =>
                    {
                        nouns.extend(reading.children(child).filter(|noun| reading.dep(*noun) == "pobj"));
                    }
                    _ => {}
                }
            }
        }
        nouns.retain(|noun| {
            matches!(reading.tag(*noun), "NN" | "NNP")
                && walk.lexicon.person(&head_lemma(reading, *noun)).is_some()
        });
        nouns
    }

    /// The nouns in apposition to a word, and those joined to them.
    fn with_more(&self, head: usize) -> impl Iterator<Item = usize> {
        let reading = self.walk.reading;
        let beside = move |word: usize| {
            reading
                .children(word)
                .filter(move |child| matches!(reading.dep(*child), "appos" | "conj") && *child > word)
        };
        reading
            .children(head)
            .filter(move |child| reading.dep(*child) == "appos" && *child > head)
            .flat_map(move |noun| std::iter::once(noun).chain(beside(noun)))
    }

    /// "A committee chaired by Ana Ruiz": the noun that is the verb of an office.
    fn agent_of(&self, i: usize) -> Option<&'static str> {
        let walk = self.walk;
        let reading = walk.reading;
        let by = reading.head(walk.found[i].head);
        let verb = reading.head(by);
        let told = reading.dep(walk.found[i].head) == "pobj"
            && reading.lower(by) == "by"
            && reading.tag(verb) == "VBN"
            && walk.lexicon.is_role_verb(&reading.lemma(verb));
        walk.lexicon.person(&reading.lemma(verb)).filter(|_| told).map(|noun| noun.family)
    }

    /// "Ana Ruiz chairs the council": the noun that is the verb of an office.
    fn leads(&self, i: usize) -> Option<&'static str> {
        let reading = self.walk.reading;
        let head = self.walk.found[i].head;
        let verb = reading.head(head);
        let lemma = reading.lemma(verb);
        let object = || reading.children(verb).any(|child| reading.dep(child) == "dobj" && child > verb);
        let told = reading.dep(head) == "nsubj"
            && matches!(reading.tag(verb), "VBZ" | "VBD" | "VBN")
            && self.walk.lexicon.is_office(&lemma)
            && !reading.in_marks(head)
            && object();
        self.walk.lexicon.person(&lemma).filter(|_| told).map(|noun| noun.family)
    }

    /// "Who grows melons": the noun for one who does so, and what it is done to.
    fn doer(&self, i: usize) -> Option<(String, Vec<String>)> {
        let walk = self.walk;
        let reading = walk.reading;
        let who = walk.found[i].head;
        let verb = reading.head(who);
        let told = reading.tag(who) == "WP"
            && reading.dep(who) == "nsubj"
            && reading.dep(verb) == "relcl"
            && reading.tag(verb).starts_with("VB");
        if !told {
            return None;
        }
        let lemma = reading.lemma(verb);
        let noun =
            |noun: String| walk.lexicon.person(&noun).map(|person| person.family).filter(|it| *it != "-");
        let family =
            noun(format!("{}er", lemma.trim_end_matches('e'))).or_else(|| noun(format!("{lemma}or")))?;
        let objects = reading.children(verb).filter(|child| reading.dep(*child) == "dobj");
        Some((family.to_owned(), objects.map(|object| walk.names.fold(&reading.lemma(object))).collect()))
    }

    /// "Ana Ruiz, 52, said", "52-year-old Ana Ruiz".
    fn age_beside(&self, i: usize) -> Option<String> {
        let reading = self.walk.reading;
        let found = &self.walk.found[i];
        let number = |token: usize| {
            let text = reading.tokens.get(token).map(|_| reading.text(token))?;
            (text.len() <= 3 && text.parse::<u8>().is_ok()).then(|| text.to_owned())
        };
        let after = || {
            let mark = |token: usize, marks: &[&str]| {
                reading.tokens.get(token).is_some() && marks.contains(&reading.text(token))
            };
            let comma = mark(found.end, &[","]) && mark(found.end + 2, &[",", "."]);
            let bracket = mark(found.end, &["("]) && mark(found.end + 2, &[")"]);
            (comma || bracket).then(|| number(found.end + 1))?
        };
        let before = || {
            let old = found.first.checked_sub(1).filter(|old| reading.text(*old) == "old")?;
            number(old.checked_sub(4)?)
        };
        after().or_else(before)
    }

    /// "Ana Ruiz, 52, came. The 52-year-old said": the one person of that age.
    pub(super) fn same_age(&self, i: usize) -> Option<(usize, usize, By)> {
        let age = self.age_told(i)?;
        let gender = self.walk.found[i].gender;
        let mut aged = self.recent.iter().copied().filter(|actor| {
            let known = &self.done.actors[*actor];
            known.age.as_deref() == Some(age) && known.gender.agrees(gender)
        });
        let one = aged.next().filter(|_| aged.next().is_none())?;
        Some((one, self.last[one]?, By::rule("mention.same-age")))
    }

    /// The age that a description tells: "the 52-year-old".
    pub(super) fn age_told(&self, i: usize) -> Option<&str> {
        let reading = self.walk.reading;
        let found = &self.walk.found[i];
        let old = (found.first..found.end).find(|token| reading.text(*token) == "old")?;
        let number = old.checked_sub(4)?;
        (reading.text(old - 2) == "year").then(|| reading.text(number))
    }
}
