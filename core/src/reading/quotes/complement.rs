//! Reads what stands behind a cue: who was told, days and occasions, then a quotation, a clause or a thing.

use super::attribute::Reader;
use super::clause::Tag;
use super::cues::Cue;
use super::{grammar, subject};
use crate::lang::en::speech::{Class, Form};
use crate::reading::syntax::Upos;
use std::ops::Range;

/// What stands behind a cue.
pub(super) enum Complement {
    /// A quotation: its number.
    Quotation(usize),
    /// A clause or thing that begins at a token.
    Clause(usize),
    /// Nothing that could be content; what comes next begins at a token.
    Nothing(usize),
}

impl Reader<'_, '_> {
    /// Says whether the words are a clause or thing that the cue may take, not an adjunct.
    pub(super) fn clause_like(&self, start: usize, end: usize, cue: &Cue) -> bool {
        let page = self.page;
        page.lower(start) == "that"
            || cue.verb.takes.naming
            || cue.thing && !cue.verb.takes.quote
            || page.has_verb(start..end)
    }

    /// Reads what stands behind a cue.
    pub(super) fn complement(&self, cue: &Cue, end: usize) -> (Complement, Option<Range<usize>>) {
        let page = self.page;
        let mut at = cue.end();
        let takes = cue.verb.takes;
        let mut to = None;
        // "Asked whether the gate was safe": nobody is told.
        let asks = at < end && (page.is(at, Class::Subordinator) || matches!(page.lower(at), "whether" | "if" | "how"));
        if takes.told && at < end && !self.is_that(at) && !asks && page.tag(at) != Tag::Quote {
            let told = self.addressee(at, end);
            if !told.is_empty() {
                at = told.end;
                to = Some(told);
            }
        }
        if at < end && page.lower(at) == "to" && !takes.infinitive && cue.verb.behind.is_empty() {
            let close = subject::phrase_end(page, at + 1, end);
            to = to.or((close > at + 1).then_some(at + 1..close));
            at = close;
        }
        let first = at;
        at = self.skip_adjuncts(at, end, takes.infinitive, &mut to);
        // "told a hearing that had been put off": a clause about who was told, not what was said.
        let relative = |at: usize| {
            page.is(at, Class::Auxiliary) && !page.lower(at).contains(['\'', '’'])
                || matches!(page.lower(at), "has" | "had" | "have" | "was" | "were" | "is")
        };
        if takes.told && to.is_some() && at + 1 < end && self.is_that(at) && relative(at + 1) {
            return (Complement::Nothing(at), to);
        }
        let complement = self.complement_at(cue, first, at, end);
        (complement, to)
    }

