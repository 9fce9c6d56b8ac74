//! A report: one published text with its metadata, each value with its ground.

use crate::text::{Span, Text};
use crate::when::When;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// The identity of a report: a hash of its page, outlet, date and text.
///
/// The page belongs to it because two outlets that print the same words are two reports; the same page with other
/// words is another report too. First 16 bytes of BLAKE3.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ReportId([u8; 16]);

/// The identity of a page: a hash of its address. The revisions of one page share it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PageId([u8; 16]);

/// Returns the first 16 bytes of the BLAKE3 hash of the fields, each preceded by its length.
pub fn digest(fields: &[&str]) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    for field in fields {
        hasher.update(&(field.len() as u64).to_le_bytes());
        hasher.update(field.as_bytes());
    }
    let mut out = [0; 16];
    out.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    out
}

fn hex(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    bytes.iter().try_for_each(|b| write!(f, "{b:02x}"))
}

impl ReportId {
    /// Returns the id of these bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> ReportId {
        ReportId(bytes)
    }

    /// Returns the id that these 32 hexadecimal digits write; none if they write none.
    pub fn of_hex(digits: &str) -> Option<ReportId> {
        let mut bytes = [0; 16];
        if digits.len() != 32 || !digits.is_ascii() {
            return None;
        }
        for (n, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&digits[2 * n..2 * n + 2], 16).ok()?;
        }
        Some(ReportId(bytes))
    }

    /// Returns its bytes.
    pub fn bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Display for ReportId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(&self.0, f)
    }
}

impl fmt::Debug for ReportId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(&self.0, f)
    }
}

impl fmt::Display for PageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(&self.0, f)
    }
}

impl fmt::Debug for PageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(&self.0, f)
    }
}

/// Where a report was found.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
pub struct Source {
    /// The file, relative to the input that was named; `-` for standard input.
    pub path: String,
    /// Which record inside a container: an item's id or number.
    pub record: Option<String>,
}

impl Source {
    /// Returns the source of a part: an item of a feed, a letter's attachment.
    pub fn within(&self, part: &str) -> Source {
        let record = self.record.as_ref().map_or_else(|| part.to_owned(), |record| format!("{record}/{part}"));
        Source { path: self.path.clone(), record: Some(record) }
    }
}

/// How a date is known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Basis {
    /// Printed for readers.
    Stated,
    /// Given to machines: meta tags, JSON-LD, a feed's item.
    Metadata,
    /// Worked out from what the report says and from other reports.
    Inferred,
}

impl Basis {
    /// Returns the name in the public record.
    pub fn name(self) -> &'static str {
        match self {
            Basis::Stated => "stated",
            Basis::Metadata => "metadata",
            Basis::Inferred => "inferred",
        }
    }
}

/// A value that was not taken.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Rival {
    /// The value as found.
    pub value: String,
    /// Why it lost, in a few plain words.
    pub why: String,
}

/// When a report was published, how that is known, and what else claimed to be the date.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Published {
    /// The day, or the interval.
    pub when: When,
    /// How it is known.
    pub basis: Basis,
    /// The words it rests on, if they stand in the text.
    pub evidence: Vec<Span>,
    /// For an inferred date: the chain of reasons. For metadata: where it stood.
    pub ground: String,
    /// The values refused.
    pub rivals: Vec<Rival>,
}

/// How a report names another newsroom.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum CreditKind {
    /// `(AP)` at the end, `Source: …`, an agency in the dateline or byline: the text is theirs.
    Line,
    /// `… contributed to this report`, where a newsroom is named.
    Contributed,
    /// `…, he told AGENCY`: an interview given to that newsroom.
    Told,
    /// A photo or picture line: the picture is theirs, the text is not.
    Photo,
}

/// A newsroom named as where words or pictures come from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Credit {
    /// Its name as printed.
    pub name: String,
    /// In what way.
    pub kind: CreditKind,
    /// Where in the text; none for a line that was removed (photo captions).
    pub span: Option<Span>,
}

