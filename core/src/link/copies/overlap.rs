//! Whether one report repeats another: how much of it stands there word for word, and which of its sentences stand there
//! in other words. Accepts by more than one number: [`Overlap`].

use super::code::{Code, Coded};
use super::features::{self, RUN};
use crate::link::CopyKind;

/// How two reports overlap; `here` is the one asked about, `there` the other. Shares are permille.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Overlap {
    /// Share of the words of `here`, outside quotations, that lie in a run of three words found in `there`.
    pub(super) here: u16,
    /// The same of `there`.
    pub(super) there: u16,
    /// Words of `here` in such runs, quotations included.
    pub(super) words: u32,
    /// Share of the shorter's different names and numbers that stand anywhere in the longer.
    pub(super) inherited: u16,
    /// Sentences of the shorter that are long enough to have a partner.
    pub(super) sentences: u32,
    /// Those with a partner that has two words of five in common, in the same order.
    pub(super) partners: u32,
    /// Share of the words of the shorter's sentences that stand, in the same order, in the partners just named.
    pub(super) loosely: u16,
    /// The same with partners that have half of the words in common.
    pub(super) closely: u16,
    /// Share of the partners that stand in the same order in both.
    pub(super) ordered: u16,
    /// Names and numbers in the sentences that have partners: in both, in the shorter alone, in the longer alone.
    pub(super) kept: (u32, u32, u32),
}

/// A report that is compared with others: where each of its runs of [`RUN`] words stands.
#[derive(Debug)]
pub(super) struct Side<'a> {
    code: &'a Code,
    /// The hash of the run that begins at each word.
    runs: Vec<u32>,
    /// Slot to the first word of a run, plus one; the length is a power of two.
    slots: Vec<u32>,
    /// Run to the next one that has its slot and another hash, plus one.
    next: Vec<u32>,
    /// Run to the next one that has its hash, plus one.
    same: Vec<u32>,
}

impl<'a> Side<'a> {
    pub(super) fn of(code: &'a Code) -> Side<'a> {
        let runs: Vec<u32> = code.words.windows(RUN).map(features::run).collect();
        let (next, same) = (vec![0; runs.len()], vec![0; runs.len()]);
        // Mostly free, since most runs of most candidates are in no slot.
        let slots = vec![0; (runs.len() * 8).next_power_of_two().max(64)];
        let mut side = Side { code, runs, slots, next, same };
        for at in 0..side.runs.len() {
            let run = side.runs[at];
            if let Some(first) = side.find(run) {
                side.same[at] = std::mem::replace(&mut side.same[first], at as u32 + 1);
            } else {
                let slot = run as usize & (side.slots.len() - 1);
                side.next[at] = std::mem::replace(&mut side.slots[slot], at as u32 + 1);
            }
        }
        side
    }

    /// Returns the place of the run that stands for all of its hash.
    fn find(&self, run: u32) -> Option<usize> {
        let mut at = self.slots[run as usize & (self.slots.len() - 1)];
        while let Some(found) = at.checked_sub(1) {
            if self.runs[found as usize] == run {
                return Some(found as usize);
            }
            at = self.next[found as usize];
        }
        None
    }

    /// Marks the words of both that lie in a run of [`RUN`] words found in both; none if there are too few for a copy.
    fn marks(&self, other: &Code) -> Option<(Vec<bool>, Vec<bool>)> {
        let mut found: Vec<(usize, usize)> = Vec::with_capacity(other.words.len());
        let runs = other.words.windows(RUN).enumerate();
        found.extend(runs.filter_map(|(at, words)| Some((at, self.find(features::run(words))?))));
        let shorter = self.code.words.len().min(other.words.len());
        if found.len() * RUN * 1000 < usize::from(LEAST_SHARE) * shorter {
            return None;
        }
        let (mut here, mut there) = (vec![false; self.code.words.len()], vec![false; other.words.len()]);
        let mut met = vec![false; self.runs.len()];
        for (at, first) in found {
            there[at..at + RUN].fill(true);
            if std::mem::replace(&mut met[first], true) {
                continue;
            }
            let mut same = Some(first);
            while let Some(at) = same {
                here[at..at + RUN].fill(true);
                same = (self.same[at] as usize).checked_sub(1);
            }
        }
        Some((here, there))
    }
}

/// Returns the share of marked words outside quotations, in permille; of all words where nearly everything is quoted.
fn share(words: &[Coded], marked: &[bool]) -> u16 {
    let own = words.iter().filter(|w| !w.is_quoted()).count();
    let all = own * 5 < words.len();
    let counted = |w: &Coded| all || !w.is_quoted();
    let total = words.iter().filter(|w| counted(w)).count().max(1);
    let found = words.iter().zip(marked).filter(|(w, m)| **m && counted(w)).count();
    (found * 1000 / total) as u16
}

/// Compares two reports; none if they share too little for a copy.
pub(super) fn compare(here: &Side<'_>, there: &Code) -> Option<Overlap> {
    let (in_here, in_there) = here.marks(there)?;
    let here = here.code;
    let (short, long) = if here.words.len() <= there.words.len() { (here, there) } else { (there, here) };
    let mut overlap = Overlap {
        here: share(&here.words, &in_here),
        there: share(&there.words, &in_there),
        words: in_here.iter().filter(|m| **m).count() as u32,
        inherited: inherited(short, long),
        ..Overlap::default()
    };
    let most = overlap.here.max(overlap.there);
    if most >= LEAST_SHARE && (most < SURE_SHARE || overlap.inherited < LEAST_INHERITED) {
        overlap.pair(short, long);
    }
    Some(overlap)
}

/// Returns the share of the shorter's different names and numbers that stand anywhere in the longer, in permille.
fn inherited(short: &Code, long: &Code) -> u16 {
    let (short, long) = (kept(&short.words), kept(&long.words));
    let found = short.iter().filter(|code| long.binary_search(code).is_ok()).count();
    (found * 1000 / short.len().max(1)) as u16
}

impl Overlap {
    /// Says whether so much of one stands word for word in the other that no more need be asked.
    pub(super) fn is_word_for_word(&self) -> bool {
        self.here.max(self.there) >= SURE_SHARE
    }

