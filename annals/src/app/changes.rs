//! What changed in a story between two of its records: reports and origins that came, events that are new or stand otherwise,
//! figures with other values, differences that opened, and what newer texts of a page say otherwise.

use super::brief::Brief;
use super::shelf::Holding;
use annals_core::reading::{Figure, Status};
use annals_core::record::revisions::{self, Revised};
use annals_core::record::{
    Difference, EventRow, Evidence, FigureRow, Follows, Matter, Outcome, Record, Relation, RowId,
};
use annals_core::report::{PageId, ReportId};
use annals_core::text::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What changed in one story.
#[derive(Debug)]
pub(crate) struct Changes {
    /// Its record now.
    pub(crate) now: Arc<Brief>,
    /// How many independent origins it had; none if the story is new.
    pub(crate) origins_then: Option<u32>,
    /// The reports that came: places in the record, in the order of the story.
    pub(crate) reports: Vec<usize>,
    /// What changed in its rows.
    pub(crate) changes: Vec<Change>,
}

/// A change. Numbers are places in the tables of the record as it is now.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Change {
    /// An event stands otherwise.
    Status {
        /// The event.
        event: usize,
        /// How it stood.
        from: Status,
    },
    /// Something came of a promise.
    Outcome {
        /// The event.
        event: usize,
    },
    /// An event that no report told of.
    Event {
        /// The event.
        event: usize,
    },
    /// A figure with another value than its series had.
    Figure {
        /// The figure.
        figure: usize,
        /// The value before: a figure of the same series.
        before: usize,
    },
    /// Reports differ where none did.
    Difference {
        /// The difference.
        difference: usize,
    },
    /// A page says otherwise than it did.
    Revision {
        /// The report of the older text.
        old: usize,
        /// The report of the newer text.
        new: usize,
        /// When the newer text was kept: RFC 3339, UTC.
        at: String,
        /// What is not in both.
        revised: Revised,
    },
}

impl Change {
    /// Says whether it is a newer text of a page that gives a figure another value.
    fn has(&self, row: &FigureRow) -> bool {
        match self {
            Change::Revision { new, revised, .. } => {
                *new == row.report && revised.figures.iter().any(|&(_, n)| n == row.figure)
            }
            _ => false,
        }
    }
}

/// Returns what changed in each story since a time (RFC 3339, UTC), in the order of the stories; those without new reports
/// are left out.
pub(crate) fn since(holding: &Holding, time: &str) -> Vec<Changes> {
    let grown = holding.stories.iter().filter(|s| s.kept_at.as_str() > time);
    grown.filter_map(|story| of_story(holding, &story.id, time)).collect()
}

/// Returns what changed in the story of a report since a time.
pub(crate) fn of_story(holding: &Holding, report: &str, time: &str) -> Option<Changes> {
    let now = holding.story(report)?;
    let then = holding.story_by(report, time);
    Some(between(then.as_ref(), now, |id| holding.row_of(id).unwrap_or_default()))
}

/// Compares two records of a story; `row` tells a report's row of the ledger and when it was kept.
fn between<'h>(then: Option<&Brief>, now: Arc<Brief>, row: impl Fn(ReportId) -> (i64, &'h str)) -> Changes {
    let record = &now.record;
    let known: BTreeSet<ReportId> = then.iter().flat_map(|b| &b.record.members).map(|m| m.report.id).collect();
    let is_new = |n: usize| !known.contains(&record.members[n].report.id);
    let order = record.stories.iter().flat_map(|s| s.reports.iter().copied());
    let reports: Vec<usize> = order.filter(|&n| is_new(n)).collect();
    let mut changes = Vec::new();
    if let Some(then) = then {
        let before = Before::of(&then.record);
        changes.extend(events(record, &before));
        changes.extend(figures(record, &is_new));
        changes.extend(differences(record, &then.record));
    }
    let revised = revised(record, &is_new, row);
    // A figure that a page changed is told once, as that.
    changes.retain(|change| match change {
        Change::Figure { figure, .. } => !revised.iter().any(|r| r.has(&record.figures[*figure])),
        _ => true,
    });
    changes.extend(revised);
    let origins_then = then.map(|b| b.record.stories.iter().map(|s| s.origins).sum());
    Changes { origins_then, reports, changes, now }
}

/// The events of a record, by the passages that they rest on.
struct Before<'a> {
    events: BTreeMap<(ReportId, Span), Vec<&'a EventRow>>,
    /// Reports with the rows of timelines.
    told: BTreeSet<RowId>,
}

