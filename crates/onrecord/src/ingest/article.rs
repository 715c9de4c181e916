//! From an item to the text that is kept, with what is known of it.

use whatlang::{Lang, detect};

use super::charset;
use super::fields::Known;
use super::item::{Form, Item};
use crate::core::{Date, Meta};
use crate::page::{self, Page};
use crate::report::LONGEST;

/// A report as it will be kept, and where that is known from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Article {
    pub(crate) text: String,
    pub(crate) meta: Meta,
    pub(crate) sighting: Sighting,
    /// Whether the embedded pipeline reads its language.
    pub(crate) is_readable: bool,
}

/// What was found in one place, beside the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Sighting {
    pub(crate) title: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) agency: Option<String>,
    pub(crate) published: Option<Date>,
    pub(crate) published_from: Option<&'static str>,
    pub(crate) confirmed: bool,
    pub(crate) language: Option<String>,
    pub(crate) charset: &'static str,
}

/// What the caller says of everything that is added.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Given {
    /// Day of publication.
    pub published: Option<Date>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
}

/// Looks into an item. The error says why there is no report in it.
pub(super) fn open(item: &Item, given: &Given) -> Result<Article, String> {
    let (text, charset) = charset::decode(&item.bytes, item.charset.as_deref())?;
    let url = item.known.url.as_deref().or(given.url.as_deref());
    let (text, page) = match item.form {
        Form::Plain => (titled(item.known.title.as_deref(), &text), Page::default()),
        Form::Fragment => (titled(item.known.title.as_deref(), &apart(&page::plain(&text))), Page::default()),
        Form::Page => {
            let page = page::try_read(&text, url)?;
            (titled(page.title.as_deref().or(item.known.title.as_deref()), &apart(&page.body)), page)
        }
    };
    if item.form == Form::Page && page.body.trim().is_empty() {
        return Err("is a page without an article".to_owned());
    }
    if text.trim().is_empty() {
        return Err("is empty: there is nothing to read".to_owned());
    }
    if text.len() as u64 > LONGEST {
        return Err(format!(
            "is longer than {} MB, which no report is: cut it into reports",
            LONGEST / 1024 / 1024
        ));
    }
    Ok(article(item, given, text, page, charset))
}

/// Paragraphs with an empty line between each two: lines alone could be those of one paragraph.
fn apart(paragraphs: &str) -> String {
    paragraphs.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// The text of a report: its headline over it, unless the text begins with that.
fn titled(title: Option<&str>, body: &str) -> String {
    match title.map(str::trim).filter(|title| !title.is_empty()) {
        Some(title) if !body.trim_start().starts_with(title) => format!("{title}\n\n{body}"),
        _ => body.to_owned(),
    }
}

fn article(item: &Item, given: &Given, text: String, page: Page, charset: &'static str) -> Article {
    let Known { url, title, published, published_from, outlet, author, language } = item.known.clone();
    let on_page = page.published;
    let (published, published_from, confirmed) = match (published, on_page) {
        (Some(day), on_page) => (Some(day), published_from, on_page.is_some_and(|page| page.date == day)),
        (None, Some(page)) => (Some(page.date), Some(page.source.name()), page.confirmed),
        (None, None) => (None, None, false),
    };
    let spoken = language_of(&text).or_else(|| language.or(page.language).map(|tag| short(&tag)));
    let meta = Meta {
        published: given.published.or(published),
        outlet: given.outlet.clone().or(outlet).or(page.outlet),
        url: given.url.clone().or(url).or(page.url),
        source: Some(item.place.file.clone()),
    };
    Article {
        is_readable: spoken.as_deref().is_none_or(|language| language == "en"),
        text,
        meta,
        sighting: Sighting {
            title: page.title.or(title),
            author: author.or(page.author),
            agency: page.agency,
            published,
            published_from,
            confirmed,
            language: spoken,
            charset,
        },
    }
}

/// How much of a text its language is told by, in bytes.
const TOLD_BY: usize = 4096;
/// Less than so many characters tell no language of the Latin alphabet.
const FEWEST: usize = 100;

/// The language of a text, where the text itself is clear about it.
fn language_of(text: &str) -> Option<String> {
    let end = (0..=text.len().min(TOLD_BY)).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    let told = detect(&text[..end])?;
    let enough = text.chars().filter(|c| c.is_alphabetic()).take(FEWEST).count() >= FEWEST;
    (enough && told.is_reliable()).then(|| tag(told.lang()).to_owned())
}

/// The tag of a language, in BCP 47.
fn tag(language: Lang) -> &'static str {
    const SHORT: &str = include_str!("../../data/languages.tsv");
    let code = language.code();
    SHORT
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .find(|(long, _)| *long == code)
        .map_or(code, |(_, tag)| tag)
}

/// The language of a tag: "en" of "en-GB".
fn short(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or(tag).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::formats::at;

    fn item(form: Form, text: &str) -> Item {
        Item {
            place: at("a", 0),
            format: "text",
            form,
            bytes: text.into(),
            charset: None,
            known: Known::default(),
            visit: None,
        }
    }

    #[test]
    fn a_text_is_kept_as_it_is() {
        let text = "The dam holds.\r\n\r\n  He said so.\n";
        let article = open(&item(Form::Plain, text), &Given::default()).unwrap();
        assert_eq!((article.text.as_str(), article.is_readable), (text, true));
    }

    #[test]
    fn a_title_stands_over_its_text_once() {
        let mut record = item(Form::Plain, "It holds, he said.");
        record.known.title = Some("Dam holds".into());
        assert_eq!(open(&record, &Given::default()).unwrap().text, "Dam holds\n\nIt holds, he said.");
        record.bytes = b"Dam holds\nIt holds, he said.".into();
        assert_eq!(open(&record, &Given::default()).unwrap().text, "Dam holds\nIt holds, he said.");
    }

    #[test]
    fn a_language_that_nobody_reads_is_told() {
        let german = "Der Damm über dem Tal hält, sagte die Ministerin am Dienstag vor Journalisten in der Hauptstadt. \
                      Er habe seit sechzig Jahren gehalten, und er werde auch weiterhin halten, solange das Wasser nicht steigt.";
        let article = open(&item(Form::Plain, german), &Given::default()).unwrap();
        assert_eq!((article.sighting.language.as_deref(), article.is_readable), (Some("de"), false));
    }
}
