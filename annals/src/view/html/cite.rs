//! A passage as a citation in plain text: its words, who printed them where and when, and where in the kept text they stand.

use crate::view::desk::Desk;
use crate::view::words;
use annals_core::text::{CodePoints, PartKind, Span};
use maud::{Markup, html};

/// Letters of the passage at most: enough to find it by; its place is told as well.
const QUOTED: usize = 140;

/// Returns the citation of a report: `Hill Post, “Ferries stand still”, 5 Mar 2024, https://… (report 3f9a…)`.
pub(in crate::view) fn report(desk: &Desk<'_>, number: usize) -> String {
    format!("{} (report {})", source(desk, number), desk.report(number).id)
}

/// Returns the citation of a passage; its place is told in characters of the report's text.
pub(in crate::view) fn passage(desk: &Desk<'_>, number: usize, span: Span) -> String {
    let report = desk.report(number);
    let points = CodePoints::new(report.text.as_str());
    let words = desk.words_at(number, span);
    // Words that quote somebody stand in single marks, so that theirs stay as printed.
    let (open, close) = if words.contains(['“', '”', '"']) { ('‘', '’') } else { ('“', '”') };
    format!(
        "{open}{}{close} – {} (report {}, characters {}–{})",
        words::clipped(&words, QUOTED),
        source(desk, number),
        report.id,
        points.of(span.start()),
        points.of(span.end())
    )
}

/// Returns who printed a report, under which headline, when and where.
fn source(desk: &Desk<'_>, number: usize) -> String {
    let report = desk.report(number);
    let mut told = vec![desk.outlet(number)];
    if let Some(title) = report.text.part(PartKind::Title) {
        told.push(format!("“{}”", desk.words_at(number, title)));
    }
    told.push(desk.published(number, None).unwrap_or_else(|| "no date".to_owned()));
    told.push(report.url.as_deref().map_or_else(|| words::source(&report.source), |u| words::one_line(u).into_owned()));
    told.join(", ")
}

/// Shows a citation, folded. A script adds a button that copies it.
pub(in crate::view) fn folded(citation: &str) -> Markup {
    html! { details.cite { summary { "Cite" } p.citation dir="auto" { (citation) } } }
}
