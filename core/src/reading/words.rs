//! Splits a text into tokens and sentences, with offsets into the untouched text.

use super::columns::KeptWords;
use crate::text::{PartKind, Span, Text};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Bytes of a text that are read; what stands behind them is in the text, but nothing is taken from it. 2 MiB are 300,000
/// words: ten times the longest report, and read within seconds.
pub const LONGEST_READ: usize = 2 << 20;

/// Tokens of a sentence; one that goes on is cut there. No sentence of news has as many: it is a table, a list or noise,
/// and looking back and forth in it must not take for ever.
const LONGEST_SENTENCE: usize = 500;

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum TokenKind {
    /// Letters, with inner apostrophes, hyphens and full stops: `don't`, `long-planned`, `U.S.`
    Word,
    /// Digits, with inner commas, stops and colons, and a tail: `1,200.50`, `7:45`, `8th`, `2nd`
    Number,
    /// Anything else, one character each, but for `...` and `--`.
    Mark,
}

/// A token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// Its sentence: index into [`Words::sentences`].
    pub sentence: u32,
}

/// A sentence.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Sentence {
    /// Where it stands, without white space at its ends.
    pub span: Span,
    /// Its tokens: indices into [`Words::tokens`].
    pub tokens: Range<usize>,
    /// The number of its paragraph (index of the part) in the text.
    pub paragraph: usize,
    /// What its paragraph is. All parts are split; only those with [`PartKind::is_read`] are read.
    pub part: PartKind,
}

/// The tokens and sentences of one text.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(into = "KeptWords", try_from = "KeptWords")]
pub struct Words {
    /// In text order.
    pub tokens: Vec<Token>,
    /// In text order.
    pub sentences: Vec<Sentence>,
    /// The whole text in lower case with typographic apostrophes kept, byte for byte at the same offsets.
    lower: String,
}

impl Words {
    /// Returns words without their lower case.
    pub(super) fn of(tokens: Vec<Token>, sentences: Vec<Sentence>) -> Words {
        Words { tokens, sentences, lower: String::new() }
    }

    /// Returns words that were kept without their lower case, made whole with the text they are of.
    #[must_use]
    pub(crate) fn of_text(self, text: &Text) -> Words {
        Words { lower: lower_in_place(text.as_str()), ..self }
    }

    /// Returns a token in lower case.
    pub fn lower(&self, token: usize) -> &str {
        let span = self.tokens[token].span;
        &self.lower[span.start()..span.end()]
    }

    /// Returns the lower-case words at a span.
    pub fn lower_at(&self, span: Span) -> &str {
        &self.lower[span.start()..span.end()]
    }

    /// Returns the tokens that lie inside a span.
    pub fn inside(&self, span: Span) -> Range<usize> {
        let from = self.tokens.partition_point(|t| t.span.start() < span.start());
        let to = self.tokens.partition_point(|t| t.span.end() <= span.end());
        from..to.max(from)
    }

    /// Returns the sentence that holds byte `at`, or the first behind it; none behind the last.
    pub fn sentence_at(&self, at: usize) -> Option<usize> {
        let n = self.sentences.partition_point(|s| s.span.end() <= at);
        (n < self.sentences.len()).then_some(n)
    }
}

/// Returns the part of a span that is read: what lies within the first [`LONGEST_READ`] bytes of the text.
pub fn read_part(text: &str, span: Span) -> Option<Span> {
    let mut end = LONGEST_READ.min(span.end());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Span::within(text, span.start(), end)
}

/// Splits a text. Sentences never cross a part of the text. Beyond [`LONGEST_READ`] there are none.
pub fn split(text: &Text) -> Words {
    let mut words = Words { lower: lower_in_place(text.as_str()), ..Words::default() };
    for (paragraph, part) in text.parts().iter().enumerate() {
        let Some(span) = read_part(text.as_str(), part.span) else { break };
        let first = words.tokens.len();
        tokens(text, span, &mut words.tokens);
        sentences(text, part.kind, paragraph, first, &mut words);
    }
    words
}

