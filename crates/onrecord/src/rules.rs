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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    /// Every rule that the sources of core name, by how rules are named: `"layer.rule"`, the layer in the singular.
    fn named(folder: &Path, rules: &mut BTreeSet<String>) {
        let entries = std::fs::read_dir(folder).expect("the sources are there").flatten();
        for path in entries.map(|entry| entry.path()) {
            if path.is_dir() {
                named(&path, rules);
            } else if let Ok(source) = std::fs::read_to_string(&path) {
                rules.extend(source.split('"').filter(|text| is_rule(text)).map(str::to_owned));
            }
        }
    }

    fn is_rule(text: &str) -> bool {
        const LAYERS: [&str; 10] = [
            "entity",
            "figure",
            "mention",
            "paragraph",
            "quote_mark",
            "section",
            "sentence",
            "statement",
            "time",
            "token",
        ];
        text.split_once('.').is_some_and(|(layer, rule)| {
            LAYERS.contains(&layer)
                && !rule.is_empty()
                && rule.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'-' | b'_' | b'.'))
        })
    }

    #[test]
    fn every_rule_says_what_it_does() {
        let mut rules = BTreeSet::new();
        named(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../onrecord-core/src/stages")), &mut rules);
        assert!(rules.len() > 20, "{rules:?}");
        let told: BTreeSet<String> = all().map(|(rule, _)| rule.to_owned()).collect();
        let missing: Vec<&String> = rules.difference(&told).collect();
        assert!(missing.is_empty(), "crates/onrecord/data/rules.tsv lacks a line for {missing:?}");
    }

    #[test]
    fn rules_are_sorted_sentences() {
        assert!(RULES.starts_with("# source"));
        assert!(RULES.lines().skip(1).is_sorted());
        for (rule, sentence) in all() {
            assert!(sentence.ends_with('.') && sentence.len() < 120, "{rule}: {sentence}");
        }
    }
}
