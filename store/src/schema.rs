//! The tables, and how an older archive becomes a newer one. No other file of this project creates or alters a table.

use crate::Error;
use rusqlite::Connection;
use std::path::Path;
use std::time::Duration;

/// Marks the file as ours (`anls`), so that no other program's database is taken for an archive.
const APPLICATION: i64 = 0x616e_6c73;

/// Each step brings an archive from the schema of its place to the next. Steps are appended, never changed.
const STEPS: [&str; 1] = ["
-- One run of `annals add` or `retry`.
CREATE TABLE additions (
  id        INTEGER PRIMARY KEY,
  at        TEXT NOT NULL,      -- when it began, RFC 3339, UTC
  version   TEXT NOT NULL,      -- of the program
  templates TEXT                -- the frames of sites known to it, as `annals learn` writes them
);
-- What came in, byte for byte, each once.
CREATE TABLE captures (
  id   INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE,    -- BLAKE3
  size INTEGER NOT NULL,        -- bytes
  body BLOB NOT NULL            -- zstd
);
-- Each input and each document of a container, and what became of it. Rows are only added.
CREATE TABLE ledger (
  seq      INTEGER PRIMARY KEY, -- 1, 2, 3, … without a gap
  addition INTEGER NOT NULL REFERENCES additions,
  path     TEXT NOT NULL,
  record   TEXT,                -- in a container
  outcome  TEXT NOT NULL,       -- kept, known, refused, failed
  reason   TEXT NOT NULL,
  capture  INTEGER REFERENCES captures,
  about    TEXT,                -- what else came with the bytes: JSON
  chain    BLOB NOT NULL        -- BLAKE3 of the row before and of this one
);
CREATE INDEX ledger_source ON ledger (path, record);
-- The reports made of the documents.
CREATE TABLE reports (
  id   TEXT PRIMARY KEY,
  page TEXT NOT NULL,
  seq  INTEGER NOT NULL REFERENCES ledger,
  part INTEGER NOT NULL         -- which report of its document, from 0
) WITHOUT ROWID;
CREATE INDEX reports_page ON reports (page);
CREATE INDEX reports_seq ON reports (seq);
-- What people decided. Rows are only added; a decision is taken back by another row.
CREATE TABLE decisions (
  seq   INTEGER PRIMARY KEY,
  at    TEXT NOT NULL,
  by    TEXT,
  why   TEXT,
  verb  TEXT NOT NULL,          -- same, not-same, merge, split, undo
  a     TEXT NOT NULL,
  b     TEXT NOT NULL,
  chain BLOB NOT NULL
);
"];

/// How long a statement waits for another connection to finish its own.
const PATIENCE: Duration = Duration::from_secs(30);

/// Sets up a connection that reads.
pub(crate) fn set_up_reading(db: &Connection) -> rusqlite::Result<()> {
    db.busy_timeout(PATIENCE)?;
    db.pragma_update(None, "query_only", true)
}

/// Sets up a connection that writes.
///
/// `synchronous = FULL`: what is reported as kept is on the disk, also when the power fails the moment after.
pub(crate) fn set_up_writing(db: &Connection) -> rusqlite::Result<()> {
    db.busy_timeout(PATIENCE)?;
    db.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "cache_size", -64_000)?;
    db.pragma_update_and_check(None, "wal_autocheckpoint", 8_000, |_| Ok(()))
}

/// Returns the schema of an archive; none for a database that is not ours, 0 for an empty one.
pub(crate) fn version(db: &Connection) -> rusqlite::Result<Option<i64>> {
    let number = |name: &str| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (application, version) = (number("application_id")?, number("user_version")?);
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok((application == APPLICATION || tables == 0).then_some(version))
}

/// Accepts the schemas that this program reads.
pub(crate) fn accept(version: Option<i64>, folder: &Path) -> Result<(), Error> {
    let known = STEPS.len() as i64;
    match version {
        Some(version) if version == known => Ok(()),
        Some(found) if found > known => Err(Error::Newer { folder: folder.to_owned(), found, known }),
        Some(0) => Err(Error::NoArchive { folder: folder.to_owned() }),
        Some(found) => Err(Error::Damaged {
            folder: folder.to_owned(),
            what: format!("its schema is {found} and this program reads {known}: `annals add` brings it up to date"),
        }),
        None => Err(Error::NotEmpty { folder: folder.to_owned() }),
    }
}

/// Brings an archive to the newest schema, each step whole or not at all.
pub(crate) fn migrate(db: &mut Connection, folder: &Path) -> Result<(), Error> {
    let failed = |e| Error::sql("bring up to date", folder, e);
    let Some(version) = version(db).map_err(failed)? else {
        return Err(Error::NotEmpty { folder: folder.to_owned() });
    };
    if version > STEPS.len() as i64 {
        return accept(Some(version), folder);
    }
    for (n, step) in STEPS.iter().enumerate().skip(version as usize) {
        let change = db.transaction().map_err(failed)?;
        change.execute_batch(step).map_err(failed)?;
        change.pragma_update(None, "application_id", APPLICATION).map_err(failed)?;
        change.pragma_update(None, "user_version", n as i64 + 1).map_err(failed)?;
        change.commit().map_err(failed)?;
    }
    Ok(())
}
