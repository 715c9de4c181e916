//! What a database holds, at a glance. Everything is counted: a large database takes a second or two.

use std::collections::BTreeMap;

use crate::Result;
use crate::core::stages::mentions::PublicRoles;
use crate::questions::Said;
use crate::store::Store;

/// How often something is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// What.
    pub what: String,
    /// How often.
    pub count: u32,
}

impl Counted {
    /// What was counted, the commonest first.
    pub(super) fn commonest(counts: BTreeMap<String, u32>) -> Vec<Self> {
        let mut all: Vec<Self> = counts.into_iter().map(|(what, count)| Self { what, count }).collect();
        all.sort_by_key(|counted| std::cmp::Reverse(counted.count));
        all
    }
}

/// What a database holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overview {
    /// Reports.
    pub reports: u32,
    /// Statements.
    pub statements: u32,
    /// Times.
    pub times: u32,
    /// Figures.
    pub figures: u32,
    /// Things that could not be read.
    pub failures: u32,
    /// Reports that wait to be read, or were read by another version.
    pub stale: u32,
    /// The speakers with the most statements that have a page.
    pub speakers: Vec<Said>,
    /// The outlets with the most reports.
    pub outlets: Vec<Counted>,
    /// What happened to what was counted: killed, injured and so on.
    pub happened: Vec<Counted>,
}

/// How many speakers and outlets are named.
const NAMED: usize = 30;
/// How many names are looked through for them: most of those with many statements have a page.
const LOOKED_THROUGH: usize = 200;

impl Store {
    /// What the database holds.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn overview(&self) -> Result<Overview> {
        let stale = u32::try_from(self.stale()?.len()).unwrap_or(u32::MAX);
        let count = |table: &str| {
            let query = format!("SELECT count(*) FROM {table}");
            self.connection().query_row(&query, [], |row| row.get::<_, u32>(0))
        };
        let found = || -> rusqlite::Result<Overview> {
            Ok(Overview {
                reports: count("documents")?,
                statements: count("statements")?,
                times: count("times")?,
                figures: count("figures")?,
                failures: count("failures")?,
                stale,
                speakers: self.most_quoted()?,
                outlets: self.commonest("documents", "outlet", NAMED)?,
                happened: self.commonest("figures", "happened", NAMED)?,
            })
        };
        found().map_err(|error| self.fault(error))
    }

    fn most_quoted(&self) -> rusqlite::Result<Vec<Said>> {
        let roles = PublicRoles::new();
        let mut speakers = Vec::new();
        for Counted { what: name, count } in self.commonest("statements", "name", LOOKED_THROUGH)? {
            if speakers.len() == NAMED {
                break;
            }
            if let Some(role) = self.public(&roles, &name)? {
                speakers.push(Said { name, statements: count, role });
            }
        }
        Ok(speakers)
    }

    fn commonest(&self, table: &str, column: &str, limit: usize) -> rusqlite::Result<Vec<Counted>> {
        let query = format!(
            "SELECT {column}, count(*) AS often FROM {table} WHERE {column} IS NOT NULL
             GROUP BY {column} ORDER BY often DESC, {column} LIMIT {limit}"
        );
        let mut query = self.connection().prepare(&query)?;
        let counted = |row: &rusqlite::Row<'_>| Ok(Counted { what: row.get(0)?, count: row.get(1)? });
        query.query_map([], counted)?.collect()
    }
}
