//! Evidence that cannot be empty, ids that come from content, and how many independent origins carry a row.

use super::{Grouping, Member};
use crate::report::{ReportId, digest};
use crate::text::Span;
use std::collections::BTreeSet;
use std::fmt;

/// A passage of a report.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Cite {
    /// The report: index into the members.
    pub report: usize,
    /// The passage.
    pub span: Span,
}

/// One passage or more: a row without evidence cannot be built.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Evidence(Vec<Cite>);

impl Evidence {
    /// Returns the evidence of one passage.
    pub fn one(report: usize, span: Span) -> Evidence {
        Evidence(vec![Cite { report, span }])
    }

    /// Returns the evidence of passages, sorted, each once; none if there are none.
    pub fn of(cites: impl IntoIterator<Item = Cite>) -> Option<Evidence> {
        let sorted: BTreeSet<Cite> = cites.into_iter().collect();
        (!sorted.is_empty()).then(|| Evidence(sorted.into_iter().collect()))
    }

    /// Adds the passages of another row.
    pub fn join(&mut self, other: &Evidence) {
        // Both are sorted, and mostly one passage comes to many.
        for cite in &other.0 {
            if let Err(at) = self.0.binary_search(cite) {
                self.0.insert(at, *cite);
            }
        }
    }

    /// Returns the passages, at least one.
    pub fn cites(&self) -> &[Cite] {
        &self.0
    }

    /// Counts who carries it.
    pub fn support(&self, members: &[Member], grouping: &Grouping) -> Support {
        let reports: BTreeSet<usize> = self.0.iter().map(|c| c.report).collect();
        let outlets: BTreeSet<&str> = reports.iter().map(|&r| members[r].report.outlet_or_source()).collect();
        let (origins, bounds) = grouping.origins(&reports);
        Support { reports: reports.len() as u32, outlets: outlets.len() as u32, origins, bounds }
    }
}

/// How many carry something.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Support {
    /// Reports, copies among them.
    pub reports: u32,
    /// Outlets.
    pub outlets: u32,
    /// Independent origins: a wire story and its copies are one, and so are the reports of one outlet.
    pub origins: u32,
    /// Between which numbers of origins the truth lies, where it is not sure which reports rest on one.
    pub bounds: Bounds,
}

/// The fewest and the most independent origins that something may have: as if all that is not sure were one, and as if none
/// of it were. The number counted lies between them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Bounds {
    /// The fewest.
    pub low: u32,
    /// The most.
    pub high: u32,
}

impl Bounds {
    /// Returns the bounds of a number that is sure.
    pub fn sure(origins: u32) -> Bounds {
        Bounds { low: origins, high: origins }
    }
}

/// The id of a row: a letter for its table and a hash of what it rests on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId {
    table: char,
    hash: [u8; 8],
}

impl RowId {
    /// Returns the id of the row of `table` (one lower-case letter) that rests on `span` of `report`; `what` tells rows of one span apart.
    pub fn new(table: char, report: ReportId, span: Span, what: &str) -> RowId {
        let place = format!("{}-{}", span.start(), span.end());
        let full = digest(&[&table.to_string(), &report.to_string(), &place, what]);
        let mut hash = [0; 8];
        hash.copy_from_slice(&full[..8]);
        RowId { table, hash }
    }
}

impl fmt::Display for RowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-", self.table)?;
        self.hash.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

impl fmt::Debug for RowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
