//! Who a source is: a name, a role that one person of the report bears, or a pronoun.
//!
//! A wrong speaker is worse than none: whatever is ambiguous stays unresolved.

use super::attribute::Draft;
use super::clause::{Line, Page, Tag};
use crate::lang::en::names::{self as lexicon, Gender};
use crate::lang::en::speech::Class;
use crate::reading::names::{NameKind, Names};
use std::ops::Range;

/// Resolves speakers within one report.
pub(super) struct Speakers<'p, 'a> {
    page: &'p Page<'a>,
    names: &'p Names,
    lines: &'p [Line],
    genders: Vec<Option<Gender>>,
    /// For each line, the person it is about: subject of its first verb.
    subjects: Vec<Option<usize>>,
    /// For each line, who spoke last in it.
    spoke: Vec<Option<usize>>,
}

impl<'p, 'a> Speakers<'p, 'a> {
    /// Looks up the subject of each line and what is known of each person.
    pub(super) fn new(page: &'p Page<'a>, names: &'p Names, lines: &'p [Line]) -> Speakers<'p, 'a> {
        let genders = (0..names.names.len()).map(|n| gender(page, names, n)).collect();
        let subjects = lines.iter().map(|l| line_subject(page, names, l)).collect();
        Speakers { page, names, lines, genders, subjects, spoke: vec![None; lines.len()] }
    }

    /// Returns the person a line is about.
    pub(super) fn subject(&self, line: usize) -> Option<usize> {
        self.subjects[line]
    }

    /// Returns the speaker of each draft. Drafts are read in the order of their cues.
    pub(super) fn resolve(&mut self, drafts: &[Draft]) -> Vec<Option<usize>> {
        let mut order: Vec<usize> = (0..drafts.len()).collect();
        order.sort_by_key(|&n| drafts[n].source.as_ref().map_or(0, |s| s.start));
        let mut out = vec![None; drafts.len()];
        for n in order {
            let Some(source) = drafts[n].source.clone() else { continue };
            out[n] = self.of(source.clone());
            if let (Some(speaker), Some(line)) = (out[n], self.line_of(source.start)) {
                self.spoke[line] = Some(speaker);
                if drafts[n].line > line {
                    self.spoke[drafts[n].line] = Some(speaker);
                }
            }
        }
        out
    }

    fn line_of(&self, token: usize) -> Option<usize> {
        let n = self.lines.partition_point(|l| l.tokens.end <= token);
        (n < self.lines.len()).then_some(n)
    }

    fn of(&self, source: Range<usize>) -> Option<usize> {
        let word = self.page.lower(source.start);
        if source.len() == 1 || matches!(self.page.tag(source.start + 1), Tag::Comma) {
            match word {
                "he" => return self.pronoun(source.start, Some(Gender::Male)),
                "she" => return self.pronoun(source.start, Some(Gender::Female)),
                "it" => return self.thing(source.start),
                "they" | "we" | "i" | "who" | "you" => return self.mentioned(source),
                _ => {}
            }
        }
        self.nominal(source.clone()).or_else(|| self.role(source))
    }

    /// Returns the bearer that the names stage gave to exactly these words.
    fn mentioned(&self, source: Range<usize>) -> Option<usize> {
        let span = self.page.span(source)?;
        self.names.inside(span).find(|m| m.span == span).map(|m| m.name)
    }

    /// Resolves a noun phrase: "Captain Jane Roe", "the mayor, Jane Roe", "the ministry".
    fn nominal(&self, source: Range<usize>) -> Option<usize> {
        let segments = self.segments(source);
        // A person's sister, office or supporters: not that person.
        let mut owned = false;
        for (n, segment) in segments.iter().enumerate() {
            let lead = self.page.lower(segment.start);
            if n > 0 && (matches!(lead, "who" | "which" | "whose") || self.page.is(segment.start, Class::Preposition)) {
                continue;
            }
            let head = self.head(segment.clone());
            match self.person_at_end(head.clone()) {
                Ok(Some(person)) => return Some(person),
                Err(()) => owned = true,
                Ok(None) => {}
            }
        }
        if owned {
            return None;
        }
        let head = self.head(segments.first()?.clone());
        let span = self.page.span(head.clone())?;
        let last = self.names.inside(span).last()?;
        let end = self.page.words.tokens[head.end - 1].span.end();
        let kind = self.names.names[last.name].kind;
        (last.span.end() == end && kind != NameKind::Person).then_some(last.name)
    }

