//! `onrecord versions`: the texts that one address had.

use clap::Args;
use onrecord::doors;
use onrecord::questions::{Answer, Change, Version};
use serde_json::{Value as Json, json};

use crate::commands::Database;
use crate::failure::{Outcome, Result};
use crate::output::{Format, Output, PLAIN, Text, heading, lines};

/// Show the texts that one address had, and what changed in the record
///
/// A page that is added again with another text gets a new version; the old
/// one is kept. With --diff, the statements and figures that came (+), went (-)
/// or are worded otherwise (- then +) from each version to the next.
#[derive(Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  onrecord versions https://example.org/dam
  onrecord versions https://example.org/dam --diff"
)]
pub(crate) struct Versions {
    /// Address of the page
    url: String,
    /// What changed from each version to the next
    #[arg(long)]
    diff: bool,
    #[command(flatten)]
    database: Database,
}

impl Versions {
    pub(crate) fn run(self, output: &mut Output) -> Result {
        let store = self.database.ask()?;
        let versions = store.versions(&self.url)?;
        let mut all = Vec::new();
        for (index, version) in versions.iter().enumerate() {
            let changes = match index.checked_sub(1).filter(|_| self.diff) {
                Some(last) => store.changes(&versions[last].report.hash, &version.report.hash)?,
                None => Vec::new(),
            };
            match output.format {
                Format::People => output.write(&people(index, version, &changes))?,
                Format::Csv => output.write(&csv(index, version, &changes))?,
                Format::Json => all.push(object(index, version, &changes)),
                Format::JsonLines => output.json(vec![object(index, version, &changes)])?,
            }
        }
        if output.format == Format::Json {
            output.json(all)?;
        }
        Ok(Outcome::of(&versions))
    }
}

fn people(index: usize, version: &Version, changes: &[Change]) -> String {
    let gap = if index > 0 { "\n" } else { "" };
    let mut words = format!("{gap}{}", Text::new().and(PLAIN, &format!("Version {}", index + 1)).fold(""));
    words += &heading(&version.report);
    for (mark, answer) in changes.iter().flat_map(marked) {
        words += &lines(answer, mark);
    }
    words
}

/// The rows of a change, each with the mark before it.
fn marked(change: &Change) -> Vec<(&'static str, &Answer)> {
    match change {
        Change::Came(new) => vec![("+", new)],
        Change::Went(old) => vec![("-", old)],
        Change::Changed(both) => vec![("-", &both[0]), ("+", &both[1])],
    }
}

fn csv(index: usize, version: &Version, changes: &[Change]) -> String {
    let header = if index == 0 { "version,report,change,layer,row,words\n" } else { "" };
    let start = [(index + 1).to_string(), version.report.hash.clone()];
    let line = |rest: [String; 4]| doors::csv_line(start.clone().into_iter().chain(rest));
    let mut page = header.to_owned() + &line(Default::default());
    for (mark, answer) in changes.iter().flat_map(marked) {
        let row = &answer.row;
        page += &line([mark.to_owned(), row.layer.to_owned(), row.id.clone(), row.passage.words.clone()]);
    }
    page
}

fn object(index: usize, version: &Version, changes: &[Change]) -> Json {
    let changes = changes.iter().map(|change| match change {
        Change::Came(new) => json!({ "change": "came", "after": doors::answer(new) }),
        Change::Went(old) => json!({ "change": "went", "before": doors::answer(old) }),
        Change::Changed(both) => {
            json!({ "change": "changed", "before": doors::answer(&both[0]), "after": doors::answer(&both[1]) })
        }
    });
    json!({
        "version": index + 1,
        "report": doors::report(&version.report),
        "file": version.file,
        "changes": changes.collect::<Vec<_>>(),
    })
}
