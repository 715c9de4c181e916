//! What a store can be asked. Every answer is a row with its sentence, its report and its place, so that it can be
//! checked.

mod article;
mod days;
mod document;
mod figures;
mod find;
mod overview;
mod paged;
mod reports;
mod said;
mod scope;
mod search;
mod sections;
mod speaker;
mod times;
mod versions;
mod why;

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension as _};

pub use article::Article;
pub use days::days;
pub use document::answers;
pub use figures::FiguresQuestion;
pub use find::Shown;
pub use overview::{Counted, Overview};
pub use paged::{Cursor, Order, Page, Paging};
pub use said::SaidQuestion;
pub use scope::Scope;
pub use search::{Hit, Piece, SearchQuestion};
pub use sections::SectionsQuestion;
pub use speaker::{Said, Speaker};
pub use times::TimesQuestion;
pub use versions::{Change, Version};
pub use why::{Related, Why};

use crate::core::{Layer, LayerInfo, Span};
use crate::doors::{Place, Points};
use crate::record::{Passage, Row};
use crate::store::{Report, Store, field, quoted, report_columns, text_of};
use crate::{Error, Result, record, table};
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
    /// When it was said, for a statement of which the report tells: the words, with the day that they come to.
    pub when: Option<String>,
}

impl Answer {
    /// Where the row's words start in the file that the report was read from.
    pub fn place(&self) -> Place {
        self.points.place(self.row.passage.span.start)
    }
}

/// A question for the rows of one layer. Those that there are stand in this module: what they ask for becomes SQL.
pub trait Question {
    /// What kind of record answers it.
    type Row: Layer;
    /// The tables that its conditions speak of, beside the layer's and that of the reports.
    const JOINS: &'static str = "";

    /// Its conditions, which speak of the layer as `r` and of reports as `d`.
    fn filter(&self) -> Filter;
}

impl Store {
    /// The rows that answer a question, in order of publication and place.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn answers<Q: Question>(&self, question: &Q) -> Result<Vec<Answer>> {
        self.rows_of(record::layer(Q::Row::NAME), Q::JOINS, &question.filter())
    }

    /// The rows of a layer that pass a filter.
    fn rows_of(&self, layer: &'static LayerInfo, joins: &str, filter: &Filter) -> Result<Vec<Answer>> {
        let mut filter = filter.clone();
        let mut answers = || -> rusqlite::Result<Option<Vec<Answer>>> {
            filter.settle(self.connection())?;
            let query = format!(
                "SELECT {} FROM {} r JOIN documents d ON d.hash = r.document {joins} WHERE {} \
                 ORDER BY d.published IS NULL, d.published, d.number, r.start, r.\"end\" {}",
                answer_columns(layer),
                layer.name,
                filter.condition(),
                filter.limit(),
            );
            let mut statement = self.connection().prepare(&query)?;
            let mut rows = statement.query(rusqlite::params_from_iter(&filter.values))?;
            let mut reading = Reading { layer, connection: self.connection(), last: Text::default() };
            let mut answers = Vec::new();
            while let Some(row) = rows.next()? {
                let Some(answer) = reading.answer(row)? else { return Ok(None) };
                answers.push(answer);
            }
            Ok(Some(answers))
        };
        let answers = answers().map_err(|error| self.fault(error))?;
        answers.ok_or_else(|| self.strange(layer))
    }

    /// Says that a row of a layer cannot have been written by this program.
    fn strange(&self, layer: &'static LayerInfo) -> Error {
        Error::user(format!(
            "{}: a row of `{}` is not as onrecord writes it: has another program changed it?",
            self.path().display(),
            layer.name
        ))
    }
}

/// What a query for answers selects: the report's columns, then the row's.
fn answer_columns(layer: &'static LayerInfo) -> String {
    let own = table::columns(layer).into_iter().map(|column| format!("r.{}", quoted(&column.name)));
    std::iter::once(report_columns("d")).chain(own).collect::<Vec<_>>().join(", ")
}

/// Reads the answers that a query gives one after the other.
struct Reading<'a> {
    layer: &'static LayerInfo,
    connection: &'a Connection,
    /// Answers come report by report: one text at a time is enough.
    last: Text,
}

impl Reading<'_> {
    /// The answer in a query's result, whose columns are [`answer_columns`]; `None` when it is no row of the layer.
    fn answer(&mut self, row: &rusqlite::Row<'_>) -> rusqlite::Result<Option<Answer>> {
        let report = Report::from_sql(row, 0)?;
        let first = crate::store::REPORT_COLUMNS.len();
        let fields = (first..row.as_ref().column_count()).map(|column| field(row, column));
        if self.last.hash != report.hash {
            self.last = Text::fetch(self.connection, &report.hash)?;
        }
        let fields = fields.collect::<rusqlite::Result<_>>()?;
        let Some(row) = table::row(self.layer, fields, &self.last.text) else { return Ok(None) };
        let sentence = sentence(self.connection, &report.hash, row.passage.span, &self.last.text)?;
        let (whose, when) = (self.whose(&row)?, self.when(&row)?);
        Ok(Some(Answer { row, sentence, report, points: Arc::clone(&self.last.points), whose, when }))
    }

    /// Who made the statement that carries a row.
    fn whose(&self, row: &Row) -> rusqlite::Result<Option<String>> {
        let Some(statement) = row.text("statement") else { return Ok(None) };
        // A pronoun that stands for nobody known says nothing outside its sentence.
        let query = "SELECT coalesce(s.name, CASE WHEN m.kind <> 'pronoun' THEN s.speaker END) \
                     FROM statements s LEFT JOIN mentions m ON m.id = s.mention WHERE s.id = ?";
        let mut query = self.connection.prepare_cached(query)?;
        query.query_row([statement], |row| row.get(0)).optional().map(Option::flatten)
    }

    /// When a statement was made.
    fn when(&self, row: &Row) -> rusqlite::Result<Option<String>> {
        let Some(time) = row.text("said_when") else { return Ok(None) };
        let mut query = self.connection.prepare_cached("SELECT words, value FROM times WHERE id = ?")?;
        let time =
            query.query_row([time], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?)));
        Ok(time.optional()?.map(|(words, value)| when(&words, &value.unwrap_or_default())))
    }
}

/// An expression of time in the words of the report, with the day, month or year that it comes to.
fn when(words: &str, value: &str) -> String {
    let is_known = value.starts_with(|c: char| c.is_ascii_digit()) && !value.contains('X');
    if is_known && words != value { format!("{words} ({value})") } else { words.to_owned() }
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
    // Sentences stand one after the other: from the last that starts before the end, back to the first.
    let mut query = connection.prepare_cached(
        "SELECT start, \"end\" FROM sentences WHERE document = ? AND start < ? ORDER BY start DESC",
    )?;
    let mut rows = query.query((hash, span.end))?;
    let mut whole: Option<Span> = None;
    while let Some(row) = rows.next()? {
        let one = Span::new(row.get(0)?, row.get(1)?);
        if one.end <= span.start {
            break;
        }
        whole = Some(Span::new(one.start, whole.map_or(one.end, |whole| whole.end)));
    }
    Ok(whole.filter(|span| text.get(span.range()).is_some()).map(|span| Passage::of(text, span)))
}
