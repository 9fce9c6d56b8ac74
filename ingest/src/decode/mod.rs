//! From bytes to reports, one file per format behind one table.

use annals_core::report::{Report, Source};
use annals_core::text::{PartKind, Text};

/// Bytes as they came, and where from.
#[derive(Clone, Debug)]
pub struct Capture<'a> {
    /// The bytes.
    pub bytes: &'a [u8],
    /// Where they were found.
    pub source: Source,
    /// The address they were fetched from, if known.
    pub url: Option<&'a str>,
    /// The `Content-Type` they came with, if known.
    pub content_type: Option<&'a str>,
}

/// Why bytes gave no report: a plain reason for the ledger.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused {
    /// What was wrong, in plain words.
    pub reason: String,
}

/// Decodes bytes into reports: one, or several from a container.
///
/// # Errors
/// When there is no text to keep: empty, binary, or a page without an article.
pub fn decode(capture: &Capture<'_>) -> Result<Vec<Report>, Refused> {
    let words = String::from_utf8_lossy(capture.bytes);
    if words.trim().is_empty() {
        return Err(Refused { reason: "empty file".into() });
    }
    let text = Text::from_paragraphs(words.split("\n\n").map(|p| (PartKind::Body, p)));
    Ok(vec![Report::new(capture.source.clone(), text)])
}
