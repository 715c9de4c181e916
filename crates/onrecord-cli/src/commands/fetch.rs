//! `onrecord fetch`: pages and feeds from the web, kept with their record.

use clap::Args;
use onrecord::Engine;
use onrecord::ingest::{Given, Settings, Sources};

use crate::commands::intake::{finish, stop_on_interrupt, take_in};
use crate::commands::{Database, Web};
use crate::failure::Result;
use crate::output::Output;

/// Fetch pages and feeds from the web and keep their record
///
/// Of a feed, the page of every entry is fetched; where a page cannot be had,
/// the text that the feed has of it is kept. What is known of a page is what
/// `onrecord add` would find on it. A page whose text changed since it was
/// fetched last gets a new version; see `onrecord versions`.
///
/// Servers are treated politely: what robots.txt forbids is left alone, a host
/// is asked no more than once a second or as seldom as it wishes, what has not
/// changed is not sent again, and every request says who asks.
#[derive(Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  onrecord fetch https://example.org/report.html --contact desk@example.org
  onrecord fetch https://example.org/feed.xml https://example.net/atom --delay 5"
)]
pub(crate) struct Fetch {
    /// Addresses of pages and feeds
    #[arg(required = true, value_name = "URL")]
    addresses: Vec<String>,
    /// Who published it
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// Keep the texts now and read them later, with `onrecord refresh`
    #[arg(long)]
    later: bool,
    #[command(flatten)]
    web: Web,
    #[command(flatten)]
    database: Database,
}

impl Fetch {
    pub(crate) fn run(self, output: &mut Output) -> Result {
        let given = Given { outlet: self.outlet, ..Given::default() };
        let manners = self.web.manners()?;
        let settings = Settings { later: self.later, given, manners, ..Settings::default() };
        let (mut store, engine) = (self.database.open()?, Engine::new()?);
        let (sources, stop) = (Sources::on_the_web(&self.addresses), stop_on_interrupt()?);
        let (summary, named) = take_in(output, &mut store, &engine, &sources, &settings, &stop, &mut |_| ())?;
        finish(&summary, named)
    }
}
