//! The reports that are remembered, by their features, oldest first: what is older than the window is forgotten, a block of
//! reports at a time. About a kilobyte a report (docs/measurements/origins.md).

use super::code::Code;
use std::collections::VecDeque;

/// Reports of a block.
const BLOCK: usize = 1024;
/// Bits of an entry's number that count inside its block.
const INSIDE: u32 = 15;

/// A feature of a remembered report.
#[derive(Clone, Copy, Debug)]
struct Entry {
    /// The upper half of the feature; the lower half is its slot in [`Memory::heads`].
    tag: u16,
    /// The report: its place in the block.
    report: u16,
    /// The entry before this one in the same slot: its number plus one.
    before: u32,
}

/// Some reports in a row.
#[derive(Debug, Default)]
struct Block {
    /// The coded words of all its reports; none of those whose words somebody else keeps.
    bytes: Vec<u8>,
    /// Where each report ends in `bytes`.
    ends: Vec<u32>,
    /// The day on which each report stands, days since the epoch, and whether that is its own.
    days: Vec<(Option<i32>, bool)>,
    /// The oldest and the newest of them.
    span: Option<(i32, i32)>,
    entries: Vec<Entry>,
}

/// What is remembered.
#[derive(Debug)]
pub(super) struct Memory {
    blocks: VecDeque<Block>,
    /// Blocks that were forgotten.
    forgotten: usize,
    /// Number of the first block in entry numbers; those start again when the numbers run out.
    first: u32,
    /// The newest entry of each slot: its number plus one; 0 is none. The length is a power of two, at least 65,536.
    heads: Vec<u32>,
    entries: usize,
    /// The median day of the last full block that moved it: a wrong date does not.
    clock: Option<i32>,
    /// Days between the oldest and the newest that are remembered, and how many reports at most.
    window: (i32, usize),
}

impl Memory {
    /// Returns an empty memory of at least `days` days, but of about `most` reports at most.
    pub(super) fn new(days: i32, most: usize) -> Memory {
        Memory {
            blocks: VecDeque::new(),
            forgotten: 0,
            first: 0,
            heads: vec![0; 1 << 16],
            entries: 0,
            clock: None,
            window: (days, most.max(2 * BLOCK)),
        }
    }

    /// Calls `met` with the place of each feature and each report remembered under it, newest first, until it returns false for
    /// that feature. The features take turns: each look-up goes to a far place in memory, and those of one feature need not
    /// wait for those of another.
    pub(super) fn each(&self, features: &[u32], mut met: impl FnMut(usize, usize) -> bool) {
        let head = |(n, feature): (usize, &u32)| (self.heads[*feature as usize & (self.heads.len() - 1)], n);
        let mut open: Vec<(u32, usize)> = features.iter().enumerate().map(head).collect();
        while !open.is_empty() {
            // Asked for all at once, since what is done with one hangs on what is read.
            let asked = open.iter().map(|(at, _)| self.at(*at).map_or(0, |(_, entry)| entry.before));
            std::hint::black_box(asked.fold(0, |a, b| a ^ b));
            open.retain_mut(|(at, n)| {
                let Some((block, entry)) = self.at(*at) else { return false };
                *at = entry.before;
                let is_other = entry.tag != (features[*n] >> 16) as u16;
                is_other || met(*n, (self.forgotten + block) * BLOCK + usize::from(entry.report))
            });
        }
    }

    /// Returns the block and the entry of a number plus one; none for 0 and for what is forgotten.
    fn at(&self, at: u32) -> Option<(usize, &Entry)> {
        let number = at.checked_sub(1)?;
        let block = (number >> INSIDE).checked_sub(self.first)? as usize;
        Some((block, self.blocks.get(block)?.entries.get((number & ((1 << INSIDE) - 1)) as usize)?))
    }

