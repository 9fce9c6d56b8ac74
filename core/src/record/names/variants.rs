//! Spelling variants of one person: misspellings, transliterations, initials, names cut short.

use super::forms::Item;
use super::groups::{Groups, shown};
use crate::lang::en::names as lexicon;
use crate::reading::NameKind;
use std::collections::BTreeMap;

/// Joins the persons of one story whose full names are variants of one another.
///
/// Only names that begin alike in consonants are compared, and a report that prints both names keeps them apart.
pub(super) fn persons(items: &[Item], story: &[usize], groups: &mut Groups) {
    let mut blocks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut met: BTreeMap<&[String], usize> = BTreeMap::new();
    for &n in story {
        let item = &items[n];
        // One item a spelling is enough: equal names are joined already.
        if item.words.len() < 2 || item.listed || item.kind != NameKind::Person || met.insert(&item.words, n).is_some()
        {
            continue;
        }
        let last = item.words.last().map_or("", String::as_str);
        blocks.entry(skeleton(bare(last)).chars().take(2).collect()).or_default().push(n);
    }
    for block in blocks.values() {
        for (i, &a) in block.iter().enumerate() {
            for &b in &block[i + 1..] {
                if groups.root(a) != groups.root(b)
                    && !groups.apart(a, b)
                    && let Some(why) = variant(&items[a], &items[b])
                {
                    groups.join(a, b, format!("“{}” and “{}”: {why}", shown(&items[a]), shown(&items[b])));
                }
            }
        }
    }
}

/// Joins the persons of one story whose names are the same in another order: "Brun Oskar" and "Oskar Brun".
///
/// Where both words are given names, the two may be two people.
pub(super) fn orders(items: &[Item], story: &[usize], groups: &mut Groups) {
    let mut met: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    for &n in story {
        let item = &items[n];
        let given = item.words.iter().filter(|w| lexicon::first_name(w).is_some()).count();
        if !(2..=3).contains(&item.words.len()) || item.listed || item.kind != NameKind::Person || given > 1 {
            continue;
        }
        let mut sorted: Vec<&str> = item.words.iter().map(String::as_str).collect();
        sorted.sort_unstable();
        let same = *met.entry(sorted).or_insert(n);
        if groups.root(same) != groups.root(n) && !groups.apart(same, n) {
            let ground = format!("“{}” and “{}”: the same names in another order", shown(&items[same]), shown(item));
            groups.join(same, n, ground);
        }
    }
}

/// Joins two spellings that a copy and its original give one statement to.
pub(super) fn speakers(items: &[Item], pairs: &[(usize, usize)], groups: &mut Groups) {
    for &(a, b) in pairs {
        let (x, y) = (&items[a], &items[b]);
        // A misspelt name may not look like a person's: "Doran Stone" for "Doran Stohne".
        let kinds = [x.kind, y.kind];
        let people = kinds.contains(&NameKind::Person)
            && kinds.iter().all(|k| matches!(k, NameKind::Person | NameKind::Other))
            && x.words.len() > 1;
        let alike = x.words.len() == y.words.len()
            && x.words.iter().zip(&y.words).all(|(p, q)| !matches!(likeness(p, q), Likeness::None | Likeness::Initial));
        if people && alike && groups.root(a) != groups.root(b) && !groups.apart(a, b) {
            let ground = format!("“{}” and “{}” say the same in a copy and its original", shown(x), shown(y));
            groups.join(a, b, ground);
        }
    }
}

