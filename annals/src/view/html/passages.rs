//! Passages: the exact words marked where they stand, one block an origin, copies folded beneath their original.

use super::cite;
use crate::view::desk::{Desk, Layout, Row};
use crate::view::words;
use annals_core::record::{Cite, EventRow};
use annals_core::report::Report;
use annals_core::text::Span;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// The most blocks shown for one row; the JSON has all.
const BLOCKS: usize = 20;
/// A paragraph longer than this is cut to the passage. In bytes.
const PARAGRAPH: usize = 700;

/// Words to mark in one report, and the passage they stand in.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::view) struct Quote {
    report: usize,
    passage: Span,
    marks: Vec<Span>,
}

impl Quote {
    /// Returns the marked words of a passage; the words lie inside it, else they are the passage.
    pub(in crate::view) fn new(report: usize, passage: Span, marks: Vec<Span>) -> Quote {
        let passage = marks.iter().fold(passage, |all, &mark| all.cover(mark));
        Quote { report, passage, marks }
    }

    /// Returns a passage marked as a whole.
    pub(in crate::view) fn cite(cite: Cite) -> Quote {
        Quote::new(cite.report, cite.span, vec![cite.span])
    }
}

/// Returns the passages behind a row.
pub(in crate::view) fn behind(desk: &Desk<'_>, row: Row<'_>) -> Vec<Quote> {
    match row {
        Row::Event(event) => of_event(desk, event),
        Row::Statement(s) => {
            let statement = desk.statement(s);
            vec![Quote::new(s.report, statement.passage, statement.content.clone())]
        }
        Row::Figure(f) => {
            let figure = desk.figure(f);
            vec![Quote::new(f.report, figure.passage, vec![figure.span])]
        }
    }
}

/// Marks the clause that tells the event; evidence that no telling covers is marked as a whole.
fn of_event(desk: &Desk<'_>, event: &EventRow) -> Vec<Quote> {
    let tellings = event.tellings.iter().filter_map(|&(report, n)| {
        let telling = desk.member(report).reading.events.get(n)?;
        Some(Quote::new(report, telling.passage, vec![telling.label]))
    });
    let mut quotes: Vec<Quote> = tellings.collect();
    let steps = event.history.iter().flat_map(|s| s.evidence.cites());
    for &cite in event.evidence.cites().iter().chain(steps) {
        let is_shown = |q: &Quote| q.report == cite.report && q.passage.overlaps(cite.span);
        if !quotes.iter().any(is_shown) {
            quotes.push(Quote::cite(cite));
        }
    }
    quotes
}

/// Shows passages, one block an origin, those of earlier reports first.
pub(in crate::view) fn blocks(desk: &Desk<'_>, year: Option<i16>, mut quotes: Vec<Quote>) -> Markup {
    quotes.sort();
    quotes.dedup_by(|b, a| {
        let joined = a.report == b.report && a.passage.overlaps(b.passage);
        if joined {
            a.passage = a.passage.cover(b.passage);
            a.marks.append(&mut b.marks);
        }
        joined
    });
    let mut of: BTreeMap<usize, Vec<Quote>> = BTreeMap::new();
    for quote in quotes {
        of.entry(desk.grouping.origin[quote.report]).or_default().push(quote);
    }
    let mut origins: Vec<Vec<Quote>> = of.into_values().collect();
    for quotes in &mut origins {
        quotes.sort_by_key(|q| {
            (desk.copy_of(q.report).is_some(), desk.report(q.report).when().map(|w| w.to()), q.report)
        });
    }
    origins.sort_by_key(|quotes| (desk.report(quotes[0].report).when().map(|w| w.to()), quotes[0].report));
    html! {
        div.passages {
            @for quotes in origins.iter().take(BLOCKS) { (block(desk, year, quotes)) }
            @if origins.len() > BLOCKS { p.more { "and " (origins.len() - BLOCKS) " more origins (in the JSON)" } }
        }
    }
}