    /// Says whether a report is remembered and lies in the window around `day`; one that stands on none always does.
    pub(super) fn is_near(&self, report: usize, day: Option<i32>) -> bool {
        let Some(block) = (report / BLOCK).checked_sub(self.forgotten).and_then(|b| self.blocks.get(b)) else {
            return false;
        };
        let (Some(day), Some(span)) = (day, block.span) else { return true };
        let is_near = |other: i32| (day - other).abs() <= self.window.0;
        // Most blocks lie inside as a whole: their days need not be read.
        is_near(span.0) && is_near(span.1) || block.days[report % BLOCK].0.is_none_or(is_near)
    }

    /// Returns a report's own day; none if it is forgotten.
    pub(super) fn day(&self, report: usize) -> Option<Option<i32>> {
        let block = self.blocks.get((report / BLOCK).checked_sub(self.forgotten)?)?;
        block.days.get(report % BLOCK).map(|&(day, is_own)| day.filter(|_| is_own))
    }

    /// Reads a report's words into `code`; says whether it is still remembered.
    pub(super) fn recall(&self, report: usize, code: &mut Code) -> bool {
        let bytes = self.bytes(report);
        bytes.is_some_and(|bytes| {
            code.read(bytes);
            true
        })
    }

    /// Asks for the words of reports, all at once: each lies far from the others in memory.
    pub(super) fn touch(&self, reports: &[usize]) {
        let far = |bytes: &[u8], n: usize| bytes.get(n).copied().unwrap_or_default();
        let asked =
            reports.iter().filter_map(|&report| self.bytes(report)).map(|b| far(b, 0) ^ far(b, 200) ^ far(b, 400));
        std::hint::black_box(asked.fold(0, |a, b| a ^ b));
    }

    fn bytes(&self, report: usize) -> Option<&[u8]> {
        let block = self.blocks.get((report / BLOCK).checked_sub(self.forgotten)?)?;
        let from = (report % BLOCK).checked_sub(1).map_or(0, |n| block.ends[n]);
        block.bytes.get(from as usize..*block.ends.get(report % BLOCK)? as usize)
    }

    /// Remembers the next report: its words, unless somebody else keeps them, and the day on which it stands, with whether
    /// that is its own.
    pub(super) fn add(
        &mut self,
        code: Option<&Code>,
        features: impl Iterator<Item = u32>,
        (day, is_own): (Option<i32>, bool),
    ) {
        if self.blocks.back().is_none_or(|b| b.ends.len() == BLOCK) {
            self.forget();
            self.blocks.push_back(Block::default());
        }
        let number = self.first + self.blocks.len() as u32 - 1;
        let Some(block) = self.blocks.back_mut() else { return };
        if let Some(code) = code {
            code.write(&mut block.bytes);
        }
        for feature in features {
            let slot = feature as usize & (self.heads.len() - 1);
            let entry =
                Entry { tag: (feature >> 16) as u16, report: block.ends.len() as u16, before: self.heads[slot] };
            block.entries.push(entry);
            self.heads[slot] = (number << INSIDE) + block.entries.len() as u32;
            self.entries += 1;
        }
        block.ends.push(block.bytes.len() as u32);
        block.days.push((day, is_own));
        if let Some(day) = day {
            let (oldest, newest) = block.span.unwrap_or((day, day));
            block.span = Some((oldest.min(day), newest.max(day)));
        }
        if self.entries > self.heads.len() {
            self.grow();
        }
    }

    /// Closes the last block and drops those that are too old.
    fn forget(&mut self) {
        let Some(last) = self.blocks.back_mut() else { return };
        last.bytes.shrink_to_fit();
        last.entries.shrink_to_fit();
        let mut days: Vec<i32> = last.days.iter().filter_map(|d| d.0).collect();
        days.sort_unstable();
        self.clock = self.clock.max(days.get(days.len() / 2).copied());
        let oldest = self.clock.map(|c| c.saturating_sub(self.window.0));
        let is_old = |b: &Block| b.span.is_some_and(|span| oldest.is_some_and(|o| span.1 < o));
        while self.blocks.front().is_some_and(is_old) || self.blocks.len() * BLOCK > self.window.1 {
            self.entries -= self.blocks.pop_front().map_or(0, |b| b.entries.len());
            self.forgotten += 1;
            self.first += 1;
        }
        if self.first as usize + self.blocks.len() + 1 >= 1 << (32 - INSIDE) {
            self.renumber();
        }
    }

