//! English. The lists are data files beside this one; a line is an entry, `#` starts a comment.

pub mod events;
pub mod names;
pub mod numbers;
pub mod syntax;
pub mod time;

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Returns the entries of a list: lines without comments and white space at their ends, empty ones left out.
pub fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(|l| l.split('#').next().unwrap_or("").trim()).filter(|l| !l.is_empty())
}

pub mod speech;

static ABBREVIATIONS: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| entries(include_str!("abbreviations.txt")).collect());
static OPENERS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| entries(include_str!("openers.txt")).collect());

/// Says whether a word takes a full stop that does not end the sentence: `Dr`, `Nov`, an initial.
pub fn takes_stop(word: &str) -> bool {
    let initial = word.chars().count() == 1 && word.chars().all(|c| c.is_uppercase() && c != 'I');
    initial || ABBREVIATIONS.contains(word)
}

/// Says whether a lower-cased word is one that opens sentences rather than continues a name.
pub fn starts_sentence(lower: &str) -> bool {
    OPENERS.contains(lower)
}
