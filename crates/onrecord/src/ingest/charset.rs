//! Bytes to text without loss: which characters they stand for, and where that is known from.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// How many bytes of a page are searched for the charset that it names, and of any text for a guess.
const SEARCHED: usize = 4096;
const GUESSED_FROM: usize = 1 << 16;

/// Turns bytes into text, with the name of their charset. `label` is what the transport said.
///
/// Bytes that are right as UTF-8 are UTF-8, whatever a label says: text in another charset is almost never so by
/// chance. A label that does not fit the bytes is passed over.
pub(super) fn decode(bytes: &[u8], label: Option<&str>) -> Result<(String, &'static str), String> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return decoded(encoding, &bytes[length..])
            .ok_or_else(|| format!("begins as {} and is not", encoding.name()));
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(format!("is no text: byte {at} is zero; give the text alone, saved as UTF-8"));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return checked(text.to_owned(), UTF_8);
    }
    let labels = [label.map(str::to_owned), named(bytes)];
    let labelled = labels.iter().flatten().filter_map(|label| Encoding::for_label(label.as_bytes()));
    let tried = labelled.filter(|encoding| *encoding != UTF_8).find_map(|encoding| decoded(encoding, bytes));
    let tried = tried.or_else(|| decoded(guess(bytes), bytes)).or_else(|| decoded(WINDOWS_1252, bytes));
    match tried {
        Some((text, name)) => checked(text, Encoding::for_label(name.as_bytes()).unwrap_or(UTF_8)),
        None => Err("is in no charset that is known".to_owned()),
    }
}

fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> Option<(String, &'static str)> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some((text.into_owned(), encoding.name()))
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(GUESSED_FROM)], bytes.len() <= GUESSED_FROM);
    detector.guess(None, Utf8Detection::Deny)
}

/// Any bytes at all are some text in a charset of single bytes: what is full of control characters is none.
fn checked(text: String, encoding: &'static Encoding) -> Result<(String, &'static str), String> {
    let control = |c: &char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}');
    let controls = text.chars().filter(control).count();
    if encoding != UTF_8 && controls * 50 > text.chars().count() {
        return Err("is no text: it is full of control characters".to_owned());
    }
    Ok((text, encoding.name()))
}

/// The charset that a page names in a meta element or an XML declaration.
fn named(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(SEARCHED)]).to_ascii_lowercase();
    if !start.trim_start().starts_with('<') {
        return None;
    }
    let after = ["charset=", "encoding="].iter().find_map(|mark| Some(start.split_once(mark)?.1))?;
    let name: String = after
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_:".contains(*c))
        .collect();
    Some(name).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_charset_is_what_the_bytes_bear_out() {
        let text = "The café is open.";
        assert_eq!(decode(text.as_bytes(), Some("iso-8859-1")), Ok((text.to_owned(), "UTF-8")));
        assert_eq!(decode(b"The caf\xe9 is open.", None).unwrap().0, text);
        assert_eq!(decode(b"The caf\xe9 is open.", Some("utf-8")).unwrap().0, text);
        assert_eq!(decode(b"\xff\xfeT\0h\0e\0", None), Ok(("The".to_owned(), "UTF-16LE")));
        let russian = b"<meta charset=windows-1251><p>\xcf\xeb\xee\xf2\xe8\xed\xe0 \xf6\xe5\xeb\xe0.";
        let (read, name) = decode(russian, None).unwrap();
        assert_eq!((read.ends_with("Плотина цела."), name), (true, "windows-1251"));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert!(decode(b"\x89PNG\r\n\x1a\n\0", None).unwrap_err().starts_with("is no text: byte 8 is zero"));
        assert!(
            decode(b"\x89\x01\x02\x03\x04\x05\x06\xff", None).unwrap_err().contains("control characters")
        );
    }
}
