//! Which reports tell one story, so that a stream, a batch and the shards of an archive find the same stories.
//!
//! Three facts, each a function of the reports of two windows around a report in order of place (day, then order given):
//! the earlier reports *near* it by [`likeness::Pair`], integers of the two reports alone; its *view*, what is near it and
//! near those, cut into groups by [`gather`]; and what its view says of the *parents* of the reports near it: the best earlier
//! report of the same group, or none for the first. The latest view that holds all a report is near to has the say on its
//! parent, so what was joined on the first day for want of better knowledge comes apart when more is known. A report's story
//! is its parent's; one without a parent begins a story and names it.
//!
//! Each change of a story is logged. What a report is told to be in when it arrives is the story that its parent was told
//! to be in, so that readers who follow a story find its news there; the log says what became of it.
//!
//! A late report is taken in at its place: the views that it is in, or could be in, are taken anew.

mod ages;
mod background;
mod gather;
mod grown;
mod likeness;
mod list;
mod lookup;
mod pairs;
mod terms;
mod view;
mod written;

pub use background::epoch;
pub(super) use grown::{Found, Given, Sweep};
pub(super) use lookup::KEYS;
use lookup::Lookup;
use pairs::Rows;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
pub(super) use terms::{Terms, Weighed, days, on_day};
use view::Held;

/// Days within which a report finds its parent: what follows a deed, a charge, a trial, a verdict, may take a year.
/// Half of the pairs of one story in GVA are 4 days apart, 9 of 10 less than a year.
const WINDOW: i32 = 366;
/// The least score of reports that are near one another, in permille.
const NEAR: i32 = 100;
/// Reports near one that are kept, the best.
const MOST_NEAR: usize = 12;
/// Where a report stands among the others: its day, then the order given.
pub(super) type Place = (i32, u32);

/// A report changed its story because of one that came after. Stories are named by the number of their first report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Change {
    /// Which report: its number in order of arrival.
    pub report: usize,
    /// The story it was in, or was told to be in. If that is the report itself, that story ended.
    pub from: usize,
    /// The story it is in now.
    pub to: usize,
}

/// The reports that have arrived, and their stories.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// By number of arrival; none for what lies behind.
    held: Vec<Option<Box<Held>>>,
    /// Their places, in a table of their own since most reports that are met are asked for no more; what lies behind is
    /// before all.
    places: Vec<Place>,
    /// All, in order of place.
    order: Vec<u32>,
    /// How many of `order` lie behind.
    behind: usize,
    lookup: Lookup,
    rows: Rows,
    parent: Vec<Option<u32>>,
    /// The first report of each report's story.
    story: Vec<u32>,
    /// The story each report was told to be in when it arrived.
    told: Vec<u32>,
    changes: Vec<Change>,
}

impl Index {
    /// Takes a report. Returns the story to tell.
    pub(super) fn arrive(&mut self, mut new: Terms, place: Place) -> usize {
        let id = self.held.len() as u32;
        new.day = place.0;
        let keys = keys(&new);
        let at = self.order.partition_point(|&r| self.place(r) < place);
        self.held.push(Some(Box::new(Held::new(new))));
        self.places.push(place);
        self.order.insert(at, id);
        self.parent.push(None);
        self.story.push(id);
        self.told.push(id);
        let near = self.near(id);
        self.lookup.put(id, &keys, |r| self.places[r as usize]);
        self.set_near(id, near);
        if at + 1 == self.order.len() {
            self.look(id);
            let said: Vec<(u32, Option<u32>)> = self.held(id).map_or_else(Vec::new, |h| h.says.clone());
            self.set_parents(said, id);
        } else {
            self.take_in_late(id, &keys);
        }
        self.leave_behind(place.0);
        self.tell(id)
    }

    /// Returns the story of a report, by the number of the story's first.
    pub(super) fn story(&self, report: usize) -> usize {
        self.story[report] as usize
    }

    /// Returns the earlier report that a report follows in its story.
    pub(super) fn parent(&self, report: usize) -> Option<usize> {
        self.parent[report].map(|p| p as usize)
    }

