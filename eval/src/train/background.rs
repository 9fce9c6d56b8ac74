//! Counts in how many stretches of open text each word stands: what linking takes for how common words are before it has
//! read a single report.

use annals_core::link::stems;
use anyhow::{Context, Result};
use flate2::read::MultiGzDecoder;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

const SETS: [&str; 3] = ["ewt/train.conllu.gz", "gum/train.jsonl.gz", "names/train-tagged.jsonl.gz"];
/// Words of a stretch: about a news report.
const STRETCH: usize = 300;
/// A shorter rest of a document is left out.
const REST: usize = 50;
/// A word of fewer stretches tells nothing and is left out.
const LEAST: u32 = 3;
/// Words on a line of the table.
const A_LINE: usize = 16;

const HEAD: &str = "\
# In how many stretches of 300 words of English text a word stands; the first number says how many stretches there are.
# Written by `annals-eval train background`. Words are stems: lower case, without -s; words of fewer than three are left out.
# Source: UD English EWT, training part (universaldependencies.org, CC BY-SA 4.0); GUM, training part of six genres (CC BY
# and CC BY-SA); WikiGold (CC BY 4.0), Broad Twitter Corpus (CC BY 4.0), re3d (OGL 3.0, CC BY and CC BY-SA parts) and
# CrossNER (MIT; text CC BY-SA). Licence: CC BY-SA 4.0.
";

/// Writes the table into a folder. Returns false, having written nothing, where a set is absent.
pub(crate) fn background(sets: &Path, out: &Path) -> Result<bool> {
    let absent: Vec<&str> = SETS.into_iter().filter(|file| !sets.join(file).exists()).collect();
    if !absent.is_empty() {
        println!("NOT COUNTED: {} not in {}.", absent.join(" and "), sets.display());
        return Ok(false);
    }
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let mut stretches = 0;
    for file in SETS {
        for document in documents(&unpacked(&sets.join(file))?, file)? {
            let stems = stems(&document);
            for (_, stretch) in stems.chunks(STRETCH).enumerate().filter(|(n, s)| *n == 0 || s.len() >= REST) {
                stretches += 1;
                let different: BTreeSet<&String> = stretch.iter().collect();
                different.into_iter().for_each(|s| *counts.entry(s.clone()).or_default() += 1);
            }
        }
    }
    let path = out.join("background.txt");
    let table = write(stretches, &counts);
    fs::write(&path, &table).with_context(|| format!("cannot write {}", path.display()))?;
    println!("{}: {stretches} stretches, {} bytes", path.display(), table.len());
    Ok(true)
}

/// Returns the table: the number of stretches, then a line for each count with its words; numerals are left out.
fn write(stretches: u32, counts: &BTreeMap<String, u32>) -> String {
    let mut by_count: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
    let is_word = |s: &str| s.chars().all(|c| c.is_alphabetic() || c == '\'');
    for (stem, &count) in counts.iter().filter(|(s, c)| **c >= LEAST && is_word(s)) {
        by_count.entry(count).or_default().push(stem);
    }
    let mut out = format!("{HEAD}{stretches}\n");
    for (count, words) in by_count.iter().rev() {
        words.chunks(A_LINE).for_each(|some| out.push_str(&format!("{count} {}\n", some.join(" "))));
    }
    out
}

fn unpacked(path: &Path) -> Result<String> {
    let mut text = String::new();
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    MultiGzDecoder::new(file).read_to_string(&mut text)?;
    Ok(text)
}

/// Returns the texts of a set's documents; tagged sentences are put together until they fill a stretch.
fn documents(set: &str, file: &str) -> Result<Vec<String>> {
    let mut documents: Vec<String> = Vec::new();
    if file.ends_with(".conllu.gz") {
        for line in set.lines() {
            if line.starts_with("# newdoc") {
                documents.push(String::new());
            } else if let (Some(text), Some(last)) = (line.strip_prefix("# text = "), documents.last_mut()) {
                last.push_str(text);
                last.push('\n');
            }
        }
        return Ok(documents);
    }
    let mut source = Value::Null;
    let mut words = STRETCH;
    for line in set.lines() {
        let row: Value = serde_json::from_str(line)?;
        if let Some(text) = row["text"].as_str() {
            documents.push(text.to_owned());
            continue;
        }
        let tokens: Vec<&str> = row["tokens"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        if words >= STRETCH || row["source"] != source {
            documents.push(String::new());
            words = 0;
        }
        source = row["source"].clone();
        words += tokens.len();
        if let Some(last) = documents.last_mut() {
            last.push_str(&tokens.join(" "));
            last.push('\n');
        }
    }
    Ok(documents)
}
