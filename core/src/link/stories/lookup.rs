//! Finds the reports before a place that share telling terms with one, at a cost that does not grow with how many there are.

use super::{Place, WINDOW};
use crate::link::table::Table;
use std::cmp::Reverse;

/// Terms by which a report is looked up.
pub(in crate::link) const KEYS: usize = 20;
/// The last reports before a place that are looked at for one term.
const DEPTH: usize = 100;
/// Reports compared in full.
const COMPARED: usize = 40;

/// Terms and the reports that have them among their heaviest.
#[derive(Debug, Default)]
pub(super) struct Lookup {
    terms: Table,
    /// By number of the term: reports in order of place.
    reports: Vec<Vec<u32>>,
    /// Entries of reports that lie behind since the last sweep.
    stale: usize,
    tally: Tally,
}

impl Lookup {
    /// Takes a report in under its keys.
    pub(super) fn put(&mut self, report: u32, keys: &[(u32, u16)], place: impl Fn(u32) -> Place) {
        let here = place(report);
        for &(key, _) in keys {
            let term = self.terms.id(u64::from(key)) as usize;
            if term == self.reports.len() {
                self.reports.push(Vec::new());
            }
            let list = &mut self.reports[term];
            let at = end(list, here, &place);
            list.insert(at, report);
        }
    }

    /// Returns the reports before a place, within the window, that share most with one.
    pub(super) fn met(&mut self, keys: &[(u32, u16)], before: Place, place: impl Fn(u32) -> Place) -> Vec<u32> {
        self.tally.clear();
        // Each term lies far from the others in memory: all are asked for before one is waited for.
        self.terms.touch(keys.iter().map(|k| u64::from(k.0)));
        let lists: Vec<(u16, &[u32])> = keys
            .iter()
            .filter_map(|k| Some((k.1, self.reports[self.terms.find(u64::from(k.0))? as usize].as_slice())))
            .collect();
        let ends =
            lists.iter().map(|(_, list)| list.last().copied().max(list.get(list.len().saturating_sub(DEPTH)).copied()));
        std::hint::black_box(ends.max());
        for (weight, list) in lists {
            let end = end(list, before, &place);
            let near = &list[end.saturating_sub(DEPTH)..end];
            let is_old = |&r: &u32| before.0.saturating_sub(place(r).0) > WINDOW;
            let first = if near.first().is_some_and(is_old) { near.partition_point(is_old) } else { 0 };
            let adds = (u32::from(weight) * u32::from(weight)) >> 8;
            near[first..].iter().for_each(|&r| self.tally.add(r, adds));
        }
        self.tally.best(COMPARED, place)
    }

    /// Returns the reports after one that may have met it.
    pub(super) fn after(&self, report: u32, keys: &[(u32, u16)], place: impl Fn(u32) -> Place) -> Vec<u32> {
        let here = place(report);
        let mut met = Vec::new();
        for &(key, _) in keys {
            let Some(list) = self.terms.find(u64::from(key)).map(|term| &self.reports[term as usize]) else { continue };
            let after = list[end(list, here, &place)..].iter().filter(|r| **r != report).take(DEPTH);
            met.extend(after.take_while(|r| place(**r).0.saturating_sub(here.0) <= WINDOW));
        }
        met.sort_unstable();
        met.dedup();
        met.sort_by_key(|&r| place(r));
        met
    }

    /// Forgets reports that lie behind, once they are as many as those that do not.
    pub(super) fn sweep(&mut self, stale: usize, live: usize, is_live: impl Fn(u32) -> bool) {
        self.stale += stale;
        if self.stale <= live {
            return;
        }
        self.stale = 0;
        let old = std::mem::take(&mut self.terms);
        for (term, mut list) in std::mem::take(&mut self.reports).into_iter().enumerate() {
            list.retain(|&r| is_live(r));
            if !list.is_empty() {
                self.terms.id(old.key(term as u32));
                list.shrink_to_fit();
                self.reports.push(list);
            }
        }
    }
}

/// Returns how many of a list are before a place. Most often all: reports come in order.
fn end(list: &[u32], before: Place, place: impl Fn(u32) -> Place) -> usize {
    match list.last() {
        Some(&last) if place(last) >= before => list.partition_point(|&r| place(r) < before),
        _ => list.len(),
    }
}

/// Sums by report: open addressing, emptied by counting rounds.
#[derive(Debug, Default)]
struct Tally {
    slots: Vec<(u32, u32, u32)>,
    round: u32,
    met: Vec<u32>,
}

/// More than twice what one report can meet.
const SLOTS: usize = 4096;
const _: () = assert!(SLOTS >= 2 * KEYS * DEPTH);

impl Tally {
    fn clear(&mut self) {
        self.slots.resize(SLOTS, (0, 0, 0));
        self.round += 1;
        self.met.clear();
    }

    fn add(&mut self, report: u32, sum: u32) {
        let mut at = (report.wrapping_mul(0x9e37_79b1) >> 20) as usize;
        loop {
            let slot = &mut self.slots[at];
            if slot.0 != self.round {
                *slot = (self.round, report, sum);
                self.met.push(at as u32);
                return;
            }
            if slot.1 == report {
                slot.2 = slot.2.saturating_add(sum);
                return;
            }
            at = (at + 1) % SLOTS;
        }
    }

    /// Returns those with the highest sums; of equal ones the latest.
    fn best(&mut self, most: usize, place: impl Fn(u32) -> Place) -> Vec<u32> {
        let mut met: Vec<(u32, u32)> = self.met.iter().map(|&at| self.slots[at as usize]).map(|s| (s.2, s.1)).collect();
        if met.len() > most {
            met.select_nth_unstable_by_key(most, |m| Reverse(m.0));
            let least = met[most].0;
            let mut equal: Vec<u32> = met.iter().filter(|m| m.0 == least).map(|m| m.1).collect();
            met.retain(|m| m.0 > least);
            equal.sort_unstable_by_key(|&r| Reverse(place(r)));
            met.extend(equal.into_iter().take(most - met.len()).map(|r| (least, r)));
        }
        met.into_iter().map(|m| m.1).collect()
    }
}
