//! What another version of the program makes of an archive: everything that can be made again is, and what comes out
//! otherwise is listed.
//!
//! The rules, word lists and models of a version are its epoch. Whenever an archive is linked, how its reports stood to each
//! other is remembered under the digest of the code that did it ([`remember`]); [`rebuild`] compares that of the code
//! before with what this code makes of the same reports, so that what came in since is not mistaken for a change.

use super::documents::Documents;
use super::indexing::catch_up;
use super::linked::{Item, Linked};
use annals_store::{Archive, Index, Writer};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// How the names of what is remembered begin; the digest of the code follows.
const REMEMBERED: &str = "epoch-";

/// How the reports of an archive stood to each other. Every later version reads this, so fields are only added.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Epoch {
    /// The program's version, and the digest of its rules, lists and models.
    pub(crate) version: String,
    pub(crate) reader: String,
    /// The last row of the ledger that was looked at, and its link.
    row: i64,
    link: String,
    reports: Vec<Standing>,
}

/// How one report stands: where it is, and the numbers of the first report of its story, of its origin, and of what it copies.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Standing {
    seq: i64,
    part: usize,
    id: String,
    story: usize,
    origin: usize,
    copy_of: Option<usize>,
}

/// Something that this version makes otherwise.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Otherwise {
    /// The id that the report has now, and had before.
    pub(crate) id: String,
    pub(crate) before: String,
    /// What to call it.
    pub(crate) called: String,
    /// What is otherwise, in plain words.
    pub(crate) what: Vec<&'static str>,
}

/// What came of making everything again.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Rebuilt {
    /// Reports of the archive.
    pub(crate) reports: usize,
    /// The version and digest before; none if nothing of another code was remembered.
    pub(crate) before: Option<(String, String)>,
    /// Reports that both could compare.
    pub(crate) compared: usize,
    /// In the order in which they came.
    pub(crate) otherwise: Vec<Otherwise>,
}

/// Returns how the reports stand, in the order in which they came.
fn epoch((row, link): (i64, String), linked: &Linked) -> Epoch {
    let items = &linked.items;
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_unstable_by_key(|&n| (items[n].seq, items[n].part));
    let mut place = vec![0; items.len()];
    order.iter().enumerate().for_each(|(at, &n)| place[n] = at);
    // Each part of a partition goes by the report of it that came first.
    let first_of = |parts: &mut dyn Iterator<Item = &Vec<usize>>| {
        let mut firsts = vec![0; items.len()];
        for part in parts {
            let first = part.iter().map(|&n| place[n]).min().unwrap_or(0);
            part.iter().for_each(|&n| firsts[n] = first);
        }
        firsts
    };
    let stories = first_of(&mut linked.links.stories.iter());
    let origins = first_of(&mut linked.links.origins.iter().map(|o| &o.reports));
    let copies: BTreeMap<usize, usize> =
        linked.links.copies.iter().rev().filter_map(|c| Some((c.report, place[c.of?]))).collect();
    let standing = |&n: &usize| Standing {
        seq: items[n].seq,
        part: items[n].part,
        id: items[n].id.to_string(),
        story: stories[n],
        origin: origins[n],
        copy_of: copies.get(&n).copied(),
    };
    Epoch {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        reader: env!("ANNALS_READER").to_owned(),
        row,
        link,
        reports: order.iter().map(standing).collect(),
    }
}

/// Remembers how the reports of an archive stand. Who cannot write does without.
pub(super) fn remember(documents: &Documents, row: i64, linked: &Linked) {
    let link = documents.archive().link_of(row).ok().flatten().unwrap_or_default();
    if let Ok(bytes) = serde_json::to_vec(&epoch((row, link), linked)) {
        let _ = documents.archive().keep(&format!("{REMEMBERED}{}", env!("ANNALS_READER")), REMEMBERED, &bytes);
    }
}

/// Returns what other code made of an archive, the one that saw most of it.
fn before(archive: &Archive) -> Option<Epoch> {
    let read = |name: &String| serde_json::from_slice::<Epoch>(&archive.cached(name, REMEMBERED)?).ok();
    let all = archive.kept(REMEMBERED);
    let others = all.iter().filter(|name| !name.ends_with(env!("ANNALS_READER"))).filter_map(read);
    // One of another ledger, as after a copy was put back, says nothing of this one.
    let is_of_ledger = |epoch: &Epoch| archive.link_of(epoch.row).ok().flatten().is_some_and(|link| link == epoch.link);
    others.filter(is_of_ledger).max_by_key(|epoch| epoch.row)
}

/// Makes the index and the links of an archive again and tells what comes out otherwise than other code had it. `far` is told
/// how many rows are indexed.
///
/// # Errors
/// When the archive cannot be read, or somebody else writes to it.
pub(crate) fn rebuild(folder: &Path, far: impl Fn(usize, usize)) -> anyhow::Result<Rebuilt> {
    let writer = Writer::open(folder, |_| false)?;
    Index::remove(&writer)?;
    Archive::open(folder)?.forget_all_but(REMEMBERED);
    catch_up(&writer, far)?;
    drop(writer);
    let documents = Documents::of(Archive::open(folder)?)?;
    let linked = Linked::of(&documents)?;
    let reports = linked.items.len();
    let Some(before) = before(&documents.archive()) else {
        return Ok(Rebuilt { reports, ..Rebuilt::default() });
    };
    let linked = if linked.items.iter().all(|item| item.seq <= before.row) {
        linked
    } else {
        Linked::up_to(&documents, before.row)?
    };
    let now = epoch((before.row, before.link.clone()), &linked);
    let called: BTreeMap<(i64, usize), String> = linked.items.iter().map(|i| ((i.seq, i.part), called(i))).collect();
    let (compared, otherwise) = compare(&before, &now, &called);
    let archive = documents.archive();
    let all = archive.kept(REMEMBERED);
    all.iter().filter(|name| !name.ends_with(env!("ANNALS_READER"))).for_each(|name| archive.forget(name));
    Ok(Rebuilt { reports, before: Some((before.version, before.reader)), compared, otherwise })
}

