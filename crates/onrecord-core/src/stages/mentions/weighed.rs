//! Weighs whom a definite description means that no rule has told for certain: "the engineer", "the union".
//!
//! What is told of an actor may speak against it ([`State::may_mean`]); among the others the ranker chooses, which sees what
//! rules of thumb propose.

use super::actors::Actor;
use super::candidates::{Candidate, Row, Scene, is_subject};
use super::descriptions::Asked;
use super::lexicon::{Gender, PersonClass};
use super::ranker::{AnaphorKind, Feature, Features};
use super::resolve::{Choice, Choose, LINKED, State};
use super::{ActorKind, nominals};
use crate::Span;

/// A description is linked when the ranker gives the best candidate at least this probability: of the names given nearly nine
/// in ten are then right in the cross-validation that `docs/models/antecedents.md` tells of.
const DESCRIBED: f32 = 0.5;

/// What is known of a description when its actor is looked for.
struct Sight<'a> {
    asked: &'a Asked,
    class: Option<PersonClass>,
    /// Whose turn of a transcript it stands in.
    turn: Option<usize>,
    /// Whether more is said of it: "the skipper of the Good Hope".
    complement: bool,
    /// Whether the next sentence is about somebody who is named for the first time.
    named_next: bool,
    /// Whether a name follows in its own phrase.
    named_nearby: bool,
    /// Who holds the office that is asked for.
    holders: Vec<usize>,
    /// Whether its sentence holds a quotation.
    quotes: bool,
    /// The age that it tells, in figures.
    age: Option<&'a str>,
    /// Whom rules of thumb propose.
    just_named: Option<Candidate>,
    epithet: Option<Candidate>,
}

