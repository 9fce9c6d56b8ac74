//! What the trees tell about a verb of speech: who its subject is, its own or that of the clause it hangs on.

use super::clause::{Page, Tag};
use crate::lang::en::speech::{self, Class};
use crate::reading::syntax::{Relation, Upos, Xpos};
use std::ops::Range;

/// A subject as the tree tells it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Subject {
    /// Its tokens, with what hangs on it.
    pub(super) tokens: Range<usize>,
    /// Whether it is the verb's own, not that of a clause further up.
    pub(super) own: bool,
    /// Whether it is told by "who", "which" or "that", or by the participle's own noun.
    pub(super) relative: bool,
}

/// Clauses that a verb may stand in before one with a subject is found. guess: deeper ones are misread.
const HIGHEST: usize = 4;

/// Returns the subject of the verb at token `verb`, within a line.
pub(super) fn subject(page: &Page<'_>, verb: usize, line: &Range<usize>) -> Option<Subject> {
    let syntax = page.syntax;
    let mut clause = page.node(verb);
    for step in 0..HIGHEST {
        let node = syntax.nodes.get(clause)?;
        let own = syntax.children(clause).find(|&c| is_subject(syntax.nodes[c].relation));
        let relative = node.relation == Relation::AclRelcl;
        if let Some(subject) = own {
            let pronoun = relative && matches!(lower(page, subject), "who" | "which" | "that");
            let at = if pronoun { node.head? as usize } else { subject };
            let tokens = phrase(page, at, pronoun.then_some(clause), line)?;
            return (!tokens.contains(&verb)).then_some(Subject { tokens, own: step == 0, relative: pronoun });
        }
        // "Asked about it, Lund said …": not Lund asked.
        if step == 0 && node.relation == Relation::Advcl && node.xpos != Xpos::Vbg {
            return None;
        }
        // "issued a statement saying": who issued it.
        if node.relation == Relation::Acl
            && let Some(issued) = issuing(page, node.head? as usize)
        {
            clause = issued;
            continue;
        }
        // "the man saying": the noun that the participle hangs on.
        if matches!(node.relation, Relation::Acl | Relation::AclRelcl) {
            let tokens = phrase(page, node.head? as usize, Some(clause), line)?;
            return (!tokens.contains(&verb)).then_some(Subject { tokens, own: step == 0, relative: true });
        }
        let shares = matches!(node.relation, Relation::Conj | Relation::Xcomp | Relation::Advcl | Relation::Parataxis);
        if !shares {
            return None;
        }
        clause = node.head? as usize;
    }
    None
}

/// Corrects where the source behind "according to" ends: before the subject of the clause that follows without a comma, and
/// behind an apposition: "according to the office nine died", "according to the chair, Ann Lund".
pub(super) fn source_end(page: &Page<'_>, at: usize, end: usize, hi: usize) -> usize {
    let syntax = page.syntax;
    let (first, last) = (page.node(at), page.node(end));
    let outside = |head: Option<u32>| head.is_some_and(|h| h as usize >= last);
    let subject = (first + 1..last).find(|&n| is_subject(syntax.nodes[n].relation) && outside(syntax.nodes[n].head));
    if let Some(begins) = subject.map(|n| syntax.subtree(n).start).filter(|n| *n > first) {
        let mut cut = page.words.inside(syntax.nodes[begins].span).start;
        // "the office over 90 people": the number's own word goes with it.
        while cut > at + 1 && matches!(page.tag(cut - 1), Tag::Class(Class::Preposition | Class::Adverb)) {
            cut -= 1;
        }
        return cut;
    }
    let behind = end + 1 < hi && page.tag(end) == Tag::Comma;
    let apposed = |n: &usize| {
        let node = &syntax.nodes[*n];
        node.relation == Relation::Appos && node.head.is_some_and(|h| (first..last).contains(&(h as usize)))
    };
    let name = (last..page.node(hi)).take(8).find(apposed).filter(|n| behind && syntax.subtree(*n).start == last + 1);
    let close = name.map(|n| page.words.inside(syntax.nodes[syntax.subtree(n).end - 1].span).end);
    close.filter(|c| *c <= hi).unwrap_or(end)
}

/// Returns the verb whose object a document is: "Lund ⟦sent⟧ a letter".
fn issuing(page: &Page<'_>, noun: usize) -> Option<usize> {
    let node = &page.syntax.nodes[noun];
    let held = matches!(node.relation, Relation::Obj | Relation::Obl) && speech::is_document(lower(page, noun));
    node.head.filter(|_| held).map(|h| h as usize)
}

/// Says whether a clause hangs on the verb at a token as what is told: "said it rained", "found him tired".
pub(super) fn takes_clause(page: &Page<'_>, verb: usize) -> bool {
    let node = page.node(verb);
    let clause = |n: usize| {
        matches!(
            page.syntax.nodes[n].relation,
            Relation::Ccomp | Relation::Xcomp | Relation::Parataxis | Relation::Csubj
        )
    };
    page.syntax.children(node).any(|n| n > node && clause(n))
}

