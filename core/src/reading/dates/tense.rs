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
    /// "was to meet on Thursday": ahead then, and who knows now; the nearest is meant.
    Near,
    /// Nothing tells.
    Unknown,
}

/// Plain forms that are no nouns: "the drivers come back on Monday" announces.
const PLURALS: [&str; 13] = [
    "come",
    "go",
    "begin",
    "resume",
    "meet",
    "reconvene",
    "convene",
    "gather",
    "arrive",
    "depart",
    "decide",
    "testify",
    "appear",
];

/// How far a verb is looked for, in atoms.
const REACH: usize = 22;

/// Says where the clause of a time expression looks.
pub(super) fn of(grammar: &Grammar<'_>, found: &Found) -> Tense {
    let until = grammar.after(found.from, &["until", "till", "for", "to", "by"]);
    let put = until || grammar.after(found.from, &["from", "as"]);
    if grammar.after(found.from, &["starting", "beginning", "effective"]) {
        return Tense::Future;
    }
    if called_off(grammar, found) {
        return Tense::Near;
    }
    let left = || match leftward(grammar, found.from, put) {
        // "The march planned for Saturday was called off."
        Tense::Future if gone(grammar, found) => Tense::Near,
        tense => tense,
    };
    let right = || rightward(grammar, found.to);
    let opens = opens_clause(grammar, found.from);
    let (first, second): (&dyn Fn() -> Tense, &dyn Fn() -> Tense) =
        if opens { (&right, &left) } else { (&left, &right) };
    match first() {
        Tense::Unknown => second(),
        tense => tense,
    }
}

/// Says whether what was set for a time is told as past right behind it; "Monday's talks" that somebody called off too.
fn gone(grammar: &Grammar<'_>, found: &Found) -> bool {
    let aux = |i: usize| grammar.is_one_of(i, &["was", "were", "had", "never", "did"]);
    (found.to..found.to + 3).any(aux)
}

