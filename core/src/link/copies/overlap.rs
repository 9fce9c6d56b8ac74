//! Whether one report repeats another: how much of it stands there word for word, and which of its sentences stand there
//! in other words. Accepts by more than one number: [`Overlap`].

use super::Report;
use super::shingles::SHINGLE;
use crate::link::CopyKind;
use crate::link::vocabulary::Class;
use crate::link::words::{CAPITAL, FUNCTION, NUMBER, QUOTED, Word};

/// How two reports overlap; `here` is the one asked about, `there` the other. Shares are permille.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Overlap {
    /// Share of the words of `here`, outside quotations, that lie in a run of three words found in `there`.
    pub(super) here: u16,
    /// The same of `there`.
    pub(super) there: u16,
    /// Words of `here` in such runs, quotations included.
    pub(super) words: u32,
    /// Sentences of the shorter that are long enough to have a partner.
    pub(super) sentences: u16,
    /// Those with a partner that has two words of five in common, in the same order.
    pub(super) partners: u16,
    /// Share of the words of the shorter's sentences that stand, in the same order, in the partners just named.
    pub(super) loosely: u16,
    /// The same with partners that have half of the words in common.
    pub(super) closely: u16,
    /// Share of the shorter's names and numbers that stand in the partner of their sentence.
    pub(super) kept: u16,
    /// Share of the partners that stand in the same order in both.
    pub(super) ordered: u16,
}

/// Marks the words of `a` that lie in a run of [`SHINGLE`] words found in `b`, and the other way round.
pub(super) fn marks(a: &Report, b: &Report) -> (Vec<bool>, Vec<bool>) {
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

/// Compares two reports.
pub(super) fn compare(here: &Report, there: &Report) -> Overlap {
    let (in_here, in_there) = marks(here, there);
    let mut overlap = Overlap {
        here: share(&here.words, &in_here),
        there: share(&there.words, &in_there),
        words: in_here.iter().filter(|m| **m).count() as u32,
        ..Overlap::default()
    };
    let most = overlap.here.max(overlap.there);
    if !(LEAST_SHARE..SURE_SHARE).contains(&most) {
        return overlap;
    }
    let (short, long) = if here.words.len() <= there.words.len() { (here, there) } else { (there, here) };
    let alignment = align(short, long);
    let matched = &alignment.matched;
    let common =
        |in_ten: u32| -> u32 { matched.iter().filter(|m| m.common * 10 >= m.words * in_ten).map(|m| m.common).sum() };
    let permille = |part: u32, whole: u32| (part * 1000 / whole.max(1)) as u16;
    let places: Vec<usize> = matched.iter().filter(|m| m.common * 10 >= m.words * 3).map(|m| m.long).collect();
    overlap.sentences = alignment.sentences as u16;
    overlap.partners = matched.iter().filter(|m| m.common * 10 >= m.words * 4).count() as u16;
    overlap.loosely = permille(common(4), alignment.words);
    overlap.closely = permille(common(5), alignment.words);
    overlap.kept = permille(matched.iter().map(|m| m.kept).sum(), alignment.kept);
    overlap.ordered = permille(in_order(&places) as u32, places.len() as u32);
    overlap
}

/// Below this share of words in common runs, no rewrite was found: the alignment is not worth its time.
const LEAST_SHARE: u16 = 110;
/// From this share on, no alignment is needed.
const SURE_SHARE: u16 = 620;

/// Sentences of one report and their partners in another.
#[derive(Debug, Default)]
pub(super) struct Alignment {
    /// Words in the sentences of the shorter that are long enough to tell.
    pub(super) words: u32,
    /// How many such sentences there are.
    pub(super) sentences: u32,
    /// Names and numbers in them.
    pub(super) kept: u32,
    /// Each sentence of either at most once, in the order of the shorter.
    pub(super) matched: Vec<Partner>,
}

/// A sentence of the shorter report and its partner in the longer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Partner {
    pub(super) short: usize,
    pub(super) long: usize,
    /// Words of the sentence of the shorter.
    pub(super) words: u32,
    /// Words common to both in the same order.
    pub(super) common: u32,
    /// Common names and numbers.
    pub(super) kept: u32,
}

