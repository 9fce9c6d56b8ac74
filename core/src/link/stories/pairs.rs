//! Comparisons that were made, so that the same two reports need not be compared for each view that they are in. A report's
//! are forgotten once it has not been looked at for long: then they are made again, with the same result.

use super::Index;
use super::likeness::{Pair, Ready};
use std::collections::VecDeque;

/// Comparisons that are remembered of one report; others are made again.
const OF_ONE: usize = 256;
/// Comparisons that are remembered: 12 bytes each. guess: of some ten thousand reports.
const ALL: usize = 1 << 21;

/// Earlier reports that a report was compared with, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Row {
    pairs: Vec<(u32, Pair)>,
    /// Whether it was looked at since it was last up for being forgotten.
    is_fresh: bool,
    is_queued: bool,
}

impl Row {
    fn find(&mut self, earlier: u32) -> Option<Pair> {
        self.is_fresh = true;
        let at = self.pairs.binary_search_by_key(&earlier, |p| p.0).ok()?;
        Some(self.pairs[at].1)
    }

    fn touch(&self) -> u32 {
        let at = |n: usize| self.pairs.get(n).map_or(0, |pair| pair.0);
        at(self.pairs.len() / 2) ^ at(self.pairs.len() / 4)
    }

    /// Takes comparisons in that it does not have. Returns how many it took.
    fn extend(&mut self, new: &[(u32, Pair)]) -> usize {
        let new = &new[..new.len().min(OF_ONE - self.pairs.len().min(OF_ONE))];
        self.pairs.extend_from_slice(new);
        // Mostly in order already.
        self.pairs.sort_by_key(|p| p.0);
        new.len()
    }
}

/// Which reports have comparisons.
#[derive(Debug, Default)]
pub(super) struct Rows {
    queue: VecDeque<u32>,
    pairs: usize,
}

/// How each two of some reports compare.
#[derive(Debug)]
pub(super) struct Among {
    count: usize,
    /// By two reports, row by row.
    pairs: Vec<Pair>,
}

impl Among {
    /// Returns what two of the reports have in common, by their places among them.
    pub(super) fn of(&self, a: usize, b: usize) -> Pair {
        self.pairs[a * self.count + b]
    }
}

impl Index {
    /// Compares a report with earlier ones.
    pub(super) fn compare(&mut self, report: u32, earlier: &[u32]) -> Vec<Pair> {
        let (mut pairs, mut new) = (Vec::with_capacity(earlier.len()), Vec::with_capacity(earlier.len()));
        self.touch(earlier);
        self.compare_into(report, earlier, &mut new, |pair| pairs.push(pair));
        pairs
    }

    /// Compares all of these, given in order of place, with one another.
    pub(super) fn among(&mut self, reports: &[u32]) -> Among {
        let count = reports.len();
        let mut pairs = vec![Pair::default(); count * count];
        self.touch(reports);
        let rows = reports.iter().filter_map(|r| self.held(*r)).map(|held| held.row.touch());
        std::hint::black_box(rows.fold(0, |a, b| a ^ b));
        let mut new = Vec::with_capacity(count);
        for (n, &later) in reports.iter().enumerate() {
            let mut m = 0;
            self.compare_into(later, &reports[..n], &mut new, |pair| {
                (pairs[n * count + m], pairs[m * count + n]) = (pair, pair);
                m += 1;
            });
        }
        Among { count, pairs }
    }

    /// Gives how a report compares with each of some earlier ones to `met`; `new` is written over.
    fn compare_into(&mut self, report: u32, earlier: &[u32], new: &mut Vec<(u32, Pair)>, mut met: impl FnMut(Pair)) {
        let mut row = match self.held[report as usize].as_deref_mut() {
            Some(held) => std::mem::take(&mut held.row),
            None => return earlier.iter().for_each(|_| met(Pair::default())),
        };
        new.clear();
        let mut ready = None;
        for &r in earlier {
            met(row.find(r).unwrap_or_else(|| {
                let (Some(held), Some(other)) = (self.held(report), self.held(r)) else { return Pair::default() };
                let pair = Pair::of(ready.get_or_insert_with(|| Ready::of(&held.terms)), &other.terms);
                new.push((r, pair));
                pair
            }));
        }
        if !new.is_empty() {
            self.rows.pairs += row.extend(new);
            if !std::mem::replace(&mut row.is_queued, true) {
                self.rows.queue.push_back(report);
            }
        }
        if let Some(held) = self.held[report as usize].as_deref_mut() {
            held.row = row;
        }
        self.forget_pairs();
    }

    /// Asks for the terms of reports, all at once: each lies far from the others in memory, and nobody need wait for one
    /// before the next is asked for.
    fn touch(&self, reports: &[u32]) {
        let held = reports.iter().filter_map(|r| self.held(*r)?.terms.weighed.as_ref());
        std::hint::black_box(held.fold(0, |sum, weighed| sum ^ weighed.terms.touch()));
    }

    /// Forgets the comparisons of a report.
    pub(super) fn forget_pairs_of(&mut self, report: u32) {
        if let Some(held) = self.held[report as usize].as_deref_mut() {
            self.rows.pairs -= std::mem::take(&mut held.row.pairs).len();
        }
    }

    /// Forgets those that were not looked at for longest, where there are too many.
    fn forget_pairs(&mut self) {
        while self.rows.pairs > ALL
            && let Some(report) = self.rows.queue.pop_front()
        {
            let Some(held) = self.held[report as usize].as_deref_mut() else { continue };
            if std::mem::take(&mut held.row.is_fresh) {
                self.rows.queue.push_back(report);
            } else {
                held.row.is_queued = false;
                self.forget_pairs_of(report);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::stories::Terms;
    use crate::link::stories::view::Held;

    #[test]
    fn rows_that_nobody_looks_at_are_forgotten() {
        let mut index = Index::default();
        for n in 0..20_000 {
            index.held.push(Some(Box::new(Held::new(Terms::default()))));
            let earlier: Vec<u32> = (n / 2..n).rev().take(200).collect();
            assert_eq!(index.compare(n, &earlier), vec![Pair::default(); earlier.len()]);
        }
        let held: Vec<usize> = index.held.iter().flatten().map(|held| held.row.pairs.len()).collect();
        assert_eq!(held.iter().sum::<usize>(), index.rows.pairs);
        assert!(index.rows.pairs <= ALL && index.rows.pairs > ALL / 2);
        assert_eq!((held[1000], held[19_999]), (0, 200));
        index.forget_pairs_of(19_999);
        assert_eq!(index.compare(19_999, &[5]), [Pair::default()]);
    }
}
