//! Why a row is there: which rule or model made it, and from what.

use crate::Result;
use crate::core::Type;
use crate::questions::Answer;
use crate::record;
use crate::rules;
use crate::store::Store;

/// Why a row is there.
#[derive(Debug, Clone)]
pub struct Why {
    /// The row, with the rule that made it and the evidence.
    pub answer: Answer,
    /// What the rule does, in one sentence; `None` for a rule that this build does not know.
    pub explanation: Option<&'static str>,
    /// The rows that it refers to, each of which can be asked about in turn.
    pub related: Vec<Related>,
}

/// A row that another refers to.
#[derive(Debug, Clone)]
pub struct Related {
    /// The column that refers to it.
    pub column: &'static str,
    /// The row.
    pub answer: Answer,
}

impl Store {
    /// Why the row whose id starts with `prefix` is there; `None` when there is none.
    ///
    /// # Errors
    /// When several start so, or the database cannot be read.
    pub fn why(&self, prefix: &str) -> Result<Option<Why>> {
        let Some(answer) = self.row(prefix)? else { return Ok(None) };
        let mut related = Vec::new();
        for column in record::layer(answer.row.layer).columns {
            let Type::Reference(_) = column.kind else { continue };
            if let Some(id) = answer.row.text(column.name)
                && let Some(answer) = self.row(id)?
            {
                related.push(Related { column: column.name, answer });
            }
        }
        Ok(Some(Why { explanation: rules::explanation(&answer.row.rule), answer, related }))
    }
}
