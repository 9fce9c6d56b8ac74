//! Web archives (ISO 28500): WARC records one after another, plain or each in a gzip member of its own.
//!
//! A damaged member costs its records alone: the next member is looked for. Ours, because offsets, damage and limits
//! have to be told record by record.

use super::limits::{Bounded, Counted, size};
use super::{Place, Trouble, Walk, http};
use annals_core::when::Day;
use std::io::{BufRead, Read};

/// Longest header of a record, in bytes.
const LONGEST_HEAD: u64 = 1 << 20;

/// The fields of a record's header that matter here.
#[derive(Default)]
struct Head {
    kind: String,
    id: Option<String>,
    url: Option<String>,
    captured: Option<Day>,
    content_type: Option<String>,
    is_cut: bool,
    len: Option<u64>,
}

impl Walk<'_> {
    /// Reads a web archive that is not compressed.
    pub(super) fn warc(&mut self, stream: &mut dyn BufRead, place: &Place) -> Result<(), Trouble> {
        self.is_container = true;
        let mut counted = Counted::new(stream);
        loop {
            let at = counted.position();
            match self.record(&mut counted, place, at) {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                Err(Trouble::Lost(reason)) => {
                    self.lost_part(place.record.clone(), format!("record at byte {at}: {reason}"))?;
                    if !next_record(&mut counted)? {
                        return Ok(());
                    }
                }
                Err(stop) => return Err(stop),
            }
        }
    }

    /// Reads a web archive of gzip members.
    pub(super) fn warc_gzip(&mut self, stream: &mut dyn BufRead, place: &Place) -> Result<(), Trouble> {
        self.is_container = true;
        let mut counted = Counted::new(stream);
        while !counted.fill_buf()?.is_empty() {
            let at = counted.position();
            let taken = counted.counter();
            let decoder = flate2::bufread::GzDecoder::new(&mut counted);
            let mut member = Bounded::over(decoder, taken, self.limits.ratio);
            let done = loop {
                match self.record(&mut member, place, at) {
                    Ok(true) => {}
                    Ok(false) => break Ok(()),
                    Err(trouble) => break Err(trouble),
                }
            };
            match done {
                Ok(()) => {}
                Err(Trouble::Lost(reason)) => {
                    self.lost_part(place.record.clone(), format!("record at byte {at}: {reason}"))?;
                    if !next_member(&mut counted)? {
                        return Ok(());
                    }
                }
                Err(stop) => return Err(stop),
            }
        }
        Ok(())
    }

    /// Reads one record. Returns false at the end.
    fn record(&mut self, stream: &mut dyn BufRead, place: &Place, at: u64) -> Result<bool, Trouble> {
        let Some(head) = head(stream)? else { return Ok(false) };
        let Some(len) = head.len else { return Err(Trouble::Lost("its header gives no length".into())) };
        let record = head.id.clone().unwrap_or_else(|| format!("byte {at}"));
        let mut part = place.within(&record);
        let is_page = matches!(head.kind.as_str(), "response" | "resource" | "conversion");
        if len > self.limits.document {
            if is_page {
                self.lost_part(part.record, format!("larger than {}", size(self.limits.document)))?;
            } else {
                self.pass_over(&format!("{} records", head.kind))?;
            }
            return if skip(stream, len)? { Ok(true) } else { Err(ends_early()) };
        }
        if !is_page {
            self.pass_over(&format!("{} records", head.kind))?;
            return if skip(stream, len)? { Ok(true) } else { Err(ends_early()) };
        }
        // Room for what is claimed, but no more than a page has: a claim costs nothing.
        let mut block = Vec::with_capacity(usize::try_from(len.min(1 << 18)).unwrap_or(0));
        stream.take(len).read_to_end(&mut block)?;
        if (block.len() as u64) < len {
            return Err(ends_early());
        }
        if head.is_cut {
            self.pass_over("cut short when they were captured, read as far as they go")?;
        }
        part.url = head.url;
        part.captured = head.captured;
        let is_http = head.content_type.as_deref().is_some_and(|c| c.starts_with("application/http"));
        if is_http || (head.kind == "response" && block.starts_with(b"HTTP/")) {
            match http::body(block, self.limits) {
                http::Answer::Page { body, content_type } => {
                    part.content_type = content_type;
                    self.document(body, part, None)?;
                }
                http::Answer::Other(kind) => self.pass_over(&kind)?,
                http::Answer::Damaged(reason) => self.lost_part(part.record, reason)?,
            }
        } else if head.content_type.as_deref().is_none_or(http::is_text) && head.kind != "response" {
            part.content_type = head.content_type;
            self.document(block, part, None)?;
        } else {
            self.pass_over(&format!("{} records", head.content_type.unwrap_or(head.kind)))?;
        }
        Ok(true)
    }
}

