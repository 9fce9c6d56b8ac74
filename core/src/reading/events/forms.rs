//! Which form a word has where it stands: a verb in the present, a participle behind its noun, or no verb at all.

use super::function_words::{
    be, have, is_adverb, is_determiner, is_month_or_weekday, is_preposition, is_subject_pronoun, modal,
};
use super::groups::Finder;
use crate::lang::en::events::{VerbForm, event_noun, form, govern, governs, is_often_noun, phrasal};
use crate::reading::words::TokenKind;

impl Finder<'_> {
    pub(super) fn is_month(&self, n: usize) -> bool {
        let number = |m: usize| m < self.range.end && self.words.tokens[m].kind == TokenKind::Number;
        number(n + 1) || (n > self.range.start && number(n - 1))
    }

    /// Says whether a present form without auxiliary is likely a verb rather than a noun.
    pub(super) fn is_present(&self, n: usize, f: u8) -> bool {
        let before = if n > self.range.start { self.at(n - 1) } else { "" };
        let after = self.at(n + 1);
        let noun = event_noun(self.at(n)).is_some() || is_often_noun(self.at(n));
        let subject = is_subject_pronoun(before) && !matches!(before, "that");
        let object = is_determiner(after)
            || is_preposition(after)
            || after == "to"
            || after == "that"
            || self.is_name(n + 1)
            || super::clauses::is_calendar(after) && after != "march" && after != "may"
            || matches!(after, "him" | "them" | "up" | "down" | "out" | "off" | "it")
            || is_adverb(after);
        if n > self.range.start && self.words.tokens[n - 1].kind == TokenKind::Number {
            return false;
        }
        // `Dockers call off talks`: the particle shows the verb.
        if f & form::BASE != 0
            && phrasal(self.form(n).map_or("", |v| v.base), after).is_some()
            && !is_determiner(before)
        {
            return true;
        }
        let plural = before.ends_with('s') && !before.ends_with("ss") && before.len() > 3;
        let coordinated = matches!(before, "and" | "or" | "but" | "," | "then");
        // `wage talks that`, `pay talks to`: an event noun takes more than a clause behind it to be a verb.
        let object = object && !(event_noun(self.at(n)).is_some() && matches!(after, "that" | "to"));
        if f & form::PRESENT != 0 && f & form::PAST == 0 {
            return if noun {
                subject || object && !is_preposition(after) && self.is_singular(n)
            } else {
                subject || !coordinated || object
            };
        }
        // A base form: after a plural, a pronoun, or coordinated with an infinitive.
        if noun {
            return subject || (plural && object && !is_preposition(after));
        }
        subject
            || plural
            || coordinated && object
            || matches!(before, "people" | "police" | "both" | "men" | "women")
            || n == self.range.start && object
    }

    /// Says whether an -ing form is a noun here: `an emergency sitting`, `told visiting senators`.
    pub(super) fn is_noun_in_ing(&self, n: usize) -> bool {
        let before = if n > self.range.start { self.at(n - 1) } else { "" };
        let after = self.at(n + 1);
        let object = is_determiner(after) || self.is_name(n + 1) || matches!(after, "him" | "them" | "it" | "with");
        if self.form(n - usize::from(n > self.range.start)).is_some_and(|f| governs("verb", f.base) & govern::SAY != 0)
            && self.is_name(n + 1)
        {
            return true;
        }
        if event_noun(self.at(n)).is_none() {
            return false;
        }
        let opener = matches!(before, "" | "," | "and" | "or" | "while" | "when" | "not");
        let preposition = is_preposition(before);
        !object && (!opener || preposition)
    }

    pub(super) fn is_singular(&self, n: usize) -> bool {
        n > self.range.start && (self.is_name(n - 1) || !self.at(n - 1).ends_with('s'))
    }

    /// Says whether a past form stands behind its noun as a participle: `talks planned for Monday were called off`.
    pub(super) fn is_reduced(&self, n: usize, found: VerbForm) -> bool {
        if found.forms & form::PARTICIPLE == 0 || n == self.range.start {
            return false;
        }
        let before = self.at(n - 1);
        let after = self.at(n + 1);
        if is_subject_pronoun(before) || is_adverb(before) || matches!(before, "and" | "but") {
            return false;
        }
        if after == "by" && !self.is_number_or_time(n + 2) {
            return true;
        }
        let class = governs("verb", found.base);
        let arranged = class & (govern::PLAN | govern::POSTPONE) != 0
            && !matches!(
                found.base,
                "agree"
                    | "call"
                    | "decide"
                    | "promise"
                    | "vow"
                    | "pledge"
                    | "undertake"
                    | "announce"
                    | "confirm"
                    | "commit"
                    | "opt"
                    | "offer"
                    | "convene"
                    | "prepare"
                    | "delay"
                    | "adjourn"
                    | "hold_up"
            )
            || matches!(found.base, "hold" | "call" | "put");
        let prep = matches!(
            after,
            "for" | "on" | "at" | "in" | "from" | "until" | "between" | "to" | "last" | "earlier" | "off"
        );
        if arranged && prep && !(found.base == "set" && matches!(after, "in" | "on" | "to")) && found.base != "hold" {
            return true;
        }
        if found.base == "hold" && prep && after != "off" {
            return true;
        }
        // A finite verb follows before the clause ends: this one only describes.
        let mut m = n + 1;
        while m < self.range.end && m < n + 14 {
            let w = self.at(m);
            if matches!(
                w,
                "," | ";"
                    | ":"
                    | "—"
                    | "–"
                    | "-"
                    | "("
                    | "\""
                    | "“"
                    | "”"
                    | "and"
                    | "but"
                    | "that"
                    | "which"
                    | "who"
                    | "when"
                    | "while"
                    | "as"
                    | "if"
                    | "because"
                    | "after"
                    | "before"
                    | "since"
                    | "where"
                    | "whether"
                    | "what"
                    | "how"
                    | "it"
                    | "he"
                    | "she"
                    | "they"
            ) {
                return false;
            }
            let helper = be(w).is_some() && w != "being" && w != "be"
                || have(w).is_some() && w != "having"
                || modal(w).is_some();
            if helper {
                return class & govern::SAY == 0;
            }
            m += 1;
        }
        false
    }

    pub(super) fn is_number_or_time(&self, n: usize) -> bool {
        n < self.range.end
            && (self.words.tokens[n].kind == TokenKind::Number
                || is_month_or_weekday(self.at(n))
                || matches!(self.at(n), "noon" | "midnight" | "next"))
    }

    /// Says whether a token stands where a noun or an adjective must: behind `the`, `of`, a possessive.
    pub(super) fn is_noun_place(&self, n: usize) -> bool {
        if n == self.range.start {
            return false;
        }
        let before = self.at(n - 1);
        let gerund = self.form(n).is_some_and(|f| f.forms & form::ING != 0);
        let possessive = matches!(before, "s") && n >= 2 && matches!(self.at(n - 2), "'" | "’")
            || matches!(before, "'" | "’")
                && n >= 2
                && self.at(n - 2).ends_with('s')
                && self.words.tokens[n - 1].span.end() < self.words.tokens[n].span.start();
        let that = matches!(
            before,
            "that"
                | "which"
                | "both"
                | "what"
                | "first"
                | "second"
                | "last"
                | "more"
                | "most"
                | "many"
                | "few"
                | "some"
                | "others"
                | "other"
        );
        possessive
            || is_determiner(before) && !that
            || before == "her" && !gerund
            || is_preposition(before)
                && !gerund
                && !matches!(
                    before,
                    "since"
                        | "after"
                        | "before"
                        | "until"
                        | "off"
                        | "over"
                        | "in"
                        | "on"
                        | "outside"
                        | "inside"
                        | "behind"
                        | "through"
                        | "about"
                )
            || matches!(before, "in" | "on" | "about" | "over" | "through")
                && !gerund
                && self.form(n).is_some_and(|f| f.forms & form::PAST == 0)
    }

    /// Says whether a token within a sentence begins with a capital, as names do (not in headlines of capitals).
    pub(super) fn is_name(&self, n: usize) -> bool {
        n > self.range.start
            && n < self.range.end
            && !self.title
            && self.text.get(self.words.tokens[n].span).starts_with(char::is_uppercase)
    }
}
