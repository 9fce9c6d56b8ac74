//! Reads treebanks: CoNLL-U (EWT) and the JSON lines of GUM, gzipped.

use annals_core::reading::syntax::{
    moves::NONE,
    tags::{Relation, Upos, Xpos},
};
use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use serde_json::Value;
use std::borrow::Cow;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// A word of a gold tree.
#[derive(Clone)]
pub(crate) struct Word {
    pub(crate) form: String,
    pub(crate) lemma: String,
    pub(crate) upos: Upos,
    pub(crate) xpos: Xpos,
    /// Index in the sentence, or [`NONE`] for the root.
    pub(crate) head: u32,
    pub(crate) relation: Relation,
    /// The treebank says that it is misspelt.
    pub(crate) is_typo: bool,
    /// Bytes in the text of the sentence; words that are written as one share them where they cannot be parted.
    pub(crate) bytes: (usize, usize),
}

/// A gold tree.
#[derive(Clone)]
pub(crate) struct Sentence {
    /// As written, with its white space.
    pub(crate) text: String,
    /// Number of its document in the file.
    pub(crate) document: usize,
    pub(crate) starts_paragraph: bool,
    pub(crate) words: Vec<Word>,
}

/// In what letters a sentence is written.
#[derive(Clone, Copy)]
pub(crate) enum Case {
    AsWritten,
    Capitals,
    Small,
    /// Words of four letters and more begin with a capital.
    Initials,
}

impl Case {
    /// Returns a word in these letters.
    pub(crate) fn write(self, word: &str) -> Cow<'_, str> {
        match self {
            Case::AsWritten => word.into(),
            Case::Capitals => word.to_uppercase().into(),
            Case::Small => word.to_lowercase().into(),
            Case::Initials => match word.chars().next() {
                Some(first) if word.len() > 3 => first.to_uppercase().chain(word[first.len_utf8()..].chars()).collect(),
                _ => word.into(),
            },
        }
    }
}

/// Reads a gzipped treebank; its format is told by its name.
pub(crate) fn read(file: &Path) -> Result<Vec<Sentence>> {
    let mut text = String::new();
    let packed = File::open(file).with_context(|| format!("cannot open {}", file.display()))?;
    GzDecoder::new(packed).read_to_string(&mut text).with_context(|| format!("cannot unpack {}", file.display()))?;
    let is_json = file.to_string_lossy().ends_with(".jsonl.gz");
    let sentences = if is_json { json_lines(&text) } else { conllu(&text) };
    sentences.with_context(|| format!("cannot read {}", file.display()))
}

fn xpos(text: &str) -> Xpos {
    Xpos::named(text).unwrap_or(Xpos::Nn)
}

fn relation(text: &str) -> Relation {
    let universal = text.split(':').next().unwrap_or(text);
    Relation::named(text).or_else(|| Relation::named(universal)).unwrap_or(Relation::Dep)
}

fn head(number: u64) -> u32 {
    u32::try_from(number).ok().and_then(|n| n.checked_sub(1)).unwrap_or(NONE)
}

fn conllu(text: &str) -> Result<Vec<Sentence>> {
    let mut sentences = Vec::new();
    let mut document = 0;
    for block in text.split("\n\n") {
        let mut sentence = Sentence { text: String::new(), document, starts_paragraph: false, words: Vec::new() };
        let mut from = 0;
        // Words up to this number share the bytes of one written word that they do not add up to.
        let mut shared = (0, (0, 0));
        for line in block.lines() {
            if line.starts_with("# newdoc") {
                document += 1;
                sentence.document = document;
            } else if line.starts_with("# newpar") {
                sentence.starts_paragraph = true;
            } else if let Some(text) = line.strip_prefix("# text = ") {
                text.clone_into(&mut sentence.text);
            }
            let fields: Vec<&str> = line.split('\t').collect();
            let [id, form, lemma, upos, tag, features, above, rel, ..] = fields.as_slice() else { continue };
            let find = |from: usize| sentence.text.get(from..).and_then(|t| t.find(form)).map(|at| from + at);
            if let Some((_, last)) = id.split_once('-') {
                let start = find(from).unwrap_or(from);
                shared = (last.parse::<usize>()?, (start, start + form.len()));
                continue;
            }
            let Ok(number) = id.parse::<usize>() else { continue };
            let bytes = match find(from) {
                Some(at) if number > shared.0 || at + form.len() <= shared.1.1 => (at, at + form.len()),
                _ => shared.1,
            };
            from = bytes.1.max(from);
            sentence.words.push(Word {
                form: (*form).to_owned(),
                lemma: (*lemma).to_owned(),
                upos: Upos::named(upos).with_context(|| format!("no word class: {line}"))?,
                xpos: xpos(tag),
                head: head(above.parse()?),
                relation: relation(rel),
                is_typo: features.contains("Typo=Yes"),
                bytes,
            });
        }
        if !sentence.words.is_empty() {
            sentences.push(sentence);
        }
    }
    Ok(sentences)
}

fn json_lines(text: &str) -> Result<Vec<Sentence>> {
    let mut sentences = Vec::new();
    for (document, line) in text.lines().enumerate() {
        let record: Value = serde_json::from_str(line)?;
        let text = record["text"].as_str().context("no text")?;
        let at: Vec<usize> = text.char_indices().map(|(n, _)| n).chain([text.len()]).collect();
        let byte = |v: &Value| v.as_u64().and_then(|n| at.get(n as usize)).copied().context("offset beyond the text");
        let mut end_before = 0;
        let mut tokens = record["tokens"].as_array().context("no tokens")?.iter().peekable();
        for bounds in record["sentences"].as_array().context("no sentences")? {
            let (from, to) = (byte(&bounds[0])?, byte(&bounds[1])?);
            let mut words = Vec::new();
            while let Some(token) = tokens.peek() {
                let (start, end) = (byte(&token[0])?, byte(&token[1])?);
                if start >= to {
                    break;
                }
                words.push(Word {
                    form: text[start..end].to_owned(),
                    lemma: token[6].as_str().unwrap_or("").to_owned(),
                    upos: Upos::named(token[2].as_str().unwrap_or("")).context("no word class")?,
                    xpos: xpos(token[3].as_str().unwrap_or("")),
                    head: head(token[4].as_u64().context("no head")?),
                    relation: relation(token[5].as_str().unwrap_or("")),
                    is_typo: false,
                    bytes: (start - from, end - from),
                });
                tokens.next();
            }
            let starts_paragraph = text[end_before..from].contains('\n');
            end_before = to;
            sentences.push(Sentence { text: text[from..to].to_owned(), document, starts_paragraph, words });
        }
    }
    Ok(sentences)
}
