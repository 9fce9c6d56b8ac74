//! The evidence pack: a ZIP of the documents as received, their hashes, the record, the texts and the page, with a page on
//! how to check it and a program that does. Times are fixed and the order is that of the inputs: the same bytes each time.

use super::sha256::sha256;
use crate::app::brief::{Brief, Entry};
use crate::app::captures::Received;
use crate::view::{html, json};
use anyhow::Result;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{Seek, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

const README: &str = include_str!("README.txt");
const CHECK: &str = include_str!("check.py");

/// A pack being written.
pub(crate) struct Pack<W: Write + Seek> {
    zip: ZipWriter<W>,
    /// The hash of each file.
    sums: BTreeMap<String, String>,
    captures: Vec<CaptureJson>,
}

/// A document of the pack: where it came from and what was made of it.
#[derive(Serialize)]
struct CaptureJson {
    file: String,
    sha256: String,
    bytes: usize,
    path: String,
    record: Option<String>,
    url: Option<String>,
    content_type: Option<String>,
    captured: Option<String>,
    reports: Vec<String>,
}

impl<W: Write + Seek> Pack<W> {
    /// Begins a pack with the record, its page and texts.
    pub(crate) fn new(out: W, brief: &Brief) -> Result<Pack<W>> {
        let mut pack = Pack { zip: ZipWriter::new(out), sums: BTreeMap::new(), captures: Vec::new() };
        pack.put("README.txt", README.as_bytes())?;
        pack.put("check.py", CHECK.as_bytes())?;
        pack.put("page.html", html::page(brief).as_bytes())?;
        let mut record = serde_json::to_vec(&json::record(brief))?;
        record.push(b'\n');
        pack.put("record.json", &record)?;
        for member in &brief.record.members {
            let name = format!("texts/{}.txt", member.report.id);
            pack.put(&name, member.report.text.as_str().as_bytes())?;
        }
        Ok(pack)
    }

    /// Adds a document and what it was.
    pub(crate) fn capture(&mut self, brief: &Brief, entry: &Entry, received: Received) -> Result<()> {
        let sha256 = sha256(&received.bytes);
        let file = format!("captures/{}", name(&sha256, entry, received.content_type.as_deref()));
        if !self.sums.contains_key(&file) {
            self.put(&file, &received.bytes)?;
        }
        let id = |n: &usize| brief.record.members[*n].report.id.to_string();
        self.captures.push(CaptureJson {
            file,
            sha256,
            bytes: received.bytes.len(),
            path: entry.source.path.clone(),
            record: entry.source.record.clone(),
            url: received.url,
            content_type: received.content_type,
            captured: received.captured,
            reports: entry.reports.iter().map(id).collect(),
        });
        Ok(())
    }

    /// Adds the lists and ends the pack.
    pub(crate) fn finish(mut self) -> Result<()> {
        let mut captures = serde_json::to_vec_pretty(&self.captures)?;
        captures.push(b'\n');
        self.put("captures.json", &captures)?;
        let sums: String = self.sums.iter().map(|(name, sum)| format!("{sum}  {name}\n")).collect();
        self.put("SHA256SUMS", sums.as_bytes())?;
        self.zip.finish()?.flush()?;
        Ok(())
    }

    fn put(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644)
            .large_file(bytes.len() > 0xffff_0000);
        self.zip.start_file(name, options)?;
        self.zip.write_all(bytes)?;
        self.sums.insert(name.to_owned(), sha256(bytes));
        Ok(())
    }
}

/// Returns a file's name: the beginning of its hash, so that no two are alike, and what it was called.
fn name(sha256: &str, entry: &Entry, content_type: Option<&str>) -> String {
    let path = entry.source.path.rsplit(['/', '\\']).next().unwrap_or_default();
    let called = match &entry.source.record {
        Some(record) => format!("{path}-{record}{}", extension(content_type)),
        None => path.to_owned(),
    };
    // What every file system and `sha256sum` take as it stands.
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' };
    let called: Vec<char> = called.chars().map(plain).collect();
    let end: String = called[called.len().saturating_sub(60)..].iter().collect();
    format!("{}-{end}", &sha256[..16])
}

/// Returns the extension of what lay in a container, so that it opens in the right program.
fn extension(content_type: Option<&str>) -> &'static str {
    let kind = content_type.and_then(|c| c.split(';').next()).unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        "text/html" | "application/xhtml+xml" => ".html",
        "text/plain" => ".txt",
        "application/pdf" => ".pdf",
        "message/rfc822" => ".eml",
        "application/json" => ".json",
        _ => "",
    }
}
