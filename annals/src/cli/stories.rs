//! `annals stories`: the stories of an archive, and the record of one.

use super::output;
use crate::app::shelf::Shelf;
use crate::view;
use anyhow::{Result, bail};
use std::path::PathBuf;

/// Lists the stories of an archive, that of the latest report first, or prints the record of one of them.
///
/// A story is known by the id of its first report; the id of any of its reports leads to it. The list is made from the
/// links between reports; only the story asked for is compiled.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  annals stories strike/
  annals stories strike/ 3f9ad1c0 --html strike.html
  annals stories strike/ --kept-by 2031-05-06

Exit status: 0 there is a story; 1 there is none; 2 the archive cannot be read.")]
pub(super) struct Args {
    /// The folder of the archive.
    #[arg(value_name = "ARCHIVE")]
    archive: PathBuf,
    /// The id of a report, or its beginning: prints the record of its story.
    #[arg(value_name = "REPORT")]
    report: Option<String>,
    /// Stories of fewer reports are left out of the list.
    #[arg(long, value_name = "N", default_value_t = 1)]
    least: usize,
    /// Shows what the archive knew at this time, from the runs of `annals add` that had begun by then; a day, or as 2031-05-06T14:10:00Z. Nothing of that is kept: it takes longer.
    #[arg(long, value_name = "TIME", value_parser = super::intake::time)]
    kept_by: Option<String>,
    /// Prints the list as JSON, an object a line, or the record of the story asked for.
    #[arg(long)]
    json: bool,
    /// Writes the record of the story asked for as one page for a browser.
    #[arg(long, value_name = "FILE", requires = "report")]
    html: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<u8> {
    let shelf = Shelf::open(&args.archive, args.kept_by.as_deref())?;
    let holding = shelf.now();
    output::lost(&args.archive, holding.lost);
    let (width, colour) = output::terminal();
    let Some(report) = &args.report else {
        let shown: Vec<_> = holding.stories.iter().filter(|s| s.reports >= args.least).collect();
        let text = if args.json { view::stories::json(&shown)? } else { view::stories::text(&shown, width, colour) };
        output::print(text.as_bytes())?;
        return Ok(u8::from(shown.is_empty()));
    };
    let Some(brief) = holding.story(report) else {
        bail!("no single report of {} has the id {report}; `annals stories {0}` lists them", args.archive.display());
    };
    if let Some(file) = &args.html {
        output::write(file, view::html::page(&brief).as_bytes())?;
    }
    if args.json {
        let mut json = serde_json::to_vec(&view::json::record(&brief))?;
        json.push(b'\n');
        output::print(&json)?;
    } else if args.html.is_none() {
        output::print(view::text::render(&brief, width, colour).as_bytes())?;
    }
    Ok(0)
}
