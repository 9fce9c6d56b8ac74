//! What happened, is planned, was called off: events with kind, participants, time and status, read off the trees.
//!
//! `clauses` reads a tree's verbs, `mends` repairs what the parser got wrong; `standing`, `nouns` and `roles` tell how what verbs
//! and nouns name stands; `timing` gives each its times, `labels` its words; `telling` makes the events.

mod clauses;
mod labels;
mod mends;
mod nouns;
mod roles;
mod senses;
mod standing;
mod telling;
mod timing;

use super::Voice;
use super::dates::TimeExpression;
use super::names::Names;
use super::quotes::Statement;
use super::syntax::Syntax;
use super::words::Words;
use crate::lang::en::events::event_kind;
use crate::text::{PartKind, Span, Text};
use crate::when::When;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;

/// What an event is, in the words of the public record: `meeting`, `strike`, `vote`, … `other`.
pub type EventKind = &'static str;

/// Reads the kind of an event that was kept.
fn kept_kind<'de, D: Deserializer<'de>>(from: D) -> Result<EventKind, D::Error> {
    let name = String::deserialize(from)?;
    event_kind(&name).ok_or_else(|| D::Error::custom("no kind of event"))
}

/// How things stand with an event, as a report tells it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
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
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Certainty {
    /// Told as a fact.
    Certain,
    /// Likely.
    Probable,
    /// Possible.
    Possible,
}

/// An event as one report tells it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Event {
    /// The word or words that name it: "called off", "talks".
    pub trigger: Span,
    /// What it is.
    #[serde(deserialize_with = "kept_kind")]
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
    /// For what was put off: the day it had been set for, if the text says.
    pub was: Option<When>,
    /// When it came to stand so, if the text says: the day it was called off, put off, promised.
    pub as_of: Option<When>,
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
    text: &Text,
    words: &Words,
    syntax: &Syntax,
    names: &Names,
    times: &[TimeExpression],
    statements: &[Statement],
    published: Option<&When>,
) -> Vec<Event> {
    let mut countries = BTreeMap::new();
    for (n, name) in names.names.iter().enumerate() {
        if let Some(country) = crate::lang::en::names::canonical(&crate::lang::en::names::fold(text.get(name.full))) {
            countries.entry(country).or_insert(n);
        }
    }
    let telling = telling::Telling { text, words, names, times, published, countries };
    let mut events = Vec::new();
    for (number, sentence) in words.sentences.iter().enumerate() {
        let range = syntax.sentences.get(number).cloned().unwrap_or_default();
        if !sentence.part.is_read() || range.is_empty() {
            continue;
        }
        let scene = clauses::Scene::new(text, words, syntax, range, sentence.part == PartKind::Title);
        telling.events(&scene, sentence.span, &mut events);
    }
    events.sort_by_key(|e| (e.trigger, e.label));
    events.dedup_by_key(|e| e.trigger);
    give_voice(&mut events, statements);
    events
}

/// Marks events inside the content of statements; of nested statements the innermost counts.
fn give_voice(events: &mut [Event], statements: &[Statement]) {
    // What stands in a refusal to speak is the outlet's.
    for (n, statement) in statements.iter().enumerate().filter(|(_, s)| !s.act.is_silence()) {
        for &content in &statement.content {
            let from = events.partition_point(|e| e.trigger.start() < content.start());
            for event in events[from..].iter_mut().take_while(|e| e.trigger.end() <= content.end()) {
                event.voice = Voice::Statement(n);
            }
        }
    }
}
