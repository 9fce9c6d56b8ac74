//! What a newer text of the same page dropped, added or changed: sentence by sentence, then the figures and statements in them.
//!
//! Sentences are compared by their words; the longest run of equal ones in order stays, and what lies between is matched by
//! the share of words in common.

use super::Member;
use super::sentences::{Told, alike, sentences};
use crate::reading::{Figure, Reading, Statement, TokenKind};
use crate::text::Span;
use std::collections::BTreeSet;

/// Words that two sentences must share to be one sentence changed, of 100 in both. guess: at half, a sentence with a new
/// figure and a new clause is still the same one, and two sentences of one subject are not.
const ALIKE: usize = 50;
/// Sentences that are compared each with each at most; beyond that a text is no news story and its middle counts as new.
const MOST: usize = 2_000;

/// A stretch of text that is not in both.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Passage {
    /// It stood in the older text alone.
    Dropped(Span),
    /// It stands in the newer text alone.
    Added(Span),
    /// It was told otherwise before.
    Changed {
        /// In the older text.
        old: Span,
        /// In the newer text.
        new: Span,
    },
}

/// How a newer text of a page differs from an older one.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Revised {
    /// Sentences, in the order of the newer text; what was dropped stands where it would have stood.
    pub passages: Vec<Passage>,
    /// Figures of one thing that had another value: indices into the older and the newer reading.
    pub figures: Vec<(usize, usize)>,
    /// Statements that are gone: indices into the older reading.
    pub unsaid: Vec<usize>,
    /// Statements that are new: indices into the newer reading.
    pub said: Vec<usize>,
}

impl Revised {
    /// Says whether the texts say the same.
    pub fn is_nothing(&self) -> bool {
        self.passages.is_empty()
    }
}

/// Compares an older text of a page with a newer one.
pub fn compare(old: &Member, new: &Member) -> Revised {
    let (before, after) = (sentences(&old.reading), sentences(&new.reading));
    let mut passages = Vec::new();
    let (mut o, mut n) = (0, 0);
    for (at_old, at_new) in common(&before, &after).into_iter().chain([(before.len(), after.len())]) {
        between(&before[o..at_old], &after[n..at_new], &mut passages);
        (o, n) = (at_old + 1, at_new + 1);
    }
    let spans = |of: fn(&Passage) -> Option<Span>| -> Vec<Span> { passages.iter().filter_map(of).collect() };
    let gone = spans(|p| match *p {
        Passage::Dropped(old) | Passage::Changed { old, .. } => Some(old),
        Passage::Added(_) => None,
    });
    let come = spans(|p| match *p {
        Passage::Added(new) | Passage::Changed { new, .. } => Some(new),
        Passage::Dropped(_) => None,
    });
    let figures = figures(old, new, &gone, &come);
    // In a sentence that is told otherwise, what is said is told otherwise, too: it is neither gone nor new.
    let reworded = |span: Span, other: Span, of: &Reading| {
        let stands = |s: &Statement, within: Span| s.content.iter().any(|&c| within.overlaps(c));
        of.statements.iter().any(|s| stands(s, other)).then_some(span)
    };
    let kept_old = passages.iter().filter_map(|p| match *p {
        Passage::Changed { old: was, new: is } => reworded(was, is, &new.reading),
        _ => None,
    });
    let kept_new = passages.iter().filter_map(|p| match *p {
        Passage::Changed { old: was, new: is } => reworded(is, was, &old.reading),
        _ => None,
    });
    let (kept_old, kept_new): (Vec<Span>, Vec<Span>) = (kept_old.collect(), kept_new.collect());
    let without = |all: &[Span], kept: &[Span]| -> Vec<Span> {
        all.iter().copied().filter(|span| !kept.contains(span)).collect()
    };
    let unsaid = statements(old, new, &without(&gone, &kept_old));
    let said = statements(new, old, &without(&come, &kept_new));
    Revised { figures, unsaid, said, passages }
}

