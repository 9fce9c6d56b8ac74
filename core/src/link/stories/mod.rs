//! Which reports tell one story. Answers from what came before, and from the original of a copy, which is an argument.

mod likeness;
mod terms;

use super::Article;
use super::stream::take_best;
use super::table::Table;
use super::words::Words;
pub(super) use terms::Terms;

/// Terms by which a report is looked up and found.
const KEYS: usize = 40;
/// The most recent reports looked at for one term.
const DEPTH: usize = 400;
/// Reports compared in full.
const NEAREST: usize = 24;
/// The most recent reports of a story that a new one is compared with; they stand for the others.
const LOOKED: usize = 32;

/// The reports that have arrived, by their terms, and their stories.
#[derive(Debug, Default)]
pub(super) struct Index {
    table: Table,
    reports: Vec<Terms>,
    /// In how many reports each term stands.
    counts: Vec<u32>,
    /// How many reports `counts` rests on.
    counted: u32,
    /// How many reports there are in all, if `counts` was taken from them before the first arrived.
    frozen: Option<usize>,
    /// Term to the reports that are looked up by it.
    by_term: Vec<Vec<u32>>,
    /// Report to story.
    story: Vec<usize>,
    /// Story (by its first report) to its reports; empty for other numbers.
    members: Vec<Vec<u32>>,
    /// Story to the sum of the scores of its reports, each with each and with itself.
    within: Vec<i64>,
    /// How often each earlier report was met, for candidates; all zero between arrivals.
    tally: Vec<f32>,
}

impl Index {
    /// Returns the terms of a report whose body was read.
    pub(super) fn terms(&mut self, article: &Article<'_>, body: &Words) -> Terms {
        Terms::of(article, body, &mut self.table)
    }

    /// Learns how common terms are from all reports, before the first arrives.
    pub(super) fn learn<'a>(&mut self, reports: impl Iterator<Item = &'a Terms>) {
        let mut all = 0;
        for report in reports {
            self.count(report);
            all += 1;
        }
        self.frozen = Some(all);
    }

    fn count(&mut self, report: &Terms) {
        self.counts.resize(self.table.len(), 0);
        report.terms.iter().for_each(|t| self.counts[t.id as usize] += 1);
        self.counted += 1;
    }

    /// Weighs a new report and returns the earlier ones that share telling terms, nearest first.
    pub(super) fn alike(&mut self, new: &mut Terms) -> Vec<usize> {
        if self.frozen.is_none() {
            self.count(new);
        }
        likeness::weigh(new, |t| likeness::idf(t.class, self.counts[t.id as usize], self.counted));
        self.by_terms(&keys(new))
    }

    /// Takes a report weighed by [`Index::alike`]; `original` is what it was copied from. Returns its story.
    pub(super) fn arrive(&mut self, new: Terms, alike: &[usize], original: Option<usize>) -> usize {
        let n = self.reports.len();
        let story = self.choose_story(&new, alike, original).unwrap_or(n);
        self.by_term.resize(self.table.len(), Vec::new());
        for (term, _) in keys(&new) {
            self.by_term[term as usize].push(n as u32);
        }
        self.members.push(Vec::new());
        self.within.push(0);
        let (_, sum) = self.scores(&new, story);
        self.within[story] += 1000 + 2 * sum;
        self.members[story].push(n as u32);
        self.story.push(story);
        self.tally.push(0.0);
        self.reports.push(new);
        story
    }

    /// Returns earlier reports that share telling terms, nearest first.
    fn by_terms(&mut self, keys: &[(u32, f32)]) -> Vec<usize> {
        let mut met = Vec::new();
        for &(term, weight) in keys {
            let Some(list) = self.by_term.get(term as usize) else { continue };
            for &r in list.iter().rev().take(DEPTH) {
                let tally = &mut self.tally[r as usize];
                if *tally == 0.0 {
                    met.push(r);
                }
                *tally += weight * weight / self.reports[r as usize].norm.max(1.0);
            }
        }
        take_best(&mut met, &mut self.tally, NEAREST)
    }

    /// Returns the best score of a report with a story's reports, and the sum of all.
    fn scores(&self, new: &Terms, story: usize) -> (i32, i64) {
        let members = &self.members[story];
        let looked = members.len().min(LOOKED);
        let scores = members.iter().rev().take(looked).map(|&r| likeness::score(new, &self.reports[r as usize]).max(0));
        let (top, sum) = scores.fold((0, 0), |(top, sum), s| (top.max(s), sum + i64::from(s)));
        (top, sum * members.len() as i64 / looked.max(1) as i64)
    }

    /// Returns the story that the report joins: that of its original, else the one it is most like.
    fn choose_story(&self, new: &Terms, alike: &[usize], original: Option<usize>) -> Option<usize> {
        if let Some(original) = original {
            return Some(self.story[original]);
        }
        let mut near: Vec<usize> = alike.iter().map(|&r| self.story[r]).collect();
        near.sort_unstable();
        near.dedup();
        let least = self.frozen.map_or(likeness::JOIN, likeness::join);
        let mut best: Option<(i32, usize)> = None;
        for story in near {
            let (top, sum) = self.scores(new, story);
            let score = likeness::with_story(top, sum, self.within[story]);
            if score >= least && best.is_none_or(|b| score > b.0) {
                best = Some((score, story));
            }
        }
        best.map(|b| b.1)
    }
}

/// Returns the terms by which a report is looked up, heaviest first.
fn keys(report: &Terms) -> Vec<(u32, f32)> {
    let mut keys: Vec<(u32, f32)> = report.terms.iter().map(|t| (t.id, t.weight)).collect();
    keys.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    keys.truncate(KEYS);
    keys
}
