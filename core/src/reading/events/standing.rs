//! How things stand with an event: from tense, modality, negation, and from the verbs and nouns that govern it.

use super::clauses::{Clause, Hang, Modal, Scene, Shape};
use super::{Certainty, Status};
use crate::lang::en::events::{event_noun, event_verb, govern, governs, in_sense};
use crate::lang::en::time::{TimeWord, time_word};
use crate::reading::syntax::{Relation, Upos, Xpos};

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

/// Governors of governors looked over.
pub(super) const DEPTH: u32 = 4;

impl Standing {
    /// Returns the same with the text unsure of it.
    pub(super) fn doubted(self) -> Standing {
        Standing { status: Status::Unclear, certainty: Certainty::Possible, ..self }
    }

    /// Says whether it is told as done or going on.
    pub(super) fn is_fact(self) -> bool {
        !self.negated && matches!(self.status, Status::Held | Status::Ongoing)
    }
}

impl Scene<'_> {
    /// Tells how what a clause tells stands.
    pub(super) fn standing(&self, c: usize) -> Standing {
        self.of_clause(c, DEPTH)
    }

    pub(super) fn of_clause(&self, c: usize, depth: u32) -> Standing {
        let clause = &self.clauses[c];
        if depth == 0 {
            return NAMED;
        }
        let mut own = match clause.shape {
            Shape::Finite if self.stays(c) => ONGOING,
            Shape::Finite => self.hedged(c, self.finite(c)),
            Shape::Participle if self.stays(c) => ONGOING,
            Shape::Participle if self.relation(clause.main) == Relation::Xcomp => return self.governed(c, depth),
            Shape::Participle => HELD,
            Shape::Infinitive => return self.governed(c, depth),
            Shape::Gerund => return self.gerund(c, depth),
        };
        if self.is_condition(c) {
            own = Standing { future: own.future, negated: own.negated, ..POSSIBLE };
        }
        match clause.hang {
            Hang::Content(over) => self.content(own, over, depth),
            // `denied that it had raided and shelled the camp`: one denial for both.
            Hang::Partner(p) if p < c && self.head_of_subject(c).is_none() => match self.clauses[p].hang {
                Hang::Content(over) => self.content(own, over, depth),
                _ if self.is_condition(p) => Standing { future: own.future, negated: own.negated, ..POSSIBLE },
                _ => own,
            },
            Hang::Noun(n) => self.told_by_noun(c, n, own),
            _ => own,
        }
    }

    /// Says whether a participle tells how things stay now: `schools remain closed`, also where the tree takes `stay` for a
    /// noun and the participle for the verb.
    fn stays(&self, c: usize) -> bool {
        let participle = self.clauses[c].main;
        let bare = participle > self.range.start && matches!(self.at(participle - 1), "stay" | "remain");
        let helped = |n: usize| matches!(self.syntax.nodes[n].upos, Upos::Aux | Upos::Part | Upos::Det);
        if bare && self.syntax.nodes[participle - 1].upos == Upos::Noun {
            return participle < self.range.start + 2 || !helped(participle - 2);
        }
        let over = self.head(participle).and_then(|head| self.clause_at(head));
        over.map(|c| &self.clauses[c]).is_some_and(|over| {
            matches!(&*over.base, "stay" | "remain" | "keep")
                && over.shape == Shape::Finite
                && !over.past
                && over.modal.is_none()
        })
    }

    /// Returns the subject that hangs on the verb of a clause itself.
    fn head_of_subject(&self, c: usize) -> Option<usize> {
        let clause = &self.clauses[c];
        clause.subject.filter(|s| self.head(*s) == Some(clause.main))
    }

    /// Says whether a clause is a condition or a question: `if`, `unless`, `whether`; `before` and `until` where what they
    /// open is not told in the past; `had it rained`, with the auxiliary in front.
    fn is_condition(&self, c: usize) -> bool {
        let clause = &self.clauses[c];
        let past = clause.past && clause.modal.is_none();
        let opened = |m: usize| {
            let word = self.at(m);
            in_sense("conditional", word) || !past && matches!(word, "until" | "till" | "before")
        };
        self.is_turned(c) || clause.mark.is_some_and(opened)
    }

    /// Says whether a clause stands in an opening like `Had the talks failed,`: whatever the tree makes of it.
    fn is_turned(&self, c: usize) -> bool {
        let opener = (self.range.start..self.range.end).find(|n| !in_sense("quotes", self.at(*n)));
        let opener = opener.filter(|n| matches!(self.at(*n), "had" | "were" | "should"));
        opener.is_some_and(|from| {
            let comma = (from..self.range.end).find(|n| self.at(*n) == ",");
            comma.is_some_and(|comma| self.clauses[c].main < comma)
        })
    }

    /// Says whether a clause holds only on a condition: `will strike if the talks fail`.
    fn is_conditional(&self, c: usize) -> bool {
        let opens = |n: usize| self.relation(n) == Relation::Mark && matches!(self.at(n), "if" | "unless");
        let main = self.clauses[c].main;
        let mut circumstances = self.syntax.children(main).filter(|n| self.relation(*n) == Relation::Advcl);
        circumstances.any(|n| self.syntax.children(n).any(opens))
    }

    fn finite(&self, c: usize) -> Standing {
        let clause = &self.clauses[c];
        if clause.subject.is_some_and(|s| self.is_none(s)) && clause.modal.is_none() {
            return DENIED;
        }
        let mut own = match clause.modal {
            Some(Modal::Will | Modal::Would) if self.is_conditional(c) => POSSIBLE,
            // `was to have been run`: set, and the text leaves open what came of it.
            Some(Modal::Will) if clause.perfect && !(clause.past && clause.passive) => WANTED,
            Some(Modal::Will) => PLANNED,
            Some(Modal::Would) if !clause.perfect && self.is_reported(c) => PLANNED,
            Some(Modal::Would) => POSSIBLE,
            // `can hold 500 people` tells what is so.
            Some(Modal::May) if self.at(clause.first) == "can" && !clause.perfect => NAMED,
            Some(Modal::May) => POSSIBLE,
            Some(Modal::Must) => WANTED,
            None if clause.progressive && !clause.past && !clause.perfect => ONGOING,
            None if clause.past || clause.perfect => HELD,
            // `drivers are dismissed` tells what was done, `the road is closed` how things stand.
            None if clause.passive && is_done_at_once(&clause.base) => HELD,
            None => ONGOING,
        };
        if self.is_command(c) {
            return WANTED;
        }
        // `who will win`
        let open = clause.modal == Some(Modal::Will)
            && !clause.relative
            && clause.subject.is_some_and(|s| matches!(self.at(s), "who" | "what" | "which"));
        if open || self.is_asked(c) {
            own = own.doubted();
        }
        if clause.negated {
            own.negated = true;
            own.status = Status::Unclear;
        }
        own
    }

    /// `Keep the door shut`: a base form without a subject; a headline has none.
    fn is_command(&self, c: usize) -> bool {
        let clause = &self.clauses[c];
        let bare = !clause.helped && !clause.copular && clause.subject.is_none() && !self.title;
        bare && self.syntax.nodes[clause.main].xpos == Xpos::Vb
    }

    /// Says whether a clause asks whether it is so: an auxiliary stands before the subject, a question mark at the end.
    fn is_asked(&self, c: usize) -> bool {
        let clause = &self.clauses[c];
        let asks = (self.range.start..self.range.end).rev().take(2).any(|n| self.at(n) == "?");
        asks && clause.helped && clause.subject.is_some_and(|s| clause.first < s) && clause.mark.is_none()
    }

    /// What an adverb says of how sure it is: `allegedly`, `probably`.
    fn hedged(&self, c: usize, own: Standing) -> Standing {
        let adverb = |class: &str| {
            let mut children = self.syntax.children(self.clauses[c].main);
            children.any(|n| self.relation(n) == Relation::Advmod && in_sense(class, self.at(n)))
        };
        if adverb("doubtful") {
            own.doubted()
        } else if adverb("likely") && own.certainty == Certainty::Certain {
            Standing { certainty: Certainty::Probable, ..own }
        } else {
            own
        }
    }

    /// Says whether `would` is the past of `will`: the clause is what somebody said or planned.
    fn is_reported(&self, c: usize) -> bool {
        let told = |d: usize| {
            governs("verb", &self.clauses[d].base) & (govern::SAY | govern::PLAN) != 0 && !self.clauses[d].negated
        };
        let mut at = c;
        for _ in 0..DEPTH {
            at = match self.clauses[at].hang {
                Hang::Content(d) | Hang::Complement(d) | Hang::Partner(d) | Hang::Circumstance(d) => d,
                Hang::Noun(n) => match self.clause_of(n) {
                    Some(d) => d,
                    None => return false,
                },
                Hang::Main => break,
            };
            if told(at) {
                return true;
            }
        }
        // `The talks would open on Monday, he said`, where the tree hangs the saying on what is said.
        let main = Some(self.clauses[c].main);
        (0..self.clauses.len()).any(|d| self.head(self.clauses[d].main) == main && self.says(d))
    }

    /// Says whether a noun says that there is none: `no such letter`, `nobody`.
    pub(super) fn is_none(&self, noun: usize) -> bool {
        let none = |n: usize| matches!(self.at(n), "no" | "none" | "nobody" | "nothing" | "neither");
        none(noun) || self.syntax.children(noun).take_while(|n| *n < noun).any(|n| none(n) && self.at(n + 1) != "doubt")
    }

    /// What somebody denies, fears or demands is not told as a fact.
    fn content(&self, own: Standing, over: usize, depth: u32) -> Standing {
        let class = self.class(over);
        let lead = self.of_clause(over, depth - 1);
        if class & govern::DENY != 0 && !lead.negated {
            return DENIED;
        }
        let said = class & govern::SAY != 0;
        let unsure = class & govern::UNCLEAR != 0 || lead.certainty != Certainty::Certain;
        if lead.negated || unsure && !said { own.doubted() } else { own }
    }

    /// `denied reports that`, `fears that`: what a claim holds is as sure as the claim.
    fn told_by_noun(&self, c: usize, noun: usize, own: Standing) -> Standing {
        let content = self.clauses[c].mark.is_some_and(|m| self.at(m) == "that")
            || self.relation(self.clauses[c].main) == Relation::Ccomp;
        if !content || !is_claim(self.at(noun)) {
            return own;
        }
        match self.clause_of(noun) {
            Some(over) if self.class(over) & govern::DENY != 0 => DENIED,
            _ => own.doubted(),
        }
    }

    /// Says whether a verb is followed by the day to which something goes: `to Tuesday`, `to 20 May`, `until next week`.
    fn goes_to_day(&self, c: usize) -> bool {
        /// Words that may lie between: "the hearing on the tap water of the town from Friday".
        const NEAR: usize = 14;
        let is_day = |n: usize| {
            let word = (n < self.range.end).then(|| time_word(self.at(n))).flatten();
            matches!(word, Some(TimeWord::Month(_) | TimeWord::Weekday(_) | TimeWord::Unit(_)))
        };
        let opens = |n: usize| {
            let word = self.at(n);
            word.starts_with(|c: char| c.is_ascii_digit()) || matches!(word, "next" | "the" | "early" | "late" | "mid")
        };
        let behind = self.clauses[c].last + 1..self.range.end.min(self.clauses[c].last + 1 + NEAR);
        behind
            .take_while(|&n| !matches!(self.at(n), "," | ";" | ":" | "and" | "but"))
            .filter(|&n| matches!(self.at(n), "to" | "until" | "till") && n + 1 < self.range.end)
            .any(|n| is_day(n + 1) || opens(n + 1) && is_day(n + 2))
    }

    /// Returns how the verb of a clause governs.
    pub(super) fn class(&self, c: usize) -> u16 {
        let clause = &self.clauses[c];
        if clause.base == "due" {
            return govern::PLAN;
        }
        let class = governs("verb", &clause.base);
        match &*clause.base {
            // `dismissed as invention`, `dismissed the claims`: else somebody was sacked, something voted down.
            "dismiss" | "reject" => {
                let denies = (clause.last + 1..clause.last + 7).any(|n| self.at(n) == "as" || is_claim(self.at(n)));
                if denies { govern::DENY } else { 0 }
            }
            // `called the cancellation a mistake` calls nothing together; `came to nothing` took no place.
            "call" => {
                let called = if clause.passive { clause.subject } else { clause.object };
                let convened = called.and_then(|n| event_noun(self.at(n))).is_some_and(|named| {
                    matches!(named.kind, "meeting" | "vote" | "strike" | "protest" | "statement" | "inquiry")
                });
                let named = self.syntax.child(clause.main, Relation::Xcomp).is_some();
                if convened && !named { class } else { 0 }
            }
            "come" if self.arguments(c).any(|n| self.case(n) == "to") => 0,
            // `moved the talks from Friday to Tuesday`: only from one day to another.
            "move" | "shift" | "switch" if self.goes_to_day(c) => govern::POSTPONE,
            // `committed suicide`
            "commit" if clause.object.is_some() => govern::HOLD,
            "lift" | "drop" | "withdraw" => {
                let order = |n: usize| is_order(self.at(n));
                let ends = clause.object.is_some_and(order)
                    || clause.passive && clause.subject.is_some_and(order)
                    || clause.base == "withdraw" && self.arguments(c).any(|n| self.case(n) == "from");
                if ends { govern::CANCEL } else { 0 }
            }
            _ => class,
        }
    }

    /// Returns the nouns that hang on the verb of a clause: subject, object, and what has a preposition.
    pub(super) fn arguments(&self, c: usize) -> impl Iterator<Item = usize> + '_ {
        use Relation::{Dep, Dislocated, Iobj, Nmod, Nsubj, NsubjOuter, NsubjPass, Obj, Obl, OblAgent, OblUnmarked};
        self.syntax.children(self.clauses[c].main).filter(|n| {
            matches!(
                self.relation(*n),
                Nsubj | NsubjPass | NsubjOuter | Obj | Iobj | Obl | OblAgent | OblUnmarked | Nmod | Dislocated | Dep
            )
        })
    }

    fn governed(&self, c: usize, depth: u32) -> Standing {
        let clause = &self.clauses[c];
        let own = match clause.hang {
            Hang::Complement(p) | Hang::Content(p) => self.under_verb(p, depth),
            Hang::Circumstance(p) => {
                // `cancelled the trip to save money`: the purpose is not called off.
                let asked = self.class(p) & (govern::PLAN | govern::UNCLEAR) != 0;
                if asked { self.under_verb(p, depth) } else { WANTED }
            }
            // `one of the youngest to be charged`
            Hang::Noun(n) if self.syntax.nodes[n].xpos == Xpos::Jjs => NAMED,
            // `a meeting to be held on Friday`
            Hang::Noun(n) if clause.passive && self.noun_class(n) & govern::UNCLEAR == 0 => PLANNED,
            Hang::Noun(n) => self.under_noun(n, depth),
            Hang::Partner(p) if p < c => self.of_clause(p, depth - 1),
            // `Dockers to strike on Monday`: how headlines write what is set.
            Hang::Main if clause.subject.is_some() => PLANNED,
            _ => WANTED,
        };
        if clause.negated { Standing { negated: true, status: Status::Unclear, ..own } } else { own }
    }

    fn under_verb(&self, p: usize, depth: u32) -> Standing {
        let clause = &self.clauses[p];
        let class = self.class(p);
        let lead = self.of_clause(p, depth - 1);
        let fact = lead.status != Status::Unclear && lead.status != Status::Denied && !lead.negated;
        let base = &*clause.base;
        if base == "go" && clause.progressive {
            return if lead.negated { REFUSED } else { PLANNED };
        }
        if base == "have" {
            return WANTED;
        }
        if matches!(self.at(clause.main), "likely") {
            return Standing { certainty: Certainty::Probable, ..POSSIBLE };
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
            return if in_sense("enabling", base) { WANTED } else { POSSIBLE };
        }
        if in_sense("aspect", base) && fact {
            return lead;
        }
        WANTED
    }

    fn under_noun(&self, noun: usize, depth: u32) -> Standing {
        let class = self.noun_class(noun);
        let governing = self.noun_at(noun, depth - 1).standing;
        if matches!(governing.status, Status::CalledOff | Status::Postponed | Status::Denied) {
            return governing;
        }
        if class & govern::PLAN != 0 && class & govern::UNCLEAR == 0 {
            let doubted = governing.certainty != Certainty::Certain || governing.negated;
            return if doubted { POSSIBLE } else { PLANNED };
        }
        // `the first to leave` has left.
        let first = |n: usize| matches!(self.at(n), "first" | "last" | "only");
        if first(noun) || self.syntax.children(noun).any(first) {
            return NAMED;
        }
        if class & govern::UNCLEAR != 0 { POSSIBLE } else { WANTED }
    }

    /// Returns how a noun governs what hangs on it.
    pub(super) fn noun_class(&self, noun: usize) -> u16 {
        let word = self.at(noun);
        governs("noun", word) | governs("noun", word.strip_suffix('s').unwrap_or(word))
    }

    fn gerund(&self, c: usize, depth: u32) -> Standing {
        let clause = &self.clauses[c];
        let opener = clause.mark.map_or_else(|| self.case(clause.main), |m| self.at(m));
        if matches!(opener, "before" | "without" | "against" | "instead" | "from" | "than") {
            return POSSIBLE;
        }
        if matches!(opener, "after" | "since" | "by" | "following") {
            return HELD;
        }
        if matches!(self.relation(clause.main), Relation::Csubj | Relation::Nsubj | Relation::CsubjPass) {
            // `selling it would be an error`: an idea.
            return Standing { certainty: Certainty::Possible, ..NAMED };
        }
        let over = match clause.hang {
            Hang::Complement(p) | Hang::Content(p) | Hang::Circumstance(p) => p,
            Hang::Partner(p) if p < c => return self.of_clause(p, depth - 1),
            Hang::Noun(n) => return self.gerund_of_noun(n, opener, depth),
            _ => return NAMED,
        };
        let class = self.class(over);
        let lead = self.of_clause(over, depth - 1);
        let tied = !matches!(clause.hang, Hang::Circumstance(_)) || !opener.is_empty();
        if class & govern::DENY != 0 && tied {
            return DENIED;
        }
        if in_sense("accusing", &self.clauses[over].base) && tied {
            return POSSIBLE;
        }
        if class & (govern::UNCLEAR | govern::PLAN) != 0 && tied {
            return POSSIBLE;
        }
        if class & govern::REFUSE != 0 && tied {
            return REFUSED;
        }
        if class & govern::CANCEL != 0 && tied {
            return CALLED_OFF;
        }
        if lead.is_fact() { lead } else { Standing { status: Status::Unclear, ..lead } }
    }

    /// `troops encircling the town` goes on while the clause is told; `the risk of losing it` is a risk.
    fn gerund_of_noun(&self, noun: usize, opener: &str, depth: u32) -> Standing {
        let class = self.noun_class(noun);
        if !opener.is_empty() && is_claim(self.at(noun)) {
            let denied = self.clause_of(noun).is_some_and(|over| self.class(over) & govern::DENY != 0);
            return if denied { DENIED } else { POSSIBLE };
        }
        if !opener.is_empty() && class & (govern::UNCLEAR | govern::PLAN) != 0 {
            return POSSIBLE;
        }
        let lead = self.clause_of(noun).map_or(NAMED, |over| self.of_clause(over, depth - 1));
        if lead.is_fact() { lead } else { Standing { status: Status::Unclear, ..lead } }
    }
}

/// Says whether a noun names what somebody claims: `reports that`.
pub(super) fn is_claim(w: &str) -> bool {
    in_sense("claims", w.strip_suffix('s').unwrap_or(w)) || w == "news"
}

/// Says whether a noun is an order or a plan, which can itself be lifted.
pub(super) fn is_order(w: &str) -> bool {
    in_sense("orders", w) || in_sense("orders", w.strip_suffix('s').unwrap_or(w))
}

/// Says whether a verb commits whoever is its subject.
pub(super) fn is_commitment(clause: &Clause<'_>) -> bool {
    in_sense("commitments", &clause.base)
}

/// Says whether what a verb names is over as soon as it is done: its present passive tells a deed.
fn is_done_at_once(base: &str) -> bool {
    let kind = event_verb(base).map_or("", |named| named.kind);
    let done = matches!(
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
    );
    done && !matches!(base, "detain" | "try" | "besiege" | "encircle")
}
