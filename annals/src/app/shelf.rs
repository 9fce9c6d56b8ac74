//! An archive as a set of stories: which there are, and the record of each, compiled when it is asked for.
//!
//! A [`Holding`] is what an archive held at one moment and never changes; [`Shelf::look`] puts a newer one in its place.
//! A story is known by its first report, so that its address leads to it whatever joins it later.

use super::brief::{Brief, Entry, date};
use super::decided::{self, decision};
use super::documents::Documents;
use super::linked::{Item, Linked};
use super::marks::reading;
use super::readings::Readings;
use super::search::on_day;
use annals_core::link::Links;
use annals_core::record::{
    self, Decision, Effect, Grouped, Member, Ruling, Subject, compile_regrouped, compile_with, place,
};
use annals_core::report::{ReportId, digest};
use annals_core::when::Day;
use annals_store::{Archive, Outcome};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// Reports whose compiled records are remembered at most: some 200 kB each.
const REMEMBERED: usize = 2_000;

/// Reports of a story that one core makes in no time, where they are kept as they were read.
const SHORT: usize = 40;

/// The stories of an archive, kept up to date.
#[derive(Debug)]
pub(crate) struct Shelf {
    folder: PathBuf,
    now: Mutex<Arc<Holding>>,
}

/// What an archive held at one moment.
#[derive(Debug)]
pub(crate) struct Holding {
    /// Changes with every row of the ledger and every decision: hexadecimal digits.
    pub(crate) head: String,
    /// The stories, that of the latest report first.
    pub(crate) stories: Vec<Shown>,
    /// What people decided, and still hold.
    pub(crate) decisions: Vec<Decision>,
    /// What came of those about copies and stories; their reports are items.
    rulings: Vec<Ruling>,
    /// When each run began: RFC 3339, UTC.
    kept_at: BTreeMap<i64, String>,
    documents: Documents,
    readings: Readings,
    /// How many reports of the archive cannot be made again, and are in no story.
    pub(crate) lost: usize,
    /// Sorted by report id.
    items: Vec<Item>,
    /// The story of each item: index into `stories`.
    story_of: Vec<usize>,
    /// The stories that have copies of reports whose statements people decided about, those reports' own among them; by the
    /// decisions' numbers.
    spoken: BTreeMap<usize, BTreeSet<usize>>,
    /// The items of each story, ascending, and how they relate; in the order of `stories`.
    parts: Vec<(Vec<usize>, Links)>,
    /// What each story's record is made of, once somebody has asked for it.
    keys: Vec<OnceLock<[u8; 16]>>,
    compiled: Arc<Mutex<Compiled>>,
}

/// A story, as a list shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Shown {
    /// The id of its first report.
    pub(crate) id: String,
    /// The headline of the earliest report that has one and repeats no other.
    pub(crate) title: String,
    /// The earliest day of publication.
    pub(crate) first: Option<Day>,
    /// The latest.
    pub(crate) last: Option<Day>,
    /// How many reports.
    pub(crate) reports: usize,
    /// Who published them, sorted.
    pub(crate) outlets: Vec<String>,
    /// How many independent origins they have.
    pub(crate) origins: usize,
    /// How many reports are of each day, in order.
    pub(crate) days: Vec<(Day, u32)>,
    /// When the newest was kept: RFC 3339, UTC.
    pub(crate) kept_at: String,
}

/// A story's record, once somebody has asked for it.
type Once = Arc<OnceLock<Arc<Brief>>>;

/// Compiled records by what they were compiled from, the last asked for behind.
#[derive(Debug, Default)]
struct Compiled {
    briefs: Vec<([u8; 16], usize, Once)>,
}

