//! Bytes as they came, compressed, under the hash of their content.

use crate::{Archive, Error};
use rusqlite::{OptionalExtension, Transaction, params};

/// The BLAKE3 hash of a document's bytes.
pub type Hash = [u8; 32];

/// Bytes ready to be kept. Made on any thread.
#[derive(Clone, Debug)]
pub struct Packed {
    /// Of the bytes before compression.
    pub hash: Hash,
    /// Bytes before compression.
    pub size: u64,
    pub(crate) body: Vec<u8>,
}

/// zstd's own default: pages shrink to a fifth, at some 300 MB a second.
const LEVEL: i32 = 3;

/// Compresses bytes.
///
/// # Errors
/// When there is no memory for it.
pub fn pack(bytes: &[u8]) -> std::io::Result<Packed> {
    let body = zstd::bulk::compress(bytes, LEVEL)?;
    Ok(Packed { hash: *blake3::hash(bytes).as_bytes(), size: bytes.len() as u64, body })
}

/// Decompresses; a body that does not give the bytes that were packed says what is wrong with it.
pub(crate) fn unpack(body: &[u8], size: u64, hash: &[u8]) -> Result<Vec<u8>, String> {
    // One byte of room more than needed tells a body that is too long from one that fits.
    let bytes = zstd::bulk::decompress(body, size as usize + 1).map_err(|e| format!("cannot be decompressed: {e}"))?;
    if bytes.len() as u64 != size {
        return Err(format!("has {} bytes where {size} were kept", bytes.len()));
    }
    if blake3::hash(&bytes).as_bytes() != hash {
        return Err("is not what was kept: its hash differs".to_owned());
    }
    Ok(bytes)
}

/// Keeps bytes unless they are kept already. Returns their number.
pub(crate) fn put(change: &Transaction<'_>, packed: &Packed) -> rusqlite::Result<i64> {
    if let Some(id) = find(change, &packed.hash)? {
        return Ok(id);
    }
    let mut insert = change.prepare_cached("INSERT INTO captures (hash, size, body) VALUES (?1, ?2, ?3)")?;
    insert.insert(params![packed.hash, packed.size as i64, packed.body])
}

pub(crate) fn find(change: &Transaction<'_>, hash: &Hash) -> rusqlite::Result<Option<i64>> {
    change
        .prepare_cached("SELECT id FROM captures WHERE hash = ?1")?
        .query_row([&hash[..]], |row| row.get(0))
        .optional()
}

impl Archive {
    /// Returns the bytes of a capture.
    ///
    /// # Errors
    /// When they are not there or are damaged.
    pub(crate) fn bytes(&self, capture: i64) -> Result<Vec<u8>, Error> {
        let found = self
            .db
            .prepare_cached("SELECT hash, size, body FROM captures WHERE id = ?1")
            .and_then(|mut q| {
                q.query_row([capture], |row| {
                    let (hash, size, body): (Vec<u8>, i64, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
                    Ok((hash, size, body))
                })
            })
            .map_err(|e| self.failed("read", e))?;
        let (hash, size, body) = found;
        unpack(&body, size as u64, &hash)
            .map_err(|why| Error::Damaged { folder: self.folder.clone(), what: format!("capture {capture} {why}") })
    }
}
