//! Quotations that no cue on the lists attributes: what somebody is shown to have said in other words than "said".

use super::Act;
use super::attribute::Draft;
use super::clause::{Line, Page, Tag};
use super::follow::somebody;
use super::{grammar, subject};
use crate::lang::en::speech::{self, Class, Form};
use crate::reading::syntax::{Relation, Upos};
use crate::reading::words::TokenKind;
use std::ops::Range;

/// Fewest words of a quotation that is somebody's words wherever it stands: of shorter ones more than a third are scare
/// quotes, names and titles. Source: the quotations of the attribution training set that no rule attributes.
const FEWEST: usize = 5;

/// Fewest words of a quotation with a speaker and an unlisted verb behind it. guess: shorter ones are names.
pub(super) const FEWEST_FRAMED: usize = 2;

/// Who is shown to speak, and by which listed verb.
type Voice = (Range<usize>, Option<Range<usize>>);

/// Adds a draft for each quotation that none attributes, and returns all in text order of their content.
pub(super) fn gather(page: &Page<'_>, lines: &[Line], mut drafts: Vec<Draft>) -> Vec<Draft> {
    let mut taken = vec![false; page.marks.quotations.len()];
    for content in drafts.iter().flat_map(|d| &d.content) {
        let from = page.marks.quotations.partition_point(|q| q.outer.end <= content.start);
        let inside = page.marks.quotations[from..].iter().take_while(|q| q.outer.start < content.end);
        taken[from..from + inside.count()].fill(true);
    }
    let mut n = 0;
    let mut found: Vec<Draft> = Vec::new();
    for (quotation, _) in page.marks.quotations.iter().zip(taken).filter(|(q, taken)| !taken && q.words >= FEWEST) {
        while n + 1 < lines.len() && lines[n].tokens.end <= quotation.outer.start {
            n += 1;
        }
        let Some(line) = lines.get(n).filter(|l| l.tokens.contains(&quotation.outer.start)) else { continue };
        if is_title(page, &quotation.inner) || is_name(page, &quotation.outer, &line.tokens) {
            continue;
        }
        let (source, cue) = shown(page, &quotation.inner, &line.tokens).unzip();
        let cue = cue.flatten();
        found.push(Draft {
            content: vec![quotation.outer.clone()],
            source,
            cue,
            to: None,
            act: Act::Said,
            guessed: false,
            line: n,
            passage: line.tokens.clone(),
        });
    }
    drafts.extend(found);
    drafts.sort_by_key(|d| d.content.first().map_or(0, |c| c.start));
    join_open(page, lines, &mut drafts);
    drafts
}

/// Joins the paragraphs of one quotation. By custom each opens with a mark and only the last is closed; so where a quotation
/// stays open and the next paragraph opens with a mark, one person goes on speaking, and a source of either is that of both.
fn join_open(page: &Page<'_>, lines: &[Line], drafts: &mut Vec<Draft>) {
    for pair in page.marks.quotations.windows(2) {
        let (open, next) = (&pair[0].outer, &pair[1].outer);
        let number = lines.partition_point(|l| l.tokens.end <= next.start);
        let Some(line) = lines.get(number).filter(|l| l.tokens.start == next.start) else { continue };
        let begins = number > 0 && lines[number - 1].paragraph + 1 == line.paragraph;
        if pair[0].closed || !begins || lines[number - 1].tokens.end != open.end {
            continue;
        }
        let holds = |part: &Range<usize>| {
            drafts.iter().position(|d| d.content.iter().any(|c| c.start < part.end && part.start < c.end))
        };
        let (Some(a), Some(b)) = (holds(open), holds(next)) else { continue };
        if a == b || drafts[a].source.is_some() && drafts[b].source.is_some() {
            continue;
        }
        let later = drafts.remove(a.max(b));
        let first = &mut drafts[a.min(b)];
        if first.source.is_none() {
            (first.source, first.cue, first.to) = (later.source, later.cue, later.to);
            first.guessed = later.guessed;
            first.line = later.line;
        }
        first.content.extend(later.content);
        first.passage.end = first.passage.end.max(later.passage.end);
    }
}

