//! People of a draft: whether any report names them, and whether it calls them what the draft does.

use super::{Claim, Desk, Finding, Verdict};
use crate::lang::en::numbers::in_scope;
use crate::reading::NameKind;
use crate::record::Cite;
use crate::text::Span;
use std::collections::BTreeSet;

/// Returns a finding for each person of the draft that no report names, or names by another role.
pub(super) fn find(desk: &Desk<'_>) -> Vec<Finding> {
    let names = &desk.drafted().reading.names;
    let mut found = Vec::new();
    for name in names.names.iter().filter(|n| n.kind == NameKind::Person) {
        let Some(entity) = desk.entity_at(desk.draft, name.full).map(|e| &desk.record.entities[e]) else { continue };
        let theirs: Vec<Cite> = entity.mentions.iter().copied().filter(|c| c.report != desk.draft).collect();
        if theirs.is_empty() {
            let note = "no report names them".to_owned();
            found.push(desk.finding(Claim::Name, name.full, Verdict::Nothing, note, Vec::new()));
            continue;
        }
        let known = known_roles(desk, &theirs);
        found.extend(name.roles.iter().filter_map(|&role| of_role(desk, role, &known)));
    }
    found
}

/// Returns the roles that reports give a person.
fn known_roles(desk: &Desk<'_>, mentions: &[Cite]) -> Vec<Cite> {
    let mut roles = BTreeSet::new();
    for cite in mentions {
        let names = &desk.member(cite.report).reading.names;
        let Some(mention) = names.at(cite.span) else { continue };
        roles.extend(names.names[mention].roles.iter().map(|&span| Cite { report: cite.report, span }));
    }
    roles.into_iter().collect()
}

/// Holds a role against those the reports give: contradicted where they give the same office for something else alone.
fn of_role(desk: &Desk<'_>, role: Span, known: &[Cite]) -> Option<Finding> {
    let text = |c: &Cite| desk.member(c.report).report.text.get(c.span);
    let own = words(desk.drafted().report.text.get(role));
    let fits = |c: &&Cite| {
        let theirs = words(text(c));
        theirs.is_subset(&own) || own.is_subset(&theirs)
    };
    let same: Vec<Cite> = known.iter().filter(fits).copied().collect();
    if !same.is_empty() {
        return Some(desk.finding(Claim::Role, role, Verdict::Supported, String::new(), same));
    }
    let rivals: Vec<Cite> = known.iter().filter(|c| !words(text(c)).is_disjoint(&own)).copied().collect();
    let first = rivals.first()?;
    let note = format!("{} says {}", desk.outlet(first.report), text(first));
    Some(desk.finding(Claim::Role, role, Verdict::Contradicted, note, rivals))
}

/// Returns the words of a role, small ones left out.
fn words(role: &str) -> BTreeSet<String> {
    let lower = role.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 2 && !in_scope("role-filler", w));
    words.map(str::to_owned).collect()
}
