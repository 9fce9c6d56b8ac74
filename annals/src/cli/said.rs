//! `annals said`: what a person said, in order of time.

use super::output;
use super::record::Inputs;
use crate::app::said::bearers;
use crate::view;
use anyhow::{Result, bail};

/// Lists what a person or body said in the reports, in order of time: each utterance with its wordings, the earliest
/// report first, how the speaker is known, and who carries it.
///
/// A name that two bear gives both, apart. What a report does not let tell whose words they are is not listed.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  annals said \"Ann Lund\" reports/
  annals said Lund reports/ --json | jq '.people[].said[] | select(.origins == 1)'

Exit status: 0 something was said; 1 nobody of that name, or nothing said; 2 the command could not run.")]
pub(super) struct Args {
    /// A name, in full or the last name.
    #[arg(value_name = "PERSON")]
    person: String,
    #[command(flatten)]
    inputs: Inputs,
    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<u8> {
    if !args.person.contains(char::is_alphanumeric) {
        bail!("the name is empty. Give a name, in full or the last name: annals said \"Ann Lund\" reports/");
    }
    let brief = args.inputs.compile()?;
    let bearers = bearers(&brief, &args.person);
    output::answer(
        args.json,
        || view::json::said(&brief, &bearers),
        |width, colour| view::said::render(&brief, &args.person, &bearers, width, colour),
    )?;
    let speaks = brief.record.statements.iter().any(|s| s.speaker.is_some_and(|e| bearers.contains(&e)));
    Ok(u8::from(!speaks))
}
