//! The record's tables by name, row by row: what is written table for table has the same rows as the record.

use super::Record;
use serde::Serialize;
use serde_json::{Result, Value};

/// The tables, in the order of the record.
pub(crate) const TABLES: [&str; 11] = [
    "reports",
    "copies",
    "origins",
    "entities",
    "statements",
    "events",
    "figures",
    "differences",
    "stories",
    "ledger",
    "decisions",
];

/// A row of any table.
pub(crate) trait Row {
    /// Returns it as JSON on one line, its fields in their order.
    fn line(&self) -> Result<Vec<u8>>;
    /// Returns it as a value, its fields by name.
    fn value(&self) -> Result<Value>;
}

impl<T: Serialize> Row for T {
    fn line(&self) -> Result<Vec<u8>> {
        serde_json::to_vec(self)
    }

    fn value(&self) -> Result<Value> {
        serde_json::to_value(self)
    }
}

impl Record<'_> {
    /// Returns the rows of a table, in its order; none for a name that is no table's.
    pub(crate) fn rows(&self, table: &str) -> Box<dyn Iterator<Item = &dyn Row> + '_> {
        fn all<T: Serialize>(rows: &[T]) -> Box<dyn Iterator<Item = &dyn Row> + '_> {
            Box::new(rows.iter().map(|row| row as &dyn Row))
        }
        match table {
            "reports" => all(&self.reports),
            "copies" => all(&self.copies),
            "origins" => all(&self.origins),
            "entities" => all(&self.entities),
            "statements" => all(&self.statements),
            "events" => all(&self.events),
            "figures" => all(&self.figures),
            "differences" => all(&self.differences),
            "stories" => all(&self.stories),
            "ledger" => all(&self.ledger),
            "decisions" => all(&self.decisions),
            _ => Box::new(std::iter::empty()),
        }
    }
}