/// Something taken out of the page, kept by kind.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Removed {
    /// `share`, `related`, `caption`, `repeat-title`, `read-time`, `contact`, `section`, `running-head`, `chrome`, …
    pub kind: Cow<'static, str>,
    /// The words.
    pub exact: String,
}

/// One published text with its metadata.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Report {
    /// Its identity.
    pub id: ReportId,
    /// Its page's identity.
    pub page: PageId,
    /// Where it was found.
    pub source: Source,
    /// Its address on the web, if it gives one.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The authors: people only.
    pub byline: Vec<String>,
    /// Newsrooms named as where words or pictures come from.
    pub credit: Vec<Credit>,
    /// The place it was filed from.
    pub dateline: Option<String>,
    /// The part of the paper it stands in, as the outlet names it: `Politics`.
    pub section: Option<String>,
    /// The language, BCP 47.
    pub language: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// Its words.
    pub text: Text,
    /// What was taken out.
    pub removed: Vec<Removed>,
    /// What went less than well: `no-date`, `no-title`, `garbled-text`, `not-english`, `unclear-date` (day and month cannot be told apart),
    /// `summary-only` (the page shows no text); sorted, each once.
    pub warnings: Vec<Cow<'static, str>>,
    /// Which frame of its site was known when it was decoded: a digest.
    pub template: Option<String>,
}

impl Report {
    /// Returns a report of a text alone; metadata is filled in by the caller, who then calls [`Report::seal`].
    pub fn new(source: Source, text: Text) -> Report {
        Report {
            id: ReportId([0; 16]),
            page: PageId([0; 16]),
            source,
            url: None,
            outlet: None,
            title: None,
            byline: Vec::new(),
            credit: Vec::new(),
            dateline: None,
            section: None,
            language: None,
            published: None,
            text,
            removed: Vec::new(),
            warnings: Vec::new(),
            template: None,
        }
        .seal()
    }

    /// Returns the report with its identities computed from its final content.
    #[must_use]
    pub fn seal(mut self) -> Report {
        let record = self.source.record.as_deref().unwrap_or("");
        self.page = PageId(match &self.url {
            Some(url) => digest(&["url", url]),
            None => digest(&["path", &self.source.path, record]),
        });
        let published = self.published.as_ref().map(|p| format!("{}/{}", p.when.from(), p.when.to()));
        self.id = ReportId(digest(&[
            &self.page.to_string(),
            self.outlet.as_deref().unwrap_or(""),
            published.as_deref().unwrap_or(""),
            self.text.as_str(),
        ]));
        self.warnings.sort_unstable();
        self.warnings.dedup();
        self
    }

    /// Returns the outlet, else the site of its address, else the file: what to call the report's publisher.
    pub fn outlet_or_source(&self) -> &str {
        self.outlet.as_deref().unwrap_or(&self.source.path)
    }

    /// Returns what to call a report in a sentence: its outlet, else the site of its address, else its headline in quotation
    /// marks, and only then its file.
    pub fn called(&self) -> Cow<'_, str> {
        let site =
            || self.url.as_deref()?.split("://").nth(1)?.split(['/', ':', '?']).next().filter(|s| s.contains('.'));
        if let Some(name) = self.outlet.as_deref().or_else(site) {
            return Cow::Borrowed(name.strip_prefix("www.").unwrap_or(name));
        }
        match self.title.as_deref().filter(|t| !t.trim().is_empty()) {
            Some(title) => Cow::Owned(format!("“{}”", opening(title.trim()))),
            None => Cow::Borrowed(&self.source.path),
        }
    }

    /// Returns the published interval, if known.
    pub fn when(&self) -> Option<&When> {
        self.published.as_ref().map(|p| &p.when)
    }
}

/// Letters of a headline that stands for its report.
const OPENING: usize = 40;

/// Returns the first words of a headline, with dots where it goes on.
fn opening(title: &str) -> String {
    let mut told = String::new();
    for word in title.split_whitespace() {
        if !told.is_empty() && told.chars().count() + 1 + word.chars().count() > OPENING {
            told.push('…');
            break;
        }
        if !told.is_empty() {
            told.push(' ');
        }
        told.push_str(word);
    }
    told
}
