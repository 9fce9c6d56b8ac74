//! Puts fuzzed bytes where they matter: into archives whose sums and lengths hold, into a record, into a page's head.

use flate2::{Compression, Crc};
use std::io::Write;

/// Returns a ZIP archive of entries that are not compressed.
pub fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in entries {
        let at = out.len() as u32;
        let mut crc = Crc::new();
        crc.update(bytes);
        // Version 2.0, no flags, stored, midnight of 1 January 1980.
        let mut fields = vec![20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
        fields.extend(crc.sum().to_le_bytes());
        fields.extend((bytes.len() as u32).to_le_bytes());
        fields.extend((bytes.len() as u32).to_le_bytes());
        fields.extend((name.len() as u16).to_le_bytes());
        fields.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&fields);
        out.extend(name.as_bytes());
        out.extend(*bytes);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&fields);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (count, at) = (entries.len() as u16, out.len() as u32);
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0, 0]);
    out
}

/// Returns bytes as one gzip member.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), Compression::fast());
    // Writing into memory does not fail.
    let _ = out.write_all(bytes);
    out.finish().unwrap_or_default()
}

/// Makes the checksum of every header of a tape archive hold, so that what it says is believed.
pub fn tar(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for (n, block) in out.chunks_exact_mut(512).enumerate() {
        if n == 0 || &block[257..262] == b"ustar" {
            block[148..156].fill(b' ');
            let sum: u32 = block.iter().map(|b| u32::from(*b)).sum();
            block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        }
    }
    out
}

/// Returns an HTTP answer as a record of a web archive.
pub fn record(answer: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://sandholm.example/quay\r\nWARC-Date: 2031-05-06T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        answer.len()
    );
    [head.as_bytes(), answer, b"\r\n\r\n"].concat()
}

/// Returns a table around metadata: magic, rows, metadata, its length, magic.
pub fn parquet(rows: &[u8], metadata: &[u8]) -> Vec<u8> {
    [rows, metadata, &(metadata.len() as u32).to_le_bytes(), b"PAR1"].concat()
}

/// Returns a page with a head.
pub fn page(head: &[u8]) -> Vec<u8> {
    let body = b"</head><body><h1>Quay closed</h1><p>The quay at Sandholm was closed on Monday after two cranes collided, the port said, and nobody was hurt.</p></body></html>";
    [b"<!DOCTYPE html><html><head><title>Quay closed</title>", head, body].concat()
}
