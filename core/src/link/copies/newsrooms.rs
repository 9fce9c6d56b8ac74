//! Which names mean one newsroom: with or without case and marks, by its short name, by its initials.

use crate::link::sets::{find, unite};
use std::collections::BTreeMap;

/// Initials are no longer than this: longer ones are words.
const INITIALS: usize = 6;

/// Says whether two names mean one newsroom: equal without case and marks, or one the initials of the other; a name may
/// bring its initials along (`Riverland Press Service (RPS)`).
pub(in crate::link) fn same_newsroom(a: &str, b: &str) -> bool {
    let (a, b) = (forms(a), forms(b));
    let initials =
        |x: &Forms, y: &Forms| x.full.iter().any(|f| y.initials.contains(f) && f.chars().count() <= INITIALS);
    a.full.iter().any(|x| b.full.contains(x)) || initials(&a, &b) || initials(&b, &a)
}

/// The forms under which a newsroom is known.
#[derive(Debug, Default)]
struct Forms {
    /// Its names, folded.
    full: Vec<String>,
    /// The initials of its names of several words.
    initials: Vec<String>,
}

fn forms(name: &str) -> Forms {
    let mut out = Forms::default();
    for piece in name.split(['(', ')', '/', '|']) {
        let words: Vec<String> = piece
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(str::to_lowercase)
            .filter(|w| w != "the")
            .collect();
        if words.is_empty() {
            continue;
        }
        if words.len() > 1 {
            let telling = words.iter().filter(|w| !matches!(w.as_str(), "of" | "and" | "for"));
            out.initials.push(telling.filter_map(|w| w.chars().next()).collect());
        }
        out.full.push(words.concat());
        out.full.extend(short_name(&words));
    }
    out
}

/// Words behind an agency's own name that reports leave out: "Corbel" for "Corbel Press Agency".
const TAILS: [&str; 9] = ["press", "agency", "news", "service", "services", "wire", "newswire", "bureau", "network"];

/// Words that name no newsroom by themselves.
const COMMON: [&str; 12] = [
    "associated",
    "united",
    "international",
    "national",
    "world",
    "local",
    "state",
    "city",
    "daily",
    "free",
    "general",
    "foreign",
];

/// Returns an agency's name without the words that say what it is; none if what is left names nobody.
fn short_name(words: &[String]) -> Option<String> {
    let is_tail = |w: &String| TAILS.contains(&w.as_str());
    let kept = words.iter().rposition(|w| !is_tail(w))? + 1;
    let telling = words[..kept].iter().any(|w| w.chars().count() > 2 && !COMMON.contains(&w.as_str()));
    (kept < words.len() && telling).then(|| words[..kept].concat())
}

/// Returns a number for each name, equal where names mean one newsroom, directly or through a third name.
pub(super) fn numbers(names: &[&str]) -> Vec<usize> {
    let mut root: Vec<usize> = (0..names.len()).collect();
    let all: Vec<Forms> = names.iter().map(|name| forms(name)).collect();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for (n, forms) in all.iter().enumerate() {
        for form in &forms.full {
            let with = *known.entry(form).or_insert(n);
            unite(&mut root, n, with);
        }
    }
    for (n, forms) in all.iter().enumerate() {
        for initials in forms.initials.iter().filter(|i| i.chars().count() <= INITIALS) {
            if let Some(&with) = known.get(initials.as_str()) {
                unite(&mut root, n, with);
            }
        }
    }
    (0..names.len()).map(|n| find(&mut root, n)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_same(a: &str, b: &str, expected: bool) {
        assert_eq!(same_newsroom(a, b), expected, "{a} / {b}");
    }

    #[test]
    fn a_newsroom_is_known_by_short_names_and_initials() {
        check_same("Corbel", "Corbel Press Agency", true);
        check_same("The CPA", "Corbel Press Agency", true);
        check_same("Corbel Press Agency (CPA)", "cpa", true);
        check_same("Corbel", "Corbel Times", false);
        check_same("United", "United Press", false);
        assert_eq!(numbers(&["Corbel", "Elsham Echo", "CPA", "Corbel Press Agency"]), [0, 1, 0, 0]);
    }
}
