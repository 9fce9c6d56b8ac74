//! How common words are before a single report was read: a frozen table, so that the score of two reports is the same in
//! a folder of ten, in a stream and in every shard of an archive.

use crate::lang::en::entries;
use crate::link::vocabulary::{self, Class};
use std::sync::LazyLock;

const COUNTS: &str = include_str!("../../lang/en/model/background.txt");
const CLASSES: &str = include_str!("../../lang/en/newswords.txt");

/// Stretches that stand behind the classes of the word list, beside those that were counted. guess: from 200 to 3,000
/// made no difference.
const LISTED: f32 = 400.0;
/// The most that a word can tell, in eighths of a bit: what is in no list may be a slip of the pen.
const MOST: f32 = 88.0;

/// Returns the digest of the tables, the epoch of all scores: equal epochs, equal scores.
pub fn epoch() -> &'static str {
    static EPOCH: LazyLock<String> = LazyLock::new(|| {
        let mut hasher = blake3::Hasher::new();
        hasher.update(COUNTS.as_bytes()).update(CLASSES.as_bytes());
        hasher.finalize().to_hex()[..16].to_owned()
    });
    &EPOCH
}

/// Returns what a word tells, in eighths of a bit: the rarer, the more. Range 0..=88.
pub(super) fn bits(key: u32, class: Class) -> u8 {
    TABLE.bits(key).unwrap_or(match class {
        Class::Function => 0,
        class => eighths(0, class, TABLE.stretches),
    })
}

/// Returns what a number tells, in eighths of a bit, as it is written: ages, days and years are in every report.
pub(super) fn bits_of_number(written: &str) -> u8 {
    let digits = written.bytes().filter(u8::is_ascii_digit).count();
    match digits {
        0..=2 => 24,
        4 if written.starts_with("19") || written.starts_with("20") => 24,
        3 => 48,
        _ => 72,
    }
}

/// Words and what they tell.
struct Table {
    stretches: u32,
    /// Open addressing by key; 0 bits are a free slot. Its length is a power of two.
    slots: Vec<(u32, u8)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut lines = entries(COUNTS);
    let stretches = lines.next().and_then(|n| n.parse().ok()).unwrap_or(1);
    let mut table = Table { stretches, slots: vec![(0, 0); 1 << 15] };
    for line in lines {
        let mut words = line.split_whitespace();
        let count = words.next().and_then(|n| n.parse().ok()).unwrap_or(0);
        words.for_each(|word| table.put(word, count));
    }
    table
});

impl Table {
    fn put(&mut self, stem: &str, count: u32) {
        let key = vocabulary::key(stem);
        let class = vocabulary::class(key);
        if class != Class::Function {
            let at = self.slot(key as u32);
            self.slots[at] = (key as u32, eighths(count, class, self.stretches).max(1));
        }
    }

    fn bits(&self, key: u32) -> Option<u8> {
        let (_, bits) = self.slots[self.slot(key)];
        (bits > 0).then_some(bits)
    }

    fn slot(&self, key: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = key as usize & mask;
        while self.slots[at].1 != 0 && self.slots[at].0 != key {
            at = (at + 1) & mask;
        }
        at
    }
}

/// Returns eight times the binary logarithm of how many reports there are to one with the word.
fn eighths(count: u32, class: Class, stretches: u32) -> u8 {
    let share = match class {
        Class::Function => 1.0,
        Class::Frequent => 0.25,
        Class::Common => 0.03,
        Class::Rare => 0.001,
    };
    let with = count as f32 + LISTED * share;
    (log2((stretches as f32 + LISTED) / with) * 8.0).clamp(0.0, MOST) as u8
}

/// Returns the binary logarithm, by a parabola between powers of two: the same on every machine, and right to a hundredth.
pub(super) fn log2(x: f32) -> f32 {
    let bits = x.max(f32::MIN_POSITIVE).to_bits();
    let exponent = (bits >> 23) as i32 - 127;
    let fraction = f32::from_bits((bits & 0x007f_ffff) | 0x3f80_0000) - 1.0;
    exponent as f32 + fraction * (1.344 - 0.344 * fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(word: &str) -> u8 {
        let key = vocabulary::key(word);
        bits(key as u32, vocabulary::class(key))
    }

    #[test]
    fn rarer_words_tell_more() {
        assert!(of("police") < of("bridge"));
        assert!(of("bridge") < of("quettlebury"));
        assert_eq!(of("the"), 0);
        assert!(bits_of_number("2019") < bits_of_number("4,127"));
    }
}
