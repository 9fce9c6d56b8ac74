//! `annals learn`: pages in, what the pages of each site have in common out.

use super::{intake, output};
use crate::app::intake::{Outcome, take};
use annals_ingest::decode::{Learner, sketch};
use anyhow::Result;
use std::path::{Path, PathBuf};

/// Learns from the pages of an archive what each site prints around its articles: menus, notes, calls to subscribe.
///
/// The file it writes is given to `annals brief` and `annals decode` with --templates. It lists every block that it
/// found, with the number of pages; a line that should not be there can be taken out with an editor. The same pages give
/// the same file in any order.
#[derive(clap::Args)]
#[command(after_help = "\
Example:
  annals learn archive/ --out templates.json
  annals brief archive/ --templates templates.json

Exit status: 0 something was learned; 1 nothing, since no site has three pages or more that share a block; 2 the command
could not run.")]
pub(super) struct Args {
    /// Files, folders, or - for standard input.
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,
    #[command(flatten)]
    intake: intake::Flags,
    /// Where to write what was learned; - prints it.
    #[arg(long, value_name = "FILE", default_value = "-")]
    out: PathBuf,
}

pub(super) fn run(args: &Args) -> Result<u8> {
    let mut learner = Learner::default();
    take(
        &args.intake.request(&args.inputs)?,
        |capture| Ok(sketch(capture).into_iter().collect()),
        |taken, _| {
            if taken.outcome == Outcome::Failed {
                intake::complain(&taken.source, &taken.reason);
            }
            taken.made.into_iter().for_each(|sketch| learner.add(sketch));
            true
        },
    );
    let templates = learner.finish();
    let json = templates.to_json();
    if args.out == Path::new("-") {
        output::print(json.as_bytes())?;
    } else {
        output::write(&args.out, json.as_bytes())?;
    }
    Ok(u8::from(templates.sites() == 0))
}
