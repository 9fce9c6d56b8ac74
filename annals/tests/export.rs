//! `annals export`: what each format holds of invented reports. Programs of others read them in `tests/readers`.

#![allow(clippy::unwrap_used, reason = "tests say what they saw")]

mod common;

use common::{annals, bundle, folder, record};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const FORMATS: [&str; 11] =
    ["json", "jsonl", "parquet", "csv", "sqlite", "timelinejs", "annotations", "bibtex", "csl", "ftm", "pack"];

/// Exports inputs and returns where.
fn export(inputs: &Path, format: &str, out: &Path) -> PathBuf {
    let done = annals(&["export", inputs.to_str().unwrap(), "--format", format, "--out", out.to_str().unwrap()], &[]);
    assert_eq!(done.status.code(), Some(0), "{format}: {}", String::from_utf8_lossy(&done.stderr));
    out.to_owned()
}

/// Returns an export of one text.
fn exported(inputs: &Path, format: &str) -> String {
    let done = annals(&["export", inputs.to_str().unwrap(), "--format", format], &[]);
    assert_eq!(done.status.code(), Some(0), "{format}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// Returns all files below a path with their bytes.
fn bytes(path: &Path) -> Vec<(String, Vec<u8>)> {
    if path.is_file() {
        return vec![(String::new(), fs::read(path).unwrap())];
    }
    let mut files: Vec<PathBuf> = fs::read_dir(path).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    files.iter().map(|f| (f.file_name().unwrap().to_string_lossy().into(), fs::read(f).unwrap())).collect()
}

fn rows<'a>(record: &'a Value, table: &str) -> &'a [Value] {
    record[table].as_array().unwrap()
}

/// Writes one report with a title.
fn titled(folder: &Path, file: &str, title: &str) {
    let text = format!(
        "Tolm Mirror\nMarch 8, 2024\n\n{title}\n\nThe council of Tolm met on Thursday. “We have 14 ferries,” said Oda Brenn, the mayor.\n"
    );
    fs::write(folder.join(file), text).unwrap();
}

#[test]
fn the_same_reports_give_the_same_bytes() {
    let (inputs, out) = (bundle("export-bytes"), folder("export-bytes-out"));
    for format in FORMATS {
        let first = export(&inputs, format, &out.join(format));
        let second = export(&inputs, format, &out.join(format!("{format}-2")));
        assert!(bytes(&first) == bytes(&second), "{format}");
    }
}

#[test]
fn json_is_the_record_and_jsonl_its_tables() {
    let (inputs, out) = (bundle("export-json"), folder("export-json-out"));
    let (record, printed) = record(&[inputs.to_str().unwrap()], &[]);
    assert!(exported(&inputs, "json").into_bytes() == printed);
    export(&inputs, "jsonl", &out);
    for (table, rows) in record.as_object().unwrap() {
        let text = fs::read_to_string(out.join(format!("{table}.jsonl"))).unwrap();
        let read: Vec<Value> = text.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        assert_eq!(&Value::from(read), rows, "{table}");
    }
}

#[test]
fn a_title_does_not_run_in_a_spreadsheet() {
    let (inputs, out) = (folder("export-formula"), folder("export-formula-out"));
    titled(&inputs, "1.txt", "=SUM(\"A1\";\"A9\") ferries for Tolm");
    export(&inputs, "csv", &out);
    let reports = fs::read_to_string(out.join("reports.csv")).unwrap();
    assert!(reports.starts_with('\u{feff}'));
    assert!(reports.contains("\"'=SUM(\"\"A1\"\";\"\"A9\"\") ferries for Tolm\""), "{reports}");
}

#[test]
fn figures_bear_tags_in_their_second_row_and_stay_numbers() {
    let (inputs, out) = (bundle("export-hxl"), folder("export-hxl-out"));
    export(&inputs, "csv", &out);
    let figures = fs::read_to_string(out.join("figures.csv")).unwrap();
    let mut lines = figures.lines();
    assert!(lines.next().unwrap().starts_with("\u{feff}\"id\",\"value\""));
    assert!(lines.next().unwrap().starts_with("\"#meta+id\",\"#indicator+value+num\""));
    assert!(lines.any(|line| line.contains(",71,")), "{figures}");
}

