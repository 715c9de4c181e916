//! How many: figures by what is counted, what happened to it, who gave it, subject, day and outlet.

use rusqlite::OptionalExtension as _;

use crate::core::Layer;
use crate::core::stages::figures::Figure;
use crate::questions::Answer;
use crate::questions::scope::{Filter, Scope};
use crate::store::Store;
use crate::{Result, record};

/// A question for figures. What is not given does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FiguresQuestion {
    /// Who gave the figure in a statement, under any wording.
    pub by: Option<String>,
    /// Words of what is counted.
    pub counted: Option<String>,
    /// What happened to what is counted: "killed".
    pub happened: Option<String>,
    /// Class of unit: "money".
    pub class: Option<String>,
    /// Words of the report, its outlet, and its day of publication.
    pub scope: Scope,
}

impl Store {
    /// Figures that match, in order of publication.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn figures(&self, question: &FiguresQuestion) -> Result<Vec<Answer>> {
        let mut filter = Filter::of(&question.scope);
        if let Some(by) = &question.by {
            filter.voice("s.rowid", "speaker", by);
        }
        for word in question.counted.iter().flat_map(|counted| counted.split_whitespace()) {
            filter.holds("r.counted", word);
        }
        if let Some(happened) = &question.happened {
            filter.and("r.happened = ? COLLATE NOCASE", [happened.clone()]);
        }
        if let Some(class) = &question.class {
            filter.and("r.class = ? COLLATE NOCASE", [class.clone()]);
        }
        if let Some(about) = &question.scope.about {
            filter.about("documents_fts", "d.number", about);
        }
        filter.days(&question.scope, "d.published", "NULL");
        let joins = "LEFT JOIN statements s ON s.id = r.statement";
        let mut answers = self.answers(record::layer(Figure::NAME), joins, &filter)?;
        let query = |answer: &Answer| -> rusqlite::Result<Option<String>> {
            let Some(statement) = answer.row.text("statement") else { return Ok(None) };
            let mut query = self
                .connection()
                .prepare_cached("SELECT coalesce(name, speaker) FROM statements WHERE id = ?")?;
            query.query_row([statement], |row| row.get(0)).optional().map(Option::flatten)
        };
        for answer in &mut answers {
            answer.whose = query(answer).map_err(|error| self.fault(error))?;
        }
        Ok(answers)
    }
}
