//! Tables as Parquet: a column for each of the database's, empty where a field is unknown.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;

use crate::store::StoredColumn;
use crate::table::Field;

/// Rows of one group, and bytes of their text: what is held in memory before it is written.
const MOST_ROWS: usize = 50_000;
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// A Parquet file that is being written.
pub struct ParquetFile<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    /// The rows in hand, column by column.
    columns: Vec<Vec<Field>>,
    rows: usize,
    bytes: usize,
}

impl<W: Write + Send> ParquetFile<W> {
    /// Begins a file with these columns.
    ///
    /// # Errors
    /// When nothing can be written.
    pub fn begin(out: W, columns: &[StoredColumn]) -> std::io::Result<Self> {
        let kinds: Vec<Physical> = columns.iter().map(|column| physical(column.kind)).collect();
        let fields =
            columns.iter().zip(&kinds).map(|(column, kind)| field(&column.name, *kind).map(Arc::new));
        let schema = fields
            .collect::<Result<Vec<_>, _>>()
            .and_then(|fields| Type::group_type_builder("row").with_fields(fields).build())
            .map_err(failed)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("onrecord ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let writer =
            SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties)).map_err(failed)?;
        Ok(Self { writer, columns: vec![Vec::new(); kinds.len()], rows: 0, bytes: 0 })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn row(&mut self, fields: &[Field]) -> std::io::Result<()> {
        for (column, field) in self.columns.iter_mut().zip(fields) {
            if let Field::Text(text) = field {
                self.bytes += text.len();
            }
            column.push(field.clone());
        }
        self.rows += 1;
        if self.rows >= MOST_ROWS || self.bytes >= MOST_BYTES { self.write() } else { Ok(()) }
    }

    /// Writes what is in hand, and ends the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn end(mut self) -> std::io::Result<()> {
        self.write()?;
        self.writer.close().map(|_| ()).map_err(failed)
    }

    fn write(&mut self) -> std::io::Result<()> {
        if self.rows > 0 {
            self.write_group().map_err(failed)?;
        }
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for fields in &mut self.columns {
            let column = group.next_column()?;
            let mut column = column.ok_or_else(|| ParquetError::General("a column is missing".to_owned()))?;
            write_column(&mut column, &std::mem::take(fields))?;
            column.close()?;
        }
        group.close().map(|_| ())
    }
}

fn physical(kind: &str) -> Physical {
    match kind {
        "INTEGER" => Physical::INT64,
        "REAL" => Physical::DOUBLE,
        _ => Physical::BYTE_ARRAY,
    }
}

fn field(name: &str, kind: Physical) -> Result<Type, ParquetError> {
    let text = (kind == Physical::BYTE_ARRAY).then_some(LogicalType::String);
    Type::primitive_type_builder(name, kind)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(text)
        .build()
}

/// Writes the fields of one column. What is not of its kind, which no table of ours holds, is left empty.
fn write_column(column: &mut SerializedColumnWriter<'_>, fields: &[Field]) -> Result<(), ParquetError> {
    match column.untyped() {
        ColumnWriter::Int64ColumnWriter(writer) => {
            let (values, levels) = present(fields, |field| match field {
                Field::Integer(number) => Some(*number),
                _ => None,
            });
            writer.write_batch(&values, Some(&levels), None)?;
        }
        ColumnWriter::DoubleColumnWriter(writer) => {
            let (values, levels) = present(fields, |field| match field {
                Field::Real(number) => Some(*number),
                Field::Integer(number) => Some(*number as f64),
                _ => None,
            });
            writer.write_batch(&values, Some(&levels), None)?;
        }
        ColumnWriter::ByteArrayColumnWriter(writer) => {
            let (values, levels) = present(fields, |field| match field {
                Field::Text(text) => Some(ByteArray::from(text.as_str())),
                _ => None,
            });
            writer.write_batch(&values, Some(&levels), None)?;
        }
        _ => return Err(ParquetError::General("a column is of a kind that is not written".to_owned())),
    }
    Ok(())
}

/// The values that are there, and for each field whether it is.
fn present<T>(fields: &[Field], value: impl Fn(&Field) -> Option<T>) -> (Vec<T>, Vec<i16>) {
    let all: Vec<Option<T>> = fields.iter().map(value).collect();
    let levels = all.iter().map(|value| i16::from(value.is_some())).collect();
    (all.into_iter().flatten().collect(), levels)
}

fn failed(error: ParquetError) -> std::io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<std::io::Error>() {
            Ok(error) => *error,
            Err(error) => std::io::Error::other(error),
        },
        other => std::io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field as Read;

    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let column = |name: &str, kind| StoredColumn { name: name.to_owned(), kind };
        let columns = [column("id", "TEXT"), column("start", "INTEGER"), column("value", "REAL")];
        let rows = [
            vec![Field::Text("“Ana”".into()), Field::Integer(3), Field::Null],
            vec![Field::Null, Field::Null, Field::Real(0.5)],
            vec![Field::Text(String::new()), Field::Integer(-1), Field::Integer(2)],
        ];
        let mut bytes = Vec::new();
        let mut file = ParquetFile::begin(&mut bytes, &columns).unwrap();
        rows.iter().for_each(|row| file.row(row).unwrap());
        file.end().unwrap();
        let path = crate::testing::Folder::new("parquet");
        std::fs::write(path.path("a.parquet"), &bytes).unwrap();
        let reader = SerializedFileReader::new(std::fs::File::open(path.path("a.parquet")).unwrap()).unwrap();
        let read: Vec<Vec<Read>> = reader
            .get_row_iter(None)
            .unwrap()
            .map(|row| row.unwrap().get_column_iter().map(|(_, field)| field.clone()).collect())
            .collect();
        assert_eq!(
            read,
            [
                vec![Read::Str("“Ana”".into()), Read::Long(3), Read::Null],
                vec![Read::Null, Read::Null, Read::Double(0.5)],
                vec![Read::Str(String::new()), Read::Long(-1), Read::Double(2.0)],
            ]
        );
    }

    #[test]
    fn a_table_without_rows_is_a_file_too() {
        let mut bytes = Vec::new();
        let columns = [StoredColumn { name: "id".to_owned(), kind: "TEXT" }];
        ParquetFile::begin(&mut bytes, &columns).unwrap().end().unwrap();
        assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
    }
}
