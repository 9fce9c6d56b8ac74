//! Whether one report repeats another: how much of it stands there word for word, and which of its sentences stand there
//! in other words. Accepts by more than one number; [`Overlap`] holds the numbers.

use super::CopyKind;
use super::profile::{CAPITAL, FUNCTION, NUMBER, Profile, QUOTED, SHINGLE, Word};

/// How two reports overlap; `here` is the one asked about, `there` the other. Shares are permille of the words outside quotations
/// unless stated otherwise.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Overlap {
    /// Share of the words of `here` that lie in a run of three words found in `there`.
    pub(super) here: u16,
    /// Share of the words of `there` that lie in a run of three words found in `here`.
    pub(super) there: u16,
    /// Words of `here` in such runs, quotations included.
    pub(super) words: u32,
    /// Share of what the sentences of the shorter say that stands in one sentence of the longer each.
    pub(super) aligned: u16,
    /// Sentences of the shorter that have a partner.
    pub(super) partners: u16,
    /// Sentences of the shorter that are long enough to have one.
    pub(super) sentences: u16,
}

/// Marks the words of `a` that lie in a run of [`SHINGLE`] words found in `b`, and the other way round.
pub(super) fn marks(a: &Profile, b: &Profile) -> (Vec<bool>, Vec<bool>) {
    let mut marked = (vec![false; a.words.len()], vec![false; b.words.len()]);
    let (mut i, mut j) = (0, 0);
    while i < a.shingles.len() && j < b.shingles.len() {
        let hash = a.shingles[i].0;
        match hash.cmp(&b.shingles[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                while i < a.shingles.len() && a.shingles[i].0 == hash {
                    let at = a.shingles[i].1 as usize;
                    marked.0[at..at + SHINGLE].fill(true);
                    i += 1;
                }
                while j < b.shingles.len() && b.shingles[j].0 == hash {
                    let at = b.shingles[j].1 as usize;
                    marked.1[at..at + SHINGLE].fill(true);
                    j += 1;
                }
            }
        }
    }
    marked
}

/// Returns the share of marked words outside quotations, in permille; of all words where nearly everything is quoted.
fn share(words: &[Word], marked: &[bool]) -> u16 {
    let own = words.iter().filter(|w| !w.is(QUOTED)).count();
    let all = own * 5 < words.len();
    let counted = |w: &Word| all || !w.is(QUOTED);
    let total = words.iter().filter(|w| counted(w)).count().max(1);
    let found = words.iter().zip(marked).filter(|(w, m)| **m && counted(w)).count();
    (found * 1000 / total) as u16
}

/// Compares two reports. `weight` gives the weight of a word by its number.
pub(super) fn overlap(here: &Profile, there: &Profile, weight: &dyn Fn(&Word) -> f32) -> Overlap {
    let (in_here, in_there) = marks(here, there);
    let mut overlap = Overlap {
        here: share(&here.words, &in_here),
        there: share(&there.words, &in_there),
        words: in_here.iter().filter(|m| **m).count() as u32,
        ..Overlap::default()
    };
    let (short, long) = if here.words.len() <= there.words.len() { (here, there) } else { (there, here) };
    let pairs = align(short, long, weight);
    let total: f32 = pairs.weights.iter().sum();
    if total > 0.0 {
        let aligned: f32 = pairs.matched.iter().map(|m| m.2).sum();
        overlap.aligned = (aligned * 1000.0 / total) as u16;
    }
    overlap.partners = pairs.matched.len() as u16;
    overlap.sentences = pairs.weights.iter().filter(|w| **w > 0.0).count() as u16;
    overlap
}

/// Sentences of one report and their partners in another.
#[derive(Debug, Default)]
pub(super) struct Alignment {
    /// The weight of each sentence of the shorter; 0 for one too short to tell.
    pub(super) weights: Vec<f32>,
    /// (sentence of the shorter, sentence of the longer, weight shared): each sentence at most once.
    pub(super) matched: Vec<(usize, usize, f32)>,
}

/// Words that a sentence needs to be aligned.
const LEAST_WORDS: u32 = 6;

