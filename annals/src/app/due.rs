//! What is owed on a day: promises and plans of a record, what came of them, and which fell silent.

use super::brief::Brief;
use annals_core::reading::Status;
use annals_core::record::{EventRow, Outcome, timeline};
use annals_core::when::{Day, When};

/// How a promise or plan stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Standing {
    /// Its day is past, and no report says what came of it.
    Silent,
    /// Its day is still to come.
    Ahead,
    /// No day was named.
    Undated,
    /// A report says that it was done.
    Kept,
    /// A report says that it was not done, or that it was called off.
    Missed,
}

impl Standing {
    /// Returns the name in JSON.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Standing::Silent => "silent",
            Standing::Ahead => "ahead",
            Standing::Undated => "undated",
            Standing::Kept => "kept",
            Standing::Missed => "missed",
        }
    }
}

/// Something owed.
#[derive(Clone, Debug)]
pub(crate) struct Owed {
    /// The event: index into the record's events.
    pub(crate) event: usize,
    /// How it stands.
    pub(crate) standing: Standing,
    /// By when, or when.
    pub(crate) by: Option<When>,
    /// The day of the last report that speaks of it.
    pub(crate) heard: Option<Day>,
}

/// What is owed, and as of when.
pub(crate) struct Due {
    /// The day it is looked at from: the one asked for, else that of the last report.
    pub(crate) as_of: Option<Day>,
    /// By standing, then by day.
    pub(crate) owed: Vec<Owed>,
}

/// Days that a plan may be spread over and still have a day on which to ask for it; guess: a month for what is set, and a
/// quarter of a year for what is promised.
const SPREAD: (u32, u32) = (31, 92);

/// Returns what a record's reports promise or plan, as it stands on a day.
pub(crate) fn due(brief: &Brief, as_of: Option<Day>) -> Due {
    let record = &brief.record;
    let published = |report: usize| record.members[report].report.when().map(When::to);
    let as_of = as_of.or_else(|| (0..record.members.len()).filter_map(published).max());
    let mut owed: Vec<Owed> = Vec::new();
    for (n, event) in record.events.iter().enumerate() {
        let promised = event.outcome.is_some() || event.due.is_some();
        let by = event.due.clone().or_else(|| event.when.clone());
        let spread = if promised { SPREAD.1 } else { SPREAD.0 };
        let is_planned = matches!(event.status, Status::Planned | Status::Postponed);
        let has_day = by.as_ref().is_some_and(|w| w.days() <= spread);
        let is_asked_for = if promised { has_day || by.is_none() } else { has_day && is_planned };
        if !is_asked_for || timeline::is_copied(record, event) {
            continue;
        }
        let heard = event.evidence.cites().iter().filter_map(|c| published(c.report)).max();
        owed.push(Owed { event: n, standing: standing(event, by.as_ref(), as_of), by, heard });
    }
    owed.sort_by_key(|o| {
        let day = o.by.as_ref().map(When::to);
        (o.standing, day.is_none(), day, record.events[o.event].id)
    });
    Due { as_of, owed }
}

fn standing(event: &EventRow, by: Option<&When>, as_of: Option<Day>) -> Standing {
    match (event.outcome, event.status) {
        (Some(Outcome::Kept), _) => Standing::Kept,
        (Some(Outcome::Missed), _) | (_, Status::CalledOff) => Standing::Missed,
        _ => match (by, as_of) {
            (Some(by), Some(as_of)) if by.to() < as_of => Standing::Silent,
            (Some(_), _) => Standing::Ahead,
            (None, _) => Standing::Undated,
        },
    }
}