fn called(item: &Item) -> String {
    let title = item.title.as_deref().unwrap_or("(no headline)");
    format!("{}: {title}", item.outlet().unwrap_or(&item.path))
}

/// Compares how reports stood with how they stand.
fn compare(before: &Epoch, now: &Epoch, called: &BTreeMap<(i64, usize), String>) -> (usize, Vec<Otherwise>) {
    let places: BTreeMap<(i64, usize), usize> =
        now.reports.iter().enumerate().map(|(n, r)| ((r.seq, r.part), n)).collect();
    // The place now of each report that there was before.
    let found: Vec<Option<usize>> = before.reports.iter().map(|r| places.get(&(r.seq, r.part)).copied()).collect();
    let moved = |of: fn(&Standing) -> usize| moved(before, now, &found, of);
    let (stories, origins) = (moved(|r| r.story), moved(|r| r.origin));
    let mut otherwise = Vec::new();
    for (n, (was, at)) in before.reports.iter().zip(&found).enumerate() {
        let is = at.map(|at| &now.reports[at]);
        let copied = was.copy_of.map(|of| found[of]);
        let mut what = Vec::new();
        match is {
            None => what.push("is no report any more"),
            Some(is) if is.id != was.id => what.push("has other words"),
            Some(_) => {}
        }
        if let Some(is) = is {
            match (copied, is.copy_of) {
                (None, Some(_)) => what.push("is a copy now"),
                (Some(_), None) => what.push("is no copy now"),
                (Some(of), now) if of != now => what.push("is a copy of another report now"),
                _ => {}
            }
        }
        if stories.contains(&n) {
            what.push("is in another story");
        }
        if origins.contains(&n) {
            what.push("is of another origin");
        }
        if !what.is_empty() {
            let called = called.get(&(was.seq, was.part)).cloned().unwrap_or_default();
            let id = is.map_or_else(|| was.id.clone(), |is| is.id.clone());
            otherwise.push(Otherwise { id, before: was.id.clone(), called, what });
        }
    }
    (found.iter().flatten().count(), otherwise)
}

/// Returns the reports that left the others of their part: each part of the partition before is held to be the part now that
/// has most of it.
fn moved(before: &Epoch, now: &Epoch, found: &[Option<usize>], of: fn(&Standing) -> usize) -> BTreeSet<usize> {
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let pairs = || (0..found.len()).filter_map(|n| Some((n, of(&before.reports[n]), of(&now.reports[found[n]?]))));
    pairs().for_each(|(_, was, is)| *shared.entry((was, is)).or_insert(0) += 1);
    // The largest first; each part is met once on either side.
    let mut largest: Vec<((usize, usize), usize)> = shared.into_iter().collect();
    largest.sort_by_key(|&(pair, count)| (std::cmp::Reverse(count), pair));
    let (mut was_met, mut is_met, mut same) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for ((was, is), _) in largest {
        if !was_met.contains(&was) && !is_met.contains(&is) {
            was_met.insert(was);
            is_met.insert(is);
            same.insert((was, is));
        }
    }
    pairs().filter(|(_, was, is)| !same.contains(&(*was, *is))).map(|(n, ..)| n).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reports by id, story, origin and what they copy.
    fn of(reader: &str, reports: &[(&str, usize, usize, Option<usize>)]) -> Epoch {
        let standing = |(n, &(id, story, origin, copy_of)): (usize, &(&str, usize, usize, Option<usize>))| Standing {
            seq: n as i64 + 1,
            part: 0,
            id: id.to_owned(),
            story,
            origin,
            copy_of,
        };
        let reports: Vec<Standing> = reports.iter().enumerate().map(standing).collect();
        Epoch { version: "0".into(), reader: reader.into(), row: reports.len() as i64, link: String::new(), reports }
    }

    #[test]
    fn what_moved_is_told_and_what_stayed_is_not() {
        let before = of("a", &[("a", 0, 0, None), ("b", 0, 0, Some(0)), ("c", 0, 2, None), ("d", 3, 3, None)]);
        let now = of("b", &[("a", 0, 0, None), ("b", 0, 1, None), ("c2", 0, 2, None), ("d", 0, 3, None)]);
        let (compared, told) = compare(&before, &now, &BTreeMap::new());
        let told: Vec<(&str, &[&str])> = told.iter().map(|o| (o.before.as_str(), o.what.as_slice())).collect();
        assert_eq!(compared, 4);
        assert_eq!(
            told,
            [
                ("b", &["is no copy now", "is of another origin"][..]),
                ("c", &["has other words"][..]),
                ("d", &["is in another story"][..]),
            ]
        );
        assert_eq!(compare(&before, &before, &BTreeMap::new()).1, []);
    }
}