/// Lower-cases every character whose lower case is one character of the same length, and leaves the others.
fn lower_in_place(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for c in s.chars() {
        let mut lower = c.to_lowercase();
        match (lower.next(), lower.next()) {
            (Some(l), None) if l.len_utf8() == c.len_utf8() => out.push(l),
            _ => out.push(c),
        }
    }
    out
}

fn tokens(text: &Text, within: Span, out: &mut Vec<Token>) {
    let words = text.get(within);
    let mut chars = words.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let rest = &words[at..];
        let (len, kind) = if c.is_numeric() {
            (number_len(rest), TokenKind::Number)
        } else if c.is_alphabetic() {
            (word_len(rest), TokenKind::Word)
        } else if c == '.' && rest.starts_with("...") {
            (rest.len() - rest.trim_start_matches('.').len(), TokenKind::Mark)
        } else if rest.starts_with("--") {
            (rest.len() - rest.trim_start_matches('-').len(), TokenKind::Mark)
        } else {
            (c.len_utf8(), TokenKind::Mark)
        };
        let start = within.start() + at;
        if let Some(span) = text.span(start, start + len) {
            out.push(Token { span, kind, sentence: 0 });
        }
        while chars.peek().is_some_and(|(next, _)| *next < at + len) {
            chars.next();
        }
    }
}

/// Returns the length of the number at the front: digits with single inner `.,:` and a tail of letters.
fn number_len(s: &str) -> usize {
    let mut end = 0;
    let mut chars = s.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, '.' | ',' | ':') && chars.peek().is_some_and(|(_, n)| n.is_ascii_digit());
        if c.is_alphanumeric() || joins {
            end = at + c.len_utf8();
        } else {
            break;
        }
    }
    end
}

/// Returns the length of the word at the front: letters and digits with single inner `'’-.&` between letters; an
/// abbreviation of single letters (`U.S.`) keeps its last stop; a final `'s` is a token of its own.
fn word_len(s: &str) -> usize {
    let mut end = 0;
    let mut singles = Singles::default();
    let mut chars = s.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_alphanumeric() || is_combining(c) {
            end = at + c.len_utf8();
            singles.see(c);
            continue;
        }
        let next = chars.peek().map(|(_, n)| *n);
        let joins = match c {
            '\'' | '’' => next.is_some_and(char::is_alphabetic) && !is_possessive(&s[at + c.len_utf8()..]),
            '-' | '\u{2010}' | '\u{2011}' | '&' => next.is_some_and(char::is_alphanumeric),
            '.' => next.is_some_and(char::is_alphabetic) && singles.hold(),
            _ => false,
        };
        if !joins {
            if c == '.' && singles.hold() && singles.stops > 0 {
                end = at + 1;
            }
            break;
        }
        singles.see(c);
    }
    end
}

