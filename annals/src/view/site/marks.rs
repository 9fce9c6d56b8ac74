//! Which stretches of a report are used for what: statements, figures, events, words that stand in another report, too.

use crate::view::desk::Desk;
use crate::view::html::beside::Beside;
use crate::view::words;
use annals_core::text::Span;
use maud::{Markup, html};

/// What a stretch is used for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Use {
    Event,
    Said,
    Figure,
    Copied,
    Added,
}

impl Use {
    pub(super) const ALL: [Use; 5] = [Use::Event, Use::Said, Use::Figure, Use::Copied, Use::Added];

    fn class(self) -> &'static str {
        match self {
            Use::Event => "m-event",
            Use::Said => "m-said",
            Use::Figure => "m-figure",
            Use::Copied => "m-copied",
            Use::Added => "m-added",
        }
    }

    /// Returns what its looks mean.
    pub(super) fn told(self) -> &'static str {
        match self {
            Use::Event => "tells an event",
            Use::Said => "what somebody said",
            Use::Figure => "a figure",
            Use::Copied => "stands in the original, too",
            Use::Added => "not in the original",
        }
    }
}

/// Returns the stretches of a report that its story's record uses; `beside`: of a copy, how it stands to its original.
pub(super) fn of_report(desk: &Desk<'_>, n: usize, report: usize, beside: Option<&Beside<'_>>) -> Vec<(Use, Span)> {
    let reading = &desk.member(report).reading;
    let tellings = desk.events(n).into_iter().flat_map(|e| &e.tellings).filter(|t| t.0 == report);
    let mut uses: Vec<(Use, Span)> =
        tellings.filter_map(|t| reading.events.get(t.1)).map(|e| (Use::Event, e.label)).collect();
    uses.extend(desk.statements(n).iter().filter(|s| s.report == report).map(|s| (Use::Said, s.content)));
    uses.extend(desk.figures(n).iter().filter(|f| f.report == report).map(|f| (Use::Figure, desk.figure(f).span)));
    if let (Some(beside), Some(copy)) = (beside, desk.copy_of(report)) {
        uses.extend(copy.passages.iter().map(|p| (Use::Copied, p.here)));
        uses.extend(beside.added().map(|span| (Use::Added, span)));
    }
    uses.sort_by_key(|(_, span)| *span);
    uses
}

/// Shows a paragraph with its uses marked; marks may overlap.
pub(super) fn marked(text: &str, paragraph: Span, uses: &[(Use, Span)]) -> Markup {
    let here: Vec<&(Use, Span)> = uses.iter().filter(|(_, span)| span.overlaps(paragraph)).collect();
    let mut cuts = vec![paragraph.start(), paragraph.end()];
    cuts.extend(
        here.iter()
            .flat_map(|(_, s)| [s.start(), s.end()])
            .filter(|&at| paragraph.start() < at && at < paragraph.end()),
    );
    cuts.sort_unstable();
    cuts.dedup();
    html! {
        @for pair in cuts.windows(2) {
            @let class = classes(&here, pair[0], pair[1]);
            @let told = words::lines(&text[pair[0]..pair[1]]);
            @if class.is_empty() { (told) } @else { span class=(class) { (told) } }
        }
    }
}

fn classes(uses: &[&(Use, Span)], from: usize, to: usize) -> String {
    let is_in = |kind: Use| uses.iter().any(|(k, s)| *k == kind && s.start() <= from && to <= s.end());
    let found: Vec<&str> = Use::ALL.into_iter().filter(|&kind| is_in(kind)).map(Use::class).collect();
    found.join(" ")
}

/// Shows what the marks mean, for the uses that a report has.
pub(super) fn legend(uses: &[(Use, Span)]) -> Markup {
    let has = |kind: Use| uses.iter().any(|(k, _)| *k == kind);
    html! {
        @if !uses.is_empty() {
            p.key { "Marked: " @for kind in Use::ALL.into_iter().filter(|&k| has(k)) { span class=(kind.class()) { (kind.told()) } " " } }
        }
    }
}
