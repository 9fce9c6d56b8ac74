//! How things stand with an event: from tense, modality, negation, and from the verbs and nouns that govern it.

use super::clauses::{Governor, Scene, is_claim, is_hard};
use super::groups::{Group, Modal, Shape};
use super::phrases::is_order;
use super::{Certainty, Status};
use crate::lang::en::events::{event_verb, govern, governs};
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

pub(super) const HELD: Standing =
    Standing { status: Status::Held, future: false, certainty: Certainty::Certain, negated: false };
pub(super) const PLANNED: Standing = Standing { status: Status::Planned, future: true, ..HELD };
pub(super) const ONGOING: Standing = Standing { status: Status::Ongoing, ..HELD };
pub(super) const POSTPONED: Standing = Standing { status: Status::Postponed, future: true, ..HELD };
pub(super) const CALLED_OFF: Standing = Standing { status: Status::CalledOff, ..HELD };
pub(super) const DENIED: Standing = Standing { status: Status::Denied, negated: true, ..HELD };
/// Only named: the text does not say how it stands.
pub(super) const NAMED: Standing = Standing { status: Status::Unclear, ..HELD };
pub(super) const POSSIBLE: Standing =
    Standing { status: Status::Unclear, future: true, certainty: Certainty::Possible, negated: false };
pub(super) const WANTED: Standing = Standing { status: Status::Unclear, future: true, ..HELD };
pub(super) const REFUSED: Standing =
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
    /// A verb group whose time is the event's time, where another one says how it stands: `called off races that were to start on Sunday`.
    pub(super) planned_by: Option<usize>,
    /// Whether the verb group belongs to the event itself: its time is the event's time.
    pub(super) shares_time: bool,
}

/// Governors of governors looked over.
pub(super) const DEPTH: u32 = 4;

impl Scene<'_> {
    /// Tells how what a verb group names stands.
    pub(super) fn standing(&self, n: usize) -> Standing {
        self.of_group(n, DEPTH)
    }

    pub(super) fn of_group(&self, n: usize, depth: u32) -> Standing {
        let (g, link) = (&self.groups[n], &self.links[n]);
        if depth == 0 {
            return NAMED;
        }
        // `promised to name a judge and pay her`: the bare form shares what stands before the first.
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

    pub(super) fn finite(&self, n: usize, g: &Group) -> Standing {
        if self.links[n].subject.as_ref().is_some_and(|s| self.is_none(s)) && g.modal.is_none() {
            return DENIED;
        }
        let mut own = match g.modal {
            // `was to have been run`: set, and the text leaves open what came of it.
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
    pub(super) fn is_reported(&self, n: usize) -> bool {
        let near = self.groups.iter().take(n + 3).skip(n.saturating_sub(3));
        near.into_iter().any(|g| governs("verb", g.base) & govern::SAY != 0) && !self.has("if")
    }

    pub(super) fn has(&self, word: &str) -> bool {
        self.range.clone().take(120).any(|k| self.at(k) == word)
    }

    /// Says whether a subject says that there is none: `no such letter`.
    pub(super) fn is_none(&self, subject: &Range<usize>) -> bool {
        matches!(self.at(subject.start), "no" | "none" | "nobody" | "nothing" | "neither")
    }

    /// What somebody denies, fears or demands is not told as a fact.
    pub(super) fn content(&self, own: Standing, governor: Governor, depth: u32) -> Standing {
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
    pub(super) fn claim(&self, noun: usize) -> Option<bool> {
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

    pub(super) fn governed(&self, n: usize, depth: u32) -> Standing {
        let negated = self.groups[n].negated;
        let own = match self.links[n].governor {
            Governor::Verb(p) => self.under_verb(p, depth),
            Governor::Noun(k) => self.under_noun(k, depth),
            Governor::Main => WANTED,
        };
        if negated { Standing { negated: true, status: Status::Unclear, ..own } } else { own }
    }

    pub(super) fn under_verb(&self, p: usize, depth: u32) -> Standing {
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

    pub(super) fn under_noun(&self, k: usize, depth: u32) -> Standing {
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

    pub(super) fn gerund(&self, n: usize, depth: u32) -> Standing {
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
        // `that selling it would be an error`: the gerund is a subject, an idea.
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
}

/// Says whether what a verb names is over as soon as it is done: its present passive tells a deed.
pub(super) fn is_done_at_once(base: &str) -> bool {
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
