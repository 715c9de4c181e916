//! Numbers in digits: groups of thousands, decimals, written fractions, endings of ordinals.

use super::Decimal;

/// Digits at `at`, with groups of thousands and a decimal part: value, end, and whether it is a whole number.
pub(super) fn digits(text: &str, at: usize) -> Option<(Decimal, usize, bool)> {
    let rest = &text[at..];
    if let Some((count, by)) = rest.chars().next().and_then(vulgar) {
        let end = at + rest.chars().next().map_or(0, char::len_utf8);
        return Some((Decimal::ratio(count, by)?, end, false));
    }
    let mut mantissa: i128 = 0;
    let mut length = 0;
    let mut places = 0;
    let bytes = rest.as_bytes();
    let push = |digit: u8, mantissa: &mut i128| {
        *mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(digit - b'0'))?;
        Some(())
    };
    while length < bytes.len() && bytes[length].is_ascii_digit() {
        push(bytes[length], &mut mantissa)?;
        length += 1;
    }
    if (1..=3).contains(&length) {
        while let Some(group) = thousands(rest, length) {
            for digit in group.bytes().filter(u8::is_ascii_digit) {
                push(digit, &mut mantissa)?;
            }
            length += group.len();
        }
    }
    let whole_end = length;
    if bytes.get(length) == Some(&b'.') && bytes.get(length + 1).is_some_and(u8::is_ascii_digit) {
        length += 1;
        while length < bytes.len() && bytes[length].is_ascii_digit() && places < 18 {
            push(bytes[length], &mut mantissa)?;
            length += 1;
            places += 1;
        }
    }
    if length == 0 {
        return None;
    }
    Some((Decimal::new(mantissa, places), at + length, whole_end == length))
}

/// A separator and three digits, no fourth: ",000"; or two digits before another group, as in "1,00,000".
fn thousands(rest: &str, at: usize) -> Option<&str> {
    let separator = rest[at..].chars().next()?;
    let narrow = matches!(separator, '\u{a0}' | '\u{202f}' | '\u{2009}');
    if separator != ',' && !narrow {
        return None;
    }
    let from = at + separator.len_utf8();
    let count = rest.as_bytes()[from..].iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
    // "1,00,000": two digits are a group only where another group follows.
    let group_follows = |from: usize| {
        let next = rest.as_bytes().get(from..from + 3);
        next.is_some_and(|next| next[0] == b',' && next[1..].iter().all(u8::is_ascii_digit))
    };
    match count {
        3 => Some(&rest[at..from + 3]),
        2 if separator == ',' && group_follows(from + 2) => Some(&rest[at..from + 2]),
        _ => None,
    }
}

/// A fraction after digits: "1/4", "2 1/2", "3½"; its value with the whole number, and its end.
pub(super) fn fraction(
    text: &str,
    at: usize,
    value: &Decimal,
    end: usize,
    whole: bool,
) -> Option<(Decimal, usize)> {
    if !whole {
        return None;
    }
    let rest = &text[end..];
    if let Some((count, by)) = rest.chars().next().and_then(vulgar) {
        let length = rest.chars().next().map_or(0, char::len_utf8);
        return Some((value.checked_add(Decimal::ratio(count, by)?)?, end + length));
    }
    if let Some((part, after)) = slashed(text, at) {
        return Some((part, after));
    }
    let next = rest.strip_prefix([' ', '-'])?;
    let (part, after) = slashed(text, end + 1).or_else(|| {
        let (count, by) = vulgar(next.chars().next()?)?;
        Some((Decimal::ratio(count, by)?, end + 1 + next.chars().next()?.len_utf8()))
    })?;
    Some((value.checked_add(part)?, after))
}

/// "3/4" at `at`. Only the denominators in use, so that "9/11" and "24/7" stay what they are.
fn slashed(text: &str, at: usize) -> Option<(Decimal, usize)> {
    let rest = &text.as_bytes()[at..];
    let length = |from: usize| rest[from..].iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
    let first = length(0);
    if !(1..=2).contains(&first) || rest.get(first) != Some(&b'/') {
        return None;
    }
    let second = length(first + 1);
    let end = first + 1 + second;
    let goes_on =
        rest.get(end).is_some_and(|byte| matches!(byte, b'/' | b'-') || byte.is_ascii_alphanumeric());
    if second == 0 || goes_on {
        return None;
    }
    let count: i128 = text[at..at + first].parse().ok()?;
    let by: i128 = text[at + first + 1..at + end].parse().ok()?;
    let in_use = matches!(by, 2 | 3 | 4 | 5 | 6 | 8 | 10 | 16 | 32 | 64) && (1..by).contains(&count);
    in_use.then(|| Some((Decimal::ratio(count, by)?, at + end)))?
}

/// "th" and the like straight after digits.
pub(super) fn ordinal_ending(text: &str, end: usize) -> Option<usize> {
    let ending = text.get(end..end + 2)?;
    let known = ["st", "nd", "rd", "th"].iter().any(|known| ending.eq_ignore_ascii_case(known));
    let goes_on = text[end + 2..].chars().next().is_some_and(char::is_alphanumeric);
    (known && !goes_on).then_some(end + 2)
}

/// The fraction that a single character stands for.
pub(super) fn vulgar(character: char) -> Option<(i128, i128)> {
    Some(match character {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    })
}