    /// Says whether so many words of the shorter stand in the partners of its sentences as in a rewrite.
    pub(super) fn is_reworded(&self) -> bool {
        self.loosely >= LEAST_LOOSELY
    }

    /// Fills in what the alignment of sentences tells.
    fn pair(&mut self, short: &Code, long: &Code) {
        let alignment = align(short, long);
        let matched = &alignment.matched;
        let in_common = |in_ten: u32| matched.iter().filter(move |m| m.common * 10 >= m.words * in_ten);
        let permille = |part: u32, whole: u32| (part * 1000 / whole.max(1)) as u16;
        let places: Vec<usize> = in_common(3).map(|m| m.long).collect();
        self.sentences = alignment.sentences;
        self.partners = in_common(4).count() as u32;
        self.loosely = permille(in_common(4).map(|m| m.common).sum(), alignment.words);
        self.closely = permille(in_common(5).map(|m| m.common).sum(), alignment.words);
        self.ordered = permille(in_order(&places) as u32, places.len() as u32);
        for m in in_common(4) {
            let (a, b) = (sentence(short, m.short), sentence(long, m.long));
            let (only_a, only_b) = (lacks(a, b), lacks(b, a));
            let all = a.iter().filter(|w| w.is_kept()).count() as u32;
            self.kept = (self.kept.0 + all - only_a, self.kept.1 + only_a, self.kept.2 + only_b);
        }
    }
}

/// Counts the names and numbers of `a` that `b` lacks.
fn lacks(a: &[Coded], b: &[Coded]) -> u32 {
    a.iter().filter(|w| w.is_kept() && !b.iter().any(|v| v.code == w.code)).count() as u32
}

/// Below this share of words in common runs, no rewrite was found: the alignment is not worth its time.
const LEAST_SHARE: u16 = 110;
/// From this share on, no alignment is needed if names and numbers agree.
const SURE_SHARE: u16 = 620;
/// The least share of the words of sentences that stand in their partners in a rewrite.
const LEAST_LOOSELY: u16 = 360;
/// Below this share of common names and numbers, equal words may be the frame that a site puts around every report.
const LEAST_INHERITED: u16 = 450;

/// Sentences of one report and their partners in another.
#[derive(Debug, Default)]
pub(super) struct Alignment {
    /// Words in the sentences of the shorter that are long enough to tell.
    pub(super) words: u32,
    /// How many such sentences there are.
    pub(super) sentences: u32,
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
}

/// Words that a sentence needs to be aligned.
const LEAST_WORDS: u32 = 6;
/// Sentences of the longer tried for one of the shorter.
const TRIED: usize = 4;

/// Aligns sentences one to one by the words that they have in common in the same order.
///
/// Whoever swaps words for others of the same meaning keeps the words that hold the sentence together, the names and the
/// figures, and their order; two people who tell one thing do not.
pub(super) fn align(short: &Code, long: &Code) -> Alignment {
    let mut alignment = Alignment::default();
    let mut where_in_long: Vec<(u16, u32)> = Vec::with_capacity(long.words.len());
    for (n, words) in sentences_of(long) {
        where_in_long.extend(words.iter().filter(|w| !w.is_function()).map(|w| (w.code, n as u32)));
    }
    where_in_long.sort_unstable();
    where_in_long.dedup();
    let mut candidates: Vec<Partner> = Vec::new();
    let mut shared: Vec<(u32, u32)> = Vec::new();
    for (n, words) in content(short) {
        let length = short.sentences[n].1 - short.sentences[n].0;
        alignment.words += length;
        alignment.sentences += 1;
        shared.clear();
        for word in &words {
            let from = where_in_long.partition_point(|p| p.0 < word.code);
            let places = where_in_long[from..].iter().take_while(|p| p.0 == word.code).take(32);
            let weight = weight(word, places.clone().count());
            shared.extend(places.map(|p| (p.1, weight)));
        }
        shared.sort_unstable_by_key(|s| s.0);
        let mut tried: Vec<(u32, u32)> =
            shared.chunk_by(|a, b| a.0 == b.0).map(|same| (same.iter().map(|s| s.1).sum(), same[0].0)).collect();
        tried.sort_by_key(|t| (std::cmp::Reverse(t.0), t.1));
        let places = Places::of(sentence(short, n));
        for &(_, l) in tried.iter().take(TRIED) {
            let common = places.common_in_order(sentence(long, l as usize));
            candidates.push(Partner { short: n, long: l as usize, words: length, common });
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
        } else {
            alignment.matched.push(partner);
        }
    }
    alignment.matched.sort_by_key(|m| m.short);
    alignment
}

/// Returns how much a common word tells when partners are sought: less where it stands in many sentences, more for names.
fn weight(word: &Coded, sentences: usize) -> u32 {
    (if word.is_kept() { 90 } else { 60 }) / sentences.max(1) as u32
}

/// Says whether a sentence is a quotation for the most part that the partner repeats word for word.
fn is_shared_quotation(words: &[Coded], partner: Partner) -> bool {
    let quoted = words.iter().filter(|w| w.is_quoted()).count();
    quoted * 10 >= words.len() * 6 && partner.common * 10 >= partner.words * 8
}

/// Returns the different names and numbers, sorted.
fn kept(words: &[Coded]) -> Vec<u16> {
    let mut codes: Vec<u16> = words.iter().filter(|w| w.is_kept()).map(|w| w.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn sentence(code: &Code, n: usize) -> &[Coded] {
    let (from, to) = code.sentences[n];
    &code.words[from as usize..to as usize]
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

/// Where the first 64 words of a sentence stand: a bit for each place. Made once, asked for each sentence that may be its
/// partner.
struct Places {
    /// Code and places, each code at the first free slot from its hash on.
    slots: [(u16, u64); 128],
    /// Words of the sentence, 64 at most.
    words: usize,
}

/// The code of no word.
const FREE: u16 = u16::MAX;

impl Places {
    fn of(words: &[Coded]) -> Places {
        let words = &words[..words.len().min(64)];
        let mut places = Places { slots: [(FREE, 0); 128], words: words.len() };
        for (n, word) in words.iter().enumerate() {
            let slot = places.slot(word.code);
            places.slots[slot].0 = word.code;
            places.slots[slot].1 |= 1 << n;
        }
        places
    }

    /// Returns the slot that holds the code, or the free one where it belongs.
    fn slot(&self, code: u16) -> usize {
        let mut at = usize::from(code ^ code >> 7) & 127;
        while self.slots[at].0 != FREE && self.slots[at].0 != code {
            at = (at + 1) & 127;
        }
        at
    }

    /// Returns the length of the longest common subsequence with the first 64 words of another sentence.
    ///
    /// Bit-parallel (Hyyrö 2004): one step for each word of the other.
    fn common_in_order(&self, other: &[Coded]) -> u32 {
        let mut row = u64::MAX;
        for word in &other[..other.len().min(64)] {
            let met = row & self.slots[self.slot(word.code)].1;
            row = row.wrapping_add(met) | (row ^ met);
        }
        let used = if self.words == 64 { u64::MAX } else { (1 << self.words) - 1 };
        (!row & used).count_ones()
    }
}

/// A range of words in each of two reports.
pub(super) type Ranges = ((usize, usize), (usize, usize));

/// Returns the aligned sentences of two reports as ranges of words, `here` first.
pub(super) fn sentences(here: &Code, there: &Code) -> Vec<Ranges> {
    let is_close = |m: &&Partner| m.common * 10 >= m.words * 4;
    let range = |p: &Code, n: usize| (p.sentences[n].0 as usize, p.sentences[n].1 as usize);
    if here.words.len() <= there.words.len() {
        let pairs = align(here, there);
        pairs.matched.iter().filter(is_close).map(|m| (range(here, m.short), range(there, m.long))).collect()
    } else {
        let pairs = align(there, here);
        pairs.matched.iter().filter(is_close).map(|m| (range(here, m.long), range(there, m.short))).collect()
    }
}

/// Returns each sentence that is long enough to tell, with its words.
fn sentences_of(code: &Code) -> impl Iterator<Item = (usize, &[Coded])> {
    let words = |s: &(u32, u32)| &code.words[s.0 as usize..s.1 as usize];
    code.sentences.iter().enumerate().filter(|(_, s)| s.1 - s.0 >= LEAST_WORDS).map(move |(n, s)| (n, words(s)))
}

/// Returns the same with its telling words, each once.
fn content(code: &Code) -> impl Iterator<Item = (usize, Vec<Coded>)> {
    sentences_of(code).map(|(n, words)| {
        let mut words: Vec<Coded> = words.iter().filter(|w| !w.is_function()).copied().collect();
        words.sort_by_key(|w| w.code);
        words.dedup_by_key(|w| w.code);
        (n, words)
    })
}

/// Decides whether the overlap is copying, and of which kind, if `here` is the copy. `gap` is the days between them.
///
/// Most words of one stand in the other word for word: a copy, unless the names and numbers inside the common sentences
/// differ, as in a frame that a site fills in for every report. Fewer do: then within weeks alone, and by one of
/// [`brings_nothing`], [`follows`] and [`is_pasted`].
pub(super) fn judge(overlap: &Overlap, gap: Option<i32>) -> Option<CopyKind> {
    let (both, new, _) = overlap.kept;
    if overlap.is_word_for_word() {
        let is_frame = overlap.inherited < LEAST_INHERITED && new * 4 > both;
        return (overlap.words >= 20 && !is_frame).then_some(kind(overlap.here, overlap.there));
    }
    let in_time = gap.is_none_or(|days| days <= REWRITTEN_WITHIN) && overlap.sentences >= 3;
    (in_time && (brings_nothing(overlap) || follows(overlap) || is_pasted(overlap))).then_some(CopyKind::Rewrite)
}

/// Returns the kind of a copy that takes words over as they are: by the share of its words that stand in the original, and of
/// the original's that stand in it.
pub(super) fn kind(here: u16, there: u16) -> CopyKind {
    match (here, there) {
        (980.., 980..) => CopyKind::Exact,
        (900.., ..=600) => CopyKind::Excerpt,
        _ => CopyKind::Near,
    }
}

/// Days within which a report is rewritten by others. guess: what looks like a rewrite of an older report is a formula of
/// the same desk; of eight false links by rewriting in GVA's originals, seven were further apart.
const REWRITTEN_WITHIN: i32 = 30;

/// The shorter has no names and numbers of its own, and its sentences have partners: swapped words, in any order. Who
/// reports for himself has a name, an age or an hour that the other lacks.
fn brings_nothing(overlap: &Overlap) -> bool {
    let (both, new, lost) = overlap.kept;
    overlap.inherited >= 850
        && both >= 3
        && new.min(lost) * 4 <= both
        && overlap.partners * 100 >= overlap.sentences * 65
        && overlap.is_reworded()
}

/// Nearly all sentences have partners in the same order, however garbled names and words are.
fn follows(overlap: &Overlap) -> bool {
    let partners = |percent: u32| overlap.partners * 100 >= overlap.sentences * percent;
    overlap.sentences >= 5
        && (partners(75) && overlap.ordered >= 900 && overlap.loosely >= 380
            || partners(69) && overlap.ordered >= 830 && overlap.loosely >= 480)
}

/// A good part stands there nearly word for word, with its names and numbers, beside text from elsewhere.
fn is_pasted(overlap: &Overlap) -> bool {
    let (both, new, lost) = overlap.kept;
    overlap.words >= 60
        && overlap.here.max(overlap.there) >= 280
        && overlap.closely >= 400
        && new * 8 <= both
        && lost * 2 <= both
}