/// Tells on which side of a verb its subject stands, its own or the one that it shares as a further verb of a list: before
/// it (false) or behind it (true), outside quotations.
pub(super) fn subject_behind(page: &Page<'_>, verb: usize) -> Option<bool> {
    let syntax = page.syntax;
    let mut clause = page.node(verb);
    let first = clause;
    for _ in 0..HIGHEST {
        let node = syntax.nodes.get(clause)?;
        if let Some(subject) = syntax.children(clause).find(|&c| is_subject(syntax.nodes[c].relation)) {
            let quoted = page.marks.of(page.words.inside(syntax.nodes[subject].span).start).is_some();
            return (!quoted).then_some(subject > first);
        }
        if node.relation != Relation::Conj {
            return None;
        }
        clause = node.head? as usize;
    }
    None
}

/// Returns whose a noun is: "Lund's ⟦warning⟧", "his ⟦call⟧", "the ⟦claim⟧ by Lund".
pub(super) fn owner(page: &Page<'_>, noun: usize, line: &Range<usize>) -> Option<Range<usize>> {
    let node = page.node(noun);
    let owner =
        page.syntax.children(node).find(|&c| c < node && page.syntax.nodes[c].relation == Relation::NmodPoss)?;
    let mut tokens = phrase(page, owner, None, line)?;
    while tokens.len() > 1 && page.tag(tokens.end - 1) == Tag::Genitive {
        tokens.end -= 1;
    }
    Some(tokens)
}

/// Says whether a verb is joined to one that a modal makes possible only: "will write and ⟦say⟧".
pub(super) fn is_possible(page: &Page<'_>, verb: usize) -> bool {
    let syntax = page.syntax;
    let joined = page.word(verb).filter(|w| w.relation == Relation::Conj).and_then(|w| w.head);
    joined.is_some_and(|head| syntax.children(head as usize).any(|c| syntax.nodes[c].xpos == Xpos::Md))
}

/// Says whether a verb has a thing or a clause behind it that it tells of.
pub(super) fn has_object(page: &Page<'_>, verb: usize) -> bool {
    let node = page.node(verb);
    page.syntax
        .children(node)
        .any(|n| n > node && matches!(page.syntax.nodes[n].relation, Relation::Obj | Relation::Ccomp | Relation::Xcomp))
}

/// Says whether a verb has an object and nothing that is told of it: "called the owner", not "called him a thief".
pub(super) fn has_one_object(page: &Page<'_>, verb: usize) -> bool {
    let (node, nodes) = (page.node(verb), &page.syntax.nodes);
    let behind = || page.syntax.children(node).filter(|&n| n > node);
    let told = behind().any(|n| matches!(nodes[n].relation, Relation::Xcomp | Relation::Ccomp | Relation::Iobj));
    let mut objects = behind().filter(|&n| nodes[n].relation == Relation::Obj);
    let (Some(object), None) = (objects.next(), objects.next()) else { return false };
    // "Called the gate unsafe": what is told of it may hang on the noun.
    let apposed = (object + 1..page.syntax.subtree(object).end)
        .any(|n| nodes[n].upos == Upos::Adj && nodes[n].head == Some(object as u32));
    !told && !apposed
}

/// Says whether an adjective or a participle at `at` tells the state of the verb's subject: "felt tired".
pub(super) fn is_state(page: &Page<'_>, verb: usize, at: usize) -> bool {
    let Some(word) = page.word(at) else { return false };
    let own = word.head == Some(page.node(verb) as u32) && matches!(word.relation, Relation::Xcomp | Relation::Advcl);
    let state = word.upos == Upos::Adj || matches!(word.xpos, Xpos::Vbn | Xpos::Vbd);
    own && state && !page.syntax.children(page.node(at)).any(|c| is_subject(page.syntax.nodes[c].relation))
}

fn is_subject(relation: Relation) -> bool {
    matches!(relation, Relation::Nsubj | Relation::NsubjPass | Relation::NsubjOuter)
}

fn lower<'a>(page: &Page<'a>, node: usize) -> &'a str {
    let span = page.syntax.nodes[node].span;
    page.words.lower(page.words.inside(span).start)
}

/// Returns the tokens of the phrase that a node heads, as far as they stand in the line, up to the clause `without`.
fn phrase(page: &Page<'_>, head: usize, without: Option<usize>, line: &Range<usize>) -> Option<Range<usize>> {
    let syntax = page.syntax;
    let mut nodes = syntax.subtree(head);
    if let Some(clause) = without {
        let clause = syntax.subtree(clause);
        if clause.start > head {
            nodes.end = nodes.end.min(clause.start);
        }
    }
    let (first, last) = (syntax.nodes.get(nodes.start)?, syntax.nodes.get(nodes.end.checked_sub(1)?)?);
    let from = page.words.inside(first.span).start.max(line.start);
    let mut to = page.words.inside(last.span).end.min(line.end);
    let aside = |n: usize| {
        matches!(page.tag(n), Tag::Comma | Tag::Dash | Tag::Quote | Tag::Colon | Tag::Stop | Tag::Class(Class::Adverb))
    };
    while to > from && aside(to - 1) {
        to -= 1;
    }
    let quoted = (from..to).all(|n| page.marks.of(n).is_some());
    let noun =
        matches!(syntax.nodes[head].upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Det | Upos::Adj);
    (from < to && noun && !quoted).then_some(from..to)
}
