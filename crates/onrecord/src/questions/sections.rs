//! The parts of reports: headlines, credits, datelines, by kind and outlet.

use crate::core::stages::sections::Section;
use crate::questions::Question;
use crate::questions::scope::{Filter, Scope};

/// A question for sections. What is not given does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SectionsQuestion {
    /// What kind of section: "credit".
    pub kind: Option<String>,
    /// Words of the report, its outlet, and its day of publication.
    pub scope: Scope,
}

impl Question for SectionsQuestion {
    type Row = Section;

    fn filter(&self) -> Filter {
        let mut filter = Filter::of(&self.scope);
        if let Some(kind) = &self.kind {
            filter.and("r.kind = ? COLLATE NOCASE", [kind.clone()]);
        }
        filter.report(&self.scope);
        filter
    }
}
