//! The one error type of the crate.

use std::fmt;

/// Why a pipeline could not be loaded. Reading a text never fails.
///
/// The message names the file or the value at fault. The type is opaque, so that it can say more later.
#[derive(Debug)]
pub struct Error {
    message: String,
}

impl Error {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }

    /// Puts what was being done before what went wrong: "ner/model: truncated".
    pub(crate) fn within(self, place: impl fmt::Display) -> Self {
        Self { message: format!("{place}: {}", self.message) }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
