//! One quote in several wordings: where a text carries it, and which words were left out, added or changed.

use super::Member;
use crate::reading::{Speech, Token, TokenKind, words};
use crate::text::{Span, Text};
use std::collections::{BTreeMap, BTreeSet};

/// Longest quote that is looked for, in words; the rest is left away. guess: a speech, not a book.
const LONGEST: usize = 600;
/// Share of a quote's words that a text must print in order to carry it, in percent. guess: below that it is another quote.
const LEAST: usize = 50;
/// The same where words were changed. guess.
const LEAST_ALTERED: usize = 60;
/// Fewest words that a text must share with a quote, unless the quote is shorter. guess: three are a phrase of the language.
const FEWEST: usize = 4;
/// Fewest words in quotation marks that are a part of a quote if all of them stand in it so. guess.
const FEWEST_MARKED: usize = 3;

/// How a text prints a quote.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Likeness {
    /// Word for word; marks and capitals may differ.
    Exact,
    /// Only a part, or with a gap that is marked "…"; no word is another.
    Trimmed,
    /// With other words, more words, or a gap that is not marked.
    Altered,
}

impl Likeness {
    /// Returns the name in the public record.
    pub fn name(self) -> &'static str {
        match self {
            Likeness::Exact => "exact",
            Likeness::Trimmed => "trimmed",
            Likeness::Altered => "altered",
        }
    }
}

/// A stretch in which two wordings differ; one of the two may be empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// The words of the first wording.
    pub from: String,
    /// What the second has in their place.
    pub to: String,
}

/// A wording of a quote found in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wording {
    /// How it is printed.
    pub likeness: Likeness,
    /// What differs, in the order of the quote.
    pub changes: Vec<Change>,
    /// Where it stands.
    pub span: Span,
}

/// A report that carries a quote.
#[derive(Clone, Debug)]
pub struct Carried {
    /// The report: index into the members.
    pub report: usize,
    /// How it prints it.
    pub wording: Wording,
    /// The statement it stands in: index into the report's statements.
    pub statement: Option<usize>,
    /// Whether it stands in quotation marks.
    pub quoted: bool,
}

/// A word to compare: as it counts, as it is printed, and whether a gap is marked before it.
#[derive(Clone, Debug)]
struct Word {
    folded: String,
    span: Span,
    gap: bool,
}

/// Finds the reports that carry a quote, in their order.
pub fn carriers(members: &[Member], quote: &str) -> Vec<Carried> {
    let quote = Quote::of(quote);
    let found = members.iter().enumerate().filter_map(|(report, member)| {
        let whole = quote.find(&member.report.text, &member.reading.words.tokens);
        let wording = whole.or_else(|| quote.part(member))?;
        let statements = member.reading.statements.iter().enumerate();
        let overlap = |s: &crate::reading::Statement| -> usize {
            let shared = |c: &Span| c.end().min(wording.span.end()).saturating_sub(c.start().max(wording.span.start()));
            s.content.iter().map(shared).sum()
        };
        let best =
            statements.map(|(n, s)| (overlap(s), n)).filter(|(o, _)| *o > 0).max_by_key(|(o, n)| (*o, usize::MAX - n));
        let statement = best.map(|(_, n)| n);
        let marked = statement.is_some_and(|n| member.reading.statements[n].kind != Speech::Indirect);
        let quoted = marked || is_marked(&member.report.text, wording.span);
        Some(Carried { report, wording, statement, quoted })
    });
    found.collect()
}

/// Says how the second of two wordings prints the first, and what differs.
pub fn compare(first: &str, second: &str) -> Option<Wording> {
    let text = Text::verbatim(second);
    Quote::of(first).find(&text, &words::split(&text).tokens)
}

/// Says whether a quotation mark stands right before a passage.
fn is_marked(text: &Text, span: Span) -> bool {
    let before = text.as_str()[..span.start()].trim_end();
    before.ends_with(['“', '"', '„', '«', '‘', '\''])
}

