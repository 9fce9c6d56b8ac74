//! Who said what, in order of time.

use super::origins;
use super::passages::{behind, blocks};
use crate::view::desk::{Desk, Row};
use crate::view::speech::{Speaker, Utterance, spoken};
use crate::view::{dates, words};
use maud::{Markup, html};

/// Speakers shown open, and statements of each; the others are folded.
const SPEAKERS: usize = 12;
const SAID: usize = 4;

pub(super) fn section(desk: &Desk<'_>, n: usize, year: Option<i16>) -> Markup {
    let all = desk.speakers(n);
    let (named, unnamed): (Vec<Speaker>, Vec<Speaker>) = all.into_iter().partition(|s| s.entity.is_some());
    let (open, folded) = named.split_at(named.len().min(SPEAKERS));
    html! {
        @if !named.is_empty() || !unnamed.is_empty() {
            section.people {
                h3 { "Who said what" }
                @for s in open { (speaker(desk, s, year)) }
                @if !folded.is_empty() { details.rest { summary { (folded.len()) " more speakers" } @for s in folded { (speaker(desk, s, year)) } } }
                @if !unnamed.is_empty() {
                    details.rest {
                        summary { (words::count(unnamed.len(), "source", "sources")) " not named" }
                        @for s in &unnamed { (speaker(desk, s, year)) }
                    }
                }
            }
        }
    }
}

fn speaker(desk: &Desk<'_>, speaker: &Speaker<'_>, year: Option<i16>) -> Markup {
    let role = speaker.entity.and_then(|e| desk.role(e));
    let others = speaker.entity.map(|e| desk.other_names(e)).unwrap_or_default();
    let (open, folded) = speaker.said.split_at(speaker.said.len().min(SAID));
    html! {
        div.speaker {
            h4 {
                @if speaker.name.is_empty() { "No source named" } @else { span dir="auto" { (words::clipped(&speaker.name, 120)) } }
                @if let Some(role) = role { span.role { ", " (role) } }
            }
            @if !others.is_empty() { p.aliases { "also printed " (others.join(", ")) } }
            ul {
                @for u in open { (utterance(desk, u, year)) }
                @if !folded.is_empty() { li.fold { details.rest { summary { (folded.len()) " more" } ul { @for u in folded { (utterance(desk, u, year)) } } } } }
            }
        }
    }
}

fn utterance(desk: &Desk<'_>, said: &Utterance<'_>, year: Option<i16>) -> Markup {
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
                        @if let Some(to) = statement.to { "to " (desk.words_at(best.report, to)) " · " }
                        @if said.wordings > 1 { (said.wordings) " wordings · " }
                        (origins(desk, said.origins, best.report))
                    }
                }
                (blocks(desk, year, said.versions.iter().flat_map(|s| behind(desk, Row::Statement(s))).collect()))
            }
        }
    }
}
