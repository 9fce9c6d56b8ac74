//! What people decided: names that are one or two, copies, stories that belong together or not, who said what. Rows are only added; a decision
//! is taken back by another row, so that who held what, when and why stays told.

use crate::ledger::link;
use crate::{Archive, Error, Writer};
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeSet;

/// What was decided.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verb {
    /// Two names are one person, body or place; of two reports, the first is a copy of the second.
    Same,
    /// They are two; neither report is a copy of the other.
    NotSame,
    /// Two stories, each named by a report of it, are one.
    Merge,
    /// A report belongs to another story than another report.
    Split,
    /// A statement was said by whoever is named.
    SaidBy,
    /// It was not.
    NotSaidBy,
    /// An earlier decision no longer holds.
    Undo,
}

impl Verb {
    const ALL: [Verb; 7] =
        [Verb::Same, Verb::NotSame, Verb::Merge, Verb::Split, Verb::SaidBy, Verb::NotSaidBy, Verb::Undo];

    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            Verb::Same => "same",
            Verb::NotSame => "not-same",
            Verb::Merge => "merge",
            Verb::Split => "split",
            Verb::SaidBy => "said-by",
            Verb::NotSaidBy => "not-said-by",
            Verb::Undo => "undo",
        }
    }
}

/// A decision.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decision {
    /// Its number: 1, 2, 3, …
    pub seq: i64,
    /// When, RFC 3339, UTC.
    pub at: String,
    /// Who.
    pub by: Option<String>,
    /// Why.
    pub why: Option<String>,
    /// What.
    pub verb: Verb,
    /// The first of the two; of an undo, the number of the decision taken back.
    pub a: String,
    /// The second; of an undo, empty.
    pub b: String,
}

/// Returns the link of a decision.
pub(crate) fn link_decision(before: &[u8], d: &Decision) -> [u8; 32] {
    let or_empty = |s: &Option<String>| s.clone().unwrap_or_default();
    link(
        before,
        &[
            &d.seq.to_le_bytes(),
            d.at.as_bytes(),
            or_empty(&d.by).as_bytes(),
            or_empty(&d.why).as_bytes(),
            d.verb.name().as_bytes(),
            d.a.as_bytes(),
            d.b.as_bytes(),
        ],
    )
}

impl Writer {
    /// Adds a decision; `seq` is given here. Returns its number.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn decide(&mut self, decision: &Decision) -> Result<i64, Error> {
        let folder = self.archive.folder.clone();
        let failed = |e| Error::sql("write to", &folder, e);
        let change = self.archive.db.transaction().map_err(failed)?;
        let last: Option<(i64, Vec<u8>)> = change
            .query_row("SELECT seq, chain FROM decisions ORDER BY seq DESC LIMIT 1", [], |r| Ok((r.get(0)?, r.get(1)?)))
            .optional()
            .map_err(failed)?;
        let (before, chain) = last.unwrap_or_default();
        let d = Decision { seq: before + 1, ..decision.clone() };
        change
            .execute(
                "INSERT INTO decisions (seq, at, by, why, verb, a, b, chain) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![d.seq, d.at, d.by, d.why, d.verb.name(), d.a, d.b, &link_decision(&chain, &d)[..]],
            )
            .map_err(failed)?;
        change.commit().map_err(failed)?;
        Ok(d.seq)
    }
}

impl Archive {
    /// Returns all decisions, those taken back among them.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn all_decisions(&self) -> Result<Vec<Decision>, Error> {
        let read = || -> rusqlite::Result<Vec<Decision>> {
            let mut query = self.db.prepare("SELECT seq, at, by, why, verb, a, b FROM decisions ORDER BY seq")?;
            let decision = |r: &rusqlite::Row<'_>| {
                let verb: String = r.get(4)?;
                let unknown = || rusqlite::Error::InvalidColumnType(4, verb.clone(), rusqlite::types::Type::Text);
                Ok(Decision {
                    seq: r.get(0)?,
                    at: r.get(1)?,
                    by: r.get(2)?,
                    why: r.get(3)?,
                    verb: Verb::ALL.into_iter().find(|v| v.name() == verb).ok_or_else(unknown)?,
                    a: r.get(5)?,
                    b: r.get(6)?,
                })
            };
            query.query_map([], decision)?.collect()
        };
        read().map_err(|e| self.failed("read", e))
    }

    /// Returns the decisions that hold, in the order in which they were taken; `counts` says of the time of one whether it
    /// and what takes it back count.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn decisions(&self, counts: impl Fn(&str) -> bool) -> Result<Vec<Decision>, Error> {
        let mut all = self.all_decisions()?;
        all.retain(|d| counts(&d.at));
        // Later rows first: an undo that was itself taken back undoes nothing.
        let mut gone: BTreeSet<i64> = BTreeSet::new();
        for d in all.iter().rev().filter(|d| d.verb == Verb::Undo) {
            if let (false, Ok(of)) = (gone.contains(&d.seq), d.a.parse()) {
                gone.insert(of);
            }
        }
        Ok(all.into_iter().filter(|d| d.verb != Verb::Undo && !gone.contains(&d.seq)).collect())
    }
}
