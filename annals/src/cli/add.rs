//! `annals add`: inputs into an archive.

use super::progress::Meter;
use super::{intake, output};
use crate::app::archive::{Added, add};
use crate::app::decide::now;
use crate::app::indexing::catch_up;
use crate::app::marks::{Meanwhile, read_on, unread};
use crate::priority;
use crate::view;
use crate::web::SERVING;
use annals_store::{Outcome, Writer};
use anyhow::{Result, bail};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Adds reports to an archive: a folder that keeps what came in, byte for byte, with an account of every input.
///
/// ARCHIVE is made if it is not there. The same bytes from the same place are known and not kept twice, so a folder that
/// grows can be added again and again. What was said to be kept is on the disk, also after a power failure; a run that was
/// stopped is finished by the same command. Every command that takes INPUT takes an archive: `annals brief ARCHIVE`.
///
/// What came in can be searched for by words, names, outlet and days as soon as that is said. Then each new report is read
/// as a whole, so that it can be searched for by status: and has:; this takes several times as long and may be stopped or
/// left for later.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  annals add strike/ monday.html tuesday.warc.gz
  annals brief strike/ --html strike.html

Exit status: 0 something was kept or known; 1 nothing was; 2 the archive could not be written or an input not be read.")]
pub(super) struct Args {
    /// The folder of the archive.
    #[arg(value_name = "ARCHIVE")]
    archive: PathBuf,
    /// Files, folders, or - for standard input.
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,
    #[command(flatten)]
    intake: intake::Flags,
    #[command(flatten)]
    writing: Writing,
    /// Ends when all is kept and can be searched for by words and names. What else is searched for is read by the next search
    /// that asks for it, by the next `add`, or meanwhile by `annals serve`.
    #[arg(long)]
    read_later: bool,
    /// Prints a JSON object a line, one whenever what came in so far is on the disk, the last one for all.
    #[arg(long)]
    json: bool,
}

/// How to write to an archive.
#[derive(clap::Args)]
pub(super) struct Writing {
    /// Does not wait when another program writes to the archive: says who, and ends.
    #[arg(long)]
    no_wait: bool,
}

impl Writing {
    /// Opens an archive to write to.
    pub(super) fn open(&self, folder: &Path) -> Result<Writer> {
        let wait = !self.no_wait;
        Ok(Writer::open(folder, |holder| {
            if wait {
                let _ = writeln!(
                    std::io::stderr(),
                    "annals: {} is being written to by {holder}; waiting",
                    folder.display()
                );
            }
            wait
        })?)
    }
}

pub(super) fn run(args: &Args) -> Result<u8> {
    let request = args.intake.request(&args.inputs)?;
    if args
        .inputs
        .iter()
        .any(|i| Path::new(i).canonicalize().ok().is_some_and(|i| args.archive.canonicalize().ok() == Some(i)))
    {
        bail!("{} cannot be added to itself", args.archive.display());
    }
    let mut writer = args.writing.open(&args.archive)?;
    // Whoever reads the archive meanwhile, in `annals serve`, waits for a page; whoever adds, for a while anyway.
    if writer.is_claimed(SERVING) {
        priority::stand_back();
    }
    let meter = Meter::start();
    let added = add(&mut writer, &request, &now(), |added, far| {
        meter.show_added(added, far);
        if args.json {
            // A reader that is gone does not stop the run.
            let _ = output::print(json(added).as_bytes());
        }
    });
    let indexed = added.is_ok().then(|| catch_up(&writer, |done, of| meter.show_count("indexing document", done, of)));
    meter.finish();
    let added = added?;
    if args.json {
        output::print(json(&added).as_bytes())?;
    } else {
        tell(&added)?;
    }
    if let Some(Err(error)) = indexed {
        // The index is a cache: what is kept is kept, and the next run or search makes up for it.
        warn(&format!("the index of words could not be brought up to date: {error:#}"));
    }
    drop(writer);
    read_new(args);
    let good = added.tally.of(Outcome::Kept) + added.tally.of(Outcome::Known) > 0;
    let failed = added.tally.of(Outcome::Failed) > 0;
    Ok(if failed { 2 } else { u8::from(!good) })
}

/// Reads the new reports as a whole, or says that they are not. Nobody waits for the archive meanwhile.
fn read_new(args: &Args) {
    let folder = &args.archive;
    if args.read_later {
        return tell_unread(folder, "until they are read");
    }
    let meter = Meter::start();
    let read = read_on(folder, Meanwhile::Leave, |done, of| {
        meter.show_rate("reading report", done, of);
        true
    });
    meter.finish();
    if let Err(error) = read {
        return warn(&format!("what status: and has: search for could not be kept: {error:#}"));
    }
    // A server over the archive, say, which has begun.
    tell_unread(folder, "until the program is done that reads them");
}

fn tell_unread(folder: &Path, until: &str) {
    match unread(folder) {
        Ok(0) => {}
        Ok(n) => warn(&format!("{n} reports cannot be searched for by status: and has: {until}")),
        Err(error) => warn(&format!("{error:#}")),
    }
}

fn warn(words: &str) {
    let _ = writeln!(std::io::stderr(), "annals: {words}");
}

fn json(added: &Added) -> String {
    let [kept, known, refused, failed] = Outcome::ALL.map(|o| added.tally.of(o));
    let line = serde_json::json!({
        "in": added.tally.all(), "kept": kept, "known": known, "refused": refused, "failed": failed,
        "new_reports": added.reports,
    });
    format!("{line}\n")
}

/// Says what a run did: the inputs that gave nothing, and the count of all.
pub(super) fn tell(added: &Added) -> Result<()> {
    for (source, outcome, reason) in &added.complaints {
        let (source, reason) = (view::words::source(source), view::words::one_line(reason));
        let _ = writeln!(std::io::stderr(), "annals: {source}: {}: {reason}", outcome.name());
    }
    output::print(format!("{}\n", sum(&added.tally, added.reports)).as_bytes())
}

/// Writes the count of a ledger: what came in is what was kept, known, refused or failed.
pub(super) fn sum(tally: &annals_store::Tally, reports: u64) -> String {
    let [kept, known, refused, failed] = Outcome::ALL.map(|o| tally.of(o));
    let new = if reports == 1 { "1 new report".to_owned() } else { format!("{reports} new reports") };
    format!("{} in = {kept} kept + {known} known + {refused} refused + {failed} failed; {new}", tally.all())
}
