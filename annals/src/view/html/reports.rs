//! Who copied whom, undated reports, every report's full text with its metadata, and the account of all inputs.

use super::beside::Beside;
use super::passages::{Quote, part_at, shown};
use crate::app::brief::Entry;
use crate::app::intake::Outcome;
use crate::view::desk::{self, Desk, Row};
use crate::view::{dates, words};
use annals_core::link::{CopyKind, CopyOf};
use annals_core::record::{Cite, Story};
use annals_core::report::{Basis, CreditKind, Report};
use annals_core::text::{PartKind, Span};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// The most back links beside one paragraph.
const USES: usize = 6;
/// The most shared passages shown of a copy.
const SHARED: usize = 3;

/// Shows a story's origins as short trees: the original, its copies beneath.
pub(in crate::view) fn origins(desk: &Desk<'_>, story: &Story, year: Option<i16>) -> Markup {
    let mut of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &report in &story.reports {
        of.entry(desk.grouping.origin[report]).or_default().push(report);
    }
    let mut trees: Vec<(usize, Vec<usize>)> = of.into_iter().collect();
    trees.sort_by_key(|(origin, reports)| (std::cmp::Reverse(reports.len()), *origin));
    html! {
        section.trees {
            h3 { "Independent origins" }
            ul {
                @for (origin, reports) in &trees {
                    @let label = desk.record.links.origins[*origin].label.as_deref().map(words::one_line);
                    @let (originals, copies) = reports.iter().partition::<Vec<usize>, _>(|&&r| desk.copy_of(r).is_none());
                    li {
                        @for r in &originals { div { a href=(desk.to_report(*r)) { (desk.cited(*r, year)) } } }
                        @if originals.is_empty() { div { (label.as_deref().unwrap_or("another newsroom")) " " span.by { "(not among the reports)" } } }
                        @if !copies.is_empty() { ul { @for r in copies { li { (copy(desk, r, year)) } } } }
                    }
                }
            }
            @let doubts = desk.doubts(story);
            @if !doubts.is_empty() {
                h4 { "One origin or two" }
                ul.doubts { @for doubt in doubts { li { (doubt) } } }
            }
            @let decided = desk.decided(story);
            @if !decided.is_empty() {
                h4 { "Copies, as people decided" }
                ul.doubts { @for line in decided { li dir="auto" { (line) } } }
            }
        }
    }
}

fn copy(desk: &Desk<'_>, report: usize, year: Option<i16>) -> Markup {
    let Some(copy) = desk.copy_of(report) else { return html! {} };
    let beside = Beside::of(desk, copy);
    let told = beside.as_ref().and_then(Beside::told);
    html! {
        a href=(desk.to_report(report)) { (desk.cited(report, year)) } " "
        @if let Some(form) = desk.to_decide(report) { a.by href=(form) { "not a copy?" } " " }
        details {
            summary { (kind(copy)) @if let Some(c) = copy.containment { ", " (percent(c)) " % of its words" } @if copy.decided && !copy.passages.is_empty() { ", as a person decided" } @if let Some(told) = told { "; " (told) } }
            @for &span in &copy.credits { (shown(desk, year, &Quote::cite(Cite { report, span }))) }
            @if let Some(beside) = beside { (beside.shown()) }
            @else if let Some(of) = copy.of { (sides(desk, year, copy, of)) }
        }
    }
}

/// Shows what stands in both, of texts too long to be compared sentence by sentence.
fn sides(desk: &Desk<'_>, year: Option<i16>, copy: &CopyOf, of: usize) -> Markup {
    html! {
        @for shared in copy.passages.iter().take(SHARED) {
            div.sides {
                (shown(desk, year, &Quote::cite(Cite { report: of, span: shared.there })))
                (shown(desk, year, &Quote::cite(Cite { report: copy.report, span: shared.here })))
            }
        }
        @if copy.passages.len() > SHARED { p.more { "and " (copy.passages.len() - SHARED) " more passages" } }
    }
}

fn kind(copy: &CopyOf) -> &'static str {
    use annals_core::link::CopyKind::{Credited, Exact, Excerpt, Near, Rewrite};
    match (copy.kind, copy.credits.is_empty()) {
        _ if copy.decided && copy.passages.is_empty() => "taken from it, as a person decided",
        (Credited, _) => "credited",
        (Exact, true) => "the same text, not credited",
        (Exact, false) => "the same text, credited",
        (Near, true) => "nearly the same text, not credited",
        (Near, false) => "nearly the same text, credited",
        (Excerpt, true) => "an excerpt, not credited",
        (Excerpt, false) => "an excerpt, credited",
        (Rewrite, true) => "a rewrite, not credited",
        (Rewrite, false) => "a rewrite, credited",
    }
}

