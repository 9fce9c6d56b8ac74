//! What is owed on a day: promises and plans of a record, what came of them, and which fell silent.

use super::brief::Brief;
use annals_core::reading::Status;
use annals_core::record::{Cite, EventRow, Outcome, Record, timeline};
use annals_core::text::Span;
use annals_core::when::{Day, When};
use std::collections::BTreeMap;

/// How a promise or plan stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Standing {
    /// Its day is past, and none of the reports was found to say what came of it.
    Silent,
    /// Its day is still to come.
    Ahead,
    /// No day was named, or it was put off to none.
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
    let copied = timeline::copied(&record.links);
    let settled = settled(record);
    for (n, event) in record.events.iter().enumerate() {
        let promised = event.outcome.is_some() || event.due.is_some();
        let by = event.due.clone().or_else(|| event.when.clone());
        let spread = if promised { SPREAD.1 } else { SPREAD.0 };
        let is_planned = matches!(event.status, Status::Planned | Status::Postponed);
        let has_day = by.as_ref().is_some_and(|w| w.days() <= spread);
        let is_asked_for = if promised { has_day || by.is_none() } else { has_day && is_planned };
        if !is_asked_for || timeline::is_copied(&copied, event) || is_settled_beside(record, &settled, event) {
            continue;
        }
        let heard = event.evidence.cites().iter().filter_map(|c| published(c.report)).max();
        owed.push(Owed { event: n, standing: standing(event, by.as_ref(), as_of), by, heard });
    }
    // A promise and the noun for it are two events of one clause: the one that was answered, else the first, stands.
    let mut seen: BTreeMap<(usize, Option<Day>), Vec<Span>> = BTreeMap::new();
    owed.sort_by_key(|o| (o.standing < Standing::Kept, o.standing));
    owed.retain(|o| {
        let cite = timeline::told(record, &copied, &record.events[o.event]);
        let told = seen.entry((cite.report, o.by.as_ref().map(When::to))).or_default();
        let is_new = !told.iter().any(|span| span.overlaps(cite.span));
        told.push(cite.span);
        is_new
    });
    owed.sort_by_key(|o| {
        let day = o.by.as_ref().map(When::to);
        (o.standing, day.is_none(), day, record.events[o.event].id)
    });
    Due { as_of, owed }
}

/// The passages that tell of an event which was planned and whose end is known, with these events' indices.
type Settled = BTreeMap<Cite, Vec<usize>>;

fn settled(record: &Record) -> Settled {
    let mut settled = Settled::new();
    for (n, event) in record.events.iter().enumerate() {
        let known = matches!(event.status, Status::CalledOff | Status::Held | Status::Postponed);
        if known && event.history.iter().any(|s| s.status == Status::Planned) {
            tellings(record, event).for_each(|cite| settled.entry(cite).or_default().push(n));
        }
    }
    settled
}

/// Says whether the words that plan something tell of another event of that day whose end is known: `will answer questions
/// at a hearing` of a hearing that was called off.
fn is_settled_beside(record: &Record, settled: &Settled, event: &EventRow) -> bool {
    let Some(day) = event.when.as_ref().filter(|_| event.due.is_none()) else { return false };
    tellings(record, event).filter_map(|cite| settled.get(&cite)).flatten().any(|&n| {
        let other = &record.events[n];
        other.id != event.id && other.when.as_ref().is_some_and(|w| w.meets(day))
    })
}

fn tellings<'a>(record: &'a Record, event: &'a EventRow) -> impl Iterator<Item = Cite> + 'a {
    event.tellings.iter().filter_map(|&(report, number)| {
        let told = record.members[report].reading.events.get(number)?;
        Some(Cite { report, span: told.passage })
    })
}

fn standing(event: &EventRow, by: Option<&When>, as_of: Option<Day>) -> Standing {
    match (event.outcome, event.status) {
        (Some(Outcome::Kept), _) => Standing::Kept,
        (Some(Outcome::Missed), _) | (_, Status::CalledOff) => Standing::Missed,
        _ => match (by, as_of) {
            // Put off, and the day it was put off from is past.
            (Some(by), Some(as_of)) if by.to() < as_of && event.status == Status::Postponed => Standing::Undated,
            (Some(by), Some(as_of)) if by.to() < as_of => Standing::Silent,
            (Some(_), _) => Standing::Ahead,
            (None, _) => Standing::Undated,
        },
    }
}
