//! Parts of the record as `annals serve` gives them: a story's timeline with its passages, its news, one report with
//! the rows that rest on it, origins, a quote held against several stories.

use super::{Copy, Event, FigureJson, LineJson, OriginRow, Passage, ReportRow, Shaper, Statement};
use crate::app::brief::Brief;
use crate::app::news::Item;
use annals_core::record::{Evidence, RowId};
use annals_core::text::CodePoints;
use serde::Serialize;

/// A line of a timeline with what it rests on.
#[derive(Serialize)]
pub(crate) struct Told<'a> {
    #[serde(flatten)]
    line: LineJson<'a>,
    status: Option<&'static str>,
    evidence: Vec<Passage<'a>>,
}

/// Returns the timeline of a story.
pub(crate) fn timeline(brief: &Brief) -> Vec<Told<'_>> {
    let (shaper, record) = (Shaper::new(brief), &brief.record);
    let lines = record.stories.iter().flat_map(|s| &s.timeline);
    lines
        .map(|line| {
            let event = record.events.iter().find(|e| e.id == line.row);
            Told {
                line: shaper.line(line),
                status: event.map(|e| e.status.name()),
                evidence: evidence(brief, line.row).map(|e| shaper.evidence(e)).unwrap_or_default(),
            }
        })
        .collect()
}

/// Returns what a row rests on.
fn evidence(brief: &Brief, id: RowId) -> Option<&Evidence> {
    let record = &brief.record;
    let event = || record.events.iter().find(|r| r.id == id).map(|r| &r.evidence);
    let statement = || record.statements.iter().find(|r| r.id == id).map(|r| &r.evidence);
    let figure = || record.figures.iter().find(|r| r.id == id).map(|r| &r.evidence);
    event().or_else(statement).or_else(figure)
}

/// Something that became known, for a feed.
pub(crate) struct News<'a> {
    /// Stays the same as long as the report is in the archive.
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    /// The day on which it came out.
    pub(crate) day: Option<String>,
    pub(crate) status: Option<&'static str>,
    /// The report that tells it, and its words.
    pub(crate) report: String,
    pub(crate) words: &'a str,
}

/// Returns what became known of a story.
pub(crate) fn news<'a>(brief: &'a Brief, items: &[Item]) -> Vec<News<'a>> {
    let shaper = Shaper::new(brief);
    let shaped = items.iter().map(|item| {
        let passage = shaper.passage(item.cite);
        let (kind, status) = (item.news.name(), item.status.map(|s| s.name()));
        let turn = status.map(|s| format!("-{s}")).unwrap_or_default();
        News {
            id: format!("{kind}-{}-{}-{}{turn}", passage.report, passage.start, passage.end),
            kind,
            day: item.day.map(|d| d.to_string()),
            status,
            report: passage.report,
            words: passage.exact,
        }
    });
    shaped.collect()
}

/// One report with what was read in it.
#[derive(Serialize)]
pub(crate) struct ReportJson<'a> {
    story: &'a str,
    report: ReportRow<'a>,
    copies: Vec<Copy<'a>>,
    statements: Vec<Statement<'a>>,
    events: Vec<Event<'a>>,
    figures: Vec<FigureJson<'a>>,
}

/// Returns a report of a story and the rows that rest on it; none if it is not there.
pub(crate) fn one_report<'a>(brief: &'a Brief, story: &'a str, id: &str) -> Option<ReportJson<'a>> {
    let (shaper, record) = (Shaper::new(brief), &brief.record);
    let n = record.members.iter().position(|m| m.report.id.to_string() == id)?;
    let rests = |evidence: &Evidence| evidence.cites().iter().any(|c| c.report == n);
    Some(ReportJson {
        story,
        report: shaper.report(n),
        copies: record
            .links
            .copies
            .iter()
            .filter(|c| c.report == n || c.of == Some(n))
            .map(|c| shaper.copy(c))
            .collect(),
        statements: record.statements.iter().filter(|s| s.report == n).map(|s| shaper.statement(s)).collect(),
        events: record.events.iter().filter(|e| rests(&e.evidence)).map(|e| shaper.event(e)).collect(),
        figures: record.figures.iter().filter(|f| f.report == n).map(|f| shaper.figure(f)).collect(),
    })
}

/// Who copied whom.
#[derive(Serialize)]
pub(crate) struct Origins<'a> {
    story: &'a str,
    origins: Vec<OriginRow>,
    copies: Vec<Copy<'a>>,
}

/// Returns the origins of a story's reports.
pub(crate) fn origins<'a>(brief: &'a Brief, story: &'a str) -> Origins<'a> {
    let shaper = Shaper::new(brief);
    Origins {
        story,
        origins: super::sorted(shaper.origins(), |o| o.id.clone()),
        copies: brief.record.links.copies.iter().map(|c| shaper.copy(c)).collect(),
    }
}

/// A statement with the text around it.
#[derive(Serialize)]
pub(crate) struct StatementEvidence<'a> {
    story: &'a str,
    statement: Statement<'a>,
    /// All that print it, with their outlets.
    utterance: Vec<Statement<'a>>,
    /// What stands around the words in their report.
    context: Passage<'a>,
}

/// Bytes of a text shown before and after a statement.
const AROUND: usize = 400;

/// Returns a statement of a story by its id, with the others of the same utterance.
pub(crate) fn statement<'a>(brief: &'a Brief, story: &'a str, id: &str) -> Option<StatementEvidence<'a>> {
    let (shaper, record) = (Shaper::new(brief), &brief.record);
    let row = record.statements.iter().find(|s| s.id.to_string() == id)?;
    let report = &record.members[row.report].report;
    let (text, points) = (report.text.as_str(), CodePoints::new(report.text.as_str()));
    let start = text.floor_char_boundary(row.content.start().saturating_sub(AROUND));
    let end = text.ceil_char_boundary((row.content.end() + AROUND).min(text.len()));
    let others = record.statements.iter().filter(|s| s.utterance == row.utterance && s.id != row.id);
    Some(StatementEvidence {
        story,
        statement: shaper.statement(row),
        utterance: others.map(|s| shaper.statement(s)).collect(),
        context: Passage {
            report: report.id.to_string(),
            start: points.of(start),
            end: points.of(end),
            exact: &text[start..end],
        },
    })
}
