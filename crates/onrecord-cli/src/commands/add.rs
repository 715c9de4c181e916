//! `onrecord add`: the record of reports, kept.

use std::path::PathBuf;

use clap::Args;
use onrecord::core::Date;
use onrecord::ingest::{Given, Map, Settings, Sources};
use onrecord::{Engine, Error};

use crate::commands::intake::{finish, stop_on_interrupt, take_in};
use crate::commands::{Database, Web};
use crate::failure::{self, Result};
use crate::input;
use crate::output::Output;

/// Read reports and keep their record
///
/// Takes plain text, web pages, RSS, Atom and JSON feeds, WARC archives, JSON
/// lines and CSV, also compressed with gzip or zstd; the format is told by the
/// content. An address is fetched as `onrecord fetch` does, but the entries of a
/// feed are read as they stand in it. Records in JSON lines and CSV have the
/// fields url, title, text or html, published, outlet, author and language.
///
/// The same text is kept once: adding it again fills in what was not known of
/// it, such as its day of publication, and says so. Each report is kept whole
/// or not at all; what cannot be read is named and kept in the table
/// `failures`, and the rest goes on. A run that was stopped goes on where it
/// stopped when it is started again.
#[derive(Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  onrecord add reports/*.txt --db news.db
  onrecord add pages/ crawl.warc.gz feed.xml export.jsonl.zst
  onrecord add https://example.org/report.html
  onrecord add table.csv --map text=body --map published=date
  onrecord add wire.txt --published 2026-03-04 --outlet \"Norvale Wire\"
  curl -s https://example.org/report.html | onrecord add - --url https://example.org/report.html"
)]
pub(crate) struct Add {
    /// Files, folders, globs or addresses; - reads the standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Day of publication, YYYY-MM-DD: what "today" means in the report
    #[arg(long, value_name = "DAY", value_parser = input::day)]
    published: Option<Date>,
    /// Who published it
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// Where it was found
    #[arg(long)]
    url: Option<String>,
    /// Name of a field in JSON lines or CSV, as text=body
    #[arg(long, value_name = "FIELD=NAME")]
    map: Vec<String>,
    /// Keep the texts now and read them later, with `onrecord refresh`
    #[arg(long)]
    later: bool,
    /// Number of threads that read; 0 is one for each core
    #[arg(long, value_name = "COUNT", default_value = "0")]
    threads: usize,
    #[command(flatten)]
    web: Web,
    #[command(flatten)]
    database: Database,
}

impl Add {
    pub(crate) fn run(self, output: &mut Output) -> Result {
        let settings = self.settings()?;
        let mut store = self.database.open()?;
        let engine = Engine::new()?;
        let sources = Sources::find(&self.files);
        let stop = stop_on_interrupt()?;
        let (summary, named) = take_in(output, &mut store, &engine, &sources, &settings, &stop, &mut |_| ())?;
        let stale = if settings.later { 0 } else { store.stale()?.len() };
        if stale > 0 {
            failure::report(&format!(
                "{stale} kept reports were read by another version; see `onrecord refresh`"
            ));
        }
        finish(&summary, named)
    }

    fn settings(&self) -> std::result::Result<Settings, Error> {
        let mut map = Map::default();
        self.map.iter().try_for_each(|rule| map.add(rule))?;
        let given = Given { published: self.published, outlet: self.outlet.clone(), url: self.url.clone() };
        let manners = self.web.manners()?;
        Ok(Settings { threads: self.threads, later: self.later, map, given, manners })
    }
}
