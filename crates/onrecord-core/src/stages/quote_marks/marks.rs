//! Finds the marks of a paragraph that can open or close a quotation, and tells them from apostrophes and inches.

use super::QuoteStyle;

static ELISIONS: &str = include_str!("../../../data/en/elisions.tsv");

/// A mark that can open a passage, close one, or either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// Byte offset in the paragraph.
    pub(super) at: usize,
    /// Bytes of the mark; two for '' used as one.
    pub(super) length: usize,
    /// The style of a passage that it opens.
    pub(super) style: QuoteStyle,
    /// Whether it can open.
    pub(super) opens: bool,
    /// Whether a sentence can begin behind it: white space stands before it and a capital after.
    pub(super) leads: bool,
    /// The styles of passages that it can close, by what tells it.
    pub(super) closes: Closes,
}

/// How surely a mark closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Closes {
    /// It does not.
    No,
    /// It may: `workers’ ` ends a plural possessive as well as a quotation.
    Perhaps,
    /// It does if something is open.
    Surely,
}

/// The marks of a paragraph, in order.
pub(super) fn marks(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut characters = text.char_indices().peekable();
    let mut before: Option<char> = None;
    while let Some((at, c)) = characters.next() {
        let mut length = c.len_utf8();
        let doubled =
            matches!(c, '\'' | '`' | '‘' | '’') && characters.peek().is_some_and(|(_, next)| *next == c);
        if doubled {
            characters.next();
            length *= 2;
        }
        let after = characters.peek().map(|(_, next)| *next);
        let rest = &text[at + length..];
        let around = Around { before, after };
        let read = if doubled { double(c, around) } else { single(c, around, &text[..at], rest) };
        if let Some((style, opens, closes)) = read
            && (opens || closes > Closes::No)
        {
            let leads = before.is_none_or(char::is_whitespace) && after.is_some_and(char::is_uppercase);
            marks.push(Mark { at, length, style, opens, leads, closes });
        }
        before = Some(c);
    }
    marks
}

/// The characters on both sides of a mark.
#[derive(Debug, Clone, Copy)]
struct Around {
    before: Option<char>,
    after: Option<char>,
}

impl Around {
    /// Whether a word or quotation can begin after the mark: nothing before it that it could close.
    fn at_start(self) -> bool {
        self.before.is_none_or(|c| c.is_whitespace() || "([{—–-―/“\"‘'„«…".contains(c))
            && self.after.is_some_and(|c| !c.is_whitespace())
    }

    /// Whether a word or quotation can end before the mark.
    fn at_end(self) -> bool {
        self.before.is_some_and(|c| !c.is_whitespace()) && self.after.is_none_or(|c| !c.is_alphanumeric())
    }

    /// Whether only punctuation or nothing follows, or white space.
    fn ends_word(self) -> bool {
        self.after.is_none_or(|c| !c.is_alphanumeric())
    }
}

type Reading = (QuoteStyle, bool, Closes);

/// Two single marks that stand for a double one: ''so'', ``so''.
fn double(c: char, around: Around) -> Option<Reading> {
    Some(match c {
        '`' | '‘' => (QuoteStyle::Double, true, Closes::No),
        '’' => (QuoteStyle::Double, false, Closes::Surely),
        _ => straight(around),
    })
}

fn straight(around: Around) -> Reading {
    let (start, end) = (around.at_start(), around.at_end());
    // Between spaces, or between letters, the mark itself tells nothing: what is open decides.
    let unclear = start == end;
    let closes = if end || unclear { Closes::Surely } else { Closes::Perhaps };
    (QuoteStyle::Double, start || unclear, closes)
}

fn single(c: char, around: Around, before: &str, rest: &str) -> Option<Reading> {
    Some(match c {
        '"' | '＂' if is_inches(before) => return None,
        '"' | '＂' => straight(around),
        // “So“: a mark curled the wrong way after a word closes.
        '“' | '‟' | '〝' if around.at_end() && !around.at_start() && around.ends_word() => {
            (QuoteStyle::Double, false, Closes::Surely)
        }
        '“' | '‟' | '〝' => (QuoteStyle::Double, true, Closes::No),
        '”' | '〞' => (QuoteStyle::Double, around.at_start(), Closes::Surely),
        '„' => (QuoteStyle::Low, true, Closes::No),
        '«' | '‹' => (QuoteStyle::Guillemets, true, Closes::Surely),
        '»' | '›' => (QuoteStyle::Guillemets, around.at_start(), Closes::Surely),
        '「' | '『' => (QuoteStyle::Corner, true, Closes::No),
        '」' | '』' => (QuoteStyle::Corner, false, Closes::Surely),
        '‘' | '‛' => (QuoteStyle::Single, !is_elision(rest) && around.after.is_some(), Closes::No),
        '’' => (QuoteStyle::Single, false, closes_single(around)),
        '\'' => {
            let opens = around.at_start() && !is_elision(rest);
            (QuoteStyle::Single, opens, closes_single(around))
        }
        _ => return None,
    })
}

fn closes_single(around: Around) -> Closes {
    match around.before {
        Some(c) if !c.is_whitespace() && around.ends_word() => {
            // "the workers’ rights", "in’ 1990": only what follows tells, and then not surely.
            let possessive =
                matches!(c, 's' | 'S' | 'n' | 'x' | 'z') && around.after.is_some_and(char::is_whitespace);
            if possessive { Closes::Perhaps } else { Closes::Surely }
        }
        _ => Closes::No,
    }
}

/// Whether an apostrophe stands for letters left out: ’90s, ’em.
fn is_elision(rest: &str) -> bool {
    let word: &str = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let digits = word.trim_end_matches('s');
    let decade = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let lower = word.to_lowercase();
    decade || ELISIONS.lines().skip(1).any(|elision| elision == lower)
}

/// Whether the double mark after these words stands for inches: 5'11".
fn is_inches(before: &str) -> bool {
    let feet = before.trim_end_matches(|c: char| c.is_ascii_digit());
    feet.len() < before.len()
        && feet
            .strip_suffix(['\'', '’', '′'])
            .is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
}
