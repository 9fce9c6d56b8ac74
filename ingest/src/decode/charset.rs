//! Bytes to text: byte order mark, valid UTF-8, the declared charset, then a guess. Never fails.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// Bytes in which a declaration or a sign of the charset is looked for.
const LOOK: usize = 4_096;

/// The charset of some bytes, and how it is known.
pub(super) struct Charset {
    encoding: &'static Encoding,
    /// Bytes of the mark in front.
    mark: usize,
    ground: &'static str,
}

impl Charset {
    /// Returns name and ground: `windows-1252, declared`.
    pub(super) fn said(&self) -> String {
        format!("{}, {}", self.encoding.name(), self.ground)
    }
}

/// Returns the text of the bytes.
pub(super) fn text<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Cow<'a, str> {
    let charset = of(bytes, content_type);
    charset.encoding.decode_without_bom_handling(&bytes[charset.mark..]).0
}

/// Returns the charset of the bytes.
pub(super) fn of(bytes: &[u8], content_type: Option<&str>) -> Charset {
    let known = |encoding, ground| Charset { encoding, mark: 0, ground };
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Charset { encoding, mark, ground: "by its byte order mark" };
    }
    if std::str::from_utf8(bytes).is_ok() {
        return known(UTF_8, "valid throughout");
    }
    let named = |label: String| Encoding::for_label(label.as_bytes());
    let stated = content_type.and_then(|c| after(c.as_bytes(), b"charset=")).and_then(named);
    let declared = stated.or_else(|| declared(&bytes[..bytes.len().min(LOOK)]).and_then(named).map(of_ascii));
    // UTF-8 with a few broken bytes is still UTF-8: windows-1252 text has far more of them.
    match declared {
        Some(encoding) if encoding != UTF_8 => known(encoding, "declared"),
        _ if mostly_utf8(bytes) => known(UTF_8, "valid but for a few bytes, which are lost"),
        _ => known(guess(bytes), "guessed from its bytes"),
    }
}

/// A declaration that could be read here cannot stand in UTF-16: UTF-8 is meant (HTML standard, 13.2.3.2).
fn of_ascii(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(1 << 20)], true);
    let found = detector.guess(None, chardetng::Utf8Detection::Deny);
    if found == UTF_8 { WINDOWS_1252 } else { found }
}

/// Says whether most of the bytes beyond ASCII are whole UTF-8 characters.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken * 4
}

/// Reads `<meta charset=…>`, `content="text/html; charset=…"` and `<?xml … encoding="…"?>`.
fn declared(head: &[u8]) -> Option<String> {
    let lower = head.to_ascii_lowercase();
    let xml = lower.starts_with(b"<?xml").then(|| after(&lower, b"encoding=")).flatten();
    xml.or_else(|| after(&lower, b"charset="))
}

fn after(bytes: &[u8], key: &[u8]) -> Option<String> {
    let lower = bytes.to_ascii_lowercase();
    let at = lower.windows(key.len()).position(|w| w == key)? + key.len();
    let label: Vec<u8> = lower[at..]
        .iter()
        .copied()
        .skip_while(|b| matches!(b, b'"' | b'\'' | b' '))
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        .collect();
    String::from_utf8(label).ok().filter(|l| !l.is_empty())
}