/// Aligns sentences one to one by the weight of the words that they share; a partner shares at least 45 % of the lighter's weight.
/// guess: the 45 %; settle on judged pairs.
pub(super) fn align(short: &Profile, long: &Profile, weight: &dyn Fn(&Word) -> f32) -> Alignment {
    let mut alignment = Alignment { weights: vec![0.0; short.sentences.len()], matched: Vec::new() };
    let mut where_in_long: Vec<(u32, u32)> = Vec::new();
    let mut long_weights = vec![0.0; long.sentences.len()];
    for (n, words) in content(long) {
        long_weights[n] = words.iter().map(weight).sum();
        where_in_long.extend(words.iter().map(|w| (w.id, n as u32)));
    }
    where_in_long.sort_unstable();
    where_in_long.dedup();
    let mut candidates: Vec<(f32, usize, usize, f32)> = Vec::new();
    let mut shared: Vec<(u32, f32)> = Vec::new();
    for (n, words) in content(short) {
        shared.clear();
        for word in &words {
            let w = weight(word);
            alignment.weights[n] += w;
            let from = where_in_long.partition_point(|p| p.0 < word.id);
            shared.extend(where_in_long[from..].iter().take_while(|p| p.0 == word.id).take(32).map(|p| (p.1, w)));
        }
        shared.sort_unstable_by_key(|s| s.0);
        for same in shared.chunk_by(|a, b| a.0 == b.0) {
            let sum: f32 = same.iter().map(|s| s.1).sum();
            let least = alignment.weights[n].min(long_weights[same[0].0 as usize]).max(alignment.weights[n] * 0.5);
            if same.len() >= 2 && sum >= least * 0.45 {
                candidates.push((sum, n, same[0].0 as usize, sum));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut taken = (vec![false; short.sentences.len()], vec![false; long.sentences.len()]);
    for (_, s, l, sum) in candidates {
        if !taken.0[s] && !taken.1[l] {
            taken.0[s] = true;
            taken.1[l] = true;
            alignment.matched.push((s, l, sum));
        }
    }
    alignment.matched.sort_by_key(|m| m.0);
    alignment
}

/// A range of words in each of two reports.
pub(super) type Ranges = ((usize, usize), (usize, usize));

/// Returns the aligned sentences of two reports as ranges of words, `here` first.
pub(super) fn sentences(here: &Profile, there: &Profile, weight: &dyn Fn(&Word) -> f32) -> Vec<Ranges> {
    let range = |p: &Profile, n: usize| (p.sentences[n].0 as usize, p.sentences[n].1 as usize);
    if here.words.len() <= there.words.len() {
        let pairs = align(here, there, weight);
        pairs.matched.iter().map(|m| (range(here, m.0), range(there, m.1))).collect()
    } else {
        let pairs = align(there, here, weight);
        pairs.matched.iter().map(|m| (range(here, m.1), range(there, m.0))).collect()
    }
}

/// Returns each sentence that is long enough with its telling words, each once.
fn content(profile: &Profile) -> impl Iterator<Item = (usize, Vec<Word>)> {
    profile.sentences.iter().enumerate().filter(|(_, s)| s.1 - s.0 >= LEAST_WORDS).map(|(n, s)| {
        let mut words: Vec<Word> =
            profile.words[s.0 as usize..s.1 as usize].iter().filter(|w| !w.is(FUNCTION)).copied().collect();
        words.sort_by_key(|w| w.id);
        words.dedup_by_key(|w| w.id);
        (n, words)
    })
}

/// Says whether words are a name or a number: what a rewrite keeps.
pub(super) fn is_kept(word: &Word) -> bool {
    word.is(CAPITAL) || word.is(NUMBER)
}

/// Decides whether the overlap is copying, and of which kind, if `here` is the copy.
pub(super) fn judge(overlap: &Overlap) -> Option<CopyKind> {
    let most = overlap.here.max(overlap.there);
    let enough_words = overlap.words >= 20;
    if most >= 450 && enough_words {
        return Some(match (overlap.here, overlap.there) {
            (980.., 980..) => CopyKind::Exact,
            (750.., 750..) => CopyKind::Near,
            (750.., _) => CopyKind::Excerpt,
            (450.., _) => CopyKind::Near,
            _ if overlap.there >= 750 => CopyKind::Near,
            _ => CopyKind::Rewrite,
        });
    }
    let most_sentences = overlap.partners >= 4 && overlap.partners * 10 >= overlap.sentences * 7;
    (most_sentences && overlap.aligned >= 520).then_some(CopyKind::Rewrite)
}
