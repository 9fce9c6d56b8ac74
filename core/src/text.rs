//! One immutable string per report, and the one way to point into it.
//!
//! Headline, byline, dateline, body and credit lines share one offset space, so a citation is a report and two numbers.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A half-open range of bytes of one report's text; always cuts whole characters and is never empty.
///
/// Built by [`Text::span`] (checked) or from other spans, so a span of one text is never out of its bounds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// Returns the span of bytes `start..end` of a text; none if it is empty, out of bounds or cuts a character.
    pub fn within(text: &str, start: usize, end: usize) -> Option<Span> {
        let whole = start < end
            && end <= text.len().min(u32::MAX as usize)
            && text.is_char_boundary(start)
            && text.is_char_boundary(end);
        whole.then_some(Span { start: start as u32, end: end as u32 })
    }

    /// Returns the span between two places that were found in its text before.
    pub(crate) fn found(start: u32, end: u32) -> Option<Span> {
        (start < end).then_some(Span { start, end })
    }

    /// Returns the first byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// Returns the byte after the last.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Returns the length in bytes, at least 1.
    #[allow(clippy::len_without_is_empty, reason = "a span is never empty")]
    pub fn len(self) -> usize {
        self.end() - self.start()
    }

    /// Says whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Says whether `other` lies inside this span or equals it.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Returns the smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// What a stretch of a report's text is. Statements, events and figures are read in `Title`, `Standfirst` and `Body`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum PartKind {
    /// The headline.
    Title,
    /// The line below the headline that sums up (deck, standfirst).
    Standfirst,
    /// Who wrote it and when it was published, as printed.
    Byline,
    /// The place (and day, and agency) that opens the first paragraph: `WEST VELL, May 9 (North Wire) -`.
    Dateline,
    /// A paragraph of the article. A dateline is a part of its own, so the first body part begins behind it.
    Body,
    /// A line that says where the text comes from: `(AP)`, `Additional reporting by …`.
    Credit,
}

impl PartKind {
    /// Returns the name in the public record.
    pub fn name(self) -> &'static str {
        match self {
            PartKind::Title => "title",
            PartKind::Standfirst => "standfirst",
            PartKind::Byline => "byline",
            PartKind::Dateline => "dateline",
            PartKind::Body => "body",
            PartKind::Credit => "credit",
        }
    }

    /// Says whether statements, events and figures are read here.
    pub fn is_read(self) -> bool {
        matches!(self, PartKind::Title | PartKind::Standfirst | PartKind::Body)
    }
}

/// A stretch of the text and what it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// Where it stands.
    pub span: Span,
}

/// One report's text: a string that is never edited, and its parts in text order, which do not overlap.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Text {
    body: String,
    parts: Vec<Part>,
}

impl Text {
    /// Returns a text of paragraphs, parted by one blank line; empty paragraphs are left out.
    ///
    /// A `Dateline` and the `Body` behind it make one paragraph, parted by one space unless the dateline ends in white space.
    /// Longer than 4 GiB: what is behind the limit is left out (decoders cap far below).
    pub fn from_paragraphs<'a>(paragraphs: impl IntoIterator<Item = (PartKind, &'a str)>) -> Text {
        let mut body = String::new();
        let mut parts: Vec<Part> = Vec::new();
        for (kind, words) in paragraphs {
            let words = words.trim();
            if words.is_empty() || body.len() + words.len() + 2 > u32::MAX as usize {
                continue;
            }
            if let Some(last) = parts.last() {
                body.push_str(if last.kind == PartKind::Dateline { " " } else { "\n\n" });
            }
            let start = body.len() as u32;
            body.push_str(words);
            parts.push(Part { kind, span: Span { start, end: body.len() as u32 } });
        }
        Text { body, parts }
    }

    /// Returns a text kept exactly as given, with each paragraph (parted by line breaks) as a `Body` part.
    ///
    /// For text whose offsets somebody else relies on. Beyond 4 GiB: truncated.
    pub fn verbatim(body: &str) -> Text {
        let mut end = body.len().min(u32::MAX as usize);
        while !body.is_char_boundary(end) {
            end -= 1;
        }
        let body = &body[..end];
        let mut parts = Vec::new();
        let mut from = 0;
        let whole = Text { body: body.to_owned(), parts: Vec::new() };
        for line in body.split_inclusive('\n') {
            let lead = line.len() - line.trim_start().len();
            if let Some(span) = whole.span(from + lead, from + line.trim_end().len()) {
                parts.push(Part { kind: PartKind::Body, span });
            }
            from += line.len();
        }
        Text { parts, ..whole }
    }

    /// Returns the whole string.
    pub fn as_str(&self) -> &str {
        &self.body
    }

    /// Returns the parts in text order.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Returns the first part of a kind.
    pub fn part(&self, kind: PartKind) -> Option<Span> {
        self.parts.iter().find(|p| p.kind == kind).map(|p| p.span)
    }

    /// Returns the span of bytes `start..end`; none if it is empty, out of bounds or cuts a character.
    pub fn span(&self, start: usize, end: usize) -> Option<Span> {
        Span::within(&self.body, start, end)
    }

    /// Returns the span without white space at its ends; none if nothing is left.
    pub fn trim(&self, span: Span) -> Option<Span> {
        let words = self.get(span);
        let lead = words.len() - words.trim_start().len();
        self.span(span.start() + lead, span.start() + words.trim_end().len())
    }

    /// Returns the words at a span of this text.
    ///
    /// # Panics
    /// If the span belongs to another text and does not fit this one.
    pub fn get(&self, span: Span) -> &str {
        &self.body[span.start()..span.end()]
    }
}

/// Turns byte offsets of one text into offsets of Unicode code points. Holds one number per 64 bytes of text.
#[derive(Debug)]
pub struct CodePoints<'a> {
    text: &'a str,
    before: Vec<u32>,
}

impl<'a> CodePoints<'a> {
    /// Counts the text once.
    pub fn new(text: &'a str) -> CodePoints<'a> {
        let mut before = Vec::with_capacity(text.len() / 64 + 1);
        let mut seen = 0;
        for block in text.as_bytes().chunks(64) {
            before.push(seen);
            seen += starts(block);
        }
        before.push(seen);
        CodePoints { text, before }
    }

    /// Returns how many code points stand before byte `at`, which must not lie behind the text's end.
    pub fn of(&self, at: usize) -> usize {
        let block = at / 64;
        (self.before[block] + starts(&self.text.as_bytes()[block * 64..at])) as usize
    }
}

/// Counts the bytes that begin a character.
fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&b| (b as i8) >= -0x40).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_cut_whole_characters() {
        let t = Text::from_paragraphs([(PartKind::Title, "Café shut"), (PartKind::Body, " It rained. ")]);
        assert_eq!(t.as_str(), "Café shut\n\nIt rained.");
        assert!(t.span(0, 4).is_none());
        assert!(t.span(3, 3).is_none());
        assert!(t.span(0, 99).is_none());
        assert_eq!(t.get(t.part(PartKind::Body).unwrap()), "It rained.");
    }

    #[test]
    fn code_points_are_counted_across_blocks() {
        let s = "é".repeat(100);
        let c = CodePoints::new(&s);
        assert_eq!((c.of(0), c.of(64), c.of(130), c.of(200)), (0, 32, 65, 100));
    }

    #[test]
    fn verbatim_text_keeps_every_byte() {
        let t = Text::verbatim("  One. \n\nTwo.\r\n");
        assert_eq!(t.parts().iter().map(|p| t.get(p.span)).collect::<Vec<_>>(), ["One.", "Two."]);
    }
}
