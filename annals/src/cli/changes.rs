//! `annals changes`: what an archive knows that it did not know at a time.

use super::output;
use crate::app::changes::since;
use crate::app::shelf::Shelf;
use crate::view;
use anyhow::Result;
use std::path::PathBuf;

/// Tells what changed in an archive since a time: events that stand otherwise, figures with new values, differences that
/// opened, promises that were kept or not, pages that say otherwise than they did, and the reports and independent origins
/// that came.
///
/// The time is that of keeping, not of publication: what `annals add` brought in after it. Each line stands on passages of
/// reports. Stories without new reports are left out.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  annals changes strike/ --since 2031-05-06
  annals changes strike/ --since 2031-05-06T08:00:00Z --feed > strike.json

Exit status: 0 something changed; 1 nothing did; 2 the archive cannot be read.")]
pub(super) struct Args {
    /// The folder of the archive.
    #[arg(value_name = "ARCHIVE")]
    archive: PathBuf,
    /// The time, as 2031-05-06T08:00:00Z, or the beginning of a day, as 2031-05-06; UTC.
    #[arg(long, value_name = "TIME", value_parser = super::intake::beginning)]
    since: String,
    /// Prints a JSON object a story.
    #[arg(long)]
    json: bool,
    /// Prints a JSON Feed (version 1.1), an item a change.
    #[arg(long, conflicts_with = "json")]
    feed: bool,
}

pub(super) fn run(args: &Args) -> Result<u8> {
    let shelf = Shelf::open(&args.archive, None)?;
    output::lost(&args.archive, shelf.now().lost);
    let all = since(&shelf.now(), &args.since);
    let (width, colour) = output::terminal();
    let text = match (args.json, args.feed) {
        (true, _) => view::changes::json(&all)?,
        (_, true) => view::changes::feed(&all, &args.since)?,
        _ => view::changes::text(&all, width, colour),
    };
    output::print(text.as_bytes())?;
    Ok(u8::from(all.is_empty()))
}
