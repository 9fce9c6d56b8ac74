//! Events of a draft: the same as the reports tell, overtaken by what became of them, or told for another day.

use super::{Claim, Desk, Finding, Verdict};
use crate::reading::{Event, Status, TimeType};
use crate::record::{Cite, EventRow};
use crate::text::Span;
use crate::when::When;
use std::collections::BTreeSet;

/// Returns findings for the events of a draft and the days of its sentences.
pub(super) fn find(desk: &Desk<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for row in &desk.record.events {
        for &(report, number) in row.tellings.iter().filter(|t| t.0 == desk.draft) {
            let Some(event) = desk.member(report).reading.events.get(number) else { continue };
            let alone = row.tellings.iter().all(|t| t.0 == desk.draft);
            let known = if alone { same_day(desk, event) } else { Some(row) };
            found.extend(known.and_then(|row| of_row(desk, row, event)));
        }
    }
    found.extend(dates(desk));
    found
}

/// Returns the event of the reports that an event of the draft with a day of its own must be: the only one of its head on
/// that day. The record keeps what is planned apart from what was called off before; a draft may just be late.
fn same_day<'a>(desk: &Desk<'a>, own: &Event) -> Option<&'a EventRow> {
    let day = own.when.as_ref().filter(|w| w.exact().is_some())?;
    let is_it = |row: &&EventRow| {
        row.when.as_ref().is_some_and(|w| w.exact().is_some() && w.meets(day))
            && row.tellings.iter().any(|&(report, number)| {
                let event = desk.member(report).reading.events.get(number);
                report != desk.draft && event.is_some_and(|e| e.head == own.head)
            })
    };
    let mut rows = desk.record.events.iter().filter(is_it);
    let row = rows.next()?;
    rows.next().is_none().then_some(row)
}

/// Holds a telling against the others of its event. What the draft leaves open (`may be held`) claims nothing of it.
fn of_row(desk: &Desk<'_>, row: &EventRow, own: &Event) -> Option<Finding> {
    if own.status == Status::Unclear && !own.negated {
        return None;
    }
    let others = || row.tellings.iter().filter(|t| t.0 != desk.draft);
    let told: Vec<(usize, &Event)> =
        others().filter_map(|&(r, n)| Some((r, desk.member(r).reading.events.get(n)?))).collect();
    if told.is_empty() {
        return None;
    }
    if own.negated != told.iter().any(|(_, e)| e.negated) {
        let all = told.iter().map(|&(report, e)| Cite { report, span: e.passage }).collect();
        let note = if own.negated {
            "reports tell it, the draft that it was not so"
        } else {
            "reports tell that it was not so"
        };
        return Some(desk.finding(Claim::Event, own.trigger, Verdict::Nothing, note.into(), all));
    }
    let cites = |wanted: &dyn Fn(Status) -> bool| -> Vec<Cite> {
        told.iter().filter(|(_, e)| wanted(e.status)).map(|&(report, e)| Cite { report, span: e.passage }).collect()
    };
    let latest = told.iter().filter(|(_, e)| e.status != Status::Unclear).max_by_key(|(r, e)| {
        let as_of = e.as_of.as_ref().map(When::to).or_else(|| desk.day(*r));
        (as_of, is_final(e.status), *r)
    });
    let Some((_, latest)) = latest else {
        let note = "reports leave open whether it happens";
        return Some(desk.finding(Claim::Event, own.trigger, Verdict::Nothing, note.into(), cites(&|_| true)));
    };
    let theirs = latest.status;
    let (verdict, note) = if stands(own.status) == stands(theirs) {
        (Verdict::Supported, String::new())
    } else if told.iter().any(|(_, e)| stands(e.status) == stands(own.status)) {
        (Verdict::Outdated, format!("reports now tell it as {}", words(theirs)))
    } else if is_final(theirs) && matches!(own.status, Status::Planned) {
        (Verdict::Outdated, format!("reports tell it as {}", words(theirs)))
    } else if is_final(own.status) && is_final(theirs) {
        (Verdict::Contradicted, format!("reports tell it as {}", words(theirs)))
    } else {
        (Verdict::Nothing, format!("reports tell it as {} only", words(theirs)))
    };
    let evidence = match verdict {
        Verdict::Supported => cites(&|s| stands(s) == stands(own.status)),
        _ => cites(&|s| stands(s) == stands(theirs)),
    };
    Some(desk.finding(Claim::Event, own.trigger, verdict, note, evidence))
}

/// Says whether nothing more is to be told.
fn is_final(status: Status) -> bool {
    matches!(status, Status::Held | Status::Ongoing | Status::CalledOff | Status::Postponed | Status::Denied)
}

/// Joins what a sentence may mean alike: what goes on is taking place; what is put off is called off for its day.
fn stands(status: Status) -> u8 {
    match status {
        Status::Planned | Status::Unclear => 0,
        Status::Held | Status::Ongoing => 1,
        Status::CalledOff | Status::Postponed => 2,
        Status::Denied => 3,
    }
}

fn words(status: Status) -> &'static str {
    match status {
        Status::CalledOff => "called off",
        other => other.name(),
    }
}

/// Holds the one day of a sentence against the one day of sentences that tell the same.
fn dates(desk: &Desk<'_>) -> Vec<Finding> {
    let drafted = desk.drafted();
    let mut found = Vec::new();
    for sentence in drafted.reading.words.sentences.iter().filter(|s| s.part.is_read()) {
        let Some((span, day)) = only_day(desk, desk.draft, sentence.span) else { continue };
        let theirs: Vec<(Cite, When)> = desk
            .alike
            .to(span)
            .iter()
            .filter(|c| figures(desk, c.report, c.span) == figures(desk, desk.draft, sentence.span))
            .filter_map(|&cite| Some((cite, only_day(desk, cite.report, cite.span)?.1)))
            .collect();
        let (same, other): (Vec<_>, Vec<_>) = theirs.into_iter().partition(|(_, w)| w.meets(&day));
        let cites = |rows: &[(Cite, When)]| rows.iter().map(|(c, _)| *c).collect::<Vec<Cite>>();
        if !same.is_empty() {
            found.push(desk.finding(Claim::Date, span, Verdict::Supported, String::new(), cites(&same)));
        } else if let Some((cite, when)) = other.first() {
            let note = format!("{} tells it for {}", desk.outlet(cite.report), crate::record::differences::spell(when));
            found.push(desk.finding(Claim::Date, span, Verdict::Contradicted, note, cites(&other)));
        }
    }
    found
}

/// Returns the day of a sentence that names one day and no other time.
fn only_day(desk: &Desk<'_>, report: usize, sentence: Span) -> Option<(Span, When)> {
    let inside = |s: Span| sentence.contains(s);
    let mut days = desk
        .member(report)
        .reading
        .times
        .iter()
        .filter(|t| inside(t.span) && matches!(t.kind, TimeType::Date | TimeType::Time));
    let first = days.next()?;
    let when = first.when.clone().filter(|w| w.exact().is_some())?;
    days.next().is_none().then_some((first.span, when))
}

/// Returns the values of the figures in a sentence: with others it tells something else, if in the same words.
fn figures(desk: &Desk<'_>, report: usize, sentence: Span) -> BTreeSet<u64> {
    let figures = desk.member(report).reading.figures.iter();
    figures.filter(|f| sentence.contains(f.span) && !f.is_time()).map(|f| f.value.to_bits()).collect()
}
