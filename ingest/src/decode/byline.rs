//! Who wrote it: people out of `By …` lines and metadata; newsrooms, desks and user names apart.
//!
//! A wrong name is worse than none: where only the look of the words speaks for a person, the given name must be known.

use super::clean::{is_capitals, uncapitalise};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static NEWSROOM: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    include_str!("lang/newsroom.txt").lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace).collect()
});

static GIVEN: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("lang/given_names.txt").lines().filter(|l| !l.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

static NOT_PEOPLE: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("lang/not_people.txt").lines().filter(|l| !l.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// Forms of an agency's name, folded to lower case, to the form of its first column.
static AGENCIES: LazyLock<BTreeMap<String, &str>> = LazyLock::new(|| {
    let lines = include_str!("lang/agencies.txt").lines().filter(|l| !l.starts_with('#'));
    lines.flat_map(|l| l.split('|').map(move |form| (form.to_lowercase(), form))).collect()
});

/// Says whether a name is that of a known agency or broadcaster.
pub(crate) fn is_agency(name: &str) -> bool {
    let lower = name.trim().to_lowercase();
    let known = AGENCIES.get(lower.strip_prefix("the ").unwrap_or(&lower));
    // Short forms must be printed as such: `aa` and `map` are words.
    known.is_some_and(|form| form.len() > 4 || form.eq(&name.trim()))
}

/// Says whether a name is that of a newsroom: a known agency, or a name made of newsroom words.
pub(crate) fn is_newsroom(name: &str) -> bool {
    is_agency(name) || has_newsroom_word(name)
}

fn has_newsroom_word(name: &str) -> bool {
    name.split(|c: char| !c.is_alphanumeric()).any(|w| NEWSROOM.contains(w.to_lowercase().as_str()))
}

/// The people and the newsrooms of a byline.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Byline {
    /// People, as printed (capitals folded).
    pub(crate) people: Vec<String>,
    /// Newsrooms, as printed.
    pub(crate) newsrooms: Vec<String>,
}

/// How sure an opener is of an author behind it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Opener {
    /// Nothing but an author follows: `Written by`.
    Sure,
    /// It also begins headings and sentences: `Von`.
    Weak,
    /// It names people who did not write: `Photos by`.
    Other,
}

/// What may stand before names, longest first.
static OPENERS: LazyLock<Vec<(&str, Opener)>> = LazyLock::new(|| {
    let lines = include_str!("lang/byline_openers.txt").lines().filter(|l| !l.starts_with('#'));
    let mut openers: Vec<(&str, Opener)> = lines
        .filter_map(|l| l.split_once(' '))
        .flat_map(|(kind, list)| {
            let opener = match kind {
                "sure" => Opener::Sure,
                "weak" => Opener::Weak,
                _ => Opener::Other,
            };
            list.split(';').map(move |phrase| (phrase.trim(), opener))
        })
        .collect();
    openers.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    openers
});

/// Returns the opener that a line begins with and what follows it.
pub(crate) fn opener(line: &str) -> Option<(Opener, &str)> {
    let line = line.trim();
    let line = line.strip_prefix(['—', '–', '-', '|', '•', '·', '*']).map_or(line, str::trim_start);
    let lower: String = line.chars().take(LONGEST_OPENER).flat_map(char::to_lowercase).collect();
    OPENERS.iter().filter(|(phrase, _)| lower.starts_with(phrase)).find_map(|(phrase, kind)| {
        // Small letters may take other bytes; there are as many of them.
        let rest = line.char_indices().nth(phrase.chars().count()).map_or("", |(at, _)| &line[at..]);
        let set_off = phrase.ends_with(|c: char| !c.is_alphanumeric() || c >= '\u{3000}');
        let ends = set_off || !rest.starts_with(char::is_alphanumeric);
        ends.then(|| (*kind, rest.trim_start_matches([':', '：', ' ', '/', '／'])))
    })
}

/// Characters of a line in which its opener stands.
const LONGEST_OPENER: usize = 32;

