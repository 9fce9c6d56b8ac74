//! Which of its meanings an event word has here: `fired two guards` and `fired a shot`, `pay talks` and `talks sense`.

use super::clauses::Scene;
use super::telling::Telling;
use crate::lang::en::events::{Named, event_noun, in_sense};
use crate::reading::syntax::{Relation, Upos};

impl Telling<'_> {
    /// Says whether an event word is part of a proper name: `Board of Appeal`, `Strike Fund`.
    pub(super) fn is_in_name(&self, scene: &Scene<'_>, n: usize) -> bool {
        let span = scene.syntax.nodes[n].span;
        if scene.title || !self.text.get(span).starts_with(char::is_uppercase) || n == scene.range.start {
            return false;
        }
        let at = self.names.mentions.partition_point(|m| m.span.end() <= span.start());
        self.names.mentions.get(at).is_some_and(|m| m.proper && m.span.contains(span) && m.span != span)
    }

    /// Says whether an event verb with other meanings is meant as the event.
    pub(super) fn is_meant(&self, scene: &Scene<'_>, c: usize) -> bool {
        let clause = &scene.clauses[c];
        let own = scene.syntax.subtree(clause.main);
        let near = |class: &str| {
            let end = own.end.max(clause.last + 1).min(clause.last + 16);
            (clause.last + 1..end).any(|k| in_sense(class, scene.at(k)))
        };
        let object = |class: &str| clause.object.is_some_and(|o| in_sense(class, scene.at(o)));
        let subject =
            |class: &str| clause.subject.is_some_and(|s| scene.syntax.subtree(s).any(|k| in_sense(class, scene.at(k))));
        let next = scene.at(clause.last + 1);
        match &*clause.base {
            "receive" | "summon" => near("guests"),
            // `met a deadline`
            "meet" => !object("fulfilled"),
            "rise" | "increase" | "cut" | "slash" => false,
            "try" => clause.passive && next != "to",
            // `fired his weapon`, `shots were fired`: nobody lost his work.
            "fire" => {
                !near("arms") && !subject("arms") && !matches!(next, "at" | "on" | "upon" | "into" | "back" | "off")
            }
            // `released the causes of death`: what is printed is no prisoner.
            "release" | "free" => {
                let freed = if clause.passive { clause.subject } else { clause.object };
                near("custody")
                    || freed.is_some_and(|n| in_sense("captives", scene.at(n)) || in_sense("custody", scene.at(n)))
            }
            // `all are expected to recover`: they get well.
            "recover" => clause.object.is_some() || clause.passive,
            // `dropped a hint`, `dropped out`: somebody let it go.
            "drop" => clause.object.is_none() && !clause.passive && !near("amounts") && !matches!(next, "to" | "by"),
            "fall" => !near("amounts") && !matches!(next, "to" | "by"),
            "leave" => matches!(next, "for" | "from" | "on" | "at"),
            "dismiss" => scene.class(c) == 0,
            "fly" => matches!(next, "to" | "into" | "from" | "home" | "out" | "in"),
            "send" | "dispatch" | "deploy" => near("envoys") || clause.passive && subject("envoys"),
            "return" => matches!(next, "to" | "home" | "from"),
            "sign" => near("deals") || subject("deals"),
            "settle" => near("disputes") || subject("disputes"),
            "pass" | "approve" | "reject" | "defeat" | "adopt" => near("bills") || subject("bills"),
            "walk_out" => next != "of" || near("walked"),
            "open" => next != "fire",
            // `set off by the blast`
            "set_off" => clause.object.is_none() && !clause.passive,
            "close" if next == "to" => false,
            "close" => !clause.passive || clause.past || clause.modal.is_some() || clause.perfect,
            // Without an object they stopped work; with one, only arms and troops attack.
            "strike" if clause.object.is_none() && !clause.passive => !matches!(next, "at" | "on" | "near" | "down"),
            "strike" => !object("struck") && (subject("arms") || subject("armed") || subject("forces")),
            "find" => near("found") || subject("found"),
            // Courts and councils sit; so do people, on chairs.
            "sit" => subject("bodies") && !matches!(next, "on" | "at" | "down"),
            "call" => false,
            _ => true,
        }
    }

    /// Tells what an event noun names here; none where the word means something else.
    pub(super) fn named(&self, scene: &Scene<'_>, n: usize) -> Option<Named> {
        let mut named = event_noun(scene.at(n)).or_else(|| scene.deed(n))?;
        let before = if n > scene.range.start { scene.at(n - 1) } else { "" };
        let after = scene.at(n + 1);
        if named.head == "strike" {
            let demonym = crate::lang::en::names::country_of_demonym(before).is_some();
            let by = scene.head(n).and_then(|h| scene.clause_at(h)).map_or("", |c| &*scene.clauses[c].base);
            let waged = matches!(by, "carry_out" | "launch" | "conduct" | "involve");
            if demonym || in_sense("armed", before) || waged || matches!(after, "on" | "against" | "inside" | "deep") {
                (named.kind, named.head) = ("attack", "attack");
            }
        }
        if matches!(scene.at(n), "conference" | "call" | "briefing") && matches!(before, "news" | "press") {
            named.kind = "statement";
        }
        if named.head == "motion" && matches!(after, "for" | "to") {
            named.kind = "trial";
        }
        let idle = match named.head {
            // `boxes of matches`
            "match" => before == "of" && matches!(scene.at(n.wrapping_sub(2)), "box" | "boxes" | "book" | "pack"),
            "protest" => before == "in",
            "race" => matches!(after, "against" | "to"),
            "fire" => matches!(before, "exchanged" | "opened" | "under" | "gun" | "rapid"),
            "vote" => matches!(after, "share" | "of"),
            // `a fair hearing`, `fair enough`: the adjective.
            "fair" => scene.syntax.nodes[n].upos == Upos::Adj || scene.relation(n) == Relation::Amod,
            _ => false,
        };
        (!idle).then_some(named)
    }
}
