//! Rows of a record that annals wrote: a report of its `reports` table comes back as the report that it was, with its id.
//!
//! The shapes are those of `docs/record.schema.json`. An inferred date is left out: it is inferred again from what the
//! reports now beside it say.

use super::Refused;
use annals_core::report::{Basis, Credit, CreditKind, Published, Removed, Report, Rival, Source};
use annals_core::text::{PartKind, Span, Text};
use annals_core::when::When;
use serde_json::{Map, Value};

/// What `unpack` calls a row of the `reports` table, so that it is read here.
pub(crate) const TYPE: &str = "application/vnd.annals.report+json";

/// What a row of a record is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Row {
    /// A report.
    Report,
    /// A row of another table, which is compiled from the reports again.
    Other(&'static str),
}

/// Columns that tell the other tables of a record: table, then what only its rows have together.
const TABLES: [(&str, &[&str]); 10] = [
    ("copies", &["report", "of", "kind", "containment", "evidence"]),
    ("entities", &["id", "aliases", "mentions", "evidence"]),
    ("statements", &["id", "utterance", "content", "evidence"]),
    ("events", &["id", "participants", "history", "evidence"]),
    ("figures", &["id", "modifier", "series", "evidence"]),
    ("differences", &["kind", "rows", "relation", "evidence"]),
    ("stories", &["id", "reports", "timeline", "summary"]),
    ("ledger", &["source", "outcome", "reports", "reason"]),
    ("decisions", &["line", "decision", "effect", "entities"]),
    // Events have these, too, so they stand before it.
    ("origins", &["id", "label", "reports"]),
];

/// Says what a table with these columns holds, if it is one of a record.
pub(crate) fn row<'n>(columns: impl Iterator<Item = &'n str> + Clone) -> Option<Row> {
    let has = |all: &[&str]| all.iter().all(|name| columns.clone().any(|column| column == *name));
    if has(&["id", "page", "source", "text", "parts", "removed", "warnings"]) {
        return Some(Row::Report);
    }
    TABLES.iter().find(|(_, all)| has(all)).map(|(table, _)| Row::Other(table))
}

/// Returns the reports of a whole record: one object with all tables.
pub(crate) fn reports(object: &Map<String, Value>) -> Option<&[Value]> {
    let is_record =
        ["reports", "origins", "stories", "ledger"].iter().all(|t| object.get(*t).is_some_and(Value::is_array));
    let is_report = |r: &Value| r.as_object().is_some_and(|r| row(r.keys().map(String::as_str)) == Some(Row::Report));
    let reports = object.get("reports")?.as_array()?;
    (is_record && reports.iter().all(is_report)).then_some(reports)
}

/// Decodes a row of the `reports` table.
pub(super) fn decode(bytes: &[u8]) -> Result<Vec<Report>, Refused> {
    let refused = |reason: &str| Refused { reason: reason.into() };
    let row: Value = serde_json::from_slice(bytes).map_err(|_| refused("a damaged row of a record"))?;
    let report =
        report(&row).ok_or_else(|| refused("a row of a record that is not as docs/record.schema.json says"))?;
    if row["id"] != report.id.to_string() {
        return Err(refused(
            "a report of a record that was changed since: its words, date, outlet or page are not those of its id",
        ));
    }
    Ok(vec![report])
}

fn report(row: &Value) -> Option<Report> {
    let source = Source { path: row["source"]["path"].as_str()?.to_owned(), record: words(&row["source"]["record"]) };
    let text = text(row)?;
    let at = Offsets::new(text.as_str());
    let spans = |passages: &Value| list(passages).iter().map(|p| span(&text, &at, p)).collect::<Option<Vec<Span>>>();
    let mut credit = Vec::new();
    for one in list(&row["credits"]) {
        let kind = match one["kind"].as_str()? {
            "line" => CreditKind::Line,
            "contributed" => CreditKind::Contributed,
            "told" => CreditKind::Told,
            "photo" => CreditKind::Photo,
            _ => return None,
        };
        credit.push(Credit { name: words(&one["name"])?, kind, span: spans(&one["evidence"])?.first().copied() });
    }
    let published = match &row["published"] {
        Value::Null => None,
        inferred if inferred["basis"] == "inferred" => None,
        stated => Some(published(stated, spans(&stated["evidence"])?)?),
    };
    let removed = list(&row["removed"]).iter();
    let removed: Option<Vec<Removed>> =
        removed.map(|r| Some(Removed { kind: words(&r["kind"])?.into(), exact: words(&r["exact"])? })).collect();
    let warnings = list(&row["warnings"]).iter().map(|w| Some(words(w)?.into())).collect::<Option<_>>()?;
    let byline = list(&row["byline"]).iter().map(words).collect::<Option<_>>()?;
    let known = Report {
        url: words(&row["url"]),
        outlet: words(&row["outlet"]),
        title: words(&row["title"]),
        byline,
        credit,
        dateline: words(&row["dateline"]),
        section: words(&row["section"]),
        language: words(&row["language"]),
        published,
        removed: removed?,
        warnings,
        template: words(&row["template"]),
        ..Report::new(source, text)
    };
    Some(known.seal())
}

