//! An index on a medium that cannot be written to: a locked folder, a disc, a mounted piece of evidence.
//!
//! Readers of an index take a lock, so that no writer takes files away from under them. Where nothing can be written there
//! is no writer, and the lock is not needed.

use std::io;
use std::path::Path;
use std::sync::Arc;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr};
use tantivy::{Directory, Result};

/// The files of an index, its lock taken only where it can be.
#[derive(Clone, Debug)]
pub(crate) struct Still(pub(crate) MmapDirectory);

/// A lock that holds nothing.
struct Nothing;

impl Drop for Nothing {
    fn drop(&mut self) {}
}

impl Directory for Still {
    fn get_file_handle(&self, path: &Path) -> std::result::Result<Arc<dyn FileHandle>, OpenReadError> {
        self.0.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> std::result::Result<(), DeleteError> {
        self.0.delete(path)
    }

    fn exists(&self, path: &Path) -> std::result::Result<bool, OpenReadError> {
        self.0.exists(path)
    }

    fn open_write(&self, path: &Path) -> std::result::Result<WritePtr, OpenWriteError> {
        self.0.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> std::result::Result<Vec<u8>, OpenReadError> {
        self.0.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.0.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.0.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> std::result::Result<DirectoryLock, LockError> {
        match self.0.acquire_lock(lock) {
            Err(LockError::IoError(error))
                if matches!(error.kind(), io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied) =>
            {
                Ok(DirectoryLock::from(Box::new(Nothing)))
            }
            taken => taken,
        }
    }

    fn watch(&self, callback: WatchCallback) -> Result<WatchHandle> {
        self.0.watch(callback)
    }
}
