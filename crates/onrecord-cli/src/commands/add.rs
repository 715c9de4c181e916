//! `onrecord add`: the record of reports, kept.

use std::path::Path;

use clap::Args;
use onrecord::Engine;
use onrecord::doors;
use onrecord::store::{Added, Difference};
use serde_json::{Value as Json, json};

use crate::commands::Database;
use crate::commands::read::finish;
use crate::failure::{self, Result};
use crate::input::{self, Reports};
use crate::output::{Format, Output, PLAIN, Progress, Text, short};

/// Read reports and keep their record
///
/// The same text is kept once: adding it again fills in what was not known of
/// it, such as its day of publication, and says so. Each report is kept whole
/// or not at all; files that cannot be read are named, and the rest goes on.
#[derive(Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  onrecord add reports/*.txt --db news.db
  onrecord add wire.txt --published 2026-03-04 --outlet \"Norvale Wire\"
  curl -s https://example.org/report.txt | onrecord add - --db news.db"
)]
pub(crate) struct Add {
    #[command(flatten)]
    reports: Reports,
    #[command(flatten)]
    database: Database,
}

impl Add {
    pub(crate) fn run(self, output: &mut Output) -> Result {
        let mut store = self.database.open()?;
        let engine = Engine::new()?;
        let files = &self.reports.files;
        let mut progress = Progress::new("reports added", files.len());
        let mut failed = 0;
        let mut all = Vec::new();
        for (done, file) in files.iter().enumerate() {
            match input::text(file) {
                Ok(text) => {
                    let kept =
                        store.keep(&text, self.reports.meta(file), |text, meta| engine.read(text, meta));
                    progress.clear();
                    // What is wrong with one file says nothing about the next; what is wrong with the database does.
                    let added = kept.inspect_err(|_| not_reached(files.len() - done))?;
                    all.extend(write(output, file, &added, done == 0)?);
                }
                Err(error) => {
                    progress.clear();
                    failure::report(&error);
                    failed += 1;
                }
            }
            progress.step();
        }
        if output.format == Format::Json {
            output.json(all)?;
        }
        let stale = store.stale()?.len();
        if stale > 0 {
            failure::report(&format!(
                "{stale} kept reports were read by another version; see `onrecord refresh`"
            ));
        }
        finish(failed, files.len(), "added")
    }
}

fn not_reached(files: usize) {
    if files > 1 {
        failure::report(&format!("{files} files were not added; what was added before is kept"));
    }
}

/// Tells what became of a file, or returns it where all files make one JSON document.
fn write(output: &mut Output, file: &Path, added: &Added, first: bool) -> Result<Option<Json>> {
    let file = input::name(file);
    match output.format {
        Format::People => output.write(&people(&file, added))?,
        Format::Json => return Ok(Some(object(&file, added))),
        Format::JsonLines => output.json(vec![object(&file, added)])?,
        Format::Csv => {
            let header = if first { "file,status,report\n" } else { "" };
            let line = [file, status(added).to_owned(), added.report().hash.clone()];
            output.write(&format!("{header}{}", doors::csv_line(line)))?;
        }
    }
    Ok(None)
}

fn status(added: &Added) -> &'static str {
    match added {
        Added::New(_) => "added",
        Added::Known { filled, .. } if filled.is_empty() => "known",
        Added::Known { .. } => "completed",
    }
}

fn object(file: &str, added: &Added) -> Json {
    let (filled, differences) = match added {
        Added::New(_) => (Vec::new(), Vec::new()),
        Added::Known { filled, differences, .. } => (filled.clone(), differences.clone()),
    };
    let difference = |d: &Difference| json!({ "column": d.column, "kept": d.kept, "given": d.given });
    json!({
        "file": file,
        "status": status(added),
        "filled": filled,
        "differences": differences.iter().map(difference).collect::<Vec<_>>(),
        "report": doors::report(added.report()),
    })
}

fn people(file: &str, added: &Added) -> String {
    let report = short(&added.report().hash);
    let mut words = match added {
        Added::New(_) => format!("{file}: added as report {report}"),
        Added::Known { filled, .. } => {
            let filled = match filled.as_slice() {
                [] => String::new(),
                columns => format!("; now known: {}", columns.join(", ")),
            };
            format!("{file}: this text is already kept as report {report}{filled}")
        }
    };
    if let Added::Known { differences, .. } = added {
        for Difference { column, kept, given } in differences {
            words += &format!("; its {column} stays `{kept}`, not `{given}`");
        }
    }
    Text::new().and(PLAIN, &words).fold("")
}
