//! A drawer of the cache: what was made of the rows of the ledger, in the order of the rows, in files that are only added.
//! Each sheet has a front, which is read when the drawer is opened, and a back, which is read when it is asked for.
//!
//! A file tells from which row to which it was made, by which code and in which ledger; it is checked when it is read, and
//! one that does not hold is as good as none. Files of few sheets are joined, so that there are never many.

use crate::{Archive, Error};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Of a BLAKE3 hash; and how much of it each sheet's back has.
const HASH: usize = 32;
const SHORT: usize = 8;
/// A file of so many sheets is joined to no other.
const FULL: usize = 1 << 15;

/// What was made of one report.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sheet {
    /// Read when the drawer is opened.
    pub front: Vec<u8>,
    /// Read when it is asked for.
    pub back: Vec<u8>,
}

/// The sheets made of an archive's rows.
#[derive(Debug)]
pub struct Drawer {
    /// Where the files are, and how their names begin.
    folder: PathBuf,
    name: String,
    key: String,
    files: Vec<Bundle>,
    /// Whether files can be written. Else what is added stays in memory.
    is_writable: bool,
}

/// The sheets of one file.
#[derive(Debug)]
struct Bundle {
    /// The rows that they were made of: behind the first, up to the second.
    rows: (i64, i64),
    /// Where each back is, its length, and the beginning of its hash.
    backs: Vec<(u64, u32, [u8; SHORT])>,
    source: Backs,
}

#[derive(Debug)]
enum Backs {
    File { file: File, path: PathBuf },
    Memory(Vec<u8>),
}

impl Archive {
    /// Opens a drawer, and gives the fronts of its sheets in order. `key` names the code that makes them. What is not of this
    /// key and this ledger is not there.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn drawer(&self, name: &str, key: &str, mut front: impl FnMut(&[u8]) -> bool) -> Result<Drawer, Error> {
        let folder = self.folder().join(super::cache::FOLDER);
        let mut drawer =
            Drawer { folder, name: name.to_owned(), key: key.to_owned(), files: Vec::new(), is_writable: true };
        while let Some((rows, path)) = drawer.next() {
            let Some(chain) = self.link_of(rows.1)? else { break };
            let Some((bundle, fronts)) = open(&path, &drawer.key, rows, &chain) else { break };
            if !fronts.iter().all(|bytes| front(bytes)) {
                break;
            }
            drawer.files.push(bundle);
        }
        Ok(drawer)
    }
}

impl Drawer {
    /// Returns the last row that sheets were made of.
    pub fn covers(&self) -> i64 {
        self.files.last().map_or(0, |bundle| bundle.rows.1)
    }

    /// Returns how many sheets there are.
    pub fn sheets(&self) -> usize {
        self.files.iter().map(|bundle| bundle.backs.len()).sum()
    }

    /// Keeps what comes in memory alone.
    pub fn hold(&mut self) {
        self.is_writable = false;
    }

    /// Forgets all sheets, and keeps those that come in memory alone.
    pub fn clear(&mut self) {
        for bundle in std::mem::take(&mut self.files) {
            bundle.remove();
        }
        self.is_writable = false;
    }

    /// Reads the back of a sheet into `out`. Returns whether it is there and whole.
    pub fn back(&mut self, sheet: usize, out: &mut Vec<u8>) -> bool {
        let mut at = sheet;
        for bundle in &mut self.files {
            if at < bundle.backs.len() {
                return bundle.back(at, out).is_some();
            }
            at -= bundle.backs.len();
        }
        false
    }

    /// Adds the sheets made of the rows behind those covered, up to `to`; `chain` is the link of that row. Where they cannot
    /// be written, they are kept in memory.
    pub fn add(&mut self, to: i64, chain: &str, sheets: Vec<Sheet>) {
        let mut from = self.covers();
        let mut sheets = sheets;
        let mut joined = 0;
        if self.is_writable {
            for bundle in self.files.iter_mut().rev() {
                let count = bundle.backs.len();
                if count > sheets.len() * 2 || count + sheets.len() > FULL {
                    break;
                }
                let Some(mut earlier) = bundle.sheets(&self.key) else { break };
                earlier.append(&mut sheets);
                sheets = earlier;
                from = bundle.rows.0;
                joined += 1;
            }
            if let Some(bundle) = self.write((from, to), chain, &sheets) {
                for old in self.files.split_off(self.files.len() - joined) {
                    old.remove();
                }
                self.files.push(bundle);
                self.tidy();
                return;
            }
            self.is_writable = false;
        }
        let own = self.files.iter().rev().take(joined).map(|bundle| bundle.backs.len()).sum();
        let (mut backs, mut bytes) = (Vec::new(), Vec::new());
        for sheet in sheets.into_iter().skip(own) {
            backs.push((bytes.len() as u64, sheet.back.len() as u32, short(&sheet.back)));
            bytes.extend(sheet.back);
        }
        self.files.push(Bundle { rows: (self.covers(), to), backs, source: Backs::Memory(bytes) });
    }

