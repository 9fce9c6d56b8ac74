//! Quotations without a cue of their own: the next sentence of a speaker, and paragraphs that go on.

use super::Act;
use super::attribute::Draft;
use super::clause::{Line, Page, Tag};
use super::{grammar, loose, subject};
use crate::lang::en::speech::Class;
use crate::reading::syntax::{Relation, Upos};
use std::ops::Range;

/// Fewest words of a quotation that is taken without a cue; shorter ones are scare quotes and titles.
/// guess: settle on scored attributions.
const FEWEST: usize = 4;

/// Gives each quotation that stands alone to the speaker before it, and returns the drafts in order of their content.
pub(super) fn carry_on(page: &Page<'_>, lines: &[Line], drafts: Vec<Vec<Draft>>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    // The draft that spoke last, and the line it spoke in.
    let mut last: Option<usize> = None;
    let same = |draft: &Draft, n: usize| lines[draft.line].paragraph == lines[n].paragraph;
    for (n, own) in drafts.into_iter().enumerate() {
        let line = &lines[n];
        if !own.is_empty() {
            let first = out.len();
            out.extend(own);
            // “We lost,” Lund said, noting the rain. “It was cold.”: what follows goes on with the quotation, not with the note.
            let quoted = |d: &Draft| d.content.iter().any(|c| page.tag(c.start) == Tag::Quote);
            last = out[first..].iter().rposition(quoted).map(|n| first + n).or(Some(out.len() - 1));
            continue;
        }
        let free = quotations(page, &line.tokens);
        if free.is_empty() {
            let gap = last.is_some_and(|l| lines[out[l].line].paragraph + 1 < line.paragraph);
            if gap || !is_short(page, line) {
                last = None;
            }
            continue;
        }
        if !alone(page, line, &free) {
            if let Some(draft) = introduced(page, n, line, &free) {
                out.push(draft);
                last = Some(out.len() - 1);
            } else if let Some(l) = last.filter(|&l| goes_on(page, lines, &out[l], n, &free)) {
                out[l].content.extend(free);
                out[l].passage.end = line.tokens.end;
            }
            continue;
        }
        if last.is_some_and(|l| hands_over(page, lines, &out[l])) {
            continue;
        }
        let near = last.filter(|&l| reaches(page, lines, &out[l], n) && (same(&out[l], n) || whole(page, lines, n)));
        if let Some(l) = near {
            out[l].content.extend(free);
            out[l].passage.end = line.tokens.end;
            continue;
        }
        if let Some(draft) = after_subject(page, lines, n, free) {
            out.push(draft);
            last = Some(out.len() - 1);
        }
    }
    out.sort_by_key(|d| d.content.first().map_or(0, |c| c.start));
    out
}

/// Says whether the paragraph that begins with a line holds nothing but quotations: what else stands in it may name another
/// speaker.
fn whole(page: &Page<'_>, lines: &[Line], n: usize) -> bool {
    let mut rest = lines[n + 1..].iter().take_while(|l| l.paragraph == lines[n].paragraph);
    rest.all(|l| alone(page, l, &quotations(page, &l.tokens)))
}

/// Returns the quotations of a line that are long enough, marks included.
fn quotations(page: &Page<'_>, tokens: &Range<usize>) -> Vec<Range<usize>> {
    let from = page.marks.quotations.partition_point(|q| q.outer.start < tokens.start);
    let inside = page.marks.quotations[from..].iter().take_while(|q| q.outer.start < tokens.end);
    inside.filter(|q| q.words >= FEWEST).map(|q| q.outer.clone()).collect()
}

fn is_short(page: &Page<'_>, line: &Line) -> bool {
    line.tokens.len() < 8 && !page.has_verb(line.tokens.clone())
}

/// Says whether a line holds nothing but quotations.
fn alone(page: &Page<'_>, line: &Line, free: &[Range<usize>]) -> bool {
    line.tokens.clone().all(|n| {
        free.iter().any(|q| q.contains(&n)) || matches!(page.tag(n), Tag::Stop | Tag::Comma | Tag::Dash | Tag::Other)
    })
}

/// Says whether a sentence that holds a quotation but no cue goes on with the quotation of the sentence before it:
/// “We lost,” Lund said. Instead, “we sang all night long.”
fn goes_on(page: &Page<'_>, lines: &[Line], draft: &Draft, n: usize, free: &[Range<usize>]) -> bool {
    let line = &lines[n];
    let behind = draft.passage.end == line.tokens.start && lines[draft.line].paragraph == line.paragraph;
    let quoted = draft.content.last().is_some_and(|c| page.tag(c.start) == Tag::Quote);
    let ends = free.last().is_some_and(|q| q.end + 2 > line.tokens.end) || free[0].start == line.tokens.start;
    let unshown = |q: &Range<usize>| loose::shown(page, q, &line.tokens).is_none();
    behind && quoted && ends && free.iter().all(unshown)
}

