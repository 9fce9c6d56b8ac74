//! Scores tags and trees: of gold words, and of raw documents from our own sentences and words on. Punctuation counts, as
//! in the CoNLL 2018 shared task.

use super::treebank::{Case, Sentence};
use annals_core::reading::syntax::moves::NONE;
use annals_core::reading::syntax::network::{Desk, Network};
use annals_core::reading::syntax::tags::Relation;
use annals_core::reading::{syntax, words};
use annals_core::text::Text;
use std::collections::BTreeMap;

/// Words, and how many of them are right in what.
#[derive(Default)]
pub(crate) struct Scores {
    pub(crate) words: usize,
    pub(crate) upos: usize,
    pub(crate) xpos: usize,
    /// Head.
    pub(crate) uas: usize,
    /// Head and relation without its subtype, as CoNLL 2018 counts.
    pub(crate) las: usize,
    /// Head and relation with its subtype.
    pub(crate) full: usize,
}

impl Scores {
    /// Returns the scores by name, in percent.
    pub(crate) fn percent(&self) -> [(&'static str, f64); 5] {
        let of = |n: usize| 100.0 * n as f64 / self.words.max(1) as f64;
        [
            ("UPOS", of(self.upos)),
            ("XPOS", of(self.xpos)),
            ("UAS", of(self.uas)),
            ("LAS", of(self.las)),
            ("LAS_subtypes", of(self.full)),
        ]
    }
}

impl std::fmt::Display for Scores {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (name, value) in self.percent() {
            write!(f, " {name} {value:.2}")?;
        }
        Ok(())
    }
}

/// Tags and parses the gold words of each sentence, written in other letters.
pub(crate) fn score(network: &Network, sentences: &[Sentence], case: Case) -> Scores {
    let mut scores = Scores::default();
    let mut desk = Desk::default();
    for sentence in sentences {
        let forms: Vec<_> = sentence.words.iter().map(|w| case.write(&w.form)).collect();
        network.parse(forms.iter().map(|f| &**f), &mut desk);
        for (n, gold) in sentence.words.iter().enumerate() {
            let (upos, xpos) = desk.tags[n];
            let relation = Relation::ALL[usize::from(desk.state.relations()[n])];
            let head = desk.state.heads()[n] == gold.head;
            scores.words += 1;
            scores.upos += usize::from(upos == gold.upos);
            scores.xpos += usize::from(xpos == gold.xpos);
            scores.uas += usize::from(head);
            scores.las += usize::from(head && relation.universal() == gold.relation.universal());
            scores.full += usize::from(head && relation == gold.relation);
        }
    }
    scores
}

/// Splits, tags and parses each document from its raw text; scores are F1 over words, which match by their bytes.
pub(crate) fn score_raw(sentences: &[Sentence]) -> Vec<(&'static str, f64)> {
    let (mut gold_words, mut our_words, mut sentences_right) = (0, 0, (0, 0, 0));
    let (mut found, mut upos, mut uas, mut las) = (0, 0, 0, 0);
    for document in sentences.chunk_by(|a, b| a.document == b.document) {
        let (body, gold) = join(document);
        let text = Text::verbatim(&body);
        let split = words::split(&text);
        let ours = syntax::parse(&text, &split);
        let bytes = |n: usize| (ours.nodes[n].span.start(), ours.nodes[n].span.end());
        for (n, node) in ours.nodes.iter().enumerate() {
            let Some(word) = gold.words.get(&bytes(n)) else { continue };
            let head = node.head.map(|h| bytes(h as usize)) == word.head;
            let relation = node.relation.universal() == word.relation.universal();
            found += 1;
            upos += usize::from(node.upos == word.upos);
            uas += usize::from(head);
            las += usize::from(head && relation);
        }
        gold_words += gold.words.len();
        our_words += ours.nodes.len();
        let whole = |s: &&words::Sentence| gold.sentences.contains(&(s.span.start(), s.span.end()));
        sentences_right.0 += split.sentences.iter().filter(whole).count();
        sentences_right.1 += split.sentences.len();
        sentences_right.2 += gold.sentences.len();
    }
    let f1 = |n: usize| 200.0 * n as f64 / (gold_words + our_words).max(1) as f64;
    let (right, ours, gold) = sentences_right;
    let sentences_f1 = 200.0 * right as f64 / (ours + gold).max(1) as f64;
    vec![
        ("sentences_F1", sentences_f1),
        ("words_F1", f1(found)),
        ("raw_UPOS", f1(upos)),
        ("raw_UAS", f1(uas)),
        ("raw_LAS", f1(las)),
    ]
}

/// A gold word by its place in a document; the head by its own.
struct Placed {
    head: Option<(usize, usize)>,
    relation: Relation,
    upos: syntax::Upos,
}

#[derive(Default)]
struct Gold {
    words: BTreeMap<(usize, usize), Placed>,
    sentences: Vec<(usize, usize)>,
}

/// Returns the text of a document and its gold words. Between two sentences stands a space or a line break.
fn join(document: &[Sentence]) -> (String, Gold) {
    let (mut body, mut gold) = (String::new(), Gold::default());
    for sentence in document {
        if !body.is_empty() {
            body.push(if sentence.starts_paragraph { '\n' } else { ' ' });
        }
        let base = body.len();
        body.push_str(&sentence.text);
        gold.sentences.push((base, body.len()));
        for word in &sentence.words {
            let place = |(start, end): (usize, usize)| (base + start, base + end);
            let head = (word.head != NONE).then(|| place(sentence.words[word.head as usize].bytes));
            gold.words.insert(place(word.bytes), Placed { head, relation: word.relation, upos: word.upos });
        }
    }
    (body, gold)
}

/// Puts sentences together into the documents they came from.
pub(crate) fn documents(sentences: &[Sentence]) -> Vec<Text> {
    sentences.chunk_by(|a, b| a.document == b.document).map(|d| Text::verbatim(&join(d).0)).collect()
}
