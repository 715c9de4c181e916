//! Words in texts and in what was said: which reports hold them, the best first, each with the passage where they stand.

use crate::Result;
use crate::questions::SaidQuestion;
use crate::questions::scope::{Filter, Scope, words_question};
use crate::store::{REPORT_COLUMNS, Report, Store, report_columns};

/// A question for words. `scope.about` holds them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchQuestion {
    /// Words, outlet, days of publication, and how many answers.
    pub scope: Scope,
    /// How many answers to pass over: the second page starts where the first ended.
    pub offset: u32,
}

/// A report that holds the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The report.
    pub report: Report,
    /// A passage of its text around the words, in pieces.
    pub snippet: Vec<Piece>,
    /// The statement that holds the words, by its id, when statements were searched.
    pub statement: Option<String>,
}

/// A part of a snippet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its words, as they stand in the text.
    pub words: String,
    /// Whether they were asked for.
    pub is_found: bool,
}

/// How many answers there are when nobody says.
const PAGE: u32 = 20;
/// How many words a snippet has.
const WORDS: u32 = 24;

impl Store {
    /// Reports whose headline or text holds the words in any form, the best first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn search(&self, question: &SearchQuestion) -> Result<Vec<Hit>> {
        let scope = &question.scope;
        let Some(words) = scope.about.as_deref().and_then(words_question) else { return Ok(Vec::new()) };
        let mut filter = Filter::of(scope);
        filter.days(scope, "d.published", "NULL");
        // What nothing narrows down is ranked by the index alone.
        let documents = if filter.is_open() { "" } else { "JOIN documents d ON d.number = f.rowid" };
        // The best are chosen first: a snippet takes longer than a rank.
        let query = format!(
            "WITH best AS MATERIALIZED (
                 SELECT f.rowid AS number, f.rank AS place FROM documents_fts f {documents}
                 WHERE documents_fts MATCH ? AND {} ORDER BY f.rank, f.rowid LIMIT {} OFFSET {})
             SELECT {}, snippet(documents_fts, 1, char(2), char(3), ' … ', {WORDS})
             FROM best JOIN documents_fts ON documents_fts.rowid = best.number JOIN documents d USING (number)
             WHERE documents_fts MATCH ? ORDER BY best.place, number",
            filter.condition(),
            scope.limit.unwrap_or(PAGE),
            question.offset,
            report_columns("d"),
        );
        self.hits(&query, words, &filter)
    }

    /// Statements whose content holds the words in any form, the best first; `offset` of them are passed over.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn search_statements(&self, question: &SaidQuestion, offset: u32) -> Result<Vec<Hit>> {
        let scope = &question.scope;
        let Some(words) = scope.about.as_deref().and_then(words_question) else { return Ok(Vec::new()) };
        let mut filter = Filter::of(scope);
        for (column, asked) in [("speaker", &question.by), ("addressee", &question.to)] {
            if let Some(asked) = asked {
                filter.voice("r.rowid", column, asked);
            }
        }
        if let Some(kind) = question.kind {
            filter.and("r.kind = ?", [kind.name().to_owned()]);
        }
        if let Some(cue) = &question.cue {
            filter.and("r.cue_lemma = ? COLLATE NOCASE", [cue.clone()]);
        }
        filter.days(scope, "coalesce(t.begins, d.published)", "iif(t.begins IS NULL, NULL, t.ends)");
        let query = format!(
            "WITH best AS MATERIALIZED (
                 SELECT r.rowid AS line, f.rank AS place FROM statements_fts f JOIN statements r ON r.rowid = f.rowid
                 JOIN documents d ON d.hash = r.document LEFT JOIN times t ON t.id = r.said_when
                 WHERE statements_fts MATCH ? AND {} ORDER BY f.rank, r.rowid LIMIT {} OFFSET {offset})
             SELECT {}, snippet(statements_fts, 0, char(2), char(3), ' … ', {WORDS}), r.id
             FROM best JOIN statements_fts ON statements_fts.rowid = best.line
             JOIN statements r ON r.rowid = best.line JOIN documents d ON d.hash = r.document
             WHERE statements_fts MATCH ? ORDER BY best.place, best.line",
            filter.condition(),
            scope.limit.unwrap_or(PAGE),
            report_columns("d"),
        );
        self.hits(&query, words, &filter)
    }

    /// The answers of a query that has the columns of a report, a snippet, and a statement if it has one.
    fn hits(&self, query: &str, words: String, filter: &Filter) -> Result<Vec<Hit>> {
        let ask = [crate::table::Field::Text(words)];
        let values = ask.iter().chain(&filter.values).chain(&ask);
        let hits = || -> rusqlite::Result<Vec<Hit>> {
            let mut query = self.connection().prepare(query)?;
            let has_statement = query.column_count() > REPORT_COLUMNS.len() + 1;
            let hit = |row: &rusqlite::Row<'_>| {
                let snippet: String = row.get(REPORT_COLUMNS.len())?;
                let statement = has_statement.then(|| row.get(REPORT_COLUMNS.len() + 1)).transpose()?;
                Ok(Hit { report: Report::from_sql(row, 0)?, snippet: pieces(&snippet), statement })
            };
            query.query_map(rusqlite::params_from_iter(values), hit)?.collect()
        };
        hits().map_err(|error| self.fault(error))
    }
}

/// The parts of a snippet; what was asked for stands between the characters 2 and 3.
fn pieces(snippet: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for part in snippet.split('\u{2}') {
        let (found, rest) = part.split_once('\u{3}').unwrap_or(("", part));
        for (words, is_found) in [(found, true), (rest, false)] {
            if !words.is_empty() {
                pieces.push(Piece { words: words.to_owned(), is_found });
            }
        }
    }
    pieces
}
