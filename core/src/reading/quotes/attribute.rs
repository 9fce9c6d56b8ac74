//! Reads a line: which words each cue attributes.

use super::clause::{Line, Page, Tag};
use super::cues::{self, According, Cue};
use super::subject;
use crate::lang::en::speech::{self, Class, Form};
use std::ops::Range;

/// A statement in tokens, before it is resolved.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// The stretches of content, in text order.
    pub(super) content: Vec<Range<usize>>,
    /// Who is named.
    pub(super) source: Option<Range<usize>>,
    /// The words that attribute.
    pub(super) cue: Option<Range<usize>>,
    /// Who was told, or where.
    pub(super) to: Option<Range<usize>>,
    /// Whether nothing but the sentence before names the source.
    pub(super) guessed: bool,
    /// The line it begins in.
    pub(super) line: usize,
    /// The tokens of its lines.
    pub(super) passage: Range<usize>,
}

/// What stands behind a cue.
enum Complement {
    /// A quotation: its number.
    Quotation(usize),
    /// A clause or thing that begins at a token.
    Clause(usize),
    /// Nothing that could be content; what comes next begins at a token.
    Nothing(usize),
}

/// Returns content of a single stretch.
fn one(stretch: Range<usize>) -> Vec<Range<usize>> {
    std::iter::once(stretch).collect()
}

/// Reads the attributions of one line, in text order of their cues.
pub(super) fn read(page: &Page<'_>, number: usize, line: &Line) -> Vec<Draft> {
    let cues = cues::find(page, line.tokens.clone());
    let according = cues::according(page, line.tokens.clone());
    let mut reader = Reader { page, number, line, cues, out: Vec::new(), used: line.tokens.start };
    for found in &according {
        reader.according(found);
    }
    if reader.out.is_empty() {
        reader.read_cues();
    } else {
        // Cues outside what "according to" attributes are rare; quotations with a cue of their own are not.
        reader.quoted_cues();
    }
    reader.out
}

struct Reader<'p, 'a> {
    page: &'p Page<'a>,
    number: usize,
    line: &'p Line,
    cues: Vec<Cue>,
    out: Vec<Draft>,
    /// What is behind this token is not attributed yet.
    used: usize,
}

impl Reader<'_, '_> {
    fn push(
        &mut self,
        content: Vec<Range<usize>>,
        source: Option<Range<usize>>,
        cue: Range<usize>,
        to: Option<Range<usize>>,
    ) {
        let content: Vec<Range<usize>> = content.into_iter().filter(|c| c.start < c.end).collect();
        // "denied this", "said so": nothing that could be shown.
        let vague = content.iter().all(|c| {
            c.clone().all(|n| matches!(self.page.tag(n), Tag::Class(_) | Tag::Quote | Tag::Comma)) && c.len() <= 2
        });
        if content.is_empty() || vague {
            return;
        }
        let passage = self.line.tokens.clone();
        self.out.push(Draft { content, source, cue: Some(cue), to, guessed: false, line: self.number, passage });
    }

    fn according(&mut self, found: &According) {
        let page = self.page;
        let tokens = self.line.tokens.clone();
        let source = Some(found.source.clone());
        let end = self.end_of_line();
        let front = found.words.start == tokens.start || (tokens.start..found.words.start).all(|n| self.is_joint(n));
        if front {
            let start = self.skip_marks(found.source.end);
            let end = self.content_end(start, end, usize::MAX);
            self.push(one(start..end), source, found.words.clone(), None);
            return;
        }
        let start = self.clause_start(found.words.start);
        self.used = found.source.end;
        let rest = self.skip_marks(found.source.end);
        let mut last = found.words.start;
        while last > start && page.tag(last - 1) == Tag::Comma {
            last -= 1;
        }
        let leads = last == start
            || matches!(page.tag(last - 1), Tag::Class(Class::Subordinator | Class::Conjunction))
            || page.is(start, Class::Preposition) && !page.has_verb(start..last);
        if leads && rest > found.source.end && rest < end {
            let close = self.content_end(rest, end, usize::MAX);
            self.push(one(rest..close), source, found.words.clone(), None);
            return;
        }
        let mut content = one(start..self.trim_end(start, found.words.start));
        if found.source.end < end && page.tag(found.source.end) == Tag::Comma && rest < end && page.verbish(rest) {
            content.push(rest..end);
        }
        self.push(content, source, found.words.clone(), None);
    }

