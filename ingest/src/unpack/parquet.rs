//! Parquet tables, row by row; only the columns that hold something of use are read.

use super::table::Field;
use super::{Place, Trouble, Walk, thrift};
use crate::decode::record::{self, Row};
use ::parquet::errors::ParquetError;
use ::parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
use ::parquet::record::Field as Cell;
use ::parquet::schema::types::Type;
use bytes::Bytes;
use serde_json::{Map, Value};
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Where a table's bytes are.
pub(super) enum Table {
    File(File),
    Bytes(Bytes),
}

impl From<File> for Table {
    fn from(file: File) -> Table {
        Table::File(file)
    }
}

impl From<Vec<u8>> for Table {
    fn from(bytes: Vec<u8>) -> Table {
        Table::Bytes(bytes.into())
    }
}

impl Walk<'_> {
    pub(super) fn parquet(&mut self, table: Table, place: Place) -> Result<(), Trouble> {
        match table {
            Table::File(file) => self.table(file, &place),
            Table::Bytes(bytes) => self.table(bytes, &place),
        }
    }

    fn table<R: ChunkReader + 'static>(&mut self, source: R, place: &Place) -> Result<(), Trouble> {
        self.look_over(&source)?;
        let reader = careful(|| SerializedFileReader::new(source)).map_err(damaged)?;
        let schema = reader.metadata().file_metadata().schema().clone();
        let names: Vec<String> = schema.get_fields().iter().map(|f| f.name().to_owned()).collect();
        let own = record::row(names.iter().map(String::as_str));
        if let Some(Row::Other(table)) = own {
            self.is_container = true;
            return self.pass_over(&format!("table of a record’s {table}"));
        }
        if !self.columns.has_text(names.iter().map(String::as_str)) {
            let names = names.join(", ");
            return Err(Trouble::Lost(format!(
                "a table without a column of text; name one with --columns text=… ({names})"
            )));
        }
        self.is_container = true;
        // A report of a record is read whole.
        let wanted = if own.is_some() { schema } else { self.wanted(&schema, &names).map_err(damaged)? };
        let mut rows = careful(|| reader.get_row_iter(Some(wanted))).map_err(damaged)?;
        for n in 1.. {
            let Some(row) = careful(|| rows.next().transpose()).transpose() else { break };
            match row {
                Ok(row) => {
                    let row = row.get_column_iter().map(|(name, cell)| (name.clone(), value(cell))).collect();
                    match own {
                        Some(kind) => self.own(kind, &row, place)?,
                        None => self.row(&row, n, place)?,
                    }
                }
                // The pages behind a damaged one cannot be told from it.
                Err(error) => return Err(Trouble::Lost(format!("row {n}: {error}; the rows from there on are lost"))),
            }
        }
        Ok(())
    }

    /// Refuses a table whose metadata would hold up its reader: they stand last, before their length and a mark.
    fn look_over<R: ChunkReader>(&self, source: &R) -> Result<(), Trouble> {
        let damaged = || Trouble::Lost("a damaged Parquet table: its metadata are not whole, or too deep".into());
        let end = source.len().checked_sub(8).ok_or_else(damaged)?;
        let tail = source.get_bytes(end, 8).map_err(self::damaged)?;
        let length = tail.first_chunk().map_or(0, |length| u64::from(u32::from_le_bytes(*length)));
        if &tail[4..] != b"PAR1" {
            // Another mark, of an encrypted table or of none: the reader has words for it.
            return Ok(());
        }
        let start = end.checked_sub(length).filter(|_| length <= self.limits.document).ok_or_else(damaged)?;
        let metadata = source.get_bytes(start, length as usize).map_err(self::damaged)?;
        if thrift::is_sane(&metadata) { Ok(()) } else { Err(damaged()) }
    }

    /// Returns the schema of the columns that are taken.
    fn wanted(&self, schema: &Type, names: &[String]) -> Result<Type, ParquetError> {
        const ALL: [Field; 9] = [
            Field::Id,
            Field::Text,
            Field::Html,
            Field::Title,
            Field::Url,
            Field::Date,
            Field::Author,
            Field::Outlet,
            Field::Language,
        ];
        let names = names.iter().map(String::as_str);
        let taken: Vec<&str> = ALL.iter().filter_map(|field| self.columns.column(*field, names.clone())).collect();
        let fields = schema.get_fields().iter().filter(|f| taken.contains(&f.name())).map(Arc::clone).collect();
        Type::group_type_builder(schema.name()).with_fields(fields).build()
    }
}

/// Runs a step of the reader, which panics on some tables that are not as their metadata say.
fn careful<T>(step: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, ParquetError> {
    catch_unwind(AssertUnwindSafe(step)).unwrap_or_else(|_| Err(ParquetError::General("it is not as it states".into())))
}

fn damaged(error: ParquetError) -> Trouble {
    Trouble::Lost(format!("a damaged Parquet table: {error}"))
}

/// Returns a cell as JSON; dates and times in ISO 8601.
fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Str(text) => Value::from(text.as_str()),
        Cell::Bytes(bytes) => Value::from(String::from_utf8_lossy(bytes.data()).into_owned()),
        Cell::Byte(n) => Value::from(*n),
        Cell::Short(n) => Value::from(*n),
        Cell::Int(n) => Value::from(*n),
        Cell::Long(n) => Value::from(*n),
        Cell::UByte(n) => Value::from(*n),
        Cell::UShort(n) => Value::from(*n),
        Cell::UInt(n) => Value::from(*n),
        Cell::ULong(n) => Value::from(*n),
        Cell::Double(n) => Value::from(*n),
        Cell::Float(n) => Value::from(*n),
        Cell::Date(days) => jiff::Timestamp::from_second(i64::from(*days) * 86_400).map_or(Value::Null, time),
        Cell::TimestampMillis(n) => jiff::Timestamp::from_millisecond(*n).map_or(Value::Null, time),
        Cell::TimestampMicros(n) => jiff::Timestamp::from_microsecond(*n).map_or(Value::Null, time),
        Cell::ListInternal(list) => list.elements().iter().map(value).collect(),
        Cell::Group(group) => Value::Object(
            group.get_column_iter().map(|(name, cell)| (name.clone(), value(cell))).collect::<Map<_, _>>(),
        ),
        _ => Value::Null,
    }
}

fn time(at: jiff::Timestamp) -> Value {
    Value::from(at.to_string())
}
