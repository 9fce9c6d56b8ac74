//! Sheets as CSV (RFC 4180, UTF-8 with its mark, as spreadsheets want it), figures and events with a row of HXL tags.
//!
//! Words that a spreadsheet would run as a formula get an apostrophe before them (OWASP, “CSV injection”): that is the
//! only change. A report's whole text is left out, because cells of spreadsheets end at 32,767 characters.

use super::sheets::{Cell, Kind, Sheet, Sink, fill};
use crate::view::json::Record;
use anyhow::Result;

/// What tells a spreadsheet that a file is UTF-8.
const MARK: &str = "\u{feff}";

/// The columns that are left out.
const LEFT_OUT: [(&str, &str); 1] = [("reports", "text")];

/// Tags of the Humanitarian Exchange Language (HXL 1.1, hxlstandard.org) by column: hashtags of its core schema alone.
/// A column without a tag is none that the standard speaks of.
const TAGS: [(&str, &[(&str, &str)]); 2] = [
    (
        "events",
        &[
            ("id", "#event+id"),
            ("kind", "#event+type"),
            ("label", "#event+name"),
            ("place", "#loc+id"),
            ("place_name", "#loc+name"),
            ("when_from", "#date+start"),
            ("when_to", "#date+end"),
            ("when_time", "#date+time"),
            ("status", "#status"),
            ("due_from", "#date+due+start"),
            ("due_to", "#date+due+end"),
            ("outcome", "#status+outcome"),
            ("origins", "#meta+origins+num"),
            ("origins_low", "#meta+origins+min+num"),
            ("origins_high", "#meta+origins+max+num"),
            ("reports", "#meta+reports+num"),
            ("outlets", "#meta+outlets+num"),
            ("quote", "#description+quote"),
            ("quote_report", "#meta+id+report"),
            ("quote_outlet", "#meta+source"),
            ("quote_url", "#meta+url"),
            ("quote_published_from", "#date+published+start"),
            ("quote_published_to", "#date+published+end"),
        ],
    ),
    (
        "figures",
        &[
            ("id", "#meta+id"),
            ("value", "#indicator+value+num"),
            ("low", "#indicator+value+min+num"),
            ("high", "#indicator+value+max+num"),
            ("modifier", "#indicator+value+precision"),
            ("unit", "#indicator+unit"),
            ("what", "#indicator+name"),
            ("as_of_from", "#date+start"),
            ("as_of_to", "#date+end"),
            ("as_of_time", "#date+time"),
            ("according_to_name", "#meta+source+authority"),
            ("series", "#indicator+id"),
            ("origins", "#meta+origins+num"),
            ("origins_low", "#meta+origins+min+num"),
            ("origins_high", "#meta+origins+max+num"),
            ("quote", "#description+quote"),
            ("quote_report", "#meta+id+report"),
            ("quote_outlet", "#meta+source"),
            ("quote_url", "#meta+url"),
            ("quote_published_from", "#date+published+start"),
            ("quote_published_to", "#date+published+end"),
        ],
    ),
];

/// Returns the files: name and bytes.
pub(crate) fn files(record: &Record<'_>) -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = Files(Vec::new());
    fill(record, &mut files)?;
    Ok(files.0.into_iter().map(|file| (format!("{}.csv", file.name), file.text.into_bytes())).collect())
}

struct Files(Vec<File>);

struct File {
    name: String,
    text: String,
    /// Which columns are written.
    kept: Vec<bool>,
}

impl Sink for Files {
    fn sheet(&mut self, sheet: &Sheet) -> Result<()> {
        let is_kept = |(name, _): &(String, Kind)| !LEFT_OUT.contains(&(sheet.name.as_str(), name.as_str()));
        let kept: Vec<bool> = sheet.columns.iter().map(is_kept).collect();
        let mut file = File { name: sheet.name.clone(), text: MARK.to_owned(), kept };
        let row = |words: &dyn Fn(&str) -> String| {
            sheet.columns.iter().map(|(name, _)| Cell::Words(words(name))).collect::<Vec<_>>()
        };
        file.add(&row(&|name| name.to_owned()));
        if let Some((_, tags)) = TAGS.iter().find(|(name, _)| *name == sheet.name) {
            let tag = |name: &str| tags.iter().find(|(column, _)| *column == name).map_or("", |(_, tag)| *tag);
            file.add(&row(&|name| tag(name).to_owned()));
        }
        self.0.push(file);
        Ok(())
    }

    fn row(&mut self, sheet: usize, cells: &[Cell]) -> Result<()> {
        self.0[sheet].add(cells);
        Ok(())
    }
}

impl File {
    fn add(&mut self, cells: &[Cell]) {
        line(&mut self.text, cells.iter().zip(&self.kept).filter(|(_, kept)| **kept).map(|(cell, _)| cell));
    }
}

/// Adds a row.
fn line<'c>(text: &mut String, cells: impl Iterator<Item = &'c Cell>) {
    for (n, cell) in cells.enumerate() {
        if n > 0 {
            text.push(',');
        }
        match cell {
            Cell::Empty => {}
            Cell::Whole(number) => text.push_str(&number.to_string()),
            Cell::Number(number) => text.push_str(&number.to_string()),
            Cell::Words(words) => quoted(text, words),
        }
    }
    text.push_str("\r\n");
}

/// Adds words in quotation marks, harmless to spreadsheets.
fn quoted(text: &mut String, words: &str) {
    text.push('"');
    if is_formula(words) {
        text.push('\'');
    }
    text.push_str(&words.replace('"', "\"\""));
    text.push('"');
}

/// Says whether a spreadsheet may take words for a formula: by their first sign, in its full width too, as East Asian
/// versions read it, and behind white space, which some strip.
fn is_formula(words: &str) -> bool {
    let signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    words.starts_with(['\t', '\r', '\n']) || words.trim_start().starts_with(signs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_cell(words: &str, written: &str) {
        let mut text = String::new();
        line(&mut text, [Cell::Words(words.into())].iter());
        assert_eq!(text, format!("{written}\r\n"));
    }

    #[test]
    fn no_words_become_a_formula() {
        check_cell("=1+1", "\"'=1+1\"");
        check_cell("+47 people", "\"'+47 people\"");
        check_cell("-5 degrees", "\"'-5 degrees\"");
        check_cell("@mayor", "\"'@mayor\"");
        check_cell("\t=1", "\"'\t=1\"");
        check_cell("\r=1", "\"'\r=1\"");
        check_cell(" =1", "\"' =1\"");
        check_cell("＝1", "\"'＝1\"");
        check_cell("two = one", "\"two = one\"");
    }

    #[test]
    fn marks_and_breaks_stay_in_their_cell() {
        check_cell("he said \"no\",\nthen left", "\"he said \"\"no\"\",\nthen left\"");
    }

    #[test]
    fn numbers_stay_numbers() {
        let mut text = String::new();
        line(&mut text, [Cell::Whole(-5), Cell::Empty, Cell::Number(0.5)].iter());
        assert_eq!(text, "-5,,0.5\r\n");
    }
}
