//! Linking one report after another: each answer depends on the reports before it alone.

use super::profile::{Profile, Word, is_sampled, profile};
use super::table::Table;
use super::{Article, CopyKind, copies, stories};

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

/// What is known of a report when it arrives.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Earlier reports that share its text, the best first.
    pub matches: Vec<Match>,
    /// Its story, by the number of the story's first report.
    pub story: usize,
}

/// Terms by which a report is looked up and found.
const KEYS: usize = 40;
/// The most recent reports looked at for one term or shingle.
const DEPTH: usize = 400;
/// Reports compared in full for copies and for stories.
const NEAREST: usize = 24;

/// The most recent reports of a story that a new one is compared with; they stand for the others.
const LOOKED: usize = 32;

/// Links reports as they arrive.
#[derive(Debug, Default)]
pub struct Stream {
    table: Table,
    pub(super) reports: Vec<Profile>,
    /// In how many reports each word stands.
    counts: Vec<u32>,
    /// How many reports `counts` rests on.
    counted: u32,
    /// How many reports there are in all, if `counts` was taken from them before the first arrived.
    frozen: Option<usize>,
    /// Term to the reports that are looked up by it.
    by_term: Vec<Vec<u32>>,
    shingles: Table,
    by_shingle: Vec<Vec<u32>>,
    /// Report to story.
    pub(super) story: Vec<usize>,
    /// Story (by its first report) to its reports; empty for other numbers.
    members: Vec<Vec<u32>>,
    /// Story to the sum of the scores of its reports, each with each and with itself.
    within: Vec<i64>,
    /// How often each earlier report was met, for candidates; all zero between arrivals.
    tally: Vec<f32>,
}

impl Stream {
    /// Returns a stream that has seen nothing.
    pub fn new() -> Stream {
        Stream::default()
    }

    /// Reads reports to learn how common their words are; they have not arrived yet.
    pub(super) fn learn<'a>(&mut self, articles: impl Iterator<Item = &'a Article<'a>>) -> Vec<Profile> {
        let profiles: Vec<Profile> = articles.map(|a| profile(a, &mut self.table)).collect();
        profiles.iter().for_each(|p| self.count(p));
        self.frozen = Some(profiles.len());
        profiles
    }

    /// Takes the next report.
    pub fn add(&mut self, article: &Article<'_>) -> Arrival {
        let profile = profile(article, &mut self.table);
        self.arrive(profile)
    }

    fn count(&mut self, profile: &Profile) {
        self.counts.resize(self.table.len(), 0);
        profile.terms.iter().for_each(|t| self.counts[t.id as usize] += 1);
        self.counted += 1;
    }

    /// Returns the weight of a word when texts are compared.
    pub(super) fn weight(&self, word: &Word) -> f32 {
        let class = super::vocabulary::class(self.table.key(word.id));
        let idf = stories::idf(class, self.counts[word.id as usize], self.counted);
        if copies::is_kept(word) { idf * 1.5 } else { idf }
    }

    pub(super) fn arrive(&mut self, mut new: Profile) -> Arrival {
        if self.frozen.is_none() {
            self.count(&new);
        }
        stories::weigh(&mut new, |t| stories::idf(t.class, self.counts[t.id as usize], self.counted));
        let keys = keys(&new);
        let alike = self.by_terms(&new, &keys);
        let matches = self.matches(&new, &alike);
        let n = self.reports.len();
        let story = self.choose_story(&new, &alike, &matches).unwrap_or(n);
        self.by_term.resize(self.table.len(), Vec::new());
        for &(term, _) in &keys {
            self.by_term[term as usize].push(n as u32);
        }
        let mut last = None;
        for &(hash, _) in new.shingles.iter().filter(|s| is_sampled(s.0)) {
            if last.replace(hash) != Some(hash) {
                let id = self.shingles.id(u64::from(hash)) as usize;
                self.by_shingle.resize(self.shingles.len(), Vec::new());
                self.by_shingle[id].push(n as u32);
            }
        }
        self.members.push(Vec::new());
        self.within.push(0);
        let (_, sum) = self.scores(&new, story);
        self.within[story] += 1000 + 2 * sum;
        self.members[story].push(n as u32);
        self.story.push(story);
        self.tally.push(0.0);
        self.reports.push(new);
        Arrival { matches, story }
    }

    /// Returns earlier reports that share telling terms, nearest first.
    fn by_terms(&mut self, new: &Profile, keys: &[(u32, f32)]) -> Vec<usize> {
        let _ = new;
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

    /// Returns earlier reports that share text, the best first.
    fn matches(&mut self, new: &Profile, alike: &[usize]) -> Vec<Match> {
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
        let mut near = take_best(&mut met, &mut self.tally, NEAREST / 2);
        near.extend(alike.iter().take(NEAREST / 3));
        near.sort_unstable();
        near.dedup();
        let mut matches: Vec<(Match, u32)> = Vec::new();
        for r in near {
            let old = &self.reports[r];
            let overlap = copies::overlap(new, old, &|w| self.weight(w));
            if let Some(kind) = copies::judge(&overlap) {
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

    /// Returns the best score of a report with a story's reports, and the sum of all.
    fn scores(&self, new: &Profile, story: usize) -> (i32, i64) {
        let members = &self.members[story];
        let looked = members.len().min(LOOKED);
        let scores = members.iter().rev().take(looked).map(|&r| stories::score(new, &self.reports[r as usize]).max(0));
        let (top, sum) = scores.fold((0, 0), |(top, sum), s| (top.max(s), sum + i64::from(s)));
        (top, sum * members.len() as i64 / looked.max(1) as i64)
    }

    /// Returns the story that the report joins: that of its original, else the one it is most like.
    fn choose_story(&self, new: &Profile, alike: &[usize], matches: &[Match]) -> Option<usize> {
        if let Some(original) = matches.first() {
            return Some(self.story[original.with]);
        }
        let mut near: Vec<usize> = alike.iter().map(|&r| self.story[r]).collect();
        near.sort_unstable();
        near.dedup();
        let least = self.frozen.map_or(stories::JOIN, stories::join);
        let mut best: Option<(i32, usize)> = None;
        for story in near {
            let (top, sum) = self.scores(new, story);
            let score = stories::with_story(top, sum, self.within[story]);
            if score >= least && best.is_none_or(|b| score > b.0) {
                best = Some((score, story));
            }
        }
        best.map(|b| b.1)
    }
}

/// Returns the terms by which a report is looked up, heaviest first.
fn keys(profile: &Profile) -> Vec<(u32, f32)> {
    let mut keys: Vec<(u32, f32)> = profile.terms.iter().map(|t| (t.id, t.weight)).collect();
    keys.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    keys.truncate(KEYS);
    keys
}

/// Returns the reports met with the highest tallies, best first, and sets the tallies to zero.
fn take_best(met: &mut Vec<u32>, tally: &mut [f32], most: usize) -> Vec<usize> {
    met.sort_by(|a, b| tally[*b as usize].total_cmp(&tally[*a as usize]).then(b.cmp(a)));
    met.iter().skip(most).for_each(|&r| tally[r as usize] = 0.0);
    met.truncate(most);
    met.iter().for_each(|&r| tally[r as usize] = 0.0);
    met.iter().map(|&r| r as usize).collect()
}
