//! What both the interface for programs and the tools for language models ask of an archive: values in, JSON out.

use super::Site;
use super::exchange::Problem;
use crate::app::changes::of_story;
use crate::app::said::quote_check;
use crate::app::search::{Rows, Wanted, since_1970};
use crate::app::shelf::{Holding, Shown};
use crate::app::{brief::Brief, due};
use crate::view;
use annals_core::record::wording::{LONGEST, SHORTEST, length};
use annals_core::when::Day;
use annals_store::Query;
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// Reports that one question may have compiled, the latest stories first; the answer says how many it looked at.
const LOOKED_AT: usize = 2_000;

/// Returns the story that a report is in, and its record.
pub(super) fn story<'a>(holding: &'a Holding, id: &str) -> Result<(&'a Shown, Arc<Brief>), Problem> {
    let shown = holding.story_of_report(id).ok_or_else(|| Problem::missing("such story in this archive"))?;
    let brief = holding.story(id).ok_or_else(|| Problem::missing("such story in this archive"))?;
    Ok((shown, brief))
}

pub(super) fn value(shape: &impl Serialize) -> Result<Value, Problem> {
    serde_json::to_value(shape).map_err(|e| Problem::new(500, e.to_string()))
}

/// What stories to list.
#[derive(Default)]
pub(super) struct Filter<'a> {
    pub(super) words: Option<&'a str>,
    pub(super) outlet: Option<&'a str>,
    pub(super) person: Option<&'a str>,
    pub(super) after: Option<Day>,
    pub(super) before: Option<Day>,
}

/// Returns a page of the stories that meet all conditions, the latest first.
pub(super) fn stories(site: &Site, filter: &Filter, page: usize, per_page: usize) -> Result<Value, Problem> {
    let holding = site.now();
    let (all, left_out) = chosen(site, &holding, filter)?;
    let shown = all.iter().skip((page - 1).saturating_mul(per_page)).take(per_page);
    Ok(json!({
        "total": all.len(), "page": page, "per_page": per_page, "reports_not_looked_at": left_out,
        "reports_lost": holding.lost,
        "stories": shown.map(|s| view::stories::value(s)).collect::<Vec<_>>(),
    }))
}

/// Returns the stories that meet all conditions, the latest first, and how many reports may meet them and cannot be searched
/// for yet.
pub(super) fn chosen<'a>(
    site: &Site,
    holding: &'a Holding,
    filter: &Filter,
) -> Result<(Vec<&'a Shown>, usize), Problem> {
    let name = |field: &str, name: Option<&str>| {
        name.map(|name| format!(" {field}:\"{}\"", name.replace(['"', '“', '”', '„'], " "))).unwrap_or_default()
    };
    let query = format!(
        "{}{}{}",
        filter.words.unwrap_or_default(),
        name("outlet", filter.outlet),
        name("person", filter.person)
    );
    let (found, left_out) = if query.trim().is_empty() { (None, 0) } else { found(site, holding, &query)? };
    let is_within = |story: &Shown| {
        let ends = filter.after.is_none_or(|day| story.last.is_some_and(|last| last >= day));
        ends && filter.before.is_none_or(|day| story.first.is_some_and(|first| first <= day))
    };
    let is_found = |place: &usize| found.as_ref().is_none_or(|found| found[*place]);
    let stories = holding.stories.iter().enumerate().filter(|(place, story)| is_found(place) && is_within(story));
    Ok((stories.map(|(_, story)| story).collect(), left_out))
}

/// Says of each story of the list whether a search finds a report of it, and how many reports it may find yet.
fn found(site: &Site, holding: &Holding, query: &str) -> Result<(Option<Vec<bool>>, usize), Problem> {
    let (reports, missing) = site.searcher().every(parse(query)?)?;
    let mut found = vec![false; holding.stories.len()];
    reports.into_iter().filter_map(|beginning| holding.place_of(beginning)).for_each(|place| found[place] = true);
    Ok((Some(found), missing))
}

pub(super) fn parse(query: &str) -> Result<Query, Problem> {
    let day = |text: &str| text.parse::<Day>().ok().map(since_1970);
    Query::parse(query, day).map_err(|why| Problem::new(400, format!("q: {why}")))
}

/// Searches the reports; each is told with its story.
pub(super) fn find(
    site: &Site,
    query: &str,
    rows: Option<&str>,
    page: usize,
    per_page: usize,
) -> Result<Value, Problem> {
    let rows = rows.map(|rows| match rows {
        "statements" => Rows::Statements,
        "events" => Rows::Events,
        _ => Rows::Figures,
    });
    let offset = (page - 1).saturating_mul(per_page);
    let wanted = Wanted { query: parse(query)?, offset, limit: per_page, facets: page == 1, rows, kept_by: None };
    let answer = site.searcher().search(&wanted)?;
    let holding = site.now();
    let mut value = view::search::json(&answer, offset);
    for found in value["found"].as_array_mut().into_iter().flatten() {
        let story = found["report"].as_str().and_then(|id| holding.story_of_report(id));
        found["story"] = json!(story.map(|s| &s.id));
    }
    Ok(value)
}

