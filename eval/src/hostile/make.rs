//! Builders of archives that may lie: ZIP, TAR, gzip, zstd, Brotli, web archive records, PDF. Each field can be set.

use flate2::write::{DeflateEncoder, GzEncoder};
use flate2::{Compress, Compression, Crc, FlushCompress};
use std::io::Write;

/// An entry of a ZIP archive, as it is stated; [`stored`] and [`deflated`] state the truth.
#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) name: Vec<u8>,
    pub(crate) flags: u16,
    pub(crate) method: u16,
    pub(crate) crc: u32,
    /// Packed and unpacked size.
    pub(crate) sizes: (u64, u64),
    /// Where its local header is said to be; none: where it is.
    pub(crate) at: Option<u64>,
    pub(crate) packed: Vec<u8>,
}

pub(crate) fn stored(name: &str, bytes: &[u8]) -> Entry {
    let sizes = (bytes.len() as u64, bytes.len() as u64);
    Entry { name: name.into(), flags: 0, method: 0, crc: crc(bytes), sizes, at: None, packed: bytes.to_vec() }
}

pub(crate) fn deflated(name: &str, bytes: &[u8]) -> Entry {
    let packed = deflate(bytes);
    Entry { method: 8, sizes: (packed.len() as u64, bytes.len() as u64), packed, ..stored(name, bytes) }
}

/// Returns an entry that unpacks to so many MiB of zeros.
pub(crate) fn zeros_entry(name: &str, mebibytes: usize) -> Entry {
    let packed = zeros(mebibytes);
    Entry { method: 8, sizes: (packed.len() as u64, (mebibytes as u64) << 20), packed, ..stored(name, b"") }
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

/// Returns a ZIP archive (APPNOTE 6.3), with 64-bit sizes where they are needed.
pub(crate) fn zip(entries: &[Entry]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        let at = entry.at.unwrap_or(out.len() as u64);
        let (packed, size) = entry.sizes;
        let is_long = packed.max(size) >= u64::from(u32::MAX);
        let short = |n: u64| if is_long { u32::MAX } else { n as u32 };
        let mut extra = Vec::new();
        if is_long {
            extra.extend([1, 0, 16, 0]);
            extra.extend(size.to_le_bytes());
            extra.extend(packed.to_le_bytes());
        }
        let mut fields = vec![45, 0];
        fields.extend(entry.flags.to_le_bytes());
        fields.extend(entry.method.to_le_bytes());
        // Midnight of 1 January 1980.
        fields.extend([0, 0, 0x21, 0]);
        fields.extend(entry.crc.to_le_bytes());
        fields.extend(short(packed).to_le_bytes());
        fields.extend(short(size).to_le_bytes());
        fields.extend((entry.name.len() as u16).to_le_bytes());
        fields.extend((extra.len() as u16).to_le_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&fields);
        out.extend(&entry.name);
        out.extend(&extra);
        out.extend(&entry.packed);
        directory.extend(b"PK\x01\x02\x2d\0");
        directory.extend(&fields);
        directory.extend([0; 10]);
        directory.extend((at as u32).to_le_bytes());
        directory.extend(&entry.name);
        directory.extend(&extra);
    }
    let at = out.len() as u32;
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    let count = entries.len().min(0xffff) as u16;
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0, 0]);
    out
}

pub(crate) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut out = DeflateEncoder::new(Vec::new(), Compression::fast());
    // Writing into memory does not fail.
    let _ = out.write_all(bytes);
    out.finish().unwrap_or_default()
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    let _ = out.write_all(bytes);
    out.finish().unwrap_or_default()
}

/// Returns a deflate stream of so many MiB of zeros: one flushed piece, again and again.
pub(crate) fn zeros(mebibytes: usize) -> Vec<u8> {
    let mut piece = Vec::with_capacity(4_096);
    // A full flush ends at a byte and refers to nothing before it.
    let _ = Compress::new(Compression::best(), false).compress_vec(&[0; 1 << 20], &mut piece, FlushCompress::Full);
    let mut out = piece.repeat(mebibytes);
    out.extend([3, 0]);
    out
}

/// Returns a gzip file of so many MiB of zeros.
pub(crate) fn gzip_zeros(mebibytes: usize) -> Vec<u8> {
    [b"\x1f\x8b\x08\0\0\0\0\0\0\x03".as_slice(), &zeros(mebibytes), &[0; 8]].concat()
}

/// Returns a zstd frame of so many MiB of one byte: blocks of 128 KiB that state a byte and its length (RFC 8878).
///
/// `window` is the descriptor's byte: 0x68 asks for 8 MiB.
pub(crate) fn zstd_run(byte: u8, mebibytes: usize, window: u8) -> Vec<u8> {
    let mut out = vec![0x28, 0xb5, 0x2f, 0xfd, 0, window];
    for n in (0..mebibytes * 8).rev() {
        let header = (131_072u32 << 3) | (1 << 1) | u32::from(n == 0);
        out.extend(&header.to_le_bytes()[..3]);
        out.push(byte);
    }
    out
}

