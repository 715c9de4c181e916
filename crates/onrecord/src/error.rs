//! The one error type of the crate.

use std::fmt;

/// What went wrong, in words for a person: what it happened to, and the way out.
#[derive(Debug)]
pub struct Error {
    message: String,
    fault: Fault,
}

/// Whose fault an error is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// A file, a value or a folder that the user can put right.
    Theirs,
    /// Something that should not happen: a bug of ours.
    Ours,
}

impl Error {
    /// An error that the user can put right.
    pub fn user(message: impl Into<String>) -> Self {
        Self { message: message.into(), fault: Fault::Theirs }
    }

    /// An error that only a change of the program can put right.
    pub fn bug(message: impl Into<String>) -> Self {
        Self { message: message.into(), fault: Fault::Ours }
    }

    /// Whether the user can put it right.
    pub fn is_users(&self) -> bool {
        self.fault == Fault::Theirs
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if self.fault == Fault::Ours {
            f.write_str("; this is a bug in onrecord, please report it")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
