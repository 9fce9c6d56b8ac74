//! Search in an archive: keeps its index up to date, asks it, and cuts passages out of what it finds.

use super::documents::Documents;
use annals_core::reading::{NameKind, Reading, Speech, read};
use annals_core::report::Report;
use annals_core::text::Span;
use annals_core::when::Day;
use annals_ingest::unpack::Document;
use annals_store::{Archive, Asked, Clause, Hit, Index, Indexed, Query, Row, Writer};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Documents read at once, and rows between two commits.
const TOGETHER: usize = 256;
const COMMIT: usize = 20_000;

/// Brings the index of an archive up to date: reads every report that it lacks. `far` is told how many rows are done.
///
/// # Errors
/// When the archive cannot be read or the index not be written.
pub(crate) fn catch_up(writer: &Writer, far: impl Fn(usize, usize)) -> anyhow::Result<()> {
    let mut index = Index::open_to_write(writer)?;
    let covers = index.covers()?;
    let Some((last, _)) = writer.head()? else { return Ok(index.close()?) };
    if covers >= last {
        return Ok(index.close()?);
    }
    // Whether a report was new is settled in its row: in a document that was met before, others may be.
    let new: BTreeSet<(i64, usize)> = writer.parts(covers)?.into_iter().map(|(seq, part, _)| (seq, part)).collect();
    let documents = Documents::of(Archive::open(writer.folder())?)?;
    let mut done = covers;
    let mut uncommitted = 0;
    loop {
        let rows = writer.rows_after(done, TOGETHER)?;
        let Some(end) = rows.last().map(|row| row.seq) else { break };
        let opened: Vec<(&Row, Document)> = rows
            .iter()
            .filter(|row| new.range((row.seq, 0)..(row.seq + 1, 0)).next().is_some())
            .filter_map(|row| Some((row, documents.document(row).ok()??)))
            .collect();
        let read: Vec<Vec<Indexed>> = opened
            .par_iter()
            .map(|(row, document)| {
                let reports = documents.decode(row, document).unwrap_or_default().into_iter().enumerate();
                reports.filter(|(n, _)| new.contains(&(row.seq, *n))).map(|(n, r)| indexed(row.seq, n, &r)).collect()
            })
            .collect();
        for report in read.iter().flatten() {
            index.add(report)?;
        }
        done = end;
        uncommitted += rows.len();
        if uncommitted >= COMMIT {
            index.commit(done)?;
            uncommitted = 0;
        }
        far((done - covers) as usize, (last - covers) as usize);
    }
    index.commit(last)?;
    Ok(index.close()?)
}

/// Reads a report; one on which this program breaks down has its words, and no more.
fn reading(report: &Report) -> Reading {
    catch_unwind(AssertUnwindSafe(|| read(&report.text, report.when()))).unwrap_or_default()
}

/// Reads a report for the index.
fn indexed(seq: i64, part: usize, report: &Report) -> Indexed {
    let reading = reading(report);
    let text = report.text.as_str();
    let mut names: BTreeSet<(&'static str, String)> = BTreeSet::new();
    for mention in reading.names.mentions.iter().filter(|m| m.proper) {
        let name = &reading.names.names[mention.name];
        let field = match name.kind {
            NameKind::Person => "person",
            NameKind::Organization => "org",
            NameKind::Place => "place",
            NameKind::Other => continue,
        };
        // Under its fullest form too: who is called Lund here is found as Ann Lund.
        names.insert((field, report.text.get(mention.span).to_owned()));
        names.insert((field, report.text.get(name.full).to_owned()));
    }
    Indexed {
        seq,
        part,
        id: report.id.to_string(),
        title: report.title.clone().unwrap_or_default(),
        text: text.to_owned(),
        outlet: report.outlet.clone(),
        language: report.language.clone(),
        days: report.when().map(|w| (since_1970(w.from()), since_1970(w.to()))),
        names: names.into_iter().collect(),
        marks: marks(&reading),
    }
}

fn marks(reading: &Reading) -> Vec<(&'static str, &'static str)> {
    let mut marks: BTreeSet<(&'static str, &'static str)> = BTreeSet::new();
    reading.events.iter().for_each(|e| {
        marks.insert(("status", e.status.name()));
        marks.insert(("has", "event"));
    });
    if !reading.figures.is_empty() {
        marks.insert(("has", "figure"));
    }
    reading.statements.iter().for_each(|s| {
        marks.insert(("has", "statement"));
        if s.kind != Speech::Indirect {
            marks.insert(("has", "quote"));
        }
    });
    marks.into_iter().collect()
}

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

/// Searches an archive; brings its index up to date before, unless another program writes to it.
///
/// # Errors
/// When the archive or its index cannot be read.
pub(crate) fn search(folder: &std::path::Path, wanted: &Wanted) -> anyhow::Result<Answer> {
    let archive = Archive::open(folder)?;
    let last = archive.head()?.map_or(0, |head| head.0);
    let covers = Index::open(&archive)?.map(|index| index.covers()).transpose()?;
    if covers.is_none_or(|covers| covers < last) {
        // Who cannot write to the archive searches in what is there.
        if let Ok(writer) = Writer::open(folder, |_| false) {
            catch_up(&writer, |_, _| {})?;
        }
    }
    let Some(mut index) = Index::open(&archive)? else {
        anyhow::bail!("{} has no index yet, and it cannot be made now: `annals add` makes it", folder.display());
    };
    let missing = archive.parts(index.covers()?)?.len();
    let results = index.search(&wanted.query, wanted.offset, wanted.limit, wanted.facets)?;
    let kept = wanted.rows.map(|rows| anyhow::Ok((rows, Documents::of(archive)?))).transpose()?;
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
    Ok(Answer { total: results.total, found, outlets: results.outlets, months, missing })
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
