//! `onrecord search`: which reports hold some words.

use clap::Args;
use onrecord::doors;
use onrecord::questions::{Hit, Scope, SearchQuestion};
use serde_json::{Value as Json, json};

use crate::commands::Database;
use crate::commands::narrow::Dates;
use crate::failure::{Outcome, Result};
use crate::output::{BOLD, DIM, Format, Output, PLAIN, Text, heading};

/// Find the reports that hold some words, the best first
///
/// Searches headlines and texts, in whichever language; `onrecord said --about`
/// searches what was said. All words must be there, in any form; "in quotes"
/// in this order.
#[derive(Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  onrecord search flood fund --since 2026-03
  onrecord search '\"flood fund\"' --outlet wire --limit 10 --offset 10 --json"
)]
pub(crate) struct Search {
    /// The words
    #[arg(required = true)]
    words: Vec<String>,
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
        let hits = self.database.ask()?.search(&SearchQuestion { scope, offset: self.offset })?;
        match output.format {
            Format::People => {
                output.write(&hits.iter().map(people).collect::<Vec<_>>().join("\n"))?;
            }
            Format::Json | Format::JsonLines => output.json(hits.iter().map(object).collect())?,
            Format::Csv => {
                let line = |hit: &Hit| doors::csv_line([hit.report.hash.clone(), words(hit)]);
                output.write(&doors::csv_line(["report", "snippet"].map(str::to_owned)))?;
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
    json!({ "report": doors::report(&hit.report), "snippet": pieces.collect::<Vec<_>>() })
}
