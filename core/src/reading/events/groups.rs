//! Verb groups: auxiliaries, negation and the main verb with its particle, found by word lists, token by token.

use super::function_words::{be, do_, have, is_adverb, is_determiner, is_not, is_preposition, modal, split_not};
use crate::lang::en::events::{VerbForm, form, governs, phrasal, verb};
use crate::reading::words::{TokenKind, Words};
use crate::text::Text;
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
    /// will, shall, is to, is going to, is due to
    Will,
    /// would
    Would,
    /// can, could, may, might
    May,
    /// must, should, ought to, has to
    Must,
}

/// A verb group.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// Its first token: the first auxiliary, or the main verb.
    pub(super) first: usize,
    /// The main verb.
    pub(super) main: usize,
    /// The last token: the main verb or its particle.
    pub(super) last: usize,
    /// The verb in its base form, a particle joined by `_`; for `is due` the adjective.
    pub(super) base: &'static str,
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
    /// Whether it has an auxiliary.
    pub(super) helped: bool,
}

/// The longest stretch looked over for one group: keeps odd text linear.
const REACH: usize = 6;

/// Finds verb groups in a stretch of tokens.
pub(super) struct Finder<'a> {
    /// The text.
    pub(super) text: &'a Text,
    /// Its tokens.
    pub(super) words: &'a Words,
    /// The stretch: a sentence, or a part of a very long one.
    pub(super) range: Range<usize>,
    /// Whether it is a headline, where `Dockers call off talks` tells the past.
    pub(super) title: bool,
}

