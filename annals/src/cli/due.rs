//! `annals due`: what reports promise or plan, by the day it is due, and what came of it.

use super::output;
use super::record::Inputs;
use crate::app;
use crate::view;
use anyhow::Result;

/// Lists what is owed: what reports promise, order or set for a day, what came of it, and what fell silent.
///
/// A promise is kept when a later report tells that it was done, missed when one says that it was not, and open
/// otherwise. What is set for a day that is past, with no report since that tells of it, has fallen silent.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  annals due reports/
  annals due reports/ --as-of 2031-05-10
  annals due reports/ --json | jq '.owed[] | select(.standing == \"silent\") | .event.label'

Exit status: 0 something is owed or was answered; 1 nothing found; 2 the command could not run.")]
pub(super) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<u8> {
    let brief = args.inputs.compile()?;
    let due = app::due::due(&brief, args.inputs.as_of);
    output::answer(
        args.json,
        || view::json::due(&brief, &due),
        |width, colour| view::due::render(&brief, &due, width, colour),
    )?;
    Ok(u8::from(due.owed.is_empty()))
}
