//! The flags that say how much of an input is read, and what its tables hold.

use crate::app::archive::Kept;
use crate::app::intake::Request;
use crate::view::words;
use annals_core::report::Source;
use annals_ingest::decode::Templates;
use annals_ingest::unpack::{Columns, Limits};
use annals_store::Archive;
use anyhow::{Context, Result, anyhow};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Limits on inputs. What they leave out is told in the ledger.
#[derive(clap::Args)]
#[command(next_help_heading = "Limits and tables")]
pub(super) struct Flags {
    /// Most bytes of one document; larger ones fail. Also as 500K, 64M, 2G.
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "64M")]
    max_size: u64,
    /// How deep containers in containers are opened.
    #[arg(long, value_name = "N", default_value_t = Limits::default().depth)]
    max_depth: usize,
    /// How many times larger compressed bytes may become.
    #[arg(long, value_name = "N", default_value_t = Limits::default().ratio, value_parser = clap::value_parser!(u64).range(1..))]
    max_ratio: u64,
    /// Most bytes that one input may become in all.
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "256G")]
    max_unpacked: u64,
    /// Most seconds for one input; what is not read by then is left out. No limit unless given.
    #[arg(long, value_name = "N")]
    max_seconds: Option<u64>,
    /// Which columns of JSON Lines and Parquet tables hold what, as `text=body,title=headline`. Fields: id, text, html,
    /// title, url, date, author, outlet, language. Those not given are found by their usual names.
    #[arg(long, value_name = "MAP", value_parser = Columns::parse, default_value = "", hide_default_value = true)]
    columns: Columns,
    /// What `annals learn` found the pages of a site to have in common: taken for the site's frame, not for text.
    #[arg(long, value_name = "FILE")]
    templates: Option<PathBuf>,
    /// Of archives: what they had kept, and what had been decided, by this time; a day, or as 2031-05-06T14:10:00Z.
    #[arg(long, value_name = "TIME", value_parser = time)]
    kept_by: Option<String>,
}

/// Reads a time given on the command line; a day alone means its end. Returns it as archives write it.
pub(super) fn time(text: &str) -> Result<String, String> {
    moment(text, "23:59:59")
}

/// Reads a time given on the command line; a day alone means its beginning. Returns it as archives write it.
pub(super) fn beginning(text: &str) -> Result<String, String> {
    moment(text, "00:00:00")
}

fn moment(text: &str, of_day: &str) -> Result<String, String> {
    let day = || text.parse::<jiff::civil::Date>().ok().map(|day| format!("{day}T{of_day}Z"));
    let moment = || text.parse::<jiff::Timestamp>().ok().and_then(|t| jiff::Timestamp::from_second(t.as_second()).ok());
    moment()
        .map(|t| t.to_string())
        .or_else(day)
        .ok_or_else(|| "write a day as 2031-05-06, or a time as 2031-05-06T14:10:00Z".to_owned())
}

impl Flags {
    /// Returns what to read of the inputs; a folder that is an archive stands for what it holds.
    ///
    /// # Errors
    /// When the templates or an archive cannot be read.
    pub(super) fn request(&self, inputs: &[String]) -> Result<Request> {
        let limits = Limits {
            document: self.max_size,
            depth: self.max_depth,
            ratio: self.max_ratio,
            unpacked: self.max_unpacked,
            seconds: self.max_seconds,
        };
        let templates = self.templates.as_deref().map(templates).transpose()?;
        let (archives, inputs): (Vec<&String>, Vec<&String>) =
            inputs.iter().partition(|i| Archive::is_at(Path::new(i)));
        let open = |path: &String| Ok(Arc::new(Kept::of(Archive::open(Path::new(path))?, self.kept_by.as_deref())?));
        let archives = archives.into_iter().map(open).collect::<Result<_>>()?;
        Ok(Request {
            inputs: inputs.into_iter().cloned().collect(),
            archives,
            limits,
            columns: self.columns.clone(),
            templates,
        })
    }
}

fn templates(file: &Path) -> Result<Templates> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    Templates::from_json(&text).map_err(|why| anyhow!("cannot use {}: {why}", file.display()))
}

/// Reads a size: bytes, or thousands of them in powers of 1,024 (`64M`, `64MiB`).
fn size(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = text[digits.len()..].to_ascii_uppercase();
    let shift = match unit.trim_end_matches("IB").trim_end_matches('B') {
        "" => 0,
        "K" => 10,
        "M" => 20,
        "G" => 30,
        "T" => 40,
        _ => return Err("write bytes, or a number with K, M, G or T".into()),
    };
    let number: u64 = digits.parse().map_err(|_| "write bytes, or a number with K, M, G or T".to_owned())?;
    number.checked_mul(1 << shift).filter(|n| *n > 0).ok_or_else(|| "out of range".to_owned())
}

/// Says on standard error what of the inputs failed.
pub(super) fn complain(source: &Source, reason: &str) {
    let _ = writeln!(std::io::stderr(), "annals: {}: {}", words::source(source), words::one_line(reason));
}
