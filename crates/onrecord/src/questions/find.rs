//! Finding one report or one row by the beginning of its name.

use crate::questions::scope::Filter;
use crate::questions::{Answer, Scope};
use crate::record;
use crate::store::{Report, Store, text_of};
use crate::{Error, ErrorKind, Result};

/// A report with its text and its record.
#[derive(Debug, Clone)]
pub struct Shown {
    /// What is known of the report.
    pub report: Report,
    /// Its text as it was read.
    pub text: String,
    /// The rows of every layer that is kept, layer by layer.
    pub answers: Vec<Answer>,
}

impl Store {
    /// The report whose hash starts with `prefix`, with its record; `None` when there is none.
    ///
    /// # Errors
    /// When several start so, or the database cannot be read.
    pub fn show(&self, prefix: &str) -> Result<Option<Shown>> {
        let scope = Scope { document: Some(prefix.to_owned()), limit: Some(FEW), ..Scope::default() };
        let reports = self.reports(&scope)?;
        let hashes: Vec<&str> = reports.iter().map(|report| report.hash.as_str()).collect();
        refuse_several("report", prefix, &hashes)?;
        let Some(report) = reports.into_iter().next() else { return Ok(None) };
        let text = text_of(self.connection(), &report.hash).map_err(|error| self.fault(error))?;
        let mut answers = Vec::new();
        for layer in record::kept() {
            let mut filter = Filter::default();
            filter.and("r.document = ?", [report.hash.clone()]);
            answers.extend(self.rows_of(layer, "", &filter)?);
        }
        Ok(Some(Shown { report, text, answers }))
    }

    /// The row of any layer whose id starts with `prefix`; `None` when there is none.
    ///
    /// # Errors
    /// When several start so, or the database cannot be read.
    pub(crate) fn row(&self, prefix: &str) -> Result<Option<Answer>> {
        let mut found: Vec<Answer> = Vec::new();
        for layer in record::kept() {
            let mut filter = Filter::of(&Scope { limit: Some(FEW), ..Scope::default() });
            filter.starts("r.id", prefix);
            found.extend(self.rows_of(layer, "", &filter)?);
        }
        let ids: Vec<&str> = found.iter().map(|answer| answer.row.id.as_str()).collect();
        refuse_several("row", prefix, &ids)?;
        Ok(found.into_iter().next())
    }
}

/// How many candidates are looked at before a prefix is refused.
const FEW: u32 = 3;

fn refuse_several(what: &str, prefix: &str, names: &[&str]) -> Result<()> {
    if names.len() < 2 {
        return Ok(());
    }
    let some = &names[..names.len().min(FEW as usize)];
    let more = if names.len() > some.len() { " and others" } else { "" };
    Err(Error::new(
        ErrorKind::Several,
        format!("more than one {what} starts with `{prefix}`: {}{more}; give more of it", some.join(", ")),
    ))
}
