//! Word classes, lemmas and dependency trees of English sentences, as Universal Dependencies define them.
//!
//! [`parse`] needs nothing but the sentences of [`super::words`]; its words are its own, as `don't` is two of them. One
//! small network, trained by `annals-eval train syntax`, tags and parses (`lang/en/model/README.md` has its provenance
//! and scores). It always answers: on text that is not English the trees are well-formed and mean nothing.

pub mod clues;
pub mod lemmas;
pub mod moves;
pub mod network;
pub mod tags;
pub mod tokens;

use crate::reading::columns::KeptSyntax;
use crate::reading::words::Words;
use crate::text::{Span, Text};
use network::Desk;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Range;

pub use tags::{Number, Relation, Tense, Upos, VerbForm, Xpos};

/// Words that are parsed at once. A sentence of news has a tenth of them; what is longer is parsed in pieces, each with a
/// root of its own, so that time grows with the length alone.
const LONGEST_PIECE: usize = 300;

/// A word in its tree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Node {
    /// Where it stands.
    pub span: Span,
    /// Its word class.
    pub upos: Upos,
    /// Its Penn tag.
    pub xpos: Xpos,
    /// The word it hangs on: index into [`Syntax::nodes`]; none for a root.
    pub head: Option<u32>,
    /// How it hangs on it.
    pub relation: Relation,
    /// Its sentence: index into [`Words::sentences`].
    pub sentence: u32,
}

/// The trees of one text.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(into = "KeptSyntax", try_from = "KeptSyntax")]
pub struct Syntax {
    /// In text order.
    pub nodes: Vec<Node>,
    /// The nodes of each sentence of [`Words::sentences`].
    pub sentences: Vec<Range<usize>>,
    /// The stretch of nodes that hang on each, itself included. Trees are projective, so it has no gaps.
    reach: Vec<(u32, u32)>,
}

/// Parses all sentences of a text.
pub fn parse(text: &Text, words: &Words) -> Syntax {
    let network = &*crate::lang::en::syntax::NETWORK;
    let mut desk = Desk::default();
    let mut syntax = Syntax::default();
    let mut ranges = Vec::new();
    for (number, sentence) in words.sentences.iter().enumerate() {
        let first = syntax.nodes.len();
        let body = text.get(sentence.span);
        ranges.clear();
        tokens::split(body, &mut ranges);
        for piece in ranges.chunks(LONGEST_PIECE) {
            if is_prose(body, piece) {
                network.parse(piece.iter().map(|r| &body[r.clone()]), &mut desk);
                syntax.add(text, sentence.span.start(), piece, number as u32, &desk);
            } else {
                syntax.add_loose(text, sentence.span.start(), piece, number as u32);
            }
        }
        syntax.sentences.push(first..syntax.nodes.len());
    }
    syntax.measure();
    syntax
}

/// Says whether a third of the words of a long stretch have a letter in front. The rest are tables, drawings and noise, in which a tree means
/// nothing and a megabyte of marks would be a million words to parse.
fn is_prose(body: &str, words: &[Range<usize>]) -> bool {
    let lettered = |r: &&Range<usize>| body[(*r).clone()].starts_with(char::is_alphabetic);
    words.len() < 60 || 3 * words.iter().filter(lettered).count() >= words.len()
}

impl Syntax {
    /// Returns trees whose heads were found before.
    pub(super) fn of(nodes: Vec<Node>, sentences: Vec<Range<usize>>) -> Syntax {
        let mut syntax = Syntax { nodes, sentences, reach: Vec::new() };
        syntax.measure();
        syntax
    }

    /// Appends words that are no prose: each a root.
    fn add_loose(&mut self, text: &Text, base: usize, words: &[Range<usize>], sentence: u32) {
        for range in words {
            let Some(span) = text.span(base + range.start, base + range.end) else { continue };
            let word = text.get(span);
            let (upos, xpos) = match word.chars().next() {
                Some(c) if c.is_ascii_digit() => (Upos::Num, Xpos::Cd),
                Some(c) if c.is_ascii_punctuation() => (Upos::Punct, Xpos::Sym),
                _ => (Upos::X, Xpos::Fw),
            };
            self.nodes.push(Node { span, upos, xpos, head: None, relation: Relation::Root, sentence });
        }
    }

