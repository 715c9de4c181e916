//! Fetches pages and feeds from the web, politely.
//!
//! What `robots.txt` forbids is left alone, a host is asked once in a while and never in a burst, what has not changed is
//! not sent again, every request says who asks, and no answer is longer or slower than a page has reason to be. An
//! address that somebody else wrote, in a feed or a redirect, never leads into the reader's own network.
//!
//! The code that asks is behind the feature `fetch`; without it an address is a failure that says so.

#[cfg(feature = "fetch")]
mod client;
#[cfg(feature = "fetch")]
mod hosts;
#[cfg(feature = "fetch")]
#[cfg(test)]
mod server;
#[cfg(feature = "fetch")]
#[cfg(test)]
mod tests;
#[cfg(feature = "fetch")]
mod visits;

use std::sync::atomic::AtomicBool;
use std::time::Duration;

#[cfg(feature = "fetch")]
pub(crate) use visits::visit;

use crate::store::{Lookup, Visit};

/// How to behave towards the servers of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manners {
    /// Who asks: an address of mail or of the web, sent with every request.
    pub contact: Option<String>,
    /// The shortest time between two requests to one host; its `robots.txt` may ask for more.
    pub delay: Duration,
    /// The longest time that one request may take.
    pub patience: Duration,
}

impl Default for Manners {
    fn default() -> Self {
        Self { contact: None, delay: Duration::from_secs(1), patience: Duration::from_secs(30) }
    }
}

/// An address to go to, and whether to go on to the pages of its entries when it is a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    pub(crate) url: String,
    pub(crate) follow: bool,
}

/// Whether a name is an address of the web, and not one of a file.
pub fn is_address(name: &str) -> bool {
    let start = name.get(..8).unwrap_or(name).to_ascii_lowercase();
    start.starts_with("http://") || start.starts_with("https://")
}

/// What is said of a name that is no address of the web, behind the name.
pub const NO_ADDRESS: &str = "is no address of the web: give it whole, as https://example.org/news";

/// What fetching goes by.
#[derive(Clone, Copy)]
pub(crate) struct Way<'a> {
    pub(crate) manners: &'a Manners,
    /// What was fetched before.
    pub(crate) lookup: &'a Lookup,
    pub(crate) stop: &'a AtomicBool,
}

/// What fetching gave beside the pages.
#[derive(Debug, Default)]
pub(crate) struct Fetched {
    /// Feeds of which every page was had, to be asked only for what is new.
    pub(crate) feeds: Vec<Visit>,
    /// How many pages and feeds had not changed since they were fetched last.
    pub(crate) unchanged: usize,
}

/// Without the feature no address can be gone to.
#[cfg(not(feature = "fetch"))]
pub(crate) fn visit(
    addresses: &[Address],
    _: Way<'_>,
    _: &crate::ingest::Map,
    _: &mut Fetched,
    each: &mut crate::ingest::Each<'_>,
) -> bool {
    addresses.iter().all(|Address { url, .. }| {
        let reason = "is an address, and this build cannot fetch: it was made without the feature `fetch`";
        let place = crate::ingest::Place { file: url.clone(), offset: 0 };
        each(Err(crate::ingest::Unreadable { place, reason: reason.to_owned() }))
    })
}

#[cfg(test)]
mod address_tests {
    use super::is_address;

    #[test]
    fn addresses_are_told_from_files() {
        assert!(is_address("https://norvale.example/dam") && is_address("HTTP://norvale.example"));
        assert!(!is_address("reports/https") && !is_address("ftp://norvale.example") && !is_address("é"));
    }
}
