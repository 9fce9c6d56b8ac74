//! The forms with which a reader who knows better says so and takes it back, and decisions in words. Forms about names stand
//! on the page of a name, those about a story and about a report at the end of their pages.

use super::report::title;
use super::{encoded, index};
use crate::app::decide::subject;
use crate::view::desk::Desk;
use crate::view::speech::spoken;
use crate::view::words;
use annals_core::reading::NameKind;
use annals_core::record::{Effect, Entity, StatementRow, Story, Subject, place};
use annals_store::{Decision, Verb};
use maud::{Markup, html};
use std::collections::BTreeSet;

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
    // What ties its reports to those of other stories is told here, as nothing on the page follows from it.
    let is_half = |d: &Decision| {
        let rulings =
            desk.record.rulings.iter().filter(|r| r.effect == Effect::Waits && r.decision.line as i64 == d.seq);
        rulings.map(|r| r.decision.subject()).any(|of| matches!(of, Subject::Copies | Subject::Speakers))
    };
    let is_of_story = |d: &&Decision| {
        subject(d) == Some(Subject::Stories) && [&d.a, &d.b].iter().any(|told| ids.contains(told)) || is_half(d)
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
                ul.decided { @for d in about { li { (decided(d)) (noted(desk, d)) (undo(d, of.writing.token, &back)) } } }
            }
        }
    }
}

/// Shows what can be decided about a report: that it is no copy of another, or is one; who said what in it.
pub(super) fn of_report(desk: &Desk<'_>, number: usize, writing: &Writing<'_>) -> Markup {
    let id = desk.report(number).id.to_string();
    let back = format!("/report/{id}#decide");
    let all = &desk.record.links.copies;
    let originals: Vec<usize> = all.iter().filter(|c| c.report == number).filter_map(|c| c.of).collect();
    let copies: Vec<usize> = all.iter().filter(|c| c.of == Some(number)).map(|c| c.report).collect();
    let page = desk.report(number).page;
    let is_other = |r: &usize| !originals.contains(r) && desk.report(*r).page != page;
    let others: Vec<usize> = (0..desk.record.members.len()).filter(is_other).collect();
    let is_of_report = |d: &&Decision| match subject(d) {
        Some(Subject::Copies) => [&d.a, &d.b].contains(&&id),
        Some(Subject::Speakers) => place(&d.a).1 == Some(id.as_str()),
        _ => false,
    };
    let about: Vec<&Decision> = writing.decisions.iter().filter(is_of_report).collect();
    html! {
        section.decide #decide aria-labelledby="decide-head" {
            h2 #decide-head { "You know better?" }
            @for (n, of) in originals.iter().enumerate() {
                (copy_form(&format!("no-copy-{n}"), &Copying {
                    title: "This is no copy", token: writing.token, back: &back, decision: "not-same", report: &id,
                    asks: "Of", others: &[*of], button: "It is not a copy of this",
                }, desk))
            }
            @if !copies.is_empty() {
                (copy_form("no-original", &Copying {
                    title: "A report is no copy of this one", token: writing.token, back: &back, decision: "not-same",
                    report: &id, asks: "The report", others: &copies, button: "It is not a copy of this",
                }, desk))
            }
            @if !others.is_empty() {
                (copy_form("copy", &Copying {
                    title: "This was taken from another report", token: writing.token, back: &back, decision: "same",
                    report: &id, asks: "The original", others: &others, button: "It is a copy of that",
                }, desk))
            }
            (speaker_form(desk, number, writing.token, &back))
            @if !about.is_empty() {
                h3 { "Decided" }
                ul.decided { @for d in about { li { (decided(d)) (noted(desk, d)) (undo(d, writing.token, &back)) } } }
            }
        }
    }
}

/// Tells what a reader should know of what came of a decision in a story.
fn noted(desk: &Desk<'_>, d: &Decision) -> Markup {
    let ruling = desk.record.rulings.iter().find(|r| r.decision.line as i64 == d.seq && !r.note.is_empty());
    html! { @if let Some(ruling) = ruling { " (" (words::one_line(&ruling.note)) ")" } }
}

/// Names offered as who said something.
const NAMES: usize = 200;

