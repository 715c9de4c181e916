//! How many: figures by what is counted, what happened to it, who gave it, subject, day and outlet.

use crate::core::stages::figures::Figure;
use crate::questions::Question;
use crate::questions::scope::{Filter, Scope};

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

impl Question for FiguresQuestion {
    type Row = Figure;
    /// The statement that carries a figure.
    const JOINS: &'static str = "LEFT JOIN statements s ON s.id = r.statement";

    fn filter(&self) -> Filter {
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
        filter.report(&self.scope);
        filter
    }
}
