//! How what an event noun names stands: from the verbs it is subject or object of, and from what describes it.

use super::Status;
use super::clauses::{Hang, Modal, Scene, Shape};
use super::roles::Role;
use super::standing::{
    CALLED_OFF, DENIED, DEPTH, HELD, NAMED, ONGOING, PLANNED, POSSIBLE, POSTPONED, REFUSED, Standing, WANTED, is_claim,
    is_order,
};
use crate::lang::en::events::{Named, event_noun, event_verb, govern, governs, in_sense, is_nominal, verb};
use crate::reading::syntax::{Relation, Upos};

/// How an event noun stands, and by which clause.
#[derive(Clone, Copy, Debug)]
pub(super) struct NounStanding {
    /// How it stands.
    pub(super) standing: Standing,
    /// The clause that says so.
    pub(super) by: Option<usize>,
    /// A clause whose time is the event's time, where another one says how it stands: `called off races that were to start
    /// on Sunday`.
    pub(super) planned_by: Option<usize>,
    /// Whether the clause belongs to the event itself: its time is the event's time.
    pub(super) shares_time: bool,
    /// A clause told of what happened within the event: `agreed on it in ⟦talks⟧ on Monday`.
    pub(super) within: Option<usize>,
}

fn told(standing: Standing, by: Option<usize>, shares_time: bool) -> NounStanding {
    NounStanding { standing, by, planned_by: None, shares_time, within: None }
}

fn within(c: usize, standing: Standing) -> NounStanding {
    NounStanding { within: Some(c), ..told(standing, None, false) }
}

const ENDS: u16 = govern::CANCEL | govern::POSTPONE | govern::DENY;