fn percent(permille: u16) -> u32 {
    (u32::from(permille) + 5) / 10
}

pub(in crate::view) fn undated(desk: &Desk<'_>, story: &Story) -> Markup {
    let is_undated = |r: &&usize| desk.report(**r).published.as_ref().is_none_or(|p| p.basis == Basis::Inferred);
    let reports: Vec<&usize> = story.reports.iter().filter(is_undated).collect();
    html! {
        @if !reports.is_empty() {
            section.undated {
                h3 { "Reports without a date" }
                ul { @for &r in reports { li { a href=(desk.to_report(r)) { (desk.outlet(r)) } ": " (published(desk.report(r))) } } }
            }
        }
    }
}

fn published(report: &Report) -> Markup {
    let Some(published) = &report.published else { return html! { "no date found" } };
    let basis = match published.basis {
        Basis::Stated => "as printed",
        Basis::Metadata => "from the page’s data",
        Basis::Inferred => "inferred",
    };
    let inferred = published.basis == Basis::Inferred;
    html! {
        (dates::interval(&published.when, None)) " (" (basis)
        @if inferred { ": " (dates::reason(&published.ground)) }
        @else if !published.ground.is_empty() { ": " (words::one_line(&published.ground)) }
        ")"
        @if inferred { details { summary { "the whole chain" } ul { @for link in published.ground.split("; ") { li { (words::one_line(link)) } } } } }
        @for rival in &published.rivals { span.rival { "; refused " (words::one_line(&rival.value)) ": " (words::one_line(&rival.why)) } }
    }
}

/// Shows every report: story by story, in order of time.
pub(in crate::view) fn section(desk: &Desk<'_>) -> Markup {
    let uses = uses(desk);
    let stories = desk.stories();
    html! {
        section.reports #reports {
            h2 { "The reports" }
            @for &report in stories.iter().flat_map(|(_, s)| &s.reports) { (article(desk, report, &uses)) }
            @let told: BTreeSet<usize> = stories.iter().flat_map(|(_, s)| s.reports.iter().copied()).collect();
            @for report in (0..desk.record.members.len()).filter(|r| !told.contains(r)) { (article(desk, report, &uses)) }
        }
    }
}

