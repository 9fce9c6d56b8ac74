//! Where a later report tells that what an earlier one of another origin told as set is off, or set for another day.
//!
//! Both stand in one event, so that nothing is compared that may be two: what was called off and set anew is another event
//! ([`super::events`]). A plan that was kept is no difference, nor is what copies repeat.

use super::differences::spell;
use super::{Cite, Difference, EventRow, Evidence, Grouping, Matter, Member, Relation};
use crate::reading::syntax::Upos;
use crate::reading::{Event, Status};
use crate::when::{Day, When};
use std::collections::BTreeSet;

/// Returns an update for each event that was called off, or put off to another day, behind what an independent report told.
pub fn find(members: &[Member], grouping: &Grouping, copied: &BTreeSet<usize>, events: &[EventRow]) -> Vec<Difference> {
    events.iter().filter(|e| e.kind != "other").filter_map(|row| of_row(members, grouping, copied, row)).collect()
}

/// A telling of an event by an original, with the day of its report.
struct Told<'a> {
    report: usize,
    event: &'a Event,
    day: Day,
}

fn of_row(members: &[Member], grouping: &Grouping, copied: &BTreeSet<usize>, row: &EventRow) -> Option<Difference> {
    let mut told: Vec<Told<'_>> = row
        .tellings
        .iter()
        .filter(|(report, _)| !copied.contains(report))
        .filter_map(|&(report, number)| {
            let event = members[report].reading.events.get(number).filter(|e| !e.negated)?;
            Some(Told { report, event, day: members[report].report.when().and_then(When::exact)? })
        })
        .collect();
    told.sort_by_key(|t| (t.day, members[t.report].report.id, t.event.trigger));
    let exact = |e: &Event| e.when.as_ref().filter(|w| w.exact().is_some()).cloned();
    let before = told.iter().find(|t| t.event.status == Status::Planned && exact(t.event).is_some())?;
    let day = exact(before.event)?;
    let apart =
        |t: &&Told<'_>| t.day > before.day && grouping.independent[t.report] != grouping.independent[before.report];
    let put_off = |t: &&Told<'_>| t.event.status == Status::Postponed && exact(t.event).is_some_and(|w| !w.meets(&day));
    let off = told.iter().filter(apart).find(|t| t.event.status == Status::CalledOff);
    let moved = || told.iter().filter(apart).find(put_off);
    let (after, kind, became) = match off {
        Some(off) => (off, Matter::Status, "then called off".to_owned()),
        None => {
            let moved = moved()?;
            (moved, Matter::Date, format!("then for {}", spell(&exact(moved.event)?)))
        }
    };
    let source = |t: &Told<'_>| format!("{}, {}", members[t.report].report.called(), spell(&When::day(t.day)));
    let note = format!(
        "{} set for {} ({}), {became} ({}).",
        name(members, before.report, before.event),
        spell(&day),
        source(before),
        source(after)
    );
    let cite = |t: &Told<'_>| Cite { report: t.report, span: t.event.passage };
    Some(Difference {
        kind,
        rows: vec![row.id],
        relation: Relation::Update,
        note,
        evidence: Evidence::of([cite(before), cite(after)])?,
    })
}

/// Returns what to call an event as a report tells it: its noun, else its clause in quotation marks.
pub(super) fn name(members: &[Member], report: usize, event: &Event) -> String {
    let member = &members[report];
    let syntax = &member.reading.syntax;
    let word = member.report.text.get(event.trigger);
    let is_noun = syntax.inside(event.trigger).any(|n| syntax.nodes[n].upos == Upos::Noun);
    if !is_noun {
        return format!("“{}”", member.report.text.get(event.label));
    }
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
