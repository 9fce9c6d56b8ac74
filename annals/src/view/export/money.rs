//! The record as FollowTheMoney entities (followthemoney.tech), one a line, for knowledge bases that read them.
//!
//! Reports are articles, people and organizations and places entities with their mentions, events and statements point to
//! those. Figures and names of unknown kind have no place in that model and are left out.

use super::days;
use crate::view::json::{EntityRow, Event, Passage, Record, ReportRow, Statement, When};
use anyhow::Result;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

/// Writes the entities.
pub(crate) fn write(record: &Record<'_>, out: &mut dyn Write) -> Result<()> {
    let known = Known {
        entities: record.entities.iter().map(|e| (e.id.as_str(), e)).collect(),
        reports: record.reports.iter().map(|r| (r.id.as_str(), r)).collect(),
    };
    let mut put = |thing: Thing| -> Result<()> {
        serde_json::to_writer(&mut *out, &thing.json())?;
        Ok(out.write_all(b"\n")?)
    };
    for report in &record.reports {
        put(article(report))?;
    }
    for entity in &record.entities {
        let Some(schema) = schema(entity) else { continue };
        put(named(entity, schema))?;
        for mention in mentions(entity, schema) {
            put(mention)?;
        }
    }
    for event in &record.events {
        put(known.event(event))?;
    }
    for statement in &record.statements {
        if let Some(note) = known.note(statement) {
            put(note)?;
        }
    }
    Ok(())
}

/// One entity: properties hold lists of strings.
struct Thing {
    id: String,
    schema: &'static str,
    properties: BTreeMap<&'static str, Vec<String>>,
}

impl Thing {
    fn new(id: String, schema: &'static str) -> Thing {
        Thing { id, schema, properties: BTreeMap::new() }
    }

    /// Adds values that are not there yet.
    fn add<S: Into<String>>(&mut self, name: &'static str, values: impl IntoIterator<Item = S>) {
        for value in values {
            let value = value.into();
            let held = self.properties.entry(name).or_default();
            if !value.trim().is_empty() && !held.contains(&value) {
                held.push(value);
            }
        }
    }

    fn json(self) -> Value {
        let filled = self.properties.into_iter().filter(|(_, values)| !values.is_empty());
        let properties: Map<String, Value> = filled.map(|(name, values)| (name.to_owned(), values.into())).collect();
        json!({ "id": self.id, "schema": self.schema, "properties": properties })
    }
}

/// Returns an id that is no other program's.
fn id(row: &str) -> String {
    format!("annals-{row}")
}

fn article(report: &ReportRow<'_>) -> Thing {
    let mut thing = Thing::new(id(&report.id), "Article");
    let title = report.title.or(report.url).unwrap_or(report.source.path);
    thing.add("name", [title]);
    thing.add("title", report.title);
    thing.add("author", report.byline);
    thing.add("publisher", report.outlet);
    thing.add("sourceUrl", report.url.filter(|u| u.starts_with("http")));
    thing.add("fileName", [report.source.path]);
    thing.add("bodyText", [report.text]);
    if let Some(published) = &report.published {
        if published.basis == "inferred" {
            let (from, to) = (&published.when.from, &published.when.to);
            thing.add("notes", [format!("Published between {from} and {to}, inferred: {}", published.ground)]);
        } else {
            thing.add("publishedAt", day(&published.when));
        }
    }
    thing
}

/// Returns as much of a date as all days of its interval share: the model knows no intervals.
fn day(when: &When) -> Option<String> {
    let (first, last) = days::ends(when)?;
    days::common(first, last).map(days::Date::iso)
}

