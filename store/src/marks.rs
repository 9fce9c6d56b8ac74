//! What only a whole reading tells of a report: the statuses of its events, and whether it has figures, statements, quotes.
//!
//! Such a reading takes several times as long as all else that `add` does, so it comes afterwards, and marks cannot stand
//! in the index, whose documents are written once. They are a column beside it, one number a report in the order in which
//! reports came, which the index joins by that place; it names the row of the ledger it reaches to. A report that it does
//! not reach yet meets no condition on marks, neither `status:held` nor `-status:held`; searches count such reports.

use crate::index::NUMBER;
use crate::query::{Asked, Clause, PARTS, STATUSES};
use crate::{Archive, Error};
use std::sync::Arc;
use tantivy::columnar::ColumnValues;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

/// The name of the cache that holds them.
const NAME: &str = "marks";

/// The marks of the reports of an archive, as far as they are read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Marks {
    /// The last row of the ledger whose reports are read.
    row: i64,
    /// Of each report, one bit a mark.
    masks: Arc<Vec<u16>>,
}

/// Returns the bit of a mark; none of what is no mark.
pub(crate) fn bit(field: &str, mark: &str) -> Option<u16> {
    let place = |all: &[&str]| all.iter().position(|m| *m == mark);
    let place = match field {
        "status" => place(&STATUSES),
        "has" => place(&PARTS).map(|n| n + STATUSES.len()),
        _ => None,
    };
    place.map(|n| 1 << n)
}

impl Marks {
    /// Returns the marks kept for an archive by a program that reads like this one; `reader` names how it reads.
    pub fn of(archive: &Archive, reader: &str) -> Marks {
        archive.cached(NAME, reader).and_then(|bytes| Marks::read(archive, &bytes)).unwrap_or_default()
    }

    /// Returns what tells apart the marks that are kept for an archive, however it reads.
    pub fn kept_as(archive: &Archive) -> Option<Vec<u8>> {
        archive.kept_as(NAME)
    }

    /// None where they are another archive's.
    fn read(archive: &Archive, bytes: &[u8]) -> Option<Marks> {
        let (row, rest) = bytes.split_at_checked(8)?;
        let row = i64::from_le_bytes(row.try_into().ok()?);
        let (link, masks) = rest.split_at_checked(LINK)?;
        let is_ours = archive.link_of(row).ok()?.is_some_and(|now| now.as_bytes() == link);
        let masks = masks.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
        is_ours.then_some(Marks { row, masks: Arc::new(masks) })
    }

    /// Keeps them beside the archive, in place of those that were there.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub fn keep(&self, archive: &Archive, reader: &str) -> Result<(), Error> {
        let mut bytes = self.row.to_le_bytes().to_vec();
        bytes.extend(archive.link_of(self.row)?.unwrap_or_else(|| "0".repeat(LINK)).as_bytes());
        self.masks.iter().for_each(|mask| bytes.extend(mask.to_le_bytes()));
        archive.keep(NAME, reader, &bytes)
    }

    /// Returns the last row of the ledger whose reports are read.
    pub fn row(&self) -> i64 {
        self.row
    }

    /// Returns how many reports are read.
    pub fn reports(&self) -> usize {
        self.masks.len()
    }

    /// Takes the marks of the next reports, in the order in which they came; with them all up to `row` are read.
    pub fn add(&mut self, row: i64, reports: &[Vec<(&'static str, &'static str)>]) {
        let mask =
            |marks: &Vec<(&str, &str)>| marks.iter().filter_map(|(f, m)| bit(f, m)).fold(0, |all, bit| all | bit);
        Arc::make_mut(&mut self.masks).extend(reports.iter().map(mask));
        self.row = row;
    }

    /// Returns what a condition on marks asks of each report; none for any other condition.
    pub(crate) fn test(&self, clause: &Clause) -> Option<Test> {
        let Asked::Mark { field, mark } = &clause.asked else { return None };
        let bit = bit(field, mark)?;
        let asks = if clause.not { Asks::Without(bit) } else { Asks::With(bit) };
        Some(Test { masks: Arc::clone(&self.masks), asks })
    }

    /// Finds the reports that are not read.
    pub(crate) fn unread(&self) -> Test {
        Test { masks: Arc::clone(&self.masks), asks: Asks::Unread }
    }
}

/// Letters of a row's link in hexadecimal digits.
const LINK: usize = 64;

/// A condition on the marks of reports, as the index takes it.
#[derive(Clone, Debug)]
pub(crate) struct Test {
    masks: Arc<Vec<u16>>,
    asks: Asks,
}

#[derive(Clone, Copy, Debug)]
enum Asks {
    With(u16),
    Without(u16),
    Unread,
}

impl Asks {
    fn holds(self, masks: &[u16], number: u64) -> bool {
        let mask = masks.get(number as usize);
        match self {
            Asks::With(bit) => mask.is_some_and(|mask| mask & bit != 0),
            Asks::Without(bit) => mask.is_some_and(|mask| mask & bit == 0),
            Asks::Unread => mask.is_none(),
        }
    }
}

impl Query for Test {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Test {
    fn scorer(&self, segment: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        // Every report has one number, so that its place in the segment is its place in the column.
        let numbers = segment.fast_fields().u64(NUMBER)?.values;
        let mut passing = Passing { test: self.clone(), numbers, doc: 0, end: segment.max_doc() };
        passing.settle();
        Ok(Box::new(passing))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("marks", 1.0))
    }
}

/// The reports of a segment that pass a test: looked at one by one, and only those that other conditions ask about.
struct Passing {
    test: Test,
    numbers: Arc<dyn ColumnValues<u64>>,
    doc: DocId,
    end: DocId,
}

impl Passing {
    /// Goes on to the next report that passes, from this one on.
    fn settle(&mut self) -> DocId {
        while self.doc < self.end && !self.test.asks.holds(&self.test.masks, self.numbers.get_val(self.doc)) {
            self.doc += 1;
        }
        if self.doc >= self.end {
            self.doc = TERMINATED;
        }
        self.doc
    }
}

impl DocSet for Passing {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        self.doc += 1;
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.doc = self.doc.max(target);
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.end
    }
}

impl Scorer for Passing {
    /// A mark does not make an answer better: reports that meet the condition are equals.
    fn score(&mut self) -> Score {
        1.0
    }
}
