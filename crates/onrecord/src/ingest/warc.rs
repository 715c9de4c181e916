//! WARC archives: every page that a crawl was given is an item.
//!
//! Written here: the format is a page long, and the crates for it either know no zstd or bring forty others.

use std::io::{self, BufRead, Read};

use flate2::bufread::MultiGzDecoder;

use super::bytes::{self, Stream, fault};
use super::fields::Known;
use super::formats::{Each, LONGEST_PAGE, at, unread};
use super::item::{Form, Item, Place, Unreadable};

/// The longest line of a header, and the most lines of one.
const LONGEST_LINE: usize = 64 * 1024;
const MOST_LINES: usize = 256;

/// Reads every record, and answers whether to go on. After a record that is not what it says, reading goes on at the
/// next place where one begins.
pub(super) fn read(name: &str, stream: &mut Stream<'_>, each: &mut Each<'_>) -> bool {
    let mut archive = Archive { stream, offset: 0 };
    loop {
        match archive.begin() {
            Ok(Some(offset)) => match archive.record(at(name, offset)) {
                Ok(None) => {}
                Ok(Some(found)) => {
                    if !each(found) {
                        return false;
                    }
                }
                Err(error) => {
                    return each(Err(Unreadable { place: at(name, offset), reason: unread(&error) }));
                }
            },
            Ok(None) => return true,
            Err(error) => {
                let place = at(name, archive.offset);
                if !each(Err(Unreadable { place: place.clone(), reason: error.to_string() })) {
                    return false;
                }
                match archive.find_next() {
                    Ok(()) => {}
                    Err(error) => return each(Err(Unreadable { place, reason: unread(&error) })),
                }
            }
        }
    }
}

struct Archive<'s, 'a> {
    stream: &'s mut Stream<'a>,
    offset: u64,
}

impl Archive<'_, '_> {
    fn line(&mut self) -> io::Result<Vec<u8>> {
        let (line, length) = bytes::line(self.stream, LONGEST_LINE)?;
        self.offset += length;
        line.ok_or_else(|| fault("has a header with a line of more than 64 KB"))
    }

    /// Goes to the next record, which should be here. Answers where it begins; `None` at the end.
    fn begin(&mut self) -> io::Result<Option<u64>> {
        loop {
            let start = self.stream.fill_buf()?;
            match start {
                [] => return Ok(None),
                [b'\r' | b'\n', ..] => {
                    self.stream.consume(1);
                    self.offset += 1;
                }
                [b'W', ..] => return Ok(Some(self.offset)),
                _ => {
                    return Err(fault(
                        "is where a record should begin and none does: the length before it is wrong",
                    ));
                }
            }
        }
    }

    /// Passes over lines until one begins a record.
    fn find_next(&mut self) -> io::Result<()> {
        loop {
            let start = self.stream.fill_buf()?;
            if start.is_empty() || start.starts_with(b"WARC/") {
                return Ok(());
            }
            self.offset += bytes::line(self.stream, LONGEST_LINE)?.1;
        }
    }

    /// Reads a record. The outer error is one of the stream: nothing more can be read of it.
    fn record(&mut self, place: Place) -> io::Result<Option<Result<Item, Unreadable>>> {
        let fail =
            |reason: &str| Ok(Some(Err(Unreadable { place: place.clone(), reason: reason.to_owned() })));
        if !self.line()?.starts_with(b"WARC/") {
            self.find_next()?;
            return fail("is where a record should begin and none does: the length before it is wrong");
        }
        let Some(header) = self.header()? else {
            self.find_next()?;
            return fail("is a record whose header does not end");
        };
        let Some(length) = value(&header, "content-length").and_then(|length| length.parse::<u64>().ok())
        else {
            self.find_next()?;
            return fail("is a record without a length");
        };
        let (bytes, rest) = self.content(length)?;
        if rest > 0 {
            return fail(&format!(
                "is a record of {length} bytes, and the archive ends {rest} bytes before its end"
            ));
        }
        let Some(bytes) = bytes else {
            return if is_page(&header) {
                fail(&format!("is a record of {length} bytes, which no page is"))
            } else {
                Ok(None)
            };
        };
        Ok(item(place, &header, bytes).transpose())
    }

    /// Reads the lines of a header, names in lower case; `None` when there are too many.
    fn header(&mut self) -> io::Result<Option<Vec<(String, String)>>> {
        let mut header = Vec::new();
        for _ in 0..MOST_LINES {
            let line = self.line()?;
            let line = String::from_utf8_lossy(&line);
            if line.trim().is_empty() {
                return Ok(Some(header));
            }
            header.extend(pair(&line));
        }
        Ok(None)
    }

