//! Reports that a person says are no copies of each other: the ties that keep them in one origin, cut where one of the two
//! hangs on the rest.

use super::origins::{self, Tie};
use crate::link::sets::{find, unite};
use crate::link::{CopyOf, Sourcing};

/// Two reports that are of two origins, as a person decided: the first leaves what ties it to the second, with its own copies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Apart {
    /// The report that leaves.
    pub report: usize,
    /// The other.
    pub from: usize,
}

/// A tie that was cut: the reports that it held together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Cut {
    /// For which of those that are apart: an index.
    pub apart: usize,
    /// One end: that which leaves, or what a person tied to it.
    pub report: usize,
    /// The other.
    pub with: usize,
}

/// Takes out the copies that tie what is `apart`, whatever newsrooms the reports name. Returns what was cut.
pub fn part(sourcing: &[&Sourcing], copies: &mut Vec<CopyOf>, apart: &[Apart]) -> Vec<Cut> {
    let mut ties: Vec<Tie> = copies.iter().filter_map(|copy| origins::taken(sourcing, copy)).collect();
    let cuts = cut(&mut ties, sourcing.len(), apart);
    take_out(sourcing, copies, &cuts);
    cuts
}

/// Takes the copies out whose ties were cut. A report that names a newsroom as where its text is from still does.
pub(in crate::link) fn take_out(sourcing: &[&Sourcing], copies: &mut Vec<CopyOf>, cuts: &[Cut]) {
    for cut in cuts {
        let is_cut = |c: &CopyOf| {
            let pair = c.of.map(|of| (c.report, of));
            pair.is_some_and(|pair| pair == (cut.report, cut.with) || pair == (cut.with, cut.report))
        };
        let Some(at) = copies.iter().position(is_cut) else { continue };
        let copy = copies.remove(at).report;
        let named = sourcing[copy].named.as_ref().filter(|_| copies.iter().all(|c| c.report != copy));
        copies.splice(at..at, named.map(|named| origins::credited(copy, named)));
    }
}

/// Cuts the counted ties of what leaves that lead to what it is apart from; what a person tied to it leaves with it.
pub(super) fn cut(ties: &mut Vec<Tie>, reports: usize, apart: &[Apart]) -> Vec<Cut> {
    let mut cuts = Vec::new();
    for (n, one) in apart.iter().enumerate() {
        let mut decided: Vec<usize> = (0..reports).collect();
        ties.iter().filter(|t| t.decided).for_each(|t| unite(&mut decided, t.report, t.with));
        let group = find(&mut decided, one.report);
        let leaves: Vec<bool> = (0..reports).map(|r| find(&mut decided, r) == group).collect();
        let mut rest: Vec<usize> = (0..reports).collect();
        let is_rest = |t: &&Tie| t.is_counted() && !leaves[t.report] && !leaves[t.with];
        ties.iter().filter(is_rest).for_each(|t| unite(&mut rest, t.report, t.with));
        let stays = find(&mut rest, one.from);
        ties.retain(|tie| {
            let (report, with) = match (leaves[tie.report], leaves[tie.with]) {
                (true, false) => (tie.report, tie.with),
                (false, true) => (tie.with, tie.report),
                _ => return true,
            };
            let is_cut = tie.is_counted() && find(&mut rest, with) == stays;
            if is_cut {
                cuts.push(Cut { apart: n, report, with });
            }
            !is_cut
        });
    }
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}

/// Takes out the ties that are not counted and would join what is apart if they were.
pub(super) fn keep_apart(ties: &mut Vec<Tie>, reports: usize, apart: &[Apart]) {
    if apart.is_empty() {
        return;
    }
    let mut root: Vec<usize> = (0..reports).collect();
    ties.iter().filter(|t| t.is_counted()).for_each(|t| unite(&mut root, t.report, t.with));
    ties.retain(|tie| {
        if tie.is_counted() {
            return true;
        }
        let ends = [find(&mut root, tie.report), find(&mut root, tie.with)];
        let joins = |one: &Apart, root: &mut [usize]| {
            let apart = [find(root, one.report), find(root, one.from)];
            ends[0] != ends[1] && (apart == ends || apart == [ends[1], ends[0]])
        };
        let is_kept = !apart.iter().any(|one| joins(one, &mut root));
        if is_kept {
            unite(&mut root, tie.report, tie.with);
        }
        is_kept
    });
}
