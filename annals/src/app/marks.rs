//! The second reading of an archive's reports: the whole one, for what can only be searched for with it. It begins when
//! everything is kept and can be searched for by words and names, goes on where it was stopped, and needs no lock.

use super::documents::Documents;
use super::indexing::reports;
use annals_core::reading::{Reading, Speech, read};
use annals_core::report::Report;
use annals_store::{Archive, Marks};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Documents read at once, and reports between two times that what was read is kept: some ten seconds' work.
const TOGETHER: usize = 256;
const KEEP: usize = 4_096;

/// What names how this program reads: marks that another version read are read again.
const READER: &str = env!("ANNALS_READER");

/// Returns the marks of an archive, as far as they are read.
pub(super) fn of(archive: &Archive) -> Marks {
    Marks::of(archive, READER)
}

/// Returns how many reports of an archive are not read for marks.
///
/// # Errors
/// When the archive cannot be read.
pub(crate) fn unread(folder: &Path) -> anyhow::Result<usize> {
    let archive = Archive::open(folder)?;
    Ok(archive.reports_after(of(&archive).row())? as usize)
}

/// Reads the reports whose marks are not known. `far` is told how many of them are read, and says whether to go on.
///
/// Another program that does the same meanwhile costs time alone: of two who keep what they read, the one that is further
/// is believed.
///
/// # Errors
/// When the archive cannot be read, or what was read not be kept.
pub(crate) fn read_on(folder: &Path, far: impl Fn(usize, usize) -> bool) -> anyhow::Result<()> {
    let archive = Archive::open(folder)?;
    let mut marks = of(&archive);
    let unread = archive.reports_after(marks.row())? as usize;
    if unread == 0 {
        return Ok(());
    }
    // Where nothing can be kept, nothing is read in vain.
    marks.keep(&archive, READER)?;
    let documents = Documents::of(Archive::open(folder)?)?;
    let (began, mut kept) = (marks.reports(), marks.reports());
    loop {
        let rows = archive.rows_after(marks.row(), TOGETHER)?;
        let Some(end) = rows.last().map(|row| row.seq) else { break };
        let opened = reports(&documents, &rows, (marks.row(), end))?;
        let read =
            opened.par_iter().map(|(_, report)| report.as_ref().map(|r| marks_of(&reading(r))).unwrap_or_default());
        marks.add(end, &read.collect::<Vec<_>>());
        let goes_on = far(marks.reports() - began, unread);
        if marks.reports() - kept >= KEEP || !goes_on {
            let other = of(&archive);
            if other.row() >= marks.row() {
                marks = other
            } else {
                marks.keep(&archive, READER)?
            }
            kept = marks.reports();
        }
        if !goes_on {
            return Ok(());
        }
    }
    if of(&archive).row() < marks.row() { Ok(marks.keep(&archive, READER)?) } else { Ok(()) }
}

/// Reads a report; one on which this program breaks down has its words, and no more.
pub(super) fn reading(report: &Report) -> Reading {
    catch_unwind(AssertUnwindSafe(|| read(&report.text, report.when()))).unwrap_or_default()
}

/// Returns the marks of a report, by field.
fn marks_of(reading: &Reading) -> Vec<(&'static str, &'static str)> {
    let mut marks: BTreeSet<(&'static str, &'static str)> = BTreeSet::new();
    reading.events.iter().for_each(|e| {
        marks.insert(("status", e.status.name()));
        marks.insert(("has", "event"));
    });
    if !reading.figures.is_empty() {
        marks.insert(("has", "figure"));
    }
    reading.statements.iter().for_each(|s| {
        marks.insert(("has", "statement"));
        if s.kind != Speech::Indirect {
            marks.insert(("has", "quote"));
        }
    });
    marks.into_iter().collect()
}
