//! `annals check`: each sentence of a draft held against reports.

use super::output;
use super::record::Inputs;
use crate::app::check::review;
use crate::view;
use annals_core::record::check::{Checked, Verdict};
use annals_core::when::Day;
use anyhow::{Context, Result, anyhow, bail};
use std::io::Read;

/// Holds a draft against reports: which of its figures, quotes, dates, events and names they support, contradict or have
/// overtaken, and of which none of them speaks.
///
/// Each sentence is shown with the passages that it was compared with and how many independent origins carry them. That no
/// report speaks of something does not make it false; that they agree does not make it true.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  annals check draft.md reports/
  annals check draft.docx reports/ --json | jq '.sentences[] | select(.verdict == \"contradicted\")'

Exit status: 0 nothing is contradicted; 1 something is; 2 the command could not run.")]
pub(super) struct Args {
    /// The draft: plain text (.txt, .md, or - for standard input) is taken as it stands, anything else is decoded.
    #[arg(value_name = "DRAFT")]
    draft: String,
    #[command(flatten)]
    inputs: Inputs,
    /// The day the draft is written on, which its “today” means. Without it, the day that the draft gives itself, else
    /// that of the last report.
    #[arg(long, value_name = "DATE", value_parser = super::record::day)]
    written: Option<Day>,
    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<u8> {
    if args.draft == "-" && args.inputs.reads_standard_input() {
        bail!("draft and reports cannot both come from standard input. Give one of them as a file");
    }
    let bytes = read(&args.draft)?;
    let (brief, decisions) = args.inputs.compile_with()?;
    let written = args.written.or(args.inputs.as_of);
    let review = review(&brief, &decisions, &args.draft, &bytes, written)
        .map_err(|why| anyhow!("cannot check {}: {why}", args.draft))?;
    output::answer(
        args.json,
        || view::json::check(&brief, &review),
        |width, colour| view::check::render(&brief, &review, &args.draft, width, colour),
    )?;
    let contradicted = |s: &Checked| s.verdict() == Some(Verdict::Contradicted);
    Ok(u8::from(review.sentences.iter().any(contradicted)))
}

fn read(draft: &str) -> Result<Vec<u8>> {
    if draft == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
        return Ok(bytes);
    }
    std::fs::read(draft).with_context(|| format!("cannot read {draft}"))
}
