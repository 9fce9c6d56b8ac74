//! `annals mcp`: tools for language models, over standard input and output.

use crate::web;
use anyhow::Result;
use std::path::PathBuf;

/// Lets a language model read an archive: tools of the Model Context Protocol, over standard input and output.
///
/// The program that runs the model starts this command; it ends when its input does. The tools search, give a story's
/// record, timeline and origins, a statement's evidence and what changed, and check quotes. None of them writes, and what
/// comes from reports is marked as such. `annals serve` has the same tools at /mcp.
#[derive(clap::Args)]
#[command(after_help = "\
Example, in the settings of a program that knows the protocol:
  { \"mcpServers\": { \"strike\": { \"command\": \"annals\", \"args\": [\"mcp\", \"/path/to/strike\"] } } }

Exit status: 0 the input ended; 2 the archive cannot be read, or the other side does not speak the protocol.")]
pub(super) struct Args {
    /// The folder of the archive.
    #[arg(value_name = "ARCHIVE")]
    archive: PathBuf,
}

pub(super) fn run(args: &Args) -> Result<u8> {
    web::mcp::over_stdio(&args.archive)?;
    Ok(0)
}
