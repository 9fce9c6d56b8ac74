//! An archive in one folder: what came in, byte for byte, and what became of it.
//!
//! Two logs carry everything, and rows are only ever added to them: the ledger (each input, what it was, what became of
//! it) and people's decisions. The bytes lie beside them, once each. Reports, stories and the record are made again from
//! the bytes, so they are not kept here; the index of words and the folder of caches can be deleted.
//!
//! No other crate knows a table. A [`Writer`] holds the folder's lock; any number of [`Archive`]s read meanwhile.

mod bits;
mod cache;
mod captures;
mod counts;
mod decisions;
mod drawer;
mod error;
mod every;
mod found;
mod index;
mod ledger;
mod lock;
mod marks;
mod phrase;
mod query;
mod rank;
mod schema;
mod search;
mod still;
mod verify;

pub use cache::Claim;
pub use captures::{Hash, Packed, pack};
pub use decisions::{Decision, Verb};
pub use drawer::{Drawer, Sheet};
pub use error::Error;
pub use every::Every;
pub use index::{Index, Indexed, Ready};
pub use ledger::{Addition, Document, Entry, Fate, Outcome, Part, Row, Tally};
pub use marks::Marks;
pub use query::{Asked, Clause, Query, Unclear};
pub use search::{Hit, Page, Results};
pub use verify::Fault;

use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The file that holds the logs and the bytes.
const FILE: &str = "annals.sqlite";

/// An archive to read from. What a writer adds meanwhile is seen by the next call.
#[derive(Debug)]
pub struct Archive {
    db: Connection,
    folder: PathBuf,
}

/// What the file of an archive looks like from outside: another one in its place looks otherwise. What a writer has in the log
/// beside it does not show, and need not: an archive that is open sees that.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Seen {
    length: u64,
    made: Option<SystemTime>,
    written: Option<SystemTime>,
}

/// An archive to write to. No other program can until it is dropped.
#[derive(Debug)]
pub struct Writer {
    archive: Archive,
    /// Freed with the writer, also when the process is killed.
    _lock: lock::Lock,
}

impl Archive {
    /// Says whether a path is the folder of an archive.
    pub fn is_at(path: &Path) -> bool {
        path.join(FILE).is_file()
    }

    /// Opens an archive to read from.
    ///
    /// # Errors
    /// When there is none, when it is damaged or when a newer program wrote it.
    pub fn open(folder: &Path) -> Result<Archive, Error> {
        let file = folder.join(FILE);
        if !file.is_file() {
            return Err(Error::NoArchive { folder: folder.to_owned() });
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let opened = Connection::open_with_flags(&file, flags).and_then(|db| {
            schema::set_up_reading(&db)?;
            schema::version(&db).map(|v| (db, v))
        });
        let (db, version) = match opened {
            Ok(opened) => opened,
            // In a folder that cannot be written to, the log of a writer cannot be joined: what it had finished is read.
            Err(error) if error::is_read_only(&error) => {
                let address = format!("file:{}?immutable=1", escape(&file));
                let db = Connection::open_with_flags(address, flags | OpenFlags::SQLITE_OPEN_URI)
                    .map_err(|e| Error::sql("open", folder, e))?;
                let version = schema::version(&db).map_err(|e| Error::sql("open", folder, e))?;
                (db, version)
            }
            Err(error) => return Err(Error::sql("open", folder, error)),
        };
        schema::accept(version, folder)?;
        Ok(Archive { db, folder: folder.to_owned() })
    }

    /// Returns what the file of an archive looks like from outside; none where there is none.
    pub fn seen(folder: &Path) -> Option<Seen> {
        let file = std::fs::metadata(folder.join(FILE)).ok()?;
        Some(Seen { length: file.len(), made: file.created().ok(), written: file.modified().ok() })
    }

    /// Returns the folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn failed(&self, doing: &'static str, error: rusqlite::Error) -> Error {
        Error::sql(doing, &self.folder, error)
    }
}

impl std::ops::Deref for Writer {
    type Target = Archive;

    fn deref(&self) -> &Archive {
        &self.archive
    }
}

impl Writer {
    /// Opens an archive to write to, and makes it if the folder is not there or empty. Waits for another writer;
    /// `waiting` is told once who that is, and says whether to wait.
    ///
    /// # Errors
    /// When the folder holds something else, cannot be written to, or another writer is not waited for.
    pub fn open(folder: &Path, waiting: impl FnOnce(&str) -> bool) -> Result<Writer, Error> {
        let file = folder.join(FILE);
        if !file.is_file() {
            make_room(folder)?;
        }
        let lock = lock::Lock::take(folder, waiting)?;
        let mut db = Connection::open(&file).map_err(|e| Error::sql("open", folder, e))?;
        schema::set_up_writing(&db).map_err(|e| Error::sql("open", folder, e))?;
        schema::migrate(&mut db, folder)?;
        Ok(Writer { archive: Archive { db, folder: folder.to_owned() }, _lock: lock })
    }
}

/// Makes the folder; one that holds other things is left alone.
fn make_room(folder: &Path) -> Result<(), Error> {
    std::fs::create_dir_all(folder).map_err(|e| Error::io("make", folder, e))?;
    let entries = std::fs::read_dir(folder).map_err(|e| Error::io("read", folder, e))?;
    let foreign =
        entries.flatten().any(|e| e.file_name() != lock::FILE && !e.file_name().to_string_lossy().starts_with(FILE));
    if foreign { Err(Error::NotEmpty { folder: folder.to_owned() }) } else { Ok(()) }
}

/// Writes a path as SQLite takes it in an address.
fn escape(file: &Path) -> String {
    let mut out = String::new();
    for b in file.to_string_lossy().bytes() {
        match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => out.push(b as char),
            _ => out.push_str(&format!("%{b:02X}")),
        }
    }
    out
}
