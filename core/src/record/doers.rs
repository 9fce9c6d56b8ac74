//! Where independent reports name different doers of one deed: who called it off, who put it off.
//!
//! Only decisions are compared, since each has one doer: an attack may have several, and a meeting needs two. A doer is what
//! the sentence's tree says, never who stands near; a person and the body they speak for are not told apart, so a person is
//! compared with persons alone and an organization with organizations.

use super::names::Cast;
use super::{Cite, Difference, Entity, EventRow, Evidence, Grouping, Matter, Member, Relation};
use crate::lang::en::events::{govern, governs, phrasal};
use crate::reading::syntax::{Relation as Hangs, Upos};
use crate::reading::{Event, NameKind, Status};

/// Returns a contradiction for each decision that two independent reports give to different doers.
pub fn find(members: &[Member], grouping: &Grouping, cast: &Cast, events: &[EventRow]) -> Vec<Difference> {
    events.iter().filter_map(|row| of_row(members, grouping, cast, row)).collect()
}

/// Who a telling says did it.
struct Told {
    report: usize,
    doer: usize,
    status: Status,
    cite: Cite,
}

fn of_row(members: &[Member], grouping: &Grouping, cast: &Cast, row: &EventRow) -> Option<Difference> {
    let told: Vec<Told> = row
        .tellings
        .iter()
        .filter_map(|&(report, number)| {
            let member = &members[report];
            let event = member.reading.events.get(number)?;
            let decided = matches!(event.status, Status::CalledOff | Status::Postponed) && !event.negated;
            let doer = cast.of(report, doer(member, event).filter(|_| decided)?);
            Some(Told { report, doer, status: event.status, cite: Cite { report, span: event.passage } })
        })
        .collect();
    let rivals = |a: &Told, b: &Told| {
        let (x, y) = (&cast.entities[a.doer], &cast.entities[b.doer]);
        let comparable = x.kind == y.kind && matches!(x.kind, NameKind::Person | NameKind::Organization);
        a.status == b.status
            && a.doer != b.doer
            && comparable
            && !akin(x, y)
            && grouping.independent[a.report] != grouping.independent[b.report]
    };
    let (a, b) = told.iter().enumerate().find_map(|(n, a)| Some((a, told[n + 1..].iter().find(|b| rivals(a, b))?)))?;
    let verb = if a.status == Status::CalledOff { "called it off" } else { "put it off" };
    let says = |t: &Told| format!("{} ({})", cast.entities[t.doer].name, members[t.report].report.called());
    Some(Difference {
        kind: Matter::Name,
        rows: vec![row.id],
        relation: Relation::Contradict,
        note: format!("Who {verb}: {}, {}.", says(a), says(b)),
        evidence: Evidence::of([a.cite, b.cite])?,
    })
}

/// Returns the name of the doer of what was decided on an event: of the verb of calling or putting off that stands nearest
/// to its word in the sentence, the subject, or who stands behind `by`.
///
/// The verb is looked for by its meaning and not up the tree: `talks planned for Monday were called off` leads parsers astray.
fn doer(member: &Member, event: &Event) -> Option<usize> {
    let syntax = &member.reading.syntax;
    let word = syntax.inside(event.trigger).start;
    let verbs = syntax.inside(event.passage).filter(|&n| decides(member, n));
    subject(member, verbs.min_by_key(|n| (n.abs_diff(word), *n))?)
}

/// Says whether a node is a verb that calls or puts off, with its particle.
fn decides(member: &Member, node: usize) -> bool {
    let syntax = &member.reading.syntax;
    let text = &member.report.text;
    if syntax.nodes[node].upos != Upos::Verb {
        return false;
    }
    let base = syntax.lemma(text, node);
    let particle = syntax.nodes.get(node + 1).map_or("", |next| text.get(next.span));
    let verb = phrasal(&base, particle).unwrap_or(&base);
    governs("verb", verb) & (govern::CANCEL | govern::POSTPONE) != 0
}

fn subject(member: &Member, verb: usize) -> Option<usize> {
    let syntax = &member.reading.syntax;
    let by =
        |n: &usize| syntax.child(*n, Hangs::Case).is_some_and(|c| member.report.text.get(syntax.nodes[c].span) == "by");
    let agent =
        || syntax.children(verb).find(|&n| matches!(syntax.nodes[n].relation, Hangs::OblAgent | Hangs::Obl) && by(&n));
    let doer = if syntax.is_passive(verb) { agent() } else { syntax.child(verb, Hangs::Nsubj) };
    let node = &syntax.nodes[doer?];
    let names = &member.reading.names;
    let at = names.mentions.partition_point(|m| m.span.end() <= node.span.start());
    names.mentions.get(at).filter(|m| m.span.overlaps(node.span)).map(|mention| mention.name)
}

/// Says whether two may be one body or one of the other: they share a word of their names.
pub(super) fn akin(a: &Entity, b: &Entity) -> bool {
    let words = |e: &Entity| -> Vec<String> {
        let forms = std::iter::once(&e.name).chain(&e.aliases).chain(&e.roles);
        forms.flat_map(|f| f.split_whitespace()).filter(|w| w.len() > 3).map(str::to_lowercase).collect()
    };
    let (x, y) = (words(a), words(b));
    x.iter().any(|w| y.contains(w))
}