impl Shelf {
    /// Opens an archive and finds its stories; those that it had by a time (RFC 3339, UTC), if one is given.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn open(folder: &Path, by: Option<&str>) -> anyhow::Result<Shelf> {
        let holding = Holding::of(Archive::open(folder)?, by, Arc::default())?;
        Ok(Shelf { folder: folder.to_owned(), now: Mutex::new(Arc::new(holding)) })
    }

    /// Returns the folder of the archive.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns what the archive held when it was last looked at.
    pub(crate) fn now(&self) -> Arc<Holding> {
        Arc::clone(&self.now.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Looks whether the archive has grown, and shows what it holds now when `prepare` has looked at it. Returns whether
    /// something newer is shown than before.
    ///
    /// # Errors
    /// When it cannot be read; what was held before stays.
    pub(crate) fn look(&self, prepare: impl Fn(&Holding)) -> anyhow::Result<bool> {
        let first = self.now();
        loop {
            let archive = Archive::open(&self.folder)?;
            let before = self.now();
            if head(&archive)? == before.head {
                return Ok(!Arc::ptr_eq(&first, &before));
            }
            let holding = Arc::new(Holding::of(archive, None, Arc::clone(&before.compiled))?);
            prepare(&holding);
            let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
            // Whoever looked meanwhile may have seen more than this look did.
            if Arc::ptr_eq(&now, &before) {
                *now = holding;
                return Ok(true);
            }
        }
    }
}

/// Returns what changes with every row of the ledger and every decision.
fn head(archive: &Archive) -> anyhow::Result<String> {
    let ledger = archive.head()?.map_or_else(String::new, |(_, hash)| hash);
    let decisions = archive.all_decisions()?.len();
    Ok(hex(&digest(&[&ledger, &decisions.to_string()])))
}

/// Regroups copies and stories as people decided them. Returns what came of that.
fn regroup(items: &[Item], links: &mut Links, decisions: &[Decision]) -> Vec<Ruling> {
    if !decisions.iter().any(record::is_of_reports) {
        return Vec::new();
    }
    let grouped: Vec<Grouped<'_>> =
        items.iter().map(|item| Grouped { id: item.id, day: item.day.map(on_day), sourcing: &item.sourcing }).collect();
    record::regroup_kept(&grouped, links, decisions)
}

/// Returns which stories have the reports whose statements people decided about, or copies of them; by the decisions' numbers.
fn spoken(
    items: &[Item],
    links: &Links,
    story_of: &[usize],
    decisions: &[Decision],
) -> BTreeMap<usize, BTreeSet<usize>> {
    let about = decisions.iter().filter(|d| d.subject() == Subject::Speakers);
    let report = |d: &Decision| {
        let id = place(&d.a).1?;
        Some((d.line, items.binary_search_by(|item| item.id.to_string().as_str().cmp(id)).ok()?))
    };
    let named: Vec<(usize, usize)> = about.filter_map(report).collect();
    if named.is_empty() {
        return BTreeMap::new();
    }
    let mut near: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (copy, of) in links.copies.iter().filter_map(|c| Some((c.report, c.of?))) {
        near.entry(copy).or_default().push(of);
        near.entry(of).or_default().push(copy);
    }
    let reached = |from: usize| {
        let (mut met, mut next) = (BTreeSet::from([from]), vec![from]);
        while let Some(one) = next.pop() {
            next.extend(near.get(&one).into_iter().flatten().copied().filter(|&other| met.insert(other)));
        }
        met.into_iter().map(|item| story_of[item]).collect()
    };
    named.into_iter().map(|(line, item)| (line, reached(item))).collect()
}

fn hex(hash: &[u8]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Holding {
    fn of(archive: Archive, by: Option<&str>, compiled: Arc<Mutex<Compiled>>) -> anyhow::Result<Holding> {
        let head = head(&archive)?;
        let kept_at: BTreeMap<i64, String> = archive.additions()?.into_iter().map(|a| (a.id, a.at)).collect();
        let mut decisions: Vec<Decision> =
            archive.decisions(|at| by.is_none_or(|by| at <= by))?.into_iter().map(decision).collect();
        let readings = Readings::of(&archive)?;
        let documents = Documents::of(archive)?;
        let until = by.map(|by| documents.archive().last_by(by)).transpose()?;
        let Linked { items, mut links, lost } = match until {
            Some(row) => Linked::up_to(&documents, row)?,
            None => Linked::of(&documents)?,
        };
        let is_there = |id: &str| items.binary_search_by(|item| item.id.to_string().as_str().cmp(id)).is_ok();
        decided::as_now(&documents, &mut decisions, is_there)?;
        let rulings = regroup(&items, &mut links, &decisions);
        let parts = links.by_story().into_iter();
        let mut told: Vec<(Shown, Vec<usize>, Links)> =
            parts.map(|(members, part)| (shown(&items, &members, &part, &kept_at), members, part)).collect();
        told.sort_by(|a, b| (b.0.last, &a.0.id).cmp(&(a.0.last, &b.0.id)));
        let mut story_of = vec![0; items.len()];
        for (n, (_, members, _)) in told.iter().enumerate() {
            members.iter().for_each(|&m| story_of[m] = n);
        }
        let (mut stories, mut parts) = (Vec::new(), Vec::new());
        for (shown, members, part) in told {
            stories.push(shown);
            parts.push((members, part));
        }
        let keys = vec![OnceLock::new(); stories.len()];
        let spoken = spoken(&items, &links, &story_of, &decisions);
        Ok(Holding {
            keys,
            spoken,
            head,
            stories,
            decisions,
            rulings,
            kept_at,
            documents,
            readings,
            lost,
            items,
            story_of,
            parts,
            compiled,
        })
    }

    /// Returns the story that a report is in, by the report's id.
    pub(crate) fn story_of_report(&self, id: &str) -> Option<&Shown> {
        self.place(id).map(|n| &self.stories[n])
    }

    /// Returns the place of a report's story in the list of all, by the first eight bytes of the report's id.
    pub(crate) fn place_of(&self, beginning: u64) -> Option<usize> {
        let of = |item: &Item| item.id.bytes().first_chunk().map_or(0, |eight| u64::from_be_bytes(*eight));
        let at = self.items.partition_point(|item| of(item) < beginning);
        self.items.get(at).filter(|item| of(item) == beginning).map(|_| self.story_of[at])
    }

    /// Returns the place of a report's story, by the report's id or the beginning of it that is no other's.
    fn place(&self, id: &str) -> Option<usize> {
        let starts = |item: &Item| item.id.to_string().starts_with(id);
        let at = self.items.partition_point(|item| item.id.to_string().as_str() < id);
        let found = self.items.get(at).is_some_and(starts);
        let is_only = !self.items.get(at + 1).is_some_and(starts);
        if !found || !is_only {
            return None;
        }
        Some(self.story_of[at])
    }

    /// Returns the record of the story that a report is in, by the report's id: compiled now unless it was before. Whoever
    /// asks meanwhile waits for the same one.
    pub(crate) fn story(&self, id: &str) -> Option<Arc<Brief>> {
        let story = self.place(id)?;
        let (members, links) = &self.parts[story];
        let once = self.compiled().get(self.key(story), members.len());
        Some(Arc::clone(once.get_or_init(|| Arc::new(self.compile(members, links)))))
    }

    /// Returns the record of the story that a report is in if it is compiled already.
    pub(crate) fn story_if_compiled(&self, id: &str) -> Option<Arc<Brief>> {
        let key = self.key(self.place(id)?);
        self.compiled().find(key)?.get().map(Arc::clone)
    }

    /// Returns what changes with the record of the story that a report is in, and with nothing else: hexadecimal digits.
    pub(crate) fn stamp(&self, id: &str) -> Option<String> {
        Some(hex(&self.key(self.place(id)?)))
    }

    fn compiled(&self) -> MutexGuard<'_, Compiled> {
        self.compiled.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the record that the story of a report had at a time (RFC 3339, UTC): that of its reports kept by then.
    /// None if there were none.
    pub(crate) fn story_by(&self, id: &str, time: &str) -> Option<Brief> {
        let (members, links) = &self.parts[self.place(id)?];
        let chosen: Vec<usize> =
            (0..members.len()).filter(|&n| self.kept_at(members[n]).is_some_and(|at| at <= time)).collect();
        let then: Vec<usize> = chosen.iter().map(|&n| members[n]).collect();
        (!then.is_empty()).then(|| self.compile(&then, &links.among(&chosen)))
    }

    /// Returns when an item was kept.
    fn kept_at(&self, item: usize) -> Option<&str> {
        self.kept_at.get(&self.items[item].run).map(String::as_str)
    }

    /// Returns the row of the ledger that a report was kept with, and when that was (RFC 3339, UTC).
    pub(crate) fn row_of(&self, id: ReportId) -> Option<(i64, &str)> {
        let at = self.items.binary_search_by_key(&id, |item| item.id).ok()?;
        Some((self.items[at].seq, self.kept_at(at).unwrap_or_default()))
    }

    /// Returns a digest of all that a story's record is made of.
    fn key(&self, story: usize) -> [u8; 16] {
        *self.keys[story].get_or_init(|| {
            let (members, links) = &self.parts[story];
            let ids: String = members.iter().map(|&m| self.items[m].id.to_string()).collect();
            let (decisions, rulings) = (self.decisions_of(members), self.rulings_of(members));
            digest(&[&ids, &format!("{links:?}"), &format!("{decisions:?}"), &format!("{rulings:?}")])
        })
    }

    /// Returns a report of the archive with its reading, as it was kept if its bytes are still what they were, else made
    /// again; none if it cannot be.
    fn member(&self, item: &Item) -> Option<Member> {
        let kept =
            || self.readings.member((item.seq, item.part), item.id).filter(|_| self.documents.is_whole(item.seq));
        let again = || {
            let report = self.documents.report(item.seq, item.part).filter(|r| r.id == item.id)?;
            let reading = reading(&report);
            Some(Member { report, reading })
        };
        kept().or_else(again)
    }

    fn compile(&self, members: &[usize], links: &Links) -> Brief {
        let made = |&n: &usize| (n, self.member(&self.items[n]));
        // A short story is made by who asks for it: among others it would wait until the long ones that others ask for are done.
        let made: Vec<(usize, Option<Member>)> = match members.len() {
            ..=SHORT => members.iter().map(made).collect(),
            _ => members.par_iter().map(made).collect(),
        };
        let mut ledger = Vec::new();
        let mut read = Vec::new();
        for (n, member) in made {
            let (outcome, reason) = match member {
                Some(_) => (Outcome::Kept, String::new()),
                None => (Outcome::Failed, "its report cannot be made again: `annals verify` says why".to_owned()),
            };
            let reports = member.iter().map(|_| read.len()).collect();
            ledger.push(Entry { source: self.items[n].source(), outcome, reports, reason });
            read.extend(member);
        }
        ledger.sort_by(|a, b| a.source.cmp(&b.source));
        // A report that is gone takes its links along; what is left is linked among itself.
        let is_whole = read.len() == members.len();
        let links =
            if is_whole { links.clone() } else { record::links(&read.iter().map(|m| &m.report).collect::<Vec<_>>()) };
        date(&mut read, &links);
        let decisions = self.decisions_of(members);
        let mut record = if is_whole {
            compile_regrouped(read, links, &decisions, self.rulings_of(members))
        } else {
            let of_story = self.rulings_of(members);
            let is_of_story = |d: &&Decision| !record::is_of_reports(d) || of_story.iter().any(|r| r.decision == **d);
            let decisions: Vec<Decision> = decisions.into_iter().filter(|d| is_of_story(&d)).collect();
            compile_with(read, links, &decisions)
        };
        let waiting = record.rulings.iter_mut().filter(|r| r.effect == Effect::Waits);
        for ruling in waiting.filter(|r| self.names_others(&r.decision, members)) {
            self.half(ruling.decision.line).into_iter().for_each(|why| ruling.note = why);
        }
        Brief { record, as_of: None, ledger }
    }

    /// Returns the item of a report, by its id.
    fn item(&self, id: &str) -> Option<usize> {
        self.items.binary_search_by(|item| item.id.to_string().as_str().cmp(id)).ok()
    }

    /// Says whether a decision names a report of another story than that of these members.
    fn names_others(&self, decision: &Decision, members: &[usize]) -> bool {
        let story = members.first().map(|&m| self.story_of[m]);
        let is_other = |id: &str| self.item(id).is_some_and(|item| Some(self.story_of[item]) != story);
        decided::reports(decision).into_iter().any(is_other)
    }

    /// Says of a decision that it ties reports of several stories: no record of one story has what follows from it.
    pub(crate) fn half(&self, number: usize) -> Option<String> {
        let decision = self.decisions.iter().find(|d| d.line == number)?;
        let story = |id: &str| self.item(id).map(|item| self.story_of[item]);
        let whose = match decision.subject() {
            Subject::Copies if story(&decision.a)? != story(&decision.b)? => "the two reports stand in two stories",
            Subject::Speakers if self.spoken.get(&number)?.len() > 1 => {
                "its report and copies of it stand in several stories"
            }
            _ => return None,
        };
        Some(format!(
            "{whose}: what follows shows in records of the whole archive only, until `merge` makes the stories one"
        ))
    }

    /// Returns the decisions that a story's record is compiled with: all but those about statements of other stories of
    /// which it has no copies.
    fn decisions_of(&self, members: &[usize]) -> Vec<Decision> {
        let story = members.first().map(|&m| self.story_of[m]);
        let is_here = |id: &str| self.item(id).is_some_and(|item| members.binary_search(&item).is_ok());
        let is_near = |d: &Decision| {
            let reached = self.spoken.get(&d.line).zip(story);
            self.names_others(d, members) && reached.is_some_and(|(stories, story)| stories.contains(&story))
        };
        let is_of_story =
            |d: &&Decision| d.subject() != Subject::Speakers || place(&d.a).1.is_none_or(is_here) || is_near(d);
        self.decisions.iter().filter(is_of_story).cloned().collect()
    }

    /// Returns what came of the decisions about reports of one story: those that hold, with its places for the items. Of what
    /// ties a report of it to one of another story nothing follows here; it is told all the same.
    fn rulings_of(&self, members: &[usize]) -> Vec<Ruling> {
        let of_story = |ruling: &Ruling| -> Option<Ruling> {
            let places: Vec<Option<usize>> =
                ruling.reports.iter().map(|item| members.binary_search(item).ok()).collect();
            if let Some(reports) = places.iter().copied().collect::<Option<Vec<usize>>>() {
                return Some(Ruling { reports, ..ruling.clone() });
            }
            let is_told = places.iter().any(Option::is_some) && self.names_others(&ruling.decision, members);
            let of_copies = ruling.decision.subject() == Subject::Copies;
            let effect = if of_copies { Effect::Waits } else { Effect::Holds };
            is_told.then(|| Ruling { reports: Vec::new(), effect, ..ruling.clone() })
        };
        self.rulings.iter().filter(|r| r.effect == Effect::Holds).filter_map(of_story).collect()
    }
}

impl Compiled {
    /// Returns the place of a record if it is there.
    fn find(&mut self, key: [u8; 16]) -> Option<Once> {
        let at = self.briefs.iter().position(|b| b.0 == key)?;
        let found = self.briefs.remove(at);
        let once = Arc::clone(&found.2);
        self.briefs.push(found);
        Some(once)
    }

    /// Returns the place of a record, a new one if it is not there, and forgets those asked for longest ago.
    fn get(&mut self, key: [u8; 16], reports: usize) -> Once {
        if let Some(once) = self.find(key) {
            return once;
        }
        let once = Once::default();
        self.briefs.push((key, reports, Arc::clone(&once)));
        let mut all: usize = self.briefs.iter().map(|b| b.1).sum();
        while all > REMEMBERED && self.briefs.len() > 1 {
            all -= self.briefs.remove(0).1;
        }
        once
    }
}

fn shown(items: &[Item], members: &[usize], links: &Links, kept_at: &BTreeMap<i64, String>) -> Shown {
    // Places in the story, in order of time.
    let order = links.stories.first().map_or(&[][..], Vec::as_slice);
    let told = |n: usize| &items[members[n]];
    let copies: BTreeSet<usize> = links.copies.iter().filter(|c| c.of.is_some()).map(|c| c.report).collect();
    let titles = || order.iter().filter(|&&n| told(n).title.is_some());
    let title = titles().find(|n| !copies.contains(n)).or_else(|| titles().next());
    let independent = links.independent(members.len(), |n| told(n).outlet());
    let outlets: BTreeSet<&str> = members.iter().map(|&m| items[m].outlet().unwrap_or(&items[m].path)).collect();
    let mut days: BTreeMap<Day, u32> = BTreeMap::new();
    members.iter().filter_map(|&m| items[m].day).for_each(|day| *days.entry(on_day(day)).or_default() += 1);
    Shown {
        id: order.first().map(|&n| told(n).id.to_string()).unwrap_or_default(),
        title: title.and_then(|&n| told(n).title.clone()).unwrap_or_default(),
        first: days.keys().next().copied(),
        last: days.keys().next_back().copied(),
        reports: members.len(),
        outlets: outlets.into_iter().map(str::to_owned).collect(),
        origins: independent.into_iter().collect::<BTreeSet<_>>().len(),
        days: days.into_iter().collect(),
        kept_at: members.iter().filter_map(|&m| kept_at.get(&items[m].run)).max().cloned().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use annals_store::{Verb, Writer};
    use std::cell::Cell;

    #[test]
    fn a_look_that_took_long_takes_nothing_back() {
        let folder = std::env::temp_dir().join(format!("annals-shelf-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        let decide = |b: &str| {
            let (at, a, b) = ("2031-05-06T08:00:00Z".to_owned(), "Ann Lund".to_owned(), b.to_owned());
            let decision = annals_store::Decision { seq: 0, at, by: None, why: None, verb: Verb::NotSame, a, b };
            Writer::open(&folder, |_| false).unwrap().decide(&decision).unwrap();
        };
        drop(Writer::open(&folder, |_| false).unwrap());
        let shelf = Shelf::open(&folder, None).unwrap();
        decide("Ann Vik");
        let looked = Cell::new(0);
        let has_grown = shelf.look(|_| {
            looked.set(looked.get() + 1);
            if looked.get() == 1 {
                decide("Ann Holm");
                assert!(shelf.look(|_| ()).unwrap());
            }
        });
        assert!(has_grown.unwrap() && !shelf.look(|_| ()).unwrap());
        assert_eq!(shelf.now().decisions.len(), 2);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
