//! The second reading of an archive's reports: the whole one, for what can only be searched for with it, and for the record
//! of each story. It begins when everything is kept and can be searched for by words and names, and goes on where it was
//! stopped; others may add reports meanwhile.

use super::documents::Documents;
use super::indexing::{Place, reports};
use super::readings::{Readings, sheet};
use annals_core::reading::{Reading, Speech, read};
use annals_core::record::Member;
use annals_core::report::Report;
use annals_store::{Archive, Marks, Sheet};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::Duration;

/// Documents read at once, and reports between two times that what was read is kept: some ten seconds' work.
const TOGETHER: usize = 256;
const KEEP: usize = 4_096;
/// The work that one program at a time does, and how often another looks how far that is.
const READING: &str = "reading";
const LOOK: Duration = Duration::from_millis(300);

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

/// What to do where another program reads the reports of the archive already.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Meanwhile {
    /// Wait until it is done.
    Wait,
    /// Leave it to the other.
    Leave,
}

/// Reads the reports that are not read yet, keeps what was read of them, and marks them: one program at a time. `far` is told
/// how many are done, and says whether to go on.
///
/// # Errors
/// When the archive cannot be read, or what was read not be kept.
pub(crate) fn read_on(folder: &Path, meanwhile: Meanwhile, far: impl Fn(usize, usize) -> bool) -> anyhow::Result<()> {
    let archive = Archive::open(folder)?;
    let began = of(&archive);
    let (read_before, unread) = (began.reports(), archive.reports_after(began.row())? as usize);
    let _claim = loop {
        if let Some(claim) = archive.claim(READING)? {
            break claim;
        }
        if meanwhile == Meanwhile::Leave {
            return Ok(());
        }
        let now = of(&archive);
        if now.row() >= archive.head()?.map_or(0, |head| head.0) || !far(now.reports() - read_before, unread) {
            return Ok(());
        }
        std::thread::sleep(LOOK);
    };
    let mut pass = Pass::begin(folder)?;
    while pass.step()? {
        let goes_on = far(pass.marks.reports().saturating_sub(read_before), unread);
        if pass.waiting.len() >= KEEP || !goes_on {
            pass.keep()?;
        }
        if !goes_on {
            return Ok(());
        }
    }
    pass.keep()
}

/// One program's way through the reports that are not read.
struct Pass {
    archive: Archive,
    documents: Documents,
    marks: Marks,
    readings: Readings,
    /// The last row whose reports are read, and what was read and is not kept yet.
    done: i64,
    waiting: Vec<Sheet>,
    /// The last row whose marks are kept.
    marked: i64,
}

impl Pass {
    fn begin(folder: &Path) -> anyhow::Result<Pass> {
        let archive = Archive::open(folder)?;
        let (marks, readings) = (of(&archive), Readings::of(&archive)?);
        let documents = Documents::of(Archive::open(folder)?)?;
        let done = marks.row().min(readings.covers());
        let marked = marks.row();
        Ok(Pass { archive, documents, marks, readings, done, waiting: Vec::new(), marked })
    }

    /// Reads the next rows. Returns whether there were any.
    fn step(&mut self) -> anyhow::Result<bool> {
        let mut rows = self.archive.rows_after(self.done, TOGETHER)?;
        // Marks and readings may reach to different rows, where one of the files was lost: a step ends where either does.
        let (marked, kept) = (self.marks.row(), self.readings.covers());
        let end = [marked, kept].into_iter().filter(|&row| row > self.done).min().unwrap_or(i64::MAX);
        rows.retain(|row| row.seq <= end);
        let Some(end) = rows.last().map(|row| row.seq) else { return Ok(false) };
        let opened = reports(&self.documents, &rows, (self.done, end))?;
        let read = |(place, report): (Place, Option<Report>)| {
            let member = report.map(|report| {
                let reading = reading(&report);
                Member { report, reading }
            });
            let marks = member.as_ref().map(|m| marks_of(&m.reading)).unwrap_or_default();
            (marks, sheet(place, member.as_ref()))
        };
        let (marks, sheets): (Vec<_>, Vec<Sheet>) = opened.into_par_iter().map(read).unzip();
        if end > marked {
            self.marks.add(end, &marks);
        }
        if end > kept {
            self.waiting.extend(sheets);
        }
        self.done = end;
        Ok(true)
    }

    /// Keeps what was read. Marks come last: who has them has the readings.
    fn keep(&mut self) -> anyhow::Result<()> {
        if self.done > self.readings.covers() {
            self.readings.add(&self.documents, self.done, std::mem::take(&mut self.waiting))?;
        }
        if self.marks.row() > self.marked {
            self.marks.keep(&self.archive, READER)?;
            self.marked = self.marks.row();
        }
        Ok(())
    }
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
