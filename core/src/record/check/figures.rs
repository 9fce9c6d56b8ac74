//! Figures of a draft: supported by an equal one of the same quantity, outdated by a later one, contradicted by others.

use super::alike::content;
use super::{Claim, Desk, Finding, Verdict};
use crate::lang::en::numbers::{currency_name, is_time, is_unit};
use crate::reading::{Figure, Modifier};
use crate::record::figures::figure;
use crate::record::wholes::state_of;
use crate::record::{Cite, FigureRow, Party};
use crate::text::Span;
use crate::when::Day;
use std::collections::BTreeSet;

/// How far above its bound "more than 3,400" still speaks for a number; guess.
const OPEN: f64 = 1.1;

/// Words of content that two sentences share where they give one number in two units; guess: fewer are chance.
const SHARED: usize = 3;

/// Other values that a note names, at most.
const NAMED: usize = 3;

/// Returns a finding for each figure of the draft; those that name no thing, and times, where sentences tell the same alone.
pub(super) fn find(desk: &Desk<'_>) -> Vec<Finding> {
    let row = |n: usize| desk.record.figures.iter().find(|r| r.report == desk.draft && r.figure == n);
    let one = |(n, own): (usize, &Figure)| match row(n) {
        Some(row) => {
            let alike = || of_sentence(desk, own).or_else(|| of_thing(desk, own)).or_else(|| of_unit(desk, own));
            let held = of_series(desk, row).or_else(alike);
            Some(held.unwrap_or_else(|| nothing(desk, own)))
        }
        None => of_sentence(desk, own).or_else(|| of_unit(desk, own)),
    };
    desk.drafted().reading.figures.iter().enumerate().filter_map(one).collect()
}

/// Holds a figure against those of its quantity.
fn of_series(desk: &Desk<'_>, row: &FigureRow) -> Option<Finding> {
    let members = &desk.record.members;
    let own = figure(members, row);
    let others: Vec<&FigureRow> =
        desk.record.figures.iter().filter(|r| r.series == row.series && r.report != desk.draft).collect();
    let (same, different): (Vec<&FigureRow>, Vec<&FigureRow>) =
        others.iter().partition(|r| fits(own, figure(members, r)));
    let state = own.head.as_deref().and_then(state_of);
    if same.is_empty() {
        let compared = state.is_some_and(|s| s.shared) || different.iter().any(|r| is_told_alike(desk, row, r));
        let evidence: Vec<Cite> = latest(desk, &different).iter().flat_map(|r| r.evidence.cites()).copied().collect();
        let theirs: Vec<Cite> = evidence.into_iter().filter(|c| c.report != desk.draft).collect();
        let note = format!("reports say {}", values(desk, &latest(desk, &different)));
        return (compared && !different.is_empty())
            .then(|| desk.finding(Claim::Figure, own.span, Verdict::Contradicted, note, theirs));
    }
    let evidence: Vec<Cite> =
        same.iter().map(|r| Cite { report: r.report, span: figure(members, r).passage }).collect();
    let newest = same.iter().filter_map(|r| holds_for(desk, r)).max();
    let later: Vec<&FigureRow> = different
        .iter()
        .copied()
        .filter(|r| holds_for(desk, r).zip(newest).is_some_and(|(day, newest)| day > newest))
        .collect();
    // A day of its own says that an old figure is meant.
    let is_dated = own.as_of.is_some() && own.as_of.as_ref().map(|w| w.to()) != desk.day(desk.draft);
    let moved = state.is_some_and(|s| s.changes) && !later.is_empty() && !is_dated;
    if moved {
        let newest = latest(desk, &later);
        let note = format!("since then {}", values(desk, &newest));
        let passages = newest.iter().map(|r| Cite { report: r.report, span: figure(members, r).passage });
        let all = evidence.into_iter().chain(passages).collect();
        return Some(desk.finding(Claim::Figure, own.span, Verdict::Outdated, note, all));
    }
    let rivals: Vec<&FigureRow> = different
        .iter()
        .copied()
        .filter(|r| state.is_some_and(|s| s.shared) && holds_for(desk, r) == newest && newest.is_some())
        .collect();
    let note = if rivals.is_empty() { String::new() } else { format!("but also {}", values(desk, &rivals)) };
    Some(desk.finding(Claim::Figure, own.span, Verdict::Supported, note, evidence))
}

