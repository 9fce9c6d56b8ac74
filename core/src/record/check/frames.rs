//! What the clauses of a report tell, parted into who did what to what, on which day and where, so that a clause of a draft
//! can be held against those of the reports that tell the same deed of the same thing.

use super::Desk;
use super::alike::is_negating;
use crate::lang::en::events::{event_verb, govern, governs, in_sense, phrasal};
use crate::lang::en::time::is_bare_weekday;
use crate::reading::syntax::{Relation, Syntax, Upos, Xpos};
use crate::reading::{NameKind, TimeType};
use crate::record::timeline::is_content;
use crate::text::Span;
use crate::when::When;
use std::collections::BTreeSet;

/// Heads climbed from a word to the verb of its clause, at most.
const CLIMB: usize = 6;

/// A noun with what stands before it.
#[derive(Clone, Debug)]
pub(super) struct Noun {
    /// Its head in dictionary form, lower case.
    pub(super) head: String,
    /// The words before the head that say which: `night` of "night session".
    pub(super) which: BTreeSet<String>,
    /// Whose name it is: index into the record's entities.
    pub(super) entity: Option<usize>,
    /// Whether it is a known one: a name, or behind `the`, `this`, `its`.
    pub(super) definite: bool,
    /// The words.
    pub(super) span: Span,
}

impl Noun {
    /// Says whether two may be the same thing: one entity, or one word with nothing before it that tells two apart.
    pub(super) fn may_be(&self, other: &Noun) -> bool {
        let known = self.entity.is_some() && self.entity == other.entity;
        let apart = !self.which.is_empty() && !other.which.is_empty() && self.which.is_disjoint(&other.which);
        known || self.head == other.head && !apart
    }

    /// Returns all its words of content.
    pub(super) fn words(&self) -> BTreeSet<&str> {
        self.which.iter().map(String::as_str).chain([self.head.as_str()]).collect()
    }
}

/// A day that a clause names for what it tells.
#[derive(Clone, Debug)]
pub(super) struct Day {
    /// `since`, `by`, `until`, or nothing: what it is the day of.
    pub(super) of: &'static str,
    pub(super) when: When,
    /// The weekday alone was named: of which week is a guess.
    pub(super) bare: bool,
    pub(super) span: Span,
}

impl Day {
    /// Says whether two are one day; of a bare weekday any week fits.
    pub(super) fn meets(&self, other: &Day) -> bool {
        let weekday = |d: &Day| d.when.to().weekday();
        self.when.meets(&other.when) || (self.bare || other.bare) && weekday(self) == weekday(other)
    }
}

/// What one clause tells.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// The report: index into the record's members.
    pub(super) report: usize,
    /// Its sentence.
    pub(super) sentence: Span,
    /// Its verb.
    pub(super) verb: Span,
    /// What is done, one word for verbs that mean the same.
    pub(super) act: String,
    /// Who does it, where it is done to something.
    pub(super) doer: Option<Noun>,
    /// What it is done to, else what does it: `the span` of "the span fell".
    pub(super) theme: Option<Noun>,
    /// Whether it is told as not so.
    pub(super) negated: bool,
    /// Whether it is told as a fact.
    pub(super) fact: bool,
    pub(super) days: Vec<Day>,
    /// Buildings and named places, with the preposition before them.
    pub(super) places: Vec<(String, Noun)>,
}

/// Returns the clauses of a report that tell a deed.
pub(super) fn of(desk: &Desk<'_>, report: usize) -> Vec<Frame> {
    let reading = &desk.member(report).reading;
    let sheet = Sheet { desk, report, syntax: &reading.syntax };
    let mut frames = Vec::new();
    for (number, sentence) in reading.words.sentences.iter().enumerate().filter(|(_, s)| s.part.is_read()) {
        let nodes = reading.syntax.sentences.get(number).cloned().unwrap_or_default();
        frames.extend(nodes.filter_map(|n| sheet.frame(n, sentence.span)));
    }
    frames
}

struct Sheet<'a> {
    desk: &'a Desk<'a>,
    report: usize,
    syntax: &'a Syntax,
}

