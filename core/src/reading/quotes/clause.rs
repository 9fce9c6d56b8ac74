//! A light reading of clauses: what each token may be, where noun phrases end, where the subject of a verb begins.

use super::marks::{Marks, Quotation};
use crate::lang::en::speech::{self, Class, Form};
use crate::reading::syntax::{Node, Relation, Syntax, Upos, Xpos};
use crate::reading::words::{TokenKind, Words};
use crate::text::{Span, Text};
use std::ops::Range;

/// What a token may be, told from its letters alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tag {
    /// A closed class of words.
    Class(Class),
    /// Begins with a capital and is no word of a closed class.
    Capital,
    /// Any other word.
    Word,
    /// A number.
    Number,
    /// ,
    Comma,
    /// :
    Colon,
    /// ;
    Semicolon,
    /// A dash with space around it.
    Dash,
    /// . ! ? …
    Stop,
    /// ( or [
    Opens,
    /// ) or ]
    Closes,
    /// A quotation mark that was paired.
    Quote,
    /// An apostrophe and what belongs to it ("'s").
    Genitive,
    /// Any other mark.
    Other,
}

/// A paragraph's stretch between sentence ends that stand outside quotations.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Line {
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// The number of its paragraph.
    pub(super) paragraph: usize,
}

/// Most tokens of a line: a longer one is no prose, and reading is not linear in a line's length.
pub(super) const LONGEST_LINE: usize = 1500;

/// A text with its quotations paired and its tokens tagged.
pub(super) struct Page<'a> {
    /// The text.
    pub(super) text: &'a Text,
    /// Its tokens and sentences.
    pub(super) words: &'a Words,
    /// Its trees.
    pub(super) syntax: &'a Syntax,
    /// Its quotations.
    pub(super) marks: Marks,
    /// For each token, the node that begins in it: index into [`Syntax::nodes`].
    nodes: Vec<u32>,
    tags: Vec<Tag>,
}

/// Returns for each token the first node that does not end before it.
fn begins(words: &Words, syntax: &Syntax) -> Vec<u32> {
    let mut node = 0;
    let mut first = |start: usize| {
        while syntax.nodes.get(node).is_some_and(|n| n.span.end() <= start) {
            node += 1;
        }
        node as u32
    };
    words.tokens.iter().map(|t| first(t.span.start())).collect()
}

impl<'a> Page<'a> {
    /// Tags the tokens of a text.
    pub(super) fn new(text: &'a Text, words: &'a Words, syntax: &'a Syntax) -> Page<'a> {
        let marks = super::marks::pair(text, words);
        let mut page = Page { text, words, syntax, marks, nodes: begins(words, syntax), tags: Vec::new() };
        page.tags = (0..words.tokens.len()).map(|n| page.guess(n)).collect();
        page
    }

    fn guess(&self, n: usize) -> Tag {
        let token = self.words.tokens[n];
        let printed = self.text.get(token.span);
        match token.kind {
            TokenKind::Number => Tag::Number,
            TokenKind::Mark => self.guess_mark(n, printed),
            TokenKind::Word => {
                let lower = self.words.lower(n);
                let genitive = matches!(lower, "s" | "S") && n > 0 && self.glued(n) && self.is_apostrophe(n - 1);
                if genitive {
                    return if self.shortened(n) { Tag::Class(Class::Auxiliary) } else { Tag::Genitive };
                }
                let capital = printed.chars().next().is_some_and(char::is_uppercase);
                match speech::class(lower) {
                    Some(Class::Verb) if capital => Tag::Capital,
                    Some(Class::Time) if !capital => Tag::Word,
                    // "US" is no pronoun, "May" after "Theresa" no month; a lone "IT" neither.
                    Some(Class::Object) if printed == "US" => Tag::Capital,
                    Some(Class::Pronoun) if printed == "IT" => Tag::Capital,
                    // "Will said": a name.
                    Some(Class::Auxiliary) if capital && self.word(n).is_some_and(|w| w.upos == Upos::Propn) => {
                        Tag::Capital
                    }
                    Some(class) => Tag::Class(class),
                    None if capital => Tag::Capital,
                    None => Tag::Word,
                }
            }
        }
    }

    fn guess_mark(&self, n: usize, printed: &str) -> Tag {
        if let Some(q) = self.marks.of(n).map(|q| &self.marks.quotations[q])
            && !q.inner.contains(&n)
        {
            return Tag::Quote;
        }
        match printed {
            "," => Tag::Comma,
            ":" => Tag::Colon,
            ";" => Tag::Semicolon,
            "." if self.abbreviates(n) => Tag::Other,
            "." | "!" | "?" | "…" => Tag::Stop,
            _ if printed.starts_with("...") => Tag::Stop,
            "—" | "–" | "―" => Tag::Dash,
            "-" if !self.glued(n) => Tag::Dash,
            _ if printed.starts_with("--") => Tag::Dash,
            "(" | "[" => Tag::Opens,
            ")" | "]" => Tag::Closes,
            "'" | "’" if self.shortened(n + 1) => Tag::Class(Class::Auxiliary),
            "'" | "’" if n > 0 && self.glued(n) => Tag::Genitive,
            _ => Tag::Other,
        }
    }

    /// Says whether the full stop at `n` stands within a sentence: "Rep. Lund".
    fn abbreviates(&self, n: usize) -> bool {
        let tokens = &self.words.tokens;
        let behind = tokens.iter().enumerate().skip(n + 1).take(3);
        let mut same = behind.take_while(|(_, t)| t.sentence == tokens[n].sentence);
        same.find(|(i, t)| {
            t.kind != TokenKind::Mark || self.marks.of(*i).is_some_and(|q| !self.marks.quotations[q].inner.contains(i))
        })
        .is_some_and(|(_, t)| t.kind != TokenKind::Mark)
    }

    /// Says whether the "s" at `n` is short for "is" or "has": "he's".
    fn shortened(&self, n: usize) -> bool {
        let pronoun =
            n >= 2 && matches!(self.words.lower(n - 2), "he" | "she" | "it" | "who" | "that" | "there" | "what");
        pronoun
            && self.words.tokens.get(n).is_some()
            && self.words.lower(n) == "s"
            && self.glued(n)
            && self.glued(n - 1)
    }

    fn is_apostrophe(&self, n: usize) -> bool {
        matches!(self.text.get(self.words.tokens[n].span), "'" | "’")
    }

    /// Says whether token `n` follows the one before without white space.
    pub(super) fn glued(&self, n: usize) -> bool {
        n > 0 && self.words.tokens[n - 1].span.end() == self.words.tokens[n].span.start()
    }

    /// Returns the number of the node that begins a token; behind the last token, the number of nodes.
    pub(super) fn node(&self, n: usize) -> usize {
        self.nodes.get(n).map_or(self.syntax.nodes.len(), |&node| node as usize)
    }

    /// Returns the word that begins a token in its tree.
    pub(super) fn word(&self, n: usize) -> Option<&'a Node> {
        self.syntax.nodes.get(self.node(n))
    }