    /// Doubles the slots. A slot's chain is split by the next bit of its features, which is the first of the tag not yet used.
    fn grow(&mut self) {
        let half = self.heads.len();
        self.heads.resize(half * 2, 0);
        let bit = half.trailing_zeros() - 16;
        for slot in 0..half {
            let mut at = std::mem::take(&mut self.heads[slot]);
            // The last entry put into either half of the chain.
            let mut last = [0; 2];
            while let Some(entry) = self.entry(at) {
                let upper = usize::from(entry.tag >> bit & 1);
                let next = std::mem::take(&mut entry.before);
                match last[upper] {
                    0 => self.heads[slot + upper * half] = at,
                    before => self.entry(before).map_or((), |e| e.before = at),
                }
                last[upper] = at;
                at = next;
            }
        }
    }

    /// Returns the entry of a number plus one; none for 0 and for what is forgotten.
    fn entry(&mut self, at: u32) -> Option<&mut Entry> {
        let number = at.checked_sub(1)?;
        let block = self.blocks.get_mut((number >> INSIDE).checked_sub(self.first)? as usize)?;
        block.entries.get_mut((number & ((1 << INSIDE) - 1)) as usize)
    }

    /// Numbers the entries from 0 on.
    fn renumber(&mut self) {
        let gone = std::mem::take(&mut self.first) << INSIDE;
        let anew = |at: &mut u32| *at = at.saturating_sub(gone);
        self.heads.iter_mut().for_each(anew);
        self.blocks.iter_mut().flat_map(|b| &mut b.entries).for_each(|e| anew(&mut e.before));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Remembers reports under one feature of their own and one that each tenth shares; ten reports a day.
    fn memory(window: (i32, usize), reports: u32) -> Memory {
        let mut memory = Memory::new(window.0, window.1);
        for n in 0..reports {
            let features = [n.wrapping_mul(0x9e37_79b1), 0xffff_0000 | (n % 10)];
            memory.add(None, features.into_iter(), (Some(n as i32 / 10), true));
        }
        memory
    }

    fn met(memory: &Memory, feature: u32) -> Vec<usize> {
        let mut found = Vec::new();
        memory.each(&[feature], |_, r| {
            found.push(r);
            true
        });
        found
    }

    #[test]
    fn features_find_their_reports_while_the_slots_grow() {
        let memory = memory((i32::MAX, usize::MAX), 100_000);
        assert!((0..100_000).all(|n: u32| met(&memory, n.wrapping_mul(0x9e37_79b1)) == [n as usize]));
        let shared = met(&memory, 0xffff_0003);
        assert_eq!((shared.len(), shared[0], shared[9999]), (10_000, 99_993, 3));
    }

    #[test]
    fn what_is_older_than_the_window_is_forgotten() {
        let mut memory = memory((1000, usize::MAX), 40_000);
        let oldest = *met(&memory, 0xffff_0003).last().unwrap();
        assert!((24_000..30_000).contains(&oldest), "{oldest}");
        assert!(memory.day(oldest).is_some() && memory.day(oldest - BLOCK).is_none());
        let before = met(&memory, 0xffff_0003);
        memory.renumber();
        assert_eq!(met(&memory, 0xffff_0003), before);
    }

    #[test]
    fn one_wrong_date_forgets_nothing_and_the_number_of_reports_is_bounded() {
        let mut memory = memory((100, 8 * BLOCK), 900);
        memory.add(None, [7].into_iter(), (Some(1_000_000), true));
        (0..5000).for_each(|_| memory.add(None, [8].into_iter(), (Some(90), true)));
        assert!(memory.day(0).is_some());
        (0..9000).for_each(|_| memory.add(None, [8].into_iter(), (None, false)));
        assert!(memory.day(0).is_none() && memory.blocks.len() <= 9);
    }
}
