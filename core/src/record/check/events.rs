//! Events of a draft: the same as the reports tell, overtaken by what became of them, or told for another day.

use super::{Claim, Desk, Finding, Verdict};
use crate::lang::en::time::is_bare_weekday;
use crate::reading::syntax::{Upos, Xpos};
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
            // Which week a bare weekday means is a guess: what is known of that weekday goes before what the guess joined it to.
            let known = if alone || by_weekday_alone(desk, event) {
                same_day(desk, event).or_else(|| only_such(desk, event)).or(Some(row).filter(|_| !alone))
            } else {
                Some(row)
            };
            found.extend(known.and_then(|row| of_row(desk, row, event)));
        }
    }
    found.extend(dates(desk));
    found
}

/// Returns the event of the reports that an event of the draft with a day of its own must be: the only one of its head on
/// that day, or those that all stand alike. The record keeps what is planned apart from what was called off before; a draft
/// may just be late.
fn same_day<'a>(desk: &Desk<'a>, own: &Event) -> Option<&'a EventRow> {
    let day = own.when.as_ref().filter(|w| w.exact().is_some())?;
    let bare = by_weekday_alone(desk, own);
    let on_it = |w: &When| w.meets(day) || bare && w.to().weekday() == day.to().weekday();
    let is_it = |row: &EventRow| row.when.as_ref().is_some_and(|w| w.exact().is_some() && on_it(w));
    let mut rows: Vec<&EventRow> = told_elsewhere(desk, own).filter(|row| is_it(row)).collect();
    // Of a sitting and a meeting on one day, the sitting is meant.
    let word = |report: usize, event: &Event| desk.member(report).report.text.get(event.trigger).to_lowercase();
    let is_named = |row: &&EventRow| {
        let events = row.tellings.iter().filter(|t| t.0 != desk.draft);
        events
            .filter_map(|&(r, n)| Some((r, desk.member(r).reading.events.get(n)?)))
            .any(|(r, e)| word(r, e) == word(desk.draft, own))
    };
    if rows.iter().any(is_named) {
        rows.retain(is_named);
    }
    let first = rows.first()?;
    rows.iter().all(|r| stands(r.status) == stands(first.status)).then_some(first)
}

/// Returns the one event of the reports that was called off or put off, for a draft that tells so of no day.
fn only_such<'a>(desk: &Desk<'a>, own: &Event) -> Option<&'a EventRow> {
    let off = |status: Status| matches!(status, Status::CalledOff | Status::Postponed);
    let mut rows = told_elsewhere(desk, own).filter(|row| off(row.status));
    let row = rows.next().filter(|_| off(own.status) && own.when.is_none())?;
    rows.next().is_none().then_some(row)
}

/// Returns the events of the reports with the head of one of the draft.
fn told_elsewhere<'a>(desk: &Desk<'a>, own: &Event) -> impl Iterator<Item = &'a EventRow> {
    let tells = |&(report, number): &(usize, usize)| {
        let event = desk.member(report).reading.events.get(number);
        report != desk.draft && event.is_some_and(|e| e.head == own.head)
    };
    desk.record.events.iter().filter(move |row| row.tellings.iter().any(tells))
}

/// Says whether an event of the draft is dated by a weekday alone: of which week is a guess.
fn by_weekday_alone(desk: &Desk<'_>, own: &Event) -> bool {
    let drafted = desk.drafted();
    let inside = drafted.reading.times.iter().filter(|t| own.passage.contains(t.span));
    let mut dating = inside.filter(|t| t.when.as_ref().zip(own.when.as_ref()).is_some_and(|(a, b)| a.meets(b)));
    dating.any(|t| is_bare_weekday(&drafted.report.text.get(t.span).to_lowercase()))
}

/// Says whether the draft tells of a plan as made once: `was set for Monday`, `had promised`. It may have come to something.
fn is_past_plan(desk: &Desk<'_>, own: &Event) -> bool {
    let syntax = &desk.drafted().reading.syntax;
    let verbs = |span| syntax.inside(span).filter(|n| matches!(syntax.nodes[*n].upos, Upos::Verb | Upos::Aux));
    let past = |n: usize| syntax.nodes[n].xpos == Xpos::Vbd;
    let present = |n: usize| matches!(syntax.nodes[n].xpos, Xpos::Vbz | Xpos::Vbp | Xpos::Md);
    own.status == Status::Planned && verbs(own.passage).any(past) && !verbs(own.label).any(present)
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
    let was_told = told.iter().any(|(_, e)| stands(e.status) == stands(own.status));
    let (verdict, note) = if stands(own.status) == stands(theirs) || was_told && is_past_plan(desk, own) {
        (Verdict::Supported, String::new())
    } else if was_told {
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
        let bare = is_bare_weekday(&drafted.report.text.get(span).to_lowercase());
        let on_it = |w: &When| w.meets(&day) || bare && w.to().weekday() == day.to().weekday();
        let (same, other): (Vec<_>, Vec<_>) = theirs.into_iter().partition(|(_, w)| on_it(w));
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
