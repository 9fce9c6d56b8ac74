//! Archives that earlier versions wrote are opened, read, checked and added to.

#![allow(clippy::unwrap_used, reason = "tests say what they saw")]

mod common;

use common::{annals, bundle, folder, record};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn said(args: &[&str]) -> (String, i32) {
    let out = annals(args, &[]);
    (String::from_utf8_lossy(&out.stdout).into_owned(), out.status.code().unwrap())
}

/// Returns a copy of each kept archive, oldest schema first.
fn stores() -> Vec<PathBuf> {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stores");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(kept).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir()).collect();
    folders.sort();
    let copy = |from: &PathBuf| {
        let to = folder(&format!("stores-{}", from.file_name().unwrap().to_string_lossy()));
        fs::copy(from.join("annals.sqlite"), to.join("annals.sqlite")).unwrap();
        to
    };
    folders.iter().map(copy).collect()
}

#[test]
fn an_archive_of_every_schema_opens_and_grows() {
    let stores = stores();
    assert!(!stores.is_empty());
    for store in stores {
        let archive = store.to_string_lossy();
        let (told, code) = said(&["verify", &archive]);
        assert_eq!(code, 0, "{archive}: {told}");
        let (_, before) = record(&[&archive], &[]);
        let before: Value = serde_json::from_slice(&before).unwrap();
        assert_eq!(before["reports"].as_array().unwrap().len(), 2);
        assert_eq!(before["decisions"].as_array().unwrap().len(), 1);
        let (told, code) = said(&["add", &archive, &bundle("stores-more").to_string_lossy()]);
        assert_eq!((told.contains("5 new reports"), code), (true, 0), "{archive}: {told}");
        assert_eq!(said(&["verify", &archive]).1, 0);
        assert_eq!(said(&["search", &archive, "ferry"]).1, 0);
    }
}
