//! Whether an archive keeps its word: runs killed at random moments, a disk that fills up, a folder that cannot be written
//! to, damaged files, a newer archive. What needs a disk of its own is skipped, and says so, where none can be mounted.

use crate::corpus::{self, Dice};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Reports of the corpus, and words of each: several transactions, and a run of about a second.
const REPORTS: usize = 1500;
const WORDS: usize = 60;

/// The program, its inputs, and what an undisturbed run gives.
struct Bench {
    annals: PathBuf,
    corpus: PathBuf,
    work: PathBuf,
    /// The record of an undisturbed archive.
    record: Vec<u8>,
    /// What searches find in it: for everything, and by what the whole reading tells.
    found: Vec<u8>,
    /// How long it took.
    took: Duration,
}

/// Runs all trials; `kills` runs are killed. Prints figures. Returns whether every promise held.
pub(crate) fn run(annals: &Path, kills: usize, seed: u64) -> Result<bool> {
    let work = std::env::temp_dir().join(format!("annals-reliability-{}", std::process::id()));
    let bench = Bench::new(annals, &work)?;
    let held = killed(&bench, kills, seed)? & full_disk(&bench)? & damaged(&bench, seed)? & newer(&bench)?;
    fs::remove_dir_all(&work)?;
    println!("{}", if held { "every promise held" } else { "a promise was broken: see above" });
    Ok(held)
}

impl Bench {
    fn new(annals: &Path, work: &Path) -> Result<Bench> {
        let corpus = work.join("corpus");
        corpus::write(REPORTS, WORDS, &corpus)?;
        let mut bench = Bench {
            annals: annals.to_owned(),
            corpus,
            work: work.to_owned(),
            record: Vec::new(),
            found: Vec::new(),
            took: Duration::ZERO,
        };
        let archive = work.join("undisturbed");
        let began = Instant::now();
        bench.complete(&archive)?;
        bench.took = began.elapsed();
        bench.record = bench.record(&archive)?;
        bench.found = bench.found(&archive)?;
        println!("{REPORTS} reports of {WORDS} words: an undisturbed run takes {:.2} s", bench.took.as_secs_f64());
        Ok(bench)
    }

    fn say(&self, command: &str, archive: &Path, rest: &[&str]) -> Result<Output> {
        let out = Command::new(&self.annals).arg(command).arg(archive).args(rest).output()?;
        let errors = String::from_utf8_lossy(&out.stderr);
        if errors.contains("panicked at") || out.status.code().is_none() {
            bail!("annals {command}: {errors}");
        }
        Ok(out)
    }

    fn complete(&self, archive: &Path) -> Result<()> {
        let out = self.say("add", archive, &[&self.corpus.to_string_lossy()])?;
        match out.status.code() {
            Some(0) => Ok(()),
            _ => bail!("add did not complete: {}", String::from_utf8_lossy(&out.stderr)),
        }
    }

    fn record(&self, archive: &Path) -> Result<Vec<u8>> {
        Ok(self.say("brief", archive, &["--json", "-"])?.stdout)
    }

    fn found(&self, archive: &Path) -> Result<Vec<u8>> {
        let mut found = Vec::new();
        for words in ["", "status:planned", "-has:quote"] {
            found.extend(self.say("search", archive, &["--json", "--limit", "100000", "--", words])?.stdout);
        }
        Ok(found)
    }

    /// Returns what is wrong with an archive after trouble.
    fn faults(&self, archive: &Path) -> Result<Option<String>> {
        let out = self.say("verify", archive, &[])?;
        let said = String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
        Ok((out.status.code() != Some(0)).then_some(said))
    }

    fn reports(&self, archive: &Path) -> Result<u64> {
        let out = self.say("ledger", archive, &[])?;
        let text = String::from_utf8_lossy(&out.stdout).into_owned();
        let last = text.lines().last().unwrap_or_default();
        let count = last.rsplit("; ").next().and_then(|s| s.split(' ').next()).and_then(|n| n.parse().ok());
        count.with_context(|| format!("no count in {last}"))
    }
}

