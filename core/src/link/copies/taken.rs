//! A report that a person says was taken from another: its row, and what the two texts share.

use super::code::Code;
use super::overlap::{self, Side};
use super::passages;
use crate::link::{Article, CopyKind, CopyOf, Shared, Sourcing, words};

/// Says of reports that they are taken from others; no such pairs may close a ring among themselves. Found links that would
/// close one with them give way: an original keeps what else was taken from it.
pub fn join(sourcing: &[&Sourcing], copies: &mut Vec<CopyOf>, pairs: &[(usize, usize)]) {
    for &(report, of) in pairs {
        if let Some(known) = copies.iter_mut().find(|c| (c.report, c.of) == (report, Some(of))) {
            (known.decided, known.certain) = (true, true);
        }
    }
    for &(report, of) in pairs {
        if copies.iter().any(|c| (c.report, c.of) == (report, Some(of))) {
            continue;
        }
        // The first found step that the original makes towards its own copy.
        while let Some(back) = way(copies, of, report).and_then(|way| way.into_iter().find(|&at| !copies[at].decided)) {
            copies.remove(back);
        }
        copies.push(CopyOf {
            report,
            of: Some(of),
            origin: sourcing[of].outlet.clone(),
            kind: CopyKind::Rewrite,
            containment: None,
            certain: true,
            decided: true,
            passages: Vec::new(),
            credits: Vec::new(),
        });
    }
    copies.sort_by_key(|copy| copy.report);
}

/// Returns the steps by which a report was taken from another, shortest way; none if it was not.
fn way(copies: &[CopyOf], report: usize, from: usize) -> Option<Vec<usize>> {
    // Each report that was met, with the place of the one before it here, and the step from that.
    let mut met = vec![(report, 0, 0)];
    let mut at = 0;
    while met.get(at)?.0 != from {
        let here = met[at].0;
        for (step, copy) in copies.iter().enumerate().filter(|(_, c)| c.report == here) {
            if let Some(of) = copy.of.filter(|of| met.iter().all(|m| m.0 != *of)) {
                met.push((of, at, step));
            }
        }
        at += 1;
    }
    let mut steps = Vec::new();
    while at > 0 {
        steps.push(met[at].2);
        at = met[at].1;
    }
    steps.reverse();
    Some(steps)
}

/// Says whether a report is another one, or was taken from it, be it through others.
pub fn rests_on(copies: &[CopyOf], report: usize, on: usize) -> bool {
    way(copies, report, on).is_some()
}

/// Compares a report with the one that it is taken from: the kind of copy, the share of its words that stand there in
/// permille, and the passages shared. Nothing shared is a rewrite.
pub fn compare(here: &Article<'_>, there: &Article<'_>) -> (CopyKind, u16, Vec<Shared>) {
    let (here, there) = (words::body(here), words::body(there));
    let places = |words: &words::Words| -> Vec<(u32, u32)> { words.words.iter().map(|w| (w.start, w.end)).collect() };
    let (places_here, places_there) = (places(&here), places(&there));
    let (here, there) = (Code::of(&here), Code::of(&there));
    let cut = |ranges| passages::spans(&places_here, &places_there, ranges);
    let mut shared: Vec<Shared> = passages::runs(&here, &there).into_iter().filter_map(cut).collect();
    let overlap = overlap::compare(&Side::of(&here), &there).unwrap_or_default();
    // In two texts that have little in common, a sentence's nearest partner is chance.
    if shared.len() < 3 && overlap.is_reworded() {
        shared.extend(overlap::sentences(&here, &there).into_iter().filter_map(cut));
    }
    // What the shorter says in the words of the longer counts as found, too.
    let (own, other) = (here.words.len().max(1), there.words.len().max(1));
    let loosely = (usize::from(overlap.loosely) * own.min(other) / own) as u16;
    let kind = if overlap.is_word_for_word() { overlap::kind(overlap.here, overlap.there) } else { CopyKind::Rewrite };
    (kind, overlap.here.max(loosely), shared)
}
