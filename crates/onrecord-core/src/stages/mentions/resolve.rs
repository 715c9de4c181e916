//! Walks through a report and finds out whom each description and pronoun stands for, or leaves it unknown.
//!
//! Steps for a description, tried in order: it stands beside a name; it tells the age of one person; its office is that of
//! an actor already named; the same words stood in the headline or deck; it is the only body in sight; it is of somebody
//! from elsewhere who was just named; the ranker weighs it (`weighed.rs`), with what rules of thumb propose: the one person
//! just named, who spoke last; and, after the walk, the next paragraphs name who holds its office, or whom it has introduced.
//! Pronouns: the parse tells the antecedent of "who"; the ranker weighs the others.

use super::actors::{Actor, Link, Linked};
use super::candidates::{Candidate, Scene, is_subject, pronoun_kind};
use super::court::{DEFENDANT, WITNESS};
use super::lexicon::Lexicon;
use super::ranker::{AnaphorKind, Features};
use super::reading::Reading;
use super::roles::{described, family, gender_of};
use super::{ActorKind, Found, MentionKind, nominals};
use crate::{By, Names, Span};

/// How many actors, from the last spoken of, a description may stand for.
pub(super) const IN_MIND: usize = 40;
/// A pronoun is linked when the ranker gives the best candidate at least this probability.
pub(super) const LINKED: f32 = 0.3;
/// A pronoun's actor is named when the probability is at least this: names given are then right in 95 of 100 cases on
/// the documents that `docs/models/antecedents.md` names.
const NAMED: f32 = 0.45;

/// A pronoun or description and the actors that it may stand for.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Which weights hold.
    pub kind: AnaphorKind,
    /// Whether it stands for one of the candidates for certain.
    pub somebody: bool,
    /// The token that the pronoun is, or that heads the description.
    pub anaphor: usize,
    /// The head of each candidate's mention, in tokens.
    pub heads: Vec<usize>,
    /// Where the fullest name of each candidate stands, as far as it is known.
    pub names: Vec<Option<Span>>,
    /// The features of each candidate, and last those of "nobody".
    pub features: Vec<Features>,
}

/// Chooses one candidate, with the probability that it is right; `None` for nobody.
pub type Choose<'c> = dyn FnMut(&Choice) -> Option<(usize, f32)> + 'c;

/// Whom each mention stands for.
pub(super) struct Resolved {
    pub(super) actors: Vec<Actor>,
    pub(super) links: Vec<Option<usize>>,
    pub(super) refers_to: Vec<Option<usize>>,
    /// Whether the actor's name may be given.
    pub(super) sure: Vec<bool>,
    pub(super) by: Vec<By>,
}

/// Everything that stays the same during the walk.
pub(super) struct Walk<'w> {
    pub(super) reading: &'w Reading<'w>,
    pub(super) lexicon: &'w Lexicon,
    pub(super) names: &'w Names,
    pub(super) found: &'w [Found],
    /// The mention whose head, or whose name, a token is in.
    pub(super) at: &'w [Option<usize>],
    /// The name beside a description.
    pub(super) beside: &'w [Option<usize>],
}

/// Resolves all mentions.
pub(super) fn resolve(walk: &Walk<'_>, linked: Linked, choose: &mut Choose<'_>) -> Resolved {
    let mut state = State::new(walk, linked);
    // "“He lied to me,” he said": who speaks is found first, and is not whom the quotation speaks of.
    let mut quoted = Vec::new();
    for (i, found) in walk.found.iter().enumerate() {
        if quoted.first().is_some_and(|first: &usize| !state.share_quotation(*first, i)) {
            quoted.drain(..).for_each(|pronoun| state.pronoun(pronoun, choose));
        }
        match found.kind {
            MentionKind::Name => state.name(i),
            MentionKind::Nominal => state.nominal(i, choose),
            MentionKind::Pronoun if walk.reading.quoted(found.head) => quoted.push(i),
            MentionKind::Pronoun => state.pronoun(i, choose),
        }
    }
    quoted.drain(..).for_each(|pronoun| state.pronoun(pronoun, choose));
    state.named_later();
    state.done
}

