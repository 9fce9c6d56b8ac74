//! Figures as lines with their table, where reports differ, what is due.

use super::passages::{Quote, behind, blocks};
use super::{chart, origins};
use crate::view::desk::{self, Desk, Row};
use crate::view::series::{Point, Series};
use crate::view::text::{came, promised_for};
use crate::view::{dates, words};
use annals_core::record::{Difference, Follows, Matter, Relation};
use maud::{Markup, html};

/// Quantities shown open; the others are folded.
const OPEN: usize = 8;
/// Differences shown open.
const DIFFERING: usize = 6;

pub(in crate::view) fn figures(desk: &Desk<'_>, n: usize, year: Option<i16>) -> Markup {
    let all = desk.series(n);
    let (series, single): (Vec<Series>, Vec<Series>) = all.into_iter().partition(|s| s.is_news(desk));
    let (open, folded) = series.split_at(series.len().min(OPEN));
    html! {
        @if !series.is_empty() || !single.is_empty() {
            section.figures {
                h3 { "Figures" }
                @for s in open { (quantity(desk, s, year)) }
                @if !folded.is_empty() {
                    details.rest { summary { (folded.len()) " more quantities" } @for s in folded { (quantity(desk, s, year)) } }
                }
                @if !single.is_empty() {
                    details.rest {
                        summary { (words::count(single.len(), "figure", "figures")) " given once" }
                        @for s in &single { (quantity(desk, s, year)) }
                    }
                }
            }
        }
    }
}

fn quantity(desk: &Desk<'_>, series: &Series<'_>, year: Option<i16>) -> Markup {
    let id = series.points.first().and_then(|p| p.rows.first()).map(|r| format!("series-{}", r.series));
    html! {
        div.quantity id=[id] {
            h4 dir="auto" { @if series.label.is_empty() { "a number by itself" } @else { (words::clipped(&series.label, 90)) } @if series.contradicts() { span.warn { b { "⚠ sources differ" } } } }
            (chart::steps(desk, series, year))
            p.values {
                @for value in series.shown(desk, year) {
                    (value.before) " " b.nowrap { (value.value) } " "
                    @if !value.ground.is_empty() { small { "(" (value.ground) ")" } " " }
                }
            }
            details {
                summary { "Table and passages" }
                table {
                    thead { tr { th scope="col" { "Value" } th scope="col" { "As of" } th scope="col" { "According to" } th scope="col" { "To the one before" } th scope="col" { "Origins" } } }
                    tbody {
                        @for point in &series.points {
                            tr {
                                th scope="row" { (point.value) }
                                td { @match &point.as_of { Some(when) => (dates::interval(when, year)), None => { (held(point, year).unwrap_or_default()) } } }
                                td { @if point.by.is_empty() { (desk.outlet(point.rows[0].report)) " itself" } @else { (point.by.join("; ")) } }
                                td { (point.follows.map_or("–", follows)) }
                                td { (point.count()) }
                            }
                        }
                    }
                }
                (blocks(desk, year, series.points.iter().flat_map(|p| &p.rows).flat_map(|f| behind(desk, Row::Figure(f))).collect()))
            }
        }
    }
}

/// Returns what a value is to the one before it, in words.
fn follows(follows: Follows) -> &'static str {
    match follows {
        Follows::Repeated => "repeated",
        Follows::New => "new",
        Follows::Revision => "revised",
        Follows::Other => "another count",
    }
}

/// Returns the day a value holds for, else the day it was reported.
fn held(point: &Point<'_>, year: Option<i16>) -> Option<String> {
    match &point.as_of {
        Some(when) => Some(dates::interval(when, year)),
        None => point.day.map(|d| format!("reported {}", dates::short(d, year))),
    }
}

pub(in crate::view) fn differences(desk: &Desk<'_>, n: usize, year: Option<i16>) -> Markup {
    let all = desk.differences(n);
    // A figure that only moved on stands in its series already.
    let (changes, news): (Vec<&Difference>, Vec<&Difference>) =
        all.into_iter().partition(|d| d.kind == Matter::Figure && d.relation != Relation::Contradict);
    let (open, folded) = news.split_at(news.len().min(DIFFERING));
    html! {
        @if !news.is_empty() || !changes.is_empty() {
            section.differ {
                h3 { @if news.is_empty() { "What changed" } @else { "Where reports differ" } }
                @for d in open { (difference(desk, d, year)) }
                @if !folded.is_empty() { details.rest { summary { (folded.len()) " more" } @for d in folded { (difference(desk, d, year)) } } }
                @if !changes.is_empty() {
                    details.rest { summary { (words::count(changes.len(), "figure", "figures")) " that changed or were made more exact" } @for d in &changes { (difference(desk, d, year)) } }
                }
            }
        }
    }
}

fn difference(desk: &Desk<'_>, difference: &Difference, year: Option<i16>) -> Markup {
    let matter = match difference.kind {
        Matter::Figure => "figure",
        Matter::Date => "date",
        Matter::Status => "status",
        Matter::Name => "name",
    };
    let sides: Vec<Vec<Quote>> =
        difference.rows.iter().filter_map(|&id| desk.row(id)).map(|row| behind(desk, row)).collect();
    let class = if difference.relation == Relation::Contradict { "difference contradict" } else { "difference" };
    html! {
        div class=(class) {
            h4 { span.kind { (matter) " · " (desk::relation(difference.relation)) } " " (words::one_line(&difference.note)) }
            details {
                summary { "Passages side by side" }
                div.sides {
                    @if sides.len() < 2 {
                        (blocks(desk, year, difference.evidence.cites().iter().map(|&c| Quote::cite(c)).collect()))
                    } @else {
                        @for side in sides { (blocks(desk, year, side)) }
                    }
                }
            }
        }
    }
}

pub(in crate::view) fn due(desk: &Desk<'_>, n: usize, year: Option<i16>) -> Markup {
    let all = desk.due(n);
    html! {
        @if !all.is_empty() {
            section.due {
                h3 { "What is due" }
                ul {
                    @for event in all {
                        li #{ "due" (n) "-" (event.id) } {
                            details {
                                summary {
                                    b { (promised_for(event, year)) } " " span dir="auto" { (desk.words(desk.told(event))) } " "
                                    span.came { (came(event)) } " " (origins(desk, event.support.bounds, event.label.report))
                                }
                                (blocks(desk, year, behind(desk, Row::Event(event))))
                            }
                        }
                    }
                }
            }
        }
    }
}
