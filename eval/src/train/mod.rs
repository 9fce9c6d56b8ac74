//! Trains the models that the program ships, and scores them.
//!
//! The treebanks lie outside the project (`../shared/eval`, or the folder given); without them nothing is trained, and
//! that is said. The same treebanks give the same bytes on every machine: one thread, fixed chance, plain arithmetic.

mod background;
mod codes;
mod file;
mod lemmas;
mod net;
mod numbers;
mod oracle;
mod score;
mod syntax;
mod treebank;

pub(crate) use background::background;

use crate::root;
use annals_core::lang::en::syntax::{LEMMAS, NETWORK};
use annals_core::reading::syntax::lemmas::Lemmas;
use annals_core::reading::syntax::network::{File, Network};
use annals_core::text::Text;
use anyhow::{Context, Result};
use codes::Codes;
use std::fs;
use std::path::Path;
use std::time::Instant;
use syntax::Training;
use treebank::{Case, Sentence};

const TRAIN: [&str; 2] = ["ewt/train.conllu.gz", "gum/train.jsonl.gz"];
const DEV: [(&str, &str); 2] = [("ewt-dev", "ewt/dev.conllu.gz"), ("gum-dev", "gum/dev.jsonl.gz")];

/// First lines of the table of dictionary forms.
const LEMMAS_HEAD: &str = "# Penn tag, form, dictionary form; with stars, endings. Written by `annals-eval train syntax`.\n\
                           # Source and licence: README.md beside this file (CC BY-SA 4.0).\n";

/// Trains tagger, parser and dictionary forms on EWT and GUM and writes the models into a folder. Returns false, having
/// written nothing, where the treebanks are absent.
pub(crate) fn syntax(sets: &Path, out: &Path) -> Result<bool> {
    let absent: Vec<&str> = TRAIN.into_iter().filter(|file| !sets.join(file).exists()).collect();
    if !absent.is_empty() {
        println!("NOT TRAINED: {} not in {}.", absent.join(" and "), sets.display());
        return Ok(false);
    }
    let mut train = Vec::new();
    for file in TRAIN {
        train.extend(treebank::read(&sets.join(file))?);
    }
    let dev = dev(sets)?;
    let codes = Codes::learn(&train);
    let words: usize = train.iter().map(|s| s.words.len()).sum();
    let (rows, tags, moves) = (codes.keys.len(), codes.tags.len(), codes.moves.len());
    println!("{} sentences, {words} words; {rows} clues, {tags} tags, {moves} moves", train.len());
    let table = lemmas::learn(&train, LEMMAS_HEAD);
    for (name, sentences) in &dev {
        println!("{name} lemmas {:.2} of gold tags", lemmas::score(&Lemmas::read(&table), sentences));
    }
    let mut model = Vec::new();
    let started = Instant::now();
    Training::new(&codes, &train).run(|epoch, network| {
        model = file::write(network, &codes);
        let Some(network) = Network::read(&mut File(&model)) else { return };
        let scores: Vec<String> =
            dev.iter().map(|(name, s)| format!("{name}{}", score::score(&network, s, Case::AsWritten))).collect();
        println!("{epoch:3} after {:4.0} s  {}", started.elapsed().as_secs_f32(), scores.join("  "));
    });
    for (name, bytes) in [("syntax.bin", model.as_slice()), ("lemmas.tsv", table.as_bytes())] {
        let path = out.join(name);
        fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
        println!("{}: {} bytes, {}", path.display(), bytes.len(), &blake3::hash(bytes).to_hex()[..16]);
    }
    Ok(true)
}

/// Returns the folder of the shipped models of English.
pub(crate) fn shipped() -> std::path::PathBuf {
    root().join("core/src/lang/en/model")
}

/// Scores the shipped models on the development parts that are there: name and percent.
pub(crate) fn scores(sets: &Path) -> Result<Vec<(String, f64)>> {
    let mut scores = Vec::new();
    for (name, sentences) in dev(sets)? {
        let gold = score::score(&NETWORK, &sentences, Case::AsWritten);
        let capitals = score::score(&NETWORK, &sentences, Case::Capitals).percent();
        let initials = score::score(&NETWORK, &sentences, Case::Initials).percent();
        let cases = [("capitals_LAS", capitals[3].1), ("initials_LAS", initials[3].1)];
        let raw = score::score_raw(&sentences);
        let lemmas = [("lemmas", lemmas::score(&LEMMAS, &sentences))];
        let all = gold.percent().into_iter().chain(raw).chain(lemmas).chain(cases);
        scores.extend(all.map(|(metric, value)| (format!("syntax.{name}.{metric}"), value)));
    }
    Ok(scores)
}

/// Returns the documents of the development parts, as text.
pub(crate) fn documents(sets: &Path) -> Result<Vec<Text>> {
    Ok(dev(sets)?.iter().flat_map(|(_, sentences)| score::documents(sentences)).collect())
}

fn dev(sets: &Path) -> Result<Vec<(&'static str, Vec<Sentence>)>> {
    let there = DEV.into_iter().filter(|(_, file)| sets.join(file).exists());
    there.map(|(name, file)| Ok((name, treebank::read(&sets.join(file))?))).collect()
}
