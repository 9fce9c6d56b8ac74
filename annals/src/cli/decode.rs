//! `annals decode`: inputs of any form in, reports out; or JSON Lines of pages in, their articles and metadata out.

use super::{filter, intake, output};
use crate::app::intake::{Outcome, take};
use crate::view::{self, json};
use annals_core::report::{Report, Source};
use annals_core::text::{CodePoints, PartKind};
use annals_ingest::decode::{Capture, decode, explain};
use anyhow::Result;
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::BufWriter;
use std::path::PathBuf;

/// Turns pages and documents into reports: article text, headline, authors, outlet, date, and what was left out.
///
/// With INPUT (files, folders, - for standard input; archives, web archives, mailboxes and tables are opened) it prints
/// one line of JSON a report, in the shape of the record's `reports`. Without, it is a filter: JSON Lines
/// {"id", "html" or "html_base64", "url"?, "content_type"?, "captured"?} in, article text and metadata out.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  annals decode crawl.warc.gz --ledger ledger.jsonl > reports.jsonl
  annals decode dump.parquet --columns text=article_body,date=pub_date

Exit status: 0 a report was found; 1 none was; 2 the command could not run, or a line of the filter was wrong.")]
pub(super) struct Args {
    /// Files, folders, or - for standard input; without any, JSON Lines are read from standard input.
    #[arg(value_name = "INPUT")]
    inputs: Vec<String>,
    #[command(flatten)]
    intake: intake::Flags,
    /// Writes what became of each input and each document in it, as JSON Lines.
    #[arg(long, value_name = "FILE", requires = "inputs")]
    ledger: Option<PathBuf>,
    /// Says, in place of the reports, what was taken from where and why, and what was left out.
    #[arg(long, requires = "inputs", conflicts_with = "ledger")]
    explain: bool,
}

#[derive(Deserialize)]
struct Input {
    html: Option<String>,
    html_base64: Option<String>,
    url: Option<String>,
    content_type: Option<String>,
    captured: Option<String>,
}

/// Pages are long, so few of them are held at once.
const BATCH: usize = 64;

pub(super) fn run(args: &Args) -> Result<u8> {
    match (args.inputs.is_empty(), args.explain) {
        (true, _) => filter::run(BATCH, article),
        (false, true) => explanations(args),
        (false, false) => reports(args),
    }
}

/// Prints what was taken from where, document by document.
fn explanations(args: &Args) -> Result<u8> {
    let mut any = false;
    let mut trouble = None;
    let account = |capture: &Capture<'_>| {
        let explained = explain(capture);
        let name = view::words::source(&capture.source);
        Ok(vec![(explained.reports.is_ok(), view::explain::render(&name, &explained))])
    };
    take(&args.intake.request(&args.inputs)?, account, |taken, _| {
        if taken.outcome == Outcome::Failed {
            intake::complain(&taken.source, &taken.reason);
        }
        any |= taken.made.iter().any(|(is_kept, _)| *is_kept);
        let text: String = taken.made.into_iter().map(|(_, text)| text).collect();
        match filter::print_line(&mut std::io::stdout().lock(), text.trim_end()) {
            Ok(is_read) => is_read,
            Err(error) => {
                trouble = Some(error);
                false
            }
        }
    });
    trouble.map_or(Ok(u8::from(!any)), Err)
}

/// Prints the reports of the inputs as they come; holds few of them at once.
fn reports(args: &Args) -> Result<u8> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut ledger = args.ledger.as_deref().map(output::Lines::create).transpose()?;
    let mut trouble = None;
    let (mut is_read, mut any) = (true, false);
    let rows = |capture: &Capture<'_>| {
        let row = |report: &Report| {
            let points = CodePoints::new(report.text.as_str());
            (report.id.to_string(), serde_json::to_string(&json::report(report, &points)))
        };
        decode(capture).map(|reports| reports.iter().map(row).collect())
    };
    take(&args.intake.request(&args.inputs)?, rows, |taken, _| {
        let print = || -> Result<bool> {
            let mut ids = Vec::new();
            for (id, line) in taken.made {
                is_read = is_read && filter::print_line(&mut out, &line?)?;
                ids.push(id);
                any = true;
            }
            if taken.outcome == Outcome::Failed {
                intake::complain(&taken.source, &taken.reason);
            }
            if let Some(ledger) = &mut ledger {
                ledger.put(&json::ledger_row(&taken.source, taken.outcome, ids, &taken.reason))?;
            }
            Ok(is_read)
        };
        print().unwrap_or_else(|error| {
            trouble = Some(error);
            false
        })
    });
    if let Some(error) = trouble {
        return Err(error);
    }
    if let Some(ledger) = ledger {
        ledger.close()?;
    }
    filter::flush(&mut out)?;
    Ok(u8::from(!any))
}

fn article(id: &Value, input: Input) -> Result<Value, String> {
    let bytes = match (input.html, input.html_base64) {
        (Some(html), _) => html.into_bytes(),
        (None, Some(coded)) => from_base64(&coded).ok_or("html_base64 is not Base64")?,
        (None, None) => return Err("neither html nor html_base64".into()),
    };
    let capture = Capture {
        bytes: &bytes,
        source: Source { path: id.as_str().unwrap_or("-").to_owned(), record: None },
        url: input.url.as_deref().filter(|u| !u.is_empty()),
        content_type: input.content_type.as_deref(),
        captured: input.captured.as_deref().and_then(|day| day.get(..10)?.parse().ok()),
        ..Capture::default()
    };
    let reports = decode(&capture).map_err(|refused| refused.reason)?;
    let report = reports.first().ok_or("no report")?;
    Ok(json!({
        "id": id,
        "title": report.title,
        "text": body(report),
        "published": report.published.as_ref().map(|p| json!({
            "from": p.when.from().to_string(), "to": p.when.to().to_string(), "time": p.when.time, "basis": p.basis.name(),
            "ground": p.ground,
            "rivals": p.rivals.iter().map(|r| json!({"value": r.value, "why": r.why})).collect::<Vec<_>>(),
        })),
        "byline": report.byline,
        "outlet": report.outlet,
        "dateline": report.dateline,
        "section": report.section,
        "language": report.language,
        "warnings": report.warnings,
        "removed": report.removed.iter().map(|r| json!({"kind": r.kind, "exact": r.exact})).collect::<Vec<_>>(),
    }))
}

/// Returns the article alone: its paragraphs, the dateline with the first.
fn body(report: &Report) -> String {
    let mut out = String::new();
    for part in report.text.parts() {
        if !matches!(part.kind, PartKind::Dateline | PartKind::Body) {
            continue;
        }
        if !out.is_empty() {
            out.push_str(if out.ends_with(DATELINE_ENDS) { " " } else { "\n\n" });
        }
        out.push_str(report.text.get(part.span));
    }
    out
}

/// What datelines end in.
const DATELINE_ENDS: [char; 5] = ['—', '–', '-', '―', ':'];

/// Decodes Base64 (RFC 4648), padded or not, white space skipped.
fn from_base64(coded: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(coded.len() / 4 * 3);
    let (mut bits, mut held) = (0u32, 0);
    for byte in coded.bytes().filter(|b| !b.is_ascii_whitespace() && *b != b'=') {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    Some(out)
}
