//! Finds the actor that a description stands for: "the commander", "the company".

use super::actors::Actor;
use super::candidates::is_subject;
use super::labels::labels_turn;
use super::lexicon::{Gender, PersonClass};
use super::resolve::{IN_MIND, State};
use super::roles::family;
use super::{ActorKind, MentionKind, nominals};
use crate::By;

/// What a description asks of an actor.
pub(super) struct Asked {
    pub(super) family: String,
    pub(super) lemma: String,
    pub(super) modifiers: Vec<String>,
}

impl State<'_> {
    pub(super) fn asked(&self, i: usize) -> Asked {
        let walk = self.walk;
        let found = &walk.found[i];
        let lemma = nominals::head_lemma(walk.reading, found.head);
        let family = family(walk.reading, walk.lexicon, found.head);
        let end = nominals::phrase_end(walk.reading, found.head);
        // Of "the head of state" there is one.
        let end = if lemma == "head" && family != "head" { found.end } else { end };
        let modifiers = (found.first..found.head)
            .chain(found.end..end)
            .filter(|token| !walk.reading.tells_origin(*token))
            .filter(|token| {
                !matches!(
                    walk.reading.tag(*token),
                    "DT" | "POS" | "HYPH" | "''" | "PDT" | "CD" | "IN" | "PRP$"
                )
            })
            .map(|token| walk.names.fold(walk.reading.text(token)))
            .filter(|word| !word.is_empty() && !walk.lexicon.is_common_modifier(word))
            .collect();
        Asked { family, lemma: lemma.into_owned(), modifiers }
    }

    /// "Her coach, the former champion Peder Olmo": a description beside another that stands beside a name.
    pub(super) fn described_again(&self, i: usize) -> Option<(usize, usize, By)> {
        let walk = self.walk;
        let reading = walk.reading;
        let found = &walk.found[i];
        if found.actor != ActorKind::Person || found.plural {
            return None;
        }
        let name = reading.children(found.head).filter(|child| reading.dep(*child) == "appos").find_map(
            |child| {
                let other = walk.at[child]?;
                walk.beside[other].filter(|_| walk.found[other].kind == MentionKind::Nominal)
            },
        )?;
        Some((self.done.links[name]?, name, By::rule("mention.apposition")))
    }

    /// Whether a description is of somebody already known: "the commander", "Iran's president", "President".
    pub(super) fn is_definite(&self, i: usize) -> bool {
        let reading = self.walk.reading;
        let found = &self.walk.found[i];
        let first = reading.tokens[found.first].norm.as_str();
        match first {
            "the" | "this" | "that" | "these" | "those" => true,
            "a" | "an" | "another" | "some" | "one" | "any" | "no" | "each" | "every" => false,
            _ if nominals::is_honour(reading, self.walk.lexicon, found.head) => true,
            _ if reading.tag(found.first) == "PRP$" => self.is_only_relative(i),
            _ => {
                let owner = (found.first..found.head).any(|token| reading.dep(token) == "poss");
                // "He had not been asked, counsel said."
                let bare = found.first == found.head && reading.tag(found.head) == "NN";
                owner
                    || bare && self.says(found.head)
                    || self.is_turn_label(i)
                    || reading.capital(found.head) && reading.tag(found.head) == "NNP"
            }
        }
    }

    /// "Her husband, Bo Ruiz" and, further on, "her husband": of relatives of one kind only one has a name, and so of
    /// counterparts.
    fn is_only_relative(&self, i: usize) -> bool {
        let lexicon = self.walk.lexicon;
        let asked = self.asked(i);
        let kin = lexicon.person(&asked.lemma).is_some_and(|noun| noun.class == PersonClass::Kin)
            || lexicon.is_opposite(&asked.lemma);
        let holds = |actor: &&Actor| actor.families.contains(&asked.family);
        let mut relatives = self.done.actors.iter().filter(holds);
        let here = self.walk.found[i].span.start;
        let told = |one: &Actor| one.name.is_some() && one.office.is_some_and(|office| office.start < here);
        kin && relatives.next().is_some_and(told) && relatives.next().is_none()
    }

    /// The actor, spoken of before, that holds the office of a description.
    pub(super) fn same_office(&self, i: usize) -> Option<(usize, usize, By)> {
        /// The holder of the same office spoken of before that must be this many sentences further back.
        const APART: usize = 3;
        if !self.is_definite(i) {
            return None;
        }
        let asked = self.asked(i);
        let mut best: Option<(f32, usize)> = None;
        let mut second: Option<(f32, usize)> = None;
        for actor in self.recent.iter().rev().take(IN_MIND) {
            let Some(score) = self.holds(*actor, i, &asked).filter(|_| self.is_of_story(*actor)) else {
                continue;
            };
            if best.is_none_or(|(top, _)| score > top) {
                second = best;
                best = Some((score, *actor));
            } else if second.is_none_or(|(top, _)| score > top) {
                second = Some((score, *actor));
            }
        }
        let (score, actor) = best?;
        let seen = |actor: usize| {
            self.last[actor].map(|last| self.walk.reading.sentence(self.walk.found[last].head))
        };
        let named = |actor: usize| self.done.actors[actor].name.is_some();
        if let Some((other_score, other)) = second
            && other_score >= score
            && named(other)
            && seen(other).map(|sentence| sentence + APART) >= seen(actor)
        {
            return None;
        }
        let antecedent = self.last[actor]?;
        Some((actor, antecedent, By::rule("mention.same-office").knew("office", asked.family)))
    }

    /// Whether an actor was last spoken of in the story, or is a person: the agency of the dateline is none of its bodies.
    fn is_of_story(&self, actor: usize) -> bool {
        let reading = self.walk.reading;
        let told = |last: usize| {
            let head = self.walk.found[last].head;
            reading.in_body(head) || reading.in_summary(head)
        };
        self.done.actors[actor].kind != ActorKind::Organisation || self.last[actor].is_none_or(told)
    }

    /// How well an actor fits a description; `None` when it does not.
    fn holds(&self, actor: usize, i: usize, asked: &Asked) -> Option<f32> {
        const OFFICE: f32 = 3.0;
        const MODIFIER: f32 = 1.5;
        const STRANGE_MODIFIER: f32 = 2.0;
        const STRANGE_PLACE: f32 = 0.5;
        const NAMED_HOLDER: f32 = 0.5;
        const ENOUGH: f32 = 2.5;
        let found = &self.walk.found[i];
        let known = &self.done.actors[actor];
        let same_kind =
            known.kind == found.actor || known.kind == ActorKind::Unknown && found.actor == ActorKind::Person;
        if !same_kind || known.plural != found.plural || !known.gender.agrees(found.gender) {
            return None;
        }
        if self.is_past(i) && !known.described.iter().any(|word| self.walk.lexicon.is_past(word)) {
            return None;
        }
        let called = |word: &String| self.walk.lexicon.may_be_called(&asked.lemma, word);
        let in_name = known.kind == ActorKind::Organisation
            && (known.words.contains(&asked.lemma)
                || !known.place
                    && [known.words.first(), known.words.last()].into_iter().flatten().any(called));
        let holds = known.families.contains(&asked.family) || in_name;
        let generic =
            self.walk.lexicon.is_generic(&asked.lemma) && !known.families.is_empty() && !known.plural;
        let named = if known.name.is_some() { NAMED_HOLDER } else { 0.0 };
        let mut score = match (holds, generic) {
            (true, _) => OFFICE + named,
            (false, true) => 1.0,
            (false, false) => return None,
        };
        // "The Norvale institute", of the one Institute of Botany.
        let place = |word: &String| {
            let reading = self.walk.reading;
            let proper = |token: usize| reading.is_place(token) || reading.tag(token) == "NNP";
            let another = |other: &Actor| !other.place && other.words.len() > 1 && other.words.contains(word);
            let others = || self.done.actors.iter().any(another);
            let told = (found.first..found.head)
                .any(|token| proper(token) && self.walk.names.fold(reading.text(token)) == *word);
            told && !others()
        };
        let only = || {
            let alike = |other: &&Actor| other.words.contains(&asked.lemma) && other.name.is_some();
            in_name && self.done.actors.iter().filter(alike).count() == 1
        };
        for word in &asked.modifiers {
            score += match known.described.contains(word) {
                true => MODIFIER,
                false if place(word) && only() => -STRANGE_PLACE,
                false => -STRANGE_MODIFIER,
            };
        }
        (score >= ENOUGH).then_some(score)
    }

    /// Whether a description tells what somebody was: "the former mayor".
    pub(super) fn is_past(&self, i: usize) -> bool {
        let found = &self.walk.found[i];
        (found.first..found.head).any(|token| self.walk.lexicon.is_past(self.walk.reading.lower(token)))
    }

    /// "CHAIR:", "Chair:" at the start of a line.
    fn is_turn_label(&self, i: usize) -> bool {
        let reading = self.walk.reading;
        let found = &self.walk.found[i];
        let colon = reading.tokens.get(found.end).is_some_and(|after| after.lemma == ":");
        colon && reading.is_in_capitals(found.head) || labels_turn(reading, found)
    }

    /// "CHAIR:" and, further down, "CHAIR:": of one transcript one label is one voice.
    pub(super) fn same_label(&self, i: usize) -> Option<(usize, usize, By)> {
        let reading = self.walk.reading;
        let words = |mention: usize| {
            let found = &self.walk.found[mention];
            labels_turn(reading, found).then(|| reading.doc.words(found.span))
        };
        let label = words(i)?;
        let nominal = |other: &usize| self.walk.found[*other].kind == MentionKind::Nominal;
        let same = (0..i).rev().filter(nominal).find(|other| words(*other) == Some(label))?;
        Some((self.done.links[same]?, same, By::rule("mention.repeated")))
    }

    /// The same description, word for word, in the headline or deck.
    pub(super) fn repeated(&self, i: usize) -> Option<(usize, usize, By)> {
        const WORDS: usize = 3;
        const BACK: usize = 60;
        let found = &self.walk.found[i];
        if found.end - found.first < WORDS {
            return None;
        }
        let words = self.walk.names.fold(self.walk.reading.doc.words(found.span));
        let same = (i.saturating_sub(BACK)..i).rev().find(|other| {
            let earlier = &self.walk.found[*other];
            earlier.kind == MentionKind::Nominal
                && earlier.end - earlier.first == found.end - found.first
                && self.walk.reading.is_summary(earlier.head, found.head)
                && self.walk.names.fold(self.walk.reading.doc.words(earlier.span)) == words
        })?;
        Some((self.done.links[same]?, same, By::rule("mention.repeated")))
    }

    /// Whether a word is the subject of a verb of saying in the story.
    pub(super) fn says(&self, head: usize) -> bool {
        let reading = self.walk.reading;
        !reading.quoted(head)
            && (is_subject(reading.dep(head)) || self.is_inverted(head))
            && self.walk.lexicon.is_speech(&reading.lemma(reading.head(head)))
    }

    /// "“…,” laughed the baker": the parse takes who says it for the object of a verb without a subject.
    fn is_inverted(&self, head: usize) -> bool {
        let reading = self.walk.reading;
        let verb = reading.head(head);
        let subject = || reading.children(verb).any(|child| is_subject(reading.dep(child)));
        let quoted = || (verb.saturating_sub(2)..verb).any(|token| reading.quoted(token));
        matches!(reading.dep(head), "dobj" | "attr")
            && nominals::phrase_start(reading, head) == verb + 1
            && quoted()
            && !subject()
    }

    /// "Ruiz has resigned. “I am tired,” the 41-year-old said": what tells no office is said of whom the story has been
    /// speaking; an office, of who speaks in the same paragraph.
    pub(super) fn epithet(&self, i: usize) -> Option<(usize, usize, By)> {
        let walk = self.walk;
        let reading = walk.reading;
        let found = &walk.found[i];
        let told = nominals::is_epithet(reading, walk.lexicon, found.head)
            || nominals::tells_age(reading, found.first, found.head);
        let acts = told && !reading.in_marks(found.head);
        let the = reading.tokens[found.first].norm == "the" && (acts || self.says(found.head));
        let whole = told || nominals::phrase_end(reading, found.head) == found.end;
        if found.actor != ActorKind::Person || !the || !whole {
            return None;
        }
        let asked = self.asked(i);
        let main = |head: usize| {
            told || self.says(head) || matches!(reading.dep(reading.head(head)), "ROOT" | "conj")
        };
        let (actor, antecedent) = self.last_subject(i, &main)?;
        let known = &self.done.actors[actor];
        if !told && self.is_elsewhere(i, known) {
            return None;
        }
        let apart = reading.paragraph(found.head) - reading.paragraph(walk.found[antecedent].head);
        let own = known.families.contains(&asked.family);
        let near = if told || own {
            apart <= 1
        } else {
            let here = apart == 0 && reading.quotes(found.head);
            let life = || apart <= 1 && self.tells_life(i, known) && !self.is_named_next(i);
            // "The left-hander" is in no list: nobody whose office is told.
            let listed = walk.lexicon.person(&asked.lemma);
            if listed.is_none() && known.office.is_some() {
                return None;
            }
            match listed.map_or(PersonClass::Trade, |noun| noun.class) {
                PersonClass::Trade => {
                    apart == 0
                        || apart == 1 && (reading.quotes(found.head) || self.is_main(i, actor))
                        || life()
                }
                PersonClass::Office | PersonClass::Kin => here || life(),
            }
        };
        // "The witness" is nobody's trade: somebody with an office is no such person.
        let scene = walk.lexicon.is_of_scene(&asked.lemma) && known.office.is_some();
        let other = |(index, held): (usize, &Actor)| index != actor && held.families.contains(&asked.family);
        let fits = known.kind == ActorKind::Person
            && known.name.is_some()
            && known.gender.agrees(found.gender.or(self.gender_in_front(i)))
            && !scene
            && (told || self.is_past(i) || !self.done.actors.iter().enumerate().any(other))
            && !self.is_named_nearby(i);
        (near && fits).then(|| (actor, antecedent, By::rule("mention.epithet")))
    }

    /// Whether a description is of a country or town that nothing tells of an actor with an office: "the Tavian president" is no
    /// "President Ana Ruiz".
    pub(super) fn is_elsewhere(&self, i: usize, known: &Actor) -> bool {
        let walk = self.walk;
        let found = &walk.found[i];
        let strange = |token: usize| !known.described.contains(&walk.names.fold(walk.reading.text(token)));
        known.office.is_some()
            && (found.first..found.head)
                .filter(|token| walk.reading.is_place(*token) && !walk.reading.tells_origin(*token))
                .any(strange)
    }

    /// Whether a description tells of somebody's life, as no office does that the reader is to know: "the former champion",
    /// "the roofer from Norvale", "the Labour councillor" of one of whom no office is told.
    fn tells_life(&self, i: usize, known: &Actor) -> bool {
        let walk = self.walk;
        let reading = walk.reading;
        let found = &walk.found[i];
        let between = || found.first + 1..found.head;
        let past = || between().any(|token| walk.lexicon.is_common_modifier(reading.lower(token)));
        let from = || {
            known.office.is_none() && between().any(|token| reading.is_place(token))
                || between().any(|token| reading.tells_origin(token))
        };
        let trade = walk.lexicon.person(&nominals::head_lemma(reading, found.head));
        let trade = trade.is_some_and(|noun| noun.class == PersonClass::Trade);
        self.says(found.head) && (past() || from() || trade && !between().is_empty())
    }

    /// The gender of a possessive in what stands in front of a subject: "From his bed, the baker said".
    fn gender_in_front(&self, i: usize) -> Gender {
        let reading = self.walk.reading;
        let found = &self.walk.found[i];
        let verb = reading.head(found.head);
        let front = reading.left_edge(verb)..found.first;
        let told =
            front.filter(|token| !reading.quoted(*token)).find_map(|token| match reading.lower(token) {
                "his" => Some(Gender::Male),
                "her" => Some(Gender::Female),
                _ => None,
            });
        told.filter(|_| is_subject(reading.dep(found.head))).unwrap_or_default()
    }

    /// Whether a description says something where the story is about an actor: no other person has been named oftener.
    fn is_main(&self, i: usize, actor: usize) -> bool {
        let person = |other: usize| self.done.actors[other].kind == ActorKind::Person;
        let others = (0..self.count.len()).filter(|other| *other != actor && person(*other));
        self.says(self.walk.found[i].head)
            && !self.is_named_next(i)
            && others.map(|other| self.count[other]).max() < Some(self.count[actor])
    }

    /// The last person who was the subject of such a clause of the story, in an earlier sentence.
    fn last_subject(&self, i: usize, clause: &dyn Fn(usize) -> bool) -> Option<(usize, usize)> {
        const NEAR: usize = 40;
        let walk = self.walk;
        let reading = walk.reading;
        let here = reading.sentence(walk.found[i].head);
        let subject = |other: &usize| {
            let head = walk.found[*other].head;
            !reading.in_marks(head)
                && is_subject(reading.dep(head))
                && !reading.tag(head).starts_with('W')
                && clause(head)
                && reading.dep(reading.head(head)) != "relcl"
                && !self.is_told(head)
                && reading.sentence(head) < here
        };
        let person = |other: &usize| {
            let actor = self.done.links[*other].map(|actor| self.done.actors[actor].kind);
            matches!(actor.unwrap_or(walk.found[*other].actor), ActorKind::Person)
        };
        let last = (i.saturating_sub(NEAR)..i).rev().find(|other| subject(other) && person(other))?;
        Some((self.done.links[last].filter(|_| self.done.sure[last])?, last))
    }

    /// "The prize went to Ana Ruiz. The 71-year-old": an age at the start of a sentence is of the one person named in the last.
    pub(super) fn aged(&self, i: usize) -> Option<(usize, usize, By)> {
        let walk = self.walk;
        let reading = walk.reading;
        let found = &walk.found[i];
        let aged =
            nominals::is_aged(reading, found.head) || nominals::tells_age(reading, found.first, found.head);
        let told = aged
            && is_subject(reading.dep(found.head))
            && reading.tokens[found.first].norm == "the"
            && !reading.in_marks(found.head);
        let before = reading.sentence(found.head).checked_sub(1).filter(|_| told)?;
        let opens = reading
            .sentences
            .get(before)
            .is_some_and(|sentence| sentence.paragraph.index() < reading.paragraph(found.head));
        let last = (0..i)
            .rev()
            .take_while(|other| reading.sentence(walk.found[*other].head) >= before)
            .filter(|other| {
                let paragraph = reading.paragraph(walk.found[*other].head);
                paragraph == reading.paragraph(found.head) || opens
            });
        let mut people = last.filter(|other| {
            let kind = walk.found[*other].actor;
            kind == ActorKind::Person
                && walk.found[*other].kind != MentionKind::Pronoun
                && !reading.in_marks(walk.found[*other].head)
        });
        let one = people.next().filter(|one| walk.found[*one].kind == MentionKind::Name)?;
        let actor = self.done.links[one]?;
        let known = &self.done.actors[actor];
        let alone =
            people.all(|other| self.done.links[other] == Some(actor) || walk.beside[other] == Some(one));
        let fits = alone && known.age.is_none() && known.words.len() > 1 && known.gender.agrees(found.gender);
        fits.then(|| (actor, one, By::rule("mention.epithet")))
    }

    /// Whether a subject stands in what another is told to have said: "Ruiz claimed that he had spoken".
    pub(super) fn is_told(&self, subject: usize) -> bool {
        let reading = self.walk.reading;
        let verb = reading.head(subject);
        let above = reading.head(verb);
        reading.dep(verb) == "ccomp"
            && reading.children(above).any(|child| is_subject(reading.dep(child)) && child < verb)
    }

    /// Whether a named body may be called a company, a group: a ministry is no company, and a town no group.
    pub(super) fn may_be(&self, actor: usize, lemma: &str) -> bool {
        let known = &self.done.actors[actor];
        let lexicon = self.walk.lexicon;
        let of = known.words.iter().position(|word| word == "of").unwrap_or(known.words.len());
        let last = known.words[..of].last().map_or("", String::as_str);
        let told = lexicon.is_organisation(last) && !lexicon.is_generic(last) && !lexicon.is_business(last);
        let business = lexicon.is_business(lemma);
        let newspaper = business && lexicon.may_be_called("newspaper", last);
        known.kind == ActorKind::Organisation
            && known.name.is_some()
            && !known.place
            && (!told || !business)
            && !newspaper
            && (business || !lexicon.is_business(last))
    }

    /// "Ana Ruiz told the chamber so. The finance minister said": an office that nobody in the report holds, of the one
    /// person just named of whom no office is told.
    pub(super) fn just_named(&self, i: usize) -> Option<(usize, usize, By)> {
        const IN_SIGHT: usize = 2;
        let walk = self.walk;
        let found = &walk.found[i];
        let office = walk.lexicon.is_office(&nominals::head_lemma(walk.reading, found.head));
        // "The skipper of the Good Hope" is somebody of his own.
        let whole = nominals::phrase_end(walk.reading, found.head) == found.end;
        let the = walk.reading.tokens[found.first].norm == "the" && office && whole;
        let subject = is_subject(walk.reading.dep(found.head));
        if found.actor != ActorKind::Person || !the || !subject || walk.reading.quoted(found.head) {
            return None;
        }
        let asked = self.asked(i);
        let holds = |actor: &Actor| {
            actor.families.contains(&asked.family)
                && (actor.name.is_none() || asked.modifiers.iter().all(|word| actor.described.contains(word)))
        };
        if self.done.actors.iter().any(holds) || self.is_named_nearby(i) || self.is_named_next(i) {
            return None;
        }
        let here = walk.reading.sentence(found.head);
        let mut people = self.recent.iter().rev().filter_map(|actor| {
            let last = self.last[*actor]?;
            let known = &self.done.actors[*actor];
            let near = walk.reading.sentence(walk.found[last].head) + IN_SIGHT >= here
                && walk.reading.sentence(walk.found[last].head) < here;
            let fits = known.kind == ActorKind::Person
                && known.office.is_none()
                && walk.reading.in_body(walk.found[last].head)
                && known.name.is_some()
                && known.words.len() > 1
                && known.families.is_empty()
                && known.gender.agrees(found.gender);
            (near && fits).then_some((*actor, last))
        });
        // "DI Olmo praised Miss Strand. The detective said": one with a rank is the officer.
        let ranked = |(actor, last): &(usize, usize)| {
            self.done.actors[*actor].rank.is_some() && is_subject(walk.reading.dep(walk.found[*last].head))
        };
        if asked.family == "officer"
            && let Some((actor, antecedent)) = people.clone().find(ranked)
        {
            return Some((actor, antecedent, By::rule("mention.just-named")));
        }
        let (actor, antecedent) = people.next()?;
        let sentence = |mention: usize| walk.reading.sentence(walk.found[mention].head);
        let spoke = is_subject(walk.reading.dep(walk.found[antecedent].head));
        // One with a rank speaks: "Sgt Ana Ruiz found it. The detective said".
        let ranked = self.done.actors[actor].rank.is_some();
        let alone = people.next().is_none_or(|(_, other)| ranked && sentence(other) < sentence(antecedent));
        // "She met Jean Moreau. The Tavian president said": of somebody from elsewhere.
        let placed = walk.reading.children(found.head).any(|child| walk.reading.is_place(child));
        (alone && (spoke || placed)).then(|| (actor, antecedent, By::rule("mention.just-named")))
    }

    /// Whether a name of a person follows a description in its own noun phrase, though the parse does not say so.
    pub(super) fn is_named_nearby(&self, i: usize) -> bool {
        const NEAR: usize = 4;
        let end = nominals::phrase_end(self.walk.reading, self.walk.found[i].head);
        let sentence = self.walk.reading.sentence(self.walk.found[i].head);
        (end..(end + NEAR).min(self.walk.at.len()))
            .take_while(|token| self.walk.reading.sentence(*token) == sentence)
            .take_while(|token| !self.walk.reading.tag(*token).starts_with("VB"))
            .any(|token| {
                self.walk.at[token].is_some_and(|other| {
                    self.walk.found[other].kind == MentionKind::Name
                        && self.walk.found[other].actor == ActorKind::Person
                })
            })
    }
}
