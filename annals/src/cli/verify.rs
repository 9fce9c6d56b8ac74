//! `annals verify`: whether an archive is what it was.

use super::output;
use crate::app::archive::verify;
use crate::view::words::one_line;
use annals_store::Archive;
use anyhow::Result;
use std::path::PathBuf;

/// Checks an archive: the bytes of every document against their hash, every row of the ledger and of the decisions
/// against the row before it, every report against the bytes it was made of, and the index against the reports.
///
/// Names each fault and where it is, and each decision about a report that is not there any more, which is no fault. The last line names the head of the ledger: who wrote it down can tell later that
/// nothing up to there was changed or taken out.
#[derive(clap::Args)]
#[command(after_help = "\
Exit status: 0 all is well; 1 there are faults; 2 the archive could not be read at all.")]
pub(super) struct Args {
    /// The folder of the archive.
    #[arg(value_name = "ARCHIVE")]
    archive: PathBuf,
}

pub(super) fn run(args: &Args) -> Result<u8> {
    let checked = verify(Archive::open(&args.archive)?)?;
    let mut out = String::new();
    for fault in &checked.faults {
        out += &format!("{}: {}\n", one_line(&fault.place), one_line(&fault.what));
    }
    for idle in &checked.idle {
        out += &format!("{}: {}\n", one_line(&idle.place), one_line(&idle.what));
    }
    out += &match checked.faults.len() {
        0 => format!("{} inputs, {} reports: all as they were kept\n", checked.rows, checked.reports),
        1 => format!("{} inputs, {} reports: 1 fault\n", checked.rows, checked.reports),
        n => format!("{} inputs, {} reports: {n} faults\n", checked.rows, checked.reports),
    };
    if let Some((seq, head)) = &checked.head {
        out += &format!("head of the ledger: row {seq}, {head}\n");
    }
    output::print(out.as_bytes())?;
    Ok(u8::from(!checked.faults.is_empty()))
}
