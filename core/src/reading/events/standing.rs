//! How things stand with an event: from tense, modality, negation, and from the verbs and nouns that govern it.

use super::clauses::{Governor, Scene, is_claim, is_hard, opens_clause};
use super::groups::{Group, Modal, Shape, is_adverb, is_determiner, is_preposition};
use super::{Certainty, Status};
use crate::lang::en::events::{event_noun, event_verb, govern, governs};
use std::ops::Range;

/// How an event stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Standing {
    /// In the words of the record.
    pub(super) status: Status,
    /// Whether it is told as something to come.
    pub(super) future: bool,
    /// How sure the text is.
    pub(super) certainty: Certainty,
    /// Whether it is told as not the case.
    pub(super) negated: bool,
}

const HELD: Standing = Standing { status: Status::Held, future: false, certainty: Certainty::Certain, negated: false };
const PLANNED: Standing = Standing { status: Status::Planned, future: true, ..HELD };
const ONGOING: Standing = Standing { status: Status::Ongoing, ..HELD };
const POSTPONED: Standing = Standing { status: Status::Postponed, future: true, ..HELD };
const CALLED_OFF: Standing = Standing { status: Status::CalledOff, ..HELD };
const DENIED: Standing = Standing { status: Status::Denied, negated: true, ..HELD };
/// Only named: the text does not say how it stands.
const NAMED: Standing = Standing { status: Status::Unclear, ..HELD };
const POSSIBLE: Standing =
    Standing { status: Status::Unclear, future: true, certainty: Certainty::Possible, negated: false };
const WANTED: Standing = Standing { status: Status::Unclear, future: true, ..HELD };
const REFUSED: Standing =
    Standing { status: Status::Unclear, future: true, certainty: Certainty::Certain, negated: true };

/// How an event noun stands, and by which verb group.
#[derive(Clone, Debug)]
pub(super) struct NounStanding {
    /// How it stands.
    pub(super) standing: Standing,
    /// The verb group that says so.
    pub(super) by: Option<usize>,
    /// The noun phrase, with what describes it.
    pub(super) phrase: Range<usize>,
    /// A verb group whose time is the event's time, where another one says how it stands: `called off talks that were to open on Monday`.
    pub(super) planned_by: Option<usize>,
    /// Whether the verb group belongs to the event itself: its time is the event's time.
    pub(super) shares_time: bool,
}

/// Governors of governors looked over.
const DEPTH: u32 = 4;