/// Holds a figure against those in sentences that tell the same: one of them says so, or the one that stands in its
/// place in a sentence of as many figures says otherwise.
fn of_sentence(desk: &Desk<'_>, own: &Figure) -> Option<Finding> {
    let inside = |report: usize, sentence: Span| -> Vec<&Figure> {
        let figures = desk.member(report).reading.figures.iter();
        figures.filter(|f| sentence.contains(f.span) && f.unit == own.unit).collect()
    };
    let sentence = desk.drafted().reading.words.sentences.iter().find(|s| s.span.contains(own.span))?.span;
    let ours = inside(desk.draft, sentence);
    let place = ours.iter().position(|f| f.span == own.span)?;
    let (mut same, mut rivals) = (Vec::new(), Vec::new());
    for &cite in desk.alike.to(own.span) {
        let theirs = inside(cite.report, cite.span);
        if theirs.iter().any(|f| fits(own, f)) {
            same.push(cite);
        } else if theirs.len() == ours.len() && may_be_one(own, theirs[place]) {
            rivals.push((cite, theirs[place]));
        }
    }
    if !same.is_empty() {
        return Some(desk.finding(Claim::Figure, own.span, Verdict::Supported, String::new(), same));
    }
    let told = |(cite, figure): &(Cite, &Figure)| {
        let value = desk.member(cite.report).report.text.get(figure.span);
        format!("{value} ({})", desk.outlet(cite.report))
    };
    let named: Vec<String> = rivals.iter().take(NAMED).map(told).collect();
    let note = format!("reports say {}", named.join(" and "));
    let cites = rivals.iter().map(|(cite, _)| *cite).collect();
    (!rivals.is_empty()).then(|| desk.finding(Claim::Figure, own.span, Verdict::Contradicted, note, cites))
}

/// Looks for the same number of the same things in sentences that share words with the draft's; a count that changes from
/// day to day must name its day.
fn of_thing(desk: &Desk<'_>, own: &Figure) -> Option<Finding> {
    let changes = own.head.as_deref().and_then(state_of).is_some_and(|s| s.changes);
    if changes && own.as_of.is_none() {
        return None;
    }
    let drafted = &desk.drafted().reading.words;
    let sentence = drafted.sentences.iter().find(|s| s.span.contains(own.span))?.span;
    let told: BTreeSet<&str> = content(drafted, sentence).into_iter().collect();
    let mut same: Vec<Cite> = Vec::new();
    for (report, member) in desk.record.members.iter().enumerate().filter(|(n, _)| *n != desk.draft) {
        let equal = |f: &&Figure| f.value.total_cmp(&own.value).is_eq() && f.unit == own.unit && may_be_one(own, f);
        let days = |f: &&Figure| f.as_of.as_ref().zip(own.as_of.as_ref()).is_none_or(|(a, b)| a.meets(b));
        for figure in member.reading.figures.iter().filter(equal).filter(days) {
            let shared =
                content(&member.reading.words, figure.passage).into_iter().filter(|w| told.contains(w)).count();
            if shared >= 2 {
                same.push(Cite { report, span: figure.passage });
            }
        }
    }
    (!same.is_empty()).then(|| desk.finding(Claim::Figure, own.span, Verdict::Supported, String::new(), same))
}

