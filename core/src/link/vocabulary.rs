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

/// The words of the lists: small enough to stay in the nearest cache, since each word of each report is looked up.
struct Known {
    /// The upper halves of the keys, each at the first free slot from the key's lower bits on; 0 is free.
    tags: [u32; SLOTS],
    classes: [Class; SLOTS],
}

/// A power of two, more than twice the words of the lists.
const SLOTS: usize = 4096;

static KNOWN: LazyLock<Box<Known>> = LazyLock::new(|| {
    let mut known = Box::new(Known { tags: [0; SLOTS], classes: [Class::Rare; SLOTS] });
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
                    let at = known.slot(key);
                    // A word of two lists is of the commoner class.
                    if known.tags[at] == 0 {
                        (known.tags[at], known.classes[at]) = ((key >> 32) as u32, class);
                    }
                }
            }
        }
    }
    known
});

impl Known {
    /// Returns the slot that holds the key, or the free one where it belongs.
    fn slot(&self, key: u64) -> usize {
        let (tag, mut at) = ((key >> 32) as u32, key as usize % SLOTS);
        while self.tags[at] != 0 && self.tags[at] != tag {
            at = (at + 1) % SLOTS;
        }
        at
    }
}

/// Returns how common the word of a key is.
pub(super) fn class(key: u64) -> Class {
    let known = &*KNOWN;
    known.classes[known.slot(key)]
}

/// Returns the key of a word's stem, and whether the word is a number; `scratch` is written over.
pub(super) fn read(word: &str, scratch: &mut String) -> (u64, bool) {
    let mut lower = [0; 24];
    match plain(word.as_bytes(), &mut lower) {
        Some(length) => (hash(&lower[..length]), false),
        None => {
            stem(word, scratch);
            (key(scratch), is_number(scratch))
        }
    }
}

/// Writes the stem of a word of the letters a to z that is no number word, and returns its length: [`stem`] for most words.
fn plain(word: &[u8], lower: &mut [u8; 24]) -> Option<usize> {
    if word.len() > lower.len() {
        return None;
    }
    for (to, byte) in lower.iter_mut().zip(word) {
        *to = byte | 0x20;
        if !to.is_ascii_lowercase() || *byte & 0xc0 != 0x40 {
            return None;
        }
    }
    let length = word.len();
    match &lower[..length] {
        [.., b'i', b'e', b's'] if length > 4 => {
            lower[length - 3] = b'y';
            Some(length - 2)
        }
        [.., before, b's'] if length > 3 && !matches!(before, b's' | b'u' | b'i') => Some(length - 1),
        word => counts(word).is_none().then_some(length),
    }
}

/// Returns the hash of a stem (FNV-1a, spread).
pub(super) fn key(stem: &str) -> u64 {
    hash(stem.as_bytes())
}

fn hash(stem: &[u8]) -> u64 {
    mix(stem.iter().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3)))
}

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
    } else if let Some(digits) = counts(out.as_bytes()) {
        out.clear();
        out.push_str(digits);
    }
}

/// Returns the digits of a small number word from two on.
fn counts(word: &[u8]) -> Option<&'static str> {
    Some(match word {
        b"two" => "2",
        b"three" => "3",
        b"four" => "4",
        b"five" => "5",
        b"six" => "6",
        b"seven" => "7",
        b"eight" => "8",
        b"nine" => "9",
        b"ten" => "10",
        b"eleven" => "11",
        b"twelve" => "12",
        b"thirteen" => "13",
        b"fourteen" => "14",
        b"fifteen" => "15",
        b"sixteen" => "16",
        b"seventeen" => "17",
        b"eighteen" => "18",
        b"nineteen" => "19",
        b"twenty" => "20",
        _ => return None,
    })
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
        check_stem("twenty", "20");
        check_stem("this", "this");
    }

    #[test]
    fn plain_words_have_the_key_of_their_stem() {
        let lists = include_str!("../lang/en/newswords.txt").split_whitespace();
        let odd = [
            "Ties",
            "ties",
            "cities",
            "Bus",
            "CLASS",
            "its",
            "as",
            "s",
            "Seven",
            "the",
            "@tag",
            "[x]",
            "a1",
            "naïve",
            "x’s",
            "antidisestablishmentarianisms",
        ];
        let mut scratch = String::new();
        for word in lists.chain(odd) {
            stem(word, &mut scratch);
            let expected = (key(&scratch), is_number(&scratch));
            assert_eq!(read(word, &mut scratch), expected, "{word}");
        }
    }

    #[test]
    fn classes_come_from_the_list() {
        assert_eq!(class(key("the")), Class::Function);
        assert!(class(key("minister")) < Class::Rare);
        assert_eq!(class(key("zeugma")), Class::Rare);
    }
}
