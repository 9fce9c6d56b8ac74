//! The lines of a timeline: the events an editor wants, each in words that read as a clause or a short sentence.

use crate::reading::syntax::{Relation, Upos};
use crate::reading::{Event, NameKind, Status, Voice};
use crate::record::events::{balanced, label_of, opens_alone, reads_well};
use crate::record::{Cite, EventRow, Line, Member};
use crate::text::Span;
use crate::when::{Day, When, days_after};
use std::collections::{BTreeMap, BTreeSet};

/// Lines of one story, at most.
const LINES: usize = 20;

/// Undated lines of one story, at most.
const UNDATED: usize = 4;

/// A sentence up to this many tokens may stand for its event.
const SENTENCE: usize = 32;

/// Days before the first report from which on an event belongs to the story rather than to its background.
const BACKGROUND_DAYS: i64 = 45;

/// Kinds that are background rather than steps of the story.
const BACKGROUND: &[&str] = &["statement", "start", "end", "offer", "increase", "cut", "move", "build"];

/// Kinds that are seldom the news: they weigh little.
const LIGHT: &[&str] =
    &["other", "travel", "aid", "payment", "publication", "disclosure", "order", "celebration", "ban"];

/// A line that may be printed, and what it weighs.
struct Candidate<'a> {
    row: &'a EventRow,
    cite: Cite,
    when: Option<When>,
    score: u32,
}

/// Which row each telling of a story belongs to.
type Rows<'a> = BTreeMap<(usize, usize), &'a EventRow>;

/// Returns the lines of a story: the weightiest, those with a day in order of time, then the rest.
pub(super) fn timeline(
    members: &[Member],
    copied: &BTreeSet<usize>,
    events: &[&EventRow],
    first: Option<Day>,
) -> Vec<Line> {
    let of: Rows<'_> = events.iter().flat_map(|e| e.tellings.iter().map(|t| (*t, *e))).collect();
    let mut pool: Vec<Candidate<'_>> =
        events.iter().filter_map(|e| candidate(members, copied, &of, e, first)).collect();
    pool.sort_by_key(|c| (std::cmp::Reverse(c.score), c.row.id));
    let mut chosen: Vec<Candidate<'_>> = Vec::new();
    let mut undated = 0;
    for next in pool {
        if chosen.len() == LINES || next.when.is_none() && undated == UNDATED {
            continue;
        }
        if chosen.iter().any(|c| repeats(members, c, &next)) {
            continue;
        }
        undated += usize::from(next.when.is_none());
        chosen.push(next);
    }
    chosen.sort_by_key(|c| {
        let days: Option<(Day, Day)> = c.when.as_ref().map(|w| (w.from(), w.to()));
        (days.is_none(), days, std::cmp::Reverse(c.row.support.origins), c.row.id)
    });
    chosen
        .into_iter()
        .map(|c| Line {
            when: c.when,
            row: c.row.id,
            line: c.cite,
            origins: c.row.support.origins,
            bounds: c.row.support.bounds,
        })
        .collect()
}

/// Returns the line of an event that deserves one.
fn candidate<'a>(
    members: &[Member],
    copied: &BTreeSet<usize>,
    of: &Rows<'_>,
    row: &'a EventRow,
    first: Option<Day>,
) -> Option<Candidate<'a>> {
    if BACKGROUND.contains(&row.kind) || row.status == Status::Unclear {
        return None;
    }
    // Guess: what is said to happen within more than a month has no day on a timeline.
    let when = row.when.clone().filter(|w| w.days() <= 31);
    let origins = row.support.origins;
    let turn = matches!(row.status, Status::CalledOff | Status::Postponed | Status::Denied) && row.kind != "other";
    // What happened on no day that anybody tells has no place in an order of days.
    let happened = matches!(row.status, Status::Held | Status::Ongoing);
    if when.is_none() && (happened || !turn && origins < 2) {
        return None;
    }
    let old = matches!((&when, first), (Some(w), Some(f)) if days_after(w.to(), BACKGROUND_DAYS) < f);
    if old && origins < 3 {
        return None;
    }
    // What only copies tell is what rewriting put in.
    if row.tellings.iter().all(|(report, _)| copied.contains(report)) && row.kind == "other" {
        return None;
    }
    let (cite, outlet) = words(members, copied, of, row)?;
    let exact = when.as_ref().is_some_and(|w| w.days() == 1);
    let score = 3 * origins.min(5)
        + 3 * u32::from(when.is_some())
        + u32::from(exact)
        + 2 * u32::from(turn)
        + u32::from(outlet)
        + u32::from(!row.participants.is_empty())
        + if LIGHT.contains(&row.kind) { 0 } else { 3 };
    Some(Candidate { row, cite, when, score })
}

