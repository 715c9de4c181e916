//! What each rule does, in one sentence.

/// The rules with their sentences, one a line; source and licence in the first line.
const RULES: &str = include_str!("../data/rules.tsv");

/// What the rule of this name does; `None` when it is not known here.
pub fn explanation(rule: &str) -> Option<&'static str> {
    all().find(|(name, _)| *name == rule).map(|(_, explanation)| explanation)
}

/// Every rule with its sentence, by name.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    RULES.lines().skip(1).filter_map(|line| line.split_once('\t'))
}
