//! The command line: one file per command.

mod brief;
mod decode;
mod filter;
mod intake;
mod learn;
mod link;
mod output;
mod progress;
mod read;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Keeps the sourced record of a developing story from the news reports about it.
#[derive(Parser)]
#[command(name = "annals", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Brief(brief::Args),
    Link(link::Args),
    Decode(decode::Args),
    Learn(learn::Args),
    Read(read::Args),
}

/// Runs the command that was asked for. Exit 0: done, found; 1: done, nothing found; 2: could not do it.
pub(crate) fn run() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        Command::Brief(args) => brief::run(&args),
        Command::Link(args) => link::run(&args),
        Command::Decode(args) => decode::run(&args),
        Command::Learn(args) => learn::run(&args),
        Command::Read(args) => read::run(&args),
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