fn ends_early() -> Trouble {
    Trouble::Lost("the archive ends within it".into())
}

/// Skips bytes. Returns whether they were all there.
fn skip(stream: &mut dyn BufRead, len: u64) -> Result<bool, Trouble> {
    Ok(std::io::copy(&mut stream.take(len), &mut std::io::sink())? == len)
}

/// Reads a record's header; none at the end of the stream.
fn head(stream: &mut dyn BufRead) -> Result<Option<Head>, Trouble> {
    let mut stream = stream.take(LONGEST_HEAD);
    let mut line = Vec::new();
    // Records are parted by two line ends; some writers put more.
    loop {
        line.clear();
        if stream.read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if !line.trim_ascii().is_empty() {
            break;
        }
    }
    if !line.starts_with(b"WARC/") {
        return Err(Trouble::Lost("no WARC record begins here".into()));
    }
    let mut head = Head::default();
    loop {
        line.clear();
        if stream.read_until(b'\n', &mut line)? == 0 {
            return Err(Trouble::Lost("its header does not end".into()));
        }
        let text = String::from_utf8_lossy(line.trim_ascii());
        if text.is_empty() {
            return Ok(Some(head));
        }
        let Some((name, value)) = text.split_once(':') else { continue };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "warc-type" => head.kind = value.to_ascii_lowercase(),
            "warc-record-id" => {
                head.id = Some(value.trim_matches(['<', '>']).trim_start_matches("urn:uuid:").to_owned());
            }
            "warc-target-uri" => head.url = Some(value.trim_matches(['<', '>']).to_owned()),
            "warc-date" => head.captured = value.get(..10).and_then(|day| day.parse().ok()),
            "warc-truncated" => head.is_cut = true,
            "content-type" => head.content_type = Some(value.to_owned()),
            "content-length" => head.len = value.parse().ok(),
            _ => {}
        }
    }
}

/// Goes on to the next line that begins a record. Returns false at the end.
fn next_record(stream: &mut dyn BufRead) -> Result<bool, Trouble> {
    let mut line = Vec::new();
    loop {
        if stream.fill_buf()?.starts_with(b"WARC/") {
            return Ok(true);
        }
        line.clear();
        if stream.take(1 << 16).read_until(b'\n', &mut line)? == 0 {
            return Ok(false);
        }
    }
}

/// Goes on to the next bytes that begin a gzip member. Returns false at the end.
fn next_member(stream: &mut dyn BufRead) -> Result<bool, Trouble> {
    loop {
        let buffer = stream.fill_buf()?;
        if buffer.is_empty() {
            return Ok(false);
        }
        let here = buffer.iter().position(|b| *b == 0x1f).unwrap_or(buffer.len());
        let len = buffer.len();
        stream.consume(here);
        if here == len {
            continue;
        }
        // A reserved flag or another method is no member: chance alone would give one in 16 million positions.
        match stream.fill_buf()? {
            [0x1f, 0x8b, 8, flags, ..] if flags & 0xe0 == 0 => return Ok(true),
            [] => return Ok(false),
            // The buffer's last bytes: a member that begins there is lost with the damaged one.
            _ => stream.consume(1),
        }
    }
}
