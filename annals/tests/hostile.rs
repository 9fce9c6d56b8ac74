//! Hostile inputs through the real program: no panic, an end in bounded time and memory, a sound record, and a row of
//! the ledger for each that says in plain words what became of it.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests say what they saw")]

mod common;
#[path = "../../eval/src/hostile/mod.rs"]
#[allow(dead_code, reason = "the seeds of the fuzzer are made elsewhere")]
mod hostile;

use common::folder;
use hostile::{Case, Size, cases};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// No input may take more: this finds work that grows without bound, it measures no speed. The clock is only for a
/// program that waits; elsewhere seconds of the processor count, as the machine may be busy.
const MOST_SECONDS: u64 = 20;
const MOST_WAITED: Duration = Duration::from_secs(300);
/// The largest document that is read has 64 MiB; it is held as bytes, as text, and as what is made of it.
const MOST_MEBIBYTES: u64 = 1_024;

/// What a run left behind.
struct Run {
    status: Option<i32>,
    out: Vec<u8>,
    errors: String,
    seconds: f32,
    mebibytes: u64,
}

/// Runs the program on a file, watched: a run that takes too much is ended, and has no status.
fn watched(args: &[&str], folder: &Path) -> Run {
    let (out, errors) = (folder.join("out"), folder.join("errors"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_annals"))
        .args(args)
        .env("RAYON_NUM_THREADS", "2")
        .stdin(Stdio::null())
        .stdout(fs::File::create(&out).unwrap())
        .stderr(fs::File::create(&errors).unwrap())
        .spawn()
        .unwrap();
    let began = Instant::now();
    let (mut seconds, mut mebibytes, mut is_ended) = (0.0f32, 0, false);
    let status = loop {
        if let Some((used, peak)) = used(child.id()) {
            (seconds, mebibytes) = (seconds.max(used), mebibytes.max(peak));
        }
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        let is_too_much = seconds > MOST_SECONDS as f32 || mebibytes > MOST_MEBIBYTES || began.elapsed() > MOST_WAITED;
        if is_too_much && !is_ended {
            is_ended = true;
            child.kill().unwrap();
        }
        std::thread::sleep(Duration::from_millis(4));
    };
    let errors = String::from_utf8_lossy(&fs::read(&errors).unwrap()).into_owned();
    Run { status: status.code(), out: fs::read(&out).unwrap(), errors, seconds, mebibytes }
}

/// Returns the seconds of the processor that a process has used, and its peak of memory in MiB; none where the system
/// does not say.
fn used(process: u32) -> Option<(f32, u64)> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().strip_suffix(" kB")?;
    let times = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The fields behind the name, which stands in brackets: 14 and 15 are ticks, of which Linux gives 100 a second.
    let mut fields = times.rsplit(')').next()?.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<f32>().ok();
    Some(((ticks()? + ticks()?) / 100.0, peak.parse::<u64>().ok()? / 1_024))
}

/// Runs both commands over a file and returns what was wrong.
fn faults(file: &Path, says: &str, folder: &Path) -> Vec<String> {
    let name = file.to_string_lossy();
    let ledger = folder.join("ledger");
    let brief = watched(&["brief", "--json", "-", &name], folder);
    let decode = watched(&["decode", &name, "--ledger", &ledger.to_string_lossy()], folder);
    let mut faults = Vec::new();
    for (command, run) in [("brief", &brief), ("decode", &decode)] {
        let mut fault = |what: &str| faults.push(format!("{command}: {what}"));
        if run.errors.contains("panicked") {
            fault(run.errors.lines().find(|l| l.contains("panicked")).unwrap());
        }
        match run.status {
            Some(0 | 1) => {}
            Some(status) => fault(&format!("status {status}: {}", run.errors)),
            None => fault(&format!("ended after {} s with {} MiB", run.seconds, run.mebibytes)),
        }
    }
    if faults.is_empty() {
        let record: Result<Value, _> = serde_json::from_slice(&brief.out);
        match record {
            Err(error) => faults.push(format!("brief: no JSON: {error}")),
            Ok(record) => {
                let found = !record["reports"].as_array().unwrap().is_empty();
                check_ledger("brief", record["ledger"].as_array().unwrap(), says, found, &brief, &mut faults);
            }
        }
        let lines = |bytes: &[u8]| serde_json::Deserializer::from_slice(bytes).into_iter().collect();
        let (reports, rows): (Result<Vec<Value>, _>, Result<Vec<Value>, _>) =
            (lines(&decode.out), lines(&fs::read(&ledger).unwrap()));
        match (reports, rows) {
            (Ok(reports), Ok(rows)) => check_ledger("decode", &rows, says, !reports.is_empty(), &decode, &mut faults),
            (reports, rows) => faults.push(format!("decode: no JSON: {:?} {:?}", reports.err(), rows.err())),
        }
    }
    if !faults.is_empty() || brief.seconds.max(decode.seconds) > 4.0 || brief.mebibytes.max(decode.mebibytes) > 400 {
        let (a, b) = ((brief.seconds, brief.mebibytes), (decode.seconds, decode.mebibytes));
        println!("{name}: brief {a:?}, decode {b:?} (s, MiB)");
    }
    faults
}

/// Checks that the ledger accounts for the input and for each document in it.
fn check_ledger(command: &str, rows: &[Value], says: &str, found: bool, run: &Run, faults: &mut Vec<String>) {
    let mut fault = |what: String| faults.push(format!("{command}: {what}"));
    let word = |row: &Value, field: &str| row[field].as_str().unwrap_or_default().to_owned();
    let count = |outcome: &str| rows.iter().filter(|row| word(row, "outcome") == outcome).count();
    if ["kept", "known", "refused", "failed"].map(count).iter().sum::<usize>() != rows.len() || rows.is_empty() {
        fault(format!("{} rows, of which some have no outcome", rows.len()));
    }
    for row in rows.iter().filter(|row| word(row, "outcome") != "kept" && word(row, "reason").trim().is_empty()) {
        fault(format!("no reason: {row}"));
    }
    // What a container says of itself: `a container of 3 documents; 1 could not be read; …`.
    let accounts: Vec<String> =
        rows.iter().map(|row| word(row, "reason")).filter(|reason| reason.starts_with("a container of ")).collect();
    let stated: usize = accounts.iter().map(|a| number(a, "a container of ") + lost(a)).sum();
    match accounts.len() {
        0 if rows.len() == 1 => {}
        1 if stated == rows.len() - 1 => {}
        n => fault(format!("{} rows for {n} accounts: {accounts:?}", rows.len())),
    }
    if run.status != Some(i32::from(!found)) {
        fault(format!("status {:?} with reports: {found}", run.status));
    }
    let all: Vec<String> =
        rows.iter().map(|row| format!("{}: {}", word(row, "outcome"), word(row, "reason"))).collect();
    if !all.iter().any(|row| row.contains(says)) {
        fault(format!("nowhere `{says}`, but {:?}", all.iter().take(5).collect::<Vec<_>>()));
    }
}

fn number(account: &str, before: &str) -> usize {
    account.split(before).nth(1).and_then(|rest| rest.split(' ').next()?.parse().ok()).unwrap_or(0)
}

fn lost(account: &str) -> usize {
    account.split("; ").find_map(|part| part.strip_suffix(" could not be read")?.parse().ok()).unwrap_or(0)
}

/// One of them alone, or those whose names begin alike: `ANNALS_HOSTILE=zip cargo test -p annals --test hostile`.
#[test]
fn each_hostile_input_ends_well_and_is_accounted_for() {
    let wanted = std::env::var("ANNALS_HOSTILE").unwrap_or_default();
    let cases: Vec<Case> = cases().into_iter().filter(|case| case.name.starts_with(&wanted)).collect();
    let names: BTreeSet<&str> = cases.iter().map(|case| case.name).collect();
    assert_eq!(names.len(), cases.len(), "each name once");
    let all = folder("hostile");
    let next = Mutex::new(cases.iter());
    let broken = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for worker in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            let (folder, next, broken) = (all.join(worker.to_string()), &next, &broken);
            scope.spawn(move || {
                fs::create_dir_all(&folder).unwrap();
                loop {
                    let Some(case) = next.lock().unwrap().next() else { return };
                    let file = folder.join(case.name);
                    fs::write(&file, (case.make)(&Size::FULL)).unwrap();
                    let faults = faults(&file, case.says, &folder);
                    broken.lock().unwrap().extend(faults.into_iter().map(|fault| format!("{}: {fault}", case.name)));
                    fs::remove_file(&file).unwrap();
                }
            });
        }
    });
    println!("{} hostile inputs", cases.len());
    let broken = broken.into_inner().unwrap();
    assert!(broken.is_empty(), "{} faults:\n{}", broken.len(), broken.join("\n"));
}