#[test]
fn one_sqlite_file_joins_passages_to_texts() {
    let (inputs, out) = (bundle("export-sqlite"), folder("export-sqlite-out"));
    let file = export(&inputs, "sqlite", &out.join("record.sqlite"));
    let database = rusqlite::Connection::open(file).unwrap();
    let count = |sql: &str| database.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT count(*) FROM reports"), 5);
    let told =
        "FROM passages p JOIN reports r ON r.id = p.report WHERE substr(r.text, p.start + 1, p.\"end\" - p.start)";
    assert_eq!(count(&format!("SELECT count(*) {told} <> p.exact")), 0);
    assert!(count(&format!("SELECT count(*) {told} = p.exact")) > 20);
}

#[test]
fn a_slide_is_dated_and_its_words_are_no_markup() {
    let inputs = folder("export-slides");
    titled(&inputs, "1.txt", "Council <script>alert(1)</script> met on Thursday & voted");
    let timeline: Value = serde_json::from_str(&exported(&inputs, "timelinejs")).unwrap();
    assert!(!timeline.to_string().contains("<script"), "{timeline}");
    let slide = &timeline["events"][0];
    assert_eq!(slide["start_date"], serde_json::json!({ "year": 2024, "month": 3, "day": 7 }), "{timeline}");
    assert_eq!(slide["group"], "held");
    assert!(
        slide["text"]["text"].as_str().unwrap().ends_with("</blockquote><p>Tolm Mirror, Fri 8 Mar 2024</p>"),
        "{slide}"
    );
}

#[test]
fn a_timeline_is_of_the_story_asked_for() {
    let inputs = bundle("export-story");
    let (record, _) = record(&[inputs.to_str().unwrap()], &[]);
    let story = rows(&record, "stories").iter().max_by_key(|s| s["timeline"].as_array().unwrap().len()).unwrap();
    let args = |id: &str| annals(&["export", inputs.to_str().unwrap(), "--format", "timelinejs", "--story", id], &[]);
    let done = args(story["id"].as_str().unwrap());
    let timeline: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(timeline["title"]["text"]["headline"], story["title"]);
    assert_eq!(args("t-none").status.code(), Some(2));
}

#[test]
fn keys_of_references_stay_when_reports_come() {
    let inputs = folder("export-keys");
    titled(&inputs, "1.txt", "Mayor & council {at 100%}");
    let key = |bibtex: &str| bibtex.lines().filter(|l| l.starts_with('@')).map(str::to_owned).collect::<BTreeSet<_>>();
    let before = exported(&inputs, "bibtex");
    assert!(before.contains("title = {{Mayor \\& council {\\textbraceleft}at 100\\%{\\textbraceright}}},"), "{before}");
    assert!(before.contains("year = {2024},") && before.contains("month = mar,"), "{before}");
    titled(&inputs, "2.txt", "Second day of talks");
    let after = key(&exported(&inputs, "bibtex"));
    assert_eq!(after.len(), 2);
    assert!(after.is_superset(&key(&before)), "{after:?}");
}

