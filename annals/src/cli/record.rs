//! What every command that answers from the record is given, and the record compiled from it.

use super::intake;
use super::progress::Meter;
use crate::app::brief::{Brief, brief};
use crate::app::decisions;
use crate::app::intake::{Outcome, Request};
use crate::view;
use annals_core::record::{Decision, Effect};
use annals_core::when::Day;
use anyhow::{Context, Result, anyhow};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Reports to compile.
#[derive(clap::Args)]
pub(super) struct Inputs {
    /// Files, folders, or - for standard input.
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,
    #[command(flatten)]
    intake: intake::Flags,
    /// What you know of names and copies: a JSON object a line, as {"decision": "same", "a": "Ann Lund", "b": "A. Lund"} or
    /// "not-same", with "by", "when" and "why" if you like; of two ids of reports, the first is a copy of the second, or
    /// neither is. It wins over what the reports suggest; of two lines that
    /// contradict each other the later holds.
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    /// What was known on this day: reports of later days are left out, as the ledger says. Undated reports stay.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(super) as_of: Option<Day>,
}

impl Inputs {
    /// Says whether an input is standard input.
    pub(super) fn reads_standard_input(&self) -> bool {
        self.inputs.iter().any(|i| i == "-")
    }

    /// Returns what to read of the inputs.
    ///
    /// # Errors
    /// When templates cannot be read.
    pub(super) fn request(&self) -> Result<Request> {
        self.intake.request(&self.inputs)
    }

    /// Compiles the record. Names on standard error the inputs that failed and the decisions that do not hold.
    ///
    /// # Errors
    /// When decisions or templates cannot be read.
    pub(super) fn compile(&self) -> Result<Brief> {
        Ok(self.compile_with()?.0)
    }

    /// Compiles the record like [`Inputs::compile`], and returns the decisions with it.
    ///
    /// # Errors
    /// As there.
    pub(super) fn compile_with(&self) -> Result<(Brief, Vec<Decision>)> {
        let meter = Meter::start();
        let request = self.request()?;
        // What is said now holds against what is kept.
        let mut decided: Vec<Decision> = request.archives.iter().flat_map(|a| a.decisions.clone()).collect();
        let in_archives = decided.len();
        if let Some(file) = &self.decisions {
            decided.extend(read_decisions(file)?);
        }
        let brief = brief(&request, &decided, self.as_of, &|progress| meter.show(progress));
        meter.finish();
        say_what_does_not_hold(self.decisions.as_deref(), &decided[..in_archives], &brief);
        for entry in brief.ledger.iter().filter(|e| e.outcome == Outcome::Failed) {
            intake::complain(&entry.source, &entry.reason);
        }
        Ok((brief, decided))
    }
}

/// Reads a day given on the command line.
pub(super) fn day(text: &str) -> Result<Day, String> {
    text.parse().map_err(|_| "write a day as 2031-05-06".to_owned())
}

fn read_decisions(file: &Path) -> Result<Vec<Decision>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    decisions::parse(&text).map_err(|why| anyhow!("cannot use {}: {why}", file.display()))
}

/// Names on standard error the decisions that do not hold, and what happens now: those of archives, then those of a file.
fn say_what_does_not_hold(file: Option<&Path>, of_archives: &[Decision], brief: &Brief) {
    for ruling in brief.record.rulings.iter().filter(|r| r.effect != Effect::Holds) {
        let (line, note) = (ruling.decision.line, view::words::one_line(&ruling.note));
        let place = match file {
            Some(file) if !of_archives.contains(&ruling.decision) => format!("{} line {line}", file.display()),
            _ => format!("decision {line}"),
        };
        let _ = writeln!(std::io::stderr(), "annals: {place}: {note}");
    }
}
