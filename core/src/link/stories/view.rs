//! What one report sees of the others: the reports near it and those near these, cut into groups.

use super::gather::{JOIN, MATTER, gather};
use super::likeness::{Pair, apart, may_follow};
use super::{Index, Place, Terms, WINDOW};
use std::cmp::Reverse;

/// How much a report that is alone must be like another, whatever the days between, to follow it without a rival.
const UNRIVALLED: i32 = 230;
/// Reports in a view at most.
const SEEN: usize = 40;
/// Later reports near one that a view looks at, the latest before it.
const FOLLOWERS: usize = 64;
/// Comparisons that are remembered of one report; others are made again.
const REMEMBERED: usize = 256;

/// A report within reach of the newest.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) place: Place,
    pub(super) terms: Terms,
    /// Earlier reports near it, best first.
    pub(super) near: Vec<(u32, i32)>,
    /// Later reports that it is near to, in order of place.
    pub(super) followers: Vec<(u32, i32)>,
    /// What its view says of parents.
    pub(super) says: Vec<(u32, Option<u32>)>,
    /// The reports whose parent it is.
    pub(super) children: Vec<u32>,
    /// Earlier reports that it was compared with, by their numbers.
    pairs: Vec<(u32, Pair)>,
}

impl Held {
    pub(super) fn new(terms: Terms, place: Place) -> Held {
        let (near, followers, says, children, pairs) = Default::default();
        Held { place, terms, near, followers, says, children, pairs }
    }

    /// Forgets what can be read and worked out again.
    pub(super) fn unload(&mut self) {
        self.terms.weighed = None;
        self.pairs = Vec::new();
    }

    /// Remembers a comparison with an earlier report.
    pub(super) fn remember(&mut self, earlier: u32, pair: Pair) {
        if self.pairs.len() < REMEMBERED
            && let Err(at) = self.pairs.binary_search_by_key(&earlier, |p| p.0)
        {
            self.pairs.insert(at, (earlier, pair));
        }
    }
}

impl Index {
    /// Takes the view of a report, and notes what it says of the parents of the reports near it and of its own.
    pub(super) fn look(&mut self, report: u32) {
        let seen = self.seen(report);
        let says = self.says(report, &seen);
        if let Some(held) = self.held[report as usize].as_deref_mut() {
            held.says = says;
        }
    }

    /// Returns what a view in which these are seen says of parents.
    pub(super) fn says(&mut self, report: u32, seen: &[u32]) -> Vec<(u32, Option<u32>)> {
        self.work_out(seen);
        let mut groups = gather(seen.len(), |a, b| self.between(seen[a], seen[b]));
        self.join_lone(seen, &mut groups);
        let Some(held) = self.held(report) else { return Vec::new() };
        let at = |r: u32| seen.iter().position(|&s| s == r);
        let whole = |r: u32| self.held(r).is_some_and(|h| h.near.iter().all(|n| n.1 < JOIN || seen.contains(&n.0)));
        let near = held.near.iter().map(|n| n.0);
        let says = [report].into_iter().chain(near.filter(|&r| whole(r))).filter_map(|r| {
            let at = at(r)?;
            let earlier = (0..at).filter(|&e| groups[e] == groups[at]).map(|e| seen[e]);
            let fit = |e: &u32| (self.between(*e, r).score, Reverse(self.place(*e)));
            Some((r, earlier.max_by_key(fit)))
        });
        says.collect()
    }

    /// Returns a report, those near it and the nearest of those near these, in order of place.
    pub(super) fn seen(&self, report: u32) -> Vec<u32> {
        let Some(held) = self.held(report) else { return Vec::new() };
        let mut seen: Vec<u32> = held.near.iter().map(|n| n.0).chain([report]).collect();
        let mut further: Vec<(Reverse<i32>, Place, u32)> = Vec::new();
        for p in held.near.iter().filter_map(|n| self.held(n.0)) {
            let end = p.followers.partition_point(|f| self.place(f.0) < held.place);
            let later = &p.followers[end.saturating_sub(FOLLOWERS)..end];
            further.extend(p.near.iter().chain(later).map(|&(r, score)| (Reverse(score), self.place(r), r)));
        }
        further.retain(|f| held.place.0.saturating_sub(f.1.0) <= WINDOW);
        further.sort_unstable();
        for (_, _, r) in further {
            if seen.len() == SEEN {
                break;
            }
            if !seen.contains(&r) {
                seen.push(r);
            }
        }
        seen.sort_unstable_by_key(|&r| self.place(r));
        seen
    }

    /// Joins reports that are alone to the group of the earlier one that is most like them, if that is of the same day or
    /// the day before, and all that is half as much like them is of that group.
    ///
    /// A column on the fifth day of a strike shares little with the news of it, but with nothing else does it share half as
    /// much. In a stream of one town's shootings, each is somewhat like many that are unlike one another.
    fn join_lone(&self, seen: &[u32], groups: &mut [usize]) {
        for x in 0..seen.len() {
            let Some(held) = self.held(seen[x]).filter(|_| groups.iter().filter(|g| **g == x).count() == 1) else {
                continue;
            };
            let of = |r: u32| seen.iter().position(|&s| s == r).map(|at| groups[at]);
            let Some(&(p, score)) = held.near.first() else { continue };
            let (Some(group), Some(earlier)) = (of(p), self.held(p)) else { continue };
            let like = score + apart(&earlier.terms, &held.terms);
            let is_like = like >= UNRIVALLED && self.between(p, seen[x]).matter >= MATTER;
            let has_rival = held.near.iter().any(|&(q, s)| s * 2 > score && of(q) != Some(group));
            if is_like && !has_rival && may_follow(&earlier.terms, &held.terms) {
                groups[x] = group;
            }
        }
    }

    /// Makes the comparisons among these reports that are not remembered.
    fn work_out(&mut self, seen: &[u32]) {
        for (n, &later) in seen.iter().enumerate() {
            for &earlier in &seen[..n] {
                if self.remembered(earlier, later).is_none() {
                    let pair = self.between(earlier, later);
                    if let Some(later) = self.held[later as usize].as_deref_mut() {
                        later.remember(earlier, pair);
                    }
                }
            }
        }
    }

    fn remembered(&self, earlier: u32, later: u32) -> Option<Pair> {
        let pairs = &self.held(later)?.pairs;
        let at = pairs.binary_search_by_key(&earlier, |p| p.0).ok()?;
        Some(pairs[at].1)
    }

    /// Returns what two reports have in common.
    pub(super) fn between(&self, earlier: u32, later: u32) -> Pair {
        let (Some(a), Some(b)) = (self.held(earlier), self.held(later)) else { return Pair::default() };
        self.remembered(earlier, later).unwrap_or_else(|| Pair::of(&a.terms, &b.terms))
    }
}
