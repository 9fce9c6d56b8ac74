//! Which figures count all there are, now: only those of several reports may be one series or differ.
//!
//! News counts parts as often as wholes ("two others", "his three victims", "two were critically injured") and recalls
//! older occasions; such a number beside that of another report says nothing about either.

use super::figures::figure;
use super::{FigureRow, Member};
use crate::lang::en::events::event_noun;
use crate::lang::en::numbers::{State, in_scope, person, singular, state_named};
use crate::reading::NameKind;
use crate::reading::syntax::Relation;
use crate::text::Span;
use crate::when::When;
use std::collections::BTreeSet;

/// Days before its report from which on a day named in a sentence makes it tell of an older occasion. guess: settle by when
/// tolls of one event still change.
const LONG_AGO: i32 = 10;
/// What a head tells of the things: `ship/waiting` is told, `ship` and `people/striking+kept` are not compared.
pub(super) fn state_of(head: &str) -> Option<State> {
    let (thing, state) = head.split_once('/')?;
    let whole = !matches!(thing, "of" | "more") && !state.contains(['+', '/']);
    whole.then(|| state_named(state.split(" per ").next().unwrap_or(state))).flatten()
}

/// Says whether a row counts all there are, now: not "the two others", not "two were critically injured", not what was
/// counted on an older occasion that the report recalls.
pub(super) fn is_whole(members: &[Member], row: &FigureRow) -> bool {
    let figure = figure(members, row);
    let member = &members[row.report];
    let words = &member.reading.words;
    let sentence = words.inside(figure.passage);
    let from = words.tokens.partition_point(|t| t.span.start() < figure.span.start());
    let end = figure.what.map_or(figure.span.end(), |w| w.end().max(figure.span.end()));
    let to = words.tokens.partition_point(|t| t.span.start() < end);
    let behind = words.tokens.partition_point(|t| t.span.end() <= figure.span.end());
    let stops =
        |n: &usize| matches!(words.lower(*n), "," | ";" | "." | "(" | ")" | "“" | "”" | "and" | "but" | "while");
    let clause_end = (to..sentence.end).find(stops).unwrap_or(sentence.end);
    let any = |from: usize, to: usize, class: &str| {
        (from.max(sentence.start)..to.min(sentence.end)).any(|n| in_scope(class, words.lower(n)))
    };
    let apart = any(from.saturating_sub(1), from, "pointing") || any(behind, clause_end.min(to + 6), "part");
    let graded = any(from.saturating_sub(2), clause_end.min(to + 6), "severity");
    let unsure = any(from.saturating_sub(6), from, "supposed") || any(from.saturating_sub(12), from, "outdated");
    // "One is in hospital, the other at home."
    let one_of_two = figure.value < 1.5 && any(sentence.start, sentence.end, "twofold");
    let whole_sentence = |class: &str| any(sentence.start, sentence.end, class);
    let with_doer = whole_sentence("joining") && whole_sentence("doers");
    // "Two were treated and released."
    let sent_home = any(behind, to + 6, "sent-home");
    let apart = apart || with_doer || sent_home || is_by_a_person(members, row);
    !apart && !graded && !unsure && !one_of_two && !recalls(members, row)
}

/// Says whether one row counts those of an event and the other those of several of its kind: "hurt in a fire", "hurt in fires".
pub(super) fn are_other_occasions(members: &[Member], a: &FigureRow, b: &FigureRow) -> bool {
    let told = |row: &FigureRow| {
        let words = &members[row.report].reading.words;
        let each = words.inside(figure(members, row).passage).map(|n| words.lower(n));
        let (mut one, mut several) = (BTreeSet::new(), BTreeSet::new());
        for word in each {
            match singular(word).filter(|base| event_noun(base).is_some()) {
                Some(base) => several.insert(base),
                None => event_noun(word).is_some() && one.insert(word.to_owned()),
            };
        }
        (one, several)
    };
    let ((one_a, several_a), (one_b, several_b)) = (told(a), told(b));
    let apart = |one: &BTreeSet<String>, several: &BTreeSet<String>| several.iter().any(|w| one.contains(w));
    apart(&one_a, &several_b) && !apart(&one_b, &several_b) || apart(&one_b, &several_a) && !apart(&one_a, &several_a)
}

/// Says whether a row's sentence names a day or time long before its report: an older occasion.
fn recalls(members: &[Member], row: &FigureRow) -> bool {
    let member = &members[row.report];
    let passage = figure(members, row).passage;
    let Some(day) = member.report.when().map(When::from) else { return false };
    if figure(members, row).as_of.as_ref().is_some_and(|w| w.days() > 7) {
        return true;
    }
    let times = &member.reading.times;
    let words = &member.reading.words;
    // "Since 7 October": where the count begins; it runs until now.
    let begins = |span: Span| {
        let at = words.tokens.partition_point(|t| t.span.end() <= span.start());
        at.checked_sub(1).is_some_and(|n| words.lower(n) == "since")
    };
    let inside = times.iter().filter(|t| passage.contains(t.span) && !begins(t.span));
    let old = inside.filter_map(|t| t.when.as_ref()).any(|w| w.to().until(day).is_ok_and(|d| d.get_days() > LONG_AGO));
    let elsewhere = member.reading.words.inside(passage).any(|n| in_scope("elsewhere", member.reading.words.lower(n)));
    old || elsewhere
}

