//! Which time expression belongs to which event, and what it says: the day, the day by which, the day until which.

use super::Status;
use super::clauses::{Scene, is_hard};
use super::function_words::is_preposition;
use super::groups::Shape;
use super::standing::{NounStanding, Standing};
use super::telling::{Placed, Telling, Timing};
use crate::reading::dates::Anchor;
use crate::when::{When, days_after};

impl Telling<'_> {
    /// `Two were freed on Friday, while the court sat and ruled`: the time of the clause beside it.
    pub(super) fn meanwhile(&self, scene: &Scene<'_>, n: usize, placed: &[Placed]) -> Option<When> {
        let link = &scene.links[n];
        if let Some(p) = link
            .partner
            .filter(|&p| p < n && scene.groups[p].shape == Shape::Finite && scene.groups[n].shape == Shape::Finite)
        {
            let own = self.timing(placed.iter().filter(|t| t.group == Some(p))).when;
            return own.or_else(|| self.meanwhile(scene, p, placed));
        }
        let from = link.subject.as_ref()?.start;
        let opened =
            (from.saturating_sub(4)..from).rev().find(|&k| k >= scene.range.start && scene.at(k) == "while")?;
        let main = scene.group_before(opened)?;
        (0..=main)
            .rev()
            .take(3)
            .find_map(|b| self.timing(placed.iter().filter(|t| t.group == Some(b) && t.preposition != "since")).when)
    }

    /// Says whether the day at an active verb of planning has come already: then it is the day of planning.
    pub(super) fn is_before(&self, scene: &Scene<'_>, b: usize, n: usize, when: Option<&When>) -> bool {
        let g = &scene.groups[b];
        let active = g.last < n && g.past && !g.passive && g.base != "due";
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
    pub(super) fn dated_standing(&self, scene: &Scene<'_>, told: &NounStanding, when: Option<&When>) -> Standing {
        let discussed = told.by.is_none_or(|b| {
            matches!(
                scene.groups[b].base,
                "discuss"
                    | "condemn"
                    | "criticise"
                    | "criticize"
                    | "protest"
                    | "see"
                    | "mention"
                    | "describe"
                    | "recall"
                    | "be"
            )
        });
        let own = told.standing;
        if own.status != Status::Unclear
            || own.negated
            || !discussed
            || scene.at(told.phrase.start.wrapping_sub(1)) == "of"
        {
            return own;
        }
        match (when, self.published) {
            (Some(when), Some(published)) if when.to() < published.from() => {
                Standing { status: Status::Held, future: false, certainty: super::Certainty::Certain, negated: false }
            }
            (Some(when), Some(published)) if when.from() > published.to() => {
                Standing { status: Status::Planned, future: true, ..own }
            }
            _ => own,
        }
    }

    /// Finds where each time expression of a sentence belongs: the verb before it in its clause, else the next one.
    pub(super) fn place_times(&self, scene: &Scene<'_>) -> Vec<Placed> {
        let first = self.words.tokens[scene.range.start].span;
        let last = self.words.tokens[scene.range.end - 1].span;
        let from = self.times.partition_point(|t| t.span.start() < first.start());
        let inside = self.times[from..].iter().take_while(|t| t.span.end() <= last.end());
        inside
            .enumerate()
            .map(|(n, time)| {
                let token = self.words.tokens.partition_point(|t| t.span.start() < time.span.start());
                let before = if token > scene.range.start { token - 1 } else { token };
                let mut preposition = if before < token { scene.at(before).to_owned() } else { String::new() };
                if preposition == "the" || preposition == "a" {
                    preposition = scene.at(before.saturating_sub(1)).to_owned();
                }
                if is_preposition(scene.at(token)) {
                    preposition = scene.at(token).to_owned();
                }
                Placed { time: from + n, token, preposition, group: owner(scene, token), noun: None }
            })
            .collect()
    }

    /// Joins the times of one event: the narrowest that agree; the first where they do not.
    pub(super) fn timing<'p>(&self, placed: impl Iterator<Item = &'p Placed>) -> Timing {
        let mut timing = Timing::default();
        for p in placed {
            let Some(when) = &self.times[p.time].when else { continue };
            let slot = match p.preposition.as_str() {
                "by" => &mut timing.due,
                "until" | "till" | "to" => &mut timing.until,
                "since" => continue,
                _ => &mut timing.when,
            };
            let words = self.words.lower_at(self.times[p.time].span);
            let bare = self.times[p.time].anchor == Some(Anchor::Published)
                && words.contains("day")
                && !words.contains("last")
                && !words.contains("yester");
            *slot = match slot.take() {
                None => Some(when.clone()),
                Some(known) if known.meets(when) => {
                    let time = known.time.clone().or_else(|| when.time.clone());
                    known.common(when).map(|mut w| {
                        w.time = time;
                        w
                    })
                }
                Some(known) => Some(known),
            };
            timing.weekday |= bare;
        }
        timing
    }
}

/// Returns the verb group that a time belongs to.
pub(super) fn owner(scene: &Scene<'_>, token: usize) -> Option<usize> {
    let before = scene.group_before(token);
    if let Some(b) = before
        && token < scene.links[b].end
    {
        return Some(b);
    }
    // `the drivers dismissed last week are to return`: the participle has the time, not the verb behind it.
    if let Some(b) = before
        && scene.groups[b].shape == Shape::Participle
        && (scene.groups[b].last + 1..token).all(|k| !is_hard(scene.at(k)) && scene.at(k) != ",")
    {
        return Some(b);
    }
    let next = before.map_or(0, |b| b + 1);
    let limit = scene.groups.len().min(next + 3);
    let follows = (next..limit).find(|&n| scene.groups[n].shape == Shape::Finite && !scene.links[n].relative);
    let follows = follows.filter(|&n| scene.groups[n].first <= token + 24);
    // `undertakes to build a school, in the valley, by June 2`: nothing follows, so the last verb has it.
    let close = |b: &usize| {
        token <= scene.groups[*b].last + 20 && (scene.groups[*b].last + 1..token).all(|k| !is_hard(scene.at(k)))
    };
    follows.or_else(|| before.filter(close))
}
