//! Search in an archive: brings its index up to date, asks it, and cuts passages out of what it finds.

use super::documents::Documents;
use super::indexing::catch_up;
use super::marks::{self, reading};
use annals_core::text::Span;
use annals_core::when::Day;
use annals_store::{Archive, Asked, Clause, Hit, Index, Marks, Page, Query, Results, Seen, Writer};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Returns the days since 1970-01-01.
pub(crate) fn since_1970(day: Day) -> i64 {
    let epoch = Day::constant(1970, 1, 1);
    i64::from((day - epoch).get_days())
}

/// What to look for, and how much of it to show.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    /// The conditions.
    pub(crate) query: Query,
    /// Results passed over.
    pub(crate) offset: usize,
    /// Results shown at most.
    pub(crate) limit: usize,
    /// Whether to count by outlet and month.
    pub(crate) facets: bool,
    /// Which rows of the reports found to show.
    pub(crate) rows: Option<Rows>,
    /// Only reports kept by this time: RFC 3339, UTC.
    pub(crate) kept_by: Option<String>,
}

/// A kind of row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Rows {
    /// Who said what.
    Statements,
    /// What happened or was to happen.
    Events,
    /// Figures.
    Figures,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answer {
    /// Reports that meet all conditions.
    pub(crate) total: usize,
    /// Those shown, best first.
    pub(crate) found: Vec<Found>,
    /// How many are by each outlet, most first.
    pub(crate) outlets: Vec<(String, usize)>,
    /// How many are of each month: (year, month).
    pub(crate) months: Vec<((i64, i64), usize)>,
    /// Reports of the archive that the index does not hold yet.
    pub(crate) missing: usize,
    /// Reports that meet all other conditions, but are not read for their statuses and parts yet.
    pub(crate) not_read: usize,
}

/// A report found.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// The report, as the index has it.
    pub(crate) hit: Hit,
    /// The passage to show.
    pub(crate) passage: (usize, usize),
    /// Rows of it that hold the words asked for.
    pub(crate) rows: Vec<FoundRow>,
}

/// A row of a report: spans into its text.
#[derive(Clone, Debug)]
pub(crate) struct FoundRow {
    /// The words.
    pub(crate) span: Span,
    /// Who said them, as printed; of an event its status, of a figure its value.
    pub(crate) mark: String,
}

/// An archive held open to be searched: to open one takes longer than most answers.
pub(crate) struct Searcher {
    folder: PathBuf,
    /// Taken out while an archive is looked at: who comes meanwhile opens it for himself.
    open: Mutex<Option<Open>>,
}

/// An archive and its index, as they were when they were opened.
struct Open {
    archive: Archive,
    /// What the archive's file looked like from outside.
    seen: Option<Seen>,
    index: Arc<Index>,
    /// The marks, and what tells them apart from later ones; none before they are asked for.
    marks: Option<(Option<Vec<u8>>, Marks)>,
}

impl Searcher {
    /// Makes one for the archive in a folder. The archive is opened with the first question.
    pub(crate) fn of(folder: &Path) -> Searcher {
        Searcher { folder: folder.to_owned(), open: Mutex::default() }
    }

    /// Searches the archive; brings its index up to date before, unless another program writes to it. What is asked of
    /// marks is answered from those that are read: [`marks::read_on`] reads the others.
    ///
    /// # Errors
    /// When the archive or its index cannot be read.
    pub(crate) fn search(&self, wanted: &Wanted) -> anyhow::Result<Answer> {
        let mut open = self.open()?;
        let (page, missing) = open.among(wanted)?;
        let is_on_marks = wanted.query.clauses.iter().any(Clause::is_on_marks);
        let marks = if is_on_marks { open.marks() } else { Marks::default() };
        let index = Arc::clone(&open.index);
        *self.held() = Some(open);
        let results = index.search(&wanted.query, &marks, page)?;
        let documents = || Documents::of(Archive::open(&self.folder)?);
        let kept = wanted.rows.map(|rows| anyhow::Ok((rows, documents()?))).transpose()?;
        Ok(answer(results, wanted, kept, missing))
    }

