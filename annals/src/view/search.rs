//! What a search found, on a terminal and as JSON.

use super::dates;
use super::words::{count, one_line};
use super::wrap::{Colour, Ink, Sheet};
use crate::app::search::{Answer, Found, on_day};
use annals_core::text::CodePoints;
use annals_core::when::When;
use serde_json::{Value, json};

/// Outlets and rows of a report shown on a terminal; the JSON has all.
const OUTLETS: usize = 8;
const ROWS: usize = 6;

/// Writes what was found for a terminal.
pub(crate) fn text(answer: &Answer, offset: usize, width: usize, colour: Colour) -> String {
    let mut sheet = Sheet::new(width, colour);
    for (n, found) in answer.found.iter().enumerate() {
        let number = format!("{:>3}", offset + n + 1);
        let when = day(found).map(|w| dates::range(w.from(), w.to())).unwrap_or_else(|| "no date".to_owned());
        let outlet = found.hit.outlet.as_deref().map(|o| format!(", {}", one_line(o))).unwrap_or_default();
        let title = if found.hit.title.is_empty() { "(no title)" } else { &found.hit.title };
        let line = format!("({when}{outlet})");
        sheet.put(5, &[(&number, Ink::Dim)], &[(&one_line(title), Ink::Bold), (&line, Ink::Dim)]);
        let (start, end) = found.passage;
        let words = format!(
            "{}{}{}",
            if start > 0 { "… " } else { "" },
            one_line(found.hit.text[start..end].trim()),
            if end < found.hit.text.len() { " …" } else { "" }
        );
        sheet.put(5, &[], &[(&words, Ink::Plain)]);
        for row in found.rows.iter().take(ROWS) {
            let mark = if row.mark.is_empty() { String::new() } else { format!("{}:", one_line(&row.mark)) };
            let said = one_line(&found.hit.text[row.span.start()..row.span.end()]).into_owned();
            sheet.put(9, &[("      –", Ink::Dim)], &[(&mark, Ink::Dim), (&said, Ink::Plain)]);
        }
        if found.rows.len() > ROWS {
            sheet.put(9, &[], &[(&format!("and {} more", found.rows.len() - ROWS), Ink::Dim)]);
        }
    }
    sheet.gap();
    if !answer.outlets.is_empty() {
        let named: Vec<String> =
            answer.outlets.iter().take(OUTLETS).map(|(o, n)| format!("{} {n}", one_line(o))).collect();
        sheet.put(2, &[], &[("outlets:", Ink::Dim), (&named.join(" · "), Ink::Plain)]);
    }
    if !answer.months.is_empty() {
        let named: Vec<String> = answer.months.iter().map(|((y, m), n)| format!("{y}-{m:02} {n}")).collect();
        sheet.put(2, &[], &[("months:", Ink::Dim), (&named.join(" · "), Ink::Plain)]);
    }
    let shown = match (answer.total, answer.found.len()) {
        (0, _) => "nothing found".to_owned(),
        (1, _) => "1 report".to_owned(),
        (total, shown) if total == shown => format!("{total} reports"),
        (total, 0) => format!("{total} reports, none from {} on", offset + 1),
        (total, shown) => format!("{total} reports; {} to {} shown", offset + 1, offset + shown),
    };
    sheet.put(2, &[], &[(&shown, Ink::Bold)]);
    if answer.missing > 0 {
        let note = format!("{} reports are not in the index yet: another program is adding them", answer.missing);
        sheet.put(2, &[], &[(&note, Ink::Alert)]);
    }
    if answer.not_read > 0 {
        sheet.put(2, &[], &[(&not_read(answer.not_read), Ink::Alert)]);
    }
    sheet.finish()
}

/// Says how many reports may belong to an answer and are not in it.
pub(crate) fn not_read(reports: usize) -> String {
    let reports = count(reports, "more report meets", "more reports meet");
    format!("{reports} all other conditions, but what status: and has: ask for is not read in them yet")
}

fn day(found: &Found) -> Option<When> {
    found.hit.days.map(|(from, to)| When::between(on_day(from), on_day(to)))
}

/// Returns what was found as one object. Offsets are code points of the report's text.
pub(crate) fn json(answer: &Answer, offset: usize) -> Value {
    let found: Vec<Value> = answer.found.iter().map(one).collect();
    let outlets: Vec<Value> =
        answer.outlets.iter().map(|(outlet, n)| json!({"outlet": outlet, "reports": n})).collect();
    let months: Vec<Value> =
        answer.months.iter().map(|((y, m), n)| json!({"month": format!("{y}-{m:02}"), "reports": n})).collect();
    json!({
        "total": answer.total, "offset": offset, "found": found, "outlets": outlets, "months": months,
        "not_indexed": answer.missing, "not_read": answer.not_read,
    })
}

fn one(found: &Found) -> Value {
    let hit = &found.hit;
    let points = CodePoints::new(&hit.text);
    let span = |start: usize, end: usize| json!({"report": hit.id, "start": points.of(start), "end": points.of(end), "exact": &hit.text[start..end]});
    let rows: Vec<Value> = found
        .rows
        .iter()
        .map(|row| json!({"mark": row.mark, "evidence": [span(row.span.start(), row.span.end())]}))
        .collect();
    let marks: Vec<Value> = hit.found.iter().map(|r| span(r.start, r.end)).collect();
    json!({
        "report": hit.id,
        "title": hit.title,
        "outlet": hit.outlet,
        "published": day(found).map(|w| json!({"from": w.from().to_string(), "to": w.to().to_string()})),
        "score": hit.score,
        "passage": span(found.passage.0, found.passage.1),
        "words": marks,
        "rows": rows,
    })
}
