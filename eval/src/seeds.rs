//! Writes the hostile inputs: large ones to look at, small ones from which the fuzz targets begin.

use crate::hostile::{Case, Size, cases, sound};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Writes each hostile input to a file of its name; prints what its ledger must say.
pub(crate) fn write_hostile(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for case in cases() {
        put(folder, case.name, &(case.make)(&Size::FULL))?;
        println!("{}\t{}", case.name, case.says);
    }
    Ok(())
}

/// Writes the seeds of each fuzz target, in the form that the target takes (see `fuzz/fuzz_targets`).
pub(crate) fn write_seeds(folder: &Path) -> Result<()> {
    for case in cases() {
        let bytes = (case.make)(&Size::SMALL);
        for (target, seed) in seeds_of(&case, &bytes) {
            put(&folder.join(target), case.name, &seed)?;
        }
    }
    for (target, name, seed) in sound::seeds() {
        put(&folder.join(target), name, &seed)?;
    }
    Ok(())
}

/// Returns the targets that begin with a case, and its bytes as each takes them.
fn seeds_of(case: &Case, bytes: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let behind = |mark: &[u8]| {
        let at = bytes.windows(mark.len()).position(|w| w == mark);
        at.map_or(bytes.to_vec(), |at| bytes[at + mark.len()..].to_vec())
    };
    let chosen = |choice: u8, rest: &[u8]| [&[choice], rest].concat();
    match case.name.split('-').next().unwrap_or("") {
        "feed" => vec![("feed", behind(b"<channel>"))],
        "atom" => vec![("feed", [b"A".as_slice(), &behind(b"<feed ")].concat())],
        "mail" => vec![("mail", behind(b"roe@bay.example>\r\n"))],
        "mbox" => vec![("mbox", behind(b"2031\n"))],
        "docx" | "odt" | "zip" | "spreadsheet" => vec![("zip", behind(b"PK\x03\x04"))],
        "gzip" => vec![("gzip", chosen(0, &behind(b"\x1f\x8b\x08")))],
        "zstd" => vec![("gzip", chosen(1, &behind(b"\x28\xb5\x2f\xfd")))],
        "tar" => vec![("tar", bytes.to_vec()), ("gzip", chosen(2, bytes))],
        "warc" => vec![("warc", chosen(0, &behind(b"WARC/1.0\r\n"))), ("warc", chosen(1, &behind(b"WARC/1.0\r\n")))],
        "json" | "jsonl" | "ninjs" => vec![("rows", bytes.to_vec())],
        "parquet" => vec![
            ("parquet", chosen(0, &behind(b"PAR1"))),
            ("parquet", chosen(1, bytes.get(4..bytes.len().saturating_sub(8)).unwrap_or(b""))),
        ],
        "pdf" => vec![("pdf", behind(b"%PDF-1.7\n"))],
        "jsonld" => vec![("html", bytes.to_vec()), ("metadata", behind(b"ld+json\">"))],
        _ if bytes.starts_with(b"<") => vec![("html", bytes.to_vec()), ("charset", chosen(0, bytes))],
        _ => {
            let name = case.name.len() as u8;
            vec![("plain", bytes.to_vec()), ("read", chosen(name, bytes)), ("charset", chosen(name, bytes))]
        }
    }
}

fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    // Two forms of one seed may go to one target.
    let mut file = folder.join(name);
    if fs::read(&file).is_ok_and(|there| there != bytes) {
        file = folder.join(format!("{name}-2"));
    }
    fs::write(&file, bytes).with_context(|| format!("cannot write {}", file.display()))
}
