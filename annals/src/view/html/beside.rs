//! A copy beside its original: what it added stands out, what it cut is struck through, what it took over is counted.

use super::{diff, passages};
use crate::view::desk::Desk;
use crate::view::words;
use annals_core::link::CopyOf;
use annals_core::record::collation::{Fate, collate};
use annals_core::text::Span;
use maud::{Markup, html};

/// Rows shown of one copy; the JSON has all.
const ROWS: usize = 40;
/// Words of a reworded sentence that stay, in percent of both, from which on it is shown word by word. guess: with fewer,
/// words taken out and put in alternate until neither sentence can be read.
const READABLE: usize = 60;

/// A copy and its original.
pub(in crate::view) struct Beside<'d> {
    desk: &'d Desk<'d>,
    report: usize,
    of: usize,
    fates: Vec<Fate>,
}

impl<'d> Beside<'d> {
    /// Compares a copy with its original; none where its original is not among the reports.
    pub(in crate::view) fn of(desk: &'d Desk<'d>, copy: &CopyOf) -> Option<Beside<'d>> {
        let of = copy.of?;
        let fates = collate(desk.member(of), desk.member(copy.report))?;
        Some(Beside { desk, report: copy.report, of, fates })
    }

    /// Returns what a copy added to its original and cut of it, in short; none for one that did neither.
    pub(in crate::view) fn told(&self) -> Option<String> {
        let count = |is: fn(&Fate) -> bool| self.fates.iter().filter(|s| is(s)).count();
        let (added, cut) = (count(|s| matches!(s, Fate::Added(_))), count(|s| matches!(s, Fate::Cut(_))));
        let parts = [("adds", added), ("cuts", cut)].into_iter().filter(|p| p.1 > 0);
        let told: Vec<String> =
            parts.map(|(verb, n)| format!("{verb} {}", words::count(n, "sentence", "sentences"))).collect();
        (!told.is_empty()).then(|| told.join(", "))
    }

    /// Returns the sentences that stand in the copy alone.
    pub(in crate::view) fn added(&self) -> impl Iterator<Item = Span> {
        self.fates.iter().filter_map(|s| match *s {
            Fate::Added(here) => Some(here),
            _ => None,
        })
    }

    /// Shows the copy's sentences in its order.
    pub(in crate::view) fn shown(&self) -> Markup {
        let runs: Vec<&[Fate]> = self.fates.chunk_by(|a, b| is_same(a) && is_same(b)).collect();
        html! {
            div.beside {
                @for run in runs.iter().take(ROWS) { (self.row(run)) }
                @if runs.len() > ROWS { p.more { "and " (runs.len() - ROWS) " more" } }
            }
        }
    }

    /// Shows a step, or a run of sentences that were taken over.
    fn row(&self, run: &[Fate]) -> Markup {
        match run[0] {
            Fate::Same { .. } => {
                html! { p.stayed { (words::count(run.len(), "sentence", "sentences")) " word for word" } }
            }
            Fate::Added(here) => {
                self.line("added", self.report, here, &html! { ins { (self.desk.words_at(self.report, here)) } })
            }
            Fate::Cut(there) => {
                self.line("cut", self.of, there, &html! { del { (self.desk.words_at(self.of, there)) } })
            }
            Fate::Reworded { here, there } => self.reworded(here, there),
        }
    }

    fn reworded(&self, here: Span, there: Span) -> Markup {
        let (was, is) = (self.desk.words_at(self.of, there), self.desk.words_at(self.report, here));
        if diff::kept(&was, &is) >= READABLE {
            return self.line("reworded", self.report, here, &diff::of_words(&was, &is));
        }
        html! {
            (self.line("reworded", self.report, here, &html! { (is) }))
            (self.line("from", self.of, there, &html! { (was) }))
        }
    }

    /// Shows words of a report with what became of them, which leads to where they stand.
    fn line(&self, told: &str, report: usize, span: Span, shown: &Markup) -> Markup {
        let text = self.desk.report(report);
        let part = passages::part_at(text, span.start());
        html! { p class=(told) lang=[text.language.as_deref()] dir="auto" { a.by href=(self.desk.to_paragraph(report, part)) lang="en" { (told) } " " (shown) } }
    }
}

fn is_same(step: &Fate) -> bool {
    matches!(step, Fate::Same { .. })
}