/// How far the walk has come.
pub(super) struct State<'w> {
    pub(super) walk: &'w Walk<'w>,
    pub(super) done: Resolved,
    /// Actors by their last mention, the latest at the end.
    pub(super) recent: Vec<usize>,
    pub(super) last: Vec<Option<usize>>,
    pub(super) count: Vec<u32>,
    /// Whether each actor was spoken of outside quotation marks.
    told: Vec<bool>,
    /// Who said something last, as the story tells it.
    pub(super) speaker: Option<usize>,
}

impl<'w> State<'w> {
    fn new(walk: &'w Walk<'w>, linked: Linked) -> Self {
        let mentions = walk.found.len();
        let mut done = Resolved {
            links: linked.links.iter().map(|link| link.map(|link| link.actor)).collect(),
            refers_to: vec![None; mentions],
            sure: vec![false; mentions],
            by: walk.found.iter().map(|found| By::rule(found.rule)).collect(),
            actors: linked.actors,
        };
        for (i, link) in linked.links.iter().enumerate() {
            if let Some(Link { actor, rule }) = *link {
                done.sure[i] = true;
                name_link(walk, &mut done, i, actor, rule);
            }
        }
        let actors = done.actors.len();
        let mut state = Self {
            walk,
            done,
            recent: Vec::new(),
            last: vec![None; actors],
            count: vec![0; actors],
            told: vec![false; actors],
            speaker: None,
        };
        state.roles();
        state
    }

    /// Gives actors the roles that stand with their names.
    fn roles(&mut self) {
        for (actor, i) in self.fullest_first() {
            let found = &self.walk.found[i];
            for role in found.role.into_iter().chain(found.title).chain(found.description) {
                self.describe(actor, i, role);
            }
        }
        for i in 0..self.walk.found.len() {
            if let Some(actor) = self.done.links[i] {
                self.learn(actor, i);
            }
        }
        for (nominal, name) in self.walk.beside.iter().enumerate() {
            let Some(name) = *name else { continue };
            let Some(actor) = self.done.links[name] else { continue };
            self.describe(actor, name, self.phrase(nominal));
        }
        self.defendant();
        self.witness();
    }

    /// The mentions that are names, each actor's fullest first, of equals those of the story before those of the headline.
    fn fullest_first(&self) -> Vec<(usize, usize)> {
        let walk = self.walk;
        let linked = (0..walk.found.len()).filter_map(|i| Some((self.done.links[i]?, i)));
        let mut order: Vec<(usize, usize)> = linked.collect();
        order.sort_by_cached_key(|(actor, i)| {
            let found = &walk.found[*i];
            let part = found.end - found.first < self.done.actors[*actor].words.len();
            // "Of the Norvale Institute" tells less than "a chemist", wherever that stands.
            let role = found.role.map_or("", |role| walk.reading.doc.words(role));
            let at = ["at ", "for ", "from ", "of ", "with "].iter().any(|word| role.starts_with(word));
            (at, part, walk.reading.in_summary(found.head), *i)
        });
        order
    }

    fn describe(&mut self, actor: usize, mention: usize, role: Span) {
        let walk = self.walk;
        let (families, words) = described(walk.reading, walk.lexicon, walk.names, role);
        let actor = &mut self.done.actors[actor];
        if Some(role) == walk.found[mention].role {
            actor.office = actor.office.or(Some(role));
        } else if Some(role) == walk.found[mention].description {
            actor.rank = actor.rank.or(Some(role));
        }
        actor.families.extend(families);
        actor.described.extend(words);
        actor.gender = actor.gender.or(walk.found[mention].gender);
        if walk.found[mention].actor == ActorKind::Person && actor.kind == ActorKind::Unknown {
            actor.kind = ActorKind::Person;
        }
    }

