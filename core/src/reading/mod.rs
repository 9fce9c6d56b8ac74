//! What one report says by itself: words, names, dates, statements, figures, events.
//!
//! [`read`] calls the parts in a fixed, visible order; each is a function from the earlier results to its own.
//! Reading never fails: odd text yields less, not an error.

mod columns;
pub mod dates;
pub mod events;
pub mod figures;
pub mod names;
pub mod quotes;
pub mod syntax;
pub mod words;

use crate::text::{Span, Text};
use crate::when::When;
use serde::{Deserialize, Serialize};

pub use dates::{TimeExpression, TimeType};
pub use events::{Certainty, Event, EventKind, Status};
pub use figures::{Figure, Modifier};
pub use names::{Mention, Name, NameKind, Names};
pub use quotes::{Act, Ground, Speech, Statement};
pub use syntax::Syntax;
pub use words::{Sentence, Token, TokenKind, Words};

/// Whose words a passage is in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Voice {
    /// The outlet says it itself.
    Outlet,
    /// It stands inside the content of a statement: index into [`Reading::statements`].
    Statement(usize),
}

/// Who is named as where a passage comes from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Attributed {
    /// The one meant, where it can be told: index into [`Names::names`].
    pub name: Option<usize>,
    /// The words that name the source, as printed.
    pub words: Span,
}

/// What one report says by itself.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Reading {
    /// Tokens and sentences.
    pub words: Words,
    /// Word classes and trees of the sentences.
    pub syntax: Syntax,
    /// Who and what is named.
    pub names: Names,
    /// Time expressions in text order.
    pub times: Vec<TimeExpression>,
    /// Who said what, in text order of the content.
    pub statements: Vec<Statement>,
    /// Numbers that count or measure something, in text order.
    pub figures: Vec<Figure>,
    /// What happened, is planned, was called off, in text order.
    pub events: Vec<Event>,
}

/// Reads one text. `published` anchors relative dates ("on Thursday"); without it those stay unresolved.
pub fn read(text: &Text, published: Option<&When>) -> Reading {
    let words = words::split(text);
    let syntax = syntax::parse(text, &words);
    let names = names::find(text, &words);
    let times = dates::find(text, &words, &syntax, published);
    let statements = quotes::find(text, &words, &syntax, &names, &times, published);
    let figures = figures::find(text, &words, &syntax, &names, &times, &statements, published);
    let events = events::find(text, &words, &syntax, &names, &times, &statements, published);
    Reading { words, syntax, names, times, statements, figures, events }
}