    fn quoted_cues(&mut self) {
        let taken: Vec<Range<usize>> = self.out.iter().flat_map(|d| d.content.clone()).collect();
        let cues = std::mem::take(&mut self.cues);
        self.cues = cues.into_iter().filter(|c| !taken.iter().any(|t| t.contains(&c.words.start))).collect();
    }

    fn read_cues(&mut self) {
        let mut n = 0;
        while n < self.cues.len() {
            n = self.read_cue(n);
        }
    }

    /// Reads one cue; returns the number of the next to read.
    fn read_cue(&mut self, n: usize) -> usize {
        let page = self.page;
        let cue = self.cues[n].clone();
        if cue.words.start < self.used {
            return n + 1;
        }
        let source = self.source_of(n);
        let end = self.end_of_line();
        let left = self.left_content(&cue);
        let (complement, to) = self.complement(&cue, end);
        match complement {
            Complement::Nothing(_) | Complement::Quotation(_) | Complement::Clause(_)
                if left.is_none() && source.is_none() =>
            {
                n + 1
            }
            Complement::Nothing(at) => {
                if let Some(content) = self.around(&cue, left.clone(), at, end, n) {
                    self.used = content.last().map_or(self.used, |c| c.end);
                    self.push(content, source, cue.words.clone(), to);
                } else if let Some(left) = left {
                    self.push(left, source, cue.words.clone(), to);
                    self.used = at.max(cue.end());
                }
                n + 1
            }
            Complement::Quotation(q) => {
                let quotation = page.marks.quotations[q].clone();
                let mut content =
                    left.filter(|l| l.iter().any(|r| page.marks.of(r.start).is_some())).unwrap_or_default();
                let goes_on = self.goes_on(quotation.outer.end, end);
                let close = if goes_on { self.content_end(quotation.outer.end, end, n) } else { quotation.outer.end };
                content.push(quotation.outer.start..close);
                self.push(content, source, cue.words.clone(), to);
                self.used = close;
                n + 1
            }
            Complement::Clause(start) => {
                if let Some(left) = left.filter(|_| !self.clause_like(start, end, &cue)) {
                    self.push(left, source, cue.words.clone(), to);
                    self.used = start;
                    return n + 1;
                }
                if self.swallowed(n) {
                    return n + 1;
                }
                let close = self.content_end(start, end, n);
                self.push(one(start..close), source, cue.words.clone(), to);
                self.used = close;
                n + 1
            }
        }
    }

    /// Returns the clause that a cue between commas interrupts: "Still, he said, the bridge was safe".
    fn around(
        &self,
        cue: &Cue,
        left: Option<Vec<Range<usize>>>,
        at: usize,
        end: usize,
        n: usize,
    ) -> Option<Vec<Range<usize>>> {
        let page = self.page;
        let takes = cue.verb.takes;
        let between = cue.form != Form::Ing
            && !cue.inverted
            && cue.subject.is_some()
            && self.comma_before(cue.start())
            && at < end
            && page.tag(at) == Tag::Comma
            && (takes.clause || takes.that);
        let from = at + 1;
        if !between || from >= end || page.marks.of(from).is_some() {
            return None;
        }
        let goes_on = page.verbish(from)
            || page.is(from, Class::Conjunction)
            || page.opens_phrase(from)
            || page.is(from, Class::Subordinator)
            || page.tag(from) == Tag::Word && !page.lower(from).ends_with("ing");
        let close = self.content_end(from, end, n);
        if !goes_on
            || !page.has_verb(from..close)
            || matches!(page.lower(from), "who" | "which" | "as" | "while" | "when" | "after" | "his" | "her")
        {
            return None;
        }
        let start = self.clause_start_from(self.used);
        let comma = cue.start() - 1;
        let mut content = left.unwrap_or_default();
        // "An early vote, he said, would be a mistake": the subject stands before the cue.
        let lead = start < comma && !page.is(start, Class::Adverb) && !page.is(start, Class::Preposition);
        if content.is_empty() && page.verbish(from) && lead {
            content.push(start..comma);
        }
        content.push(from..close);
        Some(content)
    }

