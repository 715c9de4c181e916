//! Finding a person or body under any wording: what the index of voices holds, and how it is asked.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::core::stages::mentions::Mention;
use crate::core::{Layer, Names};
use crate::record::Row;

/// The tables are loaded once: every report and every question folds names.
static NAMES: LazyLock<Names> = LazyLock::new(Names::new);

/// Every wording of the actors of one report: by name where it is known, else by the first of their mentions.
pub(crate) struct Voices<'a> {
    wordings: BTreeMap<&'a str, Vec<&'a str>>,
    actors: BTreeMap<&'a str, &'a str>,
}

impl<'a> Voices<'a> {
    /// Gathers them from the mentions among the rows of a report.
    pub(crate) fn of(rows: &'a [Row]) -> Self {
        let mentions = rows.iter().filter(|row| row.layer == Mention::NAME);
        let by_id: BTreeMap<&str, &Row> = mentions.clone().map(|row| (row.id.as_str(), row)).collect();
        let mut wordings: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut actors = BTreeMap::new();
        for mention in mentions {
            let actor = actor(mention, &by_id);
            actors.insert(mention.id.as_str(), actor);
            if mention.text("kind") != Some("pronoun") {
                let words = wordings.entry(actor).or_default();
                words.push(&mention.passage.words);
                words.extend(mention.text("role"));
            }
        }
        Self { wordings, actors }
    }

    /// What the speaker of a statement can be found by.
    pub(crate) fn speaker(&self, statement: &'a Row) -> String {
        let mention = statement.text("mention").and_then(|id| self.actors.get(id).copied());
        let own = ["name", "speaker", "role"].map(|column| statement.text(column));
        self.index(statement.text("name").or(mention), own)
    }

    /// What the addressee of a statement can be found by.
    pub(crate) fn addressee(&self, statement: &'a Row) -> String {
        let own = ["addressee_name", "addressee"].map(|column| statement.text(column));
        self.index(statement.text("addressee_name"), own)
    }

    fn index<const N: usize>(&self, actor: Option<&str>, own: [Option<&'a str>; N]) -> String {
        let others = actor.and_then(|actor| self.wordings.get(actor)).into_iter().flatten().copied();
        index(own.into_iter().flatten().chain(others))
    }
}

/// The name of the actor that a mention stands for, or the id of the mention that its chain leads to.
fn actor<'a>(mention: &'a Row, by_id: &BTreeMap<&str, &'a Row>) -> &'a str {
    let mut at = mention;
    // A chain is no longer than the layer; were it a ring, any of its mentions would do as its end.
    for _ in 0..by_id.len() {
        if let Some(name) = at.text("name") {
            return name;
        }
        let Some(next) = at.text("refers_to").and_then(|id| by_id.get(id)) else { break };
        at = next;
    }
    &at.id
}

/// All folded words of some wordings, each once. A possessive is folded word by word, and a hyphenated name is there in
/// one piece too: "al-Sarif" is found as "al sarif" and as "alsarif".
fn index<'a>(wordings: impl Iterator<Item = &'a str>) -> String {
    let mut all: Vec<String> = Vec::new();
    for word in wordings.flat_map(str::split_whitespace) {
        let folded = NAMES.fold(word);
        let joined = folded.replace(' ', "");
        for word in folded.split(' ').chain([joined.as_str()]) {
            if !word.is_empty() && !all.iter().any(|earlier| earlier == word) {
                all.push(word.to_owned());
            }
        }
    }
    all.join(" ")
}

/// The question to the index of voices for a person or body as somebody words it: all words that tell must be among
/// the wordings. `None` when there are no words to ask for.
pub(crate) fn question(asked: &str) -> Option<String> {
    let telling = NAMES.telling_words(asked);
    let words = if telling.is_empty() { NAMES.words(asked) } else { telling };
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    (!quoted.is_empty()).then(|| quoted.join(" AND "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{self, KEPT};
    use crate::testing;

    #[test]
    fn a_speaker_is_known_by_every_wording_in_the_report() {
        let rows = record::rows(&testing::document(), KEPT);
        let voices = Voices::of(&rows);
        let statement = rows.iter().rfind(|row| row.layer == "statements").expect("there are two statements");
        assert_eq!(statement.text("speaker"), Some("The commander"));
        assert_eq!(voices.speaker(statement), "ilyas qaani the commander of quds force");
    }

    #[test]
    fn a_hyphenated_name_is_known_in_one_piece_and_in_two() {
        assert_eq!(index(["Omar al-Sarif’s"].into_iter()), "omar al sarif alsarif");
    }

    #[test]
    fn a_question_holds_the_words_that_tell() {
        assert_eq!(question("General Qa'ani").as_deref(), Some("\"qaani\""));
        assert_eq!(question("the Quds commander").as_deref(), Some("\"quds\" AND \"commander\""));
        assert_eq!(question("the").as_deref(), Some("\"the\""));
        assert_eq!(question(" “” "), None);
    }
}
