//! Nouns that attribute, with whose they are and what was said: "Lund's warning that the gate may fail", "her call for a vote".

use super::clause::{Page, Tag};
use super::grammar;
use crate::lang::en::speech;
use crate::reading::syntax::{Relation, Upos};
use std::ops::Range;

/// Somebody's words under a noun.
pub(super) struct Noun {
    /// Whose they are; none for the words of a crowd.
    pub(super) source: Option<Range<usize>>,
    /// The noun.
    pub(super) noun: Range<usize>,
    /// What was said.
    pub(super) content: Range<usize>,
}

/// Finds the nouns of a line outside its quotations that tell whose words follow, in text order.
pub(super) fn find(page: &Page<'_>, line: &Range<usize>) -> Vec<Noun> {
    let free = line.clone().filter(|&n| page.marks.of(n).is_none());
    free.filter_map(|n| read(page, line, n, speech::noun(page.lower(n))?)).collect()
}

/// Says whether the words that attribute are a noun of speech: it does not tell when the words were said.
pub(super) fn is_noun(page: &Page<'_>, cue: &Range<usize>) -> bool {
    cue.len() == 1
        && speech::noun(page.lower(cue.start)).is_some()
        && page.word(cue.start).is_some_and(|w| w.upos == Upos::Noun)
}

/// "To chants of “Out, out”": the quotation right behind a noun that tells how it was uttered.
fn cried(page: &Page<'_>, line: &Range<usize>, n: usize) -> Option<Noun> {
    let behind = n + 2 < line.end && page.lower(n + 1) == "of" && page.tag(n + 2) == Tag::Quote;
    let quotation = page.quoted(n + 2).filter(|q| behind && q.outer.start == n + 2)?;
    Some(Noun { source: grammar::owner(page, n, line), noun: n..n + 1, content: quotation.outer.clone() })
}

fn read(page: &Page<'_>, line: &Range<usize>, n: usize, leads: &[&str]) -> Option<Noun> {
    let at = n + 1;
    if leads.contains(&"of") {
        return cried(page, line, n);
    }
    let lead = (at < line.end && page.marks.of(at).is_none()).then(|| page.lower(at))?;
    leads.contains(&lead).then_some(())?;
    let source = grammar::owner(page, n, line)?;
    let node = page.node(n);
    let hangs = page.syntax.nodes.get(page.node(at))?;
    // What hangs on the noun: a clause behind "that" or "to", a thing behind "for".
    let inside = |mut at: usize| loop {
        let Some(head) = page.syntax.nodes.get(at).and_then(|n| n.head) else { return false };
        at = head as usize;
        if at == node {
            return true;
        }
    };
    let marker = matches!(hangs.relation, Relation::Mark | Relation::Case);
    let end = page.words.inside(page.syntax.nodes.get(page.syntax.subtree(node).end.checked_sub(1)?)?.span).end;
    let start = if lead == "that" || lead == "to" { at } else { at + 1 };
    let stops =
        |t: &usize| page.marks.of(*t).is_none() && matches!(page.tag(*t), Tag::Semicolon | Tag::Dash | Tag::Stop);
    let mut end = (start..end.min(line.end)).find(stops).unwrap_or(end.min(line.end));
    if lead == "for" {
        // "His call for a vote drew laughter": trees miss where the thing ends and the sentence goes on.
        let opens = |t: usize| matches!(page.lower(t), "that" | "which" | "who" | "to" | "whose");
        let verb = (start..end).take_while(|&t| !opens(t)).find(|&t| page.marks.of(t).is_none() && page.verbish(t));
        end = verb.unwrap_or(end);
    }
    (marker && inside(page.node(at)) && end >= start + 3 && !source.contains(&n)).then_some(Noun {
        source: Some(source),
        noun: n..at,
        content: start..end,
    })
}
