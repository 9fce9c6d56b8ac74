//! The forms with which a reader who knows better says so and takes it back, and decisions in words. Forms about names stand
//! on the page of a name, those about a story at the end of its page.

use super::report::title;
use super::{encoded, index};
use crate::view::desk::Desk;
use crate::view::words;
use annals_core::record::Story;
use annals_store::{Decision, Verb};
use maud::{Markup, html};

/// What a form needs in order to be taken.
pub(crate) struct Writing<'a> {
    /// The token of this run.
    pub(crate) token: &'a str,
    /// Decisions that hold.
    pub(crate) decisions: &'a [Decision],
}

/// What the forms of a story need.
pub(crate) struct OfStory<'a> {
    /// The token of this run, and the decisions that hold.
    pub(crate) writing: Writing<'a>,
    /// Other stories that it may be one with: id and headline, the likeliest first.
    pub(crate) others: &'a [(&'a str, &'a str)],
}

/// Shows what can be decided about a story: that a report is no part of it, that another story is the same.
pub(super) fn of_story(desk: &Desk<'_>, story: &Story, id: &str, of: &OfStory<'_>) -> Markup {
    let back = format!("/story/{id}");
    let ids: Vec<String> = story.reports.iter().map(|&r| desk.report(r).id.to_string()).collect();
    let is_of_story = |d: &&Decision| {
        matches!(d.verb, Verb::Merge | Verb::Split) && [&d.a, &d.b].iter().any(|told| ids.contains(told))
    };
    let about: Vec<&Decision> = of.writing.decisions.iter().filter(is_of_story).collect();
    // What is split off is split from the report that gives the story its headline.
    let head = story.title.report;
    let parts: Vec<usize> = story.reports.iter().copied().filter(|&r| r != head).collect();
    html! {
        section.decide aria-labelledby="decide-head" {
            h2 #decide-head { "You know better?" }
            @if !parts.is_empty() {
                form action="/decisions" method="post" {
                    h3 { "A report is no part of this story" }
                    (hidden(of.writing.token, &back))
                    input type="hidden" name="decision" value="split";
                    input type="hidden" name="b" value=(desk.report(head).id);
                    p { label for="split-a" { "The report" } select #split-a name="a" {
                        @for r in parts { option value=(desk.report(r).id) { (words::clipped(&format!("{}: {}", desk.outlet(r), title(desk, r)), 120)) } }
                    } }
                    (ground("split"))
                    button type="submit" { "Take it out, with what it copies and its copies" }
                }
            }
            @if !of.others.is_empty() {
                form action="/decisions" method="post" {
                    h3 { "Another story is the same" }
                    (hidden(of.writing.token, &back))
                    input type="hidden" name="decision" value="merge";
                    input type="hidden" name="a" value=(id);
                    p { label for="merge-b" { "The other story" } select #merge-b name="b" {
                        @for (id, title) in of.others { option value=(id) { (words::clipped(&words::one_line(title), 120)) } }
                    } }
                    (ground("merge"))
                    button type="submit" { "Make them one" }
                }
            }
            @if !about.is_empty() {
                h3 { "Decided" }
                ul.decided { @for d in about { li { (decided(d)) (undo(d, of.writing.token, &back)) } } }
            }
        }
    }
}

pub(super) fn hidden(token: &str, back: &str) -> Markup {
    html! { input type="hidden" name="token" value=(token); input type="hidden" name="back" value=(back); }
}

pub(super) fn ground(prefix: &str) -> Markup {
    html! {
        p { label for={ (prefix) "-why" } { "Why" } input #{ (prefix) "-why" } type="text" name="why" maxlength="2000" autocomplete="off"; }
        p { label for={ (prefix) "-by" } { "Who decides" } input #{ (prefix) "-by" } type="text" name="by" maxlength="500" autocomplete="name"; }
    }
}

/// Tells a decision in words.
pub(super) fn decided(d: &Decision) -> Markup {
    let (a, b) = (words::one_line(&d.a), words::one_line(&d.b));
    html! {
        span dir="auto" {
            @match d.verb {
                Verb::Same => { "“" (a) "” and “" (b) "” are one" }
                Verb::NotSame => { "“" (a) "” and “" (b) "” are two" }
                Verb::Merge => { "the stories of reports " (report(&d.a)) " and " (report(&d.b)) " are one" }
                Verb::Split => { "report " (report(&d.a)) " is no part of the story of " (report(&d.b)) }
                Verb::Undo => { "decision " (a) " no longer holds" }
            }
        }
        @if let Some(why) = &d.why { ": " span dir="auto" { (words::one_line(why)) } }
        " " span.by { @if let Some(by) = &d.by { (words::one_line(by)) ", " } (index::minute(&d.at)) }
    }
}

fn report(id: &str) -> Markup {
    let id = words::one_line(id);
    html! { a href={ "/report/" (encoded(&id)) } { (words::clipped(&id, 8)) } }
}

/// Shows the button that takes a decision back.
pub(super) fn undo(d: &Decision, token: &str, back: &str) -> Markup {
    html! {
        form.undo action="/decisions/undo" method="post" {
            (hidden(token, back))
            input type="hidden" name="number" value=(d.seq);
            button type="submit" aria-label={ "Take decision " (d.seq) " back" } { "Take back" }
        }
    }
}
