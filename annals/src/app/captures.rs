//! The bytes behind reports: reads the inputs once more and gives each document that reports were made from.

use super::brief::{Brief, Entry};
use super::intake::{Request, take};
use annals_core::report::ReportId;
use annals_ingest::decode::{Capture, decode};
use anyhow::{Result, anyhow};

/// A document as it came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Received {
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// The address it was fetched from, if its container says so.
    pub(crate) url: Option<String>,
    /// The `Content-Type` it came with, if its container says so.
    pub(crate) content_type: Option<String>,
    /// The day it was fetched, if its container says so.
    pub(crate) captured: Option<String>,
}

/// Gives each document that a report of the record was made from, in the order of the ledger, with its row there.
///
/// # Errors
/// What `give` returns, and when an input is not what it was: the reports are then not those of the record.
pub(crate) fn captures(
    request: &Request,
    brief: &Brief,
    mut give: impl FnMut(&Entry, Received) -> Result<()>,
) -> Result<()> {
    let make = |capture: &Capture<'_>| {
        let reports: Vec<ReportId> = decode(capture)?.iter().map(|r| r.id).collect();
        let received = Received {
            bytes: capture.bytes.to_vec(),
            url: capture.url.map(str::to_owned),
            content_type: capture.content_type.map(str::to_owned),
            captured: capture.captured.map(|day| day.to_string()),
        };
        Ok(vec![(reports, received)])
    };
    let mut entries = brief.ledger.iter();
    let mut done = Ok(());
    take(request, make, |taken, _| {
        let changed = || Err(anyhow!("{} changed while it was read. Run it again", taken.source.path));
        done = match entries.next() {
            Some(entry) if entry.source == taken.source => match taken.made.into_iter().next() {
                _ if entry.reports.is_empty() => Ok(()),
                Some((reports, received)) if has_all(brief, entry, &reports) => give(entry, received),
                _ => changed(),
            },
            _ => changed(),
        };
        done.is_ok()
    });
    done
}

fn has_all(brief: &Brief, entry: &Entry, reports: &[ReportId]) -> bool {
    entry.reports.iter().all(|&n| reports.contains(&brief.record.members[n].report.id))
}
