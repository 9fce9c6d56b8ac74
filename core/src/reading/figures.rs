//! Numbers that count or measure something: value, range, modifier, unit, thing counted, as-of date and source.

use super::dates::TimeExpression;
use super::names::Names;
use super::quotes::Statement;
use super::words::Words;
use super::{Attributed, Voice};
use crate::text::{Span, Text};
use crate::when::When;

/// How exact a figure claims to be.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Modifier {
    /// As printed.
    Exactly,
    /// About, some, around, or so.
    About,
    /// More than, over.
    MoreThan,
    /// At least.
    AtLeast,
    /// Nearly, almost.
    Nearly,
    /// Less than, under, fewer than.
    LessThan,
    /// Up to, as many as, at most.
    UpTo,
}

impl Modifier {
    /// Returns the name in the public record.
    pub fn name(self) -> &'static str {
        match self {
            Modifier::Exactly => "exactly",
            Modifier::About => "about",
            Modifier::MoreThan => "more_than",
            Modifier::AtLeast => "at_least",
            Modifier::Nearly => "nearly",
            Modifier::LessThan => "less_than",
            Modifier::UpTo => "up_to",
        }
    }
}

/// A figure.
#[derive(Clone, PartialEq, Debug)]
pub struct Figure {
    /// The number with its modifier and unit: "more than 1.4 million".
    pub span: Span,
    /// The number; for a range its middle, for "dozens" its lower bound.
    pub value: f64,
    /// The least it may be.
    pub low: f64,
    /// The most it may be.
    pub high: f64,
    /// How exact it claims to be.
    pub modifier: Modifier,
    /// What it is counted in: `people`, `USD`, `km`, `percentage`; the singular head noun where no unit is known.
    pub unit: Option<String>,
    /// The thing counted, as printed: "Palestinian civilians", "ships were waiting outside the harbour".
    pub what: Option<Span>,
    /// The normalised head of what is counted, with the state that tells quantities apart: `ship/waiting`, `people/killed`.
    pub head: Option<String>,
    /// Where, if said.
    pub place: Option<Span>,
    /// The time it holds for.
    pub as_of: Option<When>,
    /// Whom it rests on.
    pub according_to: Option<Attributed>,
    /// Whose words it stands in.
    pub voice: Voice,
    /// The sentence: the passage to show.
    pub passage: Span,
}

/// Finds the figures of all parts that are read, in text order.
pub fn find(
    _text: &Text,
    _words: &Words,
    _names: &Names,
    _times: &[TimeExpression],
    _statements: &[Statement],
    _published: Option<&When>,
) -> Vec<Figure> {
    Vec::new()
}
