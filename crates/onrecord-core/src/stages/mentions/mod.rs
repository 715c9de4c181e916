//! Finds who is spoken of, in every wording, and resolves each mention to a name or leaves it unknown.
//!
//! Names, descriptions and pronouns are found on the tokens and the parse; names are gathered into actors wherever they
//! stand; then a walk from the first mention to the last finds whom descriptions and pronouns stand for.

use std::borrow::Cow;

use crate::nlp::Token;
use crate::stages::paragraphs::Paragraph;
use crate::stages::quote_marks::QuoteMark;
use crate::stages::sections::Section;
use crate::stages::sentences::Sentence;
use crate::{By, Column, Data, Document, Id, Layer, Names, Span, Stage, Type, Value};

mod actors;
mod aliases;
mod author;
mod bodies;
mod candidates;
mod court;
mod descriptions;
mod facts;
mod fronts;
mod going_on;
mod kin;
mod kinds;
mod labels;
mod later;
mod lexicon;
mod namesakes;
mod nominals;
mod origins;
mod pieces;
mod places;
mod proper;
mod public;
mod ranker;
mod reading;
mod resolve;
mod roles;
mod slogans;
mod spelling;
mod trimmed;
mod voices;
mod weighed;

pub(in crate::stages) use kin::{Kinship, Related, relative};
pub(in crate::stages) use labels::{TurnLabel, is_question_number};
pub use public::PublicRoles;
pub use ranker::{AnaphorKind, FEATURE_COUNT, FEATURES, Features};
pub use resolve::{Choice, Choose};

use actors::Actor;
use lexicon::{Gender, Lexicon};
use ranker::Ranker;
use reading::Reading;
use resolve::{Resolved, Walk, resolve};

/// Words that stand for a person, an organisation or a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// The words, with title and apposition left out: "Esmail Qa'ani", "the commander", "he".
    pub span: Span,
    /// The syntactic head.
    pub head: Id<Token>,
    /// How it is worded.
    pub kind: MentionKind,
    /// Who is meant, as far as the words tell.
    pub actor: ActorKind,
    /// The earlier (or, for a first "a commander", later) mention that it refers to.
    pub refers_to: Option<Id<Mention>>,
    /// The fullest name of the actor in this report; `None` when it is not known.
    pub name: Option<String>,
    /// The rank or form of address in front of the name: "Brigadier General", "Mrs".
    pub title: Option<Span>,
    /// The actor's office or description in this wording or beside it, else as the report first gives it: "commander
    /// of the Quds Force".
    pub role: Option<Span>,
    /// The rule or model that resolved it, with its antecedent.
    pub by: By,
}

/// Ways to word a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MentionKind {
    /// A name, whole or in part, or an abbreviation.
    Name,
    /// A description: "the commander", "residents".
    Nominal,
    /// A pronoun.
    Pronoun,
}

impl MentionKind {
    /// The kind's name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Nominal => "nominal",
            Self::Pronoun => "pronoun",
        }
    }
}

/// Kinds of actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActorKind {
    /// One person.
    Person,
    /// An organisation, state or place that acts.
    Organisation,
    /// People without a name: "residents", "two officials".
    Group,
    /// Not known.
    Unknown,
}

impl ActorKind {
    /// The kind's name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Group => "group",
            Self::Unknown => "unknown",
        }
    }
}

impl Layer for Mention {
    const NAME: &'static str = "mentions";
    const DOC: &'static str =
        "Words that stand for a person, an organisation or a group, and whom they refer to.";
    const COLUMNS: &'static [Column] = &[
        Column::new("kind", Type::Text, "name, nominal or pronoun."),
        Column::new("actor", Type::Text, "person, organisation, group or unknown."),
        Column::new("refers_to", Type::Reference("mentions"), "The mention that this one refers to."),
        Column::new(
            "name",
            Type::Text,
            "The fullest name of the actor in this report; none when it is not known.",
        ),
        Column::new("title", Type::Span, "The rank or form of address in front of the name."),
        Column::new("role", Type::Span, "The actor's office or description, as worded."),
    ];

    fn span(&self) -> Span {
        self.span
    }

    fn by(&self) -> By {
        self.by.clone()
    }

    fn row(&self, _doc: &Document) -> Vec<Value> {
        vec![
            Value::Text(self.kind.name().into()),
            Value::Text(self.actor.name().into()),
            Value::reference(self.refers_to),
            Value::text(self.name.clone()),
            Value::span(self.title),
            Value::span(self.role),
        ]
    }
}

