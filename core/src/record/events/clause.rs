//! Whether the words that name an event read as a clause of their own.

use crate::lang::en::events::{form, verb};
use crate::reading::Event;
use crate::record::Member;
use crate::text::PartKind;

/// Words at the start that lean on what came before, or leave a clause without its subject.
static LEANING: &[&str] = &[
    "he",
    "she",
    "it",
    "they",
    "we",
    "i",
    "you",
    "who",
    "which",
    "that",
    "this",
    "these",
    "those",
    "his",
    "her",
    "their",
    "its",
    "our",
    "my",
    "and",
    "but",
    "or",
    "so",
    "to",
    "by",
    "of",
    "in",
    "on",
    "at",
    "for",
    "from",
    "with",
    "after",
    "before",
    "since",
    "until",
    "while",
    "when",
    "where",
    "as",
    "if",
    "because",
    "whether",
    "than",
    "there",
    "such",
    "both",
    "one",
    "some",
    "others",
    "not",
    "also",
    "then",
    "now",
    "would",
    "will",
    "had",
    "has",
    "have",
    "was",
    "were",
    "is",
    "are",
    "be",
    "being",
    "been",
    "may",
    "might",
    "could",
    "should",
    "following",
    "amid",
    "during",
];

/// Words that cannot end a clause.
static DANGLING: &[&str] = &[
    "the", "a", "an", "of", "in", "on", "at", "for", "from", "to", "with", "by", "and", "or", "but", "that", "which",
    "who", "whose", "as", "than", "his", "her", "their", "its", "then", "into", "about", "between", "against",
    "during", "after", "before", "until", "since", "when", "while", "because", "if",
];

/// Says whether the label of an event opens with its subject, holds a verb with tense, and ends where a clause may end.
pub(super) fn reads_well(member: &Member, event: &Event) -> bool {
    let words = &member.reading.words;
    let tokens = words.inside(event.label);
    if tokens.len() < 3 {
        return false;
    }
    let title = member.report.text.part(PartKind::Title).is_some_and(|t| t.contains(event.label));
    let (first, last) = (words.lower(tokens.start), words.lower(tokens.end - 1));
    if LEANING.contains(&first) || DANGLING.contains(&last) {
        return false;
    }
    let mut relative = false;
    let mut told = false;
    for n in tokens.clone().skip(1) {
        let w = words.lower(n);
        relative |= matches!(w, "who" | "which" | "that" | "whose") && !told;
        let helper = matches!(
            w,
            "is" | "are"
                | "was"
                | "were"
                | "has"
                | "have"
                | "had"
                | "will"
                | "would"
                | "did"
                | "do"
                | "does"
                | "may"
                | "could"
        );
        let behind = words.lower(n - 1);
        let tense = helper
            || behind != "to"
                && !matches!(behind, "the" | "a" | "an" | "of" | "its" | "their" | "his" | "her")
                && verb(w)
                    .is_some_and(|v| v.forms & (form::PAST | form::PRESENT) != 0 || title && v.forms & form::BASE != 0);
        told |= tense;
    }
    told && !relative
}
