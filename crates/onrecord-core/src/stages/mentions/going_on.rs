//! Finds by rule who goes on speaking: whom "she" and "it" mean that say something, where the sentences before tell.

use std::ops::Range;

use super::candidates::{Candidate, Scene, is_subject};
use super::lexicon::Gender;
use super::ranker::AnaphorKind;
use super::{ActorKind, MentionKind};

impl Scene<'_> {
    /// The speaker who goes on: "Ruiz called it a lie. She added": one who says something, after one who did, with no other
    /// subject in between that the pronoun may stand for.
    pub(super) fn same_speaker(&self, i: usize) -> Option<Candidate> {
        const PARAGRAPHS: usize = 2;
        let reading = self.reading;
        let pronoun = &self.found[i];
        let actor = self.speaker?;
        let candidate = Candidate { actor, mention: self.last[actor]? };
        let says = |head: usize| self.says(head);
        let fits = says(pronoun.head)
            && self.compatible(pronoun, AnaphorKind::Person, candidate)
            && self.actors[actor].kind == ActorKind::Person
            && !self.speaks_of(i, actor);
        let said = (0..i).rev().take_while(|other| {
            let head = self.found[*other].head;
            reading.paragraph(head) + PARAGRAPHS >= reading.paragraph(pronoun.head)
        });
        let mut subjects = said.filter(|other| {
            let found = &self.found[*other];
            !reading.in_marks(found.head)
                && (is_subject(reading.dep(found.head)) || reading.is_according(found.head))
                && reading.sentence(found.head) != reading.sentence(pronoun.head)
                && !self.is_reported(found.head)
                && matches!(found.actor, ActorKind::Person | ActorKind::Unknown)
                && found.gender.agrees(pronoun.gender)
                && self.links[*other].is_none_or(|other| self.actors[other].gender.agrees(pronoun.gender))
        });
        let last = subjects.next().filter(|_| fits)?;
        let said = says(self.found[last].head) || reading.is_according(self.found[last].head);
        // "Ruiz won, hours after her opponent asked for a recount. She said": the opponent is only told of beside her.
        let aside = self.actors[actor].name.is_none()
            && matches!(reading.dep(reading.head(self.found[last].head)), "advcl" | "relcl" | "acl");
        if aside {
            return None;
        }
        (self.links[last] == Some(actor) && said).then_some(candidate)
    }

    /// "The lawyer asked Ana Ruiz whether she knew. She said": who was asked answers.
    pub(super) fn asked(&self, i: usize) -> Option<Candidate> {
        let reading = self.reading;
        let here = self.found[i].head;
        let says = self.says(here);
        let before = reading.sentence(here).checked_sub(1).filter(|_| says)?;
        let asked = |other: &usize| {
            let head = self.found[*other].head;
            let verb = reading.head(head);
            reading.sentence(head) == before
                && matches!(reading.dep(head), "dobj" | "dative")
                && !reading.in_marks(head)
                && reading.lemma(verb) == "ask"
                && reading.children(verb).any(|child| reading.dep(child) == "ccomp")
        };
        let near = (0..i).rev().take_while(|other| reading.sentence(self.found[*other].head) >= before);
        let mention = near.into_iter().find(asked)?;
        let candidate = Candidate { actor: self.links[mention]?, mention };
        let person = self.actors[candidate.actor].kind == ActorKind::Person;
        (person && self.compatible(&self.found[i], AnaphorKind::Person, candidate)).then_some(candidate)
    }

    /// "Bo Ruiz, the challenger, had eaten nothing, he said, but ice": who is new in the story speaks of himself.
    pub(super) fn speaks_of_himself(&self, i: usize) -> Option<Candidate> {
        let reading = self.reading;
        let pronoun = &self.found[i];
        let here = pronoun.head;
        let says = self.says(here);
        let aside = here.checked_sub(1).is_some_and(|comma| reading.text(comma) == ",");
        let start = reading.sentences.get(reading.sentence(here)).filter(|_| says && aside)?.tokens().start;
        let opens = start == 0 || reading.paragraph(start - 1) != reading.paragraph(start);
        let mention = self.found.partition_point(|found| found.first < start);
        let name = self.found.get(mention).filter(|name| opens && name.first == start && mention < i)?;
        let candidate = Candidate { actor: self.links[mention]?, mention };
        // "Bo Ruiz had called him, he said": another one speaks.
        let other = self.found[mention + 1..i]
            .iter()
            .any(|other| other.kind == MentionKind::Pronoun && other.gender == pronoun.gender);
        let new = !(0..mention).any(|other| self.links[other] == Some(candidate.actor));
        let fits = name.kind == MentionKind::Name
            && reading.words(name.first, name.end) > 1
            && new
            && !other
            && reading.dep(name.head) == "nsubj"
            && self.actors[candidate.actor].kind == ActorKind::Person
            && self.compatible(pronoun, AnaphorKind::Person, candidate);
        fits.then_some(candidate)
    }

    /// "Anton hit back. “I never did,” he said": whom the sentence before was about, where it names one.
    pub(super) fn told_of(&self, i: usize) -> Option<Candidate> {
        let reading = self.reading;
        let here = self.found[i].head;
        let sentence = self.sentence_before(i)?;
        let quotes = reading.quotes(here);
        let apart = reading.paragraph(here) - reading.paragraph(sentence.start);
        if !quotes && apart > 0 {
            return None;
        }
        let whole = || {
            sentence.start == 0 || reading.paragraph(sentence.start - 1) != reading.paragraph(sentence.start)
        };
        if apart > 1 || apart == 1 && !reading.in_body(sentence.start) {
            return None;
        }
        let subject = |other: &usize| {
            let head = self.found[*other].head;
            // "Her co-star, Bo Ruiz, joined in."
            let found = &self.found[*other];
            let full = found.kind == MentionKind::Name && found.end - found.first > 1;
            let named = reading.dep(head) == "appos" && full;
            let head = if named { reading.head(head) } else { head };
            let verb = reading.head(head);
            sentence.contains(&head)
                && reading.dep(head) == "nsubj"
                && reading.dep(verb) == "ROOT"
                && !reading.in_marks(head)
                && (self.found[*other].kind == MentionKind::Name
                    || apart == 1 && whole() && self.found[*other].kind == MentionKind::Nominal)
        };
        let mention = (0..i).rev().find(subject)?;
        let candidate = Candidate { actor: self.links[mention]?, mention };
        self.may_speak(i, candidate).then_some(candidate)
    }

    /// The tokens of the sentence before a pronoun that says something, where its own sentence is of nobody yet.
    fn sentence_before(&self, i: usize) -> Option<Range<usize>> {
        let reading = self.reading;
        let here = self.found[i].head;
        let says = self.says(here);
        let before = reading.sentence(here).checked_sub(1).filter(|_| says && !self.is_begun(i))?;
        Some(reading.sentences.get(before)?.tokens()).filter(|sentence| !sentence.is_empty())
    }

    /// Whether a candidate is a named person for whom a pronoun that says something may stand.
    fn may_speak(&self, i: usize, candidate: Candidate) -> bool {
        let known = &self.actors[candidate.actor];
        known.kind == ActorKind::Person
            && known.name.is_some()
            && self.compatible(&self.found[i], AnaphorKind::Person, candidate)
            && !self.speaks_of(i, candidate.actor)
    }

    /// Whether a pronoun's own sentence is of a person before it: "Ruiz said that it was late, but he said", though not "If Ruiz
    /// wins, he said".
    fn is_begun(&self, i: usize) -> bool {
        let reading = self.reading;
        let here = reading.sentence(self.found[i].head);
        (0..i).rev().take_while(|other| reading.sentence(self.found[*other].head) >= here).any(|other| {
            let found = &self.found[other];
            found.kind != MentionKind::Pronoun
                && matches!(found.actor, ActorKind::Person | ActorKind::Unknown)
                && is_subject(reading.dep(found.head))
                && (self.speaks(found.head) || reading.dep(reading.head(found.head)) == "ROOT")
                && !reading.in_marks(found.head)
        })
    }

    /// "A petition of Mrs Ruiz had 900 names. “It is a start,” she said": the one person whom the sentence before names, where
    /// no person is its subject.
    pub(super) fn only_named(&self, i: usize) -> Option<Candidate> {
        let reading = self.reading;
        let pronoun = &self.found[i];
        let sentence = self.sentence_before(i)?;
        let near = reading.in_body(sentence.start)
            && reading.paragraph(sentence.start) + 1 >= reading.paragraph(pronoun.head)
            && !reading.quotes(sentence.start);
        let before = reading.sentence(sentence.start);
        let mut people = (0..i)
            .rev()
            .take_while(|other| reading.sentence(self.found[*other].head) >= before)
            .filter(|other| near && sentence.contains(&self.found[*other].head))
            .filter(|other| {
                let kind =
                    self.links[*other].map_or(self.found[*other].actor, |actor| self.actors[actor].kind);
                matches!(kind, ActorKind::Person | ActorKind::Unknown)
            });
        let mention = people.next()?;
        let actor = self.links[mention]?;
        let alone = people.all(|other| self.links[other] == Some(actor));
        let candidate = Candidate { actor, mention };
        let fits = alone
            && self.found[mention].kind == MentionKind::Name
            && self.actors[actor].gender == pronoun.gender
            && !is_subject(reading.dep(self.found[mention].head))
            && self.may_speak(i, candidate);
        fits.then_some(candidate)
    }

    /// Whether a subject stands in what somebody is reported to say: "said that he was tired".
    fn is_reported(&self, subject: usize) -> bool {
        const DEEPEST: usize = 6;
        let reading = self.reading;
        let mut verb = reading.head(subject);
        for _ in 0..DEEPEST {
            let above = reading.head(verb);
            if above == verb {
                return false;
            }
            if reading.dep(verb) == "ccomp" && self.lexicon.is_speech(&reading.lemma(above)) {
                return true;
            }
            verb = above;
        }
        false
    }

    /// The body that goes on: "The centre said so. It added".
    pub(super) fn same_body(&self, i: usize) -> Option<Candidate> {
        const PARAGRAPHS: usize = 1;
        let reading = self.reading;
        let here = self.found[i].head;
        let says = |head: usize| self.says(head);
        let actor = self.speaker.filter(|actor| {
            says(here) && reading.lower(here) == "it" && self.actors[*actor].kind == ActorKind::Organisation
        })?;
        let subject = |other: &usize| {
            let head = self.found[*other].head;
            !reading.in_marks(head)
                && (is_subject(reading.dep(head)) && !self.is_reported(head) || reading.is_according(head))
                && reading.dep(reading.head(head)) != "relcl"
                && reading.sentence(head) < reading.sentence(here)
        };
        let last = (0..i).rev().find(subject)?;
        let near = reading.paragraph(self.found[last].head) + PARAGRAPHS >= reading.paragraph(here);
        (near && self.links[last] == Some(actor)).then_some(Candidate { actor, mention: last })
    }

    /// "Olmo Marine closed the yard. In a letter it blamed the weather.", "lodged a protest in which it called for …": the body
    /// that the sentence before, or the clause around, is about.
    pub(super) fn issuer(&self, i: usize) -> Option<Candidate> {
        let reading = self.reading;
        let here = self.found[i].head;
        let says = self.says(here);
        let start = reading.sentences.get(reading.sentence(here))?.tokens().start;
        let front: Vec<&str> = (start..here).map(|token| reading.lower(token)).collect();
        let opens = matches!(front.first(), Some(&("in" | "on" | "by"))) && front.len() > 2;
        let medium = opens && (start..here).any(|token| self.lexicon.is_read(&reading.lemma(token)));
        let inside = front.ends_with(&["in", "which"]);
        if !says || reading.lower(here) != "it" || !(medium || inside) {
            return None;
        }
        let sentence = reading.sentence(here) - usize::from(medium && !inside);
        let subject = |other: &usize| {
            let head = self.found[*other].head;
            let main = reading.dep(reading.head(head)) == "ROOT" || reading.dep(head) == "attr";
            reading.sentence(head) == sentence
                && reading.paragraph(head) == reading.paragraph(here)
                && !reading.in_marks(head)
                && is_subject(reading.dep(head))
                && main
        };
        let subject = (0..i).rev().find(subject)?;
        // "His team, Olmo Racing, …", and a body that the model takes for somebody.
        let beside = |other: &usize| {
            let name = &self.found[*other];
            name.kind == MentionKind::Name
                && reading.dep(name.head) == "appos"
                && reading.head(name.head) == self.found[subject].head
        };
        let body = |mention: usize| {
            let actor = self.links[mention]?;
            let known = &self.actors[actor];
            let person = known.kind == ActorKind::Person && known.gender != Gender::Unknown;
            let named = known.name.is_some() && !person && known.kind != ActorKind::Group;
            (named || known.kind == ActorKind::Organisation).then_some(Candidate { actor, mention })
        };
        body(subject).or_else(|| body((subject + 1..i).find(beside)?))
    }
}
