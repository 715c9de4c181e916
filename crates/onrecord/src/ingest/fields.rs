//! The fields of a record in JSON lines and CSV: which name holds what.

use crate::core::Date;
use crate::{Error, Result, page};

/// What a record can hold.
pub const FIELDS: [&str; 8] = ["url", "title", "text", "html", "published", "outlet", "author", "language"];

/// Other names for the fields, as `--map text=body` gives them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Map {
    names: Vec<(&'static str, String)>,
}

impl Map {
    /// Reads one `field=name`.
    ///
    /// # Errors
    /// When there is no such field, or no name.
    pub fn add(&mut self, rule: &str) -> Result<()> {
        let known = FIELDS.join(", ");
        let way_out =
            || Error::user(format!("`{rule}` is no mapping: give one as text=body; the fields are {known}"));
        let (field, name) = rule.split_once('=').ok_or_else(way_out)?;
        let field = FIELDS.into_iter().find(|known| *known == field.trim()).ok_or_else(way_out)?;
        if name.trim().is_empty() {
            return Err(way_out());
        }
        self.names.push((field, name.trim().to_owned()));
        Ok(())
    }

    /// The name under which a field stands.
    pub(super) fn name<'a>(&'a self, field: &'a str) -> &'a str {
        self.names.iter().rev().find(|(known, _)| *known == field).map_or(field, |(_, name)| name)
    }

    /// Whether a column is the one of the text.
    pub(super) fn is_text(&self, name: &str) -> bool {
        [self.name("text"), self.name("html")].iter().any(|known| known.eq_ignore_ascii_case(name))
    }
}

/// What is known of an item beside its text, as the thing that it was found in says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Known {
    pub(crate) url: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) published: Option<Date>,
    /// Where the day is known from: `field`, `feed`.
    pub(crate) published_from: Option<&'static str>,
    pub(crate) outlet: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) language: Option<String>,
}

impl Known {
    /// What is known here, and where that is nothing, what is known there.
    pub(crate) fn or(self, other: Self) -> Self {
        let (published, published_from) = match self.published {
            Some(day) => (Some(day), self.published_from),
            None => (other.published, other.published_from),
        };
        Self {
            url: self.url.or(other.url),
            title: self.title.or(other.title),
            published,
            published_from,
            outlet: self.outlet.or(other.outlet),
            author: self.author.or(other.author),
            language: self.language.or(other.language),
        }
    }

    /// Gathers what is known from a function that gives a field's value.
    pub(super) fn of(field: impl Fn(&str) -> Option<String>) -> Self {
        let field =
            |name: &str| field(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        let published = field("published").and_then(|day| page::day(&day));
        Self {
            url: field("url"),
            title: field("title"),
            published,
            published_from: published.map(|_| "field"),
            outlet: field("outlet"),
            author: field("author"),
            language: field("language"),
        }
    }
}
