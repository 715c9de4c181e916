//! What a store can be asked. Every answer is a row with its sentence, its report and its place, so that it can be
//! checked.

mod days;
mod document;
mod figures;
mod find;
mod reports;
mod said;
mod scope;
mod search;
mod times;
mod versions;
mod why;

use std::sync::Arc;

use rusqlite::Connection;

pub use days::days;
pub use document::answers;
pub use figures::FiguresQuestion;
pub use find::Shown;
pub use said::SaidQuestion;
pub use scope::Scope;
pub use search::{Hit, Piece, SearchQuestion};
pub use times::TimesQuestion;
pub use versions::{Change, Version};
pub use why::{Related, Why};

use crate::core::{LayerInfo, Span};
use crate::doors::{Place, Points};
use crate::record::{Passage, Row};
use crate::store::{Report, Store, field, quoted, report_columns, text_of};
use crate::{Error, Result, table};
use scope::Filter;

/// A row of the record, with what is needed to check it.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The row.
    pub row: Row,
    /// The sentence, or the sentences, that it stands in.
    pub sentence: Option<Passage>,
    /// The report that it stands in.
    pub report: Report,
    /// Offsets in the report's text as others count them.
    pub points: Arc<Points>,
    /// In whose words it stands, for a figure that somebody gave: the name, or else the words for the speaker.
    pub whose: Option<String>,
}

impl Answer {
    /// Where the row's words start in the file that the report was read from.
    pub fn place(&self) -> Place {
        self.points.place(self.row.passage.span.start)
    }
}

impl Store {
    /// The rows of a layer that pass a filter, in order of publication and place. The filter speaks of the layer as
    /// `r` and of documents as `d`.
    fn answers(&self, layer: &'static LayerInfo, joins: &str, filter: &Filter) -> Result<Vec<Answer>> {
        let answers = || -> rusqlite::Result<Option<Vec<Answer>>> {
            let names: Vec<String> =
                table::columns(layer).iter().map(|column| format!("r.{}", quoted(&column.name))).collect();
            let query = format!(
                "SELECT {}, {} FROM {} r JOIN documents d ON d.hash = r.document {joins} WHERE {} \
                 ORDER BY d.published IS NULL, d.published, d.number, r.start, r.\"end\" {}",
                report_columns("d"),
                names.join(", "),
                layer.name,
                filter.condition(),
                filter.limit(),
            );
            let first = crate::store::REPORT_COLUMNS.len();
            let mut statement = self.connection().prepare(&query)?;
            let mut rows = statement.query(rusqlite::params_from_iter(&filter.values))?;
            // Answers come report by report: one text at a time is enough.
            let mut last = Text::default();
            let mut answers = Vec::new();
            while let Some(row) = rows.next()? {
                let report = Report::from_sql(row, 0)?;
                let fields = (first..first + names.len()).map(|column| field(row, column));
                if last.hash != report.hash {
                    last = Text::fetch(self.connection(), &report.hash)?;
                }
                let fields = fields.collect::<rusqlite::Result<_>>()?;
                let Some(row) = table::row(layer, fields, &last.text) else { return Ok(None) };
                let sentence = sentence(self.connection(), &report.hash, row.passage.span, &last.text)?;
                answers.push(Answer { row, sentence, report, points: Arc::clone(&last.points), whose: None });
            }
            Ok(Some(answers))
        };
        let answers = answers().map_err(|error| self.fault(error))?;
        answers.ok_or_else(|| {
            Error::user(format!(
                "{}: a row of `{}` is not as onrecord writes it: has another program changed it?",
                self.path().display(),
                layer.name
            ))
        })
    }
}

/// The text of a report that answers stand in.
#[derive(Default)]
struct Text {
    hash: String,
    text: String,
    points: Arc<Points>,
}

impl Text {
    fn fetch(connection: &Connection, hash: &str) -> rusqlite::Result<Self> {
        let text = text_of(connection, hash)?;
        Ok(Self { hash: hash.to_owned(), points: Arc::new(Points::new(&text)), text })
    }
}

/// The sentences that a span stands in, as one passage.
fn sentence(
    connection: &Connection,
    hash: &str,
    span: Span,
    text: &str,
) -> rusqlite::Result<Option<Passage>> {
    let mut query = connection.prepare_cached(
        "SELECT min(start), max(\"end\") FROM sentences WHERE document = ? AND start < ? AND \"end\" > ?",
    )?;
    let (start, end): (Option<u32>, Option<u32>) =
        query.query_row((hash, span.end, span.start), |row| Ok((row.get(0)?, row.get(1)?)))?;
    let span = start.zip(end).map(|(start, end)| Span::new(start, end));
    Ok(span.filter(|span| text.get(span.range()).is_some()).map(|span| Passage::of(text, span)))
}
