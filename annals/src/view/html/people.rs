//! People and organizations: what each said, in order of time, and did; what else they are called, and why that is known.

use super::origins;
use super::passages::{behind, blocks};
use crate::view::desk::{self, Desk, Row};
use crate::view::said::versions;
use crate::view::speech::{Speaker, Utterance, spoken, teller};
use crate::view::{dates, words};
use annals_core::record::EventRow;
use annals_core::record::wording::{Change, Likeness};
use maud::{Markup, html};

/// Speakers shown open, and statements of each; the others are folded.
const SPEAKERS: usize = 12;
const SAID: usize = 4;
/// Wordings of an utterance shown at most.
const WORDINGS: usize = 12;
/// Events of one bearer shown at most: the timeline has them all.
const DID: usize = 20;
/// People and organizations shown at most that say nothing.
const SILENT: usize = 60;

pub(in crate::view) fn section(desk: &Desk<'_>, n: usize, year: Option<i16>) -> Markup {
    let all = desk.speakers(n);
    let (named, unnamed): (Vec<Speaker>, Vec<Speaker>) = all.into_iter().partition(Speaker::is_named);
    let (open, folded) = named.split_at(named.len().min(SPEAKERS));
    let silent = desk.silent(n);
    html! {
        @if !named.is_empty() || !unnamed.is_empty() || !silent.is_empty() {
            section.people {
                h3 { "Who said and did what" }
                @for s in open { (speaker(desk, n, s, year)) }
                @if !folded.is_empty() { details.rest { summary { (folded.len()) " more speakers" } @for s in folded { (speaker(desk, n, s, year)) } } }
                @if !silent.is_empty() {
                    details.rest {
                        summary { (words::count(silent.len(), "person or organization", "people and organizations")) " named in events" }
                        @for &e in silent.iter().take(SILENT) { (bearer(desk, n, e, year)) }
                        @if silent.len() > SILENT { p { "and " (silent.len() - SILENT) " more" } }
                    }
                }
                @if !unnamed.is_empty() {
                    details.rest {
                        summary { (words::count(unnamed.len(), "source", "sources")) " not named" }
                        @for s in &unnamed { (speaker(desk, n, s, year)) }
                    }
                }
            }
        }
    }
}

fn speaker(desk: &Desk<'_>, n: usize, speaker: &Speaker<'_>, year: Option<i16>) -> Markup {
    let role = speaker.entity.and_then(|e| desk.role(e));
    let (open, folded) = speaker.said.split_at(speaker.said.len().min(SAID));
    html! {
        div.speaker {
            h4 {
                @if speaker.name.is_empty() { "No source named" } @else { (called(desk, speaker.entity, &speaker.name)) }
                @if let Some(role) = role { span.role { ", " (role) } }
                @if speaker.is_named_by_a_person() { span.role { " (named by a person, by no report)" } }
            }
            @if let Some(e) = speaker.entity { (other_names(desk, e)) }
            ul {
                @for u in open { (utterance(desk, u, year)) }
                @if !folded.is_empty() { li.fold { details.rest { summary { (folded.len()) " more" } ul { @for u in folded { (utterance(desk, u, year)) } } } } }
                @if let Some(e) = speaker.entity { (did(desk, n, e, year)) }
            }
        }
    }
}

/// Shows a name, leading to its own page where there is one.
fn called(desk: &Desk<'_>, entity: Option<usize>, name: &str) -> Markup {
    let name = words::clipped(name, 120);
    match entity.and_then(|e| desk.to_name(e)) {
        Some(page) => html! { a href=(page) dir="auto" { (name) } },
        None => html! { span dir="auto" { (name) } },
    }
}

/// Shows somebody who is named in events and says nothing.
fn bearer(desk: &Desk<'_>, n: usize, entity: usize, year: Option<i16>) -> Markup {
    html! {
        div.speaker {
            h4 {
                (called(desk, Some(entity), &desk.name(entity)))
                @if let Some(role) = desk.role(entity) { span.role { ", " (role) } }
            }
            (other_names(desk, entity))
            ul { (did(desk, n, entity, year)) }
        }
    }
}

