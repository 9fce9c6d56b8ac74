//! The ledger: every input and every document of a container, what it was and what became of it. Rows are only added,
//! and each holds the hash of the one before, so that a row changed or taken out later is seen.

use crate::captures::{self, Packed};
use crate::{Archive, Error, Writer};
use rusqlite::{OptionalExtension, Transaction, params};
use std::collections::{BTreeMap, BTreeSet};

/// What became of an input.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Outcome {
    /// It gave reports that were new.
    Kept,
    /// Everything in it was there already.
    Known,
    /// There was nothing to keep.
    Refused,
    /// It could not be read.
    Failed,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Outcome; 4] = [Outcome::Kept, Outcome::Known, Outcome::Refused, Outcome::Failed];

    /// Returns the name in the public record.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Kept => "kept",
            Outcome::Known => "known",
            Outcome::Refused => "refused",
            Outcome::Failed => "failed",
        }
    }

    fn of(name: &str) -> Option<Outcome> {
        Outcome::ALL.into_iter().find(|o| o.name() == name)
    }
}

/// A document: its bytes and what came with them.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its bytes.
    pub packed: Packed,
    /// Address, type, day of capture, columns of its row: JSON, as the program writes it. No other crate reads it.
    pub about: String,
    /// The reports made of it.
    pub parts: Vec<Part>,
}

/// A report made of a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// Its id, in hexadecimal digits.
    pub id: String,
    /// Its page's.
    pub page: String,
}

/// An input to enter, as it came out of decoding.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The file, relative to the input that was named.
    pub path: String,
    /// Which record inside a container.
    pub record: Option<String>,
    /// What became of it, as far as can be told without the archive.
    pub outcome: Outcome,
    /// Why; of a container, what it held.
    pub reason: String,
    /// None for a container, and for what could not be read.
    pub document: Option<Document>,
}

/// What became of an entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fate {
    /// Its row of the ledger.
    pub seq: i64,
    /// The final outcome.
    pub outcome: Outcome,
    /// Why.
    pub reason: String,
    /// The reports that were not there before: places in [`Document::parts`].
    pub new: Vec<usize>,
}

/// A row of the ledger.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// Its number: 1, 2, 3, …
    pub seq: i64,
    /// The run that entered it.
    pub addition: i64,
    /// The file, relative to the input that was named.
    pub path: String,
    /// Which record inside a container.
    pub record: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
    /// Why.
    pub reason: String,
    /// Its bytes, if they are kept.
    pub capture: Option<i64>,
    /// What came with them.
    pub about: Option<String>,
}

/// A run of `annals add` or `retry`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Addition {
    /// Its number: 1, 2, 3, …
    pub id: i64,
    /// When it began, RFC 3339, UTC.
    pub at: String,
    /// The version of the program.
    pub version: String,
    /// The frames of sites known to it, as `annals learn` writes them.
    pub templates: Option<String>,
}

/// Counts of rows by outcome. Their sum is what came in.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Tally {
    counts: [u64; 4],
}

impl Tally {
    /// Counts one.
    pub fn add(&mut self, outcome: Outcome) {
        self.counts[outcome as usize] += 1;
    }

    /// Returns how many had this outcome.
    pub fn of(&self, outcome: Outcome) -> u64 {
        self.counts[outcome as usize]
    }

    /// Returns how many came in.
    pub fn all(&self) -> u64 {
        self.counts.iter().sum()
    }
}

const COLUMNS: &str = "seq, addition, path, record, outcome, reason, capture, about";

fn row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    let outcome: String = row.get(4)?;
    let unknown = || rusqlite::Error::InvalidColumnType(4, outcome.clone(), rusqlite::types::Type::Text);
    Ok(Row {
        seq: row.get(0)?,
        addition: row.get(1)?,
        path: row.get(2)?,
        record: row.get(3)?,
        outcome: Outcome::of(&outcome).ok_or_else(unknown)?,
        reason: row.get(5)?,
        capture: row.get(6)?,
        about: row.get(7)?,
    })
}

/// Returns the hash of a row and of the one before it. Every field has its length before it, so that none runs into the next.
pub(crate) fn link(before: &[u8], fields: &[&[u8]]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(before);
    for field in fields {
        hasher.update(&(field.len() as u64).to_le_bytes());
        hasher.update(field);
    }
    *hasher.finalize().as_bytes()
}

