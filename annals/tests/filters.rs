//! The verbs as filters: what one prints, the next one takes.

#![allow(clippy::unwrap_used, reason = "tests say what they saw")]

mod common;

use common::{annals, bundle};
use serde_json::Value;
use std::io::Write;
use std::process::{Command, Stdio};

/// Runs a filter on lines.
fn filter(verb: &str, lines: &[u8]) -> Vec<Value> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annals"));
    let mut child = command.arg(verb).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let lines = lines.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&lines).unwrap());
    let out = child.wait_with_output().unwrap();
    writer.join().unwrap();
    String::from_utf8(out.stdout).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

#[test]
fn what_decode_prints_is_linked_and_read() {
    let decoded = annals(&["decode", &bundle("filters").to_string_lossy()], &[]).stdout;
    let reports: Vec<Value> =
        String::from_utf8_lossy(&decoded).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(reports.len(), 5);
    let linked = filter("link", &decoded);
    assert_eq!(linked.len(), 5);
    assert!(linked.iter().all(|l| l.get("error").is_none() && l["story"].is_string()), "{linked:?}");
    // Who copied nobody is its own origin, by its outlet.
    let named = |n: usize| linked[n]["origin"] == reports[n]["outlet"];
    assert!((0..5).any(|n| reports[n]["outlet"].is_string() && named(n)), "{linked:?}");
    let read = filter("read", &decoded);
    assert!(read.iter().all(|l| l.get("error").is_none() && l["entities"].is_array()), "{read:?}");
    // Days are told from the day of the report.
    let values: Vec<String> = read.iter().map(|l| l["timexes"].to_string()).collect();
    let year = reports.iter().find_map(|r| r["published"]["to"].as_str()?.get(..5)).unwrap();
    assert!(values.iter().any(|v| v.contains(&format!("\"value\":\"{year}"))), "{year} {values:?}");
}
