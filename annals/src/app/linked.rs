//! How the reports of an archive relate, found once and kept until it grows; and then found anew only where what is new
//! changes something.
//!
//! Two things are kept in the cache for that: of each report the profile that linking looks at, so that bytes are decoded
//! once; and what was found of each, so that reports are compared once. What is not there is made again.

use super::documents::Documents;
use super::rebuild;
use super::search::since_1970;
use annals_core::link::{Known, Links, Profile, Shelf, Sourcing, link_grown};
use annals_core::packed::{Unpack, put, put_maybe, put_signed, put_str};
use annals_core::record::as_article;
use annals_core::report::{Report, ReportId, Source};
use annals_store::{Drawer, Row, Sheet};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Rows decoded at once, and sheets written at once: some 50 MB.
const TOGETHER: usize = 1024;
const WRITTEN: usize = 16 * TOGETHER;

/// The names of the caches: links, what was found of each report, and profiles.
const LINKS: &str = "links";
const FOUND: &str = "found";
const PROFILES: &str = "profiles";

/// A report, where it is, and what a list needs of it.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) id: ReportId,
    pub(super) seq: i64,
    pub(super) part: usize,
    pub(super) run: i64,
    pub(super) path: String,
    pub(super) record: Option<String>,
    pub(super) title: Option<String>,
    pub(super) sourcing: Sourcing,
    /// The last day of its published interval: days since 1970-01-01.
    pub(super) day: Option<i64>,
}

/// The reports of an archive and how they relate, whatever people decided.
#[derive(Debug)]
pub(super) struct Linked {
    /// Sorted by report id.
    pub(super) items: Vec<Item>,
    pub(super) links: Links,
    /// Reports of the archive that could not be made again. Where there are any, nothing is kept.
    pub(super) lost: usize,
}

impl Linked {
    /// Links the reports of an archive, or takes what was kept.
    ///
    /// # Errors
    /// When the archive cannot be read. A cache that cannot be used is no error.
    pub(super) fn of(documents: &Documents) -> anyhow::Result<Linked> {
        let last = documents.archive().head()?.map_or(0, |head| head.0);
        let now = key(documents, last)?;
        let cached = documents.archive().cached(LINKS, &now);
        if let Some(linked) = cached.and_then(|bytes| Linked::unpack(&bytes)) {
            return Ok(linked);
        }
        let (linked, last) = match Profiles::of(documents)?.link(documents) {
            Some(done) => done,
            // Sheets that were whole a moment ago are not: all of it once more, from the bytes.
            None => {
                let mut profiles = Profiles::open(documents)?;
                profiles.clear();
                profiles.catch_up(documents)?;
                profiles.link(documents).ok_or_else(|| anyhow::anyhow!("what was read of the reports is gone again"))?
            }
        };
        // Who cannot write does without.
        if linked.lost == 0 {
            let key = key(documents, last)?;
            let _ = documents.archive().keep(LINKS, &key, &linked.pack());
            rebuild::remember(documents, last, &linked);
        }
        Ok(linked)
    }

    /// Links the reports of the rows up to one, as if no other had come. Keeps nothing of it.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub(super) fn up_to(documents: &Documents, row: i64) -> anyhow::Result<Linked> {
        let mut profiles = Profiles::of(documents)?;
        let count = profiles.items.partition_point(|item| item.seq <= row);
        profiles.items.truncate(count);
        profiles.profiles.truncate(count);
        let done = profiles.linked(documents, Known::default(), false);
        done.ok_or_else(|| {
            anyhow::anyhow!("what was read of the reports is damaged: delete the folder `cache` of the archive")
        })
    }

    fn pack(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put(&mut out, self.items.len() as u64);
        self.items.iter().for_each(|item| item.pack(&mut out));
        self.links.pack(&mut out);
        out
    }

    fn unpack(bytes: &[u8]) -> Option<Linked> {
        let mut from = Unpack::new(bytes);
        let items = from.list(Item::unpack)?;
        let links = Links::unpack(&mut from, items.len())?;
        from.is_done().then_some(Linked { items, links, lost: 0 })
    }
}

/// The profiles of an archive's reports, in the order in which they came.
struct Profiles {
    items: Vec<Item>,
    profiles: Vec<Profile>,
    ids: BTreeSet<ReportId>,
    drawer: Drawer,
    /// Reports that could not be made.
    lost: usize,
}