impl State<'_> {
    /// Whether the ranker is asked: "the engineer" in the story's own words.
    pub(super) fn is_weighed(&self, i: usize) -> bool {
        let found = &self.walk.found[i];
        let first = self.walk.reading.tokens[found.first].norm.as_str();
        matches!(found.actor, ActorKind::Person | ActorKind::Organisation)
            && !found.plural
            && matches!(first, "the" | "this" | "that")
            && !self.walk.reading.in_marks(found.head)
    }

    /// Links a description to whom the ranker chooses; tells whether it did.
    pub(super) fn weighed(&mut self, i: usize, choose: &mut Choose<'_>) -> bool {
        let person = self.walk.found[i].actor == ActorKind::Person;
        let kind = if person { AnaphorKind::Description } else { AnaphorKind::Body };
        let asked = self.asked(i);
        let sight = self.sight(i, &asked);
        let (just_named, epithet) = (sight.just_named, sight.epithet);
        let scene = self.scene(i);
        let mut candidates = scene.candidates(i, kind);
        for proposed in [just_named, epithet].into_iter().flatten() {
            if candidates.iter().all(|candidate| candidate.actor != proposed.actor) {
                candidates.push(proposed);
            }
        }
        candidates.retain(|candidate| self.may_mean(i, &sight, *candidate));
        let mut features = scene.features(i, &candidates);
        scene.describe(&mut features, i, &candidates, &sight);
        let choice = self.choice(i, kind, &candidates, features);
        let chosen =
            choose(&choice).and_then(|(place, probability)| Some((*candidates.get(place)?, probability)));
        let Some((candidate, probability)) = chosen else { return false };
        let proposes = |rule: Option<Candidate>| rule.is_some_and(|rule| rule.actor == candidate.actor);
        let (rule, enough) = match (proposes(just_named), proposes(epithet)) {
            (true, _) => ("mention.just-named", LINKED),
            (_, true) => ("mention.epithet", LINKED),
            _ => ("mention.ranker", DESCRIBED),
        };
        if probability < enough {
            return false;
        }
        self.takes_on(candidate.actor, i);
        self.ranked(i, candidate, probability, rule);
        true
    }

    /// A choice among these candidates, with the features of each and of "nobody".
    pub(super) fn choice(
        &self,
        i: usize,
        kind: AnaphorKind,
        candidates: &[Candidate],
        features: Vec<Features>,
    ) -> Choice {
        let found = self.walk.found;
        let name = |actor: usize| self.done.actors[actor].name.map(|name| found[name].span);
        Choice {
            kind,
            somebody: false,
            anaphor: found[i].head,
            heads: candidates.iter().map(|candidate| found[candidate.mention].head).collect(),
            names: candidates.iter().map(|candidate| name(candidate.actor)).collect(),
            features,
        }
    }

    fn sight<'a>(&'a self, i: usize, asked: &'a Asked) -> Sight<'a> {
        let walk = self.walk;
        let found = &walk.found[i];
        let holds = |actor: &Actor| actor.families.contains(&asked.family);
        let candidate = |rule: Option<(usize, usize, crate::By)>| {
            rule.map(|(actor, mention, _)| Candidate { actor, mention })
        };
        Sight {
            asked,
            class: walk.lexicon.person(&asked.lemma).map(|noun| noun.class),
            turn: self.turn_of(found.head),
            complement: nominals::phrase_end(walk.reading, found.head) > found.end,
            named_next: self.is_named_next(i),
            named_nearby: self.is_named_nearby(i),
            holders: (0..self.done.actors.len()).filter(|actor| holds(&self.done.actors[*actor])).collect(),
            quotes: self.walk.reading.quotes(found.head),
            age: self.age_told(i),
            just_named: candidate(self.just_named(i)),
            epithet: candidate(self.epithet(i)),
        }
    }

    /// Whether nothing that is told of an actor speaks against a description.
    fn may_mean(&self, i: usize, sight: &Sight<'_>, candidate: Candidate) -> bool {
        let reading = self.walk.reading;
        let (here, there) = (self.walk.found[i].head, self.walk.found[candidate.mention].head);
        let known = &self.done.actors[candidate.actor];
        // "Ruiz hailed the youngster": one does nothing to oneself. "RUIZ: The secretary told me": nobody speaks of himself so.
        let verb = reading.head(here);
        let one_clause = candidate.mention != i && verb == reading.head(there) && verb != here;
        if one_clause || sight.turn == Some(candidate.actor) {
            return false;
        }
        if self.walk.found[i].actor == ActorKind::Organisation {
            return known.name.is_none() || self.may_be_body(candidate.actor, &sight.asked.lemma);
        }
        // "The witness" is nobody's trade: somebody with an office is no such person.
        let scene = self.walk.lexicon.is_of_scene(&sight.asked.lemma) && known.office.is_some();
        let aged = sight.age.zip(known.age.as_deref()).is_some_and(|(told, age)| told != age);
        // "The chancellor's adviser" is no chancellor.
        let own = known.families.contains(&sight.asked.family);
        let of = !own && known.described.contains(&sight.asked.lemma);
        let office = sight.class == Some(PersonClass::Office);
        let elsewhere = self.is_elsewhere(i, known);
        !(scene || aged || of || elsewhere || office && self.is_no_holder(i, sight, candidate))
    }

    /// Whether an actor does not hold an office, as far as is told.
    fn is_no_holder(&self, i: usize, sight: &Sight<'_>, candidate: Candidate) -> bool {
        let walk = self.walk;
        let reading = walk.reading;
        let known = &self.done.actors[candidate.actor];
        // "Ana Ruiz and Ben Olmo": two of whom one may hold it.
        let there = walk.found[candidate.mention].head;
        let person =
            |token: usize| walk.at[token].is_some_and(|other| walk.found[other].actor == ActorKind::Person);
        let two = reading.dep(there) == "conj" && person(reading.head(there))
            || reading.children(there).any(|child| reading.dep(child) == "conj" && person(child));
        if two {
            return true;
        }
        if known.families.contains(&sight.asked.family) {
            // "The interior minister" is no "Finance Minister"; "the Labour councillor" may be "Cllr Ana Ruiz".
            let worded = |office: Span| reading.doc.words(office).contains(' ');
            let strange = || sight.asked.modifiers.iter().any(|word| !known.described.contains(word));
            return known.office.is_some_and(worded) && strange();
        }
        let other = |holder: &usize| {
            let held = &self.done.actors[*holder];
            held.name.is_some() && !self.is_elsewhere(i, held)
        };
        sight.named_next
            || sight.complement && known.office.is_some()
            || !self.is_past(i) && sight.holders.iter().any(other)
    }

    /// Whether a named body may be called so: a council is no ministry.
    fn may_be_body(&self, actor: usize, lemma: &str) -> bool {
        let lexicon = self.walk.lexicon;
        if lexicon.is_business(lemma) {
            return self.may_be(actor, lemma);
        }
        let told = self.done.actors[actor].words.iter().find(|word| lexicon.is_organisation(word));
        lexicon.is_generic(lemma) || told.is_none_or(|word| word == lemma || lexicon.is_generic(word))
    }

    /// "The Tavian president".
    pub(super) fn tells_place(&self, i: usize) -> bool {
        let found = &self.walk.found[i];
        (found.first..found.head).any(|token| self.walk.reading.is_place(token))
    }
}

