//! Where results go: whole files or nothing, and a closed pipe is no error.

use crate::view::wrap::Colour;
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::io::{BufWriter, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Writes to standard output. A reader that stops early (`annals … | head`) is no error.
pub(super) fn print(bytes: &[u8]) -> Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        done => done.context("cannot write to standard output"),
    }
}

/// Prints an answer: as one line of JSON, or as text for the terminal's width.
pub(super) fn answer<T: serde::Serialize>(
    json: bool,
    shape: impl FnOnce() -> T,
    text: impl FnOnce(usize, Colour) -> String,
) -> Result<()> {
    if json {
        let mut line = serde_json::to_vec(&shape())?;
        line.push(b'\n');
        return print(&line);
    }
    let (width, colour) = terminal();
    print(text(width, colour).as_bytes())
}

/// Returns the width of the terminal in columns and whether to colour. Files and pipes get 80 columns: the same bytes
/// everywhere.
pub(super) fn terminal() -> (usize, Colour) {
    let out = std::io::stdout();
    if !out.is_terminal() {
        return (80, Colour::Off);
    }
    let width = terminal_size::terminal_size_of(&out).map_or(80, |(w, _)| usize::from(w.0));
    let unwanted = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|t| t == "dumb");
    (width, if unwanted("NO_COLOR") || is_dumb { Colour::Off } else { Colour::On })
}

/// Says on standard error that reports of an archive could not be made again.
pub(super) fn lost(archive: &Path, reports: usize) {
    if reports > 0 {
        let told = crate::view::words::count(reports, "report", "reports");
        let of = archive.display();
        let _ = writeln!(
            std::io::stderr(),
            "annals: {of}: {told} cannot be made again and left out: `annals verify {of}` says why"
        );
    }
}

/// Writes a file whole or not at all: readers see the old file until the new one is complete.
pub(super) fn write(file: &Path, bytes: &[u8]) -> Result<()> {
    write_with(file, |out| Ok(out.write_all(bytes)?))
}

/// Writes a file as [`write()`] does, from what `fill` writes.
pub(super) fn write_with(file: &Path, fill: impl FnOnce(&mut (dyn Write + Send)) -> Result<()>) -> Result<()> {
    make(file, |path| {
        let mut out = BufWriter::new(File::create(path)?);
        fill(&mut out)?;
        let out = out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        // Devices need no syncing and some know none.
        if out.metadata()?.is_file() { Ok(out.sync_all()?) } else { Ok(()) }
    })
}

/// Writes a file as [`write()`] does: `fill` makes it at the path that it is given.
pub(super) fn make(file: &Path, fill: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    // A link's target is replaced, not the link; a file that is not there yet is taken as named.
    let target = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    if target.is_dir() {
        bail!("cannot write {}: it is a folder. Name a file in it", file.display());
    }
    let is_device = fs::metadata(&target).is_ok_and(|m| !m.is_file());
    let done = if is_device { fill(&target) } else { replace(&target, fill) };
    done.with_context(|| {
        let folder = folder_of(&target);
        let advice = if folder.is_dir() { "Check its permissions and the free space" } else { "Make its folder first" };
        format!("cannot write {}. {advice}", file.display())
    })
}

fn replace(target: &Path, fill: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let draft = folder_of(target).join(format!(".{name}.{}.tmp", std::process::id()));
    let written = fill(&draft).and_then(|()| Ok(fs::rename(&draft, target)?));
    if written.is_err() {
        let _ = fs::remove_file(&draft);
    }
    written
}

fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if folder != Path::new("") => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// A file of JSON Lines that grows as rows come.
pub(super) struct Lines {
    path: std::path::PathBuf,
    out: std::io::BufWriter<std::fs::File>,
}

impl Lines {
    /// Opens it for writing.
    pub(super) fn create(path: &Path) -> Result<Lines> {
        let file = std::fs::File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Lines { path: path.to_owned(), out: std::io::BufWriter::new(file) })
    }

    /// Writes one row.
    pub(super) fn put(&mut self, row: &impl serde::Serialize) -> Result<()> {
        let mut line = serde_json::to_vec(row)?;
        line.push(b'\n');
        self.out.write_all(&line).with_context(|| format!("cannot write {}", self.path.display()))
    }

    /// Writes what is left.
    pub(super) fn close(mut self) -> Result<()> {
        self.out.flush().with_context(|| format!("cannot write {}", self.path.display()))
    }
}
