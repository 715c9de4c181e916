//! Lines that are not the story: bylines, dates that stand alone, captions, boilerplate; and what stands in front of
//! a lede on its own line: a dateline, an agency's credit.

use std::ops::Range;

use super::words::{Words, after};

/// A line of a report, and the same in lower case.
pub(super) struct Line<'t> {
    text: &'t str,
    lower: String,
}

impl<'t> Line<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, lower: text.to_lowercase() }
    }
}

/// A byline's author, as a range of the line.
pub(super) fn byline(words: &Words, line: &Line) -> Option<Range<usize>> {
    let Line { text: line, lower } = line;
    let lower = lower.trim_start_matches('(');
    let rest = words.bylines.iter().filter_map(|phrase| after(lower, phrase)).map(str::len).min()?;
    // Lower-casing can change the length of a line, though never of a phrase in front of it.
    let at = line.len().checked_sub(rest)?;
    let rest = line.get(at..)?;
    let start = at + rest.len() - rest.trim_start_matches([' ', ':']).len();
    let name = line[start..].split([',', ';', '|', '(', ')', '•']).next()?.trim_end();
    let is_name = name.split_whitespace().all(|word| {
        word.starts_with(char::is_uppercase) || matches!(word, "and" | "de" | "van" | "von" | "al" | "bin")
    });
    let fits = count(line) <= 15 && !line.ends_with(['?', '!']) && !name.is_empty();
    (is_name && fits).then(|| start..start + name.len())
}

/// Whether the line is a date, perhaps with a time of day, and nothing else.
pub(super) fn is_date(words: &Words, line: &Line) -> bool {
    let Line { text: line, lower } = line;
    let rest = words.date_leads.iter().find_map(|lead| after(lower, lead)).unwrap_or(lower);
    let mut digits = false;
    let all = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(|word| {
        let number = word.trim_end_matches(char::is_alphabetic);
        digits |= !number.is_empty();
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
            || words.months.contains(word)
            || words.weekdays.contains(word)
            || matches!(
                word,
                "at" | "am" | "pm" | "a" | "p" | "m" | "et" | "gmt" | "utc" | "on" | "bst" | "est"
            )
    });
    all && digits && count(line) <= 12
}

/// Whether the line stands under a picture.
pub(super) fn is_caption(words: &Words, line: &Line) -> bool {
    let Line { text: line, lower } = line;
    let led = words
        .captions
        .iter()
        .filter_map(|phrase| after(lower, phrase))
        .any(|rest| rest.starts_with([':', '/']) || rest.trim_start().starts_with("by "));
    let ended = words.caption_ends.iter().any(|end| {
        let line = lower.trim_end_matches(['.', ')', ']']);
        line.strip_suffix(end)
            .is_some_and(|rest| rest.ends_with(['/', '(', '|', '©']) || rest.ends_with("/ "))
    });
    count(line) <= 60 && (led || ended || lower.contains("(ap photo/") || line.starts_with("FILE -"))
}

/// Whether the line is not of the story.
pub(super) fn is_boilerplate(words: &Words, line: &Line) -> bool {
    let Line { text: line, lower } = line;
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric() && c != '©');
    let told = words.boilerplate.iter().any(|phrase| match after(bare, phrase) {
        None => false,
        Some("") => true,
        // One word is too little unless it stands alone or leads a list: "Related: …".
        Some(rest) => rest.starts_with(':') || (phrase.contains(' ') || *phrase == "©") && count(line) <= 20,
    });
    let rule =
        line.len() > 2 && line.chars().all(|c| matches!(c, '#' | '*' | '-' | '_' | '=' | '—' | ' ' | '•'));
    told || rule || lower.trim_end_matches('.').ends_with("all rights reserved") || *line == "-30-"
}

/// What stands in front of a lede on its line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Front {
    /// Bytes of it, up to its dash or colon.
    pub(super) length: usize,
    /// The place or agency in it.
    pub(super) name: Range<usize>,
    /// Whether it names an agency and no place.
    pub(super) credit: bool,
}

/// A dateline or credit in front of a lede: "GENEVA, May 3 (XYZ) —", "MEHR:".
pub(super) fn front(words: &Words, line: &str) -> Option<Front> {
    dateline(words, line).or_else(|| colon_front(words, line))
}

/// Bytes of a line in which a dateline ends.
const DATELINE: usize = 90;

fn dateline(words: &Words, line: &str) -> Option<Front> {
    let (at, dash) = ["—", "–", " - ", "--", " ― ", ") - "]
        .iter()
        .filter_map(|dash| line.find(dash).map(|at| (at, *dash)))
        .min()
        .filter(|(at, _)| *at < DATELINE)?;
    let length = at + dash.trim_end().len();
    let rest = line[length..].trim_start_matches([' ', '\u{a0}', '-', '—', '–']);
    if !rest.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || matches!(c, '"' | '“' | '‘' | '\''))
    {
        return None;
    }
    let before = line[..at + usize::from(dash == ") - ")].trim_end();
    let (place, agency) = agency_in_brackets(before);
    let (place, dated) = without_date(words, place);
    if count(before) > 10 {
        return None;
    }
    let is_agency = |name: &str| words.agencies.contains(name.to_lowercase().trim_end_matches('.'));
    if place.is_empty() || is_agency(place) {
        let name = if place.is_empty() { agency? } else { 0..place.len() };
        return Some(Front { length, name, credit: true });
    }
    let first = place.split(',').next().unwrap_or(place);
    let in_capitals = first.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && !first.chars().any(char::is_lowercase)
        && first.starts_with(char::is_alphabetic);
    let names = place.split_whitespace().all(|word| {
        word.starts_with(char::is_uppercase)
            || word.starts_with('(')
            || matches!(word, "of" | "the" | "de" | "and" | "/" | "al")
    });
    let told = in_capitals || names && (agency.is_some() || dated) && place.starts_with(char::is_uppercase);
    (told && count(place) <= 6).then_some(Front { length, name: 0..place.len(), credit: false })
}

