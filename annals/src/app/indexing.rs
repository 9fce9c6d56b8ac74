//! What stands in an archive's index of each report: its words, where it comes from, and who and what it names.
//!
//! Names are found without word classes and trees, so that a report can be indexed as fast as it comes in; what takes the
//! whole reading is read afterwards, in `marks`.

use super::documents::Documents;
use super::search::since_1970;
use annals_core::reading::{NameKind, names, words};
use annals_core::report::Report;
use annals_ingest::unpack::Document;
use annals_store::{Archive, Index, Indexed, Ready, Row, Writer};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Receiver;

/// Documents indexed at once, and rows between two commits: what a killed run leaves to be indexed again.
const TOGETHER: usize = 256;
const COMMIT: i64 = 20_000;

/// A report on its way into the index.
#[derive(Debug)]
pub(super) struct New {
    /// Its row of the ledger, and its place in the row's document.
    pub(super) seq: i64,
    pub(super) part: usize,
    pub(super) report: Report,
}

/// Reports that are in the archive, and the last row of the ledger up to which all were given.
pub(super) type Batch = (i64, Vec<New>);

/// Opens the index if it covers all that the archive holds: what comes now can go straight into it. Else `catch_up` makes up
/// for it afterwards, as it does when the index cannot be written.
pub(super) fn open(writer: &Writer) -> Option<Index> {
    let index = Index::open_to_write(writer).ok()?;
    let last = writer.head().ok()?.map_or(0, |head| head.0);
    (index.covers().ok()?.0 == last).then_some(index)
}

/// Indexes the reports of batches as they come, until there are no more.
///
/// # Errors
/// When the index cannot be written.
pub(super) fn run(mut index: Index, batches: &Receiver<Batch>) -> anyhow::Result<()> {
    let (mut committed, mut number) = index.covers()?;
    let mut last = committed;
    for (row, new) in batches {
        let made: Vec<Ready> = new
            .into_par_iter()
            .enumerate()
            .map(|(n, new)| index.ready(&indexed((new.seq, new.part), number + n as u64, &new.report)))
            .collect();
        number += made.len() as u64;
        made.into_iter().try_for_each(|report| index.add(report))?;
        last = row;
        if last - committed >= COMMIT {
            index.commit(last, number)?;
            committed = last;
        }
    }
    if last > committed {
        index.commit(last, number)?;
    }
    Ok(index.close()?)
}

/// Brings the index of an archive up to date from what the archive keeps. `far` is told how many rows are done.
///
/// # Errors
/// When the archive cannot be read or the index not be written.
pub(crate) fn catch_up(writer: &Writer, far: impl Fn(usize, usize)) -> anyhow::Result<()> {
    let mut index = Index::open_to_write(writer)?;
    let (covers, mut number) = index.covers()?;
    let Some((last, _)) = writer.head()?.filter(|(last, _)| *last > covers) else { return Ok(index.close()?) };
    let documents = Documents::of(Archive::open(writer.folder())?)?;
    let (mut done, mut committed) = (covers, covers);
    loop {
        let rows = writer.rows_after(done, TOGETHER)?;
        let Some(end) = rows.last().map(|row| row.seq) else { break };
        let opened = reports(&documents, &rows, (done, end))?;
        let made: Vec<Option<Ready>> = opened
            .par_iter()
            .enumerate()
            .map(|(n, (place, report))| Some(index.ready(&indexed(*place, number + n as u64, report.as_ref()?))))
            .collect();
        number += opened.len() as u64;
        made.into_iter().flatten().try_for_each(|report| index.add(report))?;
        done = end;
        if done - committed >= COMMIT {
            index.commit(done, number)?;
            committed = done;
        }
        far((done - covers) as usize, (last - covers) as usize);
    }
    index.commit(done, number)?;
    Ok(index.close()?)
}

/// A report's row of the ledger, and its place in the row's document.
pub(super) type Place = (i64, usize);

/// A report's place, and the report unless its bytes are damaged.
pub(super) type Opened = (Place, Option<Report>);

/// Returns the reports of rows of the ledger, those behind row `after` up to row `last`, in the order in which they came.
pub(super) fn reports(documents: &Documents, rows: &[Row], (after, last): (i64, i64)) -> anyhow::Result<Vec<Opened>> {
    // Whether a report was new is settled in its row: in a document that was met before, others may be.
    let places = documents.archive().parts_between(after, last)?;
    let with_reports: BTreeSet<i64> = places.iter().map(|(seq, ..)| *seq).collect();
    let opened: Vec<(&Row, Option<Document>)> = rows
        .iter()
        .filter(|row| with_reports.contains(&row.seq))
        .map(|row| (row, documents.document(row).ok().flatten()))
        .collect();
    let made: Vec<Vec<((i64, usize), Report)>> = opened
        .par_iter()
        .map(|(row, document)| {
            let made = document.as_ref().and_then(|document| documents.decode(row, document).ok()).unwrap_or_default();
            made.into_iter().enumerate().map(|(part, report)| ((row.seq, part), report)).collect()
        })
        .collect();
    let mut made: BTreeMap<(i64, usize), Report> = made.into_iter().flatten().collect();
    Ok(places.into_iter().map(|(seq, part, _)| ((seq, part), made.remove(&(seq, part)))).collect())
}

/// Returns who and what a report names, by field: `person`, `org`, `place`. One on which this program breaks down has its
/// words, and no more.
fn named(report: &Report) -> Vec<(&'static str, String)> {
    let find = || names::find(&report.text, &words::split(&report.text));
    let found = catch_unwind(AssertUnwindSafe(find)).unwrap_or_default();
    let mut named: BTreeSet<(&'static str, String)> = BTreeSet::new();
    for mention in found.mentions.iter().filter(|m| m.proper) {
        let name = &found.names[mention.name];
        let field = match name.kind {
            NameKind::Person => "person",
            NameKind::Organization => "org",
            NameKind::Place => "place",
            NameKind::Other => continue,
        };
        // Under its fullest form too: who is called Lund here is found as Ann Lund.
        named.insert((field, report.text.get(mention.span).to_owned()));
        named.insert((field, report.text.get(name.full).to_owned()));
    }
    named.into_iter().collect()
}

/// Reads a report for the index.
fn indexed((seq, part): (i64, usize), number: u64, report: &Report) -> Indexed {
    Indexed {
        seq,
        part,
        number,
        id: report.id.to_string(),
        title: report.title.clone().unwrap_or_default(),
        text: report.text.as_str().to_owned(),
        outlet: report.outlet.clone(),
        language: report.language.clone(),
        days: report.when().map(|w| (since_1970(w.from()), since_1970(w.to()))),
        names: named(report),
    }
}
