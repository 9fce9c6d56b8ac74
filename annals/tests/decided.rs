//! What people decide about copies and speakers in an archive: what follows from it, what is refused, and that it stays told.

#![allow(clippy::unwrap_used, reason = "tests say what they saw")]

mod common;

use common::{annals, bundle, folder, record};
use serde_json::Value;
use std::fs;
use std::path::Path;

fn said(args: &[&str]) -> (String, String, i32) {
    let out = annals(args, &[]);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&out.stdout), text(&out.stderr), out.status.code().unwrap())
}

/// Returns an archive with the invented bundle in it, and its record.
fn archive(name: &str) -> (String, String, Value) {
    let bundle = bundle(name).to_string_lossy().into_owned();
    let store = folder(&format!("{name}-store"));
    fs::remove_dir_all(&store).unwrap();
    let store = store.to_string_lossy().into_owned();
    said(&["add", &store, &bundle]);
    let known = record(&[&store], &[]).0;
    (store, bundle, known)
}

/// Returns the record of an archive; it is held against the published schema.
fn now(store: &str) -> Value {
    let record = record(&[store], &[]).0;
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/record.schema.json");
    let schema: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    let schema = jsonschema::draft202012::new(&schema).unwrap();
    let broken: Vec<String> =
        schema.iter_errors(&record).take(5).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    record
}

fn count(record: &Value, table: &str) -> usize {
    record[table].as_array().unwrap().len()
}

fn story(record: &Value, of: &str) -> Value {
    let holds = |s: &&Value| s["reports"].as_array().unwrap().iter().any(|r| r == of);
    record["stories"].as_array().unwrap().iter().find(holds).unwrap().clone()
}

/// Returns the ids of the wire text and of its copy.
fn wire_and_copy(record: &Value) -> (String, String) {
    let copy = record["copies"].as_array().unwrap().iter().find(|c| c["of"].is_string()).unwrap();
    (copy["of"].as_str().unwrap().to_owned(), copy["report"].as_str().unwrap().to_owned())
}

#[test]
fn a_report_that_is_no_copy_counts_and_says_who_decided_it() {
    let (store, bundle, plain) = archive("decided-apart");
    let (wire, copy) = wire_and_copy(&plain);
    let ground = ["--by", "Iva Roth", "--why", "both had it from the crews"];
    let args = [&["not-same", &store, &copy[..12], &wire[..12]][..], &ground].concat();
    let (told, errors, code) = said(&args);
    assert!(
        told.contains("(Sound Post, 2024-03-05)") && told.contains("are no copies of each other"),
        "{told}{errors}"
    );
    assert_eq!(code, 0);
    let parted = now(&store);
    assert_eq!(count(&parted, "origins"), count(&plain, "origins") + 1);
    let (before, after) = (story(&plain, &wire), story(&parted, &wire));
    assert_eq!(before["reports"], after["reports"]);
    assert_eq!(after["origins"].as_u64(), before["origins"].as_u64().map(|n| n + 1));
    assert_eq!(
        (&parted["decisions"][0]["about"], &parted["decisions"][0]["effect"]),
        (&"copies".into(), &"holds".into())
    );
    let told_at = |o: &&Value| {
        o["decided"][0].as_str().is_some_and(|d| d.contains("says Iva Roth") && d.contains("from the crews"))
    };
    assert_eq!(parted["origins"].as_array().unwrap().iter().filter(told_at).count(), 2);
    // Its own credit line still says what it says.
    assert!(parted["copies"].as_array().unwrap().iter().all(|c| c["of"] != wire.as_str()));
    let (brief, ..) = said(&["brief", &store]);
    let brief = brief.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(brief.contains("are no copies of each other"), "{brief}");
    // It outlives another `add` and a rebuild, and is not there at a time before it.
    said(&["add", &store, &bundle]);
    said(&["rebuild", &store]);
    assert_eq!(now(&store), parted);
    let (early, ..) = said(&["brief", &store, "--kept-by", "2024-01-01", "--json", "-"]);
    assert!(!early.contains("Iva Roth"), "{early}");
    assert_eq!(said(&["verify", &store]).2, 0);
    said(&["undo", &store, "1"]);
    assert_eq!(now(&store), plain);
    let (list, ..) = said(&["decisions", &store]);
    assert!(list.contains("(taken back), by Iva Roth: both had it from the crews"), "{list}");
}

