//! From verb groups and event nouns to events: kind, label, participants, place, time.

use super::clauses::{Governor, Scene, is_hard};
use super::groups::{Shape, is_preposition};
use super::standing::{NounStanding, Standing};
use super::{Event, Status};
use crate::lang::en::events::{Named, event_noun, event_verb, govern, governs};
use crate::reading::Voice;
use crate::reading::dates::{Anchor, TimeExpression};
use crate::reading::names::{NameKind, Names};
use crate::reading::words::Words;
use crate::text::{Span, Text};
use crate::when::{When, days_after};
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
struct Placed {
    time: usize,
    token: usize,
    /// The word before it: `on`, `by`, `until`.
    preposition: String,
    group: Option<usize>,
    /// The event noun whose phrase holds it: token.
    noun: Option<usize>,
}

/// The times of one event.
#[derive(Default)]
struct Timing {
    when: Option<When>,
    due: Option<When>,
    /// Behind `until` or `to`: for what is put off.
    until: Option<When>,
    /// Whether `when` is a bare weekday, counted from the day of the report.
    weekday: bool,
}

/// The longest label, in tokens.
const LABEL: usize = 34;

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
        // A time inside the phrase of an event noun is its own: `in response to a strike on April 1`.
        let mut placed = placed;
        for p in &mut placed {
            let holds = |(n, told): &&(usize, NounStanding)| told.phrase.contains(&p.token) && *n <= p.token + 4;
            p.noun = nouns.iter().rev().find(holds).map(|(n, _)| *n);
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

    /// Says whether an event word is part of a proper name: `Board of Appeal`, `Strike Fund`.
    fn is_in_name(&self, scene: &Scene<'_>, n: usize) -> bool {
        let span = self.words.tokens[n].span;
        if scene.title || !self.text.get(span).starts_with(char::is_uppercase) || n == scene.range.start {
            return false;
        }
        let at = self.names.mentions.partition_point(|m| m.span.end() <= span.start());
        self.names.mentions.get(at).is_some_and(|m| m.proper && m.span.contains(span) && m.span != span)
    }

    fn verb_event(&self, scene: &Scene<'_>, n: usize, placed: &[Placed], passage: Span) -> Option<Event> {
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
            Some(named) if g.base == "strike" && (g.passive || super::groups::is_determiner(scene.at(g.last + 1))) => {
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

    /// `Three were found on Thursday, while the assembly sat and voted`: the time of the clause beside it.
    fn meanwhile(&self, scene: &Scene<'_>, n: usize, placed: &[Placed]) -> Option<When> {
        let link = &scene.links[n];
        if let Some(p) = link
            .partner
            .filter(|&p| p < n && scene.groups[p].shape == Shape::Finite && scene.groups[n].shape == Shape::Finite)
        {
            let own = self.timing(placed.iter().filter(|t| t.group == Some(p))).when;
            return own.or_else(|| self.meanwhile(scene, p, placed));
        }
        let from = link.subject.as_ref()?.start;
        let opened =
            (from.saturating_sub(4)..from).rev().find(|&k| k >= scene.range.start && scene.at(k) == "while")?;
        let main = scene.group_before(opened)?;
        (0..=main)
            .rev()
            .take(3)
            .find_map(|b| self.timing(placed.iter().filter(|t| t.group == Some(b) && t.preposition != "since")).when)
    }

    /// Says whether an event verb with other meanings is meant as the event.
    fn is_meant(&self, scene: &Scene<'_>, n: usize) -> bool {
        let g = &scene.groups[n];
        let near =
            |words: &[&str]| (g.last + 1..(g.last + 16).min(scene.range.end)).any(|k| words.contains(&scene.at(k)));
        let next = scene.at(g.last + 1);
        match g.base {
            "receive" | "summon" => near(&[
                "delegation",
                "delegations",
                "ambassador",
                "envoy",
                "envoys",
                "sides",
                "parties",
                "leaders",
                "minister",
                "president",
                "counterpart",
                "officials",
            ]),
            "rise" | "increase" | "cut" | "slash" => false,
            "try" => g.passive && next != "to",
            // `fired his weapon`, `shots were fired`: nobody lost his work.
            "fire" => {
                let arms =
                    ["shot", "shots", "weapon", "weapons", "gun", "round", "rounds", "bullets", "missile", "missiles"];
                let more = ["rocket", "rockets", "rifle", "pistol", "gas", "cannon", "projectile", "projectiles"];
                !near(&arms)
                    && !near(&more)
                    && !link_has(scene, n, &arms)
                    && !link_has(scene, n, &more)
                    && !matches!(next, "at" | "on" | "upon" | "into" | "back" | "off")
            }
            // `released the causes of death`: what is printed is no prisoner.
            "release" | "free" => {
                let held =
                    ["bail", "bond", "custody", "jail", "prison", "hostage", "hostages", "prisoner", "prisoners"];
                let more =
                    ["detainees", "detainee", "captives", "captive", "suspects", "suspect", "detention", "parole"];
                let object = (g.last + 1..(g.last + 5).min(scene.range.end)).any(|k| more.contains(&scene.at(k)));
                near(&held) || object || link_has(scene, n, &held) || link_has(scene, n, &more)
            }
            "fall" | "drop" => {
                !near(&["percent", "per", "by", "points", "sharply", "ill", "behind", "asleep", "short", "under", "%"])
                    && next != "to"
                    && next != "by"
                    // `dropped a hint`, `dropped out`: somebody let it go.
                    && !(g.base == "drop" && (super::groups::is_determiner(next) || g.passive))
            }
            "leave" => matches!(next, "for" | "from" | "on" | "at"),
            "dismiss" => scene.class(n) == 0,
            "fly" => matches!(next, "to" | "into" | "from" | "home" | "out" | "in"),
            "send" | "dispatch" | "deploy" => near(&[
                "delegation",
                "delegations",
                "team",
                "teams",
                "troops",
                "envoy",
                "envoys",
                "soldiers",
                "forces",
                "rescuers",
                "tanks",
                "ships",
                "mission",
            ]),
            "return" => next == "to" || next == "home" || next == "from",
            "sign" => {
                near(&["deal", "agreement", "treaty", "accord", "pact", "contract", "memorandum", "truce", "ceasefire"])
            }
            "settle" => near(&["dispute", "strike", "case", "lawsuit", "claim", "claims"]),
            "pass" | "approve" | "reject" | "defeat" | "adopt" => {
                let topics = [
                    "motion",
                    "bill",
                    "bills",
                    "resolution",
                    "law",
                    "measure",
                    "budget",
                    "legislation",
                    "amendment",
                    "act",
                    "proposal",
                    "treaty",
                    "deal",
                    "plan",
                    "referendum",
                ];
                near(&topics) || link_has(scene, n, &topics)
            }
            "walk_out" => {
                next != "of" || near(&["talks", "meeting", "negotiations", "session", "jobs", "work", "summit"])
            }
            "visit" => true,
            "open" => next != "fire",
            "close" => !g.passive || g.past || g.modal.is_some() || g.perfect,
            "strike" => !near(&["deal", "agreement", "balance", "tone", "note", "chord"]),
            "march" => !near(&["on,"]),
            "find" => near(&["dead", "alive", "body", "bodies", "guilty"]),
            "sit" => !matches!(next, "on" | "at" | "down"),
            "call" => false,
            _ => true,
        }
    }

    /// Returns the stretches of tokens that name who acts: own subject, or that of the verb shared or governing.
    fn actors(&self, scene: &Scene<'_>, n: usize) -> Vec<Range<usize>> {
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
    fn collect(
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

    /// Returns the clause of a verb group, with the verb that governs it.
    fn verb_label(&self, scene: &Scene<'_>, n: usize) -> Option<Span> {
        let mut from = scene.groups[n].first;
        let mut at = n;
        for _ in 0..4 {
            let link = &scene.links[at];
            if let Some(subject) = link.subject.as_ref().filter(|s| s.end <= scene.groups[at].first) {
                from = from.min(subject.start);
                break;
            }
            if link.content {
                break;
            }
            let next = match (link.partner, link.governor) {
                (Some(p), _) | (None, Governor::Verb(p)) => p,
                (None, Governor::Noun(k)) => match scene.group_before(k) {
                    Some(p) => p,
                    None => {
                        from = from.min(scene.noun_phrase(k).start);
                        break;
                    }
                },
                _ => break,
            };
            if next >= at {
                break;
            }
            from = from.min(scene.groups[next].first);
            at = next;
        }
        let end = scene.links[n].end;
        if end - from > LABEL {
            from = scene.groups[n].first;
        }
        self.span(scene, from, end)
    }

    /// Returns the span of tokens without marks and conjunctions at its ends.
    fn span(&self, scene: &Scene<'_>, mut from: usize, mut end: usize) -> Option<Span> {
        while from < end && (is_hard(scene.at(from)) || matches!(scene.at(from), "," | "and" | "but" | "'" | "’" | "‘"))
        {
            from += 1;
        }
        // `no deaths were reported` must not lose its `no`.
        if from > scene.range.start && from < end && matches!(scene.at(from - 1), "no" | "not" | "never" | "neither") {
            from -= 1;
        }
        while end > from && (is_hard(scene.at(end - 1)) && scene.at(end - 1) != ")" || scene.at(end - 1) == ",") {
            end -= 1;
        }
        (from < end).then(|| self.words.tokens[from].span.cover(self.words.tokens[end - 1].span))
    }

    /// Returns the event on its new day, where one noun is told off for one day and set for another.
    fn set_anew(
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

    fn noun_event(
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
        let mut as_of = None;
        let mut committed = false;
        let mut participants = Vec::new();
        let mut place = None;
        self.collect(scene, phrase.clone(), &mut participants, &mut place);
        if let Some(b) = told.planned_by {
            let own = self.timing(placed.iter().filter(|p| p.group == Some(b) && p.noun.is_none()));
            timing.when = timing.when.or(own.when);
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
            // `were to have been held on Monday`: of which Monday this tells depends on what came after.
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

    /// Says whether the day at an active verb of planning has come already: then it is the day of planning.
    fn is_before(&self, scene: &Scene<'_>, b: usize, n: usize, when: Option<&When>) -> bool {
        let g = &scene.groups[b];
        let active = g.last < n && g.past && !g.passive && g.base != "due";
        let come = matches!((when, self.published), (Some(w), Some(p)) if w.to() <= p.to());
        active && come
    }

    /// `plans a march on Saturday`: what is still to come is on the next such day, not on the last one.
    fn look_ahead(&self, timing: &mut Timing) {
        let (Some(when), Some(published)) = (&timing.when, self.published) else { return };
        if let (true, Some(day)) = (timing.weekday, when.exact())
            && day < published.from()
            && days_after(day, 7) >= published.from()
        {
            let time = when.time.clone();
            let mut next = When::day(days_after(day, 7));
            next.time = time;
            timing.when = Some(next);
        }
    }

    /// An event only named, with a day of its own, is told as a fact: `about the attack last Saturday`.
    fn dated_standing(&self, scene: &Scene<'_>, told: &NounStanding, when: Option<&When>) -> Standing {
        let discussed = told.by.is_none_or(|b| {
            matches!(
                scene.groups[b].base,
                "discuss"
                    | "condemn"
                    | "criticise"
                    | "criticize"
                    | "protest"
                    | "see"
                    | "mention"
                    | "describe"
                    | "recall"
                    | "be"
            )
        });
        let own = told.standing;
        if own.status != Status::Unclear
            || own.negated
            || !discussed
            || scene.at(told.phrase.start.wrapping_sub(1)) == "of"
        {
            return own;
        }
        match (when, self.published) {
            (Some(when), Some(published)) if when.to() < published.from() => {
                Standing { status: Status::Held, future: false, certainty: super::Certainty::Certain, negated: false }
            }
            (Some(when), Some(published)) if when.from() > published.to() => {
                Standing { status: Status::Planned, future: true, ..own }
            }
            _ => own,
        }
    }

    /// Tells what an event noun names here; none where the word means something else.
    fn named(&self, scene: &Scene<'_>, n: usize) -> Option<Named> {
        let mut named = event_noun(scene.at(n))?;
        let before = if n > scene.range.start { scene.at(n - 1) } else { "" };
        let after = scene.at(n + 1);
        if named.head == "strike" {
            let demonym = crate::lang::en::names::country_of_demonym(before).is_some();
            let armed = matches!(
                before,
                "missile"
                    | "drone"
                    | "air"
                    | "rocket"
                    | "military"
                    | "retaliatory"
                    | "precision"
                    | "artillery"
                    | "bomb"
                    | "deadly"
                    | "overnight"
            );
            let verb = scene.group_before(n).is_some_and(|b| {
                b + 1 > 0
                    && n <= scene.groups[b].last + 5
                    && matches!(scene.groups[b].base, "carry_out" | "launch" | "conduct" | "involve")
            });
            if demonym || armed || verb || matches!(after, "on" | "against" | "inside" | "deep") {
                named.kind = "attack";
                named.head = "attack";
            }
        }
        if matches!(scene.at(n), "conference" | "call" | "briefing") && matches!(before, "news" | "press") {
            named.kind = "statement";
        }
        if named.head == "motion" && matches!(after, "for" | "to") {
            named.kind = "trial";
        }
        let idle = match named.head {
            // `boxes of matches`
            "match" => before == "of" && matches!(scene.at(n.wrapping_sub(2)), "box" | "boxes" | "book" | "pack"),
            "protest" => before == "in",
            "race" => matches!(after, "against" | "to"),
            "fire" => matches!(before, "exchanged" | "opened" | "under" | "gun" | "rapid"),
            "vote" => matches!(after, "share" | "of"),
            // `a fair hearing`, `fair enough`: the adjective.
            "fair" => {
                let noun = is_preposition(after)
                    || matches!(after, "" | "," | "." | "and")
                    || scene.groups.iter().any(|g| g.first == n + 1);
                !noun || matches!(before, "be" | "is" | "are" | "was" | "were" | "been" | "not" | "more" | "very")
            }
            _ => false,
        };
        (!idle).then_some(named)
    }

    /// Returns the noun phrase, with the clause of the verb that says how the event stands.
    fn noun_label(&self, scene: &Scene<'_>, told: &NounStanding) -> Option<Span> {
        let phrase = &told.phrase;
        let Some(b) = told.by else { return self.span(scene, phrase.start, phrase.end) };
        let (g, link) = (&scene.groups[b], &scene.links[b]);
        let (mut from, mut end) = (phrase.start.min(g.first), phrase.end.max(g.last + 1));
        if g.first < phrase.start {
            if let Some(subject) = link.subject.as_ref().filter(|s| s.end <= g.first) {
                from = from.min(subject.start);
            } else if let Some(span) = self.verb_label(scene, b) {
                let first = self.words.tokens.partition_point(|t| t.span.start() < span.start());
                from = from.min(first);
            }
        }
        end = end.max(link.end.min(end + 20));
        if end - from > LABEL {
            (from, end) = if g.first < phrase.start {
                (g.first, phrase.end)
            } else {
                (phrase.start, (phrase.start + LABEL).min(end))
            };
        }
        self.span(scene, from, end)
    }

    #[allow(clippy::too_many_arguments, reason = "the fields of one event")]
    fn event(
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
        // `the twelve come back on Monday`: a present tense with a day to come tells a plan.
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

    /// Finds where each time expression of a sentence belongs: the verb before it in its clause, else the next one.
    fn place_times(&self, scene: &Scene<'_>) -> Vec<Placed> {
        let first = self.words.tokens[scene.range.start].span;
        let last = self.words.tokens[scene.range.end - 1].span;
        let from = self.times.partition_point(|t| t.span.start() < first.start());
        let inside = self.times[from..].iter().take_while(|t| t.span.end() <= last.end());
        inside
            .enumerate()
            .map(|(n, time)| {
                let token = self.words.tokens.partition_point(|t| t.span.start() < time.span.start());
                let before = if token > scene.range.start { token - 1 } else { token };
                let mut preposition = if before < token { scene.at(before).to_owned() } else { String::new() };
                if preposition == "the" || preposition == "a" {
                    preposition = scene.at(before.saturating_sub(1)).to_owned();
                }
                if is_preposition(scene.at(token)) {
                    preposition = scene.at(token).to_owned();
                }
                Placed { time: from + n, token, preposition, group: owner(scene, token), noun: None }
            })
            .collect()
    }

    /// Joins the times of one event: the narrowest that agree; the first where they do not.
    fn timing<'p>(&self, placed: impl Iterator<Item = &'p Placed>) -> Timing {
        let mut timing = Timing::default();
        for p in placed {
            let Some(when) = &self.times[p.time].when else { continue };
            let slot = match p.preposition.as_str() {
                "by" => &mut timing.due,
                "until" | "till" | "to" => &mut timing.until,
                "since" => continue,
                _ => &mut timing.when,
            };
            let words = self.words.lower_at(self.times[p.time].span);
            let bare = self.times[p.time].anchor == Some(Anchor::Published)
                && words.contains("day")
                && !words.contains("last")
                && !words.contains("yester");
            *slot = match slot.take() {
                None => Some(when.clone()),
                Some(known) if known.meets(when) => {
                    let time = known.time.clone().or_else(|| when.time.clone());
                    known.common(when).map(|mut w| {
                        w.time = time;
                        w
                    })
                }
                Some(known) => Some(known),
            };
            timing.weekday |= bare;
        }
        timing
    }

    /// A label of what happened must not hold words of what did not: it ends before them or begins behind them.
    fn keep_labels_apart(&self, events: &mut [Event]) {
        let told = |e: &Event| matches!(e.status, Status::Held | Status::Ongoing);
        let other: Vec<(Span, Span)> =
            events.iter().filter(|e| !told(e) && e.kind != "statement").map(|e| (e.trigger, e.label)).collect();
        for event in events.iter_mut().filter(|e| told(e)) {
            for (trigger, label) in &other {
                if !event.label.contains(*trigger) || trigger.overlaps(event.trigger) {
                    continue;
                }
                let (from, end) = if trigger.start() > event.trigger.end() {
                    let cut = label.start().max(event.trigger.end()).min(trigger.start());
                    (event.label.start(), if cut > event.trigger.end() { cut } else { event.trigger.end() })
                } else {
                    (trigger.end(), event.label.end())
                };
                if let Some(span) = self
                    .text
                    .span(from.min(event.trigger.start()), end.max(event.trigger.end()))
                    .and_then(|s| self.text.trim(s))
                {
                    event.label = span;
                }
            }
        }
    }
}

/// Says whether the subject of a group holds one of the words.
fn link_has(scene: &Scene<'_>, n: usize, words: &[&str]) -> bool {
    scene.links[n].subject.as_ref().is_some_and(|s| s.clone().any(|k| words.contains(&scene.at(k))))
}

/// Returns the verb group that a time belongs to.
fn owner(scene: &Scene<'_>, token: usize) -> Option<usize> {
    let before = scene.group_before(token);
    if let Some(b) = before
        && token < scene.links[b].end
    {
        return Some(b);
    }
    // `the drivers dismissed last week are to return`: the participle has the time, not the verb behind it.
    if let Some(b) = before
        && scene.groups[b].shape == Shape::Participle
        && (scene.groups[b].last + 1..token).all(|k| !is_hard(scene.at(k)) && scene.at(k) != ",")
    {
        return Some(b);
    }
    let next = before.map_or(0, |b| b + 1);
    let limit = scene.groups.len().min(next + 3);
    let follows = (next..limit).find(|&n| scene.groups[n].shape == Shape::Finite && !scene.links[n].relative);
    let follows = follows.filter(|&n| scene.groups[n].first <= token + 24);
    // `undertakes to open a kitchen, in the town, by May 18`: nothing follows, so the last verb has it.
    let close = |b: &usize| {
        token <= scene.groups[*b].last + 20 && (scene.groups[*b].last + 1..token).all(|k| !is_hard(scene.at(k)))
    };
    follows.or_else(|| before.filter(close))
}

/// Says whether a verb commits whoever is its subject.
fn is_commitment(base: &str) -> bool {
    matches!(base, "promise" | "vow" | "pledge" | "undertake" | "commit" | "swear" | "agree")
}
