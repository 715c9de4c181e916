//! CSV with a header: a record a row, with the fields of [`FIELDS`](super::FIELDS).

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use csv::{ByteRecord, ErrorKind, ReaderBuilder};

use super::bytes::{self, Stream};
use super::charset;
use super::fields::Map;
use super::formats::{Each, LONGEST_PAGE, at};
use super::item::Unreadable;
use super::lines;

/// Reads every row, and answers whether to go on. A row that has no end, as after a mark that is never closed, ends the reading.
pub(super) fn read(name: &str, stream: Stream<'_>, separator: u8, map: &Map, each: &mut Each<'_>) -> bool {
    let left = Rc::new(Cell::new(LONGEST_PAGE));
    let stream = Rationed { inner: stream, left: Rc::clone(&left) };
    let mut rows = ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(stream);
    let header: Vec<String> = match rows.byte_headers() {
        Ok(header) => header.iter().map(|cell| cell_text(cell).trim().to_owned()).collect(),
        Err(error) => return each(Err(Unreadable { place: at(name, 0), reason: why(&error) })),
    };
    let mut row = ByteRecord::new();
    loop {
        left.set(LONGEST_PAGE);
        let place = at(name, rows.position().byte());
        let found = match rows.read_byte_record(&mut row) {
            Ok(false) => return true,
            Ok(true) => lines::record(place, "csv", |field| cell(&header, &row, map.name(field)), map),
            Err(error) => return each(Err(Unreadable { place, reason: why(&error) })),
        };
        if !each(found) {
            return false;
        }
    }
}

fn cell(header: &[String], row: &ByteRecord, name: &str) -> Option<String> {
    let index = header.iter().position(|cell| cell.eq_ignore_ascii_case(name))?;
    row.get(index).map(cell_text)
}

fn cell_text(cell: &[u8]) -> String {
    charset::decode(cell, None).map_or_else(|_| String::new(), |(text, _)| text)
}

fn why(error: &csv::Error) -> String {
    match error.kind() {
        ErrorKind::Io(error) => format!("cannot be read: {error}"),
        _ => format!("is no row of CSV: {error}"),
    }
}

/// A stream that gives so many bytes and no more until the ration is renewed.
struct Rationed<R> {
    inner: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Rationed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let left = self.left.get().checked_sub(read as u64);
        self.left.set(left.ok_or_else(|| bytes::fault("a row is longer than any report"))?);
        Ok(read)
    }
}
