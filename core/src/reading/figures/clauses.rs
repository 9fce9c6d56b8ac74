//! Where a figure stands in its sentence's tree: its phrase, its clause, and what that clause hangs on.

use super::line::Line;
use super::measure::Quantity;
use crate::reading::syntax::{Node, Relation, Syntax, Tense, Upos, Xpos};
use crate::text::{Span, Text};

/// Nodes climbed towards the root: guards against endless chains of odd text.
const CLIMB: usize = 16;

/// A figure in its tree.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site {
    /// The number.
    pub(super) number: usize,
    /// The noun that it counts, else the number.
    pub(super) noun: usize,
    /// The predicate of its clause.
    pub(super) clause: usize,
}

impl Site {
    /// Finds where a figure stands; none where the tree has no word for it.
    pub(super) fn of(line: &Line, q: &Quantity) -> Option<Site> {
        use Relation::{Advmod, Amod, Compound, Flat, Nummod};
        let syntax = line.syntax;
        let number = line.node(q.amount.to.saturating_sub(1))?;
        let mut noun = number;
        while matches!(syntax.nodes[noun].relation, Nummod | Compound | Flat | Amod | Advmod)
            && let Some(head) = above(syntax, noun).filter(|&h| nominal(&syntax.nodes[h]))
        {
            noun = head;
        }
        Some(Site { number, noun, clause: clause_of(syntax, noun) })
    }
}

fn nominal(node: &Node) -> bool {
    matches!(node.upos, Upos::Noun | Upos::Propn | Upos::Num | Upos::Sym)
}

/// Returns the node that a node hangs on.
pub(super) fn above(syntax: &Syntax, n: usize) -> Option<usize> {
    syntax.nodes[n].head.map(|h| h as usize)
}

/// Says whether a node is the predicate of a clause.
fn is_predicate(syntax: &Syntax, n: usize) -> bool {
    use Relation::{
        Acl, AclRelcl, Advcl, AdvclRelcl, Ccomp, Conj, Cop, Csubj, CsubjOuter, CsubjPass, Nsubj, NsubjPass, Parataxis,
        Root, Xcomp,
    };
    let node = &syntax.nodes[n];
    match node.relation {
        Root | Ccomp | Csubj | CsubjOuter | CsubjPass | Advcl | AdvclRelcl | Acl | AclRelcl | Parataxis | Xcomp => true,
        Conj => {
            let has = |c: usize| matches!(syntax.nodes[c].relation, Nsubj | NsubjPass | Cop);
            matches!(node.upos, Upos::Verb | Upos::Aux) || syntax.children(n).any(has)
        }
        _ => node.head.is_none(),
    }
}

/// Returns the predicate of the clause that a node stands in, itself included.
pub(super) fn clause_of(syntax: &Syntax, n: usize) -> usize {
    let mut at = n;
    for _ in 0..CLIMB {
        if is_predicate(syntax, at) {
            break;
        }
        match above(syntax, at) {
            Some(head) => at = head,
            None => break,
        }
    }
    at
}

/// Returns the clause that a clause hangs on.
pub(super) fn outer(syntax: &Syntax, clause: usize) -> Option<usize> {
    above(syntax, clause).map(|head| clause_of(syntax, head))
}

/// Says whether a clause tells of the time of the one it hangs on: `began to ⟦sink⟧`, `burst, ⟦killing⟧ two`; not `after
/// ⟦killing⟧ two`.
pub(super) fn goes_along(syntax: &Syntax, clause: usize) -> bool {
    let node = &syntax.nodes[clause];
    let opened = |n: usize| matches!(syntax.nodes[n].relation, Relation::Mark | Relation::Case);
    match node.relation {
        Relation::Xcomp => true,
        Relation::Advcl | Relation::Acl => node.xpos == Xpos::Vbg && !syntax.children(clause).any(opened),
        _ => false,
    }
}

/// Returns the tense of the clause that a figure is told in: its own, or that of the clause it goes along with; none for
/// what is only supposed or has no verb.
pub(super) fn tense(text: &Text, syntax: &Syntax, clause: usize) -> Option<Tense> {
    let mut at = clause;
    for _ in 0..4 {
        let aux = |n: usize| matches!(syntax.nodes[n].relation, Relation::Aux | Relation::AuxPass | Relation::Cop);
        // "Nine have been killed and six ⟦injured⟧."
        let shared = syntax.nodes[at].relation == Relation::Conj
            && syntax.nodes[at].xpos == Xpos::Vbn
            && !syntax.children(at).any(aux);
        if !shared && !goes_along(syntax, at) {
            break;
        }
        at = outer(syntax, at)?;
    }
    let supposed = |n: usize| {
        let node = &syntax.nodes[n];
        node.relation == Relation::Mark
            && matches!(text.get(node.span), "if" | "If" | "unless" | "Unless" | "to" | "To")
    };
    let verbal = matches!(syntax.nodes[at].upos, Upos::Verb | Upos::Aux)
        || syntax.children(at).any(|n| matches!(syntax.nodes[n].relation, Relation::Cop | Relation::Aux));
    (verbal && !syntax.children(at).any(supposed)).then(|| syntax.tense(at)).flatten()
}

/// Returns the words that a noun heads, without the relative clause behind it and the commas at its ends.
pub(super) fn phrase(text: &Text, syntax: &Syntax, noun: usize) -> Option<Span> {
    let mut nodes = syntax.subtree(noun);
    let told = syntax.children(noun).find(|&n| {
        n > noun && matches!(syntax.nodes[n].relation, Relation::AclRelcl | Relation::Parataxis | Relation::Conj)
    });
    if let Some(told) = told {
        nodes.end = nodes.end.min(syntax.subtree(told).start).max(noun + 1);
    }
    let mark = |n: usize| syntax.nodes[n].upos == Upos::Punct;
    while nodes.end > noun + 1 && (mark(nodes.end - 1) || syntax.nodes[nodes.end - 1].relation == Relation::Cc) {
        nodes.end -= 1;
    }
    let case = |n: usize| matches!(syntax.nodes[n].relation, Relation::Case | Relation::Mark | Relation::Cc);
    while nodes.start < noun && (mark(nodes.start) || case(nodes.start)) {
        nodes.start += 1;
    }
    let words = syntax.nodes[nodes.start].span.cover(syntax.nodes[nodes.end - 1].span);
    text.trim(words)
}
