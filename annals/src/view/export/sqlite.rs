//! The sheets as tables of one SQLite file, with keys and an index where rows are looked up.

use super::sheets::{Cell, Kind, Sheet, Sink, fill};
use crate::view::json::Record;
use anyhow::Result;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, Statement, ToSql, params_from_iter};
use std::path::Path;

/// Marks the file as one of annals (`PRAGMA application_id`): the letters `anls`.
const APPLICATION: i32 = 0x616e_6c73;

/// Writes the file, which must not be there yet.
pub(crate) fn write(record: &Record<'_>, file: &Path) -> Result<()> {
    let connection = Connection::open(file)?;
    // The file is a draft until it is whole, so it needs no journal.
    connection.execute_batch(&format!(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096; \
         PRAGMA application_id = {APPLICATION}; BEGIN;"
    ))?;
    let mut tables = Tables { connection: &connection, inserts: Vec::new() };
    fill(record, &mut tables)?;
    drop(tables);
    connection.execute_batch(
        "CREATE INDEX passages_of_row ON passages (\"row\"); CREATE INDEX passages_of_report ON passages (report); COMMIT;",
    )?;
    connection.close().map_err(|(_, error)| error.into())
}

struct Tables<'c> {
    connection: &'c Connection,
    inserts: Vec<Statement<'c>>,
}

impl Sink for Tables<'_> {
    fn sheet(&mut self, sheet: &Sheet) -> Result<()> {
        // Names come from the published schema; some are words of SQL (`to`, `when`).
        let column = |(name, kind): &(String, Kind)| {
            let kind = match kind {
                Kind::Words => "TEXT",
                Kind::Whole => "INTEGER",
                Kind::Number => "REAL",
            };
            let key = if name == "id" { " PRIMARY KEY" } else { "" };
            format!("\"{name}\" {kind}{key}")
        };
        let columns: Vec<String> = sheet.columns.iter().map(column).collect();
        self.connection.execute_batch(&format!("CREATE TABLE \"{}\" ({})", sheet.name, columns.join(", ")))?;
        let values = vec!["?"; columns.len()].join(", ");
        self.inserts.push(self.connection.prepare(&format!("INSERT INTO \"{}\" VALUES ({values})", sheet.name))?);
        Ok(())
    }

    fn row(&mut self, sheet: usize, cells: &[Cell]) -> Result<()> {
        self.inserts[sheet].execute(params_from_iter(cells))?;
        Ok(())
    }
}

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Cell::Empty => ToSqlOutput::Owned(Value::Null),
            Cell::Words(words) => ToSqlOutput::Borrowed(ValueRef::Text(words.as_bytes())),
            Cell::Whole(number) => ToSqlOutput::Owned(Value::Integer(*number)),
            Cell::Number(number) => ToSqlOutput::Owned(Value::Real(*number)),
        })
    }
}