fn article(desk: &Desk<'_>, number: usize, uses: &BTreeMap<(usize, usize), Vec<(String, String)>>) -> Markup {
    let report = desk.report(number);
    let title = report.text.part(PartKind::Title);
    let name =
        title.map(|s| desk.words_at(number, s)).unwrap_or_else(|| words::one_line(&report.source.path).into_owned());
    html! {
        article.report #{ "r" (number) } {
            h3 lang=[report.language.as_deref()] dir="auto" { (words::clipped(&name, 240)) }
            (metadata(desk, number))
            div.text lang=[report.language.as_deref()] {
                @for (n, part) in report.text.parts().iter().enumerate() {
                    div.para #{ "r" (number) "p" (n) } {
                        p class=(part.kind.name()) dir="auto" { (words::lines(report.text.get(part.span))) }
                        @if let Some(uses) = uses.get(&(number, n)) {
                            aside.uses aria-label="Used for" {
                                @for (href, label) in uses.iter().take(USES) { a href=(href) { (label) } }
                                @if uses.len() > USES { span { "and " (uses.len() - USES) " more" } }
                            }
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
        }
    }
}

pub(in crate::view) fn metadata(desk: &Desk<'_>, number: usize) -> Markup {
    let report = desk.report(number);
    let credit = |kind| match kind {
        CreditKind::Line => "source of the text",
        CreditKind::Contributed => "contributed",
        CreditKind::Told => "was told",
        CreditKind::Photo => "picture",
    };
    html! {
        dl.meta {
            @if let Some(outlet) = &report.outlet { dt { "Outlet" } dd { (words::one_line(outlet)) } }
            dt { "Published" } dd { (published(report)) }
            @if !report.byline.is_empty() { dt { "By" } dd { (report.byline.iter().map(|b| words::one_line(b).into_owned()).collect::<Vec<_>>().join(", ")) } }
            @if let Some(place) = &report.dateline { dt { "Filed from" } dd { (words::one_line(place)) } }
            @if !report.credit.is_empty() {
                dt { "Credits" } dd { @for (n, c) in report.credit.iter().enumerate() { @if n > 0 { "; " } (words::one_line(&c.name)) " (" (credit(c.kind)) ")" } }
            }
            @if let Some(copy) = desk.copy_of(number).filter(|c| c.of.is_none_or(|of| desk.report(of).page != report.page)) {
                dt { "Copy" } dd { (kind(copy)) @if copy.kind == CopyKind::Credited { ": " } @else { ", of " }
                    @match copy.of { Some(of) => a href=(desk.to_report(of)) { (desk.outlet(of)) }, None => (words::one_line(copy.origin.as_deref().unwrap_or("another newsroom"))) }
                    @if copy.decided && !copy.passages.is_empty() { ", as a person decided" } }
            }
            @if let Some(url) = &report.url { dt { "Address" } dd.address { (words::one_line(url)) } }
            dt { "File" } dd.address { (words::one_line(&report.source.path)) @if let Some(record) = &report.source.record { " · " (words::one_line(record)) } }
            @if !report.warnings.is_empty() { dt { "Notes" } dd { (report.warnings.join(", ")) } }
        }
    }
}

/// Returns, for each paragraph, the lines of the page that rest on it: where to, and what they say.
pub(in crate::view) fn uses(desk: &Desk<'_>) -> BTreeMap<(usize, usize), Vec<(String, String)>> {
    let mut uses: BTreeMap<(usize, usize), Vec<(String, String)>> = BTreeMap::new();
    let mut add = |report: usize, span: Span, href: String, label: String| {
        let at = part_at(desk.report(report), span.start());
        let here = uses.entry((report, at)).or_default();
        if here.iter().all(|(h, _)| *h != href) {
            here.push((href, label));
        }
    };
    for (n, story) in desk.record.stories.iter().enumerate() {
        for line in &story.timeline {
            if let Some(Row::Event(event)) = desk.row(line.row) {
                for cite in event.evidence.cites() {
                    let told = words::clipped(&desk.words(line.line), 48).into_owned();
                    add(
                        cite.report,
                        cite.span,
                        desk.to_place(&format!("line{n}-{}", line.row)),
                        format!("{}: {told}", desk::status(event.status)),
                    );
                }
            }
        }
    }
    // Stories of one report show no figures and speakers that a link could lead to.
    let mut whole = vec![desk.record.stories.len() == 1; desk.record.members.len()];
    for story in desk.record.stories.iter().filter(|s| s.reports.len() > 1) {
        story.reports.iter().for_each(|&r| whole[r] = true);
    }
    for f in desk.record.figures.iter().filter(|f| whole[f.report]) {
        let figure = desk.figure(f);
        add(
            f.report,
            figure.span,
            desk.to_place(&format!("series-{}", f.series)),
            format!("figure: {}", crate::view::series::value(figure)),
        );
    }
    for s in desk.record.statements.iter().filter(|s| whole[s.report]) {
        let who = desk.who(s).map(|who| if s.decided.is_some() { who + ", as a person decided" } else { who });
        add(
            s.report,
            s.content,
            desk.to_place(&format!("said-{}", desk.utterance(s))),
            format!("said: {}", who.as_deref().unwrap_or("no name")),
        );
    }
    uses
}

/// Accounts for every input.
pub(in crate::view) fn ledger(desk: &Desk<'_>) -> Markup {
    let [kept, known, refused, failed] = desk.tally();
    let others: Vec<&Entry> = desk.brief.ledger.iter().filter(|e| e.outcome != Outcome::Kept).collect();
    html! {
        section.ledger #inputs {
            h2 { "The inputs" }
            p { (words::count(kept + known + refused + failed, "input", "inputs")) ": " (kept) " kept, " (known) " known already, " (refused) " refused, " (failed) " failed." }
            @if !others.is_empty() {
                table {
                    thead { tr { th scope="col" { "Input" } th scope="col" { "Outcome" } th scope="col" { "Why" } } }
                    tbody { @for e in others { tr { th scope="row" { (words::source(&e.source)) } td { (e.outcome.name()) } td { (words::one_line(&e.reason)) } } } }
                }
            }
            details {
                summary { "Kept" }
                ul { @for e in desk.brief.ledger.iter().filter(|e| e.outcome == Outcome::Kept) {
                    li { (words::source(&e.source)) ": " @if e.reports.is_empty() { (words::one_line(&e.reason)) } @for (n, r) in e.reports.iter().enumerate() { @if n > 0 { ", " } a href=(desk.to_report(*r)) { (desk.outlet(*r)) } } }
                } }
            }
        }
    }
}
