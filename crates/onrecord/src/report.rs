//! Reading a report from a file, so that what cannot be read is refused in words that help.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use crate::{Error, Result};

/// The longest report, in bytes: a thousand times an ordinary one. Eight megabytes in one line took forty seconds of one
/// core and 600 MB of memory; ten times as much would take more than many machines have.
pub const LONGEST: u64 = 8 * 1024 * 1024;

/// The text of a report in a file.
///
/// # Errors
/// When the file is missing, a folder, empty, too long, or no text in UTF-8.
pub fn read_file(path: &Path) -> Result<String> {
    let name = path.display().to_string();
    if path.is_dir() {
        return Err(Error::user(format!("{name} is a folder: name the files in it, such as {name}/*.txt")));
    }
    let file = File::open(path).map_err(|error| unreadable(&name, &error))?;
    read(&name, file)
}

/// The text of a report from a stream, which messages call `name`.
///
/// # Errors
/// As for [`read_file`].
pub fn read(name: &str, stream: impl Read) -> Result<String> {
    let mut bytes = Vec::new();
    stream.take(LONGEST + 1).read_to_end(&mut bytes).map_err(|error| unreadable(name, &error))?;
    text(name, bytes)
}

fn unreadable(name: &str, error: &std::io::Error) -> Error {
    Error::user(match error.kind() {
        ErrorKind::NotFound => format!("{name} cannot be read: there is no such file"),
        ErrorKind::PermissionDenied => format!("{name} cannot be read: you may not; change its permissions"),
        _ => format!("{name} cannot be read: {error}"),
    })
}

/// Checks that the bytes are a report's text. A byte order mark is how a file is written, not part of its text.
fn text(name: &str, bytes: Vec<u8>) -> Result<String> {
    if bytes.len() as u64 > LONGEST {
        let most = LONGEST / 1024 / 1024;
        return Err(Error::user(format!(
            "{name} is longer than {most} MB, which no report is: cut it into reports"
        )));
    }
    if let [0xff, 0xfe, ..] | [0xfe, 0xff, ..] = bytes.as_slice() {
        return Err(Error::user(format!(
            "{name} is in UTF-16: save it as UTF-8, with `iconv -f UTF-16 -t UTF-8`"
        )));
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(Error::user(format!(
            "{name} is no text: byte {at} is zero; give the text alone, saved as UTF-8"
        )));
    }
    let mut text = String::from_utf8(bytes).map_err(|error| not_utf8(name, &error))?;
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    if text.trim().is_empty() {
        return Err(Error::user(format!("{name} is empty: there is nothing to read")));
    }
    Ok(text)
}

fn not_utf8(name: &str, error: &std::string::FromUtf8Error) -> Error {
    let at = error.utf8_error().valid_up_to();
    let before = &error.as_bytes()[..at];
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let byte = error.as_bytes()[at];
    Error::user(format!(
        "{name} is not in UTF-8: byte {at}, in line {line}, is {byte:#04x}; if it is an older file, save it as UTF-8 \
         with `iconv -f WINDOWS-1252 -t UTF-8`"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(bytes: &[u8]) -> String {
        read("a.txt", bytes).map_or_else(|error| error.to_string(), |text| format!("read: {text}"))
    }

    #[test]
    fn a_byte_order_mark_is_not_part_of_the_text() {
        assert_eq!(said(b"\xef\xbb\xbfThe dam holds."), "read: The dam holds.");
    }

    #[test]
    fn what_is_no_text_is_refused_with_the_place_and_the_way_out() {
        assert_eq!(said(b""), "a.txt is empty: there is nothing to read");
        assert_eq!(said(b" \n\t\n"), "a.txt is empty: there is nothing to read");
        assert!(
            said(b"one\ntwo \xe9t\xe9").starts_with("a.txt is not in UTF-8: byte 8, in line 2, is 0xe9;")
        );
        assert!(said(b"PNG\0\0").starts_with("a.txt is no text: byte 3 is zero;"));
        assert!(said(b"\xff\xfeT\0h\0").starts_with("a.txt is in UTF-16:"));
    }

    #[test]
    fn strange_text_is_read() {
        for text in ["“never closed", "\u{202e}مرحبا\u{202c}", "🙂", "\u{1}\u{2}", ")))"] {
            assert_eq!(said(text.as_bytes()), format!("read: {text}"));
        }
    }
}
