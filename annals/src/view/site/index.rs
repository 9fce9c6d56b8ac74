//! The first page: the stories, that of the latest report first, with what turned in each; and the box and filters above.

use super::{encoded, pages, spark};
use crate::app::brief::Brief;
use crate::app::shelf::Shown;
use crate::view::desk::Desk;
use crate::view::html::story::strip;
use crate::view::{dates, words};
use annals_core::record::EventRow;
use maud::{Markup, html};

/// Outlets named of a story; the others are counted.
const OUTLETS: usize = 4;
/// Turns shown of a story.
const TURNS: usize = 2;

/// What was asked for.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(crate) struct Asked {
    /// Words.
    pub(crate) words: String,
    /// An outlet.
    pub(crate) outlet: String,
    /// A person.
    pub(crate) person: String,
    /// The first day, `2031-05-06`.
    pub(crate) after: String,
    /// The last day.
    pub(crate) before: String,
}

impl Asked {
    /// Says whether nothing was asked for.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Asked::default()
    }

    /// Returns it as an address to which the number of a page can be added.
    fn address(&self) -> String {
        let fields = [
            ("q", &self.words),
            ("outlet", &self.outlet),
            ("person", &self.person),
            ("after", &self.after),
            ("before", &self.before),
        ];
        let mut address = "/?".to_owned();
        for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
            address.push_str(&format!("{name}={}&", encoded(value)));
        }
        address + "page="
    }
}

/// A story of the list.
pub(crate) struct Listed<'a> {
    shown: &'a Shown,
    title: String,
    origins: String,
    turns: Markup,
}

impl<'a> Listed<'a> {
    /// Takes a story, with its record where there is time to compile it: that chooses the headline, and knows what turned.
    pub(crate) fn new(shown: &'a Shown, brief: Option<&Brief>) -> Listed<'a> {
        let desk = brief.map(|brief| Desk::on_site(brief, &shown.id));
        let title =
            desk.as_ref().and_then(Desk::headline).unwrap_or_else(|| words::one_line(&shown.title).into_owned());
        let bounds = desk.as_ref().and_then(|desk| desk.stories().first().map(|(_, story)| story.bounds));
        let counted = || words::count(shown.origins, "independent origin", "independent origins");
        let origins = bounds.map_or_else(counted, words::independent);
        Listed { shown, title, origins, turns: desk.as_ref().map(turns).unwrap_or_default() }
    }
}

/// One page of the list.
pub(crate) struct List<'a> {
    /// What was asked for.
    pub(crate) asked: &'a Asked,
    /// What is wrong with it, in plain words.
    pub(crate) unclear: Option<String>,
    /// The stories of this page.
    pub(crate) stories: Vec<Listed<'a>>,
    /// How many there are in all.
    pub(crate) total: usize,
    /// How many reports of how many stories the archive holds.
    pub(crate) holds: (usize, usize),
    /// How many reports of it cannot be made again, and are in no story.
    pub(crate) lost: usize,
    /// The number of the page, from 1, and of the last.
    pub(crate) page: (usize, usize),
    /// Names of outlets to choose from.
    pub(crate) outlets: Vec<&'a str>,
}

/// Shows the list.
pub(crate) fn page(list: &List<'_>) -> Markup {
    let asked = list.asked;
    html! {
        div.front {
            header.top {
                h1 { "Stories" }
                p.facts { (words::count(list.holds.0, "report", "reports")) " · " (words::count(list.holds.1, "story", "stories")) }
            }
            @if list.lost > 0 {
                p.notice { (words::count(list.lost, "report", "reports")) " of the archive cannot be made again, and no story has them: " code { "annals verify" } " says why." }
            }
            (filters(asked, &list.outlets))
            div #results {
                @if let Some(why) = &list.unclear { p.notice role="alert" { (why) } }
                @if !asked.is_empty() {
                    p.found role="status" {
                        (words::count(list.total, "story", "stories")) " found. " a href="/" { "All stories" }
                        @if !asked.words.is_empty() { " · " a href={ "/search?q=" (encoded(&asked.words)) } { "the same words in the reports" } }
                    }
                }
                @if list.stories.is_empty() && list.holds.0 == 0 {
                    p.notice { "The archive holds no reports yet. Add some with " code { "annals add" } "; this page shows them when you load it again." }
                } @else if list.stories.is_empty() {
                    p.notice { "No story meets this. Fewer words or a longer time find more." }
                }
                ol.stories { @for story in &list.stories { (listed(story)) } }
                (pages(list.page.0, list.page.1, &asked.address()))
            }
        }
    }
}