/// Returns the text with its parts; nothing if they do not make it.
fn text(row: &Value) -> Option<Text> {
    let whole = row["text"].as_str()?;
    let mut parts = Vec::new();
    let at = Offsets::new(whole);
    for part in list(&row["parts"]) {
        let kind = match part["kind"].as_str()? {
            "title" => PartKind::Title,
            "standfirst" => PartKind::Standfirst,
            "byline" => PartKind::Byline,
            "dateline" => PartKind::Dateline,
            "body" => PartKind::Body,
            "credit" => PartKind::Credit,
            _ => return None,
        };
        let (start, end) = (at.of(&part["start"])?, at.of(&part["end"])?);
        parts.push((kind, whole.get(start..end)?));
    }
    let text = Text::from_paragraphs(parts);
    (text.as_str() == whole && !text.parts().is_empty()).then_some(text)
}

/// Turns offsets of code points into bytes, the other way round than [`CodePoints`](annals_core::text::CodePoints).
struct Offsets<'t> {
    text: &'t str,
    /// The byte at which each [`STEP`]th code point begins.
    starts: Vec<usize>,
}

/// Code points between two that are remembered.
const STEP: usize = 64;

impl<'t> Offsets<'t> {
    fn new(text: &'t str) -> Offsets<'t> {
        Offsets { text, starts: text.char_indices().step_by(STEP).map(|(at, _)| at).collect() }
    }

    /// Returns the byte at which a code point begins, or the text's end behind the last one.
    fn of(&self, points: &Value) -> Option<usize> {
        let points = usize::try_from(points.as_u64()?).ok()?;
        // The end of a text of whole steps is a step behind the last one remembered.
        let step = (points / STEP).min(self.starts.len().checked_sub(1)?);
        let start = self.starts[step];
        let mut here = self.text[start..].char_indices().map(|(at, _)| start + at).chain([self.text.len()]);
        here.nth(points - step * STEP)
    }
}

fn span(text: &Text, at: &Offsets<'_>, passage: &Value) -> Option<Span> {
    text.span(at.of(&passage["start"])?, at.of(&passage["end"])?)
}

fn published(row: &Value, evidence: Vec<Span>) -> Option<Published> {
    let day = |name: &str| row[name].as_str()?.parse().ok();
    let mut when = When::between(day("from")?, day("to")?);
    when.time = words(&row["time"]);
    let basis = match row["basis"].as_str()? {
        "stated" => Basis::Stated,
        "metadata" => Basis::Metadata,
        _ => return None,
    };
    let rivals = list(&row["rivals"]).iter();
    let rivals: Option<_> =
        rivals.map(|r| Some(Rival { value: words(&r["value"])?, why: words(&r["why"])? })).collect();
    Some(Published { when, basis, evidence, ground: words(&row["ground"])?, rivals: rivals? })
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn words(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_become_bytes() {
        for words in ["é🚢a".repeat(64), "a".repeat(128), "é".into(), "a".repeat(130)] {
            let at = Offsets::new(&words);
            let starts = words.char_indices().map(|(at, _)| at).chain([words.len()]);
            for (n, byte) in starts.enumerate() {
                assert_eq!(at.of(&n.into()), Some(byte), "{n} of {words}");
            }
            assert_eq!(at.of(&(words.chars().count() + 1).into()), None);
        }
        assert_eq!(Offsets::new("").of(&0.into()), None);
    }

    fn check_refused(change: impl Fn(&mut Value)) {
        let mut row = serde_json::json!({
            "id": "", "page": "", "source": { "path": "a.txt" }, "text": "Pier é shut", "warnings": [], "removed": [],
            "parts": [{ "kind": "body", "start": 0, "end": 11 }],
            "credits": [{ "name": "NW", "kind": "line", "evidence": [{ "start": 0, "end": 4 }] }],
            "published": { "from": "2024-03-04", "to": "2024-03-04", "basis": "stated", "ground": "printed", "evidence": [] },
        });
        row["id"] = report(&row).unwrap().id.to_string().into();
        assert!(decode(row.to_string().as_bytes()).is_ok());
        change(&mut row);
        assert!(decode(row.to_string().as_bytes()).is_err(), "{row}");
    }

    #[test]
    fn a_row_that_is_not_whole_is_refused() {
        check_refused(|row| row["text"] = "Pier é open".into());
        check_refused(|row| row["published"]["to"] = "2024-03-05".into());
        check_refused(|row| row["source"]["path"] = "b.txt".into());
        check_refused(|row| row["parts"] = serde_json::json!([]));
        check_refused(|row| row["parts"][0]["end"] = 12.into());
        check_refused(|row| row["parts"][0]["start"] = u64::MAX.into());
        check_refused(|row| row["credits"][0]["evidence"][0]["end"] = 0.into());
        check_refused(|row| row["published"]["basis"] = "guessed".into());
        check_refused(|row| row["id"] = Value::Null);
    }
}
