//! How what an event noun names stands: from the verbs it is subject or object of, and from what stands before it.

use super::Status;
use super::clauses::Scene;
use super::groups::{Modal, Shape};
use super::standing::{
    CALLED_OFF, DENIED, DEPTH, HELD, NAMED, NounStanding, ONGOING, PLANNED, POSSIBLE, POSTPONED, REFUSED, Standing,
    WANTED,
};
use crate::lang::en::events::{event_noun, event_verb, govern, governs};
use std::ops::Range;

impl Scene<'_> {
    /// Tells how an event noun stands.
    pub(super) fn noun(&self, n: usize) -> NounStanding {
        self.noun_at(n, DEPTH)
    }

    pub(super) fn noun_at(&self, n: usize, depth: u32) -> NounStanding {
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
        // `told a panel that had been put off in May`: it was held, for somebody spoke to it.
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
    pub(super) fn addresses(&self, b: usize) -> bool {
        let g = &self.groups[b];
        !g.passive && !g.negated && matches!(g.base, "tell" | "address" | "brief" | "assure" | "inform")
    }

    /// `The races came to nothing, because the club called them off`: the pronoun stands for the event.
    pub(super) fn meant_by_pronoun(&self, n: usize, depth: u32) -> Option<(usize, Standing)> {
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

    /// Says whether the verb of a group decides how its subject or object stands.
    pub(super) fn decides(&self, b: usize) -> bool {
        let class = self.class(b);
        class & (govern::CANCEL | govern::POSTPONE | govern::DENY | govern::HOLD | govern::OCCUR | govern::PLAN) != 0
            || matches!(self.groups[b].base, "be" | "due")
    }

    /// What verbs behind the noun say of it: `talks planned for`, `talks were held`, `talks, which collapsed`.
    pub(super) fn behind(&self, n: usize, phrase: &Range<usize>, depth: u32) -> Option<NounStanding> {
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

    /// Returns the verb behind an event noun that says for when it was set: `races that were due last Sunday`.
    pub(super) fn planned_behind(&self, n: usize) -> Option<usize> {
        let first = self.groups.partition_point(|g| g.first <= n);
        (first..self.groups.len().min(first + 3)).find(|&b| {
            let subject = self.links[b].subject.clone().is_some_and(|s| self.subject_event(&s) == Some(n));
            let class = self.class(b);
            let ends = class & (govern::CANCEL | govern::POSTPONE | govern::DENY) != 0;
            subject && !ends && self.as_subject(b, DEPTH - 1).is_some_and(|s| s.status == Status::Planned)
        })
    }

    /// Returns a second standing of an event that is told off for one day and set for another: `which was not held on
    /// Friday, will be held on Sunday`.
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
    pub(super) fn is_resumed(&self, n: usize, b: usize) -> bool {
        let before = self.groups[b].first.checked_sub(1);
        before.is_some_and(|k| k > n && self.at(k) == ",")
    }

    /// What a verb says of the event that is its subject.
    pub(super) fn as_subject(&self, b: usize, depth: u32) -> Option<Standing> {
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
    pub(super) fn under_be(&self, b: usize, own: Standing) -> Option<Standing> {
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

    /// What a verb says of the event that is its object.
    pub(super) fn object(&self, b: usize, _n: usize, depth: u32) -> Standing {
        let g = &self.groups[b];
        let class = self.class(b);
        let own = self.of_group(b, depth - 1);
        let fact = !own.negated && matches!(own.status, Status::Held | Status::Ongoing);
        if class & govern::CANCEL != 0 {
            // `was thinking whether to cancel`, `agreed to scrap`: it is not off before somebody calls it off.
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
    pub(super) fn after_preposition(&self, b: usize, phrase: &Range<usize>, depth: u32) -> Option<(Standing, bool)> {
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
        // `came to the coast for talks this month`
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
    pub(super) fn is_told_behind(&self, n: usize) -> bool {
        let next = self.groups.iter().position(|g| g.first > n && g.shape == Shape::Finite);
        next.map_or(self.title, |b| self.title || self.of_group(b, DEPTH).status == Status::Held)
    }
}
