//! From clauses and event nouns to events: kind, participants, place, time.

use super::clauses::{CLIMB, Clause, Hang, Scene, Shape};
use super::nouns::NounStanding;
use super::standing::{Standing, is_commitment};
use super::timing::{Placed, Timing};
use super::{Event, EventKind, Status};
use crate::lang::en::events::{event_verb, govern, governs, in_sense};
use crate::reading::Voice;
use crate::reading::dates::TimeExpression;
use crate::reading::names::{NameKind, Names};
use crate::reading::syntax::Relation;
use crate::reading::words::Words;
use crate::text::{Span, Text};
use crate::when::When;
use std::collections::{BTreeMap, BTreeSet};

/// What the events of a text are told with.
pub(super) struct Telling<'a> {
    /// The text.
    pub(super) text: &'a Text,
    /// Its words.
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

/// Who takes part in an event, and where it is.
#[derive(Default)]
struct Cast {
    /// Indices into [`Names::names`].
    participants: Vec<usize>,
    place: Option<usize>,
}

/// An event before its times are settled.
struct Draft<'s> {
    trigger: Span,
    kind: EventKind,
    head: &'s str,
    label: Span,
    cast: Cast,
    timing: Timing,
    as_of: Option<When>,
    standing: Standing,
}

impl Telling<'_> {
    /// Adds the events of a sentence.
    pub(super) fn events(&self, scene: &Scene<'_>, passage: Span, out: &mut Vec<Event>) {
        let placed = self.place_times(scene);
        let from = out.len();
        let mut governing = BTreeSet::new();
        let mut resumed = BTreeSet::new();
        for n in scene.range.clone() {
            if !scene.is_event_noun(n) {
                out.extend(self.nominal_event(scene, n, &placed, passage));
                continue;
            }
            if self.is_in_name(scene, n) {
                continue;
            }
            let told = scene.noun(n);
            let event = self.noun_event(scene, n, &told, &placed, passage);
            if event.is_some() {
                governing.extend(told.by);
            }
            let again = event.as_ref().and_then(|e| self.set_anew(scene, n, &told, &placed, e));
            resumed.extend(again.as_ref().map(|(c, _)| *c));
            out.extend(event);
            out.extend(again.map(|(_, e)| e));
        }
        for c in (0..scene.clauses.len()).filter(|c| !resumed.contains(c)) {
            let Some(mut event) = self.verb_event(scene, c, &placed, passage) else { continue };
            if governing.contains(&c) {
                // `held talks` is one event: the talks.
                if event.status != Status::CalledOff && !matches!(event.kind, "statement" | "death") {
                    event.kind = "other";
                }
            } else if let Some(named) = scene.happening(c).and_then(|n| self.named(scene, n)) {
                // `the talks were to open` tells of the talks.
                (event.kind, event.head) = (named.kind, named.head.to_owned());
            }
            out.push(event);
        }
        self.keep_labels_apart(scene, &mut out[from..]);
    }

    /// Says whether a clause tells that something happens, rather than how something is.
    fn is_event(&self, scene: &Scene<'_>, clause: &Clause<'_>) -> bool {
        if clause.copular || matches!(&*clause.base, "be" | "due") {
            let set = clause.base == "due" && !matches!(scene.at(clause.main), "ready" | "likely");
            return set || clause.modal.is_some() && in_sense("changing", scene.at(clause.main));
        }
        // `is going to open` says `will`.
        let helps = clause.base == "go"
            && clause.progressive
            && scene.syntax.child(clause.main, Relation::Xcomp).is_some_and(|n| scene.clause_at(n).is_some());
        // `Ada Lind, left, looks on`: where somebody stands in a picture.
        let around = |n: usize| scene.at(n) == ",";
        let aside = clause.shape == Shape::Participle
            && clause.main > scene.range.start
            && around(clause.main - 1)
            && around(clause.main + 1);
        if helps || aside {
            return false;
        }
        clause.base != "have" || clause.object.is_some_and(|o| scene.is_event_noun(o))
    }

    fn verb_event(&self, scene: &Scene<'_>, c: usize, placed: &[Placed<'_>], passage: Span) -> Option<Event> {
        let clause = &scene.clauses[c];
        if !self.is_event(scene, clause) {
            return None;
        }
        let mut standing = scene.standing(c);
        let mut timing = self.time_of_verb(scene, c, placed);
        let mut as_of = None;
        if timing.when.is_none() {
            timing.when = self.meanwhile(scene, c, placed);
        }
        let over = match clause.hang {
            Hang::Complement(p) => Some(p),
            Hang::Noun(n) if clause.shape == Shape::Infinitive => scene.clause_of(n),
            _ => None,
        };
        let mut committed = false;
        if let Some(p) = over {
            as_of = self.time_of(p, placed).when;
            committed = is_commitment(&scene.clauses[p]);
        }
        let promises = is_commitment(clause) && timing.due.is_some() && standing.status == Status::Held;
        let (mut kind, head) = self.kind_of(scene, c);
        if (committed && matches!(kind, "other" | "disclosure" | "statement")) || promises {
            kind = "commitment";
        }
        if promises {
            standing = Standing { status: Status::Planned, future: true, ..standing };
        }
        // Nobody plans a death: that more will die is a forecast.
        if standing.status == Status::Planned && in_sense("befalling", kind) {
            standing.status = Status::Unclear;
        }
        if standing.status == Status::Postponed {
            timing.was = timing.from.take().filter(|_| timing.until.is_some());
            timing.when = timing.until.take().or(timing.when);
        }
        if standing.status == Status::Planned && !clause.past && !matches!(clause.hang, Hang::Content(_)) {
            self.look_ahead(&mut timing);
        }
        let label = self.verb_label(scene, c)?;
        let mut cast = Cast::default();
        self.cast_clause(scene, c, &mut cast);
        let nodes = &scene.syntax.nodes;
        let main = if clause.main <= clause.last { clause.main } else { clause.last };
        let trigger = nodes[main.max(clause.first)].span.cover(nodes[clause.last].span);
        Some(self.event(Draft { trigger, kind, head, label, cast, timing, as_of, standing }, passage))
    }

    /// Tells what a verb names: kind and head.
    fn kind_of<'s>(&self, scene: &'s Scene<'_>, c: usize) -> (EventKind, &'s str) {
        let clause = &scene.clauses[c];
        // `would be open`, `is closed`: the adjective of a verb names what happens.
        let base = match scene.at(clause.main) {
            "open" if clause.copular => "open",
            "closed" | "shut" if clause.copular => "close",
            _ => &*clause.base,
        };
        match event_verb(base).filter(|_| self.is_meant(scene, c)) {
            // `struck the town` is an attack; `struck for a week` is not.
            Some(named) if base == "strike" && (clause.passive || clause.object.is_some()) => ("attack", named.head),
            Some(named) => (named.kind, named.head),
            None if governs("verb", base) & govern::SAY != 0 => ("statement", base),
            None => ("other", base),
        }
    }

    /// Collects who takes part in what a clause tells: its own arguments, and the subject it shares.
    fn cast_clause(&self, scene: &Scene<'_>, c: usize, cast: &mut Cast) {
        if let Some(subject) = scene.clauses[c].subject {
            self.collect(scene, subject, cast);
        }
        self.cast_arguments(scene, c, cast);
        self.cast_sides(scene, c, cast);
        let mut at = c;
        for _ in 0..4 {
            let clause = &scene.clauses[at];
            if clause.subject.is_some() {
                break;
            }
            let over = match clause.hang {
                // `invited the company to negotiate`: who is asked takes part.
                Hang::Complement(p) => {
                    if let Some(object) = scene.clauses[p].object.or(scene.clauses[p].subject) {
                        self.collect(scene, object, cast);
                    }
                    p
                }
                Hang::Partner(p) => p,
                Hang::Circumstance(p) if clause.shape != Shape::Finite => p,
                Hang::Noun(n) if clause.shape == Shape::Infinitive => match scene.clause_of(n) {
                    Some(p) => p,
                    None => break,
                },
                _ => break,
            };
            if over == at {
                break;
            }
            at = over;
            if let Some(subject) = scene.clauses[at].subject {
                self.collect(scene, subject, cast);
            }
        }
    }

    /// `Norland met Orlin on Friday, as ⟦the two sides⟧ signed a deal`: they are those of the clause before.
    fn cast_sides(&self, scene: &Scene<'_>, c: usize, cast: &mut Cast) {
        let clause = &scene.clauses[c];
        let sides = clause.subject.is_some_and(|s| in_sense("sides", scene.at(s)));
        if let (true, Hang::Circumstance(p) | Hang::Partner(p)) = (sides, clause.hang) {
            self.cast_arguments(scene, p, cast);
        }
    }

    fn cast_arguments(&self, scene: &Scene<'_>, c: usize, cast: &mut Cast) {
        for argument in scene.arguments(c) {
            self.collect(scene, argument, cast);
        }
    }

    /// Collects the names of a noun's phrase, but not those told of in a clause within it: those that act, and the place.
    fn collect(&self, scene: &Scene<'_>, noun: usize, cast: &mut Cast) {
        let range = scene.syntax.subtree(noun);
        for k in range.clone().take(60) {
            if scene.title || self.text.get(scene.syntax.nodes[k].span).starts_with(char::is_uppercase) {
                let country = crate::lang::en::names::country_of_demonym(scene.at(k));
                cast.participants.extend(country.and_then(|c| self.countries.get(c)));
            }
        }
        let nodes = &scene.syntax.nodes;
        let span = nodes[range.start].span.cover(nodes[range.end - 1].span);
        for mention in self.names.inside(span) {
            let inside = scene.syntax.inside(mention.span);
            let Some(top) = scene.syntax.top(inside.clone()) else { continue };
            if self.is_in_clause(scene, top, noun) {
                continue;
            }
            let case = scene.case(top);
            let case =
                if case.is_empty() && inside.start > scene.range.start { scene.at(inside.start - 1) } else { case };
            if self.names.names[mention.name].kind == NameKind::Place && in_sense("locating", case) {
                cast.place.get_or_insert(mention.name);
            } else {
                cast.participants.push(mention.name);
            }
        }
    }

    /// Says whether a node stands in a clause within the phrase of a noun.
    fn is_in_clause(&self, scene: &Scene<'_>, node: usize, noun: usize) -> bool {
        let mut at = node;
        for _ in 0..CLIMB {
            if at == noun {
                return false;
            }
            if matches!(
                scene.relation(at),
                Relation::AclRelcl | Relation::Advcl | Relation::Ccomp | Relation::Parataxis
            ) {
                return true;
            }
            match scene.head(at) {
                Some(head) => at = head,
                None => return true,
            }
        }
        false
    }

    /// Returns the event on its new day, where one noun is told off for one day and set for another.
    fn set_anew(
        &self,
        scene: &Scene<'_>,
        n: usize,
        told: &NounStanding,
        placed: &[Placed<'_>],
        first: &Event,
    ) -> Option<(usize, Event)> {
        let (c, standing) = scene.set_anew(n, told)?;
        let when = self.time_of(c, placed).when?;
        if first.when.as_ref().is_none_or(|w| w.meets(&when)) {
            return None;
        }
        let clause = &scene.clauses[c];
        let nodes = &scene.syntax.nodes;
        let own = self.verb_label(scene, c)?;
        let phrase = nodes[scene.phrase(n).start].span;
        let event = Event {
            trigger: nodes[clause.main].span,
            label: phrase.cover(own),
            when: Some(when),
            status: standing.status,
            future: standing.future,
            certainty: standing.certainty,
            negated: false,
            as_of: None,
            ..first.clone()
        };
        Some((c, event))
    }

    fn noun_event(
        &self,
        scene: &Scene<'_>,
        n: usize,
        told: &NounStanding,
        placed: &[Placed<'_>],
        passage: Span,
    ) -> Option<Event> {
        let named = self.named(scene, n)?;
        let set = govern::PLAN | govern::CANCEL | govern::POSTPONE | govern::HOLD;
        if in_sense("seldom", scene.at(n)) && told.by.is_none_or(|b| scene.class(b) & set == 0) {
            return None;
        }
        let own = self.timing(placed.iter().filter(|p| p.noun == Some(n)));
        let (timing, as_of) = self.noun_timing(scene, n, told, own, placed);
        let mut cast = Cast::default();
        self.collect(scene, n, &mut cast);
        let mut committed = false;
        if let Some(by) = told.by {
            committed = is_commitment(&scene.clauses[by]);
            self.cast_clause(scene, by, &mut cast);
        } else if let Some(c) = told.within.filter(|_| named.kind == "meeting") {
            self.cast_clause(scene, c, &mut cast);
        }
        let standing = self.dated_standing(scene, n, told, timing.when.as_ref());
        let publishes = committed && matches!(named.kind, "publication" | "statement");
        let kind = if publishes { "commitment" } else { named.kind };
        let label = self.noun_label(scene, n, told)?;
        let trigger = scene.syntax.nodes[n].span;
        Some(self.event(Draft { trigger, kind, head: named.head, label, cast, timing, as_of, standing }, passage))
    }

    /// Returns what a noun for a deed or occasion of no kind of its own names; it decides nothing of what stands beside it.
    fn nominal_event(&self, scene: &Scene<'_>, n: usize, placed: &[Placed<'_>], passage: Span) -> Option<Event> {
        if !scene.is_nominal(n) || self.is_in_name(scene, n) {
            return None;
        }
        let told = scene.noun(n);
        let (timing, as_of) = self.noun_timing(scene, n, &told, Timing::default(), placed);
        let mut cast = Cast::default();
        self.collect(scene, n, &mut cast);
        let label = self.noun_label(scene, n, &told)?;
        let trigger = scene.syntax.nodes[n].span;
        let head = scene.at(n);
        // What is denied is what was said, not that it was said; and who stops work calls nothing off.
        let ends = told.by.is_some_and(|b| scene.class(b) & govern::CANCEL != 0);
        let mut standing = told.standing;
        if standing.status == Status::Denied || standing.status == Status::CalledOff && !ends {
            standing.status = Status::Unclear;
        }
        Some(self.event(Draft { trigger, kind: "other", head, label, cast, timing, as_of, standing }, passage))
    }

    /// Settles the times of an event noun: its own, those of the clause that tells how it stands, and since when it does.
    fn noun_timing(
        &self,
        scene: &Scene<'_>,
        n: usize,
        told: &NounStanding,
        own: Timing,
        placed: &[Placed<'_>],
    ) -> (Timing, Option<When>) {
        let status = told.standing.status;
        let mut timing = own;
        let mut as_of = None;
        let ended = matches!(status, Status::CalledOff | Status::Postponed);
        if ended && !scene.title {
            self.take_nearest(&mut timing);
        }
        if let Some(d) = told.planned_by {
            let set = self.time_of(d, placed);
            // `scrapped talks on Thursday that were due on Saturday`: the first day is that of the scrapping.
            match (timing.when.take(), set.when) {
                (Some(first), Some(set)) if !first.meets(&set) => (as_of, timing.when) = (Some(first), Some(set)),
                (first, set) => timing.when = first.or(set),
            }
        }
        if let Some(by) = told.by {
            let clause = self.time_of(by, placed);
            if status == Status::Postponed {
                as_of = clause.when.clone().filter(|w| clause.until.is_some() && clause.from.as_ref() != Some(w));
                let until = clause.until.or(timing.until.take());
                // `the inquiry, set for Friday, was put off to 20 May`, `Friday's inquiry`, `moved from Friday to 20 May`.
                timing.was = timing.when.take().or(clause.from).filter(|w| until.as_ref().is_none_or(|u| !u.meets(w)));
                timing.when = until.or_else(|| timing.was.clone()).or(clause.when);
            } else if status == Status::Planned && self.is_before(scene, by, n, clause.when.as_ref()) {
                // `ordered the evacuation on Tuesday`: the day of the order, not of the evacuation.
                as_of = clause.when;
                timing.due = timing.due.or(clause.due);
            } else if told.shares_time {
                timing.weekday |= clause.weekday && timing.when.is_none();
                timing.when = timing.when.or(clause.when);
                timing.due = timing.due.or(clause.due);
                timing.hour = timing.hour.or(clause.hour);
            } else {
                as_of = clause.when;
            }
        }
        if let Some(c) = told.within.filter(|_| timing.when.is_none()) {
            timing = self.time_of(c, placed);
            timing.when = timing.when.or_else(|| self.meanwhile(scene, c, placed));
        }
        let by = told.by.map(|b| &scene.clauses[b]);
        if status == Status::Planned && by.is_some_and(|b| !b.past && b.shape == Shape::Finite) {
            self.look_ahead(&mut timing);
        }
        // A weekday in a headline is read as past; what is off or still to come was not set for a day gone by.
        let gone = |t: &Timing| matches!((&t.when, self.published), (Some(w), Some(p)) if w.to() < p.from());
        if scene.title && gone(&timing) && status == Status::Planned {
            self.look_ahead(&mut timing);
        }
        let never = scene.title && gone(&timing) && (ended || status == Status::Planned);
        // `were to have been run on Sunday`: of which Sunday this tells depends on what came after.
        let unkept = timing.weekday && by.is_some_and(|b| b.past && b.perfect && b.modal.is_some());
        if never || unkept {
            timing.when = None;
        }
        if status == Status::CalledOff {
            timing.when = timing.when.or(as_of.clone());
        }
        (timing, as_of)
    }

    fn event(&self, draft: Draft<'_>, passage: Span) -> Event {
        let Draft { trigger, kind, head, label, cast, mut timing, as_of, mut standing } = draft;
        let Cast { mut participants, place } = cast;
        participants.sort_unstable();
        participants.dedup();
        // `Buses will leave from 8 a.m.`: the day of the sentence before need not be that of the plan.
        let is_open = matches!(standing.status, Status::Planned | Status::Postponed | Status::Unclear);
        timing.when = timing.when.or(timing.hour.take().filter(|_| !is_open));
        // What has happened did not happen after the report: `this week` ends with it.
        if standing.status == Status::Held
            && let (Some(when), Some(published)) = (&timing.when, self.published)
            && when.from() <= published.to()
            && when.to() > published.to()
        {
            timing.when = Some(When::between(when.from(), published.to()));
        }
        // `the bakers come back on Sunday`: a present tense with a day to come tells a plan.
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
            was: timing.was,
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
