//! Stories with their timeline and their summary of source sentences.

use super::{Cite, EventRow, FigureRow, Grouping, Line, Member, RowId, StatementRow, Story};
use crate::link::Links;
use crate::text::PartKind;
use std::collections::BTreeSet;

/// Returns the stories in order of their first day.
pub fn stories(
    members: &[Member],
    links: &Links,
    grouping: &Grouping,
    _statements: &[StatementRow],
    _events: &[EventRow],
    _figures: &[FigureRow],
) -> Vec<Story> {
    let mut stories: Vec<Story> = links.stories.iter().filter_map(|r| story(members, grouping, r)).collect();
    stories.sort_by_key(|s| (s.first, s.id));
    stories
}

/// Returns one story; none if no report of it has text.
fn story(members: &[Member], grouping: &Grouping, reports: &[usize]) -> Option<Story> {
    let title = reports.iter().find_map(|&report| {
        let text = &members[report].report.text;
        let span = text.part(PartKind::Title).or(text.parts().first().map(|p| p.span))?;
        Some(Cite { report, span })
    })?;
    let days = || reports.iter().filter_map(|&r| members[r].report.when());
    let origins: BTreeSet<usize> = reports.iter().map(|&r| grouping.origin[r]).collect();
    Some(Story {
        id: RowId::new('t', members[title.report].report.id, title.span, ""),
        title,
        reports: reports.to_vec(),
        origins: origins.len() as u32,
        first: days().map(|w| w.from()).min(),
        last: days().map(|w| w.to()).max(),
        timeline: Vec::<Line>::new(),
        summary: Vec::new(),
    })
}
