//! Repairs of clauses where the tree breaks a rule of English that has no exceptions in news prose.

use super::clauses::{Clause, Hang, Scene, Shape};
use crate::lang::en::events::{event_noun, form, govern, governs, in_sense, verb};
use crate::reading::syntax::{Relation, Upos, Xpos};

/// Says whether a verb is one of saying.
pub(super) fn is_saying(base: &str) -> bool {
    governs("verb", base) & govern::SAY != 0
}

impl Scene<'_> {
    /// Drops nouns that the parser took for verbs. A present tense in the third person without a subject, within another
    /// clause, is one: `dismissed as gossip ⟦reports⟧ that`.
    pub(super) fn drop_nouns(&mut self) {
        let before = self.clauses.len();
        let (syntax, words, end, title) = (self.syntax, self.words, self.range.end, self.title);
        let saying: Vec<usize> = self.clauses.iter().filter(|c| is_saying(&c.base)).map(|c| c.main).collect();
        self.clauses.retain(|c| {
            // `off ⟦pay⟧ talks`: a base form that nothing helps, before an event noun.
            let bare = matches!(syntax.nodes[c.main].xpos, Xpos::Vb | Xpos::Vbp) && !c.helped && c.first == c.main;
            if bare && c.main + 1 < end {
                let word = |n: usize| words.lower_at(syntax.nodes[n].span);
                let noun = syntax.nodes[c.main + 1].upos == Upos::Noun && event_noun(word(c.main + 1)).is_some();
                if noun && (event_noun(word(c.main)).is_some() || in_sense("wages", word(c.main))) {
                    return false;
                }
            }
            let node = syntax.nodes[c.main];
            // `but ⟦dismissed⟧ drivers return`: headlines tell in the present, their participles describe.
            let open = c.subject.is_none() && !c.helped && !c.copular;
            if title && open && c.object.is_some() && matches!(node.xpos, Xpos::Vbd | Xpos::Vbn) {
                return false;
            }
            // `told ⟦visiting⟧ senators`
            if open && node.xpos == Xpos::Vbg && c.main > 0 && saying.contains(&(c.main - 1)) {
                return false;
            }
            let joined =
                matches!(node.relation, Relation::Conj | Relation::Root | Relation::Parataxis | Relation::AclRelcl);
            node.xpos != Xpos::Vbz || c.subject.is_some() || c.copular || c.helped || joined
        });
        if self.clauses.len() < before {
            self.number();
        }
    }

    /// A sentence has a verb with tense: where the tree has a noun for its root, the first past form that describes it
    /// tells what it did (`the guild, an ally of the mayor, ⟦abstained⟧`).
    pub(super) fn mend_rootless(&mut self) {
        if self.clauses.iter().any(|c| c.shape == Shape::Finite && matches!(c.hang, Hang::Main | Hang::Partner(_))) {
            return;
        }
        let root = self.range.clone().find(|n| self.head(*n).is_none());
        // `Dockers to strike on Monday`: how headlines write what is set.
        let set = |c: &Clause<'_>| {
            c.shape == Shape::Infinitive && root.is_some_and(|r| c.hang == Hang::Noun(r) && c.first == r + 1)
        };
        let open = self.at(self.range.end - 1) != ".";
        if let Some(c) = self.clauses.iter().position(set).filter(|_| open) {
            (self.clauses[c].hang, self.clauses[c].subject) = (Hang::Main, root);
            return;
        }
        if self.title {
            return;
        }
        let past = |c: &Clause<'_>| {
            let forms = verb(self.at(c.main)).map_or(form::PAST, |v| v.forms);
            let set_off = c.main > self.range.start && self.at(c.main - 1) == ",";
            let described = root.is_some_and(|r| c.hang == Hang::Noun(r)) || set_off;
            c.shape == Shape::Participle && described && forms & form::PAST != 0
        };
        if let Some(c) = self.clauses.iter().position(past) {
            let clause = &mut self.clauses[c];
            (clause.shape, clause.hang, clause.past, clause.passive) = (Shape::Finite, Hang::Main, true, false);
            clause.subject = root.or(clause.subject);
        }
    }

    /// Two verbs with one subject and no word that joins them: the first only describes the subject, whatever the tree
    /// says (`the guards ⟦dismissed⟧ last week are to return`).
    pub(super) fn mend_reduced(&mut self, c: usize) {
        let clause = &self.clauses[c];
        let first = clause.shape == Shape::Finite
            && !clause.helped
            && clause.past
            && clause.subject.is_some_and(|s| s < clause.main && self.relation(s) != Relation::Expl)
            && verb(self.at(clause.main)).is_some_and(|v| v.forms & form::PARTICIPLE != 0);
        if !first {
            return;
        }
        let reach = self.syntax.subtree(clause.main);
        let second = (c + 1..self.clauses.len()).find(|&d| {
            let other = &self.clauses[d];
            reach.contains(&other.main) && other.helped && other.shape == Shape::Finite
        });
        let Some(second) = second else { return };
        let other = &self.clauses[second];
        let joined = (clause.main + 1..other.first).any(|n| {
            matches!(self.relation(n), Relation::Cc | Relation::Mark | Relation::Punct)
                || matches!(self.at(n), "who" | "which" | "that" | "what" | "when" | "where")
        });
        // `drills set for 4 July were scrapped`: a day is no subject.
        let subject = other.subject.is_some_and(|s| {
            s > clause.main && s < other.first && self.head(s) == Some(other.main) && !in_sense("calendar", self.at(s))
        });
        if joined || subject || other.mark.is_some() {
            return;
        }
        let (subject, hang) = (clause.subject, clause.hang);
        let own = &mut self.clauses[c];
        (own.shape, own.passive, own.past) = (Shape::Participle, own.object.is_none(), false);
        own.hang = subject.map_or(Hang::Main, Hang::Noun);
        let other = &mut self.clauses[second];
        (other.subject, other.hang) = (subject, hang);
    }
}
