//! An archive: inputs go in with their bytes, and come out again as if they were read for the first time.
//!
//! What the archive knows of a document is its bytes and what came with them; reports are made of those again, by the same
//! code as from files. So the record of an archive is the record of its inputs, whenever and in how many runs they came.

use super::decided::{self, decision};
use super::documents::{self, Documents};
use super::indexing::{self, Batch, New};
use super::intake::{self, Progress, Request, Step, Taken};
use annals_core::record::Decision;
use annals_core::report::{Report, Source};
use annals_ingest::decode::{Capture, Templates, decode};
use annals_store::{Archive, Entry, Error, Fault, Index, Outcome, Part, Tally, Writer, pack};
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::{Duration, Instant};

/// An archive as an input: its documents, and what it says of inputs that gave none.
#[derive(Debug)]
pub(crate) struct Kept {
    documents: Documents,
    rows: Vec<annals_store::Row>,
    /// What people decided.
    pub(crate) decisions: Vec<Decision>,
}

impl Kept {
    /// Takes an archive as it stands or, with `by`, as it stood at that time (RFC 3339, UTC): the runs that had begun and
    /// the decisions that had been taken by then.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn of(archive: Archive, by: Option<&str>) -> anyhow::Result<Kept> {
        let is_then = |at: &str| by.is_none_or(|by| at <= by);
        let until = archive.additions()?.iter().filter(|a| is_then(&a.at)).map(|a| a.id).max().unwrap_or(0);
        let rows = archive.standing(Some(until))?;
        let mut decisions: Vec<Decision> = archive.decisions(is_then)?.into_iter().map(decision).collect();
        let documents = Documents::of(archive)?;
        decided::as_now(&documents, &mut decisions, |_| false)?;
        Ok(Kept { documents, rows, decisions })
    }

    /// Returns how many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Gives its documents and what it says of other inputs, in order, until `give` returns false. Returns whether all went.
    pub(super) fn give(&self, give: &mut dyn FnMut(Step) -> bool) -> bool {
        self.rows.iter().all(|row| {
            let source = Source { path: row.path.clone(), record: row.record.clone() };
            let step = match self.documents.document(row) {
                Ok(Some(document)) => Step::Kept(document, self.documents.templates(row).cloned()),
                // A container that was met again held nothing new; it was kept all the same.
                Ok(None) if row.outcome == Outcome::Known => Step::Said(source, Outcome::Kept, row.reason.clone()),
                Ok(None) => Step::Said(source, row.outcome, row.reason.clone()),
                Err(reason) => Step::Said(source, Outcome::Failed, reason),
            };
            give(step)
        })
    }
}

/// What a run of `add` or `retry` did.
#[derive(Clone, Debug, Default)]
pub(crate) struct Added {
    /// What came in.
    pub(crate) tally: Tally,
    /// Reports that are new.
    pub(crate) reports: u64,
    /// The inputs that failed or were refused, with the reasons.
    pub(crate) complaints: Vec<(Source, Outcome, String)>,
}

/// Inputs of one transaction at most; and the longest that a finished input waits for others.
const TOGETHER: usize = 512;
const PATIENCE: Duration = Duration::from_secs(1);

/// Adds inputs to an archive. `at` is the time, RFC 3339, UTC. After each transaction `kept` is told how far it is: what
/// it is told of is on the disk. What is on the disk goes into the index at once, on a thread of its own.
///
/// # Errors
/// When the archive cannot be written; what `kept` was told of is kept.
pub(crate) fn add(
    writer: &mut Writer,
    request: &Request,
    at: &str,
    kept: impl FnMut(&Added, Progress),
) -> Result<Added, Error> {
    let templates = request.templates.as_ref().map(Templates::to_json);
    let run = writer.begin(at, env!("CARGO_PKG_VERSION"), templates.as_deref())?;
    let index = indexing::open(writer);
    std::thread::scope(|scope| {
        let (sender, batches) = sync_channel(BATCHES);
        let index = index.map(|index| {
            // An index that could not be written lacks what `catch_up` gives it afterwards, or says that it cannot.
            scope.spawn(move || indexing::run(index, &batches));
            sender
        });
        let log = Log {
            writer,
            run,
            index,
            waiting: Vec::new(),
            reports: Vec::new(),
            since: Instant::now(),
            new_in_container: false,
            added: Added::default(),
            failed: None,
        };
        log.take_all(request, kept)
    })
}

/// Transactions that wait to be indexed at most.
const BATCHES: usize = 2;

