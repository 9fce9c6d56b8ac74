//! Reads a line: which words each cue attributes.

use super::Act;
use super::clause::{Line, Page, Tag};
use super::complement::Complement;
use super::cues::{self, According, Cue};
use super::marks::Quotation;
use super::silences::{self, Silence};
use super::{grammar, loose, nouns, subject};
use crate::lang::en::speech::{self, Class, Form};
use crate::reading::syntax::Relation;
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
    /// What is done with the words.
    pub(super) act: Act,
    /// Whether nothing but the sentence before names the source.
    pub(super) guessed: bool,
    /// The line it begins in.
    pub(super) line: usize,
    /// The tokens of its lines.
    pub(super) passage: Range<usize>,
}

/// Returns content of a single stretch.
fn one(stretch: Range<usize>) -> Vec<Range<usize>> {
    std::iter::once(stretch).collect()
}

/// Reads the attributions of one line, in text order of their cues.
pub(super) fn read(page: &Page<'_>, number: usize, line: &Line) -> Vec<Draft> {
    let cues = cues::find(page, line.tokens.clone());
    let according = cues::according(page, line.tokens.clone());
    let silences = silences::find(page, line);
    let mut reader = Reader { page, number, line, cues, silences, out: Vec::new(), used: line.tokens.start };
    let silent = |c: &Cue| reader.silences.iter().any(|s| s.content.contains(&c.words.start));
    reader.cues = std::mem::take(&mut reader.cues).into_iter().filter(|c| !silent(c)).collect();
    for found in &according {
        reader.according(found);
    }
    if reader.out.is_empty() {
        reader.read_cues();
    } else {
        // Cues outside what "according to" attributes are rare; quotations with a cue of their own are not.
        reader.quoted_cues();
    }
    reader.read_frames();
    reader.read_nouns();
    reader.read_silences();
    reader.out
}