    /// Cuts a source at its commas, dashes and brackets.
    fn segments(&self, source: Range<usize>) -> Vec<Range<usize>> {
        let mut out = Vec::new();
        let mut start = source.start;
        for n in source.clone() {
            if matches!(self.page.tag(n), Tag::Comma | Tag::Dash | Tag::Opens | Tag::Closes) {
                out.extend((start < n).then_some(start..n));
                start = n + 1;
            }
        }
        out.extend((start < source.end).then_some(start..source.end));
        out
    }

    /// Cuts a phrase before the preposition or clause that hangs on its noun.
    fn head(&self, segment: Range<usize>) -> Range<usize> {
        let inside = |n: usize| self.page.span(n..n + 1).is_some_and(|s| self.covered(s.start()));
        let cut = (segment.start + 1..segment.end).find(|&n| {
            let hangs = matches!(
                self.page.tag(n),
                Tag::Class(Class::Preposition | Class::Subordinator | Class::Auxiliary | Class::Time)
            ) || matches!(self.page.lower(n), "who" | "whose");
            hangs && !inside(n)
        });
        segment.start..cut.unwrap_or(segment.end)
    }

    /// Says whether a byte lies within a mention that begins before it.
    fn covered(&self, at: usize) -> bool {
        let n = self.names.mentions.partition_point(|m| m.span.start() < at);
        n > 0 && self.names.mentions[n - 1].span.end() > at
    }

    /// Returns the person whose name ends a phrase; an error if persons stand in it otherwise ("Lund's office", "Lund and Roe").
    fn person_at_end(&self, head: Range<usize>) -> Result<Option<usize>, ()> {
        let Some(span) = self.page.span(head.clone()) else { return Ok(None) };
        let is_person = |n: usize| self.names.names[n].kind == NameKind::Person;
        let persons: Vec<_> = self.names.inside(span).filter(|m| is_person(m.name)).collect();
        let Some(last) = persons.last() else { return Ok(None) };
        let joined = head.clone().any(|n| matches!(self.page.lower(n), "and" | "or"));
        let at_end = last.span.end() == span.end();
        let others = persons.iter().any(|p| p.name != last.name);
        if at_end && !(joined && others) { Ok(Some(last.name)) } else { Err(()) }
    }

    /// Resolves "the minister" where one person of the report bears that role.
    fn role(&self, source: Range<usize>) -> Option<usize> {
        let segment = self.segments(source).into_iter().next()?;
        if let Some(name) = self.mentioned(segment.clone()) {
            return Some(name);
        }
        if self.page.lower(segment.start) != "the" || segment.len() > 5 {
            return None;
        }
        let head = self.head(segment.start + 1..segment.end);
        let wanted: Vec<&str> = head.clone().map(|n| self.page.lower(n)).collect();
        let (&noun, rest) = wanted.split_last()?;
        if !lexicon::is_role(noun) {
            return self.body(noun, head.start);
        }
        let at = self.page.words.tokens[head.start].span.start();
        let bears = |name: usize| {
            let bearer = &self.names.names[name];
            bearer.kind == NameKind::Person
                && bearer.roles.iter().any(|&role| {
                    let words = self.page.words.lower_at(role);
                    let main = words.split(" of ").next().unwrap_or(words);
                    role.start() < at
                        && main.split_whitespace().next_back() == Some(noun)
                        && rest.iter().all(|w| words.split_whitespace().any(|r| r == *w))
                })
        };
        let mut bearers = (0..self.names.names.len()).filter(|&n| bears(n));
        let one = bearers.next()?;
        bearers.next().is_none().then_some(one)
    }

    /// Resolves "the federation" where one organization named before bears that word.
    fn body(&self, noun: &str, head: usize) -> Option<usize> {
        if !lexicon::organization_head(noun) {
            return None;
        }
        let at = self.page.words.tokens[head].span.start();
        let bears = |name: usize| {
            let bearer = &self.names.names[name];
            let mut words = self.page.words.lower_at(bearer.full).split_whitespace();
            bearer.kind == NameKind::Organization && bearer.full.start() < at && words.any(|w| w == noun)
        };
        let mut bearers = (0..self.names.names.len()).filter(|&n| bears(n));
        let one = bearers.next()?;
        bearers.next().is_none().then_some(one)
    }

