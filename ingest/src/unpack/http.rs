//! An HTTP answer as a web archive keeps it: status, headers, and a body that may be in chunks and compressed.

use super::Limits;
use super::limits::Bounded;
use std::io::Read;

/// Encodings of one body, one over the other, that are undone; servers use one, by mistake two.
const MOST_ENCODINGS: usize = 4;

/// What an answer is to us.
pub(super) enum Answer {
    /// A body that may be a report.
    Page { body: Vec<u8>, content_type: Option<String> },
    /// Something else, by kind: an error page, a picture.
    Other(String),
    /// A body that cannot be had.
    Damaged(String),
}

/// Returns the body of an answer.
pub(super) fn body(mut block: Vec<u8>, limits: &Limits) -> Answer {
    let Some(end) = end_of_head(&block) else {
        return Answer::Damaged("an HTTP answer without an end of its headers".into());
    };
    let head = String::from_utf8_lossy(&block[..end]).into_owned();
    block.drain(..end);
    let mut lines = head.lines();
    let status = lines.next().and_then(|l| l.split(' ').nth(1)).unwrap_or("");
    if !(status.starts_with('2') && status.len() == 3) {
        return Answer::Other(format!("answers with status {}", if status.is_empty() { "unknown" } else { status }));
    }
    let (mut content_type, mut encodings, mut is_chunked) = (None, Vec::new(), false);
    for line in lines {
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "content-type" => content_type = Some(value.to_owned()),
            "content-encoding" => encodings.extend(value.split(',').map(|e| e.trim().to_ascii_lowercase())),
            "transfer-encoding" => is_chunked |= value.to_ascii_lowercase().contains("chunked"),
            _ => {}
        }
    }
    if let Some(kind) = content_type.as_deref().filter(|c| !is_text(c)) {
        let kind = kind.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
        return Answer::Other(format!("{kind} answers"));
    }
    if encodings.len() > MOST_ENCODINGS {
        return Answer::Damaged(format!("its body is encoded {} times over", encodings.len()));
    }
    let mut body = if is_chunked { unchunk(&block).unwrap_or(block) } else { block };
    for encoding in encodings.iter().rev() {
        match inflate(&body, encoding, limits) {
            Ok(plain) => body = plain,
            // Crawlers often keep the header of an encoding that they have undone.
            Err(_) if looks_like_text(&body) => {}
            Err(reason) => return Answer::Damaged(reason),
        }
    }
    Answer::Page { body, content_type }
}

/// Says whether a content type may hold a report. One that is missing or vague may.
pub(super) fn is_text(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    let is_code = matches!(kind.as_str(), "text/css" | "text/javascript" | "text/calendar" | "text/csv" | "text/vtt");
    const DOCUMENTS: [&str; 12] = [
        "",
        "application/xhtml+xml",
        "application/xml",
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/pdf",
        "application/octet-stream",
        "application/vnd.oasis.opendocument.text",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "message/rfc822",
    ];
    (kind.starts_with("text/") && !is_code) || DOCUMENTS.contains(&kind.as_str())
}

/// Returns where the body begins: behind the first empty line.
fn end_of_head(block: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(end) = block[at..].iter().position(|b| *b == b'\n') {
        let line = &block[at..at + end];
        at += end + 1;
        if line.trim_ascii().is_empty() {
            return Some(at);
        }
    }
    None
}

/// Joins the chunks of a body; none if it is not in chunks after all. A last chunk cut short is kept.
fn unchunk(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    loop {
        let end = body.iter().take(80).position(|b| *b == b'\n');
        let Some(end) = end else { return (!out.is_empty()).then_some(out) };
        let line = std::str::from_utf8(&body[..end]).ok()?;
        let len = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        body = &body[end + 1..];
        if len == 0 {
            return Some(out);
        }
        out.extend_from_slice(&body[..len.min(body.len())]);
        body = body.get(len..).unwrap_or(&[]);
        body = body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n")).unwrap_or(body);
    }
}

fn inflate(body: &[u8], encoding: &str, limits: &Limits) -> Result<Vec<u8>, String> {
    let run = |decoder: &mut dyn Read| {
        let mut out = Vec::new();
        let done = decoder.take(limits.document.saturating_add(1)).read_to_end(&mut out);
        if out.len() as u64 > limits.document {
            return Err(format!("larger than {} when unpacked", super::limits::size(limits.document)));
        }
        match done {
            // A body cut short in transit is still worth its beginning.
            Err(error) if error.kind() != std::io::ErrorKind::UnexpectedEof || out.is_empty() => {
                Err(format!("its {encoding} body is damaged: {error}"))
            }
            _ => Ok(out),
        }
    };
    match encoding {
        "" | "identity" | "none" => Ok(body.to_vec()),
        "gzip" | "x-gzip" => run(&mut Bounded::new(body, limits.ratio, flate2::bufread::MultiGzDecoder::new)),
        "deflate" if is_zlib(body) => run(&mut Bounded::new(body, limits.ratio, flate2::bufread::ZlibDecoder::new)),
        "deflate" => run(&mut Bounded::new(body, limits.ratio, flate2::bufread::DeflateDecoder::new)),
        "br" => run(&mut Bounded::new(body, limits.ratio, |b| brotli_decompressor::Decompressor::new(b, 1 << 16))),
        "zstd" => match zstd::stream::read::Decoder::with_buffer(body) {
            Ok(mut decoder) => run(&mut decoder),
            Err(error) => Err(format!("its zstd body is damaged: {error}")),
        },
        other => Err(format!("its body is encoded as {other}, which is not read")),
    }
}

/// The header of a zlib stream: method 8 and a checksum of two bytes (RFC 1950).
fn is_zlib(body: &[u8]) -> bool {
    matches!(body, [a, b, ..] if a & 0x0f == 8 && (u16::from(*a) << 8 | u16::from(*b)) % 31 == 0)
}

fn looks_like_text(body: &[u8]) -> bool {
    let head = &body[..body.len().min(1_024)];
    let odd = head.iter().filter(|b| **b < 0x20 && !matches!(b, b'\n' | b'\r' | b'\t')).count();
    odd * 50 <= head.len()
}
