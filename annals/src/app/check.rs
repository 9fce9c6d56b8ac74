//! A draft held against the record of some reports.

use super::brief::Brief;
use annals_core::reading::read;
use annals_core::record::check::{Checked, check};
use annals_core::record::{Decision, Member};
use annals_core::report::{Basis, Published, Report, Source};
use annals_core::text::Text;
use annals_core::when::{Day, When};
use annals_ingest::decode::{Capture, decode};

/// A draft and what the reports say to each of its sentences.
pub(crate) struct Review {
    /// The draft, read.
    pub(crate) draft: Member,
    /// Its sentences in text order.
    pub(crate) sentences: Vec<Checked>,
}

/// Holds a draft against a record, sentence by sentence. `day` is the day it is written on, else that of the last report.
///
/// # Errors
/// When the draft is no text.
pub(crate) fn review(
    brief: &Brief,
    decisions: &[Decision],
    name: &str,
    bytes: &[u8],
    day: Option<Day>,
) -> Result<Review, String> {
    let members = &brief.record.members;
    let last = || members.iter().filter_map(|m| m.report.when()).map(When::to).max();
    let mut report = report(name, bytes)?;
    let when = day.or_else(|| report.when().and_then(When::exact)).or_else(last).map(When::day);
    report.published = when.clone().map(|when| Published {
        when,
        basis: Basis::Inferred,
        evidence: Vec::new(),
        ground: String::new(),
        rivals: Vec::new(),
    });
    let reading = read(&report.text, when.as_ref());
    let draft = Member { report, reading };
    let sentences = check(members, &brief.record.links, decisions, &draft);
    Ok(Review { draft, sentences })
}

/// Returns the draft as a report: plain text as it stands, anything else as it is decoded.
fn report(name: &str, bytes: &[u8]) -> Result<Report, String> {
    let source = Source { path: name.to_owned(), record: None };
    let has_suffix = |s: &str| name.to_ascii_lowercase().ends_with(s);
    if let Ok(text) = std::str::from_utf8(bytes)
        && (has_suffix(".txt") || has_suffix(".md") || name == "-")
    {
        return Ok(Report::new(source, Text::verbatim(text)));
    }
    let capture = Capture { bytes, source, url: None, content_type: None, captured: None, row: None, templates: None };
    let mut reports = decode(&capture).map_err(|why| why.reason)?;
    if reports.is_empty() { Err("no text in it".into()) } else { Ok(reports.swap_remove(0)) }
}
