//! Which reports are kept.

use crate::Result;
use crate::questions::scope::{Filter, Scope};
use crate::store::{Report, Store, report_columns};

/// The conditions that a scope makes for reports.
pub(crate) fn filter(scope: &Scope) -> Filter {
    let mut filter = Filter::of(scope);
    filter.report(scope);
    filter
}

impl Store {
    /// Reports that match, in order of publication; days are those of publication.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn reports(&self, scope: &Scope) -> Result<Vec<Report>> {
        let filter = filter(scope);
        let query = format!(
            "SELECT {} FROM documents d WHERE {} ORDER BY d.published IS NULL, d.published, d.number {}",
            report_columns("d"),
            filter.condition(),
            filter.limit(),
        );
        let reports = || -> rusqlite::Result<Vec<Report>> {
            self.connection()
                .prepare(&query)?
                .query_map(rusqlite::params_from_iter(&filter.values), |row| Report::from_sql(row, 0))?
                .collect()
        };
        reports().map_err(|error| self.fault(error))
    }
}
