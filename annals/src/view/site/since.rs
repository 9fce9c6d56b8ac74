//! What is new in a story since a moment, each change opening onto its passages. The moment stands in the address, so nothing
//! is kept about the reader.

use super::index::minute;
use crate::app::changes::Changes;
use crate::view::changes::{Told, told};
use crate::view::desk::Desk;
use crate::view::html::passages::{Quote, blocks};
use crate::view::words;
use maud::{Markup, html};

/// Changes of one kind shown; the others are folded.
const SHOWN: usize = 6;
/// Reports named.
const REPORTS: usize = 8;

/// A moment, and what changed after it.
pub(crate) struct Since {
    /// RFC 3339.
    pub(crate) time: String,
    /// What changed.
    pub(crate) changes: Changes,
}

/// Headings, and the kinds of change beneath each.
const PARTS: [(&str, &[&str]); 6] = [
    ("Turned", &["status"]),
    ("Settled", &["outcome"]),
    ("Figures", &["figure"]),
    ("Now differ", &["difference"]),
    ("New on the timeline", &["event"]),
    ("Changed on their pages", &["dropped", "added", "changed", "unsaid"]),
];

/// Shows what changed.
pub(super) fn section(desk: &Desk<'_>, since: &Since, year: Option<i16>) -> Markup {
    let reports = &since.changes.reports;
    let all = told(desk, &since.changes);
    html! {
        section.since #new aria-labelledby="new-head" {
            h2 #new-head { "New since " time datetime=(since.time) { (minute(&since.time)) } }
            @if reports.is_empty() { p { "No report came in after that." } } @else {
                p.facts { (words::count(reports.len(), "new report", "new reports")) ": "
                    @for (n, &r) in reports.iter().take(REPORTS).enumerate() { @if n > 0 { " · " } a href=(desk.to_report(r)) { (desk.cited(r, year)) } @if desk.copy_of(r).is_some() { " (a copy)" } }
                    @if reports.len() > REPORTS { " and " (reports.len() - REPORTS) " more" }
                }
                @if since.changes.origins_then.is_none() { p { "The whole story came in after that." } }
                div.changes {
                    @for (head, kinds) in PARTS {
                        (part(desk, head, &all.iter().filter(|t| kinds.contains(&t.kind)).collect::<Vec<_>>(), year))
                    }
                }
            }
        }
    }
}

fn part(desk: &Desk<'_>, head: &str, all: &[&Told], year: Option<i16>) -> Markup {
    let (open, folded) = all.split_at(all.len().min(SHOWN));
    html! {
        @if !all.is_empty() {
            div {
                h3 { (head) }
                ul {
                    @for told in open { (change(desk, told, year)) }
                    @if !folded.is_empty() { li { details.rest { summary { (folded.len()) " more" } ul { @for told in folded { (change(desk, told, year)) } } } } }
                }
            }
        }
    }
}

fn change(desk: &Desk<'_>, told: &Told, year: Option<i16>) -> Markup {
    let words = told.cites.last().map(|&cite| desk.words(cite)).unwrap_or_default();
    let is_note = told.kind == "difference";
    html! {
        li {
            details {
                summary {
                    @if is_note { span.words { (words::one_line(&told.what)) } }
                    @else { b { (words::one_line(&told.what)) } " " span.words dir="auto" { (words::clipped(&words, 140)) } }
                }
                (blocks(desk, year, told.cites.iter().map(|&c| Quote::cite(c)).collect()))
            }
        }
    }
}