    /// Returns all reports that meet conditions, and how many may that are not read or cannot be searched for yet.
    ///
    /// # Errors
    /// As [`Searcher::search`].
    pub(crate) fn every(&self, query: Query) -> anyhow::Result<(Vec<u64>, usize)> {
        let wanted = Wanted { query, offset: 0, limit: 0, facets: false, rows: None, kept_by: None };
        let mut open = self.open()?;
        let (_, missing) = open.among(&wanted)?;
        let is_on_marks = wanted.query.clauses.iter().any(Clause::is_on_marks);
        let marks = if is_on_marks { open.marks() } else { Marks::default() };
        let index = Arc::clone(&open.index);
        *self.held() = Some(open);
        let every = index.every(&wanted.query, &marks)?;
        Ok((every.beginnings, every.not_read + missing))
    }

    /// Returns how many reports are not read for marks.
    ///
    /// # Errors
    /// When the archive or its index cannot be read.
    pub(crate) fn unread(&self) -> anyhow::Result<usize> {
        let mut open = self.open()?;
        let row = open.marks().row();
        let unread = open.archive.reports_after(row)? as usize;
        *self.held() = Some(open);
        Ok(unread)
    }

    fn held(&self) -> MutexGuard<'_, Option<Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the archive and its index as they stand now, opened anew where they changed.
    fn open(&self) -> anyhow::Result<Open> {
        let held = self.held().take();
        let seen = Archive::seen(&self.folder);
        let (archive, index, marks) = match held.filter(|open| open.seen == seen) {
            Some(open) => (open.archive, Some(open.index), open.marks),
            None => (Archive::open(&self.folder)?, None, None),
        };
        let last = archive.head()?.map_or(0, |head| head.0);
        let is_up_to_date = |index: &Index| anyhow::Ok(index.covers()?.0 >= last);
        if let Some(index) = index.filter(|index| index.is_as_opened())
            && is_up_to_date(&index)?
        {
            return Ok(Open { archive, seen, index, marks });
        }
        let mut opened = Index::open(&archive)?;
        if opened.as_ref().map(is_up_to_date).transpose()? != Some(true) {
            // Who cannot write to the archive searches in what is there.
            if let Ok(writer) = Writer::open(&self.folder, |_| false) {
                catch_up(&writer, |_, _| {})?;
                opened = Index::open(&archive)?;
            }
        }
        let Some(index) = opened else {
            let folder = self.folder.display();
            anyhow::bail!("{folder} has no index yet, and it cannot be made now: `annals add` makes it");
        };
        Ok(Open { archive, seen, index: Arc::new(index), marks })
    }
}

impl Open {
    /// Returns the marks of the archive, as far as they are read.
    fn marks(&mut self) -> Marks {
        let kept_as = Marks::kept_as(&self.archive);
        match &self.marks {
            Some((kept, marks)) if *kept == kept_as => marks.clone(),
            _ => {
                let marks = marks::of(&self.archive);
                self.marks = Some((kept_as, marks.clone()));
                marks
            }
        }
    }

    /// Returns which results to look for, and how many of the reports that are looked among the index does not hold.
    fn among(&self, wanted: &Wanted) -> anyhow::Result<(Page, usize)> {
        // What came later is neither found nor missed.
        let later = |time: &String| self.archive.reports_after(self.archive.last_by(time)?);
        let later = wanted.kept_by.as_ref().map(later).transpose()?;
        let first = later.map(|later| anyhow::Ok(self.archive.reports()? - later)).transpose()?;
        let behind = self.archive.reports_after(self.index.covers()?.0)?.saturating_sub(later.unwrap_or(0));
        let page = Page { offset: wanted.offset, limit: wanted.limit, counts: wanted.facets, first };
        Ok((page, (behind + self.index.lacks()?) as usize))
    }
}