    /// Resolves "he" or "she" at a token: the speaker or subject before it, nearest sentence first.
    fn pronoun(&self, at: usize, gender: Option<Gender>) -> Option<usize> {
        if let Some(name) = self.mentioned(at..at + 1) {
            return Some(name);
        }
        let line = self.line_of(at)?;
        let fits = |name: &usize| {
            self.names.names[*name].kind == NameKind::Person
                && (self.genders[*name].is_none() || gender.is_none() || self.genders[*name] == gender)
        };
        if let Some(name) = self.spoke[line].or_else(|| self.before_in_line(line, at)).filter(fits) {
            return Some(name);
        }
        let paragraph = self.lines[line].paragraph;
        // Who was named since, outside the lines that are about somebody.
        let mut between: Vec<usize> = Vec::new();
        for n in (0..line).rev() {
            if self.lines[n].paragraph + 1 < paragraph {
                break;
            }
            let here = self.spoke[n].filter(fits).or_else(|| self.subjects[n].filter(fits));
            if let Some(name) = here {
                let far = self.lines[n].paragraph < paragraph;
                return (!far || between.iter().all(|&b| b == name)).then_some(name);
            }
            between.extend(self.persons(n).filter(fits));
        }
        None
    }

    /// Returns the subject of the pronoun's own line, if it stands before it.
    fn before_in_line(&self, line: usize, at: usize) -> Option<usize> {
        let subject = self.subjects[line]?;
        let span = self.page.span(self.lines[line].tokens.start..at)?;
        self.names.inside(span).any(|m| m.name == subject).then_some(subject)
    }

    /// Resolves "it": the organization that spoke last in the paragraph, or that its sentence before is about.
    fn thing(&self, at: usize) -> Option<usize> {
        if let Some(name) = self.mentioned(at..at + 1) {
            return Some(name);
        }
        let line = self.line_of(at)?;
        let paragraph = self.lines[line].paragraph;
        let lines = (0..=line).rev().take_while(|&n| self.lines[n].paragraph == paragraph).take(2);
        let spoke = lines.filter_map(|n| self.spoke[n]).next()?;
        (self.names.names[spoke].kind == NameKind::Organization).then_some(spoke)
    }

    fn persons(&self, line: usize) -> impl Iterator<Item = usize> + '_ {
        let span = self.page.span(self.lines[line].tokens.clone());
        let mentions = span.into_iter().flat_map(|s| self.names.inside(s));
        mentions.map(|m| m.name).filter(|&n| self.names.names[n].kind == NameKind::Person)
    }
}

/// Returns the person named before the first verb of a line.
fn line_subject(page: &Page<'_>, names: &Names, line: &Line) -> Option<usize> {
    let from = line.tokens.start;
    let verb = line.tokens.clone().find(|&t| t > from && page.marks.of(t).is_none() && page.verbish(t))?;
    let span = page.span(from..verb)?;
    let mut mentions = names.inside(span).filter(|m| names.names[m.name].kind == NameKind::Person).filter(|m| {
        let inside = page.words.inside(m.span);
        let owner = page.words.tokens.get(inside.end).is_some() && page.tag(inside.end) == Tag::Genitive;
        page.marks.of(inside.start).is_none() && (!owner || inside.start == from)
    });
    let first = mentions.next()?;
    // Behind a preposition it is no subject: "With Lund away, …".
    let at = page.words.inside(first.span).start;
    let hangs = at > from && page.is(at - 1, Class::Preposition);
    let pronoun = (from..at).any(|n| matches!(page.lower(n), "he" | "she" | "they"));
    (!hangs && !pronoun).then_some(first.name)
}

/// Tells from first name, title and roles whether a person is a man or a woman.
fn gender(page: &Page<'_>, names: &Names, name: usize) -> Option<Gender> {
    let bearer = &names.names[name];
    if bearer.kind != NameKind::Person {
        return None;
    }
    let said = bearer.roles.iter().find_map(|&role| {
        let words = page.words.lower_at(role);
        words.split_whitespace().find_map(|w| lexicon::title(w.trim_end_matches('.')).and_then(|t| t.1))
    });
    let full = page.words.lower_at(bearer.full);
    said.or_else(|| full.split_whitespace().next().and_then(|w| lexicon::first_name(w).flatten()))
}