/// Runs an input that lies in the file system in some odd way; returns the ledger's rows as outcome and reason.
#[cfg(unix)]
fn fates(name: &str, inputs: &[&Path]) -> Vec<String> {
    let out = folder(name);
    let inputs: Vec<String> = inputs.iter().map(|input| input.to_string_lossy().into_owned()).collect();
    let args: Vec<&str> = ["brief", "--json", "-"].into_iter().chain(inputs.iter().map(String::as_str)).collect();
    let run = watched(&args, &out);
    assert!(matches!(run.status, Some(0 | 1)) && !run.errors.contains("panicked"), "{inputs:?}: {}", run.errors);
    assert!(!run.errors.contains('\u{1b}') && !run.errors.contains('\u{202e}'), "shown as it came: {:?}", run.errors);
    let record: Value = serde_json::from_slice(&run.out).unwrap();
    let word = |row: &Value, field: &str| row[field].as_str().unwrap().to_owned();
    record["ledger"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| format!("{}: {}", word(row, "outcome"), word(row, "reason")))
        .collect()
}

#[cfg(unix)]
#[test]
fn odd_things_in_a_folder_are_named_and_do_not_stop_the_rest() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    let all = folder("hostile-files");
    let story = "Quay closed\n\nThe quay at Sandholm was closed on Monday, the port said.\n";
    let put = |name: &[u8]| -> PathBuf {
        let file = all.join(OsStr::from_bytes(name));
        fs::write(&file, [story.as_bytes(), name].concat()).unwrap();
        file
    };
    for name in
        [&b"line\nbreak.txt"[..], b"\x1b[31mred\x07.txt", "\u{202e}txt.exe".as_bytes(), b"\xff\xfe.txt", b"-", b" "]
    {
        put(name);
    }
    let locked = put(b"locked.txt");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    symlink("loop-b", all.join("loop-a")).unwrap();
    symlink("loop-a", all.join("loop-b")).unwrap();
    symlink("nowhere", all.join("dangling")).unwrap();
    symlink(".", all.join("myself")).unwrap();
    assert!(Command::new("mkfifo").arg(all.join("pipe")).status().unwrap().success());
    let fates = fates("hostile-files-out", &[&all]);
    let count = |start: &str| fates.iter().filter(|fate| fate.starts_with(start)).count();
    // Whoever runs as root may read the locked file.
    assert_eq!((fates.len(), count("kept") + count("failed: cannot be read")), (11, 7), "{fates:?}");
    assert_eq!((count("failed: cannot be found"), count("failed: neither a file nor a folder")), (3, 1), "{fates:?}");
}