    /// An actor is from here on what a description says.
    pub(super) fn takes_on(&mut self, actor: usize, i: usize) {
        let walk = self.walk;
        let (families, words) = described(walk.reading, walk.lexicon, walk.names, self.phrase(i));
        let known = &mut self.done.actors[actor];
        known.families.extend(families);
        known.described.extend(words);
        if known.rank.is_none() {
            known.office = known.office.or(walk.found[i].description);
        }
        known.gender = known.gender.or(walk.found[i].gender);
    }

    /// A description with its complement.
    pub(super) fn phrase(&self, nominal: usize) -> Span {
        let found = &self.walk.found[nominal];
        self.walk.reading.span(found.first, nominals::phrase_end(self.walk.reading, found.head))
    }

    fn name(&mut self, i: usize) {
        let Some(actor) = self.done.links[i] else { return };
        // Beside its description, the one of the two that is part of the sentence carries the actor on.
        let reading = self.walk.reading;
        let again = reading.dep(self.walk.found[i].head) == "appos"
            && self.last[actor].is_some_and(|last| {
                reading.sentence(self.walk.found[last].head) == reading.sentence(self.walk.found[i].head)
            });
        if !again {
            self.touch(actor, i);
        }
    }

    /// Whether the sentences of two mentions are one, or held together by a quotation.
    fn share_quotation(&self, one: usize, other: usize) -> bool {
        let passage = |i: usize| self.walk.reading.passage(self.walk.found[i].head);
        passage(one) == passage(other)
    }

    fn touch(&mut self, actor: usize, mention: usize) {
        self.count[actor] += 1;
        if self.last[actor].is_none_or(|last| last < mention) {
            self.last[actor] = Some(mention);
            if let Some(place) = self.recent.iter().rposition(|other| *other == actor) {
                self.recent.remove(place);
            }
            // A quotation's pronouns come to their actors after the sentence that tells who speaks.
            let later =
                self.recent.iter().rev().take_while(|other| self.last[**other] > Some(mention)).count();
            self.recent.insert(self.recent.len() - later, actor);
            if self.recent.len() > 2 * IN_MIND {
                self.recent.drain(..IN_MIND);
            }
        }
        let (reading, head) = (self.walk.reading, self.walk.found[mention].head);
        if !reading.in_marks(head) {
            self.told[actor] = true;
            let verb = reading.lemma(reading.head(head));
            if is_subject(reading.dep(head)) && self.walk.lexicon.is_speech(&verb) && !self.is_told(head)
                || reading.is_according(head)
            {
                self.speaker = Some(actor);
            }
        }
    }

    fn link(&mut self, i: usize, actor: usize, antecedent: usize, by: By) {
        let span = self.walk.found[antecedent].span;
        self.done.links[i] = Some(actor);
        self.done.refers_to[i] = Some(antecedent);
        self.done.by[i] = by.saw("antecedent", span);
        if self.walk.found[i].kind == MentionKind::Pronoun {
            self.learn(actor, i);
        }
        self.touch(actor, i);
    }

    fn new_actor(&mut self, i: usize) {
        let walk = self.walk;
        let actor = self.done.actors.len();
        let mut unnamed = Actor::unnamed(&walk.found[i]);
        let (families, words) = described(walk.reading, walk.lexicon, walk.names, self.phrase(i));
        unnamed.families = families;
        unnamed.described = words;
        unnamed.office = walk.found[i].description;
        unnamed.gender = unnamed.gender.or(gender_of(walk.reading, walk.lexicon, walk.found[i].head));
        self.done.actors.push(unnamed);
        self.last.push(None);
        self.count.push(0);
        self.told.push(false);
        self.done.links[i] = Some(actor);
        self.done.sure[i] = true;
        self.touch(actor, i);
    }