fn filters(asked: &Asked, outlets: &[&str]) -> Markup {
    let narrowed = [&asked.outlet, &asked.person, &asked.after, &asked.before].iter().any(|v| !v.is_empty());
    html! {
        search {
            form.filters action="/" method="get" data-live="#results" {
                div.find {
                    label.away for="q" { "Find stories" }
                    input #q type="search" name="q" value=(asked.words) placeholder="Words in the reports, “a phrase”, -not" maxlength="400" autocomplete="off" spellcheck="false";
                    button type="submit" { "Find" }
                }
                details.narrow open[narrowed] {
                    summary { "By time, outlet, person" }
                    div.fields {
                        p { label for="after" { "From" } input #after type="date" name="after" value=(asked.after); }
                        p { label for="before" { "To" } input #before type="date" name="before" value=(asked.before); }
                        p { label for="outlet" { "Outlet" } input #outlet type="text" name="outlet" value=(asked.outlet) list="outlets" maxlength="200" autocomplete="off"; }
                        p { label for="person" { "Person" } input #person type="text" name="person" value=(asked.person) maxlength="200" autocomplete="off"; }
                    }
                    datalist #outlets { @for outlet in outlets { option value=(outlet) {} } }
                }
            }
        }
    }
}

fn listed(story: &Listed<'_>) -> Markup {
    let shown = story.shown;
    let title = &story.title;
    html! {
        li {
            article {
                div.told {
                    h2 { a href={ "/story/" (shown.id) } dir="auto" { @if title.is_empty() { "(no headline)" } @else { (words::clipped(title, 200)) } } }
                    p.facts {
                        @if let (Some(first), Some(last)) = (shown.first, shown.last) { (dates::range(first, last)) } @else { "no date" }
                        " · " (words::count(shown.reports, "report", "reports"))
                        @if shown.reports > 1 { " · " b { (story.origins) } }
                    }
                    p.by dir="auto" {
                        (shown.outlets.iter().take(OUTLETS).map(|o| words::one_line(o).into_owned()).collect::<Vec<_>>().join(", "))
                        @if shown.outlets.len() > OUTLETS { " and " (shown.outlets.len() - OUTLETS) " more" }
                    }
                    (story.turns)
                }
                div.pulse {
                    (spark::bars(&shown.days))
                    p.by { "kept " time datetime=(shown.kept_at) { (minute(&shown.kept_at)) } }
                }
            }
        }
    }
}

/// Returns `2031-05-06 14:03 UTC` of a time in RFC 3339.
pub(super) fn minute(time: &str) -> String {
    match time.split_once('T') {
        Some((day, clock)) => format!("{day} {} UTC", clock.get(..5).unwrap_or(clock)),
        None => time.to_owned(),
    }
}

/// Shows the events of a story whose status changed, the latest change first.
fn turns(desk: &Desk<'_>) -> Markup {
    let Some((n, story)) = desk.stories().into_iter().next() else { return html! {} };
    let year = desk.year(story);
    let changed = |e: &EventRow| desk.steps(e).last().and_then(|s| s.as_of.as_ref()).map(|w| w.to());
    let mut events: Vec<&EventRow> = desk.events(n).into_iter().filter(|e| !desk.steps(e).is_empty()).collect();
    events.sort_by_key(|e| std::cmp::Reverse((e.support.origins, changed(e))));
    events.truncate(TURNS);
    html! {
        @if !events.is_empty() {
            ul.turns {
                @for event in events {
                    li { span.words dir="auto" { (words::clipped(&desk.words(desk.told(event)), 110)) } " " (strip(&desk.steps(event), year)) }
                }
            }
        }
    }
}
