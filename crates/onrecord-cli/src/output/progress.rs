//! How far long work has come: one line on the terminal, and nothing where there is none.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// How often the line is drawn anew.
const REDRAWN: Duration = Duration::from_millis(100);

/// A count that goes up, shown on the standard error while the work lasts.
pub(crate) struct Progress {
    what: &'static str,
    total: usize,
    done: usize,
    shown: bool,
    started: Instant,
    drawn: Option<Instant>,
    size: Option<u64>,
}

impl Progress {
    /// Shows the progress of `total` things; of a single one there is none to show.
    pub(crate) fn new(what: &'static str, total: usize) -> Self {
        let shown = total > 1 && io::stderr().is_terminal();
        Self { what, total, done: 0, shown, started: Instant::now(), drawn: None, size: None }
    }

    /// Shows the progress through streams of `size` bytes, where that is known, that hold nobody knows how many things.
    pub(crate) fn stream(what: &'static str, size: Option<u64>) -> Self {
        Self { size, ..Self::new(what, usize::MAX) }
    }

    /// One more is done.
    pub(crate) fn step(&mut self) {
        self.done += 1;
        self.line(&format!("{} of {} {}", self.done, self.total, self.what));
    }

    /// One more is done, so many bytes of the streams are taken in, and so many things have failed.
    pub(crate) fn reach(&mut self, bytes: u64, failed: usize) {
        self.done += 1;
        if !self.shown || self.drawn.is_some_and(|drawn| drawn.elapsed() < REDRAWN) {
            return;
        }
        self.drawn = Some(Instant::now());
        let words = self.words(bytes, failed, self.started.elapsed().as_secs_f64());
        self.line(&words);
    }

    fn words(&self, bytes: u64, failed: usize, seconds: f64) -> String {
        let speed = self.done as f64 / seconds.max(0.001);
        let megabytes = |bytes: u64| bytes as f64 / 1e6;
        let mut words =
            format!("{} {}, {speed:.0} a second, {:.1} MB", self.done, self.what, megabytes(bytes));
        if let Some(size) = self.size.filter(|size| *size >= bytes && bytes > 0) {
            let left = seconds * (size - bytes) as f64 / bytes as f64;
            words += &format!(" of {:.1}, {} left", megabytes(size), span(left));
        }
        if failed > 0 {
            words += &format!(", {failed} failed");
        }
        words
    }

    /// Takes the line away, so that something else can be written.
    pub(crate) fn clear(&self) {
        self.line("");
    }

    fn line(&self, words: &str) {
        if self.shown {
            // A progress line that cannot be shown is no reason to stop.
            drop(write!(io::stderr(), "\r\u{1b}[2K{words}"));
        }
    }
}

/// A length of time, as one says it.
fn span(seconds: f64) -> String {
    match seconds {
        ..90.0 => format!("{seconds:.0} s"),
        ..5400.0 => format!("{:.0} min", seconds / 60.0),
        _ => format!("{:.1} h", seconds / 3600.0),
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_tells_its_speed_and_what_is_left() {
        let mut progress = Progress::stream("reports", Some(4_000_000));
        progress.done = 300;
        assert_eq!(
            progress.words(1_000_000, 2, 60.0),
            "300 reports, 5 a second, 1.0 MB of 4.0, 3 min left, 2 failed"
        );
    }
}
