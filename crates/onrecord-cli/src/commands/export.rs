//! `onrecord export`: whole tables, for other programs.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
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

/// Write whole tables as JSON lines, CSV or Parquet
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
  onrecord export --parquet --to record/
  onrecord export failures --jsonl"
)]
pub(crate) struct Export {
    /// Which tables; all when none is named
    #[arg(value_name = "TABLE", value_parser = PossibleValuesParser::new(tables()))]
    tables: Vec<String>,
    /// Write Parquet, for DuckDB, Polars, pandas or Spark
    #[arg(long, conflicts_with_all = ["json", "jsonl", "csv"])]
    parquet: bool,
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
        let shape = match output.format {
            _ if self.parquet => Shape::Parquet,
            Format::Csv => Shape::Csv,
            _ => Shape::JsonLines,
        };
        match (self.to, tables.as_slice()) {
            (Some(folder), _) => {
                fs::create_dir_all(&folder).map_err(|error| unwritable(&folder, &error))?;
                for table in &tables {
                    into_file(&store, table, shape, &folder.join(format!("{table}.{}", shape.extension())))?;
                }
            }
            (None, [table]) if self.parquet => parquet(&store, table, into_pipe()?)?,
            (None, [table]) => export(&store, table, shape, &mut |line| output.write(line))?,
            (None, _) => {
                let words = "several tables need a folder: name one with --to, or one table";
                return Err(Failure::Told(words.to_owned()));
            }
        }
        Ok(Outcome::Found)
    }
}

/// The shape of a table's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    JsonLines,
    Csv,
    Parquet,
}

impl Shape {
    fn extension(self) -> &'static str {
        match self {
            Self::JsonLines => "jsonl",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }
}

/// The standard output, unless somebody sits before it: Parquet is no text.
fn into_pipe() -> Result<impl Write + Send> {
    let out = io::stdout();
    if out.is_terminal() {
        let words = "Parquet is not for a terminal: name a folder with --to, or send it to a file with >";
        return Err(Failure::Told(words.to_owned()));
    }
    Ok(BufWriter::new(out))
}

fn into_file(store: &Store, table: &str, shape: Shape, path: &Path) -> Result<()> {
    let file = File::create(path).map_err(|error| unwritable(path, &error))?;
    let mut file = BufWriter::new(file);
    let written = if shape == Shape::Parquet {
        parquet(store, table, file)
    } else {
        export(store, table, shape, &mut |line| file.write_all(line.as_bytes()))
            .and_then(|()| Ok(file.flush()?))
    };
    written.map_err(|failure| match failure {
        Failure::Output(error) => unwritable(path, &error),
        other => other,
    })
}

#[cfg(feature = "parquet")]
fn parquet(store: &Store, table: &str, out: impl Write + Send) -> Result<()> {
    let mut file = doors::ParquetFile::begin(out, &store.columns(table)?)?;
    let mut written = Ok(());
    store.export(table, &mut |_, fields| {
        written = fields.map_or(Ok(()), |fields| file.row(fields));
        written.is_ok()
    })?;
    written?;
    Ok(file.end()?)
}

#[cfg(not(feature = "parquet"))]
fn parquet(_: &Store, _: &str, _: impl Write + Send) -> Result<()> {
    Err(Failure::Told("this build writes no Parquet: it was made without the feature `parquet`".to_owned()))
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    Failure::Told(format!("{} cannot be written: {error}", path.display()))
}

fn export(
    store: &Store,
    table: &str,
    shape: Shape,
    write: &mut dyn FnMut(&str) -> io::Result<()>,
) -> Result<()> {
    let mut written = Ok(());
    let csv = shape == Shape::Csv;
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