/// A mention as it is found, before it is known whom it stands for. `first..end` are its tokens.
#[derive(Debug, Clone)]
struct Found {
    span: Span,
    first: usize,
    end: usize,
    head: usize,
    kind: MentionKind,
    actor: ActorKind,
    gender: Gender,
    plural: bool,
    /// Whether it is the name of a place, which may act as a state.
    place: bool,
    title: Option<Span>,
    role: Option<Span>,
    /// The surname of "Bo" in "Bo and Ana Ruiz".
    surname: Option<Span>,
    /// What it says of somebody where nothing better is known: its rank, or its own words.
    description: Option<Span>,
    /// Whether it is a mention only together with another of the same name.
    tentative: bool,
    rule: &'static str,
}

impl Found {
    /// The tokens `first..end`, of which nothing is known but how they are worded and what they stand for.
    fn new(reading: &Reading<'_>, first: usize, end: usize, kind: MentionKind, actor: ActorKind) -> Self {
        Self {
            span: reading.span(first, end),
            first,
            end,
            head: reading.root(first, end),
            kind,
            actor,
            gender: Gender::Unknown,
            plural: actor == ActorKind::Group,
            place: false,
            title: None,
            role: None,
            surname: None,
            description: None,
            tentative: false,
            rule: match kind {
                MentionKind::Name => "mention.name",
                MentionKind::Nominal => "mention.nominal",
                MentionKind::Pronoun => "mention.pronoun",
            },
        }
    }

    /// The words of a name, with the surname that it shares with the next.
    fn name<'d>(&self, doc: &'d Document) -> Cow<'d, str> {
        let words = doc.words(self.span);
        self.surname.map_or(words.into(), |surname| format!("{words} {}", doc.words(surname)).into())
    }
}

/// Finds and resolves mentions.
pub struct Mentions {
    lexicon: Lexicon,
    names: Names,
    ranker: Ranker,
}

impl Stage for Mentions {
    type Out = Mention;
    const VERSION: u32 = 12;
    const READS: &'static [&'static str] =
        &[Section::NAME, Paragraph::NAME, Token::NAME, Sentence::NAME, QuoteMark::NAME];

    fn load(_data: &Data) -> Self {
        Self::new()
    }

    fn run(&self, doc: &Document) -> Vec<Mention> {
        self.run_with(doc, &mut |choice| self.choose(choice))
    }
}

impl Default for Mentions {
    fn default() -> Self {
        Self::new()
    }
}

impl Mentions {
    /// The stage with its lists and weights.
    pub fn new() -> Self {
        Self { lexicon: Lexicon::load(), names: Names::new(), ranker: Ranker::load() }
    }

    /// Finds the mentions of a document, with `choose` in the place of the ranker: for training and measuring it.
    pub fn run_with(&self, doc: &Document, choose: &mut Choose<'_>) -> Vec<Mention> {
        let reading = Reading::new(doc);
        let mut found = self.find(&reading);
        let at = mention_at(reading.tokens.len(), &found);
        let mut beside = vec![None; found.len()];
        for pair in roles::find_roles(&reading, &self.lexicon, &mut found, &at) {
            beside[pair.nominal] = Some(pair.name);
        }
        bodies::trades_of_bodies(&reading, &self.lexicon, &mut found, &beside);
        let linked = actors::link_names(&reading, &self.lexicon, &self.names, &mut found);
        let walk = Walk {
            reading: &reading,
            lexicon: &self.lexicon,
            names: &self.names,
            found: &found,
            at: &at,
            beside: &beside,
        };
        let resolved = resolve(&walk, linked, choose);
        records(doc, &found, resolved)
    }

    /// What the ranker chooses, with the probability that it gives; `None` for nobody.
    fn choose(&self, choice: &Choice) -> Option<(usize, f32)> {
        // The last of the features are those of "nobody".
        let some = choice.features.len().saturating_sub(usize::from(choice.somebody));
        let (best, probability) = self.ranker.best(choice.kind, &choice.features[..some])?;
        (best < choice.heads.len()).then_some((best, probability))
    }