/// Returns the link of a ledger row; `run` is what is said of its run, `hash` that of its bytes.
pub(crate) fn link_row(before: &[u8], row: &Row, run: &str, hash: Option<&[u8]>) -> [u8; 32] {
    link(
        before,
        &[
            &row.seq.to_le_bytes(),
            &row.addition.to_le_bytes(),
            run.as_bytes(),
            row.path.as_bytes(),
            row.record.as_deref().map_or(&[][..], str::as_bytes),
            row.outcome.name().as_bytes(),
            row.reason.as_bytes(),
            hash.unwrap_or(&[]),
            row.about.as_deref().map_or(&[][..], str::as_bytes),
        ],
    )
}

impl Writer {
    /// Begins a run. `at` is the time, RFC 3339, UTC.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn begin(&mut self, at: &str, version: &str, templates: Option<&str>) -> Result<i64, Error> {
        self.db
            .execute(
                "INSERT INTO additions (at, version, templates) VALUES (?1, ?2, ?3)",
                params![at, version, templates],
            )
            .map_err(|e| self.failed("write to", e))?;
        Ok(self.db.last_insert_rowid())
    }

    /// Enters inputs into the ledger and keeps their bytes: all of them or, on an error, none. When it returns they are on
    /// the disk.
    ///
    /// # Errors
    /// When the disk is full or fails.
    pub fn enter(&mut self, addition: i64, entries: &[Entry]) -> Result<Vec<Fate>, Error> {
        let folder = self.archive.folder.clone();
        let failed = |e| Error::sql("write to", &folder, e);
        let change =
            self.archive.db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(failed)?;
        let mut fates = Vec::with_capacity(entries.len());
        let (mut seq, mut chain) = last(&change).map_err(failed)?;
        let run = run(&change, addition).map_err(failed)?;
        for entry in entries {
            seq += 1;
            let (fate, next) = enter(&change, (addition, &run), seq, &chain, entry).map_err(failed)?;
            fates.push(fate);
            chain = next.to_vec();
        }
        change.commit().map_err(failed)?;
        Ok(fates)
    }
}

/// Returns what is said of a run, in one string: when it began, the program's version, the frames of sites known to it.
pub(crate) fn run(db: &rusqlite::Connection, addition: i64) -> rusqlite::Result<String> {
    db.query_row("SELECT at, version, templates FROM additions WHERE id = ?1", [addition], |r| {
        let (at, version, templates): (String, String, Option<String>) = (r.get(0)?, r.get(1)?, r.get(2)?);
        Ok(format!("{at} {version} {}", templates.unwrap_or_default()))
    })
}

