//! `annals rebuild`: an archive made again by this version of the program, and what that changed.

use super::output;
use super::progress::Meter;
use crate::app::marks::{Meanwhile, read_on};
use crate::app::rebuild::rebuild;
use crate::view;
use annals_store::Archive;
use anyhow::Result;
use std::path::PathBuf;

/// Makes everything of an archive again that is made of its bytes, and lists what another version of the program made of
/// the same bytes otherwise.
///
/// What came in, the ledger and the decisions stay as they are. The rules, word lists and models of a version may read a
/// page otherwise, or put a report into another story: run this after an update, before you compare what was printed then
/// with what is printed now. Reports that came in since the other version ran are left out of the comparison.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  annals rebuild strike/
  annals rebuild strike/ --json | jq .otherwise

Exit status: 0 it is made again, whatever changed; 2 the archive could not be read or written.")]
pub(super) struct Args {
    /// The folder of the archive.
    #[arg(value_name = "ARCHIVE")]
    archive: PathBuf,
    /// Prints one JSON object.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<u8> {
    // A name mistyped makes no archive here.
    drop(Archive::open(&args.archive)?);
    let meter = Meter::start();
    let rebuilt = rebuild(&args.archive, |done, of| meter.show_count("indexing document", done, of))?;
    read_on(&args.archive, Meanwhile::Wait, |done, of| {
        meter.show_rate("reading report", done, of);
        true
    })?;
    meter.finish();
    let (width, colour) = output::terminal();
    let text = if args.json { view::rebuild::json(&rebuilt)? } else { view::rebuild::text(&rebuilt, width, colour) };
    output::print(text.as_bytes())?;
    Ok(0)
}