    pub(super) fn complement_at(&self, cue: &Cue, first: usize, at: usize, end: usize) -> Complement {
        let page = self.page;
        let takes = cue.verb.takes;
        if at >= end {
            return Complement::Nothing(at);
        }
        let mut open = at;
        if matches!(page.tag(at), Tag::Comma | Tag::Colon | Tag::Dash) {
            open += 1;
        }
        if open < end
            && page.tag(open) == Tag::Quote
            && let Some(q) = page.marks.of(open)
        {
            let whole = takes.quote && (open > at || page.marks.quotations[q].words > 3 || open + 1 >= end);
            return if whole && !cue.behind {
                Complement::Quotation(q)
            } else if open > at {
                Complement::Nothing(at)
            } else {
                Complement::Clause(at)
            };
        }
        match page.tag(at) {
            Tag::Colon if open < end && (takes.quote || takes.clause) => return Complement::Clause(open),
            Tag::Comma if open < end && self.is_that(open) => return Complement::Clause(open),
            Tag::Comma if open < end && (takes.clause || takes.that) => {
                return self.behind_aside(open, end).unwrap_or(Complement::Nothing(at));
            }
            Tag::Comma | Tag::Colon | Tag::Dash | Tag::Semicolon | Tag::Stop => return Complement::Nothing(at),
            _ => {}
        }
        if cue.behind {
            return Complement::Clause(cue.after);
        }
        let word = page.lower(at);
        if self.is_that(at) {
            let any = takes.clause || takes.that || takes.told;
            return if any { Complement::Clause(at) } else { Complement::Nothing(at) };
        }
        if word == "to" || word == "not" && at + 1 < end && page.lower(at + 1) == "to" {
            return if takes.infinitive { Complement::Clause(at) } else { Complement::Nothing(at) };
        }
        let asks = matches!(word, "whether" | "if" | "why" | "how" | "what" | "who" | "when" | "where");
        let pointing = matches!(word, "when" | "where" | "who" | "if");
        if asks && (takes.question || takes.clause || takes.that) && (at == first || !pointing) {
            return Complement::Clause(at);
        }
        if page.is(at, Class::Subordinator) {
            return Complement::Nothing(at);
        }
        // "The sitting called for today did not take place": the cue stands within the subject of another verb.
        if (cue.thing || takes.naming) && (page.verbish(at) || page.is(at, Class::Conjunction)) {
            return Complement::Nothing(at);
        }
        // "Called the owner on Monday": nothing is named.
        let marked = || (at..end).any(|n| page.marks.of(n).is_some());
        let calls = cue.verb.lemma == "call" && cue.form != Form::Ing && !self.of_what(cue);
        if calls && grammar::has_one_object(page, cue.after - 1) && !marked() {
            return Complement::Nothing(at);
        }
        // "Felt tired", "felt left out": a state, no thought.
        if takes.belief && !takes.thing && grammar::is_state(page, cue.after - 1, at) {
            return Complement::Nothing(at);
        }
        if cue.thing || takes.naming || takes.told && takes.infinitive && cue.verb.lemma != "tell" {
            let prep = page.is(at, Class::Preposition);
            return if prep { Complement::Nothing(at) } else { Complement::Clause(first.min(at)) };
        }
        if (takes.clause || takes.that)
            && (grammar::takes_clause(page, cue.after - 1)
                || takes.clause && (at..end).any(|n| page.marks.of(n).is_some()))
            && !page.is(at, Class::Conjunction)
        {
            return Complement::Clause(at);
        }
        // "Wrote a letter", "posted the film": a thing made.
        let made = || grammar::has_one_object(page, cue.after - 1) && !marked() && !page.has_verb(at..end);
        if takes.clause && !takes.belief && self.is_nominal(at) && !made() {
            return Complement::Clause(at);
        }
        Complement::Nothing(at)
    }

    /// Looks behind an aside between commas: "said after the talks, which lasted two hours, that …".
    pub(super) fn behind_aside(&self, from: usize, end: usize) -> Option<Complement> {
        let page = self.page;
        let aside = matches!(
            page.lower(from),
            "which" | "who" | "where" | "when" | "however" | "for" | "in" | "on" | "at" | "after"
        );
        let comma =
            (from..end.min(from + 20)).find(|&n| matches!(page.tag(n), Tag::Comma | Tag::Colon | Tag::Quote))?;
        if !aside || page.tag(comma) == Tag::Quote || comma + 1 >= end {
            return None;
        }
        if self.is_that(comma + 1) {
            return Some(Complement::Clause(comma + 1));
        }
        let quoted = page.tag(comma + 1) == Tag::Quote;
        page.marks.of(comma + 1).filter(|_| quoted).map(Complement::Quotation)
    }

    /// Says whether "what" stands before a cue for the thing named: "what they called a mistake".
    fn of_what(&self, cue: &Cue) -> bool {
        cue.start() > 0 && self.page.lower(cue.start() - 1) == "what"
    }

    pub(super) fn is_nominal(&self, at: usize) -> bool {
        let vague = matches!(self.page.lower(at), "it" | "this" | "these" | "those" | "nothing" | "something" | "one");
        self.page.opens_phrase(at) && !vague
    }

    pub(super) fn is_that(&self, at: usize) -> bool {
        self.page.lower(at) == "that"
    }

    /// Returns who is told: the phrase behind "told".
    pub(super) fn addressee(&self, at: usize, end: usize) -> Range<usize> {
        let page = self.page;
        let mut close = if matches!(page.tag(at), Tag::Class(Class::Object | Class::Pronoun)) {
            at + 1
        } else {
            subject::phrase_end(page, at, end)
        };
        // "told Hill Post the pump failed" parts at the article; "told reporters Lund left" at the capital.
        let lower_first = page.tag(at) == Tag::Word || page.opens_phrase(at) && page.tag(at) != Tag::Capital;
        if lower_first
            && let Some(split) = (at + 1..close)
                .find(|&n| page.tag(n - 1) == Tag::Word && page.tag(n) == Tag::Capital && page.has_verb(n..end))
        {
            close = split;
        }
        // “told Channel Nine's "Breakfast" on Sunday that”: the title belongs to who is told.
        if close > at
            && close < end
            && page.tag(close) == Tag::Quote
            && let Some(title) = page.quoted(close).filter(|q| q.words <= 5 && q.outer.end + 2 < end)
            && page.tag(close - 1) != Tag::Comma
        {
            close = title.outer.end;
        }
        at..close
    }

