//! One writer at a time: a lock that the system frees when its holder ends, however it ends.

use crate::Error;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

/// Stands in the folder always; who holds the lock is written in it.
pub(crate) const FILE: &str = "writer.lock";

#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock. If somebody holds it, `waiting` is told who, and says whether to wait.
    pub(crate) fn take(folder: &Path, waiting: impl FnOnce(&str) -> bool) -> Result<Lock, Error> {
        let path = folder.join(FILE);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|e| Error::io("write to", folder, e))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::Error(error)) => return Err(Error::io("lock", &path, error)),
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let _ = file.read_to_string(&mut holder);
                let holder = if holder.trim().is_empty() { "another program" } else { holder.trim() };
                if !waiting(holder) {
                    return Err(Error::Busy { folder: folder.to_owned(), holder: holder.to_owned() });
                }
                file.lock().map_err(|e| Error::io("lock", &path, e))?;
            }
        }
        // Who holds it is said for people; the lock holds whether or not this can be written.
        let _ = file.set_len(0).and_then(|()| file.rewind());
        let _ = write!(file, "process {}", std::process::id());
        Ok(Lock { _file: file })
    }
}
