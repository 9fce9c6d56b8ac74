//! What a person decided about names: that two are one, or that they are not. It always wins over what reports suggest.
//!
//! A decision speaks of names as printed, which outlive a change of ids, or of an entity's id. Decisions are settled
//! before anything else is joined, the last first: of two that contradict each other the later one holds.

use super::forms::{Item, printed};
use super::groups::Groups;
use super::split::folded;
use crate::lang::en::names as lexicon;
use crate::record::{Cite, Member, RowId};
use std::collections::BTreeSet;

/// What was decided of two names, or of two reports.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// The names are one's.
    Same,
    /// They are two's.
    NotSame,
    /// The stories of the two reports are one.
    Merge,
    /// The first report belongs to another story than the second.
    Split,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Verdict; 4] = [Verdict::Same, Verdict::NotSame, Verdict::Merge, Verdict::Split];

    /// Returns the name in the public record.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Same => "same",
            Verdict::NotSame => "not-same",
            Verdict::Merge => "merge",
            Verdict::Split => "split",
        }
    }
}

/// A decision as written down.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decision {
    /// Its line in the file, or its number in the archive, from 1.
    pub line: usize,
    /// What was decided.
    pub verdict: Verdict,
    /// One of the two: a name as printed or an entity's id; of stories a report's id or its beginning.
    pub a: String,
    /// The other.
    pub b: String,
    /// Who decided.
    pub by: Option<String>,
    /// When, as written.
    pub when: Option<String>,
    /// Why.
    pub why: Option<String>,
}

impl Decision {
    /// Returns who decided, when and why: ", says Ann Lund, 2024-03-05: the same passport".
    fn told(&self) -> String {
        let by = self.by.as_ref().map(|by| format!(", says {by}")).unwrap_or_default();
        let when = self.when.as_ref().map(|when| format!(", {when}")).unwrap_or_default();
        let why = self.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        format!("{by}{when}{why}")
    }
}

/// What came of a decision.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Effect {
    /// It holds.
    Holds,
    /// No report has one of its names; it will hold when one does.
    Waits,
    /// A later decision says otherwise.
    Overruled,
    /// It cannot be: a name parted from itself, or from a name that cannot be told from it in one report.
    Impossible,
}

/// A decision and what came of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ruling {
    /// The decision.
    pub decision: Decision,
    /// What came of it.
    pub effect: Effect,
    /// What a person should know of that; empty if it simply holds.
    pub note: String,
    /// Whom it speaks of: indices into [`Record::entities`](crate::record::Record::entities), sorted, each once.
    pub entities: Vec<usize>,
}

/// Settles the decisions, and returns for each what came of it with the items it speaks of.
pub(super) fn settle(
    members: &[Member],
    items: &[Item],
    decisions: &[Decision],
    groups: &mut Groups,
) -> Vec<(Ruling, Vec<usize>)> {
    let mut settled: Vec<(Ruling, Vec<usize>)> = Vec::new();
    for decision in decisions.iter().rev().filter(|d| matches!(d.verdict, Verdict::Same | Verdict::NotSame)) {
        let sides = [bearers(members, items, &decision.a), bearers(members, items, &decision.b)];
        let (effect, note) = match missing(decision, &sides) {
            Some(note) => (Effect::Waits, note),
            None if decision.verdict == Verdict::Same => unite(decision, &sides, groups),
            None => part(decision, &sides, groups),
        };
        let ruling = Ruling { decision: decision.clone(), effect, note, entities: Vec::new() };
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