/// Shows the passages of one origin; `quotes` is not empty and begins with the original, if it carries the row.
fn block(desk: &Desk<'_>, year: Option<i16>, quotes: &[Quote]) -> Markup {
    let first = quotes[0].report;
    let (own, copies): (Vec<&Quote>, Vec<&Quote>) =
        quotes.iter().partition(|q| q.report == first || desk.copy_of(q.report).is_none());
    let mut copying: Vec<String> = copies.iter().map(|q| desk.outlet(q.report)).collect();
    copying.dedup();
    html! {
        div.origin {
            @for quote in own { (shown(desk, year, quote)) }
            @if !copies.is_empty() {
                details.copies {
                    summary { (words::count(copying.len(), "copy", "copies")) " of it: " (copying.join(", ")) }
                    @for quote in copies { (shown(desk, year, quote)) }
                }
            }
        }
    }
}

/// Shows one passage with its words marked, and where it is from.
pub(in crate::view) fn shown(desk: &Desk<'_>, year: Option<i16>, quote: &Quote) -> Markup {
    let report = desk.report(quote.report);
    let context = context(desk, quote);
    let text = report.text.as_str();
    let is_cut = |at: usize, end: usize| {
        let part = report.text.parts()[part_at(report, at.min(end.saturating_sub(1)))].span;
        (part.start() < at, end < part.end())
    };
    let (cut_before, cut_behind) = is_cut(context.start(), context.end());
    html! {
        blockquote.passage {
            p lang=[report.language.as_deref().filter(|l| *l != "en")] dir="auto" {
                @if cut_before { "… " }
                @for (words, is_marked) in pieces(text, context, &quote.marks) {
                    @if is_marked { mark { (words::lines(words)) } } @else { (words::lines(words)) }
                }
                @if cut_behind { " …" }
            }
            footer {
                a href=(desk.to_paragraph(quote.report, part_at(report, quote.passage.start()))) { (desk.cited(quote.report, year)) }
                @if let Some(copy) = desk.copy_of(quote.report) {
                    span.copied {
                        " copy of "
                        @match copy.of { Some(of) => (desk.outlet(of)), None => (words::one_line(copy.origin.as_deref().unwrap_or("another newsroom"))) }
                    }
                }
                @if desk.layout != Layout::OnePage { " " (cite::folded(&cite::passage(desk, quote.report, quote.passage))) }
            }
        }
    }
}

/// Returns the paragraphs of a passage, or the passage alone where they are long.
fn context(desk: &Desk<'_>, quote: &Quote) -> Span {
    let report = desk.report(quote.report);
    let parts = report.text.parts();
    if parts.is_empty() {
        return quote.passage;
    }
    let first = parts[part_at(report, quote.passage.start())].span;
    let last = parts[part_at(report, quote.passage.end() - 1)].span;
    let whole = first.cover(last).cover(quote.passage);
    if whole.len() <= PARAGRAPH {
        return whole;
    }
    let sentences = &desk.member(quote.report).reading.words.sentences;
    let from = sentences.partition_point(|s| s.span.end() <= quote.passage.start());
    let touched = sentences[from..].iter().take_while(|s| s.span.start() < quote.passage.end());
    let whole = touched.fold(quote.passage, |all, s| all.cover(s.span));
    if whole.len() <= PARAGRAPH { whole } else { quote.passage }
}

/// Parts a stretch of text into marked and unmarked pieces.
fn pieces<'t>(text: &'t str, context: Span, marks: &[Span]) -> Vec<(&'t str, bool)> {
    let mut marks: Vec<Span> = marks.iter().copied().filter(|m| context.contains(*m)).collect();
    marks.sort();
    let mut pieces = Vec::new();
    let mut at = context.start();
    for mark in marks {
        if mark.end() <= at {
            continue;
        }
        pieces.push((&text[at..mark.start().max(at)], false));
        pieces.push((&text[mark.start().max(at)..mark.end()], true));
        at = mark.end();
    }
    pieces.push((&text[at..context.end()], false));
    pieces.retain(|(words, _)| !words.is_empty());
    pieces
}

/// Returns the number of the part at a byte, or of the one before it.
pub(in crate::view) fn part_at(report: &Report, at: usize) -> usize {
    report.text.parts().partition_point(|p| p.span.start() <= at).saturating_sub(1)
}
