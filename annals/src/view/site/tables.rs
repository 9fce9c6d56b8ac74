//! Figures and what is due, of one story or of the latest, as tables in which each row opens onto its passages.

use crate::app::due::{Due, Owed, Standing};
use crate::app::shelf::Shown;
use crate::view::desk::{Desk, Row};
use crate::view::due::{HEADINGS, answer, by, distance};
use crate::view::html::passages::{behind, blocks};
use crate::view::series::Series;
use crate::view::{dates, words};
use annals_core::when::Day;
use maud::{Markup, html};

/// Quantities of a story shown; its page has all.
const SERIES: usize = 12;

/// A story and its record.
pub(crate) struct Told<'a> {
    /// What a list shows of it.
    pub(crate) shown: &'a Shown,
    /// Its record, laid out.
    pub(crate) desk: &'a Desk<'a>,
}

/// How much of the archive a table is made of.
#[derive(Clone, Copy)]
pub(crate) struct Looked {
    /// Stories looked at.
    pub(crate) stories: usize,
    /// Of how many.
    pub(crate) of: usize,
}

fn looked_at(looked: Looked) -> Markup {
    html! {
        p.facts {
            @if looked.stories == looked.of { "From " (words::count(looked.of, "story", "stories")) "." }
            @else { "From the latest " (looked.stories) " of " (words::count(looked.of, "story", "stories")) ". Each story’s own page has its own." }
        }
    }
}

impl Told<'_> {
    fn title(&self) -> String {
        self.desk.headline().unwrap_or_else(|| words::one_line(&self.shown.title).into_owned())
    }
}

/// Shows the quantities of stories that changed, differ, or that independent reports agree on.
pub(crate) fn figures(stories: &[Told<'_>], looked: Looked) -> Markup {
    let rows = |told: &Told| -> Vec<Markup> {
        let Some((n, story)) = told.desk.stories().into_iter().next() else { return Vec::new() };
        let year = told.desk.year(story);
        let series = told.desk.series(n);
        series.iter().filter(|s| s.is_news(told.desk)).take(SERIES).map(|s| quantity(told.desk, s, year)).collect()
    };
    let all: Vec<(&Told, Vec<Markup>)> = stories.iter().map(|t| (t, rows(t))).filter(|(_, r)| !r.is_empty()).collect();
    html! {
        div.sheet {
            h1 { "Figures" }
            (looked_at(looked))
            @if all.is_empty() { p.notice { "No quantity is given by two reports, or for two days." } }
            @for (told, rows) in &all {
                @let title = told.title();
                section {
                    h2 { a href={ "/story/" (told.shown.id) } dir="auto" { (words::clipped(&title, 140)) } }
                    div.wide tabindex="0" role="region" aria-label={ "Figures: " (words::clipped(&title, 80)) } {
                        table {
                            thead { tr { th scope="col" { "What is counted" } th scope="col" { "Values, by the day they hold for" } th scope="col" { "Origins" } } }
                            tbody { @for row in rows { (row) } }
                        }
                    }
                }
            }
        }
    }
}

fn quantity(desk: &Desk<'_>, series: &Series<'_>, year: Option<i16>) -> Markup {
    let first = series.points.first().and_then(|p| p.rows.first());
    html! {
        tr {
            th scope="row" dir="auto" {
                @if let Some(row) = first { a href=(desk.to_place(&format!("series-{}", row.series))) { (words::clipped(&series.label, 90)) } }
                @if series.contradicts() { span.warn { b { "⚠ sources differ" } } }
            }
            td {
                @for value in series.shown(desk, year) {
                    (value.before) " " b.nowrap { (value.value) } " "
                    @if !value.ground.is_empty() { small { "(" (value.ground) ")" } " " }
                }
                details.rest { summary { "Passages" } (blocks(desk, year, series.points.iter().flat_map(|p| &p.rows).flat_map(|f| behind(desk, Row::Figure(f))).collect())) }
            }
            td { (series.points.iter().max_by_key(|p| p.origins).map(|p| p.count()).unwrap_or_default()) }
        }
    }
}

/// Something owed, with the story it is owed in.
struct Line<'a> {
    told: &'a Told<'a>,
    owed: &'a Owed,
}

/// Shows what is owed in stories: what fell silent first, then what is ahead, then what was answered.
pub(crate) fn due(stories: &[(Told<'_>, Due)], as_of: Option<Day>, looked: Looked) -> Markup {
    let lines: Vec<Line> =
        stories.iter().flat_map(|(told, due)| due.owed.iter().map(move |owed| Line { told, owed })).collect();
    html! {
        div.sheet {
            h1 { "What is due" }
            @if let Some(day) = as_of { p.facts { "As of " (dates::full(day)) ", the day of the latest report." } }
            (looked_at(looked))
            @if lines.is_empty() { p.notice { "No report promises or plans anything that has a day." } }
            @for (standing, head) in HEADINGS {
                @let mut rows = lines.iter().filter(|l| l.owed.standing == standing).collect::<Vec<_>>();
                @if !rows.is_empty() {
                    @let () = rows.sort_by_key(|l| l.owed.by.as_ref().map(|w| (w.to(), w.from())));
                    section {
                        h2 { (head) }
                        div.wide tabindex="0" role="region" aria-label=(head) {
                            table {
                                thead { tr { th scope="col" { "When" } th scope="col" { "What" } th scope="col" { "Story" } th scope="col" { "Origins" } } }
                                tbody { @for line in rows { (owed(line, as_of)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn owed(line: &Line<'_>, as_of: Option<Day>) -> Markup {
    let (desk, owed, year) = (line.told.desk, line.owed, as_of.map(Day::year));
    let event = &desk.record.events[owed.event];
    html! {
        tr {
            th scope="row" { (by(event, owed, year)) @if let Some(far) = distance(owed, as_of) { br; small { (far) } } }
            td {
                span.words dir="auto" { (words::clipped(&desk.words(desk.told(event)), 240)) }
                @if owed.standing >= Standing::Kept { @if let Some(answer) = answer(desk, event, year) { br; small { (answer) } } }
                @else if let Some(heard) = owed.heard { br; small { "last heard of " (dates::short(heard, year)) } }
                details.rest { summary { "Passages" } (blocks(desk, year, behind(desk, Row::Event(event)))) }
            }
            td { a href={ "/story/" (line.told.shown.id) } dir="auto" { (words::clipped(&line.told.title(), 70)) } }
            td { (words::span(event.support.bounds)) }
        }
    }
}
