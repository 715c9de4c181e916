//! What an address asks for: parameters, each written once with its sentence, for the pages, the API and its description.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::str::FromStr;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use onrecord::core::Date;
use onrecord::questions::{
    self, Cursor, FiguresQuestion, Order, Paging, SaidQuestion, Scope, SearchQuestion, SectionsQuestion,
    TimesQuestion,
};
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{
    KnownFormat, ObjectBuilder, OneOf, OneOfBuilder, Schema, SchemaFormat, SchemaType, Type,
};
use utoipa::openapi::{RefOr, Required};

use crate::input::{statement_kind, time_kind};
use crate::serve::problem::Problem;

/// A parameter that an address may have.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) name: &'static str,
    /// What it asks for, in a sentence.
    doc: &'static str,
    /// The words that it may be, if these are few.
    pub(crate) words: &'static [&'static str],
    /// What it looks like, as OpenAPI writes it.
    looks: Looks,
    /// Whether it must be there.
    is_needed: bool,
}

/// What a parameter looks like.
#[derive(Debug)]
enum Looks {
    /// Any text.
    Text,
    /// A whole number in a range.
    Number(u32, u32),
    /// Text that a regular expression describes.
    Like(&'static str),
    /// A day, a month or a year.
    Day,
}

const fn known(name: &'static str, doc: &'static str) -> Known {
    Known { name, doc, words: &[], looks: Looks::Text, is_needed: false }
}

impl Known {
    const fn one_of(self, words: &'static [&'static str]) -> Self {
        Self { words, ..self }
    }

    const fn looks(self, looks: Looks) -> Self {
        Self { looks, ..self }
    }

    const fn needed(self) -> Self {
        Self { is_needed: true, looks: Looks::Like(r"[^\s\u0000]"), ..self }
    }

    fn schema(&self) -> Schema {
        let kind = if matches!(self.looks, Looks::Number(..)) { Type::Integer } else { Type::String };
        let schema = ObjectBuilder::new().schema_type(SchemaType::Type(kind));
        let schema = match self.looks {
            Looks::Number(least, most) => schema.minimum(Some(least)).maximum(Some(most)),
            Looks::Like(pattern) => schema.pattern(Some(pattern)),
            Looks::Day => return Schema::OneOf(days()),
            Looks::Text if self.words.is_empty() => schema,
            // An empty field of a form asks for nothing.
            Looks::Text => schema.enum_values(Some(self.words.iter().copied().chain([""]))),
        };
        Schema::Object(schema.build())
    }

    fn parameter(&self) -> Parameter {
        let required = if self.is_needed { Required::True } else { Required::False };
        ParameterBuilder::new()
            .name(self.name)
            .parameter_in(ParameterIn::Query)
            .required(required)
            .description(Some(self.doc))
            .schema(Some(RefOr::T(self.schema())))
            .build()
    }
}

/// A day, or else a month, a year, or nothing, as an empty field of a form.
fn days() -> OneOf {
    let text = || ObjectBuilder::new().schema_type(SchemaType::Type(Type::String));
    let day = text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)));
    let month = text().pattern(Some("^([1-9][0-9]{3}(-(0[1-9]|1[0-2]))?)?$"));
    OneOfBuilder::new().item(Schema::Object(day.build())).item(Schema::Object(month.build())).build()
}

const BY: Known = known("by", "Who said it: a name, a part of it, a title, an office.");
const TO: Known = known("to", "To whom it was said.");
const NAME: Known = known("name", "The speaker's name to the letter, as the report resolves it.");
const ONE: Known = known("name", "The speaker's name to the letter: /api/v1/speakers lists them.").needed();
const ABOUT: Known = known("about", "Words that must be there, in any form; \"in quotes\" in this order.");
const KIND: Known = known("kind", "How it is given.").one_of(&["direct", "mixed", "indirect"]);
const CUE: Known = known("cue", "The verb of saying, in its base form: deny.");
const OUTLET: Known = known("outlet", "Part of the outlet's name.");
const SINCE: Known = known("since", "From this day on: 2026-03-04, or 2026-03, or 2026.").looks(Looks::Day);
const UNTIL: Known = known("until", "Up to this day.").looks(Looks::Day);
const DOCUMENT: Known = known("document", "Only in this report: the beginning of its hash.");
const ORDER: Known = known("order", "The latest day first, or the earliest.").one_of(&["newest", "oldest"]);
const AFTER: Known =
    known("after", "Where to go on: `next` of the answer before.").looks(Looks::Like(CURSOR));