    /// The content of a record, `None` when it is too long to hold; and how many bytes of it are missing.
    fn content(&mut self, length: u64) -> io::Result<(Option<Vec<u8>>, u64)> {
        let mut part = self.stream.take(length);
        let (bytes, read) = if length <= LONGEST_PAGE {
            let mut bytes = Vec::new();
            let read = part.read_to_end(&mut bytes)? as u64;
            (Some(bytes), read)
        } else {
            (None, io::copy(&mut part, &mut io::sink())?)
        };
        self.offset += read;
        Ok((bytes, length - read))
    }
}

fn pair(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(':')?;
    Some((name.trim().to_ascii_lowercase(), value.trim().to_owned()))
}

fn value<'h>(header: &'h [(String, String)], name: &str) -> Option<&'h str> {
    header.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// Whether a record is what a server answered, or a page kept without the answer.
fn is_page(header: &[(String, String)]) -> bool {
    match value(header, "warc-type") {
        Some("response") => true,
        Some("resource") => is_text(value(header, "content-type")),
        _ => false,
    }
}

/// Whether a type is one of text; pictures, styles and scripts are no reports.
fn is_text(kind: Option<&str>) -> bool {
    let kind = kind.unwrap_or("text/html").to_ascii_lowercase();
    ["text/html", "application/xhtml", "text/plain"].iter().any(|known| kind.starts_with(known))
}

/// The page of a record, if it is one; the error says why one cannot be read.
fn item(place: Place, header: &[(String, String)], bytes: Vec<u8>) -> Result<Option<Item>, Unreadable> {
    if !is_page(header) {
        return Ok(None);
    }
    let known = Known {
        url: value(header, "warc-target-uri").map(|url| url.trim_matches(['<', '>']).to_owned()),
        ..Known::default()
    };
    let is_answer = value(header, "warc-type") == Some("response");
    let (kind, bytes) = if is_answer {
        match answer(&bytes) {
            Ok(Some(answer)) => answer,
            Ok(None) => return Ok(None),
            Err(reason) => return Err(Unreadable { place, reason }),
        }
    } else {
        (value(header, "content-type").map(str::to_owned), bytes)
    };
    let charset = kind
        .as_deref()
        .and_then(|kind| kind.split_once("charset="))
        .map(|(_, name)| name.trim_matches('"').to_owned());
    let plain = kind.is_some_and(|kind| kind.starts_with("text/plain"));
    let form = if plain { Form::Plain } else { Form::Page };
    Ok(Some(Item { place, format: "warc", form, bytes, charset, known, visit: None }))
}

/// A body with its type, if that is named.
type Body = (Option<String>, Vec<u8>);

/// The type and the body of what a server answered; `None` when it is no page.
fn answer(bytes: &[u8]) -> Result<Option<Body>, String> {
    let (head, body) = match [&b"\r\n\r\n"[..], b"\n\n"].iter().find_map(|mark| cut(bytes, mark)) {
        Some(parts) => parts,
        None => return Err("is an answer whose header does not end".to_owned()),
    };
    let head = String::from_utf8_lossy(head);
    let status = head.split_whitespace().nth(1);
    let header: Vec<(String, String)> = head.lines().skip(1).filter_map(pair).collect();
    let kind = value(&header, "content-type");
    if status != Some("200") || !is_text(kind) {
        return Ok(None);
    }
    let mut body = body.to_vec();
    if value(&header, "transfer-encoding").is_some_and(|how| how.eq_ignore_ascii_case("chunked")) {
        // Many archives keep the body joined and the header as it was.
        body = joined(&body).unwrap_or(body);
    }
    match value(&header, "content-encoding").map(str::to_ascii_lowercase).as_deref() {
        Some("gzip" | "x-gzip") if body.starts_with(&[0x1f, 0x8b]) => {
            let (unpacked, more) = bytes::take(&mut MultiGzDecoder::new(body.as_slice()), LONGEST_PAGE)
                .map_err(|error| format!("is a page whose compressed data are damaged: {error}"))?;
            if more {
                return Err("is a page that unpacks to more than 16 MB".to_owned());
            }
            body = unpacked;
        }
        Some("br" | "zstd") => return Err("is a page packed in a way that is not read here".to_owned()),
        _ => {}
    }
    Ok(Some((kind.map(str::to_owned), body)))
}

fn cut<'b>(bytes: &'b [u8], mark: &[u8]) -> Option<(&'b [u8], &'b [u8])> {
    let at = memchr::memmem::find(bytes, mark)?;
    Some((&bytes[..at], &bytes[at + mark.len()..]))
}

/// A body that came in chunks, joined; `None` when it is not in chunks.
fn joined(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let (size, rest) = cut(body, b"\r\n")?;
        let size = std::str::from_utf8(size).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        if size == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(rest.get(..size)?);
        body = rest.get(size..)?.strip_prefix(b"\r\n")?;
    }
}