    /// Skips days, places and occasions behind a cue; the first occasion is where it was said.
    pub(super) fn skip_adjuncts(
        &self,
        from: usize,
        end: usize,
        infinitive: bool,
        to: &mut Option<Range<usize>>,
    ) -> usize {
        let page = self.page;
        let mut at = from;
        while at < end {
            let tag = page.tag(at);
            let next = match tag {
                // "urged them not to go": what turns the words round is no adjunct.
                Tag::Class(Class::Adverb) if matches!(page.lower(at), "not" | "never" | "no" | "hardly") => at,
                // "said there were talks": no place.
                Tag::Class(Class::Adverb) if page.word(at).is_some_and(|w| w.upos == Upos::Pron) => at,
                Tag::Class(Class::Time | Class::Adverb) => at + 1,
                Tag::Number if at > from && page.is(at - 1, Class::Time) => at + 1,
                Tag::Comma
                    if at > from && page.is(at - 1, Class::Time) && at + 1 < end && page.tag(at + 1) == Tag::Number =>
                {
                    at + 2
                }
                Tag::Word if matches!(page.lower(at), "last" | "earlier" | "late" | "early") && at + 1 < end => {
                    self.after_last(at, end)
                }
                Tag::Word if page.word(at).is_some_and(|w| w.upos == Upos::Adv) => at + 1,
                Tag::Word
                    if at > from
                        && page.is(at - 1, Class::Time)
                        && matches!(page.lower(at), "night" | "morning" | "afternoon" | "evening") =>
                {
                    at + 1
                }
                Tag::Class(Class::Determiner) if matches!(page.lower(at), "this" | "that") => self.after_last(at, end),
                Tag::Class(Class::Preposition)
                    if self.is_adjunct(at, end) && !(infinitive && page.lower(at) == "to") =>
                {
                    let close = self.adjunct_end(at + 1, end);
                    let occasion = matches!(page.lower(at), "in" | "at" | "during" | "on" | "to" | "before");
                    if to.is_none() && occasion && !page.is(at + 1, Class::Time) && close > at + 1 {
                        *to = Some(at + 1..close);
                    }
                    close
                }
                _ => at,
            };
            if next <= at {
                break;
            }
            at = next;
        }
        at
    }

    /// "last week", "this month": goes behind the unit; stays if there is none.
    pub(super) fn after_last(&self, at: usize, end: usize) -> usize {
        let unit = at + 1 < end
            && (self.page.is(at + 1, Class::Time)
                || matches!(
                    self.page.lower(at + 1),
                    "week"
                        | "month"
                        | "year"
                        | "night"
                        | "morning"
                        | "afternoon"
                        | "evening"
                        | "spring"
                        | "summer"
                        | "autumn"
                        | "fall"
                        | "winter"
                        | "in"
                        | "on"
                        | "this"
                ));
        if unit { at + 2 } else { at }
    }

    pub(super) fn is_adjunct(&self, at: usize, end: usize) -> bool {
        let page = self.page;
        let occasion = matches!(
            page.lower(at),
            "in" | "on"
                | "at"
                | "during"
                | "after"
                | "before"
                | "by"
                | "via"
                | "through"
                | "from"
                | "to"
                | "of"
                | "with"
                | "about"
                | "following"
                | "for"
                | "outside"
                | "ahead"
                | "upon"
                | "into"
                | "as"
        );
        let measure =
            at + 1 < end && matches!(page.lower(at + 1), "least" | "most" | "fact" | "average" | "addition" | "total");
        occasion && !measure
    }

    /// Goes on to where the phrase behind an adjunct's preposition ends.
    pub(super) fn adjunct_end(&self, at: usize, end: usize) -> usize {
        let page = self.page;
        let mut close = subject::phrase_end(page, at, end);
        if close == at && at < end && page.is(at, Class::Time) {
            close = at + 1;
        }
        if close == at && at < end && (page.tag(at) == Tag::Word || page.lower(at).ends_with("ing")) {
            close = subject::phrase_end(page, at + 1, end);
        }
        // "in an interview published Monday", "a letter sent to staff"
        if close < end
            && page.tag(close) == Tag::Word
            && page.verbish(close)
            && page.lower(close).ends_with("ed")
            && close > at
        {
            close += 1;
        }
        close
    }
}