/// Kills runs of `add` at random moments. After each: nothing acknowledged is lost, all verifies, the same command
/// completes, and the archive is that of an undisturbed run (its reports and texts each time, its record every tenth time).
fn killed(bench: &Bench, kills: usize, seed: u64) -> Result<bool> {
    let mut dice = Dice(seed);
    let (mut midway, mut acknowledged_midway, mut broken) = (0, 0, 0);
    for n in 0..kills {
        let archive = bench.work.join("killed");
        let _ = fs::remove_dir_all(&archive);
        let mut run = Command::new(&bench.annals)
            .arg("add")
            .arg(&archive)
            .arg(&bench.corpus)
            .arg("--json")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        std::thread::sleep(Duration::from_micros(dice.below(bench.took.as_micros() as usize) as u64));
        let ended = run.try_wait()?.is_some();
        run.kill()?;
        let mut said = String::new();
        run.stdout.take().context("no output")?.read_to_string(&mut said)?;
        run.wait()?;
        midway += usize::from(!ended);
        let acknowledged = said
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok()?["new_reports"].as_u64())
            .next_back()
            .unwrap_or(0);
        acknowledged_midway += usize::from(!ended && acknowledged > 0);
        let mut wrong = Vec::new();
        if archive.join("annals.sqlite").is_file() && acknowledged > 0 {
            wrong.extend(bench.faults(&archive)?);
            let reports = bench.reports(&archive)?;
            if reports < acknowledged {
                wrong.push(format!("{acknowledged} reports were acknowledged and {reports} are there"));
            }
        }
        bench.complete(&archive)?;
        wrong.extend(bench.faults(&archive)?);
        if bench.found(&archive)? != bench.found {
            wrong.push("searches find something else".to_owned());
        }
        if n % 10 == 0 && bench.record(&archive)? != bench.record {
            wrong.push("the record is another".to_owned());
        }
        wrong.iter().for_each(|what| println!("kill {}: {what}", n + 1));
        broken += usize::from(!wrong.is_empty());
    }
    println!(
        "killed: {kills} runs, {midway} of them before their end, {acknowledged_midway} with reports acknowledged before; \
         {broken} broke a promise (seed {seed})"
    );
    Ok(broken == 0)
}

/// A disk of its own, taken away when dropped.
struct Disk(PathBuf);

impl Disk {
    fn mount(at: &Path, size: &str) -> Option<Disk> {
        fs::create_dir_all(at).ok()?;
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(at)
            .stderr(Stdio::null())
            .status();
        mounted.is_ok_and(|s| s.success()).then(|| Disk(at.to_owned()))
    }

