//! An archive keeps what came in, gives the record of its inputs, and says what is wrong with it.

#![allow(clippy::unwrap_used, reason = "tests say what they saw")]

mod common;

use common::{annals, bundle, folder, record};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn said(args: &[&str]) -> (String, String, i32) {
    let out = annals(args, &[]);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&out.stdout), text(&out.stderr), out.status.code().unwrap())
}

/// Returns the path of a folder that does not exist yet.
fn fresh(name: &str) -> String {
    let folder = folder(name);
    fs::remove_dir_all(&folder).unwrap();
    folder.to_string_lossy().into_owned()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn the_record_of_an_archive_is_that_of_its_inputs_however_they_came() {
    let bundle = bundle("archive-record");
    let (_, whole) = record(&[&bundle.to_string_lossy()], &[]);
    let (at_once, one_by_one) = (fresh("archive-at-once"), fresh("archive-one-by-one"));
    said(&["add", &at_once, &bundle.to_string_lossy()]);
    for file in files(&bundle).iter().rev() {
        said(&["add", &one_by_one, &file.to_string_lossy()]);
    }
    for threads in ["1", "2"] {
        for archive in [&at_once, &one_by_one] {
            assert_eq!(
                record(&[archive], &[("RAYON_NUM_THREADS", threads)]).1,
                whole,
                "{archive} with {threads} threads"
            );
        }
    }
}

#[test]
fn what_came_before_is_known_and_the_ledger_adds_up() {
    let bundle = bundle("archive-known");
    fs::write(bundle.join("9-binary.bin"), [0u8, 1, 2, 255, 0, 3]).unwrap();
    fs::write(bundle.join("9-gone.txt"), "").unwrap();
    let archive = fresh("archive-known-store");
    let (first, _, _) = said(&["add", &archive, &bundle.to_string_lossy()]);
    assert_eq!(first, "7 in = 5 kept + 0 known + 2 refused + 0 failed; 5 new reports\n");
    let (again, _, code) = said(&["add", &archive, &bundle.to_string_lossy(), "/nowhere/at/all"]);
    assert_eq!(again, "8 in = 0 kept + 7 known + 0 refused + 1 failed; 0 new reports\n");
    assert_eq!(code, 2);
    let (ledger, _, _) = said(&["ledger", &archive]);
    assert!(ledger.ends_with("15 in = 5 kept + 7 known + 2 refused + 1 failed; 5 reports\n"), "{ledger}");
    let (failed, _, _) = said(&["ledger", &archive, "--failed", "--json"]);
    assert_eq!(failed.lines().count(), 3, "{failed}");
    let (retried, errors, code) = said(&["retry", &archive]);
    assert_eq!((retried.as_str(), code), ("3 in = 0 kept + 0 known + 2 refused + 1 failed; 0 new reports\n", 1));
    assert!(errors.contains("cannot be found"), "{errors}");
}

#[test]
fn a_container_that_grew_gives_what_is_new() {
    let folder = folder("archive-grown");
    let line = |n: usize| {
        format!(
            "{{\"id\": \"{n}\", \"title\": \"Report {n}\", \"text\": \"The quay of Tolm was closed for {n} days, the harbour master said.\"}}\n"
        )
    };
    let file = folder.join("day.jsonl");
    let archive = fresh("archive-grown-store");
    fs::write(&file, (0..4).map(line).collect::<String>()).unwrap();
    said(&["add", &archive, &file.to_string_lossy()]);
    fs::write(&file, (0..6).map(line).collect::<String>()).unwrap();
    let (grown, _, _) = said(&["add", &archive, &file.to_string_lossy()]);
    assert_eq!(grown, "7 in = 3 kept + 4 known + 0 refused + 0 failed; 2 new reports\n");
    let (again, _, _) = said(&["add", &archive, &file.to_string_lossy()]);
    assert_eq!(again, "7 in = 0 kept + 7 known + 0 refused + 0 failed; 0 new reports\n");
    assert_eq!(record(&[&archive], &[]).1, record(&[&file.to_string_lossy()], &[]).1);
}

#[test]
fn decisions_hold_until_they_are_taken_back() {
    let bundle = bundle("archive-decided");
    let archive = fresh("archive-decided-store");
    said(&["add", &archive, &bundle.to_string_lossy()]);
    let plain = record(&[&archive], &[]);
    let stories = |record: &Value| record["stories"].as_array().unwrap().len();
    let story =
        plain.0["stories"].as_array().unwrap().iter().find(|s| s["reports"].as_array().unwrap().len() > 1).unwrap();
    let reports: Vec<&str> = story["reports"].as_array().unwrap().iter().map(|r| r.as_str().unwrap()).collect();
    let copied = |id: &str| plain.0["copies"].as_array().unwrap().iter().any(|c| c["report"] == id || c["of"] == id);
    let alone = reports.iter().find(|r| !copied(r)).unwrap();
    let other = reports.iter().find(|r| r != &alone).unwrap();
    said(&["split", &archive, alone, &other[..12], "--by", "Iva Roth", "--why", "another strike"]);
    let parted = record(&[&archive], &[]).0;
    assert_eq!(stories(&parted), stories(&plain.0) + 1);
    assert_eq!(parted["decisions"][0]["effect"], "holds");
    said(&["merge", &archive, alone, other]);
    assert_eq!(stories(&record(&[&archive], &[]).0), stories(&plain.0));
    said(&["undo", &archive, "2"]);
    assert_eq!(stories(&record(&[&archive], &[]).0), stories(&plain.0) + 1);
    said(&["undo", &archive, "1"]);
    assert_eq!(record(&[&archive], &[]).1, plain.1);
    let (list, _, _) = said(&["decisions", &archive]);
    assert!(list.contains("split") && list.contains("(taken back), by Iva Roth: another strike"), "{list}");
    assert_eq!(said(&["undo", &archive, "9"]).2, 2);
    assert_eq!(said(&["merge", &archive, "zz", other]).2, 2);
    assert_eq!(said(&["verify", &archive]).2, 0);
}

#[test]
fn words_names_days_and_marks_are_found() {
    let bundle = bundle("archive-searched");
    let archive = fresh("archive-searched-store");
    said(&["add", &archive, &bundle.to_string_lossy()]);
    let total = |words: &str| {
        let (json, errors, _) = said(&["search", &archive, words, "--json"]);
        let value: Value = serde_json::from_str(&json).unwrap_or_else(|e| panic!("{words}: {e}: {errors}"));
        for found in value["found"].as_array().unwrap() {
            assert!(found["passage"]["end"].as_u64() > found["passage"]["start"].as_u64());
        }
        value["total"].as_u64().unwrap()
    };
    assert_eq!(total(""), 5);
    assert!(total("crossing") >= 2 && total("\"walked out\"") >= 2);
    assert_eq!(total("\"out walked\""), 0);
    assert_eq!(total("person:brenn"), total("person:brennn"), "one letter wrong");
    assert!(total("person:brenn has:quote") > 0 && total("status:planned") > 0);
    assert_eq!(total("before:2024-03-04") + total("after:2024-03-05") + 1, 5, "one report has no day");
    assert_eq!(total("outlet:\"Sound Post\""), 1);
    assert!(total("cross*") >= total("crossing"));
    let (_, errors, code) = said(&["search", &archive, "mood:bright"]);
    assert!(code == 2 && errors.contains("Fields are"), "{errors}");
    // The index is a cache: without it the answer is the same.
    let before = said(&["search", &archive, "ferry", "--json", "--facets"]).0;
    fs::remove_dir_all(Path::new(&archive).join("index")).unwrap();
    assert_eq!(said(&["search", &archive, "ferry", "--json", "--facets"]).0, before);
    // One that another version made is made again, by the next search or by the next run that adds.
    let version = Path::new(&archive).join("index").join("version");
    let now = fs::read_to_string(&version).unwrap();
    for again in [vec!["search", &archive, "ferry"], vec!["add", &archive, &bundle.to_string_lossy()]] {
        fs::write(&version, "2").unwrap();
        said(&again);
        assert_eq!(fs::read_to_string(&version).unwrap(), now, "{again:?}");
        assert_eq!(said(&["search", &archive, "ferry", "--json", "--facets"]).0, before);
    }
    let (rows, _, _) = said(&["search", &archive, "person:brenn", "--rows", "statements"]);
    assert!(rows.contains("rest days"), "{rows}");
}

#[test]
fn a_program_that_runs_finds_what_came_since_it_was_asked_first() {
    let bundle = bundle("archive-asked-again");
    let (archive, other) = (fresh("archive-asked-again-store"), fresh("archive-asked-again-other"));
    let inputs = files(&bundle);
    said(&["add", &archive, &inputs[0].to_string_lossy()]);
    let mut program = Command::new(env!("CARGO_BIN_EXE_annals"));
    program.args(["search", &archive, "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut program = program.spawn().unwrap();
    let (mut questions, mut answers) = (program.stdin.take().unwrap(), BufReader::new(program.stdout.take().unwrap()));
    let mut ask = |words: &str| {
        writeln!(questions, "{words}").unwrap();
        let mut answer = String::new();
        answers.read_line(&mut answer).unwrap();
        let fresh = said(&["search", &archive, "--json", "--", words]).0;
        assert_eq!(answer, fresh, "as one that was just started: {words}");
        serde_json::from_str::<Value>(&answer).unwrap()["total"].as_u64().unwrap()
    };
    assert_eq!(ask(""), 1);
    let read = ask("has:statement");
    // More is added, the index is made anew, and another archive is put in the place of this one.
    said(&["add", &archive, &bundle.to_string_lossy()]);
    assert!(ask("") == 5 && ask("has:statement") > read);
    fs::remove_dir_all(Path::new(&archive).join("index")).unwrap();
    assert_eq!(ask(""), 5);
    said(&["add", &other, &inputs[1].to_string_lossy()]);
    fs::remove_dir_all(&archive).unwrap();
    fs::rename(&other, &archive).unwrap();
    assert!(ask("") == 1 && ask("ferry has:statement") == 1);
    drop(questions);
    program.wait().unwrap();
}

#[test]
fn what_is_not_read_as_a_whole_yet_is_told_and_read_when_asked_for() {
    let bundle = bundle("archive-read-later");
    let (archive, whole) = (fresh("archive-read-later-store"), fresh("archive-read-at-once-store"));
    let (_, errors, code) = said(&["add", &archive, &bundle.to_string_lossy(), "--read-later"]);
    assert!(code == 0 && errors.contains("5 reports cannot be searched for by status:"), "{errors}");
    said(&["add", &whole, &bundle.to_string_lossy()]);
    let find = |archive: &str, words: &str| said(&["search", archive, "--json", "--", words]).0;
    let count = |json: &str, what: &str| serde_json::from_str::<Value>(json).unwrap()[what].as_u64().unwrap();
    for words in ["ferry", "person:brenn", "after:2024-03-05"] {
        assert_eq!(find(&archive, words), find(&whole, words), "{words}");
    }
    // Where nothing can be kept, nothing is read: neither what bears a mark nor what does not is told, but how many are left.
    let cache = Path::new(&archive).join("cache");
    fs::write(&cache, "in the way").unwrap();
    for words in ["has:quote", "-has:quote"] {
        let told = find(&archive, words);
        assert_eq!((count(&told, "total"), count(&told, "not_read")), (0, 5), "{words}");
    }
    let told = said(&["search", &archive, "ferry has:quote"]).0;
    assert!(told.split_whitespace().collect::<Vec<_>>().join(" ").contains("is not read in them yet"), "{told}");
    fs::remove_file(&cache).unwrap();
    for words in ["has:quote", "-has:quote", "status:planned", "ferry -status:planned"] {
        assert_eq!(find(&archive, words), find(&whole, words), "{words}");
    }
    assert_eq!(count(&find(&archive, "has:quote"), "total") + count(&find(&archive, "-has:quote"), "total"), 5);
}

#[test]
fn a_folder_of_other_things_is_left_alone() {
    let full = folder("archive-other");
    fs::write(full.join("letter.txt"), "Dear all").unwrap();
    let bundle = bundle("archive-other-bundle");
    let (_, errors, code) = said(&["add", &full.to_string_lossy(), &bundle.to_string_lossy()]);
    assert!(code == 2 && errors.contains("is no archive"), "{errors}");
    assert_eq!(files(&full).len(), 1);
    let (_, errors, code) = said(&["ledger", &full.to_string_lossy()]);
    assert!(code == 2 && errors.contains("is no archive"), "{errors}");
    let (_, errors, code) = said(&["retry", "nowhere"]);
    assert!(code == 2 && errors.contains("is no archive") && !Path::new("nowhere").exists(), "{errors}");
}

#[test]
fn damage_is_found_and_named() {
    let bundle = bundle("archive-damaged");
    let archive = fresh("archive-damaged-store");
    said(&["add", &archive, &bundle.to_string_lossy()]);
    let file = Path::new(&archive).join("annals.sqlite");
    let sound = fs::read(&file).unwrap();
    let mut told = 0;
    for n in 1..40 {
        let mut bytes = sound.clone();
        // Most of a small file is room for more.
        let start = bytes.len() * n / 40;
        let is_used = |at: &usize| bytes[*at - 24..*at + 8].iter().filter(|b| **b != 0).count() >= 28;
        let at = (start..bytes.len() - 8).chain(4200..start).find(is_used).unwrap();
        bytes[at] ^= 0x20;
        fs::write(&file, &bytes).unwrap();
        let (out, errors, code) = said(&["verify", &archive]);
        // Bytes of free space mean nothing; every other fault is told, and none is more than that.
        assert!(code <= 2 && (code == 0 || !out.is_empty() || !errors.is_empty()), "{n}: {out}{errors}");
        told += i32::from(code != 0);
    }
    assert!(told >= 20, "{told} of 39 faults were told");
    for length in [0, 10, 4096, sound.len() / 2] {
        fs::write(&file, &sound[..length]).unwrap();
        let (out, errors, code) = said(&["verify", &archive]);
        assert!(code != 0 && errors.len() + out.len() > 20, "{length}: {out}{errors}");
    }
    fs::write(&file, &sound).unwrap();
    assert_eq!(said(&["verify", &archive]).2, 0);
}

#[test]
fn two_writers_do_not_meet() {
    let bundle = bundle("archive-two");
    let archive = fresh("archive-two-store");
    said(&["add", &archive, &bundle.to_string_lossy()]);
    let lock = fs::File::options().write(true).open(Path::new(&archive).join("writer.lock")).unwrap();
    lock.lock().unwrap();
    let (_, errors, code) = said(&["add", &archive, &bundle.to_string_lossy(), "--no-wait"]);
    assert!(code == 2 && errors.contains("is being written to by process"), "{errors}");
    // Readers go on.
    assert_eq!(said(&["ledger", &archive]).2, 0);
    assert_eq!(said(&["search", &archive, "ferry"]).2, 0);
}

#[test]
fn an_archive_remembers_what_it_knew() {
    let bundle = bundle("archive-then");
    let archive = fresh("archive-then-store");
    said(&["add", &archive, &bundle.to_string_lossy()]);
    let count = |time: &str| {
        let out = annals(&["brief", &archive, "--json", "-", "--kept-by", time], &[]);
        let value: Value = serde_json::from_slice(&out.stdout).unwrap();
        value["reports"].as_array().unwrap().len()
    };
    assert_eq!((count("2020-01-01"), count("2999-01-01T00:00:00Z")), (0, 5));
    let stories = |by: &[&str]| said(&[&["stories", archive.as_str(), "--json"], by].concat());
    let found = |by: &[&str]| -> Vec<String> {
        let (told, ..) = said(&[&["search", archive.as_str(), "crews", "--json"], by].concat());
        let told: Value = serde_json::from_str(&told).unwrap();
        told["found"].as_array().unwrap().iter().map(|f| f["report"].to_string()).collect()
    };
    let (first, ..) = stories(&[]);
    let time =
        serde_json::from_str::<Value>(first.lines().next().unwrap()).unwrap()["kept_at"].as_str().unwrap().to_owned();
    let before = found(&[]);
    // Times are kept to the second.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    let late = bundle.join("late.txt");
    fs::write(&late, "Elsham hears a choir\n\nMarch 9, 2024\n\nThe choir of Elsham sang for the crews on Saturday.\n")
        .unwrap();
    said(&["add", &archive, &late.to_string_lossy()]);
    assert_ne!(stories(&[]).0, first);
    assert_eq!(stories(&["--kept-by", &time]).0, first);
    assert_eq!(stories(&["--kept-by", "2020-01-01"]), (String::new(), String::new(), 1));
    assert_eq!(stories(&["--kept-by", "2999-01-01"]).0, stories(&[]).0);
    assert_ne!(found(&[]), before);
    assert_eq!(found(&["--kept-by", &time]), before);
    assert_eq!(said(&["search", &archive, "choir", "--kept-by", &time]).2, 1);
}

#[test]
fn a_story_alone_is_what_it_is_in_the_whole_record() {
    let bundle = bundle("archive-stories");
    let archive = fresh("archive-stories-store");
    said(&["add", &archive, &bundle.to_string_lossy()]);
    let (_, whole) = record(&[&archive], &[]);
    let whole: Value = serde_json::from_slice(&whole).unwrap();
    let (list, _, code) = said(&["stories", &archive, "--json"]);
    let stories: Vec<Value> = list.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!((stories.len(), code), (whole["stories"].as_array().unwrap().len(), 0));
    for story in &stories {
        let (one, _, _) = said(&["stories", &archive, story["id"].as_str().unwrap(), "--json"]);
        let one: Value = serde_json::from_str(&one).unwrap();
        for table in ["stories", "events", "figures", "differences"] {
            for row in one[table].as_array().unwrap() {
                let same = |other: &&Value| match row.get("id") {
                    Some(id) => other["id"] == *id,
                    None => other["note"] == row["note"],
                };
                assert!(whole[table].as_array().unwrap().iter().any(|o| same(&o)), "{table}: {row}");
            }
        }
    }
    // Any report leads to its story, also by the beginning of its id.
    let report = whole["stories"][0]["reports"].as_array().unwrap().last().unwrap().as_str().unwrap();
    let (_, _, code) = said(&["stories", &archive, &report[..10]]);
    assert_eq!(code, 0);
    let (_, told, code) = said(&["stories", &archive, "ffff"]);
    assert!(code == 2 && told.contains("no single report"), "{told}");
}

#[test]
fn what_a_page_took_back_and_what_came_is_told() {
    let page = |injured: &str, quote: &str, end: &str| {
        format!(
            "<html><head><title>Ferry aground off Ondal</title><link rel=canonical href=https://ondal.example/ferry>\
             <meta property=article:published_time content=2031-05-06T10:00:00Z></head><body><article><h1>Ferry \
             aground off Ondal</h1><p>A ferry with 120 passengers ran aground off Ondal on Tuesday morning, the coast \
             guard said.</p><p>{injured} people were injured, said harbour master Ina Rolf.</p>{quote}<p>The ferry \
             was on its way from Ondal to Skerry with cars and people aboard, and the weather was calm.{end}</p>\
             </article></body></html>"
        )
    };
    let inputs = folder("archive-revised");
    let file = inputs.join("ferry.html");
    let archive = fresh("archive-revised-store");
    let quote = "<p>“We did not see the buoy,” captain Per Aske told reporters.</p>";
    fs::write(&file, page("Twelve", quote, "")).unwrap();
    said(&["add", &archive, &file.to_string_lossy()]);
    let (ledger, _, _) = said(&["ledger", &archive]);
    let first = ledger.split_whitespace().nth(1).unwrap().to_owned();
    // Times are kept to the second.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    fs::write(&file, page("Fifteen", "", " The inquiry begins on Friday.")).unwrap();
    said(&["add", &archive, &file.to_string_lossy()]);
    let (told, _, code) = said(&["changes", &archive, "--since", &first, "--json"]);
    let told: Value = serde_json::from_str(&told).unwrap();
    let changes: Vec<(&str, &str)> = told["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| (c["kind"].as_str().unwrap(), c["what"].as_str().unwrap()))
        .collect();
    let has = |kind: &str, words: &str| changes.iter().any(|(k, what)| *k == kind && what.contains(words));
    assert_eq!(code, 0);
    assert!(has("figure", "15 people injured on the page of ondal.example"), "{changes:?}");
    assert!(has("figure", "12 before"), "{changes:?}");
    assert!(has("unsaid", "captain Per Aske"), "{changes:?}");
    assert!(has("added", "new on the page"), "{changes:?}");
    assert!(!has("unsaid", "Ina Rolf"), "what is told otherwise is not gone: {changes:?}");
    assert!(!has("changed", ""), "the sentence of the figure is told with it: {changes:?}");
    let (feed, _, _) = said(&["changes", &archive, "--since", &first, "--feed"]);
    let feed: Value = serde_json::from_str(&feed).unwrap();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["items"].as_array().unwrap().len(), changes.len());
    let (_, _, code) = said(&["changes", &archive, "--since", "2199-01-01"]);
    assert_eq!(code, 1);
}