impl Profiles {
    /// Returns those of all reports; makes those that are not kept.
    fn of(documents: &Documents) -> anyhow::Result<Profiles> {
        let mut profiles = Profiles::open(documents)?;
        profiles.catch_up(documents)?;
        Ok(profiles)
    }

    /// Returns those that are kept.
    fn open(documents: &Documents) -> anyhow::Result<Profiles> {
        let (mut items, mut profiles) = (Vec::new(), Vec::new());
        let drawer = documents.archive().drawer(PROFILES, env!("ANNALS_READER"), |front| {
            let read = read_front(front);
            let is_whole = read.is_some();
            read.into_iter().for_each(|(item, profile)| {
                items.push(item);
                profiles.push(profile);
            });
            is_whole
        })?;
        // A file that is not whole may have given some.
        items.truncate(drawer.sheets());
        profiles.truncate(drawer.sheets());
        let ids = items.iter().map(|item| item.id).collect();
        Ok(Profiles { items, profiles, ids, drawer, lost: 0 })
    }

    fn clear(&mut self) {
        self.drawer.clear();
        self.items.clear();
        self.profiles.clear();
        self.ids.clear();
    }

    /// Makes the profiles of the rows behind those that are covered.
    fn catch_up(&mut self, documents: &Documents) -> anyhow::Result<()> {
        let mut done = self.drawer.covers();
        // What is added from now on is for the next time.
        let last = documents.archive().head()?.map_or(0, |head| head.0);
        let parts = documents.archive().parts(done)?;
        let new: BTreeSet<(i64, usize)> = parts.into_iter().map(|(seq, part, _)| (seq, part)).collect();
        let mut sheets = Vec::new();
        loop {
            let mut rows = documents.archive().rows_after(done, TOGETHER)?;
            rows.retain(|row| row.seq <= last);
            done = rows.last().map_or(done, |row| row.seq);
            let made: Vec<Vec<Made>> = rows.par_iter().map(|row| made(documents, row, &new)).collect();
            let of_rows = rows.iter().map(|row| new.range((row.seq, 0)..(row.seq + 1, 0)).count());
            let lost: usize = of_rows.zip(&made).map(|(all, made)| all.saturating_sub(made.len())).sum();
            if lost > 0 {
                // Bytes that are damaged now may be put back: nothing is kept that says they hold no report.
                self.drawer.hold();
                self.lost += lost;
            }
            for Made { item, profile, sheet } in made.into_iter().flatten() {
                if self.ids.insert(item.id) {
                    self.items.push(item);
                    self.profiles.push(profile);
                    sheets.push(sheet);
                }
            }
            let is_last = rows.len() < TOGETHER;
            if (is_last || sheets.len() >= WRITTEN) && done > self.drawer.covers() {
                let chain = documents.archive().link_of(done)?.unwrap_or_default();
                self.drawer.add(done, &chain, std::mem::take(&mut sheets));
            }
            if is_last {
                return Ok(());
            }
        }
    }

    /// Links the reports, those that are new among those that were linked before; returns the last row of the ledger that was
    /// looked at, too. None if a profile's words are gone.
    fn link(self, documents: &Documents) -> Option<(Linked, i64)> {
        let known = known(documents, &self.items);
        let covers = self.drawer.covers();
        Some((self.linked(documents, known, true)?, covers))
    }

    /// Links the reports; `known` is what was found of the first of them.
    fn linked(mut self, documents: &Documents, known: Known, is_kept: bool) -> Option<Linked> {
        let mut sorted: Vec<usize> = (0..self.items.len()).collect();
        sorted.sort_unstable_by_key(|&n| self.items[n].id);
        let mut ranks = vec![0; sorted.len()];
        sorted.iter().enumerate().for_each(|(rank, &n)| ranks[n] = rank);
        let mut words = Words { items: &self.items, drawer: &mut self.drawer, documents };
        let (links, known) = link_grown(&self.profiles, &ranks, known, &mut words)?;
        if is_kept && self.lost == 0 {
            let _ = keep(documents, &self.items, &known);
        }
        drop(self.profiles);
        let mut items: Vec<Option<Item>> = self.items.into_iter().map(Some).collect();
        let items = sorted.into_iter().filter_map(|n| items[n].take()).collect();
        Some(Linked { items, links, lost: self.lost })
    }
}

/// Returns the key of the links of an archive up to a row.
fn key(documents: &Documents, last: i64) -> anyhow::Result<String> {
    let link = documents.archive().link_of(last)?.unwrap_or_default();
    Ok(format!("{link} {}", env!("ANNALS_READER")))
}

