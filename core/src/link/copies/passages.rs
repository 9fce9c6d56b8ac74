//! The passages that two reports share, as spans on both sides.

use super::code::Code;
use super::features::{self, RUN};
use crate::link::Shared;
use crate::text::Span;

/// Runs shorter than this many words are phrases of the language, not copied passages.
const LEAST_WORDS: usize = 5;
/// Passages kept for one link, longest first.
const MOST: usize = 24;

/// Returns the longest runs of words that stand in both, longest first. `cut` makes a span of the bytes of (copy, original).
pub(super) fn runs(here: &Code, there: &Code) -> Vec<((usize, usize), (usize, usize))> {
    // (word of `here`, word of `there`) for each shingle in both; few places each, so that boilerplate stays cheap.
    let (here_runs, there_runs) = (features::runs(here), features::runs(there));
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    let mut j = 0;
    for &(hash, at) in &here_runs {
        while j < there_runs.len() && there_runs[j].0 < hash {
            j += 1;
        }
        let same = there_runs[j..].iter().take_while(|s| s.0 == hash).take(4);
        pairs.extend(same.map(|s| (at, s.1)));
    }
    // On one diagonal, neighbours make a run.
    pairs.sort_unstable_by_key(|&(a, b)| (i64::from(a) - i64::from(b), a));
    let mut found: Vec<((usize, usize), (usize, usize))> = Vec::new();
    for run in
        pairs.chunk_by(|x, y| i64::from(x.0) - i64::from(x.1) == i64::from(y.0) - i64::from(y.1) && y.0 - x.0 <= 2)
    {
        let (first, last) = (run[0], run[run.len() - 1]);
        let words = (last.0 - first.0) as usize + RUN;
        if words >= LEAST_WORDS {
            found.push(((first.0 as usize, first.0 as usize + words), (first.1 as usize, first.1 as usize + words)));
        }
    }
    found.sort_by_key(|f| (std::cmp::Reverse(f.0.1 - f.0.0), f.0.0, f.1.0));
    let mut taken = vec![false; here.words.len()];
    found.retain(|f| {
        let free = taken[f.0.0..f.0.1].iter().filter(|t| !**t).count() * 2 > f.0.1 - f.0.0;
        if free {
            taken[f.0.0..f.0.1].fill(true);
        }
        free
    });
    found.truncate(MOST);
    found
}

/// Returns the spans of two ranges of words, by where the words of each text start and end.
pub(super) fn spans(
    here: &[(u32, u32)],
    there: &[(u32, u32)],
    ranges: ((usize, usize), (usize, usize)),
) -> Option<Shared> {
    Some(Shared { here: cut(here, ranges.0)?, there: cut(there, ranges.1)? })
}

fn cut(words: &[(u32, u32)], (from, to): (usize, usize)) -> Option<Span> {
    Span::found(words.get(from)?.0, words.get(to.checked_sub(1)?)?.1)
}