/// Returns the line without its opener, if it opens as a byline does.
pub(crate) fn opened(line: &str) -> Option<&str> {
    let (kind, rest) = opener(line)?;
    match kind {
        Opener::Sure => Some(rest),
        // `Von Haien und Menschen` is a heading.
        Opener::Weak => pieces(rest).first().is_some_and(|first| is_person(cut_role(first))).then_some(rest),
        Opener::Other => None,
    }
}

/// Reads the names of a byline or of an author field, its opener and dates already taken away.
pub(crate) fn names(line: &str) -> Byline {
    let mut byline = Byline::default();
    // Names without spaces are told by what stands around them alone.
    let unspaced = line.chars().next().is_some_and(|c| c >= UNSPACED) && opened(line).is_some();
    let line = opened(line).unwrap_or(line);
    // Behind `Photos by` stand others, up to the next author's opener.
    let mut others = false;
    for piece in pieces(line) {
        let piece = match opener(piece) {
            Some((Opener::Other, _)) => {
                others = true;
                continue;
            }
            Some((Opener::Sure, rest)) => {
                others = false;
                rest
            }
            _ => opened(piece).unwrap_or(piece),
        };
        let piece = cut_role(piece).trim_matches(|c: char| !c.is_alphanumeric() && c != '.').trim_end_matches('.');
        if piece.is_empty() || others {
            continue;
        }
        if is_newsroom(piece) {
            byline.newsrooms.push(piece.to_owned());
        } else if is_person(piece) || (unspaced && is_east_asian_name(piece)) {
            let name = uncapitalise(piece, "");
            if !byline.people.contains(&name) {
                byline.people.push(name);
            }
        }
    }
    byline
}

/// A name may be followed by a role or a place: `Ida Roe for the Gazette`, `Bo Arn (political editor)`.
fn cut_role(line: &str) -> &str {
    let lower = line.to_lowercase();
    if lower.len() != line.len() {
        return line;
    }
    let cut = [
        " for the ",
        " for ",
        " at ",
        " from ",
        " updated",
        " published",
        " posted",
        " publiziert",
        " veröffentlicht",
        " publié",
        " publicado",
        " pubblicato",
        " on ",
        " am ",
        " für ",
        " pour ",
        " para ",
    ]
    .iter()
    .filter_map(|w| lower.find(w))
    .min();
    line.get(..cut.unwrap_or(line.len())).unwrap_or(line)
}

/// Words between two names.
const SEPARATORS: &[&str] = &[
    " and ", " AND ", " und ", " UND ", " et ", " ET ", " y ", " Y ", " with ", " mit ", " avec ", " con ", " in ",
    " - ", " e ", " E ", " i ", " и ", " та ", " og ", " och ", " en ", " ve ", " și ",
];

/// Longest line, in bytes, that is read for names. Source: an author line with twelve authors has some 300.
const LONGEST: usize = 1_000;

fn pieces(line: &str) -> Vec<&str> {
    if line.len() > LONGEST {
        return Vec::new();
    }
    const MARKS: &[char] =
        &[',', ';', '|', '·', '•', '/', '&', '(', ')', '[', ']', '\n', '—', '–', '+', '、', '，', '；', '／'];
    let mut out: Vec<&str> = Vec::new();
    for piece in line.split(MARKS) {
        let mut rest = piece;
        // What follows `in` is the place where somebody worked.
        let mut place = false;
        while let Some((at, word)) = SEPARATORS.iter().filter_map(|w| rest.find(w).map(|at| (at, *w))).min() {
            // `Ana Silva e Costa` is one name: a single letter parts whole names only.
            let parts = word.trim().chars().count() > 1
                || (rest[..at].trim().contains(' ') && rest[at + word.len()..].trim().contains(' '));
            if !parts {
                break;
            }
            if !place {
                out.push(&rest[..at]);
            }
            place = word == " in ";
            rest = &rest[at + word.len()..];
        }
        if !place {
            out.push(rest.strip_prefix("and ").unwrap_or(rest));
        }
    }
    out.iter().map(|p| p.trim()).filter(|p| !p.is_empty()).collect()
}

