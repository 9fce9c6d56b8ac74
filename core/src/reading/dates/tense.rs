//! Whether the clause around a time looks back or ahead, from the verb that governs it in the tree of its sentence.

use crate::lang::en::time::{TenseWord, tense_word};
use crate::reading::syntax::{Node, Relation, Syntax, Xpos};
use crate::text::{Span, Text};

/// Where a clause looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tense {
    /// "met on Thursday".
    Past,
    /// "will meet on Thursday".
    Future,
    /// "was to meet on Thursday": ahead then, and who knows now; the nearest is meant.
    Near,
    /// Nothing tells.
    Unknown,
}

/// Prepositions that make a time a goal: "put off until Thursday", "set for May".
const GOALS: [&str; 8] = ["until", "till", "til", "for", "to", "by", "through", "from"];

/// How many heads up a governing verb is looked for.
const CLIMB: usize = 8;

/// Says where the clause of a time expression looks.
pub(super) fn of(text: &Text, syntax: &Syntax, span: Span) -> Tense {
    let trees = Trees { text, syntax };
    let inside = syntax.inside(span);
    let Some(mut node) = syntax.top(inside.clone()) else { return Tense::Unknown };
    let sentence = syntax.sentences.get(trees.at(node).sentence as usize).cloned().unwrap_or_default();
    let before = inside.start.checked_sub(1).filter(|n| sentence.contains(n)).map(|n| trees.lower(n));
    let as_soon_as = before.as_deref() == Some("as")
        && inside.start.checked_sub(2).is_some_and(|n| matches!(trees.lower(n).as_str(), "soon" | "early" | "late"));
    if as_soon_as || matches!(before.as_deref(), Some("starting" | "beginning" | "effective")) {
        return Tense::Future;
    }
    let gone = || inside.end < sentence.end && trees.tells_past(inside.end);
    let mut goal = trees.goal(node) || before.as_deref().is_some_and(|w| GOALS.contains(&w));
    let mut owned = false;
    for _ in 0..CLIMB {
        if trees.is_predicate(node) {
            let verdict = match trees.verdict(node, goal) {
                // "Monday's talks" that somebody called off may lie ahead; those that somebody will discuss may be over.
                Tense::Past if owned && trees.calls_off(node) => Tense::Near,
                Tense::Future if owned => Tense::Near,
                // "Talks planned for Tuesday never took place."
                Tense::Future if gone() => Tense::Near,
                verdict => verdict,
            };
            if verdict != Tense::Unknown || trees.is_finite(node) {
                return verdict;
            }
        } else if trees.is_planned(node) {
            return if trees.above(node) == Tense::Past { Tense::Near } else { Tense::Future };
        }
        let at = trees.at(node);
        let Some(head) = at.head else { return Tense::Unknown };
        owned |= matches!(at.relation, Relation::NmodPoss | Relation::Compound | Relation::NmodUnmarked);
        // "The figures for May set a record": not set for May.
        goal &= !matches!(at.relation, Relation::Nsubj);
        node = head as usize;
    }
    Tense::Unknown
}

/// The trees of a text and its words.
#[derive(Clone, Copy)]
struct Trees<'a> {
    text: &'a Text,
    syntax: &'a Syntax,
}

