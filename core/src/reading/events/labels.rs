//! The clause that names an event: its verb with subject and objects, cut so that it tells of this event alone.

use super::clauses::{Clause, Hang, Scene, Shape};
use super::nouns::NounStanding;
use super::telling::Telling;
use super::{Certainty, Event, Status};
use crate::lang::en::events::in_sense;
use crate::reading::syntax::{Relation, Upos, Xpos};
use crate::text::Span;
use std::ops::Range;

/// The longest label, in nodes.
const LABEL: usize = 40;

impl Scene<'_> {
    /// Returns the nodes of an event noun's phrase: with what stands before it, and the phrases behind it that are no
    /// clauses.
    pub(super) fn phrase(&self, n: usize) -> Range<usize> {
        let whole = self.syntax.subtree(n);
        let mut from = whole.start;
        for k in self.syntax.children(n).take_while(|k| *k < n) {
            if matches!(self.relation(k), Relation::Case | Relation::Cc | Relation::Punct | Relation::Mark) {
                from = from.max(k + 1);
            } else if matches!(self.relation(k), Relation::Nsubj | Relation::Cop | Relation::Advmod | Relation::Aux) {
                from = from.max(self.syntax.subtree(k).end);
            }
        }
        // `of the guild's trip`, where the tree gives `of` to the guild.
        while from < n && self.syntax.nodes[from].upos == Upos::Adp {
            from += 1;
        }
        from..self.cut(n + 1, whole.end, None)
    }

    /// Returns where a stretch must end so that no other clause with a verb of its own is in it.
    fn cut(&self, from: usize, to: usize, own: Option<usize>) -> usize {
        let mut end = to.max(from);
        for clause in &self.clauses {
            let start = self.syntax.subtree(clause.main).start.max(
                clause
                    .subject
                    .filter(|s| !clause.relative && *s >= from)
                    .map_or(0, |s| self.syntax.subtree(s).start.min(s)),
            );
            let opens = start.min(clause.first);
            if Some(clause.main) == own || clause.main < from || opens < from || clause.main >= end {
                continue;
            }
            if self.is_apart(clause) {
                end = end.min(opens);
            }
        }
        for k in from..end {
            if self.ends_clause(k) && !own.is_some_and(|main| self.goes_on(main, k, to))
                || self.opens_circumstance(k, end)
                || own.is_none() && self.joins_verb(k)
            {
                end = k;
                break;
            }
        }
        while end > from
            && (matches!(self.syntax.nodes[end - 1].upos, Upos::Cconj | Upos::Sconj | Upos::Adp | Upos::Det)
                && !self.is_particle(end - 1)
                || self.at(end - 1) == ",")
        {
            end -= 1;
        }
        end
    }

    /// Says whether a word joins a verb with a tense to what stands before it: `an inquiry ⟦and⟧ promised a report`.
    fn joins_verb(&self, n: usize) -> bool {
        let finite = |k: usize| matches!(self.syntax.nodes[k].xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp);
        self.syntax.nodes[n].upos == Upos::Cconj && n + 1 < self.range.end && finite(n + 1)
    }

    /// Says whether behind a comma follows what the verb cannot do without: `received today, in the hall, ⟦the guests⟧`,
    /// whatever the tree hangs it on.
    fn goes_on(&self, main: usize, comma: usize, to: usize) -> bool {
        let Some(clause) = self.clause_at(main).map(|c| &self.clauses[c]) else { return false };
        let active = !clause.passive && in_sense("object-taking", &clause.base);
        let before = |o: usize| o > main && o < comma;
        let opens = comma + 1 < to
            && matches!(
                self.syntax.nodes[comma + 1].upos,
                Upos::Det | Upos::Num | Upos::Noun | Upos::Propn | Upos::Adj
            );
        self.at(comma) == "," && active && !clause.object.is_some_and(before) && opens
    }

    /// Says whether a word opens a clause with a verb of its own that tells when or why: `⟦as⟧ the bus was crossing`.
    fn opens_circumstance(&self, n: usize, end: usize) -> bool {
        let opener = matches!(self.at(n), "as" | "while" | "because" | "although" | "though" | "when" | "whereas");
        let finite = |k: usize| {
            matches!(self.syntax.nodes[k].upos, Upos::Verb | Upos::Aux) && self.syntax.nodes[k].xpos.tense().is_some()
        };
        let reach = (n + 16).min(self.range.end).max(end.min(self.range.end));
        opener
            && n > 0
            && matches!(self.syntax.nodes[n].upos, Upos::Sconj | Upos::Adp | Upos::Adv)
            && (n + 2..reach).any(finite)
    }

    fn is_particle(&self, n: usize) -> bool {
        self.relation(n) == Relation::CompoundPrt || self.clauses.iter().any(|c| c.last == n)
    }

    /// Says whether a clause is told apart from the one it hangs on.
    fn is_apart(&self, clause: &Clause<'_>) -> bool {
        match clause.hang {
            Hang::Complement(_) => false,
            Hang::Noun(_) => clause.shape == Shape::Finite,
            Hang::Partner(_) | Hang::Content(_) | Hang::Main => true,
            // `caused a crane to collapse`, `met to discuss it`: what it led to or was for belongs to it.
            Hang::Circumstance(_) => {
                clause.shape == Shape::Finite || clause.mark.is_some() && clause.shape != Shape::Infinitive
            }
        }
    }

    /// Says whether a mark ends a clause; a comma within a list, a date or between a name and its role does not.
    fn ends_clause(&self, n: usize) -> bool {
        let w = self.at(n);
        if self.syntax.nodes[n].upos != Upos::Punct {
            return false;
        }
        if w != "," {
            return w != "'" && w != "’" && w != "-" && w != "/" && w != "$";
        }
        let number = |m: usize| self.syntax.nodes.get(m).is_some_and(|k| k.upos == Upos::Num);
        let calendar = |m: usize| in_sense("calendar", self.at(m));
        if number(n + 1)
            || calendar(n + 1)
            || n > 0 && calendar(n - 1) && self.syntax.nodes[n - 1].upos != Upos::Verb && self.at(n + 2) == ","
        {
            return false;
        }
        // `visited today, Saturday, ⟦the town⟧`: the day is put in, and the clause goes on behind it.
        let noun = |m: usize| {
            self.syntax
                .nodes
                .get(m)
                .is_some_and(|k| matches!(k.upos, Upos::Det | Upos::Noun | Upos::Propn | Upos::Adp | Upos::Num))
        };
        if n > 1 && calendar(n - 1) && self.at(n - 2) == "," && noun(n + 1) {
            return false;
        }
        let Some(head) = self.head(n) else { return true };
        let listed = self.relation(head) == Relation::Conj && self.clause_at(head).is_none();
        !listed
    }
}

