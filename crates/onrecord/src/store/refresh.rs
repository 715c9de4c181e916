//! Bringing kept reports up to date: what is stale of each, and putting it in place.

use rusqlite::OptionalExtension;

use crate::core::stages::mentions::Mention;
use crate::core::stages::statements::Statement;
use crate::core::{self, Document, Layer, Meta};
use crate::record::{self, KEPT, Row};
use crate::store::documents::{Report, report_of, stages, title, update};
use crate::store::{Store, rows};
use crate::{Engine, Result};

/// A kept report of which something is stale.
#[derive(Debug)]
pub(crate) struct Stale {
    report: Report,
    text: String,
    /// The layers to be made again, in order.
    layers: Vec<&'static str>,
}

/// What was made again of a report.
#[derive(Debug)]
pub(crate) struct Again {
    report: Report,
    layers: Vec<&'static str>,
    rows: Vec<Row>,
}

impl Stale {
    /// Makes the stale layers again.
    pub(crate) fn read(self, engine: &Engine) -> Again {
        let Self { mut report, text, layers } = self;
        let meta: Meta = report.meta.clone();
        let doc: Document = engine.read_only(&text, meta, &layers);
        report.title = title(&doc).or(report.title);
        let mut names: Vec<&str> = layers.iter().copied().filter(|layer| KEPT.contains(layer)).collect();
        // The voices of statements are found among the mentions.
        if names.contains(&Statement::NAME) && !names.contains(&Mention::NAME) {
            names.push(Mention::NAME);
        }
        let rows = record::rows(&doc, &names);
        Again { report, layers, rows }
    }
}

/// The layers whose stage has another version than the one that is noted, and those made from them. When nothing is
/// noted, all.
fn stale_layers(noted: Option<&str>) -> Vec<&'static str> {
    let noted: Vec<&str> = noted.unwrap_or_default().split(", ").collect();
    let mut stale = Vec::new();
    for layer in core::layers() {
        let is_current = noted.contains(&format!("{} {}", layer.name, layer.version).as_str());
        if !is_current || layer.reads.iter().any(|read| stale.contains(read)) {
            stale.push(layer.name);
        }
    }
    stale
}

impl Store {
    /// A kept report with what is stale of it; `None` when it is gone.
    pub(crate) fn stale_report(&self, hash: &str) -> Result<Option<Stale>> {
        let stale = || -> rusqlite::Result<Option<Stale>> {
            let connection = self.connection();
            let Some(report) = report_of(connection, hash)? else { return Ok(None) };
            let query = "SELECT text, stages FROM documents WHERE hash = ?";
            let found = connection
                .prepare_cached(query)?
                .query_row([hash], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?)));
            Ok(found.optional()?.map(|(text, noted)| {
                let layers = stale_layers(noted.as_deref());
                Stale { report, text, layers }
            }))
        };
        stale().map_err(|error| self.fault(error))
    }

    /// Puts what was made again in the place of what was stale, all in one transaction.
    pub(crate) fn put_again(&mut self, all: &[Again]) -> Result<()> {
        let put = self.in_transaction(|transaction| {
            for Again { report, layers, rows } in all {
                update(transaction, report)?;
                rows::remove_layers(transaction, &report.hash, layers)?;
                rows::write_layers(transaction, rows, layers)?;
                transaction
                    .prepare_cached("UPDATE documents SET stages = ? WHERE hash = ?")?
                    .execute([stages().as_str(), &report.hash])?;
            }
            Ok(())
        });
        put.map_err(|error| self.fault(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_from_something_stale_is_stale() {
        let current = stages();
        assert_eq!(stale_layers(Some(&current)), [""; 0]);
        let all: Vec<&str> = core::layers().map(|layer| layer.name).collect();
        assert_eq!(stale_layers(None), all);
        assert_eq!(stale_layers(Some("later")), all);
        let version = record::layer("times").version;
        let older = current.replace(&format!("times {version}"), "times 0");
        let stale = stale_layers(Some(&older));
        assert!(stale.contains(&"times") && stale.contains(&"statements"), "{stale:?}");
        assert!(!stale.contains(&"sentences") && !stale.contains(&"sections"), "{stale:?}");
    }
}
