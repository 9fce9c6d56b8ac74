//! Which reports tell one story, so that a stream, a batch and the shards of an archive answer alike.
//!
//! Three steps, each a function of the reports of one window before a report in order of place (day, then order given):
//! the earlier reports *near* it by [`likeness::score`]; its *parent*, the one of them that it fits best together with the
//! reports near that one, so that a chain of small likenesses does not join what is unlike; its *story*, that of its
//! parent. A copy's parent is what it was copied from. A report without a parent begins a story and gives it its id.
//!
//! A late report is taken in at its place. Only reports that share a key with it are looked at again, and those that look
//! at them; which stories changed by that is a log.

mod background;
mod likeness;
mod lookup;
mod terms;

pub use background::epoch;
use likeness::{are_close, score, share_matter};
use lookup::{KEYS, Lookup};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;
pub(super) use terms::{Terms, days};

/// Days within which a report finds its parent: what follows a deed, a charge, a trial, a verdict, may take a year.
/// Half of the pairs of one story in GVA are 4 days apart, 9 of 10 less than a year.
const WINDOW: i32 = 366;
/// The least score with which a report finds a parent, in permille; one for all sizes.
const JOIN: i32 = 340;
/// The least score with which a report finds a parent of the same day or the day before that has no rival.
const UNRIVALLED: i32 = 200;
/// The least score of reports that are near one another.
const NEAR: i32 = 200;
/// Reports near one that are kept, the best.
const MOST_NEAR: usize = 8;
/// Reports near a parent that a report must fit too.
const FITTED: usize = 5;
/// Later reports near one that are looked at, the first.
const FOLLOWERS: usize = 32;
/// Where a report stands among the others: its day, then the order given.
pub(super) type Place = (i32, u32);

/// A report changed its story because a late one came in. Stories are named by the number of their first report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Change {
    /// Which report: its number in order of arrival.
    pub report: usize,
    /// The story it was in. If that is the report itself, the story ended, and its id is now an alias of `to`.
    pub from: usize,
    /// The story it is in now.
    pub to: usize,
}

/// A report within reach of the newest.
#[derive(Debug)]
struct Held {
    place: Place,
    terms: Terms,
    /// What it was copied from and how surely.
    original: Option<(u32, u32)>,
    /// Earlier reports near it, best first.
    near: Vec<(u32, i32)>,
    /// Later reports that it is near to, in order of place.
    followers: Vec<(u32, i32)>,
}

/// The reports that have arrived, and their stories.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// By number of arrival; none for what lies behind.
    held: Vec<Option<Box<Held>>>,
    /// All, in order of place.
    order: Vec<u32>,
    /// How many of `order` lie behind.
    behind: usize,
    lookup: Lookup,
    parent: Vec<Option<u32>>,
    /// The first report of each report's story.
    story: Vec<u32>,
    changes: Vec<Change>,
}

impl Index {
    /// Takes a report; `copies` are reports that share its text, with how surely. Returns its parent.
    pub(super) fn arrive(
        &mut self,
        mut new: Terms,
        place: Place,
        copies: impl Iterator<Item = (usize, u32)>,
    ) -> Option<usize> {
        let id = self.held.len() as u32;
        new.day = place.0;
        let near = near(scored(&self.held, &mut self.lookup, &new, place));
        let at = self.order.partition_point(|&r| self.place(r) < place);
        let keys = new.keys(KEYS);
        self.held.push(Some(Box::new(Held {
            place,
            terms: new,
            original: None,
            near: Vec::new(),
            followers: Vec::new(),
        })));
        self.order.insert(at, id);
        self.parent.push(None);
        self.story.push(id);
        let mut again: BTreeSet<u32> = BTreeSet::new();
        for (other, surely) in copies {
            let (copy, of) = if self.place(other as u32) < place { (id, other as u32) } else { (other as u32, id) };
            self.note_copy(copy, of, surely);
            again.insert(copy);
        }
        self.lookup.put(id, &keys, |r| place_of(&self.held, r));
        self.set_near(id, near);
        if at + 1 < self.order.len() {
            again.extend(self.take_in_late(id, &keys));
        }
        again.insert(id);
        let mut changed = false;
        for r in again {
            let parent = self.choose(r);
            changed |= r != id && self.parent[r as usize] != parent;
            self.parent[r as usize] = parent;
        }
        self.tell(at..if changed { self.order.len() } else { at + 1 }, id);
        self.leave_behind(place.0);
        self.parent[id as usize].map(|p| p as usize)
    }