/// Takes the source off a draft whose speaker was only guessed; none if its quotations are too short to be somebody's words.
pub(super) fn disown(page: &Page<'_>, draft: &mut Draft) -> Option<()> {
    let long = |c: &Range<usize>| page.quoted(c.start).is_some_and(|q| q.words >= FEWEST && !is_title(page, &q.inner));
    draft.source = None;
    draft.content.iter().any(long).then_some(())
}

/// Says whether most longer words of a quotation begin with a capital: a book, a song, a heading.
pub(super) fn is_title(page: &Page<'_>, inner: &Range<usize>) -> bool {
    let long = |n: &usize| page.words.tokens[*n].kind == TokenKind::Word && page.lower(*n).chars().count() > 3;
    let printed = |n: usize| page.text.get(page.words.tokens[n].span);
    let (mut all, mut capitals) = (0, 0);
    for n in inner.clone().filter(long) {
        all += 1;
        capitals += usize::from(printed(n).starts_with(char::is_uppercase));
    }
    // One word begins with a capital wherever a sentence does: “Absolutely.”
    let named = || inner.clone().filter(long).all(|n| page.word(n).is_some_and(|w| w.upos == Upos::Propn));
    3 * capitals > 2 * all && (all > 1 || named())
}

/// Says whether a quotation describes the noun behind it: the “get it done now” tour.
fn is_name(page: &Page<'_>, outer: &Range<usize>, line: &Range<usize>) -> bool {
    let determined = outer.start > line.start
        && matches!(page.tag(outer.start - 1), Tag::Class(Class::Determiner | Class::Possessive) | Tag::Genitive);
    let noun = |n: usize| page.word(n).is_some_and(|w| matches!(w.upos, Upos::Noun | Upos::Propn));
    determined && outer.end < line.end && noun(outer.end)
}

/// Returns the speaker and the verb that stand behind a quotation with a comma or a question: “We lost,” Lund fumed.
pub(super) fn framed(
    page: &Page<'_>,
    outer: &Range<usize>,
    line: &Range<usize>,
) -> Option<(Range<usize>, Range<usize>)> {
    let mark = |n: usize| page.tag(n) == Tag::Comma || matches!(page.lower(n), "?" | "!");
    let inside = outer.end >= outer.start + 3 && mark(outer.end - 2);
    let outside = outer.end < line.end && page.tag(outer.end) == Tag::Comma;
    let at = outer.end + usize::from(outside && !inside);
    if !(inside || outside) || at + 1 >= line.end {
        return None;
    }
    let says = |n: usize| {
        let listed = speech::verb(page.lower(n))
            .is_some_and(|(v, form)| v.takes.quote && matches!(form, Form::Past | Form::Third));
        let finite = page.word(n).is_some_and(|w| w.upos == Upos::Verb && w.xpos.tense().is_some());
        page.marks.of(n).is_none() && page.words.tokens[n].kind == TokenKind::Word && (listed || finite)
    };
    if says(at) {
        let behind = subject::behind(page, at + 1, line.end)?;
        return Some((behind, at..at + 1));
    }
    let verb = (at + 1..line.end.min(at + 14)).find(|&n| says(n))?;
    let source = at..(at + 1..=verb).rev().find(|&n| !page.is(n - 1, Class::Adverb)).unwrap_or(verb);
    (page.opens_phrase(at) && !page.is(at, Class::Possessive)).then_some((source, verb..verb + 1))
}

/// Returns who shows the words of a quotation and by which verb: the clause that the quotation hangs in.
pub(super) fn shown(page: &Page<'_>, inner: &Range<usize>, line: &Range<usize>) -> Option<Voice> {
    let syntax = page.syntax;
    let inside = page.node(inner.start)..page.node(inner.end);
    let mut at = syntax.top(inside.clone())?;
    for _ in 0..6 {
        let head = syntax.nodes[at].head? as usize;
        at = head;
        let node = &syntax.nodes[at];
        if inside.contains(&at) || node.upos != Upos::Verb {
            continue;
        }
        let verb = page.words.inside(node.span).start;
        let subject = grammar::subject(page, verb, line)?;
        let passive = syntax.children(at).any(|c| syntax.nodes[c].relation == Relation::NsubjPass);
        if passive || !somebody(page, &subject.tokens) {
            return None;
        }
        let cue = speech::verb(page.lower(verb)).is_some().then_some(verb..verb + 1);
        return Some((subject.tokens, cue));
    }
    None
}