/// Returns what stands in quotation marks in a stretch of words; all of it if it holds no marks.
fn in_marks(text: &Text, content: Span) -> Vec<Span> {
    let words = text.get(content);
    let mark = |c: char| matches!(c, '“' | '”' | '"' | '„' | '«' | '»');
    if !words.contains(mark) {
        return vec![content];
    }
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in words.char_indices().filter(|(_, c)| mark(*c)) {
        match open.take() {
            Some(from) => out.extend(text.span(content.start() + from, content.start() + at)),
            None => open = Some(at + c.len_utf8()),
        }
    }
    // The mark that closes the last may stand behind the stretch.
    out.extend(open.and_then(|from| text.span(content.start() + from, content.end())));
    out
}

/// A quote cut into words.
struct Quote {
    text: Text,
    words: Vec<Word>,
}

impl Quote {
    fn of(quote: &str) -> Quote {
        let text = Text::verbatim(quote);
        let tokens = words::split(&text).tokens;
        let mut words = cut(&text, &tokens);
        words.truncate(LONGEST);
        Quote { text, words }
    }

    /// Finds the stretch of a text that prints most of the quote, if it prints enough of it.
    fn find(&self, text: &Text, tokens: &[Token]) -> Option<Wording> {
        let all = cut(text, tokens);
        let known: BTreeSet<&str> = self.words.iter().map(|w| w.folded.as_str()).collect();
        let hits: Vec<bool> = all.iter().map(|w| known.contains(w.folded.as_str())).collect();
        let needed = FEWEST.min(self.words.len()).max(self.words.len() * LEAST / 100);
        let window = densest(&hits, 2 * self.words.len() + 8);
        if self.words.is_empty() || hits[window.clone()].iter().filter(|h| **h).count() < needed {
            return None;
        }
        let near = &all[window];
        let pairs = align(&self.words, near);
        if pairs.len() < needed {
            return None;
        }
        let enough = pairs.len() * 100 >= self.words.len() * LEAST_ALTERED;
        self.wording(text, near, &pairs).filter(|w| enough || w.likeness != Likeness::Altered)
    }

    /// Finds words in quotation marks that are a part of the quote: The pump “failed by June”, she said.
    fn part(&self, member: &Member) -> Option<Wording> {
        let text = &member.report.text;
        let contents = member.reading.statements.iter().filter(|s| s.kind != Speech::Indirect).flat_map(|s| &s.content);
        contents.flat_map(|&content| in_marks(text, content)).find_map(|span| {
            let tokens = &member.reading.words.tokens[member.reading.words.inside(span)];
            let near = cut(text, tokens);
            let pairs = align(&self.words, &near);
            let run = pairs.windows(2).all(|p| p[1].0 == p[0].0 + 1);
            let all = near.len() >= FEWEST_MARKED && pairs.len() == near.len() && run;
            all.then(|| self.wording(text, &near, &pairs)).flatten()
        })
    }

    /// Tells what differs between the quote and words aligned with it.
    fn wording(&self, text: &Text, near: &[Word], pairs: &[(usize, usize)]) -> Option<Wording> {
        let (&(first, from), &(last, to)) = (pairs.first()?, pairs.last()?);
        let mut changes = Vec::new();
        let mut altered = false;
        let gone = |range: std::ops::Range<usize>| printed(&self.text, &self.words[range]);
        if first > 0 {
            changes.push(Change { from: gone(0..first), to: String::new() });
        }
        for pair in pairs.windows(2) {
            let ((a, b), (c, d)) = (pair[0], pair[1]);
            if c == a + 1 && d == b + 1 {
                continue;
            }
            let (out, new) = (a + 1..c, b + 1..d);
            let marked = new.is_empty() && near[d].gap || out.is_empty() && self.words[c].gap;
            altered |= !marked;
            changes.push(Change { from: gone(out), to: printed(text, &near[new]) });
        }
        if last + 1 < self.words.len() {
            changes.push(Change { from: gone(last + 1..self.words.len()), to: String::new() });
        }
        let likeness = match (altered, changes.is_empty()) {
            (true, _) => Likeness::Altered,
            (false, true) => Likeness::Exact,
            (false, false) => Likeness::Trimmed,
        };
        Some(Wording { likeness, changes, span: near[from].span.cover(near[to].span) })
    }
}

/// Returns words as printed, from the first to the last.
fn printed(text: &Text, words: &[Word]) -> String {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return String::new() };
    text.get(first.span.cover(last.span)).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Cuts a text into words that compare: lower case, apostrophes alike, marks left out.
