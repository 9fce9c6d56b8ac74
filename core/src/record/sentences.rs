//! The sentences of a text and how alike two of them are: what versions of a page and copies are compared by.

use crate::reading::{Reading, TokenKind};
use crate::text::Span;

/// A sentence and its words in lower case.
pub(super) struct Told<'a> {
    pub(super) span: Span,
    pub(super) words: Vec<&'a str>,
    /// The same, in order of the alphabet.
    sorted: Vec<&'a str>,
}

/// Returns the sentences of a report that hold a word, in text order.
pub(super) fn sentences(reading: &Reading) -> Vec<Told<'_>> {
    let words = &reading.words;
    let told = words.sentences.iter().map(|sentence| {
        let is_word = |&t: &usize| words.tokens[t].kind != TokenKind::Mark;
        let words: Vec<&str> = sentence.tokens.clone().filter(is_word).map(|t| words.lower(t)).collect();
        let mut sorted = words.clone();
        sorted.sort_unstable();
        Told { span: sentence.span, words, sorted }
    });
    told.filter(|t| !t.words.is_empty()).collect()
}

/// Returns how many words two sentences have in common, each as often as it stands in both.
pub(super) fn common(a: &Told<'_>, b: &Told<'_>) -> usize {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while i < a.sorted.len() && j < b.sorted.len() {
        let order = a.sorted[i].cmp(b.sorted[j]);
        i += usize::from(order.is_le());
        j += usize::from(order.is_ge());
        common += usize::from(order.is_eq());
    }
    common
}

/// Returns the share of words that two sentences have in common, in percent of the words of both.
pub(super) fn alike(a: &Told<'_>, b: &Told<'_>) -> usize {
    200 * common(a, b) / (a.words.len() + b.words.len())
}
