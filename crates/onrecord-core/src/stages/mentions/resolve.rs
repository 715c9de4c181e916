//! Walks through a report and finds out whom each description and pronoun stands for, or leaves it unknown.
//!
//! Steps for a description, tried in order: it stands beside a name; its office is that of an actor already named;
//! the same words stood in the headline or deck; it is the only body in sight; and, after the walk, the next
//! paragraphs name the holder of its office. Pronouns: the parse tells the antecedent of "who"; the ranker weighs the
//! others.

use super::actors::{Actor, Link, Linked};
use super::candidates::{Candidate, Scene, is_subject, pronoun_kind};
use super::lexicon::Lexicon;
use super::ranker::{Features, PronounKind};
use super::reading::Reading;
use super::roles::{described, gender_of};
use super::{ActorKind, Found, MentionKind, nominals};
use crate::{By, Names};

/// How many actors, from the last spoken of, a description may stand for.
const IN_MIND: usize = 40;
/// A pronoun is linked when the ranker gives the best candidate at least this probability.
const LINKED: f32 = 0.3;
/// A pronoun's actor is named when the probability is at least this: names given are then right in 95 of 100 cases on
/// the documents that `docs/models/pronouns.md` names.
const NAMED: f32 = 0.45;

/// One pronoun and the actors that it may stand for.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Which weights hold.
    pub kind: PronounKind,
    /// The token that the pronoun is.
    pub pronoun: usize,
    /// The head of each candidate's mention, in tokens.
    pub heads: Vec<usize>,
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
    for i in 0..walk.found.len() {
        match walk.found[i].kind {
            MentionKind::Name => state.name(i),
            MentionKind::Nominal => state.nominal(i),
            MentionKind::Pronoun => state.pronoun(i, choose),
        }
    }
    state.named_later();
    state.done
}

