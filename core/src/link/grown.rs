//! Links reports that are all there, most of which may have been linked before: they are given in order of time as to a
//! stream, but what was found of a report is taken over where nothing that it rests on has changed. [`super::link`] is the
//! case in which nothing was found before, so there is one way to link and one answer.
//!
//! Reports go by their number, the order in which they came to be known; it never changes, and what is remembered holds
//! numbers alone. Inside, they go by their place in the order of time.

use super::copies::code::Code;
use super::copies::tree::{self, Notes, Taken};
use super::copies::{self, Copies, MOST, Match, WINDOW, origins};
use super::kept::{put_shared, shared};
use super::profile::{Packed, Profile};
use super::stories::{Found, Given, Sweep, Weighed};
use super::table::join;
use super::{CopyKind, Links, Sourcing, gather_stories};
use crate::packed::{Unpack, put, put_signed};
/// Where linking finds what it does not hold of a report, by the report's number.
pub trait Shelf {
    /// Reads the packed words that [`Profile::of`] gave into `out`. Returns whether they were there.
    fn words(&mut self, report: usize, out: &mut Vec<u8>) -> bool;

    /// Returns the article text, its stretches parted by a blank line. None if it cannot be had again.
    fn text(&mut self, report: usize) -> Option<String>;
}

/// What was found of reports: all that need not be found again when others join them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Known {
    /// By number.
    found: Vec<Facts>,
    notes: Notes,
    /// The day on which undated reports stand.
    latest: Option<i32>,
}

/// What was found of one report.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Facts {
    /// Of the reports that it was compared with for copies.
    met: u64,
    matches: Vec<Match>,
    story: Found,
}

/// The reports, as the parts of linking look at them: by their places in the order of time.
pub(super) struct Reports<'a> {
    profiles: &'a [Profile],
    /// Place to number, and number to place.
    order: &'a [u32],
    places: &'a [u32],
    shelf: &'a mut dyn Shelf,
    bytes: Vec<u8>,
    /// Whether words were not there.
    is_lost: bool,
}

/// The words of a report, and where each starts and ends in its text.
#[derive(Debug, Default)]
pub(super) struct Compared {
    pub(super) code: Code,
    pub(super) places: Vec<(u32, u32)>,
}

impl<'a> Reports<'a> {
    pub(super) fn at(&self, place: usize) -> &'a Profile {
        &self.profiles[self.order[place] as usize]
    }

    pub(super) fn number(&self, place: usize) -> u32 {
        self.order[place]
    }

    /// Returns the place of a number, if it is one.
    pub(super) fn place(&self, number: u32) -> Option<usize> {
        self.places.get(number as usize).map(|&place| place as usize)
    }

    pub(super) fn text(&mut self, place: usize) -> Option<String> {
        self.shelf.text(self.order[place] as usize)
    }

    pub(super) fn words(&mut self, place: usize) -> Option<Compared> {
        self.packed(place, |packed| {
            let mut code = Code::default();
            packed.read_code(&mut code);
            Some(Compared { code, places: packed.places()? })
        })
    }

    fn terms(&mut self, place: usize) -> Weighed {
        self.packed(place, |packed| packed.terms()).unwrap_or_default()
    }

    /// Reads the coded words into `code`, and returns the day.
    fn recall(&mut self, place: usize, code: &mut Code) -> Option<Option<i32>> {
        self.packed(place, |packed| {
            packed.read_code(code);
            Some(())
        })?;
        Some(self.at(place).since_1970())
    }

    fn packed<T>(&mut self, place: usize, read: impl FnOnce(Packed<'_>) -> Option<T>) -> Option<T> {
        self.bytes.clear();
        let is_there = self.shelf.words(self.order[place] as usize, &mut self.bytes);
        let found = Packed::of(&self.bytes).filter(|_| is_there).and_then(read);
        self.is_lost |= found.is_none();
        found
    }
}

