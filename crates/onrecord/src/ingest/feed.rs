//! RSS, Atom and JSON feeds: an entry with its text is an item.

use chrono::{DateTime, NaiveDate, Utc};
use feed_rs::model::Feed;
use feed_rs::parser;

use super::bytes::{self, Stream};
use super::fields::Known;
use super::formats::{Each, LONGEST_PAGE, at, unread};
use super::item::{Form, Item, Unreadable};
use crate::page;

/// An entry of a feed.
pub(crate) struct Entry {
    /// What the feed says of the page.
    pub(crate) known: Known,
    /// The entry's own text, or why it has none.
    pub(crate) item: Result<Item, Unreadable>,
}

/// Reads every entry, and answers whether to go on.
pub(super) fn read(name: &str, stream: &mut Stream<'_>, each: &mut Each<'_>) -> bool {
    let mut fail = |reason: String| each(Err(Unreadable { place: at(name, 0), reason }));
    let bytes = match bytes::take(stream, LONGEST_PAGE) {
        Ok((bytes, false)) => bytes,
        Ok((_, true)) => return fail("is longer than any feed".to_owned()),
        Err(error) => return fail(unread(&error)),
    };
    match entries(name, &bytes) {
        Ok(entries) => entries.into_iter().all(|entry| each(entry.item)),
        Err(reason) => fail(reason),
    }
}

/// The entries of a feed; the error says why it cannot be read.
pub(crate) fn entries(name: &str, bytes: &[u8]) -> Result<Vec<Entry>, String> {
    // A declaration of entities has no place in a feed, and is how one of a kilobyte becomes one of a gigabyte.
    if bytes.windows(8).any(|window| window.eq_ignore_ascii_case(b"<!ENTITY")) {
        return Err("is a feed that declares entities of its own, which no feed needs".to_owned());
    }
    let parser = parser::Builder::new().sanitize_content(false).timestamp_parser(day).build();
    let feed = parser.parse(bytes).map_err(|error| format!("is a feed that cannot be read: {error}"))?;
    Ok(feed.entries.iter().map(|entry| read_entry(name, bytes, &feed, entry)).collect())
}

/// The day in the feed's own time zone: what its readers call today.
fn day(text: &str) -> Option<DateTime<Utc>> {
    let day = page::day(text)?;
    let day = NaiveDate::from_ymd_opt(
        day.year().into(),
        day.month().unsigned_abs().into(),
        day.day().unsigned_abs().into(),
    )?;
    Some(day.and_hms_opt(0, 0, 0)?.and_utc())
}

fn read_entry(name: &str, bytes: &[u8], feed: &Feed, entry: &feed_rs::model::Entry) -> Entry {
    let text = |text: &Option<feed_rs::model::Text>| text.as_ref().map(|text| text.content.clone());
    let url = entry.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
    let body = entry.content.as_ref().and_then(|content| content.body.clone());
    let body = [body, text(&entry.summary)].into_iter().flatten().find(|body| !body.trim().is_empty());
    let authors: Vec<&str> = entry.authors.iter().filter_map(|author| author.name.as_deref()).collect();
    let published = entry.published.and_then(|moment| moment.date_naive().to_string().parse().ok());
    let known = Known {
        url: url.map(|link| link.href.clone()),
        title: text(&entry.title).map(|title| page::plain(&title)),
        published,
        published_from: published.map(|_| "feed"),
        outlet: text(&feed.title).map(|title| page::plain(&title)).filter(|title| !title.is_empty()),
        author: Some(authors.join(", ")).filter(|authors| !authors.is_empty()),
        language: entry.language.clone().or_else(|| feed.language.clone()),
    };
    let place = at(name, place_of(bytes, &entry.id));
    let item = match body {
        Some(body) => Ok(Item {
            place,
            format: "feed",
            form: Form::Fragment,
            bytes: body.into_bytes(),
            charset: None,
            known: known.clone(),
            visit: None,
        }),
        None => {
            let reason = "is an entry without a text; only its page has it: `onrecord fetch` goes there";
            Err(Unreadable { place, reason: reason.to_owned() })
        }
    };
    Entry { known, item }
}

/// Where an entry's id stands in the feed; the parser keeps no offsets.
fn place_of(bytes: &[u8], id: &str) -> u64 {
    let id = id.as_bytes();
    let found = (!id.is_empty()).then(|| memchr::memmem::find(bytes, id)).flatten();
    found.unwrap_or_default() as u64
}
