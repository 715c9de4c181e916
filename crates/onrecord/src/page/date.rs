//! The day of publication: a cascade of places where pages say it, each kept with its name.
//!
//! The places, the surest first, are the variants of [`DateSource`]. Dates of change are never taken. Two places that
//! agree confirm each other.

use ego_tree::NodeRef;
use jiff::civil::Date;
use scraper::{Html, Node};

use super::facts::{Facts, select};
use super::{folded, some};

/// A day of publication, with where the page says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// The day, in the page's own time zone.
    pub date: Date,
    /// Where the page says so.
    pub source: DateSource,
    /// Whether a second place says the same.
    pub confirmed: bool,
}

/// Places where a page gives its date, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateSource {
    /// `datePublished` of JSON-LD.
    JsonLd,
    /// A meta element such as `article:published_time`.
    Meta,
    /// A `time` element or `itemprop` marked as the publication.
    Markup,
    /// A short line of its own beside the headline: "4 March 2026".
    Heading,
    /// The address: `/2026/03/04/`.
    Address,
    /// An element that looks like the article's date.
    Element,
    /// Words on the page: "Published 4 March 2026".
    Words,
    /// Data that the page carries for its own scripts: `"publishedAt": "2026-03-04"`.
    Script,
    /// `datePublished` of JSON-LD for the page, not for an article on it.
    PageJsonLd,
}

impl DateSource {
    /// The source's name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::JsonLd => "json-ld",
            Self::Meta => "meta",
            Self::Markup => "markup",
            Self::Heading => "heading",
            Self::Address => "address",
            Self::Element => "element",
            Self::Words => "words",
            Self::Script => "script",
            Self::PageJsonLd => "json-ld of the page",
        }
    }
}

/// Meta elements that name the day of publication, the surest first.
const META: [&str; 26] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "publishdate",
    "publish_date",
    "publish-date",
    "pubdate",
    "publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "citation_publication_date",
    "citation_date",
    "cxenseparse:publishtime",
    "cxenseparse:recs:publishtime",
    "shareaholic:article_published_time",
    "og:publish_date",
    "published",
    "datecreated",
    "date",
];

/// The day of publication, from the surest place that has one.
pub(super) fn published(document: &Html, facts: &Facts, url: Option<&str>) -> Option<Published> {
    let stated =
        ["datePublished", "uploadDate", "dateCreated"].iter().find_map(|key| facts.article_text(key));
    let stated = stated.and_then(|text| parse(&text));
    let json_ld = if facts.is_article { DateSource::JsonLd } else { DateSource::PageJsonLd };
    let mut found = [
        (json_ld, stated),
        (DateSource::Meta, facts.meta(&META).and_then(parse)),
        (DateSource::Markup, marked(document)),
        (DateSource::Heading, beside_heading(document)),
        (DateSource::Address, url.and_then(in_address)),
        (DateSource::Element, element(document)),
        (DateSource::Words, worded(document)),
        (DateSource::Script, in_scripts(document)),
    ];
    found.sort_by_key(|(source, _)| *source);
    let found: Vec<(DateSource, Date)> =
        found.into_iter().filter_map(|(source, date)| date.map(|date| (source, date))).collect();
    let confirmed =
        |(source, date): &(DateSource, Date)| found.iter().any(|(other, day)| other != source && day == date);
    // JSON-LD is for machines alone: where nothing that readers see bears it out, it is often the day of an earlier
    // article at the same address.
    let alone = |found: &&(DateSource, Date)| match found.0 {
        DateSource::JsonLd => confirmed(found),
        source => source < DateSource::Element || confirmed(found),
    };
    let (source, date) = *found.iter().find(alone)?;
    Some(Published { date, source, confirmed: confirmed(&(source, date)) })
}

/// How many lines around the headline are looked at for a date of their own.
const LINES_BEFORE: usize = 8;
const LINES_AFTER: usize = 15;
/// Longest line, in bytes, that is a date and not a sentence that holds one.
const LONGEST_DATE_LINE: usize = 60;

