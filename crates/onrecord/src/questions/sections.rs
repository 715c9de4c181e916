//! The parts of reports: headlines, credits, datelines, by kind and outlet.

use crate::questions::scope::{Filter, Scope};

/// A question for sections. What is not given does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SectionsQuestion {
    /// What kind of section: "credit".
    pub kind: Option<String>,
    /// Words of the report, its outlet, and its day of publication.
    pub scope: Scope,
}

impl SectionsQuestion {
    pub(crate) fn filter(&self) -> Filter {
        let mut filter = Filter::of(&self.scope);
        if let Some(kind) = &self.kind {
            filter.and("r.kind = ? COLLATE NOCASE", [kind.clone()]);
        }
        if let Some(about) = &self.scope.about {
            filter.about("documents_fts", "d.number", about);
        }
        filter.days(&self.scope, "d.published", "NULL");
        filter
    }
}
