//! What a person said, and who carries a quote in which words.

#![allow(clippy::unwrap_used, reason = "tests say what they saw")]

mod common;

use common::{annals, bundle, folder};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

/// Writes three invented reports: a quote in full, trimmed and altered, and two people of one last name.
fn quotes(name: &str) -> PathBuf {
    let folder = folder(name);
    let write = |file: &str, words: &str| fs::write(folder.join(file), words).unwrap();
    write(
        "1.txt",
        "SOUND POST\n\nPump fails at Tolm Quay\n\nTOLM, March 4, 2024 (Sound Post) - “We replaced the pump in May and it failed by \
         June,” said Oda Brenn, the engineer of Tolm, on Monday.\n\nAnton Brenn, a baker, said the water was brown.\n",
    );
    write(
        "2.txt",
        "TOLM MIRROR\n\nPump fails again\n\nTOLM, March 5, 2024 (Tolm Mirror) - The town engineer, Oda Brenn, complained that the pump \
         was old. The pump “failed by June”, Oda Brenn said.\n",
    );
    write(
        "3.txt",
        "HILL GAZETTE\n\nNew pump, old trouble\n\nTOLM, March 6, 2024 (Hill Gazette) - “We repaired the pump in May and it failed by \
         June,” Oda Brenn said.\n",
    );
    folder
}

fn answer(args: &[&str]) -> (Value, Option<i32>) {
    let out = annals(args, &[]);
    (serde_json::from_slice(&out.stdout).unwrap(), out.status.code())
}

#[test]
fn a_quote_is_found_exact_trimmed_and_altered() {
    let folder = quotes("quotes-found");
    let folder = folder.to_string_lossy();
    let (held, code) = answer(&["quote-check", "We replaced the pump in May and it failed by June", &folder, "--json"]);
    let likeness: Vec<&str> =
        held["versions"].as_array().unwrap().iter().map(|v| v["likeness"].as_str().unwrap()).collect();
    assert_eq!(likeness, ["exact", "trimmed", "altered"]);
    assert_eq!(held["versions"][2]["changes"][0]["to"], "repaired");
    assert_eq!((held["verdict"].as_str(), code), (Some("exact"), Some(0)));
    let (held, _) = answer(&["quote-check", "the pump in May failed by June", &folder, "--json"]);
    assert_eq!(held["verdict"], "altered");
    let (held, code) = answer(&["quote-check", "Nobody will drink this soup", &folder, "--json"]);
    assert_eq!((held["verdict"].as_str(), code), (Some("absent"), Some(1)));
}

#[test]
fn what_a_person_said_is_told_in_order_with_its_ground() {
    let folder = quotes("quotes-said");
    let folder = folder.to_string_lossy();
    let (said, code) = answer(&["said", "Oda Brenn", &folder, "--json"]);
    let first = &said["people"][0]["said"][0];
    assert_eq!(
        first["versions"][0]["statement"]["content"]["exact"],
        "We replaced the pump in May and it failed by June"
    );
    assert_eq!(first["versions"][0]["statement"]["ground"], "name");
    assert_eq!(code, Some(0));
    let (said, _) = answer(&["said", "Brenn", &folder, "--json"]);
    assert_eq!(said["people"].as_array().unwrap().len(), 2, "two of one last name are told apart");
    assert_eq!(answer(&["said", "Per Nobody", &folder, "--json"]).1, Some(1));
}

#[test]
fn a_quote_that_one_origin_carries_is_marked_so() {
    let folder = bundle("quotes-only");
    let out = annals(&["said", "Oda Brenn", &folder.to_string_lossy()], &[]);
    let shown = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(shown.contains("carries it"), "{shown}");
    let leaflets = shown.split("\n\n").find(|u| u.contains("leaflets")).unwrap();
    assert!(leaflets.contains("one origin") && !leaflets.contains("only"), "{leaflets}");
}

#[test]
fn a_quote_or_name_that_cannot_be_looked_for_is_refused() {
    let folder = quotes("quotes-refused");
    let long = "pump ".repeat(601);
    for (command, words, why) in [
        ("quote-check", "the pump", "at least three words"),
        ("quote-check", long.as_str(), "601 words"),
        ("said", "", "the name is empty"),
        ("said", " ", "the name is empty"),
    ] {
        let out = annals(&[command, words, &folder.to_string_lossy()], &[]);
        let told = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(out.status.code() == Some(2) && told.contains(why), "{command}: {told}");
    }
}
