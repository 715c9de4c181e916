//! Words at the edges of a text, by their offsets.

/// A space or hyphen before a unit, or the end of a line of wrapped text: what follows goes on in lower case.
pub(super) fn gap(after: &str) -> usize {
    let mut characters = after.chars();
    match characters.next() {
        Some(c @ (' ' | '-' | '\u{a0}' | '\u{202f}' | '‑')) => c.len_utf8(),
        Some('\n') if characters.next().is_some_and(char::is_lowercase) => 1,
        _ => 0,
    }
}

/// ASCII words with their offsets.
pub(super) fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() && !bytes[at].is_ascii_alphabetic() {
            at += 1;
        }
        let start = at;
        while at < bytes.len() && bytes[at].is_ascii_alphabetic() {
            at += 1;
        }
        (start < at).then(|| (start, &text[start..at]))
    })
}

/// The last word of a text, over the space after it.
pub(super) fn words_of_back(text: &str) -> Option<(usize, &str)> {
    let text = text.trim_end_matches(' ');
    let start = text.char_indices().rev().take_while(|(_, c)| c.is_alphabetic()).last()?.0;
    Some((start, &text[start..]))
}

/// Ends of the first one to four words of a text, joined by a space or hyphen; signs count as a word.
pub(super) fn word_ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::with_capacity(4);
    let mut in_word = false;
    for (offset, character) in text.char_indices().take(40) {
        let joins = matches!(character, ' ' | '-' | '\u{a0}');
        if character == '\n'
            || (matches!(character, ',' | ';' | ':' | '(' | ')' | '"' | '”' | '“' | '!' | '?'))
        {
            if in_word {
                ends.push(offset);
            }
            return ends;
        }
        if joins || (!character.is_alphanumeric() && in_word && !matches!(character, '/' | '²' | '³' | '$'))
        {
            if in_word {
                ends.push(offset);
                if character == '.' {
                    ends.push(offset + 1);
                }
            }
            in_word = false;
            if ends.len() >= 5 || !(joins || character == '.') {
                return ends;
            }
        } else {
            in_word = true;
            if !character.is_alphanumeric() {
                ends.push(offset + character.len_utf8());
            }
        }
    }
    if in_word && text.chars().take(41).count() <= 40 {
        ends.push(text.len());
    }
    ends.dedup();
    ends
}

/// Starts of the last one to five words of a text, nearest first.
pub(super) fn word_starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::with_capacity(5);
    let mut last = text.len();
    for (offset, character) in text.char_indices().rev() {
        if character == ' ' {
            starts.push(last);
            if starts.len() == 5 {
                return starts;
            }
        } else if !(character.is_alphanumeric() || matches!(character, '\'' | '’' | '.' | '-')) {
            break;
        }
        last = offset;
    }
    starts.push(last);
    starts
}

/// The text before its last word, when that is `word`.
pub(super) fn strip_suffix_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let trimmed = text.strip_suffix(' ')?;
    let start = trimmed.len().checked_sub(word.len())?;
    let last = trimmed.get(start..)?;
    let rest = &trimmed[..start];
    (last.eq_ignore_ascii_case(word) && !rest.ends_with(char::is_alphanumeric)).then_some(rest)
}
