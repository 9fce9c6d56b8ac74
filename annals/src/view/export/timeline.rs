//! The timeline in the JSON of TimelineJS (timeline.knightlab.com, “JSON data format”).
//!
//! TimelineJS shows the texts as HTML, so all words are escaped. Each slide quotes its first passage, in its text: of what
//! stands under `media` the program guesses the kind by words such as “spotify” anywhere within, and loads it.

use super::address;
use super::days::{self, Date};
use crate::view::json::{Event, LineJson, Passage, Record, ReportRow, StoryRow};
use crate::view::{dates, words};
use annals_core::record::Bounds;
use annals_core::when::When;
use serde::Serialize;
use std::collections::BTreeMap;

/// A timeline.
#[derive(Serialize)]
pub(crate) struct Timeline {
    title: Slide,
    events: Vec<Slide>,
    scale: &'static str,
}

#[derive(Serialize, Default)]
struct Slide {
    #[serde(skip_serializing_if = "Option::is_none")]
    unique_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<DateJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<DateJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    display_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    text: TextJson,
    /// Whether addresses in the text become links: the one that is meant is one.
    autolink: bool,
}

#[derive(Serialize, Default)]
struct DateJson {
    year: i16,
    #[serde(skip_serializing_if = "Option::is_none")]
    month: Option<i8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<i8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hour: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minute: Option<u8>,
}

#[derive(Serialize, Default)]
struct TextJson {
    headline: String,
    text: String,
}

/// Returns the timeline of the stories whose id begins with `story`; else of all that more than one report tells, or of
/// all, if there is none such. Nothing if no story's id begins so.
pub(crate) fn timeline(record: &Record<'_>, story: Option<&str>) -> Option<Timeline> {
    let all = record.stories.iter();
    let stories: Vec<&StoryRow<'_>> = match story {
        Some(id) => all.filter(|s| s.id.starts_with(id)).collect(),
        None if record.stories.iter().any(|s| s.reports.len() > 1) => all.filter(|s| s.reports.len() > 1).collect(),
        None => all.collect(),
    };
    if stories.is_empty() && story.is_some() {
        return None;
    }
    let rows = Rows::of(record);
    let lines: Vec<&LineJson<'_>> = stories.iter().flat_map(|s| &s.timeline).collect();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut events = Vec::new();
    for line in &lines {
        let count = seen.entry(&line.row).or_default();
        *count += 1;
        let id = if *count == 1 { line.row.clone() } else { format!("{}-{count}", line.row) };
        events.extend(rows.slide(line, id));
    }
    let without = lines.len() - events.len();
    Some(Timeline { title: title(&stories, without), events, scale: "human" })
}

fn title(stories: &[&StoryRow<'_>], without: usize) -> Slide {
    let headline = match stories {
        [one] => escaped(one.title),
        _ => "The sourced record".to_owned(),
    };
    let count = |of: fn(&StoryRow<'_>) -> usize| stories.iter().map(|s| of(s)).sum::<usize>();
    let reports = words::count(count(|s| s.reports.len()), "report", "reports");
    let mut text = match stories {
        [one] => {
            format!("{reports}, {}.", words::independent(Bounds { low: one.origins_low, high: one.origins_high }))
        }
        all => format!("{}, {reports}.", words::count(all.len(), "story", "stories")),
    };
    if without > 0 {
        text += &format!(" {} without a day not shown.", words::count(without, "line", "lines"));
    }
    Slide { text: TextJson { headline, text: format!("<p>{text}</p>") }, ..Slide::default() }
}

/// The rows that lines name, and the reports that passages name.
struct Rows<'r> {
    events: BTreeMap<&'r str, &'r Event<'r>>,
    passages: BTreeMap<&'r str, (&'static str, &'r [Passage<'r>])>,
    reports: BTreeMap<&'r str, &'r ReportRow<'r>>,
}

impl<'r> Rows<'r> {
    fn of(record: &'r Record<'_>) -> Rows<'r> {
        let statements = record.statements.iter().map(|s| (s.id.as_str(), (s.act, s.evidence.as_slice())));
        let figures = record.figures.iter().map(|f| (f.id.as_str(), ("figure", f.evidence.as_slice())));
        Rows {
            events: record.events.iter().map(|e| (e.id.as_str(), e)).collect(),
            passages: statements.chain(figures).collect(),
            reports: record.reports.iter().map(|r| (r.id.as_str(), r)).collect(),
        }
    }

    /// Returns the slide of a line; none for one without a day.
    fn slide(&self, line: &LineJson<'_>, id: String) -> Option<Slide> {
        let when = line.when.as_ref()?;
        let (first, last) = days::ends(when)?;
        let (start, end) = match days::one(first, last) {
            Some(date) => (date, None),
            None => (Date::of(first), Some(Date::of(last))),
        };
        let event = self.events.get(line.row.as_str());
        let (group, evidence) = match event {
            Some(event) => (event.status.replace('_', " "), event.evidence.as_slice()),
            None => {
                let (group, evidence) = self.passages.get(line.row.as_str()).copied().unwrap_or(("", &[]));
                (group.replace('_', " "), evidence)
            }
        };
        let mut known = When::between(first, last);
        known.time.clone_from(&when.time);
        Some(Slide {
            unique_id: Some(id),
            start_date: Some(dated(start, when.time.as_deref())),
            end_date: end.map(|end| dated(end, None)),
            display_date: Some(dates::interval(&known, None)),
            text: TextJson { headline: escaped(line.line), text: self.told(line, &group, evidence.first()) },
            group: (!group.is_empty()).then_some(group),
            autolink: false,
        })
    }

    /// Returns what stands below a headline: how it stands, who carries it, and the first passage with its source.
    fn told(&self, line: &LineJson<'_>, group: &str, passage: Option<&Passage<'_>>) -> String {
        let origins = words::independent(Bounds { low: line.origins_low, high: line.origins_high });
        let standing = if group.is_empty() { String::new() } else { format!("{group} · ") };
        let quote = passage.map(|p| format!("<blockquote>{}</blockquote><p>{}</p>", escaped(p.exact), self.source(p)));
        format!("<p>{standing}{origins}</p>{}", quote.unwrap_or_default())
    }

    /// Returns the outlet of a passage, linked to its page, and its day.
    fn source(&self, passage: &Passage<'_>) -> String {
        let Some(report) = self.reports.get(passage.report.as_str()) else { return String::new() };
        let outlet = escaped(report.outlet.unwrap_or(report.source.path));
        let outlet = match report.url.filter(|url| is_web(url)) {
            Some(url) => format!("<a href=\"{}\">{outlet}</a>", escaped(&address(url))),
            None => outlet,
        };
        let day = report.published.as_ref().and_then(|p| days::ends(&p.when));
        day.map_or(outlet.clone(), |(first, last)| format!("{outlet}, {}", dates::range(first, last)))
    }
}

fn dated(date: Date, time: Option<&str>) -> DateJson {
    let time = time.filter(|_| date.day.is_some());
    let part = |range| time.and_then(|t| t.get::<std::ops::Range<usize>>(range)?.parse().ok());
    DateJson { year: date.year, month: date.month, day: date.day, hour: part(0..2), minute: part(3..5) }
}

/// Says whether an address is one of the web, so that a link to it can run nothing.
fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Returns words on one line that HTML shows as they are.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in words::one_line(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
