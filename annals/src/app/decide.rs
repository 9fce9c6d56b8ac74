//! Puts into an archive what people decided about names and stories, after a look at whether it can be meant.

use annals_store::{Archive, Decision, Error, Verb, Writer};
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
        Verb::Same | Verb::NotSame => {}
        Verb::Merge | Verb::Split => {
            decision.a = known(writer, &decision.a)?;
            decision.b = known(writer, &decision.b)?;
        }
        Verb::Undo => can_undo(writer, &decision.a)?,
    }
    decision.seq = writer.decide(&decision)?;
    Ok(decision)
}

/// Returns the whole id of a report named by the beginning of its.
fn known(archive: &Archive, given: &str) -> Result<String, Refused> {
    let parts = archive.parts(0)?;
    let mut found = parts.iter().map(|p| &p.2.id).filter(|id| id.starts_with(given));
    match (found.next(), found.next()) {
        (Some(id), None) => Ok(id.clone()),
        (None, _) => Err(Refused::Missing(format!("no report of the archive has an id that begins with {given}"))),
        _ => Err(Refused::Unclear(format!("several reports have ids that begin with {given}: give more of it"))),
    }
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
