//! Bad inputs: each is accounted for with its reason, none stops the others, and the exit status says what happened.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests say what they saw")]

mod common;

use common::{annals, bundle, folder, record};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Runs one input alone and returns its outcome, its reason and the exit status.
fn fate(file: &Path) -> (String, String, i32) {
    let name = file.to_string_lossy();
    let out = annals(&["brief", "--json", "-", &name], &[]);
    let record: Value = serde_json::from_slice(&out.stdout).unwrap();
    let rows = record["ledger"].as_array().unwrap();
    assert_eq!(rows.len(), 1, "one input, one row: {rows:?}");
    let word = |field: &str| rows[0][field].as_str().unwrap().to_owned();
    (word("outcome"), word("reason"), out.status.code().unwrap())
}

fn check_refused(name: &str, bytes: &[u8]) {
    let file = folder(&format!("refused-{name}")).join(name);
    fs::write(&file, bytes).unwrap();
    let (outcome, reason, status) = fate(&file);
    assert_eq!((outcome.as_str(), status), ("refused", 1), "{name}: {reason}");
    assert!(!reason.is_empty(), "{name} is refused without a reason");
}

#[test]
fn what_holds_no_report_is_refused_with_a_reason() {
    check_refused("empty.txt", b"");
    check_refused("blank.txt", b" \n\n\t\n");
    check_refused("zeros.bin", &[0; 4096]);
    check_refused("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xcf\xc0\0\0\x03\x01\x01\0\xc9\xfe\x92\xef\0\0\0\0IEND\xaeB`\x82");
    check_refused("login.html", b"<!DOCTYPE html><html><head><title>Sign in</title></head><body><form><input name=u><input name=p><button>Sign in</button></form></body></html>");
}

#[test]
fn a_missing_file_fails_and_the_others_are_shown() {
    let missing = folder("missing").join("nowhere.txt");
    let (outcome, reason, status) = fate(&missing);
    assert_eq!((outcome.as_str(), status), ("failed", 1));
    assert!(!reason.is_empty());
    let bundle = bundle("with-missing");
    let out = annals(&["brief", &bundle.to_string_lossy(), &missing.to_string_lossy()], &[]);
    assert_eq!(out.status.code(), Some(0));
    assert!(!out.stdout.is_empty());
    assert!(String::from_utf8_lossy(&out.stderr).contains("nowhere.txt"));
}

#[test]
fn a_folder_without_reports_is_no_error() {
    let empty = folder("empty");
    let out = annals(&["brief", &empty.to_string_lossy()], &[]);
    assert_eq!(out.status.code(), Some(1));
}

#[test]
fn reports_are_found_and_the_exit_status_is_zero() {
    let bundle = bundle("good");
    let out = annals(&["brief", &bundle.to_string_lossy()], &[]);
    assert_eq!(out.status.code(), Some(0));
    assert!(out.stderr.is_empty(), "{}", String::from_utf8_lossy(&out.stderr));
    let text = String::from_utf8(out.stdout).unwrap();
    assert!(!text.contains('\u{1b}'), "no colours in a pipe");
}

#[test]
fn bytes_that_are_no_utf8_do_not_stop_the_others() {
    let bundle = bundle("mixed");
    fs::write(
        bundle.join("latin.txt"),
        b"Caf\xe9 owners count the crews\n\nA report in an old encoding, with \xa3 signs and \x93quotes\x94.\n",
    )
    .unwrap();
    fs::write(bundle.join("noise.bin"), (0..5000u32).map(|n| (n * n % 251) as u8).collect::<Vec<_>>()).unwrap();
    fs::write(bundle.join("empty.html"), b"").unwrap();
    let (record, _) = record(&[&bundle.to_string_lossy()], &[]);
    let outcomes: Vec<&str> =
        record["ledger"].as_array().unwrap().iter().map(|row| row["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes.len(), 8, "{}", record["ledger"]);
    assert!(outcomes.iter().filter(|o| **o == "kept").count() >= 5);
}

/// One line of 50 MB must come to an end, so the work must be linear in the text. Without optimisation 5 MB show as much.
#[test]
fn fifty_megabytes_on_one_line_come_to_an_end() {
    let size = if cfg!(debug_assertions) { 5_000_000 } else { 50_000_000 };
    let file = folder("long").join("line.txt");
    let sentence = "The crews walked out on Monday and 14 ferries stood still, she said. ";
    fs::write(&file, sentence.repeat(size / sentence.len())).unwrap();
    let began = std::time::Instant::now();
    let (outcome, reason, _) = fate(&file);
    println!("{size} bytes: {outcome} {reason} in {:.1} s", began.elapsed().as_secs_f32());
    assert!(outcome == "kept" || !reason.is_empty());
    let _ = fs::remove_file(file);
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let bundle = bundle("written");
    let name = bundle.to_string_lossy().into_owned();
    let out = folder("written-out");
    let run = |target: &Path| annals(&["brief", &name, "--json", &target.to_string_lossy()], &[]);
    let good = out.join("record.json");
    assert_eq!(run(&good).status.code(), Some(0));
    assert!(serde_json::from_slice::<Value>(&fs::read(&good).unwrap()).is_ok());
    assert_eq!(fs::read_dir(&out).unwrap().count(), 1, "no draft is left");
    let bad = run(&out.join("no/such/record.json"));
    let errors = String::from_utf8_lossy(&bad.stderr).into_owned();
    assert_eq!(bad.status.code(), Some(2));
    assert!(errors.contains("no/such/record.json") && errors.contains("Make its folder first"), "{errors}");
    assert_eq!(run(&out).status.code(), Some(2), "a folder is no file");
}

#[test]
fn json_on_standard_output_stands_alone() {
    let bundle = bundle("stdout");
    let out = annals(&["brief", &bundle.to_string_lossy(), "--json", "-"], &[]);
    assert!(serde_json::from_slice::<Value>(&out.stdout).is_ok());
    assert_eq!(out.stdout.iter().filter(|b| **b == b'\n').count(), 1);
}

#[test]
fn wrong_usage_is_status_two_and_help_is_zero() {
    assert_eq!(annals(&["brief"], &[]).status.code(), Some(2));
    assert_eq!(annals(&["brief", "x", "--json", "a", "--html", "a"], &[]).status.code(), Some(2));
    assert_eq!(annals(&["brief", "--help"], &[]).status.code(), Some(0));
    let version = annals(&["--version"], &[]).stdout;
    assert!(String::from_utf8(version).unwrap().starts_with("annals "));
}
