//! What somebody is said to have said: "Lund said the owners had promised a gate" tells of the owners' promise by Lund.

use super::Act;
use super::attribute::{self, Draft};
use super::clause::{Line, Page, Tag};
use crate::lang::en::speech::{self, Class};
use crate::reading::syntax::Relation;
use std::ops::Range;

/// Returns the attributions within what drafts tell in a reporter's words, each with the number of its draft.
///
/// Only of others who are named or called something: "Lund said she hoped" tells of Lund alone, or of nobody can tell whom.
pub(super) fn find(page: &Page<'_>, lines: &[Line], drafts: &[Draft]) -> Vec<(usize, Draft)> {
    // "Denied that the owners had promised a gate": by her, they did not.
    let told = |d: &&(usize, &Draft)| d.1.source.is_some() && d.1.cue.is_some() && d.1.act == Act::Said;
    let mut found = Vec::new();
    for (number, outer) in drafts.iter().enumerate().collect::<Vec<_>>().iter().filter(told) {
        for content in outer.content.iter().filter(|c| page.marks.of(c.start).is_none()) {
            let start = content.start + usize::from(page.lower(content.start) == "that");
            let line = Line { tokens: start..content.end, paragraph: lines[outer.line].paragraph };
            let inner = attribute::read(page, outer.line, &line).into_iter();
            found.extend(inner.filter(|d| is_others(page, &line.tokens, d)).map(|mut d| {
                d.passage = outer.passage.clone();
                (*number, d)
            }));
        }
    }
    found
}

/// Says whether an inner draft tells what somebody else said, where that is the whole of what the outer tells: "the owners
/// ⟦promised⟧ a gate", not a gate that was promised. A thought is the outer speaker's guess.
fn is_others(page: &Page<'_>, within: &Range<usize>, draft: &Draft) -> bool {
    let (Some(source), Some(cue)) = (&draft.source, &draft.cue) else { return false };
    let pronoun = matches!(page.tag(source.end - 1), Tag::Class(_));
    // "118 people had reported an illness": no words.
    let clause =
        |c: &Range<usize>| page.has_verb(c.clone()) || page.lower(c.start) == "to" || page.marks.of(c.start).is_some();
    let words = draft.content.iter().any(clause);
    let own = page.is(source.start, Class::Possessive);
    let inside = within.start <= source.start && source.end <= within.end;
    let said = |n: &usize| speech::verb(page.lower(*n)).is_some_and(|(v, _)| v.takes.quote && !v.takes.belief);
    let Some(verb) = cue.clone().rfind(said) else { return false };
    let top = page.syntax.top(page.node(within.start)..page.node(within.end));
    let Some(node) = page.word(verb) else { return false };
    let joined = node.relation == Relation::Conj && node.head.map(|h| h as usize) == top;
    inside && words && !pronoun && !own && (top == Some(page.node(verb)) || joined) && draft.act != Act::Asked
}
