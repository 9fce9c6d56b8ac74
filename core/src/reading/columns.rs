//! Tokens and trees in columns, as they are kept: where each begins by the step from the one before, each kind of value in
//! a row of its own. That takes half the room of one thing after the other, and the compression of what is kept likes it.

use super::syntax::{Node, Relation, Syntax, Upos, Xpos};
use super::words::{Sentence, Token, TokenKind, Words};
use crate::text::Span;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Spans in text order.
#[derive(Serialize, Deserialize)]
struct Places {
    /// From the end of the one before to the beginning: bytes, which may be below nothing.
    gaps: Vec<i64>,
    lengths: Vec<u32>,
}

impl Places {
    fn of(spans: impl Iterator<Item = Span>) -> Places {
        let (mut gaps, mut lengths, mut end) = (Vec::new(), Vec::new(), 0);
        for span in spans {
            gaps.push(span.start() as i64 - end);
            lengths.push(span.len() as u32);
            end = span.end() as i64;
        }
        Places { gaps, lengths }
    }

    fn spans(&self) -> Option<Vec<Span>> {
        let mut end = 0;
        let one = |(gap, length): (&i64, &u32)| {
            let start = u32::try_from(end + gap).ok()?;
            let span = Span::found(start, start.checked_add(*length)?)?;
            end = span.end() as i64;
            Some(span)
        };
        (self.gaps.len() == self.lengths.len()).then(|| self.gaps.iter().zip(&self.lengths).map(one).collect())?
    }
}

/// What is kept of [`Words`]; their lower case is made again from the text.
#[derive(Serialize, Deserialize)]
pub(super) struct KeptWords {
    tokens: Places,
    kinds: Vec<TokenKind>,
    sentences: Vec<Sentence>,
}

impl From<Words> for KeptWords {
    fn from(words: Words) -> KeptWords {
        KeptWords {
            tokens: Places::of(words.tokens.iter().map(|t| t.span)),
            kinds: words.tokens.iter().map(|t| t.kind).collect(),
            sentences: words.sentences,
        }
    }
}

impl TryFrom<KeptWords> for Words {
    type Error = &'static str;

    fn try_from(kept: KeptWords) -> Result<Words, &'static str> {
        let spans = kept.tokens.spans().filter(|spans| spans.len() == kept.kinds.len()).ok_or(NOT_OURS)?;
        let of_token = belonging(kept.sentences.iter().map(|s| s.tokens.clone()), spans.len()).ok_or(NOT_OURS)?;
        let token = |((span, kind), sentence)| Token { span, kind, sentence };
        let tokens = spans.into_iter().zip(kept.kinds).zip(of_token).map(token).collect();
        Ok(Words::of(tokens, kept.sentences))
    }
}

/// What is kept of [`Syntax`].
#[derive(Serialize, Deserialize)]
pub(super) struct KeptSyntax {
    /// Nodes of each sentence.
    sentences: Vec<u32>,
    nodes: Places,
    upos: Vec<Upos>,
    xpos: Vec<Xpos>,
    /// Steps from each node to its head; 0 for a root.
    heads: Vec<i64>,
    relations: Vec<Relation>,
}

impl From<Syntax> for KeptSyntax {
    fn from(syntax: Syntax) -> KeptSyntax {
        let nodes = &syntax.nodes;
        let step = |(n, node): (usize, &Node)| node.head.map_or(0, |head| i64::from(head) - n as i64);
        KeptSyntax {
            sentences: syntax.sentences.iter().map(|s| s.len() as u32).collect(),
            nodes: Places::of(nodes.iter().map(|n| n.span)),
            upos: nodes.iter().map(|n| n.upos).collect(),
            xpos: nodes.iter().map(|n| n.xpos).collect(),
            heads: nodes.iter().enumerate().map(step).collect(),
            relations: nodes.iter().map(|n| n.relation).collect(),
        }
    }
}

impl TryFrom<KeptSyntax> for Syntax {
    type Error = &'static str;

    fn try_from(kept: KeptSyntax) -> Result<Syntax, &'static str> {
        let spans = kept.nodes.spans().ok_or(NOT_OURS)?;
        let count = spans.len();
        if [kept.upos.len(), kept.xpos.len(), kept.heads.len(), kept.relations.len()] != [count; 4] {
            return Err(NOT_OURS);
        }
        let mut end = 0;
        let mut range = |length: &u32| {
            let start = end;
            end += *length as usize;
            start..end
        };
        let sentences: Vec<Range<usize>> = kept.sentences.iter().map(&mut range).collect();
        let of_node = belonging(sentences.iter().cloned(), count).ok_or(NOT_OURS)?;
        let mut nodes = Vec::with_capacity(count);
        for (n, (span, sentence)) in spans.into_iter().zip(of_node).enumerate() {
            let head = match kept.heads[n] {
                0 => None,
                step => Some(u32::try_from(n as i64 + step).ok().filter(|&h| (h as usize) < count).ok_or(NOT_OURS)?),
            };
            let (upos, xpos, relation) = (kept.upos[n], kept.xpos[n], kept.relations[n]);
            nodes.push(Node { span, upos, xpos, head, relation, sentence });
        }
        Ok(Syntax::of(nodes, sentences))
    }
}

const NOT_OURS: &str = "columns that do not fit together";

/// Returns the sentence of each of `count` things, by the stretches of things that sentences have.
fn belonging(sentences: impl Iterator<Item = Range<usize>>, count: usize) -> Option<Vec<u32>> {
    let mut of = Vec::with_capacity(count);
    for (number, things) in sentences.enumerate() {
        if things.start != of.len() || things.end > count || things.start > things.end {
            return None;
        }
        of.resize(things.end, number as u32);
    }
    (of.len() == count).then_some(of)
}