    /// Returns what changed since this was last asked, in order.
    pub(super) fn take_changes(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.changes)
    }

    /// Gives the reports that came before the first day was known that day.
    pub(super) fn begin(&mut self, day: i32) {
        self.places.iter_mut().for_each(|place| place.0 = day);
        self.held.iter_mut().flatten().for_each(|held| held.terms.day = day);
    }

    fn place(&self, report: u32) -> Place {
        self.places[report as usize]
    }

    fn held(&self, report: u32) -> Option<&Held> {
        self.held[report as usize].as_deref()
    }

    /// Returns the reports before one that are near it, best first.
    fn near(&mut self, report: u32) -> Vec<(u32, i32)> {
        let Some(held) = self.held[report as usize].as_deref() else { return Vec::new() };
        let place = self.place(report);
        let met = self.lookup.met(&keys(&held.terms), place, |r| self.places[r as usize]);
        self.nearest(report, met)
    }

    /// Returns those of the reports that one has met that are near it, best first.
    fn nearest(&mut self, report: u32, met: Vec<u32>) -> Vec<(u32, i32)> {
        let pairs = self.compare(report, &met);
        let scored = met.into_iter().zip(pairs.iter().map(|pair| pair.score));
        let mut near: Vec<(u32, i32)> = scored.filter(|n| n.1 >= NEAR).collect();
        near.sort_unstable_by_key(|n| (Reverse(n.1), self.place(n.0)));
        near.truncate(MOST_NEAR);
        near.shrink_to_fit();
        near
    }

    /// Sets what a report is near to, and tells the followed.
    fn set_near(&mut self, report: u32, near: Vec<(u32, i32)>) {
        let place = self.place(report);
        for &(p, score) in &near {
            let Index { held, places, .. } = self;
            if let Some(p) = held[p as usize].as_deref_mut() {
                p.followers.insert(p.followers_before(place, places), (report, score));
            }
        }
        let old = match self.held[report as usize].as_deref_mut() {
            Some(held) => std::mem::replace(&mut held.near, near),
            None => return,
        };
        for (p, _) in old {
            if let Some(p) = self.held[p as usize].as_deref_mut()
                && let Some(at) = p.followers.iter().position(|f| f.0 == report)
            {
                p.followers.remove(at);
            }
        }
    }

    /// Looks again at the reports after a late one that may be near to it, and takes the views anew that may have changed.
    fn take_in_late(&mut self, late: u32, keys: &[(u32, u16)]) {
        let followers = |index: &Index, r: u32| -> Vec<u32> {
            index.held(r).map_or_else(Vec::new, |h| h.followers.iter().map(|f| f.0).collect())
        };
        let met = self.lookup.after(late, keys, |r| self.places[r as usize]);
        let mut changed: BTreeSet<u32> = self.held(late).into_iter().flat_map(|h| &h.near).map(|n| n.0).collect();
        changed.insert(late);
        for r in met {
            let near = self.near(r);
            let old = self.held(r).map_or(&[][..], |h| &h.near);
            if near != old {
                changed.insert(r);
                changed.extend(old.iter().chain(&near).map(|n| n.0));
                // Out of the old lists first: a list must not hold a report twice.
                self.set_near(r, Vec::new());
                self.set_near(r, near);
            }
        }
        let views: BTreeSet<u32> =
            changed.iter().flat_map(|&r| followers(self, r)).chain(changed.iter().copied()).collect();
        let mut spoken_of = BTreeSet::new();
        for view in views {
            let of = |index: &Index| index.held(view).map_or_else(Vec::new, |h| h.says.iter().map(|s| s.0).collect());
            spoken_of.extend(of(self));
            self.look(view);
            spoken_of.extend(of(self));
        }
        let said = spoken_of.into_iter().map(|r| (r, self.last_said(r))).collect();
        self.set_parents(said, late);
    }

    /// Returns the parent of a report by the latest view that has the say.
    fn last_said(&self, report: u32) -> Option<u32> {
        let Some(held) = self.held(report) else { return self.parent[report as usize] };
        let views = held.followers.iter().rev().map(|f| f.0).chain([report]);
        let said = views.filter_map(|v| self.held(v)?.says.iter().find(|s| s.0 == report)).next();
        said.and_then(|s| s.1)
    }

    /// Sets parents, and works out the stories that change with them. Logs what changed but for the report just come.
    fn set_parents(&mut self, mut said: Vec<(u32, Option<u32>)>, new: u32) {
        said.retain(|&(r, parent)| self.parent[r as usize] != parent);
        said.sort_unstable_by_key(|s| self.place(s.0));
        for &(r, parent) in &said {
            let old = std::mem::replace(&mut self.parent[r as usize], parent);
            if let Some(old) = old.and_then(|old| self.held[old as usize].as_deref_mut()) {
                old.children.retain(|&c| c != r);
            }
            if let Some(parent) = parent.and_then(|p| self.held[p as usize].as_deref_mut()) {
                parent.children.push(r);
            }
        }
        let mut before: BTreeMap<Place, (u32, u32)> = BTreeMap::new();
        let mut below: Vec<u32> = said.iter().rev().map(|s| s.0).collect();
        while let Some(r) = below.pop() {
            let story = self.parent[r as usize].map_or(r, |p| self.story[p as usize]);
            let old = std::mem::replace(&mut self.story[r as usize], story);
            if old != story {
                before.entry(self.place(r)).or_insert((r, old));
                below.extend(self.held(r).into_iter().flat_map(|h| &h.children));
            }
        }
        for (r, from) in before.into_values() {
            self.log(r, from, new);
        }
    }

    fn log(&mut self, report: u32, from: u32, but: u32) {
        let to = self.story[report as usize];
        if from != to && report != but {
            self.changes.push(Change { report: report as usize, from: from as usize, to: to as usize });
        }
    }

    /// Returns the story to tell of a report that has just come: what its parent was told to be in, if that is now the same.
    fn tell(&mut self, new: u32) -> usize {
        let known = self.parent[new as usize].map(|p| self.told[p as usize]);
        let story = self.story[new as usize];
        let told = known.filter(|&known| self.story[known as usize] == story).unwrap_or(story);
        self.told[new as usize] = told;
        self.log(new, told, u32::MAX);
        told as usize
    }

    /// Forgets what no report can reach that is at most a window late.
    fn leave_behind(&mut self, day: i32) {
        let from = self.behind;
        while let Some(&r) = self.order.get(self.behind)
            && self.held(r).is_none_or(|_| day.saturating_sub(self.place(r).0) > 2 * WINDOW)
        {
            self.forget_pairs_of(r);
            self.held[r as usize] = None;
            self.places[r as usize] = (i32::MIN, 0);
            self.behind += 1;
        }
        if self.behind > from {
            self.lookup.sweep(self.behind - from, self.order.len() - self.behind, |r| self.held[r as usize].is_some());
        }
    }
}

/// Returns the terms by which a report is looked up.
fn keys(terms: &Terms) -> Vec<(u32, u16)> {
    terms.weighed.as_ref().map_or_else(Vec::new, |weighed| weighed.keys(KEYS))
}