/// Says whether what follows an apostrophe is a possessive `s` alone.
fn is_possessive(s: &str) -> bool {
    let mut chars = s.chars();
    matches!(chars.next(), Some('s' | 'S')) && !chars.next().is_some_and(char::is_alphanumeric)
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Whether what was seen is single letters parted by stops, as in `U.S` or `a.m`; one look a character.
#[derive(Default)]
struct Singles {
    stops: usize,
    /// Characters since the last stop.
    since: usize,
    broken: bool,
}

impl Singles {
    fn see(&mut self, c: char) {
        self.broken |= if c == '.' { self.since != 1 } else { !c.is_alphabetic() };
        (self.stops, self.since) = if c == '.' { (self.stops + 1, 0) } else { (self.stops, self.since + 1) };
    }

    fn hold(&self) -> bool {
        !self.broken && self.since == 1
    }
}

/// Ends sentences at `.`, `!`, `?`, `…`, with closing quotes and brackets taken along.
fn sentences(text: &Text, part: PartKind, paragraph: usize, first: usize, words: &mut Words) {
    let last = words.tokens.len();
    let mut from = first;
    let mut at = first;
    while at < last {
        let mut end = at + 1;
        if ends_sentence(text, words, at, last) {
            while end < last && closes(text.get(words.tokens[end].span)) && touches(words, end) {
                end += 1;
            }
        } else if end < last && end - from < LONGEST_SENTENCE {
            at = end;
            continue;
        }
        let number = words.sentences.len() as u32;
        for token in &mut words.tokens[from..end] {
            token.sentence = number;
        }
        let span = words.tokens[from].span.cover(words.tokens[end - 1].span);
        words.sentences.push(Sentence { span, tokens: from..end, paragraph, part });
        from = end;
        at = end;
    }
}

/// Says whether token `n` follows the one before it without white space.
fn touches(words: &Words, n: usize) -> bool {
    words.tokens[n - 1].span.end() == words.tokens[n].span.start()
}

fn closes(mark: &str) -> bool {
    matches!(mark, "\"" | "”" | "’" | "'" | "»" | ")" | "]")
}

fn ends_sentence(text: &Text, words: &Words, at: usize, last: usize) -> bool {
    let token = words.tokens[at];
    let mark = text.get(token.span);
    let stop = match token.kind {
        TokenKind::Mark => matches!(mark, "." | "!" | "?" | "…") || mark.starts_with("..."),
        // `U.S.` or `p.m.` may end a sentence: only if a capital follows that is no name's second half.
        TokenKind::Word => mark.ends_with('.'),
        TokenKind::Number => false,
    };
    if !stop {
        return false;
    }
    let mut next = at + 1;
    while next < last && closes(text.get(words.tokens[next].span)) && touches(words, next) {
        next += 1;
    }
    if next == last {
        return true;
    }
    let spaced = words.tokens[next].span.start() > words.tokens[next - 1].span.end();
    let follows = text.get(words.tokens[next].span);
    let opens = matches!(follows, "“" | "\"" | "‘" | "'" | "«" | "(" | "[" | "—" | "–" | "-" | "•");
    let capital = follows.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
    if !spaced || !(capital || opens) {
        return false;
    }
    match token.kind {
        TokenKind::Word => {
            let lower = words.lower(at);
            matches!(lower, "a.m." | "p.m." | "u.s." | "u.n." | "u.k." | "e.u.")
                && crate::lang::en::starts_sentence(words.lower(next))
        }
        _ if mark == "." && at > 0 && touches(words, at) => {
            !crate::lang::en::takes_stop(text.get(words.tokens[at - 1].span))
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_sentences(body: &str, expected: &[&str]) {
        let text = Text::verbatim(body);
        let words = split(&text);
        assert_eq!(words.sentences.iter().map(|s| text.get(s.span)).collect::<Vec<_>>(), expected);
    }

    fn check_tokens(body: &str, expected: &str) {
        let text = Text::verbatim(body);
        let words = split(&text);
        assert_eq!(words.tokens.iter().map(|t| text.get(t.span)).collect::<Vec<_>>().join("|"), expected);
    }

    #[test]
    fn abbreviations_and_initials_do_not_end_sentences() {
        check_sentences("Dr. A. Lund came. He left.", &["Dr. A. Lund came.", "He left."]);
        check_sentences(
            "The U.S. Senate met at 5 p.m. on Monday. It rose.",
            &["The U.S. Senate met at 5 p.m. on Monday.", "It rose."],
        );
    }

    #[test]
    fn what_goes_on_for_ever_is_cut() {
        let text = Text::verbatim(&"mile after mile ".repeat(LONGEST_READ / 10));
        let words = split(&text);
        assert!(words.sentences.iter().all(|s| s.tokens.len() <= LONGEST_SENTENCE));
        assert!(words.tokens.last().unwrap().span.end() <= LONGEST_READ);
        check_tokens(&"a.".repeat(9), &"a.".repeat(9));
    }

    #[test]
    fn a_closing_quote_goes_with_its_sentence() {
        check_sentences("“We won.” They cheered.", &["“We won.”", "They cheered."]);
    }

    #[test]
    fn decimals_times_and_possessives_are_tokens() {
        check_tokens(
            "It’s 5.5 percent at 8:15 p.m., Lund's 1,200th.",
            "It|’|s|5.5|percent|at|8:15|p.m.|,|Lund|'|s|1,200th|.",
        );
    }
}