/// Returns what was found of the first reports, if it was of these.
fn known(documents: &Documents, items: &[Item]) -> Known {
    let archive = documents.archive();
    let read = || {
        let bytes = archive.cached(FOUND, env!("ANNALS_READER"))?;
        let mut from = Unpack::new(&bytes);
        let (seq, chain) = (from.number()? as i64, from.words()?);
        let is_of_ledger = archive.link_of(seq).ok()?.is_some_and(|now| now == chain);
        let count = items.partition_point(|item| item.seq <= seq);
        Known::unpack(from.rest(), count).filter(|known| is_of_ledger && known.len() == count)
    };
    read().unwrap_or_default()
}

/// Keeps what was found of all reports.
fn keep(documents: &Documents, items: &[Item], known: &Known) -> anyhow::Result<()> {
    let archive = documents.archive();
    let seq = items.last().map_or(0, |item| item.seq);
    let mut bytes = Vec::new();
    put(&mut bytes, seq as u64);
    put_str(&mut bytes, &archive.link_of(seq)?.unwrap_or_default());
    bytes.extend(known.pack());
    Ok(archive.keep(FOUND, env!("ANNALS_READER"), &bytes)?)
}

/// Where linking finds the words of a report.
struct Words<'a> {
    items: &'a [Item],
    drawer: &'a mut Drawer,
    documents: &'a Documents,
}

impl Shelf for Words<'_> {
    fn words(&mut self, report: usize, out: &mut Vec<u8>) -> bool {
        self.drawer.back(report, out)
    }

    fn text(&mut self, report: usize) -> Option<String> {
        let item = &self.items[report];
        let report = self.documents.report(item.seq, item.part).filter(|report| report.id == item.id)?;
        Some(as_article(&report, |article| article.body_text()))
    }
}

/// What is made of one report.
struct Made {
    item: Item,
    profile: Profile,
    sheet: Sheet,
}

/// Makes the reports of a row that are new with it.
fn made(documents: &Documents, row: &Row, new: &BTreeSet<(i64, usize)>) -> Vec<Made> {
    if new.range((row.seq, 0)..(row.seq + 1, 0)).next().is_none() {
        return Vec::new();
    }
    let reports = documents.reports(row).unwrap_or_default().into_iter().enumerate();
    let made = |(part, report): (usize, Report)| {
        let (profile, back) = as_article(&report, Profile::of);
        let item = item(row, part, &report, &profile);
        let mut front = Vec::new();
        item.pack(&mut front);
        profile.pack(&mut front);
        Made { item, profile, sheet: Sheet { front, back } }
    };
    reports.filter(|(part, _)| new.contains(&(row.seq, *part))).map(made).collect()
}

fn read_front(front: &[u8]) -> Option<(Item, Profile)> {
    let mut from = Unpack::new(front);
    let item = Item::unpack(&mut from)?;
    Some((item, Profile::unpack(from.rest())?))
}

fn item(row: &Row, part: usize, report: &Report, profile: &Profile) -> Item {
    Item {
        id: report.id,
        seq: row.seq,
        part,
        run: row.addition,
        path: report.source.path.clone(),
        record: report.source.record.clone(),
        title: report.title.clone(),
        sourcing: profile.sourcing().clone(),
        day: profile.day().map(since_1970),
    }
}

impl Item {
    pub(super) fn source(&self) -> Source {
        Source { path: self.path.clone(), record: self.record.clone() }
    }

    pub(super) fn outlet(&self) -> Option<&str> {
        self.sourcing.outlet.as_deref()
    }

    fn pack(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.id.bytes());
        put(out, self.seq as u64);
        put(out, self.part as u64);
        put(out, self.run as u64);
        put_str(out, &self.path);
        put_maybe(out, self.record.as_deref());
        put_maybe(out, self.title.as_deref());
        self.sourcing.pack(out);
        put(out, u64::from(self.day.is_some()));
        self.day.iter().for_each(|&day| put_signed(out, day as i32));
    }

    fn unpack(from: &mut Unpack<'_>) -> Option<Item> {
        Some(Item {
            id: ReportId::from_bytes(from.take(16)?.try_into().ok()?),
            seq: from.number()? as i64,
            part: from.number()? as usize,
            run: from.number()? as i64,
            path: from.words()?.to_owned(),
            record: from.maybe()?,
            title: from.maybe()?,
            sourcing: Sourcing::unpack(from)?,
            day: match from.number()? {
                0 => None,
                _ => Some(i64::from(from.signed()?)),
            },
        })
    }
}