    /// Says whether a later cue attributes the clause that this one stands in: "The minister promised help, Lund said."
    fn swallowed(&self, n: usize) -> bool {
        let end = self.end_of_line();
        self.cues[n + 1..].iter().any(|later| {
            later.form != Form::Ing
                && later.subject.is_some()
                && matches!(self.complement(later, end).0, Complement::Nothing(_))
                && (self.comma_before(later.start())
                    || later.start() > 0 && self.page.tag(later.start() - 1) == Tag::Quote)
        })
    }

    fn comma_before(&self, at: usize) -> bool {
        at > self.line.tokens.start && self.page.tag(at - 1) == Tag::Comma
    }

    /// Returns the source of a cue: its subject, else that of the cue before it, else the subject of the line.
    fn source_of(&self, n: usize) -> Option<Range<usize>> {
        if let Some(subject) = &self.cues[n].subject {
            return Some(subject.clone());
        }
        let earlier = self.cues[..n].iter().rev().find_map(|c| c.subject.clone());
        if earlier.is_some() {
            return earlier;
        }
        if self.fronts(n) {
            return self.cues[n + 1..].iter().find(|c| c.form != Form::Ing).and_then(|c| c.subject.clone());
        }
        let page = self.page;
        let from = self.line.tokens.start;
        let verb =
            (from..self.cues[n].words.start).find(|&t| page.marks.of(t).is_none() && page.verbish(t) && t > from)?;
        subject::before(page, from, verb)
    }

    /// Returns what stands before a cue as its content: quotations, or a clause that ends in a comma.
    fn left_content(&self, cue: &Cue) -> Option<Vec<Range<usize>>> {
        let page = self.page;
        let at = cue.start();
        let from = self.used;
        if at <= from {
            return None;
        }
        let last = at - 1;
        if page.tag(last) == Tag::Quote
            || page.tag(last) == Tag::Comma && last > from && page.tag(last - 1) == Tag::Quote
        {
            return self.left_quotation(from, at);
        }
        if page.tag(last) != Tag::Comma && page.tag(last) != Tag::Dash || cue.form == Form::Ing {
            return None;
        }
        let start = self.clause_start_from(from);
        let words = start..last;
        if words.len() < 3 || !page.has_verb(words.clone()) && !words.clone().any(|n| page.marks.of(n).is_some()) {
            return None;
        }
        let leads =
            page.is(start, Class::Preposition) || page.is(start, Class::Subordinator) && !page.verbish(start + 1);
        if leads {
            let inner = words.clone().find(|&n| page.tag(n) == Tag::Comma && page.marks.of(n).is_none());
            if inner.is_none_or(|comma| !page.has_verb(comma..last)) {
                return None;
            }
        }
        Some(one(start..self.trim_end(start, last)))
    }

    /// Returns the quotation before a cue with what it completes: `They "will not give in," he said`.
    fn left_quotation(&self, from: usize, at: usize) -> Option<Vec<Range<usize>>> {
        let page = self.page;
        let close = (from..at).rev().find(|&n| page.tag(n) == Tag::Quote)?;
        let quotation = page.quoted(close)?;
        let start = self.clause_start_from(from);
        let end = quotation.outer.end;
        if start >= quotation.outer.start {
            return Some(vec![quotation.outer.clone()]);
        }
        let lead = start..quotation.outer.start;
        // A clause in front that the quotation completes belongs to it; a lead-in with a mark behind it does not.
        let mark = page.tag(quotation.outer.start - 1);
        let apart = matches!(mark, Tag::Comma | Tag::Colon | Tag::Dash | Tag::Stop | Tag::Semicolon);
        if apart && !lead.clone().any(|n| page.marks.of(n).is_some()) && quotation.words > 3 {
            return Some(vec![quotation.outer.clone()]);
        }
        Some(one(start..end))
    }

