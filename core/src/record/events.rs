//! Events joined across the reports of a story, with their status through time.

use super::evidence::Evidence;
use super::names::Cast;
use super::{Cite, EventRow, Grouping, Member, Outcome, RowId, Step};
use crate::reading::{Event, Status, Voice};
use crate::when::{Day, When};
use std::collections::{BTreeMap, BTreeSet};

/// One report's telling of an event, with what is compared.
struct Telling<'a> {
    /// Which report, and which event of it.
    report: usize,
    event: &'a Event,
    number: usize,
    /// Entities, sorted.
    who: Vec<usize>,
    place: Option<usize>,
    /// The latest day of the report.
    day: Option<Day>,
}

/// Joins the events of all reports. Tellings of one story, kind and head are joined when nothing speaks against it.
pub fn rows(members: &[Member], grouping: &Grouping, cast: &Cast) -> Vec<EventRow> {
    let mut blocks: BTreeMap<(usize, &str, &str), Vec<Telling<'_>>> = BTreeMap::new();
    for (report, member) in members.iter().enumerate() {
        for (number, event) in member.reading.events.iter().enumerate() {
            if !deserves_row(event) || is_nobody(member, event) {
                continue;
            }
            let telling = Telling {
                report,
                event,
                number,
                who: who(member, cast, report, event),
                place: event.place.map(|p| cast.of(report, p)),
                day: member.report.when().map(When::to),
            };
            blocks.entry((grouping.story[report], event.kind, event.head.as_str())).or_default().push(telling);
        }
    }
    let mut out: Vec<EventRow> = Vec::new();
    for block in blocks.into_values() {
        for group in join(block) {
            out.extend(row(members, grouping, &group));
        }
    }
    out.sort_by_key(|r| r.id);
    out.dedup_by_key(|r| r.id);
    out
}

/// Kinds that only count as news where they are set, put off, called off or denied.
const FAINT: &[&str] = &[
    "other",
    "statement",
    "start",
    "end",
    "offer",
    "increase",
    "cut",
    "move",
    "build",
    "disclosure",
    "commitment",
    "order",
];

/// Says whether an event is worth a row: no generalities, no words only named in passing.
fn deserves_row(event: &Event) -> bool {
    let marked = matches!(event.status, Status::Postponed | Status::CalledOff | Status::Denied);
    if event.kind == "commitment" {
        return event.due.is_some() || event.when.is_some() && event.status == Status::Planned;
    }
    if FAINT.contains(&event.kind) {
        let dated = event.when.is_some() && !event.participants.is_empty();
        return marked && event.kind != "statement"
            || event.status == Status::Denied
            || event.kind != "statement" && event.status == Status::Planned && dated;
    }
    match event.status {
        Status::Unclear => {
            !event.participants.is_empty() && event.certainty != crate::reading::Certainty::Certain
                || event.when.is_some()
        }
        Status::Held | Status::Ongoing => {
            event.when.is_some() || !event.participants.is_empty() || event.voice == Voice::Outlet
        }
        _ => true,
    }
}

/// Says whether only nobody does it: `nobody was talking`, which denies nothing that was claimed.
fn is_nobody(member: &Member, event: &Event) -> bool {
    let label = member.reading.words.lower_at(event.label);
    event.kind == "other" && (label.starts_with("nobody") || label.starts_with("nothing") || label.starts_with("none"))
}

/// Returns the entities that take part, and the place.
fn who(member: &Member, cast: &Cast, report: usize, event: &Event) -> Vec<usize> {
    let names = event.participants.iter().filter(|&&n| n < member.reading.names.names.len());
    let set: BTreeSet<usize> = names.chain(&event.place).map(|&n| cast.of(report, n)).collect();
    set.into_iter().collect()
}

