//! Stories with their timeline and their summary of source sentences.
//!
//! Every line and every summary sentence is a passage of a report. Ties go to the smaller (report id, span).

mod lines;

use super::{Cite, EventRow, FigureRow, Grouping, Member, Record, RowId, StatementRow, Step, Story};
use crate::lang::en::events::{form, in_sense, verb};
use crate::link::Links;
use crate::reading::{EventKind, Status, Words};
use crate::report::ReportId;
use crate::text::{PartKind, Span};
use crate::when::{Day, days_after};
use std::collections::{BTreeMap, BTreeSet};

/// Returns the stories in order of their first day.
pub fn stories(
    members: &[Member],
    links: &Links,
    grouping: &Grouping,
    _statements: &[StatementRow],
    events: &[EventRow],
    _figures: &[FigureRow],
) -> Vec<Story> {
    let mut of_story: BTreeMap<usize, Vec<&EventRow>> = BTreeMap::new();
    for event in events {
        of_story.entry(grouping.story[event.label.report]).or_default().push(event);
    }
    let mut stories: Vec<Story> = links
        .stories
        .iter()
        .enumerate()
        .filter_map(|(n, reports)| {
            story(members, links, grouping, reports, of_story.get(&n).map_or(&[][..], Vec::as_slice))
        })
        .collect();
    stories.sort_by_key(|s| (s.first, s.id));
    stories
}

/// Returns the words to tell an event by in a list: a clause that stands alone, else its sentence. `copied` are the reports
/// that repeat others ([`copied`]).
pub fn told(record: &Record, copied: &BTreeSet<usize>, row: &EventRow) -> Cite {
    lines::told(&record.members, copied, row)
}

/// Says whether an event is told by copies alone: what stands in no original is what rewriting put in.
pub fn is_copied(copied: &BTreeSet<usize>, row: &EventRow) -> bool {
    row.tellings.iter().all(|(report, _)| copied.contains(report))
}

/// Returns one story; none if no report of it has text.
fn story(
    members: &[Member],
    links: &Links,
    grouping: &Grouping,
    reports: &[usize],
    events: &[&EventRow],
) -> Option<Story> {
    let mut order = reports.to_vec();
    order.sort_by_key(|&r| (members[r].report.when().map(|w| w.from()), members[r].report.id));
    let originals = originals(grouping, &order);
    let weights = weights(members, &order);
    let copied = copied(links);
    let stale = stale(members, events);
    let title = title(members, &originals, &order, &weights, &stale)?;
    let days = || reports.iter().filter_map(|&r| members[r].report.when());
    let (origins, bounds) = grouping.origins(reports);
    Some(Story {
        id: RowId::new('t', members[title.report].report.id, title.span, ""),
        title,
        reports: order,
        origins,
        bounds,
        first: days().map(|w| w.from()).min(),
        last: days().map(|w| w.to()).max(),
        timeline: lines::timeline(members, &copied, events, days().map(|w| w.from()).min()),
        summary: summary(members, &originals, &weights, events),
    })
}

/// Returns the reports that repeat another one given.
pub fn copied(links: &Links) -> BTreeSet<usize> {
    links.copies.iter().filter(|c| c.of.is_some()).map(|c| c.report).collect()
}

/// Returns the earliest report of each origin, in the order given.
fn originals(grouping: &Grouping, order: &[usize]) -> Vec<usize> {
    let mut seen = BTreeSet::new();
    order.iter().copied().filter(|&r| seen.insert(grouping.origin[r])).collect()
}

/// Counts in how many reports each content word stands: what a story is about.
fn weights<'a>(members: &'a [Member], order: &[usize]) -> BTreeMap<&'a str, u32> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for &r in order {
        let words = &members[r].reading.words;
        let set: BTreeSet<&str> = (0..words.tokens.len()).map(|t| words.lower(t)).filter(|w| is_content(w)).collect();
        for word in set {
            *counts.entry(word).or_insert(0) += 1;
        }
    }
    counts
}

/// Says whether a word may tell what a text is about: guess: four letters and no function word; settled by reading summaries.
pub(super) fn is_content(word: &str) -> bool {
    word.len() > 3 && word.chars().all(char::is_alphanumeric) && !in_sense("empty", word)
}

/// Returns the distinct content words of a span.
fn content(words: &Words, span: Span) -> BTreeSet<&str> {
    words.inside(span).map(|t| words.lower(t)).filter(|w| is_content(w)).collect()
}

/// Returns the reports whose headline tells of a plan that has since been called off, put off or carried out.
fn stale(members: &[Member], events: &[&EventRow]) -> BTreeSet<usize> {
    let open = |status: Status| matches!(status, Status::Planned | Status::Unclear | Status::Ongoing);
    let mut out = BTreeSet::new();
    for row in events.iter().filter(|r| !open(r.status)) {
        out.extend(row.tellings.iter().filter_map(|&(report, number)| {
            let event = members[report].reading.events.get(number).filter(|e| open(e.status))?;
            let title = members[report].report.text.part(PartKind::Title)?;
            title.contains(event.trigger).then_some(report)
        }));
    }
    out
}

