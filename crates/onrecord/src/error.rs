//! The one error type of the crate.

use std::fmt;

/// What went wrong, in words for a person: what it happened to, and the way out.
#[derive(Debug)]
pub struct Error {
    message: String,
    kind: ErrorKind,
}

/// What kind of error it is: for a program that has to tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file, a value or a folder that the user can put right.
    Wrong,
    /// A beginning of a name that several names share.
    Several,
    /// Another program holds the database.
    Busy,
    /// Something that should not happen: a bug of ours.
    Bug,
}

impl Error {
    /// An error that the user can put right.
    pub fn user(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Wrong, message)
    }

    /// An error that only a change of the program can put right.
    pub fn bug(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Bug, message)
    }

    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { message: message.into(), kind }
    }

    /// What kind of error it is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if self.kind == ErrorKind::Bug {
            f.write_str("; this is a bug in onrecord, please report it")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
