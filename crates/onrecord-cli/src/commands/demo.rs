//! `onrecord demo`: the main job, on reports that come with the program.

use std::path::{Path, PathBuf};

use clap::Args;
use onrecord::core::Layer;
use onrecord::core::stages::figures::Figure;
use onrecord::core::stages::statements::Statement;
use onrecord::core::stages::times::Time;
use onrecord::questions::{self, FiguresQuestion, SaidQuestion, Scope};
use onrecord::store::{Report, Store};
use onrecord::{Engine, Error, examples};

use crate::commands::read::people;
use crate::failure::{Outcome, Result};
use crate::output::{BOLD, Format, Output, PLAIN, Progress, Text};
use crate::serve::{self, Settings};

/// See it at work on reports that come with it
///
/// Reads invented reports into a fresh database, shows the record of one, and
/// asks three questions, each with the command that asks it. With --serve, opens
/// the reading room on them.
#[derive(Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  onrecord demo
  onrecord demo --serve
  onrecord demo --db demo.db && onrecord documents --db demo.db"
)]
pub(crate) struct Demo {
    /// Keep the database in this file, which must not be there yet
    #[arg(long, value_name = "FILE")]
    db: Option<PathBuf>,
    /// Open the reading room on the reports, at http://127.0.0.1:8080
    #[arg(long)]
    serve: bool,
    /// Port of the reading room; 0 takes one that is free
    #[arg(long, default_value = "8080", requires = "serve")]
    port: u16,
}

/// The report whose record is shown.
const SHOWN: &str = "examples/port-blast-wire.txt";

impl Demo {
    pub(crate) fn run(self, output: &mut Output) -> Result {
        // A tour is for people.
        output.format = Format::People;
        let folder = if self.serve && self.db.is_none() { Some(Folder::new()?) } else { None };
        let mut store = match (&self.db, &folder) {
            (Some(path), _) => fresh(path)?,
            (None, Some(folder)) => Store::open(&folder.0.join("demo.db"))?,
            (None, None) => Store::in_memory()?,
        };
        let engine = Engine::new()?;
        let examples: Vec<_> = examples::all().collect();
        let mut progress = Progress::new("reports read", examples.len());
        for example in &examples {
            store.keep(example.text, example.meta.clone(), |text, meta| engine.read(text, meta))?;
            progress.step();
        }
        drop(progress);
        if self.serve {
            serve::run(store, Settings::this_machine(self.port))?;
            return Ok(Outcome::Found);
        }
        let mut tour = Tour { output, store, db: self.db };
        tour.reads(&engine, &examples)?;
        tour.asks()?;
        tour.ends(examples.len())?;
        Ok(Outcome::Found)
    }
}

/// A database that is not there yet: the demo changes nobody's record.
fn fresh(path: &Path) -> Result<Store> {
    if path.exists() {
        let file = path.display();
        return Err(Error::user(format!("{file} is already there: name a new file for the demo")).into());
    }
    Ok(Store::open(path)?)
}

/// A folder for a database that is read by several connections, gone when the demo ends.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("onrecord-demo-{}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(|error| {
            Error::user(format!("{} cannot be made: {error}; give a file with --db", folder.display()))
        })?;
        Ok(Self(folder))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is left to the system, whose folder it is.
        drop(std::fs::remove_dir_all(&self.0));
    }
}

struct Tour<'a> {
    output: &'a mut Output,
    store: Store,
    db: Option<PathBuf>,
}

impl Tour<'_> {
    /// Shows the record of one report.
    fn reads(&mut self, engine: &Engine, examples: &[examples::Example]) -> Result<()> {
        let Some(example) = examples.iter().find(|example| example.meta.source.as_deref() == Some(SHOWN))
        else {
            return Ok(());
        };
        let day = example.meta.published.map(|day| format!(" --published {day}")).unwrap_or_default();
        self.command(&format!("onrecord read {SHOWN}{day}"))?;
        let doc = engine.read(example.text, example.meta.clone());
        let layers = [Statement::NAME, Time::NAME, Figure::NAME];
        let answers = questions::answers(&doc, &layers);
        Ok(self.output.write(&people(&Report::of(&doc), &layers, &answers))?)
    }

    /// Asks three questions of all reports.
    fn asks(&mut self) -> Result<()> {
        let by = Some("the finance minister".to_owned());
        self.command("onrecord said --by \"the finance minister\"")?;
        self.output.answers(&self.store, &SaidQuestion { by, ..SaidQuestion::default() })?;

        self.command("onrecord said --cue deny")?;
        let denied = SaidQuestion { cue: Some("deny".into()), ..SaidQuestion::default() };
        self.output.answers(&self.store, &denied)?;

        self.command("onrecord figures --happened killed --about Sela")?;
        let scope = Scope { about: Some("Sela".into()), ..Scope::default() };
        let killed = FiguresQuestion { happened: Some("killed".into()), scope, ..FiguresQuestion::default() };
        self.output.answers(&self.store, &killed)?;
        Ok(())
    }

    fn ends(&mut self, reports: usize) -> Result<()> {
        let next = match &self.db {
            Some(path) => format!(
                "{reports} reports are kept in {file}. Ask more with `onrecord said --db {file}`, or open it with sqlite3.",
                file = path.display()
            ),
            None => format!(
                "{reports} reports were read and are gone again; `onrecord demo --db demo.db` keeps them. Read your \
                 own with `onrecord read FILE`, and keep them with `onrecord add FILE --db news.db`."
            ),
        };
        Ok(self.output.write(&format!("\n{}", Text::new().and(PLAIN, &next).fold("")))?)
    }

    /// Shows the command that does what follows.
    fn command(&mut self, command: &str) -> Result<()> {
        let command = Text::new().and(BOLD, &format!("$ {command}")).fold("");
        Ok(self.output.write(&format!("\n{command}\n"))?)
    }
}
