//! What is owed as JSON: each promise or plan with its standing and its event's row.

use super::{Event, LedgerRow, Shaper};
use crate::app::brief::Brief;
use crate::app::due::Due;
use serde::Serialize;

/// The answer of `annals due --json`.
#[derive(Serialize)]
pub(crate) struct DueJson<'a> {
    as_of: Option<String>,
    owed: Vec<OwedJson<'a>>,
    ledger: Vec<LedgerRow<'a>>,
}

#[derive(Serialize)]
struct OwedJson<'a> {
    standing: &'static str,
    by: Option<super::When>,
    heard: Option<String>,
    event: Event<'a>,
}

/// Gives what is owed its shape.
pub(crate) fn due<'a>(brief: &'a Brief, due: &Due) -> DueJson<'a> {
    let shaper = Shaper::new(brief);
    let owed = due.owed.iter().map(|o| OwedJson {
        standing: o.standing.name(),
        by: o.by.as_ref().map(super::interval),
        heard: o.heard.map(|d| d.to_string()),
        event: shaper.event(&brief.record.events[o.event]),
    });
    DueJson {
        as_of: due.as_of.map(|d| d.to_string()),
        owed: owed.collect(),
        ledger: brief.ledger.iter().map(|e| shaper.entry(e)).collect(),
    }
}
