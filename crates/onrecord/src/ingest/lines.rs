//! JSON lines: an object a line, with the fields of [`FIELDS`](super::FIELDS).

use serde_json::Value;

use super::bytes::{self, Stream};
use super::fields::{Known, Map};
use super::formats::{Each, LONGEST_PAGE, at, unread};
use super::item::{Form, Item, Place, Unreadable};

/// Reads every line, and answers whether to go on.
pub(super) fn read(name: &str, stream: &mut Stream<'_>, map: &Map, each: &mut Each<'_>) -> bool {
    let limit = usize::try_from(LONGEST_PAGE).unwrap_or(usize::MAX);
    let mut offset = 0;
    loop {
        let place = at(name, offset);
        let (line, length) = match bytes::line(stream, limit) {
            Ok((_, 0)) => return true,
            Ok(line) => line,
            Err(error) => return each(Err(Unreadable { place, reason: unread(&error) })),
        };
        offset += length;
        let found = match line {
            None => {
                Err(Unreadable { place, reason: format!("is a line of {length} bytes, which no report is") })
            }
            Some(line) if line.iter().all(u8::is_ascii_whitespace) => continue,
            Some(line) => item(place, &line, map),
        };
        if !each(found) {
            return false;
        }
    }
}

fn item(place: Place, line: &[u8], map: &Map) -> Result<Item, Unreadable> {
    let fail = |place: Place, reason: String| Err(Unreadable { place, reason });
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    let object: Value = match serde_json::from_slice(line) {
        Ok(object) => object,
        Err(error) => return fail(place, format!("is no line of JSON: {error}")),
    };
    let field = |field: &str| match object.get(map.name(field))? {
        Value::String(text) => Some(text.clone()),
        Value::Array(values) => {
            let texts: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
            Some(texts.join(", "))
        }
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    record(place, "jsonl", field, map)
}

/// The item of a record, from a function that gives a field's value.
pub(super) fn record(
    place: Place,
    format: &'static str,
    field: impl Fn(&str) -> Option<String>,
    map: &Map,
) -> Result<Item, Unreadable> {
    let full = |name: &str| field(name).filter(|value| !value.trim().is_empty());
    let (form, text) = match (full("text"), full("html")) {
        (Some(text), _) => (Form::Plain, text),
        (None, Some(html)) => (Form::Page, html),
        (None, None) => {
            let name = map.name("text");
            let reason = format!("has no `{name}`: name the field that holds the text with --map text=NAME");
            return Err(Unreadable { place, reason });
        }
    };
    Ok(Item { place, format, form, bytes: text.into_bytes(), charset: None, known: Known::of(&field), visit: None })
}
