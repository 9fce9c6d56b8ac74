//! Refuses files that unpack to far more than they hold, before anything is unpacked in earnest.

use crate::decode::Refused;
use flate2::{Decompress, FlushDecompress, Status};

/// Bytes that the streams of a file may unpack to, pictures left out. guess: a thousand pages have 100 MB of drawing.
const MOST_UNPACKED: u64 = 256 << 20;

/// Bytes of a stream packed with LZW, which packs up to 1 : 1,300. No program has written it since 2000.
const MOST_LZW: usize = 256 << 10;

/// Bytes before a stream in which its dictionary is looked for.
const DICTIONARY: usize = 2_048;

/// Unpacks each stream into nothing, counting.
pub(super) fn check(bytes: &[u8]) -> Result<(), Refused> {
    let mut left = MOST_UNPACKED;
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], b"stream") {
        let start = at + found;
        at = start + b"stream".len();
        if bytes[..start].ends_with(b"end") {
            continue;
        }
        let before = &bytes[start.saturating_sub(DICTIONARY)..start];
        let dictionary = &before[rfind(before, b" obj").unwrap_or(0)..];
        let has = |name: &[u8]| find(dictionary, name).is_some();
        let stream = &bytes[at..];
        let packed = dictionary.windows(3).filter(|w| w == b"/Fl").count();
        if has(b"/Image") {
            continue;
        }
        let is_chained = packed > 1 || (packed == 1 && has(b"/LZW"));
        let is_long = has(b"/LZW") && find(stream, b"endstream").unwrap_or(stream.len()) > MOST_LZW;
        let stream = &stream[stream.iter().take_while(|b| b.is_ascii_whitespace()).count()..];
        let unpacked = unpacked(stream, left);
        if is_chained || is_long || unpacked >= left {
            return Err(Refused { reason: format!("a PDF that unpacks to more than {} MiB", MOST_UNPACKED >> 20) });
        }
        left -= unpacked;
    }
    Ok(())
}

/// Returns how many bytes a zlib stream unpacks to, at most about `most`; 0 if it is none.
fn unpacked(stream: &[u8], most: u64) -> u64 {
    if stream.first().is_none_or(|b| b & 0x0f != 8) {
        return 0;
    }
    let mut inflate = Decompress::new(true);
    let mut nowhere = vec![0; 32 << 10];
    loop {
        let (read, written) = (inflate.total_in(), inflate.total_out());
        let rest = stream.get(read as usize..).unwrap_or(&[]);
        let done = inflate.decompress(rest, &mut nowhere, FlushDecompress::None);
        let is_stuck = inflate.total_in() == read && inflate.total_out() == written;
        if !matches!(done, Ok(Status::Ok)) || is_stuck || inflate.total_out() >= most {
            return inflate.total_out();
        }
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    let first = *what.first()?;
    let mut at = 0;
    while let Some(n) = bytes[at..].iter().position(|&b| b == first) {
        if bytes[at + n..].starts_with(what) {
            return Some(at + n);
        }
        at += n + 1;
    }
    None
}

fn rfind(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).rposition(|w| w == what)
}
