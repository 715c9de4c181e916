//! A report as a page shows it: its text, with the rows of some layers.

use std::sync::Arc;

use crate::core::{Document, LayerInfo};
use crate::doors::Points;
use crate::questions::Text;
use crate::record::{self, Row};
use crate::store::{Report, Store, field, quoted, report_columns};
use crate::{Error, ErrorKind, Result, table};

/// A report with its text and rows of some layers, each with its words but not its sentence.
#[derive(Debug, Clone)]
pub struct Article {
    /// What is known of the report.
    pub report: Report,
    /// Its text as it was read.
    pub text: String,
    /// The rows, layer by layer, in the order of the text.
    pub rows: Vec<Row>,
    /// Offsets in the text as others count them.
    pub points: Arc<Points>,
}

impl Article {
    /// A report that was just read and is not kept.
    pub fn of(doc: &Document, layers: &[&str]) -> Self {
        Self {
            report: Report::of(doc),
            text: doc.text().to_owned(),
            rows: record::rows(doc, layers),
            points: Arc::new(Points::new(doc.text())),
        }
    }

    /// The rows of one layer.
    pub fn layer<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Row> {
        self.rows.iter().filter(move |row| row.layer == name)
    }
}

impl Store {
    /// The report whose hash starts with `prefix`, with the rows of some layers; `None` when there is none.
    ///
    /// # Errors
    /// When several start so, or the database cannot be read.
    pub fn article(&self, prefix: &str, layers: &[&str]) -> Result<Option<Article>> {
        let Some(report) = self.report(prefix)? else { return Ok(None) };
        let text = Text::fetch(self.connection(), &report.hash).map_err(|error| self.fault(error))?;
        let mut rows = Vec::new();
        for layer in record::kept().filter(|layer| layers.contains(&layer.name)) {
            let found = self.rows_in(layer, &text).map_err(|error| self.fault(error))?;
            rows.extend(found.ok_or_else(|| self.strange(layer))?);
        }
        let Text { text, points, .. } = text;
        Ok(Some(Article { report, text, rows, points }))
    }

    /// The report whose hash starts with `prefix`; `None` when there is none.
    ///
    /// # Errors
    /// When several start so, or the database cannot be read.
    pub fn report(&self, prefix: &str) -> Result<Option<Report>> {
        let prefix = prefix.trim().to_lowercase();
        if prefix.is_empty() || !prefix.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(None);
        }
        let query = format!(
            "SELECT {} FROM documents d WHERE d.hash >= ? AND d.hash < ? LIMIT 2",
            report_columns("d")
        );
        let found = || -> rusqlite::Result<Vec<Report>> {
            let range = [prefix.clone(), format!("{prefix}g")];
            self.connection()
                .prepare_cached(&query)?
                .query_map(range, |row| Report::from_sql(row, 0))?
                .collect()
        };
        let mut found = found().map_err(|error| self.fault(error))?;
        if found.len() > 1 {
            let message = format!("more than one report starts with `{prefix}`: give more of it");
            return Err(Error::new(ErrorKind::Several, message));
        }
        Ok(found.pop())
    }

    fn rows_in(&self, layer: &'static LayerInfo, text: &Text) -> rusqlite::Result<Option<Vec<Row>>> {
        let names: Vec<String> = table::columns(layer).iter().map(|column| quoted(&column.name)).collect();
        let query = format!(
            "SELECT {} FROM {} WHERE document = ? ORDER BY start, \"end\", rowid",
            names.join(", "),
            layer.name
        );
        let mut query = self.connection().prepare_cached(&query)?;
        let mut found = query.query([&text.hash])?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            let fields =
                (0..names.len()).map(|column| field(row, column)).collect::<rusqlite::Result<_>>()?;
            let Some(row) = table::row(layer, fields, &text.text) else { return Ok(None) };
            rows.push(row);
        }
        Ok(Some(rows))
    }
}