/// Says why two full names may be one person's, if they may.
fn variant(a: &Item, b: &Item) -> Option<&'static str> {
    if let (Some(x), Some(y)) = (a.gender, b.gender)
        && x != y
    {
        return None;
    }
    let (given_a, last_a) = (a.words.first()?, a.words.last()?);
    let (given_b, last_b) = (b.words.first()?, b.words.last()?);
    let same_office = !a.offices.is_disjoint(&b.offices);
    let given = likeness(given_a, given_b);
    let last = likeness(last_a, last_b);
    let middle = a.words.len() == b.words.len() || given_a == given_b;
    if !middle {
        return None;
    }
    match (given, last) {
        (Likeness::Same, Likeness::Same) => {
            let (few, many) = if a.words.len() < b.words.len() { (a, b) } else { (b, a) };
            few.words.iter().all(|w| many.words.contains(w) || w.len() == 1).then_some("one has a name more")
        }
        (Likeness::Same, Likeness::Sound) => Some("the surnames sound alike"),
        (Likeness::Same, Likeness::Near) if last_a.len().min(last_b.len()) >= 5 || same_office => {
            Some("the surnames differ by a letter or two")
        }
        (Likeness::Initial, Likeness::Same) => Some("one gives the initial only"),
        (Likeness::Sound, Likeness::Same | Likeness::Sound) => Some("both names sound alike"),
        (Likeness::Near, Likeness::Same) if same_office || given_a.len().min(given_b.len()) >= 5 => {
            Some("the given names differ by a letter or two")
        }
        (Likeness::Near, Likeness::Sound) | (Likeness::Sound, Likeness::Near)
            if same_office || last_a.len().min(last_b.len()) >= 5 =>
        {
            Some("both names differ by a letter or two")
        }
        (Likeness::Near, Likeness::Near) if same_office => {
            Some("both names differ by a letter or two and the office is the same")
        }
        _ => None,
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Likeness {
    Same,
    Sound,
    Near,
    Initial,
    None,
}

fn likeness(a: &str, b: &str) -> Likeness {
    if a == b {
        return Likeness::Same;
    }
    let (x, y) = (a.chars().count(), b.chars().count());
    let short = x.min(y);
    if short == 1 {
        return if a.chars().next() == b.chars().next() { Likeness::Initial } else { Likeness::None };
    }
    // "al-Sabri" and "Sabri".
    if bare(a) == bare(b) {
        return Likeness::Sound;
    }
    let far = distance(a, b);
    let (p, q) = (skeleton(a), skeleton(b));
    let first = a.chars().next() == b.chars().next();
    if first && p == q && p.len() >= 2 && far <= 1 + short / 3 {
        Likeness::Sound
    } else if (first || short >= 6) && far <= if short >= 7 { 2 } else { usize::from(short >= 4) } {
        Likeness::Near
    } else {
        Likeness::None
    }
}

/// Returns a folded word without an Arabic article, however that is written.
fn bare(word: &str) -> &str {
    const ARTICLES: [&str; 8] = ["al-", "el-", "ul-", "as-", "ash-", "ar-", "an-", "ad-"];
    ARTICLES.iter().find_map(|a| word.strip_prefix(a)).filter(|rest| rest.len() > 3).unwrap_or(word)
}

/// Returns the consonants of a folded word, those that sound alike made one, runs made single.
fn skeleton(word: &str) -> String {
    let word = word
        .replace("sch", "s")
        .replace("tsch", "c")
        .replace("sh", "s")
        .replace("ph", "f")
        .replace("kh", "h")
        .replace("ck", "k")
        .replace("th", "t")
        .replace("dh", "d")
        .replace("gh", "g")
        .replace('q', "k")
        .replace('w', "v")
        .replace('z', "s");
    let mut out = String::new();
    for (n, c) in word.chars().enumerate() {
        let vowel = matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | '\'' | '-' | '.');
        if (!vowel || (n == 0 && c != '\'')) && !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// Returns how many letters must be put in, left out, changed or swapped with a neighbour to make one word of the other.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(40).collect(), b.chars().take(40).collect());
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut next = vec![i];
        for j in 1..=b.len() {
            let change = row[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = change.min(row[j] + 1).min(next[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skeletons_sound_alike() {
        assert_eq!(skeleton("petrovich"), skeleton("petrowich"));
        assert_eq!(skeleton("mascha"), skeleton("masha"));
        assert_ne!(skeleton("lund"), skeleton("lang"));
    }

    #[test]
    fn swapped_letters_are_one_change() {
        assert_eq!(distance("amrei", "amrie"), 1);
        assert_eq!(distance("", "abc"), 3);
    }
}
