//! The command line: one file per command.

mod add;
mod brief;
mod changes;
mod check;
mod decide;
mod decode;
mod due;
mod export;
mod filter;
mod intake;
mod learn;
mod ledger;
mod link;
mod mcp;
mod output;
mod progress;
mod quote_check;
mod read;
mod rebuild;
mod record;
mod retry;
mod said;
mod search;
mod serve;
mod stories;
mod verify;
mod version;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};
use std::process::ExitCode;

/// Keeps the sourced record of a developing story from the news reports about it.
#[derive(Parser)]
#[command(name = "annals", max_term_width = 100, arg_required_else_help = true)]
struct Cli {
    /// Prints the version; with --verbose also each word list, gazetteer and model in it: digest, name, source, licence.
    #[arg(short = 'V', long)]
    version: bool,
    /// Says more about the version.
    #[arg(long, requires = "version")]
    verbose: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    Brief(brief::Args),
    Export(export::Args),
    Due(due::Args),
    Check(check::Args),
    Said(said::Args),
    QuoteCheck(quote_check::Args),
    Link(link::Args),
    Decode(decode::Args),
    Learn(learn::Args),
    Read(read::Args),
    #[command(visible_alias = "import")]
    Add(add::Args),
    Stories(stories::Args),
    Changes(changes::Args),
    Search(search::Args),
    Serve(serve::Args),
    Mcp(mcp::Args),
    Ledger(ledger::Args),
    Retry(retry::Args),
    Rebuild(rebuild::Args),
    Verify(verify::Args),
    Same(decide::Same),
    NotSame(decide::Names),
    Merge(decide::Stories),
    Split(decide::Stories),
    SaidBy(decide::Speakers),
    NotSaidBy(decide::Speakers),
    Undo(decide::Undo),
    Decisions(decide::List),
}

/// Runs the command that was asked for. Exit 0: done, found; 1: done, nothing found; 2: could not do it.
pub(crate) fn run() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        _ if cli.version => version::run(cli.verbose),
        Some(Command::Brief(args)) => brief::run(&args),
        Some(Command::Export(args)) => export::run(&args),
        Some(Command::Due(args)) => due::run(&args),
        Some(Command::Check(args)) => check::run(&args),
        Some(Command::Said(args)) => said::run(&args),
        Some(Command::QuoteCheck(args)) => quote_check::run(&args),
        Some(Command::Link(args)) => link::run(&args),
        Some(Command::Decode(args)) => decode::run(&args),
        Some(Command::Learn(args)) => learn::run(&args),
        Some(Command::Read(args)) => read::run(&args),
        Some(Command::Add(args)) => add::run(&args),
        Some(Command::Stories(args)) => stories::run(&args),
        Some(Command::Changes(args)) => changes::run(&args),
        Some(Command::Search(args)) => search::run(&args),
        Some(Command::Serve(args)) => serve::run(&args),
        Some(Command::Mcp(args)) => mcp::run(&args),
        Some(Command::Ledger(args)) => ledger::run(&args),
        Some(Command::Retry(args)) => retry::run(&args),
        Some(Command::Rebuild(args)) => rebuild::run(&args),
        Some(Command::Verify(args)) => verify::run(&args),
        Some(Command::Same(args)) => decide::same(&args),
        Some(Command::NotSame(args)) => decide::not_same(&args),
        Some(Command::Merge(args)) => decide::merge(&args),
        Some(Command::Split(args)) => decide::split(&args),
        Some(Command::SaidBy(args)) => decide::said_by(&args),
        Some(Command::NotSaidBy(args)) => decide::not_said_by(&args),
        Some(Command::Undo(args)) => decide::undo(&args),
        Some(Command::Decisions(args)) => decide::list(&args),
        None => Cli::command().error(ErrorKind::MissingSubcommand, "name a command; see annals --help").exit(),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            use std::io::Write;
            let _ = writeln!(std::io::stderr(), "annals: {error:#}");
            ExitCode::from(2)
        }
    }
}
