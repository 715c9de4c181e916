//! One speaker over all reports: a person in a public role or an organisation. Nobody else has a page.

use std::collections::BTreeMap;

use crate::Result;
use crate::core::stages::mentions::PublicRoles;
use crate::questions::Counted;
use crate::record::Row;
use crate::store::Store;

/// A speaker, by the name that reports resolve to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// The name.
    pub name: String,
    /// How many statements there are.
    pub statements: u32,
    /// How reports word the speaker, the commonest first; pronouns aside.
    pub wordings: Vec<Counted>,
    /// The roles that reports give, as worded.
    pub roles: Vec<Counted>,
    /// To whom something was said.
    pub addressees: Vec<Counted>,
    /// Through which outlets it came.
    pub outlets: Vec<Counted>,
    /// How many statements each day has, in order: when it was said if that is known, else when it was published.
    pub days: Vec<Counted>,
}

/// A speaker in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The name.
    pub name: String,
    /// How many statements there are.
    pub statements: u32,
    /// A role that a report gives, as worded.
    pub role: Option<String>,
}

/// How many of a speaker's statements are asked before it is said that no role is known.
const ASKED: u32 = 50;
/// How many names are looked through for those that have a page, at most.
const LOOKED_THROUGH: usize = 2000;

impl Store {
    /// The speaker of this name; `None` when nobody of this name said anything, or has no page.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn speaker(&self, name: &str) -> Result<Option<Speaker>> {
        let found = || -> rusqlite::Result<Option<Speaker>> {
            match self.public(&PublicRoles::new(), name)? {
                Some(_) => self.gather(name).map(Some),
                None => Ok(None),
            }
        };
        found().map_err(|error| self.fault(error))
    }

    /// Speakers that have a page, by name, from the one after `after` on. `about` narrows them to those that reports word
    /// so. Answers the last name that was looked at too, if there are more.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn speakers(
        &self,
        about: Option<&str>,
        after: Option<&str>,
        limit: u32,
    ) -> Result<(Vec<Said>, Option<String>)> {
        let found = || -> rusqlite::Result<(Vec<Said>, Option<String>)> {
            let voices = about.map(|about| crate::voices::question(about).unwrap_or_default());
            if voices.as_deref() == Some("") {
                return Ok((Vec::new(), None));
            }
            let narrowed = if voices.is_some() {
                "rowid IN (SELECT rowid FROM voices WHERE voices MATCH ?2)"
            } else {
                "?2 IS NULL"
            };
            let query = format!(
                "SELECT name, count(*) FROM statements WHERE name > ?1 AND {narrowed} GROUP BY name ORDER BY name"
            );
            let mut query = self.connection().prepare_cached(&query)?;
            let voices = voices.map(|words| format!("speaker : ({words})"));
            let mut rows = query.query((after.unwrap_or_default(), voices))?;
            let roles = PublicRoles::new();
            let mut speakers = Vec::new();
            let mut last = None;
            for looked_at in 0.. {
                let Some(row) = rows.next()? else { return Ok((speakers, None)) };
                if speakers.len() >= limit as usize || looked_at >= LOOKED_THROUGH {
                    break;
                }
                let (name, statements) = (row.get::<_, String>(0)?, row.get(1)?);
                last = Some(name.clone());
                if let Some(role) = self.public(&roles, &name)? {
                    speakers.push(Said { name, statements, role });
                }
            }
            Ok((speakers, last))
        };
        found().map_err(|error| self.fault(error))
    }

    /// Whether the speaker of a statement has a page, as far as this report tells.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn has_page(&self, roles: &PublicRoles, statement: &Row) -> Result<bool> {
        if statement.text("name").is_none() {
            return Ok(false);
        }
        if statement.text("role").is_some_and(|role| roles.is_public(role)) {
            return Ok(true);
        }
        let Some(mention) = statement.text("mention") else { return Ok(false) };
        let actor = || -> rusqlite::Result<Option<String>> {
            let mut query = self.connection().prepare_cached("SELECT actor FROM mentions WHERE id = ?")?;
            let mut rows = query.query([mention])?;
            rows.next()?.map_or(Ok(None), |row| row.get(0))
        };
        Ok(actor().map_err(|error| self.fault(error))?.as_deref() == Some(ORGANISATION))
    }

    /// A role of the speaker if there is a page for the name: `Some(None)` for an organisation without one.
    pub(super) fn public(&self, roles: &PublicRoles, name: &str) -> rusqlite::Result<Option<Option<String>>> {
        let mut query = self
            .connection()
            .prepare_cached("SELECT role FROM statements WHERE name = ? AND role IS NOT NULL LIMIT ?")?;
        let mut rows = query.query((name, ASKED))?;
        while let Some(row) = rows.next()? {
            let role: String = row.get(0)?;
            if roles.is_public(&role) {
                return Ok(Some(Some(role)));
            }
        }
        let mut query = self.connection().prepare_cached(
            "SELECT 1 FROM (SELECT mention FROM statements WHERE name = ? LIMIT ?)
             JOIN mentions ON id = mention WHERE actor = ? LIMIT 1",
        )?;
        Ok(query.exists((name, ASKED, ORGANISATION))?.then_some(None))
    }

    fn gather(&self, name: &str) -> rusqlite::Result<Speaker> {
        let mut query = self.connection().prepare_cached(
            "SELECT iif(m.kind = 'pronoun', NULL, r.speaker), r.role, coalesce(r.addressee_name, r.addressee),
                    d.outlet, substr(coalesce(t.begins, d.published), 1, 10)
             FROM statements r JOIN documents d ON d.hash = r.document LEFT JOIN times t ON t.id = r.said_when
                  LEFT JOIN mentions m ON m.id = r.mention
             WHERE r.name = ?",
        )?;
        let mut rows = query.query([name])?;
        let mut counts: [BTreeMap<String, u32>; 5] = Default::default();
        let mut statements = 0;
        while let Some(row) = rows.next()? {
            statements += 1;
            for (column, count) in counts.iter_mut().enumerate() {
                if let Some(value) = row.get::<_, Option<String>>(column)? {
                    *count.entry(value).or_default() += 1;
                }
            }
        }
        let [wordings, roles, addressees, outlets, days] = counts;
        let days = days.into_iter().map(|(what, count)| Counted { what, count }).collect();
        let [wordings, roles, addressees, outlets] =
            [wordings, roles, addressees, outlets].map(Counted::commonest);
        Ok(Speaker { name: name.to_owned(), statements, wordings, roles, addressees, outlets, days })
    }
}

/// How the layer of mentions calls an organisation.
const ORGANISATION: &str = "organisation";
