//! A draft held against the record of some reports.

use super::brief::Brief;
use annals_core::reading::read;
use annals_core::record::check::{Checked, check};
use annals_core::record::{Decision, Member};
use annals_core::report::{Basis, Published, Report, Source};
use annals_core::text::{PartKind, Text};
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
    if members.is_empty() {
        return Err("there is no report to hold it against".into());
    }
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
    if sentences.is_empty() {
        return Err("no sentence in it can be read".into());
    }
    Ok(Review { draft, sentences })
}

/// Returns the draft as a report: plain text as it stands, anything else as it is decoded.
fn report(name: &str, bytes: &[u8]) -> Result<Report, String> {
    let source = Source { path: name.to_owned(), record: None };
    let has_suffix = |s: &str| name.to_ascii_lowercase().ends_with(s);
    if let Ok(text) = std::str::from_utf8(bytes)
        && (has_suffix(".txt") || has_suffix(".md") || name == "-")
    {
        if text.contains('\0') {
            return Err("it holds NUL bytes, so it is no plain text".into());
        }
        let paragraphs = paragraphs(text);
        let parts = paragraphs.iter().map(|p| (PartKind::Body, p.as_str()));
        return Ok(Report::new(source, Text::from_paragraphs(parts)));
    }
    let capture = Capture { bytes, source, url: None, content_type: None, captured: None, row: None, templates: None };
    let mut reports = decode(&capture).map_err(|why| why.reason)?;
    match reports.len() {
        0 => Err("no text in it".into()),
        1 => Ok(reports.swap_remove(0)),
        n => Err(format!("it holds {n} reports; give the draft as a file of its own")),
    }
}

/// Letters of a line that was broken only because the next word did not fit; guess: shorter ones are headings, items, verse.
const FULL_LINE: usize = 45;

/// Parts plain text into paragraphs: at empty lines, and where a line is too short to have been broken for its length.
fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut goes_on = false;
    for line in text.lines().map(str::trim) {
        let is_item = line.starts_with(['-', '*', '#', '•']);
        match paragraphs.last_mut().filter(|_| goes_on && !line.is_empty() && !is_item) {
            Some(paragraph) => {
                paragraph.push(' ');
                paragraph.push_str(line);
            }
            None if !line.is_empty() => paragraphs.push(line.to_owned()),
            None => {}
        }
        goes_on = line.chars().count() >= FULL_LINE;
    }
    paragraphs
}
