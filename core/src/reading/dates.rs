//! Time expressions in prose, found and resolved as TIMEX3.

use super::words::Words;
use crate::text::{Span, Text};
use crate::when::When;

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
pub fn find(_text: &Text, _words: &Words, _published: Option<&When>) -> Vec<TimeExpression> {
    Vec::new()
}