/// Shows the form that says who said one of a report's statements, or who did not.
fn speaker_form(desk: &Desk<'_>, number: usize, token: &str, back: &str) -> Markup {
    let record = desk.record;
    let mut statements: Vec<&StatementRow> = record.statements.iter().filter(|s| s.report == number).collect();
    // One choice a statement, whose stretches have one speaker.
    statements.dedup_by_key(|s| s.statement);
    let speaks = |e: &&Entity| matches!(e.kind, NameKind::Person | NameKind::Organization);
    let names: BTreeSet<&str> = record.entities.iter().filter(speaks).map(|e| e.name.as_str()).collect();
    let told = |s: &StatementRow| {
        let who = desk.who(s).unwrap_or_else(|| "no name".to_owned());
        format!("{} – {}", words::clipped(&spoken(desk, s), 90), words::clipped(&who, 40))
    };
    html! {
        @if !statements.is_empty() {
            form #speaker action="/decisions" method="post" {
                h3 { "Said by somebody else" }
                (hidden(token, back))
                p { label for="speaker-a" { "The statement" } select #speaker-a name="a" {
                    @for s in statements { option value={ (s.id) "@" (desk.report(number).id) } { (told(s)) } }
                } }
                p { label for="speaker-b" { "The name" } input #speaker-b type="text" name="b" required list="speakers" maxlength="500" autocomplete="off" dir="auto"; }
                datalist #speakers { @for name in names.into_iter().take(NAMES) { option value=(name) {} } }
                (ground("speaker"))
                button type="submit" name="decision" value="said-by" { "They said it" } " "
                button type="submit" name="decision" value="not-said-by" { "They did not say it" }
            }
        }
    }
}

/// A form that says how a report stands to another.
struct Copying<'a> {
    title: &'a str,
    token: &'a str,
    back: &'a str,
    decision: &'a str,
    /// The id of the report that the page is of.
    report: &'a str,
    /// What the other is asked for as, and which can be chosen.
    asks: &'a str,
    others: &'a [usize],
    button: &'a str,
}

fn copy_form(prefix: &str, form: &Copying<'_>, desk: &Desk<'_>) -> Markup {
    html! {
        form action="/decisions" method="post" {
            h3 { (form.title) }
            (hidden(form.token, form.back))
            input type="hidden" name="decision" value=(form.decision);
            input type="hidden" name="a" value=(form.report);
            p { label for={ (prefix) "-b" } { (form.asks) } select #{ (prefix) "-b" } name="b" {
                @for &r in form.others { option value=(desk.report(r).id) { (words::clipped(&format!("{}: {}", desk.cited(r, None), title(desk, r)), 120)) } }
            } }
            (ground(prefix))
            button type="submit" { (form.button) }
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
                Verb::Same if subject(d) == Some(Subject::Copies) => { "report " (report(&d.a)) " is a copy of " (report(&d.b)) }
                Verb::NotSame if subject(d) == Some(Subject::Copies) => { "reports " (report(&d.a)) " and " (report(&d.b)) " are no copies of each other" }
                Verb::Same => { "“" (a) "” and “" (b) "” are one" }
                Verb::NotSame => { "“" (a) "” and “" (b) "” are two" }
                Verb::Merge => { "the stories of reports " (report(&d.a)) " and " (report(&d.b)) " are one" }
                Verb::Split => { "report " (report(&d.a)) " is no part of the story of " (report(&d.b)) }
                Verb::SaidBy => { (statement(&d.a)) " was said by “" (b) "”" }
                Verb::NotSaidBy => { (statement(&d.a)) " was not said by “" (b) "”" }
                Verb::Undo => { "decision " (a) " no longer holds" }
            }
        }
        @if let Some(why) = &d.why { ": " span dir="auto" { (words::one_line(why)) } }
        " " span.by { @if let Some(by) = &d.by { (words::one_line(by)) ", " } (index::minute(&d.at)) }
    }
}

/// Names a statement, leading to its report.
fn statement(named: &str) -> Markup {
    let (id, of) = place(named);
    html! { "statement " (words::one_line(id)) @if let Some(of) = of { " of report " (report(of)) } }
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
