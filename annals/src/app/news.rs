//! What a story's reports told, and when: the lines of its timeline, turns of events and new values of figures, each with
//! the day of the report that told it first. What an archive did not know at a time is in `changes`.

use super::brief::Brief;
use annals_core::reading::Status;
use annals_core::record::{Cite, Follows, RowId};
use annals_core::when::{Day, When};
use std::collections::BTreeSet;

/// What kind of news it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum News {
    /// A line of the timeline: something happened, is planned or was said.
    Line,
    /// An event stands otherwise than before.
    Status,
    /// A figure has another value than before.
    Figure,
}

impl News {
    /// Returns the name in JSON.
    pub(crate) fn name(self) -> &'static str {
        match self {
            News::Line => "line",
            News::Status => "status",
            News::Figure => "figure",
        }
    }
}

/// Something that became known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Item {
    /// What kind of news it is.
    pub(crate) news: News,
    /// The day on which the report came out that told it first; none where that has no date.
    pub(crate) day: Option<Day>,
    /// The passage that tells it. It is known by it, as texts never change.
    pub(crate) cite: Cite,
    /// How an event stands since.
    pub(crate) status: Option<Status>,
    /// The row that it is about.
    pub(crate) row: RowId,
    /// How many independent origins carry it.
    pub(crate) origins: u32,
}

/// Returns what became known, the latest first; what has no day is last.
pub(crate) fn news(brief: &Brief) -> Vec<Item> {
    let record = &brief.record;
    let day = |cite: Cite| record.members[cite.report].report.when().map(When::to);
    let first = |cites: &[Cite]| cites.iter().copied().min_by_key(|&c| (day(c).is_none(), day(c), c));
    let mut found: Vec<Item> = Vec::new();
    let mut put = |news, cite: Cite, told: Option<Cite>, status, row, origins| {
        found.push(Item { news, day: told.map_or_else(|| day(cite), day), cite, status, row, origins });
    };
    for line in record.stories.iter().flat_map(|s| &s.timeline) {
        put(News::Line, line.line, None, None, line.row, line.origins);
    }
    for event in &record.events {
        for pair in event.history.windows(2).filter(|pair| pair[0].status != pair[1].status) {
            if let Some(cite) = first(pair[1].evidence.cites()) {
                put(News::Status, cite, Some(cite), Some(pair[1].status), event.id, event.support.origins);
            }
        }
    }
    let is_new = |f: Option<Follows>| matches!(f, Some(Follows::New | Follows::Revision));
    for figure in record.figures.iter().filter(|f| is_new(f.follows)) {
        if let Some(cite) = first(figure.evidence.cites()) {
            put(News::Figure, cite, Some(cite), None, figure.id, figure.support.origins);
        }
    }
    found.sort_by_key(|c| (std::cmp::Reverse(c.day), c.news, c.cite, c.row));
    let mut seen = BTreeSet::new();
    found.retain(|c| seen.insert((c.news, c.cite, c.status.map(Status::name))));
    found
}