    /// Returns what a token may be.
    pub(super) fn tag(&self, n: usize) -> Tag {
        self.tags[n]
    }

    /// Says whether a token is of a closed class; behind the last one nothing is.
    pub(super) fn is(&self, n: usize, class: Class) -> bool {
        self.tags.get(n) == Some(&Tag::Class(class))
    }

    /// Says whether a mark that parts clauses stands at a token, or nothing.
    pub(super) fn parts_clauses(&self, n: usize) -> bool {
        let tag = self.tags.get(n);
        tag.is_none_or(|t| matches!(t, Tag::Comma | Tag::Stop | Tag::Semicolon | Tag::Colon | Tag::Dash | Tag::Closes))
    }

    /// Returns a token in lower case.
    pub(super) fn lower(&self, n: usize) -> &str {
        self.words.lower(n)
    }

    /// Returns the quotation that a token belongs to.
    pub(super) fn quoted(&self, n: usize) -> Option<&Quotation> {
        self.marks.of(n).map(|q| &self.marks.quotations[q])
    }

    /// Returns the span from the first to the last of the tokens.
    pub(super) fn span(&self, tokens: Range<usize>) -> Option<Span> {
        let (first, last) = (self.words.tokens.get(tokens.start)?, self.words.tokens.get(tokens.end.checked_sub(1)?)?);
        (tokens.start < tokens.end).then(|| first.span.cover(last.span))
    }

    /// Says whether a token is a finite verb, an auxiliary, or a participle that is no mere attribute.
    pub(super) fn verbish(&self, n: usize) -> bool {
        let finite = |w: &Node| match w.xpos {
            Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md => true,
            Xpos::Vbn => w.relation != Relation::Amod,
            _ => false,
        };
        self.words.tokens[n].kind == TokenKind::Word
            && self.word(n).is_some_and(|w| w.upos == Upos::Aux || w.upos == Upos::Verb && finite(w))
    }

    /// Says whether there is a finite verb among the tokens, quotations left out.
    pub(super) fn has_verb(&self, tokens: Range<usize>) -> bool {
        tokens.into_iter().any(|n| self.marks.of(n).is_none() && self.verbish(n))
    }

    /// Says whether a noun phrase may begin at a token.
    pub(super) fn opens_phrase(&self, n: usize) -> bool {
        matches!(
            self.tag(n),
            Tag::Class(Class::Determiner | Class::Possessive | Class::Pronoun) | Tag::Capital | Tag::Number
        )
    }

    /// Returns the lines of all parts that are read.
    pub(super) fn lines(&self) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        for sentence in self.words.sentences.iter().filter(|s| s.part.is_read() && !s.tokens.is_empty()) {
            let goes_on = lines.last().is_some_and(|last| {
                last.paragraph == sentence.paragraph
                    && last.tokens.len() < LONGEST_LINE
                    && self.joined(last.tokens.end - 1, sentence.tokens.clone())
            });
            match lines.last_mut() {
                Some(last) if goes_on => last.tokens.end = sentence.tokens.end,
                _ => lines.push(Line { tokens: sentence.tokens.clone(), paragraph: sentence.paragraph }),
            }
        }
        lines
    }

    /// Says whether a sentence goes on with the one that ends at `last`: one quotation spans both, or its cue follows
    /// (“Why?” Lund asked.).
    fn joined(&self, last: usize, next: Range<usize>) -> bool {
        if self.marks.of(last).is_some() && self.marks.of(last) == self.marks.of(next.start) {
            return true;
        }
        if self.tag(last) != Tag::Quote || last == 0 || self.marks.of(next.start).is_some() {
            return false;
        }
        let asks = matches!(self.text.get(self.words.tokens[last - 1].span), "?" | "!" | "…" | "...");
        // “Why?” He answered: “Because.” The next sentence leads to words of its own.
        let leads = next.clone().take(8).any(|n| self.tag(n) == Tag::Quote);
        let begins = self.is(next.start, Class::Pronoun)
            && self.text.get(self.words.tokens[next.start].span).starts_with(char::is_uppercase);
        if leads || begins && self.lower(next.start) != "i" {
            return false;
        }
        let said = |n: usize| {
            speech::verb(self.lower(n)).is_some_and(|(v, f)| v.takes.quote && matches!(f, Form::Past | Form::Third))
        };
        asks && next.clone().take(6).any(said) && !next.clone().take(8).any(|n| self.tag(n) == Tag::Colon)
    }
}
