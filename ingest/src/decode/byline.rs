//! Who wrote it: people out of `By …` lines and metadata; newsrooms, desks and user names apart.

use super::clean::{is_capitals, uncapitalise};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static NEWSROOM: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    include_str!("lang/newsroom.txt").lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace).collect()
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

/// What may stand before the names. The flag tells those after which a single piece is surely an author.
const OPENERS: &[&str] = &[
    "by:",
    "by ",
    "words:",
    "words by ",
    "words by:",
    "text:",
    "text by ",
    "story by ",
    "story:",
    "written by ",
    "written by:",
    "reported by ",
    "article by ",
    "article by:",
    "author:",
    "author ",
    "authors:",
    "report by ",
    "report:",
    "posted by ",
    "published by ",
    "byline:",
    "von ",
    "par ",
];

/// Returns the line without its opener, if it opens as a byline does.
pub(crate) fn opened(line: &str) -> Option<&str> {
    let line = line.trim();
    let line = line.strip_prefix(['—', '–', '-', '|', '•', '·', '*']).map_or(line, str::trim_start);
    OPENERS.iter().find_map(|opener| {
        let head = line.get(..opener.len())?;
        head.eq_ignore_ascii_case(opener).then(|| line[opener.len()..].trim_start_matches([':', ' ']))
    })
}

/// Reads the names of a byline or of an author field, its opener and dates already taken away.
pub(crate) fn names(line: &str) -> Byline {
    let mut byline = Byline::default();
    let line = opened(line).unwrap_or(line);
    let line = cut_role(line);
    for (n, piece) in pieces(line).into_iter().enumerate() {
        let piece = piece.trim_matches(|c: char| !c.is_alphanumeric() && c != '.').trim_end_matches('.');
        if piece.is_empty() {
            continue;
        }
        let piece = opened(piece).unwrap_or(piece);
        if is_newsroom(piece) {
            byline.newsrooms.push(piece.to_owned());
        } else if is_person(piece) {
            let name = uncapitalise(piece, "");
            if !byline.people.contains(&name) {
                byline.people.push(name);
            }
        } else if n == 0 && byline.people.is_empty() && !piece.contains(' ') {
            // `admin_np`, `Dailypost`: no person, and what follows says no more.
            continue;
        }
    }
    byline
}

/// A name may be followed by a role or a place: `Ida Roe in Vell`, `Bo Arn, political editor`.
fn cut_role(line: &str) -> &str {
    let lower = line.to_lowercase();
    if lower.len() != line.len() {
        return line;
    }
    let cut = [" for the ", " for ", " at ", " from ", " updated", " published", " posted"]
        .iter()
        .filter_map(|w| lower.find(w))
        .min();
    line.get(..cut.unwrap_or(line.len())).unwrap_or(line)
}

const SEPARATORS: &[&str] = &[" and ", " AND ", " und ", " et ", " y ", " with ", " in ", " - "];

fn pieces(line: &str) -> Vec<&str> {
    let mut out: Vec<&str> = Vec::new();
    for piece in line.split([',', ';', '|', '·', '•', '/', '&', '(', ')', '\n', '—', '–', '+']) {
        let mut rest = piece;
        // What follows `in` is the place where somebody worked.
        let mut place = false;
        while let Some((at, word)) = SEPARATORS.iter().filter_map(|w| rest.find(w).map(|at| (at, *w))).min() {
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

/// Says whether words read as a person's name: two to five capitalised words without digits.
pub(crate) fn is_person(name: &str) -> bool {
    const PARTICLES: &[&str] = &[
        "de", "da", "di", "del", "della", "der", "den", "dos", "du", "la", "le", "van", "von", "bin", "ibn", "al",
        "el", "ter", "ten", "af", "zu", "e",
    ];
    const NOT_NAMES: &[&str] = &[
        "the",
        "a",
        "an",
        "of",
        "in",
        "on",
        "to",
        "for",
        "from",
        "with",
        "and",
        "or",
        "us",
        "more",
        "read",
        "share",
        "last",
        "latest",
        "all",
        "new",
        "this",
        "that",
        "your",
        "our",
        "my",
        "by",
        "at",
        "posted",
        "published",
        "updated",
        "view",
        "full",
        "about",
        "contact",
        "home",
        "no",
        "comments",
        "comment",
        "min",
        "minute",
        "minutes",
        "mins",
        "follow",
        "subscribe",
        "january",
        "february",
        "april",
        "june",
        "july",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "photo",
        "special",
        "time",
        "standard",
        "breaking",
        "news",
        "breaking",
        "exclusive",
        "veröffentlicht",
        "aktualisiert",
        "aktualisierung",
        "letzte",
        "uhr",
        "stand",
        "senior",
        "junior",
        "chief",
        "director",
        "manager",
        "analyst",
        "president",
        "professor",
        "loading",
        "advertisement",
        "privacy",
        "policy",
    ];
    let words: Vec<&str> = name.split_whitespace().collect();
    if !(2..=5).contains(&words.len()) || name.chars().count() > 48 || has_newsroom_word(name) {
        return false;
    }
    let mut capitalised = 0;
    for word in &words {
        let lower = word.to_lowercase();
        if NOT_NAMES.contains(&lower.as_str())
            || !word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '.' | '‘'))
        {
            return false;
        }
        let core = word
            .strip_prefix("d'")
            .or_else(|| word.strip_prefix("d’"))
            .or_else(|| word.strip_prefix("al-"))
            .unwrap_or(word);
        if core.chars().next().is_some_and(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase())) {
            capitalised += 1;
        } else if !PARTICLES.contains(&lower.as_str()) {
            return false;
        }
    }
    capitalised >= 2 && !(words.len() == 2 && words.iter().all(|w| is_capitals(w) && w.chars().count() <= 3))
}
