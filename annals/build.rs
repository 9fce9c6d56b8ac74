//! Writes the digest of all that makes reports and links of bytes, by which caches know what made them, and the table that `annals --version --verbose` prints: each word list, gazetteer and model in the program, with
//! its digest and the line that names its source and licence.

#![allow(clippy::print_stdout, reason = "this is how a build script speaks to Cargo")]

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Where they stand.
const FOLDERS: [&str; 2] = ["core/src/lang", "ingest/src/decode/lang"];

fn main() -> io::Result<()> {
    let root = Path::new("..");
    let mut files = Vec::new();
    for folder in FOLDERS {
        println!("cargo:rerun-if-changed=../{folder}");
        list(&root.join(folder), &mut files)?;
    }
    files.sort();
    let mut rows = String::new();
    for file in &files {
        let bytes = fs::read(file)?;
        let name = file.strip_prefix(root).unwrap_or(file).to_string_lossy().replace('\\', "/");
        let digest = blake3::hash(&bytes).to_hex();
        let _ = writeln!(rows, "    ({name:?}, {:?}, {:?}),", &digest.as_str()[..16], source(file, &bytes));
    }
    let mut reader = blake3::Hasher::new();
    for crate_ in ["core/src", "ingest/src", "store/src", "annals/src/app"] {
        println!("cargo:rerun-if-changed=../{crate_}");
        let mut all = Vec::new();
        every(&root.join(crate_), &mut all)?;
        all.sort();
        for file in all {
            let bytes = fs::read(file)?;
            reader.update(&(bytes.len() as u64).to_le_bytes());
            reader.update(&bytes);
        }
    }
    println!("cargo:rustc-env=ANNALS_READER={}", &reader.finalize().to_hex().as_str()[..16]);
    let table = format!("const LISTS: [(&str, &str, &str); {}] = [\n{rows}];\n", files.len());
    fs::write(Path::new(&env::var("OUT_DIR").unwrap_or_default()).join("lists.rs"), table)
}

/// Lists all files of a folder and its subfolders.
fn every(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { every(&path, files)? } else { files.push(path) }
    }
    Ok(())
}

/// Lists the files of a folder and its subfolders that are data.
fn list(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else if path.extension().is_some_and(|e| e != "rs" && e != "md") {
            files.push(path);
        }
    }
    Ok(())
}

/// Returns what the comment at a list's front says of its source and licence; a model's stands in the page beside it.
/// Empty if nothing does: a test fails then.
fn source(file: &Path, bytes: &[u8]) -> String {
    let front: Vec<u8> = bytes.iter().copied().take(4000).collect();
    let front = String::from_utf8_lossy(&front);
    let header: Vec<&str> = front.lines().map_while(|l| l.strip_prefix('#')).map(str::trim).collect();
    let header = header.join(" ");
    let told =
        ["Source: ", "Compiled for annals"].iter().find_map(|s| header.find(s)).map(|at| header[at..].to_owned());
    told.filter(|t| !t.contains("README.md")).unwrap_or_else(|| beside(file))
}

fn beside(file: &Path) -> String {
    let page = fs::read_to_string(file.with_file_name("README.md")).unwrap_or_default();
    let cell = |label: &str| {
        let row = page.lines().find_map(|l| l.strip_prefix("| ").filter(|l| l.starts_with(label)))?;
        Some(row.split('|').nth(1)?.replace("**", "").trim().to_owned())
    };
    match (cell("Learned from"), cell("Licence")) {
        (Some(from), Some(licence)) => format!("Source: {from}. Licence: {licence}."),
        _ => String::new(),
    }
}
