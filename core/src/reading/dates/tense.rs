//! Whether the clause around a time looks back or ahead, from the verbs beside it.

use super::grammar::{Found, Grammar};
use crate::lang::en::time::{TenseWord, tense_word};

/// Where a clause looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tense {
    /// "met on Thursday".
    Past,
    /// "will meet on Thursday".
    Future,
    /// Nothing tells.
    Unknown,
}

/// How far a verb is looked for, in atoms.
const REACH: usize = 22;

/// Says where the clause of a time expression looks.
pub(super) fn of(grammar: &Grammar<'_>, found: &Found) -> Tense {
    let until = grammar.after(found.from, &["until", "till", "for", "to", "by"]);
    let put = until || grammar.after(found.from, &["from", "as"]);
    if grammar.after(found.from, &["starting", "beginning", "effective"]) {
        return Tense::Future;
    }
    let left = || leftward(grammar, found.from, put);
    let right = || rightward(grammar, found.to);
    let opens = opens_clause(grammar, found.from);
    let (first, second): (&dyn Fn() -> Tense, &dyn Fn() -> Tense) =
        if opens { (&right, &left) } else { (&left, &right) };
    match first() {
        Tense::Unknown => second(),
        tense => tense,
    }
}

/// Says whether a time stands at the head of its clause: "On Monday, …", "…, and on Friday …".
fn opens_clause(grammar: &Grammar<'_>, from: usize) -> bool {
    let mut i = from;
    for _ in 0..3 {
        if i == grammar.first {
            return true;
        }
        let word = grammar.words(i - 1);
        if matches!(word, "," | ";" | ":" | "“" | "\"" | "—" | "–" | "--" | "(" | "_") {
            return true;
        }
        let joins = [
            "on", "in", "at", "by", "since", "until", "from", "that", "and", "but", "early", "late", "during", "after",
            "before",
        ];
        if !grammar.is_one_of(i - 1, &joins) {
            return false;
        }
        i -= 1;
    }
    false
}

fn leftward(grammar: &Grammar<'_>, from: usize, put: bool) -> Tense {
    let mut i = from;
    let stop = grammar.first.max(from.saturating_sub(REACH));
    while i > stop {
        i -= 1;
        if matches!(grammar.words(i), ";" | ":" | "—" | "–" | "--" | "”") {
            return Tense::Unknown;
        }
        match verb(grammar, i, put) {
            Tense::Unknown => {}
            tense => return tense,
        }
    }
    Tense::Unknown
}

fn rightward(grammar: &Grammar<'_>, to: usize) -> Tense {
    for i in to..grammar.limit.min(to + REACH) {
        if matches!(grammar.words(i), ";" | ":" | "—" | "--") {
            return Tense::Unknown;
        }
        match verb(grammar, i, false) {
            Tense::Unknown => {}
            tense => return tense,
        }
    }
    Tense::Unknown
}

/// Says where the verb at `i` looks; `put` when a goal ("until", "for", "to") stands between it and the time.
fn verb(grammar: &Grammar<'_>, i: usize, put: bool) -> Tense {
    let word = grammar.words(i);
    if word.len() < 2 || !word.is_char_boundary(1) || word.len() > 20 {
        return Tense::Unknown;
    }
    let capital = grammar.get(i).is_some_and(|a| a.capital) && i > grammar.first;
    let Some(what) = tense_word(&word.to_ascii_lowercase()) else { return Tense::Unknown };
    if capital && !matches!(what, TenseWord::Will | TenseWord::Would) {
        return Tense::Unknown;
    }
    match what {
        TenseWord::Will => Tense::Future,
        TenseWord::Would if grammar.is(i + 1, "have") => Tense::Past,
        TenseWord::Would => Tense::Future,
        TenseWord::Plan if grammar.after(i, &["as", "than"]) => Tense::Unknown,
        TenseWord::Plan => Tense::Future,
        TenseWord::Opens => Tense::Future,
        TenseWord::Base if grammar.after(i, &["to"]) => infinitive(grammar, i),
        TenseWord::Base | TenseWord::Be => Tense::Unknown,
        TenseWord::Present
            if grammar
                .is_one_of(i + 1, &["to", "due", "scheduled", "expected", "planned", "set", "slated", "going"]) =>
        {
            Tense::Future
        }
        TenseWord::Present => Tense::Unknown,
        TenseWord::Past => Tense::Past,
        TenseWord::Put if put => Tense::Future,
        TenseWord::Put | TenseWord::Told | TenseWord::Done => participle(grammar, i),
    }
}

/// "agreed to meet" looks ahead, "failed to meet" back.
fn infinitive(grammar: &Grammar<'_>, i: usize) -> Tense {
    let before = grammar.words(i.saturating_sub(2)).to_ascii_lowercase();
    if i >= grammar.first + 2 && tense_word(&before) == Some(TenseWord::Done) { Tense::Past } else { Tense::Future }
}

/// "to be held" and "will be called" look ahead, "held" and "was called" back.
fn participle(grammar: &Grammar<'_>, i: usize) -> Tense {
    for back in 1..=3 {
        if i < grammar.first + back {
            break;
        }
        let word = grammar.words(i - back).to_ascii_lowercase();
        match tense_word(&word) {
            Some(TenseWord::Be) => {
                let ahead = i > grammar.first + back && {
                    let before = grammar.words(i - back - 1).to_ascii_lowercase();
                    before == "to"
                        || matches!(tense_word(&before), Some(TenseWord::Will | TenseWord::Would))
                        || before == "not"
                };
                return if ahead { Tense::Future } else { Tense::Unknown };
            }
            Some(TenseWord::Will) => return Tense::Future,
            Some(TenseWord::Would) if word != "would" => return Tense::Past,
            Some(TenseWord::Past | TenseWord::Present) => return Tense::Past,
            _ => {}
        }
    }
    Tense::Past
}
