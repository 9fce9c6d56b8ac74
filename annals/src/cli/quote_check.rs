//! `annals quote-check`: who carries a quote, and in which words.

use super::output;
use super::record::Inputs;
use crate::app::said::quote_check;
use crate::view;
use annals_core::record::wording::Likeness;
use anyhow::{Result, bail};

/// Finds a quote in reports and says of each whether it carries it word for word, trimmed or altered, and what differs.
///
/// Marks and capitals are no difference. A gap is fair where it is marked (…); words changed, added or silently left out
/// are told as altered.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  annals quote-check \"We asked for rest days\" reports/
  annals quote-check \"We asked for rest days\" reports/ --json | jq '.versions[] | {outlet, likeness, changes}'

Exit status: 0 a report carries it, word for word or trimmed; 1 it is absent, or every report has other words; 2 the
command could not run.")]
pub(super) struct Args {
    /// The quote.
    #[arg(value_name = "QUOTE")]
    quote: String,
    #[command(flatten)]
    inputs: Inputs,
    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<u8> {
    if !args.quote.contains(char::is_alphanumeric) {
        bail!(
            "the quote has no words. Write it in quotation marks of the shell: annals quote-check \"no talks\" reports/"
        );
    }
    let brief = args.inputs.compile()?;
    let held = quote_check(&brief, &args.quote);
    if args.json {
        let mut json = serde_json::to_vec(&view::json::quote_check(&brief, &held))?;
        json.push(b'\n');
        output::print(&json)?;
    } else {
        let (width, colour) = output::terminal();
        output::print(view::quote_check::render(&brief, &held, width, colour).as_bytes())?;
    }
    Ok(u8::from(!matches!(held.verdict(), Some(Likeness::Exact | Likeness::Trimmed))))
}
