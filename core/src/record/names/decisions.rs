//! What a person decided about names: that two are one, or that they are not. It always wins over what reports suggest.
//!
//! A decision speaks of names as printed, which outlive a change of ids, or of an entity's id. Decisions are settled
//! before anything else is joined, the last first: of two that contradict each other the later one holds.

use super::forms::{Item, printed};
use super::groups::Groups;
use super::split::folded;
use crate::lang::en::names as lexicon;
use crate::record::{Cite, Decision, Effect, Member, RowId, Ruling, Subject, Verdict};
use std::collections::BTreeSet;

/// Settles the decisions, and returns for each what came of it with the items it speaks of.
pub(super) fn settle(
    members: &[Member],
    items: &[Item],
    decisions: &[Decision],
    groups: &mut Groups,
) -> Vec<(Ruling, Vec<usize>)> {
    let mut settled: Vec<(Ruling, Vec<usize>)> = Vec::new();
    for decision in decisions.iter().rev().filter(|d| d.subject() == Subject::Names) {
        let sides = [bearers(members, items, &decision.a), bearers(members, items, &decision.b)];
        let (effect, note) = match missing(decision, &sides) {
            Some(note) => (Effect::Waits, note),
            None if decision.verdict == Verdict::Same => unite(decision, &sides, groups),
            None => part(decision, &sides, groups),
        };
        let ruling = Ruling { note, ..Ruling::of(decision, effect) };
        settled.push((ruling, sides.concat()));
    }
    settled.reverse();
    settled
}

fn missing(decision: &Decision, sides: &[Vec<usize>; 2]) -> Option<String> {
    let absent: Vec<String> = [&decision.a, &decision.b]
        .iter()
        .zip(sides)
        .filter(|(_, found)| found.is_empty())
        .map(|(name, _)| format!("“{name}”"))
        .collect();
    (!absent.is_empty()).then(|| format!("no report names {}; it will hold when one does", absent.join(" and ")))
}

/// Returns the items that a name or id means: those of that full name, else those that are called so somewhere.
fn bearers(members: &[Member], items: &[Item], name: &str) -> Vec<usize> {
    let all = |is: &dyn Fn(&Item) -> bool| -> Vec<usize> { (0..items.len()).filter(|&n| is(&items[n])).collect() };
    let is_id = name.len() == 18 && name.starts_with("n-");
    let of_id = all(&|i| is_id && RowId::new('n', members[i.report].report.id, i.full, "").to_string() == name);
    if !of_id.is_empty() {
        return of_id;
    }
    let folded = folded(name);
    let full = all(&|i| lexicon::fold(&i.printed) == folded);
    if !full.is_empty() {
        return full;
    }
    let called = |i: &Item, span| lexicon::fold(&printed(members, Cite { report: i.report, span })) == folded;
    all(&|i| i.mentions.iter().any(|&(span, proper)| proper && called(i, span)))
}

fn unite(decision: &Decision, sides: &[Vec<usize>; 2], groups: &mut Groups) -> (Effect, String) {
    let all = sides.concat();
    let roots: BTreeSet<usize> = all.iter().map(|&n| groups.root(n)).collect();
    let pairs = roots.iter().flat_map(|&x| roots.range(x + 1..).map(move |&y| (x, y)));
    for (x, y) in pairs {
        if let Some(line) = groups.parted(x, y) {
            return (Effect::Overruled, format!("line {line}, which is later, keeps them apart; that one holds"));
        }
    }
    for &n in &all {
        groups.join(all[0], n, String::new());
    }
    groups.note(all[0], format!("decided: “{}” and “{}” are one{}", decision.a, decision.b, decision.told()));
    groups.united_by(all[0], decision.line);
    (Effect::Holds, String::new())
}

fn part(decision: &Decision, sides: &[Vec<usize>; 2], groups: &mut Groups) -> (Effect, String) {
    let [a, b] = sides;
    if a.iter().any(|n| b.contains(n)) {
        let note = "a name cannot be parted from itself; name the two by their ids";
        return (Effect::Impossible, note.into());
    }
    for (&x, &y) in a.iter().flat_map(|x| b.iter().map(move |y| (x, y))) {
        if groups.root(x) == groups.root(y) {
            let line = groups.united(x).map_or_else(|| "a later line".into(), |l| format!("line {l}, which is later,"));
            return (Effect::Overruled, format!("{line} says that they are one; that one holds"));
        }
    }
    groups.part(a, b, decision.line);
    let told = decision.told();
    a.iter().for_each(|&n| groups.note(n, format!("decided: not “{}”{told}", decision.b)));
    b.iter().for_each(|&n| groups.note(n, format!("decided: not “{}”{told}", decision.a)));
    (Effect::Holds, String::new())
}
