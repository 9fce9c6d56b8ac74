//! A row of a table (JSON Lines, Parquet): the text or page of one column, its head in the others.

use super::byline;
use super::draft::Draft;
use super::format::Format;
use super::html;
use super::html::meta::machine_date;
use super::plain;
use super::published::{Claim, Ground};
use super::{Input, Refused};
use annals_core::report::Report;
use annals_core::when::When;

/// What the columns of a row say of its text. Empty strings say nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Row {
    /// The headline.
    pub title: Option<String>,
    /// The date of publication as written: ISO 8601, RFC 2822, or seconds or milliseconds since 1970.
    pub date: Option<String>,
    /// Its authors as written, one or several.
    pub authors: Vec<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its language, as a BCP 47 tag.
    pub language: Option<String>,
}

/// Decodes a row into one report.
pub(super) fn decode(input: &Input<'_>, row: &Row, format: Format) -> Result<Vec<Report>, Refused> {
    let title = row.title.as_deref().map(html::meta::plain).filter(|t| !t.is_empty());
    let outlet = row.outlet.as_deref().map(html::outlet_name).filter(|o| !o.is_empty());
    let mut draft = match format {
        Format::Html => html::item(&input.text, title.as_deref(), outlet.as_deref()),
        _ => text(input, title.as_deref())?,
    };
    if draft.body.is_empty() && draft.title.is_none() {
        return Err(Refused { reason: "a row without text".into() });
    }
    // `… [+2371 chars]`: an interface that gives the beginning alone.
    let is_cut = |words: &String| words.trim_end().ends_with(" chars]") && words.contains("[+");
    if draft.body.last().is_some_and(is_cut) {
        draft.warnings.push("cut-short");
    }
    draft.url = input.url.map(str::to_owned).or(draft.url);
    draft.outlet = outlet.or(draft.outlet);
    draft.language = row.language.clone().filter(|l| !l.is_empty()).or(draft.language);
    if let Some(when) = row.date.as_deref().and_then(date) {
        draft.claims.push(Claim::new(when, Ground::Row));
    }
    draft.captured = input.captured.or(draft.captured);
    for author in &row.authors {
        let found = byline::names(&html::meta::plain(author));
        draft.people.extend(found.people);
        draft.newsrooms.extend(found.newsrooms);
    }
    Ok(vec![draft.finish(input.source.clone())])
}

/// Reads a text below its headline, which may stand in the text again.
fn text(input: &Input<'_>, title: Option<&str>) -> Result<Draft, Refused> {
    let mut draft = Draft { title: title.map(str::to_owned), ..Draft::default() };
    draft.warnings.extend(input.is_cut.then_some("long-text"));
    let below = title.and_then(|t| input.text.trim_start().strip_prefix(t)).unwrap_or(&input.text);
    plain::read(below, &mut draft)?;
    Ok(draft)
}

/// Reads a date as tables write it.
fn date(value: &str) -> Option<When> {
    let value = value.trim();
    if value.len() >= 9 && value.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        let number: i64 = value.split('.').next()?.parse().ok()?;
        // Ten digits are seconds until the year 2286; thirteen are milliseconds, as JavaScript writes them.
        let seconds = if number >= 100_000_000_000 { number / 1_000 } else { number };
        let time = jiff::Timestamp::from_second(seconds).ok()?;
        return Some(When::day(time.to_zoned(jiff::tz::TimeZone::UTC).date()));
    }
    machine_date(value)
}
