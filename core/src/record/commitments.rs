//! What came of what was promised: kept when a later report tells that it was done, missed when one says that it was not,
//! open otherwise.
//!
//! Where promise and deed agree in day they are one event already ([`super::events`]). Here the deed is looked for among
//! all that the reports of the story tell, also what deserves no row of its own.

use super::names::Cast;
use super::timeline::is_content;
use super::{Cite, EventRow, Evidence, Grouping, Member, Outcome, Step};
use crate::reading::syntax::Relation;
use crate::reading::{Event, Status};
use crate::text::Span;
use crate::when::{Day, When, days_after};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Days behind its deadline within which a deed still answers a promise; guess: a month, later it is another matter.
const LATE: i64 = 31;

/// Gives each open promise the outcome that a report of its story tells: the earliest such report counts.
pub fn settle(members: &[Member], grouping: &Grouping, cast: &Cast, events: &mut [EventRow]) {
    for row in events.iter_mut().filter(|r| r.outcome == Some(Outcome::Open)) {
        let Some(answer) = Promise::of(members, row).answer(members, grouping, cast, row) else { continue };
        let evidence = Evidence::one(answer.cite.report, answer.cite.span);
        let status = if answer.outcome == Outcome::Kept { Status::Held } else { Status::Denied };
        row.evidence.join(&evidence);
        row.history.push(Step { status, as_of: answer.day.map(When::day), evidence });
        (row.status, row.outcome) = (status, Some(answer.outcome));
    }
}

/// A promise that nothing has answered yet.
struct Promise<'a> {
    /// What was promised: the verb, in its dictionary form.
    acts: BTreeSet<Cow<'a, str>>,
    /// Words for what it is done to: of the promise's clauses, without the verb and the names of who takes part.
    matter: BTreeSet<&'a str>,
    /// Who takes part: indices into the cast.
    parties: &'a [usize],
    /// When it was first told.
    told: Option<Day>,
    /// By when it is due.
    due: Option<Day>,
}

/// What a report says of a promise.
struct Answer {
    outcome: Outcome,
    day: Option<Day>,
    cite: Cite,
}

impl<'a> Promise<'a> {
    fn of(members: &'a [Member], row: &'a EventRow) -> Promise<'a> {
        let tellings =
            || row.tellings.iter().filter_map(|&(r, n)| Some((&members[r], members[r].reading.events.get(n)?)));
        Promise {
            acts: tellings().flat_map(|(member, event)| acts(member, event)).collect(),
            matter: tellings().flat_map(|(member, event)| matter(member, event)).collect(),
            parties: &row.participants,
            told: tellings().filter_map(|(member, _)| published(member)).min(),
            due: row.due.as_ref().or(row.when.as_ref()).map(When::to),
        }
    }

    /// Returns the first thing that a report of the story says of it.
    fn answer(&self, members: &[Member], grouping: &Grouping, cast: &Cast, row: &EventRow) -> Option<Answer> {
        let story = grouping.story[row.label.report];
        let reports = (0..members.len()).filter(|&r| grouping.story[r] == story);
        let told = reports.flat_map(|report| {
            members[report].reading.events.iter().enumerate().filter_map(move |(number, event)| {
                let is_own = row.tellings.binary_search(&(report, number)).is_ok();
                let names = event.participants.iter().filter(|&&n| n < members[report].reading.names.names.len());
                let shares = || names.clone().any(|&n| self.parties.contains(&cast.of(report, n)));
                let same = self.acts.contains(event.head.as_str()) && event.kind != "statement";
                if is_own && !event.negated || !same || !shares() {
                    return None;
                }
                // "Replaced the windows" answers no promise to replace the pump.
                if !matter(&members[report], event).iter().any(|w| self.matter.contains(w)) {
                    return None;
                }
                let outcome = self.says(published(&members[report])?, event)?;
                let day = event.when.as_ref().and_then(When::exact).or_else(|| published(&members[report]));
                Some(Answer { outcome, day, cite: Cite { report, span: event.passage } })
            })
        });
        told.min_by_key(|a| (published(&members[a.cite.report]), members[a.cite.report].report.id, a.cite.span))
    }

    /// Returns what a telling of the same act by the same party means for the promise, told on a day.
    fn says(&self, day: Day, event: &Event) -> Option<Outcome> {
        // "It has not done so": before its day that is no news.
        if event.negated {
            return self.due.is_some_and(|due| day > due).then_some(Outcome::Missed);
        }
        let is_later = self.told.is_some_and(|told| day > told || event.when.as_ref().is_some_and(|w| w.from() > told));
        let fits = event.when.as_ref().is_none_or(|w| {
            self.told.is_none_or(|told| w.to() >= told) && self.due.is_none_or(|due| w.from() <= days_after(due, LATE))
        });
        (event.status == Status::Held && is_later && fits).then_some(Outcome::Kept)
    }
}

/// Returns the verbs of a promise: that of the event, and of what is promised (`pledged to ⟦replace⟧`).
fn acts<'a>(member: &'a Member, event: &'a Event) -> Vec<Cow<'a, str>> {
    let syntax = &member.reading.syntax;
    let text = &member.report.text;
    let mut acts = vec![Cow::Borrowed(event.head.as_str())];
    for node in syntax.inside(event.trigger) {
        let promised =
            syntax.children(node).filter(|&n| matches!(syntax.nodes[n].relation, Relation::Xcomp | Relation::Ccomp));
        acts.extend(promised.map(|n| syntax.lemma(text, n)));
    }
    acts
}

/// Returns the words of an event's clause that say what it is done to: of content, in no name of a person, body or place, no
/// time, and not its verb.
fn matter<'a>(member: &'a Member, event: &Event) -> Vec<&'a str> {
    let reading = &member.reading;
    let aside = |span: Span| {
        let named = reading.names.mentions.iter().any(|m| m.proper && m.span.overlaps(span));
        named || reading.times.iter().any(|t| t.span.overlaps(span)) || event.trigger.overlaps(span)
    };
    let words = &reading.words;
    let inside = words.inside(event.label).filter(|&n| is_content(words.lower(n)) && !aside(words.tokens[n].span));
    inside.map(|n| words.lower(n)).collect()
}

fn published(member: &Member) -> Option<Day> {
    member.report.when().map(When::to)
}
