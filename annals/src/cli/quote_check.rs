//! `annals quote-check`: who carries a quote, and in which words.

use super::output;
use super::record::Inputs;
use crate::app::said::quote_check;
use crate::view;
use annals_core::record::wording::{LONGEST, Likeness, SHORTEST, length};
use anyhow::{Result, bail};

/// Finds a quote in reports and says of each whether it carries it word for word, trimmed or altered, and what differs.
///
/// Marks and capitals are no difference, the sign of a number is (£, %, a minus). A gap is fair where it is marked (…) and
/// leaves out no "not"; words changed, added or silently left out are told as altered.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  annals quote-check \"We asked for rest days\" reports/
  annals quote-check \"We asked for rest days\" reports/ --json | jq '.versions[] | {outlet, likeness, changes}'

Exit status: 0 a report carries it, word for word or trimmed; 1 it is absent, or every report has other words; 2 the
command could not run.")]
pub(super) struct Args {
    /// The quote: 3 to 600 words.
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
    match length(&args.quote) {
        n if n < SHORTEST => bail!("give at least three words: shorter ones are anybody's"),
        n if n > LONGEST => bail!("the quote has {n} words; give at most {LONGEST}: check a longer one part by part"),
        _ => {}
    }
    let brief = args.inputs.compile()?;
    let held = quote_check(&brief, &args.quote);
    output::answer(
        args.json,
        || view::json::quote_check(&brief, &held),
        |width, colour| view::quote_check::render(&brief, &held, width, colour),
    )?;
    Ok(u8::from(!matches!(held.verdict(), Some(Likeness::Exact | Likeness::Trimmed))))
}
