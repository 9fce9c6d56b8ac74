//! How common a word is in news before any report was read: words that hold sentences together, and words of every newsroom.

use super::table::mix;
use crate::lang::en::entries;
use std::sync::LazyLock;

/// How common a word is in news prose.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Class {
    /// Holds sentences together: not a term at all.
    Function,
    /// In every fourth report or so.
    Frequent,
    /// In one report of thirty or so.
    Common,
    /// Everything else.
    Rare,
}

/// The keys of the lists, each at the first free slot from its lower bits on; the length is a power of two.
static KNOWN: LazyLock<Vec<Option<(u64, Class)>>> = LazyLock::new(|| {
    let mut known = vec![None; 4096];
    let mut class = Class::Function;
    let mut stemmed = String::new();
    for line in entries(include_str!("../lang/en/newswords.txt")) {
        match line {
            "[function]" => class = Class::Function,
            "[frequent]" => class = Class::Frequent,
            "[common]" => class = Class::Common,
            _ => {
                for word in line.split_whitespace() {
                    stem(word, &mut stemmed);
                    let key = key(&stemmed);
                    let at = slot(&known, key);
                    // A word of two lists is of the commoner class.
                    known[at] = known[at].or(Some((key, class)));
                }
            }
        }
    }
    known
});

/// Returns the slot that holds the key, or the free one where it belongs.
fn slot(known: &[Option<(u64, Class)>], key: u64) -> usize {
    let mut at = key as usize & (known.len() - 1);
    while known[at].is_some_and(|k| k.0 != key) {
        at = (at + 1) & (known.len() - 1);
    }
    at
}

/// Returns how common the word of a key is.
pub(super) fn class(key: u64) -> Class {
    let known = &*KNOWN;
    known[slot(known, key)].map_or(Class::Rare, |k| k.1)
}

/// Returns the hash of a stem (FNV-1a, spread).
pub(super) fn key(stem: &str) -> u64 {
    mix(stem.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)))
}

const NUMBERS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// Says whether a stem is a number. Number words from two on were turned into digits before.
pub(super) fn is_number(stem: &str) -> bool {
    stem.starts_with(|c: char| c.is_ascii_digit())
}

/// Writes the word in lower case without possessive, plural ending and grouping commas; small number words as digits.
pub(super) fn stem(word: &str, out: &mut String) {
    out.clear();
    if word.bytes().all(|b| b.is_ascii_alphabetic()) {
        out.push_str(word);
        out.make_ascii_lowercase();
        return end(out);
    }
    for c in word.chars() {
        match c {
            '’' => out.push('\''),
            ',' => {}
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            c => out.extend(c.to_lowercase()),
        }
    }
    if out.ends_with("'s") {
        out.truncate(out.len() - 2);
    }
    end(out);
}

/// Takes the plural ending off; makes digits of small number words.
fn end(out: &mut String) {
    let long = out.len() > 3 && out.is_ascii() && !out.starts_with(|c: char| c.is_ascii_digit());
    if long && out.ends_with("ies") && out.len() > 4 {
        out.truncate(out.len() - 3);
        out.push('y');
    } else if long && out.ends_with('s') && !out.ends_with("ss") && !out.ends_with("us") && !out.ends_with("is") {
        out.truncate(out.len() - 1);
    } else if may_count(out)
        && let Some(n) = NUMBERS.iter().skip(2).position(|n| *n == out.as_str())
    {
        *out = (n + 2).to_string();
    }
}

/// Says whether a word begins as a number word from two on does: most do not.
fn may_count(word: &str) -> bool {
    let bytes = word.as_bytes();
    (3..=9).contains(&bytes.len())
        && matches!(&bytes[..2], b"tw" | b"th" | b"fo" | b"fi" | b"si" | b"se" | b"ei" | b"ni" | b"te" | b"el")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_stem(word: &str, expected: &str) {
        let mut out = String::new();
        stem(word, &mut out);
        assert_eq!(out, expected);
    }

    #[test]
    fn endings_that_do_not_change_the_word_are_dropped() {
        check_stem("dockers", "docker");
        check_stem("ministry’s", "ministry");
        check_stem("ministries", "ministry");
        check_stem("crisis", "crisis");
        check_stem("3,400", "3400");
        check_stem("Twelve", "12");
        NUMBERS
            .iter()
            .enumerate()
            .skip(2)
            .filter(|(_, n)| !n.ends_with('s'))
            .for_each(|(n, w)| check_stem(w, &n.to_string()));
    }

    #[test]
    fn classes_come_from_the_list() {
        assert_eq!(class(key("the")), Class::Function);
        assert!(class(key("minister")) < Class::Rare);
        assert_eq!(class(key("zeugma")), Class::Rare);
    }
}
