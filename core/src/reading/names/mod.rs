//! Who and what is named: mentions typed person, organization, place, and joined within the report.

mod atoms;
mod cues;
mod headlines;
mod join;
mod roles;
mod runs;
mod standins;

use self::atoms::Sheet;
use super::words::Words;
use crate::text::{Span, Text};
use serde::{Deserialize, Serialize};

/// What kind of thing bears a name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum NameKind {
    /// A person.
    Person,
    /// An organization: company, ministry, party, agency; also a country or building acting as one ("Washington").
    Organization,
    /// A place.
    Place,
    /// Anything else with a name.
    Other,
}

/// One place where somebody or something is named or meant.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Mention {
    /// The words that name it, without title or role: `Lund` in "Mr Lund", `she`, `the minister`.
    pub span: Span,
    /// Its bearer: index into [`Names::names`].
    pub name: usize,
    /// Whether the words are a proper name (else a pronoun or a role that stands for one).
    pub proper: bool,
}

/// Somebody or something that the report names.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Name {
    /// What it is.
    pub kind: NameKind,
    /// Its fullest form as printed.
    pub full: Span,
    /// Its titles and roles as printed: "Health Minister", "chair of the guild".
    pub roles: Vec<Span>,
    /// The acronym introduced for it, "(QDWF)".
    pub acronym: Option<Span>,
}

/// The names of one report.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Names {
    /// In text order; they do not overlap.
    pub mentions: Vec<Mention>,
    /// In order of first mention.
    pub names: Vec<Name>,
}

impl Names {
    /// Returns the mentions that lie inside a span, in text order.
    pub fn inside(&self, span: Span) -> impl Iterator<Item = &Mention> {
        let from = self.mentions.partition_point(|m| m.span.start() < span.start());
        self.mentions[from..].iter().take_while(move |m| m.span.end() <= span.end())
    }

    /// Returns the name meant at a span: that of the last person mentioned inside it, else of the last mention.
    pub fn at(&self, span: Span) -> Option<usize> {
        let person = self.inside(span).filter(|m| self.names[m.name].kind == NameKind::Person).last();
        person.or_else(|| self.inside(span).last()).map(|m| m.name)
    }
}

/// Finds the names of all parts that are read.
pub fn find(text: &Text, words: &Words) -> Names {
    let sheet = Sheet::of(text, words);
    let mut found = Vec::new();
    for (number, line) in sheet.lines.iter().enumerate() {
        if !line.headline {
            runs::cut(&sheet, number, &mut found);
        }
    }
    roles::add(&sheet, &mut found);
    headlines::echo(&sheet, &mut found);
    let mut joined = join::join(&sheet, &found);
    standins::add(&sheet, &mut joined);
    joined.names()
}
