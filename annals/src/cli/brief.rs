//! `annals brief`.

use crate::{app, view};
use anyhow::{Context, Result};
use std::path::PathBuf;

/// Reads reports and prints their sourced record.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Files, folders, or - for standard input.
    #[arg(required = true)]
    inputs: Vec<String>,
    /// Writes the record as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<u8> {
    let brief = app::brief::brief(&args.inputs);
    if let Some(file) = &args.json {
        let json = serde_json::to_string(&view::json::record(&brief))?;
        std::fs::write(file, json).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(u8::from(brief.record.members.is_empty()))
}
