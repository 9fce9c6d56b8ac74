//! Time expressions in prose, found and resolved as TIMEX3.
//!
//! One pass over the words: `atoms` reads them, `grammar` says what an expression means, `tense` where its clause looks,
//! `resolve` counts from the publication or the time before.

mod atoms;
mod calendar;
mod clause;
mod clock;
mod days;
mod grammar;
mod holidays;
mod lengths;
mod resolve;
mod tense;

use super::words::Words;
use crate::text::{Span, Text};
use crate::when::When;
use grammar::{Grammar, Meaning};

pub use clause::of_clause;

/// The TIMEX3 type.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum TimeType {
    /// A calendar time of a day or coarser.
    Date,
    /// A time finer than a day.
    Time,
    /// A length of time.
    Duration,
    /// A repeated time.
    Set,
}

/// Words that name a time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TimeExpression {
    /// The words.
    pub span: Span,
    /// What kind of time they name.
    pub kind: TimeType,
    /// The TIMEX3 value: `2024-03-22`, `2024-W12`, `P3D`, `PRESENT_REF`, `XXXX-WXX-1`.
    pub value: String,
    /// The days meant, where they can be told; for a duration or set none.
    pub when: Option<When>,
    /// What the value was counted from, if not from the words alone.
    pub anchor: Option<Anchor>,
}

/// What a relative time is counted from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Anchor {
    /// The day the report was published.
    Published,
    /// Another time expression of the report: its words.
    Words(Span),
}

/// Finds the time expressions of all parts that are read, in text order; they do not overlap.
///
/// Without `published`, relative ones keep values such as `XXXX-WXX-4` and have no `when`.
pub fn find(text: &Text, words: &Words, published: Option<&When>) -> Vec<TimeExpression> {
    let atoms = atoms::split(text, words);
    let mut context = resolve::Context::new(published);
    let mut times = Vec::new();
    let mut pending = Vec::new();
    let mut first = 0;
    while first < atoms.len() {
        let sentence = atoms[first].sentence;
        let limit = first + atoms[first..].iter().take_while(|a| a.sentence == sentence).count();
        let grammar = Grammar { whole: text.as_str(), atoms: &atoms, first, limit, depth: 5 };
        let mut at = first;
        while at < limit {
            match grammar.parse(at).filter(|f| f.from >= first && f.to > at && f.to <= limit) {
                Some(found) => {
                    at = found.to;
                    pending.push((grammar, sentence, found));
                }
                None => at += 1,
            }
        }
        first = limit;
    }
    if let Some(day_first) = order_of_days(text, &atoms, pending.iter().map(|p| &p.2)) {
        context.note_order(day_first);
    }
    for (grammar, sentence, found) in pending {
        let span = text.span(atoms[found.from].start, atoms[found.to - 1].end);
        if let Some(span) = span {
            let tense = tense::of(&grammar, &found);
            times.push(context.resolve(&found, span, sentence, tense));
        }
    }
    times
}

/// Says whether the numeric dates of a text give the day first: by one with a number above 12, else by one that is a
/// written-out date of the text in one order alone.
fn order_of_days<'a>(
    text: &Text,
    atoms: &[atoms::Atom],
    found: impl Iterator<Item = &'a grammar::Found> + Clone,
) -> Option<bool> {
    let mut written = std::collections::BTreeSet::new();
    for found in found.clone() {
        let Meaning::Day { month, day, .. } = found.meaning else { continue };
        let atom = atoms[found.from];
        if text.as_str().as_bytes().get(atom.end) != Some(&b'/') {
            written.insert((month, day));
        } else if day > 12 {
            return Some(text.as_str()[atom.start..atom.end].parse::<i8>() != Ok(month));
        }
    }
    found
        .filter_map(|f| match f.meaning {
            Meaning::Slashed { first, second, .. } => Some((first, second)),
            _ => None,
        })
        .find_map(|(first, second)| match (written.contains(&(second, first)), written.contains(&(first, second))) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        })
}
