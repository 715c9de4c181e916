//! The texts that one address had, in the order in which they were seen, and what of the record changed between two.

use std::collections::BTreeSet;

use crate::Result;
use crate::core::Layer;
use crate::core::stages::figures::Figure;
use crate::core::stages::statements::Statement;
use crate::questions::Answer;
use crate::store::{Report, Store, report_columns};

/// A text that an address had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The report.
    pub report: Report,
    /// File that it was first seen in as this version.
    pub file: String,
}

/// How a row of one version differs from the next version.
#[derive(Debug, Clone)]
pub enum Change {
    /// It was not there before.
    Came(Answer),
    /// It is there no more.
    Went(Answer),
    /// It is worded otherwise: before, after.
    Changed(Box<[Answer; 2]>),
}

/// Share of words that two wordings of one row have in common at least.
const ALIKE: f64 = 0.5;

impl Store {
    /// The versions of an address, the oldest first. A text that comes back is a version of its own.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn versions(&self, url: &str) -> Result<Vec<Version>> {
        let query = format!(
            "SELECT {}, s.file FROM sightings s JOIN documents d ON d.hash = s.document WHERE s.url = ?1 OR s.file = ?1 ORDER BY s.number",
            report_columns("d")
        );
        let seen = || -> rusqlite::Result<Vec<Version>> {
            self.connection()
                .prepare(&query)?
                .query_map([url], |row| {
                    Ok(Version { report: Report::from_sql(row, 0)?, file: row.get("file")? })
                })?
                .collect()
        };
        let mut versions = seen().map_err(|error| self.fault(error))?;
        versions.dedup_by(|next, last| next.report.hash == last.report.hash);
        Ok(versions)
    }

    /// What of the statements and figures came, went or changed from one report to another.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn changes(&self, before: &str, after: &str) -> Result<Vec<Change>> {
        let mut changes = Vec::new();
        for layer in [Statement::NAME, Figure::NAME] {
            let rows = |hash: &str| -> Result<Vec<Answer>> {
                let shown = self.show(hash)?.map_or_else(Vec::new, |shown| shown.answers);
                Ok(shown.into_iter().filter(|answer| answer.row.layer == layer).collect())
            };
            changes.extend(compare(rows(before)?, rows(after)?));
        }
        Ok(changes)
    }
}

/// Pairs what is worded the same, then what is worded alike; the rest came or went.
fn compare(before: Vec<Answer>, after: Vec<Answer>) -> Vec<Change> {
    let mut after: Vec<Option<Answer>> = after.into_iter().map(Some).collect();
    let mut gone = Vec::new();
    for old in before {
        let same = after.iter_mut().find(|new| new.as_ref().is_some_and(|new| wording(new) == wording(&old)));
        match same {
            Some(same) => *same = None,
            None => gone.push(old),
        }
    }
    let mut changes = Vec::new();
    for old in gone {
        let likeness = |new: &Option<Answer>| new.as_ref().map_or(0.0, |new| likeness(&old, new));
        let best =
            (0..after.len()).rev().max_by(|a, b| likeness(&after[*a]).total_cmp(&likeness(&after[*b])));
        let best = best.filter(|best| likeness(&after[*best]) >= ALIKE);
        match best.and_then(|best| after[best].take()) {
            Some(new) => changes.push(Change::Changed(Box::new([old, new]))),
            None => changes.push(Change::Went(old)),
        }
    }
    changes.extend(after.into_iter().flatten().map(Change::Came));
    changes
}

fn wording(answer: &Answer) -> Vec<String> {
    let words = answer.row.passage.words.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

fn likeness(a: &Answer, b: &Answer) -> f64 {
    let [a, b] = [a, b].map(|answer| wording(answer).into_iter().collect::<BTreeSet<_>>());
    2.0 * a.intersection(&b).count() as f64 / (a.len() + b.len()).max(1) as f64
}