impl<'a> Before<'a> {
    fn of(record: &'a Record) -> Before<'a> {
        let mut events: BTreeMap<(ReportId, Span), Vec<&EventRow>> = BTreeMap::new();
        for event in &record.events {
            for place in tellings(record, event) {
                events.entry(place).or_default().push(event);
            }
        }
        Before { events, told: record.stories.iter().flat_map(|s| s.timeline.iter().map(|l| l.row)).collect() }
    }
}

/// Returns where an event is told: the report and the word that tells it.
fn tellings(record: &Record, event: &EventRow) -> Vec<(ReportId, Span)> {
    let place = |&(report, n): &(usize, usize)| {
        let member = &record.members[report];
        member.reading.events.get(n).map(|told| (member.report.id, told.trigger))
    };
    event.tellings.iter().filter_map(place).collect()
}

fn events(record: &Record, before: &Before<'_>) -> Vec<Change> {
    let shown: BTreeSet<RowId> = record.stories.iter().flat_map(|s| s.timeline.iter().map(|l| l.row)).collect();
    let mut changes = Vec::new();
    for (n, event) in record.events.iter().enumerate() {
        let same = tellings(record, event).into_iter().find_map(|place| before.events.get(&place)?.first().copied());
        let is_shown = shown.contains(&event.id);
        match same {
            Some(was) if was.status != event.status && (is_shown || before.told.contains(&was.id)) => {
                changes.push(Change::Status { event: n, from: was.status });
            }
            Some(was) if was.outcome != event.outcome && event.outcome.is_some_and(|o| o != Outcome::Open) => {
                changes.push(Change::Outcome { event: n });
            }
            None if is_shown => changes.push(Change::Event { event: n }),
            _ => {}
        }
    }
    changes
}

/// Returns the new reports' figures that give a series a value that it did not have.
fn figures(record: &Record, is_new: &impl Fn(usize) -> bool) -> Vec<Change> {
    let mut series: BTreeMap<RowId, Vec<usize>> = BTreeMap::new();
    for (n, row) in record.figures.iter().enumerate() {
        series.entry(row.series).or_default().push(n);
    }
    let value = |n: usize| -> &Figure {
        let row: &FigureRow = &record.figures[n];
        &record.members[row.report].reading.figures[row.figure]
    };
    let mut changes = Vec::new();
    for rows in series.values() {
        let (new, old): (Vec<usize>, Vec<usize>) = rows.iter().partition(|&&n| is_new(record.figures[n].report));
        let day = |&n: &usize| (value(n).as_of.as_ref().map(|w| w.to()), record.figures[n].report);
        let Some(&before) = old.iter().max_by_key(|n| day(n)) else { continue };
        let had = |low: f64, high: f64| old.iter().any(|&n| (value(n).low, value(n).high) == (low, high));
        let mut given: Vec<(f64, f64)> = Vec::new();
        for figure in new {
            let is = (value(figure).low, value(figure).high);
            // Another count of the same day is a difference, not news of the day.
            if record.figures[figure].follows == Some(Follows::Other) {
                continue;
            }
            if !had(is.0, is.1) && !given.contains(&is) {
                given.push(is);
                changes.push(Change::Figure { figure, before });
            }
        }
    }
    changes
}

/// Returns the differences that rest on passages which no difference rested on. A figure that grew is told as a figure.
fn differences(record: &Record, then: &Record) -> Vec<Change> {
    let places = |record: &Record, evidence: &Evidence| -> BTreeSet<(ReportId, Span)> {
        evidence.cites().iter().map(|c| (record.members[c.report].report.id, c.span)).collect()
    };
    let known: Vec<BTreeSet<(ReportId, Span)>> = then.differences.iter().map(|d| places(then, &d.evidence)).collect();
    let all = record.differences.iter().enumerate();
    let grew = |d: &Difference| d.kind == Matter::Figure && d.relation == Relation::Update;
    let new = all.filter(|(_, d)| !grew(d) && !known.contains(&places(record, &d.evidence)));
    new.map(|(difference, _)| Change::Difference { difference }).collect()
}

/// Compares each new text of a page with the one that came before it.
fn revised<'h>(
    record: &Record,
    is_new: &impl Fn(usize) -> bool,
    row: impl Fn(ReportId) -> (i64, &'h str),
) -> Vec<Change> {
    let mut pages: BTreeMap<PageId, Vec<usize>> = BTreeMap::new();
    for (n, member) in record.members.iter().enumerate() {
        pages.entry(member.report.page).or_default().push(n);
    }
    let mut changes = Vec::new();
    for texts in pages.values_mut().filter(|texts| texts.len() > 1) {
        texts.sort_by_key(|&n| (row(record.members[n].report.id), n));
        for pair in texts.windows(2).filter(|pair| is_new(pair[1])) {
            let revised = revisions::compare(&record.members[pair[0]], &record.members[pair[1]]);
            if !revised.is_nothing() {
                let at = row(record.members[pair[1]].report.id).1.to_owned();
                changes.push(Change::Revision { old: pair[0], new: pair[1], at, revised });
            }
        }
    }
    changes
}