    /// Everything that may be a mention, in order; what holds another comes before it.
    fn find(&self, reading: &Reading<'_>) -> Vec<Found> {
        let mut found = proper::names(reading, &self.lexicon);
        let mut in_name = vec![false; reading.tokens.len()];
        for name in &found {
            in_name[name.first..name.end].fill(true);
            // The letters of "Ana Ruiz MP", which the parse may take for the head.
            in_name[name.head] = true;
        }
        found.extend(nominals::nominals(reading, &self.lexicon, &found, &in_name));
        found.extend(nominals::pronouns(reading, &self.lexicon));
        found.sort_by_key(|found| (found.span.start, std::cmp::Reverse(found.span.end)));
        found.dedup_by_key(|found| found.span);
        found
    }
}

/// The mention that each token heads, or whose name it is in.
fn mention_at(tokens: usize, found: &[Found]) -> Vec<Option<usize>> {
    let mut at = vec![None; tokens];
    for (i, mention) in found.iter().enumerate() {
        if mention.kind == MentionKind::Name {
            at[mention.first..mention.end].fill(Some(i));
        }
        at[mention.head] = Some(i);
    }
    at
}

/// A name in one line; a person's in capitals alone is written in ordinary case.
fn ordinary(name: &str, kind: ActorKind) -> String {
    let in_capitals = kind == ActorKind::Person && !name.chars().any(char::is_lowercase);
    let words: Vec<String> = name
        .split_whitespace()
        .map(|word| if in_capitals { capitalised(word) } else { word.to_owned() })
        .collect();
    words.join(" ")
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().into_iter();
    first.chain(chars.flat_map(char::to_lowercase)).collect()
}

/// A description that words the role just as the report first does: "the mayor", where "Mayor Ana Ruiz" stood before.
fn own_words(doc: &Document, found: &Found, role: Option<Span>) -> Option<Span> {
    let words = |span: Span| {
        let words = doc.words(span).to_lowercase();
        words.strip_prefix("the ").unwrap_or(&words).to_owned()
    };
    let own = found.description.filter(|_| found.kind == MentionKind::Nominal)?;
    (words(own) == words(role?)).then_some(own)
}

/// The role beside a mention, unless it is the label of a turn, "AMB. RUIZ:", and the report words the role elsewhere.
fn told_better(doc: &Document, own: Option<Span>, known: Option<Span>) -> Option<Span> {
    let label = |role: Span| !doc.words(role).chars().any(char::is_lowercase);
    own.filter(|own| !label(*own) || known.is_none_or(label))
}

/// The mentions that stand for somebody, as records. "It" and "which" are mentions only where they stand for an
/// actor: what they stand for otherwise is no actor at all.
fn records(doc: &Document, found: &[Found], resolved: Resolved) -> Vec<Mention> {
    let kept: Vec<bool> = found
        .iter()
        .enumerate()
        .map(|(i, found)| {
            found.kind != MentionKind::Pronoun
                || resolved.links[i].is_some()
                || found.actor != ActorKind::Unknown
                || found.plural
                || doc.words(found.span).to_lowercase().starts_with("who")
        })
        .collect();
    let mut ids = vec![None; found.len()];
    for (place, i) in (0..found.len()).filter(|i| kept[*i]).enumerate() {
        ids[i] = Some(Id::new(place));
    }
    let mut by = resolved.by;
    (0..found.len())
        .filter(|i| kept[*i])
        .map(|i| {
            let actor = resolved.links[i].map(|actor| &resolved.actors[actor]);
            let named = actor.filter(|_| resolved.sure[i]);
            let role = named.filter(|actor| actor.kind != ActorKind::Organisation).and_then(Actor::role);
            // "The firefighter" whom the ranker takes for the watch manager is called just that.
            let weighed = found[i].kind == MentionKind::Nominal && by[i].rule == "mention.ranker";
            let role = found[i].description.filter(|_| weighed).or(role);
            Mention {
                span: found[i].span,
                head: Id::new(found[i].head),
                kind: found[i].kind,
                actor: actor.map_or(found[i].actor, |actor| actor.kind),
                refers_to: resolved.refers_to[i].and_then(|other| ids[other]),
                name: named.and_then(|actor| Some(ordinary(&found[actor.name?].name(doc), actor.kind))),
                title: found[i].title,
                role: told_better(doc, found[i].role, role)
                    .or(own_words(doc, &found[i], role))
                    .or(role)
                    .or(found[i].description),
                by: std::mem::take(&mut by[i]),
            }
        })
        .collect()
}