/// Returns a Brotli stream of so many times 16 MiB of zeros; the pieces are what a flushing encoder writes.
pub(crate) fn brotli_zeros(times: usize) -> Vec<u8> {
    const FIRST: [u8; 14] = [0xcf, 0xff, 0xff, 0x7f, 0, 0x24, 0, 0xe2, 0xb1, 0x40, 0x72, 0xef, 0xff, 0x0d];
    const NEXT: [u8; 14] = [0xfc, 0xff, 0xff, 7, 0x40, 2, 0x20, 0x0e, 0x0b, 0x40, 0xf7, 0xfe, 0xdf, 0];
    [FIRST.as_slice(), &NEXT.repeat(times.saturating_sub(1)), &[3]].concat()
}

/// Returns a header of a TAR archive (POSIX ustar) whose checksum holds.
pub(crate) fn tar_header(name: &[u8], size: &[u8], kind: u8, link: &[u8]) -> Vec<u8> {
    let mut header = vec![0; 512];
    let mut put = |at: usize, most: usize, bytes: &[u8]| {
        let len = bytes.len().min(most);
        header[at..at + len].copy_from_slice(&bytes[..len]);
    };
    put(0, 100, name);
    put(100, 24, b"0000644\x000000000\x000000000\0");
    put(124, 12, size);
    put(136, 12, b"00000000000\0");
    put(148, 8, b"        ");
    put(156, 1, &[kind]);
    put(157, 100, link);
    put(257, 8, b"ustar\x0000");
    let sum: u32 = header.iter().map(|b| u32::from(*b)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header
}

/// Returns an entry of a TAR archive that states the truth.
pub(crate) fn tar_entry(name: &str, kind: u8, bytes: &[u8]) -> Vec<u8> {
    let mut out = tar_header(name.as_bytes(), format!("{:011o}\0", bytes.len()).as_bytes(), kind, b"");
    out.extend(bytes);
    out.resize(out.len().next_multiple_of(512), 0);
    out
}

/// Returns a record of a web archive; `length` is what it states, none: the truth.
pub(crate) fn record(kind: &str, id: &str, content_type: &str, length: Option<&str>, block: &[u8]) -> Vec<u8> {
    let truth = block.len().to_string();
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Target-URI: https://sandholm.example/{id}\r\nWARC-Date: 2031-05-06T10:00:00Z\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        length.unwrap_or(&truth)
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// Returns an HTTP answer as a record of a web archive.
pub(crate) fn answer(id: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}\r\n");
    record("response", id, "application/http; msgtype=response", None, &[head.as_bytes(), body].concat())
}

/// Returns a PDF file of objects, numbered from 1, of which the first is the catalogue; its table of places holds.
pub(crate) fn pdf(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = String::new();
    for (n, object) in (1..).zip(objects) {
        places += &format!("{:010} 00000 n \n", out.len());
        out.extend(format!("{n} 0 obj\n").as_bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let count = objects.len() + 1;
    let at = out.len();
    let end = format!(
        "xref\n0 {count}\n0000000000 65535 f \n{places}trailer\n<< /Size {count} /Root 1 0 R {trailer} >>\nstartxref\n{at}\n%%EOF\n"
    );
    out.extend(end.as_bytes());
    out
}

/// Returns a stream object.
pub(crate) fn pdf_stream(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("<< /Length {} {dictionary} >>\nstream\n", bytes.len());
    [head.as_bytes(), bytes, b"\nendstream"].concat()
}

/// Returns a table of one column `text`: its pages behind the magic, and its metadata (Thrift's compact protocol).
pub(crate) fn parquet_table(texts: &[&str], codec: i64, stated: i64) -> (Vec<u8>, Vec<u8>) {
    let mut values = Vec::new();
    for text in texts {
        values.extend((text.len() as u32).to_le_bytes());
        values.extend(text.as_bytes());
    }
    let len = varint(values.len() as i64);
    let page =
        [b"\x15\0\x15", &*len, b"\x15", &*len, b"\x2c\x15", &*varint(stated), b"\x15\0\x15\x06\x15\x06\0\0"].concat();
    let size = varint((page.len() + values.len()) as i64);
    let (rows, stated) = (varint(texts.len() as i64), varint(stated));
    let column = [
        b"\x26\x08\x1c\x15\x0c\x19\x15\0\x19\x18\x04text\x15",
        &*varint(codec),
        b"\x16",
        &*stated,
        b"\x16",
        &*size,
        b"\x16",
        &*size,
        b"\x26\x08\0\0",
    ]
    .concat();
    let metadata = [
        b"\x15\x02\x19\x2c\x48\x04root\x15\x02\0\x15\x0c\x25\0\x18\x04text\x25\0\0\x16".as_slice(),
        &rows,
        b"\x19\x1c\x19\x1c",
        &column,
        b"\x16",
        &size,
        b"\x16",
        &rows,
        b"\0\0",
    ];
    ([b"PAR1", &*page, &values].concat(), metadata.concat())
}

fn varint(n: i64) -> Vec<u8> {
    let mut n = (n << 1 ^ n >> 63) as u64;
    let mut out = Vec::new();
    while n > 127 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
    out
}