/// Says whether a time names what is called off: "called off Monday's talks", "Monday's talks were cancelled".
fn called_off(grammar: &Grammar<'_>, found: &Found) -> bool {
    let owner = matches!(grammar.words(found.to), "'" | "’") && grammar.is(found.to + 1, "s");
    let from = grammar.first.max(found.from.saturating_sub(8));
    let words =
        ["cancelled", "canceled", "scrapped", "postponed", "suspended", "delayed", "cancels", "postpones", "scraps"];
    owner
        && (from..grammar.limit.min(found.to + 10)).any(|i| {
            grammar.is_one_of(i, &words)
                || grammar.is_one_of(i, &["called", "calls", "put"]) && grammar.is(i + 1, "off")
        })
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
        // "on Thursday to end the strike": the infinitive hangs on an earlier verb.
        if grammar.is(i, "to") || grammar.after(i, &["to"]) {
            continue;
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
    if word.len() < 2 || word.len() > 20 {
        return Tense::Unknown;
    }
    if word == "to" {
        return to_verb(grammar, i);
    }
    // "The others are on Tuesday."
    if word == "next" && grammar.after(i, &["the", "The"]) && grammar.is_one_of(i + 1, &["is", "are", "one"]) {
        return Tense::Future;
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
        TenseWord::Plan if grammar.after(i, &["was", "were", "been", "originally", "initially", "had"]) => Tense::Near,
        TenseWord::Plan => Tense::Future,
        TenseWord::Opens => Tense::Future,
        TenseWord::Base if grammar.after(i, &["to"]) => infinitive(grammar, i),
        TenseWord::Base if PLURALS.contains(&word) && !grammar.after(i, &["not", "n't", "did"]) => Tense::Future,
        TenseWord::Base | TenseWord::Be => Tense::Unknown,
        TenseWord::Present
            if grammar
                .is_one_of(i + 1, &["to", "due", "scheduled", "expected", "planned", "set", "slated", "going"]) =>
        {
            Tense::Future
        }
        TenseWord::Present => Tense::Unknown,
        TenseWord::Past if grammar.is(i + 1, "to") && grammar.is_one_of(i, &["was", "were"]) => Tense::Near,
        TenseWord::Past => Tense::Past,
        TenseWord::Put
            if grammar.after(i, &["was", "were", "been", "originally", "initially"]) && grammar.is(i + 1, "for") =>
        {
            Tense::Near
        }
        TenseWord::Put if put || grammar.is(i + 1, "for") => Tense::Future,
        TenseWord::Put | TenseWord::Told | TenseWord::Done => participle(grammar, i),
    }
}

/// Says where an infinitive whose verb is in no list looks: "agreed to purchase", "is expected to dominate".
fn to_verb(grammar: &Grammar<'_>, i: usize) -> Tense {
    let next = grammar.words(i + 1);
    let noun = grammar.is_one_of(
        i + 1,
        &[
            "the", "a", "an", "his", "her", "its", "their", "our", "this", "that", "these", "those", "all", "more",
            "at", "be",
        ],
    );
    if i < grammar.first + 1 || noun || !next.starts_with(|c: char| c.is_ascii_lowercase()) {
        return Tense::Unknown;
    }
    let before = grammar.words(i - 1).to_ascii_lowercase();
    let wish = [
        "plan", "plans", "ready", "likely", "going", "hopes", "wants", "intends", "aims", "hope", "want", "intend",
        "aim",
    ];
    match tense_word(&before) {
        Some(TenseWord::Told | TenseWord::Plan | TenseWord::Put) => Tense::Future,
        Some(TenseWord::Past) if matches!(before.as_str(), "was" | "were") => Tense::Near,
        _ if wish.contains(&before.as_str()) => Tense::Future,
        _ => Tense::Unknown,
    }
}

/// "agreed to meet" looks ahead, "failed to meet" back, "was to meet" nowhere yet.
fn infinitive(grammar: &Grammar<'_>, i: usize) -> Tense {
    if i < grammar.first + 2 {
        return Tense::Future;
    }
    let before = grammar.words(i - 2).to_ascii_lowercase();
    match tense_word(&before) {
        Some(TenseWord::Done) => Tense::Past,
        Some(TenseWord::Past) if matches!(before.as_str(), "was" | "were") => Tense::Near,
        Some(TenseWord::Plan) if grammar.after(i - 2, &["was", "were", "been"]) => Tense::Near,
        _ => Tense::Future,
    }
}

/// "to be held" and "will be called" look ahead, "held" and "was called" back, "the fallen bridge" nowhere.
fn participle(grammar: &Grammar<'_>, i: usize) -> Tense {
    let articles = ["the", "a", "an", "its", "his", "her", "their", "of", "newly", "recently", "so-called"];
    if grammar.after(i, &articles) {
        return Tense::Unknown;
    }
    for back in 1..=3 {
        if i < grammar.first + back {
            break;
        }
        let at = i - back;
        let word = grammar.words(at).to_ascii_lowercase();
        let before =
            |n: usize| if at < grammar.first + n { String::new() } else { grammar.words(at - n).to_ascii_lowercase() };
        match tense_word(&word) {
            // "were to have been held", "was to be held".
            Some(TenseWord::Past) if word == "been" && before(1) == "have" && before(2) == "to" => return Tense::Near,
            Some(TenseWord::Past) if word == "been" && before(1) == "have" && before(2) == "would" => {
                return Tense::Past;
            }
            Some(TenseWord::Be)
                if before(1) == "to" && matches!(before(2).as_str(), "was" | "were" | "due" | "scheduled") =>
            {
                return Tense::Near;
            }
            Some(TenseWord::Be) => {
                let ahead = matches!(before(1).as_str(), "to" | "not")
                    || matches!(tense_word(&before(1)), Some(TenseWord::Will | TenseWord::Would));
                return if ahead { Tense::Future } else { Tense::Unknown };
            }
            Some(TenseWord::Will) => return Tense::Future,
            Some(TenseWord::Would) if word != "would" => return Tense::Past,
            Some(TenseWord::Present) if matches!(word.as_str(), "is" | "are" | "am" | "'re") => return Tense::Unknown,
            Some(TenseWord::Past | TenseWord::Present) => return Tense::Past,
            _ => {}
        }
    }
    Tense::Past
}
