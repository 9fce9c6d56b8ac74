//! What a noun is to the clause it stands in: subject, object, behind a preposition, on another noun.

use super::clauses::{CLIMB, Hang, Scene};
use super::standing::is_claim;
use crate::lang::en::events::in_sense;
use crate::reading::syntax::Relation;

/// What a noun is to what it hangs on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Role {
    /// Of a clause.
    Subject(usize),
    /// Of a clause; also behind the preposition that the verb takes: `called for talks`.
    Object(usize),
    /// Behind a preposition, of a clause.
    Oblique(usize),
    /// The predicate of a clause: `it was a raid`; also what is coordinated with a verb, and so is one: `will meet and vote`.
    Predicate(usize),
    /// It hangs on another noun.
    Noun(usize),
    /// None of these.
    Loose,
}

impl Scene<'_> {
    /// Climbs from a noun to the one that stands for it in its clause: over coordination and words like `round of`.
    pub(super) fn top_noun(&self, n: usize) -> usize {
        let mut at = n;
        for _ in 0..CLIMB {
            let Some(head) = self.head(at) else { break };
            let verb = self.clause_at(head).is_some_and(|c| !self.clauses[c].copular);
            let climbs = match self.relation(at) {
                Relation::Conj | Relation::Appos => !verb,
                Relation::Nmod => !verb && self.case(at) == "of" && in_sense("portions", self.at(head)),
                _ => false,
            };
            if !climbs {
                break;
            }
            at = head;
        }
        at
    }

    pub(super) fn role(&self, top: usize) -> Role {
        use Relation::*;
        if let Some(c) = self
            .clause_at(top)
            .filter(|c| self.clauses[*c].copular && self.clauses[*c].main == top && self.clauses[*c].base != "due")
        {
            return Role::Predicate(c);
        }
        let Some(head) = self.head(top) else { return Role::Loose };
        let Some(c) = self.clause_at(head) else {
            return match self.relation(top) {
                // The head was taken for a verb by the parser: `called off ⟦pay⟧ talks`.
                Obj if self.relation(head) != Obj && self.head(head).is_some() => self.role(head),
                // `answers questions about the water at a hearing`: where it is done, whatever the tree hangs it on.
                Nmod if matches!(self.case(top), "at" | "during") => {
                    self.clause_over(head).map_or(Role::Noun(head), Role::Oblique)
                }
                Nmod | NmodPoss | NmodDesc | Obl | Dep => Role::Noun(head),
                _ => Role::Loose,
            };
        };
        match self.relation(top) {
            Nsubj | NsubjPass | NsubjOuter => Role::Subject(c),
            Obj | Iobj => Role::Object(c),
            Conj if !self.clauses[c].copular => Role::Predicate(c),
            Xcomp | Ccomp | Dep if self.case(top).is_empty() => Role::Object(c),
            Obl | OblUnmarked | Nmod if self.goes_with(c, self.case(top)) => Role::Object(c),
            Obl if self.case(top) == "about" => self.claim_over(c).map_or(Role::Oblique(c), Role::Noun),
            Obl | OblUnmarked | Advcl => Role::Oblique(c),
            Nmod if self.clauses[c].copular && self.case(head).is_empty() => Role::Noun(head),
            Nmod | OblAgent => Role::Oblique(c),
            _ => Role::Loose,
        }
    }

    /// Returns the clause of the verb that a noun hangs on as object or complement, over the nouns between.
    fn clause_over(&self, n: usize) -> Option<usize> {
        let mut at = n;
        for _ in 0..CLIMB {
            let over = matches!(self.relation(at), Relation::Obj | Relation::Obl | Relation::Nmod);
            at = self.head(at).filter(|_| over)?;
            if let Some(c) = self.clause_at(at) {
                return Some(c);
            }
        }
        None
    }

    /// Returns the claim that a relative clause describes: `the news that went round about the sending of troops`.
    fn claim_over(&self, c: usize) -> Option<usize> {
        match self.clauses[c].hang {
            Hang::Noun(n) if is_claim(self.at(n)) => Some(n),
            _ => None,
        }
    }

    /// Says whether a preposition belongs to the verb, so that what follows is its object: `call for`, `insist on`.
    fn goes_with(&self, c: usize, preposition: &str) -> bool {
        // `called ⟦off⟧ rent talks`, where the tree takes the verb's particle for the noun's preposition.
        if self.clauses[c].base.split_once('_').is_some_and(|(_, particle)| particle == preposition) {
            return true;
        }
        match &*self.clauses[c].base {
            "pull_out" => matches!(preposition, "from" | "of"),
            "withdraw" => preposition == "from",
            "call" | "ask" | "press" | "push" | "appeal" | "prepare" | "plan" | "hope" | "wait" | "opt" | "plead"
            | "beg" | "campaign" | "call_for" => preposition == "for",
            "insist" | "decide" => preposition == "on",
            // `fixed Tuesday for the hearing`
            "fix" | "set" | "reserve" | "schedule" => preposition == "for",
            "take" | "take_part" | "join" | "participate" | "engage" => preposition == "in",
            "agree" | "commit" | "lead" => preposition == "to",
            "go_ahead" | "proceed" => preposition == "with",
            "consist" | "accuse" | "suspect" => preposition == "of",
            "deny" | "dismiss" | "reject" => preposition == "as",
            _ => false,
        }
    }
}