/// Links reports, given by number; `ranks` is the place of each in the list that the links speak of, and settles ties. What
/// is `known` is of the first of them, and is returned for all. None if words of a report were not there.
pub fn link_grown(
    profiles: &[Profile],
    ranks: &[usize],
    known: Known,
    shelf: &mut dyn Shelf,
) -> Option<(Links, Known)> {
    let mut order: Vec<u32> = (0..profiles.len() as u32).collect();
    let by_time = |n: u32| (profiles[n as usize].day.is_none(), profiles[n as usize].day, ranks[n as usize]);
    order.sort_unstable_by_key(|&n| by_time(n));
    let mut places = vec![0; order.len()];
    order.iter().enumerate().for_each(|(place, &n)| places[n as usize] = place as u32);
    let mut reports = Reports { profiles, order: &order, places: &places, shelf, bytes: Vec::new(), is_lost: false };
    // Of so many, it depends on how many there are which are forgotten.
    let known = if profiles.len() > MOST { Known::default() } else { known };
    let (matches, stories, mut known) = sweep(&mut reports, known);
    let mut copies = tree::copies(&mut reports, &matches, &mut known.notes);
    if reports.is_lost {
        return None;
    }
    let order: Vec<usize> = order.iter().map(|&n| ranks[n as usize]).collect();
    for copy in &mut copies {
        (copy.report, copy.of) = (order[copy.report], copy.of.map(|of| order[of]));
    }
    copies.sort_unstable_by_key(|copy| copy.report);
    let mut place = vec![0; order.len()];
    order.iter().enumerate().for_each(|(at, &n)| place[n] = at);
    let stories = gather_stories(&order, stories, &copies, &place);
    let mut sourcing: Vec<&Sourcing> = profiles.iter().map(|profile| &profile.sourcing).collect();
    profiles.iter().zip(ranks).for_each(|(profile, &rank)| sourcing[rank] = &profile.sourcing);
    let (origins, doubts, _) = origins::gather(&sourcing, &copies, (&place, &stories), &[]);
    Some((Links { copies, origins, doubts, stories }, known))
}

/// Gives the reports in order of time. Returns the matches of each and its story, by places, and what is known now.
fn sweep(reports: &mut Reports<'_>, known: Known) -> (Vec<Vec<Match>>, Vec<usize>, Known) {
    let (order, places) = (reports.order, reports.places);
    let Known { mut found, mut notes, latest: was_latest } = known;
    let before = found.len();
    let latest = reports.profiles.iter().filter_map(Profile::since_1970).max();
    let (mut copies, mut stories) = (Copies::within(WINDOW), Sweep::default());
    let (mut features, mut keys) = (Bits::of(before), Bits::of(before));
    let mut matches: Vec<Vec<Match>> = Vec::with_capacity(order.len());
    let mut old = Code::default();
    found.resize(order.len(), Facts::default());
    notes.taken.resize(order.len(), None);
    for (place, &number) in order.iter().enumerate() {
        let profile = reports.at(place);
        let was = ((number as usize) < before).then(|| std::mem::take(&mut found[number as usize]));
        // The day on which undated reports stand has moved: they may see others.
        let has_moved = profile.day.is_none() && latest != was_latest;
        let may_meet = was.is_none() || has_moved || profile.features.asked().any(|f| features.has(f));
        let was_matched = was.as_ref().map(|was| (was.met, numbered(&was.matches, places)));
        let (met, matched) = match was_matched {
            Some(known) if !may_meet => known,
            known => compare(reports, &copies, place, known, &mut old),
        };
        copies.remember(None, &profile.features, profile.since_1970());
        let given = Given {
            terms: &profile.terms,
            keys: &profile.keys,
            place: (profile.since_1970().or(latest).unwrap_or(i32::MIN), place as u32),
            may_meet: was.is_none() || has_moved || profile.keys.iter().any(|k| keys.has(k.0)),
            may_see: has_moved,
            was: was.map(|was| was.story.renumbered(|n| places[n as usize])),
        };
        let story = stories.arrive(given, order, &mut |place| reports.terms(place as usize));
        if number as usize >= before {
            profile.features.remembered().for_each(|f| features.set(f));
            profile.keys.iter().for_each(|k| keys.set(k.0));
        }
        found[number as usize] =
            Facts { met, matches: numbered(&matched, order), story: story.renumbered(|place| order[place as usize]) };
        matches.push(matched);
    }
    (matches, stories.stories(), Known { found, notes, latest })
}

/// Returns matches with other numbers for the reports.
fn numbered(matches: &[Match], numbers: &[u32]) -> Vec<Match> {
    matches.iter().map(|m| Match { with: numbers[m.with] as usize, ..*m }).collect()
}

/// Finds the matches of a report, unless it meets the same reports as it is known to.
fn compare(
    reports: &mut Reports<'_>,
    copies: &Copies,
    place: usize,
    known: Option<(u64, Vec<Match>)>,
    old: &mut Code,
) -> (u64, Vec<Match>) {
    let profile = reports.at(place);
    let near = copies.candidates(&profile.features, profile.since_1970());
    let met = near.iter().fold(1, |hash, &place| join(hash, u64::from(reports.order[place])));
    if let Some(known) = known.filter(|known| known.0 == met) {
        return known;
    }
    let mut new = Code::default();
    if near.is_empty() || reports.recall(place, &mut new).is_none() {
        return (met, Vec::new());
    }
    let matches = copies::matches(&new, profile.since_1970(), &near, old, |place, code| reports.recall(place, code));
    (met, matches)
}