    /// Returns the rows of all files that are there.
    fn there(&self) -> Vec<(i64, i64)> {
        let rows = |name: &str| {
            let (from, to) = name.strip_prefix(self.name.as_str())?.strip_prefix('-')?.split_once('-')?;
            Some((from.parse::<i64>().ok()?, to.parse::<i64>().ok()?))
        };
        let entries = std::fs::read_dir(&self.folder).into_iter().flatten().flatten();
        entries.filter_map(|entry| rows(entry.file_name().to_str()?)).collect()
    }

    /// Returns the file that goes on where those read end, the longest if there are several.
    fn next(&self) -> Option<((i64, i64), PathBuf)> {
        let all = self.there().into_iter();
        let rows = all.filter(|rows| rows.0 == self.covers() && rows.1 > rows.0).max()?;
        Some((rows, self.path(rows)))
    }

    /// Removes files that are no part of the drawer: damaged ones, and those of other code or another ledger.
    fn tidy(&self) {
        for rows in self.there().into_iter().filter(|rows| self.files.iter().all(|bundle| bundle.rows != *rows)) {
            let _ = std::fs::remove_file(self.path(rows));
        }
    }

    fn path(&self, (from, to): (i64, i64)) -> PathBuf {
        self.folder.join(format!("{}-{from}-{to}", self.name))
    }

    /// Writes a file; none if that cannot be done.
    fn write(&self, rows: (i64, i64), chain: &str, sheets: &[Sheet]) -> Option<Bundle> {
        let path = self.path(rows);
        let new = super::cache::unfinished(&path);
        let head = head(&self.key, chain, sheets);
        let write = || -> std::io::Result<()> {
            std::fs::create_dir_all(&self.folder)?;
            let mut out = std::io::BufWriter::with_capacity(1 << 20, File::create(&new)?);
            out.write_all(blake3::hash(&head).as_bytes())?;
            out.write_all(&(head.len() as u64).to_le_bytes())?;
            out.write_all(&head)?;
            for sheet in sheets {
                out.write_all(&sheet.back)?;
            }
            out.flush()?;
            std::fs::rename(&new, &path)
        };
        if write().is_err() {
            let _ = std::fs::remove_file(&new);
            return None;
        }
        open(&path, &self.key, rows, chain).map(|opened| opened.0)
    }
}

impl Bundle {
    fn remove(self) {
        if let Backs::File { path, .. } = self.source {
            // On some systems it stays while somebody else reads it; it is not found again.
            let _ = std::fs::remove_file(path);
        }
    }

    fn back(&mut self, at: usize, out: &mut Vec<u8>) -> Option<()> {
        let (start, length, hash) = self.backs[at];
        match &mut self.source {
            Backs::File { file, .. } => {
                file.seek(SeekFrom::Start(start)).ok()?;
                out.resize(length as usize, 0);
                file.read_exact(out).ok()?;
            }
            Backs::Memory(bytes) => {
                let start = start as usize;
                out.extend_from_slice(bytes.get(start..start + length as usize)?);
            }
        }
        (short(out) == hash).then_some(())
    }

    /// Reads all sheets again.
    fn sheets(&mut self, key: &str) -> Option<Vec<Sheet>> {
        let Backs::File { path, .. } = &self.source else { return None };
        let (_, fronts) = read(path, key)?;
        let sheet = |(n, front): (usize, Vec<u8>)| {
            let mut back = Vec::new();
            self.back(n, &mut back)?;
            Some(Sheet { front, back })
        };
        fronts.into_iter().enumerate().map(sheet).collect()
    }
}

fn short(bytes: &[u8]) -> [u8; SHORT] {
    let mut out = [0; SHORT];
    out.copy_from_slice(&blake3::hash(bytes).as_bytes()[..SHORT]);
    out
}

/// Returns what stands before the backs: code and ledger, the lengths and hashes of the sheets, and their fronts.
fn head(key: &str, chain: &str, sheets: &[Sheet]) -> Vec<u8> {
    let mut head = Vec::new();
    for word in [key, chain] {
        head.extend_from_slice(blake3::hash(word.as_bytes()).as_bytes());
    }
    head.extend((sheets.len() as u64).to_le_bytes());
    for sheet in sheets {
        head.extend((sheet.front.len() as u32).to_le_bytes());
        head.extend((sheet.back.len() as u32).to_le_bytes());
        head.extend(short(&sheet.back));
    }
    sheets.iter().for_each(|sheet| head.extend_from_slice(&sheet.front));
    head
}

