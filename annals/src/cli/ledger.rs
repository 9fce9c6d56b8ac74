//! `annals ledger`: what came into an archive, and what became of it.

use super::output;
use crate::view::words::one_line;
use annals_store::{Archive, Outcome, Row, Tally};
use anyhow::Result;
use serde::Serialize;
use std::path::PathBuf;

/// Prints the ledger of an archive: every input of every run, and what became of it. Nothing that came in is missing.
///
/// The last line adds up: in = kept + known + refused + failed.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  annals ledger strike/ --failed
  annals ledger strike/ --json | jq 'select(.outcome == \"refused\") | .reason'

Exit status: 0 there are such inputs; 1 there are none; 2 the archive could not be read.")]
pub(super) struct Args {
    /// The folder of the archive.
    #[arg(value_name = "ARCHIVE")]
    archive: PathBuf,
    /// Only what was refused or failed.
    #[arg(long)]
    failed: bool,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Line<'a> {
    seq: i64,
    run: i64,
    at: &'a str,
    version: &'a str,
    path: &'a str,
    record: Option<&'a str>,
    outcome: &'static str,
    reason: &'a str,
}

pub(super) fn run(args: &Args) -> Result<u8> {
    let archive = Archive::open(&args.archive)?;
    let runs = archive.additions()?;
    let mut tally = Tally::default();
    let mut out = String::new();
    let mut shown = 0;
    archive.ledger(None, |row| {
        tally.add(row.outcome);
        if args.failed && !matches!(row.outcome, Outcome::Refused | Outcome::Failed) {
            return;
        }
        shown += 1;
        let run = runs.iter().find(|r| r.id == row.addition);
        let (at, version) = run.map_or(("", ""), |r| (r.at.as_str(), r.version.as_str()));
        out += &if args.json { json(&row, at, version) } else { text(&row, at) };
    })?;
    if !args.json {
        let reports = archive.reports()?;
        let [kept, known, refused, failed] = Outcome::ALL.map(|o| tally.of(o));
        out += &format!(
            "{} in = {kept} kept + {known} known + {refused} refused + {failed} failed; {reports} reports\n",
            tally.all()
        );
    }
    output::print(out.as_bytes())?;
    Ok(u8::from(shown == 0))
}

fn json(row: &Row, at: &str, version: &str) -> String {
    let line = Line {
        seq: row.seq,
        run: row.addition,
        at,
        version,
        path: &row.path,
        record: row.record.as_deref(),
        outcome: row.outcome.name(),
        reason: &row.reason,
    };
    serde_json::to_string(&line).unwrap_or_default() + "\n"
}

fn text(row: &Row, at: &str) -> String {
    let record = row.record.as_ref().map(|r| format!(" ({})", one_line(r))).unwrap_or_default();
    let reason = if row.reason.is_empty() { String::new() } else { format!(": {}", one_line(&row.reason)) };
    format!("{:>7}  {at}  {:<7}  {}{record}{reason}\n", row.seq, row.outcome.name(), one_line(&row.path))
}
