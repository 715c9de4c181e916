//! From an item to the text that is kept, with what is known of it.

use serde_json::{Value as Json, json};
use url::Url;
use whatlang::{Lang, detect};

use super::charset;
use super::fields::Known;
use super::item::{Form, Item};
use crate::core::{Date, Meta};
use crate::page::{self, Origin, Page};
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
    /// Where the paragraphs of the text stand in the page, as the database keeps it; none when the text is the page.
    pub(crate) origins: Option<String>,
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
    let (source, charset) = charset::decode(&item.bytes, item.charset.as_deref())?;
    let url = item.known.url.as_deref().or(given.url.as_deref());
    let (text, page) = read_form(item, url, &source)?;
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
    let origins = (item.form != Form::Plain).then(|| map(&page::origins(&source, &text)));
    let sighting = Sighting { charset, origins, ..Sighting::default() };
    Ok(article(item, given, text, page, sighting))
}

/// The text of an item, and what its page says when it is one.
fn read_form(item: &Item, url: Option<&str>, source: &str) -> Result<(String, Page), String> {
    let given = item.known.title.as_deref();
    Ok(match item.form {
        Form::Plain => (titled(given, source), Page::default()),
        Form::Fragment => (titled(given, &apart(&page::plain(source))), Page::default()),
        Form::Page => {
            let page = page::try_read(source, url)?;
            (titled(page.title.as_deref().or(given), &apart(&page.body)), page)
        }
    })
}

/// Places in a page as the database keeps them: JSON, four numbers for each.
fn map(origins: &[Origin]) -> String {
    let numbers = |o: &Origin| json!([o.text.start, o.text.end, o.page.start, o.page.end]);
    Json::from_iter(origins.iter().map(numbers)).to_string()
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

fn article(item: &Item, given: &Given, text: String, page: Page, sighting: Sighting) -> Article {
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
        url: given.url.clone().or_else(|| address(url, page.url)),
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
            ..sighting
        },
    }
}

/// The address of a page: the one that it gives as its own, if that is on the host where it was found. Without what
/// feeds hang on to an address, two finds of one page have the same.
fn address(found: Option<String>, own: Option<String>) -> Option<String> {
    let (Some(there), Some(here)) = (&found, &own) else { return found.or(own) };
    let (Ok(there), Ok(here)) = (Url::parse(there), Url::parse(here)) else { return found };
    // Some outlets name their front page on every page.
    let is_front = here.path().len() <= 1 && there.path().len() > 1;
    if there.host_str() == here.host_str() && !is_front { own } else { found }
}

/// How much of a text its language is told by, in bytes: more where that leaves doubt.
const TOLD_BY: [usize; 2] = [1024, 4096];
/// Less than so many characters tell no language of the Latin alphabet.
const FEWEST: usize = 100;

/// The language of a text, where the text itself is clear about it.
fn language_of(text: &str) -> Option<String> {
    if text.chars().filter(|c| c.is_alphabetic()).take(FEWEST).count() < FEWEST {
        return None;
    }
    let told = TOLD_BY.into_iter().find_map(|most| {
        let part = &text[..text.floor_char_boundary(most)];
        detect(part).filter(whatlang::Info::is_reliable)
    });
    told.map(|told| tag(told.lang()).to_owned())
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
    fn the_address_of_a_page_is_its_own_on_the_same_host() {
        let chosen = |found: &str, own: &str| address(Some(found.into()), Some(own.into())).unwrap();
        let own = "https://norvale.example/dam";
        assert_eq!(chosen("http://norvale.example/dam?from=feed", own), own);
        assert_eq!(chosen("https://lantern.example/dam", own), "https://lantern.example/dam");
        assert_eq!(chosen(own, "https://norvale.example/"), own);
    }

    #[test]
    fn a_language_that_nobody_reads_is_told() {
        let german = "Der Damm über dem Tal hält, sagte die Ministerin am Dienstag vor Journalisten in der Hauptstadt. \
                      Er habe seit sechzig Jahren gehalten, und er werde auch weiterhin halten, solange das Wasser nicht steigt.";
        let article = open(&item(Form::Plain, german), &Given::default()).unwrap();
        assert_eq!((article.sighting.language.as_deref(), article.is_readable), (Some("de"), false));
    }
}
