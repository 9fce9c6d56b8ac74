//! The record as W3C Web Annotations in JSON-LD: each row a note on the passages that it rests on.
//!
//! Positions are code points of a report's clean text (TextPositionSelector), which stands in the file as the body of an
//! annotation of its page; the words with what stands around them (TextQuoteSelector) are found in the page itself, too.

use super::address;
use crate::view::json::{Passage, Record, ReportRow};
use anyhow::Result;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;

/// Code points before and after a quotation that tell it from others like it. guess: 32, as annotation tools do.
const AROUND: usize = 32;

/// Writes the collection, its items one a line.
pub(crate) fn write(record: &Record<'_>, out: &mut dyn Write) -> Result<()> {
    let pages = Pages::of(record);
    let total = record.reports.len()
        + record.entities.len()
        + record.statements.len()
        + record.events.len()
        + record.figures.len()
        + record.differences.len();
    let label = "The passages behind a record made by annals";
    write!(
        out,
        "{{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"id\":\"urn:annals:annotations\",\
         \"type\":\"AnnotationCollection\",\"label\":{},\"total\":{total},\"first\":{{\
         \"id\":\"urn:annals:annotations:1\",\"type\":\"AnnotationPage\",\"partOf\":\"urn:annals:annotations\",\
         \"startIndex\":0,\"items\":[",
        json!(label)
    )?;
    let mut is_first = true;
    let mut put = |annotation: Value| -> Result<()> {
        out.write_all(if is_first { b"\n" } else { b",\n" })?;
        is_first = false;
        Ok(serde_json::to_writer(&mut *out, &annotation)?)
    };
    for report in &record.reports {
        put(text(report))?;
    }
    for e in &record.entities {
        let bodies = [body("identifying", e.name), body("classifying", e.kind)];
        put(note("entity", &e.id, "identifying", &bodies, pages.targets(&e.mentions, &e.evidence)))?;
    }
    for s in &record.statements {
        // What a person decided stands in the place of the words that name the source: it is theirs, and says so.
        let speaker = s.decided.or(s.speaker_text).map(|who| body("describing", who));
        let bodies: Vec<Value> =
            speaker.into_iter().chain([body("classifying", s.kind), body("tagging", s.act)]).collect();
        let content = std::slice::from_ref(&s.content);
        put(note("statement", &s.id, "describing", &bodies, pages.targets(content, &[])))?;
    }
    for e in &record.events {
        let bodies = [body("describing", e.label), body("classifying", e.kind), body("tagging", e.status)];
        put(note("event", &e.id, "describing", &bodies, pages.targets(&e.evidence, &[])))?;
    }
    for f in &record.figures {
        let value = [Some(f.value.to_string()), f.unit.map(str::to_owned)];
        let value: Vec<String> = value.into_iter().flatten().collect();
        let bodies = [body("describing", &value.join(" ")), body("classifying", f.modifier)];
        put(note("figure", &f.id, "describing", &bodies, pages.targets(&f.evidence, &[])))?;
    }
    for d in &record.differences {
        let bodies = [body("commenting", d.note), body("classifying", d.relation)];
        put(note("difference", &d.rows.join(":"), "commenting", &bodies, pages.targets(&d.evidence, &[])))?;
    }
    out.write_all(b"\n]}}\n")?;
    Ok(())
}

/// Returns the annotation that gives a page the clean text all positions count in.
fn text(report: &ReportRow<'_>) -> Value {
    let mut body = json!({
        "id": source(report.id.as_str()),
        "type": "TextualBody",
        "format": "text/plain",
        "purpose": "describing",
        "value": report.text,
    });
    if let Some(language) = report.language {
        body["language"] = language.into();
    }
    let page = report.url.map_or_else(|| format!("urn:annals:page:{}", report.page), address);
    json!({
        "id": format!("urn:annals:text:{}", report.id),
        "type": "Annotation",
        "motivation": "describing",
        "body": body,
        "target": page,
    })
}

fn source(report: &str) -> String {
    format!("urn:annals:report:{report}")
}

fn body(purpose: &str, value: &str) -> Value {
    json!({ "type": "TextualBody", "format": "text/plain", "purpose": purpose, "value": value })
}

fn note(kind: &str, id: &str, motivation: &str, bodies: &[Value], targets: Vec<Value>) -> Value {
    json!({
        "id": format!("urn:annals:{kind}:{id}"),
        "type": "Annotation",
        "motivation": motivation,
        "body": bodies,
        "target": targets,
    })
}

/// The reports by id, to find what stands around a passage.
struct Pages<'r>(BTreeMap<&'r str, &'r ReportRow<'r>>);

impl<'r> Pages<'r> {
    fn of(record: &'r Record<'_>) -> Pages<'r> {
        Pages(record.reports.iter().map(|r| (r.id.as_str(), r)).collect())
    }

    /// Returns the passages as targets; those of `others` if there are none.
    fn targets(&self, passages: &[Passage<'_>], others: &[Passage<'_>]) -> Vec<Value> {
        let all = if passages.is_empty() { others } else { passages };
        all.iter().map(|passage| self.target(passage)).collect()
    }

    fn target(&self, passage: &Passage<'_>) -> Value {
        let report = self.0.get(passage.report.as_str());
        let (before, after) = report.map_or(("", ""), |r| around(r.text, passage));
        let mut target = json!({
            "type": "SpecificResource",
            "source": source(&passage.report),
            "selector": [
                { "type": "TextPositionSelector", "start": passage.start, "end": passage.end },
                { "type": "TextQuoteSelector", "exact": passage.exact, "prefix": before, "suffix": after },
            ],
        });
        if let Some(url) = report.and_then(|r| r.url) {
            target["scope"] = address(url).into();
        }
        target
    }
}

/// Returns what stands before and after a passage.
fn around<'t>(text: &'t str, passage: &Passage<'_>) -> (&'t str, &'t str) {
    let start = if text.is_ascii() {
        passage.start
    } else {
        text.char_indices().nth(passage.start).map_or(text.len(), |(at, _)| at)
    };
    let (before, rest) = text.split_at_checked(start).unwrap_or((text, ""));
    let after = rest.get(passage.exact.len()..).unwrap_or("");
    let from = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let to = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
    (&before[from..], &after[..to])
}
