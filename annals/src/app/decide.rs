//! Puts into an archive what people decided about names, copies, stories and speakers, after a look at whether it can be meant.

use super::decided;
use super::documents::Documents;
use annals_core::record::{Subject, is_report_id, is_statement_id, place};
use annals_core::report::Report;
use annals_core::when::When;
use annals_store::{Archive, Decision, Error, Verb, Writer};
use rayon::prelude::*;
use std::fmt;

/// Why a decision is not kept.
#[derive(Debug)]
pub(crate) enum Refused {
    /// It cannot be understood.
    Unclear(String),
    /// What it is about is not in the archive.
    Missing(String),
    /// It is taken back already.
    Done(String),
    /// The archive cannot be read or written.
    Archive(Error),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::Unclear(why) | Refused::Missing(why) | Refused::Done(why) => f.write_str(why),
            Refused::Archive(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Refused {}

impl From<Error> for Refused {
    fn from(error: Error) -> Refused {
        Refused::Archive(error)
    }
}

/// Returns the time, RFC 3339, UTC, to the second.
pub(crate) fn now() -> String {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    jiff::Timestamp::from_second(since.as_secs() as i64).map(|t| t.to_string()).unwrap_or_default()
}

/// Keeps a decision; its number and time are given here. Returns it as it is kept.
///
/// # Errors
/// When it cannot be meant or not be written.
pub(crate) fn decide(writer: &mut Writer, mut decision: Decision) -> Result<Decision, Refused> {
    decision.at = now();
    (decision.a, decision.b) = (decision.a.trim().to_owned(), decision.b.trim().to_owned());
    if decision.a.is_empty() || decision.verb != Verb::Undo && decision.b.is_empty() {
        return Err(Refused::Unclear("a name is empty".into()));
    }
    match decision.verb {
        Verb::Same | Verb::NotSame if is_report_id(&decision.a) != is_report_id(&decision.b) => {
            let [report, other] =
                if is_report_id(&decision.a) { [&decision.a, &decision.b] } else { [&decision.b, &decision.a] };
            let why = format!("{report} is a report’s id and “{other}” is none: give two names, or two reports");
            return Err(Refused::Unclear(why));
        }
        Verb::Undo => can_undo(writer, &decision.a)?,
        Verb::SaidBy | Verb::NotSaidBy => decision.a = statement(writer, &decision.a)?,
        _ if subject(&decision) == Some(Subject::Names) => {}
        _ => {
            decision.a = known(writer, &decision.a)?;
            decision.b = known(writer, &decision.b)?;
            if decision.a == decision.b {
                return Err(Refused::Unclear("a report is named twice".into()));
            }
        }
    }
    decision.seq = writer.decide(&decision)?;
    Ok(decision)
}

/// Returns what a decision is about; none of one that takes another back.
pub(crate) fn subject(decision: &Decision) -> Option<Subject> {
    (decision.verb != Verb::Undo).then(|| decided::decision(decision.clone()).subject())
}

/// Returns two reports, named by their ids or beginnings of these, the copy before its original: `of`, if that is named, else
/// the earlier of the two.
///
/// # Errors
/// When one is not there, or their days do not tell which was first.
pub(crate) fn copy_first(archive: &Archive, a: &str, b: &str, of: Option<&str>) -> Result<(String, String), Refused> {
    let (a, b) = (known(archive, a)?, known(archive, b)?);
    let reports = [&a, &b].map(|id| report(archive, id));
    if let Some(of) = of {
        let is_now = |report: &Option<Report>| report.as_ref().is_some_and(|r| r.id.to_string().starts_with(of));
        return match (a.starts_with(of) || is_now(&reports[0]), b.starts_with(of) || is_now(&reports[1])) {
            (false, true) => Ok((a, b)),
            (true, false) => Ok((b, a)),
            _ => Err(Refused::Unclear(format!("--of {of} names neither of the two reports, or both"))),
        };
    }
    let [day_of_a, day_of_b] = reports.map(|report| report.and_then(|r| r.when().cloned()));
    let is_before = |x: &Option<When>, y: &Option<When>| matches!((x, y), (Some(x), Some(y)) if x.to() < y.from());
    if is_before(&day_of_b, &day_of_a) {
        Ok((a, b))
    } else if is_before(&day_of_a, &day_of_b) {
        Ok((b, a))
    } else {
        let why = "the days of the two reports do not tell which was first: name the original with --of";
        Err(Refused::Unclear(why.into()))
    }
}

/// Returns what to call a report that an id names: its outlet, day and the beginning of the id.
pub(crate) fn called(archive: &Archive, id: &str) -> String {
    match report(archive, id) {
        Some(report) => {
            let day = report.when().map(|when| format!(", {}", when.to())).unwrap_or_default();
            format!("{} ({}{day})", short(&report.id.to_string()), report.called())
        }
        None => short(id).to_owned(),
    }
}

fn short(id: &str) -> &str {
    id.get(..8).unwrap_or(id)
}

/// Returns a report of an archive, by the id that it was kept under, as it is made now.
fn report(archive: &Archive, id: &str) -> Option<Report> {
    let (seq, part, _) = archive.parts(0).ok()?.into_iter().find(|(.., part)| part.id == id)?;
    Documents::of(Archive::open(archive.folder()).ok()?).ok()?.report(seq, part)
}

/// Opens the documents of an archive.
fn documents(archive: &Archive) -> Result<Documents, Refused> {
    let opened = Archive::open(archive.folder())?;
    Documents::of(opened).map_err(|why| Refused::Missing(why.to_string()))
}

/// Returns the id under which a report was kept, named by that or by the one that another version of the program gives it
/// now, or by the beginning of either.
fn known(archive: &Archive, given: &str) -> Result<String, Refused> {
    let parts = archive.parts(0)?;
    if parts.iter().any(|(.., part)| part.id == given) {
        return Ok(given.to_owned());
    }
    let now = decided::ids_now(&documents(archive)?).map_err(|why| Refused::Missing(why.to_string()))?;
    let is_now = |place: &(i64, usize)| now.get(place).is_some_and(|id| id.starts_with(given));
    let found = parts.into_iter().filter(|(seq, n, part)| part.id.starts_with(given) || is_now(&(*seq, *n)));
    let mut found = found.map(|(.., part)| part.id);
    match (found.next(), found.next()) {
        (Some(id), None) => Ok(id),
        (None, _) => Err(Refused::Missing(format!("no report of the archive has an id that begins with {given}"))),
        _ => Err(Refused::Unclear(format!("several reports have ids that begin with {given}: give more of it"))),
    }
}

/// Returns the whole id of a statement, with that of its report: `s-…@…`, both as the report was kept. Where no report is
/// given, all are read for it.
fn statement(archive: &Archive, given: &str) -> Result<String, Refused> {
    if !is_statement_id(given) {
        let why =
            format!("{given} is no id of a statement: the `statements` of the record have them, as s-0123456789abcdef");
        return Err(Refused::Unclear(why));
    }
    let (statement, of) = place(given);
    let of = of.map(|of| known(archive, of)).transpose()?;
    let mut parts = archive.parts(0)?;
    parts.retain(|(.., part)| of.as_ref().is_none_or(|of| part.id == *of));
    let documents = documents(archive)?;
    let found = parts.par_iter().find_map_any(|(seq, n, part)| {
        let told = decided::told(&documents.report(*seq, *n)?, &part.id, statement)?;
        Some(format!("{}@{}", told.kept, part.id))
    });
    found.ok_or_else(|| Refused::Missing(format!("no report of the archive has the statement {statement}")))
}

/// Returns the words of a statement and what to call its report: “We wait”, 94f11cb2 (Hill Post, 2031-05-06).
pub(crate) fn quoted(archive: &Archive, named: &str) -> String {
    let (statement, of) = place(named);
    let words = of.and_then(|id| {
        let report = report(archive, id)?;
        let span = decided::told(&report, id, statement)?.span;
        Some(format!("“{}”", report.text.get(span)))
    });
    let of = of.map(|id| format!(", {}", called(archive, id))).unwrap_or_default();
    format!("{}{of}", words.unwrap_or_else(|| statement.to_owned()))
}

/// Says whether a decision is there to be taken back.
fn can_undo(archive: &Archive, number: &str) -> Result<(), Refused> {
    let all = archive.all_decisions()?;
    let Some(of) = all.iter().find(|d| d.seq.to_string() == number) else {
        return Err(Refused::Missing(format!("there is no decision {number}. `annals decisions` lists them")));
    };
    let holds = of.verb == Verb::Undo || archive.decisions(|_| true)?.iter().any(|d| d.seq == of.seq);
    if holds { Ok(()) } else { Err(Refused::Done(format!("decision {number} is taken back already"))) }
}
