//! Reads a web page: the article's text, and what the page says about it.
//!
//! The text comes from the `trafilatura` crate. The date never does: it reports the day of the last change on pages that
//! have one, and a record of when something was said must not rest on that. See `date.rs` for the cascade used instead.

mod body;
mod date;
mod facts;
mod heading;
mod origin;
mod paragraphs;
mod plain;
mod words;

use scraper::Html;
use trafilatura::{ExtractionFocus, Options};
use url::Url;

pub(crate) use date::parse as day;
pub use date::{DateSource, Published};
pub(crate) use origin::{Origin, origins};
pub(crate) use plain::plain;

/// An article as a web page gives it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The headline, without the outlet's name behind it.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The day it was published, with where the page says so.
    pub published: Option<Published>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The agency that supplied the text.
    pub agency: Option<String>,
    /// The address that the page gives as its own.
    pub url: Option<String>,
    /// The language that the page declares, as a BCP 47 tag.
    pub language: Option<String>,
    /// The article without its headline, one paragraph a line.
    pub body: String,
}

/// Largest number of elements of a page that is read; beyond it a page is no article but an attack or a table.
const MOST_ELEMENTS: usize = 200_000;

/// Reads a page. `url` is where it was found, when that is known.
///
/// Never fails: a page without an article, or one that no browser would show whole, gives an empty body.
pub fn read(html: &str, url: Option<&str>) -> Page {
    try_read(html, url).unwrap_or_default()
}

/// Reads a page, or says why it is not looked into.
pub(crate) fn try_read(html: &str, url: Option<&str>) -> Result<Page, String> {
    if plain::is_too_deep(html) {
        return Err("is a page with elements nested deeper than any browser goes".to_owned());
    }
    if memchr::memchr_iter(b'<', html.as_bytes()).count() > 2 * MOST_ELEMENTS {
        return Err(format!("is a page of more than {MOST_ELEMENTS} elements, which no report is"));
    }
    Ok(found(html, url))
}

fn found(html: &str, url: Option<&str>) -> Page {
    let document = Html::parse_document(html);
    let facts = facts::Facts::read(&document);
    let address = facts.canonical(url);
    let extracted = extract(html, address.as_ref().or(url.and_then(|url| Url::parse(url).ok()).as_ref()));
    let (found_title, found_author, body) = extracted.unwrap_or_default();
    let body = paragraphs::parted(html, &body::whole(&document, body));
    Page {
        title: heading::title(&document, &facts, &found_title),
        author: heading::author(&document, &facts, &found_author),
        published: date::published(&document, &facts, url),
        outlet: facts.outlet(),
        agency: facts.agency(),
        url: address.map(String::from),
        language: facts.language.clone(),
        body,
    }
}

/// Title, author and text as the extractor has them.
fn extract(html: &str, url: Option<&Url>) -> Option<(String, String, String)> {
    let mut options = Options::default()
        .with_fallback(true)
        .with_exclude_comments(true)
        .with_focus(ExtractionFocus::FavorRecall);
    options = options.with_max_tree_size(MOST_ELEMENTS);
    if let Some(url) = url {
        options = options.with_url(url.clone());
    }
    let result = trafilatura::extract(html, &options).ok()?;
    Some((result.metadata.title, result.metadata.author, result.content_text))
}

/// White space folded to single spaces, none at the ends.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Folded text, or nothing when it is empty.
fn some(text: &str) -> Option<String> {
    Some(folded(text)).filter(|text| !text.is_empty())
}
