//! `annals link` answers the same whether lines come in time, late, or all at once, and however many threads read them.

#![allow(clippy::unwrap_used, reason = "tests")]

use annals_core::when::Day;
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};

/// Runs `annals link` on lines.
fn link(lines: &[Value], args: &[&str], threads: &str) -> Vec<Value> {
    printed(lines, args, threads).iter().map(|l| serde_json::from_str(l).unwrap()).collect()
}

/// Returns what `annals link` prints of lines.
fn printed(lines: &[Value], args: &[&str], threads: &str) -> Vec<String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annals"));
    command.arg("link").args(args).env("RAYON_NUM_THREADS", threads).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let text: String = lines.iter().map(|l| format!("{l}\n")).collect();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()).unwrap());
    let out = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(out.status.success());
    String::from_utf8(out.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// Some reports of a mill, a choir and a ferry in order of time, each with two copies of later days.
fn lines() -> Vec<Value> {
    let texts = [
        "Firefighters in Marrowby brought a blaze at the Lantry paper mill under control on Tuesday after 14 hours. Two \
         workers were taken to St Orwin Hospital with burns, and the mill, which employs 210 people, will stay shut.",
        "The Marrowby Choral Society will sing in the cathedral of Elsham on Saturday for the first time since it was founded. \
         Tickets cost 12 crowns, and the conductor, Piers Holloway, has promised an evening without a single march.",
        "The ferry Alderwick ran aground off Tessel Point with 88 passengers on board, the coast guard of Northmoor said. All \
         were taken off by two lifeboats before the tide turned at 4:10 p.m., and nobody was hurt.",
    ];
    let mut lines = Vec::new();
    for copy in 0..3 {
        for (n, text) in texts.iter().enumerate() {
            let text = if copy == 1 { format!("{text} More follows.") } else { (*text).to_owned() };
            let day = format!("2031-03-0{}", 1 + copy * 3 + n);
            lines.push(json!({"id": format!("{copy}-{n}"), "date": day, "title": "", "text": text, "source": format!("Paper {n}")}));
        }
    }
    lines
}

#[test]
fn late_lines_held_back_and_all_lines_at_once_get_the_answers_of_lines_in_time() {
    let lines = lines();
    let answers = link(&lines, &[], "1");
    assert_eq!(answers.iter().filter(|a| !a["of"].is_null()).count(), 6);
    assert_eq!(answers[8]["of"], "0-2");
    assert_eq!(answers[8]["origin"], "Paper 2");
    assert_eq!(link(&lines, &[], "2"), answers);
    let mut late = lines;
    late.swap(0, 2);
    late.swap(3, 5);
    late.swap(6, 8);
    assert_eq!(link(&late, &["--hold", "2"], "2"), answers);
    let mut at_once = link(&late, &["--batch"], "2");
    at_once.sort_by_key(|a| a["id"].to_string());
    assert_eq!(at_once, answers);
}

/// Some reports of a bridge and a lease, told in other words each day, so that it shows late which belong together.
fn follow_ups() -> Vec<Value> {
    let texts = [
        "Divers found cracks in two piers of the Orrin bridge at Castlemere, and the county closed it to lorries.",
        "The lease of the Brightwater pavilion in Castlemere was let to Tamsin Oakes, who will serve meals there.",
        "Lorries of the Fenwick quarry queue at the ferry since the Orrin bridge is closed; drivers wait four hours.",
        "Tamsin Oakes says the kitchen of the Brightwater pavilion needs a new floor before a meal can be served.",
        "County engineer Rhoda Till wants steel collars for two cracked piers of the Orrin bridge by autumn.",
        "The Fenwick quarry lays off nine drivers, as its lorries cannot cross the Orrin bridge before autumn.",
        "Two cracked piers of the Orrin bridge at Castlemere get steel collars, county engineer Rhoda Till said.",
        "Meals are served in the Brightwater pavilion at Castlemere since Sunday; Tamsin Oakes counted 140 guests.",
    ];
    let line = |(n, text): (usize, &&str)| json!({"id": format!("r{n}"), "date": format!("2031-05-{:02}", 3 + n / 2), "text": text});
    texts.iter().enumerate().map(line).collect()
}

#[test]
fn what_a_stream_told_and_its_log_are_what_a_batch_answers() {
    let lines = follow_ups();
    let log = std::env::temp_dir().join(format!("annals-changes-{}.jsonl", std::process::id()));
    let mut told = link(&lines, &["--changes", log.to_str().unwrap()], "2");
    let changes = std::fs::read_to_string(&log).unwrap();
    std::fs::remove_file(&log).unwrap();
    for change in changes.lines().map(|l| serde_json::from_str::<Value>(l).unwrap()) {
        let answer = told.iter_mut().find(|a| a["id"] == change["id"]).unwrap();
        assert_eq!(answer["story"], change["from"]);
        answer["story"] = change["to"].clone();
    }
    let batch = link(&lines, &["--batch"], "1");
    assert_eq!(told, batch);
    let of = |n: usize| &batch[n]["story"];
    assert!(of(0) == of(4) && of(4) == of(6) && of(1) == of(3) && of(0) != of(1), "{batch:?}");
    assert!(batch[0]["epoch"].as_str().is_some_and(|e| e.len() == 16));
}

/// Returns 260 reports of ten years in order of time: each tenth week another affair with words of its own, told by five
/// papers over two months, of which two print reports of others.
fn ten_years() -> Vec<Value> {
    let word = |n: usize| {
        let syllables = ["bra", "mel", "tor", "quin", "sep", "dal", "wick", "ro", "stan", "fe"];
        format!("{}{}{}", syllables[n % 10], syllables[n / 10 % 10], syllables[(n / 100 + n * 7) % 10])
    };
    let first: Day = "2021-01-04".parse().unwrap();
    let mut lines = Vec::new();
    for affair in 0..52 {
        // Words of the affair, of which each text has some beside its own.
        let sentence = |text: usize, k: usize| {
            let (own, common) = (word(affair * 17 + text * 311 + k * 53), word(affair * 19 + k));
            format!("The {common} {own} was {} by {}.", word(affair * 19 + k + 5), word(affair * 23 + text + k * 29))
        };
        let text = |text: usize| (0..9).map(|k| sentence(text, k)).collect::<Vec<String>>().join(" ");
        for (paper, (told, days)) in [(0, 0), (1, 20), (0, 30), (2, 45), (1, 61)].into_iter().enumerate() {
            let day = first + jiff::Span::new().days((affair * 70 + days) as i64);
            let more = if paper == 2 { " More follows." } else { "" };
            let (id, text) = (format!("{affair}-{paper}"), format!("{}{more}", text(told)));
            let source = format!("Paper {paper}");
            lines.push(json!({"id": id, "date": day.to_string(), "title": "", "text": text, "source": source}));
        }
    }
    lines
}

#[test]
fn shards_with_a_halo_print_the_lines_of_one_run() {
    let lines = ten_years();
    let day = |line: &Value| line["date"].as_str().unwrap().to_owned();
    for (args, behind) in [(&[][..], 0), (&["--batch"][..], 1)] {
        let whole = printed(&lines, args, "2");
        let answers: Vec<Value> = whole.iter().map(|l| serde_json::from_str(l).unwrap()).collect();
        assert!(answers.iter().filter(|a| !a["of"].is_null()).count() >= 52);
        let begun = answers.iter().filter(|a| a["story"] == a["id"]).count();
        assert!((52..150).contains(&begun), "{begun} stories");
        let mut of_shards = Vec::new();
        for year in 2021..2032 {
            // Three years before for copies, of which two are for stories; a year behind for what later reports tell.
            let halo = (format!("{}-01-01", year - 3), format!("{}-01-03", year + 1 + behind));
            let own = (format!("{year}-01-01"), format!("{}-01-01", year + 1));
            let mut shard: Vec<Value> =
                lines.iter().filter(|l| (halo.0.clone()..halo.1.clone()).contains(&day(l))).cloned().collect();
            // In any order, where all is read before the first answer.
            if behind > 0 {
                shard.sort_by_key(|l| l["text"].to_string());
            }
            let answers = printed(&shard, args, "1");
            let mut kept: Vec<(usize, String)> = Vec::new();
            for (line, answer) in
                shard.iter().zip(answers).filter(|(l, _)| (own.0.clone()..own.1.clone()).contains(&day(l)))
            {
                kept.push((lines.iter().position(|l| l["id"] == line["id"]).unwrap(), answer));
            }
            kept.sort();
            of_shards.extend(kept.into_iter().map(|k| k.1));
        }
        for (of_shard, of_all) in of_shards.iter().zip(&whole) {
            assert_eq!(of_shard, of_all, "{args:?}");
        }
        assert_eq!(of_shards.len(), whole.len());
    }
}