/// A short line with a date, just before or after the headline.
fn beside_heading(document: &Html) -> Option<Date> {
    let body = select(document, "body").next()?;
    let mut lines: Vec<String> = Vec::new();
    let mut heading = None;
    for node in body.descendants() {
        match node.value() {
            Node::Element(element) if element.name() == "h1" && heading.is_none() => {
                heading = Some(lines.len());
            }
            Node::Text(text) if !is_hidden(&node) => lines.extend(some(text)),
            _ => {}
        }
        if heading.is_some_and(|heading| lines.len() > heading + LINES_AFTER) {
            break;
        }
    }
    let heading = heading?;
    let after = lines[heading..].iter();
    let before = lines[heading.saturating_sub(LINES_BEFORE)..heading].iter().rev();
    let dated =
        |line: &String| (line.len() <= LONGEST_DATE_LINE && !is_change(line)).then(|| in_words(line))?;
    after.chain(before).find_map(dated)
}

/// Whether a text node is no text of the page: part of a script, a style or a template.
fn is_hidden(node: &NodeRef<'_, Node>) -> bool {
    let parent =
        node.parent().and_then(|parent| parent.value().as_element().map(|element| element.name().to_owned()));
    parent.is_some_and(|name| ["script", "style", "noscript", "template"].contains(&name.as_str()))
}

/// A day of publication in the data of the page's own scripts.
fn in_scripts(document: &Html) -> Option<Date> {
    const KEYS: [&str; 6] = [
        "publishedAt",
        "published_at",
        "datePublished",
        "first_publication_date",
        "publish_date",
        "publishDate",
    ];
    let scripts: Vec<String> = select(document, r#"script:not([type="application/ld+json"])"#)
        .map(|script| script.text().collect::<String>().replace('\\', ""))
        .collect();
    KEYS.iter().find_map(|key| {
        let key = format!("\"{key}\":\"");
        scripts.iter().find_map(|script| parse(script.split_once(&key)?.1.split('"').next()?))
    })
}

/// A date in markup that names the publication.
fn marked(document: &Html) -> Option<Date> {
    const PLACES: &str = "[itemprop=datePublished], time[pubdate], time.published, time.entry-date.published, .published[title], \
                          abbr.published, time[class*=publish], [class*=publish] time, [data-testid*=publish] time";
    select(document, PLACES).find_map(|element| {
        let stated =
            ["datetime", "content", "title"].iter().find_map(|key| element.attr(key).and_then(parse));
        stated.or_else(|| parse(&element.text().collect::<String>()))
    })
}

/// A date in an element that looks like the article's.
fn element(document: &Html) -> Option<Date> {
    const PLACES: &str = "article header time, header time, .entry-date, .post-date, .article-date, .entry-meta time, \
                          .post-meta time, .byline time, .meta time, time[datetime], .date, .post-meta, .entry-meta, \
                          [class*=date], [class*=Date], [class*=byline], [id*=date]";
    let candidates = select(document, PLACES).filter(|element| {
        let class = element.attr("class").unwrap_or_default().to_lowercase();
        !["modif", "updat", "related", "comment", "copyright", "event"]
            .iter()
            .any(|word| class.contains(word))
    });
    candidates.take(60).find_map(|element| {
        let text = folded(&element.text().collect::<String>());
        if is_change(&text) {
            return None;
        }
        let stated = element.attr("datetime").and_then(parse);
        stated.or_else(|| if text.chars().count() <= 120 { in_words(&text) } else { None })
    })
}

/// Whether words speak of a change and not of the publication.
fn is_change(text: &str) -> bool {
    let text = text.to_lowercase();
    ["updated", "modified", "last reviewed", "edited"].iter().any(|word| text.contains(word))
        && !["published", "posted"].iter().any(|word| text.contains(word))
}

/// A date behind words such as "Published".
fn worded(document: &Html) -> Option<Date> {
    let body = select(document, "body").next()?;
    let text = folded(&body.text().collect::<Vec<_>>().join(" "));
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return None;
    }
    ["published on", "published:", "published", "posted on", "posted:", "posted", "date:"].iter().find_map(
        |word| {
            let at = lower.find(word)? + word.len();
            let end = (at + 40..text.len()).find(|end| text.is_char_boundary(*end)).unwrap_or(text.len());
            in_words(&text[at..end])
        },
    )
}

