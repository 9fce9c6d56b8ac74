//! From verb groups and event nouns to events: kind, label, participants, place, time.

use super::clauses::{Governor, Scene};
use super::groups::Shape;
use super::senses::is_commitment;
use super::standing::{NounStanding, Standing};
use super::{Event, Status};
use crate::lang::en::events::{event_verb, govern, governs};
use crate::reading::Voice;
use crate::reading::dates::TimeExpression;
use crate::reading::names::{NameKind, Names};
use crate::reading::words::Words;
use crate::text::{Span, Text};
use crate::when::When;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What the events of a text are told with.
pub(super) struct Telling<'a> {
    /// The text.
    pub(super) text: &'a Text,
    /// Its tokens.
    pub(super) words: &'a Words,
    /// Its names.
    pub(super) names: &'a Names,
    /// Its time expressions.
    pub(super) times: &'a [TimeExpression],
    /// When the report was published.
    pub(super) published: Option<&'a When>,
    /// Countries named in the report, by their English name: for `Israeli officials`.
    pub(super) countries: BTreeMap<&'static str, usize>,
}

/// A time expression and where it belongs.
pub(super) struct Placed {
    pub(super) time: usize,
    pub(super) token: usize,
    /// The word before it: `on`, `by`, `until`.
    pub(super) preposition: String,
    pub(super) group: Option<usize>,
    /// The event noun whose phrase holds it: token.
    pub(super) noun: Option<usize>,
}

/// The times of one event.
#[derive(Default)]
pub(super) struct Timing {
    pub(super) when: Option<When>,
    pub(super) due: Option<When>,
    /// Behind `until` or `to`: for what is put off.
    pub(super) until: Option<When>,
    /// Whether `when` is a bare weekday, counted from the day of the report.
    pub(super) weekday: bool,
}

/// The longest label, in tokens.
pub(super) const LABEL: usize = 34;

