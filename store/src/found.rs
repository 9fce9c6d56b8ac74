//! Where the words asked for stand in a text: what results mark.

use crate::index::{names, words};
use crate::search::LONG_NAME;
use std::cmp::Reverse;
use std::ops::Range;

/// Words to be marked in a result.
pub(crate) enum Wanted {
    Stem(String),
    Beginning(String),
    /// As written, as a beginning, or with one letter wrong.
    Name(String),
    Phrase(Vec<String>),
}

/// Says whether two words are one but for a letter added, left out, changed or swapped with the next.
fn is_near(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (x, y) = (&a[start..], &b[start..]);
    let end = x.iter().rev().zip(y.iter().rev()).take_while(|(x, y)| x == y).count();
    let (x, y) = (&x[..x.len() - end], &y[..y.len() - end]);
    matches!((x, y), ([], [] | [_]) | ([_], [] | [_])) || matches!((x, y), ([p, q], [r, s]) if p == s && q == r)
}

/// Returns where the words stand in a text.
pub(crate) fn found(text: &str, wanted: &[Wanted]) -> Vec<Range<usize>> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut tokens: Vec<(String, Range<usize>)> = Vec::new();
    names().token_stream(text).process(&mut |t| tokens.push((t.text.clone(), t.offset_from..t.offset_to)));
    let mut stemmer = words();
    // Endings are all that a stem lacks: a word with another first letter need not be looked at.
    let mut has_stem = |token: &str, stem: &str| {
        token.chars().next() == stem.chars().next() && {
            let mut is_it = false;
            stemmer.token_stream(token).process(&mut |t| is_it = t.text == stem);
            is_it
        }
    };
    let mut found: Vec<Range<usize>> = Vec::new();
    for one in wanted {
        match one {
            Wanted::Stem(stem) => {
                found.extend(tokens.iter().filter(|t| has_stem(&t.0, stem)).map(|t| t.1.clone()));
            }
            Wanted::Beginning(start) => {
                found.extend(tokens.iter().filter(|t| t.0.starts_with(start)).map(|t| t.1.clone()))
            }
            Wanted::Name(name) => {
                let is_long = name.chars().count() >= LONG_NAME;
                let is_it = |t: &str| t.starts_with(name.as_str()) || is_long && is_near(t, name);
                found.extend(tokens.iter().filter(|t| is_it(&t.0)).map(|t| t.1.clone()));
            }
            Wanted::Phrase(phrase) if !phrase.is_empty() => found.extend(
                tokens
                    .windows(phrase.len())
                    .filter(|w| w.iter().zip(phrase).all(|(t, p)| has_stem(&t.0, p)))
                    .map(|w| w[0].1.start..w[w.len() - 1].1.end),
            ),
            Wanted::Phrase(_) => {}
        }
    }
    found.sort_by_key(|r| (r.start, Reverse(r.end)));
    found.dedup_by(|b, a| b.start < a.end);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_stem_phrase_and_beginning() {
        let text = "Two hearings: the public hearing of Lundqvist.";
        let at = |wanted: &[Wanted]| -> Vec<&str> { found(text, wanted).into_iter().map(|r| &text[r]).collect() };
        assert_eq!(at(&[Wanted::Stem("hear".into())]), ["hearings", "hearing"]);
        assert_eq!(at(&[Wanted::Phrase(vec!["public".into(), "hear".into()])]), ["public hearing"]);
        assert_eq!(at(&[Wanted::Beginning("lund".into())]), ["Lundqvist"]);
        assert_eq!(at(&[Wanted::Name("lundkvist".into())]), ["Lundqvist"]);
    }

    #[test]
    fn one_letter_may_be_wrong() {
        for (a, b, near) in [
            ("renholm", "renolm", true),
            ("renholm", "rehnolm", true),
            ("renholm", "renholms", true),
            ("renholm", "renhelm", true),
            ("renholm", "renholm", true),
            ("renholm", "rnhelm", false),
            ("renholm", "holm", false),
        ] {
            assert_eq!(is_near(a, b), near, "{a} {b}");
        }
    }
}
