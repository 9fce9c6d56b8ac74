//! Which time expression belongs to which event, and what it says: the day, the day by which, the day until which.

use super::Status;
use super::clauses::{CLIMB, Hang, Scene, Shape};
use super::nouns::NounStanding;
use super::standing::Standing;
use super::telling::Telling;
use crate::lang::en::events::{in_sense, verb};
use crate::lang::en::time::is_bare_weekday;
use crate::reading::TimeType;
use crate::reading::dates::Anchor;
use crate::reading::syntax::{Relation, Upos};
use crate::when::{When, days_after};

/// A time expression and where it belongs.
pub(super) struct Placed<'a> {
    /// Its number in the text.
    pub(super) time: usize,
    /// The word before it: `on`, `by`, `until`.
    pub(super) preposition: &'a str,
    /// The clause that it dates.
    pub(super) clause: Option<usize>,
    /// The event noun that it dates instead: a node.
    pub(super) noun: Option<usize>,
}

/// The times of one event.
#[derive(Default)]
pub(super) struct Timing {
    pub(super) when: Option<When>,
    pub(super) due: Option<When>,
    /// Behind `until` or `to`: for what is put off.
    pub(super) until: Option<When>,
    /// Behind `from`: what is put off was set for it. It is `when`, too, as other things begin then.
    pub(super) from: Option<When>,
    /// What the put-off had been set for.
    pub(super) was: Option<When>,
    /// Whether `when` is a bare weekday, counted from the day of the report.
    pub(super) weekday: bool,
    /// A time of day alone, on a day that another sentence or the report lends it; joined with `when` where there is one.
    pub(super) hour: Option<When>,
}

/// Returns what two times have in common, the first where they do not meet.
fn narrower(known: When, when: &When) -> When {
    let Some(mut common) = known.common(when) else { return known };
    common.time = known.time.or_else(|| when.time.clone());
    common
}

/// Says whether an expression is a time of day alone: `8 a.m.`, `from 17:30`, `six o'clock`.
fn is_clock(lower: &str) -> bool {
    let mut words = lower.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
    words.all(|w| {
        matches!(w, "a" | "m" | "p" | "am" | "pm" | "o" | "clock" | "noon" | "midnight" | "hours" | "local" | "time")
    })
}

/// Says whether a word is a verb whose object may be a day: `fixes`, `set`.
fn sets_days(word: &str) -> bool {
    verb(word).is_some_and(|form| in_sense("day-setting", form.base))
}

