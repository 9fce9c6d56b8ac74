//! Draws lines of timelines or statements at random, to be judged by reading; the same seed draws the same.
//!
//! What was judged, and how, is kept in `docs/measurements/`: ids and places, never other people's text.

use crate::annals;
use crate::corpus::Dice;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Prints `count` rows of the records of inputs, each input an archive of its own. A packed set of documents
/// (`….jsonl.gz`) gives its documents of news.
pub(crate) fn run(what: &str, count: usize, seed: u64, inputs: &[&str]) -> Result<bool> {
    let mut pool: Vec<String> = Vec::new();
    for input in inputs {
        let folder = unpacked(input)?;
        let path = folder.as_deref().unwrap_or(Path::new(input));
        let out = Command::new(annals()?).args(["brief", "--json", "-"]).arg(path).output()?;
        let record: Value = serde_json::from_slice(&out.stdout).with_context(|| format!("no record of {input}"))?;
        pool.extend(match what {
            "lines" => lines(&record),
            "statements" => statements(&record),
            "differences" => differences(&record),
            "figures" => figures(&record),
            _ => bail!("draw lines, statements, figures or differences, not {what}"),
        });
        if let Some(folder) = folder {
            std::fs::remove_file(folder)?;
        }
    }
    println!("{} of {} {what}, seed {seed}\n", count.min(pool.len()), pool.len());
    let mut dice = Dice(seed);
    for n in 1..=count.min(pool.len()) {
        println!("{n}. {}\n", pool.swap_remove(dice.below(pool.len())));
    }
    Ok(true)
}

/// Writes the news of a packed set as JSON Lines; none if the input is no such set.
fn unpacked(input: &str) -> Result<Option<PathBuf>> {
    if !input.ends_with(".jsonl.gz") {
        return Ok(None);
    }
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(File::open(input)?).read_to_string(&mut text)?;
    let path = std::env::temp_dir().join(format!("annals-draw-{}.jsonl", std::process::id()));
    let mut out = File::create(&path)?;
    for line in text.lines() {
        let document: Value = serde_json::from_str(line)?;
        if document["genre"].as_str().is_none_or(|genre| genre == "news") {
            let row = serde_json::json!({"id": document["id"], "title": document["title"], "text": document["text"], "date": document["date"]});
            writeln!(out, "{row}")?;
        }
    }
    Ok(Some(path))
}

fn rows<'a>(record: &'a Value, table: &str) -> impl Iterator<Item = &'a Value> {
    record[table].as_array().into_iter().flatten()
}

/// Returns `{"from", "to"}` as one day or two.
fn days(when: &Value) -> String {
    match (when["from"].as_str(), when["to"].as_str()) {
        (Some(from), Some(to)) if from == to => from.to_owned(),
        (Some(from), Some(to)) => format!("{from} to {to}"),
        _ => "no date".to_owned(),
    }
}

/// Returns passages with their report's name and day.
fn passages(record: &Value, evidence: &Value) -> String {
    let told = evidence.as_array().into_iter().flatten().take(4).map(|p| {
        let report = rows(record, "reports").find(|r| r["id"] == p["report"]);
        let name = report.map_or("", |r| {
            r["outlet"].as_str().or(r["source"]["record"].as_str()).or(r["source"]["path"].as_str()).unwrap_or("")
        });
        let day = report.map(|r| days(&r["published"])).unwrap_or_default();
        format!(
            "\n   > {name} {day} [{}–{}]: {}",
            p["start"],
            p["end"],
            p["exact"].as_str().unwrap_or("").replace('\n', " ")
        )
    });
    told.collect()
}

fn lines(record: &Value) -> Vec<String> {
    let line = |line: &Value| {
        let row = rows(record, "events").find(|e| e["id"] == line["row"]);
        let (status, evidence) =
            row.map_or((&Value::Null, String::new()), |e| (&e["status"], passages(record, &e["evidence"])));
        format!(
            "{} | {} | {} | {}{evidence}",
            line["row"],
            days(&line["when"]),
            status.as_str().unwrap_or(""),
            line["line"].as_str().unwrap_or("")
        )
    };
    rows(record, "stories").flat_map(|s| rows(s, "timeline")).map(line).collect()
}

fn statements(record: &Value) -> Vec<String> {
    let statement = |s: &Value| {
        let speaker = rows(record, "entities")
            .find(|e| e["id"] == s["speaker"])
            .map_or("nobody", |e| e["name"].as_str().unwrap_or(""));
        let printed = s["speaker_text"].as_str().unwrap_or("");
        let content = s["content"]["exact"].as_str().unwrap_or("").replace('\n', " ");
        format!(
            "{} | {} | {speaker} (“{printed}”) | {} | {content}{}",
            s["id"],
            s["kind"].as_str().unwrap_or(""),
            days(&s["said"]),
            passages(record, &s["evidence"])
        )
    };
    rows(record, "statements").map(statement).collect()
}

fn figures(record: &Value) -> Vec<String> {
    let figure = |f: &Value| {
        let source = &f["according_to"];
        let name = rows(record, "entities").find(|e| e["id"] == *source).map_or(source, |e| &e["name"]);
        format!(
            "{} | {} {} {} | as of {} | according to {}{}",
            f["id"].as_str().unwrap_or(""),
            f["value"],
            f["unit"].as_str().unwrap_or(""),
            f["what"].as_str().unwrap_or(""),
            days(&f["as_of"]),
            name.as_str().unwrap_or("nobody"),
            passages(record, &f["evidence"])
        )
    };
    rows(record, "figures").map(figure).collect()
}

fn differences(record: &Value) -> Vec<String> {
    let difference = |d: &Value| {
        format!(
            "{} | {} | {}{}",
            d["kind"].as_str().unwrap_or(""),
            d["relation"].as_str().unwrap_or(""),
            d["note"].as_str().unwrap_or(""),
            passages(record, &d["evidence"])
        )
    };
    rows(record, "differences").map(difference).collect()
}
