//! Where independent reports give one event another day, or say otherwise whether it took place.
//!
//! A day is read wrong more often than reports differ in it. So only events of which a story has few are compared, only days
//! that the passages print, and nothing is a difference that one report tells as two events. What copies repeat says nothing.

use super::differences::spell;
use super::names::Cast;
use super::turns::name;
use super::{Cite, Difference, EventRow, Evidence, Grouping, Matter, Member, Relation};
use crate::reading::dates::Anchor;
use crate::reading::syntax::Xpos;
use crate::reading::{Event, NameKind, Status};
use crate::when::{Day, When};
use std::collections::{BTreeMap, BTreeSet};

/// Days that two tellings of what took place may lie apart to be of one event. guess: a day is mistaken by few.
const FARTHEST: i32 = 3;
/// The same of what is set: days by which it may be moved. guess: as above.
const FARTHEST_MOVE: i32 = 60;
/// Days after an event in which a report still is news of it. guess: later ones recall it.
const FRESH: i32 = 5;
/// Days between two reports of which one is less exact than the other: what is told months later recalls. guess.
const ALIKE: i32 = 14;
/// Fewest days of an interval that is less exact than a day: a week.
const WIDE: u32 = 5;

/// A telling of an event by an original.
#[derive(Clone, Copy)]
struct Told<'a> {
    report: usize,
    event: &'a Event,
    published: Day,
}

/// Returns a difference for each event that independent reports give another day, the day or only the month, or tell of as
/// done and as off.
pub(super) fn find(
    members: &[Member],
    grouping: &Grouping,
    cast: &Cast,
    copied: &BTreeSet<usize>,
    events: &[EventRow],
) -> Vec<Difference> {
    let desk = Desk { members, grouping, cast, copied };
    let mut found: Vec<Difference> = events.iter().filter(|e| e.kind != "other").flat_map(|e| desk.of_row(e)).collect();
    let mut alike: BTreeMap<(usize, &str, &str), Vec<&EventRow>> = BTreeMap::new();
    for row in events.iter().filter(|e| is_single(e.kind)) {
        let Some((report, number)) = row.tellings.first() else { continue };
        let head = members[*report].reading.events[*number].head.as_str();
        alike.entry((grouping.story[*report], row.kind, head)).or_default().push(row);
    }
    for rows in alike.values().filter(|rows| rows.len() > 1) {
        found.extend(desk.of_two(rows));
    }
    found
}

/// Kinds of which a story has one on a day.
fn is_single(kind: &str) -> bool {
    matches!(kind, "meeting" | "vote" | "sport" | "evacuation" | "collapse" | "strike" | "trial" | "closure")
}

struct Desk<'a> {
    members: &'a [Member],
    grouping: &'a Grouping,
    cast: &'a Cast,
    copied: &'a BTreeSet<usize>,
}

