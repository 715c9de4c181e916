//! The example reports that ship with the project: written for it, of an invented country.

use crate::core::Meta;

/// What is known of each example: file, day, outlet and address, tab-separated.
const INDEX: &str = include_str!("../../../examples/index.tsv");

/// The texts, by file name.
const TEXTS: &[(&str, &str)] = &[
    ("budget-broadcast.txt", include_str!("../../../examples/budget-broadcast.txt")),
    ("budget-op-ed.txt", include_str!("../../../examples/budget-op-ed.txt")),
    ("budget-radio-transcript.txt", include_str!("../../../examples/budget-radio-transcript.txt")),
    ("corvane-press-release.txt", include_str!("../../../examples/corvane-press-release.txt")),
    ("heron-science.txt", include_str!("../../../examples/heron-science.txt")),
    ("port-blast-live-blog.txt", include_str!("../../../examples/port-blast-live-blog.txt")),
    ("port-blast-state-agency.txt", include_str!("../../../examples/port-blast-state-agency.txt")),
    ("port-blast-tabloid.txt", include_str!("../../../examples/port-blast-tabloid.txt")),
    ("port-blast-wire.txt", include_str!("../../../examples/port-blast-wire.txt")),
    ("tunnel-court-report.txt", include_str!("../../../examples/tunnel-court-report.txt")),
];

/// An example report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// Its text.
    pub text: &'static str,
    /// What is known of it beside.
    pub meta: Meta,
}

/// The example reports, in the order of their index.
pub fn all() -> impl Iterator<Item = Example> {
    INDEX.lines().skip(1).filter_map(|line| {
        let mut columns = line.split('\t');
        let file = columns.next()?;
        let (_, text) = TEXTS.iter().find(|(name, _)| *name == file)?;
        let published = columns.next()?.parse().ok();
        let mut text_of = || columns.next().filter(|value| !value.is_empty()).map(str::to_owned);
        let (outlet, url) = (text_of(), text_of());
        let source = Some(format!("examples/{file}"));
        Some(Example { text, meta: Meta { published, outlet, url, source } })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_is_in_the_index_with_its_day_and_outlet() {
        assert_eq!(all().count(), TEXTS.len());
        assert_eq!(INDEX.lines().count(), TEXTS.len() + 1);
        for example in all() {
            assert!(example.meta.published.is_some() && example.meta.outlet.is_some(), "{:?}", example.meta);
        }
        let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples"));
        let files = folder.expect("the examples are there").flatten();
        let texts = files.filter(|file| file.path().extension().is_some_and(|extension| extension == "txt"));
        assert_eq!(texts.count(), TEXTS.len(), "a file is missing from the list of texts");
    }
}
