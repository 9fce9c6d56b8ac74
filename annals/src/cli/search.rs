//! `annals search`: reports of an archive, and rows of them.

use super::output;
use super::progress::Meter;
use crate::app::marks::{Meanwhile, read_on};
use crate::app::search::{Answer, Rows, Searcher, Wanted, since_1970};
use crate::view;
use annals_core::when::Day;
use annals_store::{Clause, Query};
use anyhow::Result;
use std::path::PathBuf;

/// Searches an archive: reports that hold all words asked for, best first, each with the passage that holds them.
///
/// Words are found in all their forms (hearing finds hearings); "words in quotation marks" stand side by side; pump* finds
/// what begins so; -word leaves out. Fields: person:, org:, place:, outlet: (a letter may be wrong), after: and before:
/// (days of publication, as 2031-05-06), status: (planned, ongoing, held, postponed, called_off, denied), has: (figure,
/// statement, quote, event), language:. What was added with --read-later is read by the first search for status: or has:, which
/// may take long and goes on where it was stopped. Where the first word is one to leave out, write -- before it.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  annals search strike/ 'harbour \"pay talks\" after:2031-05-06'
  annals search strike/ 'person:lund has:quote' --rows statements
  annals search strike/ 'status:called_off' --json | jq '.found[].title'

Exit status: 0 something was found; 1 nothing was; 2 the archive or the question could not be read.")]
pub(super) struct Args {
    /// The folder of the archive.
    #[arg(value_name = "ARCHIVE")]
    archive: PathBuf,
    /// What to look for; nothing finds everything. With - each line of standard input is looked for, and answered with a line
    /// of JSON.
    #[arg(value_name = "WORDS", default_value = "")]
    words: String,
    /// How many to show.
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// How many to pass over first.
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// Counts all that was found by outlet and by month.
    #[arg(long)]
    facets: bool,
    /// Shows the rows of each report that hold the words: statements, events or figures.
    #[arg(long, value_name = "KIND", value_parser = rows)]
    rows: Option<Rows>,
    /// Finds only what the runs of `annals add` brought that had begun by this time; a day, or as 2031-05-06T14:10:00Z.
    #[arg(long, value_name = "TIME", value_parser = super::intake::time)]
    kept_by: Option<String>,
    /// Prints one JSON object.
    #[arg(long)]
    json: bool,
}

fn rows(text: &str) -> Result<Rows, String> {
    match text {
        "statements" => Ok(Rows::Statements),
        "events" => Ok(Rows::Events),
        "figures" => Ok(Rows::Figures),
        _ => Err("write statements, events or figures".to_owned()),
    }
}

pub(super) fn run(args: &Args) -> Result<u8> {
    if args.words == "-" {
        return each(args);
    }
    let answer = ask(&Searcher::of(&args.archive), args, &args.words)?;
    if args.json {
        output::print(&line(&answer, args.offset)?)?;
    } else {
        let (width, colour) = output::terminal();
        output::print(view::search::text(&answer, args.offset, width, colour).as_bytes())?;
    }
    Ok(u8::from(answer.found.is_empty()))
}

/// Answers each line of standard input with a JSON object; one that cannot be read with what is wrong with it.
fn each(args: &Args) -> Result<u8> {
    let searcher = Searcher::of(&args.archive);
    let mut found = false;
    for words in std::io::stdin().lines() {
        let answer = ask(&searcher, args, words?.trim());
        found |= answer.as_ref().is_ok_and(|answer| !answer.found.is_empty());
        let told = match answer {
            Ok(answer) => line(&answer, args.offset)?,
            Err(error) => format!("{}\n", serde_json::json!({ "error": format!("{error:#}") })).into_bytes(),
        };
        output::print(&told)?;
    }
    Ok(u8::from(!found))
}

fn line(answer: &Answer, offset: usize) -> Result<Vec<u8>> {
    let mut json = serde_json::to_vec(&view::search::json(answer, offset))?;
    json.push(b'\n');
    Ok(json)
}

fn ask(searcher: &Searcher, args: &Args, words: &str) -> Result<Answer> {
    let day = |text: &str| text.parse::<Day>().ok().map(since_1970);
    let query = Query::parse(words, day)?;
    if query.clauses.iter().any(Clause::is_on_marks) && searcher.unread()? > 0 {
        let meter = Meter::start();
        // Where this cannot be kept, the answer says how many reports are not read.
        let _ = read_on(&args.archive, Meanwhile::Wait, |done, of| {
            meter.show_rate("reading report", done, of);
            true
        });
        meter.finish();
    }
    let wanted = Wanted {
        query,
        offset: args.offset,
        limit: args.limit,
        facets: args.facets,
        rows: args.rows,
        kept_by: args.kept_by.clone(),
    };
    searcher.search(&wanted)
}