    /// Returns the story of a report, by the number of the story's first.
    pub(super) fn story(&self, report: usize) -> usize {
        self.story[report] as usize
    }

    /// Returns what late reports changed since this was last asked, in order.
    pub(super) fn take_changes(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.changes)
    }

    /// Gives the reports that came before the first day was known that day.
    pub(super) fn begin(&mut self, day: i32) {
        for held in self.held.iter_mut().flatten() {
            held.place.0 = day;
            held.terms.day = day;
        }
    }

    fn place(&self, report: u32) -> Place {
        place_of(&self.held, report)
    }

    fn held(&self, report: u32) -> Option<&Held> {
        self.held[report as usize].as_deref()
    }

    /// Sets what a report is near to, and tells the followed.
    fn set_near(&mut self, report: u32, near: Vec<(u32, i32)>) {
        let place = self.place(report);
        for &(p, score) in &near {
            let Index { held, .. } = self;
            let followers = held[p as usize].as_deref().map_or(&[][..], |h| &h.followers);
            let at = followers.partition_point(|f| place_of(held, f.0) < place);
            if let Some(p) = held[p as usize].as_deref_mut() {
                p.followers.insert(at, (report, score));
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

    /// Notes that a report shares text with an earlier one.
    fn note_copy(&mut self, copy: u32, of: u32, surely: u32) {
        let earlier = self.place(of);
        let known = self.held(copy).and_then(|h| h.original).map(|(of, surely)| (Reverse(surely), self.place(of)));
        if known.is_none_or(|known| (Reverse(surely), earlier) < known)
            && let Some(held) = self.held[copy as usize].as_deref_mut()
        {
            held.original = Some((of, surely));
        }
    }

    /// Looks again at the reports after a late one that may be near to it. Returns those that need to choose again.
    fn take_in_late(&mut self, late: u32, keys: &[(u32, u16)]) -> BTreeSet<u32> {
        let met = self.lookup.after(late, keys, |r| place_of(&self.held, r));
        let mut changed: BTreeSet<u32> = self.held(late).into_iter().flat_map(|h| &h.near).map(|n| n.0).collect();
        changed.insert(late);
        for &r in &met {
            let Some(held) = self.held[r as usize].as_deref() else { continue };
            let scored = near(scored(&self.held, &mut self.lookup, &held.terms, held.place));
            if scored != held.near {
                changed.insert(r);
                changed.extend(held.near.iter().chain(&scored).map(|n| n.0));
                // Out of the old lists first: a list must not hold a report twice.
                self.set_near(r, Vec::new());
                self.set_near(r, scored);
            }
        }
        let followers = |p: &u32| self.held(*p).into_iter().flat_map(|h| h.followers.iter().map(|f| f.0));
        changed.iter().flat_map(followers).chain(met).collect()
    }

    /// Returns the parent of a report.
    fn choose(&self, report: u32) -> Option<u32> {
        let held = self.held(report)?;
        if let Some((original, _)) = held.original {
            return Some(original);
        }
        let mut best: Option<(i32, Reverse<Place>, u32)> = None;
        for &(p, score) in &held.near {
            let Some(parent) = self.held(p).filter(|parent| share_matter(&held.terms, &parent.terms)) else { continue };
            let fitted = self.fitted(p, report);
            let sum = fitted.iter().fold(score, |sum, &q| sum + self.score(held, q));
            let fits = (score + sum / (fitted.len() as i32 + 1)) / 2;
            let alone = are_close(&held.terms, &parent.terms) && self.has_no_rival(held, p, score);
            let fits = if alone { fits.max(JOIN) } else { fits };
            best = best.max((fits >= JOIN).then_some((fits, Reverse(parent.place), p)));
        }
        best.map(|b| b.2)
    }

    /// Says whether all that a report is at least half as near to as to `parent` is near `parent`.
    ///
    /// A column on the fifth day of a strike shares little with the news of it, but with nothing else does it share half as
    /// much. In a stream of one town's shootings, each is somewhat like many that are unlike one another.
    fn has_no_rival(&self, held: &Held, parent: u32, score: i32) -> bool {
        let lists = |a: u32, b: u32| self.held(a).is_some_and(|h| h.near.iter().any(|n| n.0 == b));
        let is_rival = |q: u32| q != parent && !lists(parent, q) && !lists(q, parent);
        score >= UNRIVALLED && !held.near.iter().any(|&(q, s)| s * 2 > score && is_rival(q))
    }

    /// Returns the score of a report with another, from its list if it is there.
    fn score(&self, held: &Held, other: u32) -> i32 {
        let known = held.near.iter().find(|n| n.0 == other).map(|n| n.1);
        known.or_else(|| Some(score(&held.terms, &self.held(other)?.terms))).unwrap_or(0)
    }

    /// Returns the reports near to `parent` that are before `report` and in its window, the best.
    fn fitted(&self, parent: u32, report: u32) -> Vec<u32> {
        let Some(held) = self.held(parent) else { return Vec::new() };
        let place = self.place(report);
        let earlier =
            held.near.iter().map(|&(q, s)| (q, s, self.place(q))).filter(|q| place.0.saturating_sub(q.2.0) <= WINDOW);
        let later = held.followers.iter().map(|&(q, s)| (q, s, self.place(q))).take_while(|q| q.2 < place);
        let mut all: Vec<(u32, i32, Place)> = earlier.chain(later.take(FOLLOWERS)).collect();
        all.sort_unstable_by_key(|q| (Reverse(q.1), q.2));
        all.truncate(FITTED);
        all.into_iter().map(|q| q.0).collect()
    }

    /// Works out the stories of a part of the order, and logs what changed but for the report just come.
    fn tell(&mut self, range: Range<usize>, new: u32) {
        for &r in &self.order[range] {
            let story = self.parent[r as usize].map_or(r, |p| self.story[p as usize]);
            let old = std::mem::replace(&mut self.story[r as usize], story);
            if old != story && r != new {
                self.changes.push(Change { report: r as usize, from: old as usize, to: story as usize });
            }
        }
    }

    /// Forgets what no report can reach that is at most a window late.
    fn leave_behind(&mut self, day: i32) {
        let from = self.behind;
        while let Some(&r) = self.order.get(self.behind)
            && self.held(r).is_none_or(|h| day.saturating_sub(h.place.0) > 2 * WINDOW)
        {
            self.held[r as usize] = None;
            self.behind += 1;
        }
        if self.behind > from {
            self.lookup.sweep(self.behind - from, self.order.len() - self.behind, |r| self.held[r as usize].is_some());
        }
    }
}

/// Returns the place of a report; what lies behind is before all.
fn place_of(held: &[Option<Box<Held>>], report: u32) -> Place {
    held[report as usize].as_deref().map_or((i32::MIN, 0), |h| h.place)
}

/// Scores the reports before a place that share keys with one, best first.
fn scored(held: &[Option<Box<Held>>], lookup: &mut Lookup, terms: &Terms, place: Place) -> Vec<(u32, i32)> {
    let met = lookup.met(&terms.keys(KEYS), place, |r| place_of(held, r));
    let compare = |r: u32| held[r as usize].as_deref().map(|h| (r, score(terms, &h.terms), h.place));
    let mut scored: Vec<_> = met.into_iter().filter_map(compare).collect();
    scored.sort_unstable_by_key(|s| (Reverse(s.1), s.2));
    scored.into_iter().map(|s| (s.0, s.1)).collect()
}

/// Keeps those near enough of reports with scores, best first.
fn near(mut scored: Vec<(u32, i32)>) -> Vec<(u32, i32)> {
    scored.retain(|s| s.1 >= NEAR);
    scored.truncate(MOST_NEAR);
    scored.shrink_to_fit();
    scored
}