#[test]
fn a_report_that_was_taken_from_another_is_one_origin_with_it() {
    let (store, _, plain) = archive("decided-taken");
    let (wire, _) = wire_and_copy(&plain);
    let later = plain["reports"].as_array().unwrap().iter().find(|r| r["outlet"] == "Tolm Mirror").unwrap();
    let later = later["id"].as_str().unwrap().to_owned();
    // Whichever is named first: the later is the copy.
    let (told, errors, _) = said(&["same", &store, &wire, &later, "--why", "the same desk"]);
    assert!(
        told.contains(&format!("{} (Tolm Mirror, 2024-03-05) is a copy of {}", &later[..8], &wire[..8])),
        "{told}{errors}"
    );
    let joined = now(&store);
    assert_eq!(count(&joined, "origins") + 1, count(&plain, "origins"));
    let copy = joined["copies"].as_array().unwrap().iter().find(|c| c["report"] == later.as_str()).unwrap();
    assert_eq!(copy["of"], wire.as_str());
    assert!(copy["decided"].as_str().unwrap().contains("the same desk") && count(copy, "evidence") > 0);
    // A person says at which end it began.
    said(&["undo", &store, "1"]);
    said(&["same", &store, &wire, &later, "--of", &later[..10]]);
    let turned = now(&store);
    assert!(
        turned["copies"].as_array().unwrap().iter().any(|c| c["report"] == wire.as_str() && c["of"] == later.as_str())
    );
}

#[test]
fn what_cannot_be_meant_is_refused_and_says_why() {
    let (store, _, plain) = archive("decided-refused");
    let (wire, copy) = wire_and_copy(&plain);
    let undated = plain["reports"].as_array().unwrap().iter().find(|r| r["title"] == "A walk along the quay").unwrap();
    let undated = undated["id"].as_str().unwrap();
    let refused = |args: &[&str], why: &str| {
        let (_, errors, code) = said(args);
        assert!(code == 2 && errors.contains(why), "{args:?}: {code} {errors}");
    };
    refused(
        &["not-same", &store, &wire, "0000000000"],
        "no report of the archive has an id that begins with 0000000000",
    );
    refused(&["not-same", &store, &wire, "Oda Brenn"], "give two names, or two reports");
    refused(&["not-same", &store, &wire, &wire[..16]], "a report is named twice");
    refused(&["same", &store, &wire, undated], "name the original with --of");
    refused(&["same", &store, &wire, &copy, "--of", "0000"], "names neither of the two");
    refused(&["same", &store, "Oda Brenn", "Per Aske", "--of", &wire], "these are names");
    assert_eq!(said(&["decisions", &store]).0, "");
    // Of seventeen ids two begin with one digit.
    let many = folder("decided-many");
    let line = |n: u32| {
        format!("{{\"id\": \"{n}\", \"text\": \"The quay was closed for {n} days, the harbour master said.\"}}\n")
    };
    fs::write(many.join("day.jsonl"), (0..17).map(line).collect::<String>()).unwrap();
    said(&["add", &store, &many.to_string_lossy()]);
    let all = now(&store);
    let digits: Vec<String> =
        all["reports"].as_array().unwrap().iter().map(|r| r["id"].as_str().unwrap()[..1].to_owned()).collect();
    let shared = digits.iter().find(|d| digits.iter().filter(|o| o == d).count() > 1).unwrap();
    refused(&["merge", &store, shared, &wire], "several reports have ids that begin with");
}

/// Returns the statement that holds words, from the report of an outlet.
fn statement<'r>(record: &'r Value, words: &str, outlet: Option<&str>) -> &'r Value {
    let of =
        |id: &Value| record["reports"].as_array().unwrap().iter().find(|r| r["id"] == *id).unwrap()["outlet"].clone();
    let holds = |s: &&Value| {
        let is_told = s["content"]["exact"].as_str().unwrap().contains(words);
        is_told && outlet.is_none_or(|outlet| of(&s["report"]) == outlet)
    };
    record["statements"].as_array().unwrap().iter().find(holds).unwrap()
}

fn named<'r>(record: &'r Value, statement: &Value) -> &'r str {
    let entity = record["entities"].as_array().unwrap().iter().find(|e| e["id"] == statement["speaker"]);
    entity.map_or("", |e| e["name"].as_str().unwrap())
}