struct State<'w> {
    walk: &'w Walk<'w>,
    done: Resolved,
    /// Actors by their last mention, the latest at the end.
    recent: Vec<usize>,
    last: Vec<Option<usize>>,
    count: Vec<u32>,
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
        let mut state =
            Self { walk, done, recent: Vec::new(), last: vec![None; actors], count: vec![0; actors] };
        state.roles();
        state
    }

    /// Gives actors the roles that stand with their names.
    fn roles(&mut self) {
        for (i, found) in self.walk.found.iter().enumerate() {
            let Some(actor) = self.done.links[i] else { continue };
            for role in found.role.into_iter().chain(found.title).chain(found.description) {
                self.describe(actor, i, role);
            }
        }
        for (nominal, name) in self.walk.beside.iter().enumerate() {
            let Some(name) = *name else { continue };
            let Some(actor) = self.done.links[name] else { continue };
            self.describe(actor, name, self.phrase(nominal));
        }
    }

    fn describe(&mut self, actor: usize, mention: usize, role: crate::Span) {
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

    /// A description with its complement.
    fn phrase(&self, nominal: usize) -> crate::Span {
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

    fn touch(&mut self, actor: usize, mention: usize) {
        if let Some(place) = self.recent.iter().rposition(|other| *other == actor) {
            self.recent.remove(place);
        }
        self.recent.push(actor);
        if self.recent.len() > 2 * IN_MIND {
            self.recent.drain(..IN_MIND);
        }
        self.last[actor] = Some(mention);
        self.count[actor] += 1;
    }

    fn link(&mut self, i: usize, actor: usize, antecedent: usize, by: By) {
        let span = self.walk.found[antecedent].span;
        self.done.links[i] = Some(actor);
        self.done.refers_to[i] = Some(antecedent);
        self.done.by[i] = by.saw("antecedent", span);
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
        self.done.links[i] = Some(actor);
        self.done.sure[i] = true;
        self.touch(actor, i);
    }

    fn nominal(&mut self, i: usize) {
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
        let same = self.same_office(i).or_else(|| self.repeated(i)).or_else(|| self.only_body(i));
        match same {
            Some((actor, antecedent, by)) => {
                // An office tells its holder, however the last mention came to him.
                self.done.sure[i] = self.done.sure[antecedent] || by.rule == "mention.same-office";
                self.link(i, actor, antecedent, by);
            }
            None => self.new_actor(i),
        }
    }
}

/// Links a name to the fullest wording of it.
fn name_link(walk: &Walk<'_>, done: &mut Resolved, i: usize, actor: usize, rule: &'static str) {
    let Some(full) = done.actors[actor].name.filter(|full| *full != i) else { return };
    done.refers_to[i] = Some(full);
    done.by[i] = By::rule(rule).saw("antecedent", walk.found[full].span);
}

/// What a description asks of an actor.
struct Asked {
    family: String,
    lemma: String,
    modifiers: Vec<String>,
}

impl State<'_> {
    fn asked(&self, i: usize) -> Asked {
        let walk = self.walk;
        let found = &walk.found[i];
        let lemma = nominals::head_lemma(walk.reading, found.head);
        let family = walk.lexicon.person(&lemma).map_or(lemma.as_str(), |noun| noun.family).to_owned();
        let end = nominals::phrase_end(walk.reading, found.head);
        let modifiers = (found.first..found.head)
            .chain(found.end..end)
            .filter(|token| {
                !matches!(
                    walk.reading.tag(*token),
                    "DT" | "POS" | "HYPH" | "''" | "PDT" | "CD" | "IN" | "PRP$"
                )
            })
            .map(|token| walk.names.fold(walk.reading.text(token)))
            .filter(|word| !word.is_empty() && !walk.lexicon.is_common_modifier(word))
            .collect();
        Asked { family, lemma, modifiers }
    }

    /// Whether a description is of somebody already known: "the commander", "Iran's president", "President".
    fn is_definite(&self, i: usize) -> bool {
        let reading = self.walk.reading;
        let found = &self.walk.found[i];
        let first = reading.tokens[found.first].norm.as_str();
        match first {
            "the" | "this" | "that" | "these" | "those" => true,
            "a" | "an" | "another" | "some" | "one" | "any" | "no" | "each" | "every" => false,
            _ if reading.tag(found.first) == "PRP$" => false,
            _ => {
                let owner = (found.first..found.head).any(|token| reading.dep(token) == "poss");
                owner || reading.capital(found.head) && reading.tag(found.head) == "NNP"
            }
        }
    }

    /// The actor, spoken of before, that holds the office of a description.
    fn same_office(&self, i: usize) -> Option<(usize, usize, By)> {
        /// The holder of the same office spoken of before that must be this many sentences further back.
        const APART: usize = 3;
        if !self.is_definite(i) {
            return None;
        }
        let asked = self.asked(i);
        let mut best: Option<(f32, usize)> = None;
        let mut second: Option<(f32, usize)> = None;
        for actor in self.recent.iter().rev().take(IN_MIND) {
            let Some(score) = self.holds(*actor, i, &asked) else { continue };
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

    /// How well an actor fits a description; `None` when it does not.
    fn holds(&self, actor: usize, i: usize, asked: &Asked) -> Option<f32> {
        const OFFICE: f32 = 3.0;
        const MODIFIER: f32 = 1.5;
        const STRANGE_MODIFIER: f32 = 2.0;
        const NAMED_HOLDER: f32 = 0.5;
        const ENOUGH: f32 = 2.5;
        let found = &self.walk.found[i];
        let known = &self.done.actors[actor];
        let same_kind =
            known.kind == found.actor || known.kind == ActorKind::Unknown && found.actor == ActorKind::Person;
        if !same_kind || known.plural != found.plural || !known.gender.agrees(found.gender) {
            return None;
        }
        let in_name = known.kind == ActorKind::Organisation && known.words.contains(&asked.lemma);
        let holds = known.families.contains(&asked.family) || in_name;
        let generic =
            self.walk.lexicon.is_generic(&asked.lemma) && !known.families.is_empty() && !known.plural;
        let named = if known.name.is_some() { NAMED_HOLDER } else { 0.0 };
        let mut score = match (holds, generic) {
            (true, _) => OFFICE + named,
            (false, true) => 1.0,
            (false, false) => return None,
        };
        for word in &asked.modifiers {
            score += if known.described.contains(word) { MODIFIER } else { -STRANGE_MODIFIER };
        }
        (score >= ENOUGH).then_some(score)
    }

    /// The same description, word for word, in the headline or deck.
    fn repeated(&self, i: usize) -> Option<(usize, usize, By)> {
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

    /// "The company" where one body alone is in sight.
    fn only_body(&self, i: usize) -> Option<(usize, usize, By)> {
        const IN_SIGHT: usize = 2;
        let found = &self.walk.found[i];
        let lemma = nominals::head_lemma(self.walk.reading, found.head);
        let the = self.walk.reading.tokens[found.first].norm == "the" && found.end - found.first == 2;
        if found.actor != ActorKind::Organisation || !the || !self.walk.lexicon.is_generic(&lemma) {
            return None;
        }
        let here = self.walk.reading.sentence(found.head);
        let mut bodies = self.recent.iter().rev().filter_map(|actor| {
            let last = self.last[*actor]?;
            let seen = self.walk.reading.sentence(self.walk.found[last].head);
            let known = &self.done.actors[*actor];
            (known.kind == ActorKind::Organisation && !known.place && seen + IN_SIGHT >= here)
                .then_some((*actor, last))
        });
        let (actor, antecedent) = bodies.next()?;
        if bodies.next().is_some() || self.done.actors[actor].name.is_none() {
            return None;
        }
        Some((actor, antecedent, By::rule("mention.only-body")))
    }

    fn pronoun(&mut self, i: usize, choose: &mut Choose<'_>) {
        let reading = self.walk.reading;
        let found = &self.walk.found[i];
        if matches!(reading.tag(found.head), "WP" | "WDT" | "WP$") {
            return self.relative(i);
        }
        let Some(kind) = pronoun_kind(reading, found) else {
            self.done.by[i] = By::rule("mention.first-person");
            return;
        };
        let scene = Scene {
            reading,
            lexicon: self.walk.lexicon,
            found: self.walk.found,
            actors: &self.done.actors,
            recent: &self.recent,
            last: &self.last,
            count: &self.count,
            later: self.later_subject(i),
        };
        let candidates = scene.candidates(i, kind);
        let choice = Choice {
            kind,
            pronoun: found.head,
            heads: candidates.iter().map(|candidate| self.walk.found[candidate.mention].head).collect(),
            features: scene.features(i, &candidates),
        };
        let chosen =
            choose(&choice).and_then(|(place, probability)| Some((*candidates.get(place)?, probability)));
        match chosen.filter(|(_, probability)| *probability >= LINKED) {
            Some((candidate, probability)) => self.ranked(i, candidate, probability),
            None => self.done.by[i] = By::rule("mention.unknown"),
        }
    }

    fn ranked(&mut self, i: usize, candidate: Candidate, probability: f32) {
        let by = By::rule("mention.ranker").knew("probability", format!("{probability:.2}"));
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
                if let Some((antecedent, actor)) =
                    self.walk.at[head].and_then(|mention| Some((mention, self.done.links[mention]?)))
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

    /// "A senior commander said ..." and, in a next paragraph, "Tarek Olmo, commander of ..., made the remarks".
    fn named_later(&mut self) {
        let mentions = self.mentions_of_actors();
        for i in 0..self.walk.found.len() {
            let Some(actor) = self.done.links[i] else { continue };
            if let Some(named) = self.holder_named_later(i, actor)
                && let Some(holder) = self.done.links[named]
            {
                self.become_named(&mentions[actor], holder, named);
            }
        }
    }

    fn mentions_of_actors(&self) -> Vec<Vec<usize>> {
        let mut mentions = vec![Vec::new(); self.done.actors.len()];
        for (i, link) in self.done.links.iter().enumerate() {
            if let Some(actor) = *link {
                mentions[actor].push(i);
            }
        }
        mentions
    }

    /// The mention that names, soon after, the holder of the office of an unnamed actor's description.
    fn holder_named_later(&self, i: usize, actor: usize) -> Option<usize> {
        const PARAGRAPHS: usize = 3;
        const PARAGRAPHS_AFTER_HEADLINE: usize = 8;
        const AHEAD: usize = 120;
        let walk = self.walk;
        let found = &walk.found[i];
        let unnamed = found.kind == MentionKind::Nominal
            && found.actor == ActorKind::Person
            && self.done.actors[actor].name.is_none();
        let asked = Some(self.asked(i)).filter(|_| unnamed && found.description.is_some())?;
        let last = self.last[actor].map_or(i, |last| last.max(i));
        let summary = walk.reading.in_summary(found.head);
        let until = walk.reading.paragraph(walk.found[last].head)
            + if summary { PARAGRAPHS_AFTER_HEADLINE } else { PARAGRAPHS };
        (last + 1..walk.found.len())
            .take(AHEAD)
            .take_while(|later| walk.reading.paragraph(walk.found[*later].head) <= until)
            .find(|later| self.introduces(*later, last, &asked.family))
    }

    /// Whether a mention names the holder of an office in full for the first time, as somebody who does something.
    fn introduces(&self, later: usize, after: usize, family: &str) -> bool {
        let walk = self.walk;
        let found = &walk.found[later];
        let Some(actor) = self.done.links[later].filter(|_| found.kind == MentionKind::Name) else {
            return false;
        };
        let known = &self.done.actors[actor];
        known.name == Some(later)
            && found.actor == ActorKind::Person
            && walk.reading.paragraph(found.head) > walk.reading.paragraph(walk.found[after].head)
            && known.gender.agrees(walk.found[after].gender)
            && known.families.iter().any(|other| other == family)
            && self.is_in_subject(found.head)
    }

    /// Whether a name is a subject, or stands beside one.
    fn is_in_subject(&self, head: usize) -> bool {
        let reading = self.walk.reading;
        is_subject(reading.dep(head))
            || reading.dep(head) == "appos" && is_subject(reading.dep(reading.head(head)))
    }

    /// All mentions of an actor without a name turn out to be of a named one.
    fn become_named(&mut self, mentions: &[usize], holder: usize, named: usize) {
        let span = self.walk.found[named].span;
        for i in mentions.iter().copied() {
            self.done.links[i] = Some(holder);
            if self.done.refers_to[i].is_none() {
                self.done.refers_to[i] = Some(named);
                self.done.by[i] = By::rule("mention.named-later").saw("antecedent", span);
            }
        }
    }
}