/// Holds a measure or sum against the same number in another unit, told in a sentence about the same.
fn of_unit(desk: &Desk<'_>, own: &Figure) -> Option<Finding> {
    let unit = own.unit.as_deref().filter(|u| measured(u).is_some())?;
    let drafted = &desk.drafted().reading.words;
    let sentence = drafted.sentences.iter().find(|s| s.span.contains(own.span))?.span;
    let told: BTreeSet<&str> = content(drafted, sentence).into_iter().collect();
    let mut rivals: Vec<(Cite, &Figure)> = Vec::new();
    for (report, member) in desk.record.members.iter().enumerate().filter(|(n, _)| *n != desk.draft) {
        for figure in member.reading.figures.iter().filter(|f| f.value.total_cmp(&own.value).is_eq()) {
            let words = &member.reading.words;
            let shared = content(words, figure.passage).into_iter().filter(|w| told.contains(w)).count();
            let theirs = figure.unit.as_deref().unwrap_or("");
            if theirs == unit && shared > 0 {
                return None;
            }
            let alike = measured(theirs).is_some_and(|m| measured(unit).is_some_and(|o| m == o || !m && !o));
            if theirs != unit && alike && shared >= SHARED {
                rivals.push((Cite { report, span: figure.passage }, figure));
            }
        }
    }
    let (first, figure) = rivals.first()?;
    let value = desk.member(first.report).report.text.get(figure.span);
    let note = format!("reports say {value} ({})", desk.outlet(first.report));
    let cites = rivals.iter().map(|(cite, _)| *cite).collect();
    Some(desk.finding(Claim::Figure, own.span, Verdict::Contradicted, note, cites))
}

/// Says whether a unit is one of time, or another measure or money; none for what is counted.
fn measured(unit: &str) -> Option<bool> {
    let name = unit.split(" per ").next().unwrap_or(unit);
    if is_time(name) {
        return Some(true);
    }
    (is_unit(name) || currency_name(name)).then_some(false)
}

/// Says whether two figures may count the same: they tell no different states of things, as `killed` and `missing`.
fn may_be_one(a: &Figure, b: &Figure) -> bool {
    let state = |f: &Figure| f.head.as_deref().and_then(|h| h.split_once('/')).map(|(_, state)| state.to_owned());
    match (state(a), state(b)) {
        (Some(x), Some(y)) => x == y,
        _ => true,
    }
}

/// Says whether a figure of a report bears out one of the draft. "More than 3,400" does not bear out 4,300.
fn fits(own: &Figure, theirs: &Figure) -> bool {
    let open = matches!(theirs.modifier, Modifier::MoreThan | Modifier::AtLeast);
    let high = if open { theirs.value * OPEN } else { theirs.high };
    own.low <= high && theirs.low <= own.high
}

fn nothing(desk: &Desk<'_>, own: &Figure) -> Finding {
    desk.finding(Claim::Figure, own.span, Verdict::Nothing, "no report gives this figure".into(), Vec::new())
}

/// Says whether a row stands in a sentence that tells what the draft's does.
fn is_told_alike(desk: &Desk<'_>, row: &FigureRow, other: &FigureRow) -> bool {
    let members = &desk.record.members;
    let span = figure(members, other).span;
    desk.alike.to(figure(members, row).span).iter().any(|c| c.report == other.report && c.span.contains(span))
}

/// Returns the day a row holds for: its own, else that of its report.
fn holds_for(desk: &Desk<'_>, row: &FigureRow) -> Option<Day> {
    let own = figure(&desk.record.members, row).as_of.as_ref().map(|w| w.to());
    own.or_else(|| desk.day(row.report))
}

/// Returns the latest rows of different values, latest first.
fn latest<'a>(desk: &Desk<'_>, rows: &[&'a FigureRow]) -> Vec<&'a FigureRow> {
    let mut sorted = rows.to_vec();
    sorted.sort_by_key(|r| (std::cmp::Reverse(holds_for(desk, r)), r.id));
    let mut seen = BTreeSet::new();
    sorted.retain(|r| seen.insert(figure(&desk.record.members, r).value.to_bits()));
    sorted.truncate(NAMED);
    sorted
}

/// Returns values with who gives them: `26 (Ann Lund, Hill Post)`.
fn values(desk: &Desk<'_>, rows: &[&FigureRow]) -> String {
    let told = rows.iter().map(|row| {
        let member = desk.member(row.report);
        let value = member.report.text.get(figure(&desk.record.members, row).span);
        let by = row.according_to.as_ref().map(|party| match party {
            Party::Entity(e) => desk.record.entities[*e].name.clone(),
            Party::Words(c) => desk.member(c.report).report.text.get(c.span).to_owned(),
        });
        let by = by.map(|b| format!("{b}, ")).unwrap_or_default();
        format!("{value} ({by}{})", desk.outlet(row.report))
    });
    let told: Vec<String> = told.collect();
    told.join(" and ")
}
