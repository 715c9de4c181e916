//! What commands write: words for people, or JSON and CSV for programs.

mod people;
mod progress;
mod text;

use std::io::{self, BufWriter, Write};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;
use onrecord::core::{Layer as _, LayerInfo};
use onrecord::questions::{Answer, Question};
use onrecord::store::{REPORT_COLUMNS, Report, Store};
use onrecord::table::{self, Field};
use onrecord::{doors, record};
use serde_json::Value as Json;

use crate::failure::{Outcome, Result};

pub(crate) use people::{heading, lines, short};
pub(crate) use progress::Progress;
pub(crate) use text::{BOLD, DIM, FIGURE, PLAIN, STATEMENT, TIME, Text, count};

/// The shape of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// Words, with colour on a terminal.
    People,
    /// One JSON document.
    Json,
    /// One JSON object a line.
    JsonLines,
    /// Comma-separated values with a header.
    Csv,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal
    Auto,
    /// Even into a file
    Always,
    /// Never
    Never,
}

/// The standard output in the shape that was asked for.
pub(crate) struct Output {
    /// The shape.
    pub(crate) format: Format,
    out: BufWriter<AutoStream<io::Stdout>>,
}

impl Output {
    pub(crate) fn new(format: Format, color: Color) -> Self {
        let choice = match color {
            // Looks at the terminal, NO_COLOR and CLICOLOR_FORCE.
            Color::Auto => AutoStream::choice(&io::stdout()),
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Self { format, out: BufWriter::new(AutoStream::new(io::stdout(), choice)) }
    }

    /// Writes words; styles in them are left out where there is no colour.
    pub(crate) fn write(&mut self, words: &str) -> io::Result<()> {
        self.out.write_all(words.as_bytes())
    }

    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Writes JSON: each value on a line of its own, or all as one indented array.
    pub(crate) fn json(&mut self, values: Vec<Json>) -> io::Result<()> {
        if self.format == Format::JsonLines {
            for value in values {
                writeln!(self.out, "{value}")?;
            }
            return Ok(());
        }
        writeln!(self.out, "{:#}", Json::Array(values))
    }

    /// Writes the answers to a question, in whichever shape.
    pub(crate) fn answers<Q: Question>(&mut self, store: &Store, question: &Q) -> Result {
        let answers = store.answers(question)?;
        match self.format {
            Format::People => self.write(&people::answers(&answers))?,
            Format::Json | Format::JsonLines => self.json(answers.iter().map(doors::answer).collect())?,
            Format::Csv => self.csv(record::layer(Q::Row::NAME), &answers, true)?,
        }
        Ok(Outcome::of(&answers))
    }

    /// Writes the columns of the layer's table, then those of the sentence, the place and the report; with the names of
    /// the columns above the first.
    pub(crate) fn csv(
        &mut self,
        layer: &'static LayerInfo,
        answers: &[Answer],
        first: bool,
    ) -> io::Result<()> {
        if first {
            self.write(&csv_header(layer))?;
        }
        answers.iter().try_for_each(|answer| self.write(&csv_row(answer)))
    }

    /// Writes reports, in whichever shape.
    pub(crate) fn reports(&mut self, reports: &[Report]) -> io::Result<()> {
        match self.format {
            Format::People => self.write(&reports.iter().map(heading).collect::<Vec<_>>().join("\n")),
            Format::Json | Format::JsonLines => self.json(reports.iter().map(doors::report).collect()),
            Format::Csv => self.write(&csv_reports(reports)),
        }
    }
}

/// Reports as CSV.
pub(crate) fn csv_reports<'a>(reports: impl IntoIterator<Item = &'a Report>) -> String {
    let header = doors::csv_line(REPORT_COLUMNS.iter().map(|column| column.name.to_owned()));
    let line = |report: &Report| doors::csv_line(report.fields().iter().map(doors::csv_value));
    std::iter::once(header).chain(reports.into_iter().map(line)).collect()
}

/// Answers that are rows of a layer as CSV.
pub(crate) fn csv_answers(layer: &'static LayerInfo, answers: &[Answer]) -> String {
    std::iter::once(csv_header(layer)).chain(answers.iter().map(csv_row)).collect()
}

/// The names of the columns of a layer's answers as CSV.
fn csv_header(layer: &'static LayerInfo) -> String {
    let own = table::columns(layer).into_iter().map(|column| column.name);
    let beside = ["sentence", "line", "column"].map(str::to_owned);
    let report = REPORT_COLUMNS.iter().map(|column| format!("report_{}", column.name));
    doors::csv_line(own.chain(beside).chain(report))
}

/// An answer as a line of CSV.
fn csv_row(answer: &Answer) -> String {
    let place = answer.place();
    let sentence = answer.sentence.as_ref().map(|sentence| sentence.words.clone());
    let mut fields = table::fields(&answer.row);
    fields.push(sentence.map_or(Field::Null, Field::Text));
    fields.extend([place.line, place.column].map(|number| Field::Integer(number.into())));
    fields.extend(answer.report.fields());
    doors::csv_line(fields.iter().map(doors::csv_value))
}