/// Says whether a word is a name by which people are called.
pub(crate) fn is_given_name(word: &str) -> bool {
    let lower = word.to_lowercase();
    word.chars().next().is_some_and(char::is_uppercase)
        && (GIVEN.contains(lower.as_str()) || lower.split_once('-').is_some_and(|(first, _)| GIVEN.contains(first)))
}

/// Says whether words are surely a person's name: they look like one and begin with a given name or an initial.
pub(crate) fn is_known_person(name: &str) -> bool {
    let initial = |w: &str| w.ends_with('.') && w.chars().filter(|c| c.is_alphabetic()).count() <= 2;
    is_person(name) && name.split_whitespace().take(2).any(|w| is_given_name(&uncapitalise_word(w)) || initial(w))
}

fn uncapitalise_word(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_string() + &chars.as_str().to_lowercase()).unwrap_or_default()
}

/// Chinese, Japanese and Korean letters begin here.
const UNSPACED: char = '\u{3000}';

/// Says whether a piece may be a name in Chinese, Japanese or Korean.
fn is_east_asian_name(piece: &str) -> bool {
    let own = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}');
    piece.chars().all(own) && (2..=4).contains(&piece.chars().count())
}

/// Says whether words read as a person's name: two to five capitalised words without digits.
pub(crate) fn is_person(name: &str) -> bool {
    const PARTICLES: &[&str] = &[
        "de", "da", "di", "del", "della", "der", "den", "dos", "das", "do", "du", "la", "le", "van", "von", "vom",
        "zum", "bin", "ibn", "al", "el", "ter", "ten", "af", "av", "zu", "e", "y", "i", "ben", "bint", "ould", "st",
    ];
    let words: Vec<&str> = name.split_whitespace().collect();
    if !(2..=5).contains(&words.len()) || name.chars().count() > 48 || has_newsroom_word(name) {
        return false;
    }
    let mut capitalised = 0;
    for word in &words {
        let lower = word.to_lowercase();
        let particle = PARTICLES.contains(&lower.as_str());
        let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '.' | '‘'));
        let other = (NOT_PEOPLE.contains(lower.as_str()) && !particle) || is_garbled(word) || is_glued(word);
        // `Ana Silva e Costa` is a name, `Books e Games` is none.
        let joined = matches!(*word, "e" | "y" | "i") && !is_given_name(words[0]);
        if other || joined || !letters {
            return false;
        }
        let core = word
            .strip_prefix("d'")
            .or_else(|| word.strip_prefix("d’"))
            .or_else(|| word.strip_prefix("al-"))
            .unwrap_or(word);
        if core.chars().next().is_some_and(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase())) {
            capitalised += 1;
        } else if !particle {
            return false;
        }
    }
    let initials = words.len() == 2 && words.iter().all(|w| is_capitals(w) && w.chars().count() <= 3);
    capitalised >= 2 && !initials && !has_acronym(&words)
}

/// Two words that a page sets apart by style alone: `BiographyIda`; `McRoe` is one.
fn is_glued(word: &str) -> bool {
    let inner =
        word.char_indices().zip(word.chars().skip(1)).find(|((_, c), next)| c.is_lowercase() && next.is_uppercase());
    inner.is_some_and(|((at, _), _)| at >= 3 && !word.starts_with("Fitz"))
}

/// A word that ends in a capital, as `RoeÅ` does, was decoded wrongly.
fn is_garbled(word: &str) -> bool {
    word.chars().any(char::is_lowercase) && word.chars().count() > 2 && word.ends_with(char::is_uppercase)
}

/// `MBX Harbour`, `Der BOTE`: capitals among small letters are an acronym, but `Ida ROE` has her surname so.
fn has_acronym(words: &[&str]) -> bool {
    let shouted = |w: &&str| is_capitals(w) && w.chars().filter(|c| c.is_alphabetic()).count() >= 3;
    let mixed = words.iter().any(shouted) && words.iter().any(|w| w.chars().any(char::is_lowercase) && !shouted(w));
    mixed && !words.first().is_some_and(|w| is_given_name(w))
}