/// Cuts passages out of what was found, and reads the rows asked for.
fn answer(results: Results, wanted: &Wanted, kept: Option<(Rows, Documents)>, missing: usize) -> Answer {
    let is_person = |c: &Clause| !c.not && matches!(c.asked, Asked::Name { field: "person", .. });
    let of_person = wanted.query.clauses.iter().any(is_person);
    let found = results
        .hits
        .into_iter()
        .map(|hit| {
            let passage = passage(&hit);
            let rows = kept.as_ref().map(|(rows, kept)| rows_of(kept, *rows, &hit, of_person)).unwrap_or_default();
            Found { hit, passage, rows }
        })
        .collect();
    let months =
        results.months.into_iter().map(|(m, n)| ((1970 + m.div_euclid(12), m.rem_euclid(12) + 1), n)).collect();
    Answer { total: results.total, found, outlets: results.outlets, months, missing, not_read: results.not_read }
}

/// Bytes of a passage before its first word asked for, and in all.
const BEFORE: usize = 60;
const LONG: usize = 240;

/// Returns the stretch of the text with most of the words asked for; its beginning where there are none.
fn passage(hit: &Hit) -> (usize, usize) {
    let text = &hit.text;
    let within = |start: usize| hit.found.iter().filter(|r| r.start >= start && r.end <= start + LONG - BEFORE).count();
    let best = hit.found.iter().map(|r| r.start).max_by_key(|&start| (within(start), std::cmp::Reverse(start)));
    let start = best.unwrap_or(0).saturating_sub(BEFORE);
    let start = if start == 0 { 0 } else { next_word(text, start) };
    let end = (start + LONG).min(text.len());
    let end = if end == text.len() { end } else { last_word(text, start, end) };
    (start, end)
}

/// Returns the beginning of the first word from a place on.
fn next_word(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    text[at..].char_indices().find(|(_, c)| c.is_whitespace()).map_or(at, |(n, c)| at + n + c.len_utf8())
}

/// Returns the end of the last whole word before a place.
fn last_word(text: &str, start: usize, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    text[start..at].char_indices().rev().find(|(_, c)| c.is_whitespace()).map_or(at, |(n, _)| start + n)
}

/// Reads a report again and returns the rows that hold a word asked for; all of them where no word was.
///
/// `of_person`: a person was asked for; of statements, those of somebody of that name are meant.
fn rows_of(documents: &Documents, rows: Rows, hit: &Hit, of_person: bool) -> Vec<FoundRow> {
    let Some(report) = documents.report(hit.seq, hit.part).filter(|r| r.id.to_string() == hit.id) else {
        return Vec::new();
    };
    let reading = reading(&report);
    let holds =
        |span: Span| hit.found.is_empty() || hit.found.iter().any(|r| r.start < span.end() && r.end > span.start());
    let words = |span: Option<Span>| span.map(|s| report.text.get(s).to_owned()).unwrap_or_default();
    match rows {
        Rows::Statements => reading
            .statements
            .iter()
            .filter(|s| {
                let full = s.speaker.map(|n| reading.names.names[n].full);
                if of_person { s.source.is_some_and(holds) || full.is_some_and(holds) } else { holds(s.passage) }
            })
            .flat_map(|s| s.content.iter().map(|&span| FoundRow { span, mark: words(s.source) }))
            .collect(),
        Rows::Events => reading
            .events
            .iter()
            .filter(|e| holds(e.passage))
            .map(|e| FoundRow { span: e.label, mark: e.status.name().replace('_', " ") })
            .collect(),
        Rows::Figures => reading
            .figures
            .iter()
            .filter(|f| holds(f.passage))
            .map(|f| FoundRow { span: f.span, mark: words(f.what) })
            .collect(),
    }
}

/// Returns the day so many days after 1970-01-01; the last day that can be told for one out of range.
pub(crate) fn on_day(days: i64) -> Day {
    let epoch = Day::constant(1970, 1, 1);
    i32::try_from(days).ok().and_then(|n| epoch.checked_add(jiff::Span::new().days(n)).ok()).unwrap_or(Day::MAX)
}