/// Words that a sentence needs to be aligned.
const LEAST_WORDS: u32 = 6;
/// Sentences of the longer tried for one of the shorter.
const TRIED: usize = 4;

/// Aligns sentences one to one by the words that they have in common in the same order.
///
/// Whoever swaps words for others of the same meaning keeps the words that hold the sentence together, the names and the
/// figures, and their order; two people who tell one thing do not.
pub(super) fn align(short: &Report, long: &Report) -> Alignment {
    let mut alignment = Alignment::default();
    let mut where_in_long: Vec<(u32, u32)> = Vec::new();
    for (n, words) in content(long) {
        where_in_long.extend(words.iter().map(|w| (w.key, n as u32)));
    }
    where_in_long.sort_unstable();
    let mut candidates: Vec<Partner> = Vec::new();
    let mut shared: Vec<(u32, f32, u32)> = Vec::new();
    for (n, words) in content(short) {
        let length = short.sentences[n].1 - short.sentences[n].0;
        alignment.words += length;
        alignment.sentences += 1;
        alignment.kept += kept(sentence(short, n));
        shared.clear();
        for word in &words {
            let from = where_in_long.partition_point(|p| p.0 < word.key);
            let places = where_in_long[from..].iter().take_while(|p| p.0 == word.key).take(32);
            let (weight, kept) = (weight(word), u32::from(is_kept(word)));
            shared.extend(places.map(|p| (p.1, weight, kept)));
        }
        shared.sort_unstable_by_key(|s| s.0);
        let mut tried: Vec<(f32, u32, u32)> = shared
            .chunk_by(|a, b| a.0 == b.0)
            .map(|same| (same.iter().map(|s| s.1).sum(), same[0].0, same.iter().map(|s| s.2).sum()))
            .collect();
        tried.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for &(_, l, kept) in tried.iter().take(TRIED) {
            let common = common_in_order(sentence(short, n), sentence(long, l as usize));
            candidates.push(Partner { short: n, long: l as usize, words: length, common, kept });
        }
    }
    candidates.sort_by_key(|c| (std::cmp::Reverse(c.common), c.short, c.long));
    let mut taken = (vec![false; short.sentences.len()], vec![false; long.sentences.len()]);
    for partner in candidates {
        if taken.0[partner.short] || taken.1[partner.long] {
            continue;
        }
        taken.0[partner.short] = true;
        taken.1[partner.long] = true;
        let words = sentence(short, partner.short);
        if is_shared_quotation(words, partner) {
            // Two who heard the same words print the same words: no sign of copying, either way.
            alignment.words -= partner.words;
            alignment.sentences -= 1;
            alignment.kept -= kept(words);
        } else {
            alignment.matched.push(partner);
        }
    }
    alignment.matched.sort_by_key(|m| m.short);
    alignment
}

/// Says whether a sentence is a quotation for the most part that the partner repeats word for word.
fn is_shared_quotation(words: &[Word], partner: Partner) -> bool {
    let quoted = words.iter().filter(|w| w.is(QUOTED)).count();
    quoted * 10 >= words.len() * 6 && partner.common * 10 >= partner.words * 8
}

/// Counts the different names and numbers.
fn kept(words: &[Word]) -> u32 {
    let mut ids: Vec<u32> = words.iter().filter(|w| is_kept(w) && !w.is(FUNCTION)).map(|w| w.key).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.len() as u32
}

fn sentence(report: &Report, n: usize) -> &[Word] {
    let (from, to) = report.sentences[n];
    &report.words[from as usize..to as usize]
}

/// Returns the length of the longest rising run of places, gaps allowed.
fn in_order(places: &[usize]) -> usize {
    let mut ends: Vec<usize> = Vec::new();
    for &place in places {
        let at = ends.partition_point(|&e| e < place);
        match ends.get_mut(at) {
            Some(end) => *end = place,
            None => ends.push(place),
        }
    }
    ends.len()
}