    /// Says whether the words are a clause or thing that the cue may take, not an adjunct.
    fn clause_like(&self, start: usize, end: usize, cue: &Cue) -> bool {
        let page = self.page;
        page.lower(start) == "that"
            || cue.verb.takes.naming
            || cue.verb.takes.thing && !cue.verb.takes.quote
            || page.has_verb(start..end)
    }

    /// Reads what stands behind a cue.
    fn complement(&self, cue: &Cue, end: usize) -> (Complement, Option<Range<usize>>) {
        let page = self.page;
        let mut at = cue.end();
        let takes = cue.verb.takes;
        let mut to = None;
        if takes.told && at < end && !self.is_that(at) && page.tag(at) != Tag::Quote {
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
        let complement = self.complement_at(cue, first, at, end);
        (complement, to)
    }

    fn complement_at(&self, cue: &Cue, first: usize, at: usize, end: usize) -> Complement {
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
        if takes.thing || takes.naming || takes.told && takes.infinitive && cue.verb.lemma != "tell" {
            let prep = page.is(at, Class::Preposition);
            return if prep { Complement::Nothing(at) } else { Complement::Clause(first.min(at)) };
        }
        let near = if takes.clause { end } else { end.min(at + 12) };
        if (takes.clause || takes.that)
            && (page.has_verb(at..near) || takes.clause && (at..end).any(|n| page.marks.of(n).is_some()))
            && !page.is(at, Class::Conjunction)
        {
            return Complement::Clause(at);
        }
        if takes.clause && !takes.belief && self.is_nominal(at) {
            return Complement::Clause(at);
        }
        Complement::Nothing(at)
    }

    /// Looks behind an aside between commas: "said after the talks, which lasted two hours, that …".
    fn behind_aside(&self, from: usize, end: usize) -> Option<Complement> {
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

    fn is_nominal(&self, at: usize) -> bool {
        let vague = matches!(self.page.lower(at), "it" | "this" | "these" | "those" | "nothing" | "something" | "one");
        self.page.opens_phrase(at) && !vague
    }

    fn is_that(&self, at: usize) -> bool {
        self.page.lower(at) == "that"
    }

    /// Returns who is told: the phrase behind "told".
    fn addressee(&self, at: usize, end: usize) -> Range<usize> {
        let page = self.page;
        let mut close = if matches!(page.tag(at), Tag::Class(Class::Object | Class::Pronoun)) {
            at + 1
        } else {
            subject::phrase_end(page, at, end)
        };
        // "told Kestrel Wire the talks failed" parts at the article; "told reporters Lund left" at the capital.
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
    fn skip_adjuncts(&self, from: usize, end: usize, infinitive: bool, to: &mut Option<Range<usize>>) -> usize {
        let page = self.page;
        let mut at = from;
        while at < end {
            let tag = page.tag(at);
            let next = match tag {
                // "urged them not to go": what turns the words round is no adjunct.
                Tag::Class(Class::Adverb) if matches!(page.lower(at), "not" | "never" | "no" | "hardly") => at,
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
                Tag::Word if page.lower(at).ends_with("ly") => at + 1,
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
    fn after_last(&self, at: usize, end: usize) -> usize {
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

    fn is_adjunct(&self, at: usize, end: usize) -> bool {
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
    fn adjunct_end(&self, at: usize, end: usize) -> usize {
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

    /// Says whether the sentence goes on behind a quotation as part of what was said.
    fn goes_on(&self, at: usize, end: usize) -> bool {
        let page = self.page;
        if at >= end {
            return false;
        }
        let stopped = page.tag(at - 1) == Tag::Quote && at >= 2 && matches!(page.tag(at - 2), Tag::Stop | Tag::Comma);
        if stopped {
            return false;
        }
        match page.tag(at) {
            Tag::Class(Class::Conjunction) => {
                at + 1 < end
                    && (self.is_that(at + 1) || page.tag(at + 1) == Tag::Quote || page.is(at + 1, Class::Auxiliary))
            }
            Tag::Class(Class::Auxiliary) => true,
            Tag::Class(Class::Preposition) => {
                !matches!(page.lower(at), "in" | "on" | "during" | "after" | "before" | "at")
            }
            Tag::Word => speech::verb(page.lower(at)).is_none(),
            Tag::Capital => true,
            _ => false,
        }
    }

    /// Returns where content that begins at `start` ends: the line's end, or where another attribution begins.
    fn content_end(&self, start: usize, end: usize, cue: usize) -> usize {
        let page = self.page;
        let mut close = end;
        let later = self.cues.get(cue.saturating_add(1)..).unwrap_or_default();
        for next in later.iter().filter(|c| c.words.start > start) {
            let at = next.start();
            let Some(before) = at.checked_sub(1).filter(|&b| b > start) else { continue };
            let joined = page.is(before, Class::Conjunction)
                || matches!(page.lower(before), "while" | "whereas" | "though" | "although" | "as");
            let quoted = page.tag(before) == Tag::Quote && matches!(page.tag(before - 1), Tag::Comma | Tag::Stop);
            let comma = page.tag(before) == Tag::Comma || quoted;
            let breaks = match next.form {
                Form::Ing => comma || page.tag(before) == Tag::Dash || joined && page.tag(before - 1) == Tag::Comma,
                // "While denying the charge, Lund said …"
                _ if self.fronts(cue) && next.subject.is_some() => comma,
                _ if next.subject.is_none() => joined,
                _ => {
                    joined && matches!(page.tag(before - 1), Tag::Comma | Tag::Dash)
                        || page.tag(before) == Tag::Semicolon
                }
            };
            if breaks {
                close = close.min(if quoted { before + 1 } else { before });
                break;
            }
        }
        let according = (start..close).find(|&n| {
            page.lower(n) == "according" && page.marks.of(n).is_none() && n > start && page.tag(n - 1) == Tag::Comma
        });
        let close = according.unwrap_or(close);
        // “…”, and she left: behind the quotation the reporter goes on.
        let reporter = (start + 1..close.saturating_sub(2)).find(|&n| {
            page.tag(n) == Tag::Comma
                && page.tag(n - 1) == Tag::Quote
                && matches!(page.lower(n + 1), "and" | "but")
                && matches!(page.lower(n + 2), "he" | "she" | "they")
        });
        self.trim_end(start, reporter.unwrap_or(close))
    }

    /// Says whether a cue is a participle at the front of its line.
    fn fronts(&self, cue: usize) -> bool {
        self.cues.get(cue).is_some_and(|c| c.form == Form::Ing && c.words.start <= self.line.tokens.start + 1)
    }

    /// Takes marks and joining words off the end.
    fn trim_end(&self, start: usize, end: usize) -> usize {
        let page = self.page;
        let mut end = end;
        while end > start
            && (matches!(page.tag(end - 1), Tag::Comma | Tag::Stop | Tag::Semicolon | Tag::Colon | Tag::Dash)
                || page.is(end - 1, Class::Conjunction))
        {
            end -= 1;
        }
        end
    }

    fn end_of_line(&self) -> usize {
        self.line.tokens.end
    }

    fn is_joint(&self, n: usize) -> bool {
        let class = matches!(self.page.tag(n), Tag::Class(Class::Conjunction | Class::Adverb))
            || self.page.tag(n) == Tag::Comma;
        class || matches!(self.page.tag(n), Tag::Other | Tag::Dash)
    }

    fn skip_marks(&self, at: usize) -> usize {
        let end = self.end_of_line();
        (at..end).find(|&n| !matches!(self.page.tag(n), Tag::Comma | Tag::Colon | Tag::Dash | Tag::Stop)).unwrap_or(end)
    }

    /// Returns where the clause that ends before `at` begins.
    fn clause_start(&self, at: usize) -> usize {
        self.clause_start_from(self.used).min(at)
    }

    /// Skips joining words and marks behind what is used already.
    fn clause_start_from(&self, from: usize) -> usize {
        let end = self.end_of_line();
        (from..end)
            .find(|&n| {
                let mark = matches!(self.page.tag(n), Tag::Comma | Tag::Semicolon | Tag::Stop | Tag::Dash | Tag::Colon);
                !mark && !self.page.is(n, Class::Conjunction) && !matches!(self.page.lower(n), "while" | "whereas")
            })
            .unwrap_or(end)
    }
}