/// Features or terms of new reports: some that are of none may be said to be.
#[derive(Debug)]
struct Bits {
    words: Vec<u64>,
}

/// Bits of a set: one in 2,700 answers is wrong after a thousand reports.
const BITS: u32 = 26;

impl Bits {
    /// Returns a set to ask about `reports` that are known: none of them, no set.
    fn of(reports: usize) -> Bits {
        Bits { words: if reports == 0 { Vec::new() } else { vec![0; 1 << (BITS - 6)] } }
    }

    fn set(&mut self, key: u32) {
        let at = Self::at(key);
        if let Some(word) = self.words.get_mut(at.0) {
            *word |= at.1;
        }
    }

    fn has(&self, key: u32) -> bool {
        let at = Self::at(key);
        self.words.get(at.0).is_some_and(|word| word & at.1 != 0)
    }

    /// Features are small hashes: their upper bits tell little.
    fn at(key: u32) -> (usize, u64) {
        let key = key & ((1 << BITS) - 1);
        ((key >> 6) as usize, 1 << (key & 63))
    }
}

impl Known {
    /// Returns of how many reports it tells.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Says whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Returns it as bytes.
    pub fn pack(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put(&mut out, u64::from(self.latest.is_some()));
        self.latest.iter().for_each(|&day| put_signed(&mut out, day));
        put(&mut out, self.found.len() as u64);
        for (facts, taken) in self.found.iter().zip(&self.notes.taken) {
            facts.pack(&mut out);
            put(&mut out, u64::from(taken.is_some()));
            taken.iter().for_each(|taken| pack_taken(taken, &mut out));
        }
        put(&mut out, self.notes.originals.len() as u64);
        for (&key, &original) in &self.notes.originals {
            out.extend(key.to_le_bytes());
            put(&mut out, u64::from(original));
        }
        out
    }

    /// Reads what [`Known::pack`] wrote, of at most so many reports; none if it did not write this.
    pub fn unpack(bytes: &[u8], most: usize) -> Option<Known> {
        let mut from = Unpack::new(bytes);
        let latest = match from.number()? {
            0 => None,
            _ => Some(from.signed()?),
        };
        let count = from.count().filter(|&count| count <= most)?;
        let mut known = Known { latest, ..Known::default() };
        for _ in 0..count {
            known.found.push(Facts::unpack(&mut from)?);
            let taken = match from.number()? {
                0 => None,
                _ => Some(unpack_taken(&mut from)?),
            };
            known.notes.taken.push(taken);
        }
        for _ in 0..from.count()? {
            known.notes.originals.insert(long(&mut from)?, from.small()?);
        }
        from.is_done().then_some(known)
    }
}

impl Facts {
    fn pack(&self, out: &mut Vec<u8>) {
        out.extend(self.met.to_le_bytes());
        put(out, self.matches.len() as u64);
        for found in &self.matches {
            put(out, found.with as u64);
            put(out, found.kind.number());
            put(out, u64::from(found.here));
            put(out, u64::from(found.there));
        }
        out.extend(self.story.met.to_le_bytes());
        out.extend(self.story.view.to_le_bytes());
        put(out, self.story.near.len() as u64);
        for &(report, score) in &self.story.near {
            put(out, u64::from(report));
            put_signed(out, score);
        }
        put(out, self.story.says.len() as u64);
        for &(report, parent) in &self.story.says {
            put(out, u64::from(report));
            put(out, parent.map_or(0, |parent| u64::from(parent) + 1));
        }
    }

    fn unpack(from: &mut Unpack<'_>) -> Option<Facts> {
        let met = long(from)?;
        let found = |from: &mut Unpack<'_>| {
            let (with, kind) = (from.small()? as usize, CopyKind::of(from.number()?)?);
            Some(Match { with, kind, here: from.small()? as u16, there: from.small()? as u16 })
        };
        let matches = from.list(found)?;
        let mut story = Found { met: long(from)?, view: long(from)?, ..Found::default() };
        story.near = from.list(|from| Some((from.small()?, from.signed()?)))?;
        story.says = from.list(|from| Some((from.small()?, from.small()?.checked_sub(1))))?;
        Some(Facts { met, matches, story })
    }
}

fn pack_taken(taken: &Taken, out: &mut Vec<u8>) {
    put(out, u64::from(taken.of));
    put(out, u64::from(taken.certain));
    put_shared(out, &taken.passages);
}

fn unpack_taken(from: &mut Unpack<'_>) -> Option<Taken> {
    let (of, certain) = (from.small()?, from.number()? != 0);
    Some(Taken { of, certain, passages: shared(from)? })
}

fn long(from: &mut Unpack<'_>) -> Option<u64> {
    from.take(8)?.try_into().ok().map(u64::from_le_bytes)
}
