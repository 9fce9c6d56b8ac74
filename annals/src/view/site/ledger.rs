//! What came in and what became of it, and what people decided: each row with its number, so nothing is dropped in silence.

use super::decide::{Writing, decided, undo};
use super::index::minute;
use crate::view::words;
use annals_store::{Addition, Decision, Outcome, Row, Tally, Verb};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// One stretch of the ledger.
pub(crate) struct Page<'a> {
    /// How many rows came to what.
    pub(crate) tally: &'a Tally,
    /// The rows of this stretch, in order.
    pub(crate) rows: &'a [Row],
    /// The reports of each row, by its number.
    pub(crate) reports: BTreeMap<i64, Vec<String>>,
    /// The runs.
    pub(crate) runs: &'a [Addition],
    /// Where the stretches before and after begin.
    pub(crate) earlier: Option<i64>,
    /// The same, after.
    pub(crate) later: Option<i64>,
    /// The hash of the last row of the ledger.
    pub(crate) head: Option<&'a str>,
}

/// Shows a stretch of the ledger.
pub(crate) fn page(page: &Page<'_>) -> Markup {
    let of = |outcome| page.tally.of(outcome);
    let run = |row: &Row| page.runs.iter().find(|r| r.id == row.addition);
    html! {
        div.sheet {
            h1 { "Ledger" }
            p.facts {
                (words::count(page.tally.all() as usize, "input", "inputs")) " = " (of(Outcome::Kept)) " kept + " (of(Outcome::Known)) " known already + "
                (of(Outcome::Refused)) " refused + " (of(Outcome::Failed)) " failed · " a href="/decisions" { "what people decided" }
            }
            @if let Some(head) = page.head { p.by { "Each row holds the hash of the one before; the last is " code.hash { (head) } ". " code { "annals verify" } " checks them all." } }
            @if page.rows.is_empty() { p.notice { "Nothing came in yet." } } @else {
                div.wide tabindex="0" role="region" aria-label="Rows of the ledger" {
                    table {
                        thead { tr { th scope="col" { "Row" } th scope="col" { "When" } th scope="col" { "Input" } th scope="col" { "Outcome" } th scope="col" { "Reports, or why not" } } }
                        tbody {
                            @for row in page.rows {
                                tr #{ "row" (row.seq) } {
                                    th scope="row" { (row.seq) }
                                    td { @if let Some(run) = run(row) { (minute(&run.at)) } }
                                    td.input dir="auto" { (words::one_line(&row.path)) @if let Some(record) = &row.record { " · " (words::one_line(record)) } }
                                    td { (mark(row.outcome)) " " (row.outcome.name()) }
                                    td dir="auto" {
                                        (words::one_line(&row.reason))
                                        @for (n, id) in page.reports.get(&row.seq).into_iter().flatten().enumerate() { @if n > 0 { ", " } a href={ "/report/" (id) } { (words::clipped(id, 8)) } }
                                    }
                                }
                            }
                        }
                    }
                }
                nav.pages aria-label="Stretches of the ledger" {
                    @if let Some(after) = page.earlier { a href={ "/ledger?after=" (after) } { "← earlier rows" } }
                    @if let Some(after) = page.later { a href={ "/ledger?after=" (after) } { "later rows →" } }
                }
            }
        }
    }
}

fn mark(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Kept => "●",
        Outcome::Known => "○",
        Outcome::Refused => "⊘",
        Outcome::Failed => "✗",
    }
}

/// Shows all decisions, the latest first, with buttons that take them back. `holding` has the numbers of those that hold.
pub(crate) fn decisions(all: &[Decision], holding: &[i64], writing: &Writing<'_>) -> Markup {
    html! {
        div.sheet {
            nav.crumbs aria-label="Where this is" { a href="/ledger" { "Ledger" } " › decisions" }
            h1 { "What people decided" }
            @if all.is_empty() { p.notice { "Nothing yet. The page of a person or body has the forms for names." } }
            ol.decisions reversed {
                @for d in all.iter().rev() {
                    li #{ "decision" (d.seq) } {
                        span.by { (d.seq) } " " (decided(d))
                        @if d.verb == Verb::Undo {} @else if holding.contains(&d.seq) { (undo(d, writing.token, "/decisions")) } @else { " " b { "taken back" } }
                    }
                }
            }
        }
    }
}