/// Splits "GENEVA (XYZ)" into the place and the range of the agency.
fn agency_in_brackets(before: &str) -> (&str, Option<Range<usize>>) {
    let Some((place, agency)) = before.strip_suffix(')').and_then(|inner| inner.rsplit_once('(')) else {
        return (before, None);
    };
    let start = place.len() + 1;
    (place.trim_end(), Some(start..start + agency.len()))
}

/// Takes a date off the end of a place: "GENEVA, May 3".
fn without_date<'a>(words: &Words, place: &'a str) -> (&'a str, bool) {
    let mut parts = place.split_inclusive(',').rev();
    let mut rest = place;
    let mut dated = false;
    for part in parts.by_ref() {
        let bare = part.trim_matches([',', ' ']).to_lowercase();
        let is_date = bare.split([' ', '.']).filter(|word| !word.is_empty()).all(|word| {
            words.months.contains(word)
                || words.weekdays.contains(word)
                || word.bytes().all(|byte| byte.is_ascii_digit())
        });
        if !is_date {
            break;
        }
        dated = true;
        rest = &rest[..rest.len() - part.len()];
    }
    (rest.trim_end_matches([',', ' ']), dated)
}

/// "MEHR:" or "NORVALE:" in front of a lede. Whoever reads a transcript sees many of these, so the caller looks for
/// others of the kind first.
fn colon_front(words: &Words, line: &str) -> Option<Front> {
    let at = line.find(':').filter(|at| *at < 40)?;
    let name = &line[..at];
    if !line[at + 1..].starts_with([' ', '\u{a0}'])
        || !line[at + 1..].trim_start().starts_with(char::is_uppercase)
    {
        return None;
    }
    let agency = words.agencies.contains(name.to_lowercase().as_str());
    let in_capitals = name.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | ',' | '-'))
        && name.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && count(name) <= 3;
    (agency || in_capitals).then(|| Front {
        length: at + 1,
        name: 0..name.len(),
        // A short word in capitals is an agency, a long one a town: "NORVALE: The council …".
        credit: agency || name.len() <= 5,
    })
}

/// Whether the line begins as a speaker's turn of a transcript does: "MR. OSEI:", "Q:".
pub(super) fn is_turn(line: &str) -> bool {
    line.find(':').is_some_and(|at| {
        at > 0
            && at < 40
            && count(&line[..at]) <= 5
            && line[..at].chars().all(|c| c.is_uppercase() || matches!(c, ' ' | '.' | '\'' | '’' | '-' | 'c'))
    })
}

/// How many words a line has.
pub(super) fn count(line: &str) -> usize {
    line.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(line: &str) -> Option<(String, bool)> {
        front(&Words::load(), line).map(|front| (line[front.name].to_owned(), front.credit))
    }

    #[test]
    fn datelines_and_credits() {
        let place = |name: &str| Some((name.to_owned(), false));
        let agency = |name: &str| Some((name.to_owned(), true));
        assert_eq!(named("NORVALE, May 3 (XYZ) — The council met."), place("NORVALE"));
        assert_eq!(named("NORVALE (AP) - The council met."), place("NORVALE"));
        assert_eq!(named("Norvale (Reuters) – The council met."), place("Norvale"));
        assert_eq!(named("PORT OSEI, N.H. - At the moment Ruiz"), place("PORT OSEI, N.H."));
        assert_eq!(named("MEHR: A commander spoke."), agency("MEHR"));
        assert_eq!(named("Xinhua – A commander spoke."), agency("Xinhua"));
        assert_eq!(named("(Reuters) - A commander spoke."), agency("Reuters"));
        assert_eq!(named("NORVALE: The council met."), place("NORVALE"));
        assert_eq!(named("Ana Ruiz — the minister — resigned."), None);
        assert_eq!(named("NATO — the alliance — said no."), None);
        assert_eq!(named("Ruiz: The council met."), None);
    }

    #[test]
    fn bylines_name_their_author() {
        let author = |line: &'static str| byline(&Words::load(), &Line::new(line)).map(|name| &line[name]);
        assert_eq!(author("By Ana Ruiz, Norvale Wire"), Some("Ana Ruiz"));
        assert_eq!(author("(Reporting by Ana Ruiz; editing by Kofi Osei)"), Some("Ana Ruiz"));
        assert_eq!(author("By Monday the harbour was closed."), None);
        assert_eq!(author("By the harbour"), None);
    }

    #[test]
    fn dates_alone() {
        let words = Words::load();
        assert!(is_date(&words, &Line::new("June 13, 2005")));
        assert!(is_date(&words, &Line::new("Published 3 May 2024 at 10:05 am")));
        assert!(!is_date(&words, &Line::new("May")));
        assert!(!is_date(&words, &Line::new("3 killed")));
    }

    #[test]
    fn captions_and_boilerplate() {
        let words = Words::load();
        assert!(is_caption(&words, &Line::new("Photo: the harbour on Monday")));
        assert!(is_caption(&words, &Line::new("Ana Ruiz at the harbour. Kofi Osei/Getty Images")));
        assert!(!is_caption(&words, &Line::new("The photo shows the harbour.")));
        assert!(is_boilerplate(&words, &Line::new("Sign up for our newsletter")));
        assert!(is_boilerplate(&words, &Line::new("Related: Harbour closed")));
        assert!(is_boilerplate(&words, &Line::new("© 2024 Norvale Wire. All rights reserved.")));
        assert!(!is_boilerplate(&words, &Line::new("Related industries said they would close.")));
    }
}
