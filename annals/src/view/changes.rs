//! What changed in an archive since a time: lines in the words of the reports, for a terminal, as JSON and as a JSON Feed.

use super::desk::{Desk, status};
use super::series;
use super::wrap::{Colour, Ink, Sheet};
use super::{dates, words};
use crate::app::changes::{Change, Changes};
use annals_core::record::figures::counted;
use annals_core::record::revisions::{Passage, Revised};
use annals_core::record::{Cite, Outcome};
use annals_core::report::Report;
use annals_core::text::CodePoints;
use anyhow::Result;
use serde_json::{Value, json};

/// Letters of a passage on a terminal.
const LONG: usize = 240;

/// A change in words: what it is, and the passages that say so.
pub(crate) struct Told {
    /// `report`, `event`, `status`, `outcome`, `figure`, `difference`, `dropped`, `added`, `changed`, `unsaid`.
    pub(crate) kind: &'static str,
    /// What changed, in fixed words with values, names and days: `called off (was planned)`.
    pub(crate) what: String,
    /// The passages, the newest last.
    pub(crate) cites: Vec<Cite>,
}

/// Tells what changed in a story, newest kind of news first.
pub(crate) fn told(desk: &Desk<'_>, changes: &Changes) -> Vec<Told> {
    let order = |c: &Change| match c {
        Change::Status { .. } => 0,
        Change::Outcome { .. } => 1,
        Change::Figure { .. } => 2,
        Change::Difference { .. } => 3,
        Change::Event { .. } => 4,
        Change::Revision { .. } => 5,
    };
    let mut sorted: Vec<&Change> = changes.changes.iter().collect();
    sorted.sort_by_key(|c| order(c));
    let mut told: Vec<Told> = sorted.into_iter().flat_map(|change| one(desk, change)).collect();
    told.extend(changes.reports.iter().map(|&report| {
        let text = &desk.report(report).text;
        let title = text.parts().iter().map(|p| p.span).find(|&span| !text.get(span).trim().is_empty());
        let cites = title.map(|span| Cite { report, span }).into_iter().collect();
        Told { kind: "report", what: format!("new report: {}", desk.cited(report, None)), cites }
    }));
    told
}

fn one(desk: &Desk<'_>, change: &Change) -> Vec<Told> {
    let record = desk.record;
    let event = |n: usize, kind, what| {
        let event = &record.events[n];
        // The words of the latest step say how it stands.
        let latest = event.history.last().and_then(|step| step.evidence.cites().last().copied());
        Told { kind, what, cites: vec![latest.unwrap_or(desk.told(event))] }
    };
    match change {
        &Change::Status { event: n, from } => {
            let what = format!("{} (was {})", status(record.events[n].status), status(from));
            vec![event(n, "status", what)]
        }
        &Change::Outcome { event: n } => {
            let kept = record.events[n].outcome == Some(Outcome::Kept);
            vec![event(n, "outcome", if kept { "kept" } else { "not kept" }.to_owned())]
        }
        &Change::Event { event: n } => {
            let row = &record.events[n];
            let when = row.when.as_ref().map(|w| format!(", {}", dates::interval(w, None))).unwrap_or_default();
            let what = format!("new: {}{when}", status(row.status));
            vec![Told { kind: "event", what, cites: vec![desk.told(row)] }]
        }
        &Change::Figure { figure, before } => {
            let (now, was) = (&record.figures[figure], &record.figures[before]);
            let counts =
                counted(desk.member(now.report), desk.figure(now)).map(|c| format!(" {c}")).unwrap_or_default();
            let what = format!("{}{counts} (was {})", series::value(desk.figure(now)), series::value(desk.figure(was)));
            vec![Told { kind: "figure", what, cites: passages(&[was.evidence.cites(), now.evidence.cites()]) }]
        }
        &Change::Difference { difference } => {
            let difference = &record.differences[difference];
            vec![Told {
                kind: "difference",
                what: difference.note.clone(),
                cites: difference.evidence.cites().to_vec(),
            }]
        }
        Change::Revision { old, new, at, revised } => revision(desk, *old, *new, at, revised),
    }
}

fn passages(of: &[&[Cite]]) -> Vec<Cite> {
    of.iter().filter_map(|cites| cites.first().copied()).collect()
}

/// Tells what a newer text of a page says otherwise: first the figures and the statements, then the other sentences.
fn revision(desk: &Desk<'_>, old: usize, new: usize, at: &str, revised: &Revised) -> Vec<Told> {
    let page = format!("{}, as kept {}", desk.outlet(new), at.replace('T', " ").replace('Z', " UTC"));
    let (was, is) = (desk.member(old), desk.member(new));
    let here = |span| Cite { report: new, span };
    let there = |span| Cite { report: old, span };
    let mut told = Vec::new();
    for &(o, n) in &revised.figures {
        let (before, now) = (&was.reading.figures[o], &is.reading.figures[n]);
        let counts = counted(is, now).map(|c| format!(" {c}")).unwrap_or_default();
        let what = format!("{}{counts} on the page of {page}; {} before", series::value(now), series::value(before));
        told.push(Told { kind: "figure", what, cites: vec![there(before.passage), here(now.passage)] });
    }
    for &n in &revised.unsaid {
        let statement = &was.reading.statements[n];
        let who = statement.source.map(|span| format!(" of {}", desk.words_at(old, span))).unwrap_or_default();
        let what = format!("words{who} that are gone from the page of {page}");
        told.push(Told { kind: "unsaid", what, cites: vec![there(statement.passage)] });
    }
    // What is told already need not be told as a sentence.
    let is_told = |cite: Cite, told: &[Told]| told.iter().flat_map(|t| &t.cites).any(|c| *c == cite);
    for passage in &revised.passages {
        let (kind, what, cites) = match *passage {
            Passage::Dropped(span) => ("dropped", "gone from", vec![there(span)]),
            Passage::Added(span) => ("added", "new on", vec![here(span)]),
            Passage::Changed { old, new } => ("changed", "told otherwise on", vec![there(old), here(new)]),
        };
        if !cites.iter().all(|&cite| is_told(cite, &told)) {
            told.push(Told { kind, what: format!("{what} the page of {page}"), cites });
        }
    }
    told
}

