//! What can be made again from the logs, kept to save the time: files that are checked when they are read and may be deleted.

use crate::{Archive, Error, captures};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// The folder of the caches.
pub(crate) const FOLDER: &str = "cache";
/// How the names of claims end.
const LOCK: &str = ".lock";

/// The right to do a piece of work.
#[derive(Debug)]
pub struct Claim {
    _file: File,
}

/// Of a BLAKE3 hash.
const HASH: usize = 32;

impl Archive {
    /// Returns what was kept under a name, if it was kept under this key, too, and is whole. None is no fault.
    pub fn cached(&self, name: &str, key: &str) -> Option<Vec<u8>> {
        let file = std::fs::read(self.cache(name)).ok()?;
        let (head, body) = file.split_at_checked(HASH)?;
        let (size, body) = body.split_at_checked(8)?;
        let (hash, key) = (<[u8; HASH]>::try_from(head).ok()?, blake3::hash(key.as_bytes()));
        let (kept_for, body) = body.split_at_checked(HASH)?;
        if kept_for != key.as_bytes() {
            return None;
        }
        captures::unpack(body, u64::from_le_bytes(size.try_into().ok()?), &hash).ok()
    }

    /// Returns what tells apart whatever is kept under a name: what it holds, and for which key. None if nothing is.
    pub fn kept_as(&self, name: &str) -> Option<Vec<u8>> {
        let mut head = vec![0; HASH + 8 + HASH];
        std::fs::File::open(self.cache(name)).ok()?.read_exact(&mut head).ok()?;
        Some(head)
    }

    /// Keeps bytes under a name, for a key; what was there before is gone. Readers see the old or the new.
    ///
    /// # Errors
    /// When the disk is full or the folder cannot be written to: what was there before is still there.
    pub fn keep(&self, name: &str, key: &str, bytes: &[u8]) -> Result<(), Error> {
        let file = self.cache(name);
        let failed = |e| Error::io("write", &file, e);
        let packed = captures::pack(bytes).map_err(failed)?;
        std::fs::create_dir_all(self.folder().join(FOLDER)).map_err(failed)?;
        // Who writes at once writes two files; the last to finish stays.
        let new = unfinished(&file);
        let write = |new: &Path| -> std::io::Result<()> {
            let mut out = File::create(new)?;
            out.write_all(&packed.hash)?;
            out.write_all(&packed.size.to_le_bytes())?;
            out.write_all(blake3::hash(key.as_bytes()).as_bytes())?;
            out.write_all(&packed.body)?;
            out.sync_all()
        };
        let done = write(&new).and_then(|()| std::fs::rename(&new, &file));
        if done.is_err() {
            let _ = std::fs::remove_file(&new);
        }
        done.map_err(failed)
    }

    /// Returns the names of what is kept that begin so, in order.
    pub fn kept(&self, beginning: &str) -> Vec<String> {
        let files = std::fs::read_dir(self.folder().join(FOLDER)).into_iter().flatten().flatten();
        let names = files.filter_map(|file| file.file_name().into_string().ok());
        let mut names: Vec<String> = names.filter(|n| n.starts_with(beginning) && !n.contains('.')).collect();
        names.sort();
        names
    }

    /// Forgets all that is kept but what is under names that begin so. What programs at work claimed stays theirs.
    pub fn forget_all_but(&self, beginning: &str) {
        let files = std::fs::read_dir(self.folder().join(FOLDER)).into_iter().flatten().flatten();
        let stays = |name: &str| name.starts_with(beginning) || name.ends_with(LOCK);
        for file in files.filter(|file| !stays(&file.file_name().to_string_lossy())) {
            let _ = std::fs::remove_file(file.path());
        }
    }

    /// Takes the right to do a piece of work that one program at a time should do. None while another has it; it is given
    /// back when it is dropped, and when the process ends, however it ends.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub fn claim(&self, work: &str) -> Result<Option<Claim>, Error> {
        let path = self.cache(&format!("{work}{LOCK}"));
        let failed = |e| Error::io("lock", &path, e);
        std::fs::create_dir_all(self.folder().join(FOLDER)).map_err(failed)?;
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Claim { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }

    /// Says whether a program has the right to a piece of work just now.
    pub fn is_claimed(&self, work: &str) -> bool {
        let file = File::open(self.cache(&format!("{work}{LOCK}")));
        file.is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
    }

    /// Forgets what was kept under a name.
    pub fn forget(&self, name: &str) {
        let _ = std::fs::remove_file(self.cache(name));
    }

    fn cache(&self, name: &str) -> PathBuf {
        self.folder().join(FOLDER).join(name)
    }
}

/// Returns the name under which a file is written until it is whole: no other program's, and no other thread's.
pub(crate) fn unfinished(file: &Path) -> PathBuf {
    static WRITTEN: AtomicU64 = AtomicU64::new(0);
    let number = WRITTEN.fetch_add(1, Ordering::Relaxed);
    file.with_extension(format!("{}-{number}.new", std::process::id()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use crate::{Archive, Writer};

    #[test]
    fn one_at_a_time_has_a_claim() {
        let folder = std::env::temp_dir().join(format!("annals-claim-{}", std::process::id()));
        drop(Writer::open(&folder, |_| false).unwrap());
        let archive = Archive::open(&folder).unwrap();
        let claim = archive.claim("reading").unwrap();
        assert!(claim.is_some() && archive.claim("reading").unwrap().is_none());
        assert!(archive.claim("linking").unwrap().is_some());
        assert!(archive.is_claimed("reading") && !archive.is_claimed("linking") && !archive.is_claimed("serving"));
        archive.keep("links", "a", b"some words").unwrap();
        archive.forget_all_but("epoch-");
        assert!(archive.is_claimed("reading") && archive.cached("links", "a").is_none());
        drop(claim);
        assert!(archive.claim("reading").unwrap().is_some());
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn threads_that_write_at_once_are_not_in_each_others_way() {
        let folder = std::env::temp_dir().join(format!("annals-at-once-{}", std::process::id()));
        drop(Writer::open(&folder, |_| false).unwrap());
        let write = |byte: u8| {
            let archive = Archive::open(&folder).unwrap();
            (0..40).for_each(|_| archive.keep("links", "a", &vec![byte; 50_000]).unwrap());
        };
        std::thread::scope(|threads| (0..4).for_each(|byte| drop(threads.spawn(move || write(byte)))));
        assert_eq!(Archive::open(&folder).unwrap().cached("links", "a").map(|bytes| bytes.len()), Some(50_000));
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn what_is_damaged_or_of_another_key_is_not_there() {
        let folder = std::env::temp_dir().join(format!("annals-cache-{}", std::process::id()));
        drop(Writer::open(&folder, |_| false).unwrap());
        let archive = Archive::open(&folder).unwrap();
        assert_eq!(archive.cached("links", "a"), None);
        archive.keep("links", "a", b"some words").unwrap();
        assert_eq!(archive.cached("links", "a").as_deref(), Some(&b"some words"[..]));
        assert_eq!(archive.cached("links", "b"), None);
        let file = folder.join("cache").join("links");
        let mut bytes = std::fs::read(&file).unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        std::fs::write(&file, &bytes).unwrap();
        assert_eq!(archive.cached("links", "a"), None);
        std::fs::write(&file, &bytes[..20]).unwrap();
        assert_eq!(archive.cached("links", "a"), None);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