/// Returns the longest run of equal sentences in the same order: places in both.
fn common(old: &[Told<'_>], new: &[Told<'_>]) -> Vec<(usize, usize)> {
    let same = |o: usize, n: usize| old[o].words == new[n].words;
    let least = old.len().min(new.len());
    let head = (0..least).take_while(|&n| same(n, n)).count();
    let tail = (1..=least - head).take_while(|&n| same(old.len() - n, new.len() - n)).count();
    let (middle_old, middle_new) = (old.len() - head - tail, new.len() - head - tail);
    let mut pairs: Vec<(usize, usize)> = (0..head).map(|n| (n, n)).collect();
    if middle_old.max(middle_new) <= MOST {
        // The longest run from each pair of places to the end of the middle.
        let row = middle_new + 1;
        let mut longest = vec![0u32; (middle_old + 1) * row];
        for o in (0..middle_old).rev() {
            for n in (0..middle_new).rev() {
                let skipped = longest[(o + 1) * row + n].max(longest[o * row + n + 1]);
                let taken = if same(head + o, head + n) { longest[(o + 1) * row + n + 1] + 1 } else { 0 };
                longest[o * row + n] = taken.max(skipped);
            }
        }
        let (mut o, mut n) = (0, 0);
        while o < middle_old && n < middle_new {
            if same(head + o, head + n) && longest[o * row + n] == longest[(o + 1) * row + n + 1] + 1 {
                pairs.push((head + o, head + n));
                (o, n) = (o + 1, n + 1);
            } else if longest[(o + 1) * row + n] >= longest[o * row + n + 1] {
                o += 1;
            } else {
                n += 1;
            }
        }
    }
    pairs.extend((0..tail).rev().map(|n| (old.len() - 1 - n, new.len() - 1 - n)));
    pairs
}

/// Tells what became of the sentences between two that are in both.
fn between(old: &[Told<'_>], new: &[Told<'_>], passages: &mut Vec<Passage>) {
    let mut left = old;
    for told in new {
        let best = left.iter().enumerate().map(|(n, was)| (alike(was, told), std::cmp::Reverse(n))).max();
        match best.filter(|b| b.0 >= ALIKE) {
            Some((_, std::cmp::Reverse(at))) => {
                passages.extend(left[..at].iter().map(|was| Passage::Dropped(was.span)));
                passages.push(Passage::Changed { old: left[at].span, new: told.span });
                left = &left[at + 1..];
            }
            None => passages.push(Passage::Added(told.span)),
        }
    }
    passages.extend(left.iter().map(|was| Passage::Dropped(was.span)));
}

fn within(spans: &[Span], span: Span) -> bool {
    spans.iter().any(|s| s.contains(span))
}

/// Pairs figures of one thing with another value in sentences that are not in both: only where there is no doubt which.
fn figures(old: &Member, new: &Member, gone: &[Span], come: &[Span]) -> Vec<(usize, usize)> {
    let of = |reading: &Reading, spans: &[Span]| -> Vec<usize> {
        let stands = |f: &Figure| f.head.is_some() && !f.is_time() && within(spans, f.span);
        (0..reading.figures.len()).filter(|&n| stands(&reading.figures[n])).collect()
    };
    let (was, is) = (of(&old.reading, gone), of(&new.reading, come));
    let (a, b) = (&old.reading.figures, &new.reading.figures);
    let same = |x: &Figure, y: &Figure| x.head == y.head && x.unit == y.unit;
    let lone = |all: &[usize], of: &[Figure], x: &Figure| all.iter().filter(|&&n| same(&of[n], x)).count() == 1;
    let pairs = was.iter().flat_map(|&o| is.iter().map(move |&n| (o, n)));
    pairs
        .filter(|&(o, n)| same(&a[o], &b[n]) && lone(&was, a, &b[n]) && lone(&is, b, &a[o]))
        .filter(|&(o, n)| (a[o].low, a[o].high) != (b[n].low, b[n].high))
        .collect()
}

/// Returns the statements in `spans` whose words the other text does not attribute to anybody.
fn statements(member: &Member, other: &Member, spans: &[Span]) -> Vec<usize> {
    let content = |m: &Member, s: &Statement| -> Vec<String> {
        let words = &m.reading.words;
        let tokens = s.content.iter().flat_map(|&span| words.inside(span));
        tokens.filter(|&t| words.tokens[t].kind != TokenKind::Mark).map(|t| words.lower(t).to_owned()).collect()
    };
    let there: BTreeSet<Vec<String>> = other.reading.statements.iter().map(|s| content(other, s)).collect();
    let stands = |s: &Statement| s.content.iter().any(|&c| spans.iter().any(|p| p.overlaps(c)));
    let all = member.reading.statements.iter().enumerate();
    all.filter(|(_, s)| stands(s) && !there.contains(&content(member, s))).map(|(n, _)| n).collect()
}