/// Shows what else somebody is called, with the grounds behind it.
fn other_names(desk: &Desk<'_>, entity: usize) -> Markup {
    let others = desk.other_names(entity);
    let grounds = desk.grounds(entity);
    html! {
        @if !grounds.is_empty() {
            details.aliases {
                summary { @if others.is_empty() { "how the name is known" } @else { "also printed " (others.join(", ")) } }
                ul { @for ground in grounds { li dir="auto" { (ground) } } }
            }
        } @else if !others.is_empty() {
            p.aliases { "also printed " (others.join(", ")) }
        }
    }
}

/// Shows the events that somebody takes part in, folded.
fn did(desk: &Desk<'_>, n: usize, entity: usize, year: Option<i16>) -> Markup {
    let events = desk.events_of(n, entity);
    html! {
        @if !events.is_empty() {
            li.fold {
                details.rest {
                    summary { "in " (words::count(events.len(), "event", "events")) }
                    ul { @for event in events.iter().take(DID) { (deed(desk, event, year)) } }
                    @if events.len() > DID { p { "and " (events.len() - DID) " more: see the timeline" } }
                }
            }
        }
    }
}

pub(in crate::view) fn deed(desk: &Desk<'_>, event: &EventRow, year: Option<i16>) -> Markup {
    html! {
        li {
            details {
                summary {
                    span.when { @if let Some(when) = &event.when { (dates::interval(when, year)) } }
                    " " span.words dir="auto" { (desk.words(event.label)) } " "
                    span.by { (desk::status(event.status)) " · " (origins(desk, event.support.bounds, event.label.report)) }
                }
                (blocks(desk, year, behind(desk, Row::Event(event))))
            }
        }
    }
}

/// Shows how each report words an utterance, the earliest first, and what differs from that.
fn wordings(desk: &Desk<'_>, said: &Utterance<'_>, year: Option<i16>) -> Markup {
    let told = versions(desk, said);
    html! {
        ol.wordings {
            @for v in told.iter().take(WORDINGS) {
                li dir="auto" {
                    span.by { (desk.cited(v.row.report, year)) ": " }
                    @match v.likeness {
                        Some(Likeness::Exact) => { "the same words" @if desk.copy_of(v.row.report).is_some() { ", a copy" } }
                        Some(likeness) => { span.likeness { (likeness.name()) } ": " (changed(&v.changes)) }
                        None => { (words::clipped(&spoken(desk, v.row), 300)) }
                    }
                }
            }
            @if told.len() > WORDINGS { li { "and " (told.len() - WORDINGS) " more (in the JSON)" } }
        }
    }
}

/// Shows what was left out, added and put in the place of other words.
fn changed(changes: &[Change]) -> Markup {
    let shown = |text: &str| words::clipped(&words::one_line(text), 120).into_owned();
    html! {
        @for (n, change) in changes.iter().enumerate() {
            @if n > 0 { " · " }
            @if !change.from.is_empty() { del { (shown(&change.from)) } " " }
            @if !change.to.is_empty() { ins { (shown(&change.to)) } }
        }
    }
}

pub(in crate::view) fn utterance(desk: &Desk<'_>, said: &Utterance<'_>, year: Option<i16>) -> Markup {
    let best = said.best();
    let statement = desk.statement(best);
    html! {
        li #{ "said-" (said.id) } {
            details {
                summary {
                    span.when {
                        @match &said.said {
                            Some(when) => (dates::interval(when, year)),
                            None => { (desk.published(best.report, year).map(|d| format!("reported {d}")).unwrap_or_default()) }
                        }
                    }
                    " " span.words dir="auto" { (spoken(desk, best)) } " "
                    span.by {
                        @if let Some(decided) = said.decided() { span dir="auto" { (decided) } " · " }
                        @if let Some(who) = teller(desk, best) { "as told by " (who) " · " }
                        @if let Some(to) = statement.to { "to " (desk.words_at(best.report, to)) " · " }
                        @if said.wordings > 1 { (said.wordings) " wordings · " }
                        (origins(desk, said.bounds, best.report))
                    }
                }
                @if said.wordings > 1 { (wordings(desk, said, year)) }
                (blocks(desk, year, said.versions.iter().flat_map(|s| behind(desk, Row::Statement(s))).collect()))
            }
        }
    }
}