impl Trees<'_> {
    fn at(&self, node: usize) -> Node {
        self.syntax.nodes[node]
    }

    fn lower(&self, node: usize) -> String {
        self.text.get(self.at(node).span).to_lowercase()
    }

    /// Says whether a word is a verb or auxiliary of the past, or "never".
    fn tells_past(&self, node: usize) -> bool {
        self.at(node).xpos == Xpos::Vbd || self.lower(node) == "never"
    }

    /// Says whether a noun is called planned: "the scheduled visit in May".
    fn is_planned(&self, node: usize) -> bool {
        let planned = |n: usize| {
            matches!(self.at(n).relation, Relation::Amod | Relation::Compound) && self.word(n) == Some(TenseWord::Plan)
        };
        self.syntax.children(node).any(planned)
    }

    /// Returns what the verb or adjective of a node tells.
    fn word(&self, node: usize) -> Option<TenseWord> {
        tense_word(&self.syntax.lemma(self.text, node)).or_else(|| tense_word(&self.lower(node)))
    }

    /// Says whether a time is where something is put: "until Thursday".
    fn goal(&self, node: usize) -> bool {
        let preposition = |n: usize| {
            matches!(self.at(n).relation, Relation::Case | Relation::Mark | Relation::Advmod)
                && GOALS.contains(&self.lower(n).as_str())
        };
        self.syntax.children(node).any(preposition)
    }

    fn is_predicate(&self, node: usize) -> bool {
        is_verb(self.at(node).xpos) || self.syntax.child(node, Relation::Cop).is_some()
    }

    /// Returns the auxiliaries of a verb, the copula of another word.
    fn auxiliaries(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        use Relation::{Aux, AuxPass, Cop};
        self.syntax.children(node).filter(|n| matches!(self.at(*n).relation, Aux | AuxPass | Cop))
    }

    fn is_finite(&self, node: usize) -> bool {
        let first = self.auxiliaries(node).next().unwrap_or(node);
        matches!(self.at(first).xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md)
    }

    fn calls_off(&self, node: usize) -> bool {
        self.word(node) == Some(TenseWord::Off)
            || self.syntax.child(node, Relation::CompoundPrt).is_some_and(|n| self.lower(n) == "off")
    }

    /// Says where a predicate looks by itself; `goal` where it may be put for a time.
    fn verdict(&self, node: usize, goal: bool) -> Tense {
        if self.syntax.children(node).any(|n| self.at(n).xpos == Xpos::To && self.at(n).relation == Relation::Mark) {
            return self.infinitive(node, goal);
        }
        let word = self.word(node);
        let planned = word == Some(TenseWord::Plan) || goal && matches!(word, Some(TenseWord::Put | TenseWord::Off));
        let Some(first) = self.auxiliaries(node).next() else { return self.bare(node, planned, word) };
        let perfect = self.auxiliaries(node).any(|n| matches!(self.lower(n).as_str(), "have" | "'ve" | "’ve"));
        match (self.at(first).xpos, self.at(node).xpos) {
            (Xpos::Md, _) => match self.lower(first).as_str() {
                _ if perfect => Tense::Past,
                "could" | "can" if self.syntax.is_negated(self.text, node) => Tense::Unknown,
                _ => Tense::Future,
            },
            (Xpos::Vbd, _) if planned => Tense::Near,
            (Xpos::Vbd, _) => Tense::Past,
            (_, _) if planned => Tense::Future,
            (Xpos::Vbz | Xpos::Vbp, _) if matches!(self.lower(first).as_str(), "has" | "have" | "'ve" | "’ve") => {
                Tense::Past
            }
            (Xpos::Vbz | Xpos::Vbp, Xpos::Vbg) => Tense::Future,
            // "The vote is on Sunday."
            (Xpos::Vbz | Xpos::Vbp, form) if self.at(first).relation == Relation::Cop && !is_verb(form) => {
                let time = matches!(form, Xpos::Nnp | Xpos::Nnps | Xpos::Cd);
                if time { Tense::Future } else { Tense::Unknown }
            }
            _ => Tense::Unknown,
        }
    }

    /// Where a verb without auxiliary looks.
    fn bare(&self, node: usize, planned: bool, word: Option<TenseWord>) -> Tense {
        let at = self.at(node);
        match at.xpos {
            Xpos::Vbd | Xpos::Vbn if planned => {
                // "The march planned for Saturday was called off."
                let told = at.head.filter(|_| matches!(at.relation, Relation::Acl | Relation::Amod));
                let gone = told.is_some_and(|noun| self.above(noun as usize) == Tense::Past);
                if gone { Tense::Near } else { Tense::Future }
            }
            Xpos::Vbd => Tense::Past,
            Xpos::Vbn if at.relation == Relation::Conj => self.conjoined(at),
            Xpos::Vbn if matches!(at.relation, Relation::Amod | Relation::Advcl) => Tense::Unknown,
            Xpos::Vbn => Tense::Past,
            Xpos::Vbz | Xpos::Vbp if matches!(word, Some(TenseWord::Opens | TenseWord::Both)) => Tense::Future,
            Xpos::Vb | Xpos::Vbg if at.relation == Relation::Conj => self.conjoined(at),
            _ => Tense::Unknown,
        }
    }

    /// "will meet and ⟦vote⟧": the auxiliary of the first holds for both.
    fn conjoined(&self, at: Node) -> Tense {
        at.head.map_or(Tense::Unknown, |first| self.verdict(first as usize, false))
    }

    /// Where the clause looks that a noun stands in.
    fn above(&self, mut node: usize) -> Tense {
        for _ in 0..CLIMB {
            let Some(head) = self.at(node).head else { return Tense::Unknown };
            node = head as usize;
            if self.is_predicate(node) {
                return self.verdict(node, false);
            }
        }
        Tense::Unknown
    }

    /// "agreed to meet" looks ahead, "failed to meet" back, "was to meet" nowhere yet.
    fn infinitive(&self, node: usize, goal: bool) -> Tense {
        let perfect = self.auxiliaries(node).any(|n| self.lower(n) == "have");
        let at = self.at(node);
        // "were to have been held": all auxiliaries hang on the verb.
        if self.auxiliaries(node).any(|n| self.at(n).xpos == Xpos::Vbd) {
            return Tense::Near;
        }
        let Some(head) = at.head.map(|h| h as usize) else { return Tense::Future };
        let past = self.above(node) == Tense::Past || self.at(head).xpos == Xpos::Vbd;
        let word = self.word(head);
        let was = self.auxiliaries(head).any(|n| self.at(n).xpos == Xpos::Vbd);
        let to_be =
            self.syntax.lemma(self.text, head) == "be" || self.auxiliaries(node).any(|n| self.at(n).xpos == Xpos::Vbd);
        match word {
            _ if to_be && (was || past) => Tense::Near,
            Some(TenseWord::Plan) if was => Tense::Near,
            _ if perfect => Tense::Past,
            Some(TenseWord::Done | TenseWord::Both) if is_verb(self.at(head).xpos) => {
                if past {
                    Tense::Past
                } else {
                    Tense::Unknown
                }
            }
            // "was ready to return on Friday", "made offers to return on Friday": it may be the offers' day.
            _ if was && word.is_none() && !is_verb(self.at(head).xpos) => Tense::Near,
            _ if matches!(at.relation, Relation::Advcl | Relation::Acl) && past && !goal => Tense::Near,
            _ => Tense::Future,
        }
    }
}

fn is_verb(form: Xpos) -> bool {
    matches!(form, Xpos::Vb | Xpos::Vbd | Xpos::Vbg | Xpos::Vbn | Xpos::Vbp | Xpos::Vbz | Xpos::Md)
}
