//! Whether a role is a public one, so that its holder may have a page: a minister is, a farmer and a widow are not.

use std::collections::BTreeSet;

use crate::stages::mentions::lexicon;

/// Words after which a role tells of something else: "commander of the Quds Force", "a farmer who met the president".
const AFTER: [&str; 12] =
    ["of", "for", "who", "whose", "in", "at", "with", "from", "to", "on", "and", "near"];

/// "his manager" is somebody to one person.
const OF_ONE: [&str; 6] = ["his", "her", "their", "my", "our", "whose"];

/// Tells public roles by the nouns for them.
#[derive(Debug)]
pub struct PublicRoles {
    nouns: BTreeSet<&'static str>,
}

impl Default for PublicRoles {
    fn default() -> Self {
        Self::new()
    }
}

impl PublicRoles {
    /// With the words for roles that come with the crate.
    pub fn new() -> Self {
        Self { nouns: lexicon::public_roles().collect() }
    }

    /// Whether a role, as a report words it, is a public one.
    pub fn is_public(&self, role: &str) -> bool {
        let lower = role.to_lowercase();
        let words: Vec<&str> =
            lower.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).collect();
        if words.first().is_some_and(|word| OF_ONE.contains(word)) {
            return false;
        }
        // "the president's brother" is no president.
        let from = words.iter().rposition(|word| word.ends_with("'s") || word.ends_with("’s"));
        let own = &words[from.map_or(0, |last| last + 1)..];
        let end = own.iter().position(|word| AFTER.contains(word)).unwrap_or(own.len());
        own[..end].iter().any(|word| self.nouns.contains(word.trim_end_matches('.')))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_are_public_and_trades_and_kin_are_not() {
        let roles = PublicRoles::new();
        for role in ["Interior Minister", "a spokeswoman for the civil guard", "commander of the Quds Force"]
        {
            assert!(roles.is_public(role), "{role}");
        }
        for role in [
            "who farms on the east bank",
            "a farmer who met the president",
            "the mayor’s widow",
            "his manager",
            "",
        ] {
            assert!(!roles.is_public(role), "{role}");
        }
    }
}
