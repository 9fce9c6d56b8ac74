//! What people type into a search box, as clauses: `pump "public hearing" person:lund after:2031-05-06 -garden`.

use crate::marks;
use std::fmt;

/// What is looked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Asked {
    /// A word of the text or title; with `prefix`, one that begins so.
    Word {
        /// The word.
        word: String,
        /// Whether more may follow.
        prefix: bool,
    },
    /// Words in this order.
    Phrase(String),
    /// A name in a field: `person`, `org`, `place`, `outlet`; a letter may be wrong.
    Name {
        /// The field.
        field: &'static str,
        /// The name or a part of it.
        name: String,
        /// Whether more letters may follow.
        prefix: bool,
    },
    /// A mark: `status:called_off`, `has:figure`, `language:en`.
    Mark {
        /// The field.
        field: &'static str,
        /// The mark.
        mark: String,
    },
    /// Published on this day or later: days since 1970-01-01.
    After(i64),
    /// Published on this day or earlier.
    Before(i64),
}

/// A condition that each result meets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Clause {
    /// What is looked for.
    pub asked: Asked,
    /// Whether it must not be there.
    pub not: bool,
}

impl Clause {
    /// Says whether only a whole reading of a report tells if it meets the condition.
    pub fn is_on_marks(&self) -> bool {
        matches!(&self.asked, Asked::Mark { field, mark } if marks::bit(field, mark).is_some())
    }
}

/// All conditions.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Query {
    /// The conditions.
    pub clauses: Vec<Clause>,
}

/// Why a query cannot be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unclear(pub String);

impl fmt::Display for Unclear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unclear {}

/// Fields that hold names, with the words that people use for them.
const NAMES: [(&str, &str); 7] = [
    ("person", "person"),
    ("who", "person"),
    ("org", "org"),
    ("organization", "org"),
    ("organisation", "org"),
    ("place", "place"),
    ("outlet", "outlet"),
];

/// Marks, and what may be asked of each. Their places are kept on disk: new ones go to the end, and `marks` counts them.
pub(crate) const STATUSES: [&str; 7] = ["planned", "ongoing", "held", "postponed", "called_off", "denied", "unclear"];
pub(crate) const PARTS: [&str; 4] = ["figure", "statement", "event", "quote"];

impl Query {
    /// Reads a query. `day` turns a date as written into days since 1970-01-01.
    ///
    /// # Errors
    /// Names what cannot be read and what could be written instead.
    pub fn parse(text: &str, day: impl Fn(&str) -> Option<i64>) -> Result<Query, Unclear> {
        let mut clauses = Vec::new();
        for piece in pieces(text) {
            let (not, piece) = match piece.strip_prefix('-').filter(|rest| !rest.is_empty()) {
                Some(rest) => (true, rest),
                None => (false, piece.as_str()),
            };
            clauses.push(Clause { asked: asked(piece, &day)?, not });
        }
        Ok(Query { clauses })
    }
}

/// Cuts at spaces outside quotation marks; typographic ones count as straight ones.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut is_quoted = false;
    for c in text.chars() {
        match c {
            '"' | '“' | '”' | '„' => {
                is_quoted = !is_quoted;
                pieces.last_mut().into_iter().for_each(|p| p.push('"'));
            }
            c if c.is_whitespace() && !is_quoted => pieces.push(String::new()),
            c => pieces.last_mut().into_iter().for_each(|p| p.push(c)),
        }
    }
    pieces.retain(|p| p.chars().any(char::is_alphanumeric));
    pieces
}

fn asked(piece: &str, day: &impl Fn(&str) -> Option<i64>) -> Result<Asked, Unclear> {
    let bare = |s: &str| s.trim_matches('"').trim().to_owned();
    let field = piece.split_once(':').filter(|(f, v)| !v.is_empty() && f.chars().all(|c| c.is_ascii_alphabetic()));
    let Some((field, value)) = field else {
        if piece.contains('"') {
            return Ok(Asked::Phrase(bare(piece)));
        }
        let prefix = piece.ends_with('*');
        return Ok(Asked::Word { word: piece.trim_end_matches('*').to_owned(), prefix });
    };
    let value = bare(value);
    let lower = field.to_ascii_lowercase();
    let a_day =
        |value: &str| day(value).ok_or_else(|| Unclear(format!("{field}:{value}: write a day as {field}:2031-05-06")));
    let one_of = |field: &'static str, all: &[&'static str]| {
        let mark = value.to_ascii_lowercase().replace([' ', '-'], "_");
        match all.contains(&mark.as_str()) {
            true => Ok(Asked::Mark { field, mark }),
            false => Err(Unclear(format!("{field}:{value} is not known. Known are {}", all.join(", ")))),
        }
    };
    if let Some((_, field)) = NAMES.iter().find(|(word, _)| *word == lower) {
        let prefix = value.ends_with('*');
        return Ok(Asked::Name { field, name: value.trim_end_matches('*').to_owned(), prefix });
    }
    match lower.as_str() {
        "after" | "since" => Ok(Asked::After(a_day(&value)?)),
        "before" | "until" => Ok(Asked::Before(a_day(&value)?)),
        "status" => one_of("status", &STATUSES),
        "has" => one_of("has", &PARTS),
        "language" | "lang" => Ok(Asked::Mark { field: "language", mark: value.to_ascii_lowercase() }),
        _ => Err(Unclear(format!(
            "{field}: is no field. Fields are person, org, place, outlet, after, before, status, has, language; put words \
             with a colon in quotation marks"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Query, Unclear> {
        Query::parse(text, |d| (d == "2031-05-06").then_some(22_405))
    }

    #[test]
    fn words_phrases_fields_and_refusals() {
        let query = parse("pump* “public hearing” person:\"Ada Lund\" after:2031-05-06 -status:called-off").unwrap();
        let asked: Vec<&Asked> = query.clauses.iter().map(|c| &c.asked).collect();
        assert_eq!(*asked[0], Asked::Word { word: "pump".into(), prefix: true });
        assert_eq!(*asked[1], Asked::Phrase("public hearing".into()));
        assert_eq!(*asked[2], Asked::Name { field: "person", name: "Ada Lund".into(), prefix: false });
        assert_eq!(*asked[3], Asked::After(22_405));
        assert_eq!(*asked[4], Asked::Mark { field: "status", mark: "called_off".into() });
        assert!(query.clauses[4].not);
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for (text, named) in
            [("after:tuesday", "after:2031-05-06"), ("has:wings", "figure"), ("colour:red", "no field")]
        {
            let said = parse(text).unwrap_err().to_string();
            assert!(said.contains(named), "{text}: {said}");
        }
        assert_eq!(parse("  “ ” * ").unwrap(), Query::default());
    }
}