    fn nominal(&mut self, i: usize, choose: &mut Choose<'_>) {
        if let Some(name) = self.walk.beside[i]
            && let Some(actor) = self.done.links[name]
        {
            self.done.links[i] = Some(actor);
            self.done.refers_to[i] = Some(name);
            self.done.sure[i] = true;
            self.done.by[i] = By::rule("mention.apposition").saw("antecedent", self.walk.found[name].span);
            if name > i {
                self.touch(actor, i);
            }
            return;
        }
        // By now it may be known that "he" who denies it is Ruiz.
        match family(self.walk.reading, self.walk.lexicon, self.walk.found[i].head).as_str() {
            DEFENDANT => self.defendant(),
            WITNESS => self.witness(),
            _ => {}
        }
        let same = self
            .described_again(i)
            .or_else(|| self.same_label(i))
            .or_else(|| self.same_age(i))
            .or_else(|| self.same_origin(i))
            .or_else(|| self.same_office(i))
            .or_else(|| self.repeated(i))
            .or_else(|| self.only_body(i))
            .or_else(|| self.just_named(i).filter(|_| self.tells_place(i)))
            .or_else(|| self.aged(i));
        if same.is_none() && self.is_named_in_next(i) {
            return self.new_actor(i);
        }
        if same.is_none() && self.is_weighed(i) {
            if !self.weighed(i, choose) {
                self.new_actor(i);
            }
            return;
        }
        let same = same.or_else(|| self.just_named(i)).or_else(|| self.epithet(i));
        // "RUIZ: The secretary told me": nobody speaks of himself so.
        let turn = self.turn_of(self.walk.found[i].head);
        match same.filter(|(actor, ..)| turn != Some(*actor)) {
            Some((actor, antecedent, by)) => {
                // An office tells its holder, however the last mention came to him.
                self.done.sure[i] = self.done.sure[antecedent]
                    || matches!(by.rule, "mention.same-age" | "mention.same-office" | "mention.apposition");
                if matches!(by.rule, "mention.only-body" | "mention.just-named") {
                    self.takes_on(actor, i);
                }
                self.link(i, actor, antecedent, by);
            }
            None => self.new_actor(i),
        }
    }

    /// The actors as they stand when the walk has come to a mention.
    pub(super) fn scene(&self, i: usize) -> Scene<'_> {
        Scene {
            reading: self.walk.reading,
            lexicon: self.walk.lexicon,
            found: self.walk.found,
            actors: &self.done.actors,
            recent: &self.recent,
            last: &self.last,
            count: &self.count,
            told: &self.told,
            links: &self.done.links,
            speaker: self.speaker,
            later: self.later_subject(i),
            turn: self.turn_of(self.walk.found[i].head),
        }
    }
}

/// Links a name to the fullest wording of it.
fn name_link(walk: &Walk<'_>, done: &mut Resolved, i: usize, actor: usize, rule: &'static str) {
    let Some(full) = done.actors[actor].name.filter(|full| *full != i) else { return };
    done.refers_to[i] = Some(full);
    done.by[i] = By::rule(rule).saw("antecedent", walk.found[full].span);
}

