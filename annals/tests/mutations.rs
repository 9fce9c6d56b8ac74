//! Damaged reports: whatever happens to the bytes, decoding and reading end well and every passage can be cited.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests say what they saw")]

mod common;

use annals_core::reading::read;
use annals_core::report::Source;
use annals_core::text::{Span, Text};
use annals_ingest::decode::{Capture, decode};
use std::fs;

/// A small generator of the same numbers on every run (Knuth's constants).
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }
}

/// What may be put in: marks, tags, odd characters, broken bytes, time and number words.
const ODD: &[&[u8]] = &[
    b"\"",
    "“".as_bytes(),
    "”".as_bytes(),
    "‘".as_bytes(),
    b"'",
    b"(",
    b")",
    b"<",
    b">",
    b"</p>",
    b"<p>",
    b"<div>",
    b"</article>",
    b"<script>",
    b"<!--",
    b"&",
    b"&#x110000;",
    b"&nbsp;",
    b"\xff",
    b"\xc3",
    b"\0",
    b"\n\n",
    b"\r",
    b"\x0c",
    b"\t",
    "İ".as_bytes(),
    "ẞ".as_bytes(),
    "ŉ".as_bytes(),
    "\u{301}".as_bytes(),
    "\u{202e}".as_bytes(),
    "🚢".as_bytes(),
    "٣".as_bytes(),
    "½".as_bytes(),
    "٪".as_bytes(),
    b"...",
    b"--",
    b"a.m.",
    b"U.S.",
    b"$",
    "€".as_bytes(),
    b"%",
    b"1e400",
    b"99999999999999999999",
    b"-0",
    b"0 percent",
    b"31 February 2024",
    b"30/02/0000",
    b"25:61",
    b"the last century of the next day before yesterday",
    b"on Monday ",
    b" said ",
    b" told ",
    b" that ",
    b" not ",
    b"between 5 and 3 ",
    b"Mr. ",
    b"-",
    "—".as_bytes(),
    b"year 10000 ",
    b"May 9999",
];

fn mutate(bytes: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=chance.below(12) {
        let (a, b) = (chance.below(out.len()), chance.below(out.len()));
        let (from, to) = (a.min(b), a.max(b).min(a.min(b) + 300));
        match chance.below(6) {
            0 => drop(out.drain(from..to)),
            1 => {
                let piece = out[from..to].to_vec();
                let at = chance.below(out.len());
                out.splice(at..at, piece);
            }
            2 if !out.is_empty() => out.swap(a, b),
            3 if !out.is_empty() => out[a] = chance.below(256) as u8,
            4 => {
                let odd = ODD[chance.below(ODD.len())].repeat(1 + chance.below(40));
                out.splice(a..a, odd);
            }
            _ => {
                let odd = ODD[chance.below(ODD.len())];
                out.splice(a..a, odd.iter().copied());
            }
        }
    }
    out
}

/// Reads the text and checks that every passage lies in it.
fn check_reading(text: &Text, published: Option<&annals_core::when::When>) {
    let reading = read(text, published);
    let check = |span: Span| assert!(text.span(span.start(), span.end()) == Some(span), "{span:?} is no passage");
    reading.words.tokens.iter().for_each(|t| check(t.span));
    reading.words.sentences.iter().for_each(|s| check(s.span));
    reading.names.mentions.iter().for_each(|m| check(m.span));
    reading.times.iter().for_each(|t| check(t.span));
    for s in &reading.statements {
        s.content.iter().chain(&s.source).chain(&s.cue).for_each(|span| check(*span));
        check(s.passage);
    }
    reading.figures.iter().for_each(|f| (check(f.span), check(f.passage), f.what.map(check)).0);
    reading.events.iter().for_each(|e| (check(e.trigger), check(e.label), check(e.passage)).0);
}

/// Returns the bundle's reports; `name` is the test's own, as tests run side by side.
fn sources(name: &str) -> Vec<Vec<u8>> {
    let mut files: Vec<_> = fs::read_dir(common::bundle(name)).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    files.iter().map(|f| fs::read(f).unwrap()).collect()
}

/// More of them: `ANNALS_MUTATIONS=20000 cargo test --release --test mutations`.
#[test]
fn damaged_reports_are_read_without_a_fault() {
    let count = std::env::var("ANNALS_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(400);
    let sources = sources("mutations-read");
    let mut chance = Chance(7);
    let mut kept = 0;
    for n in 0..count {
        let bytes = mutate(&sources[n % sources.len()], &mut chance);
        let source = Source { path: "damaged".into(), record: None };
        let capture = Capture { bytes: &bytes, source, ..Capture::default() };
        let done = std::panic::catch_unwind(|| {
            let reports = decode(&capture).unwrap_or_default();
            for report in &reports {
                assert!(!report.warnings.iter().any(|w| w == "decoder-failed"), "a fault in decoding was caught");
                check_reading(&report.text, report.when());
            }
            check_reading(&Text::verbatim(&String::from_utf8_lossy(&bytes)), None);
            reports.len()
        });
        match done {
            Ok(reports) => kept += reports,
            Err(_) => panic!("mutation {n}: {:?}", String::from_utf8_lossy(&bytes)),
        }
    }
    println!("{count} mutations, {kept} reports");
    assert!(kept > count / 2);
}

#[test]
fn a_folder_of_damaged_reports_gives_a_sound_record() {
    let sources = sources("mutations-record");
    let folder = common::folder("damaged");
    let mut chance = Chance(11);
    for n in 0..60 {
        fs::write(folder.join(format!("{n:03}.txt")), mutate(&sources[n % sources.len()], &mut chance)).unwrap();
    }
    let (record, _) = common::record(&[&folder.to_string_lossy()], &[]);
    assert_eq!(record["ledger"].as_array().unwrap().len(), 60);
    let texts: std::collections::BTreeMap<_, Vec<char>> = record["reports"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| (r["id"].as_str().unwrap(), r["text"].as_str().unwrap().chars().collect()))
        .collect();
    for table in ["statements", "events", "figures", "differences"] {
        for span in record[table].as_array().unwrap().iter().flat_map(|row| row["evidence"].as_array().unwrap()) {
            let at = |field: &str| span[field].as_u64().unwrap() as usize;
            let words: String = texts[span["report"].as_str().unwrap()][at("start")..at("end")].iter().collect();
            assert_eq!(span["exact"].as_str().unwrap(), words);
        }
    }
}
