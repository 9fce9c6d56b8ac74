//! How well a draft is held against its reports: planted errors that are caught, true sentences that are called wrong.
//!
//! The drafts lie in `eval/drafts`, one file for each bundle of reports: kind of error, verdict that it deserves, sentence.

use crate::{annals, root};
use anyhow::{Context, Result};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// Prints each planted error that is missed and each true sentence that is called wrong, and says whether the rates hold:
/// nine errors of ten caught, no truth contradicted.
pub(crate) fn run() -> Result<bool> {
    let mut files =
        std::fs::read_dir(root().join("eval/drafts"))?.map(|f| Ok(f?.path())).collect::<Result<Vec<_>>>()?;
    files.sort();
    let (mut errors, mut caught, mut truths, mut wronged) = (0, 0, 0, 0);
    for file in files {
        let (planted, told) = (rows(&file, false)?, rows(&file, true)?);
        let hits = verdicts(&file, &planted)?;
        let held = verdicts(&file, &told)?;
        for (row, verdict) in planted.iter().zip(&hits).filter(|(row, v)| row.verdict != **v) {
            println!("  missed, {} ({verdict}): {}", row.kind, row.sentence);
        }
        let is_wrong = |v: &str| matches!(v, "contradicted" | "outdated");
        for (row, verdict) in told.iter().zip(&held).filter(|(_, v)| is_wrong(v)) {
            println!("  called {verdict}: {}", row.sentence);
        }
        let hit = planted.iter().zip(&hits).filter(|(row, v)| row.verdict == **v).count();
        let wrong = held.iter().filter(|v| is_wrong(v)).count();
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        println!("{name}: {hit} of {} errors caught, {wrong} of {} truths called wrong", planted.len(), told.len());
        (errors, caught) = (errors + planted.len(), caught + hit);
        (truths, wronged) = (truths + told.len(), wronged + wrong);
    }
    println!("all: {caught} of {errors} errors caught, {wronged} of {truths} truths called wrong");
    Ok(caught * 10 >= errors * 9 && wronged == 0)
}

/// A sentence of a draft.
struct Row {
    kind: String,
    verdict: String,
    sentence: String,
}

/// Returns the true sentences of a draft, or the others.
fn rows(file: &Path, truths: bool) -> Result<Vec<Row>> {
    let lines = std::fs::read_to_string(file)?;
    let row = |line: &str| {
        let mut fields = line.split('\t').map(str::to_owned);
        Some(Row { kind: fields.next()?, verdict: fields.next()?, sentence: fields.next()? })
    };
    let all = lines.lines().filter(|l| !l.starts_with('#')).filter_map(row);
    Ok(all.filter(|r| (r.verdict == "true") == truths).collect())
}

/// Returns the verdicts of `annals check` on sentences, each a paragraph of one draft.
fn verdicts(file: &Path, rows: &[Row]) -> Result<Vec<String>> {
    let lines = std::fs::read_to_string(file)?;
    let reports = lines.lines().find_map(|l| l.strip_prefix("# reports: ")).context("a draft names its reports")?;
    let draft = std::env::temp_dir().join(format!("annals-drafts-{}.txt", std::process::id()));
    std::fs::write(&draft, rows.iter().map(|r| r.sentence.as_str()).collect::<Vec<_>>().join("\n\n"))?;
    let out = Command::new(annals()?).args(["check", "--json"]).arg(&draft).arg(root().join(reports)).output()?;
    std::fs::remove_file(&draft)?;
    let checked: Value =
        serde_json::from_slice(&out.stdout).with_context(|| format!("no answer on {}", file.display()))?;
    let found: Vec<&Value> = checked["sentences"].as_array().into_iter().flatten().collect();
    let verdict = |row: &Row| {
        let own =
            |s: &&&Value| s["exact"].as_str().is_some_and(|e| row.sentence.contains(e) || e.contains(&row.sentence));
        let all = found.iter().filter(own).filter_map(|s| s["verdict"].as_str());
        all.max_by_key(|v| GRAVITY.iter().position(|g| g == v)).unwrap_or("nothing to check").to_owned()
    };
    Ok(rows.iter().map(verdict).collect())
}

/// Verdicts, the graver the later.
const GRAVITY: [&str; 4] = ["supported", "nothing found", "outdated", "contradicted"];
