//! What a stream holds, told by its first bytes: names of files and labels of servers are often wrong.

use super::fields::Map;

/// A format of what is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    Html,
    Feed,
    JsonLines,
    Csv { separator: u8 },
    Warc,
}

impl Kind {
    /// Its name in tables.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Plain => "text",
            Self::Html => "html",
            Self::Feed => "feed",
            Self::JsonLines => "jsonl",
            Self::Csv { .. } => "csv",
            Self::Warc => "warc",
        }
    }

    /// Tells the format of a stream that begins so.
    pub(super) fn of(start: &[u8], map: &Map) -> Self {
        if start.starts_with(b"WARC/") {
            return Self::Warc;
        }
        let start = match encoding_rs::Encoding::for_bom(start) {
            Some((encoding, length)) => encoding.decode_without_bom_handling(&start[length..]).0,
            None => String::from_utf8_lossy(start),
        };
        let start = start.trim_start();
        if start.starts_with('<') {
            return markup(&start.to_ascii_lowercase());
        }
        if is_json_object(start) {
            let feed =
                start.contains("https://jsonfeed.org/version/") || start.contains("jsonfeed.org\\/version");
            return if feed { Self::Feed } else { Self::JsonLines };
        }
        table(start, map).unwrap_or(Self::Plain)
    }
}

fn markup(start: &str) -> Kind {
    let at = |marks: &[&str]| marks.iter().filter_map(|mark| start.find(mark)).min();
    let feed = at(&["<rss", "<feed", "<rdf:rdf"]);
    let html =
        at(&["<!doctype html", "<html", "<head", "<body", "<meta", "<p>", "<p ", "<div", "<article", "<h1"]);
    match (feed, html) {
        (Some(feed), html) if html.is_none_or(|html| feed < html) => Kind::Feed,
        (_, Some(_)) => Kind::Html,
        _ => Kind::Plain,
    }
}

/// Whether text begins as a JSON object does: a brace, then a key or nothing.
fn is_json_object(start: &str) -> bool {
    start.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}']))
}

/// A table, if the first line names a column for the text and one more.
fn table(start: &str, map: &Map) -> Option<Kind> {
    let header = start.lines().next()?;
    [b',', b'\t', b';'].into_iter().find_map(|separator| {
        let cells: Vec<&str> =
            header.split(separator as char).map(|cell| cell.trim().trim_matches('"')).collect();
        (cells.len() > 1 && cells.iter().any(|cell| map.is_text(cell))).then_some(Kind::Csv { separator })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(start: &str) -> &'static str {
        Kind::of(start.as_bytes(), &Map::default()).name()
    }

    #[test]
    fn formats_are_told_by_their_first_bytes() {
        for (start, name) in [
            ("The dam holds, the minister said.", "text"),
            ("{sic} The dam, text and all, holds.", "text"),
            ("< 5 people came.", "text"),
            ("\u{feff}<!DOCTYPE html><html><body>The dam holds.", "html"),
            ("<div><p>The dam holds.</p></div>", "html"),
            ("<?xml version=\"1.0\"?><rss version=\"2.0\">", "feed"),
            ("<?xml version=\"1.0\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">", "feed"),
            ("<?xml version=\"1.0\"?><!DOCTYPE html><html><body>A word on <rss>", "html"),
            ("{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": []}", "feed"),
            ("{\"text\": \"The dam holds.\"}", "jsonl"),
            ("url,title,text\n", "csv"),
            ("\"title\"\t\"text\"\n", "csv"),
            ("title,remarks\n", "text"),
            ("WARC/1.0\r\n", "warc"),
        ] {
            assert_eq!(kind(start), name, "{start}");
        }
    }
}
