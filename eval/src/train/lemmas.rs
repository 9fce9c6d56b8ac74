//! Learns dictionary forms: rules about endings that hold for several forms, and a table of what they get wrong.

use super::treebank::Sentence;
use annals_core::reading::syntax::lemmas::{LONGEST_ENDING, Lemmas, fold, kin};
use annals_core::reading::syntax::tags::Xpos;
use std::collections::BTreeMap;

/// Forms that a rule must hold for.
const LEAST_FORMS: usize = 3;

type Endings = BTreeMap<(Xpos, String), String>;

/// Returns the table as a file of text.
pub(crate) fn learn(train: &[Sentence], head: &str) -> String {
    let forms = commonest(train);
    let endings = endings(&forms);
    let mut table = head.to_owned();
    for ((tag, ending), instead) in &endings {
        table.push_str(&format!("{}\t*{ending}\t*{instead}\n", tag.name()));
    }
    let rules = table.clone();
    let rules = Lemmas::read(&rules);
    for ((tag, form), lemma) in &forms {
        if rules.lemma(form, *tag) != *lemma {
            table.push_str(&format!("{}\t{form}\t{lemma}\n", tag.name()));
        }
    }
    table
}

/// Returns the share of words whose lemma is right, given their gold tag.
pub(crate) fn score(lemmas: &Lemmas, sentences: &[Sentence]) -> f64 {
    let words: Vec<_> = sentences.iter().flat_map(|s| &s.words).collect();
    let right = words.iter().filter(|w| lemmas.lemma(&w.form, w.xpos) == w.lemma).count();
    100.0 * right as f64 / words.len().max(1) as f64
}

/// Returns the commonest lemma of each tag and form.
fn commonest(train: &[Sentence]) -> BTreeMap<(Xpos, String), String> {
    let mut counts: BTreeMap<(Xpos, String), BTreeMap<&str, usize>> = BTreeMap::new();
    for word in train.iter().flat_map(|s| &s.words) {
        let plain = |s: &str| !s.is_empty() && !s.starts_with(['*', '#']) && !s.contains('\t');
        let is_word = !word.is_typo && !matches!(word.xpos, Xpos::Gw | Xpos::Fw | Xpos::Add | Xpos::Nfp | Xpos::Ls);
        if is_word && plain(&word.form) && plain(&word.lemma) {
            let key = (word.xpos, fold(&word.form, word.xpos).into_owned());
            *counts.entry(key).or_default().entry(&word.lemma).or_default() += 1;
        }
    }
    let most = |lemmas: BTreeMap<&str, usize>| lemmas.into_iter().max_by_key(|(_, n)| *n).map(|(l, _)| l.to_owned());
    counts.into_iter().filter_map(|(key, lemmas)| Some((key, most(lemmas)?))).collect()
}

/// Returns the rules: for each ending, shortest first, what most forms with it do, if that is not what a shorter one says.
fn endings(forms: &BTreeMap<(Xpos, String), String>) -> Endings {
    let mut rules = Endings::new();
    for len in 1..=LONGEST_ENDING {
        let mut votes: BTreeMap<(Xpos, &str), BTreeMap<String, usize>> = BTreeMap::new();
        for ((tag, form), lemma) in forms {
            let Some((at, _)) = form.char_indices().rev().nth(len - 1) else { continue };
            let Some(instead) = lemma.strip_prefix(&form[..at]) else { continue };
            *votes.entry((kin(*tag), &form[at..])).or_default().entry(instead.to_owned()).or_default() += 1;
        }
        for ((tag, ending), votes) in votes {
            let Some((instead, count)) = votes.into_iter().max_by_key(|(_, n)| *n) else { continue };
            if count >= LEAST_FORMS && by_rule(&rules, tag, ending) != instead {
                rules.insert((tag, ending.to_owned()), instead);
            }
        }
    }
    rules
}

/// Returns what the rules so far make of an ending.
fn by_rule(rules: &Endings, tag: Xpos, ending: &str) -> String {
    let longest = ending.char_indices().find_map(|(at, _)| Some((at, rules.get(&(tag, ending[at..].to_owned()))?)));
    longest.map_or_else(|| ending.to_owned(), |(at, instead)| format!("{}{instead}", &ending[..at]))
}
