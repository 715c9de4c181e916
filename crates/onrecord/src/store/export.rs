//! Whole tables, row by row, for other programs.

use crate::record;
use crate::store::schema::quoted;
use crate::store::{Store, field};
use crate::table::Field;
use crate::{Error, Result};

/// The tables that can be exported, in order.
pub fn tables() -> Vec<&'static str> {
    ["documents", "sightings", "origins", "failures", "visits"]
        .into_iter()
        .chain(record::kept().map(|layer| layer.name))
        .collect()
}

/// A column of a table as the database has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredColumn {
    /// Its name.
    pub name: String,
    /// What its fields are: `TEXT`, `INTEGER` or `REAL`.
    pub kind: &'static str,
}

/// Takes the names of a table's columns, with a row or before the first; answers whether to go on.
pub type EachRow<'e> = dyn FnMut(&[String], Option<&[Field]>) -> bool + 'e;

fn is_table(table: &str) -> Result<()> {
    if tables().contains(&table) {
        return Ok(());
    }
    let known = tables().join(", ");
    Err(Error::user(format!("there is no table `{table}`: the tables are {known}")))
}

impl Store {
    /// The columns of a table, in the order in which [`export`](Self::export) gives them.
    ///
    /// # Errors
    /// When there is no such table, or the database cannot be read.
    pub fn columns(&self, table: &str) -> Result<Vec<StoredColumn>> {
        is_table(table)?;
        let column = |row: &rusqlite::Row<'_>| {
            let (name, kind): (String, String) = (row.get(0)?, row.get(1)?);
            let kind = ["INTEGER", "REAL"].into_iter().find(|known| *known == kind).unwrap_or("TEXT");
            Ok(StoredColumn { name, kind })
        };
        let columns = || -> rusqlite::Result<Vec<StoredColumn>> {
            let mut query = self.connection().prepare("SELECT name, type FROM pragma_table_info(?)")?;
            query.query_map([table], column)?.collect()
        };
        columns().map_err(|error| self.fault(error))
    }

    /// Gives every row of a table to `each`, in the order in which they were written, until it answers no. The first
    /// call has the names of the columns.
    ///
    /// # Errors
    /// When there is no such table, or the database cannot be read.
    pub fn export(&self, table: &str, each: &mut EachRow<'_>) -> Result<()> {
        is_table(table)?;
        let mut rows = || -> rusqlite::Result<()> {
            let mut query =
                self.connection().prepare(&format!("SELECT * FROM {} ORDER BY rowid", quoted(table)))?;
            let names: Vec<String> = query.column_names().map(str::to_owned).collect();
            let mut on = each(&names, None);
            let mut rows = query.query([])?;
            while on && let Some(row) = rows.next()? {
                let fields = (0..names.len())
                    .map(|column| field(row, column))
                    .collect::<rusqlite::Result<Vec<_>>>()?;
                on = each(&names, Some(&fields));
            }
            Ok(())
        };
        rows().map_err(|error| self.fault(error))
    }
}
