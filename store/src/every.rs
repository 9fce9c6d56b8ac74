//! All reports that meet conditions, by the beginnings of their ids: for lists that gather reports and rank none of them.

use crate::Error;
use crate::index::{Index, ORDER};
use crate::marks::Marks;
use crate::query::{Clause, Query};
use std::sync::Arc;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::ColumnValues;
use tantivy::query::BooleanQuery;
use tantivy::{DocId, Score, SegmentReader};

/// All reports that were found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Every {
    /// The first eight bytes of each one's id, as a number with the first byte highest; ascending.
    pub beginnings: Vec<u64>,
    /// As in [`crate::Results`].
    pub not_read: usize,
}

impl Index {
    /// Returns all reports that meet the conditions. Their texts are not loaded.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn every(&self, query: &Query, marks: &Marks) -> Result<Every, Error> {
        let is_on_marks = query.clauses.iter().any(Clause::is_on_marks);
        let numbered = if is_on_marks { self.covers()?.1 } else { 0 };
        let find = || {
            let searcher = self.searcher()?;
            let (conditions, not_read) = self.all_conditions(&searcher, query, (marks, numbered), None)?;
            let all = conditions.into_iter().map(|c| (c.occur, c.query)).collect();
            let mut beginnings = searcher.search(&BooleanQuery::new(all), &Beginnings)?;
            beginnings.sort_unstable();
            Ok(Every { beginnings, not_read })
        };
        find().map_err(|e| self.failed("search", e))
    }
}

/// Collects the beginnings of ids.
struct Beginnings;

struct InSegment {
    column: Arc<dyn ColumnValues<u64>>,
    found: Vec<u64>,
}

impl Collector for Beginnings {
    type Fruit = Vec<u64>;
    type Child = InSegment;

    fn for_segment(&self, _: u32, segment: &SegmentReader) -> tantivy::Result<InSegment> {
        let column = segment.fast_fields().u64(ORDER)?.first_or_default_col(u64::MAX);
        Ok(InSegment { column, found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Vec<u64>>) -> tantivy::Result<Vec<u64>> {
        Ok(segments.concat())
    }
}

impl SegmentCollector for InSegment {
    type Fruit = Vec<u64>;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.found.push(self.column.get_val(doc));
    }

    fn harvest(self) -> Vec<u64> {
        self.found
    }
}
