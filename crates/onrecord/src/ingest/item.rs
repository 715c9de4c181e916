//! One thing that was found: its bytes, where they stood, and what was said of them.

use std::fmt;

use super::fields::Known;
use crate::store::Visit;

/// Where something was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// File or stream, as it is called in messages.
    pub file: String,
    /// Offset in bytes: in the file, or in what it unpacks to.
    pub offset: u64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.offset {
            0 => f.write_str(&self.file),
            offset => write!(f, "{}, byte {offset}", self.file),
        }
    }
}

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Where.
    pub place: Place,
    /// Why, in words that follow the place: "is empty: there is nothing to read".
    pub reason: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.place, self.reason)
    }
}

/// What an item's bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// The text itself.
    Plain,
    /// A web page, to find the article in.
    Page,
    /// A piece of HTML that is the article.
    Fragment,
}

/// One thing that was found, not yet looked into.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) place: Place,
    /// Name of the format of the file.
    pub(crate) format: &'static str,
    pub(crate) form: Form,
    pub(crate) bytes: Vec<u8>,
    /// The charset that the transport named.
    pub(crate) charset: Option<String>,
    pub(crate) known: Known,
    /// How it was fetched, if it was: kept with the text, so that it is not sent again while it stays the same.
    pub(crate) visit: Option<Visit>,
}
