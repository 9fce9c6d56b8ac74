//! The record as one page: no script, nothing loaded from elsewhere, every line opening in place onto its passages.

pub(super) mod beside;
mod chart;
pub(super) mod cite;
pub(super) mod diff;
pub(super) mod facts;
pub(super) mod passages;
pub(super) mod people;
pub(super) mod reports;
pub(super) mod story;

use super::desk::{Desk, Layout};
use super::text::known_on;
use super::{dates, words};
use crate::app::brief::Brief;
use annals_core::record::{Bounds, Story};
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("style.css");

/// Returns the page. The policy in its head forbids scripts and anything from the network, whatever a report says.
pub(crate) fn page(brief: &Brief) -> String {
    let desk = Desk::new(brief);
    let stories = desk.stories();
    let (long, short): (Vec<_>, Vec<_>) =
        stories.iter().partition::<Vec<_>, _>(|(_, s)| s.reports.len() > 1 || stories.len() == 1);
    let title = match long.first() {
        Some((_, story)) => desk.words(story.title),
        None => "Sourced record".into(),
    };
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                meta name="generator" content={ "annals " (env!("CARGO_PKG_VERSION")) };
                title { (words::clipped(&title, 120)) " – annals" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#record" { "Skip to the record" }
                (masthead(&desk, &long))
                main #record {
                    @for (n, s) in &long { (story::section(&desk, *n, s)) }
                    @if !short.is_empty() { (story::short(&desk, &short)) }
                    (reports::section(&desk))
                    (reports::ledger(&desk))
                }
                footer.foot {
                    p.paper { "Every line is in the words of the reports. The passages it rests on are in the file this sheet was printed from. Dates marked ? are inferred." }
                    p.screen { "Every line is in the words of the reports and opens onto the passages it rests on. Dates marked " span.inferred { "?" } " are inferred." }
                    p { "Made by annals " (env!("CARGO_PKG_VERSION")) " from the files listed above, offline." }
                }
            }
        }
    };
    page.into_string()
}

fn masthead(desk: &Desk<'_>, long: &[(usize, &Story)]) -> Markup {
    let reports = desk.record.members.len();
    let all: Vec<usize> = (0..reports).collect();
    let first = desk.record.stories.iter().filter_map(|s| s.first).min();
    let last = desk.record.stories.iter().filter_map(|s| s.last).max();
    html! {
        header.mast {
            h1 { "The sourced record" }
            p.facts {
                @if let Some(day) = desk.brief.as_of { b { (known_on(day)) } " · " }
                @if let (Some(first), Some(last)) = (first, last) { (dates::range(first, last)) " · " }
                (words::count(reports, "report", "reports")) " · "
                (words::count(desk.outlets(&all), "outlet", "outlets")) " · "
                @match &desk.record.stories[..] {
                    [one] => (words::independent(one.bounds)),
                    _ => (words::count(desk.record.links.origins.len(), "independent origin", "independent origins")),
                } " · "
                (words::count(desk.record.stories.len(), "story", "stories"))
            }
            @if long.len() > 1 {
                nav aria-label="Stories" {
                    ol { @for (n, s) in long { li { a href={ "#story" (n) } { (words::clipped(&desk.words(s.title), 90)) } } } }
                }
            }
        }
    }
}

/// Shows who carries a row: `3 origins`, `only North Wire`.
fn origins(desk: &Desk<'_>, bounds: Bounds, report: usize) -> Markup {
    // A site explains it once.
    let told = (desk.layout == Layout::OnePage).then_some("independent origins: a wire story and its copies are one");
    html! { span.origins title=[told] { (desk.carried(bounds, report)) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_page(words: &str) {
        let page = page(&crate::view::sample::brief());
        assert!(page.contains(words), "{words} not in the page:\n{page}");
    }

    #[test]
    fn a_line_opens_onto_its_exact_words() {
        check_page("<mark>Talks planned for Thursday were called off on Wednesday</mark>");
    }

    #[test]
    fn copies_are_folded_beneath_their_original() {
        check_page("1 copy of it: Sound Post");
    }

    #[test]
    fn a_date_shows_its_ground_and_what_was_refused() {
        check_page("6–7 Mar 2024 (inferred: it tells of Wednesday’s end of the talks)");
        check_page("refused 2021-01-01: the page’s year of copyright");
    }

    #[test]
    fn links_lead_to_places_that_are_there() {
        let page = page(&crate::view::sample::brief());
        for (at, _) in page.match_indices("href=\"#") {
            let name = page[at + 7..].split('"').next().unwrap();
            assert_eq!(page.matches(&format!("id=\"{name}\"")).count(), 1, "{name}");
        }
    }
}