impl Scene<'_> {
    /// Says whether a node is an event noun here: a listed word that is no verb and describes no other noun.
    pub(super) fn is_event_noun(&self, n: usize) -> bool {
        let node = self.syntax.nodes[n];
        if !matches!(node.upos, Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj) {
            return false;
        }
        let word = self.at(n);
        if event_noun(word).is_none() && self.deed(n).is_none() {
            return false;
        }
        // `March 3`, `on March`.
        if word == "march" && self.text.get(node.span).starts_with('M') {
            return false;
        }
        // `pay talks`: the second word is the event.
        if n + 1 < self.range.end && self.syntax.nodes[n + 1].upos == Upos::Noun && event_noun(self.at(n + 1)).is_some()
        {
            return false;
        }
        let verb = node.upos == Upos::Verb && self.clause_at(n).is_some();
        let inner = matches!(node.relation, Relation::Compound | Relation::Flat | Relation::Amod | Relation::Advmod);
        // `strike leader` is somebody; a headline's noun may hang on anything.
        !verb && !inner && (node.upos != Upos::Adj || node.relation == Relation::Obj)
    }

    /// Says whether a node is a noun for a deed or an occasion of no kind of its own: `the announcement`.
    pub(super) fn is_nominal(&self, n: usize) -> bool {
        let node = self.syntax.nodes[n];
        let inner = matches!(node.relation, Relation::Compound | Relation::Flat | Relation::Fixed | Relation::Case);
        matches!(node.upos, Upos::Noun) && !inner && is_nominal(self.at(n))
    }

    /// Returns what a noun made of an event verb names: `the ⟦sending⟧ of troops`.
    pub(super) fn deed(&self, n: usize) -> Option<Named> {
        let word = self.at(n);
        if !word.ends_with("ing") || self.at(n + 1) != "of" || self.syntax.nodes[n].upos == Upos::Propn {
            return None;
        }
        event_verb(verb(word)?.base).filter(|named| named.kind != "build")
    }

    /// Tells how an event noun stands.
    pub(super) fn noun(&self, n: usize) -> NounStanding {
        self.noun_at(n, DEPTH)
    }

    pub(super) fn noun_at(&self, n: usize, depth: u32) -> NounStanding {
        if depth == 0 {
            return told(NAMED, None, false);
        }
        let top = self.top_noun(n);
        let role = self.role(top);
        if let Role::Noun(over) = role
            && let Some(standing) = self.of_nominal(over)
        {
            return told(standing, None, false);
        }
        if let Role::Object(c) = role {
            // `told a panel that had been put off in May`: it was held, for somebody spoke to it.
            if self.addresses(c) && self.of_clause(c, depth - 1).status == Status::Held {
                return told(HELD, Some(c), true);
            }
            let standing = self.object(c, depth);
            if self.class(c) & ENDS != 0 && standing.status != Status::Unclear {
                return NounStanding { planned_by: self.planned_behind(top, depth), ..told(standing, Some(c), false) };
            }
        }
        if let Some((c, standing)) = self.meant_by_pronoun(n, depth) {
            return NounStanding { planned_by: self.planned_behind(top, depth), ..told(standing, Some(c), false) };
        }
        let described = self.described(n).or_else(|| if top == n { None } else { self.described(top) });
        if let Some(behind) = self.told_of(top, depth) {
            // `the planned talks were held` is told by its verb, `the planned talks worried him` by its adjective.
            let decided = behind.standing.status != Status::Unclear && behind.by.is_some_and(|c| self.decides(c));
            if decided || described.is_none() {
                let ends = matches!(behind.standing.status, Status::CalledOff | Status::Postponed);
                let planned_by = self.planned_behind(top, depth).filter(|d| ends && Some(*d) < behind.by);
                return NounStanding { planned_by, ..behind };
            }
        }
        if self.is_none(top) {
            let by = match role {
                Role::Object(c) => Standing { negated: true, status: Status::Unclear, ..self.of_clause(c, depth - 1) },
                _ => NAMED,
            };
            return told(by, None, false);
        }
        if let Some(own) = described {
            if let Role::Object(c) = role
                && self.decides(c)
            {
                let by = self.object(c, depth);
                let held =
                    by.status == Status::Held && own.status == Status::Planned && self.class(c) & govern::HOLD != 0;
                if held || matches!(by.status, Status::CalledOff | Status::Postponed | Status::Denied) {
                    return told(by, Some(c), by.status != Status::CalledOff);
                }
            }
            return told(own, None, false);
        }
        match role {
            Role::Object(c) => told(self.object(c, depth), Some(c), self.class(c) & ENDS == 0),
            Role::Predicate(c) => {
                let own = self.of_clause(c, depth - 1);
                let own = if own.status == Status::Ongoing { Standing { status: Status::Unclear, ..own } } else { own };
                told(own, Some(c), true)
            }
            Role::Oblique(c) => self.behind_preposition(c, top, depth),
            Role::Noun(over) => self.behind_noun(over, top, depth),
            Role::Subject(_) => told(NAMED, None, false),
            Role::Loose => {
                let after = governs("prep", self.case(top)) & govern::HELD != 0;
                // `No deal after night session`
                told(if after && self.title { HELD } else { NAMED }, None, false)
            }
        }
    }

    /// `the cancellation of the trip`: the noun before `of` says it.
    fn of_nominal(&self, over: usize) -> Option<Standing> {
        let w = self.at(over);
        let said = [("cancelling", CALLED_OFF), ("postponing", POSTPONED), ("denying", DENIED), ("doubting", POSSIBLE)];
        said.into_iter().find(|(class, _)| in_sense(class, w)).map(|(_, standing)| standing)
    }

    /// What adjectives before the noun say: `planned`, `called-off`, `any`.
    fn described(&self, n: usize) -> Option<Standing> {
        let mut found = None;
        for k in self.syntax.children(n).take_while(|k| *k < n) {
            let class = governs("premod", self.at(k));
            if class == 0
                || !matches!(
                    self.relation(k),
                    Relation::Amod
                        | Relation::Compound
                        | Relation::Det
                        | Relation::Nummod
                        | Relation::Acl
                        | Relation::NmodPoss
                )
            {
                continue;
            }
            let says = [
                (govern::CANCEL, CALLED_OFF),
                (govern::POSTPONE, POSTPONED),
                (govern::PLAN, PLANNED),
                (govern::UNCLEAR, POSSIBLE),
                (govern::CONTINUE, ONGOING),
            ];
            found = says.into_iter().find(|(bit, _)| class & bit != 0).map(|(_, standing)| standing).or(found);
        }
        found
    }

    /// Says whether the object of a verb is who was spoken to: `told the hearing`.
    fn addresses(&self, c: usize) -> bool {
        let clause = &self.clauses[c];
        !clause.passive && !clause.negated && in_sense("addressing", &clause.base)
    }

    /// `The races came to nothing, because the club called them off`: the pronoun stands for the event.
    fn meant_by_pronoun(&self, n: usize, depth: u32) -> Option<(usize, Standing)> {
        let plural = self.at(n).ends_with('s');
        let first = self.clauses.partition_point(|c| c.main <= n);
        (first..self.clauses.len().min(first + 4)).find_map(|c| {
            let clause = &self.clauses[c];
            let object = clause.object.map_or("", |o| self.at(o));
            let meant = object == if plural { "them" } else { "it" };
            let other = || (n + 1..clause.main).any(|k| self.is_event_noun(k) && self.at(k).ends_with('s') == plural);
            let ends = self.class(c) & (govern::CANCEL | govern::POSTPONE) != 0;
            let standing = (meant && ends && !other()).then(|| self.object(c, depth))?;
            (standing.status != Status::Unclear).then_some((c, standing))
        })
    }

    /// Says whether the verb of a clause decides how its subject or object stands.
    fn decides(&self, c: usize) -> bool {
        let decides = ENDS | govern::HOLD | govern::OCCUR | govern::PLAN;
        self.class(c) & decides != 0 || matches!(&*self.clauses[c].base, "be" | "due")
    }

    /// Says whether the subject or object of a clause means a noun; a relative clause may hang on a noun within its phrase
    /// (`the meeting on rents, which was held`).
    fn means(&self, named: Option<usize>, n: usize, relative: bool) -> bool {
        let Some(mut at) = named else { return false };
        if self.top_noun(at) == n {
            return true;
        }
        if relative {
            for _ in 0..3 {
                // What describes another event is not told of this one.
                if self.is_event_noun(at) {
                    return false;
                }
                match self
                    .head(at)
                    .filter(|_| matches!(self.relation(at), Relation::Nmod | Relation::Conj | Relation::Appos))
                {
                    Some(head) => at = head,
                    None => return false,
                }
                if self.top_noun(at) == n {
                    return true;
                }
            }
        }
        false
    }

    /// Returns the clauses behind a noun that tell something of it as their subject: `talks planned for`, `talks were held`,
    /// `talks, which collapsed`.
    fn clauses_of(&self, top: usize) -> impl Iterator<Item = usize> + '_ {
        let first = self.clauses.partition_point(|c| c.main <= top && !c.copular);
        let first = first.min(self.clauses.partition_point(|c| c.last <= top));
        (first..self.clauses.len()).take(8).filter(move |c| {
            let clause = &self.clauses[*c];
            self.means(clause.subject, top, clause.relative && clause.shape == Shape::Finite)
        })
    }

    /// What clauses say of the event that is their subject.
    fn told_of(&self, top: usize, depth: u32) -> Option<NounStanding> {
        let mut found: Option<NounStanding> = None;
        for c in self.clauses_of(top) {
            let Some(standing) = self.as_subject(c, depth) else { continue };
            let shares_time = self.class(c) & (govern::CANCEL | govern::DENY) == 0;
            let better = found.is_none_or(|f| match f.standing.status {
                Status::Unclear => true,
                Status::Planned => matches!(standing.status, Status::CalledOff | Status::Postponed | Status::Held),
                Status::Postponed => standing.status == Status::Held,
                _ => false,
            });
            if better {
                found = Some(told(standing, Some(c), shares_time));
            }
        }
        // `the talks that the mayor called off`
        if found.is_none_or(|f| f.standing.status == Status::Unclear) {
            let gap = (0..self.clauses.len()).find(|&c| {
                let clause = &self.clauses[c];
                clause.main > top && clause.object == Some(top) && clause.hang == Hang::Noun(top)
            });
            let by = gap
                .filter(|&c| self.decides(c))
                .map(|c| told(self.object(c, depth), Some(c), self.class(c) & ENDS == 0));
            found = by.or(found);
        }
        found
    }

    /// Returns the event noun that a verb tells the taking place of: `the talks were to open`.
    pub(super) fn happening(&self, c: usize) -> Option<usize> {
        let clause = &self.clauses[c];
        let class = self.class(c);
        let happens = class & govern::OCCUR != 0 || clause.passive && class & govern::HOLD != 0;
        clause.subject.filter(|&s| happens && s < clause.main && self.is_event_noun(s))
    }

    /// Returns the clause behind an event noun that says for when it was set: `races that were due last Sunday`.
    fn planned_behind(&self, top: usize, depth: u32) -> Option<usize> {
        self.clauses_of(top).find(|&c| {
            self.class(c) & ENDS == 0 && self.as_subject(c, depth - 1).is_some_and(|s| s.status == Status::Planned)
        })
    }

    /// Returns a second standing of an event that is told off for one day and set for another: `which was not held on
    /// Friday, will be held on Sunday`.
    pub(super) fn set_anew(&self, n: usize, known: &NounStanding) -> Option<(usize, Standing)> {
        if !matches!(known.standing.status, Status::CalledOff | Status::Postponed) {
            return None;
        }
        self.clauses_of(self.top_noun(n)).find_map(|c| {
            let clause = &self.clauses[c];
            let own = clause.shape == Shape::Finite && clause.modal == Some(Modal::Will);
            let happens = self.class(c) & (govern::OCCUR | govern::HOLD) != 0;
            let standing = (own && happens && Some(c) != known.by).then(|| self.of_clause(c, DEPTH))?;
            (standing.status == Status::Planned && !standing.negated).then_some((c, standing))
        })
    }

    /// What a verb says of the event that is its subject.
    fn as_subject(&self, c: usize, depth: u32) -> Option<Standing> {
        if depth == 0 {
            return None;
        }
        let clause = &self.clauses[c];
        let class = self.class(c);
        let own = self.of_clause(c, depth - 1);
        let fact = !own.negated && own.status != Status::Unclear && own.status != Status::Planned;
        let doubted = Standing { status: Status::Unclear, ..own };
        if clause.passive && class & govern::CANCEL != 0 {
            return Some(if fact { CALLED_OFF } else { doubted });
        }
        if clause.passive && class & govern::POSTPONE != 0 {
            return Some(if fact { POSTPONED } else { doubted });
        }
        if clause.passive && class & govern::DENY != 0 {
            return Some(if fact { DENIED } else { NAMED });
        }
        let set = clause.passive && class & govern::PLAN != 0 && clause.modal.is_none() && clause.base != "open";
        if clause.base == "due" || set {
            let told = in_sense("telling", &clause.base) && clause.shape == Shape::Finite;
            return Some(if own.negated {
                REFUSED
            } else if told {
                own
            } else {
                self.completed(c, depth).unwrap_or(PLANNED)
            });
        }
        if clause.passive && class & govern::UNCLEAR != 0 && class & govern::HOLD == 0 {
            return Some(POSSIBLE);
        }
        let happens = class & govern::OCCUR != 0
            || clause.passive && class & govern::HOLD != 0
            || clause.passive && event_verb(&clause.base).is_some();
        // `no arrests have been made`: nothing was called off.
        if clause.subject.is_some_and(|s| self.is_none(s)) {
            return Some(Standing { negated: true, ..NAMED });
        }
        if happens && own.negated && !own.future {
            return Some(CALLED_OFF);
        }
        if clause.base == "be" {
            return self.under_be(c, own);
        }
        // `the report said`: it speaks, nothing more.
        if class & govern::SAY != 0 && !clause.passive {
            return Some(NAMED);
        }
        match own.status {
            Status::Ongoing if clause.relative && !clause.progressive => Some(NAMED),
            Status::Ongoing if class & govern::OCCUR == 0 && !clause.progressive && clause.base != "continue" => {
                Some(NAMED)
            }
            Status::Held if clause.shape == Shape::Participle && class & govern::HOLD == 0 => None,
            _ if own.negated => Some(NAMED),
            _ => Some(own),
        }
    }

    /// `the talks are expected to be cancelled`: the verb that completes the plan ends the event.
    fn completed(&self, c: usize, depth: u32) -> Option<Standing> {
        let lower = (c + 1..self.clauses.len()).find(|&d| self.clauses[d].hang == Hang::Complement(c))?;
        let ends = self.clauses[lower].passive && self.class(lower) & ENDS != 0 && depth > 1;
        ends.then_some(POSSIBLE)
    }

    /// `is under way`, `is off`, `was on Monday`.
    fn under_be(&self, c: usize, own: Standing) -> Option<Standing> {
        let clause = &self.clauses[c];
        // The words behind the copula.
        let copula = if clause.copular { clause.first } else { clause.main };
        let from =
            (copula..=clause.main.max(copula)).rev().find(|n| self.at(*n) == "not" || in_sense("be", self.at(*n)));
        let from = from.unwrap_or(copula);
        let (next, then) = (self.at(from + 1), self.at(from + 2));
        if next == "under" && matches!(then, "way" | "negotiation") || next == "underway" {
            return Some(if clause.past { HELD } else { ONGOING });
        }
        if next == "off" && !own.negated {
            return Some(CALLED_OFF);
        }
        let back = next == "back" && then == "on" || next == "on" && matches!(then, "again" | "." | "track");
        if back || next == "still" && then == "on" {
            return Some(PLANNED);
        }
        if matches!(next, "over" | "complete") {
            return Some(HELD);
        }
        let timed = matches!(next, "on" | "in" | "at" | "for") && in_sense("calendar", then);
        if timed && !clause.past && clause.modal.is_none() {
            return Some(PLANNED);
        }
        match own.status {
            Status::Held if own.negated => Some(NAMED),
            Status::Held if clause.relative => None,
            // `the raid could be a warning`: what it is, not whether it was.
            Status::Ongoing | Status::Unclear => None,
            _ => Some(own),
        }
    }

    /// What a verb says of the event that is its object.
    fn object(&self, c: usize, depth: u32) -> Standing {
        let clause = &self.clauses[c];
        let class = self.class(c);
        let own = self.of_clause(c, depth - 1);
        let fact = own.is_fact();
        let doubted = Standing { status: Status::Unclear, ..own };
        if class & govern::CANCEL != 0 {
            // `was thinking whether to cancel`, `agreed to scrap`: it is not off before somebody calls it off.
            return match own.status {
                _ if fact => CALLED_OFF,
                Status::CalledOff => NAMED,
                _ => doubted,
            };
        }
        if class & govern::POSTPONE != 0 {
            return if fact { POSTPONED } else { doubted };
        }
        if class & govern::DENY != 0 {
            return if fact { DENIED } else { NAMED };
        }
        if class & govern::REFUSE != 0 {
            return if clause.base == "stop" && fact { CALLED_OFF } else { REFUSED };
        }
        if own.negated && in_sense("beholding", &clause.base) {
            // `did not attend the hearing`, which may well have been held.
            return NAMED;
        }
        // `a clue that leads to an arrest`
        if own.status == Status::Ongoing && clause.relative && !clause.progressive {
            return NAMED;
        }
        if class & govern::HOLD != 0 || matches!(&*clause.base, "pass" | "adopt" | "ratify" | "debate" | "take_part") {
            return own;
        }
        if class & govern::PLAN != 0 && class & govern::UNCLEAR == 0 {
            let set = fact || own.status == Status::Planned;
            return if set { PLANNED } else { Standing { negated: own.negated, ..POSSIBLE } };
        }
        if class & govern::CONTINUE != 0 {
            return if own.status == Status::Held { HELD } else { own };
        }
        if class & govern::UNCLEAR != 0 {
            return POSSIBLE;
        }
        if clause.base == "be" {
            return if own.negated { NAMED } else { own };
        }
        if own.status == Status::Held && class & govern::SAY == 0 && event_verb(&clause.base).is_some() {
            return doubted;
        }
        NAMED
    }

    /// `after the talks`, `ahead of the vote`.
    fn behind_preposition(&self, c: usize, top: usize, depth: u32) -> NounStanding {
        let w = self.case(top);
        let class = governs("prep", w);
        if class & govern::BEFORE != 0
            || w == "ahead"
            || w == "of" && self.syntax.children(top).any(|k| self.at(k) == "ahead")
        {
            return told(WANTED, None, false);
        }
        let own = self.of_clause(c, depth - 1);
        let past = own.status == Status::Held && !own.negated;
        if class & govern::HELD != 0 {
            return if past || self.title { told(HELD, None, false) } else { told(NAMED, None, false) };
        }
        let clause = &self.clauses[c];
        if matches!(w, "in" | "at" | "during") && (past || own == PLANNED) {
            return within(c, own);
        }
        // `was on the coast for talks this month`
        if w == "for" && past && clause.base == "be" {
            return within(c, HELD);
        }
        if w == "for" && in_sense("going", &clause.base) {
            return told(WANTED, None, false);
        }
        told(NAMED, None, false)
    }

    /// `a call for talks`, `plans for a march`, `the statement after the raid`.
    fn behind_noun(&self, over: usize, top: usize, depth: u32) -> NounStanding {
        let w = self.case(top);
        let prep = governs("prep", w);
        if prep & govern::BEFORE != 0 {
            return told(WANTED, None, false);
        }
        let clause = self.clause_of(over);
        if prep & govern::HELD != 0 {
            let past = clause.map_or(self.title, |c| self.of_clause(c, depth - 1).is_fact());
            return told(if past { HELD } else { NAMED }, None, false);
        }
        if w != "for" && is_claim(self.at(over)) {
            let denied =
                clause.is_some_and(|c| self.class(c) & govern::DENY != 0 && self.of_clause(c, depth - 1).is_fact());
            return told(if denied { DENIED } else { POSSIBLE }, None, false);
        }
        let class = self.noun_class(over);
        if w != "for" && w != "on" || is_order(self.at(over)) && event_noun(self.at(over)).is_some() {
            // `a meeting in the talks`: nothing is said of it.
            return told(NAMED, None, false);
        }
        if class & govern::UNCLEAR != 0 {
            return told(POSSIBLE, None, false);
        }
        if w == "for" && class & govern::PLAN != 0 {
            let governing = self.noun_at(over, depth - 1);
            let off = matches!(governing.standing.status, Status::CalledOff | Status::Postponed | Status::Denied);
            let doubted = governing.standing.certainty != super::Certainty::Certain || governing.standing.negated;
            let own = if off {
                governing.standing
            } else if doubted {
                POSSIBLE
            } else {
                PLANNED
            };
            return told(own, governing.by.filter(|_| off), false);
        }
        told(NAMED, None, false)
    }
}
