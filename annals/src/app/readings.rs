//! What was read of an archive's reports, kept in the cache: a story is compiled from it, and no report is read twice.
//!
//! A sheet holds a report and its reading, in the order in which reports came; one of a report that could not be made
//! is empty. What is not there is made again, and so is what is damaged.

use super::documents::Documents;
use annals_core::packed::{Unpack, put};
use annals_core::record::Member;
use annals_core::report::ReportId;
use annals_store::{Archive, Drawer, Sheet};
use std::sync::{Mutex, PoisonError};

/// The name of the cache.
const READINGS: &str = "readings";
/// Of zstd: the fastest; each step more costs half as much time again for two bytes in a hundred.
const LEVEL: i32 = 1;
/// Bytes of a report and its reading at most; longer ones are read again. guess: a report of the length that is read whole
/// has less.
const LONGEST: usize = 64 << 20;

/// What was read of the reports of an archive. Threads may share it.
#[derive(Debug)]
pub(super) struct Readings {
    drawer: Mutex<Drawer>,
    /// Of each sheet the row of the ledger and the place in the row's document, ascending.
    places: Vec<(i64, usize)>,
}

impl Readings {
    /// Opens what is kept.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub(super) fn of(archive: &Archive) -> anyhow::Result<Readings> {
        let mut places = Vec::new();
        let drawer = archive.drawer(READINGS, env!("ANNALS_READER"), |front| {
            let place = place(front);
            places.extend(place);
            place.is_some()
        })?;
        // A file that is not whole may have given some.
        places.truncate(drawer.sheets());
        Ok(Readings { drawer: Mutex::new(drawer), places })
    }

    /// Returns the last row of the ledger whose reports are kept.
    pub(super) fn covers(&self) -> i64 {
        self.drawer.lock().unwrap_or_else(PoisonError::into_inner).covers()
    }

    /// Returns a report and its reading, if they are kept and are those of this id.
    pub(super) fn member(&self, place: (i64, usize), id: ReportId) -> Option<Member> {
        let sheet = self.places.binary_search(&place).ok()?;
        let mut packed = Vec::new();
        let is_whole = self.drawer.lock().unwrap_or_else(PoisonError::into_inner).back(sheet, &mut packed);
        if !is_whole || packed.is_empty() {
            return None;
        }
        let bytes = zstd::bulk::decompress(packed.get(8..)?, length(&packed)?).ok()?;
        Member::unpack(&bytes).filter(|member| member.report.id == id)
    }

    /// Keeps the sheets of the reports of the next rows, those up to `to`.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub(super) fn add(&mut self, documents: &Documents, to: i64, sheets: Vec<Sheet>) -> anyhow::Result<()> {
        let chain = documents.archive().link_of(to)?.unwrap_or_default();
        self.places.extend(sheets.iter().filter_map(|sheet| place(&sheet.front)));
        self.drawer.lock().unwrap_or_else(PoisonError::into_inner).add(to, &chain, sheets);
        Ok(())
    }
}

/// Returns the sheet of a report, or of one that could not be made.
pub(super) fn sheet((seq, part): (i64, usize), member: Option<&Member>) -> Sheet {
    let mut front = Vec::new();
    put(&mut front, seq as u64);
    put(&mut front, part as u64);
    Sheet { front, back: member.and_then(pack).unwrap_or_default() }
}

fn pack(member: &Member) -> Option<Vec<u8>> {
    let bytes = member.pack();
    if bytes.len() > LONGEST {
        return None;
    }
    let mut packed = (bytes.len() as u64).to_le_bytes().to_vec();
    packed.extend(zstd::bulk::compress(&bytes, LEVEL).ok()?);
    Some(packed)
}

fn length(packed: &[u8]) -> Option<usize> {
    let length = u64::from_le_bytes(*packed.first_chunk::<8>()?);
    usize::try_from(length).ok().filter(|&length| length <= LONGEST)
}

fn place(front: &[u8]) -> Option<(i64, usize)> {
    let mut from = Unpack::new(front);
    let place = (from.number()? as i64, from.number()? as usize);
    from.is_done().then_some(place)
}
