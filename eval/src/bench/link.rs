//! How fast copies and stories are found among many reports, with what memory, and how many planted copies are found;
//! datasketch and rensa beside it on the same reports.

use super::{folder, measure, peer, print};
use crate::{annals, shared};
use annals_core::link::{Article, Copies, Imprint, WINDOW};
use annals_core::text::Span;
use annals_core::when::Day;
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

/// Times files of reports as `gen_corpus.py` writes them; without any, makes two, of ten and of a hundred thousand.
pub(crate) fn run(files: &[&str]) -> Result<bool> {
    if !files.is_empty() {
        files.iter().try_for_each(|file| time(Path::new(file)))?;
        return Ok(true);
    }
    let generator = shared().join("bench/gen_corpus.py");
    if !generator.exists() {
        println!("reports to link: not measured; {} is not there", generator.display());
        return Ok(true);
    }
    let folder = folder()?;
    for reports in ["10000", "100000"] {
        let file = folder.join(reports).with_extension("jsonl");
        let made = Command::new("python3").arg(&generator).args([reports, "11"]).arg(&file).status()?;
        if made.success() {
            time(&file)?;
        } else {
            println!("{reports} reports: not measured; the generator needs Python 3 with numpy");
        }
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(true)
}

fn time(file: &Path) -> Result<()> {
    let count = BufReader::new(File::open(file).with_context(|| file.display().to_string())?).split(b'\n').count();
    println!("{count} reports, one core, programs from JSON Lines to answers:");
    let mut copies = Command::new(std::env::current_exe()?);
    copies.arg("copies").arg(file);
    print("annals, copies alone", count, "reports", &measure(&mut copies)?);
    let mut link = Command::new(annals()?);
    link.arg("link").env("RAYON_NUM_THREADS", "1").stdin(File::open(file)?).stdout(Stdio::null());
    print("annals link, copies and stories", count, "reports", &measure(&mut link)?);
    for name in ["rensa", "datasketch"] {
        if let Some(mut command) = peer(name) {
            command.env("OMP_NUM_THREADS", "1").env("OPENBLAS_NUM_THREADS", "1").env("RAYON_NUM_THREADS", "1");
            print(name, count, "reports", &measure(command.arg(file).stdout(Stdio::inherit()))?);
        }
    }
    Ok(())
}

/// Finds the copies among a file of reports, and prints what part of the planted ones was found, and its own time.
pub(crate) fn copies(file: &str) -> Result<bool> {
    let mut copies = Copies::within(WINDOW);
    let mut root: Vec<usize> = Vec::new();
    // Kind to (planted, found).
    let mut kinds: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut seconds = 0.0;
    let mut lines = BufReader::new(File::open(file)?).lines();
    loop {
        let read = lines.by_ref().take(1000).map(|line| Ok(serde_json::from_str(&line?)?));
        let reports: Vec<Value> = read.collect::<Result<_>>()?;
        if reports.is_empty() {
            break;
        }
        let mut clock = super::reading::Clock::start()?;
        let found: Vec<_> = reports.iter().map(|r| copies.add(&imprint(r))).collect();
        seconds += clock.lap()?;
        for (report, matches) in reports.iter().zip(found) {
            let of = usize::try_from(report["dup_of"].as_i64().unwrap_or(-1)).ok();
            root.push(of.map_or(root.len(), |of| root[of]));
            let edited = report["kind"] == "near" && report["edit"].as_f64().unwrap_or(0.0) >= 0.2;
            let kind = if edited { "20-30 % edited" } else { report["kind"].as_str().unwrap_or("orig") };
            let found = matches.first().is_some_and(|m| of.is_none() || Some(&root[m.with]) == root.last());
            let counts = kinds.entry(kind.to_owned()).or_default();
            *counts = (counts.0 + 1, counts.1 + usize::from(found));
        }
    }
    let told: Vec<String> =
        kinds.iter().map(|(kind, (all, found))| format!("{kind} {:.1}", *found as f64 * 100.0 / *all as f64)).collect();
    println!("  annals found of the copies, in %: {} (orig: false ones)", told.join(", "));
    println!("  words, signatures, look-up and comparison: {:.0} reports a second", root.len() as f64 / seconds);
    Ok(true)
}

fn imprint(report: &Value) -> Imprint {
    let text = report["text"].as_str().unwrap_or_default();
    let body: Vec<Span> = Span::within(text, 0, text.len()).into_iter().collect();
    let seconds = std::time::Duration::from_secs(report["ts"].as_u64().unwrap_or(0));
    let day = "1970-01-01".parse::<Day>().ok().and_then(|first| first.checked_add(seconds).ok());
    Imprint::of(&Article { day, title: "", text, body: &body, outlet: None, credit: &[] })
}