/// Opens a file of these rows; none if it is damaged, or of other code or another ledger.
fn open(path: &Path, key: &str, rows: (i64, i64), chain: &str) -> Option<(Bundle, Vec<Vec<u8>>)> {
    let (head, fronts) = read(path, key)?;
    let is_of_ledger = head.chain == *blake3::hash(chain.as_bytes()).as_bytes();
    let source = Backs::File { file: head.file, path: path.to_owned() };
    is_of_ledger.then_some((Bundle { rows, backs: head.backs, source }, fronts))
}

/// What stands before the backs of a file.
struct Head {
    file: File,
    chain: [u8; HASH],
    backs: Vec<(u64, u32, [u8; SHORT])>,
}

fn read(path: &Path, key: &str) -> Option<(Head, Vec<Vec<u8>>)> {
    let mut file = File::open(path).ok()?;
    let size = file.metadata().ok()?.len();
    let mut front = [0; HASH + 8];
    file.read_exact(&mut front).ok()?;
    let (hash, length) = front.split_at(HASH);
    let length = u64::from_le_bytes(length.try_into().ok()?);
    let mut at = front.len() as u64;
    if length > size.checked_sub(at)? {
        return None;
    }
    let mut head = vec![0; length as usize];
    file.read_exact(&mut head).ok()?;
    at += length;
    if blake3::hash(&head).as_bytes() != hash || head.get(..HASH)? != blake3::hash(key.as_bytes()).as_bytes() {
        return None;
    }
    let chain: [u8; HASH] = head.get(HASH..2 * HASH)?.try_into().ok()?;
    let (count, rest) = head.get(2 * HASH..)?.split_first_chunk::<8>()?;
    let count = usize::try_from(u64::from_le_bytes(*count)).ok()?;
    let (index, mut rest) = rest.split_at_checked(count.checked_mul(8 + SHORT)?)?;
    let (mut backs, mut fronts) = (Vec::with_capacity(count), Vec::with_capacity(count));
    for entry in index.chunks_exact(8 + SHORT) {
        let number = |at: usize| Some(u32::from_le_bytes(entry.get(at..at + 4)?.try_into().ok()?));
        let (front, back) = (number(0)?, number(4)?);
        backs.push((at, back, entry.get(8..)?.try_into().ok()?));
        at += u64::from(back);
        let (front, behind) = rest.split_at_checked(front as usize)?;
        fronts.push(front.to_vec());
        rest = behind;
    }
    (at == size).then_some((Head { file, chain, backs }, fronts))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::{Entry, Outcome, Writer};

    fn sheet(n: usize) -> Sheet {
        Sheet { front: format!("front {n}").into_bytes(), back: vec![n as u8; n % 50] }
    }

    fn opened(folder: &Path, key: &str) -> (Drawer, usize) {
        let mut fronts = 0;
        let drawer = Archive::open(folder).unwrap().drawer("sheets", key, |front| {
            assert_eq!(front, sheet(fronts).front);
            fronts += 1;
            true
        });
        (drawer.unwrap(), fronts)
    }

    #[test]
    fn sheets_are_found_again_and_what_is_damaged_or_of_others_is_not_there() {
        let folder = std::env::temp_dir().join(format!("annals-drawer-{}", std::process::id()));
        let mut writer = Writer::open(&folder, |_| false).unwrap();
        let run = writer.begin("2031-03-04T10:00:00Z", "0.1.0", None).unwrap();
        let row = |n: usize| {
            let (path, outcome) = (format!("{n}.html"), Outcome::Refused);
            Entry { path, record: None, outcome, reason: String::new(), document: None }
        };
        writer.enter(run, &(0..300).map(row).collect::<Vec<_>>()).unwrap();
        let (mut drawer, _) = opened(&folder, "a");
        // One sheet a row, in runs that are long at first and short then.
        let mut done = 0;
        for count in [100, 90, 1, 2, 3, 70, 1, 33] {
            let sheets = (done..done + count).map(sheet).collect();
            done += count;
            let chain = writer.link_of(done as i64).unwrap().unwrap();
            drawer.add(done as i64, &chain, sheets);
            assert_eq!((drawer.covers(), drawer.sheets()), (done as i64, done));
        }
        let (mut again, fronts) = opened(&folder, "a");
        assert_eq!((fronts, again.covers()), (300, 300));
        for drawer in [&mut drawer, &mut again] {
            for n in 0..300 {
                let mut back = Vec::new();
                assert!(drawer.back(n, &mut back) && back == sheet(n).back, "sheet {n}");
            }
        }
        assert_eq!(opened(&folder, "b").1, 0);
        let last = again.path(again.files.last().unwrap().rows);
        let mut bytes = std::fs::read(&last).unwrap();
        bytes[60] ^= 1;
        std::fs::write(&last, &bytes).unwrap();
        let (short, fronts) = opened(&folder, "a");
        assert!(fronts < 300 && short.covers() == fronts as i64);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
