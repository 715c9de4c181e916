//! When: expressions of time by what they resolve to, kind, subject and outlet.

use crate::core::Layer;
use crate::core::stages::times::{Time, TimeKind};
use crate::questions::Answer;
use crate::questions::scope::{Filter, Scope};
use crate::store::Store;
use crate::{Result, record};

/// A question for times. What is not given does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TimesQuestion {
    /// What kind of time.
    pub kind: Option<TimeKind>,
    /// Words of the report, its outlet, and days that the time touches.
    pub scope: Scope,
}

impl Store {
    /// Times that match, in order of publication.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn times(&self, question: &TimesQuestion) -> Result<Vec<Answer>> {
        self.answers(record::layer(Time::NAME), "", &question.filter())
    }
}

impl TimesQuestion {
    pub(crate) fn filter(&self) -> Filter {
        let mut filter = Filter::of(&self.scope);
        if let Some(kind) = self.kind {
            filter.and("r.type = ?", [kind.name().to_owned()]);
        }
        if let Some(about) = &self.scope.about {
            filter.about("documents_fts", "d.number", about);
        }
        filter.days(&self.scope, "r.begins", "r.ends");
        filter
    }
}
