//! Who a source is: a name, a role that one person of the report bears, or a pronoun.
//!
//! A wrong speaker is worse than none: whatever is ambiguous stays unresolved.

use super::attribute::Draft;
use super::clause::{Line, Page, Tag};
use crate::lang::en::names::{self as lexicon, Gender};
use crate::lang::en::speech::{self, Class};
use crate::reading::names::{NameKind, Names};
use std::collections::BTreeMap;
use std::ops::Range;

/// Most sentences between a pronoun and who it means.
const FARTHEST: usize = 12;

/// A role or kind of body, to who bears it: where it is printed, its words, the name.
type Bearers<'p> = BTreeMap<&'p str, Vec<(usize, Vec<&'p str>, usize)>>;

/// Resolves speakers within one report.
pub(super) struct Speakers<'p, 'a> {
    page: &'p Page<'a>,
    names: &'p Names,
    lines: &'p [Line],
    genders: Vec<Option<Gender>>,
    /// A role or kind of body, to who bears it: where it is printed, its words, the name. In text order.
    bearers: Bearers<'p>,
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
        let bearers = bearers(page, names);
        Speakers { page, names, lines, genders, bearers, subjects, spoke: vec![None; lines.len()] }
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

    /// Returns whom a source means.
    pub(super) fn of(&self, source: Range<usize>) -> Option<usize> {
        let word = self.page.lower(source.start);
        if source.len() == 1 || matches!(self.page.tag(source.start + 1), Tag::Comma) {
            match word {
                "he" => return self.pronoun(source.start, Some(Gender::Male)),
                "she" => return self.pronoun(source.start, Some(Gender::Female)),
                "it" => return self.thing(source.start),
                // "Roe defended Lund against his critics": whose is what only the names stage may tell.
                "they" | "we" | "i" | "who" | "you" | "his" | "her" | "their" | "its" | "my" | "our" => {
                    return self.mentioned(source);
                }
                _ => {}
            }
        }
        self.nominal(source.clone()).or_else(|| self.role(source.clone())).or_else(|| self.owner(source))
    }

    /// Resolves a document by the body whose it is: "the ministry's own count". A person's papers may be another's words.
    fn owner(&self, source: Range<usize>) -> Option<usize> {
        let segment = self.segments(source).into_iter().next()?;
        let head = self.head(segment);
        let owned = (head.start + 1..head.end).find(|&n| self.page.tag(n) == Tag::Genitive)?;
        let name = self.mention_at_end(head.start..owned)?;
        let body = self.names.names[name].kind == NameKind::Organization;
        (body && speech::is_document(self.page.lower(head.end - 1))).then_some(name)
    }

    /// Returns the bearer of the mention that ends a phrase.
    fn mention_at_end(&self, phrase: Range<usize>) -> Option<usize> {
        let span = self.page.span(phrase)?;
        self.names.inside(span).last().filter(|m| m.span.end() == span.end()).map(|m| m.name)
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
        let at = self.page.words.tokens[head.start].span.start();
        let known = self.bearers.get(noun)?.iter().take_while(|b| b.0 < at);
        let mut fitting = known.filter(|b| rest.iter().all(|w| b.1.contains(w))).map(|b| b.2);
        let one = fitting.next()?;
        fitting.all(|n| n == one).then_some(one)
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
            if self.lines[n].paragraph + 1 < paragraph || n + FARTHEST < line {
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

/// Indexes who bears which role, as the names stage found it or an apposition says: "the labour minister, Jane Roe"; and which
/// organization is of which kind: "Quay Workers' Federation".
fn bearers<'p>(page: &'p Page<'_>, names: &'p Names) -> Bearers<'p> {
    let mut all: Bearers<'_> = BTreeMap::new();
    let mut note = |at: usize, words: &'p str, noun: &'p str, name: usize| {
        let bearers = all.entry(noun).or_default();
        bearers.push((at, words.split_whitespace().collect(), name));
    };
    for (n, name) in names.names.iter().enumerate() {
        let spans = if name.kind == NameKind::Person { &name.roles[..] } else { std::slice::from_ref(&name.full) };
        for &span in spans {
            let words = page.words.lower_at(span);
            let main = words.split(" of ").next().unwrap_or(words);
            let nouns: Vec<&str> = match name.kind {
                NameKind::Person => main.split_whitespace().next_back().into_iter().collect(),
                NameKind::Organization => words.split_whitespace().filter(|w| lexicon::organization_head(w)).collect(),
                _ => Vec::new(),
            };
            nouns.into_iter().for_each(|noun| note(span.start(), words, noun, n));
        }
    }
    let persons = names.mentions.iter().filter(|m| m.proper && names.names[m.name].kind == NameKind::Person);
    for mention in persons {
        for tokens in appositions(page, page.words.inside(mention.span)) {
            let Some(span) = page.span(tokens.clone()) else { continue };
            let cut =
                tokens.clone().find(|&t| t > tokens.start && page.is(t, Class::Preposition)).unwrap_or(tokens.end);
            let noun = page.lower(cut - 1);
            if lexicon::is_role(noun) {
                note(span.start(), page.words.lower_at(span), noun, mention.name);
            }
        }
    }
    all.values_mut().for_each(|b| b.sort_unstable());
    all
}

/// Returns the phrases between commas right before and right behind a name.
fn appositions(page: &Page<'_>, name: Range<usize>) -> Vec<Range<usize>> {
    let mark =
        |n: usize| matches!(page.tag(n), Tag::Comma | Tag::Stop | Tag::Quote | Tag::Colon | Tag::Semicolon | Tag::Dash);
    let mut out = Vec::new();
    if name.start >= 2 && page.tag(name.start - 1) == Tag::Comma {
        let end = name.start - 1;
        let from = (end.saturating_sub(8)..end)
            .rev()
            .find(|&n| mark(n) || page.is(n, Class::Conjunction))
            .map_or(end.saturating_sub(8), |n| n + 1);
        let start = (from..end).rev().find(|&n| page.is(n, Class::Determiner) || page.is(n, Class::Possessive));
        out.extend(start.or(Some(from)).filter(|&s| s < end).map(|s| first_noun(page, s, from, end)));
    }
    let behind = name.end;
    let last = page.words.tokens.len();
    if behind + 1 < last && page.tag(behind) == Tag::Comma {
        let end = (behind + 1..last.min(behind + 9)).find(|&n| mark(n)).unwrap_or(last.min(behind + 9));
        out.extend((behind + 1 < end).then_some(behind + 1..end));
    }
    out
}

/// Begins at the first article of a phrase rather than at one behind a preposition: "the head of the union".
fn first_noun(page: &Page<'_>, last: usize, from: usize, end: usize) -> Range<usize> {
    let first =
        (from..end).find(|&n| page.is(n, Class::Determiner) && (n == from || !page.is(n - 1, Class::Preposition)));
    first.unwrap_or(last)..end
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
