//! What an address asks for: parameters, each written once with its sentence, for the pages, the API and its description.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::str::FromStr;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use onrecord::core::Date;
use onrecord::core::stages::statements::StatementKind;
use onrecord::core::stages::times::TimeKind;
use onrecord::questions::{
    self, Cursor, FiguresQuestion, Order, Paging, SaidQuestion, Scope, SearchQuestion, SectionsQuestion,
    TimesQuestion,
};
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaType, Type};
use utoipa::openapi::{RefOr, Required};

use crate::serve::problem::Problem;

/// A parameter: name, sentence, and the words that it may be, if these are few.
pub(crate) type Known = (&'static str, &'static str, &'static [&'static str]);

const BY: Known = ("by", "Who said it: a name, a part of it, a title, an office.", &[]);
const TO: Known = ("to", "To whom it was said.", &[]);
const NAME: Known = ("name", "The speaker's name to the letter, as the report resolves it.", &[]);
const ABOUT: Known = ("about", "Words that must be there, in any form; \"in quotes\" in this order.", &[]);
const KIND: Known = ("kind", "How it is given.", &["direct", "mixed", "indirect"]);
const CUE: Known = ("cue", "The verb of saying, in its base form: deny.", &[]);
const OUTLET: Known = ("outlet", "Part of the outlet's name.", &[]);
const SINCE: Known = ("since", "From this day on: 2026-03-04, or 2026-03, or 2026.", &[]);
const UNTIL: Known = ("until", "Up to this day.", &[]);
const DOCUMENT: Known = ("document", "Only in this report: the beginning of its hash.", &[]);
const ORDER: Known = ("order", "The latest day first, or the earliest.", &["newest", "oldest"]);
const AFTER: Known = ("after", "Where to go on: `next` of the answer before.", &[]);
const LIMIT: Known = ("limit", "At most so many answers, up to 500.", &[]);
const FORMAT: Known =
    ("format", "The shape of the answer, in place of an Accept header.", &["json", "jsonl", "csv"]);
const FEED: Known =
    ("format", "The shape of the answer, in place of an Accept header.", &["json", "jsonl", "csv", "atom"]);
const COUNTED: Known = ("counted", "Words of what is counted.", &[]);
const HAPPENED: Known = ("happened", "What happened to what is counted: killed.", &[]);
const CLASS: Known = ("class", "Class of unit: count, money, percent.", &[]);
const TIME: Known = ("type", "What kind of time.", &["DATE", "TIME", "DURATION", "SET"]);
const SECTION: Known = ("kind", "What kind of section: headline, credit.", &[]);
const WORDS: Known = ("q", "Words to find, in any form; \"in quotes\" in this order.", &[]);
const OFFSET: Known = ("offset", "How many answers to pass over, up to 10,000.", &[]);
const WRONG: Known = ("wrong", "Whether the last token was wrong.", &["1"]);

/// What an address may ask for.
pub(crate) trait Asking: Send + 'static {
    /// The parameters that it may have.
    const KNOWN: &'static [Known];
}

