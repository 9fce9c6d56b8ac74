//! The page of a report: its clean text with what the record uses of it, its metadata with grounds and rivals, what was
//! taken out, and how it differs from other versions of the same page.

use super::{crumbs, decide, marks};
use crate::view::desk::Desk;
use crate::view::html::beside::Beside;
use crate::view::html::reports::{metadata, uses};
use crate::view::html::{cite, diff, passages};
use crate::view::words;
use annals_core::text::PartKind;
use annals_core::when::When;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Notes beside one paragraph; the others are folded.
const NOTES: usize = 8;

/// Returns a report's headline, or what to call it.
pub(crate) fn title(desk: &Desk<'_>, number: usize) -> String {
    let title = desk.report(number).text.part(PartKind::Title).map(|s| desk.words_at(number, s));
    title.unwrap_or_else(|| desk.outlet(number))
}

/// Shows a report.
pub(crate) fn page(desk: &Desk<'_>, number: usize, story: &str, writing: &decide::Writing<'_>) -> Markup {
    let report = desk.report(number);
    let language = report.language.as_deref();
    let n = desk.stories().first().map_or(0, |(n, _)| *n);
    let beside = beside(desk, number);
    let used = marks::of_report(desk, n, number, beside.as_ref());
    let notes = notes(desk, number);
    let is_title = |p: &usize| report.text.parts()[*p].kind == PartKind::Title;
    let titled = (0..report.text.parts().len()).find(is_title);
    html! {
        article.report {
            (crumbs(desk, story))
            header {
                h1 lang=[language] dir="auto" id=[titled.map(|p| format!("p{p}"))] {
                    @match titled { Some(p) => (marks::marked(report.text.as_str(), report.text.parts()[p].span, &used)), None => (title(desk, number)) }
                }
                @if let Some(notes) = titled.and_then(|p| notes.get(&p)) { (margin(notes)) }
                (metadata(desk, number))
                div.deeds { (cite::folded(&cite::report(desk, number))) }
            }
            section aria-labelledby="text-head" {
                h2.away #text-head { "The text" }
                (marks::legend(&used))
                div.text lang=[language] {
                    @for (p, part) in report.text.parts().iter().enumerate().filter(|(p, _)| Some(*p) != titled) {
                        div.para #{ "p" (p) } {
                            p class=(part.kind.name()) dir="auto" { (marks::marked(report.text.as_str(), part.span, &used)) }
                            @if let Some(notes) = notes.get(&p) { (margin(notes)) }
                        }
                    }
                }
            }
            @if !report.removed.is_empty() {
                details.removed {
                    summary { (words::count(report.removed.len(), "part", "parts")) " of the page left out of the text" }
                    dl { @for removed in &report.removed { dt { (removed.kind) } dd dir="auto" { (words::clipped(&words::one_line(&removed.exact), 600)) } } }
                }
            }
            @if let Some(beside) = &beside { (copied(desk, number, beside)) }
            (versions(desk, number))
            (decide::of_report(desk, number, writing))
        }
    }
}

/// Compares a report with what it is copied from. A version of the same page is no copy to a reader: `versions` shows how
/// the two differ.
fn beside<'d>(desk: &'d Desk<'d>, number: usize) -> Option<Beside<'d>> {
    let copy = desk.copy_of(number)?;
    let is_copy = desk.report(copy.of?).page != desk.report(number).page;
    is_copy.then(|| Beside::of(desk, copy)).flatten()
}

/// Shows what a copy did with its original.
fn copied(desk: &Desk<'_>, number: usize, beside: &Beside<'_>) -> Markup {
    let of = desk.copy_of(number).and_then(|copy| copy.of);
    html! {
        section.versions aria-labelledby="beside-head" {
            h2 #beside-head { "Beside its original" }
            @if let Some(of) = of { p { "From " a href=(desk.to_report(of)) { (desk.cited(of, None)) } @if let Some(told) = beside.told() { "; " (told) } ". " a href="#decide" { "Not a copy of this?" } } }
            (beside.shown())
        }
    }
}

fn margin(notes: &[(String, String)]) -> Markup {
    let (open, folded) = notes.split_at(notes.len().min(NOTES));
    html! {
        div.uses role="note" aria-label="Used for" {
            ul {
                @for (href, label) in open { li { a href=(href) dir="auto" { (label) } } }
                @if !folded.is_empty() { li { details { summary { (folded.len()) " more" } ul { @for (href, label) in folded { li { a href=(href) dir="auto" { (label) } } } } } } }
            }
        }
    }
}

/// Returns, by paragraph, where what rests on it stands, and where what was copied comes from.
fn notes(desk: &Desk<'_>, number: usize) -> BTreeMap<usize, Vec<(String, String)>> {
    let of_this = uses(desk).into_iter().filter(|((report, _), _)| *report == number);
    let mut notes: BTreeMap<usize, Vec<(String, String)>> = of_this.map(|((_, part), notes)| (part, notes)).collect();
    let report = desk.report(number);
    for s in desk.record.statements.iter().filter(|s| s.report == number) {
        let here = notes.entry(passages::part_at(report, s.content.start())).or_default();
        let form = ("#speaker".to_owned(), "said by somebody else?".to_owned());
        if !here.contains(&form) {
            here.push(form);
        }
    }
    let Some(copy) = desk.copy_of(number) else { return notes };
    let Some(of) = copy.of.filter(|&of| desk.report(of).page != report.page) else { return notes };
    for shared in &copy.passages {
        let there = desk.to_paragraph(of, passages::part_at(desk.report(of), shared.there.start()));
        let first = passages::part_at(report, shared.here.start());
        let last = passages::part_at(report, shared.here.end() - 1);
        for part in first..=last {
            let here = notes.entry(part).or_default();
            let label = format!("copied from {}", desk.outlet(of));
            if here.iter().all(|(_, l)| *l != label) {
                here.push((there.clone(), label));
            }
        }
    }
    notes
}

/// Shows how the version before this one of the same page differs, and names the others.
fn versions(desk: &Desk<'_>, number: usize) -> Markup {
    let page = desk.report(number).page;
    let mut all: Vec<usize> = (0..desk.record.members.len()).filter(|&r| desk.report(r).page == page).collect();
    all.sort_by_key(|&r| (desk.report(r).when().map(When::to), r));
    let before = all.iter().position(|&r| r == number).and_then(|at| at.checked_sub(1)).map(|at| all[at]);
    let whole = |r: usize| -> String {
        let text = &desk.report(r).text;
        text.parts().iter().map(|p| text.get(p.span)).collect::<Vec<_>>().join("\n")
    };
    html! {
        @if all.len() > 1 {
            section.versions aria-labelledby="versions-head" {
                h2 #versions-head { "Versions of this page" }
                ol { @for &r in &all { li { @if r == number { b { (desk.cited(r, None)) " (shown here)" } } @else { a href=(desk.to_report(r)) { (desk.cited(r, None)) } } " " span.by { (words::source(&desk.report(r).source)) } } } }
                @if let Some(before) = before {
                    h3 { "What changed since the version before" }
                    (diff::between(&whole(before), &whole(number)))
                }
            }
        }
    }
}

/// Returns the number of a report in its story's record.
pub(crate) fn number(desk: &Desk<'_>, id: &str) -> Option<usize> {
    (0..desk.record.members.len()).find(|&r| desk.report(r).id.to_string() == id)
}
