//! The pages of a local site over an archive: from plain values to markup. They work without script; a script only adds
//! comfort. Everything that stands in a report is escaped by the template.

pub(crate) mod decide;
pub(crate) mod index;
pub(crate) mod ledger;
mod marks;
pub(crate) mod name;
pub(crate) mod report;
pub(crate) mod search;
pub(crate) mod since;
mod spark;
pub(crate) mod story;
pub(crate) mod tables;

use super::desk::Desk;
use super::words;
use maud::{DOCTYPE, Markup, html};

/// The part of the site that a page belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Part {
    /// The stories and everything in one of them.
    Stories,
    /// Figures of the latest stories.
    Figures,
    /// What is due in the latest stories.
    Due,
    /// What came in and what people decided.
    Ledger,
    /// Search.
    Search,
}

const PARTS: [(Part, &str, &str); 4] = [
    (Part::Stories, "/", "Stories"),
    (Part::Figures, "/figures", "Figures"),
    (Part::Due, "/due", "Due"),
    (Part::Ledger, "/ledger", "Ledger"),
];

/// What stands around every page.
pub(crate) struct Frame<'a> {
    /// The address of the style sheet.
    pub(crate) style: &'a str,
    /// The address of the script.
    pub(crate) script: &'a str,
    /// What to call the archive.
    pub(crate) archive: &'a str,
}

impl Frame<'_> {
    /// Returns a whole page.
    pub(crate) fn page(&self, part: Part, title: &str, body: &Markup) -> Markup {
        let title = words::one_line(title);
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (words::clipped(&title, 120)) " – annals" }
                    link rel="stylesheet" href=(self.style);
                    // Not deferred: it sets the colours that were chosen before anything is drawn.
                    script src=(self.script) {}
                }
                body {
                    a.skip href="#main" { "Skip to the page" }
                    (self.bar(part))
                    main #main tabindex="-1" { (body) }
                    footer.foot {
                        p.screen { "Every line is in the words of the reports and opens onto the passages it rests on. Dates marked " span.inferred { "?" } " are inferred. Origins are independent: a wire story and its copies are one." }
                        p.paper { "Every line is in the words of the reports. Dates marked ? are inferred." }
                        p { "annals " (env!("CARGO_PKG_VERSION")) ", over the archive " span dir="auto" { (words::one_line(self.archive)) } ". Nothing leaves this machine." }
                    }
                }
            }
        }
    }

    fn bar(&self, part: Part) -> Markup {
        html! {
            header.bar {
                a.wordmark href="/" aria-label="annals, all stories" { "annals" }
                nav aria-label="Pages" {
                    ul {
                        @for (of, address, name) in PARTS {
                            li { a href=(address) aria-current=[(of == part).then_some("page")] { (name) } }
                        }
                    }
                }
                @if part != Part::Stories && part != Part::Search {
                    (search_box("", ""))
                }
                span.tools {}
            }
        }
    }
}

/// Leads back to the stories and to the one that a page belongs to.
fn crumbs(desk: &Desk<'_>, story: &str) -> Markup {
    let title = desk.headline().unwrap_or_else(|| "the story".to_owned());
    html! {
        nav.crumbs aria-label="Where this is" { a href="/" { "Stories" } " › " a href={ "/story/" (story) } dir="auto" { (words::clipped(&title, 90)) } }
    }
}

/// Shows the box that searches all reports.
fn search_box(asked: &str, hint: &str) -> Markup {
    html! {
        search {
            form.find action="/search" method="get" {
                label.away for="q" { "Search the reports" }
                input #q type="search" name="q" value=(asked) placeholder=[(!hint.is_empty()).then_some(hint)] maxlength="400" autocomplete="off" spellcheck="false";
                button type="submit" { "Search" }
            }
        }
    }
}

/// Shows where in a list one is, and leads to its other pages. `address` ends where the number of the page goes.
fn pages(page: usize, last: usize, address: &str) -> Markup {
    html! {
        @if last > 1 {
            nav.pages aria-label="Pages of the list" {
                @if page > 1 { a rel="prev" href={ (address) (page - 1) } { "← earlier page" } }
                span { "page " (page) " of " (last) }
                @if page < last { a rel="next" href={ (address) (page + 1) } { "next page →" } }
            }
        }
    }
}

/// Returns a value as it may stand in an address behind `?` (RFC 3986: unreserved characters as they are).
pub(crate) fn encoded(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests;
