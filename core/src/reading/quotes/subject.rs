//! Who speaks: the noun phrase before or behind a verb of speech, with its apposition.

use super::clause::{Page, Tag};
use crate::lang::en::speech::{self, Class, Form};
use crate::reading::syntax::Upos;
use std::ops::Range;

/// Longest phrase looked at, in tokens; longer ones are cut clauses. guess: settle on scored attributions.
const LONGEST: usize = 60;

/// Returns the subject that ends right before token `at`, not reaching before `lo`.
pub(super) fn before(page: &Page<'_>, lo: usize, at: usize) -> Option<Range<usize>> {
    let lo = lo.max(at.saturating_sub(LONGEST));
    let mut end = at;
    while end > lo && page.is(end - 1, Class::Adverb) {
        end -= 1;
    }
    if end <= lo {
        return None;
    }
    if page.tag(end - 1) == Tag::Comma || page.tag(end - 1) == Tag::Dash {
        return behind_apposition(page, lo, end);
    }
    let start = segment_start(page, lo, end);
    let phrase = last_phrase(page, start, end)?;
    Some(with_head(page, lo, phrase))
}

/// Returns the subject whose apposition or relative clause ends with the comma before `end`: "Lund, a farmer, said".
fn behind_apposition(page: &Page<'_>, lo: usize, end: usize) -> Option<Range<usize>> {
    let comma = page.tag(end - 1);
    let mut start = end - 1;
    for _ in 0..5 {
        let segment_end = start;
        start = back_to(page, lo, segment_end, comma);
        if start >= segment_end || page.marks.of(segment_end - 1).is_some() {
            return None;
        }
        let first_of_all = start <= lo || page.tag(start - 1) != comma;
        if segment_end < end - 1 || first_of_all {
            // This segment may hold the head.
            let heads = head_segment(page, start, segment_end);
            if let Some(head) = heads {
                if segment_end == end - 1 {
                    return None;
                }
                // "After the vote in Ost, Mayor Lund (Green), said": what stands in front is no head.
                let hangs = |n: usize| page.is(n, Class::Preposition) || page.lower(n).ends_with("ing");
                let fronted = head > start && hangs(head - 1);
                if fronted && page.opens_phrase(segment_end + 1) {
                    return Some(segment_end + 1..end - 1);
                }
                let head = with_head(page, lo, head..segment_end);
                return Some(head.start..end - 1);
            }
        }
        if first_of_all {
            return None;
        }
        start -= 1;
    }
    None
}

/// Goes back over one segment between commas; a clause in brackets or a relative one belongs to it.
fn back_to(page: &Page<'_>, lo: usize, end: usize, mark: Tag) -> usize {
    let mut start = end;
    while start > lo {
        let tag = page.tag(start - 1);
        if tag == mark || tag == Tag::Semicolon || tag == Tag::Quote || tag == Tag::Colon {
            break;
        }
        start -= 1;
    }
    start
}

/// Returns where the subject begins in a segment that may be the head of an apposition.
fn head_segment(page: &Page<'_>, start: usize, end: usize) -> Option<usize> {
    let phrase = last_phrase(page, segment_start(page, start, end), end)?;
    let begins = page.opens_phrase(phrase.start) && page.tag(phrase.start) != Tag::Number;
    let plural = phrase.len() <= 3 && page.lower(phrase.end - 1).ends_with('s') && phrase.start == start;
    (begins || plural).then_some(phrase.start)
}

/// Adds the name before a phrase that is its apposition without a closing comma: "Jane Roe, the mayor said" is left
/// alone, but "Jane Roe, 45," and "Roe, general secretary of X, Y and Z" are taken whole.
fn with_head(page: &Page<'_>, lo: usize, phrase: Range<usize>) -> Range<usize> {
    let start = phrase.start;
    if start < lo + 2 || page.tag(start - 1) != Tag::Comma {
        return phrase;
    }
    let number = phrase.len() == 1 && page.tag(start) == Tag::Number;
    if !number {
        return phrase;
    }
    match last_phrase(page, segment_start(page, lo, start - 1), start - 1) {
        Some(head) if page.tag(head.start) == Tag::Capital => head.start..phrase.end,
        _ => phrase,
    }
}

/// Goes back to the mark or joining word that a clause begins behind.
fn segment_start(page: &Page<'_>, lo: usize, end: usize) -> usize {
    let mut start = end;
    while start > lo {
        match page.tag(start - 1) {
            Tag::Comma | Tag::Colon | Tag::Semicolon | Tag::Dash | Tag::Quote | Tag::Stop => break,
            Tag::Other if matches!(page.lower(start - 1), "•" | "*" | "|" | ">") => break,
            _ => start -= 1,
        }
    }
    start
}

