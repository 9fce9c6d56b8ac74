//! Time and peak memory of `annals brief` over invented reports, on one core.

use crate::{annals, corpus};
use anyhow::{Result, bail};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Runs three times and prints the figures of each run. Returns true unless a run failed.
pub(crate) fn run(reports: usize, words: usize) -> Result<bool> {
    let folder = std::env::temp_dir().join(format!("annals-bench-{}", std::process::id()));
    corpus::write(reports, words, &folder)?;
    println!("annals brief, {reports} plain-text reports of {words} words, one core:");
    for run in 1..=3 {
        let (time, cpu, peak) = once(&folder)?;
        println!(
            "  run {run}: {:.2} s of CPU, {:.2} s by the clock, {:.0} reports a CPU second, peak {:.0} MB",
            cpu.as_secs_f64(),
            time.as_secs_f64(),
            reports as f64 / cpu.as_secs_f64(),
            peak as f64 / 1024.0
        );
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(true)
}

/// Returns time by the clock, CPU time and peak resident memory in KiB.
///
/// The last two are read from `/proc` while the program runs (each 5 ms), so they may miss its last moments.
fn once(folder: &std::path::Path) -> Result<(Duration, Duration, u64)> {
    let json = folder.with_extension("json");
    let start = Instant::now();
    let mut child = Command::new(annals()?)
        .arg("brief")
        .arg(folder)
        .arg("--json")
        .arg(&json)
        .env("RAYON_NUM_THREADS", "1")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let proc = format!("/proc/{}", child.id());
    let (mut peak, mut ticks) = (0, 0);
    let status = loop {
        let status = std::fs::read_to_string(format!("{proc}/status")).unwrap_or_default();
        let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
        peak = peak.max(line.and_then(|l| l.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0));
        let stat = std::fs::read_to_string(format!("{proc}/stat")).unwrap_or_default();
        // Behind the name in brackets: fields 14 and 15 of proc(5), in ticks of 10 ms on Linux.
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
        let field = |n: usize| fields.get(n).and_then(|f| f.parse::<u64>().ok()).unwrap_or(0);
        ticks = ticks.max(field(11) + field(12));
        match child.try_wait()? {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    let time = start.elapsed();
    let _ = std::fs::remove_file(&json);
    if !status.success() {
        bail!("annals brief ended with {status}");
    }
    Ok((time, Duration::from_millis(ticks * 10), peak))
}
