//! One story: headline, lead, timeline; the other sections stand beside it.

use super::passages::{Quote, behind, blocks};
use super::{facts, origins, people, reports};
use crate::view::desk::{Desk, Row, status};
use crate::view::{dates, words};
use annals_core::reading::Status;
use annals_core::record::{Line, Relation, Step, Story};
use annals_core::when::When;
use maud::{Markup, PreEscaped, html};

pub(in crate::view) fn section(desk: &Desk<'_>, n: usize, story: &Story) -> Markup {
    let year = desk.year(story);
    let title = story.title;
    html! {
        section.story #{ "story" (n) } {
            header {
                h2 lang=[desk.report(title.report).language.as_deref()] dir="auto" { (words::clipped(&desk.words(title), 240)) }
                p.facts {
                    @if let (Some(first), Some(last)) = (story.first, story.last) { (dates::range(first, last)) " · " }
                    (desk.support(story))
                    " · headline: " a href=(desk.to_report(title.report)) { (desk.cited(title.report, year)) }
                }
            }
            @if !story.summary.is_empty() {
                div.lead {
                    @for &cite in &story.summary {
                        details {
                            summary { span dir="auto" { (desk.words(cite)) } " " span.by { (desk.cited(cite.report, year)) } }
                            (blocks(desk, year, vec![Quote::cite(cite)]))
                        }
                    }
                }
            }
            div.columns {
                div.first {
                    (timeline(desk, n, story, year))
                }
                div.second {
                    (facts::figures(desk, n, year))
                    (facts::differences(desk, n, year))
                    (facts::due(desk, n, year))
                    (reports::origins(desk, story, year))
                    (reports::undated(desk, story))
                }
                div.third {
                    (people::section(desk, n, year))
                }
            }
        }
    }
}

/// Shows the stories that one report tells.
pub(in crate::view) fn short(desk: &Desk<'_>, stories: &[(usize, &Story)]) -> Markup {
    html! {
        section.short #alone {
            h2 { "Told by one report each" }
            ul {
                @for (n, story) in stories {
                    li #{ "story" (n) } {
                        a href=(desk.to_report(story.title.report)) dir="auto" { (words::clipped(&desk.words(story.title), 160)) }
                        " " span.by { (desk.cited(story.title.report, None)) }
                        @let more = story.timeline.len();
                        @if more > 0 {
                            details {
                                summary { (words::count(more, "dated line", "dated lines")) }
                                (timeline(desk, *n, story, desk.year(story)))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn timeline(desk: &Desk<'_>, n: usize, story: &Story, year: Option<i16>) -> Markup {
    html! {
        @if !story.timeline.is_empty() {
            @if story.reports.len() > 1 { h3 { "Timeline" } }
            ol.timeline {
                @for line in &story.timeline { (row(desk, n, line, year)) }
            }
        }
    }
}

pub(in crate::view) fn row(desk: &Desk<'_>, n: usize, line: &Line, year: Option<i16>) -> Markup {
    let row = desk.row(line.row);
    let warned: Vec<_> =
        desk.differences_of(line.row).into_iter().filter(|d| d.relation == Relation::Contradict).collect();
    let passed = match row {
        Some(Row::Event(event)) => desk.steps(event),
        _ => Vec::new(),
    };
    let standing = match row {
        Some(Row::Event(event)) => Some(event.status),
        _ => None,
    };
    let report = desk.report(line.line.report);
    html! {
        li #{ "line" (n) "-" (line.row) } {
            details {
                summary {
                    (day(line.when.as_ref(), desk.is_inferred(line), year))
                    span.status { (mark(standing, row)) (desk.standing(line)) }
                    span.line {
                        span lang=[report.language.as_deref()] dir="auto" { (desk.words(line.line)) } " "
                        (origins(desk, line.bounds, line.line.report))
                        @if !passed.is_empty() { (strip(&passed, year)) }
                        @for difference in warned { span.warn { b { "⚠ Reports differ. " } (words::one_line(&difference.note)) } }
                    }
                }
                @let quotes = row.map(|row| behind(desk, row)).unwrap_or_else(|| vec![Quote::cite(line.line)]);
                (blocks(desk, year, quotes))
            }
        }
    }
}

/// Shows a day with how exact it is: a bar beneath an interval, hollow where it is inferred.
fn day(when: Option<&When>, inferred: bool, year: Option<i16>) -> Markup {
    let Some(when) = when else { return html! { span.day.none { "no date" } } };
    let shape = match (when.exact().is_some(), inferred) {
        (true, false) => "day",
        (true, true) => "day hollow",
        (false, false) => "day span",
        (false, true) => "day span hollow",
    };
    html! {
        span class=(shape) title=[(when.exact().is_none()).then(|| format!("between {} and {}", dates::full(when.from()), dates::full(when.to())))] {
            @if inferred && when.exact().is_none() { "about " } time datetime=(when.from()) { (dates::interval(when, year)) } @if inferred { ", inferred" }
        }
    }
}

/// Shows how an event came to where it stands: each status as a shape, in words, with its day.
pub(in crate::view) fn strip(steps: &[&Step], year: Option<i16>) -> Markup {
    html! {
        span.passed {
            @for (n, step) in steps.iter().enumerate() {
                @if n > 0 { " → " }
                span.nowrap {
                    (mark(Some(step.status), None)) (status(step.status))
                    @if let Some(when) = &step.as_of { " " (dates::interval(&When::between(when.from(), when.to()), year)) }
                }
            }
        }
    }
}

/// Returns a status as a shape; the word stands beside it.
pub(in crate::view) fn mark(told: Option<Status>, row: Option<Row<'_>>) -> Markup {
    let inner = match (told, row) {
        (Some(status), _) => match status {
            Status::Held => r#"<circle cx="6" cy="6" r="5" fill="currentColor"/>"#,
            Status::Planned => r#"<circle cx="6" cy="6" r="4.3"/>"#,
            Status::Ongoing => {
                r#"<circle cx="6" cy="6" r="4.3"/><path d="M6 1.7a4.3 4.3 0 0 1 0 8.6z" fill="currentColor"/>"#
            }
            Status::Postponed => r#"<path d="M1 6h9M7 3l3 3-3 3"/>"#,
            Status::CalledOff => r#"<path d="M2 2l8 8M10 2l-8 8"/>"#,
            Status::Denied => r#"<circle cx="6" cy="6" r="4.3"/><path d="M3 9l6-6"/>"#,
            Status::Unclear => r#"<circle cx="6" cy="6" r="4.3" stroke-dasharray="2 2"/>"#,
        },
        (None, Some(Row::Statement(_))) => r#"<path d="M2 3v4h2.5M7 3v4h2.5"/>"#,
        (None, Some(Row::Figure(_))) => r#"<path d="M2 10V7M6 10V5M10 10V2"/>"#,
        _ => "",
    };
    html! {
        svg.mark viewBox="0 0 12 12" aria-hidden="true" { (PreEscaped(inner)) }
    }
}