#[cfg(unix)]
#[test]
fn what_comes_through_a_pipe_is_read() {
    let all = folder("hostile-pipe");
    let pipe = all.join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let writer = {
        let pipe = pipe.clone();
        std::thread::spawn(move || {
            fs::write(pipe, "Quay closed\n\nThe quay at Sandholm was closed on Monday, the port said.\n")
        })
    };
    assert_eq!(fates("hostile-pipe-out", &[&pipe]), ["kept: "]);
    writer.join().unwrap().unwrap();
}

/// A folder with every hostile input, small, goes into an archive: each file has its rows, and the sum is what came in.
#[test]
fn the_ledger_of_an_archive_adds_up_over_all_bad_inputs() {
    let inputs = folder("hostile-archive");
    let names: BTreeSet<&str> = cases()
        .into_iter()
        .map(|case| {
            fs::write(inputs.join(case.name), (case.make)(&Size::SMALL)).unwrap();
            case.name
        })
        .collect();
    let archive = folder("hostile-archive-store");
    fs::remove_dir_all(&archive).unwrap();
    let watch = folder("hostile-archive-watch");
    let (archive, inputs) = (archive.to_string_lossy(), inputs.to_string_lossy());
    let run = |args: &[&str]| {
        let run = watched(args, &watch);
        assert!(!run.errors.contains("panicked"), "{args:?}: {}", run.errors);
        (run.status, String::from_utf8(run.out).unwrap())
    };
    for _ in 0..2 {
        let (status, out) = run(&["add", &archive, &inputs, "--json"]);
        assert!(matches!(status, Some(0 | 2)), "{status:?}");
        let sum: Value = serde_json::from_str(out.lines().last().unwrap()).unwrap();
        let count = |field: &str| sum[field].as_u64().unwrap();
        assert_eq!(count("in"), ["kept", "known", "refused", "failed"].map(count).iter().sum::<u64>());
        assert!(count("in") >= names.len() as u64);
    }
    let (_, out) = run(&["ledger", &archive, "--json"]);
    let rows: Vec<Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let said = |row: &Value, field: &str| row[field].as_str().unwrap_or_default().to_owned();
    let met: BTreeSet<String> = rows.iter().map(|row| said(row, "path")).collect();
    let missing: Vec<&&str> = names.iter().filter(|name| !met.contains(**name)).collect();
    assert!(missing.is_empty(), "without a row: {missing:?}");
    for row in rows.iter().filter(|row| matches!(said(row, "outcome").as_str(), "refused" | "failed")) {
        assert!(!said(row, "reason").trim().is_empty(), "no reason: {row}");
    }
    let (status, out) = run(&["retry", &archive]);
    assert!(matches!(status, Some(0..=2)), "{out}");
    let (status, out) = run(&["verify", &archive]);
    assert_eq!(status, Some(0), "{out}");
    println!("{} bad inputs, {} rows of the ledger", names.len(), rows.len());
}