/// Returns the headline that shares most with all reports, of originals before copies; the earliest of equals.
fn title(
    members: &[Member],
    originals: &[usize],
    order: &[usize],
    weights: &BTreeMap<&str, u32>,
    stale: &BTreeSet<usize>,
) -> Option<Cite> {
    let headline = |&report: &usize| {
        let member = &members[report];
        let span = member.report.text.part(PartKind::Title)?;
        let words = content(&member.reading.words, span);
        // Only words that another report has too, over the length: a central headline, not a long one.
        let shared: u32 = words.iter().filter_map(|w| weights.get(w)).filter(|&&n| n > 1).sum();
        let mut score = shared * 100 / (words.len() as u32 + 3);
        let text = member.report.text.get(span);
        // Guess: what shouts, asks or quotes stands for a story only if nothing else does.
        let shouts = !text.chars().any(char::is_lowercase);
        let odd = text.ends_with('?') || text.starts_with(['“', '"', '‘', '\'']) || words.len() < 3;
        score /= if shouts || odd || stale.contains(&report) { 2 } else { 1 };
        // Guess: a quarter more for the last report, since it tells how the story stands.
        let at = order.iter().position(|&r| r == report).unwrap_or(0) as u32;
        score = score * (100 + 25 * at / (order.len() as u32).max(1)) / 100;
        Some((score, Cite { report, span }))
    };
    let best = |reports: &[usize]| {
        let mut found: Option<(u32, Cite)> = None;
        for (score, cite) in reports.iter().filter_map(headline) {
            if found.is_none_or(|(known, _)| score > known) {
                found = Some((score, cite));
            }
        }
        found.map(|(_, cite)| cite)
    };
    let first_words = |&report: &usize| {
        let first = members[report].report.text.parts().first()?;
        Some(Cite { report, span: first.span })
    };
    best(originals).or_else(|| best(order)).or_else(|| order.iter().find_map(first_words))
}

/// A sentence that could stand in the summary.
struct Candidate<'a> {
    cite: Cite,
    day: Option<Day>,
    id: ReportId,
    words: BTreeSet<&'a str>,
    score: u32,
}

/// Sentences of a summary, at least where there are as many, and at most.
const SENTENCES: std::ops::RangeInclusive<usize> = 3..=6;

/// Words of a summary beyond which no further sentence is added: what can be read aloud in a minute.
const WORDS: usize = 120;

/// Returns the passages that tell how a plan was called off, put off or carried out after all.
fn turns(events: &[&EventRow]) -> BTreeSet<Cite> {
    let turned = |s: &Step| matches!(s.status, Status::CalledOff | Status::Postponed);
    let steps = events.iter().filter(|e| e.kind != "other").flat_map(|e| &e.history).filter(|s| turned(s));
    steps.flat_map(|s| s.evidence.cites()).copied().collect()
}

