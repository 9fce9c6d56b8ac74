//! `annals brief`: inputs in, the sourced record out, as text, page or JSON.

use super::intake;
use super::output;
use super::progress::Meter;
use crate::app::brief::{Brief, brief};
use crate::app::decisions;
use crate::app::intake::Outcome;
use crate::view;
use crate::view::wrap::Colour;
use annals_core::record::{Decision, Effect};
use anyhow::{Context, Result, anyhow, bail};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Reads news reports and prints their sourced record: what happened and when, who said what, figures and their
/// sources, what is due, where independent reports differ, and which reports copy others.
///
/// INPUT is a file, a folder (with its subfolders), or - for standard input. Pages (HTML), feeds (RSS and Atom) and
/// plain text may be mixed, also in archives (ZIP, TAR, gzip, zstd), web archives (WARC), mailboxes and tables (JSON
/// Lines, Parquet); what a file is, is told by its content. Nothing is fetched from the network.
///
/// The text goes to the terminal. For every passage behind every line, ask for the page (--html) and open it in a
/// browser: it is one file that needs nothing else and can be kept or sent.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  annals brief reports/
  annals brief monday.html tuesday.txt --html strike.html
  annals brief reports/ --json - | jq '.events[] | select(.status == \"planned\")'

Exit status: 0 the record has reports; 1 no report in any input; 2 the command could not run: wrong usage, or an
output that cannot be written. What became of each input is said in the ledger, and on standard error if it failed.")]
pub(super) struct Args {
    /// Files, folders, or - for standard input.
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,
    #[command(flatten)]
    intake: intake::Flags,
    /// What you know of names: a JSON object a line, as {"decision": "same", "a": "Ann Lund", "b": "A. Lund"} or
    /// "not-same", with "by", "when" and "why" if you like. It wins over what the reports suggest; of two lines that
    /// contradict each other the later holds.
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    /// Writes the record as JSON (its shape: docs/record.schema.json); - prints it instead of the text.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Writes the record as one page for a browser, with every passage behind every line.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<u8> {
    let is_stdout = |file: &Option<PathBuf>| file.as_deref() == Some(Path::new("-"));
    if args.json.is_some() && args.json == args.html {
        bail!("--json and --html name the same file. Name two");
    }
    let meter = Meter::start();
    let decided = args.decisions.as_deref().map(decided).transpose()?.unwrap_or_default();
    let brief = brief(&args.intake.request(&args.inputs)?, &decided, &|progress| meter.show(progress));
    meter.finish();
    if let Some(file) = &args.decisions {
        say_what_does_not_hold(file, &brief);
    }
    if let Some(file) = &args.json {
        let mut json = serde_json::to_vec(&view::json::record(&brief))?;
        json.push(b'\n');
        put(file, &json)?;
    }
    if let Some(file) = &args.html {
        put(file, view::html::page(&brief).as_bytes())?;
    }
    if !is_stdout(&args.json) && !is_stdout(&args.html) {
        let (width, colour) = terminal();
        output::print(view::text::render(&brief, width, colour).as_bytes())?;
    }
    Ok(exit_status(&brief))
}

fn decided(file: &Path) -> Result<Vec<Decision>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    decisions::parse(&text).map_err(|why| anyhow!("cannot use {}: {why}", file.display()))
}

/// Names on standard error the decisions that do not hold, and what happens now.
fn say_what_does_not_hold(file: &Path, brief: &Brief) {
    for ruling in brief.record.rulings.iter().filter(|r| r.effect != Effect::Holds) {
        let (line, note) = (ruling.decision.line, view::words::one_line(&ruling.note));
        let _ = writeln!(std::io::stderr(), "annals: {} line {line}: {note}", file.display());
    }
}

fn put(file: &Path, bytes: &[u8]) -> Result<()> {
    if file == Path::new("-") { output::print(bytes) } else { output::write(file, bytes) }
}

/// Returns the width in columns and whether to colour. Files and pipes get 80 columns: the same bytes everywhere.
fn terminal() -> (usize, Colour) {
    let out = std::io::stdout();
    if !out.is_terminal() {
        return (80, Colour::Off);
    }
    let width = terminal_size::terminal_size_of(&out).map_or(80, |(w, _)| usize::from(w.0));
    let unwanted = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|t| t == "dumb");
    (width, if unwanted("NO_COLOR") || is_dumb { Colour::Off } else { Colour::On })
}

/// Names the inputs that failed on standard error; returns 1 if there is no report, else 0.
fn exit_status(brief: &Brief) -> u8 {
    for entry in brief.ledger.iter().filter(|e| e.outcome == Outcome::Failed) {
        intake::complain(&entry.source, &entry.reason);
    }
    u8::from(brief.record.members.is_empty())
}
