//! Time and memory, measured from outside as a user would see them; figures of one run stand beside each other.

mod archive;
mod brief;
mod containers;
mod link;
mod pages;
mod reading;
mod serve;

pub(crate) use archive::{ask as search, run as archive};
pub(crate) use brief::run as brief;
pub(crate) use containers::{run as containers, walk};
pub(crate) use link::{copies, dated, run as link, stories};
pub(crate) use pages::run as pages;
pub(crate) use reading::run as reading;
pub(crate) use serve::{load, run as serve};

use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What a run of a program took.
struct Taken {
    clock: Duration,
    cpu: Duration,
    /// Peak resident memory, in KiB.
    peak: u64,
}

/// Runs a program to its end.
///
/// CPU time and memory are read from `/proc` while it runs (each 5 ms), so they may miss its last moments.
fn measure(command: &mut Command) -> Result<Taken> {
    let start = Instant::now();
    let mut child = command.stderr(Stdio::null()).spawn().with_context(|| format!("cannot run {command:?}"))?;
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
    let clock = start.elapsed();
    // 2: a line was answered by its error, as a page without an article is.
    if !matches!(status.code(), Some(0 | 2)) {
        bail!("{command:?} ended with {status}");
    }
    Ok(Taken { clock, cpu: Duration::from_millis(ticks * 10), peak })
}

/// Prints a line of figures: how many a CPU second.
fn print(name: &str, count: usize, what: &str, taken: &Taken) {
    println!(
        "  {name}: {:.0} {what} a CPU second ({:.2} s of CPU, {:.2} s by the clock), peak {:.0} MB",
        count as f64 / taken.cpu.as_secs_f64().max(0.01),
        taken.cpu.as_secs_f64(),
        taken.clock.as_secs_f64(),
        taken.peak as f64 / 1024.0
    );
}

/// Returns a command that runs a peer in Python, if `make peers` has installed them.
fn peer(name: &str) -> Option<Command> {
    let root = crate::root();
    let python = root.join("target/peers/bin/python");
    if !python.exists() {
        println!("  {name}: not measured; `make peers` installs it");
        return None;
    }
    let mut command = Command::new(python);
    command.arg(root.join("eval/peers/peers.py")).arg(name).stdout(Stdio::null());
    Some(command)
}

/// Returns a folder of our own for what is measured.
fn folder() -> Result<PathBuf> {
    let folder = std::env::temp_dir().join(format!("annals-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}