/// Says whether the sentence of a draft goes on with somebody else: “We lost,” Lund said, and Roe cut in.
fn hands_over(page: &Page<'_>, lines: &[Line], draft: &Draft) -> bool {
    let Some(cue) = draft.cue.clone() else { return false };
    let from = draft.source.as_ref().map_or(cue.end, |s| s.end.max(cue.end));
    let behind = (from..lines[draft.line].tokens.end).filter(|&n| page.marks.of(n).is_none());
    behind.into_iter().any(|n| {
        let joined = page.word(n).is_some_and(|w| w.relation == Relation::Conj && w.xpos.tense().is_some());
        joined && grammar::subject(page, n, &lines[draft.line].tokens).is_some_and(|s| s.own && s.tokens.start >= from)
    })
}

/// Says whether the draft's speaker may still speak in line `n`.
fn reaches(page: &Page<'_>, lines: &[Line], draft: &Draft, n: usize) -> bool {
    let (from, to) = (lines[draft.line].paragraph, lines[n].paragraph);
    if from == to {
        return true;
    }
    // The paragraph before: only if its last words were quoted, or it leads to the quotation with a colon.
    let end = lines[n - 1].tokens.end;
    lines[n - 1].paragraph == lines[draft.line.max(n - 1)].paragraph
        && (page.marks.of(end - 1).is_some() || page.tag(end - 1) == Tag::Colon || draft.passage.end == end)
        && lines[n - 1].paragraph + 1 == to
}

/// Returns a quotation that its sentence leads to with a colon: `His answer was short: "…"`.
fn introduced(page: &Page<'_>, n: usize, line: &Line, free: &[Range<usize>]) -> Option<Draft> {
    let quotation = free.first()?;
    let colon = quotation.start > line.tokens.start && page.tag(quotation.start - 1) == Tag::Colon;
    if !colon || quotation.end + 1 < line.tokens.end {
        return None;
    }
    let verb = (line.tokens.start + 1..quotation.start).find(|&t| page.verbish(t))?;
    // "Lund was asked: “…”": not by her.
    if (verb..quotation.start).any(|t| page.syntax.is_passive(page.node(t))) {
        return None;
    }
    let source = subject::before(page, line.tokens.start, verb).filter(|s| somebody(page, s));
    // "The swing does not surprise the pollster Ann Lund: “…”": who stands before the colon.
    let source = leading(page, line.tokens.start, quotation.start - 1).or(source)?;
    Some(Draft {
        content: vec![quotation.clone()],
        source: Some(source),
        cue: None,
        to: None,
        act: Act::Said,
        guessed: true,
        line: n,
        passage: line.tokens.clone(),
    })
}

/// Returns the object or the name that ends a sentence before a colon: a name of at least two words, with what it is called.
fn leading(page: &Page<'_>, from: usize, colon: usize) -> Option<Range<usize>> {
    let start = (from..colon).rev().take_while(|&n| page.tag(n) == Tag::Capital).last()?;
    let named = (start..colon).all(|n| page.word(n).is_some_and(|w| w.upos == Upos::Propn));
    (colon - start >= 2 && named && page.has_verb(from..start)).then_some(start..colon)
}

/// Returns a quotation that stands by the subject of the sentence before it: `Lund was furious. “…”`
fn after_subject(page: &Page<'_>, lines: &[Line], n: usize, free: Vec<Range<usize>>) -> Option<Draft> {
    let before = lines.get(n.checked_sub(1)?)?;
    if before.paragraph != lines[n].paragraph {
        return None;
    }
    let from = before.tokens.start;
    let verb = (from + 1..before.tokens.end).find(|&t| page.marks.of(t).is_none() && page.verbish(t))?;
    let source = subject::before(page, from, verb)?;
    somebody(page, &source).then(|| Draft {
        content: free,
        source: Some(source),
        cue: None,
        to: None,
        act: Act::Said,
        guessed: true,
        line: n,
        passage: from..lines[n].tokens.end,
    })
}

/// Says whether a phrase names somebody, or is a personal pronoun.
pub(super) fn somebody(page: &Page<'_>, source: &Range<usize>) -> bool {
    let first = page.lower(source.start);
    matches!(first, "he" | "she" | "they")
        || source.clone().any(|n| page.tag(n) == Tag::Capital) && !page.is(source.start, Class::Preposition)
}
