//! The clause that names an event: its verb with subject and objects, cut so that it tells of this event alone.

use super::clauses::{Governor, Scene, is_hard};
use super::standing::NounStanding;
use super::telling::{LABEL, Telling};
use super::{Event, Status};
use crate::text::Span;

impl Telling<'_> {
    /// Returns the clause of a verb group, with the verb that governs it.
    pub(super) fn verb_label(&self, scene: &Scene<'_>, n: usize) -> Option<Span> {
        let mut from = scene.groups[n].first;
        let mut at = n;
        for _ in 0..4 {
            let link = &scene.links[at];
            if let Some(subject) = link.subject.as_ref().filter(|s| s.end <= scene.groups[at].first) {
                from = from.min(subject.start);
                break;
            }
            if link.content {
                break;
            }
            let next = match (link.partner, link.governor) {
                (Some(p), _) | (None, Governor::Verb(p)) => p,
                (None, Governor::Noun(k)) => match scene.group_before(k) {
                    Some(p) => p,
                    None => {
                        from = from.min(scene.noun_phrase(k).start);
                        break;
                    }
                },
                _ => break,
            };
            if next >= at {
                break;
            }
            from = from.min(scene.groups[next].first);
            at = next;
        }
        let end = scene.links[n].end;
        if end - from > LABEL {
            from = scene.groups[n].first;
        }
        self.span(scene, from, end)
    }

    /// Returns the span of tokens without marks and conjunctions at its ends.
    pub(super) fn span(&self, scene: &Scene<'_>, mut from: usize, mut end: usize) -> Option<Span> {
        while from < end && (is_hard(scene.at(from)) || matches!(scene.at(from), "," | "and" | "but" | "'" | "’" | "‘"))
        {
            from += 1;
        }
        // `no deaths were reported` must not lose its `no`.
        if from > scene.range.start && from < end && matches!(scene.at(from - 1), "no" | "not" | "never" | "neither") {
            from -= 1;
        }
        while end > from && (is_hard(scene.at(end - 1)) && scene.at(end - 1) != ")" || scene.at(end - 1) == ",") {
            end -= 1;
        }
        (from < end).then(|| self.words.tokens[from].span.cover(self.words.tokens[end - 1].span))
    }

    /// Returns the noun phrase, with the clause of the verb that says how the event stands.
    pub(super) fn noun_label(&self, scene: &Scene<'_>, told: &NounStanding) -> Option<Span> {
        let phrase = &told.phrase;
        let Some(b) = told.by else { return self.span(scene, phrase.start, phrase.end) };
        let (g, link) = (&scene.groups[b], &scene.links[b]);
        let (mut from, mut end) = (phrase.start.min(g.first), phrase.end.max(g.last + 1));
        if g.first < phrase.start {
            if let Some(subject) = link.subject.as_ref().filter(|s| s.end <= g.first) {
                from = from.min(subject.start);
            } else if let Some(span) = self.verb_label(scene, b) {
                let first = self.words.tokens.partition_point(|t| t.span.start() < span.start());
                from = from.min(first);
            }
        }
        end = end.max(link.end.min(end + 20));
        if end - from > LABEL {
            (from, end) = if g.first < phrase.start {
                (g.first, phrase.end)
            } else {
                (phrase.start, (phrase.start + LABEL).min(end))
            };
        }
        self.span(scene, from, end)
    }

    /// A label of what happened must not hold words of what did not: it ends before them or begins behind them.
    pub(super) fn keep_labels_apart(&self, events: &mut [Event]) {
        let told = |e: &Event| matches!(e.status, Status::Held | Status::Ongoing);
        let other: Vec<(Span, Span)> =
            events.iter().filter(|e| !told(e) && e.kind != "statement").map(|e| (e.trigger, e.label)).collect();
        for event in events.iter_mut().filter(|e| told(e)) {
            for (trigger, label) in &other {
                if !event.label.contains(*trigger) || trigger.overlaps(event.trigger) {
                    continue;
                }
                let (from, end) = if trigger.start() > event.trigger.end() {
                    let cut = label.start().max(event.trigger.end()).min(trigger.start());
                    (event.label.start(), if cut > event.trigger.end() { cut } else { event.trigger.end() })
                } else {
                    (trigger.end(), event.label.end())
                };
                if let Some(span) = self
                    .text
                    .span(from.min(event.trigger.start()), end.max(event.trigger.end()))
                    .and_then(|s| self.text.trim(s))
                {
                    event.label = span;
                }
            }
        }
    }
}
