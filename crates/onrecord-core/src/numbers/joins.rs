//! Where a number may start: not inside a word, and not in what goes on from one.

pub(super) fn character_length(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(1, char::len_utf8)
}

/// The next place at which a number may start: over the rest of a word, spaces and marks.
pub(super) fn past_joined(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    while let Some(byte) = bytes.get(at) {
        let goes_on = || at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_');
        // Most characters are ASCII, and need no decoding.
        let is_plain = byte.is_ascii() && *byte != b'.';
        if is_plain && (!byte.is_ascii_alphanumeric() || goes_on()) {
            at += 1;
        } else if joins(text, at) {
            at += character_length(text, at);
        } else {
            break;
        }
    }
    at
}

/// Whether the character at `at` goes on from a word, or from a number, that starts before it.
fn joins(text: &str, at: usize) -> bool {
    let Some(here) = text[at..].chars().next() else { return false };
    let before = text[..at].chars().next_back();
    let starts = here.is_alphanumeric() || here == '.';
    !starts
        || before
            .is_some_and(|before| before.is_alphanumeric() || before == '_' || before == '.' && here == '.')
        || here == '.'
            && before
                .is_some_and(|before| !before.is_whitespace() && !matches!(before, '$' | '(' | '£' | '€'))
}