/// Returns the last noun phrase of a segment, prepositional phrases and relative clauses behind it included.
fn last_phrase(page: &Page<'_>, lo: usize, end: usize) -> Option<Range<usize>> {
    let mut start = end;
    let mut at = end;
    while at > lo {
        let n = at - 1;
        match page.tag(n) {
            Tag::Class(Class::Subordinator) => match relative_head(page, lo, n, end) {
                Some(head) => {
                    at = head;
                    continue;
                }
                None => break,
            },
            Tag::Class(Class::Conjunction) if !joins_names(page, lo, n, start) => break,
            Tag::Class(Class::Auxiliary | Class::Verb) | Tag::Word if page.verbish(n) => {
                if let Some(head) = relative_before(page, lo, n) {
                    at = head;
                    continue;
                }
                // "officials briefed on the matter": a participle behind its noun.
                let participle =
                    n + 1 < end && page.is(n + 1, Class::Preposition) && n > lo && page.tag(n) == Tag::Word;
                if !participle {
                    break;
                }
            }
            _ => {}
        }
        if parts_phrases(page, n, start, end) {
            break;
        }
        start = n;
        at = n;
    }
    strip(page, start, end)
}

/// Says whether a new phrase begins at `next`, the token behind `n`: "on Tuesday | the company".
fn parts_phrases(page: &Page<'_>, n: usize, next: usize, end: usize) -> bool {
    if next >= end {
        return false;
    }
    let closed = matches!(
        page.tag(n),
        Tag::Word | Tag::Capital | Tag::Number | Tag::Closes | Tag::Class(Class::Time | Class::Object | Class::Pronoun)
    );
    let opens = matches!(page.tag(next), Tag::Class(Class::Determiner | Class::Possessive | Class::Pronoun));
    let relative = matches!(page.lower(next), "who" | "whose");
    if closed && opens && !relative {
        return true;
    }
    let behind_day = page.is(n, Class::Time) && matches!(page.tag(next), Tag::Capital | Tag::Word);
    let year = page.tag(n) == Tag::Number && page.lower(n).len() == 4 && page.tag(next) == Tag::Capital;
    // "Tuesday night's vote" is one phrase; "on Tuesday Lund" is two.
    behind_day && (page.tag(next) == Tag::Capital) || year
}

/// Returns where the head of a relative clause begins to be looked for: "the man | who …".
fn relative_head(page: &Page<'_>, lo: usize, n: usize, _end: usize) -> Option<usize> {
    let relative = matches!(page.lower(n), "who" | "which" | "whose" | "where") && n > lo;
    (relative && matches!(page.tag(n - 1), Tag::Word | Tag::Capital | Tag::Closes | Tag::Comma)).then_some(n)
}

/// Finds the relative pronoun of the clause that the verb at `n` stands in.
fn relative_before(page: &Page<'_>, lo: usize, n: usize) -> Option<usize> {
    let from = lo.max(n.saturating_sub(12));
    let who = (from..n).rev().find(|&i| matches!(page.lower(i), "who" | "which" | "whose"))?;
    (who > lo).then_some(who)
}

/// Says whether the conjunction at `n` joins two nouns of one subject rather than two clauses.
fn joins_names(page: &Page<'_>, lo: usize, n: usize, next: usize) -> bool {
    if !matches!(page.lower(n), "and" | "or" | "&" | "nor") || n == lo {
        return false;
    }
    !page.has_verb(lo..n)
        || relative_before(page, lo, n).is_some()
        || page.tag(n - 1) == Tag::Capital
            && page.tag(next.min(n + 1)) == Tag::Capital
            && !page.has_verb(lo.max(n.saturating_sub(4))..n)
}

/// Strips joining words, adverbs and fronted days from the front of a phrase; none if no noun is left.
fn strip(page: &Page<'_>, mut start: usize, end: usize) -> Option<Range<usize>> {
    while start < end {
        let front = matches!(
            page.tag(start),
            Tag::Class(Class::Conjunction | Class::Adverb | Class::Subordinator | Class::Time)
                | Tag::Other
                | Tag::Genitive
                | Tag::Stop
                | Tag::Closes
        );
        if !front {
            break;
        }
        start += 1;
    }
    if start < end && page.is(start, Class::Preposition) {
        return fronted(page, start, end);
    }
    let noun = (start..end).any(|n| {
        // A capital is a name, even where it looks like a verb: "Halsted said".
        matches!(page.tag(n), Tag::Word | Tag::Class(Class::Pronoun | Class::Determiner)) && !page.verbish(n)
            || matches!(page.tag(n), Tag::Capital | Tag::Number)
    });
    let object = start < end && end - start == 1 && page.is(start, Class::Object);
    (noun && !object).then_some(start..end)
}

