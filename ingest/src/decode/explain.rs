//! What `decode` took from where, for people who want to know why: the same decoder, then a search for each value on
//! the page.

use super::format::{self, BinaryFormat, Format};
use super::{Capture, FORMAT_SHOWS, Refused, charset, clean, decode, front, html};
use annals_core::report::Report;

/// What was made of bytes, and of what.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explained {
    /// The format: `a web page`.
    pub format: &'static str,
    /// The charset and how it is known; none for binary formats.
    pub charset: Option<String>,
    /// What came out.
    pub reports: Result<Vec<Report>, Refused>,
    /// For a page: each value of its head, and where it stands on the page, best first.
    pub found: Vec<Found>,
}

/// A value and its places.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// `title`, `byline`, `outlet`, `section`, `language`, `url`.
    pub field: &'static str,
    /// The value as taken.
    pub value: String,
    /// Where the same words stand: `h1`, `og:title`, `JSON-LD headline`. Empty where they were put together.
    pub places: Vec<String>,
}

/// Decodes bytes and says what was taken from where.
pub fn explain(capture: &Capture<'_>) -> Explained {
    let reports = decode(capture);
    let binary = format::of_bytes(capture.bytes).filter(|_| capture.row.is_none());
    if let Some(binary) = binary {
        let format = match binary {
            BinaryFormat::Mail => "an e-mail",
            BinaryFormat::Office => "a word processor's document",
            BinaryFormat::Pdf => "a PDF",
        };
        return Explained { format, charset: None, reports, found: Vec::new() };
    }
    if format::refuse_binary(capture.bytes).is_err() {
        return Explained { format: "no text", charset: None, reports, found: Vec::new() };
    }
    let text = clean::clean(&charset::text(capture.bytes, capture.content_type));
    let charset = Some(charset::of(capture.bytes, capture.content_type).said());
    let format = format::of(front(&text, FORMAT_SHOWS), capture.content_type);
    let found = match (&reports, format) {
        (Ok(reports), Format::Html) => reports.first().map(|r| html::places(&text, r)).unwrap_or_default(),
        _ => Vec::new(),
    };
    Explained { format: name(format), charset, reports, found }
}

fn name(format: Format) -> &'static str {
    match format {
        Format::Plain => "plain text",
        Format::Html => "a web page",
        Format::Feed => "a feed (RSS, Atom or RDF)",
        Format::Json => "JSON: a feed or a news item",
        Format::Wire => "a news item in XML (NITF or NewsML)",
    }
}
