//! What one report sees of the others: the reports near it and those near these, cut into groups.

use super::gather::{JOIN, MATTER, gather};
use super::likeness::may_follow;
use super::pairs::{Among, Row};
use super::{Index, Place, Terms, WINDOW};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The least cosine of all terms by which a report that is alone follows another without a rival, in permille: by ages and
/// figures, two cases of one day are alike.
const UNRIVALLED: i16 = 200;
/// Reports in a view at most.
const SEEN: usize = 40;
/// Later reports near one that a view looks at, the latest before it.
const FOLLOWERS: usize = 64;

/// A report within reach of the newest.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) terms: Terms,
    /// Earlier reports near it, best first.
    pub(super) near: Vec<(u32, i32)>,
    /// Later reports that it is near to, in order of place.
    pub(super) followers: Vec<(u32, i32)>,
    /// What its view says of parents.
    pub(super) says: Vec<(u32, Option<u32>)>,
    /// The reports whose parent it is.
    pub(super) children: Vec<u32>,
    /// How it compares with earlier ones.
    pub(super) row: Row,
}

impl Held {
    pub(super) fn new(terms: Terms) -> Held {
        let (near, followers, says, children, row) = Default::default();
        Held { terms, near, followers, says, children, row }
    }

    /// Returns how many of the later reports that are near to it stand before a place: mostly all.
    pub(super) fn followers_before(&self, place: Place, places: &[Place]) -> usize {
        let is_before = |f: &(u32, i32)| places[f.0 as usize] < place;
        if self.followers.last().is_none_or(is_before) {
            self.followers.len()
        } else {
            self.followers.partition_point(is_before)
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
        let pairs = self.among(seen);
        let mut groups = gather(seen.len(), |a, b| pairs.of(a, b));
        self.join_lone(seen, &pairs, &mut groups);
        let Some(held) = self.held(report) else { return Vec::new() };
        let at = |r: u32| seen.iter().position(|&s| s == r);
        let whole = |r: u32| self.held(r).is_some_and(|h| h.near.iter().all(|n| n.1 < JOIN || seen.contains(&n.0)));
        let near = held.near.iter().map(|n| n.0);
        let says = [report].into_iter().chain(near.filter(|&r| whole(r))).filter_map(|r| {
            let at = at(r)?;
            let earlier = (0..at).filter(|&e| groups[e] == groups[at]);
            let fit = |e: &usize| (pairs.of(*e, at).score, Reverse(self.place(seen[*e])));
            Some((r, earlier.max_by_key(fit).map(|e| seen[e])))
        });
        says.collect()
    }

    /// Returns a report, those near it and the nearest of those near these, in order of place.
    pub(super) fn seen(&self, report: u32) -> Vec<u32> {
        let Some(held) = self.held(report) else { return Vec::new() };
        let here = self.place(report);
        let mut seen: Vec<u32> = held.near.iter().map(|n| n.0).chain([report]).collect();
        let mut further: Vec<Reverse<(Reverse<i32>, Place, u32)>> = Vec::new();
        for p in held.near.iter().filter_map(|n| self.held(n.0)) {
            let end = p.followers_before(here, &self.places);
            let later = &p.followers[end.saturating_sub(FOLLOWERS)..end];
            let found = p.near.iter().chain(later).map(|&(r, score)| (Reverse(score), self.place(r), r));
            further.extend(found.filter(|f| here.0.saturating_sub(f.1.0) <= WINDOW).map(Reverse));
        }
        // Few of them are wanted.
        let mut further = BinaryHeap::from(further);
        while seen.len() < SEEN
            && let Some(Reverse((_, _, r))) = further.pop()
        {
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
    fn join_lone(&self, seen: &[u32], pairs: &Among, groups: &mut [usize]) {
        for x in 0..seen.len() {
            let Some(held) = self.held(seen[x]).filter(|_| groups.iter().filter(|g| **g == x).count() == 1) else {
                continue;
            };
            let at = |r: u32| seen.iter().position(|&s| s == r);
            let Some(&(p, score)) = held.near.first() else { continue };
            let (Some(first), Some(earlier)) = (at(p), self.held(p)) else { continue };
            let group = groups[first];
            let pair = pairs.of(first, x);
            let is_like = pair.words >= UNRIVALLED && pair.matter >= MATTER;
            let has_rival = held.near.iter().any(|&(q, s)| s * 2 > score && at(q).map(|q| groups[q]) != Some(group));
            if is_like && !has_rival && may_follow(&earlier.terms, &held.terms) {
                groups[x] = group;
            }
        }
    }
}