fn cut(text: &Text, tokens: &[Token]) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut gap = false;
    for token in tokens {
        let shown = text.get(token.span);
        if token.kind == TokenKind::Mark {
            gap |= matches!(shown, "…" | "[" | "]" | "...") || shown.starts_with("..");
            continue;
        }
        let folded = shown.to_lowercase().replace('’', "'");
        out.push(Word { folded, span: token.span, gap });
        gap = false;
    }
    out
}

/// Returns the window of a width that holds most hits; the first of several.
fn densest(hits: &[bool], width: usize) -> std::ops::Range<usize> {
    let (mut best, mut most, mut here) = (0, 0, 0usize);
    for end in 0..hits.len() {
        here += usize::from(hits[end]);
        if end >= width {
            here -= usize::from(hits[end - width]);
        }
        if here > most {
            (most, best) = (here, (end + 1).saturating_sub(width));
        }
    }
    best..hits.len().min(best + width)
}

/// Aligns two wordings: pairs of equal words in order, as many as there are, close together rather than scattered.
///
/// A local alignment (Smith and Waterman 1981): 3 for a pair, −1 for a word left out on either side. guess: a pair pays for
/// three words between it and the rest, so that a chance word far off is no part of the quote.
fn align(a: &[Word], b: &[Word]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    let mut score = vec![0i32; (a.len() + 1) * width];
    let mut best = (0, 0, 0);
    let mut number: BTreeMap<&str, u32> = BTreeMap::new();
    let (mut left, mut right) = (vec![0u32; a.len()], vec![0u32; b.len()]);
    for (slot, word) in left.iter_mut().zip(a).chain(right.iter_mut().zip(b)) {
        let next = number.len() as u32;
        *slot = *number.entry(&word.folded).or_insert(next);
    }
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let pair = if left[i - 1] == right[j - 1] { score[(i - 1) * width + j - 1] + 3 } else { 0 };
            let gap = score[(i - 1) * width + j].max(score[i * width + j - 1]) - 1;
            let here = pair.max(gap).max(0);
            score[i * width + j] = here;
            if here > best.0 {
                best = (here, i, j);
            }
        }
    }
    let (_, mut i, mut j) = best;
    let mut pairs = Vec::new();
    while i > 0 && j > 0 && score[i * width + j] > 0 {
        let here = score[i * width + j];
        if left[i - 1] == right[j - 1] && here == score[(i - 1) * width + j - 1] + 3 {
            pairs.push((i - 1, j - 1));
            (i, j) = (i - 1, j - 1);
        } else if here == score[(i - 1) * width + j] - 1 {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    pairs.reverse();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(quote: &str, text: &str, likeness: Option<Likeness>, changes: &[(&str, &str)]) {
        let found = compare(quote, text);
        assert_eq!(found.as_ref().map(|w| w.likeness), likeness, "{text}");
        let told: Vec<(String, String)> = found.into_iter().flat_map(|w| w.changes).map(|c| (c.from, c.to)).collect();
        let told: Vec<(&str, &str)> = told.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(told, changes, "{text}");
    }

    const QUOTE: &str = "We asked for rest days and were given leaflets about cooking.";

    #[test]
    fn marks_and_capitals_are_no_difference() {
        let text = "He said: “WE asked for ‘rest days’, and were given leaflets about cooking”, and left.";
        check(QUOTE, text, Some(Likeness::Exact), &[]);
    }

    #[test]
    fn a_part_of_it_is_trimmed() {
        let text = "The crews “were given leaflets about cooking”, she said.";
        check(QUOTE, text, Some(Likeness::Trimmed), &[("We asked for rest days and", "")]);
        let text = "“We asked for rest days … and were given leaflets,” she said.";
        check(QUOTE, text, Some(Likeness::Trimmed), &[("about cooking", "")]);
    }

    #[test]
    fn other_words_and_silent_gaps_are_told() {
        let text = "“We asked for pay rises and were given leaflets about cooking,” she said.";
        check(QUOTE, text, Some(Likeness::Altered), &[("rest days", "pay rises")]);
        let text = "“We asked for days and were given leaflets about cooking,” she said.";
        check(QUOTE, text, Some(Likeness::Altered), &[("rest", "")]);
    }

    #[test]
    fn a_text_about_something_else_carries_nothing() {
        check(QUOTE, "The crews were given a new hall for cooking lessons on Monday.", None, &[]);
        check("", "Nothing.", None, &[]);
    }
}
