//! Time expressions in prose, found and resolved as TIMEX3.
//!
//! One pass over the words: `atoms` reads them, `grammar` (with `days`, `clock`, `lengths`, `accounts`) says what an
//! expression means, `tense` where its clause looks, by its tree; `resolve` counts from the publication or the time before.

mod accounts;
mod atoms;
mod calendar;
mod clause;
mod clock;
mod days;
mod grammar;
mod holidays;
mod lengths;
mod meaning;
mod resolve;
mod tense;
mod units;

use super::syntax::Syntax;
use super::words::Words;
use crate::text::{Span, Text};
use crate::when::{Day, When};
use grammar::Grammar;
use meaning::{Found, Meaning};
use serde::{Deserialize, Serialize};

pub use clause::of_clause;

/// The TIMEX3 type.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
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
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TimeExpression {
    /// The words.
    pub span: Span,
    /// What kind of time they name.
    pub kind: TimeType,
    /// The TIMEX3 value: `2024-03-22`, `2024-W12`, `P3D`, `PRESENT_REF`, `XXXX-WXX-1`.
    pub value: String,
    /// The days meant, where they can be told; for a set none, for a duration only if its end is told ("the year ended in May").
    pub when: Option<When>,
    /// What the value was counted from, if not from the words alone.
    pub anchor: Option<Anchor>,
}

/// What a relative time is counted from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Anchor {
    /// The day the report was published.
    Published,
    /// Another time expression of the report: its words.
    Words(Span),
}

/// The time expressions of a text before anything is counted from the day of publication.
#[derive(Clone, Debug)]
pub struct Unresolved {
    /// What each says, its words, its sentence, where its clause looks.
    expressions: Vec<(Found, Span, u32, tense::Tense)>,
    /// Whether its numeric dates give the day first, if they tell.
    day_first: Option<bool>,
}

/// Finds the time expressions of all parts that are read, in text order; they do not overlap.
///
/// Without `published`, relative ones keep values such as `XXXX-WXX-4` and have no `when`.
pub fn find(text: &Text, words: &Words, syntax: &Syntax, published: Option<&When>) -> Vec<TimeExpression> {
    parse(text, words, syntax).resolve(published)
}

/// Finds the time expressions of a text and what they say; [`Unresolved::resolve`] tells what they mean.
pub fn parse(text: &Text, words: &Words, syntax: &Syntax) -> Unresolved {
    let atoms = atoms::split(text, words);
    let mut found = Vec::new();
    let mut first = 0;
    while first < atoms.len() {
        let sentence = atoms[first].sentence;
        let limit = first + atoms[first..].iter().take_while(|a| a.sentence == sentence).count();
        let grammar = Grammar { whole: text.as_str(), atoms: &atoms, first, limit, depth: 5 };
        let mut at = first;
        while at < limit {
            match grammar.parse(at).filter(|f| f.from >= first && f.to > at && f.to <= limit) {
                Some(expression) => {
                    at = expression.to;
                    found.push((sentence, expression));
                }
                None => at += 1,
            }
        }
        first = limit;
    }
    let day_first = order_of_days(text, &atoms, found.iter().map(|f| &f.1));
    let with_tense = |(sentence, found): (u32, Found)| {
        let span = text.span(atoms[found.from].start, atoms[found.to - 1].end)?;
        let tense = if found.meaning.needs_tense() { tense::of(text, syntax, span) } else { tense::Tense::Unknown };
        let soon = found.meaning == Meaning::Reference("FUTURE_REF") && tense == tense::Tense::Past;
        (!soon).then_some((found, span, sentence, tense))
    };
    Unresolved { expressions: found.into_iter().filter_map(with_tense).collect(), day_first }
}

impl Unresolved {
    /// Says whether a text can have been published on a day, given what its expressions then mean: it tells of no day
    /// behind it as to come and of none before it as over.
    ///
    /// `times`: what [`Self::resolve`] gave for that day.
    pub fn allows(&self, day: Day, times: &[TimeExpression]) -> bool {
        let exact = |t: &TimeExpression| t.when.as_ref().and_then(When::exact);
        let told = || self.expressions.iter().zip(times);
        told().all(|((found, .., tense), time)| {
            let Some(meant) = exact(time) else { return true };
            match (&found.meaning, tense) {
                (Meaning::Day { .. }, tense::Tense::Future) => meant >= day,
                (Meaning::Day { .. }, tense::Tense::Past) => meant <= day,
                _ => true,
            }
        })
    }

    /// Returns the last day that a text published on `day` tells of as over and names by its date.
    pub fn over_by_date(&self, day: Day) -> Option<Day> {
        self.over(day, |meaning| matches!(meaning, Meaning::Day { .. }))
    }

    /// The same of the days that it names by their weekdays, that of publication at the latest.
    pub fn over_by_weekday(&self, day: Day) -> Option<Day> {
        self.over(day, |meaning| matches!(meaning, Meaning::Weekday { turn: None, .. }))
    }

    fn over(&self, day: Day, is_named: impl Fn(&Meaning) -> bool) -> Option<Day> {
        let times = self.resolve(Some(&When::day(day)));
        let told = self.expressions.iter().zip(&times);
        let over = told.filter(|((found, .., tense), _)| is_named(&found.meaning) && *tense == tense::Tense::Past);
        over.filter_map(|(_, time)| time.when.as_ref()?.exact()).filter(|over| *over <= day).max()
    }

    /// Says what the expressions mean in a text published then.
    pub fn resolve(&self, published: Option<&When>) -> Vec<TimeExpression> {
        let looks_back = published.is_some_and(|p| self.looks_back(p));
        let mut context = resolve::Context::new(published, self.day_first, looks_back);
        self.expressions
            .iter()
            .map(|(found, span, sentence, tense)| context.resolve(found, *span, *sentence, *tense))
            .collect()
    }
}

impl Unresolved {
    /// Says whether a text tells of other years, as lives and histories do: it states five years and more, nine in ten of
    /// them long past, and hardly a day that is counted from the publication.
    ///
    /// Source: it holds for most lives of GUM and for none of some 480 news reports of GUM, TempEval-3, MEANTIME and PAC.
    fn looks_back(&self, published: &When) -> bool {
        let past = published.from().year() - 1;
        let (mut years, mut old, mut near) = (0, 0, 0);
        for (found, ..) in &self.expressions {
            if let Some(year) = found.meaning.states_year() {
                years += 1;
                old += usize::from(year < past);
            }
            near += usize::from(found.meaning.is_near());
        }
        years >= 5 && old * 10 >= years * 9 && near * 10 <= years
    }
}

/// Says whether the numeric dates of a text give the day first: by one with a number above 12, else by one that is a
/// written-out date of the text in one order alone.
fn order_of_days<'a>(
    text: &Text,
    atoms: &[atoms::Atom],
    found: impl Iterator<Item = &'a Found> + Clone,
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
