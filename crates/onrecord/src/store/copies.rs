//! A database of any size, made of copies of one report under other names and numbers: to measure questions on.

use crate::core::{Document, document_hash, row_id};
use crate::record::{self, Cell, Clue, KEPT, Passage, Row};
use crate::store::Store;
use crate::store::documents::{Report, insert_rows};
use crate::{Error, Result};

/// How many copies are written in one transaction.
const BATCH: usize = 500;

/// Words of a report, and what stands in their place in a copy. Both have as many bytes, so that every offset holds.
pub type Swap = (String, String);

impl Store {
    /// Keeps `count` copies of a report and its record, each with other words; `swaps` gives those of the copy with this
    /// number. Answers how many rows a copy has.
    ///
    /// # Errors
    /// When words and what takes their place differ in length, or the database cannot be written.
    pub fn keep_copies(
        &mut self,
        doc: &Document,
        count: usize,
        swaps: &dyn Fn(usize) -> Vec<Swap>,
    ) -> Result<usize> {
        let rows = record::rows(doc, KEPT);
        for first in (0..count).step_by(BATCH) {
            let all: Vec<Vec<Swap>> = (first..count.min(first + BATCH)).map(swaps).collect();
            if let Some((from, to)) = all.iter().flatten().find(|(from, to)| from.len() != to.len()) {
                return Err(Error::user(format!("`{to}` is not as long as `{from}`, whose place it takes")));
            }
            let kept = self.in_transaction(|transaction| {
                for swaps in &all {
                    let copy = Copy { swaps, hash: document_hash(&swapped(doc.text(), swaps)) };
                    let report = Report { hash: copy.hash.clone(), ..copy.report(&Report::of(doc)) };
                    let rows: Vec<Row> = rows.iter().map(|row| copy.row(row)).collect();
                    insert_rows(transaction, report, &swapped(doc.text(), swaps), &rows, None)?;
                }
                Ok(())
            });
            kept.map_err(|error| self.fault(error))?;
        }
        Ok(rows.len())
    }
}

fn swapped(text: &str, swaps: &[Swap]) -> String {
    swaps.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from.as_str(), to))
}

/// A copy that is being made.
struct Copy<'a> {
    swaps: &'a [Swap],
    hash: String,
}

impl Copy<'_> {
    fn text(&self, text: &str) -> String {
        swapped(text, self.swaps)
    }

    fn report(&self, report: &Report) -> Report {
        Report { title: report.title.as_deref().map(|title| self.text(title)), ..report.clone() }
    }

    fn passage(&self, passage: &Passage) -> Passage {
        Passage { words: self.text(&passage.words), ..passage.clone() }
    }

    /// The id of the row that has this id in the first report.
    fn id(&self, id: &str) -> String {
        row_id(&self.hash, id, &[])
    }

    fn row(&self, row: &Row) -> Row {
        Row {
            id: self.id(&row.id),
            document: self.hash.clone(),
            passage: self.passage(&row.passage),
            cells: row.cells.iter().map(|cell| self.cell(cell)).collect(),
            evidence: row.evidence.iter().map(|clue| self.clue(clue)).collect(),
            ..row.clone()
        }
    }

    fn cell(&self, cell: &Cell) -> Cell {
        match cell {
            Cell::Text(text) => Cell::Text(self.text(text)),
            Cell::Passage(passage) => Cell::Passage(self.passage(passage)),
            Cell::Passages(passages) => {
                Cell::Passages(passages.iter().map(|passage| self.passage(passage)).collect())
            }
            Cell::Reference(id) => Cell::Reference(self.id(id)),
            other => other.clone(),
        }
    }

    fn clue(&self, clue: &Clue) -> Clue {
        Clue {
            passage: clue.passage.as_ref().map(|passage| self.passage(passage)),
            value: clue.value.as_deref().map(|value| self.text(value)),
            ..clue.clone()
        }
    }
}
