//! Reads a stream of any format, one item at a time.

use std::io::{BufRead, Read};

use super::bytes::{self, Stream};
use super::fields::Map;
use super::item::{Form, Item, Place, Unreadable};
use super::kind::Kind;
use super::{feed, lines, table, warc};
use crate::report::LONGEST;

/// The longest page or feed, in bytes; and the longest record of any kind.
pub(crate) const LONGEST_PAGE: u64 = 16 * 1024 * 1024;

/// How much of a stream its format is told by, in bytes.
const START: usize = 1 << 16;

/// What a reader hands on: an item, or why there is none. It answers whether to go on.
pub(crate) type Each<'e> = dyn FnMut(Result<Item, Unreadable>) -> bool + 'e;

/// Reads everything that a stream holds, and answers whether to go on. `name` is what messages call it.
pub(crate) fn read(name: &str, stream: impl Read, map: &Map, each: &mut Each<'_>) -> bool {
    let mut fail = |reason: String| each(Err(Unreadable { place: at(name, 0), reason }));
    let mut stream = match bytes::open(stream) {
        Ok(stream) => stream,
        Err(error) => return fail(unread(&error)),
    };
    let kind = match stream.fill_buf() {
        Ok(start) => Kind::of(start, map),
        Err(error) => return fail(unread(&error)),
    };
    match kind {
        Kind::Plain => whole(name, &mut stream, Form::Plain, kind, LONGEST, each),
        Kind::Html => whole(name, &mut stream, Form::Page, kind, LONGEST_PAGE, each),
        Kind::Feed => feed::read(name, &mut stream, each),
        Kind::JsonLines => lines::read(name, &mut stream, map, each),
        Kind::Csv { separator } => table::read(name, stream, separator, map, each),
        Kind::Warc => warc::read(name, &mut stream, each),
    }
}

/// A stream that is one item.
fn whole(
    name: &str,
    stream: &mut Stream<'_>,
    form: Form,
    kind: Kind,
    limit: u64,
    each: &mut Each<'_>,
) -> bool {
    let place = at(name, 0);
    let bytes = match bytes::take(stream, limit) {
        Ok((bytes, false)) => bytes,
        Ok((_, true)) => {
            let most = limit / 1024 / 1024;
            let reason = format!("is longer than {most} MB, which no report is: cut it into reports");
            return each(Err(Unreadable { place, reason }));
        }
        Err(error) => return each(Err(Unreadable { place, reason: unread(&error) })),
    };
    each(Ok(Item {
        place,
        format: kind.name(),
        form,
        bytes,
        charset: None,
        known: super::fields::Known::default(),
        visit: None,
    }))
}

/// Whether bytes are those of a feed.
pub(crate) fn is_feed(bytes: &[u8], map: &Map) -> bool {
    Kind::of(&bytes[..bytes.len().min(START)], map) == Kind::Feed
}

pub(super) fn at(name: &str, offset: u64) -> Place {
    Place { file: name.to_owned(), offset }
}

/// Why a stream could not be read, in words that follow its name.
pub(super) fn unread(error: &std::io::Error) -> String {
    format!("cannot be read: {error}")
}
