//! The quality gate: `gate` holds scores against floors, `bench` measures speed, `dependencies` checks licences and count,
//! `train` makes the models that ship.
//!
//! Never shipped. It runs the built `annals` like a user would, and the scorers that lie beside the evaluation sets; only
//! models are trained and scored on the library itself.

mod bench;
mod corpus;
mod dating;
mod dependencies;
mod drafts;
mod draw;
mod gate;
mod hostile;
mod reliability;
mod seeds;
mod train;

use anyhow::{Result, bail};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "usage: annals-eval gate [--raise] [--only TEXT]   scores against eval/floors.tsv; --raise writes the higher ones
       annals-eval bench                         all of the following
       annals-eval bench brief [REPORTS WORDS]   time and peak memory of `annals brief` on one core (1000 reports of 400 words)
       annals-eval bench pages                   pages a second of one core, trafilatura and htmldate beside it
       annals-eval bench archive [REPORTS]       an archive filled and searched: rates, memory, the first thousand reports
                                                 beside the last, how fast searches answer (10000 reports)
       annals-eval bench search ARCHIVE FILE     how fast searches of an archive answer, asked with words of the reports in FILE
       annals-eval bench containers [RECORDS]    web archives opened and decoded, FastWARC beside it (6000 records)
       annals-eval bench read [SETS]             words a second of `read` and each part of it, spaCy beside it
       annals-eval bench link [FILE…]            reports a second, memory and planted copies found, rensa and datasketch beside it
       annals-eval bench serve [REPORTS CALLERS] how fast the local server answers, and what silent callers cost (1000, 10000)
       annals-eval bench load ARCHIVE FILE [READERS SECONDS PAUSE]
                                                 how fast pages come to readers (50) for some time (60 s), each looking at a page
                                                 for a while (1000 ms), while the reports of FILE are added
       annals-eval copies FILE                   finds the copies among reports, as `bench link` does
       annals-eval stories FILE                  finds the stories of reports, as `bench link` does
       annals-eval dated FILE                    prints reports as `annals link` takes them, as `bench link` does
       annals-eval walk INPUT…                   opens containers and counts the documents, as `bench containers` does
       annals-eval corpus REPORTS WORDS DIR      writes the invented reports that `bench` uses
       annals-eval train syntax [SETS [OUT]]     trains tagger and parser from the treebanks in SETS (../shared/eval)
       annals-eval train background [SETS [OUT]] counts in how many stretches of open text each word stands
       annals-eval hostile DIR                   writes the hostile inputs that the tests run
       annals-eval seeds DIR                     writes what the fuzz targets begin with, a folder each
       annals-eval draw lines|statements|figures|differences COUNT SEED INPUT…
                                                 rows of the record drawn at random, to be judged by reading
       annals-eval drafts                        planted errors in drafts that `check` catches, truths that it calls wrong
       annals-eval dating [each]                 hides dates of reports and infers them from their stories
       annals-eval reliability [KILLS [SEED]]    an archive killed, filled up, damaged (200 kills)
       annals-eval dependencies                  licences and number of crates";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match run(&args) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("annals-eval: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &[String]) -> Result<bool> {
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["gate", rest @ ..] => gate::run(rest),
        ["bench"] => Ok(bench::brief(1000, 400)?
            & bench::pages()?
            & bench::containers(6000)?
            & bench::archive(10_000)?
            & bench::reading(&sets())?
            & bench::link(&[])?
            & bench::serve(1000, 10_000)?),
        ["bench", "pages"] => bench::pages(),
        ["bench", "archive"] => bench::archive(10_000),
        ["bench", "archive", reports] => bench::archive(reports.parse()?),
        ["bench", "search", archive, reports] => bench::search(Path::new(archive), Path::new(reports)),
        ["bench", "containers"] => bench::containers(6000),
        ["bench", "containers", records] => bench::containers(records.parse()?),
        ["bench", "brief"] => bench::brief(1000, 400),
        ["bench", "brief", reports, words] => bench::brief(reports.parse()?, words.parse()?),
        ["bench", "read"] => bench::reading(&sets()),
        ["bench", "read", sets] => bench::reading(Path::new(sets)),
        ["bench", "serve"] => bench::serve(1000, 10_000),
        ["bench", "serve", reports, callers] => bench::serve(reports.parse()?, callers.parse()?),
        ["bench", "load", archive, more] => load(archive, more, ["50", "60", "1000"]),
        ["bench", "load", archive, more, readers, seconds, pause] => load(archive, more, [readers, seconds, pause]),
        ["bench", "link", files @ ..] => bench::link(files),
        ["copies", file] => bench::copies(file),
        ["stories", file] => bench::stories(file),
        ["dated", file] => bench::dated(file),
        ["walk", inputs @ ..] => bench::walk(inputs),
        ["corpus", reports, words, dir] => {
            corpus::write(reports.parse()?, words.parse()?, Path::new(dir)).map(|()| true)
        }
        ["train", "syntax"] => train::syntax(&sets(), &train::shipped()),
        ["train", "syntax", sets] => train::syntax(Path::new(sets), &train::shipped()),
        ["train", "syntax", sets, out] => train::syntax(Path::new(sets), Path::new(out)),
        ["train", "background"] => train::background(&sets(), &train::shipped()),
        ["train", "background", sets] => train::background(Path::new(sets), &train::shipped()),
        ["train", "background", sets, out] => train::background(Path::new(sets), Path::new(out)),
        ["hostile", dir] => seeds::write_hostile(Path::new(dir)).map(|()| true),
        ["seeds", dir] => seeds::write_seeds(Path::new(dir)).map(|()| true),
        ["draw", what, count, seed, inputs @ ..] => draw::run(what, count.parse()?, seed.parse()?, inputs),
        ["drafts"] => drafts::run(),
        ["dating"] => dating::run(&sets(), false),
        ["dating", "each"] => dating::run(&sets(), true),
        ["reliability"] => reliability::run(&annals()?, 200, 7),
        ["reliability", kills] => reliability::run(&annals()?, kills.parse()?, 7),
        ["reliability", kills, seed] => reliability::run(&annals()?, kills.parse()?, seed.parse()?),
        ["dependencies"] => dependencies::run(),
        _ => bail!("what should it do?\n{USAGE}"),
    }
}

/// Returns the root of the workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Returns the folder that lies beside the project, or that `ANNALS_SHARED` names.
fn shared() -> PathBuf {
    std::env::var_os("ANNALS_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from)
}

/// Returns the folder of the evaluation sets.
fn sets() -> PathBuf {
    shared().join("eval")
}

fn load(archive: &str, more: &str, [readers, seconds, pause]: [&str; 3]) -> Result<bool> {
    let pause = std::time::Duration::from_millis(pause.parse()?);
    bench::load(Path::new(archive), Path::new(more), readers.parse()?, seconds.parse()?, pause)
}

/// Returns the built `annals` that lies beside this program.
fn annals() -> Result<PathBuf> {
    let binary = std::env::current_exe()?.with_file_name("annals");
    if !binary.exists() {
        bail!("no annals beside {}; build it first: cargo build --release -p annals", binary.display());
    }
    Ok(binary)
}
