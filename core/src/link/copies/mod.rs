//! Which reports repeat one another. Answers from the reports of a window of days; what is remembered of them are signatures
//! and coded words, not texts.
//!
//! Whether a report repeats another is a fact about the two. Candidates are the reports of the window before it that share
//! the most features with it; a maximum does not depend on what else was read, so that one stream, a batch and time
//! shards that begin a window early find the same copies.

pub(in crate::link) mod claims;
pub(in crate::link) mod code;
pub(in crate::link) mod features;
mod memory;
mod newsrooms;
pub(in crate::link) mod origins;
mod overlap;
pub(in crate::link) mod parted;
mod passages;
pub(in crate::link) mod taken;
pub(in crate::link) mod tree;

use super::words::{self, Words};
use super::{Article, CopyKind};
use crate::when::Day;
use code::Code;
use features::Features;
use memory::Memory;
use overlap::Side;

/// The most recent reports looked at for one feature: a line in every report of a site leads nowhere.
const DEPTH: usize = 32;
/// The weight of shared features that makes a report worth a comparison: one that few reports have, or many.
const LEAST_MET: u32 = 240;
/// Reports compared.
const NEAREST: usize = 12;
/// Matches after which no more are sought; nor behind the same text, whose own matches are known.
const MATCHES: usize = 4;
/// Days that a report is remembered: three years.
pub const WINDOW: u32 = 1096;
/// Reports remembered at most, whatever their days: about a gigabyte.
pub(in crate::link) const MOST: usize = 1 << 20;

/// A report that an earlier or later one repeats, or is repeated by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
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

/// What finding copies looks at in a report. Reading it needs no other report: threads may share the work.
#[derive(Debug)]
pub struct Imprint {
    pub(in crate::link) code: Code,
    pub(in crate::link) features: Features,
    /// Days since the epoch.
    pub(in crate::link) day: Option<i32>,
}

impl Imprint {
    /// Reads a report.
    pub fn of(article: &Article<'_>) -> Imprint {
        Imprint::of_body(&words::body(article), article.day)
    }

    pub(in crate::link) fn of_body(body: &Words, day: Option<Day>) -> Imprint {
        let epoch = jiff::civil::date(1970, 1, 1);
        Imprint { code: Code::of(body), features: Features::of(body), day: day.map(|day| (day - epoch).get_days()) }
    }
}

/// Finds copies among reports as they arrive, in the order of time.
#[derive(Debug)]
pub struct Copies {
    memory: Memory,
    /// Where an earlier report is read into.
    old: Code,
    /// The latest day given: one without a day stands on it.
    latest: Option<i32>,
}

impl Default for Copies {
    fn default() -> Copies {
        Copies::within(WINDOW)
    }
}

impl Copies {
    /// Compares reports that lie at most `days` apart. Undated ones stand on the latest day before them.
    pub fn within(days: u32) -> Copies {
        let window = days.min(i32::MAX as u32) as i32;
        Copies { memory: Memory::new(window, MOST), old: Code::default(), latest: None }
    }

    /// Takes a report. Returns the earlier reports that share its text, the best first.
    pub fn add(&mut self, new: &Imprint) -> Vec<Match> {
        let near = self.candidates(&new.features, new.day);
        self.memory.touch(&near);
        let Copies { memory, old, .. } = self;
        let matches = matches(&new.code, new.day, &near, old, |report, code| {
            let day = memory.day(report)?;
            memory.recall(report, code).then_some(day)
        });
        self.remember(Some(&new.code), &new.features, new.day);
        matches
    }

    /// Remembers the next report; without its words if they are kept elsewhere: then [`matches()`] is told where.
    pub(in crate::link) fn remember(&mut self, code: Option<&Code>, features: &Features, day: Option<i32>) {
        self.latest = self.latest.max(day);
        self.memory.add(code, features.remembered(), (self.stands(day), day.is_some()));
    }

    /// Returns the day on which a report of this day stands.
    fn stands(&self, day: Option<i32>) -> Option<i32> {
        day.or(self.latest)
    }

    /// Returns earlier reports that share features, nearest first.
    pub(in crate::link) fn candidates(&self, new: &Features, day: Option<i32>) -> Vec<usize> {
        let day = self.stands(day);
        let asked: Vec<u32> = new.asked().collect();
        // The report in the upper half, the place of a feature that it shares in the lower.
        let mut met: Vec<u64> = Vec::with_capacity(asked.len() * 4);
        let mut count = vec![0; asked.len()];
        self.memory.each(&asked, |n, report| {
            if self.memory.is_near(report, day) {
                met.push((report as u64) << 32 | n as u64);
                count[n] += 1;
            }
            count[n] < DEPTH
        });
        // A feature of few reports tells more.
        let weight = |met: &u64| 1 + 720 / count[*met as u32 as usize] as u32;
        met.sort_unstable();
        let mut best: Vec<(u32, usize)> = met
            .chunk_by(|a, b| a >> 32 == b >> 32)
            .map(|same| (same.iter().map(weight).sum(), (same[0] >> 32) as usize))
            .filter(|met| met.0 >= LEAST_MET)
            .collect();
        best.sort_unstable_by_key(|b| (std::cmp::Reverse(b.0), b.1));
        best.truncate(NEAREST);
        best.into_iter().map(|b| b.1).collect()
    }
}

/// Returns those of `near` that share text with a report of `day`, the best first. `recall` reads an earlier report's words
/// into the code that it is given, and returns its day; nothing where it is forgotten.
pub(in crate::link) fn matches(
    new: &Code,
    day: Option<i32>,
    near: &[usize],
    old: &mut Code,
    mut recall: impl FnMut(usize, &mut Code) -> Option<Option<i32>>,
) -> Vec<Match> {
    if near.is_empty() {
        return Vec::new();
    }
    let here = Side::of(new);
    let mut matches: Vec<(Match, u32)> = Vec::new();
    for &r in near {
        let Some(earlier) = recall(r, old) else { continue };
        let Some(overlap) = overlap::compare(&here, old) else { continue };
        if let Some(kind) = overlap::judge(&overlap, gap(day, earlier)) {
            // What the shorter says in the words of the longer counts as found on both sides.
            let (x, y) = (new.words.len().max(1), old.words.len().max(1));
            let of = |all: usize| (usize::from(overlap.loosely) * x.min(y) / all) as u16;
            let (in_new, in_old) = (of(x), of(y));
            let found = Match { with: r, kind, here: overlap.here.max(in_new), there: overlap.there.max(in_old) };
            matches.push((found, u32::from(overlap.here) * 2 + u32::from(overlap.closely)));
            if kind == CopyKind::Exact || matches.len() == MATCHES {
                break;
            }
        }
    }
    // Of several that share about as much, the first to arrive is the original, the others are its copies.
    let most = matches.iter().map(|m| m.1).max().unwrap_or(0);
    matches.sort_by_key(|m| if m.1 * 10 >= most * 9 { (0, 0, m.0.with) } else { (1, most - m.1, m.0.with) });
    matches.into_iter().map(|m| m.0).collect()
}

/// Returns the days between two reports, if both are dated.
fn gap(a: Option<i32>, b: Option<i32>) -> Option<i32> {
    Some((a? - b?).abs())
}