/// Returns the headline of a story and how many origins it has, with how many it had.
fn heading(desk: &Desk<'_>, changes: &Changes) -> (String, String) {
    let story = desk.record.stories.first();
    let title = story.map(|s| desk.words(s.title)).unwrap_or_default();
    let new = words::count(changes.reports.len(), "new report", "new reports");
    let origins = story.map_or(0, |s| s.origins);
    let counts = match changes.origins_then {
        None => format!("a new story, {new}"),
        Some(then) if then == origins => new,
        Some(then) => format!("{new}, independent origins {then} → {origins}"),
    };
    (title, counts)
}

/// Writes what changed for a terminal.
pub(crate) fn text(all: &[Changes], width: usize, colour: Colour) -> String {
    let mut sheet = Sheet::new(width, colour);
    if all.is_empty() {
        sheet.put(0, &[], &[("Nothing came since.", Ink::Plain)]);
    }
    for changes in all {
        let desk = Desk::new(&changes.now);
        let (title, counts) = heading(&desk, changes);
        sheet.gap();
        sheet.put(0, &[], &[(&title, Ink::Bold), (&format!("({counts})"), Ink::Dim)]);
        for told in told(&desk, changes) {
            sheet.put(4, &[("  –", Ink::Dim)], &[(&told.what, Ink::Plain)]);
            for cite in &told.cites {
                let words = desk.words(*cite);
                let who = if told.kind == "report" { String::new() } else { desk.cited(cite.report, None) };
                sheet.put(6, &[], &[(&words::clipped(&words, LONG), Ink::Dim), (&who, Ink::Dim)]);
            }
        }
    }
    sheet.finish()
}

/// Returns a change as JSON.
pub(crate) fn value(desk: &Desk<'_>, told: &Told) -> Value {
    let evidence: Vec<Value> = told.cites.iter().map(|&cite| passage(desk.report(cite.report), cite)).collect();
    json!({ "kind": told.kind, "what": told.what, "evidence": evidence })
}

fn passage(report: &Report, cite: Cite) -> Value {
    let points = CodePoints::new(report.text.as_str());
    json!({
        "report": report.id.to_string(), "start": points.of(cite.span.start()), "end": points.of(cite.span.end()),
        "exact": report.text.get(cite.span),
    })
}

/// Returns what changed in a story as JSON.
pub(crate) fn story(changes: &Changes) -> Value {
    let desk = Desk::new(&changes.now);
    let id = |n: usize| desk.report(n).id.to_string();
    let first = desk.record.stories.first();
    json!({
        "story": first.and_then(|s| s.reports.first()).map(|&n| id(n)),
        "title": first.map(|s| desk.words(s.title)),
        "reports": changes.reports.iter().map(|&n| id(n)).collect::<Vec<_>>(),
        "origins": first.map(|s| s.origins), "origins_then": changes.origins_then,
        "changes": told(&desk, changes).iter().map(|t| value(&desk, t)).collect::<Vec<_>>(),
    })
}

/// Writes what changed as JSON, an object a story and a line.
///
/// # Errors
/// None is known.
pub(crate) fn json(all: &[Changes]) -> Result<String> {
    let mut lines = String::new();
    for changes in all {
        lines += &serde_json::to_string(&story(changes))?;
        lines.push('\n');
    }
    Ok(lines)
}

/// Returns what changed as a JSON Feed (version 1.1), an item a change; `since` names the archive's time it starts from.
///
/// # Errors
/// None is known.
pub(crate) fn feed(all: &[Changes], since: &str) -> Result<String> {
    let mut items = Vec::new();
    for changes in all {
        let desk = Desk::new(&changes.now);
        let (title, _) = heading(&desk, changes);
        for told in told(&desk, changes) {
            let Some(last) = told.cites.last() else { continue };
            let report = desk.report(last.report);
            let text: Vec<String> = told.cites.iter().map(|&c| desk.words(c)).collect();
            // A change is known by its kind and its newest passage: the same one next time.
            let id = format!("urn:annals:{}:{}:{}-{}", told.kind, report.id, last.span.start(), last.span.end());
            let mut item = json!({
                "id": id, "title": format!("{title}: {}", told.what), "content_text": text.join("\n\n"),
                "tags": [told.kind],
                "authors": [{ "name": desk.outlet(last.report) }],
                "_annals": value(&desk, &told),
            });
            if let Some(url) = report.url.as_deref().filter(|u| u.starts_with("http")) {
                item["external_url"] = json!(url);
            }
            if let Some(day) = report.when().and_then(|w| w.exact()) {
                item["date_published"] = json!(format!("{day}T00:00:00Z"));
            }
            items.push(item);
        }
    }
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": format!("annals: what changed since {since}"),
        "items": items,
    });
    Ok(serde_json::to_string_pretty(&feed)? + "\n")
}
