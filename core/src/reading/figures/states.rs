//! The state told of what is counted: killed, missing, waiting, on strike; behind a number or before it.

use super::line::{Kind, Line};
use crate::lang::en::numbers::{State, states};
use crate::reading::syntax::{Relation, Upos};

/// Matches the state that begins at an atom; the state and the atom behind it.
pub(super) fn state_at(line: &Line, at: usize) -> Option<(State, usize)> {
    matched(line, at, states(line.lower(at)))
}

pub(super) fn matched(line: &Line, at: usize, phrases: &[(Vec<&'static str>, State)]) -> Option<(State, usize)> {
    phrases.iter().find_map(|(words, state)| {
        let same = words.iter().enumerate().all(|(n, w)| line.lower(at + n) == *w);
        same.then_some((*state, at + words.len()))
    })
}

/// Says whether an atom ends the clause for looking onwards.
pub(super) fn ends_clause(line: &Line, at: usize) -> bool {
    let lower = line.lower(at);
    match line.atoms.get(at).map(|a| a.kind) {
        None => true,
        Some(Kind::Mark) => !matches!(lower, "'" | "’" | "%" | "$"),
        Some(Kind::Word) => matches!(
            lower,
            "and"
                | "but"
                | "while"
                | "when"
                | "as"
                | "after"
                | "because"
                | "although"
                | "though"
                | "if"
                | "before"
                | "whereas"
                | "since"
                | "said"
                | "says"
        ),
        Some(Kind::Digits(_) | Kind::Odd) => true,
    }
}

/// The state told behind a number or its noun, within its clause: where it begins and ends.
pub(super) fn state_behind(line: &Line, from: usize, direct: bool) -> Option<(State, usize, usize)> {
    let reach = if direct { 4 } else { 9 };
    let mut prepositions = 0;
    for at in from..from + reach {
        if ends_clause(line, at) {
            return None;
        }
        let negated = at > 0 && matches!(line.lower(at - 1), "not" | "n't" | "never" | "no");
        if let Some((state, to)) = state_at(line, at).filter(|_| !negated && prepositions < 2) {
            return Some((state, at, to));
        }
        // "two men listed with the missing came home" are not the missing.
        if line.lower(at) == "among" || (at > from && line.lower(at) == "that") {
            return None;
        }
        prepositions += usize::from(matches!(
            line.lower(at),
            "of" | "in" | "to" | "for" | "from" | "at" | "with" | "against" | "by"
        ));
    }
    None
}

/// The state told right before a number: "killed at least 12", "has offered 8 percent", "its bid from 8 percent".
pub(super) fn state_before(line: &Line, before: usize) -> Option<State> {
    let mut end = before;
    for _ in 0..3 {
        let filler = end.checked_sub(1).is_some_and(|n| {
            matches!(
                line.lower(n),
                "a" | "an"
                    | "the"
                    | "another"
                    | "from"
                    | "its"
                    | "their"
                    | "some"
                    | "to"
                    | "of"
                    | "including"
                    | "up"
                    | "them"
            )
        });
        let state = (1..=4.min(end)).rev().find_map(|n| {
            let (state, to) = state_at(line, end - n)?;
            (to == end).then_some(state)
        });
        if state.is_some() {
            return state;
        }
        if !filler {
            return None;
        }
        end -= 1;
    }
    None
}

/// Says whether nothing but "have now been" stands between a thing and its state.
pub(super) fn right_behind(line: &Line, thing_to: usize, state: usize) -> bool {
    let small = |n: usize| line.node(n).is_some_and(|n| matches!(line.syntax.nodes[n].upos, Upos::Aux | Upos::Adv));
    (thing_to..state).all(small)
}

/// Says whether the tree has what the atoms `from..to` tell told of a noun: below it, above it, or beside it under one verb.
pub(super) fn told_of(line: &Line, noun: usize, from: usize, to: usize) -> bool {
    use Relation::{Appos, Compound, Conj, Flat, Nmod, NmodUnmarked, Nummod};
    let (Some(noun), Some(first), Some(last)) = (line.node(noun), line.node(from), line.node(to.saturating_sub(1)))
    else {
        return true;
    };
    let nodes = &line.syntax.nodes;
    let head = |n: usize| nodes[n].head.map(|h| h as usize);
    let mut whole = noun;
    while matches!(nodes[whole].relation, Nmod | Conj | Appos | Compound | Flat | NmodUnmarked | Nummod) {
        match head(whole) {
            Some(above) => whole = above,
            None => break,
        }
    }
    let told = |state: usize| {
        let over = head(state);
        over == Some(whole) || head(whole) == Some(state) || (over.is_some() && over == head(whole)) || whole == state
    };
    (first..=last).any(told) || (first..=last).any(|n| line.syntax.subtree(noun).contains(&n))
}

/// The state that the verb over a noun tells of it, where it stands before the noun, "killed five people", or far behind:
/// "twelve people, three of them children, were killed". Its atoms are those behind the noun.
pub(super) fn state_of_noun(line: &Line, noun: usize) -> Option<(State, usize, usize)> {
    let node = line.node(noun)?;
    let verb = line.syntax.nodes[node].head? as usize;
    let subject = matches!(line.syntax.nodes[node].relation, Relation::Nsubj | Relation::NsubjPass);
    let at = line.atom(verb).filter(|at| subject && *at > noun + 1)?;
    let (state, to) = state_at(line, at)?;
    let negated = line.syntax.is_negated(line.text, verb);
    (!negated).then_some((state, at, to))
}