/// Decodes again what was refused or failed before and whose bytes are kept.
///
/// # Errors
/// When the archive cannot be read or written.
pub(crate) fn retry(writer: &mut Writer, at: &str) -> Result<Added, Error> {
    let rows: Vec<_> = writer.standing(None)?.into_iter().collect();
    let tried = rows.into_iter().filter(|r| matches!(r.outcome, Outcome::Refused | Outcome::Failed));
    let mut added = Added::default();
    let mut entries = Vec::new();
    for row in tried {
        let source = Source { path: row.path.clone(), record: row.record.clone() };
        let Some(bytes) = writer.document(&row)? else {
            added.tally.add(row.outcome);
            added.complaints.push((source, row.outcome, row.reason));
            continue;
        };
        let made = documents::document(&row, bytes).map(|document| entry(&document.capture()).0);
        match made {
            Ok(made) if made.outcome == Outcome::Kept => entries.push(made),
            Ok(made) => {
                added.tally.add(made.outcome);
                added.complaints.push((source, made.outcome, made.reason));
            }
            Err(reason) => {
                added.tally.add(Outcome::Failed);
                added.complaints.push((source, Outcome::Failed, reason));
            }
        }
    }
    if !entries.is_empty() {
        let run = writer.begin(at, env!("CARGO_PKG_VERSION"), None)?;
        for fate in writer.enter(run, &entries)? {
            added.tally.add(fate.outcome);
            added.reports += fate.new.len() as u64;
        }
    }
    Ok(added)
}

/// Entries on their way into the archive.
struct Log<'a> {
    writer: &'a mut Writer,
    run: i64,
    /// Takes what is in the archive; none where it does not go straight into the index.
    index: Option<SyncSender<Batch>>,
    waiting: Vec<Entry>,
    /// Those of each entry that waits.
    reports: Vec<Vec<Report>>,
    since: Instant,
    /// Whether a document since the last container's end was new.
    new_in_container: bool,
    added: Added,
    failed: Option<Error>,
}

impl Log<'_> {
    fn take_all(mut self, request: &Request, mut kept: impl FnMut(&Added, Progress)) -> Result<Added, Error> {
        intake::take(
            request,
            |capture| Ok(vec![entry(capture)]),
            |taken, far| {
                let done = self.take(taken);
                if done {
                    kept(&self.added, far);
                }
                self.failed.is_none()
            },
        );
        if self.failed.is_none() {
            self.write();
        }
        self.failed.map_or(Ok(self.added), Err)
    }

    /// Takes what was made of an input. Returns whether a transaction was finished with it.
    fn take(&mut self, taken: Taken<(Entry, Vec<Report>)>) -> bool {
        let Taken { source, mut outcome, reason, made } = taken;
        let made = made.into_iter().next();
        if made.is_none() && outcome == Outcome::Kept {
            // The end of a container: it is known when all in it was.
            if !self.waiting.is_empty() && !self.write() {
                return false;
            }
            if !std::mem::take(&mut self.new_in_container) {
                outcome = Outcome::Known;
            }
        }
        if self.waiting.is_empty() {
            self.since = Instant::now();
        }
        let alone = || Entry { path: source.path, record: source.record, outcome, reason, document: None };
        let (entry, reports) = made.unwrap_or_else(|| (alone(), Vec::new()));
        self.waiting.push(entry);
        self.reports.push(reports);
        let is_time = self.waiting.len() >= TOGETHER || self.since.elapsed() >= PATIENCE;
        is_time && self.write()
    }

    /// Writes what waits. Returns whether that was done.
    fn write(&mut self) -> bool {
        let (entries, reports) = (std::mem::take(&mut self.waiting), std::mem::take(&mut self.reports));
        let fates = match self.writer.enter(self.run, &entries) {
            Ok(fates) => fates,
            Err(error) => {
                self.failed = Some(error);
                return false;
            }
        };
        let (mut last, mut fresh) = (0, Vec::new());
        for ((entry, reports), fate) in entries.into_iter().zip(reports).zip(fates) {
            last = fate.seq;
            self.added.tally.add(fate.outcome);
            self.added.reports += fate.new.len() as u64;
            self.new_in_container |= fate.outcome != Outcome::Known;
            if matches!(fate.outcome, Outcome::Refused | Outcome::Failed) {
                let source = Source { path: entry.path, record: entry.record };
                self.added.complaints.push((source, fate.outcome, fate.reason));
            }
            let reports = reports.into_iter().enumerate().filter(|(part, _)| fate.new.contains(part));
            fresh.extend(reports.map(|(part, report)| New { seq: fate.seq, part, report }));
        }
        if last > 0 && self.index.as_ref().is_some_and(|index| index.send((last, fresh)).is_err()) {
            self.index = None;
        }
        true
    }
}