#[test]
fn a_speaker_whom_a_person_names_is_told_as_theirs() {
    let (store, bundle, plain) = archive("decided-speaker");
    let told = statement(&plain, "rest days", Some("Sound Post"));
    assert_eq!(named(&plain, told), "Oda Brenn");
    let id = told["id"].as_str().unwrap();
    let (out, errors, code) =
        said(&["said-by", &store, id, "Per Aske", "--by", "Iva Roth", "--why", "it is on the tape"]);
    assert!(
        out.contains("“We asked for rest days and were given leaflets") && out.contains("was said by “Per Aske”"),
        "{out}{errors}"
    );
    assert_eq!(code, 0);
    let decided = now(&store);
    let row = statement(&decided, "rest days", Some("Sound Post"));
    assert_eq!((row["id"].as_str(), named(&decided, row)), (Some(id), "Per Aske"));
    // The words are what they were, and say what they say.
    assert_eq!((&row["evidence"], &row["speaker_text"]), (&told["evidence"], &told["speaker_text"]));
    assert!(row["decided"].as_str().unwrap().contains("says Iva Roth") && row["ground"].is_null());
    // The wire's own text, of which it is a copy, too.
    assert_eq!(named(&decided, statement(&decided, "rest days", None)), "Per Aske");
    assert_eq!(decided["decisions"][0]["about"], "speakers");
    assert_eq!(count(&decided["decisions"][0], "statements"), 2);
    for args in [&["brief", &store][..], &["said", "Per Aske", &store]] {
        let shown = said(args).0.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(shown.contains("“Per Aske” said it, says Iva Roth") && shown.contains("on the tape"), "{shown}");
    }
    said(&["add", &store, &bundle]);
    said(&["rebuild", &store]);
    assert_eq!(now(&store), decided);
    assert_eq!(said(&["verify", &store]).0.matches("decision").count(), 0);
    // Somebody of whom no report knows, and nobody.
    said(&["said-by", &store, id, "Ida Holm"]);
    let row = now(&store);
    let row = statement(&row, "rest days", Some("Sound Post"));
    assert_eq!((&row["speaker"], &row["decided_speaker"]), (&Value::Null, &"Ida Holm".into()));
    assert!(said(&["brief", &store]).0.contains("Ida Holm (named by a person, by no report)"));
    said(&["undo", &store, "2"]);
    said(&["undo", &store, "1"]);
    assert_eq!(now(&store), plain);
    said(&["not-said-by", &store, id, "Oda Brenn"]);
    let row = now(&store);
    let row = statement(&row, "rest days", Some("Sound Post"));
    assert!(
        row["speaker"].is_null() && row["decided"].as_str().unwrap().contains("“Oda Brenn” did not say it"),
        "{row}"
    );
    for (id, why) in
        [("s-0000000000000000", "has the statement s-0000000000000000"), ("Oda Brenn", "is no id of a statement")]
    {
        let (_, errors, code) = said(&["said-by", &store, id, "Per Aske"]);
        assert!(code == 2 && errors.contains(why), "{errors}");
    }
}

#[test]
fn what_ties_reports_of_two_stories_is_told_where_nothing_follows_from_it() {
    let (store, _, plain) = archive("decided-across");
    let (wire, copy) = wire_and_copy(&plain);
    let of_story = |id: &str| -> Value {
        let (out, errors, _) = said(&["stories", &store, id, "--json"]);
        serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {errors}"))
    };
    let decision = |record: &Value, of: &str| -> (String, String) {
        let all = record["decisions"].as_array().unwrap();
        let found = all.iter().find(|d| d["decision"] == of).unwrap_or_else(|| panic!("{of}: {all:?}"));
        (found["effect"].as_str().unwrap().to_owned(), found["note"].as_str().unwrap().to_owned())
    };
    said(&["split", &store, &copy, &wire]);
    for id in [&wire, &copy] {
        assert_eq!(decision(&of_story(id), "split").0, "holds");
    }
    let told = statement(&plain, "rest days", Some("Sound Post"))["id"].as_str().unwrap();
    let (_, errors, _) = said(&["said-by", &store, told, "Per Aske"]);
    assert!(errors.contains("stand in several stories") && errors.contains("`merge`"), "{errors}");
    // The story of the original says so; that of the copy has it.
    let original = of_story(&wire);
    let (effect, note) = decision(&original, "said-by");
    assert!(effect == "waits" && note.contains("several stories"), "{effect} {note}");
    assert_eq!(named(&original, statement(&original, "rest days", None)), "Oda Brenn");
    let other = of_story(&copy);
    assert_eq!(decision(&other, "said-by"), ("holds".to_owned(), String::new()));
    let local = plain["reports"].as_array().unwrap().iter().find(|r| r["outlet"] == "Tolm Mirror").unwrap();
    let local = local["id"].as_str().unwrap();
    let (_, errors, code) = said(&["same", &store, &copy, local, "--of", local]);
    assert!(code == 0 && errors.contains("two stories"), "{errors}");
    for id in [local, &copy] {
        let (effect, note) = decision(&of_story(id), "same");
        assert!(effect == "waits" && note.contains("`merge`"), "{effect} {note}");
    }
    assert_eq!(decision(&now(&store), "same").0, "holds");
    let (_, errors, _) = said(&["merge", &store, &copy, &wire]);
    assert_eq!(errors, "");
    let whole = of_story(&wire);
    for of in ["said-by", "same", "merge"] {
        assert_eq!(decision(&whole, of), ("holds".to_owned(), String::new()));
    }
}