#[test]
fn what_was_called_off_says_so_in_a_knowledge_base() {
    let text = exported(&bundle("export-ftm"), "ftm");
    let entities: Vec<Value> = text.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let called_off = |e: &&Value| e["properties"]["keywords"].to_string().contains("called_off");
    let event = entities.iter().find(called_off).unwrap();
    assert!(event["properties"]["name"][0].as_str().unwrap().starts_with("[called off] "), "{event}");
    let ids: BTreeSet<&str> = entities.iter().map(|e| e["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), entities.len());
}

#[test]
fn a_denial_is_no_assertion_in_a_knowledge_base() {
    let inputs = folder("export-denial");
    let text = "Tolm Mirror\nMarch 8, 2024\n\nCouncil met\n\nThe council of Tolm met on Thursday. Oda Brenn, the mayor, \
        denied that the ferries had been sold.\n";
    fs::write(inputs.join("1.txt"), text).unwrap();
    assert!(exported(&inputs, "ftm").contains("\"Oda Brenn: denied (indirect speech)\""));
}

#[test]
fn selectors_find_their_words() {
    let collection: Value = serde_json::from_str(&exported(&bundle("export-notes"), "annotations")).unwrap();
    let items = collection["first"]["items"].as_array().unwrap();
    let text_of = |id: &Value| {
        let text = items.iter().find(|i| i["body"]["id"] == *id).unwrap();
        text["body"]["value"].as_str().unwrap().chars().collect::<Vec<_>>()
    };
    let targets: Vec<&Value> = items.iter().filter_map(|i| i["target"].as_array()).flatten().collect();
    assert!(targets.len() > 20);
    for target in targets {
        let (at, words) = (&target["selector"][0], &target["selector"][1]);
        let place = |name: &str| at[name].as_u64().unwrap() as usize;
        let text: String = text_of(&target["source"])[place("start")..place("end")].iter().collect();
        assert_eq!(text, words["exact"].as_str().unwrap());
    }
}

#[test]
fn a_pack_holds_the_documents_as_they_came() {
    let (inputs, out) = (bundle("export-pack"), folder("export-pack-out"));
    let file = export(&inputs, "pack", &out.join("pack.zip"));
    let mut pack = zip::ZipArchive::new(fs::File::open(file).unwrap()).unwrap();
    let mut read = |name: &str| {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut pack.by_name(name).unwrap(), &mut bytes).unwrap();
        bytes
    };
    let captures: Value = serde_json::from_slice(&read("captures.json")).unwrap();
    assert_eq!(captures.as_array().unwrap().len(), 5);
    let sums = String::from_utf8(read("SHA256SUMS")).unwrap();
    for capture in captures.as_array().unwrap() {
        let (name, path) = (capture["file"].as_str().unwrap(), capture["path"].as_str().unwrap());
        assert!(read(name) == fs::read(inputs.join(path)).unwrap(), "{name}");
        assert!(sums.contains(&format!("{}  {name}\n", capture["sha256"].as_str().unwrap())));
    }
    for name in ["README.txt", "check.py", "page.html", "record.json"] {
        assert!(sums.contains(name) && !read(name).is_empty());
    }
}

#[test]
fn what_cannot_be_written_is_told_before_the_work() {
    let inputs = folder("export-usage");
    titled(&inputs, "1.txt", "Council met");
    let told = |args: &[&str]| {
        let done = annals(&[&["export"], args].concat(), &[]);
        assert_eq!(done.status.code(), Some(2), "{args:?}");
        String::from_utf8(done.stderr).unwrap()
    };
    let input = inputs.to_str().unwrap();
    assert!(told(&[input, "--format", "parquet"]).contains("--out"));
    assert!(told(&["-", "--format", "pack", "--out", "p.zip"]).contains("standard input"));
    assert!(told(&[input, "--story", "t-1"]).contains("timelinejs"));
}

#[test]
fn an_export_read_again_is_the_same_record() {
    let (inputs, out) = (bundle("export-again"), folder("export-again-out"));
    let (record, _) = record(&[inputs.to_str().unwrap()], &[]);
    fs::create_dir_all(out.join("json")).unwrap();
    export(&inputs, "json", &out.join("json/record.json"));
    for format in ["jsonl", "parquet"] {
        export(&inputs, format, &out.join(format));
    }
    for format in ["json", "jsonl", "parquet"] {
        let (again, _) = common::record(&[out.join(format).to_str().unwrap()], &[]);
        for (table, rows) in record.as_object().unwrap().iter().filter(|(table, _)| *table != "ledger") {
            assert_eq!(&again[table], rows, "{format}: {table}");
        }
        let ledger = again["ledger"].to_string();
        assert!(!ledger.contains("failed"), "{ledger}");
        assert!(format == "json" || ledger.contains("of a record’s events"), "{ledger}");
    }
}

#[test]
fn a_report_changed_in_its_export_does_not_come_back() {
    let (inputs, out) = (bundle("export-forged"), folder("export-forged-out"));
    export(&inputs, "jsonl", &out);
    let file = out.join("reports.jsonl");
    let changed = fs::read_to_string(&file).unwrap().replace("walked out on Monday over", "walked out on Sunday over");
    fs::write(&file, changed).unwrap();
    let (again, _) = record(&[file.to_str().unwrap()], &[]);
    let refused = rows(&again, "ledger").iter().filter(|l| l["reason"].to_string().contains("changed since")).count();
    // The wire text and its copy.
    assert_eq!((rows(&again, "reports").len(), refused), (3, 2), "{}", again["ledger"]);
}
