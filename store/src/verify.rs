//! Whether the archive is what it was: the file, every capture's hash, both logs without a gap or a changed row.

use crate::captures::unpack;
use crate::decisions::link_decision;
use crate::ledger::{link_row, run};
use crate::{Archive, Error};
use std::collections::BTreeMap;

/// Something that is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// Where: `capture 3 (a.html)`, `ledger row 7`.
    pub place: String,
    /// What.
    pub what: String,
}

/// Faults of the file itself that are told at most: the first say enough.
const FAULTS: i64 = 20;

impl Archive {
    /// Checks all that is kept; tells each fault. Goes on after a fault as far as the file can be read.
    ///
    /// # Errors
    /// When the file cannot be read at all.
    pub fn verify(&self, mut fault: impl FnMut(Fault)) -> Result<(), Error> {
        let mut tell = |place: String, what: String| fault(Fault { place, what });
        match self.file_faults() {
            Ok(faults) => faults.into_iter().for_each(|what| tell("annals.sqlite".to_owned(), what)),
            Err(error) => tell("annals.sqlite".to_owned(), error.to_string()),
        }
        let hashes = match self.captures(&mut tell) {
            Ok(hashes) => hashes,
            Err(error) => {
                tell("captures".to_owned(), format!("cannot be read to the end: {error}"));
                BTreeMap::new()
            }
        };
        if let Err(error) = self.chain(&hashes, &mut tell) {
            tell("ledger".to_owned(), format!("cannot be read to the end: {error}"));
        }
        if let Err(error) = self.decision_chain(&mut tell) {
            tell("decisions".to_owned(), format!("cannot be read to the end: {error}"));
        }
        Ok(())
    }

    fn file_faults(&self) -> rusqlite::Result<Vec<String>> {
        let mut faults = Vec::new();
        let mut query = self.db.prepare(&format!("PRAGMA integrity_check({FAULTS})"))?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let said: String = row.get(0)?;
            if said != "ok" {
                faults.push(said);
            }
        }
        let mut query = self.db.prepare("PRAGMA foreign_key_check")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let (table, id, parent): (String, Option<i64>, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            faults.push(format!("row {} of {table} points to no row of {parent}", id.unwrap_or_default()));
        }
        Ok(faults)
    }

    /// Checks the bytes of each capture. Returns the hashes by number.
    fn captures(&self, tell: &mut impl FnMut(String, String)) -> rusqlite::Result<BTreeMap<i64, Vec<u8>>> {
        let mut hashes = BTreeMap::new();
        let mut query = self.db.prepare("SELECT id, hash, size, body FROM captures ORDER BY id")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let (id, hash, size): (i64, Vec<u8>, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let body = row.get_ref(3)?.as_blob().unwrap_or_default();
            if let Err(what) = unpack(body, size as u64, &hash) {
                let source = self
                    .db
                    .query_row("SELECT path FROM ledger WHERE capture = ?1 LIMIT 1", [id], |r| r.get::<_, String>(0));
                tell(format!("capture {id} ({})", source.unwrap_or_else(|_| "of no input".to_owned())), what);
            }
            hashes.insert(id, hash);
        }
        Ok(hashes)
    }

    /// Checks the ledger: numbers without a gap, each row as it was entered.
    fn chain(&self, hashes: &BTreeMap<i64, Vec<u8>>, tell: &mut impl FnMut(String, String)) -> Result<(), Error> {
        let chains = || -> rusqlite::Result<Vec<Vec<u8>>> {
            self.db.prepare("SELECT chain FROM ledger ORDER BY seq")?.query_map([], |r| r.get(0))?.collect()
        };
        let chains = chains().map_err(|e| self.failed("read", e))?;
        let (mut expected, mut before) = (1, Vec::new());
        let mut runs: BTreeMap<i64, String> = BTreeMap::new();
        let mut n = 0;
        self.ledger(None, |row| {
            let place = format!("ledger row {} ({})", row.seq, row.path);
            if row.seq != expected {
                tell(place.clone(), format!("rows {expected} to {} are gone", row.seq - 1));
            }
            expected = row.seq + 1;
            let kept = chains.get(n).cloned().unwrap_or_default();
            n += 1;
            let hash = row.capture.and_then(|c| hashes.get(&c));
            let told = runs.entry(row.addition).or_insert_with(|| run(&self.db, row.addition).unwrap_or_default());
            if link_row(&before, &row, told, hash.map(Vec::as_slice))[..] != kept[..] {
                tell(place, "is not as it was entered, or the row before it is not".to_owned());
            }
            before = kept;
        })
    }

    fn decision_chain(&self, tell: &mut impl FnMut(String, String)) -> Result<(), Error> {
        let chains = || -> rusqlite::Result<Vec<Vec<u8>>> {
            self.db.prepare("SELECT chain FROM decisions ORDER BY seq")?.query_map([], |r| r.get(0))?.collect()
        };
        let chains = chains().map_err(|e| self.failed("read", e))?;
        let mut before = Vec::new();
        for (n, (decision, kept)) in self.all_decisions()?.iter().zip(chains).enumerate() {
            let place = format!("decision {}", decision.seq);
            if decision.seq != n as i64 + 1 {
                tell(place.clone(), "a decision before it is gone".to_owned());
            }
            if link_decision(&before, decision)[..] != kept[..] {
                tell(place, "is not as it was entered, or the one before it is not".to_owned());
            }
            before = kept;
        }
        Ok(())
    }
}
