//! From bytes to reports, one file per format behind one table.

mod byline;
mod charset;
mod clean;
mod credit;
mod dates;
mod draft;
mod feed;
mod format;
mod furniture;
mod head;
mod html;
mod plain;
mod strip;

use annals_core::reading::words::LONGEST_READ;
use annals_core::report::{Report, Source};
use draft::Draft;
use format::Format;

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

/// A capture whose characters are known.
struct Input<'a> {
    text: String,
    /// Longer than a text that is read: its end is left out.
    is_cut: bool,
    source: &'a Source,
    url: Option<&'a str>,
}

/// Decodes bytes into reports: one, or several from a container.
///
/// # Errors
/// When there is no text to keep: empty, binary, or a page without an article.
pub fn decode(capture: &Capture<'_>) -> Result<Vec<Report>, Refused> {
    format::refuse_binary(capture.bytes)?;
    let text = charset::text(capture.bytes, capture.content_type);
    let format = format::of(&clean::clean(front(&text, FORMAT_SHOWS)), capture.content_type);
    // Markup may be far longer than the words in it; of plain text no more is looked at than will be read.
    let looked_at = if format == Format::Plain { front(&text, LONGEST_READ) } else { &text };
    let is_cut = looked_at.len() < text.len();
    let input = Input { text: clean::clean(looked_at), is_cut, source: &capture.source, url: capture.url };
    guarded(&input, format)
}

/// Bytes that show the format of a text.
const FORMAT_SHOWS: usize = 16_384;

/// Returns the text's beginning, at most `len` bytes.
fn front(text: &str, len: usize) -> &str {
    let mut end = len.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Runs a format's decoder; should one ever panic, the words alone are kept and the report says so.
fn guarded(input: &Input<'_>, format: Format) -> Result<Vec<Report>, Refused> {
    let run = || match format {
        Format::Plain => plain::decode(input),
        Format::Html => html::decode(input),
        Format::Feed => feed::decode(input),
    };
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).unwrap_or_else(|_| {
        let draft =
            Draft { body: strip::paragraphs(&input.text), warnings: vec!["decoder-failed"], ..Draft::default() };
        if draft.body.is_empty() {
            return Err(Refused { reason: "could not be decoded".into() });
        }
        Ok(vec![draft.finish(input.source.clone())])
    })
}
