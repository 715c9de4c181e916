//! `onrecord export`: whole tables, for other programs.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::PossibleValuesParser;
use onrecord::doors;
use onrecord::store::{Store, tables};
use onrecord::table::Field;
use serde_json::{Map, Value as Json};

use crate::commands::Database;
use crate::failure::{Failure, Outcome, Result};
use crate::output::{Format, Output};

/// Write whole tables as JSON lines or CSV
///
/// One table goes to the standard output, several into a folder, a file each.
/// The columns are those of the database.
#[derive(Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  onrecord export statements --csv > statements.csv
  onrecord export --jsonl --to record/
  onrecord export failures --jsonl"
)]
pub(crate) struct Export {
    /// Which tables; all when none is named
    #[arg(value_name = "TABLE", value_parser = PossibleValuesParser::new(tables()))]
    tables: Vec<String>,
    /// Folder to write a file for each table into
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
    #[command(flatten)]
    database: Database,
}

impl Export {
    pub(crate) fn run(self, output: &mut Output) -> Result {
        let store = self.database.ask()?;
        let all = || tables().into_iter().map(str::to_owned).collect();
        let tables: Vec<String> = if self.tables.is_empty() { all() } else { self.tables };
        let csv = output.format == Format::Csv;
        match (self.to, tables.as_slice()) {
            (Some(folder), _) => {
                fs::create_dir_all(&folder).map_err(|error| unwritable(&folder, &error))?;
                for table in &tables {
                    let file = folder.join(format!("{table}.{}", if csv { "csv" } else { "jsonl" }));
                    into_file(&store, table, csv, &file)?;
                }
            }
            (None, [table]) => export(&store, table, csv, &mut |line| output.write(line))?,
            (None, _) => {
                let words = "several tables need a folder: name one with --to, or one table";
                return Err(Failure::Told(words.to_owned()));
            }
        }
        Ok(Outcome::Found)
    }
}

fn into_file(store: &Store, table: &str, csv: bool, path: &Path) -> Result<()> {
    let file = File::create(path).map_err(|error| unwritable(path, &error))?;
    let mut file = BufWriter::new(file);
    export(store, table, csv, &mut |line| file.write_all(line.as_bytes()))
        .and_then(|()| Ok(file.flush()?))
        .map_err(|failure| match failure {
            Failure::Output(error) => unwritable(path, &error),
            other => other,
        })
}

fn unwritable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Told(format!("{} cannot be written: {error}", path.display()))
}

fn export(
    store: &Store,
    table: &str,
    csv: bool,
    write: &mut dyn FnMut(&str) -> std::io::Result<()>,
) -> Result<()> {
    let mut written = Ok(());
    store.export(table, &mut |names, fields| {
        written = match fields {
            None if csv => write(&doors::csv_line(names.iter().cloned())),
            None => Ok(()),
            Some(fields) if csv => write(&doors::csv_line(fields.iter().map(doors::csv_value))),
            Some(fields) => write(&format!("{}\n", Json::Object(object(names, fields)))),
        };
        written.is_ok()
    })?;
    Ok(written?)
}

fn object(names: &[String], fields: &[Field]) -> Map<String, Json> {
    let value = |field: &Field| match field {
        Field::Null => Json::Null,
        Field::Text(text) => Json::from(text.as_str()),
        Field::Integer(number) => Json::from(*number),
        Field::Real(number) => Json::from(*number),
    };
    names.iter().cloned().zip(fields.iter().map(value)).collect()
}
