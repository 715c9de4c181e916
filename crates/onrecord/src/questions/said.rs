//! Who said what: statements by speaker, addressee, subject, day, kind and outlet.

use crate::core::stages::statements::{Statement, StatementKind};
use crate::questions::Question;
use crate::questions::scope::{Filter, Scope};
use crate::voices;

/// A question for statements. What is not given does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SaidQuestion {
    /// The speaker, under any wording: "Qa'ani", "General Qaani", "the Quds commander".
    pub by: Option<String>,
    /// To whom it was said, likewise.
    pub to: Option<String>,
    /// The speaker's name, as the report resolves it, to the letter.
    pub name: Option<String>,
    /// How it is given.
    pub kind: Option<StatementKind>,
    /// Lemma of the cue: "deny".
    pub cue: Option<String>,
    /// Subject, outlet and days: when it was said if the report tells, else the day of publication.
    pub scope: Scope,
}

impl Question for SaidQuestion {
    type Row = Statement;
    /// Where a statement says when it was made.
    const JOINS: &'static str = "LEFT JOIN times t ON t.id = r.said_when";

    fn filter(&self) -> Filter {
        let mut filter = Filter::of(&self.scope);
        if let Some(by) = &self.by {
            filter.voice("r.rowid", "speaker", by);
        }
        if let Some(to) = &self.to {
            filter.voice("r.rowid", "addressee", to);
        }
        if let Some(name) = &self.name {
            filter.and("r.name = ?", [name.clone()]);
            filter.few_of = Some("r");
        }
        if let Some(kind) = self.kind {
            filter.and("r.kind = ?", [kind.name().to_owned()]);
        }
        if let Some(cue) = &self.cue {
            filter.and("r.cue_lemma = ? COLLATE NOCASE", [cue.clone()]);
        }
        if let Some(about) = &self.scope.about {
            filter.about("statements_fts", "r.rowid", about);
        }
        // When it was said, if that is known to the day or the month; else the day on which it was reported.
        filter.days(&self.scope, "coalesce(t.begins, d.published)", "iif(t.begins IS NULL, NULL, t.ends)");
        filter
    }
}

impl Filter {
    /// The speaker or addressee of the statement with the number `key` is this person or body, under any wording.
    pub(crate) fn voice(&mut self, key: &str, column: &str, asked: &str) {
        match voices::question(asked) {
            Some(words) => self.probe("voices", key, format!("{column} : ({words})")),
            None => self.nothing(),
        }
    }

    /// The report with this hash has a statement by this person or body: what else asks of the statement finds its
    /// reports faster.
    pub(crate) fn voice_in_report(&mut self, hash: &str, asked: &str) {
        if let Some(words) = voices::question(asked) {
            let reports = "SELECT document FROM statements WHERE rowid IN (SELECT rowid FROM voices WHERE voices MATCH ?)";
            self.and(&format!("{hash} IN ({reports})"), [format!("speaker : ({words})")]);
        }
    }
}