impl Telling<'_> {
    /// Adds the events of a sentence.
    pub(super) fn events(&self, scene: &Scene<'_>, passage: Span, out: &mut Vec<Event>) {
        let placed = self.place_times(scene);
        let from = out.len();
        let nouns: Vec<(usize, NounStanding)> = scene
            .range
            .clone()
            .filter(|&n| scene.is_event_noun(n) && !scene.is_modifier(n) && !self.is_in_name(scene, n))
            .map(|n| (n, scene.noun(n)))
            .collect();
        // A time inside the phrase of an event noun is its own: `in answer to a raid on May 2`.
        let mut placed = placed;
        for p in &mut placed {
            let holds = |(n, told): &&(usize, NounStanding)| told.phrase.contains(&p.token) && *n <= p.token + 4;
            // `the raid was in answer to a strike on the town on May 2`: a bare "was" dates nothing behind another event.
            let behind = |(n, _): &&(usize, NounStanding)| {
                let group = p.group.map(|g| &scene.groups[g]).filter(|g| g.base == "be" && !g.passive);
                *n < p.token && group.is_some_and(|g| g.last < *n)
            };
            let of = |holds: &dyn Fn(&&(usize, NounStanding)) -> bool| nouns.iter().rev().find(holds).map(|(n, _)| *n);
            p.noun = of(&holds).or_else(|| of(&behind));
        }
        let mut governing = BTreeSet::new();
        let mut resumed = BTreeSet::new();
        for (n, told) in nouns {
            let event = self.noun_event(scene, n, told.clone(), &placed, passage);
            if event.is_some() {
                governing.extend(told.by);
            }
            let again = event.as_ref().and_then(|e| self.set_anew(scene, n, &told, &placed, e));
            resumed.extend(again.as_ref().map(|(b, _)| *b));
            out.extend(event);
            out.extend(again.map(|(_, e)| e));
        }
        for n in (0..scene.groups.len()).filter(|n| !resumed.contains(n)) {
            let mut event = self.verb_event(scene, n, &placed, passage);
            // `the talks were to open` tells of the talks.
            if let Some(event) = event.as_mut().filter(|_| !governing.contains(&n))
                && let Some(named) = scene.happening(n).and_then(|k| self.named(scene, k))
            {
                (event.kind, event.head) = (named.kind, named.head.to_owned());
            }
            // `held talks` is one event: the talks.
            if let Some(event) = event.as_mut().filter(|e| {
                governing.contains(&n) && e.status != Status::CalledOff && !matches!(e.kind, "statement" | "death")
            }) {
                event.kind = "other";
            }
            out.extend(event);
        }
        self.keep_labels_apart(&mut out[from..]);
    }

    pub(super) fn verb_event(&self, scene: &Scene<'_>, n: usize, placed: &[Placed], passage: Span) -> Option<Event> {
        let g = &scene.groups[n];
        let link = &scene.links[n];
        let standing = scene.standing(n);
        let mut timing = self.timing(placed.iter().filter(|p| p.group == Some(n)));
        let mut as_of = None;
        if timing.when.is_none() {
            timing.when = self.meanwhile(scene, n, placed);
        }
        let mut committed = false;
        if let Governor::Verb(p) = link.governor
            && !link.content
        {
            as_of = self.timing(placed.iter().filter(|t| t.group == Some(p))).when;
            committed = is_commitment(scene.groups[p].base);
        }
        let promises = is_commitment(g.base) && timing.due.is_some() && standing.status == Status::Held;
        let named = event_verb(g.base).filter(|_| self.is_meant(scene, n));
        let (mut kind, head) = match named {
            // `struck the town` is an attack; `struck for a week` is not.
            Some(named)
                if g.base == "strike" && (g.passive || super::function_words::is_determiner(scene.at(g.last + 1))) =>
            {
                ("attack", named.head)
            }
            Some(named) => (named.kind, named.head),
            None if governs("verb", g.base) & govern::SAY != 0 => ("statement", g.base),
            None => ("other", g.base),
        };
        let mut standing = standing;
        if (committed && matches!(kind, "other" | "disclosure" | "statement")) || promises {
            kind = "commitment";
        }
        if promises {
            standing = Standing { status: Status::Planned, future: true, ..standing };
        }
        if standing.status == Status::Postponed {
            timing.when = timing.until.take().or(timing.when);
        }
        if standing.status == Status::Planned && !g.past && !link.content {
            self.look_ahead(&mut timing);
        }
        let label = self.verb_label(scene, n)?;
        let mut participants = Vec::new();
        let mut place = None;
        for range in self.actors(scene, n) {
            self.collect(scene, range, &mut participants, &mut place);
        }
        self.collect(scene, g.last + 1..link.end, &mut participants, &mut place);
        let trigger = self.words.tokens[g.main].span.cover(self.words.tokens[g.last.max(g.main)].span);
        Some(self.event(trigger, kind, head, label, participants, place, timing, as_of, standing, passage))
    }

    /// Returns the stretches of tokens that name who acts: own subject, or that of the verb shared or governing.
    pub(super) fn actors(&self, scene: &Scene<'_>, n: usize) -> Vec<Range<usize>> {
        let mut out = Vec::new();
        let mut at = n;
        for _ in 0..5 {
            let link = &scene.links[at];
            if let Some(subject) = &link.subject {
                out.push(subject.clone());
                // `The mayor, Ada Lind, opened`: the words set off by commas name the subject.
                let first = scene.groups[at].first;
                let set_off = subject.end..first.min(subject.end + 16);
                if !link.relative
                    && scene.at(subject.end) == ","
                    && scene.group_before(first).is_none_or(|b| scene.groups[b].last < subject.end)
                {
                    out.push(set_off);
                }
                break;
            }
            let next = match (link.partner, link.governor) {
                (Some(p), _) => Some(p),
                (None, Governor::Verb(p)) => {
                    // `invited the company to negotiate`: who is asked takes part.
                    out.push(scene.groups[p].last + 1..scene.groups[at].first);
                    Some(p)
                }
                (None, Governor::Noun(k)) => scene.group_before(k),
                _ => None,
            };
            let Some(next) = next.filter(|&p| p < at) else { break };
            at = next;
        }
        out.retain(|r| r.start < r.end);
        out
    }

    /// Collects the names inside a stretch of tokens: those that act, and the place.
    pub(super) fn collect(
        &self,
        scene: &Scene<'_>,
        range: Range<usize>,
        participants: &mut Vec<usize>,
        place: &mut Option<usize>,
    ) {
        let range = range.start..range.end.min(scene.range.end);
        if range.start >= range.end {
            return;
        }
        for k in range.clone().take(60) {
            let capital = scene.title || self.text.get(self.words.tokens[k].span).starts_with(char::is_uppercase);
            let country = capital.then(|| crate::lang::en::names::country_of_demonym(scene.at(k))).flatten();
            participants.extend(country.and_then(|c| self.countries.get(c)));
        }
        let span = self.words.tokens[range.start].span.cover(self.words.tokens[range.end - 1].span);
        for mention in self.names.inside(span) {
            let first = self.words.tokens.partition_point(|t| t.span.start() < mention.span.start());
            let mut before = first.saturating_sub(1);
            if first > 1 && matches!(scene.at(before), "the" | "a") {
                before -= 1;
            }
            let located = first > scene.range.start
                && matches!(
                    scene.at(before),
                    "in" | "at"
                        | "from"
                        | "near"
                        | "into"
                        | "outside"
                        | "to"
                        | "over"
                        | "across"
                        | "through"
                        | "around"
                        | "inside"
                        | "toward"
                        | "towards"
                );
            if self.names.names[mention.name].kind == NameKind::Place && located {
                place.get_or_insert(mention.name);
            } else {
                participants.push(mention.name);
            }
        }
    }

    /// Returns the event on its new day, where one noun is told off for one day and set for another.
    pub(super) fn set_anew(
        &self,
        scene: &Scene<'_>,
        n: usize,
        told: &NounStanding,
        placed: &[Placed],
        first: &Event,
    ) -> Option<(usize, Event)> {
        let (b, standing) = scene.set_anew(n, told)?;
        let when = self.timing(placed.iter().filter(|p| p.group == Some(b))).when?;
        if first.when.as_ref().is_none_or(|w| w.meets(&when)) {
            return None;
        }
        let trigger = self.words.tokens[scene.groups[b].main].span;
        let label = self.span(scene, told.phrase.start, scene.links[b].end)?;
        let event = Event {
            trigger,
            label,
            when: Some(when),
            status: standing.status,
            future: standing.future,
            certainty: standing.certainty,
            negated: false,
            as_of: None,
            ..first.clone()
        };
        Some((b, event))
    }

    pub(super) fn noun_event(
        &self,
        scene: &Scene<'_>,
        n: usize,
        told: NounStanding,
        placed: &[Placed],
        passage: Span,
    ) -> Option<Event> {
        let named = self.named(scene, n)?;
        let weak = matches!(
            scene.at(n),
            "report" | "reports" | "order" | "orders" | "call" | "calls" | "search" | "mission" | "offer"
        );
        if weak
            && told
                .by
                .is_none_or(|b| scene.class(b) & (govern::PLAN | govern::CANCEL | govern::POSTPONE | govern::HOLD) == 0)
        {
            return None;
        }
        let phrase = told.phrase.clone();
        let mut timing = self.timing(placed.iter().filter(|p| p.noun == Some(n)));
        if matches!(told.standing.status, Status::CalledOff | Status::Postponed) && !scene.title {
            self.take_nearest(&mut timing);
        }
        let mut as_of = None;
        let mut committed = false;
        let mut participants = Vec::new();
        let mut place = None;
        self.collect(scene, phrase.clone(), &mut participants, &mut place);
        if let Some(b) = told.planned_by {
            let own = self.timing(placed.iter().filter(|p| p.group == Some(b) && p.noun.is_none()));
            // `scrapped talks on Thursday that were due on Saturday`: the first day is that of the scrapping.
            match (timing.when.take(), own.when) {
                (Some(first), Some(set)) if !first.meets(&set) => (as_of, timing.when) = (Some(first), Some(set)),
                (first, set) => timing.when = first.or(set),
            }
        }
        let spoken = phrase.start > scene.range.start && matches!(scene.at(phrase.start - 1), "in" | "at" | "during");
        if told.by.is_none()
            && named.kind == "meeting"
            && spoken
            && let Some(b) = scene.group_before(n)
        {
            for range in self.actors(scene, b) {
                self.collect(scene, range, &mut participants, &mut place);
            }
            self.collect(scene, scene.groups[b].last + 1..phrase.start, &mut participants, &mut place);
        }
        if let Some(b) = told.by {
            let by = self.timing(placed.iter().filter(|p| p.group == Some(b) && p.noun.is_none()));
            if told.standing.status == Status::Postponed {
                as_of = by.when.clone().filter(|_| by.until.is_some());
                timing.when = by.until.or(timing.until.take()).or(timing.when).or(by.when);
            } else if told.standing.status == Status::Planned && self.is_before(scene, b, n, by.when.as_ref()) {
                // `ordered the evacuation on Tuesday`: the day of the order, not of the evacuation.
                as_of = by.when;
                timing.due = timing.due.or(by.due);
            } else if told.shares_time {
                timing.weekday |= by.weekday && timing.when.is_none();
                timing.when = timing.when.or(by.when);
                timing.due = timing.due.or(by.due);
            } else {
                as_of = by.when;
            }
            committed = is_commitment(scene.groups[b].base);
            for range in self.actors(scene, b) {
                self.collect(scene, range, &mut participants, &mut place);
            }
            self.collect(scene, scene.groups[b].last + 1..scene.links[b].end, &mut participants, &mut place);
        }
        if told.standing.status == Status::Planned
            && told.by.is_some_and(|b| !scene.groups[b].past && scene.groups[b].shape == Shape::Finite)
        {
            self.look_ahead(&mut timing);
        }
        let standing = self.dated_standing(scene, &told, timing.when.as_ref());
        // A weekday in a headline is read as past; what is off or still to come was not set for a day gone by.
        let gone = |t: &Timing| matches!((&t.when, self.published), (Some(w), Some(p)) if w.to() < p.from());
        if scene.title && gone(&timing) && told.standing.status == Status::Planned {
            self.look_ahead(&mut timing);
        }
        if scene.title
            && gone(&timing)
            && matches!(told.standing.status, Status::CalledOff | Status::Planned | Status::Postponed)
        {
            timing.when = None;
        }
        let unkept =
            told.by.is_some_and(|b| scene.groups[b].past && scene.groups[b].perfect && scene.groups[b].modal.is_some());
        if unkept && timing.weekday {
            // `were to have been run on Sunday`: of which Sunday this tells depends on what came after.
            timing.when = None;
        }
        if told.standing.status == Status::CalledOff {
            timing.when = timing.when.or(as_of.clone());
        }
        let kind =
            if committed && matches!(named.kind, "publication" | "statement") { "commitment" } else { named.kind };
        let label = self.noun_label(scene, &told)?;
        let trigger = self.words.tokens[n].span;
        Some(self.event(trigger, kind, named.head, label, participants, place, timing, as_of, standing, passage))
    }

    #[allow(clippy::too_many_arguments, reason = "the fields of one event")]
    pub(super) fn event(
        &self,
        trigger: Span,
        kind: &'static str,
        head: &str,
        label: Span,
        mut participants: Vec<usize>,
        place: Option<usize>,
        timing: Timing,
        as_of: Option<When>,
        standing: Standing,
        passage: Span,
    ) -> Event {
        participants.sort_unstable();
        participants.dedup();
        // What has happened did not happen after the report: `this week` ends with it.
        let mut timing = timing;
        if matches!(standing.status, Status::Held | Status::Ongoing)
            && let (Some(when), Some(published)) = (&timing.when, self.published)
            && when.from() <= published.to()
            && when.to() > published.to()
        {
            timing.when = Some(When::between(when.from(), published.to()));
        }
        // `the bakers come back on Sunday`: a present tense with a day to come tells a plan.
        let mut standing = standing;
        if standing.status == Status::Ongoing
            && !standing.negated
            && let (Some(when), Some(published)) = (&timing.when, self.published)
            && when.from() > published.to()
        {
            standing = Standing { status: Status::Planned, future: true, ..standing };
        }
        let open = matches!(standing.status, Status::Planned | Status::Unclear | Status::Postponed);
        let due = timing.due.clone().filter(|_| open && standing.future);
        Event {
            trigger,
            kind,
            head: head.to_owned(),
            label: label.cover(trigger),
            participants,
            place,
            when: timing.when.or(timing.due),
            due,
            as_of,
            status: standing.status,
            future: standing.future,
            certainty: standing.certainty,
            negated: standing.negated,
            voice: Voice::Outlet,
            passage,
        }
    }
}
