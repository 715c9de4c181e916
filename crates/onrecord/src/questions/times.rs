//! When: expressions of time by what they resolve to, kind, subject and outlet.

use crate::core::stages::times::{Time, TimeKind};
use crate::questions::Question;
use crate::questions::scope::{Filter, Scope};

/// A question for times. What is not given does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TimesQuestion {
    /// What kind of time.
    pub kind: Option<TimeKind>,
    /// Words of the report, its outlet, and days that the time touches.
    pub scope: Scope,
}

impl Question for TimesQuestion {
    type Row = Time;

    fn filter(&self) -> Filter {
        let mut filter = Filter::of(&self.scope);
        if let Some(kind) = self.kind {
            filter.and("r.type = ?", [kind.name().to_owned()]);
        }
        filter.report_about(&self.scope);
        filter.days(&self.scope, "r.begins", "r.ends");
        filter
    }
}
