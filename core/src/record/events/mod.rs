//! Events joined across the reports of a story, with their status through time.

mod clause;
mod copies;

pub(super) use clause::{balanced, label_of, opens_alone, reads_well};

use super::evidence::Evidence;
use super::names::Cast;
use super::{Cite, EventRow, Grouping, Member, Outcome, RowId, Step};
use crate::link::Links;
use crate::reading::{Event, Status, Voice};
use crate::text::PartKind;
use crate::when::{Day, When, days_after};
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
    /// Whether it stands in the headline.
    headline: bool,
}

/// Joins the events of all reports. What a copy tells joins what its original tells; the rest is joined within a story,
/// kind and head when nothing speaks against it.
pub fn rows(members: &[Member], links: &Links, grouping: &Grouping, cast: &Cast) -> Vec<EventRow> {
    let repeated = copies::repeated(members, links, grouping);
    let mut followers: BTreeMap<(usize, usize), Vec<Telling<'_>>> = BTreeMap::new();
    let mut blocks: BTreeMap<(usize, &str, &str), Vec<Telling<'_>>> = BTreeMap::new();
    for (report, member) in members.iter().enumerate() {
        for (number, event) in member.reading.events.iter().enumerate() {
            let original = repeated.get(&(report, number));
            let idle = || !deserves_row(event) || is_nobody(member, event) || is_told_beside(member, number);
            if original.is_none() && idle() {
                continue;
            }
            let telling = Telling {
                report,
                event,
                number,
                who: who(member, cast, report, event),
                place: event.place.map(|p| cast.of(report, p)),
                day: member.report.when().map(When::to),
                headline: member.report.text.part(PartKind::Title).is_some_and(|t| t.contains(event.trigger)),
            };
            match original {
                Some(copies::Original::Told(of)) => {
                    followers.entry(*of).or_default().push(telling);
                    continue;
                }
                Some(copies::Original::Untold) => continue,
                None => {}
            }
            blocks.entry((grouping.story[report], event.kind, event.head.as_str())).or_default().push(telling);
        }
    }
    let mut out: Vec<EventRow> = Vec::new();
    for block in blocks.into_values() {
        for group in join(block) {
            let copied: Vec<Telling<'_>> =
                group.iter().filter_map(|t| followers.remove(&(t.report, t.number))).flatten().collect();
            out.extend(row(members, grouping, &group, &copied));
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

/// Says whether a verb only tells what an event noun beside it tells: `will hold a sitting on Monday`.
fn is_told_beside(member: &Member, number: usize) -> bool {
    // A sentence of more events is looked over near by.
    const NEAR: usize = 8;
    let events = &member.reading.events;
    let event = &events[number];
    let beside = |e: &Event| e.passage == event.passage && e.label.contains(event.trigger) && !FAINT.contains(&e.kind);
    event.kind == "other" && events.iter().skip(number.saturating_sub(NEAR)).take(2 * NEAR + 1).any(beside)
}

/// Says whether only nobody does it: `nobody was talking`, which denies nothing that was claimed.
fn is_nobody(member: &Member, event: &Event) -> bool {
    let label = member.reading.words.lower_at(event.label);
    let nobody = ["nobody", "no one", "no-one", "nothing", "none"].iter().any(|w| label.starts_with(w));
    nobody && matches!(event.kind, "other" | "statement")
}

/// Returns the entities that take part, and the place.
fn who(member: &Member, cast: &Cast, report: usize, event: &Event) -> Vec<usize> {
    let names = event.participants.iter().filter(|&&n| n < member.reading.names.names.len());
    let set: BTreeSet<usize> = names.chain(&event.place).map(|&n| cast.of(report, n)).collect();
    set.into_iter().collect()
}

/// Events of one kind and head in one story that a telling is compared with; bounds the work on endless texts.
const MOST_GROUPS: usize = 1_000;

/// Joins the tellings of one block, earliest and most exact first, each to the first group that it fits.
fn join(mut block: Vec<Telling<'_>>) -> Vec<Vec<Telling<'_>>> {
    block.sort_by_key(|t| (day_set(t.event).map_or(u32::MAX, When::days), t.day, t.report, t.event.trigger));
    let mut groups: Vec<Vec<Telling<'_>>> = Vec::new();
    let mut loose: Vec<Telling<'_>> = Vec::new();
    for telling in block {
        let best = groups
            .iter()
            .enumerate()
            .rev()
            .take(MOST_GROUPS)
            .filter_map(|(n, g)| likeness(g, &telling).map(|score| (score, usize::MAX - n)))
            .max();
        match best {
            Some((_, n)) => groups[usize::MAX - n].push(telling),
            None if day_set(telling.event).is_none() && (telling.headline || is_single(telling.event.kind)) => {
                loose.push(telling);
            }
            None => groups.push(vec![telling]),
        }
    }
    for telling in loose {
        match meant(&groups, &telling) {
            Some(n) => groups[n].push(telling),
            None => groups.push(vec![telling]),
        }
    }
    groups
}

/// Kinds of which a story has few: one on one day, and an undated telling of one is likely of the one known.
fn is_single(kind: &str) -> bool {
    matches!(
        kind,
        "meeting"
            | "vote"
            | "sport"
            | "evacuation"
            | "collapse"
            | "strike"
            | "commitment"
            | "trial"
            | "closure"
            | "travel"
    )
}

/// Kinds that last: told as going on or done on other days, they are still the same.
fn is_lasting(kind: &str) -> bool {
    matches!(kind, "strike" | "war" | "closure")
}

/// Returns the one group that an undated telling can mean: the only one that fits; for a headline the latest that fits.
fn meant(groups: &[Vec<Telling<'_>>], telling: &Telling<'_>) -> Option<usize> {
    let told = |day: Option<Day>| !matches!((day, telling.day), (Some(a), Some(b)) if a > b);
    let done = matches!(telling.event.status, Status::Held | Status::Ongoing);
    let recent = |day: Day| telling.day.is_some_and(|d| day <= d && days_after(day, 3) >= d);
    // A plan is off by an undated telling only where nothing else is told as off.
    let known_off = || groups.iter().flatten().any(|t| t.event.status == Status::CalledOff);
    let fits: Vec<(Option<Day>, usize)> = groups
        .iter()
        .enumerate()
        .filter_map(|(n, group)| {
            let near = || group.iter().take(12);
            let latest = near().filter_map(|t| day_set(t.event)).map(When::to).max();
            // A deed is not told before its day, and what was off is told as off.
            let same = near().any(|t| stage(t.event.status) == stage(telling.event.status));
            let set = near().all(|t| t.event.status == Status::Planned);
            let planned = telling.event.status == Status::CalledOff && set && !known_off();
            let kept = done && set && latest.is_some_and(recent);
            let apart = near().any(|t| off_and_done(t.event, telling.event));
            let strange = latest.is_none()
                && !telling.who.is_empty()
                && near().any(|t| !t.who.is_empty())
                && !near().any(|t| t.who.iter().any(|w| telling.who.contains(w)));
            let fits = (same || planned || kept) && !apart && !strange && (!done || told(latest));
            fits.then_some((latest, n))
        })
        .collect();
    let of_report = if telling.headline { !is_single(telling.event.kind) } else { !done };
    if of_report {
        // What a report tells with a day elsewhere; a headline what its report tells below.
        let own = |n: &usize| {
            let near = |t: &&Telling<'_>| {
                t.report == telling.report
                    && stage(t.event.status) == stage(telling.event.status)
                    && day_set(t.event).is_some_and(|w| !telling.headline || recent(w.to()))
            };
            groups[*n].iter().any(|t| near(&t))
        };
        let mut below = fits.iter().map(|(_, n)| *n).filter(own);
        if let (Some(n), None) = (below.next(), below.next()) {
            return Some(n);
        }
    }
    if !is_single(telling.event.kind) {
        return None;
    }
    if let [(_, n)] = fits[..] {
        return (telling.event.kind != "travel").then_some(n);
    }
    let found = fits.into_iter().filter(|(day, _)| day.is_some_and(recent)).max()?;
    (telling.headline && done && telling.event.kind != "travel").then_some(found.1)
}

/// Puts statuses together that tell of the same stage.
fn stage(status: Status) -> u8 {
    match status {
        Status::Held | Status::Ongoing => 2,
        Status::CalledOff => 3,
        Status::Denied => 4,
        Status::Planned | Status::Postponed => 1,
        Status::Unclear => 0,
    }
}

/// Says whether one tells of a thing done that the other tells of as off.
fn off_and_done(a: &Event, b: &Event) -> bool {
    let off = |e: &Event| matches!(e.status, Status::CalledOff | Status::Denied);
    let done = |e: &Event| matches!(e.status, Status::Held | Status::Ongoing);
    off(a) && done(b) || done(a) && off(b)
}

/// Tells how well a telling fits a group; none if something speaks against it.
fn likeness(group: &[Telling<'_>], telling: &Telling<'_>) -> Option<u32> {
    // A block of many reports is looked over from its most exact tellings; the rest add little.
    let near = || group.iter().take(12);
    if near().any(|t| speaks_against(t, telling)) {
        return None;
    }
    let dated = near().filter(|t| day_set(t.event).is_some()).count() as u32;
    let meets = near().filter(|t| meets(t, telling)).count() as u32;
    let moves = near().any(|t| t.event.status == Status::Postponed) || telling.event.status == Status::Postponed;
    let lasts = is_lasting(telling.event.kind)
        && stage(telling.event.status) == 2
        && near().any(|t| stage(t.event.status) == 2 && is_near(t.event, telling.event));
    if day_set(telling.event).is_some() && dated > 0 && meets == 0 && !moves && !lasts {
        return None;
    }
    let shared = near().map(|t| t.who.iter().filter(|w| telling.who.contains(w)).count() as u32).max().unwrap_or(0);
    let named = !telling.who.is_empty() && near().any(|t| !t.who.is_empty());
    // One meeting, vote or race on one day is one event even where reports name other people; attacks and deaths are many.
    let single = meets > 0 && is_single(telling.event.kind) && telling.event.kind != "travel";
    if named && shared == 0 && !single {
        return None;
    }
    let same_report = near().any(|t| t.report == telling.report);
    let bare = day_set(telling.event).is_none() && telling.who.is_empty();
    if bare && dated > 0 && is_single(telling.event.kind) {
        // Which of the days it means is settled when all days are known.
        return None;
    }
    if bare {
        return (same_report || dated == 0 && near().all(|t| t.who.is_empty()) && telling.event.kind != "death")
            .then_some(u32::from(same_report));
    }
    let score = 3 * meets.min(1) + 2 * shared + u32::from(same_report);
    let lasts = lasts && (shared > 0 || !named);
    (meets > 0 || shared > 0 || lasts || same_report && near().any(|t| t.who.is_empty())).then_some(score)
}

/// Returns the day an event is or was set for: the day it was called off says nothing of that.
fn day_set(event: &Event) -> Option<&When> {
    event.when.as_ref().filter(|_| !(event.status == Status::CalledOff && event.when == event.as_of))
}

/// Says whether the days of two tellings meet; of what was put off also the day it had been set for.
fn meets(a: &Telling<'_>, b: &Telling<'_>) -> bool {
    fn days<'a>(t: &'a Telling<'_>) -> impl Iterator<Item = &'a When> {
        day_set(t.event).into_iter().chain(&t.event.was)
    }
    days(a).any(|x| days(b).any(|y| x.meets(y)))
}

/// Says whether two tellings cannot be of one event: apart in days, or one done before the other was planned.
fn speaks_against(a: &Telling<'_>, b: &Telling<'_>) -> bool {
    let (x, y) = (a.event, b.event);
    if x.head != y.head {
        return true;
    }
    let moved = x.status == Status::Postponed || y.status == Status::Postponed;
    let both = day_set(x).is_some() && day_set(y).is_some();
    let lasts = is_lasting(x.kind) && stage(x.status) == 2 && stage(y.status) == 2;
    let bridged = moved || lasts && is_near(x, y);
    if both && !meets(a, b) && !bridged {
        return true;
    }
    // `a raid in answer to a strike`: two words of one sentence for what there are many of are two deeds.
    let one_sentence = a.report == b.report && x.passage == y.passage && x.trigger != y.trigger;
    if one_sentence && !is_single(x.kind) && x.when != y.when {
        return true;
    }
    // What a report tells as done lies before its own day.
    let too_early = |told: &Telling<'_>, set: &Event| {
        stage(told.event.status) == 2
            && matches!((told.day, day_set(set)), (Some(day), Some(when)) if when.from() > day)
    };
    if too_early(a, y) || too_early(b, x) {
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
    // What is set after it was called off is set anew, and another event.
    let (off_first, set_anew) = if x.status == Status::CalledOff { (a, b) } else { (b, a) };
    let later = matches!((off_first.day, set_anew.day), (Some(o), Some(p)) if p > o)
        || x.passage == y.passage && a.report == b.report && x.trigger != y.trigger && set_anew.event.when.is_some();
    if off_first.event.status == Status::CalledOff && set_anew.event.status == Status::Planned && later && !meets(a, b)
    {
        return true;
    }
    // A meeting called off is not the one held on another day, nor one held on no known day.
    let off = |e: &Event| e.status == Status::CalledOff;
    (off(x) && done(y) || off(y) && done(x)) && !both
}

/// Says whether two days of something that lasts are near: guess: four weeks.
fn is_near(x: &Event, y: &Event) -> bool {
    let (Some(a), Some(b)) = (&x.when, &y.when) else { return false };
    days_after(a.from(), 28) >= b.to() && days_after(b.from(), 28) >= a.to()
}

/// Makes a row of the tellings of one event, and of those of copies, which add evidence alone.
fn row(members: &[Member], grouping: &Grouping, group: &[Telling<'_>], copied: &[Telling<'_>]) -> Option<EventRow> {
    let best = group.iter().min_by_key(|t| {
        let who = u32::MAX - t.who.len() as u32;
        let length = t.event.label.len().abs_diff(70);
        (t.event.when.is_none(), t.event.voice != Voice::Outlet, length / 30, who, t.report, t.event.trigger)
    })?;
    let all = || group.iter().chain(copied);
    let evidence = Evidence::of(all().map(|t| Cite { report: t.report, span: t.event.passage }))?;
    let mut history = history(members, group);
    for telling in copied {
        let step = history.iter_mut().find(|s| s.status == telling.event.status);
        if let Some(step) = step {
            step.evidence.join(&Evidence::one(telling.report, telling.event.passage));
        }
    }
    let status = history.last().map_or(Status::Unclear, |s| s.status);
    let label = group.iter().filter(|t| t.event.status == status).min_by_key(|t| {
        let length = t.event.label.len().abs_diff(70);
        let voice = t.event.voice != Voice::Outlet;
        (!reads_well(&members[t.report], t.event), voice, length / 30, t.report, t.event.trigger)
    });
    let label = label.unwrap_or(best);
    let participants: BTreeSet<usize> = group.iter().flat_map(|t| t.who.iter().copied()).collect();
    let support = evidence.support(members, grouping);
    let due = group.iter().find_map(|t| t.event.due.clone());
    let kind = best.event.kind;
    Some(EventRow {
        id: RowId::new('e', members[label.report].report.id, label.event.trigger, kind),
        kind,
        label: Cite { report: label.report, span: label_of(&members[label.report], label.event) },
        participants: participants.into_iter().collect(),
        place: group.iter().find_map(|t| t.place),
        when: when(group, status),
        status,
        outcome: outcome(&due, status, kind),
        due,
        history,
        tellings: {
            let mut tellings: Vec<(usize, usize)> = all().map(|t| (t.report, t.number)).collect();
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
    let set = group.iter().any(|t| day_set(t.event).is_some());
    if group.iter().any(|t| is_lasting(t.event.kind)) {
        // Of what lasts, the day that it began.
        let days = group.iter().filter_map(|t| t.event.when.as_ref());
        return days.min_by_key(|w| (w.from(), w.days())).cloned();
    }
    for telling in latest.into_iter().chain(others) {
        let own = if set { day_set(telling.event) } else { telling.event.when.as_ref() };
        let Some(when) = own else { continue };
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
            // A plan for a day gone by was made before that day: `the hearing that was set for last Friday`.
            let gone = |w: &When| t.day.is_some_and(|d| w.to() < d);
            if t.event.status == Status::Planned && t.event.when.as_ref().is_some_and(gone) {
                return (None, rank(t.event.status), t, None);
            }
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
