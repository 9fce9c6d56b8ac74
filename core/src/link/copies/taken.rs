//! A report that a person says was taken from another: its row, and what the two texts share.

use super::code::Code;
use super::overlap::{self, Side};
use super::passages;
use crate::link::{Article, CopyKind, CopyOf, Shared, Sourcing, words};

/// Says that a report is taken from another. A link the other way round gives way: the original keeps what else was taken
/// from it.
pub fn join(sourcing: &[&Sourcing], copies: &mut Vec<CopyOf>, (report, of): (usize, usize)) {
    if let Some(known) = copies.iter_mut().find(|c| (c.report, c.of) == (report, Some(of))) {
        (known.decided, known.certain) = (true, true);
        return;
    }
    if rests_on(copies, of, report) {
        // The step that the original makes towards its own copy.
        let back = copies.iter().position(|c| c.report == of && c.of.is_some_and(|up| rests_on(copies, up, report)));
        back.into_iter().for_each(|at| drop(copies.remove(at)));
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
    copies.sort_by_key(|copy| copy.report);
}

/// Says whether a report is another one, or was taken from it, be it through others.
pub fn rests_on(copies: &[CopyOf], report: usize, on: usize) -> bool {
    let mut met = vec![report];
    let mut at = 0;
    while at < met.len() && met[at] != on {
        let from = copies.iter().filter(|c| c.report == met[at]).filter_map(|c| c.of);
        let new: Vec<usize> = from.filter(|of| !met.contains(of)).collect();
        met.extend(new);
        at += 1;
    }
    at < met.len()
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
