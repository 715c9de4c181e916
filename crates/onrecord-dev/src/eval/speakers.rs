//! Scores who the speakers are, on the articles of `gold/speakers`.

use onrecord::Engine;
use onrecord::core::stages::statements::Statement;
use onrecord::core::{Document, Meta};

use super::{Count, Score, percent, repository};
use crate::Result;
use crate::speakers::{self, Speaker, Told, folded};

/// Scores each file.
pub(super) fn score(engine: &Engine) -> Result<Vec<Score>> {
    let mut scores = Vec::new();
    for file in ["tune", "score", "news", "desk", "full"] {
        let articles = speakers::written(&repository(), file)?;
        scores.extend(Tally::of(engine, &articles).scores(&format!("speakers.{file}")));
    }
    Ok(scores)
}

#[derive(Default)]
struct Tally {
    statements: Count,
    names: Count,
}

impl Tally {
    fn of(engine: &Engine, articles: &[Told]) -> Self {
        let mut tally = Self::default();
        for told in articles {
            let doc = engine.read(&told.text, Meta::default());
            for speaker in &told.speakers {
                tally.add(speaker, found(&doc, speaker));
            }
        }
        tally
    }

    fn add(&mut self, speaker: &Speaker, found: Option<&Statement>) {
        self.statements.asked += 1.0;
        let Some(found) = found else { return };
        self.statements.right += 1.0;
        let given = found.name.as_deref().map(folded).unwrap_or_default();
        let asked = folded(&speaker.name);
        self.names.asked += f64::from(!asked.is_empty());
        self.names.given += f64::from(!given.is_empty());
        self.names.right += f64::from(!asked.is_empty() && asked == given);
    }

    fn scores(self, set: &str) -> Vec<Score> {
        vec![
            Score::new(set, "statements found", percent(self.statements.right, self.statements.asked)),
            Score::new(set, "name found where there is one", self.names.recall()),
            Score::new(set, "name right where given", self.names.precision()),
        ]
    }
}

/// Bytes between the beginnings of one statement in two hands: one may have "that" or the quotation mark.
const NEAR: u32 = 12;

/// The statement that begins with the annotated words, or holds them and has the annotated speaker; of several, one with that
/// speaker. One that only holds them is the statement in whose words they stand, and somebody else's.
fn found<'d>(doc: &'d Document, speaker: &Speaker) -> Option<&'d Statement> {
    let holds = |statement: &&Statement| statement.content.iter().any(|span| span.overlaps(speaker.content));
    let begins = |statement: &&Statement| {
        statement.content.iter().any(|span| span.start.abs_diff(speaker.content.start) <= NEAR)
    };
    let same = |statement: &&Statement| statement.speaker.is_some_and(|span| span.overlaps(speaker.span));
    let here = || doc.layer::<Statement>().iter().filter(holds);
    here()
        .find(|statement| begins(statement) && same(statement))
        .or_else(|| here().find(same))
        .or_else(|| here().find(begins))
}
