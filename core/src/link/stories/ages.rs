//! The ages of people that a report gives: "a 14-year-old boy", "Ada Moor, 34, of Quettle", "aged 71". News of deeds and
//! accidents gives them from the first hour, often before any name, and keeps to them; two cases of one town have others.

use crate::link::Article;
use crate::link::vocabulary;
use crate::link::words::{CAPITAL, NUMBER, Word, Words};
use crate::packed::{Unpack, put};
use std::sync::LazyLock;

/// The ages that a report gives, a bit each from 0 to 127.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Ages(u128);

impl Ages {
    /// Reads title and body.
    pub(super) fn of(article: &Article<'_>, body: &Words, title: &Words) -> Ages {
        let mut ages = Ages::default();
        ages.read(article.title, &title.words);
        ages.read(article.text, &body.words);
        ages
    }

    /// Returns how much of the ages of two reports is the same, in permille, as a cosine; none if one of them gives none.
    pub(super) fn alike(self, other: Ages) -> Option<i32> {
        let both = u64::from(self.0.count_ones()) * u64::from(other.0.count_ones());
        let same = u64::from((self.0 & other.0).count_ones()) * 1000;
        // The root of a million times the product is a thousand times its root.
        (both > 0).then(|| (same * 1000 / (both * 1_000_000).isqrt()) as i32)
    }

    /// Adds them to bytes.
    pub(super) fn pack(self, out: &mut Vec<u8>) {
        put(out, self.0 as u64);
        put(out, (self.0 >> 64) as u64);
    }

    /// Reads what [`Ages::pack`] wrote.
    pub(super) fn unpack(from: &mut Unpack<'_>) -> Option<Ages> {
        let (low, high) = (from.number()?, from.number()?);
        Some(Ages(u128::from(low) | u128::from(high) << 64))
    }

    fn read(&mut self, text: &str, words: &[Word]) {
        let known = &*KNOWN;
        let is = |n: usize, key: u32| words.get(n).is_some_and(|w| w.key == key);
        let between = |n: usize| text.get(words.get(n)?.end as usize..words.get(n + 1)?.start as usize);
        for (n, word) in words.iter().enumerate().filter(|(_, word)| word.is(NUMBER)) {
            let after = text.get(word.end as usize..).unwrap_or_default();
            let in_years = is(n + 1, known.year) && is(n + 2, known.old);
            let of_name = || {
                let before = n.checked_sub(1);
                before.is_some_and(|b| words[b].is(CAPITAL) && between(b) == Some(", "))
                    && after.starts_with([',', '.', ';', ')'])
            };
            let said_so = || n > 0 && (is(n - 1, known.aged) || is(n - 1, known.age)) && between(n - 1) == Some(" ");
            if (in_years || of_name() || said_so())
                && let Some(age) = text.get(word.start as usize..word.end as usize).and_then(years)
            {
                self.0 |= 1 << age;
            }
        }
    }
}

/// Returns a number of years that a person may have.
fn years(written: &str) -> Option<u8> {
    let mut stem = String::new();
    vocabulary::stem(written, &mut stem);
    stem.parse().ok().filter(|years| *years < 128)
}

/// The keys of the words that tell an age.
struct Known {
    year: u32,
    old: u32,
    age: u32,
    aged: u32,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let key = |word| vocabulary::key(word) as u32;
    Known { year: key("year"), old: key("old"), age: key("age"), aged: key("aged") }
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::words;

    fn of(text: &str) -> Ages {
        let mut ages = Ages::default();
        ages.read(text, &words::title(text).words);
        ages
    }

    #[test]
    fn ages_are_read_and_other_numbers_are_not() {
        let given = of("A 14-year-old boy, a woman aged 71, eight-year-old twins and Ada Moor, 34, were in the boat.");
        assert_eq!(given, Ages(1 << 14 | 1 << 71 | 1 << 8 | 1 << 34));
        assert_eq!(of("On Friday, 12 boats left Quettle, 300 came back, and the 90 year lease ended."), Ages(0));
    }

    #[test]
    fn likeness_needs_ages_on_both_sides() {
        let boat = of("Ada Moor, 34, and a 14-year-old boy");
        assert_eq!(boat.alike(of("the boy, aged 14, and a woman aged 34")), Some(1000));
        assert_eq!(boat.alike(of("the boy aged 14")), Some(707));
        assert_eq!(boat.alike(of("a girl aged 9")), Some(0));
        assert_eq!(boat.alike(of("a girl")), None);
    }

    #[test]
    fn packed_ages_come_back() {
        let (ages, mut bytes) = (of("aged 3, aged 99"), Vec::new());
        ages.pack(&mut bytes);
        assert_eq!(Ages::unpack(&mut Unpack::new(&bytes)), Some(ages));
    }
}