impl Scene<'_> {
    /// Adds to the features what a description asks of an actor, and what is told of the actor.
    fn describe(&self, all: &mut [Features], i: usize, candidates: &[Candidate], sight: &Sight<'_>) {
        let asked = sight.asked;
        let found = &self.found[i];
        let subject = is_subject(self.reading.dep(found.head));
        for (features, candidate) in all.iter_mut().zip(candidates) {
            let known = &self.actors[candidate.actor];
            let same = known.families.contains(&asked.family) || known.words.contains(&asked.lemma);
            let both = subject && is_subject(self.reading.dep(self.found[candidate.mention].head));
            let proposed = |rule: Option<Candidate>| rule.is_some_and(|rule| rule.actor == candidate.actor);
            let told = |word: &String| known.described.contains(word);
            let mut row = Row(*features);
            row.flag(Feature::SameFamily, same);
            row.flag(Feature::NoOffice, known.families.is_empty());
            row.flag(Feature::OtherOffice, !same && !known.families.is_empty());
            row.flag(Feature::ModifierKnown, asked.modifiers.iter().any(told));
            row.flag(Feature::ModifierStrange, !asked.modifiers.iter().all(told));
            row.flag(Feature::GendersAgree, found.gender != Gender::Unknown && found.gender == known.gender);
            row.flag(Feature::OfficeOfSubject, both && sight.class == Some(PersonClass::Office));
            row.flag(Feature::TradeOfSubject, both && sight.class == Some(PersonClass::Trade));
            row.flag(Feature::SpeaksNamed, both && known.name.is_some() && self.speaks(found.head));
            row.flag(Feature::JustNamed, proposed(sight.just_named));
            row.flag(Feature::Epithet, proposed(sight.epithet));
            row.flag(Feature::Place, known.place);
            *features = row.0;
        }
        let Some(nobody) = all.last_mut() else { return };
        let mut row = Row(*nobody);
        row.flag(Feature::NobodyOffice, sight.class == Some(PersonClass::Office));
        row.flag(Feature::NobodyTrade, sight.class == Some(PersonClass::Trade));
        row.flag(Feature::NobodyKin, sight.class == Some(PersonClass::Kin));
        row.flag(Feature::NobodyComplement, sight.complement);
        row.flag(Feature::NobodyModified, !asked.modifiers.is_empty());
        row.flag(Feature::NobodyNamedNext, sight.named_next);
        row.flag(Feature::NobodyNamedNearby, sight.named_nearby);
        row.flag(Feature::NobodyHeld, !sight.holders.is_empty());
        row.flag(Feature::NobodyQuotes, sight.quotes);
        row.flag(Feature::NobodyScene, self.lexicon.is_of_scene(&asked.lemma));
        row.flag(Feature::NobodyGeneric, self.lexicon.is_generic(&asked.lemma));
        *nobody = row.0;
    }
}
