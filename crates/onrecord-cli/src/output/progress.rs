//! How far long work has come: one line on the terminal, and nothing where there is none.

use std::io::{self, IsTerminal, Write};

/// A count that goes up, shown on the standard error while the work lasts.
pub(crate) struct Progress {
    what: &'static str,
    total: usize,
    done: usize,
    shown: bool,
}

impl Progress {
    /// Shows the progress of `total` things; of a single one there is none to show.
    pub(crate) fn new(what: &'static str, total: usize) -> Self {
        let shown = total > 1 && io::stderr().is_terminal();
        Self { what, total, done: 0, shown }
    }

    /// One more is done.
    pub(crate) fn step(&mut self) {
        self.done += 1;
        self.line(&format!("{} of {} {}", self.done, self.total, self.what));
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

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}