impl Telling<'_> {
    /// Returns the clause of a verb, with the verb that governs it.
    pub(super) fn verb_label(&self, scene: &Scene<'_>, c: usize) -> Option<Span> {
        let clause = &scene.clauses[c];
        let mut from = clause.first;
        let mut at = c;
        for _ in 0..4 {
            let over = &scene.clauses[at];
            from = from.min(over.first);
            if let Some(subject) = over.subject.filter(|s| *s < over.first) {
                from = from.min(scene.phrase_before(subject, over.first));
                break;
            }
            let next = match over.hang {
                Hang::Complement(p) | Hang::Partner(p) => p,
                // `its way of closing schools` is no clause with `its way` for a subject.
                Hang::Noun(_) if over.mark.is_some() && over.shape == Shape::Gerund => break,
                Hang::Noun(n) if over.shape != Shape::Finite => {
                    from = from.min(scene.phrase(n).start);
                    match scene.clause_of(n) {
                        Some(p) if over.shape == Shape::Infinitive && scene.clauses[p].main < n => p,
                        _ => break,
                    }
                }
                _ => break,
            };
            if next >= at {
                break;
            }
            at = next;
        }
        let reach = scene.syntax.subtree(clause.main).end;
        let mut end = scene.cut(clause.last + 1, reach, Some(clause.main));
        if end - from > LABEL {
            from = clause.first;
            end = end.min(from + LABEL);
        }
        self.span(scene, from, end.max(clause.last + 1))
    }

    /// Returns the span of nodes without marks and conjunctions at its ends.
    pub(super) fn span(&self, scene: &Scene<'_>, mut from: usize, mut end: usize) -> Option<Span> {
        let nodes = &scene.syntax.nodes;
        let mark = |n: usize| nodes[n].upos == Upos::Punct;
        while from < end && (mark(from) || matches!(scene.at(from), "and" | "but")) {
            from += 1;
        }
        // `North/South talks` are not those of the South.
        while from > scene.range.start + 1 && scene.at(from - 1) == "/" {
            from -= 2;
        }
        // `no deaths were reported` must not lose its `no`.
        if from > scene.range.start && from < end && matches!(scene.at(from - 1), "no" | "not" | "never" | "neither") {
            from -= 1;
        }
        let dangling = |n: usize| {
            let loose =
                matches!(nodes[n].upos, Upos::Adp | Upos::Sconj | Upos::Cconj | Upos::Det) || scene.at(n) == "to";
            loose && !scene.is_particle(n) && nodes[n].relation != Relation::Advmod
        };
        end = self.before_next_subject(scene, from, end);
        while end > from + 1 && (mark(end - 1) && scene.at(end - 1) != ")" || dangling(end - 1)) {
            end -= 1;
        }
        (from < end).then(|| nodes[from].span.cover(nodes[end - 1].span))
    }

    /// Leaves out `and the members` at the end where those do something behind it: the subject of the next clause, which the
    /// tree took for a part of this one.
    fn before_next_subject(&self, scene: &Scene<'_>, from: usize, end: usize) -> usize {
        const LONGEST: usize = 5;
        let nodes = &scene.syntax.nodes;
        let Some(and) = (from + 1..end).rev().take(LONGEST).find(|n| nodes[*n].upos == Upos::Cconj) else { return end };
        let verb = |n: usize| matches!(nodes[n].upos, Upos::Verb | Upos::Aux);
        let mut next = end;
        while next < scene.range.end && nodes[next].upos == Upos::Punct {
            next += 1;
        }
        let acts = next < scene.range.end && verb(next) && nodes[next].xpos.tense().is_some();
        let parted = scene.at(and - 1) == ",";
        if (acts || parted) && !(and + 1..end).any(verb) { and } else { end }
    }

    /// Returns the noun phrase, with the clause of the verb that says how the event stands.
    pub(super) fn noun_label(&self, scene: &Scene<'_>, n: usize, told: &NounStanding) -> Option<Span> {
        let phrase = scene.phrase(n);
        let told_of = told.standing.status != Status::Unclear || told.standing.future || told.standing.negated;
        let Some(by) = told.by.filter(|_| told_of) else {
            return self.span(scene, phrase.start, phrase.end).map(|span| self.with_its_day(span));
        };
        let clause = &scene.clauses[by];
        let (mut from, mut end) = (phrase.start.min(clause.first), phrase.end.max(clause.last + 1));
        if clause.first < phrase.start
            && let Some(span) = self.verb_label(scene, by)
        {
            from = from.min(scene.syntax.nodes.partition_point(|k| k.span.start() < span.start()));
        }
        let reach = scene.syntax.subtree(clause.main).end;
        end = end.max(scene.cut(end, reach.min(end + 20), Some(clause.main)));
        if end - from > LABEL {
            (from, end) = if clause.first < phrase.start {
                (clause.first, phrase.end)
            } else {
                (phrase.start, (phrase.start + LABEL).min(end))
            };
        }
        self.span(scene, from, end)
    }

    /// Takes along the day that stands right behind a noun phrase: `the raid on the port ⟦last Saturday⟧`.
    fn with_its_day(&self, span: Span) -> Span {
        let at = self.times.partition_point(|t| t.span.start() < span.end());
        let next = self.times.get(at).filter(|t| t.span.start() == span.end() + 1 && t.when.is_some());
        next.map_or(span, |t| span.cover(t.span))
    }

    /// A label of what happened must not hold words of what did not: it ends before them or begins behind them.
    pub(super) fn keep_labels_apart(&self, scene: &Scene<'_>, events: &mut [Event]) {
        let fact = |e: &Event| matches!(e.status, Status::Held | Status::Ongoing);
        // What is only named claims nothing.
        let named =
            |e: &Event| e.status == Status::Unclear && !e.future && !e.negated && e.certainty == Certainty::Certain;
        let other: Vec<(Span, Span)> = events
            .iter()
            .filter(|e| !fact(e) && !named(e) && e.kind != "statement")
            .map(|e| (e.trigger, e.label))
            .collect();
        for event in events.iter_mut().filter(|e| fact(e)) {
            for (trigger, label) in &other {
                if !event.label.contains(*trigger) || trigger.overlaps(event.trigger) {
                    continue;
                }
                let own = scene.syntax.inside(event.label);
                let stretch = if trigger.start() > event.trigger.end() {
                    let joint = joint(scene, event.trigger, *trigger);
                    let cut =
                        if label.start() < event.trigger.end() { joint } else { label.start().min(trigger.start()) };
                    own.start..scene.syntax.nodes.partition_point(|n| n.span.start() < cut)
                } else {
                    let cut = if label.end() <= event.trigger.start() { label.end() } else { trigger.end() };
                    scene.syntax.nodes.partition_point(|n| n.span.start() < cut)..own.end
                };
                if let Some(span) = self.span(scene, stretch.start, stretch.end) {
                    event.label = span.cover(event.trigger);
                }
            }
        }
    }
}

/// Returns where the words behind an event give way to what is told beside it: at the last comma or `and` before another
/// one, else right behind it.
fn joint(scene: &Scene<'_>, event: Span, other: Span) -> usize {
    let nodes = &scene.syntax.nodes;
    let from = nodes.partition_point(|n| n.span.start() < event.end());
    let to = nodes.partition_point(|n| n.span.start() < other.start());
    let parts = |n: usize| scene.at(n) == "," || nodes[n].upos == Upos::Cconj;
    let last = (from..to).rev().find(|n| parts(*n));
    last.map_or(event.end(), |n| nodes[if n > from && parts(n - 1) { n - 1 } else { n }].span.start())
}

impl Scene<'_> {
    /// Returns where the phrase of a subject begins; what is told of it in a clause of its own may stand before the verb.
    fn phrase_before(&self, subject: usize, verb: usize) -> usize {
        let phrase = self.phrase(subject);
        phrase.start.min(verb)
    }
}
