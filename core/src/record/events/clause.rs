//! Whether the words that name an event read as a clause of their own.

use crate::lang::en::events::{form, in_sense, verb};
use crate::reading::Event;
use crate::record::Member;
use crate::text::{PartKind, Span};

/// Says whether the label of an event opens with its subject, holds a verb with tense, and ends where a clause may end.
pub(in crate::record) fn reads_well(member: &Member, event: &Event) -> bool {
    let words = &member.reading.words;
    let tokens = words.inside(event.label);
    if tokens.len() < 3 {
        return false;
    }
    let title = member.report.text.part(PartKind::Title).is_some_and(|t| t.contains(event.label));
    let (first, last) = (words.lower(tokens.start), words.lower(tokens.end - 1));
    if in_sense("leaning", first) || in_sense("dangling", last) {
        return false;
    }
    let text = member.report.text.get(event.label);
    if !text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '“' | '"')) || !balanced(text) {
        return false;
    }
    // Cut inside a word with a hyphen, at a possessive or at the dot of an abbreviation.
    let all = member.report.text.as_str();
    let glued = |c: char| c.is_alphanumeric() || matches!(c, '-' | '’' | '\'' | '‘');
    let (before, after) = (&all[..event.label.start()], &all[event.label.end()..]);
    let sentence_end = words.sentence_at(event.label.start()).map_or(0, |n| words.sentences[n].span.end());
    let abbreviated = after.starts_with('.') && event.label.end() + 1 < sentence_end;
    // What follows belongs to it: `cited “…”`, `more than ten`, `reveal how`.
    let next = after.trim_start();
    let follows = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let quoted = next.starts_with(['“', '"']) && !after.starts_with(['“', '"']);
    let open = quoted || matches!(follows, "than" | "how" | "what" | "whether" | "why");
    if before.ends_with(glued) || after.starts_with(glued) || abbreviated || open {
        return false;
    }
    // What stands behind a preposition is its object, whatever words it has.
    if tokens.start > 0
        && words.sentence_at(event.label.start()) == words.sentence_at(words.tokens[tokens.start - 1].span.start())
        && matches!(
            words.lower(tokens.start - 1),
            "." | "no"
                | "not"
                | "never"
                | "of"
                | "to"
                | "in"
                | "on"
                | "at"
                | "for"
                | "from"
                | "with"
                | "by"
                | "about"
                | "against"
                | "between"
                | "the"
                | "a"
                | "an"
        )
    {
        return false;
    }
    // `the drivers dismissed last week` with `are` behind it is only the subject of what is told.
    let sentence = words.sentence_at(event.label.start()).map_or(tokens.end, |n| words.sentences[n].tokens.end);
    if tokens.end < sentence && (is_helper(words.lower(tokens.end)) || words.lower(tokens.end) == "to") {
        return false;
    }
    let mut relative = false;
    let mut told = false;
    for n in tokens.clone().skip(1) {
        let w = words.lower(n);
        relative |= matches!(w, "who" | "which" | "that" | "whose") && !told;
        let helper = is_helper(w);
        let behind = words.lower(n - 1);
        let after = words.lower((n + 1).min(words.tokens.len() - 1));
        let plain = title || !matches!(after, "of" | "on" | "in" | "for" | "from");
        // `the officer arrested after the raid`: without an object the verb only describes who it was done to.
        let undergone = matches!(event.kind, "arrest" | "trial" | "dismissal" | "injury" | "appointment" | "death")
            && !title
            && verb(w).is_some_and(|v| v.forms & form::PARTICIPLE != 0 && !matches!(v.base, "die" | "plead" | "rule"))
            && matches!(
                after,
                "in" | "on" | "at" | "by" | "for" | "after" | "before" | "during" | "with" | "last" | "over"
            )
            && !is_helper(behind);
        if undergone {
            continue;
        }
        let tense = helper
            || behind != "to"
                && !matches!(behind, "the" | "a" | "an" | "of" | "its" | "their" | "his" | "her")
                && verb(w).is_some_and(|v| {
                    v.forms & form::PAST != 0
                        || plain && v.forms & form::PRESENT != 0
                        || title && v.forms & form::BASE != 0
                });
        told |= tense;
    }
    told && !relative
}

/// Returns the label of an event, cut down to its noun phrase where the clause is about another event of its kind: in "the
/// raid was in answer to a strike on May 2" the label of the strike is "a strike on May 2".
pub(in crate::record) fn label_of(member: &Member, event: &Event) -> Span {
    let other = |e: &Event| {
        e.passage == event.passage
            && e.kind == event.kind
            && event.label.contains(e.trigger)
            && e.trigger.end() <= event.trigger.start()
            && e.when != event.when
    };
    // Guess: a sentence of more events than this is no clause to cut.
    const NEAR: usize = 64;
    let events = &member.reading.events;
    let from = events.partition_point(|e| e.trigger.start() < event.label.start());
    if !event.label.contains(event.trigger) || !events[from..].iter().take(NEAR).any(other) {
        return event.label;
    }
    let words = &member.reading.words;
    let trigger = words.inside(event.trigger).start;
    let first = words.inside(event.label).start.max(trigger.saturating_sub(5));
    let opens = (first..trigger).rev().find(|&n| matches!(words.lower(n), "a" | "an" | "the" | "its" | "their"));
    let start = opens.map(|n| words.tokens[n].span.start());
    start.and_then(|s| member.report.text.span(s, event.label.end())).unwrap_or(event.label)
}

/// Says whether quotation marks open and close.
pub(in crate::record) fn balanced(text: &str) -> bool {
    let count = |mark: char| text.chars().filter(|&c| c == mark).count();
    count('“') == count('”') && count('"') % 2 == 0 && count('(') == count(')')
}

/// Says whether a sentence can stand alone: it does not open with a word that leans on what came before.
pub(in crate::record) fn opens_alone(member: &Member, sentence: Span) -> bool {
    let words = &member.reading.words;
    let tokens = words.inside(sentence);
    !tokens.is_empty() && !in_sense("leaning", words.lower(tokens.start))
}

/// Says whether a word helps a verb to its tense.
fn is_helper(w: &str) -> bool {
    matches!(
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
    )
}
