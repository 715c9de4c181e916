//! `onrecord read`: the record of reports, without keeping it.

use clap::Args;
use clap::builder::PossibleValuesParser;
use onrecord::core::stages::figures::Figure;
use onrecord::core::stages::statements::Statement;
use onrecord::core::stages::times::Time;
use onrecord::core::{Document, Layer, layers};
use onrecord::questions::Answer;
use onrecord::store::Report;
use onrecord::{Engine, doors, questions, record};
use serde_json::{Map, Value as Json};

use crate::failure::{self, Failure, Outcome, Result};
use crate::input::{self, Reports};
use crate::output::{self, BOLD, Format, Output, PLAIN, Progress, Text};

/// Read reports and show their record
///
/// Shows who said what, when and how many, each with the line and column where
/// it stands. Nothing is kept; `onrecord add` keeps it.
#[derive(Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  onrecord read report.txt --published 2026-03-04
  pdftotext report.pdf - | onrecord read -
  onrecord read *.txt --jsonl | jq 'select(.layer == \"figures\")'
  onrecord read report.txt --csv --layer statements > statements.csv
  onrecord read report.txt --json --layer tokens"
)]
pub(crate) struct Read {
    #[command(flatten)]
    reports: Reports,
    /// Show this layer; can be given several times. The default is statements,
    /// times and figures, or with --csv statements
    #[arg(long = "layer", value_name = "LAYER", value_parser = layer_names(), verbatim_doc_comment)]
    layers: Vec<String>,
}

fn layer_names() -> PossibleValuesParser {
    PossibleValuesParser::new(layers().map(|layer| layer.name))
}

impl Read {
    pub(crate) fn run(self, output: &mut Output) -> Result {
        let layers = self.layers(output.format)?;
        let mut writer = Writer { output, layers, first: true };
        let engine = Engine::new()?;
        let files = &self.reports.files;
        let mut progress = Progress::new("reports read", files.len());
        let mut failed = 0;
        let mut all = Vec::new();
        for file in files {
            match input::text(file) {
                Ok(text) => {
                    let doc = engine.read(&text, self.reports.meta(file));
                    progress.clear();
                    all.extend(writer.write(&doc)?);
                }
                Err(error) => {
                    progress.clear();
                    failure::report(&error);
                    failed += 1;
                }
            }
            progress.step();
        }
        if writer.output.format == Format::Json {
            writer.output.json(all)?;
        }
        finish(failed, files.len(), "read")
    }

    fn layers(&self, format: Format) -> Result<Vec<&'static str>> {
        let chosen: Vec<&'static str> = layers()
            .map(|layer| layer.name)
            .filter(|name| self.layers.iter().any(|chosen| chosen == name))
            .collect();
        match (chosen.len(), format) {
            (0, Format::Csv) => Ok(vec![Statement::NAME]),
            (0, _) => Ok(vec![Statement::NAME, Time::NAME, Figure::NAME]),
            (2.., Format::Csv) => {
                Err(Failure::Told("a CSV file holds one table: give one --layer".to_owned()))
            }
            _ => Ok(chosen),
        }
    }
}

/// The end of a command that worked on several files, some of which failed and were reported.
pub(crate) fn finish(failed: usize, of: usize, done: &str) -> Result {
    match (failed, of) {
        (0, _) => Ok(Outcome::Found),
        (_, 1) => Err(Failure::Reported),
        _ => Err(Failure::Told(format!("{failed} of {of} files could not be {done}; the others were"))),
    }
}

/// Writes one report after the other.
struct Writer<'a> {
    output: &'a mut Output,
    layers: Vec<&'static str>,
    first: bool,
}

impl Writer<'_> {
    /// Writes the record of a report, or returns it where all reports make one JSON document.
    fn write(&mut self, doc: &Document) -> Result<Option<Json>> {
        let answers = questions::answers(doc, &self.layers);
        let first = std::mem::replace(&mut self.first, false);
        match self.output.format {
            Format::People => {
                let gap = if first { "" } else { "\n\n" };
                self.output.write(&format!("{gap}{}", people(&Report::of(doc), &self.layers, &answers)))?;
            }
            Format::Json => return Ok(Some(self.object(doc, &answers))),
            Format::JsonLines => self.output.json(answers.iter().map(doors::answer).collect())?,
            Format::Csv => self.output.csv(record::layer(self.layers[0]), &answers, first)?,
        }
        Ok(None)
    }

    fn object(&self, doc: &Document, answers: &[Answer]) -> Json {
        let mut object = Map::new();
        object.insert("report".into(), doors::report(&Report::of(doc)));
        for name in &self.layers {
            let rows = answers.iter().filter(|answer| answer.row.layer == *name);
            object.insert((*name).into(), rows.map(doors::answer).collect());
        }
        Json::Object(object)
    }
}

/// The record of a report in words, layer by layer.
pub(crate) fn people(report: &Report, layers: &[&str], answers: &[Answer]) -> String {
    let mut words = output::heading(report);
    for name in layers {
        let mut title = (*name).replace('_', " ");
        title[..1].make_ascii_uppercase();
        words += &format!("\n{}", Text::new().and(BOLD, &title).fold(""));
        let rows: Vec<&Answer> = answers.iter().filter(|answer| answer.row.layer == *name).collect();
        if rows.is_empty() {
            words += &Text::new().and(PLAIN, "none").fold("  ");
        }
        for answer in rows {
            words += &output::lines(answer, "");
        }
    }
    words
}
