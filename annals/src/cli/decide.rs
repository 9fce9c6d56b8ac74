//! `annals same`, `not-same`, `merge`, `split`, `said-by`, `not-said-by`, `undo`, `decisions`: what people know better, kept in the archive.

use super::add::Writing;
use super::output;
use crate::app::decide;
use crate::app::decided::idle;
use crate::app::documents::Documents;
use crate::app::shelf::Shelf;
use crate::view::words::one_line;
use annals_core::record::{Subject, is_report_id};
use annals_store::{Archive, Decision, Verb};
use anyhow::{Result, bail};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Who decides, and why.
#[derive(clap::Args)]
struct Ground {
    /// Who decides.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Why.
    #[arg(long, value_name = "WORDS")]
    why: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

/// Decides that two names are two persons, bodies or places, or that neither of two reports was taken from the other. It holds
/// for everything in the archive and what comes later.
///
/// Reports are named by their ids (the `reports` table of the record), or their beginnings of four digits or more. They are two
/// origins then, and stay in their stories. If they hang together through other reports, the one that was taken from the other
/// leaves, else the first, with its own copies.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  annals not-same strike/ \"Ann Lund\" \"A. Lund\" --by \"R. Vale\" --why \"sisters; asked both\"
  annals not-same strike/ 3f9a21c0 77b0e14d --why \"both had it from the court’s own release\"

Exit status: 0 it is kept; 2 it could not be.")]
pub(super) struct Names {
    /// The folder of the archive.
    #[arg(value_name = "ARCHIVE")]
    archive: PathBuf,
    /// A name as printed, the id of an entity, or that of a report.
    #[arg(value_name = "A")]
    a: String,
    /// Another.
    #[arg(value_name = "B")]
    b: String,
    #[command(flatten)]
    ground: Ground,
}

/// Decides that two names are one person, body or place, or that one report was taken from another. It holds for everything in
/// the archive and what comes later.
///
/// Reports are named by their ids (the `reports` table of the record), or their beginnings of four digits or more. The later of
/// the two is a copy of the earlier, or of the one that --of names: they are one origin then, and stay in their stories.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  annals same strike/ \"Ann Lund\" \"Ann Lund-Vik\" --by \"R. Vale\" --why \"a married name\"
  annals same strike/ 3f9a21c0 77b0e14d --of 77b0e14d --why \"the editor said so\"

Exit status: 0 it is kept; 2 it could not be.")]
pub(super) struct Same {
    #[command(flatten)]
    names: Names,
    /// Of two reports, the original: where their days do not tell which was first.
    #[arg(long, value_name = "REPORT")]
    of: Option<String>,
}

/// Decides whether two reports belong to one story: merge makes their stories one, split takes the first out of the story
/// of the second, with its copies.
#[derive(clap::Args)]
#[command(after_help = "\
Reports are named by their id (the `reports` table of the record), or its beginning.

Exit status: 0 it is kept; 2 it could not be.")]
pub(super) struct Stories {
    /// The folder of the archive.
    #[arg(value_name = "ARCHIVE")]
    archive: PathBuf,
    /// A report.
    #[arg(value_name = "A")]
    a: String,
    /// Another.
    #[arg(value_name = "B")]
    b: String,
    #[command(flatten)]
    ground: Ground,
}

/// Decides who said a statement, or who did not: it stands with the words from then on, as decided and never as printed.
///
/// A statement is named by its id (the `statements` table of the record), with `@` and the id of its report behind it if you
/// like: without, all reports are read for it. The name is one of its story as printed, the id of an entity, or any other: then it
/// is shown as your words. It holds for the same statement in copies of the report, and in its original, too.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  annals said-by strike/ s-0f3a9c41d27be865 \"Ann Lund\" --by \"R. Vale\" --why \"it is on the tape\"
  annals not-said-by strike/ s-0f3a9c41d27be865 \"Bo Vik\" --why \"he was abroad\"

Exit status: 0 it is kept; 2 it could not be.")]
pub(super) struct Speakers {
    /// The folder of the archive.
    #[arg(value_name = "ARCHIVE")]
    archive: PathBuf,
    /// The id of a statement.
    #[arg(value_name = "STATEMENT")]
    statement: String,
    /// Who said it, or did not.
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    ground: Ground,
}

/// Takes a decision back. Both stay in the archive, with who took them and when.
#[derive(clap::Args)]
pub(super) struct Undo {
    /// The folder of the archive.
    #[arg(value_name = "ARCHIVE")]
    archive: PathBuf,
    /// The number of the decision, as `annals decisions` lists them.
    #[arg(value_name = "N")]
    decision: i64,
    #[command(flatten)]
    ground: Ground,
}

/// Lists the decisions of an archive, those taken back among them.
#[derive(clap::Args)]
pub(super) struct List {
    /// The folder of the archive.
    #[arg(value_name = "ARCHIVE")]
    archive: PathBuf,
}

pub(super) fn same(args: &Same) -> Result<u8> {
    let Names { archive, a, b, ground } = &args.names;
    let is_reports = [a, b].into_iter().all(|id| is_report_id(id));
    if !is_reports && args.of.is_some() {
        bail!("--of names the original of two reports, and these are names");
    }
    if !is_reports {
        return decide(archive, Verb::Same, a, b, ground);
    }
    let (copy, original) = decide::copy_first(&Archive::open(archive)?, a, b, args.of.as_deref())?;
    decide(archive, Verb::Same, &copy, &original, ground)
}

pub(super) fn not_same(args: &Names) -> Result<u8> {
    decide(&args.archive, Verb::NotSame, &args.a, &args.b, &args.ground)
}

pub(super) fn merge(args: &Stories) -> Result<u8> {
    decide(&args.archive, Verb::Merge, &args.a, &args.b, &args.ground)
}

pub(super) fn split(args: &Stories) -> Result<u8> {
    decide(&args.archive, Verb::Split, &args.a, &args.b, &args.ground)
}

pub(super) fn said_by(args: &Speakers) -> Result<u8> {
    decide(&args.archive, Verb::SaidBy, &args.statement, &args.name, &args.ground)
}

pub(super) fn not_said_by(args: &Speakers) -> Result<u8> {
    decide(&args.archive, Verb::NotSaidBy, &args.statement, &args.name, &args.ground)
}

pub(super) fn undo(args: &Undo) -> Result<u8> {
    decide(&args.archive, Verb::Undo, &args.decision.to_string(), "", &args.ground)
}

pub(super) fn list(args: &List) -> Result<u8> {
    let archive = Archive::open(&args.archive)?;
    let holding: Vec<i64> = archive.decisions(|_| true)?.into_iter().map(|d| d.seq).collect();
    let mut out = String::new();
    let all = archive.all_decisions()?;
    let idle: BTreeMap<i64, String> = idle(&Documents::of(Archive::open(&args.archive)?)?)?.into_iter().collect();
    for d in &all {
        let idle = idle.get(&d.seq).map(|what| format!(" ({what})")).unwrap_or_default();
        let by = d.by.as_deref().map(|by| format!(", by {}", one_line(by))).unwrap_or_default();
        let why = d.why.as_deref().map(|why| format!(": {}", one_line(why))).unwrap_or_default();
        let gone = if d.verb == Verb::Undo || holding.contains(&d.seq) { "" } else { " (taken back)" };
        out += &format!("{:>4}  {}  {} {}{gone}{idle}{by}{why}\n", d.seq, d.at, d.verb.name(), names(d));
    }
    output::print(out.as_bytes())?;
    Ok(u8::from(all.is_empty()))
}

fn names(d: &Decision) -> String {
    match d.verb {
        Verb::Undo => d.a.clone(),
        _ => format!("“{}” “{}”", one_line(&d.a), one_line(&d.b)),
    }
}

fn decide(archive: &Path, verb: Verb, a: &str, b: &str, ground: &Ground) -> Result<u8> {
    // To be opened to write to, it would be made.
    drop(Archive::open(archive)?);
    let (a, b) = (a.to_owned(), b.to_owned());
    let decision = Decision { seq: 0, at: String::new(), by: ground.by.clone(), why: ground.why.clone(), verb, a, b };
    let kept = decide::decide(&mut ground.writing.open(archive)?, decision)?;
    output::print(format!("decision {}: {}\n", kept.seq, told(&Archive::open(archive)?, &kept)).as_bytes())?;
    if matches!(decide::subject(&kept), Some(Subject::Copies | Subject::Speakers))
        && let Some(why) = Shelf::open(archive, None)?.now().half(kept.seq as usize)
    {
        let _ = writeln!(std::io::stderr(), "annals: {why}");
    }
    Ok(0)
}

/// Tells a decision; of reports, which of the two is said to be taken from which.
fn told(archive: &Archive, d: &Decision) -> String {
    let called = |id: &str| one_line(&decide::called(archive, id)).into_owned();
    match (decide::subject(d), d.verb) {
        (Some(Subject::Copies), Verb::Same) => format!("{} is a copy of {}", called(&d.a), called(&d.b)),
        (Some(Subject::Copies), _) => format!("{} and {} are no copies of each other", called(&d.a), called(&d.b)),
        (Some(Subject::Stories), Verb::Merge) => {
            format!("the stories of {} and {} are one", called(&d.a), called(&d.b))
        }
        (Some(Subject::Stories), _) => format!("{} is no part of the story of {}", called(&d.a), called(&d.b)),
        (Some(Subject::Speakers), verb) => {
            let said = if verb == Verb::SaidBy { "was said by" } else { "was not said by" };
            format!("{} {said} “{}”", one_line(&decide::quoted(archive, &d.a)), one_line(&d.b))
        }
        _ => format!("{} {}", d.verb.name(), names(d)),
    }
}
