//! `annals brief`: inputs in, the sourced record out, as text, page or JSON.

use super::output;
use super::record::Inputs;
use crate::view;
use anyhow::{Result, bail};
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
    #[command(flatten)]
    inputs: Inputs,
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
    let brief = args.inputs.compile()?;
    if let Some(file) = &args.json {
        let mut json = serde_json::to_vec(&view::json::record(&brief))?;
        json.push(b'\n');
        put(file, &json)?;
    }
    if let Some(file) = &args.html {
        put(file, view::html::page(&brief).as_bytes())?;
    }
    if !is_stdout(&args.json) && !is_stdout(&args.html) {
        let (width, colour) = output::terminal();
        output::print(view::text::render(&brief, width, colour).as_bytes())?;
    }
    Ok(u8::from(brief.record.members.is_empty()))
}

fn put(file: &Path, bytes: &[u8]) -> Result<()> {
    if file == Path::new("-") { output::print(bytes) } else { output::write(file, bytes) }
}