/// Returns the subject behind a fronted prepositional phrase: "In a letter Lund", "After the vote the mayor".
fn fronted(page: &Page<'_>, start: usize, end: usize) -> Option<Range<usize>> {
    let split = (start + 2..end).rev().find(|&n| {
        let before = page.tag(n - 1);
        let after = page.tag(n);
        before == Tag::Word && after == Tag::Capital || matches!(before, Tag::Number) && page.opens_phrase(n)
    })?;
    strip(page, split, end)
}

/// Returns the subject that begins at token `at`, behind the verb, and not reaching behind `hi`: "said Jane Roe, a farmer."
pub(super) fn behind(page: &Page<'_>, at: usize, hi: usize) -> Option<Range<usize>> {
    let hi = hi.min(at + LONGEST);
    let adverb = |n: usize| page.word(n).is_some_and(|w| matches!(w.upos, Upos::Adv | Upos::Sconj | Upos::Adp));
    if at >= hi {
        return None;
    }
    let bare = page.tag(at) == Tag::Word && !page.verbish(at) && !adverb(at);
    if !bare && !page.opens_phrase(at) {
        return None;
    }
    if page.is(at, Class::Pronoun) {
        return Some(at..at + 1);
    }
    let end = phrase_end(page, at, hi);
    let mut whole = end;
    // Appositions: "said Jane Roe, a farmer, of Ost, on Monday".
    while whole < hi && page.tag(whole) == Tag::Comma && apposes(page, whole + 1, hi) {
        let next = clause_end(page, whole + 1, hi);
        if next <= whole + 1 {
            break;
        }
        whole = next;
    }
    (end > at).then_some(at..whole)
}

/// Says whether an apposition or a relative clause begins here.
fn apposes(page: &Page<'_>, at: usize, hi: usize) -> bool {
    if at >= hi {
        return false;
    }
    let ing = page.lower(at).ends_with("ing");
    match page.tag(at) {
        Tag::Class(Class::Determiner) => true,
        Tag::Capital | Tag::Number => true,
        Tag::Word => !ing && !page.verbish(at) && speech::verb(page.lower(at)).is_none(),
        _ => matches!(page.lower(at), "who" | "whose" | "which"),
    }
}

/// Goes on to the next comma or other mark, or time word, that ends an apposition.
fn clause_end(page: &Page<'_>, at: usize, hi: usize) -> usize {
    (at..hi)
        .find(|&n| {
            matches!(page.tag(n), Tag::Comma | Tag::Semicolon | Tag::Colon | Tag::Dash | Tag::Quote | Tag::Stop)
                || page.is(n, Class::Conjunction) && page.lower(n) == "but"
        })
        .unwrap_or(hi)
}

/// Goes on to where a noun phrase ends: "the head of the union | on Tuesday".
pub(super) fn phrase_end(page: &Page<'_>, at: usize, hi: usize) -> usize {
    let mut n = at;
    while n < hi {
        let stop = match page.tag(n) {
            Tag::Comma | Tag::Colon | Tag::Semicolon | Tag::Dash | Tag::Quote | Tag::Stop => true,
            Tag::Class(
                Class::Time | Class::Auxiliary | Class::Subordinator | Class::Adverb | Class::Verb | Class::Object,
            ) => n > at,
            Tag::Class(Class::Pronoun) => n > at && !matches!(page.lower(n), "one" | "who"),
            Tag::Class(Class::Conjunction) => {
                !(n + 1 < hi && page.tag(n + 1) == Tag::Capital && page.tag(n - 1) == Tag::Capital)
            }
            Tag::Class(Class::Preposition) => n == at || !continues(page, n, hi),
            Tag::Class(Class::Determiner | Class::Possessive) => {
                n > at && matches!(page.tag(n - 1), Tag::Word | Tag::Capital | Tag::Number | Tag::Closes)
            }
            Tag::Word => {
                let ing = matches!(speech::verb(page.lower(n)), Some((_, Form::Ing | Form::Past)));
                n > at && (ing || page.verbish(n))
            }
            _ => false,
        };
        if stop {
            break;
        }
        n += 1;
    }
    n
}

/// Says whether a preposition goes on with the phrase before it.
fn continues(page: &Page<'_>, n: usize, hi: usize) -> bool {
    let noun = n + 1 < hi && !page.is(n + 1, Class::Time);
    match page.lower(n) {
        "of" | "for" | "from" | "with" => noun,
        "in" | "at" | "on" => noun && page.tag(n + 1) == Tag::Capital,
        _ => false,
    }
}