impl State<'_> {
    fn pronoun(&mut self, i: usize, choose: &mut Choose<'_>) {
        let reading = self.walk.reading;
        let found = &self.walk.found[i];
        if matches!(reading.tag(found.head), "WP" | "WDT" | "WP$") {
            return self.relative(i);
        }
        let Some(kind) = pronoun_kind(reading, found) else {
            return self.first_person(i);
        };
        let scene = self.scene(i);
        if kind == AnaphorKind::Person
            && let Some(Candidate { actor, mention }) = scene
                .asked(i)
                .or_else(|| scene.speaks_of_himself(i))
                .or_else(|| scene.only_named(i))
                .or_else(|| scene.same_speaker(i))
                .or_else(|| scene.told_of(i))
        {
            self.done.sure[i] = self.done.sure[mention];
            let gender = found.gender;
            let known = &mut self.done.actors[actor];
            known.gender = known.gender.or(gender);
            return self.link(i, actor, mention, By::rule("mention.same-speaker"));
        }
        if kind == AnaphorKind::Thing
            && let Some(Candidate { actor, mention }) = scene.same_body(i).or_else(|| scene.issuer(i))
        {
            self.done.sure[i] = self.done.sure[mention];
            return self.link(i, actor, mention, By::rule("mention.same-speaker"));
        }
        let candidates = scene.candidates(i, kind);
        let body = kind == AnaphorKind::Thing && self.speaks_of_body(i, &candidates);
        let features = scene.features(i, &candidates);
        let choice = Choice { somebody: body, ..self.choice(i, kind, &candidates, features) };
        let chosen =
            choose(&choice).and_then(|(place, probability)| Some((*candidates.get(place)?, probability)));
        match chosen.filter(|(_, probability)| *probability >= LINKED) {
            Some((candidate, probability)) => self.ranked(i, candidate, probability, "mention.ranker"),
            None => self.done.by[i] = By::rule("mention.unknown"),
        }
    }

    /// "I" outside quotation marks: whose turn it is in a transcript, or else the author.
    fn first_person(&mut self, i: usize) {
        self.done.by[i] = By::rule("mention.first-person");
        let reading = self.walk.reading;
        let pronoun = &self.walk.found[i];
        if pronoun.plural || reading.in_marks(pronoun.head) {
            return;
        }
        let speaks = match reading.turn(pronoun.head) {
            Some(label) => self.named_in(label),
            None => self.author(i),
        };
        if let Some((antecedent, actor)) = speaks {
            let span = self.walk.found[antecedent].span;
            self.done.sure[i] = true;
            self.done.links[i] = Some(actor);
            self.done.refers_to[i] = Some(antecedent);
            self.done.by[i] = By::rule("mention.first-person").saw("antecedent", span);
        }
    }

    /// Whose turn of a transcript a token stands in.
    pub(super) fn turn_of(&self, token: usize) -> Option<usize> {
        let reading = self.walk.reading;
        let label = reading.turn(token).filter(|_| !reading.in_marks(token))?;
        self.named_in(label).map(|(_, actor)| actor).or_else(|| self.labelled(label))
    }

    /// "THE WITNESS:", of whom it is known who that is.
    fn labelled(&self, label: Span) -> Option<usize> {
        let first = self.walk.found.partition_point(|found| found.span.start < label.start);
        let found = self.walk.found.get(first).filter(|found| label.contains(found.span))?;
        self.done.links[first].filter(|_| found.kind == MentionKind::Nominal)
    }

    /// The one person that these words name.
    pub(super) fn named_in(&self, span: Span) -> Option<(usize, usize)> {
        let from = self.walk.found.partition_point(|found| found.span.start < span.start);
        let mut people = self.walk.found[from..]
            .iter()
            .zip(from..)
            .take_while(|(found, _)| found.span.start < span.end)
            .filter(|(found, _)| found.kind == MentionKind::Name)
            .filter_map(|(_, i)| Some((i, self.done.links[i]?)))
            .filter(|(_, actor)| {
                matches!(self.done.actors[*actor].kind, ActorKind::Person | ActorKind::Unknown)
            });
        let one = people.next()?;
        people.all(|(_, actor)| actor == one.1).then_some(one)
    }

    /// "The centre said so. It added": "it" that says something, after a body that did.
    fn speaks_of_body(&self, i: usize, candidates: &[Candidate]) -> bool {
        let reading = self.walk.reading;
        let speaks = |head: usize| {
            is_subject(reading.dep(head)) && self.walk.lexicon.is_speech(&reading.lemma(reading.head(head)))
        };
        let here = self.walk.found[i].head;
        speaks(here)
            && candidates.first().is_some_and(|candidate| {
                let head = self.walk.found[candidate.mention].head;
                speaks(head) && reading.sentence(head) + 1 >= reading.sentence(here)
            })
    }

    pub(super) fn ranked(&mut self, i: usize, candidate: Candidate, probability: f32, rule: &'static str) {
        let by = By::rule(rule).knew("probability", format!("{probability:.2}"));
        let named_itself = self.done.sure[candidate.mention];
        self.done.sure[i] = named_itself && probability >= NAMED;
        let gender = self.walk.found[i].gender;
        let actor = &mut self.done.actors[candidate.actor];
        actor.gender = actor.gender.or(gender);
        self.link(i, candidate.actor, candidate.mention, by);
    }

    /// The subject of the main clause that a pronoun in front of it may stand for: "In her speech, Ruiz said".
    fn later_subject(&self, i: usize) -> Option<Candidate> {
        const AHEAD: usize = 8;
        let reading = self.walk.reading;
        let pronoun = self.walk.found[i].head;
        (i + 1..self.walk.found.len().min(i + AHEAD)).find_map(|later| {
            let head = self.walk.found[later].head;
            let governs = is_subject(reading.dep(head))
                && reading.sentence(head) == reading.sentence(pronoun)
                && (reading.left_edge(reading.head(head))..reading.head(head)).contains(&pronoun);
            let actor = self.done.links[later]?;
            governs.then_some(Candidate { actor, mention: later })
        })
    }

    /// "who" and "which": the noun that the clause hangs on.
    fn relative(&mut self, i: usize) {
        const DEEPEST: usize = 6;
        let reading = self.walk.reading;
        let mut at = self.walk.found[i].head;
        for _ in 0..DEEPEST {
            let head = reading.head(at);
            if reading.dep(at) == "relcl" {
                if let Some((antecedent, actor)) = self
                    .antecedent(i, head)
                    .or_else(|| self.body_beside(i, reading.head(self.walk.found[i].head)))
                {
                    self.done.sure[i] = self.done.sure[antecedent];
                    self.link(i, actor, antecedent, By::rule("mention.relative"));
                    return;
                }
                break;
            }
            if head == at {
                break;
            }
            at = head;
        }
        self.done.by[i] = By::rule("mention.unknown");
    }

    /// "A petition from the Council of Keepers, which asked": no petition asks.
    fn body_beside(&self, i: usize, verb: usize) -> Option<(usize, usize)> {
        let reading = self.walk.reading;
        let which = self.walk.found[i].head;
        let comma = which.checked_sub(1).filter(|comma| reading.text(*comma) == ",")?;
        let speaks = reading.lower(which) == "which"
            && is_subject(reading.dep(which))
            && self.walk.lexicon.is_speech(&reading.lemma(verb));
        let body = |other: &usize| {
            let found = &self.walk.found[*other];
            let actor = self.done.links[*other]?;
            let body = self.done.actors[actor].kind == ActorKind::Organisation && found.end == comma;
            body.then_some((*other, actor))
        };
        (0..i).rev().take(4).find_map(|other| body(&other)).filter(|_| speaks)
    }

    /// The mention that a relative clause hangs on. "Ana Ruiz, an expert at Norvale University, who": a university is no "who",
    /// whatever the parse says.
    fn antecedent(&self, i: usize, head: usize) -> Option<(usize, usize)> {
        const HIGHEST: usize = 6;
        let reading = self.walk.reading;
        let who = reading.lower(self.walk.found[i].head).starts_with("who");
        let mut at = head;
        for _ in 0..HIGHEST {
            let here = self.walk.at[at].and_then(|mention| Some((mention, self.done.links[mention]?)));
            let body = |actor: usize| self.done.actors[actor].kind == ActorKind::Organisation;
            if let Some((mention, actor)) = here
                && !(who && body(actor))
            {
                return Some((mention, actor));
            }
            let up = reading.head(at);
            if !who || here.is_none() || up == at {
                return None;
            }
            at = if reading.dep(up) == "prep" { reading.head(up) } else { up };
        }
        None
    }
}
