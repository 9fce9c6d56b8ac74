//! What can fail, in words that say where and what to do.

use std::fmt;
use std::path::{Path, PathBuf};

/// Why an archive could not do what was asked.
#[derive(Debug)]
pub enum Error {
    /// There is no archive in this folder.
    NoArchive {
        /// The folder.
        folder: PathBuf,
    },
    /// The folder holds other things.
    NotEmpty {
        /// The folder.
        folder: PathBuf,
    },
    /// A newer program wrote it.
    Newer {
        /// The folder.
        folder: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest schema that this program knows.
        known: i64,
    },
    /// Somebody else writes to it.
    Busy {
        /// The folder.
        folder: PathBuf,
        /// Who, as it says itself.
        holder: String,
    },
    /// It does not hold together.
    Damaged {
        /// The folder.
        folder: PathBuf,
        /// What is wrong, and where.
        what: String,
    },
    /// There is no room left.
    Full {
        /// The folder.
        folder: PathBuf,
    },
    /// A file or folder cannot be used.
    Io {
        /// What was tried: `read`, `write`, `make`.
        doing: &'static str,
        /// Which.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The database cannot do it.
    Sql {
        /// What was tried.
        doing: &'static str,
        /// The folder.
        folder: PathBuf,
        /// Why not.
        source: rusqlite::Error,
    },
}

impl Error {
    pub(crate) fn io(doing: &'static str, path: &Path, source: std::io::Error) -> Error {
        match source.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
                Error::Full { folder: path.to_owned() }
            }
            _ => Error::Io { doing, path: path.to_owned(), source },
        }
    }

    pub(crate) fn sql(doing: &'static str, folder: &Path, source: rusqlite::Error) -> Error {
        use rusqlite::ErrorCode::{DatabaseCorrupt, DiskFull, NotADatabase};
        let folder = folder.to_owned();
        match source.sqlite_error_code() {
            Some(DiskFull) => Error::Full { folder },
            Some(DatabaseCorrupt | NotADatabase) => Error::Damaged { folder, what: format!("{source}") },
            _ => Error::Sql { doing, folder, source },
        }
    }
}

/// Says whether SQLite failed because the folder cannot be written to.
pub(crate) fn is_read_only(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{CannotOpen, ReadOnly};
    matches!(error.sqlite_error_code(), Some(ReadOnly | CannotOpen))
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NoArchive { folder } => {
                write!(f, "{} is no archive. `annals add {} INPUT…` makes one", folder.display(), folder.display())
            }
            Error::NotEmpty { folder } => write!(
                f,
                "{} holds files and is no archive. Name a new or empty folder; nothing was changed",
                folder.display()
            ),
            Error::Newer { folder, found, known } => write!(
                f,
                "{} was written by a newer annals (schema {found}; this program knows {known}). Use that program; nothing was changed",
                folder.display()
            ),
            Error::Busy { folder, holder } => {
                write!(f, "{} is being written to by {holder}. Try again when it is done", folder.display())
            }
            Error::Damaged { folder, what } => write!(
                f,
                "{} is damaged: {what}. `annals verify` tells what can still be read; restore the rest from a copy",
                folder.display()
            ),
            Error::Full { folder } => write!(
                f,
                "no room left for {}. What was reported as kept is kept; free some space and run the same command again",
                folder.display()
            ),
            Error::Io { doing, path, source } => write!(f, "cannot {doing} {}: {source}", path.display()),
            Error::Sql { doing, folder, source } => write!(f, "cannot {doing} {}: {source}", folder.display()),
        }
    }
}

impl std::error::Error for Error {}
