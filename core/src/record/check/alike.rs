//! Sentences of the reports that tell what a sentence of the draft tells: those with most of its words.

use crate::lang::en::events::in_sense;
use crate::reading::Words;
use crate::record::timeline::is_content;
use crate::record::{Cite, Member};
use crate::text::Span;
use std::collections::BTreeMap;

/// Words that two sentences must share at least; guess: fewer make no statement.
const WORDS: usize = 4;

/// The share of the shorter sentence's words, in percent, from which on two tell the same; guess: not measured.
const PERCENT: usize = 60;

/// Sentences of a draft that a word may stand in and still be looked up; guess.
const MOST: usize = 100;

/// Sentences of reports for each sentence of a draft, the most alike first.
pub(super) struct Alike(BTreeMap<Span, Vec<Cite>>);

impl Alike {
    /// Compares each sentence of the draft with all of the reports.
    pub(super) fn of(members: &[Member], draft: &Member) -> Alike {
        let told = sentences(draft);
        let mut of_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (n, (_, words)) in told.iter().enumerate() {
            words.iter().for_each(|w| of_word.entry(w).or_default().push(n));
        }
        // A word of many sentences tells none from another, and a draft of thousands alike would be compared for ever.
        of_word.retain(|_, sentences| sentences.len() <= MOST);
        let mut found: Vec<Vec<(usize, Cite)>> = vec![Vec::new(); told.len()];
        for (report, member) in members.iter().enumerate() {
            for (span, words) in sentences(member) {
                let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
                for n in words.iter().filter_map(|w| of_word.get(w)).flatten() {
                    *shared.entry(*n).or_insert(0) += 1;
                }
                for (n, count) in shared {
                    let percent = count * 100 / told[n].1.len().min(words.len()).max(1);
                    // "Will replace the pump" and "will not" share all other words, and tell the opposite.
                    let opposed =
                        is_negated(&draft.reading.words, told[n].0) != is_negated(&member.reading.words, span);
                    if count >= WORDS && percent >= PERCENT && !opposed {
                        found[n].push((percent, Cite { report, span }));
                    }
                }
            }
        }
        let best = |mut all: Vec<(usize, Cite)>| {
            all.sort_by_key(|(percent, cite)| (std::cmp::Reverse(*percent), *cite));
            all.into_iter().take(8).map(|(_, cite)| cite).collect()
        };
        Alike(told.into_iter().map(|(span, _)| span).zip(found.into_iter().map(best)).collect())
    }

    /// Returns the sentences that tell what the sentence around a span of the draft tells.
    pub(super) fn to(&self, span: Span) -> &[Cite] {
        let around = self.0.iter().find(|(sentence, _)| sentence.contains(span));
        around.map_or(&[], |(_, cites)| cites.as_slice())
    }
}

/// Returns the sentences of a report with their distinct words of content.
fn sentences(member: &Member) -> Vec<(Span, Vec<&str>)> {
    let words = &member.reading.words;
    let read = words.sentences.iter().filter(|s| s.part.is_read());
    read.map(|s| (s.span, content(words, s.span))).collect()
}

/// Returns the distinct words of content of a span, sorted.
pub(super) fn content(words: &Words, span: Span) -> Vec<&str> {
    let mut found: Vec<&str> = words.inside(span).map(|t| words.lower(t)).filter(|w| is_content(w)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Says whether a stretch holds a word that turns it into its opposite: `not`, `refused`, `denied`.
pub(super) fn is_negated(words: &Words, span: Span) -> bool {
    words.inside(span).any(|t| is_negating(words.lower(t)))
}

/// Says whether a lower-cased word turns what it stands in into its opposite.
pub(super) fn is_negating(word: &str) -> bool {
    word.ends_with("n't") || word.ends_with("n’t") || in_sense("negating", word)
}
