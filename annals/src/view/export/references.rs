//! The reports as references: BibTeX (read by biblatex and reference managers, too) and CSL-JSON.
//!
//! When a page was fetched is not known, so no date of access is given. An inferred date is marked in a note.

use super::{address, days};
use crate::view::json::{Record, ReportRow};
use crate::view::words;
use anyhow::Result;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::Write;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Writes BibTeX, an entry a report.
pub(crate) fn bibtex(record: &Record<'_>, out: &mut dyn Write) -> Result<()> {
    for (report, key) in record.reports.iter().zip(keys(record)) {
        // `article` must name a journal.
        let kind = if report.outlet.is_some() { "article" } else { "misc" };
        writeln!(out, "@{kind}{{{key},")?;
        let authors: Vec<String> = report.byline.iter().map(|name| author(name)).collect();
        let mut fields = vec![
            ("author", (!authors.is_empty()).then(|| authors.join(" and "))),
            ("title", report.title.map(|title| format!("{{{}}}", escaped(title)))),
            ("journal", report.outlet.map(escaped)),
        ];
        let date = published(report);
        fields.push(("year", date.map(|d| d.year.to_string())));
        let language = report.language.map(escaped);
        let url = report.url.map(address);
        let note = escaped(&note(report));
        for (name, value) in &fields {
            if let Some(value) = value {
                writeln!(out, "  {name} = {{{value}}},")?;
            }
        }
        if let Some(month) = date.and_then(|d| d.month) {
            // A macro, which styles spell out in their language.
            writeln!(out, "  month = {},", MONTHS[usize::from(month.unsigned_abs().clamp(1, 12)) - 1])?;
        }
        let day = date.and_then(|d| d.day).map(|d| d.to_string());
        for (name, value) in [("day", day), ("url", url), ("language", language), ("note", Some(note))] {
            if let Some(value) = value {
                writeln!(out, "  {name} = {{{value}}},")?;
            }
        }
        writeln!(out, "}}\n")?;
    }
    Ok(())
}

/// Writes CSL-JSON (citationstyles.org, schema 1.0).
pub(crate) fn csl(record: &Record<'_>, out: &mut dyn Write) -> Result<()> {
    let items: Vec<Value> = record.reports.iter().zip(keys(record)).map(|(report, key)| item(report, &key)).collect();
    serde_json::to_writer_pretty(&mut *out, &items)?;
    Ok(out.write_all(b"\n")?)
}

fn item(report: &ReportRow<'_>, key: &str) -> Value {
    let mut item = json!({ "id": key, "type": "article-newspaper", "note": note(report) });
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            item[name] = value;
        }
    };
    put("title", report.title.map(|t| words::one_line(t).into()));
    put("container-title", report.outlet.map(|o| words::one_line(o).into()));
    // Which part of a name is the family's is not known for every language, so a name stays whole.
    let authors: Vec<Value> = report.byline.iter().map(|name| json!({ "literal": words::one_line(name) })).collect();
    put("author", (!authors.is_empty()).then(|| authors.into()));
    put("issued", issued(report));
    put("URL", report.url.map(Into::into));
    put("language", report.language.map(Into::into));
    item
}

/// Returns the date. No interval: readers of this format trip over those, so the note tells it.
fn issued(report: &ReportRow<'_>) -> Option<Value> {
    let date = published(report)?;
    let parts = [Some(i64::from(date.year)), date.month.map(i64::from), date.day.map(i64::from)];
    let parts: Vec<i64> = parts.into_iter().flatten().collect();
    let mut issued = json!({ "date-parts": [parts] });
    if report.published.as_ref().is_some_and(|p| p.basis == "inferred") {
        issued["circa"] = true.into();
    }
    Some(issued)
}

/// Returns as much of the date as all days of its interval share.
fn published(report: &ReportRow<'_>) -> Option<days::Date> {
    let (first, last) = days::ends(&report.published.as_ref()?.when)?;
    days::common(first, last)
}

/// Returns what a reader should know: the report's id, and on what ground an uncertain date stands.
fn note(report: &ReportRow<'_>) -> String {
    let mut note = format!("annals report {}", report.id);
    match &report.published {
        None => note += "; no date of publication found",
        Some(p) if p.basis == "inferred" || p.when.from != p.when.to => {
            let days = if p.when.from == p.when.to {
                p.when.from.clone()
            } else {
                format!("between {} and {}", p.when.from, p.when.to)
            };
            note += &format!("; published {days}");
            if p.basis == "inferred" {
                note += ", a date inferred from what the reports say";
            }
        }
        Some(_) => {}
    }
    note
}

/// Returns a key for each report: outlet, year, and the beginning of its id, as long as it takes to be its own.
///
/// A key rests on the report alone, so that it stays when reports come or go, but for ids that begin alike.
fn keys(record: &Record<'_>) -> Vec<String> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut keys = Vec::new();
    for report in &record.reports {
        let outlet: String =
            report.outlet.unwrap_or("report").chars().filter(char::is_ascii_alphanumeric).take(20).collect();
        let outlet = if outlet.is_empty() { "report".to_owned() } else { outlet.to_ascii_lowercase() };
        let year = published(report).map(|d| d.year.to_string()).unwrap_or_default();
        let key = |length: usize| format!("{outlet}{year}-{}", report.id.get(..length).unwrap_or(&report.id));
        let short = key(8);
        let key = if taken.contains(&short) { key(report.id.len()) } else { short };
        taken.insert(key.clone());
        keys.push(key);
    }
    keys
}

/// Returns a name; one with a comma or the word that parts names stays whole.
fn author(name: &str) -> String {
    let is_odd = name.contains(',') || name.split_whitespace().any(|word| word.eq_ignore_ascii_case("and"));
    if is_odd { format!("{{{}}}", escaped(name)) } else { escaped(name) }
}

/// Returns words as TeX prints them, on one line.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in words::one_line(text).chars() {
        match c {
            '\\' => out.push_str("{\\textbackslash}"),
            '~' => out.push_str("{\\textasciitilde}"),
            '^' => out.push_str("{\\textasciicircum}"),
            // Braces must balance for every reader, escaped or not; these commands are read alike by all.
            '{' => out.push_str("{\\textbraceleft}"),
            '}' => out.push_str("{\\textbraceright}"),
            '&' | '%' | '$' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tex_would_take_for_a_command_is_printed() {
        assert_eq!(
            escaped("R&D up 5% at A_B {x} \\o/ ~#1"),
            "R\\&D up 5\\% at A\\_B {\\textbraceleft}x{\\textbraceright} {\\textbackslash}o/ {\\textasciitilde}\\#1"
        );
        assert_eq!(author("Ann and Sons"), "{Ann and Sons}");
    }
}