/// Returns the sentence that tells how a story stands at its end: the best of the last day, or of the day before where that
/// is twice as good.
fn ending(pool: &[Candidate<'_>]) -> Option<usize> {
    let last = pool.iter().filter_map(|c| c.day).max()?;
    let best = |day: Day| {
        let of_day = (0..pool.len()).filter(move |&n| pool[n].day == Some(day));
        of_day.max_by_key(|&n| (pool[n].score, std::cmp::Reverse((pool[n].id, pool[n].cite.span))))
    };
    let (end, before) = (best(last)?, best(days_after(last, -1)));
    Some(before.filter(|&n| pool[n].score > 2 * pool[end].score).unwrap_or(end))
}

/// Counts the words of a passage.
fn length(members: &[Member], cite: Cite) -> usize {
    members[cite.report].report.text.get(cite.span).split_whitespace().count()
}

/// The steps in the life of events that passages tell: the event, where it was not called off or put off; its kind, status.
type Steps = BTreeMap<Cite, BTreeSet<(Option<RowId>, EventKind, Status)>>;

fn steps(events: &[&EventRow]) -> Steps {
    let mut tells = Steps::new();
    for event in events.iter().filter(|e| e.kind != "other") {
        for step in &event.history {
            // Two reports that name nobody in common tell of one order lifted in two rows.
            let off = matches!(step.status, Status::CalledOff | Status::Postponed);
            let key = (Some(event.id).filter(|_| !off), event.kind, step.status);
            step.evidence.cites().iter().for_each(|c| {
                tells.entry(*c).or_default().insert(key);
            });
        }
    }
    tells
}

/// Says whether two sentences tell how one event came to one status: that an order was lifted is told once.
fn tell_one_step(tells: &Steps, a: Cite, b: Cite) -> bool {
    tells.get(&a).zip(tells.get(&b)).is_some_and(|(a, b)| !a.is_disjoint(b))
}

/// Chooses three to six lead sentences of independent originals: much shared, little repeated, in order of time.
fn summary(members: &[Member], originals: &[usize], weights: &BTreeMap<&str, u32>, events: &[&EventRow]) -> Vec<Cite> {
    let mut pool: Vec<Candidate<'_>> = originals.iter().flat_map(|&r| candidates(members, r, weights)).collect();
    let turns = turns(events);
    let tells = steps(events);
    // Guess: half more for a sentence at which the story turns.
    pool.iter_mut().filter(|c| turns.contains(&c.cite)).for_each(|c| c.score += c.score / 2);
    let mut chosen: Vec<Candidate<'_>> = Vec::new();
    let mut told: BTreeSet<&str> = BTreeSet::new();
    // Two sentences of one report at most while others have none: the bound falls where there are few originals.
    let each = SENTENCES.end().div_ceil(originals.len().max(1)).max(1);
    let mut words = 0;
    // How it stands now is told whatever else is.
    if let Some(ending) = ending(&pool).filter(|_| originals.len() > 2) {
        let candidate = pool.swap_remove(ending);
        told.extend(candidate.words.iter().copied());
        words += length(members, candidate.cite);
        chosen.push(candidate);
    }
    while chosen.len() < *SENTENCES.end() && (words < WORDS || chosen.len() < *SENTENCES.start()) && !pool.is_empty() {
        let best = (0..pool.len()).max_by_key(|&n| {
            let c = &pool[n];
            let fresh: u32 = c.words.iter().filter(|w| !told.contains(*w)).filter_map(|w| weights.get(w)).sum();
            let used = chosen.iter().filter(|x| x.cite.report == c.cite.report).count() as u32;
            let gain = fresh * c.score / (c.words.len() as u32 + 8) / (1 + used);
            (gain, std::cmp::Reverse((c.id, c.cite.span)))
        });
        let Some(best) = best else { break };
        let candidate = pool.swap_remove(best);
        let repeated = candidate.words.iter().filter(|w| told.contains(*w)).count() * 10;
        let used = chosen.iter().filter(|x| x.cite.report == candidate.cite.report).count();
        let again = chosen.iter().any(|c| tell_one_step(&tells, c.cite, candidate.cite));
        if repeated > candidate.words.len() * 6 || used >= each || again {
            continue;
        }
        told.extend(candidate.words.iter().copied());
        words += length(members, candidate.cite);
        chosen.push(candidate);
    }
    chosen.sort_by_key(|c| (c.day.is_none(), c.day, c.id, c.cite.span));
    chosen.into_iter().map(|c| c.cite).collect()
}

/// Returns the first sentences of a report's body, whole and of a length that can be read.
fn candidates<'a>(members: &'a [Member], report: usize, weights: &BTreeMap<&str, u32>) -> Vec<Candidate<'a>> {
    let member = &members[report];
    let words = &member.reading.words;
    let body = words.sentences.iter().filter(|s| s.part == PartKind::Body);
    body.take(8)
        .enumerate()
        .filter_map(|(n, s)| {
            let text = member.report.text.get(s.span);
            let length = s.tokens.len();
            let whole = text.ends_with(['.', '!', '?', '”', '"'])
                && text.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
            let quotes = |mark: char| text.chars().filter(|&c| c == mark).count();
            let balanced = quotes('“') == quotes('”') && quotes('"') % 2 == 0;
            if !whole
                || !balanced
                || !(8..=70).contains(&length)
                || text.starts_with(['“', '"'])
                || points_back(words.lower(s.tokens.start))
                || !has_tense(words, s.tokens.clone())
            {
                return None;
            }
            let words = content(words, s.span);
            let shared = words.iter().filter(|w| weights.get(*w).is_some_and(|&n| n > 1)).count() as u32;
            // The lead counts most; guess: eight parts in ten for the second, less further down.
            let place = [100, 60, 45, 35, 30, 25, 20, 20][n.min(7)];
            Some(Candidate {
                cite: Cite { report, span: s.span },
                day: member.report.when().map(|w| w.from()),
                id: member.report.id,
                score: place * (2 + shared.min(SHARED)) * brevity(length) / 100,
                words,
            })
        })
        .collect()
}

/// Words shared with other reports beyond which a sentence is no better a lead; guess: else the longest always wins.
const SHARED: u32 = 14;

/// Returns what a sentence of a number of tokens is worth beside a short one, in percent: what is read aloud is heard once.
/// guess: full worth up to 30, less by one for each more; a report's own lead goes before its shorter second sentence.
fn brevity(tokens: usize) -> u32 {
    100u32.saturating_sub(tokens.saturating_sub(30) as u32).max(60)
}

/// Says whether a verb with tense stands in a stretch of tokens.
fn has_tense(words: &Words, mut tokens: std::ops::Range<usize>) -> bool {
    tokens.any(|n| {
        let w = words.lower(n);
        is_helper(w) || verb(w).is_some_and(|v| v.forms & (form::PAST | form::PRESENT) != 0)
    })
}

/// Says whether a word helps a verb to its tense.
fn is_helper(w: &str) -> bool {
    matches!(
        w,
        "is" | "are" | "was" | "were" | "has" | "have" | "had" | "will" | "would" | "may" | "could" | "did" | "does"
    )
}

/// Says whether a sentence leans on the one before it, so that it cannot stand alone.
fn points_back(first: &str) -> bool {
    in_sense("opener", first)
}