/// Ids of stories and their records.
type Stories = Vec<(String, Arc<Brief>)>;

/// Returns the stories to look through: one, else the latest ones; and how many reports those are of how many.
fn looked_at(holding: &Holding, id: Option<&str>) -> Result<(Stories, Value), Problem> {
    if let Some(id) = id {
        let (shown, brief) = story(holding, id)?;
        let all = shown.reports;
        return Ok((vec![(shown.id.clone(), brief)], json!({ "reports": all, "of": all })));
    }
    let mut reports = 0;
    let mut briefs = Vec::new();
    for shown in &holding.stories {
        if reports > 0 && reports + shown.reports > LOOKED_AT {
            break;
        }
        reports += shown.reports;
        briefs.extend(holding.story(&shown.id).map(|brief| (shown.id.clone(), brief)));
    }
    let all: usize = holding.stories.iter().map(|s| s.reports).sum();
    Ok((briefs, json!({ "reports": reports, "of": all })))
}

/// Holds a quote against the reports of a story, or of all.
pub(super) fn quote(site: &Site, quote: &str, id: Option<&str>) -> Result<Value, Problem> {
    let words = length(quote);
    if !quote.contains(char::is_alphanumeric) || !(SHORTEST..=LONGEST).contains(&words) {
        return Err(Problem::new(400, format!("quote: give {SHORTEST} to {LONGEST} words; it has {words}")));
    }
    let (briefs, looked_at) = looked_at(&site.now(), id)?;
    let mut versions: Vec<(Value, Value)> = Vec::new();
    let mut best = None;
    for (story, brief) in &briefs {
        let held = quote_check(brief, quote);
        best = best.into_iter().chain(held.verdict()).min();
        let mut shaped = value(&view::json::quote_check(brief, &held))?;
        let of_story = shaped["versions"].as_array_mut().map(std::mem::take).unwrap_or_default();
        let likeness = held.carried.iter().map(|c| json!([c.wording.likeness as u8]));
        for (mut version, likeness) in of_story.into_iter().zip(likeness) {
            version["story"] = json!(story);
            versions.push((likeness, version));
        }
    }
    let day = |v: &Value| v["published"]["to"].as_str().map_or_else(|| "~".to_owned(), str::to_owned);
    versions.sort_by_cached_key(|(likeness, v)| (likeness.to_string(), day(v), v["report"].to_string()));
    Ok(json!({
        "quote": quote, "verdict": best.map_or("absent", |l| l.name()), "looked_at": looked_at,
        "versions": versions.into_iter().map(|(_, v)| v).collect::<Vec<_>>(),
    }))
}

/// Returns what is owed on a day in a story, or in all.
pub(super) fn owed(site: &Site, as_of: Option<Day>, id: Option<&str>) -> Result<Value, Problem> {
    let holding = site.now();
    let last = match id {
        Some(id) => story(&holding, id)?.0.last,
        None => holding.stories.iter().filter_map(|s| s.last).max(),
    };
    let as_of = as_of.or(last);
    let (briefs, looked_at) = looked_at(&holding, id)?;
    let mut all = Vec::new();
    for (story, brief) in &briefs {
        let mut shaped = value(&view::json::due(brief, &due::due(brief, as_of)))?;
        for mut owed in shaped["owed"].as_array_mut().map(std::mem::take).unwrap_or_default() {
            owed["story"] = json!(story);
            all.push(owed);
        }
    }
    let rank = |o: &Value| ["silent", "ahead", "undated", "kept", "missed"].iter().position(|s| o["standing"] == **s);
    let day = |o: &Value| o["by"]["to"].as_str().map_or_else(|| "~".to_owned(), str::to_owned);
    all.sort_by_cached_key(|o| (rank(o), day(o), o["event"]["id"].to_string()));
    Ok(json!({ "as_of": as_of.map(|d| d.to_string()), "owed": all, "looked_at": looked_at }))
}

/// Returns what the archive knows of a story that it did not know at a time.
pub(super) fn changes(site: &Site, id: &str, since: &str) -> Result<Value, Problem> {
    let changes = of_story(&site.now(), id, since).ok_or_else(|| Problem::missing("such story in this archive"))?;
    Ok(view::changes::story(&changes))
}

/// Returns the timeline of a story.
pub(super) fn timeline(site: &Site, id: &str) -> Result<Value, Problem> {
    let holding = site.now();
    let (shown, brief) = story(&holding, id)?;
    Ok(json!({ "story": view::stories::value(shown), "timeline": view::json::served::timeline(&brief) }))
}

/// Returns who copied whom in a story.
pub(super) fn origins(site: &Site, id: &str) -> Result<Value, Problem> {
    let holding = site.now();
    let (shown, brief) = story(&holding, id)?;
    value(&view::json::served::origins(&brief, &shown.id))
}