impl Finder<'_> {
    pub(super) fn at(&self, n: usize) -> &str {
        if self.range.contains(&n) { self.words.lower(n) } else { "" }
    }

    /// Returns the groups in text order; they do not overlap.
    pub(super) fn groups(&self) -> Vec<Group> {
        let mut out = Vec::new();
        let mut n = self.range.start;
        while n < self.range.end {
            match self.group(n) {
                Some(group) => {
                    n = group.last + 1;
                    out.push(group);
                }
                None => n += 1,
            }
        }
        out
    }

    /// Skips adverbs and `not` from `n` on; says whether there was a `not`.
    pub(super) fn skip(&self, mut n: usize) -> (usize, bool) {
        let from = n;
        let mut negated = false;
        while n < from + 3 && n < self.range.end {
            let w = self.at(n);
            // `'` and `t` of odd tokens stay where they are.
            if is_not(w) {
                negated = true;
            } else if w == "no" && self.at(n + 1) == "longer" {
                negated = true;
                n += 1;
            } else if !is_adverb(w) {
                break;
            }
            n += 1;
        }
        (n, negated)
    }

    pub(super) fn form(&self, n: usize) -> Option<VerbForm> {
        if n >= self.range.end || self.words.tokens[n].kind != TokenKind::Word {
            return None;
        }
        verb(self.words.lower(n))
    }

    pub(super) fn group(&self, first: usize) -> Option<Group> {
        if self.words.tokens[first].kind == TokenKind::Number {
            return None;
        }
        let mut g = Group {
            first,
            main: first,
            last: first,
            base: "be",
            shape: Shape::Finite,
            modal: None,
            past: false,
            negated: false,
            perfect: false,
            passive: false,
            progressive: false,
            helped: false,
        };
        let (word, negated) = split_not(self.at(first));
        g.negated = negated;
        let mut n = first;
        if word == "to" {
            let (next, negated) = self.skip(first + 1);
            g.negated |= negated;
            let w = self.at(next);
            let base = matches!(w, "be" | "have" | "do") || self.form(next).is_some_and(|f| f.forms & form::BASE != 0);
            if !base || (first > 0 && self.at(first.wrapping_sub(1)) == "according") {
                return None;
            }
            g.shape = Shape::Infinitive;
            n = next;
        } else if let Some(modal) = modal(word) {
            if word == "may" && self.is_month(first) || self.is_noun_place(first) {
                return None;
            }
            g.modal = Some(modal);
            g.helped = true;
            let (next, negated) = self.skip(first + 1);
            g.negated |= negated;
            n = next;
            if self.at(n) == "to" {
                n += 1;
            }
        }
        self.rest(g, n)
    }

    /// Reads auxiliaries and the main verb from token `n`.
    pub(super) fn rest(&self, mut g: Group, mut n: usize) -> Option<Group> {
        let start = n;
        let open = g.helped || g.shape == Shape::Infinitive;
        while n < start + REACH {
            let (word, negated) = split_not(self.at(n));
            let (next, not) = self.skip(n + 1);
            let follows = self.form(next).map_or(0, |f| f.forms);
            let then = self.at(next);
            let fresh = n == start && !open;
            if let Some(past) = have(word) {
                let to = then == "to" && self.form(next + 1).is_some_and(|f| f.forms & form::BASE != 0);
                if fresh && word == "having" {
                    g.shape = Shape::Gerund;
                }
                if then == "been" || then == "had" || follows & form::PARTICIPLE != 0 && !self.is_noun_place(next) {
                    g.perfect = true;
                } else if to && then == "to" && not == (next > n + 1) && next == n + 1 {
                    g.modal = g.modal.or(Some(Modal::Must));
                    g.past |= fresh && past;
                    g.helped = true;
                    n = next + 1;
                    continue;
                } else {
                    return Some(self.close(g, n, "have", fresh && past, negated));
                }
                g.past |= fresh && past;
                (g.helped, g.negated) = (true, g.negated | negated | not);
                n = next;
            } else if let Some(past) = be(word) {
                if fresh && word == "being" {
                    g.shape = Shape::Gerund;
                }
                let planned = governs("adj", then) != 0;
                let to = then == "to" && self.form(next + 1).is_some_and(|f| f.forms & form::BASE != 0);
                let be_to = then == "to" && (to || matches!(self.at(next + 1), "be" | "have"));
                g.past |= fresh && past;
                if be_to {
                    g.modal = g.modal.or(Some(Modal::Will));
                    (g.helped, g.negated) = (true, g.negated | negated | not);
                    n = next + 1;
                } else if then == "going"
                    && self.at(next + 1) == "to"
                    && self.form(next + 2).is_some_and(|f| f.forms & form::BASE != 0)
                    || matches!(then, "about" | "likely") && self.at(next + 1) == "to"
                {
                    g.modal = g.modal.or(Some(Modal::Will));
                    (g.helped, g.negated) = (true, g.negated | negated | not);
                    n = next + 2;
                } else if planned {
                    let base = self.form(next).map(|f| f.base).filter(|b| governs("verb", b) != 0);
                    let adjective = match then {
                        "due" => "due",
                        "slated" | "booked" | "bound" | "supposed" | "destined" | "poised" => "schedule",
                        "ready" => "prepare",
                        "likely" => "predict",
                        _ => base.unwrap_or("schedule"),
                    };
                    (g.helped, g.negated, g.passive) = (true, g.negated | negated | not, true);
                    return Some(self.close(g, next, adjective, false, false));
                } else if matches!(then, "being" | "been") {
                    g.progressive |= then == "being";
                    (g.helped, g.negated) = (true, g.negated | negated | not);
                    n = next;
                } else if follows & form::PARTICIPLE != 0 && !self.is_noun_place(next) {
                    (g.helped, g.negated, g.passive) = (true, g.negated | negated | not, true);
                    let base = self.form(next).map_or("be", |f| f.base);
                    return Some(self.close(g, next, base, false, false));
                } else if follows & form::ING != 0 && next < self.range.end {
                    (g.helped, g.negated, g.progressive) = (true, g.negated | negated | not, true);
                    let base = self.form(next).map_or("be", |f| f.base);
                    return Some(self.close(g, next, base, false, false));
                } else {
                    g.negated |= not;
                    // `would be open`, `is closed`: the adjective of a verb names what happens.
                    let opens = matches!(then, "open" | "closed" | "shut" | "ready").then_some(then);
                    if let Some(then) = opens
                        && g.modal.is_some()
                    {
                        return Some(self.close(
                            g,
                            next,
                            if then == "open" { "open" } else { "close" },
                            false,
                            negated,
                        ));
                    }
                    return Some(self.close(g, n, "be", false, negated));
                }
            } else if let (true, Some(past)) = (fresh, do_(word)) {
                let base = follows & form::BASE != 0 && !self.is_noun_place(next);
                g.past |= past;
                g.negated |= negated | not;
                if base {
                    let main = self.form(next).map_or("do", |f| f.base);
                    g.helped = true;
                    return Some(self.close(g, next, main, past, false));
                }
                return Some(self.close(g, n, "do", past, false));
            } else {
                // `are to meet`, `is going to open`: a base form follows as it does a modal.
                let helped = open || g.helped || g.perfect || g.passive;
                return self.main(g, n, helped);
            }
        }
        None
    }

    /// Ends a group at a main verb that has auxiliaries or none.
    pub(super) fn main(&self, mut g: Group, n: usize, helped: bool) -> Option<Group> {
        let found = self.form(n)?;
        let f = found.forms;
        if helped {
            let wanted = if g.perfect { form::PARTICIPLE } else { form::BASE };
            // A modal with a noun behind it (`will` as a name) is no group.
            return (f & wanted != 0).then(|| self.close(g, n, found.base, false, false));
        }
        if self.is_noun_place(n) || self.is_name(n) {
            return None;
        }
        let lower = self.at(n);
        if lower == "following"
            || lower == "regarding"
            || lower == "concerning"
            || lower == "pending"
            || lower == "like"
            || lower == "according"
        {
            return None;
        }
        if f == form::ING {
            if self.is_noun_in_ing(n) {
                return None;
            }
            g.shape = Shape::Gerund;
        } else if f & form::PAST != 0 {
            g.past = true;
            // `Evacuation lifted`: in a headline a past form without object is passive.
            let bare = matches!(
                self.at(n + 1),
                "" | "," | ";" | ":" | "as" | "after" | "in" | "at" | "over" | "until" | "till" | "by"
            );
            if self.title && bare && f & form::PARTICIPLE != 0 && n > self.range.start {
                g.passive = true;
            } else if self.is_reduced(n, found) {
                g.shape = Shape::Participle;
                g.passive = true;
            }
        } else if f & form::PARTICIPLE != 0 && f & form::BASE == 0 {
            g.shape = Shape::Participle;
            g.passive = true;
        } else if !self.is_present(n, f) {
            return None;
        } else if self.title {
            g.past = true;
        }
        Some(self.close(g, n, found.base, false, false))
    }

    /// Sets the main verb, takes a particle along.
    pub(super) fn close(&self, mut g: Group, main: usize, base: &'static str, past: bool, negated: bool) -> Group {
        g.main = main;
        g.last = main;
        g.base = base;
        g.past |= past;
        g.negated |= negated;
        for at in main + 1..(main + 6).min(self.range.end) {
            let w = self.at(at);
            let joined = matches!(
                w,
                "off"
                    | "out"
                    | "back"
                    | "down"
                    | "up"
                    | "away"
                    | "on"
                    | "for"
                    | "over"
                    | "in"
                    | "ahead"
                    | "place"
                    | "part"
                    | "again"
                    | "from"
                    | "way"
            )
            .then(|| phrasal(base, w))
            .flatten();
            if let Some(joined) = joined
                && (at == main + 1 || matches!(w, "off" | "back" | "down") || w == "place")
            {
                g.base = joined;
                if at == main + 1 {
                    g.last = at;
                }
                break;
            }
            // `called it off`, `put the meeting off`: a short object may stand between.
            let short = is_determiner(w) || matches!(w, "it" | "them" | "him") || at <= main + 3;
            if !short
                || self.words.tokens[at].kind == TokenKind::Mark
                || self.form(at).is_some_and(|f| f.forms == form::ING)
                || is_preposition(w)
            {
                break;
            }
        }
        if base == "pull" && self.at(g.last + 1) == "of" && g.base == "pull_out" {
            g.last += 1;
        }
        g
    }
}
