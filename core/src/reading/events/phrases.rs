//! The noun phrase of an event: what belongs to it, whose object it is, what its adjectives say.

use super::clauses::{Scene, is_hard, opens_clause};
use super::function_words::{is_adverb, is_determiner, is_preposition};
use super::groups::Shape;
use super::standing::{CALLED_OFF, DENIED, ONGOING, PLANNED, POSSIBLE, POSTPONED, Standing};
use crate::lang::en::events::{event_noun, govern, governs};
use std::ops::Range;

impl Scene<'_> {
    /// `the cancellation of the trip`: the noun before `of` says it.
    pub(super) fn of_nominal(&self, phrase: &Range<usize>) -> Option<Standing> {
        if phrase.start < self.range.start + 2 || self.at(phrase.start - 1) != "of" {
            return None;
        }
        match self.at(phrase.start - 2) {
            "cancellation" | "cancelation" | "abandonment" | "scrapping" => Some(CALLED_OFF),
            "postponement" | "deferral" | "adjournment" => Some(POSTPONED),
            "denial" => Some(DENIED),
            "threat" | "risk" | "possibility" | "prospect" | "danger" | "fear" | "fears" | "talk" | "reports"
            | "rumours" | "claims" | "hopes" => Some(POSSIBLE),
            _ => None,
        }
    }

    /// What adjectives before the noun say: `planned`, `called-off`, `any`.
    pub(super) fn described(&self, n: usize, phrase: &Range<usize>) -> Option<Standing> {
        (phrase.start..n).rev().take(6).find_map(|k| {
            let class = governs("premod", self.at(k));
            let article = k == phrase.start || !matches!(self.at(k), "second" | "first" | "past" | "present");
            if class == 0 || !article {
                None
            } else if class & govern::CANCEL != 0 {
                Some(CALLED_OFF)
            } else if class & govern::POSTPONE != 0 {
                Some(POSTPONED)
            } else if class & govern::PLAN != 0 {
                Some(PLANNED)
            } else if class & govern::UNCLEAR != 0 {
                Some(POSSIBLE)
            } else if class & govern::CONTINUE != 0 {
                Some(ONGOING)
            } else {
                None
            }
        })
    }

    /// Returns the event noun that a subject is about: its head.
    pub(super) fn subject_event(&self, subject: &Range<usize>) -> Option<usize> {
        let mut last = None;
        for k in subject.clone() {
            if !self.is_event_noun(k) && !is_order(self.at(k)) {
                continue;
            }
            last = Some(k);
            // The head stands before the first preposition behind it.
            if is_preposition(self.at(k + 1)) || self.groups.iter().any(|g| g.first == k + 1) {
                break;
            }
        }
        last
    }

    /// Says whether an event noun is the direct object of a group: no other preposition stands between.
    pub(super) fn is_object(&self, b: usize, n: usize, phrase: &Range<usize>) -> bool {
        let g = &self.groups[b];
        let start = phrase.start.min(n);
        if start < g.last + 1 || start > g.last + 14 {
            return false;
        }
        let class = governs("verb", g.base);
        let mut list = false;
        for k in g.last + 1..start {
            let w = self.at(k);
            let last = k + 1 == start;
            let goes_with = last
                && (w == "from" && matches!(g.base, "withdraw" | "pull_out")
                    || matches!(w, "for" | "on" | "in" | "to" | "of" | "with")
                        && class & (govern::UNCLEAR | govern::PLAN | govern::HOLD | govern::DENY) != 0
                        && matches!(
                            (g.base, w),
                            (
                                "call"
                                    | "ask"
                                    | "press"
                                    | "push"
                                    | "appeal"
                                    | "prepare"
                                    | "plan"
                                    | "hope"
                                    | "wait"
                                    | "opt"
                                    | "plead"
                                    | "beg"
                                    | "campaign",
                                "for"
                            ) | ("insist" | "decide", "on")
                                | ("take" | "join", "in")
                                | ("agree" | "commit" | "lead", "to")
                                | ("go_ahead" | "proceed", "with")
                        ))
                || g.base == "be" && matches!(w, "on" | "in") && last
                || matches!(w, "and" | "or");
            list |= w == "and" || w == "or" || w == ",";
            let quote = matches!(w, "“" | "”" | "\"" | "as");
            if opens_clause(w) && w != "as" || is_hard(w) && !(quote && class & govern::DENY != 0) {
                return false;
            }
            if is_preposition(w) && !goes_with && w != "of" && !self.is_time_at(k + 1) {
                return false;
            }
            // `ordered the closure of two schools`: what follows `of` belongs to the object before it.
            if w == "of" && !goes_with && class & govern::DENY == 0 {
                return false;
            }
        }
        g.shape != Shape::Participle || !list
    }

    pub(super) fn is_time_at(&self, n: usize) -> bool {
        super::clauses::is_calendar(self.at(n)) || super::clauses::is_calendar(self.at(n + 1))
    }

    /// Returns the noun phrase of an event noun with the prepositional phrases behind it.
    pub(super) fn noun_phrase(&self, n: usize) -> Range<usize> {
        let mut start = n;
        while start > self.range.start && n - start < 9 {
            let w = self.at(start - 1);
            let in_group = self.groups.iter().any(|g| g.first < start && start <= g.last + 1);
            let own = matches!(w, "s" | "'" | "’");
            if in_group
                || is_hard(w)
                || w == ","
                || opens_clause(w)
                || is_preposition(w) && !(w == "following" && start > 1 && is_determiner(self.at(start - 2)))
                || matches!(w, "and" | "or" | "but" | "to" | "then")
            {
                break;
            }
            if is_adverb(w) && !matches!(w, "first" | "long" | "even" | "all" | "both" | "only")
                || matches!(w, "he" | "she" | "they" | "it" | "we" | "i" | "who" | "there")
            {
                break;
            }
            start -= 1;
            if is_determiner(w)
                && !own
                && !matches!(
                    w,
                    "first"
                        | "second"
                        | "last"
                        | "next"
                        | "new"
                        | "further"
                        | "own"
                        | "two"
                        | "three"
                        | "other"
                        | "more"
                        | "such"
                        | "fresh"
                )
            {
                break;
            }
        }
        let mut end = n + 1;
        let mut between = false;
        while end < self.range.end && end < n + 14 {
            let w = self.at(end);
            let group = self.groups.iter().any(|g| g.first <= end && end <= g.last);
            between |= w == "between";
            if group
                || is_hard(w)
                || w == ","
                || opens_clause(w)
                || w == "and" && !between
                || matches!(w, "or" | "but" | "after" | "before" | "since" | "until" | "during")
            {
                break;
            }
            if end == n + 1
                && !is_preposition(w)
                && !super::clauses::is_calendar(w)
                && !matches!(w, "last" | "next" | "this")
            {
                break;
            }
            if is_adverb(w) && !matches!(w, "all" | "both" | "first" | "long" | "at") {
                break;
            }
            between &= w != "and";
            end += 1;
        }
        while end > n + 1
            && (is_preposition(self.at(end - 1))
                || is_determiner(self.at(end - 1))
                || matches!(self.at(end - 1), "and" | "or"))
        {
            end -= 1;
        }
        start..end
    }

    /// Says whether a listed event noun only describes the noun behind it: `strike leader`, `rescue team`.
    pub(super) fn is_modifier(&self, n: usize) -> bool {
        let next = self.at(n + 1);
        if next.is_empty()
            || n + 1 >= self.range.end
            || self.words.tokens[n + 1].kind != crate::reading::words::TokenKind::Word
        {
            return false;
        }
        let function = is_preposition(next)
            || is_determiner(next)
            || opens_clause(next)
            || is_adverb(next)
            || super::clauses::is_calendar(next)
            || matches!(
                next,
                "and"
                    | "or"
                    | "but"
                    | "to"
                    | "then"
                    | "is"
                    | "are"
                    | "was"
                    | "were"
                    | "he"
                    | "she"
                    | "it"
                    | "they"
                    | "we"
                    | "i"
                    | "s"
                    | "ago"
                    | "today"
                    | "there"
            );
        let grouped = self.groups.iter().any(|g| g.first == n + 1);
        !function && !grouped && event_noun(next).is_none()
    }
}

/// Says whether a noun is an order or a plan, which can itself be lifted.
pub(super) fn is_order(w: &str) -> bool {
    let w = w.strip_suffix('s').unwrap_or(w);
    matches!(
        w,
        "order"
            | "ban"
            | "plan"
            | "decision"
            | "curfew"
            | "restriction"
            | "instruction"
            | "warning"
            | "evacuation"
            | "requirement"
            | "siege"
            | "blockade"
            | "sanction"
            | "lockdown"
            | "motion"
            | "charge"
            | "offer"
            | "bid"
    )
}
