//! `onrecord watch`: feeds, fetched again and again.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use clap::Args;
use onrecord::fetch::{NO_ADDRESS, is_address};
use onrecord::ingest::{Settings, Sources, Summary};
use onrecord::store::Store;
use onrecord::{Engine, Error};

use crate::commands::intake::{stop_on_interrupt, take_in};
use crate::commands::{Database, Web};
use crate::failure::{self, Failure, Outcome, Result};
use crate::output::{Output, count};

/// Fetch feeds again and again, and keep what is new
///
/// Each feed is fetched as `onrecord fetch` does, at once and then every so
/// often; what has not changed is not sent again. A feed that cannot be had is
/// tried half as often each time, up to once a day. Ctrl-C stops, between two
/// rounds or when what is in hand is written.
#[derive(Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  onrecord watch https://example.org/feed.xml --every 30m
  onrecord watch --list feeds.txt --contact desk@example.org
  onrecord watch --list feeds.txt --rounds 1"
)]
pub(crate) struct Watch {
    /// Addresses of feeds
    #[arg(value_name = "URL", required_unless_present = "list")]
    feeds: Vec<String>,
    /// File with more addresses, one a line; lines that begin with # are notes
    #[arg(long, value_name = "FILE")]
    list: Option<PathBuf>,
    /// How often: a number with s, m, h or d behind it
    #[arg(long, value_name = "TIME", default_value = "15m", value_parser = span)]
    every: Duration,
    /// Stop after so many rounds
    #[arg(long, value_name = "COUNT")]
    rounds: Option<u32>,
    #[command(flatten)]
    web: Web,
    #[command(flatten)]
    database: Database,
}

/// The longest time between two tries of a feed that cannot be had.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);
/// How often somebody who waits looks whether to stop.
const NAP: Duration = Duration::from_millis(100);

/// A feed with its schedule.
struct Feed {
    url: String,
    next: Instant,
    /// How often it is tried.
    every: Duration,
}

impl Watch {
    pub(crate) fn run(self, output: &mut Output) -> Result {
        let settings = Settings { manners: self.web.manners()?, ..Settings::default() };
        let now = Instant::now();
        let feed = |url: String| Feed { url, next: now, every: self.every };
        let mut feeds: Vec<Feed> = self.addresses()?.into_iter().map(feed).collect();
        let (mut store, engine) = (self.database.open()?, Engine::new()?);
        let stop = stop_on_interrupt()?;
        let (mut round, mut all) = (0, Summary::default());
        while self.rounds.is_none_or(|rounds| round < rounds) && wait(&feeds, &stop) {
            let due: Vec<&mut Feed> = feeds.iter_mut().filter(|feed| feed.next <= Instant::now()).collect();
            let done = fetch(due, self.every, output, &mut store, &engine, &settings, &stop)?;
            output.flush()?;
            all.added += done.added;
            all.failed += done.failed;
            round += 1;
        }
        let rounds = count(round, "round", "rounds");
        let added = count(all.added, "report", "reports");
        failure::report(&format!("{rounds}: {added} added, {} could not be", all.failed));
        Ok(Outcome::Found)
    }

    fn addresses(&self) -> Result<Vec<String>> {
        let mut addresses = self.feeds.clone();
        if let Some(list) = &self.list {
            let file = list.display();
            let text = fs::read_to_string(list)
                .map_err(|error| Failure::Told(format!("{file} cannot be read: {error}")))?;
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
            addresses.extend(lines.map(str::to_owned));
            if addresses.is_empty() {
                return Err(Error::user(format!("{file} names no feed: put one address on each line")).into());
            }
        }
        // What is none will not become one, however often it is tried.
        match addresses.iter().find(|address| !is_address(address)) {
            Some(wrong) => Err(Failure::Told(format!("{wrong} {NO_ADDRESS}"))),
            None => Ok(addresses),
        }
    }
}

/// Waits until a feed is due; no when it is to stop.
fn wait(feeds: &[Feed], stop: &AtomicBool) -> bool {
    let Some(next) = feeds.iter().map(|feed| feed.next).min() else { return false };
    while !stop.load(Ordering::Relaxed) {
        let left = next.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return true;
        }
        std::thread::sleep(left.min(NAP));
    }
    false
}

/// Fetches feeds and sets when each is fetched next.
fn fetch(
    mut feeds: Vec<&mut Feed>,
    every: Duration,
    output: &mut Output,
    store: &mut Store,
    engine: &Engine,
    settings: &Settings,
    stop: &AtomicBool,
) -> Result<Summary> {
    let addresses: Vec<String> = feeds.iter().map(|feed| feed.url.clone()).collect();
    let sources = Sources::on_the_web(&addresses);
    let mut lost = Vec::new();
    let (summary, _) = take_in(output, store, engine, &sources, settings, stop, &mut |event| {
        if event.outcome.is_err() && addresses.contains(&event.place.file) {
            lost.push(event.place.file.clone());
        }
    })?;
    for feed in &mut feeds {
        feed.every = if lost.contains(&feed.url) { (feed.every * 2).min(LONGEST.max(every)) } else { every };
        feed.next = Instant::now() + feed.every;
    }
    Ok(summary)
}

/// A length of time: "90s", "15m", "2h", "1d".
fn span(text: &str) -> std::result::Result<Duration, String> {
    let way_out = || format!("`{text}` is no length of time: give one as 30s, 15m, 2h or 1d");
    let unit = text.chars().last().filter(|unit| !unit.is_ascii_digit()).ok_or_else(way_out)?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86400,
        _ => return Err(way_out()),
    };
    let count: u64 = text[..text.len() - unit.len_utf8()].parse().map_err(|_| way_out())?;
    let most = LONGEST.as_secs() * 365;
    count
        .checked_mul(seconds)
        .filter(|time| (1..=most).contains(time))
        .map(Duration::from_secs)
        .ok_or_else(way_out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_of_time_has_its_unit() {
        assert_eq!(span("90s"), Ok(Duration::from_secs(90)));
        assert_eq!(span("2h"), Ok(Duration::from_secs(7200)));
        for wrong in ["", "15", "m", "-1m", "0s", "1é", "99999999999999999999d", "18446744073709551615d"] {
            assert!(span(wrong).is_err(), "{wrong}");
        }
    }
}