impl Sheet<'_> {
    fn at(&self, n: usize) -> String {
        self.desk.member(self.report).report.text.get(self.syntax.nodes[n].span).to_lowercase()
    }

    fn lemma(&self, n: usize) -> String {
        self.syntax.lemma(&self.desk.member(self.report).report.text, n).to_lowercase()
    }

    fn head(&self, n: usize) -> Option<usize> {
        self.syntax.nodes[n].head.map(|h| h as usize)
    }

    /// Says whether a node tells something of a subject: a verb, or a noun behind `be`.
    fn tells(&self, n: usize) -> bool {
        let node = self.syntax.nodes[n];
        let verb = node.upos == Upos::Verb && !matches!(node.relation, Relation::Amod | Relation::Compound);
        let noun = self.is_noun_like(n);
        verb && !noun || self.syntax.child(n, Relation::Cop).is_some()
    }

    /// `called off the ⟦hearing⟧`, which parsers take for a verb: what has an article is a noun.
    fn is_noun_like(&self, n: usize) -> bool {
        self.syntax.nodes[n].xpos == Xpos::Vbg && self.syntax.child(n, Relation::Det).is_some()
    }

    fn frame(&self, n: usize, sentence: Span) -> Option<Frame> {
        if !self.tells(n) {
            return None;
        }
        let act = self.act(n)?;
        let object = [Relation::Obj, Relation::Xcomp].into_iter().find_map(|r| {
            let child = self.syntax.child(n, r)?;
            (r == Relation::Obj || self.is_noun_like(child)).then_some(child)
        });
        let passive = self.syntax.is_passive(n);
        let subject = self.subject(n);
        let agent = self.syntax.children(n).find(|&c| self.syntax.nodes[c].relation == Relation::OblAgent);
        let (doer, theme) = match (object, passive) {
            (Some(object), false) => (subject, Some(object)),
            (_, true) => (agent, subject),
            (None, false) => (None, subject),
        };
        let modal = self
            .syntax
            .children(n)
            .any(|c| self.syntax.nodes[c].relation == Relation::Aux && self.syntax.nodes[c].xpos == Xpos::Md);
        let text = &self.desk.member(self.report).report.text;
        let doubted = self.syntax.nodes[n].xpos == Xpos::Vb && self.syntax.child(n, Relation::Aux).is_none()
            || self.syntax.children(n).any(|c| in_sense("conditional", &self.at(c)));
        Some(Frame {
            report: self.report,
            sentence,
            verb: self.syntax.nodes[n].span,
            act,
            doer: doer.and_then(|d| self.noun(d)),
            theme: theme.and_then(|t| self.noun(t)),
            negated: self.syntax.is_negated(text, n)
                || self.is_denied(n)
                || self.syntax.children(n).any(|c| is_negating(&self.at(c))),
            fact: !modal && !doubted,
            days: self.days(n, sentence),
            places: self.places(n, theme),
        })
    }

    /// Returns what a node tells is done; none of verbs that say little or tell speech.
    fn act(&self, n: usize) -> Option<String> {
        let lemma = self.lemma(n);
        if self.syntax.child(n, Relation::Cop).is_some() {
            return (self.syntax.nodes[n].upos == Upos::Noun).then(|| format!("be {lemma}"));
        }
        let next = if n + 1 < self.syntax.nodes.len() { self.at(n + 1) } else { String::new() };
        let base = phrasal(&lemma, &next).map_or(lemma.clone(), str::to_owned);
        let class = governs("verb", &base);
        if class & govern::SAY != 0 || in_sense("light", &base) {
            return None;
        }
        let act = match () {
            () if class & govern::CANCEL != 0 => "cancel",
            () if class & govern::POSTPONE != 0 => "postpone",
            () if matches!(&*base, "hold" | "stage") && self.syntax.is_passive(n) || base == "take_place" => "happen",
            () => event_verb(&base).map_or(base.as_str(), |named| named.head),
        };
        Some(act.to_owned())
    }

    /// Returns the subject of a verb: its own, what a relative clause or participle describes, else that of the verb above.
    fn subject(&self, n: usize) -> Option<usize> {
        let mut at = n;
        for _ in 0..3 {
            let own = [Relation::Nsubj, Relation::NsubjPass].into_iter().find_map(|r| self.syntax.child(at, r));
            let relation = self.syntax.nodes[at].relation;
            match own {
                Some(own) if relation == Relation::AclRelcl && matches!(&*self.at(own), "who" | "which" | "that") => {
                    return self.head(at);
                }
                Some(own) => return Some(own),
                None if matches!(relation, Relation::Acl) => return self.head(at),
                None if matches!(relation, Relation::Conj | Relation::Xcomp) => at = self.head(at)?,
                None => return None,
            }
        }
        None
    }

    /// Says whether a clause is what somebody denies.
    fn is_denied(&self, n: usize) -> bool {
        let over = self.head(n).filter(|_| self.syntax.nodes[n].relation == Relation::Ccomp);
        over.is_some_and(|o| governs("verb", &self.lemma(o)) & govern::DENY != 0)
    }

    fn noun(&self, n: usize) -> Option<Noun> {
        use Relation::{Amod, Compound, Flat, NmodDesc, NmodPoss, Nummod};
        let node = self.syntax.nodes[n];
        let names = self.entity(n);
        if node.upos == Upos::Pron && names.is_none() {
            return None;
        }
        let describes =
            |c: &usize| *c < n && matches!(self.syntax.nodes[*c].relation, Amod | Compound | Nummod | NmodDesc | Flat);
        let before: Vec<usize> = self.syntax.children(n).filter(describes).collect();
        let first = before.first().copied().unwrap_or(n);
        let which = before.iter().map(|&c| self.at(c)).filter(|w| is_content(w)).collect();
        let known = |c: usize| {
            let child = self.syntax.nodes[c];
            child.relation == NmodPoss || child.relation == Relation::Det && in_sense("definite", &self.at(c))
        };
        let definite = names.is_some() || self.syntax.children(n).any(known);
        let head = if self.is_noun_like(n) { self.at(n) } else { self.lemma(n) };
        Some(Noun { head, which, entity: names, definite, span: self.syntax.nodes[first].span.cover(node.span) })
    }

    /// Returns whose name a noun is, or heads with a title: `⟦Roads⟧ Minister Ada Lund`.
    fn entity(&self, n: usize) -> Option<usize> {
        let named = |k: usize| self.desk.entity_at(self.report, self.syntax.nodes[k].span);
        let run = (n..self.syntax.subtree(n).end.min(n + 6))
            .take_while(|&k| k == n || self.syntax.nodes[k].upos == Upos::Propn);
        run.into_iter().find_map(named)
    }

    /// Returns the days that hang on a verb or on a noun of its clause.
    fn days(&self, n: usize, sentence: Span) -> Vec<Day> {
        let member = self.desk.member(self.report);
        let times = &member.reading.times;
        let from = times.partition_point(|t| t.span.start() < sentence.start());
        let inside = times[from..].iter().take_while(|t| t.span.end() <= sentence.end());
        let dated = inside.filter(|t| matches!(t.kind, TimeType::Date | TimeType::Time));
        dated
            .filter_map(|t| {
                let when = t.when.clone().filter(|w| w.exact().is_some())?;
                let nodes = self.syntax.inside(t.span);
                let first = nodes.start;
                let top = self.syntax.top(nodes)?;
                (self.clause_over(top) == Some(n)).then(|| {
                    let bare = is_bare_weekday(&member.report.text.get(t.span).to_lowercase());
                    Day { of: self.day_of(first), when, bare, span: t.span }
                })
            })
            .collect()
    }

    fn day_of(&self, first: usize) -> &'static str {
        let before = first.checked_sub(1).map(|b| self.at(b)).unwrap_or_default();
        ["since", "by", "until", "before", "after"].into_iter().find(|p| *p == before).unwrap_or_default()
    }

    /// Returns the verb that a word hangs on, over nouns.
    fn clause_over(&self, n: usize) -> Option<usize> {
        let mut at = n;
        for _ in 0..CLIMB {
            at = self.head(at)?;
            if self.tells(at) {
                return Some(at);
            }
        }
        None
    }

    /// Returns the buildings and named places that hang on a verb or on its theme.
    fn places(&self, n: usize, theme: Option<usize>) -> Vec<(String, Noun)> {
        let of = |over: usize| self.syntax.children(over).filter(move |&c| c > over.min(n));
        let hanging = of(n).chain(theme.into_iter().flat_map(of)).chain(
            // `held by snow ⟦at the pass⟧`: what hangs on the last noun of the clause.
            of(n).filter(|c| matches!(self.syntax.nodes[*c].relation, Relation::Obl | Relation::OblAgent)).flat_map(of),
        );
        hanging
            .filter_map(|c| {
                let case = self.syntax.child(c, Relation::Case).map(|k| self.at(k))?;
                if !matches!(&*case, "in" | "at" | "on" | "near") {
                    return None;
                }
                let noun = self.noun(c)?;
                let named = noun.entity.is_some_and(|e| self.desk.record.entities[e].kind == NameKind::Place);
                (named || in_sense("venues", &noun.head)).then_some((case, noun))
            })
            .collect()
    }
}
