//! From bytes to reports, one file per format behind one table.

mod byline;
mod charset;
mod clean;
mod credit;
mod dates;
mod draft;
mod explain;
mod feed;
mod format;
mod furniture;
mod head;
mod html;
mod item;
mod json;
mod mail;
mod office;
#[cfg(feature = "pdf")]
mod pdf;
mod plain;
mod published;
pub(crate) mod record;
mod row;
mod strip;
mod template;
mod unseen;
mod wire;
mod xml;

use annals_core::reading::words::LONGEST_READ;
use annals_core::report::{Report, Source};
use annals_core::when::Day;
use draft::Draft;
use format::{BinaryFormat, Format};

pub use explain::{Explained, Found, explain};
pub use row::Row;
pub use template::{Learner, Sketch, Templates};

/// Bytes as they came, and where from.
#[derive(Clone, Debug, Default)]
pub struct Capture<'a> {
    /// The bytes.
    pub bytes: &'a [u8],
    /// Where they were found.
    pub source: Source,
    /// The address they were fetched from, if known.
    pub url: Option<&'a str>,
    /// The `Content-Type` they came with, if known.
    pub content_type: Option<&'a str>,
    /// The day they were fetched, if known: nothing in them was published later.
    pub captured: Option<Day>,
    /// What a table's row says of them: they are then a text or page without a head of its own.
    pub row: Option<&'a Row>,
    /// What is known of the sites' frames.
    pub templates: Option<&'a Templates>,
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
    captured: Option<Day>,
    templates: Option<&'a Templates>,
}

/// A capture whose format reads the bytes as they are.
struct Binary<'a> {
    bytes: &'a [u8],
    source: &'a Source,
    url: Option<&'a str>,
    captured: Option<Day>,
    /// How many mails it lies in.
    depth: u8,
}

/// Decodes bytes into reports: one, or several from a container.
///
/// # Errors
/// When there is no text to keep: empty, binary, or a page without an article.
pub fn decode(capture: &Capture<'_>) -> Result<Vec<Report>, Refused> {
    decode_at(capture, 0)
}

/// Decodes bytes that lie in `depth` mails.
fn decode_at(capture: &Capture<'_>, depth: u8) -> Result<Vec<Report>, Refused> {
    if capture.content_type == Some(record::TYPE) {
        return unpanicked(|| record::decode(capture.bytes))
            .unwrap_or_else(|| Err(Refused { reason: "could not be decoded".into() }));
    }
    if let Some(format) = format::of_bytes(capture.bytes).filter(|_| capture.row.is_none()) {
        let binary = Binary {
            bytes: capture.bytes,
            source: &capture.source,
            url: capture.url,
            captured: capture.captured,
            depth,
        };
        return unpanicked(|| match format {
            BinaryFormat::Mail => mail::decode(&binary),
            BinaryFormat::Office => office::decode(&binary),
            #[cfg(feature = "pdf")]
            BinaryFormat::Pdf => pdf::decode(&binary),
            #[cfg(not(feature = "pdf"))]
            BinaryFormat::Pdf => Err(Refused { reason: "a PDF; this build reads none".into() }),
        })
        .unwrap_or_else(|| match format {
            // A letter is text: its words can be kept when its parts cannot be told.
            BinaryFormat::Mail => words_alone(&clean::clean(&charset::text(capture.bytes, None)), &capture.source),
            _ => Err(Refused { reason: "could not be decoded".into() }),
        });
    }
    // What a table calls text is text; a stray NUL in it is left out.
    if capture.row.is_none() {
        format::refuse_binary(capture.bytes)?;
    }
    let text = charset::text(capture.bytes, capture.content_type);
    let text = text.trim_start();
    let format = format::of(&clean::clean(front(text, FORMAT_SHOWS)), capture.content_type);
    // Markup may be far longer than the words in it; of plain text no more is looked at than will be read.
    let looked_at = if format == Format::Plain { front(text, LONGEST_READ) } else { text };
    let is_cut = looked_at.len() < text.len();
    let input = Input {
        text: clean::clean(looked_at),
        is_cut,
        source: &capture.source,
        url: capture.url,
        captured: capture.captured,
        templates: capture.templates,
    };
    let mut reports = match capture.row {
        Some(row) => row::decode(&input, row, format),
        None => guarded(&input, format),
    }?;
    let unseen = unseen::find(looked_at);
    reports.iter_mut().for_each(|report| unseen::warn(&unseen, report));
    Ok(reports)
}

/// Returns what a page shows of its site's frame; nothing of what is no page, or has no address.
pub fn sketch(capture: &Capture<'_>) -> Option<Sketch> {
    if capture.row.is_some()
        || format::of_bytes(capture.bytes).is_some()
        || format::refuse_binary(capture.bytes).is_err()
    {
        return None;
    }
    let text = charset::text(capture.bytes, capture.content_type);
    let text = clean::clean(&text);
    let is_page = format::of(front(&text, FORMAT_SHOWS), capture.content_type) == Format::Html;
    is_page.then(|| unpanicked(|| html::sketch(&text, capture.url)).flatten()).flatten()
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
    if format == Format::Plain {
        format::refuse_other(&input.text)?;
    }
    let run = || match format {
        Format::Plain => plain::decode(input),
        Format::Html => html::decode(input),
        Format::Feed => feed::decode(input),
        Format::Json => json::decode(input),
        Format::Wire => wire::decode(input),
    };
    unpanicked(run).unwrap_or_else(|| words_alone(&input.text, input.source))
}

/// Keeps the words of a text whose format could not be followed; the report says so.
fn words_alone(text: &str, source: &Source) -> Result<Vec<Report>, Refused> {
    let draft = Draft { body: strip::paragraphs(text), warnings: vec!["decoder-failed"], ..Draft::default() };
    if draft.body.is_empty() {
        return Err(Refused { reason: "could not be decoded".into() });
    }
    Ok(vec![draft.finish(source.clone())])
}

/// Runs a decoder. Returns nothing should it ever panic.
fn unpanicked<T>(run: impl FnOnce() -> T) -> Option<T> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).ok()
}
