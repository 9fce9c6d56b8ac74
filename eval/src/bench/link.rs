//! How fast copies and stories are found among many reports, with what memory, and how many planted copies are found;
//! datasketch and rensa beside it on the same reports.

use super::{folder, measure, peer, print};
use crate::{annals, shared};
use annals_core::link::{Article, Copies, Gist, Imprint, Stories, WINDOW};
use annals_core::text::Span;
use annals_core::when::Day;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
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
    for part in ["copies", "stories"] {
        let mut alone = Command::new(std::env::current_exe()?);
        print(&format!("annals, {part} alone"), count, "reports", &measure(alone.arg(part).arg(file))?);
    }
    let mut dated = Command::new(std::env::current_exe()?).arg("dated").arg(file).stdout(Stdio::piped()).spawn()?;
    let mut link = Command::new(annals()?);
    link.arg("link").env("RAYON_NUM_THREADS", "1").stdout(Stdio::null());
    link.stdin(dated.stdout.take().context("no lines")?);
    print("annals link, copies and stories", count, "reports", &measure(&mut link)?);
    dated.wait()?;
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
    each_thousand(file, |reports| {
        let mut clock = super::reading::Clock::start()?;
        let found: Vec<_> = reports.iter().map(|r| copies.add(&told(r, Imprint::of))).collect();
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
        Ok(())
    })?;
    let told: Vec<String> =
        kinds.iter().map(|(kind, (all, found))| format!("{kind} {:.1}", *found as f64 * 100.0 / *all as f64)).collect();
    println!("  annals found of the copies, in %: {} (orig: false ones)", told.join(", "));
    println!("  words, signatures, look-up and comparison: {:.0} reports a second", root.len() as f64 / seconds);
    Ok(true)
}

/// Finds the stories of a file of reports, and prints its own time.
pub(crate) fn stories(file: &str) -> Result<bool> {
    let mut stories = Stories::default();
    let (mut count, mut begun, mut seconds) = (0, 0, 0.0);
    each_thousand(file, |reports| {
        let mut clock = super::reading::Clock::start()?;
        for report in reports {
            begun += usize::from(stories.add(told(report, Gist::of)) == count);
            count += 1;
        }
        seconds += clock.lap()?;
        Ok(())
    })?;
    println!("  words, terms, look-up, comparison and views: {:.0} reports a second", count as f64 / seconds);
    println!("  {begun} stories were begun");
    Ok(true)
}

/// Prints reports as `annals link` takes them.
pub(crate) fn dated(file: &str) -> Result<bool> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    each_thousand(file, |reports| {
        for r in reports {
            let line =
                json!({"id": r["id"], "date": day(r), "title": r["title"], "text": r["text"], "source": r["outlet"]});
            writeln!(out, "{line}")?;
        }
        Ok(())
    })?;
    Ok(true)
}

fn each_thousand(file: &str, mut work: impl FnMut(&[Value]) -> Result<()>) -> Result<()> {
    let mut lines = BufReader::new(File::open(file)?).lines();
    loop {
        let read = lines.by_ref().take(1000).map(|line| Ok(serde_json::from_str(&line?)?));
        let reports: Vec<Value> = read.collect::<Result<_>>()?;
        if reports.is_empty() {
            return Ok(());
        }
        work(&reports)?;
    }
}

/// Reads what linking looks at of a report.
fn told<T>(report: &Value, read: impl Fn(&Article<'_>) -> T) -> T {
    let text = report["text"].as_str().unwrap_or_default();
    let body: Vec<Span> = Span::within(text, 0, text.len()).into_iter().collect();
    let title = report["title"].as_str().unwrap_or_default();
    read(&Article { day: day(report), title, text, body: &body, outlet: None, credit: &[] })
}

fn day(report: &Value) -> Option<Day> {
    let seconds = std::time::Duration::from_secs(report["ts"].as_u64().unwrap_or(0));
    "1970-01-01".parse::<Day>().ok().and_then(|first| first.checked_add(seconds).ok())
}
