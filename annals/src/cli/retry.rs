//! `annals retry`: what an archive could not read before, tried again.

use super::add::{Writing, tell};
use crate::app::archive::retry;
use crate::app::decide::now;
use annals_store::Archive;
use anyhow::Result;
use std::path::PathBuf;

/// Tries again what an archive refused or failed to read before, with this version of the program.
///
/// The bytes of what was refused are kept, so its files need not be there any more. What could not be read at all has no
/// bytes in the archive: it is listed, and `annals add` takes it when it can be read.
#[derive(clap::Args)]
#[command(after_help = "\
Exit status: 0 something was kept now; 1 nothing was; 2 the archive could not be read or written.")]
pub(super) struct Args {
    /// The folder of the archive.
    #[arg(value_name = "ARCHIVE")]
    archive: PathBuf,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn run(args: &Args) -> Result<u8> {
    // A name mistyped makes no archive here.
    drop(Archive::open(&args.archive)?);
    let added = retry(&mut args.writing.open(&args.archive)?, &now())?;
    tell(&added)?;
    Ok(u8::from(added.reports == 0))
}
