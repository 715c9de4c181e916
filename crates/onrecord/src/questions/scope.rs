//! What every question can be narrowed by, and the conditions that questions are made of.

use rusqlite::Connection;

use crate::core::Date;
use crate::table::Field;

/// What every question can be narrowed by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Words: all must be there, in any form ("sanction" finds "sanctions"); "in quotes" in this order.
    pub about: Option<String>,
    /// Part of the outlet's name.
    pub outlet: Option<String>,
    /// First day.
    pub since: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
    /// Beginning of the hash of a report.
    pub document: Option<String>,
    /// At most so many answers.
    pub limit: Option<u32>,
}

/// Conditions of a query, all of which must hold, with their values in order.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    conditions: Vec<String>,
    /// One value for each `?`.
    pub(crate) values: Vec<Field>,
    limit: Option<u32>,
    /// Those of the conditions that ask an index of words.
    pub(crate) probes: Vec<Probe>,
    /// The table that few rows pass by another condition, `r` or `d`: the question is best begun there.
    pub(crate) few_of: Option<&'static str>,
}

/// An index of words that finds at most so many rows is taken as a whole and sorted, at ten microseconds a row; in a
/// larger find a page is full after few reports.
const FEW: u32 = 2000;
/// An index of words is looked into for each row where there are so few: a look costs some 70 microseconds, to take all
/// that two common words find among a million statements 40 milliseconds.
const VERY_FEW: u32 = 250;

/// A condition that asks an index of words: whether the row with the number `key` is among those that it finds.
#[derive(Debug, Clone)]
pub(crate) struct Probe {
    /// The index.
    pub(crate) index: String,
    /// What holds the number of the row: `r.rowid`.
    pub(crate) key: String,
    /// What the index is asked.
    pub(crate) question: String,
    /// Its place among the conditions.
    at: usize,
}

impl Filter {
    /// The conditions of a scope that are the same for every question: the outlet, the report, the number of answers.
    pub(crate) fn of(scope: &Scope) -> Self {
        let mut filter = Self { limit: scope.limit, ..Self::default() };
        if let Some(outlet) = &scope.outlet {
            filter.holds("d.outlet", outlet);
        }
        if let Some(document) = &scope.document {
            filter.starts("d.hash", document);
            filter.few_of = Some("d");
        }
        filter
    }

    /// Adds a condition with one `?` for each value.
    pub(crate) fn and(&mut self, condition: &str, values: impl IntoIterator<Item = String>) {
        self.conditions.push(format!("({condition})"));
        self.values.extend(values.into_iter().map(Field::Text));
    }

    /// The column holds this, in whatever case.
    pub(crate) fn holds(&mut self, column: &str, part: &str) {
        self.and(&format!("{column} LIKE ? ESCAPE '\\'"), [format!("%{}%", escaped(part))]);
    }

    /// Has an index asked only for rows whose numbers stand between two.
    pub(crate) fn between(&mut self, probe: usize, (first, last): (i64, i64)) {
        let Probe { index, key, at, .. } = &self.probes[probe];
        self.conditions[*at] = format!(
            "({key} IN (SELECT rowid FROM {index} WHERE {index} MATCH ? AND rowid BETWEEN {first} AND {last}))"
        );
    }

