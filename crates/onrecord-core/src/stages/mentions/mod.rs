//! Finds who is spoken of, in every wording, and resolves each mention to a name or leaves it unknown.

use crate::nlp::Token;
use crate::stages::entities::Entity;
use crate::stages::sentences::Sentence;
use crate::{By, Column, Data, Document, Id, Layer, Span, Stage, Type, Value};

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

/// Finds and resolves mentions.
pub struct Mentions;

impl Stage for Mentions {
    type Out = Mention;
    const VERSION: u32 = 1;
    const READS: &'static [&'static str] = &[Token::NAME, Sentence::NAME, Entity::NAME];

    fn load(_data: &Data) -> Self {
        Self
    }

    fn run(&self, _doc: &Document) -> Vec<Mention> {
        Vec::new()
    }
}
