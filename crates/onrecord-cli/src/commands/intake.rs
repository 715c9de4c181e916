//! Telling what becomes of each report that is taken in, for every command that takes reports in.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use onrecord::doors;
use onrecord::ingest::{self, Event, Settings, Sources, Summary};
use onrecord::store::{Added, Difference, Store};
use onrecord::{Engine, Error};
use serde_json::{Value as Json, json};

use crate::failure::{self, Failure, Outcome, Result};
use crate::output::{Format, Output, PLAIN, Progress, Text, count, short};

/// How many failures are named before they are only counted.
const NAMED: usize = 20;

/// Takes in everything that sources hold, and tells what becomes of it; `note` hears of it first. Answers with the number of failures named.
pub(crate) fn take_in(
    output: &mut Output,
    store: &mut Store,
    engine: &Engine,
    sources: &Sources,
    settings: &Settings,
    stop: &AtomicBool,
    note: &mut dyn FnMut(&Event<'_>),
) -> Result<(Summary, usize)> {
    let mut teller = Teller::new(output, Progress::stream("reports", sources.size()));
    let added = ingest::add(store, engine, sources, settings, stop, &mut |event| {
        note(event);
        teller.tell(event)
    });
    teller.end()?;
    let named = teller.failed.min(NAMED);
    let summary = added.inspect_err(|_: &Error| {
        failure::report(&"not everything was added; what was added before is kept");
    })?;
    Ok((summary, named))
}

/// A flag that Ctrl-C raises; the second time it ends the program at once, which loses what is in hand and no more.
pub(crate) fn stop_on_interrupt() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&stop);
    let set = ctrlc::set_handler(move || {
        if raised.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        failure::report(&"finishing what is in hand; press Ctrl-C again to stop at once");
    });
    set.map_err(|error| Failure::Told(format!("Ctrl-C cannot be listened for: {error}")))?;
    Ok(stop)
}

pub(crate) fn finish(summary: &Summary, named: usize) -> Result {
    let Summary { added, completed, known, unread, failed, unchanged, stopped } = *summary;
    let all = added + completed + known + failed;
    if all > NAMED || unread > 0 || unchanged > 0 || stopped {
        let mut words =
            format!("{} added, {} known before", count(added, "report", "reports"), known + completed);
        if unchanged > 0 {
            words += &format!("; {} not changed", count(unchanged, "address had", "addresses had"));
        }
        if unread > 0 {
            let are = count(unread, "is", "are");
            words += &format!("; {are} in a language that is not read, and can be searched");
        }
        if stopped {
            words += "; stopped before the end: start it again to go on";
        }
        failure::report(&words);
    }
    match (failed, all) {
        (0, _) => Ok(Outcome::Found),
        (1, 1) => Err(Failure::Reported),
        _ => {
            let table = if failed > named { "; the table `failures` names all" } else { "" };
            let others = if failed < all { "; the others were" } else { "" };
            Err(Failure::Told(format!("{failed} of {all} reports could not be added{table}{others}")))
        }
    }
}

/// Tells what becomes of each report.
struct Teller<'a> {
    output: &'a mut Output,
    progress: Progress,
    failed: usize,
    first: bool,
    all: Vec<Json>,
    /// Why nothing more could be written.
    broken: Option<std::io::Error>,
}

impl<'a> Teller<'a> {
    fn new(output: &'a mut Output, progress: Progress) -> Self {
        Self { output, progress, failed: 0, first: true, all: Vec::new(), broken: None }
    }

    fn tell(&mut self, event: &Event<'_>) -> bool {
        match event.outcome {
            Ok(added) => {
                self.progress.clear();
                self.broken = self.write(event, added).err();
            }
            Err(reason) => {
                self.failed += 1;
                if self.failed <= NAMED {
                    self.progress.clear();
                    failure::report(&format!("{} {reason}", event.place));
                }
            }
        }
        self.progress.reach(event.bytes, self.failed);
        self.broken.is_none()
    }

    fn write(&mut self, event: &Event<'_>, added: &Added) -> std::io::Result<()> {
        let place = event.place.to_string();
        match self.output.format {
            Format::People => self.output.write(&people(&place, added, event.unread)),
            Format::Json => {
                self.all.push(object(&place, added, event.unread));
                Ok(())
            }
            Format::JsonLines => self.output.json(vec![object(&place, added, event.unread)]),
            Format::Csv => {
                let header = if std::mem::take(&mut self.first) { "file,status,report\n" } else { "" };
                let line = [place, status(added, event.unread).to_owned(), added.report().hash.clone()];
                self.output.write(&format!("{header}{}", doors::csv_line(line)))
            }
        }
    }

    fn end(&mut self) -> Result<()> {
        self.progress.clear();
        if let Some(error) = self.broken.take() {
            return Err(error.into());
        }
        if self.output.format == Format::Json {
            self.output.json(std::mem::take(&mut self.all))?;
        }
        Ok(())
    }
}

fn status(added: &Added, unread: Option<&str>) -> &'static str {
    match added {
        Added::New(_) if unread.is_some() => "unread",
        Added::New(_) => "added",
        Added::Known { filled, .. } if filled.is_empty() => "known",
        Added::Known { .. } => "completed",
    }
}

fn object(file: &str, added: &Added, unread: Option<&str>) -> Json {
    let (filled, differences) = match added {
        Added::New(_) => (Vec::new(), Vec::new()),
        Added::Known { filled, differences, .. } => (filled.clone(), differences.clone()),
    };
    let difference = |d: &Difference| json!({ "column": d.column, "kept": d.kept, "given": d.given });
    json!({
        "file": file,
        "status": status(added, unread),
        "filled": filled,
        "differences": differences.iter().map(difference).collect::<Vec<_>>(),
        "report": doors::report(added.report()),
    })
}

fn people(file: &str, added: &Added, unread: Option<&str>) -> String {
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
    if let Some(language) = unread {
        words += &format!("; its language, `{language}`, is not read: it can be searched");
    }
    if let Added::Known { differences, .. } = added {
        for Difference { column, kept, given } in differences {
            words += &format!("; its {column} stays `{kept}`, not `{given}`");
        }
    }
    Text::new().and(PLAIN, &words).fold("")
}
