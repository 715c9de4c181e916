//! How many: figures by what is counted, what happened to it, who gave it, subject, day and outlet.

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

/// The statement that carries a figure.
pub(crate) const JOINS: &str = "LEFT JOIN statements s ON s.id = r.statement";

impl Store {
    /// Figures that match, in order of publication.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn figures(&self, question: &FiguresQuestion) -> Result<Vec<Answer>> {
        self.answers(record::layer(Figure::NAME), JOINS, &question.filter())
    }
}

impl FiguresQuestion {
    pub(crate) fn filter(&self) -> Filter {
        let mut filter = Filter::of(&self.scope);
        if let Some(by) = &self.by {
            filter.voice("s.rowid", "speaker", by);
            filter.voice_in_report("r.document", by);
            filter.few_of = Some("r");
        }
        for word in self.counted.iter().flat_map(|counted| counted.split_whitespace()) {
            filter.holds("r.counted", word);
        }
        if let Some(happened) = &self.happened {
            filter.and("r.happened = ? COLLATE NOCASE", [happened.clone()]);
        }
        if let Some(class) = &self.class {
            filter.and("r.class = ? COLLATE NOCASE", [class.clone()]);
        }
        if let Some(about) = &self.scope.about {
            filter.about("documents_fts", "d.number", about);
        }
        filter.days(&self.scope, "d.published", "NULL");
        filter
    }
}
