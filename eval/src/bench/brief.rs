//! Time and peak memory of `annals brief` over invented reports, on one core.

use super::{folder, measure, print};
use crate::{annals, corpus};
use anyhow::Result;
use std::process::{Command, Stdio};

/// Runs three times and prints the figures of each run.
pub(crate) fn run(reports: usize, words: usize) -> Result<bool> {
    let folder = folder()?;
    corpus::write(reports, words, &folder.join("reports"))?;
    println!("annals brief, {reports} plain-text reports of {words} words, one core:");
    for run in 1..=3 {
        let mut command = Command::new(annals()?);
        command.arg("brief").arg(folder.join("reports")).arg("--json").arg(folder.join("record.json"));
        let taken = measure(command.env("RAYON_NUM_THREADS", "1").stdout(Stdio::null()))?;
        print(&format!("run {run}"), reports, "reports", &taken);
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(true)
}