impl Telling<'_> {
    /// Finds where each time expression of a sentence belongs, by climbing its tree.
    pub(super) fn place_times<'s>(&self, scene: &Scene<'s>) -> Vec<Placed<'s>> {
        let (first, last) = (scene.syntax.nodes[scene.range.start].span, scene.syntax.nodes[scene.range.end - 1].span);
        let from = self.times.partition_point(|t| t.span.start() < first.start());
        let inside = self.times[from..].iter().take_while(|t| t.span.end() <= last.end());
        let mut placed: Vec<Placed<'s>> =
            inside.enumerate().filter_map(|(n, time)| self.place(scene, from + n, time.span)).collect();
        self.pair_ends(scene, &mut placed);
        placed
    }

    /// `from today, Wednesday, to next Saturday`: the end of a stretch belongs where its beginning does, whatever the tree
    /// hangs it on.
    fn pair_ends(&self, scene: &Scene<'_>, placed: &mut [Placed<'_>]) {
        let mut begun: Option<usize> = None;
        for n in 0..placed.len() {
            let before = n.checked_sub(1).map(|b| scene.syntax.inside(self.times[placed[b].time].span).end);
            let start = scene.syntax.inside(self.times[placed[n].time].span).start;
            let between = |k: usize| matches!(scene.at(k), "," | "to" | "until" | "till" | "the");
            let adjoins = before.is_some_and(|end| (end..start).all(between));
            match placed[n].preposition {
                "from" => begun = Some(n),
                "to" | "until" | "till" => {
                    if let Some(b) = begun.take().filter(|_| adjoins) {
                        (placed[n].clause, placed[n].noun) = (placed[b].clause, placed[b].noun);
                    }
                }
                _ if !adjoins => begun = None,
                _ => {}
            }
        }
    }

    fn place<'s>(&self, scene: &Scene<'s>, time: usize, span: crate::text::Span) -> Option<Placed<'s>> {
        let nodes = scene.syntax.inside(span);
        let first = nodes.start;
        let top = scene.syntax.top(nodes.clone())?;
        let mut preposition = scene.at(first);
        if !in_sense("dating", preposition) {
            preposition = if first > scene.range.start { scene.at(first - 1) } else { "" };
            if matches!(preposition, "the" | "a" | "this") && first > scene.range.start + 1 {
                preposition = scene.at(first - 2);
            }
        }
        // `until at least March`
        if matches!(preposition, "least" | "most") && first > scene.range.start + 2 {
            preposition = scene.at(first - 3);
        }
        let (mut clause, mut noun) = (None, None);
        let mut at = top;
        for _ in 0..CLIMB {
            if let Some(c) = scene.clause_at(at).filter(|_| at != top) {
                clause = Some(c);
                break;
            }
            let Some(head) = scene.head(at).filter(|h| scene.range.contains(h)) else { break };
            at = head;
            if scene.is_event_noun(at) && scene.clause_at(at).is_none() {
                noun = noun.or(Some(at));
            }
        }
        // `said ⟦Friday⟧ the task force had met`: a bare day behind a verb of saying is the day of saying.
        let said = scene.clauses.iter().position(|c| c.last + 1 == first);
        if let Some(c) = said.filter(|c| scene.says(*c)) {
            return Some(Placed { time, preposition, clause: Some(c), noun: None });
        }
        // `cancel ⟦Thursday⟧ harbour drills`: a day without a preposition dates the event it stands before.
        if !in_sense("dating", preposition) {
            let behind = nodes.end..scene.range.end.min(nodes.end + 4);
            let mut phrase =
                behind.take_while(|n| matches!(scene.syntax.nodes[*n].upos, Upos::Noun | Upos::Adj | Upos::Verb));
            noun = phrase.find(|n| scene.is_event_noun(*n)).or(noun);
        }
        // `fixes ⟦Tuesday⟧ for the hearing`: the day that is set is that of what it is set for, not of the setting.
        if !in_sense("dating", preposition) && first > scene.range.start && sets_days(scene.at(first - 1)) {
            let behind = nodes.end..scene.range.end.min(nodes.end + 8);
            let event = behind.into_iter().find(|n| scene.is_event_noun(*n) && scene.case(*n) == "for");
            return Some(Placed { time, preposition, clause: None, noun: event });
        }
        // `a New Year's party guest was seen`: what a day describes, if no event, keeps it.
        if noun.is_none() && matches!(scene.relation(top), Relation::Compound | Relation::NmodPoss) {
            clause = None;
        }
        // A day inside quotation marks does not date the verb outside.
        let quoted =
            |a: usize, b: usize| (a.min(b)..a.max(b)).filter(|n| in_sense("quotes", scene.at(*n))).count() % 2 == 1;
        if clause.is_some_and(|c| quoted(scene.clauses[c].main, first)) {
            clause = scene.clauses.iter().rposition(|c| c.main < first && !quoted(c.main, first));
        }
        // `the raid was in answer to a strike on May 2`: a bare "was" dates nothing behind another event.
        if noun.is_none()
            && let Some(c) = clause.filter(|c| scene.clauses[*c].copular)
        {
            let own = scene.clauses[c].first..first;
            noun = own.rev().find(|k| scene.is_event_noun(*k) && scene.clause_at(*k).is_none());
        }
        // `agreed to meet on Monday`: the day is that of the verb it stands behind, whichever of the two it hangs on.
        while let Some(c) = clause {
            let lower = (c + 1..scene.clauses.len()).find(|&d| {
                let under = &scene.clauses[d];
                under.hang == Hang::Complement(c) && under.main < first && under.shape != Shape::Finite
            });
            let Some(lower) = lower else { break };
            clause = Some(lower);
        }
        Some(Placed { time, preposition, clause, noun })
    }

    /// Joins the times of one event: the narrowest that agree; the first where they do not.
    pub(super) fn timing<'p, 's: 'p>(&self, placed: impl Iterator<Item = &'p Placed<'s>>) -> Timing {
        let mut timing = Timing::default();
        for p in placed {
            let time = &self.times[p.time];
            let Some(when) = &time.when else { continue };
            let slot = match p.preposition {
                "by" => &mut timing.due,
                "until" | "till" | "to" => &mut timing.until,
                "since" => continue,
                _ => &mut timing.when,
            };
            if p.preposition == "from" {
                timing.from.get_or_insert_with(|| when.clone());
            }
            let words = self.words.lower_at(time.span);
            let bare = time.anchor == Some(Anchor::Published) && is_bare_weekday(words) && !words.contains("last");
            let clock = time.kind == TimeType::Time && is_clock(words);
            if clock && !matches!(p.preposition, "by" | "until" | "till" | "to") {
                timing.hour.get_or_insert_with(|| when.clone());
                continue;
            }
            *slot = Some(match slot.take() {
                None => when.clone(),
                Some(known) => narrower(known, when),
            });
            timing.weekday |= bare;
        }
        if let Some(hour) = &timing.hour {
            timing.when = timing.when.map(|day| narrower(day, hour));
        }
        timing
    }

    /// Returns the times of a clause itself.
    pub(super) fn time_of(&self, c: usize, placed: &[Placed<'_>]) -> Timing {
        self.timing(placed.iter().filter(|p| p.clause == Some(c) && p.noun.is_none()))
    }

    /// Returns the times of a verb: its own, and those of an event that it is told of as part of (`abstained from this
    /// week's vote`, `Thursday's talks ended`).
    pub(super) fn time_of_verb(&self, scene: &Scene<'_>, c: usize, placed: &[Placed<'_>]) -> Timing {
        let part = |n: usize| {
            scene.clauses[c].subject == Some(n) || matches!(scene.case(n), "in" | "at" | "from" | "during" | "by")
        };
        self.timing(placed.iter().filter(|p| p.clause == Some(c) && p.noun.is_none_or(part)))
    }

    /// `Two were freed on Friday, while the court sat and ruled`: the time of the clause beside it.
    pub(super) fn meanwhile(&self, scene: &Scene<'_>, c: usize, placed: &[Placed<'_>]) -> Option<When> {
        let mut at = c;
        for _ in 0..3 {
            let clause = &scene.clauses[at];
            let over = match clause.hang {
                Hang::Partner(p) if p < at && clause.shape == Shape::Finite => p,
                Hang::Circumstance(p) if clause.mark.is_some_and(|m| matches!(scene.at(m), "while" | "as")) => p,
                _ => return None,
            };
            let own = self.timing(placed.iter().filter(|t| t.clause == Some(over) && t.preposition != "since")).when;
            if own.is_some() {
                return own;
            }
            at = over;
        }
        None
    }

    /// Says whether the day at an active verb of planning has come already: then it is the day of planning.
    pub(super) fn is_before(&self, scene: &Scene<'_>, by: usize, n: usize, when: Option<&When>) -> bool {
        let clause = &scene.clauses[by];
        let active = clause.last < n && clause.past && !clause.passive && clause.base != "due";
        let come = matches!((when, self.published), (Some(w), Some(p)) if w.to() <= p.to());
        active && come
    }

    /// `the hearing on Thursday was called off`: the verb tells the past, but the day may be the next one.
    pub(super) fn take_nearest(&self, timing: &mut Timing) {
        let (Some(when), Some(published)) = (&timing.when, self.published) else { return };
        if let (true, Some(day)) = (timing.weekday, when.exact())
            && days_after(day, 3) < published.from()
        {
            self.look_ahead(timing);
        }
    }

    /// `plans a march on Saturday`: what is still to come is on the next such day, not on the last one.
    pub(super) fn look_ahead(&self, timing: &mut Timing) {
        let (Some(when), Some(published)) = (&timing.when, self.published) else { return };
        if let (true, Some(day)) = (timing.weekday, when.exact())
            && day < published.from()
            && days_after(day, 7) >= published.from()
        {
            let time = when.time.clone();
            let mut next = When::day(days_after(day, 7));
            next.time = time;
            timing.when = Some(next);
        }
    }

    /// An event only named, with a day of its own, is told as a fact: `about the attack last Saturday`.
    pub(super) fn dated_standing(
        &self,
        scene: &Scene<'_>,
        n: usize,
        told: &NounStanding,
        when: Option<&When>,
    ) -> Standing {
        let own = told.standing;
        let discussed = told.by.is_none_or(|b| in_sense("discussing", &scene.clauses[b].base));
        let open = own.status == Status::Unclear && !own.negated && discussed;
        if !open || scene.relation(n) == Relation::Nmod && scene.case(n) == "of" {
            return own;
        }
        match (when, self.published) {
            (Some(when), Some(published)) if when.to() < published.from() => super::standing::HELD,
            (Some(when), Some(published)) if when.from() > published.to() => {
                Standing { status: Status::Planned, future: true, ..own }
            }
            _ => own,
        }
    }
}
