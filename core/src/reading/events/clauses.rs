//! The clauses of a sentence, read off its tree: verb with auxiliaries, tense, subject, object, and what it hangs on.

use crate::lang::en::events::{form, governs, in_sense, phrasal, verb};
use crate::reading::syntax::{Relation, Syntax, Upos, Xpos};
use crate::reading::words::Words;
use crate::text::Text;
use std::borrow::Cow;
use std::ops::Range;

/// How a verb stands in its clause.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// With tense: `met`, `will meet`, `has been held`.
    Finite,
    /// `to meet`.
    Infinitive,
    /// `meeting` after a preposition or a comma.
    Gerund,
    /// Behind its noun: `talks planned for Monday`.
    Participle,
}

/// What a modal verb says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Modal {
    /// will, shall, is to, is going to
    Will,
    /// would
    Would,
    /// can, could, may, might
    May,
    /// must, should, ought to
    Must,
}

/// What a clause hangs on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Hang {
    /// Nothing, or nothing that bears on it: a main clause.
    Main,
    /// It is what another clause says, denies or asks.
    Content(usize),
    /// It completes another clause and shares its subject: `plans to meet`.
    Complement(usize),
    /// It tells a circumstance of another clause: `after`, `if`, `to discuss`.
    Circumstance(usize),
    /// It is coordinated with another clause.
    Partner(usize),
    /// It describes a noun: `talks planned for Monday`, `the order to leave`, `reports that`.
    Noun(usize),
}

/// A verb, or a predicate with `be`, in its clause.
#[derive(Clone, Debug)]
pub(super) struct Clause<'a> {
    /// The main verb or the predicate: a node.
    pub(super) main: usize,
    /// Its first node: the first auxiliary, `to`, or the main verb.
    pub(super) first: usize,
    /// Its last node: the main verb or its particle.
    pub(super) last: usize,
    /// The verb in its base form, a particle joined by `_`; for a predicate `be`, for `is due` and its like `due`.
    pub(super) base: Cow<'a, str>,
    /// How it stands.
    pub(super) shape: Shape,
    /// Its modal verb.
    pub(super) modal: Option<Modal>,
    /// Whether its first verb is in the past tense.
    pub(super) past: bool,
    /// Whether it is negated.
    pub(super) negated: bool,
    /// have + participle
    pub(super) perfect: bool,
    /// be + participle
    pub(super) passive: bool,
    /// be + -ing
    pub(super) progressive: bool,
    /// Whether it has an auxiliary of its own.
    pub(super) helped: bool,
    /// Whether `main` is a predicate with `be`.
    pub(super) copular: bool,
    /// The head of its subject; for a relative clause about its subject, the noun meant.
    pub(super) subject: Option<usize>,
    /// Whether the subject is meant by `who`, `which` or `that`.
    pub(super) relative: bool,
    /// The head of its object; for a relative clause about its object, the noun meant.
    pub(super) object: Option<usize>,
    /// `if`, `that`, `after`: the word that opens it, but for `to`.
    pub(super) mark: Option<usize>,
    /// What it hangs on.
    pub(super) hang: Hang,
}

/// A sentence with its clauses.
pub(super) struct Scene<'a> {
    /// The text.
    pub(super) text: &'a Text,
    /// Its words in lower case.
    pub(super) words: &'a Words,
    /// Its trees.
    pub(super) syntax: &'a Syntax,
    /// The nodes of the sentence.
    pub(super) range: Range<usize>,
    /// Whether it is a headline.
    pub(super) title: bool,
    /// Its clauses in text order.
    pub(super) clauses: Vec<Clause<'a>>,
    /// For each node of the sentence its clause, if it is a main verb or predicate; [`NONE`] else.
    slots: Vec<u32>,
}

const NONE: u32 = u32::MAX;

/// Nodes climbed towards the root: guards against endless chains of odd text.
pub(super) const CLIMB: usize = 12;

