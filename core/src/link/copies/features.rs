//! By what a report is looked up: a few of its runs of three words, and a few of its pairs of telling words.
//!
//! Each kind is hashed, and the smallest hashes are taken: two reports that share a part of their runs share that part of
//! the smallest as well (bottom sketches, Cohen 1997). A report is remembered under few of them and asks for more, so that
//! an excerpt finds the long text that it was cut from. Pairs of telling words, whatever stands between, outlive changed
//! small words and swapped sentences.

use super::code::Code;
use crate::link::table::{join, mix};
use crate::link::words::Words;
use crate::packed::{Unpack, put_rising};

/// Words in a run. Source: 3 words gave more recall on edited copies than 5 at the same rate of false parents.
pub(super) const RUN: usize = 3;
/// Runs and pairs under which a report is remembered.
const REMEMBERED: (usize, usize) = (14, 10);
/// Runs and pairs for which it asks.
const ASKED: (usize, usize) = (36, 24);

/// The features of a report.
#[derive(Clone, Debug, Default)]
pub(in crate::link) struct Features {
    /// Those for which it asks; those under which it is remembered begin each half.
    runs: Vec<u32>,
    pairs: Vec<u32>,
}

impl Features {
    pub(in crate::link) fn of(body: &Words) -> Features {
        let run = |w: &[crate::link::words::Word]| w.iter().fold(1, |h, w| join(h, u64::from(w.key)));
        let telling: Vec<u32> =
            body.words.iter().filter(|w| w.class >= crate::link::vocabulary::Class::Common).map(|w| w.key).collect();
        let pair = |w: &[u32]| w.iter().fold(2, |h, w| join(h, u64::from(*w)));
        Features {
            runs: smallest(body.words.windows(RUN).map(run), ASKED.0),
            pairs: smallest(telling.windows(2).map(pair), ASKED.1),
        }
    }

    /// Returns the features under which the report is remembered.
    pub(in crate::link) fn remembered(&self) -> impl Iterator<Item = u32> {
        self.runs.iter().take(REMEMBERED.0).chain(self.pairs.iter().take(REMEMBERED.1)).copied()
    }

    /// Returns the features for which it asks.
    pub(in crate::link) fn asked(&self) -> impl Iterator<Item = u32> {
        self.runs.iter().chain(&self.pairs).copied()
    }

    /// Gives back the room that they do not need.
    pub(in crate::link) fn shrink(&mut self) {
        self.runs.shrink_to_fit();
        self.pairs.shrink_to_fit();
    }

    /// Adds them to bytes.
    pub(in crate::link) fn pack(&self, out: &mut Vec<u8>) {
        put_rising(out, &self.runs);
        put_rising(out, &self.pairs);
    }

    /// Reads what [`Features::pack`] wrote.
    pub(in crate::link) fn unpack(from: &mut Unpack<'_>) -> Option<Features> {
        Some(Features { runs: from.rising()?, pairs: from.rising()? })
    }
}

/// Returns the smallest different hashes, rising.
fn smallest(hashes: impl Iterator<Item = u64>, most: usize) -> Vec<u32> {
    let mut all: Vec<u32> = hashes.map(|h| mix(h) as u32).collect();
    // Twice as many as wanted: repeated runs are rare.
    if all.len() > most * 2 {
        all.select_nth_unstable(most * 2);
        all.truncate(most * 2);
    }
    all.sort_unstable();
    all.dedup();
    all.truncate(most);
    all
}

/// Returns hash and first word of each run of three words, sorted.
pub(super) fn runs(code: &Code) -> Vec<(u32, u32)> {
    let mut out: Vec<(u32, u32)> = code.words.windows(RUN).enumerate().map(|(at, w)| (run(w), at as u32)).collect();
    out.sort_unstable();
    out
}

/// Returns the hash of a run of remembered words.
pub(super) fn run(words: &[super::code::Coded]) -> u32 {
    // Spelled out, since this is asked for each word of each report compared.
    let [a, b, c] = words else { return 0 };
    mix(u64::from(a.code) << 32 | u64::from(b.code) << 16 | u64::from(c.code)) as u32
}
