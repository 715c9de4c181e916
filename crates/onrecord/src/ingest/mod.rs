//! Takes in reports by the million: files, folders and streams of any format, read over all cores, kept by one writer.
//!
//! [`Sources`] finds the files, a reader for each format hands on one item at a time, workers find the article in each
//! and read it, and [`add`] keeps them in the order in which they were found, whatever the number of workers. What cannot
//! be read is kept as a failure with its place, and the rest goes on.

mod article;
mod budget;
mod bytes;
mod charset;
mod feed;
mod fields;
mod formats;
mod item;
mod kind;
mod lines;
mod run;
mod sources;
mod table;
#[cfg(test)]
mod tests;
mod warc;

pub use article::Given;
pub(crate) use article::{Article, Sighting};
#[cfg(feature = "fetch")]
pub(crate) use feed::{Entry, entries};
#[cfg(feature = "fetch")]
pub(crate) use fields::Known;
pub use fields::{FIELDS, Map};
pub(crate) use formats::Each;
#[cfg(feature = "fetch")]
pub(crate) use formats::{LONGEST_PAGE, is_feed, read as read_stream};
#[cfg(feature = "fetch")]
pub(crate) use item::Item;
pub use item::{Place, Unreadable};
pub use run::{Event, Settings, Summary, add};
pub use sources::Sources;
