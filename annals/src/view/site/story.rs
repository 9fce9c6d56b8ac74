//! The page of a story: headline, what is new, lead, timeline at three zooms, figures, differences, origins, people.

use super::decide::{self, OfStory};
use super::since::{self, Since};
use crate::view::desk::{Desk, Row, status};
use crate::view::html::passages::{Quote, blocks};
use crate::view::html::story::{mark, row};
use crate::view::html::{cite, facts, people, reports};
use crate::view::{dates, words};
use annals_core::reading::Status;
use annals_core::record::{Line, Story};
use annals_core::when::{Day, When};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Lines beyond which a timeline is folded by month unless told otherwise. guess: what one scrolls through without a map.
const MANY: usize = 80;

/// How the timeline is laid out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Zoom {
    /// Line by line.
    All,
    /// A fold for each month.
    Month,
    /// A fold for each week.
    Week,
}

impl Zoom {
    /// Returns the zoom that an address names.
    pub(crate) fn of(name: &str) -> Option<Zoom> {
        ZOOMS.into_iter().find(|(_, own, _)| *own == name).map(|(zoom, ..)| zoom)
    }
}

const ZOOMS: [(Zoom, &str, &str); 3] =
    [(Zoom::All, "all", "All"), (Zoom::Month, "month", "By month"), (Zoom::Week, "week", "By week")];

/// How a story is asked for.
pub(crate) struct View<'a> {
    /// The story's id.
    pub(crate) id: &'a str,
    /// How its timeline is laid out, if that was asked for.
    pub(crate) zoom: Option<Zoom>,
    /// What is new, if that was asked for.
    pub(crate) since: Option<&'a Since>,
    /// When its newest report was kept: RFC 3339, UTC.
    pub(crate) kept_at: &'a str,
    /// What can be decided about it.
    pub(crate) decide: &'a OfStory<'a>,
}

/// Shows the story of a desk that holds one.
pub(crate) fn page(desk: &Desk<'_>, view: &View<'_>) -> Markup {
    let Some((n, story)) = desk.stories().into_iter().next() else {
        return html! { h1 { "An empty story" } p.notice { "None of its reports can be read again. " code { "annals verify" } " says why." } };
    };
    let year = desk.year(story);
    let title = story.title;
    html! {
        article.story {
            header {
                h1 lang=[desk.report(title.report).language.as_deref()] dir="auto" { (words::clipped(&desk.words(title), 240)) }
                p.facts {
                    @if let (Some(first), Some(last)) = (story.first, story.last) { (dates::range(first, last)) " · " }
                    (desk.support(story))
                    " · headline: " a href=(desk.to_report(title.report)) { (desk.cited(title.report, year)) }
                }
                (tools(desk, story, view))
            }
            @if let Some(since) = view.since { (since::section(desk, since, year)) }
            @if !story.summary.is_empty() {
                section.lead aria-label="In short" {
                    @for &cite in &story.summary {
                        details {
                            summary { span dir="auto" { (desk.words(cite)) } " " span.by { (desk.cited(cite.report, year)) } }
                            (blocks(desk, year, vec![Quote::cite(cite)]))
                        }
                    }
                }
            }
            nav.jumps aria-label="On this page" {
                a href="#timeline" { "Timeline" } a href="#numbers" { "Figures and origins" } a href="#people" { "People" }
            }
            div.columns {
                div.first {
                    h2.away { "What happened" }
                    (timeline(desk, n, story, view, year))
                }
                div.second #numbers {
                    h2.away { "What is counted, disputed and due, and who reports it" }
                    (facts::figures(desk, n, year))
                    (facts::differences(desk, n, year))
                    (facts::due(desk, n, year))
                    (reports::origins(desk, story, year))
                    (reports::undated(desk, story))
                }
                div.third #people {
                    h2.away { "Who speaks and acts" }
                    (people::section(desk, n, year))
                }
            }
            (decide::of_story(desk, story, view.id, view.decide))
        }
    }
}

