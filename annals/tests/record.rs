//! The record keeps its promises: the public schema, spans that say what the text says, the same bytes every time.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests say what they saw")]

mod common;

use common::{annals, bundle, folder, other_bundles, record};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn schema() -> jsonschema::Validator {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/record.schema.json");
    let schema: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
}

/// Checks a record against the schema, and every passage in it against the text it points into.
fn check_record(schema: &jsonschema::Validator, name: &str, record: &Value) {
    let broken: Vec<String> =
        schema.iter_errors(record).take(5).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(broken.is_empty(), "{name} breaks docs/record.schema.json:\n{}", broken.join("\n"));
    let texts: BTreeMap<&str, Vec<char>> = record["reports"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| (r["id"].as_str().unwrap(), r["text"].as_str().unwrap().chars().collect()))
        .collect();
    let mut seen = 0;
    check_spans(name, &texts, record, &mut seen);
    println!("{name}: {} reports, {seen} passages hold", texts.len());
}

fn check_spans(path: &str, texts: &BTreeMap<&str, Vec<char>>, value: &Value, seen: &mut usize) {
    match value {
        Value::Object(fields) => {
            if let (Some(report), Some(start), Some(end), Some(exact)) =
                (fields.get("report"), fields.get("start"), fields.get("end"), fields.get("exact"))
            {
                let text = &texts[report.as_str().unwrap()];
                let place = start.as_u64().unwrap() as usize..end.as_u64().unwrap() as usize;
                let words: String = text[place].iter().collect();
                assert_eq!(Some(words.as_str()), exact.as_str(), "at {path}");
                *seen += 1;
            }
            fields.iter().for_each(|(name, value)| check_spans(&format!("{path}.{name}"), texts, value, seen));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(n, item)| check_spans(&format!("{path}[{n}]"), texts, item, seen));
        }
        _ => {}
    }
}

#[test]
fn the_record_is_as_its_schema_says_and_every_passage_holds() {
    let schema = schema();
    let invented = bundle("schema");
    for folder in std::iter::once(invented).chain(other_bundles()) {
        let name = folder.to_string_lossy().into_owned();
        check_record(&schema, &name, &record(&[&name], &[]).0);
    }
}

#[test]
fn the_schema_lets_no_unknown_field_pass() {
    let schema = schema();
    let name = bundle("strict");
    let (mut record, _) = record(&[&name.to_string_lossy()], &[]);
    assert!(schema.is_valid(&record));
    record["reports"][0]["colour"] = Value::from("green");
    assert!(!schema.is_valid(&record));
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let bundle = bundle("bytes");
    let folder = bundle.to_string_lossy().into_owned();
    let mut files: Vec<String> =
        fs::read_dir(&bundle).unwrap().map(|e| e.unwrap().path().to_string_lossy().into_owned()).collect();
    files.sort();
    let forwards: Vec<&str> = files.iter().map(String::as_str).collect();
    let backwards: Vec<&str> = forwards.iter().rev().copied().collect();
    let (_, first) = record(&[&folder], &[]);
    assert_eq!(first, record(&[&folder], &[]).1, "a second run");
    assert_eq!(first, record(&[&folder], &[("RAYON_NUM_THREADS", "1")]).1, "one thread");
    assert_eq!(first, record(&[&folder], &[("RAYON_NUM_THREADS", "2")]).1, "two threads");
    let named = record(&forwards, &[]).1;
    assert_eq!(named, record(&backwards, &[]).1, "inputs in reverse order");
    assert_eq!(first, named, "files named one by one");
}

#[test]
fn page_and_text_are_the_same_bytes_too() {
    let bundle = bundle("pages");
    let folder_name = bundle.to_string_lossy().into_owned();
    let out = folder("pages-out");
    let page = |name: &str, threads: &str| {
        let file = out.join(name);
        let run =
            annals(&["brief", &folder_name, "--html", &file.to_string_lossy()], &[("RAYON_NUM_THREADS", threads)]);
        assert_eq!(run.status.code(), Some(0));
        (fs::read(file).unwrap(), run.stdout)
    };
    assert_eq!(page("a.html", "1"), page("b.html", "2"));
}

#[test]
fn the_page_needs_nothing_else_and_trusts_no_report() {
    let evil = folder("evil");
    fs::write(
        evil.join("<img src=x onerror=alert(1)>.txt"),
        "\"><script>alert(1)</script>\n\nA <b>report</b> with </style><script>alert(2)</script> in its \u{202e}words.\n",
    )
    .unwrap();
    let out = folder("evil-out").join("page.html");
    annals(&["brief", &evil.to_string_lossy(), "--html", &out.to_string_lossy()], &[]);
    let page = fs::read_to_string(out).unwrap();
    assert!(!page.contains("<script") && !page.contains("<img") && !page.contains('\u{202e}'), "{page}");
    assert!(page.contains("&lt;script&gt;alert(2)"), "the words themselves are shown");
    assert!(page.contains("default-src 'none'"));
    for outside in ["src=\"", "href=\"http", "url(", "@import"] {
        assert!(!page.contains(outside), "{outside} in the page");
    }
}

#[test]
fn decisions_stand_in_the_record_and_those_that_do_not_hold_are_told() {
    let bundle = bundle("decided").to_string_lossy().into_owned();
    let file = folder("decisions").join("d.jsonl");
    let lines = [
        r#"{"decision": "same", "a": "Oda Brenn", "b": "Per Aske", "by": "desk", "why": "a married name"}"#,
        r#"{"decision": "not-same", "a": "Oda Brenn", "b": "Nils Vik"}"#,
    ];
    fs::write(&file, lines.join("\n")).unwrap();
    let file = file.to_string_lossy().into_owned();
    let run = annals(&["brief", &bundle, "--decisions", &file, "--json", "-"], &[]);
    let record: Value = serde_json::from_slice(&run.stdout).unwrap();
    check_record(&schema(), "decided", &record);
    let effects: Vec<&str> =
        record["decisions"].as_array().unwrap().iter().map(|d| d["effect"].as_str().unwrap()).collect();
    assert_eq!(effects, ["holds", "waits"]);
    let told = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(told.contains("line 2") && told.contains("“Nils Vik”") && !told.contains("line 1"), "{told}");
    let one = record["decisions"][0]["entities"].as_array().unwrap();
    assert_eq!(one.len(), 1);
    fs::write(&file, "{}").unwrap();
    assert_eq!(annals(&["brief", &bundle, "--decisions", &file], &[]).status.code(), Some(2));
}
