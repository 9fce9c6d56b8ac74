//! The stories of reports that are given once more in order of place, some of them new: what was found before of the others
//! is taken over where nothing that it rests on has changed.
//!
//! A report is near to others by the reports that it *met*, and its view says what it says by the reports that are *seen*
//! in it and what those are near to. Both are remembered as hashes of numbers that never change; where the hash is the
//! same, so is what was made of it.

use super::terms::{Terms, Weighed};
use super::view::Held;
use super::{Index, Place};
use crate::link::table::join;

/// What was found of a report.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::link) struct Found {
    /// Of the reports that it was compared with.
    pub(in crate::link) met: u64,
    /// Earlier reports near it, best first, and the scores.
    pub(in crate::link) near: Vec<(u32, i32)>,
    /// Of the reports in its view.
    pub(in crate::link) view: u64,
    /// What its view says of parents.
    pub(in crate::link) says: Vec<(u32, Option<u32>)>,
}

impl Found {
    /// Returns the same with other numbers for the reports.
    pub(in crate::link) fn renumbered(&self, number: impl Fn(u32) -> u32) -> Found {
        Found {
            met: self.met,
            near: self.near.iter().map(|&(r, score)| (number(r), score)).collect(),
            view: self.view,
            says: self.says.iter().map(|&(r, parent)| (number(r), parent.map(&number))).collect(),
        }
    }
}

/// A report as it is given again.
pub(in crate::link) struct Given<'a> {
    pub(in crate::link) terms: &'a Terms,
    pub(in crate::link) keys: &'a [(u32, u16)],
    pub(in crate::link) place: Place,
    /// What was found of it before; none of a new one.
    pub(in crate::link) was: Option<Found>,
    /// Whether it may meet other reports than before.
    pub(in crate::link) may_meet: bool,
    /// Whether it may see others than before, whatever became of those near it.
    pub(in crate::link) may_see: bool,
}

/// Reports whose terms are held at once, about 5 kB each: what is more is read again.
const LOADED: usize = 1 << 15;

/// Reads the terms of a report.
pub(in crate::link) type Load<'a> = &'a mut dyn FnMut(u32) -> Weighed;

/// Stories while reports are given in order of place.
#[derive(Debug, Default)]
pub(in crate::link) struct Sweep {
    index: Index,
    parent: Vec<Option<u32>>,
    /// Reports that are near to others than before, or new.
    moved: Vec<bool>,
    /// Those, and the reports near them on either side.
    touched: Vec<bool>,
    loaded: Vec<u32>,
}

impl Sweep {
    /// Takes the next report in order of place. `numbers` gives each report so far the number that it always has.
    pub(in crate::link) fn arrive(&mut self, given: Given<'_>, numbers: &[u32], load: Load<'_>) -> Found {
        let Given { terms, keys, place, was, may_meet, may_see } = given;
        let id = self.index.held.len() as u32;
        let held = Held::new(Terms { day: place.0, ..terms.clone() });
        self.index.held.push(Some(Box::new(held)));
        self.index.places.push(place);
        self.index.order.push(id);
        self.parent.push(None);
        let (met, near) = match &was {
            Some(was) if !may_meet => (was.met, was.near.clone()),
            _ => self.near(id, keys, was.as_ref(), numbers, load),
        };
        self.index.lookup.put(id, keys, |r| self.index.places[r as usize]);
        self.index.set_near(id, near.clone());
        self.mark(was.as_ref(), &near);
        let is_as_before = !may_see && !self.moved[id as usize] && near.iter().all(|n| !self.touched[n.0 as usize]);
        let (view, says) = match was {
            Some(was) if is_as_before => (was.view, was.says),
            was => self.look(id, was, numbers, load),
        };
        for &(report, parent) in &says {
            self.parent[report as usize] = parent;
        }
        self.index.leave_behind(place.0);
        Found { met, near, view, says }
    }

    /// Returns the story of each report, by its first.
    pub(in crate::link) fn stories(&self) -> Vec<usize> {
        let mut stories: Vec<usize> = Vec::with_capacity(self.parent.len());
        for (n, parent) in self.parent.iter().enumerate() {
            // A parent is earlier than what follows it.
            stories.push(parent.and_then(|p| stories.get(p as usize).copied()).unwrap_or(n));
        }
        stories
    }

    /// Finds what a report is near to, unless it meets the same reports as before.
    fn near(
        &mut self,
        id: u32,
        keys: &[(u32, u16)],
        was: Option<&Found>,
        numbers: &[u32],
        load: Load<'_>,
    ) -> (u64, Vec<(u32, i32)>) {
        let Index { places, lookup, .. } = &mut self.index;
        let mut met = lookup.met(keys, places[id as usize], |r| places[r as usize]);
        met.sort_unstable();
        let hash = met.iter().fold(1, |hash, &r| join(hash, u64::from(numbers[r as usize])));
        if let Some(was) = was.filter(|was| was.met == hash) {
            return (hash, was.near.clone());
        }
        // At once: what is loaded for one may unload the other.
        let all: Vec<u32> = met.iter().copied().chain([id]).collect();
        self.load(&all, load);
        (hash, self.index.nearest(id, met))
    }

    fn mark(&mut self, was: Option<&Found>, near: &[(u32, i32)]) {
        let moved = was.is_none_or(|was| was.near != near);
        self.moved.push(moved);
        self.touched.push(moved || near.iter().any(|n| self.moved[n.0 as usize]));
        if moved {
            let old = was.map_or(&[][..], |was| &was.near);
            old.iter().chain(near).for_each(|n| self.touched[n.0 as usize] = true);
        }
    }

    /// Takes the view of a report, unless it is as before.
    fn look(&mut self, id: u32, was: Option<Found>, numbers: &[u32], load: Load<'_>) -> (u64, Vec<(u32, Option<u32>)>) {
        let seen = self.index.seen(id);
        let near = |r: &u32| self.index.held(*r).into_iter().flat_map(|held| held.near.iter().map(|n| n.0));
        let all = seen.iter().flat_map(|r| [*r, *r].into_iter().chain(near(r)));
        let view = all.fold(1, |hash, r| join(hash, u64::from(numbers[r as usize])));
        if let Some(was) = was.filter(|was| was.view == view) {
            return (view, was.says);
        }
        self.load(&seen, load);
        (view, self.index.says(id, &seen))
    }

    /// Reads the terms of reports that have none.
    fn load(&mut self, reports: &[u32], load: Load<'_>) {
        if self.loaded.len() + reports.len() > LOADED {
            for r in std::mem::take(&mut self.loaded) {
                self.index.forget_pairs_of(r);
                if let Some(held) = self.index.held[r as usize].as_deref_mut() {
                    held.terms.weighed = None;
                }
            }
        }
        for &r in reports {
            if let Some(held) = self.index.held[r as usize].as_deref_mut().filter(|h| h.terms.weighed.is_none()) {
                held.terms.weighed = Some(load(r));
                self.loaded.push(r);
            }
        }
    }
}
