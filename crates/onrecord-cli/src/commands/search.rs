//! `onrecord search`: which reports hold some words.

use clap::Args;
use clap::builder::PossibleValuesParser;
use onrecord::core::stages::statements::StatementKind;
use onrecord::doors;
use onrecord::questions::{Hit, SaidQuestion, Scope, SearchQuestion};
use serde_json::{Value as Json, json};

use crate::commands::Database;
use crate::commands::narrow::Dates;
use crate::failure::{Outcome, Result};
use crate::input::{STATEMENTS, statement_kind};
use crate::output::{BOLD, DIM, Format, Output, PLAIN, Text, heading};

/// Find the reports that hold some words, the best first
///
/// Searches headlines and texts, in whichever language; with --statements, or
/// a speaker or a kind, what was said. All words must be there, in any form;
/// "in quotes" in this order.
#[derive(Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  onrecord search flood fund --since 2026-03
  onrecord search flood --by \"the finance minister\" --kind direct
  onrecord search '\"flood fund\"' --outlet wire --limit 10 --offset 10 --json"
)]
pub(crate) struct Search {
    /// The words
    #[arg(required = true)]
    words: Vec<String>,
    /// Search what was said, and not whole texts
    #[arg(long)]
    statements: bool,
    /// Only what this person or body said, under any wording
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
    /// Only what is given so: in quotation marks, in part, or in the reporter's words
    #[arg(long, value_parser = PossibleValuesParser::new(STATEMENTS.map(StatementKind::name)))]
    kind: Option<String>,
    #[command(flatten)]
    dates: Dates,
    /// At most so many reports
    #[arg(long, value_name = "COUNT", default_value = "20")]
    limit: u32,
    /// Pass over so many: the next page
    #[arg(long, value_name = "COUNT", default_value = "0")]
    offset: u32,
    #[command(flatten)]
    database: Database,
}

impl Search {
    pub(crate) fn run(self, output: &mut Output) -> Result {
        let Dates { since, until, outlet } = self.dates;
        let about = Some(self.words.join(" "));
        let scope = Scope { about, since, until, outlet, limit: Some(self.limit), document: None };
        let store = self.database.ask()?;
        let hits = if self.statements || self.by.is_some() || self.kind.is_some() {
            let kind = self.kind.as_deref().and_then(statement_kind);
            let question = SaidQuestion { by: self.by, kind, scope, ..SaidQuestion::default() };
            store.search_statements(&question, self.offset)?
        } else {
            store.search(&SearchQuestion { scope, offset: self.offset })?
        };
        match output.format {
            Format::People => {
                output.write(&hits.iter().map(people).collect::<Vec<_>>().join("\n"))?;
            }
            Format::Json | Format::JsonLines => output.json(hits.iter().map(object).collect())?,
            Format::Csv => {
                let statement = |hit: &Hit| hit.statement.clone().unwrap_or_default();
                let line = |hit: &Hit| doors::csv_line([hit.report.hash.clone(), words(hit), statement(hit)]);
                output.write(&doors::csv_line(["report", "snippet", "statement"].map(str::to_owned)))?;
                hits.iter().try_for_each(|hit| output.write(&line(hit)))?;
            }
        }
        Ok(Outcome::of(&hits))
    }
}

fn people(hit: &Hit) -> String {
    let mut text = Text::new();
    for piece in &hit.snippet {
        text.push(if piece.is_found { BOLD } else { PLAIN }, &piece.words);
    }
    if hit.snippet.is_empty() {
        text.push(DIM, "(no text)");
    }
    heading(&hit.report) + &text.fold("  ")
}

fn words(hit: &Hit) -> String {
    hit.snippet.iter().map(|piece| piece.words.as_str()).collect()
}

fn object(hit: &Hit) -> Json {
    let pieces = hit.snippet.iter().map(|piece| json!({ "words": piece.words, "found": piece.is_found }));
    let snippet = pieces.collect::<Vec<_>>();
    json!({ "report": doors::report(&hit.report), "snippet": snippet, "statement": hit.statement })
}