    /// Appends the tree on the desk.
    fn add(&mut self, text: &Text, base: usize, words: &[Range<usize>], sentence: u32, desk: &Desk) {
        let first = self.nodes.len() as u32;
        let trees = desk.state.heads().iter().zip(desk.state.relations()).zip(&desk.tags);
        for (range, ((head, relation), (upos, xpos))) in words.iter().zip(trees) {
            let Some(span) = text.span(base + range.start, base + range.end) else { continue };
            let head = (*head != moves::NONE).then(|| first + head);
            let relation = Relation::ALL[usize::from(*relation)];
            self.nodes.push(Node { span, upos: *upos, xpos: *xpos, head, relation, sentence });
        }
    }

    /// Finds out how far the subtrees reach. A head may stand on either side of its child, so each sentence is gone through
    /// by the depth of its words, the deepest first.
    fn measure(&mut self) {
        self.reach = (0..self.nodes.len() as u32).map(|n| (n, n + 1)).collect();
        let mut waiting = vec![0u32; self.nodes.len()];
        for node in &self.nodes {
            if let Some(head) = node.head {
                waiting[head as usize] += 1;
            }
        }
        let mut ready: Vec<u32> = (0..self.nodes.len() as u32).filter(|n| waiting[*n as usize] == 0).collect();
        while let Some(child) = ready.pop() {
            let Some(head) = self.nodes[child as usize].head else { continue };
            let (from, to) = self.reach[child as usize];
            let of = &mut self.reach[head as usize];
            *of = (of.0.min(from), of.1.max(to));
            waiting[head as usize] -= 1;
            if waiting[head as usize] == 0 {
                ready.push(head);
            }
        }
    }

    /// Returns the nodes that hang on a node, and on those, itself included: one stretch without gaps.
    pub fn subtree(&self, node: usize) -> Range<usize> {
        let (from, to) = self.reach[node];
        from as usize..to as usize
    }

    /// Returns the nodes that hang on a node directly, in text order.
    pub fn children(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        self.subtree(node).filter(move |n| self.nodes[*n].head == Some(node as u32))
    }

    /// Returns the first child with a relation.
    pub fn child(&self, node: usize, relation: Relation) -> Option<usize> {
        self.children(node).find(|n| self.nodes[*n].relation == relation)
    }

    /// Returns the nodes that lie inside a span.
    pub fn inside(&self, span: Span) -> Range<usize> {
        let from = self.nodes.partition_point(|n| n.span.start() < span.start());
        let to = self.nodes.partition_point(|n| n.span.end() <= span.end());
        from..to.max(from)
    }

    /// Returns the node of a stretch that all others of it hang on, directly or not: the first whose head lies outside.
    pub fn top(&self, stretch: Range<usize>) -> Option<usize> {
        let outside = |n: &usize| self.nodes[*n].head.is_none_or(|h| !stretch.contains(&(h as usize)));
        stretch.clone().find(outside)
    }

    /// Returns the dictionary form of a node's word: `be` for `was`, `child` for `children`.
    pub fn lemma<'a>(&self, text: &'a Text, node: usize) -> Cow<'a, str> {
        let node = &self.nodes[node];
        crate::lang::en::syntax::LEMMAS.lemma(text.get(node.span), node.xpos)
    }

    /// Says whether a verb is passive: it has a passive subject, auxiliary or agent, or is a participle that describes the
    /// noun it hangs on (`the bridge ⟦built⟧ in May`).
    pub fn is_passive(&self, node: usize) -> bool {
        use Relation::{Acl, Amod, AuxPass, CsubjPass, NsubjPass, OblAgent};
        let Node { xpos, relation, .. } = self.nodes[node];
        let marked = |n: usize| matches!(self.nodes[n].relation, NsubjPass | CsubjPass | AuxPass | OblAgent);
        xpos == Xpos::Vbn && (matches!(relation, Acl | Amod) || self.children(node).any(marked))
    }

    /// Returns the tense of a clause, told by its verb or the first auxiliary that has one; a modal has none.
    pub fn tense(&self, node: usize) -> Option<Tense> {
        let auxiliary =
            |n: &usize| matches!(self.nodes[*n].relation, Relation::Aux | Relation::AuxPass | Relation::Cop);
        match self.children(node).find(auxiliary) {
            Some(n) => self.nodes[n].xpos.tense(),
            None => self.nodes[node].xpos.tense(),
        }
    }

    /// Says whether a word is negated by a word that hangs on it: `not`, `never`, `no`.
    pub fn is_negated(&self, text: &Text, node: usize) -> bool {
        self.children(node).any(|n| {
            let Node { span, upos, .. } = self.nodes[n];
            let word = text.get(span);
            let negates = ["not", "n't", "n’t", "never", "no", "neither"].iter().any(|w| w.eq_ignore_ascii_case(word));
            negates && matches!(upos, Upos::Part | Upos::Adv | Upos::Det | Upos::Cconj)
        })
    }
}
