//! What is owed: promises kept, missed, open and silent, and what was known on a day.

#![allow(clippy::unwrap_used, reason = "tests say what they saw")]

mod common;

use common::{annals, folder};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

/// Writes three invented reports: promises, a deed, and what was not done.
fn promises(name: &str) -> PathBuf {
    let folder = folder(name);
    let write = |file: &str, words: &str| fs::write(folder.join(file), words).unwrap();
    write(
        "1.txt",
        "SOUND POST\n\nWater firm promises new pump\n\nTOLM, March 4, 2024 (Sound Post) - Northfell Water pledged on Monday to replace \
         the pump at Tolm Quay by March 15.\n\nIts director, Oda Brenn, promised to publish the results of the tests by Friday.\n\n\
         Mayor Per Aske said that the council would meet on March 12. He vowed to open the baths by March 20.\n",
    );
    write(
        "2.txt",
        "TOLM MIRROR\n\nPump replaced at Tolm Quay\n\nTOLM, March 14, 2024 (Tolm Mirror) - Northfell Water replaced the pump at Tolm Quay \
         on Wednesday.\n\nOda Brenn has not published the results of the tests.\n",
    );
    write(
        "3.txt",
        "TOLM MIRROR\n\nSwimmers at Tolm wait for their baths\n\nTOLM, March 25, 2024 (Tolm Mirror) - Mayor Per Aske has not opened the baths.\n",
    );
    folder
}

fn owed(args: &[&str]) -> Vec<(String, String)> {
    let out = annals(&[&["due", "--json"], args].concat(), &[]);
    let due: Value = serde_json::from_slice(&out.stdout).unwrap();
    let rows = due["owed"].as_array().unwrap();
    let text = |v: &Value| v.as_str().unwrap().to_owned();
    rows.iter().map(|r| (text(&r["standing"]), text(&r["event"]["label"]))).collect()
}

fn standing<'a>(rows: &'a [(String, String)], about: &str) -> &'a str {
    let found: Vec<&str> = rows.iter().filter(|(_, label)| label.contains(about)).map(|(s, _)| s.as_str()).collect();
    assert_eq!(found.len(), 1, "{about} in {rows:?}");
    found[0]
}

#[test]
fn a_promise_is_kept_missed_or_silent_as_later_reports_tell() {
    let folder = promises("due-outcomes");
    let rows = owed(&[folder.to_str().unwrap()]);
    assert_eq!(standing(&rows, "replace the pump"), "kept", "{rows:?}");
    assert_eq!(standing(&rows, "publish the results"), "missed", "{rows:?}");
    assert_eq!(standing(&rows, "open the baths"), "missed", "{rows:?}");
    assert_eq!(standing(&rows, "council would meet"), "silent", "{rows:?}");
}

#[test]
fn another_deed_by_the_same_party_keeps_no_promise() {
    let folder = folder("due-other");
    let first = "SOUND POST\n\nNew pump promised\n\nTOLM, March 4, 2024 (Sound Post) - Northfell Water pledged on Monday to replace the pump at Tolm Quay by March 15.\n";
    let second = "TOLM MIRROR\n\nTolm still waits for its pump\n\nTOLM, March 14, 2024 (Tolm Mirror) - Northfell Water replaced the windows of its office at Hask. Tolm Quay still waits for its pump.\n";
    fs::write(folder.join("1.txt"), first).unwrap();
    fs::write(folder.join("2.txt"), second).unwrap();
    let rows = owed(&[folder.to_str().unwrap()]);
    assert_eq!(standing(&rows, "replace the pump"), "ahead", "{rows:?}");
}

#[test]
fn on_an_earlier_day_later_reports_are_not_known() {
    let folder = promises("due-as-of");
    let rows = owed(&[folder.to_str().unwrap(), "--as-of", "2024-03-05"]);
    assert!(rows.iter().all(|(standing, _)| standing == "ahead"), "{rows:?}");
    let out = annals(&["brief", "--json", "-", "--as-of", "2024-03-05", folder.to_str().unwrap()], &[]);
    let record: Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(record["reports"].as_array().unwrap().len(), 1);
    assert_eq!(record["as_of"], "2024-03-05");
    let shown = annals(&["brief", "--as-of", "2024-03-05", folder.to_str().unwrap()], &[]).stdout;
    assert!(String::from_utf8_lossy(&shown).starts_with("As known on Tue 5 Mar 2024"));
    let ledger = record["ledger"].as_array().unwrap();
    let left_out =
        ledger.iter().filter(|l| l["outcome"] == "refused" && l["reason"].as_str().unwrap().contains("2024-03-05"));
    assert_eq!(left_out.count(), 2, "{ledger:?}");
}

#[test]
fn the_list_is_printed_with_its_sources() {
    let folder = promises("due-text");
    let out = annals(&["due", folder.to_str().unwrap()], &[]);
    let shown = String::from_utf8(out.stdout).unwrap().replace('\u{a0}', " ");
    assert!(shown.contains("What is owed on Mon 25 Mar 2024"), "{shown}");
    assert!(shown.contains("not kept: Tolm Mirror, Thu 14 Mar"), "{shown}");
    assert_eq!(out.status.code(), Some(0));
}

#[test]
fn a_day_that_is_none_is_refused_and_nothing_owed_exits_with_1() {
    assert_eq!(annals(&["due", "--as-of", "soon", "."], &[]).status.code(), Some(2));
    let folder = folder("due-none");
    fs::write(
        folder.join("1.txt"),
        "Fog on the sound\n\nMarch 4, 2024\n\nThe fog lay on the sound all day long, and nobody minded it at all.\n",
    )
    .unwrap();
    assert_eq!(annals(&["due", folder.to_str().unwrap()], &[]).status.code(), Some(1));
}
