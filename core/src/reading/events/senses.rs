//! Which of its meanings an event word has here: `fired two guards` and `fired a shot`, `pay talks` and `talks sense`.

use super::clauses::Scene;
use super::function_words::{is_determiner, is_preposition};
use super::telling::Telling;
use crate::lang::en::events::{Named, event_noun, in_sense};

impl Telling<'_> {
    /// Says whether an event word is part of a proper name: `Board of Appeal`, `Strike Fund`.
    pub(super) fn is_in_name(&self, scene: &Scene<'_>, n: usize) -> bool {
        let span = self.words.tokens[n].span;
        if scene.title || !self.text.get(span).starts_with(char::is_uppercase) || n == scene.range.start {
            return false;
        }
        let at = self.names.mentions.partition_point(|m| m.span.end() <= span.start());
        self.names.mentions.get(at).is_some_and(|m| m.proper && m.span.contains(span) && m.span != span)
    }

    /// Says whether an event verb with other meanings is meant as the event.
    pub(super) fn is_meant(&self, scene: &Scene<'_>, n: usize) -> bool {
        let g = &scene.groups[n];
        let near = |class: &str| (g.last + 1..(g.last + 16).min(scene.range.end)).any(|k| in_sense(class, scene.at(k)));
        let next = scene.at(g.last + 1);
        match g.base {
            "receive" | "summon" => near("guests"),
            // `met a deadline`
            "meet" => !(g.last + 1..(g.last + 5).min(scene.range.end)).any(|k| in_sense("fulfilled", scene.at(k))),
            "rise" | "increase" | "cut" | "slash" => false,
            "try" => g.passive && next != "to",
            // `fired his weapon`, `shots were fired`: nobody lost his work.
            "fire" => {
                !near("arms")
                    && !link_has(scene, n, "arms")
                    && !matches!(next, "at" | "on" | "upon" | "into" | "back" | "off")
            }
            // `released the causes of death`: what is printed is no prisoner.
            "release" | "free" => {
                let object = (g.last + 1..(g.last + 5).min(scene.range.end)).any(|k| in_sense("captives", scene.at(k)));
                near("custody") || object || link_has(scene, n, "custody") || link_has(scene, n, "captives")
            }
            "fall" | "drop" => {
                !near("amounts")
                    && next != "to"
                    && next != "by"
                    // `dropped a hint`, `dropped out`: somebody let it go.
                    && !(g.base == "drop" && (is_determiner(next) || g.passive))
            }
            "leave" => matches!(next, "for" | "from" | "on" | "at"),
            "dismiss" => scene.class(n) == 0,
            "fly" => matches!(next, "to" | "into" | "from" | "home" | "out" | "in"),
            "send" | "dispatch" | "deploy" => near("envoys"),
            "return" => next == "to" || next == "home" || next == "from",
            "sign" => near("deals"),
            "settle" => near("disputes"),
            "pass" | "approve" | "reject" | "defeat" | "adopt" => near("bills") || link_has(scene, n, "bills"),
            "walk_out" => next != "of" || near("walked"),
            "visit" => true,
            "open" => next != "fire",
            "close" => !g.passive || g.past || g.modal.is_some() || g.perfect,
            "strike" => !near("struck"),
            "find" => near("found"),
            "sit" => !matches!(next, "on" | "at" | "down"),
            "call" => false,
            _ => true,
        }
    }

    /// Tells what an event noun names here; none where the word means something else.
    pub(super) fn named(&self, scene: &Scene<'_>, n: usize) -> Option<Named> {
        let mut named = event_noun(scene.at(n))?;
        let before = if n > scene.range.start { scene.at(n - 1) } else { "" };
        let after = scene.at(n + 1);
        if named.head == "strike" {
            let demonym = crate::lang::en::names::country_of_demonym(before).is_some();
            let armed = matches!(
                before,
                "missile"
                    | "drone"
                    | "air"
                    | "rocket"
                    | "military"
                    | "retaliatory"
                    | "precision"
                    | "artillery"
                    | "bomb"
                    | "deadly"
                    | "overnight"
            );
            let verb = scene.group_before(n).is_some_and(|b| {
                b + 1 > 0
                    && n <= scene.groups[b].last + 5
                    && matches!(scene.groups[b].base, "carry_out" | "launch" | "conduct" | "involve")
            });
            if demonym || armed || verb || matches!(after, "on" | "against" | "inside" | "deep") {
                named.kind = "attack";
                named.head = "attack";
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
            "fair" => {
                let noun = is_preposition(after)
                    || matches!(after, "" | "," | "." | "and")
                    || scene.groups.iter().any(|g| g.first == n + 1);
                !noun || matches!(before, "be" | "is" | "are" | "was" | "were" | "been" | "not" | "more" | "very")
            }
            _ => false,
        };
        (!idle).then_some(named)
    }
}

/// Says whether the subject of a group holds a word of a class.
pub(super) fn link_has(scene: &Scene<'_>, n: usize, class: &str) -> bool {
    scene.links[n].subject.as_ref().is_some_and(|s| s.clone().any(|k| in_sense(class, scene.at(k))))
}

/// Says whether a verb commits whoever is its subject.
pub(super) fn is_commitment(base: &str) -> bool {
    matches!(base, "promise" | "vow" | "pledge" | "undertake" | "commit" | "swear" | "agree")
}
