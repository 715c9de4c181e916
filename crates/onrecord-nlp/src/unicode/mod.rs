//! Python's view of characters, which spaCy's features and patterns are defined by.
//!
//! Rust's own tables follow a later version of Unicode, and count as alphabetic some marks that Python does not.

mod tables;

/// Whether `str.isalpha` holds: general category L.
pub(crate) fn is_alpha(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { within(tables::ALPHA, c) }
}

/// Whether `str.isdigit` holds: decimal digits, and digits in circles or raised.
pub(crate) fn is_digit(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_digit() } else { within(tables::DIGIT, c) }
}

/// Whether `\d` of Python's `re` matches: general category Nd.
pub(crate) fn is_decimal(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_digit() } else { within(tables::DECIMAL, c) }
}

/// Whether `\w` of Python's `re` matches.
pub(crate) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    within(tables::ALPHA, c) || within(tables::NUMERIC, c)
}

/// Whether `str.isspace` holds, and so `\s` matches.
pub(crate) fn is_space(c: char) -> bool {
    matches!(c, '\u{1c}'..='\u{1f}') || c.is_whitespace()
}

/// Whether a text is not empty and all white space.
pub(crate) fn is_all_space(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_space)
}

/// `str.lower`.
pub(crate) fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    // Python leaves capitals alone that are younger than its Unicode.
    let mut lower = String::with_capacity(text.len());
    for known in text.split_inclusive(is_young_capital) {
        let young = known.chars().next_back().filter(|c| is_young_capital(*c));
        lower += &known[..known.len() - young.map_or(0, char::len_utf8)].to_lowercase();
        lower.extend(young);
    }
    lower
}

/// Whether a capital came to Unicode after Python's tables. Besides letters, Roman numerals and letters in circles
/// have small forms, and those are old.
fn is_young_capital(c: char) -> bool {
    let is_old =
        c.is_ascii() || matches!(c, '\u{2160}'..='\u{216f}' | '\u{24b6}'..='\u{24cf}') || is_alpha(c);
    !is_old && !c.to_lowercase().eq([c])
}

fn within(ranges: &[(u32, u32)], c: char) -> bool {
    let c = u32::from(c);
    let after = ranges.partition_point(|&(first, _)| first <= c);
    after > 0 && c <= ranges[after - 1].1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_letters_are_those_of_python() {
        assert_eq!(lower("ÉCOLE Ⅷ Ⓑ ΟΔΟΣ İ"), "école ⅷ ⓑ οδος i\u{307}");
        assert_eq!(lower("A\u{a7dc}É"), "a\u{a7dc}é", "a capital of Unicode 16");
    }

    #[test]
    fn classes_are_those_of_python() {
        assert!(is_alpha('é') && is_alpha('漢') && !is_alpha('\u{345}') && !is_alpha('Ⅷ'));
        assert!(is_digit('²') && !is_decimal('²') && is_decimal('٣'));
        assert!(is_word('Ⅷ') && !is_word('-'));
        assert!(is_space('\u{1f}') && is_space('\u{a0}') && !is_space('\u{200b}'));
    }
}
