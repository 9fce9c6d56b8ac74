//! The pages for people, until they have files of their own: where the interface is, and what went wrong.

use super::Site;
use super::exchange::{Given, Method, Problem, Reply, Route};
use maud::{DOCTYPE, Markup, html};

pub(super) const ROUTES: &[Route] =
    &[Route { method: Method::Get, path: "/", takes: &[], run: |site, given| Ok(Reply::page(home(site, given))) }];

fn home(site: &Site, _: &Given) -> Markup {
    let holding = site.now();
    page(
        "annals",
        &html! {
            p { (holding.stories.len()) " stories. For programs: " a href="/api/v1/stories" { "/api/v1" } "." }
            ul {
                @for story in holding.stories.iter().take(100) {
                    li { a href={ "/story/" (story.id) "/feed.atom" } { (story.title) } }
                }
            }
        },
    )
}

/// Tells what went wrong.
pub(super) fn problem(_: &Site, problem: &Problem) -> Markup {
    page(problem.title(), &html! { p { (problem.detail) } p { a href="/" { "To the stories" } } })
}

fn page(title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                link rel="stylesheet" href=(super::assets::href("style.css"));
            }
            body { main { h1 { (title) } (body) } }
        }
    }
}
