//! `annals export`: the record in the shapes of other programs.

use super::output;
use super::record::Inputs;
use crate::app::brief::Brief;
use crate::app::captures::captures;
use crate::view::export;
use crate::view::export::pack::Pack;
use crate::view::export::sha256::Sha256;
use crate::view::json::{self, Record, TABLES};
use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Writes the sourced record for other programs: tables, one SQLite file, a timeline, annotations, references, entities.
///
/// All formats are made from the record that `annals brief --json` prints and keep its ids. The same inputs give the
/// same bytes. What each is for and how to open it: docs/exports.md.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  annals export reports/ | jq '.events[].label'
  annals export reports/ --format csv --out tables/
  annals export reports/ --format sqlite --out record.sqlite

Exit status: 0 the record has reports; 1 no report in any input; 2 the command could not run: wrong usage, or an
output that cannot be written.")]
pub(super) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// What to write.
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "json")]
    format: Format,
    /// Where: a file, or for tables a folder, which is made if it is not there. - prints a text; that is the default.
    #[arg(long, value_name = "PATH", default_value = "-")]
    out: PathBuf,
    /// The story of a timeline: its id or how that begins. Without it, all that more than one report tells.
    #[arg(long, value_name = "ID")]
    story: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The whole record as one JSON object.
    Json,
    /// One file of JSON Lines a table, in a folder.
    Jsonl,
    /// One Parquet file a table, in a folder.
    Parquet,
    /// Sheets for a spreadsheet, in a folder; figures and events with a row of HXL tags.
    Csv,
    /// One SQLite file.
    Sqlite,
    /// The timelines for TimelineJS (JSON).
    Timelinejs,
    /// W3C Web Annotations of the passages (JSON-LD).
    Annotations,
    /// The reports as references in BibTeX.
    Bibtex,
    /// The reports as references in CSL-JSON.
    Csl,
    /// FollowTheMoney entities, one a line.
    Ftm,
    /// A ZIP of all that the record rests on, which can be checked without this program.
    Pack,
}

pub(super) fn run(args: &Args) -> Result<u8> {
    let is_print = args.out == Path::new("-");
    if is_print && args.format.needs_path() {
        bail!("this format cannot be printed. Name a file or folder with --out");
    }
    if args.story.is_some() && args.format != Format::Timelinejs {
        bail!("--story is for --format timelinejs alone");
    }
    if args.format == Format::Pack && args.inputs.reads_standard_input() {
        bail!("an evidence pack holds the inputs, and standard input can be read only once. Keep it in a file first");
    }
    let brief = args.inputs.compile()?;
    let record = json::record(&brief);
    let out = args.out.as_path();
    match args.format {
        Format::Json => text(out, |out| {
            serde_json::to_writer(&mut *out, &record)?;
            Ok(out.write_all(b"\n")?)
        })?,
        Format::Jsonl => tables(out, "jsonl", |table, out| lines(&record, table, out))?,
        Format::Parquet => tables(out, "parquet", |table, out| export::parquet::write(&record, table, out))?,
        Format::Csv => {
            folder(out)?;
            for (name, bytes) in export::csv::files(&record)? {
                output::write(&out.join(name), &bytes)?;
            }
        }
        Format::Sqlite => output::make(out, |file| export::sqlite::write(&record, file))?,
        Format::Timelinejs => {
            let story = args.story.as_deref();
            let Some(timeline) = export::timeline::timeline(&record, story) else {
                bail!("no story has an id that begins with {}. See the record’s stories", story.unwrap_or_default());
            };
            text(out, |out| Ok(serde_json::to_writer(out, &timeline)?))?;
        }
        Format::Annotations => text(out, |out| export::annotations::write(&record, out))?,
        Format::Bibtex => text(out, |out| export::references::bibtex(&record, out))?,
        Format::Csl => text(out, |out| export::references::csl(&record, out))?,
        Format::Pack => pack(args, &brief)?,
        Format::Ftm => text(out, |out| export::money::write(&record, out))?,
    }
    Ok(u8::from(brief.record.members.is_empty()))
}

impl Format {
    /// Says whether it is no text that could be printed.
    fn needs_path(self) -> bool {
        matches!(self, Format::Jsonl | Format::Parquet | Format::Csv | Format::Sqlite | Format::Pack)
    }
}

/// Writes the evidence pack, and says its hash: to be kept elsewhere, it shows later that the pack is the same.
fn pack(args: &Args, brief: &Brief) -> Result<()> {
    let request = args.inputs.request()?;
    let mut hash = Sha256::new();
    output::make(&args.out, |file| {
        let mut pack = Pack::new(BufWriter::new(File::create(file)?), brief)?;
        captures(&request, brief, |entry, received| pack.capture(brief, entry, received))?;
        pack.finish()?;
        std::io::copy(&mut File::open(file)?, &mut hash)?;
        Ok(())
    })?;
    let _ = writeln!(std::io::stderr(), "annals: SHA-256 of {}: {}", args.out.display(), hash.finish());
    Ok(())
}

/// Writes a text to a file or prints it.
fn text(out: &Path, fill: impl FnOnce(&mut (dyn Write + Send)) -> Result<()>) -> Result<()> {
    if out != Path::new("-") {
        return output::write_with(out, fill);
    }
    let mut bytes = Vec::new();
    fill(&mut bytes)?;
    output::print(&bytes)
}

/// Writes each table to a file of its own.
fn tables(out: &Path, extension: &str, write: impl Fn(&str, &mut (dyn Write + Send)) -> Result<()>) -> Result<()> {
    folder(out)?;
    for table in TABLES {
        output::write_with(&out.join(format!("{table}.{extension}")), |out| write(table, out))?;
    }
    Ok(())
}

fn lines(record: &Record<'_>, table: &str, out: &mut dyn Write) -> Result<()> {
    for row in record.rows(table) {
        out.write_all(&row.line()?)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn folder(out: &Path) -> Result<()> {
    std::fs::create_dir_all(out)
        .with_context(|| format!("cannot make the folder {}. Name one that can be written", out.display()))
}
