//! The page of a person or body: what it is called and why that is known, what it said and did; and the forms with which a
//! reader who knows better says so, and takes that back.

use super::decide::{Writing, decided, ground, hidden, undo};
use super::{crumbs, encoded};
use crate::app::decide::subject;
use crate::view::desk::Desk;
use crate::view::html::cite;
use crate::view::html::passages::{Quote, blocks};
use crate::view::html::people::{deed, utterance};
use crate::view::said::utterances;
use crate::view::words;
use annals_core::reading::NameKind;
use annals_core::record::Subject;
use annals_store::Decision;
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// Names offered as the other name.
const OFFERED: usize = 200;

/// Shows somebody as the reports of one story tell of them.
pub(crate) fn page(desk: &Desk<'_>, entity: usize, story: &str, writing: &Writing<'_>) -> Markup {
    let n = desk.stories().first().map_or(0, |(n, _)| *n);
    let year = desk.stories().first().and_then(|(_, s)| desk.year(s));
    let of = &desk.record.entities[entity];
    let said = utterances(desk, entity);
    let events = desk.events_of(n, entity);
    // "Mayor" and "mayor" are one role.
    let mut roles: BTreeMap<String, String> = BTreeMap::new();
    for role in &of.roles {
        let role = words::one_line(role).into_owned();
        roles.entry(role.to_lowercase()).and_modify(|known| *known = role.clone()).or_insert(role);
    }
    let kind = match of.kind {
        NameKind::Person => "person",
        NameKind::Organization => "organization",
        NameKind::Place => "place",
        NameKind::Other => "name",
    };
    html! {
        article.name {
            (crumbs(desk, story))
            header {
                h1 dir="auto" { (words::clipped(&desk.name(entity), 160)) }
                p.facts {
                    (kind) " · " (words::count(said.len(), "statement", "statements")) " · " (words::count(events.len(), "event", "events"))
                    " · named " (words::count(of.mentions.len(), "time", "times"))
                }
                @if !roles.is_empty() {
                    p.roles dir="auto" { (roles.into_values().collect::<Vec<_>>().join("; ")) }
                }
                div.deeds { (cite::folded(&citation(desk, entity))) }
            }
            div.columns {
                div.first {
                    section.people {
                        h2 { "Said, in order of time" }
                        @if said.is_empty() { p.by { "Nothing in these reports." } }
                        ul { @for u in &said { (utterance(desk, u, year)) } }
                    }
                    @if !events.is_empty() {
                        section.people { h2 { "Took part in" } ul { @for event in &events { (deed(desk, event, year)) } } }
                    }
                }
                div.second {
                    (aliases(desk, entity, year))
                    (forms(desk, entity, story, writing))
                }
            }
        }
    }
}

fn citation(desk: &Desk<'_>, entity: usize) -> String {
    let mut reports: Vec<usize> = desk.record.entities[entity].evidence.cites().iter().map(|c| c.report).collect();
    reports.dedup();
    let told: Vec<String> = reports.into_iter().map(|r| cite::report(desk, r)).collect();
    format!("{}, named in: {}", desk.name(entity), told.join("; "))
}

fn aliases(desk: &Desk<'_>, entity: usize, year: Option<i16>) -> Markup {
    let of = &desk.record.entities[entity];
    html! {
        section.aka {
            h2 { "Names, and why they are one" }
            ul { @for alias in &of.aliases { li dir="auto" { (words::one_line(alias)) } } }
            @if of.aliases.len() > 1 && of.grounds.is_empty() { p.by { "No ground is told." } }
            @if !of.grounds.is_empty() { ul.grounds { @for ground in &of.grounds { li dir="auto" { (words::one_line(ground)) } } } }
            details.rest { summary { "A passage for each form" } (blocks(desk, year, of.evidence.cites().iter().map(|&c| Quote::cite(c)).collect())) }
        }
    }
}

/// Returns the address of whoever bears a name in a story; it outlives what people decide about names.
pub(crate) fn address(story: &str, name: &str) -> String {
    format!("/story/{story}/name?called={}", encoded(name))
}

fn forms(desk: &Desk<'_>, entity: usize, story: &str, writing: &Writing<'_>) -> Markup {
    let of = &desk.record.entities[entity];
    let back = address(story, &of.name);
    let others: Vec<&str> = of.aliases.iter().map(String::as_str).filter(|a| *a != of.name).collect();
    let offered: BTreeSet<&str> = desk
        .record
        .entities
        .iter()
        .enumerate()
        .filter(|(e, other)| *e != entity && other.kind == of.kind)
        .map(|(_, other)| other.name.as_str())
        .collect();
    let about: Vec<&Decision> = writing
        .decisions
        .iter()
        .filter(|d| subject(d) == Some(Subject::Names))
        .filter(|d| {
            [&d.a, &d.b].iter().any(|told| is_called(told, &of.name) || of.aliases.iter().any(|a| is_called(told, a)))
        })
        .collect();
    html! {
        section.decide {
            h2 { "You know better?" }
            form action="/decisions" method="post" {
                h3 { "Another name means the same" }
                (hidden(writing.token, &back))
                input type="hidden" name="decision" value="same";
                input type="hidden" name="a" value=(of.name);
                p { label for="same-b" { "The other name, as printed" } input #same-b type="text" name="b" required list="others" maxlength="500" autocomplete="off" dir="auto"; }
                datalist #others { @for name in offered.into_iter().take(OFFERED) { option value=(name) {} } }
                (ground("same"))
                button type="submit" { "Merge the names" }
            }
            @if !others.is_empty() {
                form action="/decisions" method="post" {
                    h3 { "One of these names is somebody else" }
                    (hidden(writing.token, &back))
                    input type="hidden" name="decision" value="not-same";
                    input type="hidden" name="a" value=(of.name);
                    p { label for="other-b" { "The name" } select #other-b name="b" { @for name in &others { option value=(name) { (words::one_line(name)) } } } }
                    (ground("other"))
                    button type="submit" { "Split the names" }
                }
            }
            @if !about.is_empty() {
                h3 { "Decided" }
                ul.decided { @for d in about { li { (decided(d)) (undo(d, writing.token, &back)) } } }
            }
            p.by { "A decision is kept with who took it and why, holds for all reports of the archive, and can be taken back. " a href="/decisions" { "All decisions" } }
        }
    }
}

/// Says whether a name that people wrote is this one.
fn is_called(told: &str, name: &str) -> bool {
    let fold = |s: &str| s.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ").replace('’', "'");
    fold(told) == fold(name)
}
