//! Which telling of an original a copy's telling repeats: by the passages shared, else by kind, status, day and order.

use super::{day_set, stage};
use crate::link::{CopyKind, CopyOf, Links};
use crate::reading::Event;
use crate::record::{Grouping, Member};
use crate::text::Span;
use std::collections::BTreeMap;

/// What an original says where its copy tells an event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Original {
    /// The same event: (report, number).
    Told((usize, usize)),
    /// Nothing: the rewriting made it up or turned it around.
    Untold,
}

/// Originals of originals followed: guards against rings.
const DEPTH: usize = 8;

/// Tellings looked over on either side of the place where a copy's should stand.
const REACH: usize = 24;

/// Returns for the tellings of copies what their originals tell.
pub(super) fn repeated(members: &[Member], links: &Links, grouping: &Grouping) -> BTreeMap<(usize, usize), Original> {
    let mut direct: BTreeMap<(usize, usize), Original> = BTreeMap::new();
    for copy in &links.copies {
        let Some(of) = copy.of.filter(|&of| grouping.story[of] == grouping.story[copy.report]) else { continue };
        for (number, event) in members[copy.report].reading.events.iter().enumerate() {
            let found = counterpart(members, copy, of, number, event);
            if let Some(found) = found {
                direct.entry((copy.report, number)).or_insert(found);
            }
        }
    }
    let keys: Vec<(usize, usize)> = direct.keys().copied().collect();
    keys.into_iter().map(|key| (key, root(&direct, key))).collect()
}

/// Follows a copy of a copy to its original.
fn root(direct: &BTreeMap<(usize, usize), Original>, key: (usize, usize)) -> Original {
    let mut at = key;
    for _ in 0..DEPTH {
        match direct.get(&at) {
            Some(Original::Told(of)) => at = *of,
            Some(Original::Untold) => return Original::Untold,
            None => break,
        }
    }
    Original::Told(at)
}

/// Returns the telling of the original that stands where the copy's stands; else one of its kind near that place.
fn counterpart(members: &[Member], copy: &CopyOf, of: usize, number: usize, event: &Event) -> Option<Original> {
    let theirs = &members[of].reading.events;
    let mut shared = false;
    let mut best: Option<(u32, usize)> = None;
    for passage in copy.passages.iter().filter(|p| p.here.overlaps(event.trigger)) {
        shared = true;
        let (from, end) = place(passage.here, passage.there, event.trigger);
        let first = theirs.partition_point(|e| e.trigger.start() < from);
        let inside = theirs.iter().enumerate().skip(first).take_while(|(_, e)| e.trigger.start() < end);
        for (n, other) in inside.take(2 * REACH) {
            if let Some(score) = likeness(event, other)
                && best.is_none_or(|(known, _)| score > known)
            {
                best = Some((score, n));
            }
        }
    }
    if best.is_none() {
        best = by_order(members, copy.report, of, number, event);
    }
    match best {
        Some((_, n)) => Some(Original::Told((of, n))),
        None => (shared && copy.kind == CopyKind::Rewrite).then_some(Original::Untold),
    }
}

/// Returns where a telling of a long shared passage stands in the original: about as far from its start, in bytes.
fn place(here: Span, there: Span, trigger: Span) -> (usize, usize) {
    // Guess: a passage of up to some sentences is taken whole; in a longer one the place is known to some sentences.
    const WHOLE: usize = 700;
    if there.len() <= WHOLE {
        return (there.start(), there.end());
    }
    let at = there.start() + (trigger.start().max(here.start()) - here.start());
    let low = at.saturating_sub(WHOLE / 2).clamp(there.start(), there.end());
    let high = (at + WHOLE / 2).clamp(low, there.end());
    (low, high)
}

/// Looks for a telling of one kind, stage and day, near the same place in the order of tellings.
fn by_order(members: &[Member], report: usize, of: usize, number: usize, event: &Event) -> Option<(u32, usize)> {
    if matches!(event.kind, "other" | "statement") {
        return None;
    }
    let (ours, theirs) = (members[report].reading.events.len(), &members[of].reading.events);
    let at = number * theirs.len() / ours.max(1);
    let low = at.saturating_sub(REACH);
    let near = theirs.iter().enumerate().skip(low).take(2 * REACH);
    near.filter_map(|(n, other)| {
        let score = likeness(event, other).filter(|s| *s >= ENOUGH)?;
        Some((score, n.abs_diff(at), n))
    })
    .max_by_key(|(score, far, n)| (*score, usize::MAX - far, usize::MAX - n))
    .map(|(score, _, n)| (score, n))
}

/// What kind, stage and head weigh together.
const ENOUGH: u32 = 6;

/// Tells how much two tellings are alike; none where they cannot be of one event.
fn likeness(a: &Event, b: &Event) -> Option<u32> {
    if let (Some(x), Some(y)) = (day_set(a), day_set(b))
        && !x.meets(y)
    {
        return None;
    }
    let off = |e: &Event| matches!(stage(e.status), 3 | 4);
    if off(a) != off(b) {
        return None;
    }
    let kind = a.kind == b.kind;
    let loose = kind || matches!(a.kind, "other" | "commitment") || matches!(b.kind, "other" | "commitment");
    loose.then(|| {
        4 * u32::from(kind)
            + 2 * u32::from(a.head == b.head)
            + 2 * u32::from(stage(a.status) == stage(b.status))
            + u32::from(a.when.is_some() && b.when.is_some())
    })
}