    /// The column, which holds lower-case hexadecimal, starts with this. Asked for as a range, which an index answers.
    pub(crate) fn starts(&mut self, column: &str, prefix: &str) {
        let from = prefix.trim().to_lowercase();
        if from.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            let after = format!("{from}g");
            self.and(&format!("{column} >= ? AND {column} < ?"), [from, after]);
        } else {
            self.nothing();
        }
    }

    /// The index of a table's words, whose rows have the number `key` there, finds these words.
    pub(crate) fn about(&mut self, index: &str, key: &str, about: &str) {
        match words_question(about) {
            Some(question) => self.probe(index, key, question),
            None => self.nothing(),
        }
    }

    /// The report holds the words of the scope and was published on its days.
    pub(crate) fn report(&mut self, scope: &Scope) {
        self.report_about(scope);
        self.days(scope, "d.published", "NULL");
    }

    /// The report holds the words of the scope.
    pub(crate) fn report_about(&mut self, scope: &Scope) {
        if let Some(about) = &scope.about {
            self.about("documents_fts", "d.number", about);
        }
    }

    /// The row with the number `key` is among those that an index of words finds.
    pub(crate) fn probe(&mut self, index: &str, key: &str, question: String) {
        let (at, asked) = (self.conditions.len(), question.clone());
        self.probes.push(Probe { index: index.to_owned(), key: key.to_owned(), question: asked, at });
        self.and(&format!("{key} IN (SELECT rowid FROM {index} WHERE {index} MATCH ?)"), [question]);
    }

    /// Has an index looked into once for each row that is met, in place of taking all that it finds: better where that
    /// is much, and few rows are wanted.
    pub(crate) fn look_each_up(&mut self, probe: usize) {
        let Probe { index, key, at, .. } = &self.probes[probe];
        self.conditions[*at] =
            format!("(EXISTS (SELECT 1 FROM {index} WHERE {index} MATCH ? AND {index}.rowid = {key}))");
    }

    /// Looks how much the indexes of words find. Where one finds few rows, the question is begun there, and those that
    /// find much are looked into for each row. Answers whether there is only much to begin with.
    pub(crate) fn settle(&mut self, connection: &Connection) -> rusqlite::Result<bool> {
        let (mut least, mut much) = (u32::MAX, Vec::new());
        let is_of_reports = self.few_of == Some("d");
        for (index, probe) in self.probes.iter().enumerate() {
            let query = format!(
                "SELECT count(*) FROM (SELECT 1 FROM {0} WHERE {0} MATCH ? LIMIT {1})",
                probe.index,
                FEW + 1
            );
            let mut query = connection.prepare_cached(&query)?;
            let found: u32 = query.query_row([&probe.question], |row| row.get(0))?;
            if found > FEW {
                much.push(index);
            } else if found <= least {
                least = found;
                self.few_of = Some(if probe.key == "d.number" { "d" } else { "r" });
            }
        }
        if least <= VERY_FEW || is_of_reports {
            much.iter().for_each(|index| self.look_each_up(*index));
        }
        Ok(!much.is_empty() && self.few_of.is_none())
    }

    /// The day, or the days from the first to the second column, touch the days of the scope. The second column holds
    /// the instant after the last, if there is one.
    pub(crate) fn days(&mut self, scope: &Scope, first: &str, after: &str) {
        if let Some(since) = scope.since {
            // An instant later than the start of that day: a bare date is less than the same date with a time.
            let midnight = format!("{since}T00:00:00");
            self.and(
                &format!("{after} > ? OR ({after} IS NULL AND {first} >= ?)"),
                [midnight, since.to_string()],
            );
        }
        if let Some(until) = scope.until {
            self.and(&format!("substr({first}, 1, 10) <= ?"), [until.to_string()]);
        }
    }

    /// No row passes.
    pub(crate) fn nothing(&mut self) {
        self.conditions.push("0".to_owned());
    }

    /// Whether every row passes.
    pub(crate) fn is_open(&self) -> bool {
        self.conditions.is_empty()
    }

    pub(crate) fn condition(&self) -> String {
        if self.is_open() { "1".to_owned() } else { self.conditions.join(" AND ") }
    }

    pub(crate) fn limit(&self) -> String {
        self.limit.map_or_else(String::new, |limit| format!("LIMIT {limit}"))
    }
}

/// What people type, as a question to a word index: every word on its own, but those between quotation marks together.
/// `None` when there is no word in it.
pub(super) fn words_question(about: &str) -> Option<String> {
    let parts = about.split(['"', '“', '”']).enumerate();
    let phrases: Vec<&str> = parts
        .flat_map(|(index, part)| {
            let in_quotes = index % 2 == 1;
            if in_quotes { vec![part] } else { part.split_whitespace().collect() }
        })
        .filter(|phrase| phrase.chars().any(char::is_alphanumeric))
        .collect();
    let quoted: Vec<String> = phrases.iter().map(|phrase| format!("\"{phrase}\"")).collect();
    (!quoted.is_empty()).then(|| quoted.join(" AND "))
}

/// A part of a pattern in which nothing is a wildcard.
fn escaped(part: &str) -> String {
    part.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_asked_for_one_by_one_and_quoted_words_together() {
        assert_eq!(words_question("Gaza ceasefire").as_deref(), Some("\"Gaza\" AND \"ceasefire\""));
        assert_eq!(words_question("“flood fund” cost").as_deref(), Some("\"flood fund\" AND \"cost\""));
        assert_eq!(words_question("NEAR( OR *").as_deref(), Some("\"NEAR(\" AND \"OR\""));
        assert_eq!(words_question(" ' - \" "), None);
    }
}
