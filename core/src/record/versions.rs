//! Statements of a copy and of its original that stand at the same place: versions of one utterance, however reworded.
//!
//! A rewriter swaps words and keeps the order, so the passages that both reports share tell where the others belong.

use super::Member;
use crate::link::{CopyOf, Links};
use crate::reading::{Speech, Statement};
use crate::text::Span;

/// Bytes from the nearest shared passage beyond which places are not compared. guess: a paragraph of a wire story.
const REACH: i64 = 700;
/// The least share of the shorter content that must lie in the other's place, in percent. guess.
const OVERLAP: i64 = 50;

/// Pairs of statements compared for one copy; beyond that a report is no news story. guess: 400 statements a side.
const MOST_PAIRS: usize = 160_000;

/// A statement: the report (index into the members) and its number in the reading.
pub(super) type Told = (usize, usize);

/// Returns the pairs of statements of a copy and its original that are versions of one utterance, copy first, sorted.
pub(super) fn pairs(members: &[Member], links: &Links) -> Vec<(Told, Told)> {
    let mut pairs = Vec::new();
    for copy in &links.copies {
        let Some(of) = copy.of.filter(|of| *of != copy.report) else { continue };
        let anchors = anchors(copy);
        let here = &members[copy.report].reading.statements;
        let there = &members[of].reading.statements;
        if here.len().saturating_mul(there.len()) > MOST_PAIRS {
            continue;
        }
        let fits = |a: &Statement, b: &Statement| {
            let quoted = |s: &Statement| s.kind == Speech::Direct;
            let overlap = if quoted(a) == quoted(b) { overlap(&anchors, whole(a)?, whole(b)?)? } else { return None };
            (overlap >= OVERLAP).then_some(overlap)
        };
        let best = |a: &Statement, others: &[Statement], turned: bool| {
            let rated = others.iter().enumerate().filter_map(|(n, b)| {
                let fit = if turned { fits(b, a) } else { fits(a, b) };
                Some((fit?, std::cmp::Reverse(n)))
            });
            rated.max().map(|(_, n)| n.0)
        };
        for (n, a) in here.iter().enumerate() {
            if let Some(m) = best(a, there, false)
                && best(&there[m], here, true) == Some(n)
            {
                pairs.push(((copy.report, n), (of, m)));
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The stretch from the first to the last word of what was said.
fn whole(statement: &Statement) -> Option<Span> {
    statement.content.iter().copied().reduce(Span::cover)
}

/// The shared passages that stand in the same order in both, as (here, there); longest first decides.
fn anchors(copy: &CopyOf) -> Vec<(Span, Span)> {
    let mut anchors: Vec<(Span, Span)> = Vec::new();
    for shared in &copy.passages {
        let in_order = anchors.iter().all(|(here, there)| {
            (shared.here.end() <= here.start() && shared.there.end() <= there.start())
                || (shared.here.start() >= here.end() && shared.there.start() >= there.end())
        });
        if in_order {
            anchors.push((shared.here, shared.there));
        }
    }
    anchors.sort_unstable();
    anchors
}

/// Returns where a byte of the copy belongs in the original; none far from every shared passage.
fn place(anchors: &[(Span, Span)], at: usize) -> Option<i64> {
    let n = anchors.partition_point(|(here, _)| here.start() <= at);
    let at = at as i64;
    let before = n.checked_sub(1).map(|n| anchors[n]);
    let after = anchors.get(n);
    if let Some((here, there)) = before.filter(|(here, _)| at <= here.end() as i64) {
        let inside = at - here.start() as i64;
        return Some(there.start() as i64 + inside.min(there.len() as i64));
    }
    match (before, after) {
        (Some((h, t)), Some((next_h, next_t))) => {
            let (gap, other) = ((next_h.start() - h.end()) as i64, (next_t.start() as i64 - t.end() as i64).max(0));
            let inside = at - h.end() as i64;
            // A gap twice as long on one side holds something that the other leaves out.
            let alike = other * 2 + 120 >= gap && gap * 2 + 120 >= other;
            (alike && gap <= 2 * REACH).then(|| t.end() as i64 + inside * other / gap.max(1))
        }
        (Some((h, t)), None) => {
            let inside = at - h.end() as i64;
            (inside <= REACH).then_some(t.end() as i64 + inside)
        }
        (None, Some((h, t))) => {
            let inside = h.start() as i64 - at;
            (inside <= REACH).then_some(t.start() as i64 - inside)
        }
        (None, None) => None,
    }
}

/// Returns how much of the shorter of two stretches lies where the other belongs, in percent.
fn overlap(anchors: &[(Span, Span)], here: Span, there: Span) -> Option<i64> {
    let (from, to) = (place(anchors, here.start())?, place(anchors, here.end())?);
    let (start, end) = (there.start() as i64, there.end() as i64);
    let shorter = (to - from).min(end - start).max(1);
    // Twice as long is another statement that covers the place too.
    if (to - from).max(end - start) > 2 * shorter + 60 {
        return None;
    }
    Some((to.min(end) - from.max(start)).max(0) * 100 / shorter)
}
