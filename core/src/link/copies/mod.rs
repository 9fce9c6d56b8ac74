//! Which reports repeat one another. Answers from what came before; other candidates than those that share shingles are an
//! argument.

pub(super) mod origins;
mod overlap;
mod passages;
mod shingles;
pub(super) mod tree;

use super::CopyKind;
use super::stream::take_best;
use super::table::Table;
use super::words::{Word, Words};
use shingles::is_sampled;

/// The most recent reports looked at for one shingle.
const DEPTH: usize = 400;
/// Reports compared in full because they share shingles.
const NEAREST: usize = 12;
/// Reports compared in full because the caller thinks them alike.
const ALIKE: usize = 8;

/// A report that an earlier or later one repeats, or is repeated by.
#[derive(Clone, Copy, Debug)]
pub struct Match {
    /// The earlier report: its number in order of arrival.
    pub with: usize,
    /// In what way, if the newer one is the copy.
    pub kind: CopyKind,
    /// The share of the newer one's words that stand in the earlier one, in permille.
    pub here: u16,
    /// The share of the earlier one's words that stand in the newer one, in permille.
    pub there: u16,
}

/// What finding copies keeps of a report.
#[derive(Debug)]
pub(super) struct Report {
    words: Vec<Word>,
    /// Half-open ranges of `words`, in text order, none empty.
    sentences: Vec<(u32, u32)>,
    /// Hash and first word of each run of three words, sorted.
    shingles: Vec<(u32, u32)>,
}

impl Report {
    pub(super) fn of(body: Words) -> Report {
        let shingles = shingles::shingles(&body.words);
        Report { words: body.words, sentences: body.sentences, shingles }
    }
}

/// The reports that have arrived, by their shingles.
#[derive(Debug, Default)]
pub(super) struct Index {
    reports: Vec<Report>,
    shingles: Table,
    by_shingle: Vec<Vec<u32>>,
    /// How often each earlier report was met, for candidates; all zero between arrivals.
    tally: Vec<f32>,
}

impl Index {
    /// Takes a report; `alike` are earlier reports to compare it with besides those that share shingles, nearest first.
    /// Returns the earlier reports that share its text, the best first.
    pub(super) fn arrive(&mut self, new: Report, alike: &[usize]) -> Vec<Match> {
        let n = self.reports.len();
        let matches = self.matches(&new, alike);
        let mut last = None;
        for &(hash, _) in new.shingles.iter().filter(|s| is_sampled(s.0)) {
            if last.replace(hash) != Some(hash) {
                let id = self.shingles.id(u64::from(hash)) as usize;
                self.by_shingle.resize(self.shingles.len(), Vec::new());
                self.by_shingle[id].push(n as u32);
            }
        }
        self.tally.push(0.0);
        self.reports.push(new);
        matches
    }

    /// Returns earlier reports that share text, the best first.
    fn matches(&mut self, new: &Report, alike: &[usize]) -> Vec<Match> {
        let mut met = Vec::new();
        let mut last = None;
        for &(hash, _) in new.shingles.iter().filter(|s| is_sampled(s.0)) {
            if last.replace(hash) == Some(hash) {
                continue;
            }
            let id = self.shingles.id(u64::from(hash)) as usize;
            let Some(list) = self.by_shingle.get(id) else { continue };
            for &r in list.iter().rev().take(DEPTH) {
                if self.tally[r as usize] == 0.0 {
                    met.push(r);
                }
                // A shingle of few reports tells more.
                self.tally[r as usize] += 1.0 / (list.len() as f32);
            }
        }
        let mut near = take_best(&mut met, &mut self.tally, NEAREST);
        near.extend(alike.iter().take(ALIKE));
        near.sort_unstable();
        near.dedup();
        let mut matches: Vec<(Match, u32)> = Vec::new();
        for r in near {
            let old = &self.reports[r];
            let overlap = overlap::compare(new, old);
            if let Some(kind) = overlap::judge(&overlap) {
                // What the shorter says in the words of the longer counts as found on both sides.
                let (x, y) = (new.words.len().max(1), old.words.len().max(1));
                let of = |all: usize| (usize::from(overlap.loosely) * x.min(y) / all) as u16;
                let (in_new, in_old) = (of(x), of(y));
                let found = Match { with: r, kind, here: overlap.here.max(in_new), there: overlap.there.max(in_old) };
                matches.push((found, u32::from(overlap.here) * 2 + u32::from(overlap.closely)));
            }
        }
        matches.sort_by_key(|m| (std::cmp::Reverse(m.1), m.0.with));
        matches.into_iter().map(|m| m.0).collect()
    }
}
