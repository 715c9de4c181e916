//! How a command ends.

use std::fmt;
use std::io::{self, Write};

/// How a command ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Something was found or done.
    Found,
    /// Nothing matched.
    Nothing,
}

impl Outcome {
    /// Found, unless there is nothing.
    pub(crate) fn of<T>(answers: &[T]) -> Self {
        if answers.is_empty() { Self::Nothing } else { Self::Found }
    }
}

/// Why a command failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The engine said no.
    Engine(onrecord::Error),
    /// The output could not be written.
    Output(io::Error),
    /// The command cannot do what was asked, or some of several files failed, each of which was reported.
    Told(String),
    /// It failed, and the reason was reported.
    Reported,
}

impl Failure {
    /// Whether whoever read our output has gone away.
    pub(crate) fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl From<onrecord::Error> for Failure {
    fn from(error: onrecord::Error) -> Self {
        Self::Engine(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Engine(error) => error.fmt(f),
            Self::Output(error) => write!(f, "the output cannot be written: {error}"),
            Self::Told(message) => f.write_str(message),
            Self::Reported => Ok(()),
        }
    }
}

/// The result of a command.
pub(crate) type Result<T = Outcome> = std::result::Result<T, Failure>;

/// Tells the person at the terminal, whether or not the output goes elsewhere.
pub(crate) fn report(message: &impl fmt::Display) {
    // When even that cannot be written, there is nobody to tell.
    drop(writeln!(io::stderr(), "onrecord: {message}"));
}