impl<'a> Scene<'a> {
    /// Reads the clauses off the tree of a sentence.
    pub(super) fn new(
        text: &'a Text,
        words: &'a Words,
        syntax: &'a Syntax,
        range: Range<usize>,
        title: bool,
    ) -> Scene<'a> {
        let slots = vec![NONE; range.len()];
        let mut scene = Scene { text, words, syntax, range, title, clauses: Vec::new(), slots };
        scene.find_verbs();
        if scene.clauses.is_empty() {
            return scene;
        }
        scene.read_children();
        scene.drop_nouns();
        for c in 0..scene.clauses.len() {
            scene.shape(c);
        }
        for c in 0..scene.clauses.len() {
            scene.clauses[c].hang = scene.hang(c);
        }
        for c in 0..scene.clauses.len() {
            scene.mend_reduced(c);
        }
        scene.mend_rootless();
        for c in 0..scene.clauses.len() {
            scene.share(c);
        }
        scene
    }

    /// Returns a node in lower case; nothing outside the sentence.
    pub(super) fn at(&self, n: usize) -> &'a str {
        if self.range.contains(&n) { self.words.lower_at(self.syntax.nodes[n].span) } else { "" }
    }

    /// Returns how a node hangs on its head.
    pub(super) fn relation(&self, n: usize) -> Relation {
        self.syntax.nodes[n].relation
    }

    /// Returns the head of a node.
    pub(super) fn head(&self, n: usize) -> Option<usize> {
        self.syntax.nodes[n].head.map(|h| h as usize)
    }

    /// Returns the clause whose main verb or predicate a node is.
    pub(super) fn clause_at(&self, n: usize) -> Option<usize> {
        let slot = n.checked_sub(self.range.start).and_then(|k| self.slots.get(k)).copied().unwrap_or(NONE);
        (slot != NONE).then_some(slot as usize)
    }

    /// Returns the clause that a node stands in: that of the nearest verb it hangs on.
    pub(super) fn clause_of(&self, n: usize) -> Option<usize> {
        let mut at = n;
        for _ in 0..CLIMB {
            if let Some(c) = self.clause_at(at) {
                return Some(c);
            }
            at = self.head(at)?;
        }
        None
    }

    /// Returns the preposition of a noun: `on` in `on Monday`.
    pub(super) fn case(&self, n: usize) -> &'a str {
        self.syntax
            .children(n)
            .take_while(|c| *c < n)
            .find(|c| self.relation(*c) == Relation::Case)
            .map_or("", |c| self.at(c))
    }

    /// Returns the base form of a verb. The list of verbs knows its words better than the rules of endings.
    fn base(&self, n: usize) -> Cow<'a, str> {
        match verb(self.at(n)) {
            Some(known) => Cow::Borrowed(known.base),
            None => self.syntax.lemma(self.text, n),
        }
    }

    fn find_verbs(&mut self) {
        for n in self.range.clone() {
            let node = self.syntax.nodes[n];
            use Relation::{Amod, Aux, AuxPass, Case, Compound, Cop, Det, Fixed, Flat, Mark};
            // `Evacuation lifted, team delayed`: headlines look like strings of names.
            let headline = self.title && node.relation == Flat && matches!(node.xpos, Xpos::Vbn | Xpos::Vbd);
            // A participle behind its noun is a clause, not an adjective.
            let behind = node.relation == Amod && node.xpos == Xpos::Vbn && node.head.is_some_and(|h| (h as usize) < n);
            let inner = !headline
                && !behind
                && matches!(node.relation, Amod | Compound | Case | Mark | Fixed | Flat | Aux | AuxPass | Cop | Det);
            if matches!(node.relation, Cop | AuxPass)
                && let Some(head) = node.head.map(|h| h as usize)
                && self.range.contains(&head)
            {
                // The parser may take the subject for the predicate: `the team ⟦is due⟧ to arrive`.
                let turned = head < n && governs("adj", self.at(n + 1)) != 0;
                let main = if turned { n + 1 } else { head };
                if self.slots[main - self.range.start] == NONE {
                    self.add(main, self.syntax.nodes[main].upos != Upos::Verb);
                    if turned && let Some(clause) = self.clauses.last_mut() {
                        (clause.subject, clause.first, clause.helped) = (Some(head), n, true);
                        clause.past = node.xpos == Xpos::Vbd;
                    }
                }
            } else if matches!(node.upos, Upos::Verb | Upos::Aux) && !inner && self.slots[n - self.range.start] == NONE
            {
                self.add(n, false);
            }
        }
        self.clauses.sort_by_key(|c| c.main);
        self.number();
    }

    /// Writes down for each node which clause it is the main verb of.
    pub(super) fn number(&mut self) {
        self.slots.fill(NONE);
        for (number, clause) in self.clauses.iter().enumerate() {
            self.slots[clause.main - self.range.start] = number as u32;
        }
    }

    fn add(&mut self, main: usize, copular: bool) {
        self.slots[main - self.range.start] = 0;
        let base = if copular { Cow::Borrowed("be") } else { self.base(main) };
        self.clauses.push(Clause {
            main,
            first: main,
            last: main,
            base,
            shape: Shape::Finite,
            modal: None,
            past: false,
            negated: false,
            perfect: false,
            passive: false,
            progressive: false,
            helped: false,
            copular,
            subject: None,
            relative: false,
            object: None,
            mark: None,
            hang: Hang::Main,
        });
    }

    /// Puts auxiliaries, subject, object and opening word into the clauses that they hang on, in one pass.
    fn read_children(&mut self) {
        for n in self.range.clone() {
            let node = self.syntax.nodes[n];
            let Some(c) = node.head.and_then(|h| self.clause_at(h as usize)) else { continue };
            let (word, next) = (self.at(n), self.at(n + 1));
            let main_tag = self.syntax.nodes[self.clauses[c].main].xpos;
            let clause = &mut self.clauses[c];
            use Relation::*;
            match node.relation {
                Aux | AuxPass | Cop => {
                    clause.first = clause.first.min(n);
                    if !clause.helped {
                        clause.past = node.xpos == Xpos::Vbd;
                    }
                    match word {
                        "will" | "shall" | "’ll" | "'ll" | "wo" | "sha" => clause.modal = Some(Modal::Will),
                        "would" => clause.modal = Some(Modal::Would),
                        // `he’d been seen`
                        "’d" | "'d" if main_tag == Xpos::Vbn && next != "be" => {
                            (clause.perfect, clause.past) = (true, true)
                        }
                        "’d" | "'d" if node.xpos == Xpos::Md => clause.modal = Some(Modal::Would),
                        "can" | "ca" | "could" | "may" | "might" => clause.modal = Some(Modal::May),
                        "must" | "should" | "ought" | "need" => clause.modal = Some(Modal::Must),
                        "have" | "has" | "had" | "having" | "’ve" | "'ve" => clause.perfect = true,
                        _ if node.relation == AuxPass => clause.passive = true,
                        _ if matches!(word, "do" | "does" | "did") => {}
                        _ if node.relation == Aux && main_tag == Xpos::Vbg => clause.progressive = true,
                        _ if main_tag == Xpos::Vbn && node.relation == Aux && !clause.perfect => clause.passive = true,
                        "being" => clause.progressive = true,
                        _ => {}
                    }
                    clause.helped = true;
                }
                Mark if word == "to" => {
                    clause.first = clause.first.min(n);
                    // `are to meet`: said as `will meet`.
                    if clause.helped && clause.modal.is_none() && !clause.perfect {
                        clause.modal = Some(Modal::Will);
                    } else if !clause.helped {
                        clause.shape = Shape::Infinitive;
                    }
                }
                Mark if clause.mark.is_none() => clause.mark = Some(n),
                Advmod if n < clause.main && node.xpos == Xpos::Wrb && clause.mark.is_none() => clause.mark = Some(n),
                Advmod | CcPreconj | Det if matches!(word, "not" | "n't" | "n’t" | "never" | "no" | "neither") => {
                    clause.negated = true;
                }
                Advmod
                    if word == "longer"
                        && self.syntax.children(n).any(|k| self.words.lower_at(self.syntax.nodes[k].span) == "no") =>
                {
                    clause.negated = true;
                }
                Nsubj | NsubjPass | NsubjOuter | Csubj | CsubjPass | Expl => {
                    if clause.subject.is_none_or(|s| self.syntax.nodes[s].relation == Expl) {
                        clause.subject = Some(n);
                    }
                    clause.passive |= matches!(node.relation, NsubjPass | CsubjPass) && main_tag == Xpos::Vbn;
                }
                Obj => clause.object = clause.object.or(Some(n)),
                OblAgent if main_tag == Xpos::Vbn => clause.passive = true,
                _ => {}
            }
        }
    }

    /// Tells finite verbs from infinitives and participles, and takes particles along.
    fn shape(&mut self, c: usize) {
        let clause = &self.clauses[c];
        let node = self.syntax.nodes[clause.main];
        let mut clause = clause.clone();
        if node.relation == Relation::Flat {
            clause.subject = clause.subject.or(self.head(clause.main));
        }
        let to_come = clause.modal == Some(Modal::Will) && !clause.copular;
        if !clause.helped && !clause.copular {
            // `dug` is past whatever its tag says.
            let forms = verb(self.at(clause.main)).map_or(0, |v| v.forms);
            let only_past = forms & form::PAST != 0 && forms & (form::BASE | form::PRESENT) == 0;
            clause.past = node.xpos == Xpos::Vbd || only_past && matches!(node.xpos, Xpos::Vb | Xpos::Vbp | Xpos::Vbz);
            match node.xpos {
                Xpos::Vbg => clause.shape = Shape::Gerund,
                Xpos::Vbn
                    if matches!(
                        node.relation,
                        Relation::Acl | Relation::Amod | Relation::Advcl | Relation::Xcomp | Relation::AclRelcl
                    ) =>
                {
                    clause.shape = Shape::Participle;
                    clause.passive = true;
                }
                // A participle with a subject and nothing to help it is a past tense: English writes both alike.
                Xpos::Vbn => clause.past = true,
                Xpos::Vb if matches!(node.relation, Relation::Xcomp | Relation::Ccomp) => {
                    clause.shape = Shape::Infinitive
                }
                Xpos::Vbp | Xpos::Vbz | Xpos::Vb if self.title && clause.shape == Shape::Finite => clause.past = true,
                _ => {}
            }
            // `Evacuation lifted`: in a headline a past form without object is passive.
            let bare =
                clause.object.is_none() && verb(self.at(clause.main)).is_some_and(|v| v.forms & form::PARTICIPLE != 0);
            if self.title && bare && clause.past && matches!(node.xpos, Xpos::Vbd | Xpos::Vbn) {
                clause.passive = true;
                clause.shape = Shape::Finite;
            }
        }
        if !to_come && clause.copular && clause.first < clause.main {
            let auxiliary = self.at(clause.first);
            if clause.shape == Shape::Infinitive || auxiliary == "to" && clause.modal.is_none() {
                clause.shape = Shape::Infinitive;
            } else if auxiliary == "being" {
                clause.shape = Shape::Gerund;
            }
        }
        if clause.helped && matches!(self.at(clause.first), "having" | "being") {
            clause.shape = Shape::Gerund;
        }
        if clause.copular {
            self.set_predicate(&mut clause);
        } else {
            self.take_particle(&mut clause);
        }
        self.clauses[c] = clause;
    }

    /// `is due to open`, `are set for`: the predicate says that something is planned.
    fn set_predicate(&self, clause: &mut Clause<'a>) {
        let predicate = self.at(clause.main);
        if governs("adj", predicate) != 0 {
            clause.base = Cow::Borrowed("due");
        }
    }

    fn take_particle(&self, clause: &mut Clause<'a>) {
        for n in clause.main + 1..(clause.main + 6).min(self.range.end) {
            let word = self.at(n);
            // `called them off`
            let near = n == clause.main + 1 || n == clause.main + 2 && in_sense("pronoun", self.at(clause.main + 1));
            let own = self.head(n) == Some(clause.main);
            let loose =
                matches!(self.relation(n), Relation::CompoundPrt | Relation::Advmod | Relation::Obj | Relation::Obl);
            if (near || own && loose)
                && in_sense("particle", word)
                && let Some(joined) = phrasal(&clause.base, word)
            {
                clause.base = Cow::Borrowed(joined);
                if n == clause.main + 1 {
                    clause.last = n;
                }
                break;
            }
        }
    }

    /// Tells what a clause hangs on.
    fn hang(&self, c: usize) -> Hang {
        use Relation::*;
        let clause = &self.clauses[c];
        let main =
            clause.subject.filter(|s| self.head(clause.main) == Some(*s) && clause.copular).unwrap_or(clause.main);
        // `reports ⟦that⟧ troops had come`: said by the noun, wherever the tree hangs it.
        if let Some(mark) = clause.mark.filter(|m| self.at(*m) == "that" && *m > self.range.start)
            && super::standing::is_claim(self.at(mark - 1))
            && self.clause_at(mark - 1).is_none()
        {
            return Hang::Noun(mark - 1);
        }
        // `the news that went round about ⟦sending⟧ troops`: what a claim is about belongs to the claim.
        if clause.shape == Shape::Gerund
            && clause.mark.is_some_and(|m| matches!(self.at(m), "about" | "of"))
            && let Some(claim) =
                self.head(main).and_then(|h| self.head(h)).filter(|k| super::standing::is_claim(self.at(*k)))
        {
            return Hang::Noun(claim);
        }
        let Some(head) = self.head(main) else { return Hang::Main };
        let relation = self.relation(main);
        let Some(over) = self.clause_at(head) else {
            let over = || self.clause_of(head).filter(|k| *k != c);
            return match relation {
                // `called it "a pause" and promised`: the parser joins the verb to the nearest noun.
                Conj if clause.shape == Shape::Finite && over().is_some_and(|k| k < c) => {
                    over().map_or(Hang::Main, Hang::Partner)
                }
                Acl | AclRelcl | Amod | Ccomp | Advcl | Xcomp | AdvclRelcl => Hang::Noun(head),
                // `in favour of closing`, `after meeting`: what the noun hangs on counts.
                _ => over().map_or(Hang::Main, Hang::Circumstance),
            };
        };
        match relation {
            Ccomp | Parataxis if self.says(over) && !self.says(c) => Hang::Content(over),
            Ccomp => Hang::Content(over),
            Xcomp => Hang::Complement(over),
            Conj => Hang::Partner(over),
            Acl | AclRelcl => Hang::Noun(head),
            Advcl | AdvclRelcl | Obl | Nmod | Nsubj | Csubj | Obj | CsubjPass => Hang::Circumstance(over),
            _ => Hang::Main,
        }
    }

    /// Says whether a clause is one of saying.
    pub(super) fn says(&self, c: usize) -> bool {
        super::mends::is_saying(&self.clauses[c].base)
    }

    /// Says whether `and`, `or`, `but` or a comma joins a clause to the one before.
    fn is_joined(&self, c: usize) -> bool {
        let clause = &self.clauses[c];
        let comma =
            |n: usize| n > self.range.start && matches!(self.at(n - 1), "," | "and" | "or" | "but" | "then" | ";");
        comma(clause.first) || self.syntax.child(clause.main, Relation::Cc).is_some()
    }

    /// Gives a clause the subject and the auxiliaries that it shares: `was seized and ⟦charged⟧`, `the court which ⟦sat⟧`.
    fn share(&mut self, c: usize) {
        let clause = &self.clauses[c];
        match clause.hang {
            Hang::Partner(p) if p < c && self.is_joined(c) => {
                let over = &self.clauses[p];
                let tag = self.syntax.nodes[clause.main].xpos;
                let bare = !clause.helped && clause.first == clause.main && !clause.copular;
                let open = clause.subject.is_none() && clause.mark.is_none();
                let fits = match tag {
                    Xpos::Vb => over.modal.is_some() || over.shape == Shape::Infinitive,
                    Xpos::Vbn | Xpos::Vbd => over.passive && tag == Xpos::Vbn || over.perfect,
                    Xpos::Vbg => over.progressive || over.shape == Shape::Gerund,
                    _ => false,
                };
                let (subject, relative) = (over.subject, over.relative);
                let over = over.clone();
                let own = &mut self.clauses[c];
                if bare && fits && open {
                    (own.modal, own.past, own.negated) = (over.modal, over.past, over.negated || own.negated);
                    (own.perfect, own.progressive) = (over.perfect, over.progressive);
                    own.passive = over.passive && tag == Xpos::Vbn;
                    own.shape = over.shape;
                }
                if own.subject.is_none() {
                    (own.subject, own.relative) = (subject, relative);
                }
            }
            Hang::Noun(noun) => {
                let reduced = clause.shape == Shape::Participle || clause.shape == Shape::Gerund;
                let stands =
                    |n: Option<usize>| n.is_some_and(|n| matches!(self.at(n), "who" | "which" | "that" | "whom"));
                let (subject, object) = (stands(clause.subject), stands(clause.object));
                let relative = self.relation(clause.main) == Relation::AclRelcl;
                let own = &mut self.clauses[c];
                if subject || reduced && own.subject.is_none() || relative && own.subject.is_none() {
                    (own.subject, own.relative) = (Some(noun), true);
                } else if object || relative && own.object.is_none() && own.mark.is_none() && !own.passive {
                    (own.object, own.relative) = (Some(noun), false);
                }
            }
            _ => {}
        }
    }
}