/// Joins the tellings of one block, earliest and most exact first, each to the first group that it fits.
fn join(mut block: Vec<Telling<'_>>) -> Vec<Vec<Telling<'_>>> {
    block.sort_by_key(|t| (t.event.when.as_ref().map_or(u32::MAX, When::days), t.day, t.report, t.event.trigger));
    let mut groups: Vec<Vec<Telling<'_>>> = Vec::new();
    for telling in block {
        let best = groups
            .iter()
            .enumerate()
            .filter_map(|(n, g)| likeness(g, &telling).map(|score| (score, usize::MAX - n)))
            .max();
        match best {
            Some((_, n)) => groups[usize::MAX - n].push(telling),
            None => groups.push(vec![telling]),
        }
    }
    groups
}

/// Tells how well a telling fits a group; none if something speaks against it.
fn likeness(group: &[Telling<'_>], telling: &Telling<'_>) -> Option<u32> {
    // A block of many reports is looked over from its most exact tellings; the rest add little.
    let near = || group.iter().take(12);
    if near().any(|t| speaks_against(t, telling)) {
        return None;
    }
    let dated = near().filter(|t| t.event.when.is_some()).count() as u32;
    let meets = near().filter(|t| meets(t, telling)).count() as u32;
    let moves = near().any(|t| t.event.status == Status::Postponed) || telling.event.status == Status::Postponed;
    if telling.event.when.is_some() && dated > 0 && meets == 0 && !moves {
        return None;
    }
    let shared = near().map(|t| t.who.iter().filter(|w| telling.who.contains(w)).count() as u32).max().unwrap_or(0);
    let named = !telling.who.is_empty() && near().any(|t| !t.who.is_empty());
    // One meeting, vote or race on one day is one event even where reports name other people; attacks and deaths are many.
    let single = meets > 0
        && matches!(
            telling.event.kind,
            "meeting" | "vote" | "sport" | "evacuation" | "collapse" | "strike" | "commitment"
        );
    if named && shared == 0 && !single {
        return None;
    }
    let same_report = near().any(|t| t.report == telling.report);
    let bare = telling.event.when.is_none() && telling.who.is_empty();
    if bare {
        return (same_report || dated == 0 && near().all(|t| t.who.is_empty()) && telling.event.kind != "death")
            .then_some(u32::from(same_report));
    }
    let score = 3 * meets.min(1) + 2 * shared + u32::from(same_report);
    (meets > 0 || shared > 0 || same_report && near().any(|t| t.who.is_empty())).then_some(score)
}

/// Says whether the days of two tellings meet.
fn meets(a: &Telling<'_>, b: &Telling<'_>) -> bool {
    matches!((&a.event.when, &b.event.when), (Some(x), Some(y)) if x.meets(y))
}

/// Says whether two tellings cannot be of one event: apart in days, or one done before the other was planned.
fn speaks_against(a: &Telling<'_>, b: &Telling<'_>) -> bool {
    let (x, y) = (a.event, b.event);
    if x.head != y.head {
        return true;
    }
    let moved = x.status == Status::Postponed || y.status == Status::Postponed;
    let both = x.when.is_some() && y.when.is_some();
    if both && !meets(a, b) && !moved {
        return true;
    }
    let done = |e: &Event| matches!(e.status, Status::Held | Status::Ongoing);
    let open = |e: &Event| matches!(e.status, Status::Planned | Status::Unclear | Status::Postponed);
    if done(x) != done(y) && (open(x) || open(y)) {
        // A plan and what came of it are joined only by the day they share, and the plan must have been told first.
        let (plan, deed) = if done(x) { (b, a) } else { (a, b) };
        let told_first = match (plan.day, deed.day) {
            (Some(p), Some(d)) => p <= d,
            _ => true,
        };
        let clear = plan.event.status != Status::Unclear || plan.report == deed.report;
        return !(both && told_first && clear);
    }
    // A meeting called off is not the one held on another day, nor one held on no known day.
    let off = |e: &Event| e.status == Status::CalledOff;
    (off(x) && done(y) || off(y) && done(x)) && !both
}

/// Makes a row of the tellings of one event.
fn row(members: &[Member], grouping: &Grouping, group: &[Telling<'_>]) -> Option<EventRow> {
    let best = group.iter().min_by_key(|t| {
        let who = u32::MAX - t.who.len() as u32;
        let length = t.event.label.len().abs_diff(70);
        (t.event.when.is_none(), t.event.voice != Voice::Outlet, length / 30, who, t.report, t.event.trigger)
    })?;
    let evidence = Evidence::of(group.iter().map(|t| Cite { report: t.report, span: t.event.passage }))?;
    let history = history(members, group);
    let status = history.last().map_or(Status::Unclear, |s| s.status);
    let label = group.iter().filter(|t| t.event.status == status).min_by_key(|t| {
        let length = t.event.label.len().abs_diff(70);
        (t.event.voice != Voice::Outlet, length / 30, t.report, t.event.trigger)
    });
    let label = label.unwrap_or(best);
    let participants: BTreeSet<usize> = group.iter().flat_map(|t| t.who.iter().copied()).collect();
    let support = evidence.support(members, grouping);
    let due = group.iter().find_map(|t| t.event.due.clone());
    let kind = best.event.kind;
    Some(EventRow {
        id: RowId::new('e', members[label.report].report.id, label.event.trigger, kind),
        kind,
        label: Cite { report: label.report, span: label.event.label },
        participants: participants.into_iter().collect(),
        place: group.iter().find_map(|t| t.place),
        when: when(group, status),
        status,
        outcome: outcome(&due, status, kind),
        due,
        history,
        tellings: {
            let mut tellings: Vec<(usize, usize)> = group.iter().map(|t| (t.report, t.number)).collect();
            tellings.sort_unstable();
            tellings
        },
        support,
        evidence,
    })
}

/// What came of a promise: kept when told as done.
fn outcome(due: &Option<When>, status: Status, kind: &str) -> Option<Outcome> {
    let outcome = match status {
        Status::Held => Outcome::Kept,
        Status::CalledOff => Outcome::Missed,
        _ => Outcome::Open,
    };
    (due.is_some() || kind == "commitment").then_some(outcome)
}

/// Returns the narrowest interval that the tellings agree on; those with the latest status count first.
fn when(group: &[Telling<'_>], status: Status) -> Option<When> {
    let (latest, others): (Vec<&Telling<'_>>, Vec<&Telling<'_>>) = group.iter().partition(|t| t.event.status == status);
    let mut found: Option<When> = None;
    for telling in latest.into_iter().chain(others) {
        let Some(when) = &telling.event.when else { continue };
        found = match found {
            None => Some(when.clone()),
            Some(known) => Some(known.common(when).unwrap_or(known)),
        };
    }
    found
}

/// Orders the statuses by the day they are told of, else by the day of their report; one step a change.
fn history(members: &[Member], group: &[Telling<'_>]) -> Vec<Step> {
    let mut told: Vec<(Option<Day>, u8, &Telling<'_>, Option<When>)> = group
        .iter()
        .map(|t| {
            let published = members[t.report].report.when();
            let held = t.event.when.clone().filter(|_| matches!(t.event.status, Status::Held | Status::Ongoing));
            let as_of = t.event.as_of.clone().or(held).or_else(|| published.cloned());
            // A report cannot tell of a status later than itself.
            let day = match (&as_of, t.day) {
                (Some(w), Some(d)) => Some(w.to().min(d)),
                (Some(w), None) => Some(w.to()),
                (None, d) => d,
            };
            (day, rank(t.event.status), t, as_of)
        })
        .collect();
    told.sort_by_key(|t| (t.0, t.1, t.2.report, t.2.event.trigger));
    let clear = told.iter().any(|(_, _, t, _)| t.event.status != Status::Unclear);
    let mut steps: Vec<Step> = Vec::new();
    for (_, _, telling, as_of) in told {
        let status = telling.event.status;
        if clear && status == Status::Unclear {
            continue;
        }
        let evidence = Evidence::one(telling.report, telling.event.passage);
        // What was called off, put off or held is not planned again by an older plan told later on the same day.
        match steps.iter_mut().rev().find(|s| s.status == status) {
            Some(step) => step.evidence.join(&evidence),
            None => steps.push(Step { status, as_of, evidence }),
        }
    }
    steps
}

/// Orders statuses told of one day.
fn rank(status: Status) -> u8 {
    match status {
        Status::Unclear => 0,
        Status::Planned => 1,
        Status::Ongoing => 2,
        Status::Postponed => 3,
        Status::CalledOff => 4,
        Status::Denied => 5,
        Status::Held => 6,
    }
}