/// Defines what addresses may ask for.
macro_rules! asking {
    ($($(#[$doc:meta])* $name:ident: $($known:ident),*;)+) => {
        $($(#[$doc])* #[derive(Debug)] pub(crate) struct $name;
        impl Asking for $name { const KNOWN: &'static [Known] = &[$($known),*]; })+
    };
}

asking! {
    /// For nothing.
    Nothing: ;
    /// For statements.
    Statements: BY, TO, NAME, ABOUT, KIND, CUE, OUTLET, SINCE, UNTIL, DOCUMENT, ORDER, AFTER, LIMIT, FEED;
    /// For times.
    Times: TIME, ABOUT, OUTLET, SINCE, UNTIL, DOCUMENT, ORDER, AFTER, LIMIT, FORMAT;
    /// For figures.
    Figures: BY, COUNTED, HAPPENED, CLASS, ABOUT, OUTLET, SINCE, UNTIL, DOCUMENT, ORDER, AFTER, LIMIT, FORMAT;
    /// For sections.
    Sections: SECTION, ABOUT, OUTLET, SINCE, UNTIL, DOCUMENT, ORDER, AFTER, LIMIT, FORMAT;
    /// For reports.
    Documents: ABOUT, OUTLET, SINCE, UNTIL, ORDER, AFTER, LIMIT, FORMAT;
    /// For words.
    Search: WORDS, OUTLET, SINCE, UNTIL, OFFSET, LIMIT, FORMAT;
    /// For speakers.
    Speakers: BY, AFTER, LIMIT, FORMAT;
    /// For one speaker's statements.
    OneSpeaker: NAME, ORDER, AFTER, LIMIT;
    /// For one speaker.
    OneName: NAME;
    /// To sign in.
    SignIn: WRONG;
}

/// What one address asks for, checked: every parameter is known and there once.
#[derive(Debug, Clone)]
pub(crate) struct Asked<A> {
    values: BTreeMap<&'static str, String>,
    of: PhantomData<fn() -> A>,
}

impl<A: Asking, S: Sync> FromRequestParts<S> for Asked<A> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let mut values = BTreeMap::new();
        for (key, value) in form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()) {
            let Some((name, _, words)) = A::KNOWN.iter().find(|(name, ..)| *name == key) else {
                let known: Vec<&str> = A::KNOWN.iter().map(|(name, ..)| *name).collect();
                let known = if known.is_empty() { "it has none".to_owned() } else { known.join(", ") };
                return Err(Problem::wrong(format!("there is no parameter `{key}` here: {known}")));
            };
            // SQLite's index of words takes a zero byte for the end of the question.
            let value = value.replace('\0', " ");
            let value = value.trim();
            // An empty field of a form asks for nothing.
            if value.is_empty() {
                continue;
            }
            if !words.is_empty() && !words.contains(&value) {
                let words = words.join(", ");
                return Err(Problem::wrong(format!("`{name}` is one of {words}, not `{value}`")));
            }
            if values.insert(*name, value.to_owned()).is_some() {
                return Err(Problem::wrong(format!("`{name}` is there twice: give it once")));
            }
        }
        Ok(Self { values, of: PhantomData })
    }
}

impl<A: Asking> IntoParams for Asked<A> {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let parameter = |(name, doc, words): &Known| {
            let whole = matches!(*name, "limit" | "offset");
            let kind = if whole { Type::Integer } else { Type::String };
            let schema = ObjectBuilder::new().schema_type(SchemaType::Type(kind));
            let schema = match *name {
                "limit" => schema.minimum(Some(1)).maximum(Some(MOST)),
                "offset" => schema.minimum(Some(0)).maximum(Some(FURTHEST)),
                _ if words.is_empty() => schema,
                _ => schema.enum_values(Some(words.iter().copied())),
            };
            ParameterBuilder::new()
                .name(*name)
                .parameter_in(ParameterIn::Query)
                .required(Required::False)
                .description(Some(*doc))
                .schema(Some(RefOr::T(Schema::Object(schema.build()))))
                .build()
        };
        A::KNOWN.iter().map(parameter).collect()
    }
}

/// How many answers a page has when nobody says, and at most.
const USUAL: u32 = 20;
const MOST: u32 = 500;
/// How many answers of a search can be passed over: each has to be ranked again.
const FURTHEST: u32 = 10_000;

impl<A: Asking> Asked<A> {
    /// A parameter, as it was given.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// A parameter, or nothing.
    pub(crate) fn or_empty(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    fn owned(&self, name: &str) -> Option<String> {
        self.values.get(name).cloned()
    }

    fn number(&self, name: &str, range: std::ops::RangeInclusive<u32>) -> Result<Option<u32>, Problem> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let number = value.parse().ok().filter(|number| range.contains(number));
        let (from, to) = (range.start(), range.end());
        let wrong =
            || Problem::wrong(format!("`{name}` is a whole number from {from} to {to}, not `{value}`"));
        number.map(Some).ok_or_else(wrong)
    }

    fn day(&self, name: &str, which: impl Fn((Date, Date)) -> Date) -> Result<Option<Date>, Problem> {
        let day = self.get(name).map(questions::days).transpose();
        Ok(day.map_err(Problem::from)?.map(which))
    }

    /// How many answers a page has.
    pub(crate) fn limit(&self) -> Result<u32, Problem> {
        Ok(self.number("limit", 1..=MOST)?.unwrap_or(USUAL))
    }

    /// Which page is asked for.
    pub(crate) fn paging(&self) -> Result<Paging, Problem> {
        let after = self.get("after").map(Cursor::from_str).transpose()?;
        let order = if self.get("order") == Some("oldest") { Order::Oldest } else { Order::Newest };
        Ok(Paging { order, after, limit: self.limit()? })
    }

    /// What every question can be narrowed by.
    pub(crate) fn scope(&self) -> Result<Scope, Problem> {
        Ok(Scope {
            about: self.owned("about"),
            outlet: self.owned("outlet"),
            since: self.day("since", |(first, _)| first)?,
            until: self.day("until", |(_, last)| last)?,
            document: self.owned("document"),
            limit: None,
        })
    }

    /// The same question at another place, with some parameters changed or, where there is none, left out.
    pub(crate) fn link(&self, path: &str, changes: &[(&'static str, Option<&str>)]) -> String {
        let mut values: BTreeMap<&str, &str> =
            self.values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        for (name, value) in changes {
            match value {
                Some(value) => values.insert(name, value),
                None => values.remove(name),
            };
        }
        link(path, values)
    }
}

/// An address with parameters.
pub(crate) fn link<'a>(path: &str, values: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(values).finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

impl Asked<Statements> {
    pub(crate) fn question(&self) -> Result<SaidQuestion, Problem> {
        let kinds = [StatementKind::Direct, StatementKind::Mixed, StatementKind::Indirect];
        Ok(SaidQuestion {
            by: self.owned("by"),
            to: self.owned("to"),
            name: self.owned("name"),
            kind: kinds.into_iter().find(|kind| Some(kind.name()) == self.get("kind")),
            cue: self.owned("cue"),
            scope: self.scope()?,
        })
    }
}

impl Asked<Times> {
    pub(crate) fn question(&self) -> Result<TimesQuestion, Problem> {
        let kinds = [TimeKind::Date, TimeKind::Time, TimeKind::Duration, TimeKind::Set];
        let kind = kinds.into_iter().find(|kind| Some(kind.name()) == self.get("type"));
        Ok(TimesQuestion { kind, scope: self.scope()? })
    }
}

impl Asked<Figures> {
    pub(crate) fn question(&self) -> Result<FiguresQuestion, Problem> {
        Ok(FiguresQuestion {
            by: self.owned("by"),
            counted: self.owned("counted"),
            happened: self.owned("happened"),
            class: self.owned("class"),
            scope: self.scope()?,
        })
    }
}

impl Asked<Sections> {
    pub(crate) fn question(&self) -> Result<SectionsQuestion, Problem> {
        Ok(SectionsQuestion { kind: self.owned("kind"), scope: self.scope()? })
    }
}

impl Asked<Search> {
    pub(crate) fn question(&self) -> Result<SearchQuestion, Problem> {
        let scope = Scope { about: self.owned("q"), limit: Some(self.limit()?), ..self.scope()? };
        Ok(SearchQuestion { scope, offset: self.offset()? })
    }

    pub(crate) fn offset(&self) -> Result<u32, Problem> {
        Ok(self.number("offset", 0..=FURTHEST)?.unwrap_or_default())
    }
}
