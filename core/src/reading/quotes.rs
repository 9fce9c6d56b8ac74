//! Who said what: direct, indirect and mixed attributions with their content, source and cue.

use super::dates::TimeExpression;
use super::names::Names;
use super::words::Words;
use crate::text::{Span, Text};
use crate::when::When;

/// How the words are given.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Speech {
    /// In quotation marks.
    Direct,
    /// In the reporter's words.
    Indirect,
    /// Partly in quotation marks.
    Mixed,
}

impl Speech {
    /// Returns the name in the public record.
    pub fn name(self) -> &'static str {
        match self {
            Speech::Direct => "direct",
            Speech::Indirect => "indirect",
            Speech::Mixed => "mixed",
        }
    }
}

/// Something that somebody is reported to have said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statement {
    /// What was said, in text order, at least one; several where the cue stands in its middle. Without quotation marks at the ends.
    pub content: Vec<Span>,
    /// The words that name the source: "Tomas Brandel, general secretary of the union"; none if nothing names it.
    pub source: Option<Span>,
    /// The words that attribute: "said", "according to"; none for a quotation that only stands by its speaker.
    pub cue: Option<Span>,
    /// How the words are given.
    pub kind: Speech,
    /// Who said it, where it can be told: index into [`Names::names`].
    pub speaker: Option<usize>,
    /// When it was said.
    pub said: Option<When>,
    /// Who was told, or where: "Kestrel Wire", "a news conference".
    pub to: Option<Span>,
    /// The sentence or sentences that carry it: the passage to show.
    pub passage: Span,
}

/// Finds the statements of all parts that are read, in text order of their content.
pub fn find(
    _text: &Text,
    _words: &Words,
    _names: &Names,
    _times: &[TimeExpression],
    _published: Option<&When>,
) -> Vec<Statement> {
    Vec::new()
}
