//! The terms of a report, laid out to be run through: the keys side by side, the rest behind them. A report is compared with
//! some forty others, whose keys are all that is read of most of them.

use super::terms::Term;

/// Terms sorted by key.
#[derive(Clone, Default, Debug)]
pub(super) struct List {
    /// All keys, then all weights, then all flags: 7 bytes a term.
    bytes: Box<[u8]>,
}

/// Bytes of a key, of a weight, and of all of a term.
const KEY: usize = 4;
const WEIGHT: usize = 2;
const TERM: usize = 7;

impl List {
    pub(super) fn of(terms: &[Term]) -> List {
        let mut bytes = Vec::with_capacity(terms.len() * TERM);
        terms.iter().for_each(|t| bytes.extend(t.key.to_le_bytes()));
        terms.iter().for_each(|t| bytes.extend(t.weight.to_le_bytes()));
        bytes.extend(terms.iter().map(|t| t.flags));
        List { bytes: bytes.into() }
    }

    /// Returns a number that can be told once the first terms are at hand.
    pub(super) fn touch(&self) -> u8 {
        let far = |n: usize| self.bytes.get(n).copied().unwrap_or_default();
        far(0) ^ far(256) ^ far(512)
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len() / TERM
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Term> {
        self.keys().iter().enumerate().map(|(n, key)| self.term(n, u32::from_le_bytes(*key)))
    }

    fn keys(&self) -> &[[u8; KEY]] {
        self.bytes[..self.len() * KEY].as_chunks().0
    }

    /// Returns the n-th term, whose key is known.
    fn term(&self, n: usize, key: u32) -> Term {
        let (weights, flags) = self.bytes[self.len() * KEY..].split_at(self.len() * WEIGHT);
        Term { key, weight: u16::from_le_bytes([weights[n * WEIGHT], weights[n * WEIGHT + 1]]), flags: flags[n] }
    }
}

/// A report's terms, made ready to be held against those of others: by the beginnings of their keys, so that a term that is
/// not there, as most are not, is told without looking for it.
#[derive(Debug)]
pub(super) struct Probe<'a> {
    list: &'a List,
    /// The place of the first term whose key begins so, plus one; 0 if none does.
    first: [u16; 1 << BITS],
}

/// Bits of a key that are its beginning.
const BITS: u32 = 12;
/// Terms looked at in one go.
const PART: usize = 256;

impl<'a> Probe<'a> {
    pub(super) fn of(list: &'a List) -> Probe<'a> {
        let mut first = [0; 1 << BITS];
        for (n, key) in list.keys().iter().enumerate().rev() {
            first[beginning(u32::from_le_bytes(*key))] = n as u16 + 1;
        }
        Probe { list, first }
    }

    /// Calls `met` with each term that stands in both, as it stands here and there, by rising keys.
    pub(super) fn common(&self, other: &List, mut met: impl FnMut(Term, Term)) {
        for (part, keys) in other.keys().chunks(PART).enumerate() {
            // Written down for all before one is looked at: a jump for each key would be guessed wrong too often.
            let mut likely = [0_u16; PART];
            let mut count = 0;
            for (n, key) in keys.iter().enumerate() {
                likely[count % PART] = n as u16;
                count += usize::from(self.first[beginning(u32::from_le_bytes(*key))] != 0);
            }
            for &n in &likely[..count] {
                let key = u32::from_le_bytes(keys[usize::from(n)]);
                if let Some(here) = self.find(key) {
                    met(here, other.term(part * PART + usize::from(n), key));
                }
            }
        }
    }

    /// Returns the term of a key.
    fn find(&self, key: u32) -> Option<Term> {
        let first = usize::from(self.first[beginning(key)]).checked_sub(1)?;
        // Few begin alike.
        let mut from = self.list.keys()[first..].iter().map(|other| u32::from_le_bytes(*other));
        let at = from.position(|other| other >= key)?;
        let n = first + at;
        (u32::from_le_bytes(self.list.keys()[n]) == key).then(|| self.list.term(n, key))
    }
}

fn beginning(key: u32) -> usize {
    (key >> (u32::BITS - BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::table::mix;

    #[test]
    fn terms_of_two_lists_are_found_as_by_looking_at_all() {
        let list = |step: u64, count: u64| {
            // Some begin alike.
            let key = |n: u64| (mix(n * step / 4) as u32 & !3) | (n as u32 & 3);
            let mut terms: Vec<Term> =
                (0..count).map(|n| Term { key: key(n), weight: (n * step) as u16, flags: n as u8 }).collect();
            terms.sort_by_key(|t| t.key);
            terms.dedup_by_key(|t| t.key);
            List::of(&terms)
        };
        for (a, b) in [(list(4, 0), list(4, 9)), (list(4, 300), list(8, 700)), (list(1, 256), list(3, 200))] {
            let mut met = Vec::new();
            Probe::of(&a).common(&b, |x, y| met.push((x.key, x.weight, y.weight, x.flags, y.flags)));
            let all = a.iter().flat_map(|x| b.iter().filter(move |y| y.key == x.key).map(move |y| (x, y)));
            let expected: Vec<_> = all.map(|(x, y)| (x.key, x.weight, y.weight, x.flags, y.flags)).collect();
            assert_eq!(met, expected);
        }
    }
}