/// Reads one line.
pub(super) struct Reader<'p, 'a> {
    pub(super) page: &'p Page<'a>,
    number: usize,
    pub(super) line: &'p Line,
    pub(super) cues: Vec<Cue>,
    pub(super) silences: Vec<Silence>,
    out: Vec<Draft>,
    /// What is behind this token is not attributed yet.
    pub(super) used: usize,
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
        let act = self.act(&cue, &content);
        self.out.push(Draft { content, source, cue: Some(cue), to, act, guessed: false, line: self.number, passage });
    }

    /// Tells what is done with the words from the verb or noun that attributes them.
    fn act(&self, cue: &Range<usize>, content: &[Range<usize>]) -> Act {
        let page = self.page;
        let verbs = || cue.clone().filter_map(|n| speech::verb(page.lower(n)));
        let noun = cue.len() == 1 && matches!(page.lower(cue.start), "denial" | "denials");
        if noun || verbs().any(|(v, _)| v.takes.denies) {
            return Act::Denied;
        }
        let first = content.first().map_or("", |c| page.lower(c.start));
        let asks = matches!(first, "whether" | "if" | "why" | "how" | "what" | "who" | "when" | "where" | "which");
        let marked = content.iter().any(|c| c.clone().any(|n| page.lower(n) == "?"));
        if verbs().any(|(v, _)| v.takes.asks) && (asks || marked) { Act::Asked } else { Act::Said }
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
        // “We wait,” Lund said, and the road according to him was open: the words before it have a speaker of their own.
        let told = |c: &Cue| c.subject.is_some() && (start..found.words.start).contains(&c.words.start);
        if page.tag(found.words.start - 1) != Tag::Comma && self.cues.iter().any(told) {
            return;
        }
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

    /// Reads the quotations that are left and have a speaker and a verb right behind them, whatever the verb.
    fn read_frames(&mut self) {
        let page = self.page;
        let line = self.line.tokens.clone();
        let from = page.marks.quotations.partition_point(|q| q.outer.start < line.start);
        let inside = page.marks.quotations[from..].iter().take_while(|q| q.outer.end <= line.end);
        for quotation in inside.filter(|q| q.words >= loose::FEWEST_FRAMED) {
            let outer = &quotation.outer;
            if outer.start > line.start && loose::is_title(page, &quotation.inner) {
                continue;
            }
            if self.out.iter().flat_map(|d| &d.content).any(|c| c.start < outer.end && outer.start < c.end) {
                continue;
            }
            if let Some((source, cue)) = loose::framed(page, outer, &line) {
                self.push(one(outer.clone()), Some(source), cue, None);
            }
        }
    }

    /// Reads what nouns of speech attribute, where no verb does: "his warning that the gate may fail".
    fn read_nouns(&mut self) {
        for found in nouns::find(self.page, &self.line.tokens) {
            let taken = |c: &Range<usize>| c.start < found.content.end && found.content.start < c.end;
            if !self.out.iter().flat_map(|d| &d.content).any(taken) {
                self.push(one(found.content), found.source, found.noun, None);
            }
        }
    }

    /// Puts on record who did not speak, unless they say so themselves.
    fn read_silences(&mut self) {
        for silence in std::mem::take(&mut self.silences) {
            let taken = |c: &Range<usize>| c.start < silence.content.end && silence.content.start < c.end;
            if self.out.iter().flat_map(|d| &d.content).any(taken) {
                continue;
            }
            self.out.push(Draft {
                content: one(silence.content),
                source: Some(silence.source),
                cue: Some(silence.cue),
                to: None,
                act: silence.act,
                guessed: false,
                line: self.number,
                passage: self.line.tokens.clone(),
            });
        }
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
        let complement = match complement {
            // "The fair was lost, Lund said in a book, “My Years”": the quotation names what it was said in.
            Complement::Quotation(q) if left.is_some() && loose::is_title(page, &page.marks.quotations[q].inner) => {
                Complement::Nothing(cue.end())
            }
            other => other,
        };
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
                } else if let Some(mut left) = left {
                    let resumed = self.resumes(&left, cue.end(), n);
                    self.used = resumed.as_ref().map_or(at.max(cue.end()), |r| r.end);
                    left.extend(resumed);
                    self.push(left, source, cue.words.clone(), to);
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
                let complete = left.as_ref().is_some_and(|l| self.is_complete(l, &cue));
                if let Some(mut left) = left.filter(|_| complete || !self.clause_like(start, end, &cue)) {
                    let resumed = self.resumes(&left, cue.end(), n);
                    self.used = resumed.as_ref().map_or(start, |r| r.end);
                    left.extend(resumed);
                    self.push(left, source, cue.words.clone(), to);
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

    /// Returns the quotation that goes on behind a cue and what tells of the occasion: “We wait,” Lund said two days after the
    /// vote, and “we sing.”
    fn resumes(&self, left: &[Range<usize>], at: usize, n: usize) -> Option<Range<usize>> {
        let page = self.page;
        left.last().filter(|l| page.tag(l.end - 1) == Tag::Quote)?;
        let end = self.cues.get(n + 1).map_or(self.end_of_line(), Cue::start);
        let open = (at..end).find(|&t| page.tag(t) == Tag::Quote)?;
        let quotation = page.quoted(open).filter(|q| q.words > 2 && !loose::is_title(page, &q.inner))?;
        let led = matches!(page.tag(open - 1), Tag::Comma | Tag::Stop | Tag::Dash | Tag::Colon)
            || page.is(open - 1, Class::Conjunction);
        (open > at && led && !page.has_verb(at..open)).then(|| quotation.outer.clone())
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
        // "An early vote, he said, would be folly": the subject stands before the cue.
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
        // Behind a comma the participle goes with the main clause, which trees often miss.
        let told = || grammar::subject(page, self.cues[n].after - 1, &self.line.tokens).map(|s| s.tokens);
        if !self.comma_before(self.cues[n].words.start)
            && let Some(source) = told()
        {
            return Some(source);
        }
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
            return self.left_quotation(cue, from, at);
        }
        if page.tag(last) != Tag::Comma && page.tag(last) != Tag::Dash || cue.form == Form::Ing || cue.relative {
            return None;
        }
        let takes = cue.verb.takes;
        let stands_free = cue.inverted || page.parts_clauses(cue.end()) || page.is(cue.end(), Class::Time);
        if !takes.clause && !takes.that || !stands_free && !takes.told && grammar::has_object(page, cue.after - 1) {
            return None;
        }
        let start = self.clause_start_from(from);
        let words = start..last;
        let quoted = words.clone().any(|n| page.marks.of(n).is_some());
        if words.len() < 3 || !page.has_verb(words.clone()) && !quoted && !self.is_told_by(&words, cue) {
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
        if !quoted && self.is_adjunct_of(&words, cue) {
            return None;
        }
        Some(one(start..self.trim_end(start, last)))
    }

    /// Says whether content before a cue is a quotation that ends in a comma or a question, so that nothing more need follow:
    /// “We lost,” he said in the speech that night.
    fn is_complete(&self, left: &[Range<usize>], cue: &Cue) -> bool {
        let page = self.page;
        let Some(end) = left.last().map(|l| l.end) else { return false };
        // The "Morning Line," Lund said: a title.
        if left
            .last()
            .and_then(|l| page.quoted(l.start))
            .is_some_and(|q| q.words < 5 && loose::is_title(page, &q.inner))
        {
            return false;
        }
        let mark = |n: usize| page.tag(n) == Tag::Comma || matches!(page.lower(n), "?" | "!");
        page.tag(end - 1) == Tag::Quote && end >= 2 && (mark(end - 2) || end + 1 == cue.start() && mark(end))
    }

    /// Says whether the tree takes the words before a cue for what was said.
    fn is_told_by(&self, words: &Range<usize>, cue: &Cue) -> bool {
        let page = self.page;
        let top = page.syntax.top(page.node(words.start)..page.node(words.end));
        top.map(|t| &page.syntax.nodes[t]).is_some_and(|node| {
            let told = matches!(node.relation, Relation::Ccomp | Relation::Parataxis);
            told && node.head == Some(page.node(cue.after - 1) as u32)
        })
    }

    /// Says whether the tree takes the words before a cue for something else than what was said: "In the last debate, Lund told …".
    fn is_adjunct_of(&self, words: &Range<usize>, cue: &Cue) -> bool {
        let page = self.page;
        let verb = page.node(cue.after - 1);
        let nodes = page.node(words.start)..page.node(words.end);
        let Some(top) = page.syntax.top(nodes) else { return false };
        let node = &page.syntax.nodes[top];
        let beside = matches!(
            node.relation,
            Relation::Obl | Relation::OblUnmarked | Relation::Advcl | Relation::Advmod | Relation::Nmod | Relation::Obj
        );
        // A verb with nothing behind it tells what stands before it, whatever the tree makes of that.
        let told = page.syntax.children(verb).any(|n| {
            n > verb && matches!(page.syntax.nodes[n].relation, Relation::Obj | Relation::Ccomp | Relation::Xcomp)
        });
        beside && told && node.head == Some(verb as u32)
    }

    /// Returns the quotation before a cue with what it completes: `They "will not give in," he said`.
    fn left_quotation(&self, cue: &Cue, from: usize, at: usize) -> Option<Vec<Range<usize>>> {
        let page = self.page;
        let close = (from..at).rev().find(|&n| page.tag(n) == Tag::Quote)?;
        let quotation = page.quoted(close)?;
        let start = self.clause_start_from(from);
        let end = quotation.outer.end;
        if self.only_names(cue, quotation, start) {
            return None;
        }
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

    /// Says whether a quotation before a cue names something that the sentence tells of: Lund, who sang in “The Sea,” said …;
    /// the “wait and see” party says ….
    fn only_names(&self, cue: &Cue, quotation: &Quotation, start: usize) -> bool {
        let page = self.page;
        let stands = |n: usize| matches!(page.tag(n), Tag::Comma | Tag::Stop) || matches!(page.lower(n), "?" | "!");
        let ends = page.tag(quotation.outer.end - 1) != Tag::Quote
            || stands(quotation.inner.end - 1)
            || quotation.outer.end < self.end_of_line() && page.tag(quotation.outer.end) == Tag::Comma;
        let describes = !ends && !cue.inverted && page.tag(cue.start()) == Tag::Word;
        let lead = start < quotation.outer.start && !page.has_verb(start..quotation.outer.start);
        let title = quotation.words <= 6 && loose::is_title(page, &quotation.inner);
        describes || title && (lead || cue.relative) && !cue.inverted
    }
}