/// The date in an address: `/2026/03/04/`, `/2026-03-04-`.
fn in_address(url: &str) -> Option<Date> {
    let numbers: Vec<&str> = url.split(['/', '-', '_']).collect();
    numbers.windows(3).find_map(|parts| {
        let [year, month, day] = parts else { return None };
        if year.len() != 4 || month.len() > 2 || day.len() > 2 {
            return None;
        }
        day_of(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    })
}

/// A date from a field that holds one: ISO 8601 with or without time, or words.
pub(crate) fn parse(text: &str) -> Option<Date> {
    let text = text.trim();
    let digits: String =
        text.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '.')).collect();
    let parts: Vec<&str> = digits.split(['-', '/', '.']).collect();
    if let [year, month, day, ..] = parts[..]
        && year.len() == 4
    {
        return day_of(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    }
    if digits.len() == 8 && parts.len() == 1 {
        return day_of(digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..].parse().ok()?);
    }
    in_words(text)
}

/// Years in which a web page can have been published.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2100;

fn day_of(year: i16, month: i8, day: i8) -> Option<Date> {
    YEARS.contains(&year).then(|| Date::new(year, month, day).ok())?
}

/// The first date in words: "4 March 2026", "March 4, 2026", "2026-03-04", "03/14/2026".
fn in_words(text: &str) -> Option<Date> {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '|' | '·' | '•'))
        .filter(|w| !w.is_empty())
        .collect();
    for (index, word) in words.iter().enumerate() {
        let number = |offset: usize| words.get(index + offset).and_then(|word| ordinal(word));
        if let Some(month) = month(word) {
            let before = index.checked_sub(1).and_then(|i| words.get(i)).and_then(|word| ordinal(word));
            let late = match (before, number(1)) {
                (_, Some(day)) if day <= 31 => {
                    number(2).and_then(|year| day_of(year, month, i8::try_from(day).ok()?))
                }
                (Some(day), Some(year)) => i8::try_from(day).ok().and_then(|day| day_of(year, month, day)),
                _ => None,
            };
            if late.is_some() {
                return late;
            }
        }
        if let Some(date) = numeric(word) {
            return Some(date);
        }
    }
    None
}

fn numeric(word: &str) -> Option<Date> {
    let word = word.split('T').next().unwrap_or(word);
    let parts: Vec<i16> = word.split(['-', '/', '.']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [a, b, c] = parts[..] else { return None };
    let small = |number: i16| i8::try_from(number).ok();
    // Half the world puts the month first in "03/04/2026": whoever reads it can only guess.
    let is_unclear = !word.contains('.') && a <= 12 && b <= 12 && a != b;
    if a < 1000 && is_unclear {
        return None;
    }
    if a >= 1000 {
        return day_of(a, small(b)?, small(c)?);
    }
    let (month, day) = if a > 12 || word.contains('.') { (b, a) } else { (a, b) };
    day_of(c, small(month)?, small(day)?)
}

/// "4th", "4", "2026".
fn ordinal(word: &str) -> Option<i16> {
    let word = word.trim_end_matches(['.', ':', ';']);
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &word[digits.len()..];
    if !["", "st", "nd", "rd", "th"].contains(&suffix) {
        return None;
    }
    digits.parse().ok()
}

fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.trim_end_matches('.').to_lowercase();
    if word.len() < 3 {
        return None;
    }
    let index =
        MONTHS.iter().position(|month| *month == word || (word.len() <= 4 && month.starts_with(&word)))?;
    i8::try_from(index + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Option<Date> {
        text.parse().ok()
    }

    #[test]
    fn dates_are_read_in_the_ways_that_pages_write_them() {
        for text in [
            "2026-03-04T10:00:00+01:00",
            "2026-03-04",
            "20260304",
            "March 4, 2026",
            "Mar. 4th, 2026",
            "Wednesday, 4 March 2026",
            "04.03.2026",
        ] {
            assert_eq!(parse(text), date("2026-03-04"), "{text}");
        }
        assert_eq!(parse("25/12/2025"), date("2025-12-25"));
        assert_eq!(parse("12/25/2025"), date("2025-12-25"));
        assert_eq!(parse("03/04/2026"), None);
        assert_eq!(parse("soon"), None);
        assert_eq!(in_address("https://example.org/2026/03/04/harbour"), date("2026-03-04"));
    }

    #[test]
    fn a_date_of_change_is_not_the_date_of_publication() {
        let html = r#"<html><head><meta property="article:modified_time" content="2026-05-01"></head>
            <body><h1>Harbour reopens</h1><p class="date">Updated May 1, 2026</p><p>Published 4 March 2026</p></body></html>"#;
        let page = crate::page::read(html, None);
        let published = page.published.unwrap();
        assert_eq!((Some(published.date), published.source), (date("2026-03-04"), DateSource::Heading));
    }
}