/// Returns the length of the longest common subsequence of words, the first 64 of each.
///
/// Bit-parallel (Hyyrö 2004): one step for each word of `b`.
fn common_in_order(a: &[Word], b: &[Word]) -> u32 {
    let a = &a[..a.len().min(64)];
    let mut places: [(u32, u64); 64] = [(u32::MAX, 0); 64];
    for (n, word) in a.iter().enumerate() {
        places[n] = (word.key, 1 << n);
    }
    let places = &mut places[..a.len()];
    places.sort_unstable_by_key(|p| p.0);
    let mut row = u64::MAX;
    for word in &b[..b.len().min(64)] {
        let from = places.partition_point(|p| p.0 < word.key);
        let mask = places[from..].iter().take_while(|p| p.0 == word.key).fold(0, |m, p| m | p.1);
        let met = row & mask;
        row = row.wrapping_add(met) | (row & !mask);
    }
    let used = if a.len() == 64 { u64::MAX } else { (1 << a.len()) - 1 };
    (!row & used).count_ones()
}

/// A range of words in each of two reports.
pub(super) type Ranges = ((usize, usize), (usize, usize));

/// Returns the aligned sentences of two reports as ranges of words, `here` first.
pub(super) fn sentences(here: &Report, there: &Report) -> Vec<Ranges> {
    let is_close = |m: &&Partner| m.common * 10 >= m.words * 4;
    let range = |p: &Report, n: usize| (p.sentences[n].0 as usize, p.sentences[n].1 as usize);
    if here.words.len() <= there.words.len() {
        let pairs = align(here, there);
        pairs.matched.iter().filter(is_close).map(|m| (range(here, m.short), range(there, m.long))).collect()
    } else {
        let pairs = align(there, here);
        pairs.matched.iter().filter(is_close).map(|m| (range(here, m.long), range(there, m.short))).collect()
    }
}

/// Returns each sentence that is long enough with its telling words, each once.
fn content(report: &Report) -> impl Iterator<Item = (usize, Vec<Word>)> {
    report.sentences.iter().enumerate().filter(|(_, s)| s.1 - s.0 >= LEAST_WORDS).map(|(n, s)| {
        let mut words: Vec<Word> =
            report.words[s.0 as usize..s.1 as usize].iter().filter(|w| !w.is(FUNCTION)).copied().collect();
        words.sort_by_key(|w| w.key);
        words.dedup_by_key(|w| w.key);
        (n, words)
    })
}

/// Returns how much a word tells when partners are sought: the inverse of how often news reports hold it, names and numbers more.
fn weight(word: &Word) -> f32 {
    let rarity = match word.class {
        Class::Function => 0.0,
        Class::Frequent => 2.0,
        Class::Common => 5.0,
        Class::Rare => 10.0,
    };
    if is_kept(word) { rarity * 1.5 } else { rarity }
}

/// Says whether words are a name or a number: what a rewrite keeps.
pub(super) fn is_kept(word: &Word) -> bool {
    word.is(CAPITAL) || word.is(NUMBER)
}

/// Decides whether the overlap is copying, and of which kind, if `here` is the copy.
///
/// Three ways lead there. Most words of one stand in the other word for word. Or every other word does, in sentences that
/// pair up. Or the sentences pair up in the same order and keep their names and figures, however the words were changed.
/// Numbers: run_all.sh --only copies, 0.5 % false parents.
pub(super) fn judge(overlap: &Overlap) -> Option<CopyKind> {
    let most = overlap.here.max(overlap.there);
    if most >= SURE_SHARE {
        return (overlap.words >= 20).then_some(match (overlap.here, overlap.there) {
            (980.., 980..) => CopyKind::Exact,
            (900.., ..=600) => CopyKind::Excerpt,
            _ => CopyKind::Near,
        });
    }
    let paired = overlap.sentences >= 4 && overlap.closely >= 420 && most >= 280;
    let retold = overlap.sentences >= 6
        && overlap.loosely >= 360
        && overlap.partners * 2 >= overlap.sentences
        && overlap.kept >= 500
        && overlap.ordered >= 900;
    (paired || retold).then_some(CopyKind::Rewrite)
}