/// Returns the words to tell an event by, wherever it is listed: those of its line, else its sentence.
pub(super) fn told(members: &[Member], copied: &BTreeSet<usize>, row: &EventRow) -> Cite {
    if let Some((cite, _)) = words(members, copied, &Rows::new(), row) {
        return cite;
    }
    let event = row.tellings.iter().filter(|(report, _)| *report == row.label.report).find_map(|&(report, number)| {
        let member = &members[report];
        let event = member.reading.events.get(number).filter(|e| e.passage.contains(row.label.span))?;
        (!reads_well(member, event)).then_some(event.passage)
    });
    event.map_or(row.label, |span| Cite { report: row.label.report, span })
}

/// Chooses the words of a line: a clause of an original, else a short sentence of one; the latest status before others.
fn words(members: &[Member], copied: &BTreeSet<usize>, of: &Rows<'_>, row: &EventRow) -> Option<(Cite, bool)> {
    let mut best: Option<(u32, Cite, bool)> = None;
    for &(report, number) in &row.tellings {
        let Some(event) = members[report].reading.events.get(number) else { continue };
        let Some((span, clause)) = readable(&members[report], row, event) else { continue };
        if misleads(&members[report], of, row, Cite { report, span }) {
            continue;
        }
        let outlet = event.voice == Voice::Outlet;
        let length = (span.len().abs_diff(80) / 20) as u32;
        let dated = event.when.is_some() || row.when.is_none();
        let cost = 128 * u32::from(event.status != row.status)
            + 32 * u32::from(copied.contains(&report))
            + 8 * u32::from(!outlet)
            + 4 * u32::from(!clause)
            + 12 * u32::from(!dated)
            + 16 * uncarried(members, row, Cite { report, span })
            + length.min(12);
        // An event of many origins must not be told by what it was before.
        let cite = Cite { report, span };
        if best.is_none_or(|(known, _, _)| cost < known) {
            best = Some((cost, cite, outlet));
        }
    }
    best.filter(|(cost, _, _)| *cost < 128).map(|(_, cite, outlet)| (cite, outlet))
}

/// Says whether the words, read at the day and status of a row, tell something untrue: their main clause is about an event of
/// another day, or what they announce has been called off by another row.
fn misleads(member: &Member, of: &Rows<'_>, row: &EventRow, cite: Cite) -> bool {
    let events = &member.reading.events;
    let syntax = &member.reading.syntax;
    let is_exact = |w: &When| w.exact().is_some();
    let Some(day) = row.when.as_ref().filter(|w| is_exact(w)) else { return false };
    let top = syntax.top(syntax.inside(cite.span));
    let subject = |n: usize| matches!(syntax.nodes[n].relation, Relation::Nsubj | Relation::NsubjPass);
    let is_main = |e: &Event| {
        syntax
            .inside(e.trigger)
            .any(|n| Some(n) == top || top.is_some_and(|t| syntax.nodes[n].head == Some(t as u32)) && subject(n))
    };
    let from = events.partition_point(|e| e.trigger.start() < cite.span.start());
    let inside = events[from..].iter().enumerate().take_while(|(_, e)| e.trigger.end() <= cite.span.end());
    inside.map(|(n, e)| (from + n, e)).any(|(number, event)| {
        let Some(other) = of.get(&(cite.report, number)).filter(|o| o.id != row.id) else { return false };
        let meets = other.when.as_ref().filter(|w| is_exact(w)).map(|w| w.meets(day));
        let happened = |r: &EventRow| matches!(r.status, Status::Held | Status::Ongoing);
        let off = matches!(other.status, Status::CalledOff | Status::Postponed);
        meets == Some(false) && happened(other) && happened(row) && is_main(event)
            || meets == Some(true) && off && row.status == Status::Planned
    })
}

/// Counts whom the words name, places aside, and most other tellings do not: whom one report alone holds to have done
/// it does not belong on a line of many.
fn uncarried(members: &[Member], row: &EventRow, cite: Cite) -> u32 {
    let others: Vec<&str> = row
        .evidence
        .cites()
        .iter()
        .filter(|c| c.report != cite.report)
        .map(|c| members[c.report].report.text.get(c.span))
        .collect();
    if others.len() < 2 {
        return 0;
    }
    let (names, text) = (&members[cite.report].reading.names, &members[cite.report].report.text);
    let acts = |n: usize| names.names[n].kind != NameKind::Place;
    let last = |span: Span| text.get(span).rsplit(' ').next().unwrap_or("");
    let carried = |word: &str| 2 * others.iter().filter(|o| o.contains(word)).count() >= others.len();
    let alone = names.inside(cite.span).filter(|m| m.proper && acts(m.name) && !carried(last(m.span)));
    alone.count().min(2) as u32
}