impl<'a> Desk<'a> {
    /// The tellings of a row by originals, in order of their days.
    fn told(&self, row: &EventRow) -> Vec<Told<'a>> {
        let original = |&&(report, _): &&(usize, usize)| !self.copied.contains(&report);
        let tellings = row.tellings.iter().filter(original);
        let mut told: Vec<Told<'_>> = tellings
            .filter_map(|&(report, number)| {
                let event = self.members[report].reading.events.get(number).filter(|e| !e.negated)?;
                Some(Told { report, event, published: self.members[report].report.when().and_then(When::exact)? })
            })
            .collect();
        told.sort_by_key(|t| (t.published, self.members[t.report].report.id, t.event.trigger));
        told
    }

    fn independent(&self, a: &Told<'_>, b: &Told<'_>) -> bool {
        self.grouping.independent[a.report] != self.grouping.independent[b.report]
    }

    fn source(&self, t: &Told<'_>) -> String {
        format!("{}, {}", self.members[t.report].report.called(), spell(&When::day(t.published)))
    }

    /// What reports differ in that tell one row.
    fn of_row(&self, row: &EventRow) -> Option<Difference> {
        let told = self.told(row);
        self.stands(row, &told).or_else(|| self.narrower(row, &told))
    }

    /// One tells it as done, the other as called off or denied, both when it was over.
    fn stands(&self, row: &EventRow, told: &[Told<'a>]) -> Option<Difference> {
        let over = |t: &&Told<'_>| day(t.event).is_some_and(|d| t.published >= d);
        let done = told.iter().filter(over).filter(|t| matches!(t.event.status, Status::Held | Status::Ongoing));
        let off = |t: &&Told<'_>| matches!(t.event.status, Status::CalledOff | Status::Denied);
        let pair = |a: &Told<'a>| {
            let rival = |b: &&Told<'_>| self.independent(a, b) && day(b.event) == day(a.event) && b.event.was.is_none();
            told.iter().filter(over).filter(off).find(rival).map(|b| (*a, *b))
        };
        let (a, b) = done.filter(|t| self.prints(t)).find_map(pair)?;
        let became = if b.event.status == Status::Denied { "denied" } else { "called off" };
        let note = format!(
            "{} on {}: took place ({}), {became} ({}).",
            name(self.members, a.report, a.event),
            spell(&When::day(day(a.event)?)),
            self.source(&a),
            self.source(&b)
        );
        self.difference(Matter::Status, vec![row.id], Relation::Contradict, note, [a, b])
    }

    /// One names the day, the other the week or month that it lies in.
    fn narrower(&self, row: &EventRow, told: &[Told<'a>]) -> Option<Difference> {
        // "So far this month" is a count up to now, not a day that is told less exactly.
        let open = |t: &Told<'_>, w: &When| w.to() >= t.published && w.from() < t.published;
        let wide =
            |t: &&Told<'_>| t.event.when.as_ref().is_some_and(|w| (WIDE..=31).contains(&w.days()) && !open(t, w));
        let pair = |a: &Told<'a>| {
            let exact = |b: &&Told<'_>| {
                let inside = |d: Day| a.event.when.as_ref().is_some_and(|w| w.from() <= d && d <= w.to());
                let of_one_time = days_between(a.published, b.published) <= ALIKE && a.event.status == b.event.status;
                let parted = self.is_many(a) && !self.is_many(b);
                of_one_time && !parted && self.independent(a, b) && day(b.event).is_some_and(inside) && self.prints(b)
            };
            told.iter().find(exact).map(|b| (*b, *a))
        };
        let (exact, wide) = told.iter().filter(wide).find_map(pair)?;
        let note = format!(
            "{}: {} ({}), {} ({}); both can be right.",
            name(self.members, exact.report, exact.event),
            spell(exact.event.when.as_ref()?),
            self.source(&exact),
            spell(wide.event.when.as_ref()?),
            self.source(&wide)
        );
        self.difference(Matter::Date, vec![row.id], Relation::Narrower, note, [exact, wide])
    }

    /// Differences of day between rows of one kind and head of a story.
    fn of_two(&self, rows: &[&EventRow]) -> Vec<Difference> {
        let mut found = Vec::new();
        for (n, &a) in rows.iter().enumerate() {
            for &b in rows[n + 1..].iter().take(40) {
                // A third day makes it a series of events.
                let third = |r: &&&EventRow| r.id != a.id && r.id != b.id && r.when.is_some() && self.is_of_one(a, r);
                if self.is_of_one(a, b) && !rows.iter().any(|r| third(&r)) {
                    found.extend(self.of_days(a, b));
                }
            }
        }
        found
    }

    /// Says whether two rows may be of one event: no report tells both, they share who takes part, and neither names somebody
    /// whom the other leaves out while it names others: "met the mayor", "met the owners".
    fn is_of_one(&self, a: &EventRow, b: &EventRow) -> bool {
        let reports = |r: &EventRow| -> BTreeSet<usize> { r.tellings.iter().map(|t| t.0).collect() };
        let shared = a.participants.iter().filter(|p| b.participants.contains(p)).count();
        let who = |r: &EventRow| -> BTreeSet<usize> {
            let is_place = |p: &usize| self.cast.entities[*p].kind == NameKind::Place;
            r.participants.iter().copied().filter(|p| !is_place(p)).collect()
        };
        let (x, y) = (who(a), who(b));
        let fewest = a.participants.len().min(b.participants.len());
        let within = x.is_subset(&y) || y.is_subset(&x);
        reports(a).is_disjoint(&reports(b)) && within && shared > 0 && (shared >= 2 || shared == fewest)
    }

    fn of_days(&self, a: &EventRow, b: &EventRow) -> Option<Difference> {
        let pick = |row: &EventRow| self.told(row).into_iter().find(|t| self.prints(t));
        let (mut first, mut second) = (pick(a)?, pick(b)?);
        let (mut a, mut b) = (a, b);
        if second.published < first.published {
            std::mem::swap(&mut first, &mut second);
            std::mem::swap(&mut a, &mut b);
        }
        let (x, y) = (day(first.event)?, day(second.event)?);
        let apart = days_between(x, y);
        if x == y || !self.independent(&first, &second) {
            return None;
        }
        let all = |row: &EventRow, status: Status| self.told(row).iter().all(|t| t.event.status == status);
        let fresh = |t: &Told<'_>, day: Day| t.published >= day && days_between(day, t.published) <= FRESH;
        let event = name(self.members, first.report, first.event);
        if all(a, Status::Held) && all(b, Status::Held) {
            let one = apart <= FARTHEST && fresh(&first, x) && fresh(&second, y);
            let note = format!(
                "{event}: on {} ({}), on {} ({}).",
                spell(&When::day(x)),
                self.source(&first),
                spell(&When::day(y)),
                self.source(&second)
            );
            return one
                .then(|| self.difference(Matter::Date, vec![a.id, b.id], Relation::Contradict, note, [first, second]))
                .flatten();
        }
        // What was set is set for another day before it came.
        let set = all(a, Status::Planned) && all(b, Status::Planned) && apart <= FARTHEST_MOVE;
        if !set || second.published > x || first.published > x {
            return None;
        }
        let (relation, then) = match first.published == second.published {
            true => (Relation::Contradict, "for"),
            false => (Relation::Update, "then for"),
        };
        let note = format!(
            "{event} set for {} ({}), {then} {} ({}).",
            spell(&When::day(x)),
            self.source(&first),
            spell(&When::day(y)),
            self.source(&second)
        );
        self.difference(Matter::Date, vec![a.id, b.id], relation, note, [first, second])
    }

    /// Says whether a telling names several: "as many as four fires".
    fn is_many(&self, told: &Told<'_>) -> bool {
        let syntax = &self.members[told.report].reading.syntax;
        syntax.inside(told.event.trigger).any(|n| syntax.nodes[n].xpos == Xpos::Nns)
    }

    /// Says whether the passage of a telling prints its day, and not as one counted from another.
    fn prints(&self, told: &Told<'_>) -> bool {
        let times = &self.members[told.report].reading.times;
        let from = times.partition_point(|t| t.span.start() < told.event.passage.start());
        let inside = times[from..].iter().take_while(|t| t.span.end() <= told.event.passage.end());
        let day = day(told.event);
        day.is_some()
            && inside
                .filter(|t| !matches!(t.anchor, Some(Anchor::Words(_))))
                .any(|t| t.when.as_ref().and_then(When::exact) == day)
    }

    fn difference(
        &self,
        kind: Matter,
        rows: Vec<super::RowId>,
        relation: Relation,
        note: String,
        of: [Told<'_>; 2],
    ) -> Option<Difference> {
        let cites = of.map(|t| Cite { report: t.report, span: t.event.passage });
        Some(Difference { kind, rows, relation, note, evidence: Evidence::of(cites)? })
    }
}

/// The day of an event, if one is told.
fn day(event: &Event) -> Option<Day> {
    event.when.as_ref().and_then(When::exact)
}

fn days_between(a: Day, b: Day) -> i32 {
    a.until(b).map_or(i32::MAX, |d| d.get_days().abs())
}