const AFTER_NAME: Known = known("after", "Where to go on: `next` of the answer before.");
const LIMIT: Known = known("limit", "At most so many answers, up to 500.").looks(Looks::Number(1, MOST));
const SHAPE: Known = known("format", "The shape of the answer, in place of an Accept header.");
const FORMAT: Known = SHAPE.one_of(&["json", "jsonl", "csv"]);
const FEED: Known = SHAPE.one_of(&["json", "jsonl", "csv", "atom"]);
const COUNTED: Known = known("counted", "Words of what is counted.");
const HAPPENED: Known = known("happened", "What happened to what is counted: killed.");
const CLASS: Known = known("class", "Class of unit: count, money, percent.");
const TIME: Known = known("type", "What kind of time.").one_of(&["DATE", "TIME", "DURATION", "SET"]);
const SECTION: Known = known("kind", "What kind of section: headline, credit.");
const WORDS: Known = known("q", "Words to find, in any form; \"in quotes\" in this order.").needed();
const OFFSET: Known =
    known("offset", "How many answers to pass over, up to 10,000.").looks(Looks::Number(0, FURTHEST));
const WRONG: Known = known("wrong", "Whether the last token was wrong.").one_of(&["1"]);

/// A place in a list: day, report, byte and row; or nothing, as an empty field of a form.
const CURSOR: &str = r"^(([0-9]{4}-[0-9]{2}-[0-9]{2})?(\.[0-9]{1,18}){3})?$";

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
    Speakers: BY, AFTER_NAME, LIMIT, FORMAT;
    /// For one speaker's statements.
    OneSpeaker: ONE, ORDER, AFTER, LIMIT;
    /// For one speaker.
    OneName: ONE;
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
            let Some(Known { name, words, looks, .. }) = A::KNOWN.iter().find(|known| known.name == key)
            else {
                let known: Vec<&str> = A::KNOWN.iter().map(|known| known.name).collect();
                let known = if known.is_empty() { "it has none".to_owned() } else { known.join(", ") };
                return Err(Problem::wrong(format!("there is no parameter `{key}` here: {known}")));
            };
            // SQLite's index of words takes a zero byte for the end of the question.
            let value = value.replace('\0', " ");
            let value = value.trim();
            // An empty field of a form asks for nothing; no form has a field for a number.
            if value.is_empty() && !matches!(looks, Looks::Number(..)) {
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
        A::KNOWN.iter().map(Known::parameter).collect()
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

    /// The same, to take along.
    pub(crate) fn owned(&self, name: &str) -> Option<String> {
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

/// What asks for rows of one layer.
pub(crate) trait Asks {
    /// The question that it comes to.
    type Question;

    /// The question.
    fn question(&self) -> Result<Self::Question, Problem>;
}

impl Asks for Asked<Statements> {
    type Question = SaidQuestion;

    fn question(&self) -> Result<SaidQuestion, Problem> {
        Ok(SaidQuestion {
            by: self.owned("by"),
            to: self.owned("to"),
            name: self.owned("name"),
            kind: self.get("kind").and_then(statement_kind),
            cue: self.owned("cue"),
            scope: self.scope()?,
        })
    }
}

impl Asks for Asked<Times> {
    type Question = TimesQuestion;

    fn question(&self) -> Result<TimesQuestion, Problem> {
        Ok(TimesQuestion { kind: self.get("type").and_then(time_kind), scope: self.scope()? })
    }
}

impl Asks for Asked<Figures> {
    type Question = FiguresQuestion;

    fn question(&self) -> Result<FiguresQuestion, Problem> {
        Ok(FiguresQuestion {
            by: self.owned("by"),
            counted: self.owned("counted"),
            happened: self.owned("happened"),
            class: self.owned("class"),
            scope: self.scope()?,
        })
    }
}

impl Asks for Asked<Sections> {
    type Question = SectionsQuestion;

    fn question(&self) -> Result<SectionsQuestion, Problem> {
        Ok(SectionsQuestion { kind: self.owned("kind"), scope: self.scope()? })
    }
}

impl Asked<Search> {
    /// The question. It asks for one more than a page has, which tells whether there is a next page.
    pub(crate) fn question(&self) -> Result<SearchQuestion, Problem> {
        let scope = Scope { about: self.owned("q"), limit: Some(self.limit()? + 1), ..self.scope()? };
        Ok(SearchQuestion { scope, offset: self.offset()? })
    }

    fn offset(&self) -> Result<u32, Problem> {
        Ok(self.number("offset", 0..=FURTHEST)?.unwrap_or_default())
    }

    /// Cuts what the question found to a page. Answers the offset of the next page, if there is one.
    pub(crate) fn cut<T>(&self, found: &mut Vec<T>) -> Result<Option<String>, Problem> {
        let limit = self.limit()?;
        let next = self.offset()? + limit;
        let is_more = found.len() > limit as usize;
        found.truncate(limit as usize);
        Ok(is_more.then(|| next.to_string()))
    }
}