/// Returns the label if it reads as a clause, else the sentence if it is short; and whether it is the label. A denial is
/// always told by its sentence, for the label holds what is denied.
fn readable(member: &Member, row: &EventRow, event: &Event) -> Option<(Span, bool)> {
    let denied = event.status == Status::Denied;
    let label = label_of(member, event);
    if !denied && label != event.label {
        return Some((label, true));
    }
    if !denied && reads_well(member, event) {
        return Some((event.label, true));
    }
    if row.kind == "other" {
        return None;
    }
    // A sentence that tells of another day or status of the same thing would mislead.
    let twofold = |e: &Event| e.passage == event.passage && e.kind == event.kind && e.status != event.status;
    if member.reading.events.iter().any(twofold) {
        return None;
    }
    let words = &member.reading.words;
    let text = member.report.text.get(event.passage);
    let whole = text.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) && balanced(text);
    let tokens = words.inside(event.passage);
    let short = tokens.len() <= SENTENCE && tokens.len() > 3;
    let spoken = !denied && text.contains(['“', '"']);
    let alone = opens_alone(member, event.passage) || denied && matches!(words.lower(tokens.start), "he" | "she");
    let nobody = matches!(words.lower(tokens.start), "nobody" | "nothing" | "none" | "no");
    let own = denied || is_of_main_clause(member, event);
    let told = whole && short && own && !spoken && alone && !(denied && nobody);
    if told { Some((event.passage, false)) } else { named(member, event).map(|span| (span, true)) }
}

/// Says whether a sentence is about an event: it is its main verb, or that verb's subject, object or circumstance.
fn is_of_main_clause(member: &Member, event: &Event) -> bool {
    let syntax = &member.reading.syntax;
    let top = syntax.top(syntax.inside(event.passage));
    syntax.inside(event.trigger).any(|n| {
        let node = &syntax.nodes[n];
        let part = matches!(
            node.relation,
            Relation::Nsubj | Relation::NsubjPass | Relation::Obj | Relation::Obl | Relation::Xcomp
        );
        Some(n) == top || node.head.map(|h| h as usize) == top && part
    })
}

/// Words of a noun phrase that tells what happened by itself: `an airstrike on the consulate in Lund`; guess: fewer are
/// only a name for it.
const NAMED: usize = 6;

/// Returns the label of a dated deed, where it is a noun phrase that tells enough.
fn named(member: &Member, event: &Event) -> Option<Span> {
    let syntax = &member.reading.syntax;
    let is_noun = syntax.inside(event.trigger).any(|n| matches!(syntax.nodes[n].upos, Upos::Noun | Upos::Propn));
    let held = event.status == Status::Held && event.when.as_ref().is_some_and(|w| w.exact().is_some());
    let label = label_of(member, event);
    let long = member.reading.words.inside(label).len() >= NAMED;
    // `The loss of two boats until Friday` is not told by the day of the storm.
    let times = member.reading.times.iter().filter(|t| label.contains(t.span));
    let other_day = times.filter_map(|t| t.when.as_ref()).any(|w| event.when.as_ref().is_some_and(|e| !w.meets(e)));
    (is_noun && held && long && !other_day && balanced(member.report.text.get(label))).then_some(label)
}

/// Says whether a line tells what another one tells: the same words, or one day, kind and half of the words.
fn repeats(members: &[Member], known: &Candidate<'_>, next: &Candidate<'_>) -> bool {
    if known.cite.report == next.cite.report && known.cite.span.overlaps(next.cite.span) {
        return true;
    }
    let apart = matches!((&known.when, &next.when), (Some(a), Some(b)) if !a.meets(b));
    if apart || known.row.status != next.row.status && known.row.kind != next.row.kind {
        return false;
    }
    if known.when.is_none() && next.when.is_some() {
        return false;
    }
    let (a, b) = (content(members, known.cite), content(members, next.cite));
    let shared = a.intersection(&b).count();
    let same = known.row.kind == next.row.kind;
    // An undated line of a kind and status that a dated line has is likely the same.
    let loose = same && known.row.status == next.row.status && next.when.is_none() && shared > 0;
    loose || shared * if same { 2 } else { 3 } >= a.len().min(b.len()) * if same { 1 } else { 2 } && shared > 1
}

/// Returns the words of a line that carry meaning.
fn content(members: &[Member], cite: Cite) -> BTreeSet<&str> {
    let words = &members[cite.report].reading.words;
    words.inside(cite.span).map(|t| words.lower(t)).filter(|w| super::is_content(w)).collect()
}