/// Returns what an entity is in that model; nothing for a name of unknown kind.
fn schema(entity: &EntityRow<'_>) -> Option<&'static str> {
    match entity.kind {
        "person" => Some("Person"),
        "organization" => Some("Organization"),
        "place" => Some("Address"),
        _ => None,
    }
}

fn named(entity: &EntityRow<'_>, schema: &'static str) -> Thing {
    let mut thing = Thing::new(id(&entity.id), schema);
    thing.add("name", [entity.name]);
    thing.add("alias", entity.aliases.iter().filter(|a| *a != entity.name));
    match schema {
        "Person" => thing.add("position", entity.roles),
        "Address" => thing.add("full", [entity.name]),
        _ => {}
    }
    thing.add("proof", proof(&entity.evidence));
    thing
}

fn proof(evidence: &[Passage<'_>]) -> Vec<String> {
    evidence.iter().map(|p| id(&p.report)).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Returns one mention a report, with the forms that are printed there.
fn mentions(entity: &EntityRow<'_>, schema: &'static str) -> Vec<Thing> {
    if schema == "Address" {
        return Vec::new();
    }
    let mut of_report: BTreeMap<&str, Thing> = BTreeMap::new();
    for passage in &entity.mentions {
        let mention = of_report.entry(&passage.report).or_insert_with(|| {
            let mut thing = Thing::new(id(&format!("{}-{}", entity.id, passage.report)), "Mention");
            thing.add("document", [id(&passage.report)]);
            thing.add("resolved", [id(&entity.id)]);
            thing.add("detectedSchema", [schema]);
            thing
        });
        mention.add("name", [passage.exact.split_whitespace().collect::<Vec<_>>().join(" ")]);
    }
    of_report.into_values().collect()
}

/// What rows point to.
struct Known<'r> {
    entities: BTreeMap<&'r str, &'r EntityRow<'r>>,
    reports: BTreeMap<&'r str, &'r ReportRow<'r>>,
}

impl Known<'_> {
    fn event(&self, event: &Event<'_>) -> Thing {
        let mut thing = Thing::new(id(&event.id), "Event");
        // The model has no word for what did not happen or is to come, so the name says it.
        let name = match event.status {
            "held" | "ongoing" => event.label.to_owned(),
            status => format!("[{}] {}", status.replace('_', " "), event.label),
        };
        thing.add("name", [name]);
        thing.add("summary", [format!("{} ({})", event.status.replace('_', " "), event.kind)]);
        thing.add("keywords", [event.kind, event.status]);
        thing.add("recordId", [event.id.as_str()]);
        if let Some(when) = &event.when {
            match (day(when), days::ends(when)) {
                (Some(day), Some((first, last))) if days::one(first, last).is_some() => thing.add("date", [day]),
                _ => {
                    thing.add("startDate", [when.from.as_str()]);
                    thing.add("endDate", [when.to.as_str()]);
                }
            }
        }
        let is_body = |e: &&str| self.entities.get(e).is_some_and(|e| matches!(e.kind, "person" | "organization"));
        thing.add("involved", event.participants.iter().map(String::as_str).filter(is_body).map(id));
        if let Some(place) = event.place.as_deref().and_then(|p| self.entities.get(p)) {
            thing.add("location", [place.name]);
            if place.kind == "place" {
                thing.add("addressEntity", [id(&place.id)]);
            }
        }
        self.rest(&mut thing, &event.evidence);
        thing
    }

    /// Returns a statement as a note about who made it; nothing if that is not known.
    fn note(&self, statement: &Statement<'_>) -> Option<Thing> {
        let speaker = statement.speaker.as_deref()?;
        let entity = self.entities.get(speaker).filter(|e| schema(e).is_some())?;
        let mut thing = Thing::new(id(&statement.id), "Note");
        // The words alone would make a denial, a question or a refusal to comment an assertion.
        let act = statement.act.replace('_', " ");
        let told = if statement.within.is_some() { ", as another tells it" } else { "" };
        thing.add("name", [format!("{}: {act} ({} speech{told})", entity.name, statement.kind)]);
        thing.add("entity", [id(speaker)]);
        thing.add("description", [statement.content.exact]);
        if let Some(said) = &statement.said {
            let day = if said.from == said.to { said.from.clone() } else { format!("{} to {}", said.from, said.to) };
            thing.add("summary", [format!("{act} {day}")]);
        }
        self.rest(&mut thing, &statement.evidence);
        Some(thing)
    }

    /// Adds the reports behind a row: as proof, their addresses and publishers, and the words of the first passage.
    fn rest(&self, thing: &mut Thing, evidence: &[Passage<'_>]) {
        if thing.schema == "Event" {
            thing.add("description", evidence.first().map(|p| p.exact));
        }
        thing.add("proof", proof(evidence));
        let reports: Vec<_> = evidence.iter().filter_map(|p| self.reports.get(p.report.as_str())).collect();
        thing.add("publisher", reports.iter().filter_map(|r| r.outlet));
        thing.add("sourceUrl", reports.iter().filter_map(|r| r.url).filter(|u| u.starts_with("http")));
    }
}