    fn remount(&self, option: &str) -> bool {
        let done = Command::new("mount").args(["-o", &format!("remount,{option}")]).arg(&self.0).status();
        done.is_ok_and(|s| s.success())
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

/// Fills a disk, gives it room again, and takes away the right to write.
fn full_disk(bench: &Bench) -> Result<bool> {
    let Some(disk) = Disk::mount(&bench.work.join("disk"), "1m") else {
        println!("full disk, read-only folder: skipped, no disk can be mounted here (that takes root)");
        return Ok(true);
    };
    let archive = disk.0.join("archive");
    let mut wrong = Vec::new();
    for size in ["1m", "2m", "3m", "5m"] {
        disk.remount(&format!("size={size}"));
        let out = bench.say("add", &archive, &[&bench.corpus.to_string_lossy()])?;
        let errors = String::from_utf8_lossy(&out.stderr).into_owned();
        let is_told = errors.contains("no room left") || errors.contains("index of words could not");
        println!("  {size}: exit {:?}: {}", out.status.code(), errors.lines().last().unwrap_or("all went in"));
        if !(is_told || out.status.code() == Some(0)) {
            wrong.push(format!("{size}: {errors}"));
        }
        if archive.join("annals.sqlite").is_file() && bench.reports(&archive).is_ok_and(|n| n > 0) {
            wrong.extend(bench.faults(&archive)?);
        }
    }
    disk.remount("size=400m");
    bench.complete(&archive)?;
    wrong.extend(bench.faults(&archive)?);
    if bench.found(&archive)? != bench.found || bench.record(&archive)? != bench.record {
        wrong.push("after a full disk the archive is another".to_owned());
    }
    disk.remount("ro");
    let out = bench.say("add", &archive, &[&bench.corpus.to_string_lossy()])?;
    let errors = String::from_utf8_lossy(&out.stderr).into_owned();
    if out.status.code() != Some(2) || errors.is_empty() {
        wrong.push(format!("read-only: exit {:?}: {errors}", out.status.code()));
    }
    println!("  read-only: exit {:?}: {}", out.status.code(), errors.trim_end());
    if bench.found(&archive)? != bench.found || bench.record(&archive)? != bench.record {
        wrong.push("an archive that cannot be written to is read otherwise".to_owned());
    }
    wrong.extend(bench.faults(&archive)?);
    wrong.iter().for_each(|what| println!("disk: {what}"));
    println!("full disk, read-only folder: {} promises broken", wrong.len());
    Ok(wrong.is_empty())
}

/// Bytes changed and cut off in trials of damage.
const FLIPS: usize = 100;
const CUTS: usize = 20;

/// Changes single bytes of the file, and cuts it off: `verify` says so and harms nothing.
fn damaged(bench: &Bench, seed: u64) -> Result<bool> {
    let archive = bench.work.join("damaged");
    bench.complete(&archive)?;
    let file = archive.join("annals.sqlite");
    let sound = fs::read(&file)?;
    let mut dice = Dice(seed);
    let (mut told, mut cut_told, mut harmed) = (0, 0, 0);
    for n in 0..FLIPS + CUTS {
        let mut bytes = sound.clone();
        let at = dice.below(bytes.len());
        if n < FLIPS {
            bytes[at] ^= 1 << dice.below(8);
        } else {
            bytes.truncate(at);
        }
        fs::write(&file, &bytes)?;
        let is_told = bench.say("verify", &archive, &[])?.status.code() != Some(0);
        *(if n < FLIPS { &mut told } else { &mut cut_told }) += usize::from(is_told);
        harmed += usize::from(fs::read(&file)? != bytes);
    }
    fs::write(&file, &sound)?;
    let sound_again = bench.faults(&archive)?.is_none();
    println!(
        "damage: {told} of {FLIPS} bits flipped anywhere in the file were told (the rest lie in unused room), {cut_told} of {CUTS} \
         cuts; {harmed} changed by reading"
    );
    Ok(told * 2 > FLIPS && cut_told == CUTS && harmed == 0 && sound_again)
}

/// Gives the archive the number of a later schema.
fn newer(bench: &Bench) -> Result<bool> {
    let archive = bench.work.join("damaged");
    let file = archive.join("annals.sqlite");
    let mut bytes = fs::read(&file)?;
    // The user version of an SQLite file: four bytes, the highest first.
    bytes[60..64].copy_from_slice(&99u32.to_be_bytes());
    fs::write(&file, &bytes)?;
    let mut held = true;
    for (command, rest) in [("ledger", &[][..]), ("add", &["--", "x"][..]), ("brief", &[][..])] {
        let out = bench.say(command, &archive, rest)?;
        let errors = String::from_utf8_lossy(&out.stderr).into_owned();
        held &= out.status.code() == Some(2) && errors.contains("newer annals") && fs::read(&file)? == bytes;
    }
    println!(
        "newer archive: {}",
        if held { "refused by name, nothing changed" } else { "not refused as it should be" }
    );
    Ok(held)
}
