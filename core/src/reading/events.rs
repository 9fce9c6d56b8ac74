//! What happened, is planned, was called off: events with kind, participants, time and status.

use super::Voice;
use super::dates::TimeExpression;
use super::names::Names;
use super::quotes::Statement;
use super::words::Words;
use crate::text::{Span, Text};
use crate::when::When;

/// What an event is, in the words of the public record: `meeting`, `strike`, `vote`, … `other`.
pub type EventKind = &'static str;

/// How things stand with an event, as a report tells it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Status {
    /// Set, due, promised, expected.
    Planned,
    /// Under way.
    Ongoing,
    /// It took place.
    Held,
    /// Put off to a later time.
    Postponed,
    /// Called off.
    CalledOff,
    /// Somebody denies it.
    Denied,
    /// Cannot be told: conditional, called for, threatened, doubted.
    Unclear,
}

impl Status {
    /// Returns the name in the public record.
    pub fn name(self) -> &'static str {
        match self {
            Status::Planned => "planned",
            Status::Ongoing => "ongoing",
            Status::Held => "held",
            Status::Postponed => "postponed",
            Status::CalledOff => "called_off",
            Status::Denied => "denied",
            Status::Unclear => "unclear",
        }
    }
}

/// How sure the text is of an event (MEANTIME's values).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Certainty {
    /// Told as a fact.
    Certain,
    /// Likely.
    Probable,
    /// Possible.
    Possible,
}

/// An event as one report tells it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    /// The word or words that name it: "called off", "talks".
    pub trigger: Span,
    /// What it is.
    pub kind: EventKind,
    /// A normalised word for what happens, to compare events by: `talk`, `strike`, `evacuate`.
    pub head: String,
    /// The clause that names this event alone.
    pub label: Span,
    /// Who takes part: indices into [`Names::names`], sorted, each once.
    pub participants: Vec<usize>,
    /// Where: index into [`Names::names`].
    pub place: Option<usize>,
    /// When it happens or happened.
    pub when: Option<When>,
    /// For what is promised: by when.
    pub due: Option<When>,
    /// How things stand.
    pub status: Status,
    /// Whether it is told as something to come.
    pub future: bool,
    /// How sure the text is.
    pub certainty: Certainty,
    /// Whether it is told as not the case.
    pub negated: bool,
    /// Whose words it stands in.
    pub voice: Voice,
    /// The sentence: the passage to show.
    pub passage: Span,
}

/// Finds the events of all parts that are read, in text order.
pub fn find(
    _text: &Text,
    _words: &Words,
    _names: &Names,
    _times: &[TimeExpression],
    _statements: &[Statement],
    _published: Option<&When>,
) -> Vec<Event> {
    Vec::new()
}