/// "He killed four people", "four were killed by a man": it leaves out a killer who died, as "five dead" may not.
fn is_by_a_person(members: &[Member], row: &FigureRow) -> bool {
    let figure = figure(members, row);
    if !figure.head.as_deref().is_some_and(|h| h.ends_with("/killed")) {
        return false;
    }
    let member = &members[row.report];
    let syntax = &member.reading.syntax;
    let Some(mut node) = syntax.top(syntax.inside(figure.span)) else { return false };
    while syntax.nodes[node].relation == Relation::Nummod {
        let Some(head) = syntax.nodes[node].head else { return false };
        node = head as usize;
    }
    let Some(verb) = syntax.nodes[node].head.map(|h| h as usize) else { return false };
    let doer = match syntax.nodes[node].relation {
        Relation::Obj => subject_over(member, verb),
        // "Four people were killed by a man."
        Relation::NsubjPass => syntax.child(verb, Relation::OblAgent),
        _ => None,
    };
    doer.is_some_and(|n| is_somebody(member, n))
}

/// Returns the subject of a verb, else that of the verbs it hangs on: `a man stood up and began firing, ⟦killing⟧ two`.
fn subject_over(member: &Member, verb: usize) -> Option<usize> {
    let syntax = &member.reading.syntax;
    let mut at = verb;
    for _ in 0..4 {
        if let Some(subject) = syntax.child(at, Relation::Nsubj) {
            return Some(subject);
        }
        at = syntax.nodes[at].head? as usize;
    }
    None
}

/// Says whether a word is a person: by what it means, or as a person's name.
fn is_somebody(member: &Member, n: usize) -> bool {
    let syntax = &member.reading.syntax;
    let lemma = syntax.lemma(&member.report.text, n).to_lowercase();
    let names = &member.reading.names;
    let at = names.mentions.partition_point(|m| m.span.end() <= syntax.nodes[n].span.start());
    let named = names.mentions.get(at).filter(|m| m.span.overlaps(syntax.nodes[n].span));
    matches!(&*lemma, "he" | "she" | "they" | "who")
        || person(&lemma).is_some()
        || in_scope("doers", &lemma)
        || named.is_some_and(|m| names.names[m.name].kind == NameKind::Person)
}

/// Which of two figures of one sentence came first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Change {
    /// "From 4 to 6": as printed.
    Forward,
    /// "Six, up from four": the other way round.
    Backward,
}

/// Says whether one sentence tells a change from one of two figures to the other, the second printed behind the first.
pub(super) fn change(members: &[Member], first: &FigureRow, second: &FigureRow) -> Option<Change> {
    let near = first.report == second.report && second.figure.checked_sub(first.figure)? <= 2;
    let (f, g) = (figure(members, first), figure(members, second));
    if !near || f.passage != g.passage || f.value.total_cmp(&g.value).is_eq() {
        return None;
    }
    let member = &members[first.report];
    let words = &member.reading.words;
    let before = |start: usize| {
        let at = words.tokens.partition_point(|t| t.span.end() <= start);
        at.checked_sub(1).map_or("", |n| words.lower(n))
    };
    let between = member.report.text.span(f.span.end(), g.span.start()).map_or(0, |s| s.end() - s.start());
    if between > 120 {
        return None;
    }
    match (before(f.span.start()), before(g.span.start())) {
        ("from", "to") => Some(Change::Forward),
        (_, "from" | "against" | "than") => Some(Change::Backward),
        _ => None,
    }
}

/// Says whether the sentence of a figure tells what may come: "will grow from 4 to 6".
pub(super) fn is_supposed(members: &[Member], row: &FigureRow) -> bool {
    let words = &members[row.report].reading.words;
    words.inside(figure(members, row).passage).any(|n| words.lower(n) == "will" || in_scope("supposed", words.lower(n)))
}

/// Says whether a figure tells what is expected or planned; what came of it is another quantity.
pub(super) fn is_expected(members: &[Member], row: &FigureRow) -> bool {
    let member = &members[row.report];
    let words = &member.reading.words;
    let figure = figure(members, row);
    let at = words.tokens.partition_point(|t| t.span.start() < figure.span.start());
    let from = words.inside(figure.passage).start.max(at.saturating_sub(6));
    (from..at).any(|n| in_scope("expecting", words.lower(n)))
}
