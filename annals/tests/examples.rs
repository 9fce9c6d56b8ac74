//! The example bundle, briefed as a user would: what its README promises a reader must be in the record.

#![allow(clippy::unwrap_used, reason = "tests say what they saw")]

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

fn bundle() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/water/reports")
}

fn record() -> Value {
    let out = Command::new(env!("CARGO_BIN_EXE_annals")).args(["brief", "--json", "-"]).arg(bundle()).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).unwrap()
}

fn rows<'a>(record: &'a Value, table: &str) -> &'a [Value] {
    record[table].as_array().unwrap()
}

/// Returns the ids of the reports of a file.
fn of_file(record: &Value, start: &str) -> Vec<String> {
    let path = |r: &Value| r["source"]["path"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    let found = rows(record, "reports").iter().filter(|r| path(r).starts_with(start));
    found.map(|r| r["id"].as_str().unwrap().to_owned()).collect()
}

fn holds(row: &Value, id: &str) -> bool {
    row["reports"].as_array().unwrap().iter().any(|r| r == id)
}

#[test]
fn every_file_is_kept_and_the_feed_gives_two_reports() {
    let record = record();
    assert!(rows(&record, "ledger").iter().all(|l| l["outcome"] == "kept"));
    assert_eq!(rows(&record, "reports").len(), 11);
    assert_eq!(of_file(&record, "07").len(), 2);
}

#[test]
fn a_wire_story_its_edit_and_its_rewrite_are_one_origin() {
    let record = record();
    let wire = &of_file(&record, "01")[0];
    let origin = rows(&record, "origins").iter().find(|o| holds(o, wire)).unwrap();
    assert_eq!(origin["reports"].as_array().unwrap().len(), 3, "{origin}");
    assert!(holds(origin, &of_file(&record, "03")[0]) && holds(origin, &of_file(&record, "04")[0]));
}

#[test]
fn nine_reports_make_the_story_and_two_others_stand_alone() {
    let record = record();
    let stories = rows(&record, "stories");
    let mut sizes: Vec<usize> = stories.iter().map(|s| s["reports"].as_array().unwrap().len()).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [1, 1, 9]);
    assert_eq!(stories.iter().map(|s| s["origins"].as_u64().unwrap()).max(), Some(7));
}

#[test]
fn the_visible_date_wins_over_the_page_date() {
    let record = record();
    let id = &of_file(&record, "06")[0];
    let report = rows(&record, "reports").iter().find(|r| r["id"] == id.as_str()).unwrap();
    assert_eq!(report["published"]["from"], "2025-09-10");
    assert_eq!(report["published"]["basis"], "stated");
    assert!(report["published"]["rivals"].to_string().contains("2025-09-12"), "{}", report["published"]);
}

#[test]
fn the_hearing_was_called_off_and_held_in_the_end() {
    let record = record();
    let events = rows(&record, "events");
    let about =
        |e: &Value| e["label"].as_str().unwrap().contains("hearing") || e["evidence"].to_string().contains("hearing");
    let passed = |e: &Value, status: &str| e["history"].as_array().unwrap().iter().any(|h| h["status"] == status);
    assert!(events.iter().any(|e| about(e) && passed(e, "called_off")));
    let held =
        |e: &&Value| e["status"] == "held" && e["when"]["from"] == "2025-09-09" && e["when"]["to"] == "2025-09-09";
    assert!(events.iter().filter(held).any(about));
}

#[test]
fn the_companys_count_contradicts_the_health_offices() {
    let record = record();
    let value =
        |id: &Value| rows(&record, "figures").iter().find(|f| f["id"] == *id).map(|f| f["value"].as_f64().unwrap());
    let values = |d: &Value| d["rows"].as_array().unwrap().iter().filter_map(value).collect::<Vec<_>>();
    let pair = |a: f64, b: f64, relation: &str| {
        rows(&record, "differences")
            .iter()
            .any(|d| d["relation"] == relation && values(d).contains(&a) && values(d).contains(&b))
    };
    assert!(pair(162.0, 95.0, "contradict"));
    assert!(pair(64.0, 118.0, "update"));
    assert!(!pair(118.0, 162.0, "contradict"));
}