impl Scene<'_> {
    /// Tells how what a verb group names stands.
    pub(super) fn standing(&self, n: usize) -> Standing {
        self.of_group(n, DEPTH)
    }

    fn of_group(&self, n: usize, depth: u32) -> Standing {
        let (g, link) = (&self.groups[n], &self.links[n]);
        if depth == 0 {
            return NAMED;
        }
        // `promised to propose a date and publish it`: the bare form shares what stands before the first.
        if let Some(p) = link.partner
            && !g.helped
            && g.shape == Shape::Finite
            && self.at(g.main) == g.base.split('_').next().unwrap_or(g.base)
            && !g.past
        {
            return self.of_group(p, depth - 1);
        }
        let mut own = match g.shape {
            Shape::Finite => self.finite(n, g),
            Shape::Infinitive => return self.governed(n, depth),
            Shape::Gerund => return self.gerund(n, depth),
            Shape::Participle => HELD,
        };
        if link.condition {
            own = Standing { future: own.future, negated: own.negated, ..POSSIBLE };
        }
        if link.content {
            own = self.content(own, link.governor, depth);
        }
        own
    }

    fn finite(&self, n: usize, g: &Group) -> Standing {
        if self.links[n].subject.as_ref().is_some_and(|s| self.is_none(s)) && g.modal.is_none() {
            return DENIED;
        }
        let mut own = match g.modal {
            // `were to have been held`: set, and the text leaves open what came of it.
            Some(Modal::Will) if g.perfect && !(g.past && g.passive) => WANTED,
            Some(Modal::Will) => PLANNED,
            Some(Modal::Would) if self.is_reported(n) => PLANNED,
            Some(Modal::Would) => POSSIBLE,
            Some(Modal::May) => POSSIBLE,
            Some(Modal::Must) => WANTED,
            None if g.progressive && !g.past => ONGOING,
            None if g.past || g.perfect => HELD,
            // `drivers are dismissed` tells what was done, `the road is closed` how things stand.
            None if g.passive && is_done_at_once(g.base) => HELD,
            None => ONGOING,
        };
        if g.negated {
            own.negated = true;
            own.status = Status::Unclear;
        }
        own
    }

    /// Says whether `would` is the past of `will`: the sentence tells what somebody said.
    fn is_reported(&self, n: usize) -> bool {
        let near = self.groups.iter().take(n + 3).skip(n.saturating_sub(3));
        near.into_iter().any(|g| governs("verb", g.base) & govern::SAY != 0) && !self.has("if")
    }

    fn has(&self, word: &str) -> bool {
        self.range.clone().take(120).any(|k| self.at(k) == word)
    }

    /// Says whether a subject says that there is none: `no such letter`.
    fn is_none(&self, subject: &Range<usize>) -> bool {
        matches!(self.at(subject.start), "no" | "none" | "nobody" | "nothing" | "neither")
    }

    /// What somebody denies, fears or demands is not told as a fact.
    fn content(&self, own: Standing, governor: Governor, depth: u32) -> Standing {
        match governor {
            Governor::Verb(p) => {
                let class = self.class(p);
                let lead = self.of_group(p, depth - 1);
                if class & govern::DENY != 0 && !lead.negated {
                    DENIED
                } else if class & govern::UNCLEAR != 0 && class & govern::SAY == 0
                    || lead.negated
                    || lead.certainty != Certainty::Certain
                {
                    Standing { status: Status::Unclear, certainty: Certainty::Possible, ..own }
                } else {
                    own
                }
            }
            Governor::Noun(k) => match self.claim(k) {
                Some(true) => DENIED,
                _ => Standing { status: Status::Unclear, certainty: Certainty::Possible, ..own },
            },
            Governor::Main => own,
        }
    }

    /// Tells for a noun like `reports` whether somebody denies it.
    fn claim(&self, noun: usize) -> Option<bool> {
        let p = self.group_before(noun)?;
        let near = noun.saturating_sub(self.groups[p].last) <= 10;
        near.then(|| self.class(p) & govern::DENY != 0)
    }

    /// Returns how the verb of a group governs.
    pub(super) fn class(&self, n: usize) -> u16 {
        let g = &self.groups[n];
        if g.base == "due" {
            return govern::PLAN;
        }
        let class = governs("verb", g.base);
        if matches!(g.base, "dismiss" | "reject") {
            // `dismissed as invention`, `dismissed the claims`: else somebody was sacked, something voted down.
            let denies =
                (g.last + 1..(g.last + 7).min(self.range.end)).any(|k| self.at(k) == "as" || is_claim(self.at(k)));
            return if denies { govern::DENY } else { 0 };
        }
        if g.base == "lift" || g.base == "drop" || g.base == "withdraw" {
            let order = (g.last + 1..(g.last + 5).min(self.range.end)).any(|k| is_order(self.at(k)))
                || self.links[n].subject.as_ref().is_some_and(|s| g.passive && s.clone().any(|k| is_order(self.at(k))))
                || g.base == "withdraw" && self.at(g.last + 1) == "from";
            return if order { govern::CANCEL } else { 0 };
        }
        class
    }

    fn governed(&self, n: usize, depth: u32) -> Standing {
        let negated = self.groups[n].negated;
        let own = match self.links[n].governor {
            Governor::Verb(p) => self.under_verb(p, depth),
            Governor::Noun(k) => self.under_noun(k, depth),
            Governor::Main => WANTED,
        };
        if negated { Standing { negated: true, status: Status::Unclear, ..own } } else { own }
    }

    fn under_verb(&self, p: usize, depth: u32) -> Standing {
        let g = &self.groups[p];
        let class = self.class(p);
        let lead = self.of_group(p, depth - 1);
        let fact = lead.status != Status::Unclear && lead.status != Status::Denied && !lead.negated;
        if g.modal == Some(Modal::Must) && g.base == "have" {
            return WANTED;
        }
        if class & govern::CANCEL != 0 {
            return if fact { CALLED_OFF } else { WANTED };
        }
        if class & govern::REFUSE != 0 {
            return if lead.negated { WANTED } else { REFUSED };
        }
        if class & govern::PLAN != 0 && class & govern::UNCLEAR == 0 {
            return if fact { PLANNED } else { Standing { negated: lead.negated, ..POSSIBLE } };
        }
        if class & govern::UNCLEAR != 0 {
            return if matches!(g.base, "allow" | "help" | "enable" | "let" | "permit") { WANTED } else { POSSIBLE };
        }
        if matches!(g.base, "manage" | "continue" | "begin" | "start" | "go_on" | "come" | "rush" | "proceed") && fact {
            return Standing {
                status: if matches!(g.base, "continue" | "begin" | "start" | "go_on") && lead.status == Status::Held {
                    Status::Held
                } else {
                    lead.status
                },
                ..lead
            };
        }
        WANTED
    }

    fn under_noun(&self, k: usize, depth: u32) -> Standing {
        let word = self.at(k);
        let singular = word.strip_suffix('s').unwrap_or(word);
        let class = governs("noun", word) | governs("noun", singular);
        let governing = self.noun_at(k, depth - 1);
        match governing.standing.status {
            Status::CalledOff | Status::Postponed | Status::Denied => return governing.standing,
            _ => {}
        }
        if class & govern::PLAN != 0 && class & govern::UNCLEAR == 0 {
            let doubted = governing.standing.certainty != Certainty::Certain || governing.standing.negated;
            if doubted { POSSIBLE } else { PLANNED }
        } else {
            POSSIBLE
        }
    }

    fn gerund(&self, n: usize, depth: u32) -> Standing {
        let g = &self.groups[n];
        let before = if g.first > self.range.start { self.at(g.first - 1) } else { "" };
        if matches!(before, "before" | "without" | "against" | "instead" | "from")
            || before == "of"
                && g.first >= 2
                && matches!(self.at(g.first - 2), "instead" | "risk" | "possibility" | "threat")
        {
            return POSSIBLE;
        }
        if matches!(before, "after" | "since" | "by" | "following") {
            return HELD;
        }
        // `that invading it would be a mistake`: the gerund is a subject, an idea.
        if matches!(before, "that" | "whether" | "if" | "" | "“" | "\"") {
            return Standing { certainty: Certainty::Possible, ..NAMED };
        }
        let low = n.saturating_sub(3);
        for p in (low..n).rev() {
            let between = self.groups[p].last + 1..g.first;
            if between.clone().any(|k| matches!(self.at(k), ";" | ":")) {
                break;
            }
            let class = self.class(p);
            if class & govern::DENY != 0 {
                return DENIED;
            }
            let direct = p + 1 == n && g.first <= self.groups[p].last + 2;
            // `accused of killing`: that is what is claimed.
            let claimed = matches!(self.groups[p].base, "accuse" | "suspect" | "charge" | "blame" | "indict")
                && matches!(before, "of" | "with" | "for" | "and");
            if claimed && between.clone().all(|k| !is_hard(self.at(k)) && self.at(k) != ",") {
                return POSSIBLE;
            }
            if direct && class & (govern::UNCLEAR | govern::PLAN) != 0 {
                return POSSIBLE;
            }
            if direct && class & govern::REFUSE != 0 {
                return REFUSED;
            }
            if direct && class & govern::CANCEL != 0 {
                return CALLED_OFF;
            }
        }
        if self.links[n].relative || matches!(before, "," | "and" | "for" | "in" | "of" | "at" | "with" | "on") {
            if let Governor::Verb(p) = self.links[n].governor {
                let lead = self.of_group(p, depth - 1);
                let asked = self.class(p) & (govern::UNCLEAR | govern::PLAN) != 0
                    && matches!(before, "for" | "of" | "on" | "in" | "at");
                return if asked { POSSIBLE } else { lead };
            }
            return NAMED;
        }
        // `troops encircling the town`: goes on while the main clause is told.
        match self.links[n].governor {
            Governor::Verb(p) => {
                let lead = self.of_group(p, depth - 1);
                if lead.status == Status::Held || lead.status == Status::Ongoing {
                    lead
                } else {
                    Standing { status: Status::Unclear, ..lead }
                }
            }
            _ => NAMED,
        }
    }

    /// Tells how an event noun stands.
    pub(super) fn noun(&self, n: usize) -> NounStanding {
        self.noun_at(n, DEPTH)
    }

    fn noun_at(&self, n: usize, depth: u32) -> NounStanding {
        let phrase = self.noun_phrase(n);
        let done = |standing, by, shares_time| NounStanding {
            standing,
            by,
            phrase: phrase.clone(),
            planned_by: None,
            shares_time,
        };
        if depth == 0 {
            return done(NAMED, None, false);
        }
        if let Some(standing) = self.of_nominal(&phrase) {
            return done(standing, None, false);
        }
        let described = self.described(n, &phrase);
        // `told a hearing that had been called off last week`: it was held, for somebody spoke to it.
        if let Some(b) = self.group_before(n).filter(|&b| self.addresses(b) && self.is_object(b, n, &phrase)) {
            let own = self.of_group(b, depth - 1);
            if own.status == Status::Held {
                return done(HELD, Some(b), true);
            }
        }
        if let Some(b) = self.group_before(n).filter(|&b| self.is_object(b, n, &phrase)) {
            let ends = self.class(b) & (govern::CANCEL | govern::POSTPONE | govern::DENY) != 0;
            let standing = self.object(b, n, depth);
            if ends && standing.status != Status::Unclear {
                let planned_by = self.planned_behind(n);
                return NounStanding { planned_by, ..done(standing, Some(b), false) };
            }
        }
        if let Some((b, standing)) = self.meant_by_pronoun(n, depth) {
            let planned_by = self.planned_behind(n);
            return NounStanding { planned_by, ..done(standing, Some(b), false) };
        }
        if let Some(behind) = self.behind(n, &phrase, depth) {
            // `the planned talks were held` is told by its verb, `the planned talks worried him` by its adjective.
            let decided = behind.standing.status != Status::Unclear && behind.by.is_some_and(|b| self.decides(b));
            if decided || described.is_none() {
                let ends = matches!(behind.standing.status, Status::CalledOff | Status::Postponed);
                let planned_by = self.planned_behind(n).filter(|b| ends && Some(*b) < behind.by);
                return NounStanding { planned_by, ..behind };
            }
        }
        if self.at(phrase.start) == "no" || phrase.start > self.range.start && self.at(phrase.start - 1) == "no" {
            let by = self.group_before(n).filter(|&b| self.is_object(b, n, &phrase));
            return done(
                by.map_or(NAMED, |b| Standing {
                    negated: true,
                    status: Status::Unclear,
                    ..self.of_group(b, depth - 1)
                }),
                None,
                false,
            );
        }
        if let Some(own) = described {
            let by = self.group_before(n).filter(|&b| self.decides(b) && self.is_object(b, n, &phrase));
            if let Some(b) = by {
                let told = self.object(b, n, depth);
                if matches!(told.status, Status::CalledOff | Status::Postponed | Status::Denied)
                    || told.status == Status::Held && own.status == Status::Planned && self.class(b) & govern::HOLD != 0
                {
                    return done(told, Some(b), told.status != Status::CalledOff);
                }
            }
            return done(own, None, false);
        }
        if let Some(b) = self.group_before(n) {
            if self.is_object(b, n, &phrase) {
                let standing = self.object(b, n, depth);
                let class = self.class(b);
                return done(standing, Some(b), class & (govern::CANCEL | govern::DENY | govern::POSTPONE) == 0);
            }
            if let Some(standing) = self.after_preposition(b, &phrase, depth) {
                return done(standing.0, None, standing.1);
            }
        } else if phrase.start > self.range.start
            && governs("prep", self.at(phrase.start - 1)) & govern::HELD != 0
            && self.is_told_behind(n)
        {
            // `No deal after night session`, `After the talks he left`.
            return done(HELD, None, false);
        }
        done(NAMED, None, false)
    }

    /// Says whether the object of a verb is who was spoken to: `told the hearing`.
    fn addresses(&self, b: usize) -> bool {
        let g = &self.groups[b];
        !g.passive && !g.negated && matches!(g.base, "tell" | "address" | "brief" | "assure" | "inform")
    }

    /// `The talks came to nothing, because the federation called them off`: the pronoun stands for the event.
    fn meant_by_pronoun(&self, n: usize, depth: u32) -> Option<(usize, Standing)> {
        let first = self.groups.partition_point(|g| g.first <= n);
        (first..self.groups.len().min(first + 4)).find_map(|b| {
            let g = &self.groups[b];
            let pronoun = self.at(g.main + 1);
            let plural = self.at(n).ends_with('s');
            let meant = pronoun == if plural { "them" } else { "it" };
            let other = (n + 1..g.first).any(|k| self.is_event_noun(k) && self.at(k).ends_with('s') == plural);
            let ends = self.class(b) & (govern::CANCEL | govern::POSTPONE) != 0;
            (meant && ends && !other)
                .then(|| (b, self.object(b, n, depth)))
                .filter(|(_, s)| s.status != Status::Unclear)
        })
    }

    /// `the cancellation of the trip`: the noun before `of` says it.
    fn of_nominal(&self, phrase: &Range<usize>) -> Option<Standing> {
        if phrase.start < self.range.start + 2 || self.at(phrase.start - 1) != "of" {
            return None;
        }
        match self.at(phrase.start - 2) {
            "cancellation" | "cancelation" | "abandonment" | "scrapping" => Some(CALLED_OFF),
            "postponement" | "deferral" | "adjournment" => Some(POSTPONED),
            "denial" => Some(DENIED),
            "threat" | "risk" | "possibility" | "prospect" | "danger" | "fear" | "fears" | "talk" | "reports"
            | "rumours" | "claims" | "hopes" => Some(POSSIBLE),
            _ => None,
        }
    }

    /// Says whether the verb of a group decides how its subject or object stands.
    fn decides(&self, b: usize) -> bool {
        let class = self.class(b);
        class & (govern::CANCEL | govern::POSTPONE | govern::DENY | govern::HOLD | govern::OCCUR | govern::PLAN) != 0
            || matches!(self.groups[b].base, "be" | "due")
    }

    /// What adjectives before the noun say: `planned`, `called-off`, `any`.
    fn described(&self, n: usize, phrase: &Range<usize>) -> Option<Standing> {
        (phrase.start..n).rev().take(6).find_map(|k| {
            let class = governs("premod", self.at(k));
            let article = k == phrase.start || !matches!(self.at(k), "second" | "first" | "past" | "present");
            if class == 0 || !article {
                None
            } else if class & govern::CANCEL != 0 {
                Some(CALLED_OFF)
            } else if class & govern::POSTPONE != 0 {
                Some(POSTPONED)
            } else if class & govern::PLAN != 0 {
                Some(PLANNED)
            } else if class & govern::UNCLEAR != 0 {
                Some(POSSIBLE)
            } else if class & govern::CONTINUE != 0 {
                Some(ONGOING)
            } else {
                None
            }
        })
    }

    /// What verbs behind the noun say of it: `talks planned for`, `talks were held`, `talks, which collapsed`.
    fn behind(&self, n: usize, phrase: &Range<usize>, depth: u32) -> Option<NounStanding> {
        let first = self.groups.partition_point(|g| g.first <= n);
        let mut found: Option<NounStanding> = None;
        for b in first..self.groups.len().min(first + 4) {
            let g = &self.groups[b];
            let link = &self.links[b];
            let subject = link.subject.clone().is_some_and(|s| self.subject_event(&s) == Some(n));
            let shared =
                link.partner.is_some_and(|p| found.as_ref().is_some_and(|f| f.by == Some(p))) && link.subject.is_none();
            if !subject && !shared {
                if g.shape == Shape::Finite && !link.relative && b > first + 1 {
                    break;
                }
                continue;
            }
            let Some(standing) = self.as_subject(b, depth) else { continue };
            let class = self.class(b);
            let shares_time = class & (govern::CANCEL | govern::DENY) == 0;
            let better = found.as_ref().is_none_or(|f| {
                f.standing.status == Status::Unclear
                    || f.standing.status == Status::Planned
                        && matches!(standing.status, Status::CalledOff | Status::Postponed | Status::Held)
                    || f.standing.status == Status::Postponed && standing.status == Status::Held
            });
            if better {
                found =
                    Some(NounStanding { standing, by: Some(b), phrase: phrase.clone(), planned_by: None, shares_time });
            }
        }
        found
    }

    /// Returns the event noun that a verb tells the taking place of: `the talks were to open`.
    pub(super) fn happening(&self, b: usize) -> Option<usize> {
        let g = &self.groups[b];
        let class = self.class(b);
        let happens = class & govern::OCCUR != 0 || g.passive && class & govern::HOLD != 0;
        let subject = self.links[b].subject.as_ref().filter(|s| happens && s.end <= g.first)?;
        self.subject_event(subject).filter(|&n| event_noun(self.at(n)).is_some())
    }

    /// Returns the verb behind an event noun that says for when it was set: `talks that were due last Monday`.
    fn planned_behind(&self, n: usize) -> Option<usize> {
        let first = self.groups.partition_point(|g| g.first <= n);
        (first..self.groups.len().min(first + 3)).find(|&b| {
            let subject = self.links[b].subject.clone().is_some_and(|s| self.subject_event(&s) == Some(n));
            let class = self.class(b);
            let ends = class & (govern::CANCEL | govern::POSTPONE | govern::DENY) != 0;
            subject && !ends && self.as_subject(b, DEPTH - 1).is_some_and(|s| s.status == Status::Planned)
        })
    }

    /// Returns a second standing of an event that is told off for one day and set for another: `which was not held on
    /// Monday, will be held on Thursday`.
    pub(super) fn set_anew(&self, n: usize, told: &NounStanding) -> Option<(usize, Standing)> {
        if !matches!(told.standing.status, Status::CalledOff | Status::Postponed) {
            return None;
        }
        let first = self.groups.partition_point(|g| g.first <= n);
        (first..self.groups.len().min(first + 6)).find_map(|b| {
            let (g, link) = (&self.groups[b], &self.links[b]);
            let own = g.shape == Shape::Finite && g.modal == Some(Modal::Will) && !link.relative && !link.condition;
            let subject = link.subject.as_ref().is_some_and(|s| self.subject_event(s) == Some(n))
                || link.subject.is_none()
                || self.is_resumed(n, b);
            let happens = self.class(b) & (govern::OCCUR | govern::HOLD) != 0;
            let standing = (own && subject && happens && Some(b) != told.by).then(|| self.of_group(b, DEPTH))?;
            (standing.status == Status::Planned && !standing.negated).then_some((b, standing))
        })
    }

    /// Says whether only relative and adverbial clauses set off by commas stand between a noun and a verb without a
    /// subject of its own: `the talks, which failed because he left, will be held`.
    fn is_resumed(&self, n: usize, b: usize) -> bool {
        let before = self.groups[b].first.checked_sub(1);
        before.is_some_and(|k| k > n && self.at(k) == ",")
    }

    /// Returns the event noun that a subject is about: its head.
    fn subject_event(&self, subject: &Range<usize>) -> Option<usize> {
        let mut last = None;
        for k in subject.clone() {
            if !self.is_event_noun(k) && !is_order(self.at(k)) {
                continue;
            }
            last = Some(k);
            // The head stands before the first preposition behind it.
            if is_preposition(self.at(k + 1)) || self.groups.iter().any(|g| g.first == k + 1) {
                break;
            }
        }
        last
    }

    /// What a verb says of the event that is its subject.
    fn as_subject(&self, b: usize, depth: u32) -> Option<Standing> {
        let g = &self.groups[b];
        let class = self.class(b);
        let own = self.of_group(b, depth - 1);
        let fact = !own.negated && own.status != Status::Unclear && own.status != Status::Planned;
        if g.passive && class & govern::CANCEL != 0 {
            return Some(if fact { CALLED_OFF } else { Standing { status: Status::Unclear, ..own } });
        }
        if class & govern::POSTPONE != 0 && g.passive {
            return Some(if fact { POSTPONED } else { Standing { status: Status::Unclear, ..own } });
        }
        if g.passive && class & govern::DENY != 0 {
            return Some(if fact { DENIED } else { NAMED });
        }
        if g.base == "due" || g.passive && class & govern::PLAN != 0 && g.modal.is_none() && g.base != "open" {
            let held = g.base == "call" || g.base == "announce" || g.base == "organise" || g.base == "confirm";
            return Some(if own.negated {
                REFUSED
            } else if held && g.shape == Shape::Finite && g.base != "call" {
                own
            } else {
                PLANNED
            });
        }
        if g.passive && class & govern::UNCLEAR != 0 && class & govern::HOLD == 0 {
            return Some(POSSIBLE);
        }
        let happens = class & govern::OCCUR != 0
            || g.passive && class & govern::HOLD != 0
            || g.passive && event_verb(g.base).is_some();
        // `no arrests have been made`: nothing was called off.
        if self.links[b].subject.as_ref().is_some_and(|s| self.is_none(s)) {
            return Some(Standing { negated: true, ..NAMED });
        }
        if happens && own.negated && !own.future {
            return Some(CALLED_OFF);
        }
        if g.base == "be" {
            return self.under_be(b, own);
        }
        match own.status {
            Status::Ongoing if class & govern::OCCUR == 0 && !g.progressive && g.base != "continue" => Some(NAMED),
            Status::Held if g.shape == Shape::Participle && class & govern::HOLD == 0 => None,
            _ if own.negated => Some(NAMED),
            _ => Some(own),
        }
    }

    /// `is under way`, `is off`, `was on Monday`.
    fn under_be(&self, b: usize, own: Standing) -> Option<Standing> {
        let g = &self.groups[b];
        let next = self.at(g.last + 1);
        let then = self.at(g.last + 2);
        if next == "under" && matches!(then, "way" | "negotiation") || next == "underway" {
            return Some(if g.past { HELD } else { ONGOING });
        }
        if next == "off" && !own.negated {
            return Some(CALLED_OFF);
        }
        if next == "back" && then == "on"
            || next == "on" && matches!(then, "again" | "." | "track")
            || next == "still" && then == "on"
        {
            return Some(PLANNED);
        }
        if matches!(next, "over" | "complete") {
            return Some(HELD);
        }
        let timed = matches!(next, "on" | "in" | "at" | "for") && super::clauses::is_calendar(then);
        if timed && !g.past && g.modal.is_none() {
            return Some(PLANNED);
        }
        match own.status {
            Status::Held if own.negated => Some(NAMED),
            Status::Ongoing => None,
            _ => Some(own),
        }
    }

    /// Says whether an event noun is the direct object of a group: no other preposition stands between.
    fn is_object(&self, b: usize, n: usize, phrase: &Range<usize>) -> bool {
        let g = &self.groups[b];
        let start = phrase.start.min(n);
        if start < g.last + 1 || start > g.last + 14 {
            return false;
        }
        let class = governs("verb", g.base);
        let mut list = false;
        for k in g.last + 1..start {
            let w = self.at(k);
            let last = k + 1 == start;
            let goes_with = last
                && (w == "from" && matches!(g.base, "withdraw" | "pull_out")
                    || matches!(w, "for" | "on" | "in" | "to" | "of" | "with")
                        && class & (govern::UNCLEAR | govern::PLAN | govern::HOLD | govern::DENY) != 0
                        && matches!(
                            (g.base, w),
                            (
                                "call"
                                    | "ask"
                                    | "press"
                                    | "push"
                                    | "appeal"
                                    | "prepare"
                                    | "plan"
                                    | "hope"
                                    | "wait"
                                    | "opt"
                                    | "plead"
                                    | "beg"
                                    | "campaign",
                                "for"
                            ) | ("insist" | "decide", "on")
                                | ("take" | "join", "in")
                                | ("agree" | "commit" | "lead", "to")
                                | ("go_ahead" | "proceed", "with")
                        ))
                || g.base == "be" && matches!(w, "on" | "in") && last
                || matches!(w, "and" | "or");
            list |= w == "and" || w == "or" || w == ",";
            let quote = matches!(w, "“" | "”" | "\"" | "as");
            if opens_clause(w) && w != "as" || is_hard(w) && !(quote && class & govern::DENY != 0) {
                return false;
            }
            if is_preposition(w) && !goes_with && w != "of" && !self.is_time_at(k + 1) {
                return false;
            }
            // `ordered the evacuation of three villages`: what follows `of` belongs to the object before it.
            if w == "of" && !goes_with && class & govern::DENY == 0 {
                return false;
            }
        }
        g.shape != Shape::Participle || !list
    }

    fn is_time_at(&self, n: usize) -> bool {
        super::clauses::is_calendar(self.at(n)) || super::clauses::is_calendar(self.at(n + 1))
    }

    /// What a verb says of the event that is its object.
    fn object(&self, b: usize, _n: usize, depth: u32) -> Standing {
        let g = &self.groups[b];
        let class = self.class(b);
        let own = self.of_group(b, depth - 1);
        let fact = !own.negated && matches!(own.status, Status::Held | Status::Ongoing);
        if class & govern::CANCEL != 0 {
            // `was weighing whether to cancel`, `agreed to scrap`: it is not off before somebody calls it off.
            return if fact {
                CALLED_OFF
            } else if own.status == Status::CalledOff {
                NAMED
            } else {
                Standing { status: Status::Unclear, ..own }
            };
        }
        if class & govern::POSTPONE != 0 {
            return if fact { POSTPONED } else { Standing { status: Status::Unclear, ..own } };
        }
        if class & govern::DENY != 0 {
            return if fact { DENIED } else { NAMED };
        }
        if class & govern::REFUSE != 0 {
            return if g.base == "stop" && fact { CALLED_OFF } else { REFUSED };
        }
        if class & govern::HOLD != 0 || matches!(g.base, "pass" | "adopt" | "ratify" | "debate") {
            return own;
        }
        if class & govern::PLAN != 0 && class & govern::UNCLEAR == 0 {
            return if fact || own.status == Status::Planned {
                PLANNED
            } else {
                Standing { negated: own.negated, ..POSSIBLE }
            };
        }
        if class & govern::CONTINUE != 0 {
            return if own.status == Status::Held { HELD } else { own };
        }
        if class & govern::UNCLEAR != 0 {
            return POSSIBLE;
        }
        if g.base == "be" {
            return if own.negated { NAMED } else { own };
        }
        if class & govern::SAY != 0 {
            return NAMED;
        }
        if own.status == Status::Held && event_verb(g.base).is_some() {
            Standing { status: Status::Unclear, ..own }
        } else {
            NAMED
        }
    }

    /// `after the talks`, `ahead of the vote`: (how it stands, whether it shares the clause's time).
    fn after_preposition(&self, b: usize, phrase: &Range<usize>, depth: u32) -> Option<(Standing, bool)> {
        if phrase.start <= self.range.start {
            return None;
        }
        let w = self.at(phrase.start - 1);
        let class = governs("prep", w);
        if class & govern::BEFORE != 0 || w == "of" && phrase.start >= 2 && self.at(phrase.start - 2) == "ahead" {
            return Some((WANTED, false));
        }
        let own = self.of_group(b, depth - 1);
        let past = own.status == Status::Held && !own.negated;
        if class & govern::HELD != 0 {
            return past.then_some((HELD, false));
        }
        let near = phrase.start <= self.groups[b].last + 8;
        if matches!(w, "in" | "at") && past && near && self.class(b) & (govern::SAY | govern::UNCLEAR) == 0 {
            return Some((HELD, true));
        }
        // `was in the capital for talks this week`
        if w == "for" && past && self.groups[b].base == "be" && phrase.start <= self.groups[b].last + 6 {
            return Some((HELD, true));
        }
        if w == "for"
            && near
            && matches!(
                self.groups[b].base,
                "leave" | "travel" | "fly" | "head" | "depart" | "meet" | "arrive" | "gather" | "go"
            )
        {
            return Some((WANTED, false));
        }
        None
    }

    /// Says whether what follows tells a deed, or a headline has no verb that could tell otherwise.
    fn is_told_behind(&self, n: usize) -> bool {
        let next = self.groups.iter().position(|g| g.first > n && g.shape == Shape::Finite);
        next.map_or(self.title, |b| self.title || self.of_group(b, DEPTH).status == Status::Held)
    }

    /// Returns the noun phrase of an event noun with the prepositional phrases behind it.
    pub(super) fn noun_phrase(&self, n: usize) -> Range<usize> {
        let mut start = n;
        while start > self.range.start && n - start < 9 {
            let w = self.at(start - 1);
            let in_group = self.groups.iter().any(|g| g.first < start && start <= g.last + 1);
            let own = matches!(w, "s" | "'" | "’");
            if in_group
                || is_hard(w)
                || w == ","
                || opens_clause(w)
                || is_preposition(w) && !(w == "following" && start > 1 && is_determiner(self.at(start - 2)))
                || matches!(w, "and" | "or" | "but" | "to" | "then")
            {
                break;
            }
            if is_adverb(w) && !matches!(w, "first" | "long" | "even" | "all" | "both" | "only")
                || matches!(w, "he" | "she" | "they" | "it" | "we" | "i" | "who" | "there")
            {
                break;
            }
            start -= 1;
            if is_determiner(w)
                && !own
                && !matches!(
                    w,
                    "first"
                        | "second"
                        | "last"
                        | "next"
                        | "new"
                        | "further"
                        | "own"
                        | "two"
                        | "three"
                        | "other"
                        | "more"
                        | "such"
                        | "fresh"
                )
            {
                break;
            }
        }
        let mut end = n + 1;
        let mut between = false;
        while end < self.range.end && end < n + 14 {
            let w = self.at(end);
            let group = self.groups.iter().any(|g| g.first <= end && end <= g.last);
            between |= w == "between";
            if group
                || is_hard(w)
                || w == ","
                || opens_clause(w)
                || w == "and" && !between
                || matches!(w, "or" | "but" | "after" | "before" | "since" | "until" | "during")
            {
                break;
            }
            if end == n + 1
                && !is_preposition(w)
                && !super::clauses::is_calendar(w)
                && !matches!(w, "last" | "next" | "this")
            {
                break;
            }
            if is_adverb(w) && !matches!(w, "all" | "both" | "first" | "long" | "at") {
                break;
            }
            between &= w != "and";
            end += 1;
        }
        while end > n + 1
            && (is_preposition(self.at(end - 1))
                || is_determiner(self.at(end - 1))
                || matches!(self.at(end - 1), "and" | "or"))
        {
            end -= 1;
        }
        start..end
    }

    /// Says whether a listed event noun only describes the noun behind it: `strike leader`, `rescue team`.
    pub(super) fn is_modifier(&self, n: usize) -> bool {
        let next = self.at(n + 1);
        if next.is_empty()
            || n + 1 >= self.range.end
            || self.words.tokens[n + 1].kind != crate::reading::words::TokenKind::Word
        {
            return false;
        }
        let function = is_preposition(next)
            || is_determiner(next)
            || opens_clause(next)
            || is_adverb(next)
            || super::clauses::is_calendar(next)
            || matches!(
                next,
                "and"
                    | "or"
                    | "but"
                    | "to"
                    | "then"
                    | "is"
                    | "are"
                    | "was"
                    | "were"
                    | "he"
                    | "she"
                    | "it"
                    | "they"
                    | "we"
                    | "i"
                    | "s"
                    | "ago"
                    | "today"
                    | "there"
            );
        let grouped = self.groups.iter().any(|g| g.first == n + 1);
        !function && !grouped && event_noun(next).is_none()
    }
}

/// Says whether what a verb names is over as soon as it is done: its present passive tells a deed.
fn is_done_at_once(base: &str) -> bool {
    let kind = event_verb(base).map_or("", |named| named.kind);
    matches!(
        kind,
        "dismissal"
            | "reinstatement"
            | "arrest"
            | "death"
            | "injury"
            | "appointment"
            | "attack"
            | "rescue"
            | "collapse"
            | "vote"
            | "evacuation"
            | "trial"
    ) && !matches!(base, "detain" | "try" | "besiege" | "encircle")
}

/// Says whether a noun is an order or a plan, which can itself be lifted.
pub(super) fn is_order(w: &str) -> bool {
    let w = w.strip_suffix('s').unwrap_or(w);
    matches!(
        w,
        "order"
            | "ban"
            | "plan"
            | "decision"
            | "curfew"
            | "restriction"
            | "instruction"
            | "warning"
            | "evacuation"
            | "requirement"
            | "siege"
            | "blockade"
            | "sanction"
            | "lockdown"
            | "motion"
            | "charge"
            | "offer"
            | "bid"
    )
}
