//! Whose words a passage is in, and what in front of a clause makes it another statement.

use super::Word;
use crate::lang::en::speech;
use crate::text::{Span, Text};

/// In whose words a passage stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Told {
    /// In the speaker's.
    Spoken,
    /// In the reporter's.
    Reported,
}

impl Told {
    /// Tells it from the last quotation mark before a passage in its paragraph.
    pub(super) fn at(text: &Text, span: Span) -> Told {
        let before = &text.as_str()[..span.start()];
        let paragraph = &before[before.rfind('\n').map_or(0, |n| n + 1)..];
        let straight = paragraph.matches('"').count() % 2 == 1;
        let open = paragraph.chars().rev().find(|c| matches!(c, '“' | '”' | '„' | '«' | '»'));
        if straight || matches!(open, Some('“' | '„' | '«')) { Told::Spoken } else { Told::Reported }
    }
}

/// Returns the words that stand in one clause with what follows them at byte `until`: behind the last stop, semicolon or quotation mark.
pub(super) fn clause<'a>(text: &Text, words: &'a [Word], until: usize) -> &'a [Word] {
    let parts = |n: &usize| {
        let from = words[*n].span.end();
        let to = words.get(n + 1).map_or(until, |w| w.span.start());
        let between = text.as_str().get(from..to).unwrap_or_default();
        let mark = between.contains(['.', '!', '?', ';', '“', '”', '"', '„', '«', '»', '\n']);
        // A full stop glued to the next word is no end of a sentence.
        mark && (between.trim() != "." || between.ends_with(char::is_whitespace))
    };
    let from = (0..words.len()).rev().find(parts).map_or(0, |n| n + 1);
    &words[from..]
}

/// Says whether words in front of a clause deny it, doubt it, make it a condition, or put it into another's mouth: to print
/// the clause without them makes it another statement.
pub(super) fn turns(text: &Text, words: &[Word], until: usize, told: Told) -> bool {
    let lead = clause(text, words, until);
    // Only what leads right to the clause: "We had no rest and | we left" stands by itself.
    let joined = lead.last().is_some_and(|w| matches!(w.folded.as_str(), "and" | "but" | "so" | "or" | "then"));
    if joined || lead.is_empty() {
        return false;
    }
    let denied = lead.iter().any(Word::denies);
    let conditional = lead.iter().any(|w| matches!(w.folded.as_str(), "if" | "unless" | "whether"));
    let says = lead.iter().position(|w| speech::verb(&w.folded).is_some_and(|(v, _)| v.takes.clause || v.takes.that));
    let own = |at: usize| {
        let plain = speech::verb(&lead[at].folded).is_some_and(|(v, _)| !v.takes.belief);
        plain && lead[..at].iter().any(|w| matches!(w.folded.as_str(), "i" | "we"))
    };
    // "Lund said the pump failed" puts it into Lund's mouth, as it should be.
    denied || told == Told::Spoken && (conditional || says.is_some_and(|at| !own(at)))
}