/// Decodes a document and packs its bytes. A fault of ours loses its reports, not its bytes.
fn entry(capture: &Capture<'_>) -> (Entry, Vec<Report>) {
    let (outcome, reason, reports) = match catch_unwind(AssertUnwindSafe(|| decode(capture))) {
        Ok(Ok(reports)) => (Outcome::Kept, String::new(), reports),
        Ok(Err(refused)) => (Outcome::Refused, refused.reason, Vec::new()),
        Err(_) => (Outcome::Failed, intake::OUR_FAULT.to_owned(), Vec::new()),
    };
    let parts = reports.iter().map(documents::part).collect();
    let about = documents::about(capture);
    let source = &capture.source;
    let made = |outcome, reason, document| Entry {
        path: source.path.clone(),
        record: source.record.clone(),
        outcome,
        reason,
        document,
    };
    match pack(capture.bytes) {
        Ok(packed) => (made(outcome, reason, Some(annals_store::Document { packed, about, parts })), reports),
        Err(error) => (made(Outcome::Failed, format!("cannot be compressed: {error}"), None), Vec::new()),
    }
}

/// What was checked of an archive.
#[derive(Clone, Debug, Default)]
pub(crate) struct Checked {
    /// What is wrong.
    pub(crate) faults: Vec<Fault>,
    /// Rows of the ledger.
    pub(crate) rows: u64,
    /// Reports.
    pub(crate) reports: u64,
    /// Reports that this version makes otherwise than the version that kept them: no damage.
    pub(crate) notes: Vec<Fault>,
    /// Decisions that name what is not there: no damage.
    pub(crate) idle: Vec<Fault>,
    /// The number and the hash of the last row of the ledger.
    pub(crate) head: Option<(i64, String)>,
}

/// Checks what an archive holds, and that its reports can be made again from their bytes.
///
/// # Errors
/// When it cannot be read at all.
pub(crate) fn verify(archive: Archive) -> anyhow::Result<Checked> {
    let mut checked = Checked { reports: archive.reports().unwrap_or(0), ..Checked::default() };
    archive.verify(|fault| checked.faults.push(fault))?;
    checked.head = archive.head()?;
    if checked.head.is_none() {
        return Ok(checked);
    }
    let mut made: BTreeMap<i64, Vec<Part>> = BTreeMap::new();
    for (seq, _, part) in archive.parts(0)? {
        made.entry(seq).or_default().push(part);
    }
    checked.faults.extend(index_faults(&archive)?);
    let versions: BTreeMap<i64, String> = archive.additions()?.into_iter().map(|a| (a.id, a.version)).collect();
    let mut rows = Vec::new();
    archive.ledger(None, |row| rows.push(row))?;
    let documents = Documents::of(archive)?;
    checked.idle = decided::idle(&documents)?
        .into_iter()
        .map(|(n, what)| Fault { place: format!("decision {n}"), what })
        .collect();
    for row in rows {
        checked.rows += 1;
        let Some(expected) = made.get(&row.seq) else { continue };
        let again = documents.parts(&row);
        let version = versions.get(&row.addition).map_or("", String::as_str);
        let Some(what) = differs(expected, again) else { continue };
        // Another version may read a page better: that is said, and is no damage.
        let place = format!("ledger row {} ({})", row.seq, row.path);
        if version == env!("CARGO_PKG_VERSION") {
            checked.faults.push(Fault { place, what });
        } else {
            checked.notes.push(Fault { place, what: format!("{what}; it was made by version {version}") });
        }
    }
    Ok(checked)
}

/// Holds the index against the reports that it says it covers. An archive without one is not worse for it.
fn index_faults(archive: &Archive) -> anyhow::Result<Vec<Fault>> {
    let Some(index) = Index::open(archive)? else { return Ok(Vec::new()) };
    let (covers, numbered) = index.covers()?;
    let all = archive.parts_between(0, covers)?;
    let expected: BTreeSet<String> = all.into_iter().map(|(.., part)| part.id).collect();
    let found: Vec<String> = index.ids()?;
    let there: BTreeSet<String> = found.iter().cloned().collect();
    let mut faults = Vec::new();
    let mut tell = |count: usize, what: &str| {
        if count > 0 {
            let advice = "it is made again when the folder `index` is deleted";
            faults.push(Fault { place: "index".to_owned(), what: format!("{count} reports {what}; {advice}") });
        }
    };
    tell(expected.difference(&there).count(), "are missing");
    tell(there.difference(&expected).count(), "are in it that the archive does not have");
    tell(found.len() - there.len(), "are in it twice");
    tell(expected.len().abs_diff(numbered as usize), "are counted wrongly");
    Ok(faults)
}

/// Says how the reports made now differ from those kept.
fn differs(kept: &[Part], again: Result<Vec<Part>, String>) -> Option<String> {
    match again {
        Ok(again) if kept.iter().all(|part| again.contains(part)) => None,
        Ok(again) => {
            let gone = kept.iter().filter(|part| !again.contains(part)).count();
            Some(format!("{gone} of its {} reports come out otherwise ({} now)", kept.len(), again.len()))
        }
        Err(why) => Some(format!("its reports cannot be made again: {why}")),
    }
}
