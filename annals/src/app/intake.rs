//! From inputs to reports: lists the inputs, opens containers, decodes documents on all cores, accounts for each.
//!
//! One thread reads, the others decode, a few batches at a time: an archive of any size takes little memory.

use super::archive::Kept;
use annals_core::report::Source;
use annals_ingest::decode::{Capture, Refused, Templates};
use annals_ingest::source;
use annals_ingest::unpack::{Columns, Document, Item, Limits, walk};
pub(crate) use annals_store::Outcome;
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};

/// What to read, and how much of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Request {
    /// Files, folders, `-`.
    pub(crate) inputs: Vec<String>,
    /// Archives: what they hold is decoded again, with the frames that were known when it came.
    pub(crate) archives: Vec<Arc<Kept>>,
    /// The most that is read of one input.
    pub(crate) limits: Limits,
    /// Which columns of tables to take.
    pub(crate) columns: Columns,
    /// What is known of the sites' frames.
    pub(crate) templates: Option<Templates>,
}

/// One input, or one document of a container, with what was made of its reports.
#[derive(Clone, Debug)]
pub(crate) struct Taken<T> {
    /// Where it was found.
    pub(crate) source: Source,
    /// What became of it.
    pub(crate) outcome: Outcome,
    /// Why it was refused or failed; of a container, what it held. Empty for a document that was kept.
    pub(crate) reason: String,
    /// What was made of its reports.
    pub(crate) made: Vec<T>,
}

/// What is said of a document on which this program broke down.
pub(super) const OUR_FAULT: &str = "internal error in reading this input; please report it";

/// Documents of one batch at most, and bytes: enough for all cores, little for the memory.
const BATCH: usize = 256;
const BATCH_BYTES: usize = 16 << 20;

/// Reads all inputs; hands each, in the order of their names, to `keep`, which says whether to go on.
///
/// `make` runs on all cores, once a document. A fault of ours in one document costs that document alone.
pub(crate) fn take<T: Send>(
    request: &Request,
    make: impl Fn(&Capture<'_>) -> Result<Vec<T>, Refused> + Sync,
    mut keep: impl FnMut(Taken<T>, Progress) -> bool,
) {
    let found = source::find(&request.inputs);
    let of = found.len() + request.archives.iter().map(|a| a.rows()).sum::<usize>();
    let (sender, batches) = sync_channel::<Vec<Step>>(2);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut batch = Batch { steps: Vec::new(), bytes: 0, sender, is_closed: false };
            for one in &found {
                let account = walk(one, &request.limits, &request.columns, &mut |item| batch.push(Step::Item(item)));
                let account = account.map(|a| (a.documents > 0, a.account()));
                if !batch.push(Step::End(one.source.clone(), account)) {
                    return;
                }
            }
            for archive in &request.archives {
                if !archive.give(&mut |step| batch.push(step)) {
                    return;
                }
            }
            batch.send();
        });
        let mut done = 0;
        for batch in batches {
            let taken: Vec<(Option<Taken<T>>, usize)> =
                batch.into_par_iter().map(|step| step.take(request, &make)).collect();
            for (taken, ended) in taken {
                done += ended;
                if taken.is_some_and(|taken| !keep(taken, Progress { done, of })) {
                    return;
                }
            }
        }
    });
}

/// Inputs read, of all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Progress {
    /// How many are read.
    pub(crate) done: usize,
    /// How many there are.
    pub(crate) of: usize,
}

/// What the reading thread hands on.
pub(super) enum Step {
    Item(Item),
    /// An input is read; of a container, whether it held documents and its account.
    End(Source, Option<(bool, String)>),
    /// A document of an archive, with the frames of sites known when it came.
    Kept(Document, Option<Arc<Templates>>),
    /// What an archive says of an input that gave no document.
    Said(Source, Outcome, String),
}

struct Batch {
    steps: Vec<Step>,
    bytes: usize,
    sender: SyncSender<Vec<Step>>,
    is_closed: bool,
}

impl Batch {
    /// Returns false when nobody takes more.
    fn push(&mut self, step: Step) -> bool {
        if self.is_closed {
            return false;
        }
        self.bytes += match &step {
            Step::Item(Item::Document(document)) => document.bytes.len(),
            Step::Kept(document, _) => document.bytes.len(),
            _ => 0,
        };
        self.steps.push(step);
        self.steps.len() < BATCH && self.bytes < BATCH_BYTES || self.send()
    }

    fn send(&mut self) -> bool {
        self.bytes = 0;
        self.is_closed = self.sender.send(std::mem::take(&mut self.steps)).is_err();
        !self.is_closed
    }
}

impl Step {
    /// Returns the row it makes, and how many inputs end with it.
    fn take<T>(
        self,
        request: &Request,
        make: &impl Fn(&Capture<'_>) -> Result<Vec<T>, Refused>,
    ) -> (Option<Taken<T>>, usize) {
        let row = |source, outcome, reason| Some(Taken { source, outcome, reason, made: Vec::new() });
        match self {
            Step::Item(Item::Document(document)) => (Some(made(&document, request.templates.as_ref(), make)), 0),
            Step::Kept(document, templates) => (Some(made(&document, templates.as_deref(), make)), 1),
            Step::Said(source, outcome, reason) => (row(source, outcome, reason), 1),
            Step::Item(Item::Lost { source, reason }) => (row(source, Outcome::Failed, reason), 0),
            Step::End(source, Some((true, account))) => (row(source, Outcome::Kept, account), 1),
            Step::End(source, Some((false, account))) => (row(source, Outcome::Refused, account), 1),
            Step::End(_, None) => (None, 1),
        }
    }
}

fn made<T>(
    document: &Document,
    templates: Option<&Templates>,
    make: &impl Fn(&Capture<'_>) -> Result<Vec<T>, Refused>,
) -> Taken<T> {
    let source = document.source.clone();
    let capture = Capture { templates, ..document.capture() };
    let (outcome, reason, made) = match catch_unwind(AssertUnwindSafe(|| make(&capture))) {
        Ok(Ok(made)) => (Outcome::Kept, String::new(), made),
        Ok(Err(refused)) => (Outcome::Refused, refused.reason, Vec::new()),
        Err(_) => (Outcome::Failed, OUR_FAULT.into(), Vec::new()),
    };
    Taken { source, outcome, reason, made }
}