/// Shows the citation of the story and the address that will tell what is new from here on.
fn tools(desk: &Desk<'_>, story: &Story, view: &View<'_>) -> Markup {
    let known = story.reports.iter().map(|&r| cite::report(desk, r)).collect::<Vec<_>>().join("\n");
    let told = format!(
        "“{}”: the sourced record of {}, as kept by {}.\n{known}",
        desk.words(story.title),
        desk.support(story),
        view.kept_at
    );
    html! {
        div.deeds {
            a href={ "/story/" (view.id) "?since=" (super::encoded(view.kept_at)) "#new" } title="Keep this address: opened later, it tells what came in after this moment" { "Address for what is new from now on" }
            a href={ "/story/" (view.id) "/feed.atom" } { "Feed of changes" }
            a href={ "/api/v1/stories/" (view.id) } { "JSON" }
            (cite::folded(&told))
        }
    }
}

fn timeline(desk: &Desk<'_>, n: usize, story: &Story, view: &View<'_>, year: Option<i16>) -> Markup {
    let lines = story.timeline.len();
    let shown = view.zoom.unwrap_or(if lines > MANY { Zoom::Month } else { Zoom::All });
    html! {
        section #timeline aria-labelledby="timeline-head" {
            h3 #timeline-head { "Timeline" }
            @if story.timeline.is_empty() { p.by { "No report tells of an event that could be put in order." } }
            @if lines > 1 {
                p.zoom { "Show: "
                    @for (zoom, name, told) in ZOOMS {
                        a href={ "/story/" (view.id) "?zoom=" (name) "#timeline" } aria-current=[(zoom == shown).then_some("true")] { (told) } " "
                    }
                }
            }
            @if shown == Zoom::All {
                ol.timeline { @for line in &story.timeline { (row(desk, n, line, year)) } }
            } @else {
                @for (name, lines) in folds(&story.timeline, shown, year) {
                    details.fold {
                        summary { b { (name) } " " span.by { (tally(desk, &lines)) } }
                        ol.timeline { @for line in lines { (row(desk, n, line, year)) } }
                    }
                }
            }
        }
    }
}

/// Parts lines by the month or the week that they begin in; those without a day come last.
fn folds(lines: &[Line], zoom: Zoom, year: Option<i16>) -> Vec<(String, Vec<&Line>)> {
    let mut folds: BTreeMap<(bool, Day), Vec<&Line>> = BTreeMap::new();
    for line in lines {
        let first = line.when.as_ref().map(|w| match zoom {
            Zoom::Week => monday(w.from()),
            _ => w.from().first_of_month(),
        });
        folds.entry((first.is_none(), first.unwrap_or_default())).or_default().push(line);
    }
    let name = |(none, day): (bool, Day)| match zoom {
        _ if none => "no date".to_owned(),
        Zoom::Week => format!("week of {}", dates::interval(&When::day(day), year)),
        _ => dates::interval(&When::between(day, day.last_of_month()), None),
    };
    folds.into_iter().map(|(key, lines)| (name(key), lines)).collect()
}

fn monday(day: Day) -> Day {
    let back = i64::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(jiff::Span::new().days(back)).unwrap_or(day)
}

/// Returns how many lines of each status there are, each with its mark.
fn tally(desk: &Desk<'_>, lines: &[&Line]) -> Markup {
    let mut count: BTreeMap<&'static str, (Option<Status>, usize)> = BTreeMap::new();
    for line in lines {
        let standing = match desk.row(line.row) {
            Some(Row::Event(event)) => Some(event.status),
            _ => None,
        };
        count.entry(standing.map_or("said or counted", status)).or_insert((standing, 0)).1 += 1;
    }
    html! {
        @for (n, (word, (standing, lines))) in count.into_iter().enumerate() {
            @if n > 0 { " · " }
            span.nowrap { (mark(standing, None)) (lines) " " (word) }
        }
    }
}