/// Returns the number and the link of the last row.
fn last(change: &Transaction<'_>) -> rusqlite::Result<(i64, Vec<u8>)> {
    let last = change
        .query_row("SELECT seq, chain FROM ledger ORDER BY seq DESC LIMIT 1", [], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    Ok(last.unwrap_or((0, Vec::new())))
}

fn enter(
    change: &Transaction<'_>,
    (addition, run): (i64, &str),
    seq: i64,
    before: &[u8],
    entry: &Entry,
) -> rusqlite::Result<(Fate, [u8; 32])> {
    let (mut outcome, mut reason) = (entry.outcome, entry.reason.clone());
    let mut new = Vec::new();
    let mut capture = None;
    if let Some(document) = &entry.document {
        let was = captures::find(change, &document.packed.hash)?;
        let same_again = match was {
            Some(capture) => is_entered(change, entry, capture, &document.about)?,
            None => false,
        };
        capture = Some(captures::put(change, &document.packed)?);
        if outcome == Outcome::Kept {
            let mut met = BTreeSet::new();
            for (n, part) in document.parts.iter().enumerate() {
                let known = change.prepare_cached("SELECT 1 FROM reports WHERE id = ?1")?.exists([&part.id])?;
                if !known && met.insert(&part.id) {
                    new.push(n);
                }
            }
            if new.is_empty() {
                outcome = Outcome::Known;
                reason = "the same report is in the archive already".to_owned();
            }
        }
        if same_again && new.is_empty() {
            outcome = Outcome::Known;
            reason = "the same bytes came from here before".to_owned();
        }
    }
    let about = entry.document.as_ref().map(|d| d.about.clone());
    let row =
        Row { seq, addition, path: entry.path.clone(), record: entry.record.clone(), outcome, reason, capture, about };
    let chain = link_row(before, &row, run, entry.document.as_ref().map(|d| &d.packed.hash[..]));
    change
        .prepare_cached(&format!("INSERT INTO ledger ({COLUMNS}, chain) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"))?
        .execute(params![
            row.seq,
            row.addition,
            row.path,
            row.record,
            row.outcome.name(),
            row.reason,
            row.capture,
            row.about,
            &chain[..]
        ])?;
    if let Some(document) = &entry.document {
        let mut insert =
            change.prepare_cached("INSERT OR IGNORE INTO reports (id, page, seq, part) VALUES (?1, ?2, ?3, ?4)")?;
        for &n in &new {
            let part = &document.parts[n];
            insert.execute(params![part.id, part.page, seq, n as i64])?;
        }
    }
    Ok((Fate { seq, outcome: row.outcome, reason: row.reason, new }, chain))
}

/// Says whether these bytes came from this place before, with the same things said of them.
fn is_entered(change: &Transaction<'_>, entry: &Entry, capture: i64, about: &str) -> rusqlite::Result<bool> {
    change
        .prepare_cached("SELECT 1 FROM ledger WHERE path = ?1 AND record IS ?2 AND capture = ?3 AND about = ?4")?
        .exists(params![entry.path, entry.record, capture, about])
}

impl Archive {
    /// Gives the rows of the ledger to `each`, in the order in which they were entered; those of a run alone if one is named.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn ledger(&self, addition: Option<i64>, mut each: impl FnMut(Row)) -> Result<(), Error> {
        let wanted = if addition.is_some() { "WHERE addition = ?1" } else { "WHERE ?1 IS NULL" };
        let mut read = || -> rusqlite::Result<()> {
            let mut query = self.db.prepare(&format!("SELECT {COLUMNS} FROM ledger {wanted} ORDER BY seq"))?;
            let mut rows = query.query([addition])?;
            while let Some(found) = rows.next()? {
                each(row(found)?);
            }
            Ok(())
        };
        read().map_err(|e| self.failed("read", e))
    }

    /// Returns the rows behind row `after`, in order, `most` of them at most.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn rows_after(&self, after: i64, most: usize) -> Result<Vec<Row>, Error> {
        let read = || -> rusqlite::Result<Vec<Row>> {
            let sql = format!("SELECT {COLUMNS} FROM ledger WHERE seq > ?1 ORDER BY seq LIMIT ?2");
            self.db.prepare_cached(&sql)?.query_map(params![after, most as i64], row)?.collect()
        };
        read().map_err(|e| self.failed("read", e))
    }

    /// Returns the runs.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn additions(&self) -> Result<Vec<Addition>, Error> {
        let read = || -> rusqlite::Result<Vec<Addition>> {
            let mut query = self.db.prepare("SELECT id, at, version, templates FROM additions ORDER BY id")?;
            query
                .query_map([], |r| {
                    Ok(Addition { id: r.get(0)?, at: r.get(1)?, version: r.get(2)?, templates: r.get(3)? })
                })?
                .collect()
        };
        read().map_err(|e| self.failed("read", e))
    }

    /// Returns the number and the link of the last row, in hexadecimal digits.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn head(&self) -> Result<Option<(i64, String)>, Error> {
        let read = self.db.query_row("SELECT seq, hex(chain) FROM ledger ORDER BY seq DESC LIMIT 1", [], |r| {
            Ok((r.get(0)?, r.get::<_, String>(1)?.to_lowercase()))
        });
        read.optional().map_err(|e| self.failed("read", e))
    }

    /// Returns the link of a row, in hexadecimal digits; none where there is no such row.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn link_of(&self, seq: i64) -> Result<Option<String>, Error> {
        let read = self.db.query_row("SELECT hex(chain) FROM ledger WHERE seq = ?1", [seq], |r| r.get(0));
        read.optional().map_err(|e| self.failed("read", e))
    }

    /// Returns how many reports there are.
    ///
    /// # Errors
    /// When they cannot be counted.
    pub fn reports(&self) -> Result<u64, Error> {
        let count = self.db.query_row("SELECT count(*) FROM reports", [], |r| r.get::<_, i64>(0));
        count.map(|n| n as u64).map_err(|e| self.failed("read", e))
    }

    /// Returns the row and the place in its document of each report, in the order in which they came: those behind row
    /// `after`.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn parts(&self, after: i64) -> Result<Vec<(i64, usize, Part)>, Error> {
        self.parts_between(after, i64::MAX)
    }

    /// Returns those of [`Archive::parts`] that stand behind row `after`, up to row `last`.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn parts_between(&self, after: i64, last: i64) -> Result<Vec<(i64, usize, Part)>, Error> {
        let read = || -> rusqlite::Result<Vec<(i64, usize, Part)>> {
            let sql = "SELECT seq, part, id, page FROM reports WHERE seq > ?1 AND seq <= ?2 ORDER BY seq, part";
            let mut query = self.db.prepare_cached(sql)?;
            query
                .query_map([after, last], |r| {
                    let part: i64 = r.get(1)?;
                    Ok((r.get(0)?, part as usize, Part { id: r.get(2)?, page: r.get(3)? }))
                })?
                .collect()
        };
        read().map_err(|e| self.failed("read", e))
    }

    /// Returns the last row that had been entered by a time (RFC 3339, UTC), that is the last of the runs that had begun by
    /// then; 0 if there was none.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn last_by(&self, time: &str) -> Result<i64, Error> {
        let sql = "SELECT coalesce(max(seq), 0) FROM ledger
                   WHERE addition <= (SELECT coalesce(max(id), 0) FROM additions WHERE at <= ?1)";
        self.db.query_row(sql, [time], |r| r.get(0)).map_err(|e| self.failed("read", e))
    }

    /// Returns how many reports stand behind row `after`.
    ///
    /// # Errors
    /// When they cannot be counted.
    pub fn reports_after(&self, after: i64) -> Result<u64, Error> {
        let count = self.db.query_row("SELECT count(*) FROM reports WHERE seq > ?1", [after], |r| r.get::<_, i64>(0));
        count.map(|n| n as u64).map_err(|e| self.failed("read", e))
    }

    /// Returns how things stand: each document once, and each input that gave none as it was last met; sorted by path, then
    /// as they came. `until` is the last run to count.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn standing(&self, until: Option<i64>) -> Result<Vec<Row>, Error> {
        let mut rows = Vec::new();
        self.ledger(None, |row| {
            if until.is_none_or(|until| row.addition <= until) {
                rows.push(row);
            }
        })?;
        // From the end: what could not be read stands only until it could be.
        let mut met: BTreeSet<(String, Option<String>)> = BTreeSet::new();
        let mut first: BTreeMap<(String, Option<String>, i64, String), i64> = BTreeMap::new();
        for row in &rows {
            if let Some(capture) = row.capture {
                let about = row.about.clone().unwrap_or_default();
                first.entry((row.path.clone(), row.record.clone(), capture, about)).or_insert(row.seq);
            }
        }
        let firsts: BTreeSet<i64> = first.into_values().collect();
        let mut standing: Vec<Row> = rows
            .into_iter()
            .rev()
            .filter(|row| {
                let is_latest = met.insert((row.path.clone(), row.record.clone()));
                if row.capture.is_some() { firsts.contains(&row.seq) } else { is_latest }
            })
            .collect();
        standing.sort_by(|a, b| (&a.path, a.seq).cmp(&(&b.path, b.seq)));
        Ok(standing)
    }

    /// Returns the bytes of a row's document.
    ///
    /// # Errors
    /// When they are not there or are damaged.
    pub fn document(&self, row: &Row) -> Result<Option<Vec<u8>>, Error> {
        row.capture.map(|capture| self.bytes(capture)).transpose()
    }

    /// Returns a row by its number.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn row(&self, seq: i64) -> Result<Option<Row>, Error> {
        let read = self.db.prepare_cached(&format!("SELECT {COLUMNS} FROM ledger WHERE seq = ?1"));
        read.and_then(|mut q| q.query_row([seq], row).optional()).map_err(|e| self.failed("read", e))
    }
}
