//! The words by which parts of a report are known, from `data/en/sections.tsv`.

use std::collections::BTreeSet;

use crate::names::rows;

static DATA: &str = include_str!("../../../data/en/sections.tsv");

/// Phrases by the part that they tell, in lower case.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) agencies: BTreeSet<&'static str>,
    pub(super) boilerplate: Vec<&'static str>,
    pub(super) bylines: Vec<&'static str>,
    pub(super) captions: Vec<&'static str>,
    pub(super) caption_ends: Vec<&'static str>,
    pub(super) date_leads: Vec<&'static str>,
    pub(super) months: BTreeSet<&'static str>,
    pub(super) weekdays: BTreeSet<&'static str>,
}

impl Words {
    pub(super) fn load() -> Self {
        let mut words = Self::default();
        for line in DATA.lines().skip(1) {
            let Some((kind, phrase)) = line.split_once('\t') else { continue };
            match kind {
                "agency" => _ = words.agencies.insert(phrase),
                "boilerplate" | "release" => words.boilerplate.push(phrase),
                "byline" => words.bylines.push(phrase),
                "caption" => words.captions.push(phrase),
                "caption-end" => words.caption_ends.push(phrase),
                "date-lead" => words.date_leads.push(phrase),
                "month" => _ = words.months.insert(phrase),
                "weekday" => _ = words.weekdays.insert(phrase),
                _ => {}
            }
        }
        words
    }
}

/// Whether a line is one that only press releases have: "Notes to editors".
pub(in crate::stages) fn is_of_release(line: &str) -> bool {
    let line = line.to_lowercase();
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    rows(DATA).filter_map(|row| row.strip_prefix("release\t")).any(|mark| after(line, mark).is_some())
}

/// What follows a phrase at the start of a line in lower case, when the phrase ends with a word.
pub(super) fn after<'a>(line: &'a str, phrase: &str) -> Option<&'a str> {
    let rest = line.strip_prefix(phrase)?;
    (!rest.starts_with(char::is_alphanumeric)).then_some(rest)
}
