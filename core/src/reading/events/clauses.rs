//! Clauses around verb groups: subject, end, what governs what. Light rules over tokens instead of a parser.

use super::function_words::{is_adverb, is_month_or_weekday, is_preposition};
use super::groups::{Finder, Group, Shape};
use crate::lang::en::events::{event_noun, govern, governs};
use crate::reading::words::{TokenKind, Words};
use crate::text::Text;
use std::ops::Range;

/// What a verb group hangs on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Governor {
    /// Nothing: a main clause.
    Main,
    /// A verb group: index.
    Verb(usize),
    /// A noun: token.
    Noun(usize),
}

/// How a verb group stands in its sentence.
#[derive(Clone, Debug)]
pub(super) struct Link {
    /// The tokens of its subject, if any.
    pub(super) subject: Option<Range<usize>>,
    /// Whether the subject is meant by `who`, `which` or `that`.
    pub(super) relative: bool,
    /// The group that it is coordinated with, whose subject it shares.
    pub(super) partner: Option<usize>,
    /// What governs it: for `plans to meet`, `denied that they met`.
    pub(super) governor: Governor,
    /// Whether it is the content of what its governor says or thinks.
    pub(super) content: bool,
    /// Whether it stands behind `if`, `unless`, `whether`, `until`.
    pub(super) condition: bool,
    /// The token behind its clause.
    pub(super) end: usize,
}

/// A sentence, or a part of a very long one, with its verb groups.
pub(super) struct Scene<'a> {
    /// The text.
    pub(super) text: &'a Text,
    /// Its tokens.
    pub(super) words: &'a Words,
    /// The stretch of tokens.
    pub(super) range: Range<usize>,
    /// Whether it is a headline.
    pub(super) title: bool,
    /// Its verb groups in text order.
    pub(super) groups: Vec<Group>,
    /// One for each group.
    pub(super) links: Vec<Link>,
}

/// The longest subject or object looked over: keeps odd text linear.
const REACH: usize = 40;

pub(super) fn is_hard(w: &str) -> bool {
    matches!(
        w,
        ";" | ":"
            | "—"
            | "–"
            | "-"
            | "--"
            | "("
            | ")"
            | "["
            | "]"
            | "“"
            | "”"
            | "\""
            | "«"
            | "»"
            | "."
            | "!"
            | "?"
            | "…"
            | "..."
            | "|"
            | "/"
    )
}

/// Says whether a word opens a clause of its own.
pub(super) fn opens_clause(w: &str) -> bool {
    matches!(
        w,
        "that"
            | "which"
            | "who"
            | "whom"
            | "whose"
            | "where"
            | "when"
            | "while"
            | "whilst"
            | "because"
            | "although"
            | "though"
            | "if"
            | "unless"
            | "whether"
            | "as"
            | "so"
            | "how"
            | "why"
            | "than"
    )
}

/// Says whether a noun names what somebody claims: `reports that`.
pub(super) fn is_claim(w: &str) -> bool {
    let w = w.strip_suffix('s').unwrap_or(w);
    matches!(
        w,
        "report"
            | "claim"
            | "rumour"
            | "rumor"
            | "allegation"
            | "suggestion"
            | "speculation"
            | "accusation"
            | "new"
            | "news"
            | "talk"
            | "idea"
            | "fear"
            | "hope"
            | "possibility"
            | "prospect"
            | "notion"
            | "letter"
    )
}

impl<'a> Scene<'a> {
    /// Finds the groups of a stretch and links them.
    pub(super) fn new(text: &'a Text, words: &'a Words, range: Range<usize>, title: bool) -> Scene<'a> {
        let groups = Finder { text, words, range: range.clone(), title }.groups();
        let mut scene = Scene { text, words, range, title, groups, links: Vec::new() };
        for n in 0..scene.groups.len() {
            let link = scene.link(n);
            scene.links.push(link);
        }
        for n in 0..scene.groups.len() {
            scene.links[n].end = scene.end(n);
        }
        scene
    }

    /// Returns a token in lower case; nothing outside the stretch.
    pub(super) fn at(&self, n: usize) -> &str {
        if self.range.contains(&n) { self.words.lower(n) } else { "" }
    }

    /// Returns the last group that begins before a token.
    pub(super) fn group_before(&self, token: usize) -> Option<usize> {
        self.groups.partition_point(|g| g.first < token).checked_sub(1)
    }

    /// Says whether a comma parts a date or a number rather than clauses: `Friday, June 6, at`.
    fn parts_date(&self, n: usize) -> bool {
        let number = |m: usize| self.range.contains(&m) && self.words.tokens[m].kind == TokenKind::Number;
        let before = n.saturating_sub(1);
        // `received today, Tuesday, the delegates`
        let set_off = is_calendar(self.at(n + 1)) && self.at(n + 2) == ","
            || is_calendar(self.at(before)) && n >= 2 && self.at(n - 2) == ",";
        number(n + 1)
            || set_off
            || number(before) && is_preposition(self.at(n + 1))
            || is_calendar(self.at(before)) && is_calendar(self.at(n + 1))
    }

    fn link(&self, n: usize) -> Link {
        let g = &self.groups[n];
        let mut link = Link {
            subject: None,
            relative: false,
            partner: None,
            governor: Governor::Main,
            content: false,
            condition: false,
            end: g.last + 1,
        };
        if g.shape == Shape::Infinitive {
            link.governor = self.governor_of_infinitive(n);
            return link;
        }
        let low = self.range.start.max(g.first.saturating_sub(REACH));
        let mut k = g.first;
        while k > low && is_adverb(self.at(k - 1)) {
            k -= 1;
        }
        let before = if k > low { self.at(k - 1) } else { "" };
        match before {
            "" => {}
            "who" | "which" | "that" => {
                link.relative = true;
                link.subject = self
                    .phrase_before(if self.at(k.saturating_sub(2)) == "," { k.saturating_sub(2) } else { k - 1 }, low);
                // `said that will` has no noun before it: then it is no relative clause but content.
            }
            "and" | "or" | "but" | "then" => link.partner = n.checked_sub(1),
            "," => self.behind_comma(&mut link, n, k - 1, low),
            _ if is_hard(before) => {
                if governs("verb", g.base) & govern::SAY != 0 {
                    link.subject = self.phrase_behind(g.last + 1);
                }
            }
            _ => {
                link.subject = self.phrase_before(k, low);
                let from = link.subject.as_ref().map_or(k, |s| s.start);
                self.clause_opener(&mut link, n, from, low);
            }
        }
        if g.shape == Shape::Gerund && link.governor == Governor::Main {
            link.governor = n.checked_sub(1).map_or(Governor::Main, Governor::Verb);
        }
        link
    }

    /// `Lund, who chairs it, said`: the subject stands before the pair of commas; else the group is coordinated.
    fn behind_comma(&self, link: &mut Link, n: usize, comma: usize, low: usize) {
        let g = &self.groups[n];
        if g.shape == Shape::Participle {
            link.subject = self.phrase_before(comma, low);
            return;
        }
        let mut k = comma;
        while k > low && !is_hard(self.at(k - 1)) {
            if self.at(k - 1) == "," && !self.parts_date(k - 1) {
                link.subject = self.phrase_before(k - 1, low);
                let from = link.subject.as_ref().map_or(k, |s| s.start);
                self.clause_opener(link, n, from, low);
                return;
            }
            k -= 1;
        }
        if g.shape == Shape::Finite && governs("verb", g.base) & govern::SAY != 0 {
            link.subject = self.phrase_behind(g.last + 1);
        }
        if link.subject.is_none() {
            link.partner = n.checked_sub(1);
        }
    }

    /// Looks at the word before the subject: `that`, `if`, or the verb that says it.
    fn clause_opener(&self, link: &mut Link, n: usize, from: usize, low: usize) {
        if from <= low {
            return;
        }
        let opener = self.at(from - 1);
        link.condition =
            matches!(opener, "if" | "unless" | "whether" | "until" | "till" | "before") || opener == "case";
        let Some(before) = n.checked_sub(1) else { return };
        let p = &self.groups[before];
        let close = from >= p.last && from - p.last <= 8;
        if opener == "that" || opener == "how" {
            if from >= 2 && is_claim(self.at(from - 2)) {
                (link.governor, link.content) = (Governor::Noun(from - 2), true);
            } else if close {
                (link.governor, link.content) = (Governor::Verb(before), true);
            }
        } else if from == p.last + 1 && governs("verb", p.base) & (govern::SAY | govern::DENY | govern::UNCLEAR) != 0 {
            (link.governor, link.content) = (Governor::Verb(before), true);
        }
    }

    /// Returns the noun phrase that ends before token `end`.
    fn phrase_before(&self, end: usize, low: usize) -> Option<Range<usize>> {
        let mut from = end;
        let mut listed = false;
        while from > low {
            let w = self.at(from - 1);
            listed |= w == "and" && from < end;
            if w == ")"
                && let Some(open) = (low.max(from.saturating_sub(9))..from).rev().find(|&k| self.at(k) == "(")
            {
                from = open;
                continue;
            }
            if w == "," && listed && from < end && from - 1 > low && self.is_capital(from) && self.is_capital(from - 2)
            {
                from -= 1;
                continue;
            }
            if is_hard(w) || opens_clause(w) || matches!(w, "but" | "then") {
                break;
            }
            if w == "," && !self.parts_date(from - 1) {
                break;
            }
            if self.groups.iter().any(|g| g.last == from - 1) && !self.is_inner_group(from - 1, end) {
                break;
            }
            if matches!(w, "after" | "since" | "until" | "till" | "before") && from < end {
                // `after the minister opened the line`: the clause begins behind the preposition.
                break;
            }
            if w == "and" && self.ends_clause(from - 1) {
                break;
            }
            from -= 1;
        }
        (from < end).then_some(from..end)
    }

    fn is_capital(&self, n: usize) -> bool {
        self.range.contains(&n) && self.text.get(self.words.tokens[n].span).starts_with(char::is_uppercase)
    }

    /// Says whether the group that ends at a token only describes a noun of the phrase: `the talks planned for Monday`.
    fn is_inner_group(&self, last: usize, _end: usize) -> bool {
        let n = self.groups.partition_point(|g| g.last < last);
        let Some(g) = self.groups.get(n) else { return false };
        // An infinitive or participle behind an event or plan noun: `plans to close mines are`.
        g.shape == Shape::Participle
            || g.shape == Shape::Infinitive && g.first > 0 && governs("noun", self.at(g.first - 1)) != 0
    }

    /// Says whether a finite group stands shortly before `and`, with its object between.
    fn ends_clause(&self, and: usize) -> bool {
        let Some(n) = self.group_before(and) else { return false };
        let g = &self.groups[n];
        g.shape == Shape::Finite
            && and > g.last
            && (g.last + 1..and).all(|k| !is_hard(self.at(k)) && !opens_clause(self.at(k)))
    }

    /// Returns the noun phrase behind an inverted verb: `said Tomas Lund, secretary of …`.
    fn phrase_behind(&self, from: usize) -> Option<Range<usize>> {
        let mut end = from;
        while end < self.range.end && end < from + 12 {
            let w = self.at(end);
            if w == "," || is_hard(w) || opens_clause(w) || self.groups.iter().any(|g| g.first == end) {
                break;
            }
            end += 1;
        }
        (from < end).then_some(from..end)
    }

    fn governor_of_infinitive(&self, n: usize) -> Governor {
        let g = &self.groups[n];
        if g.first > self.range.start {
            let before = self.at(g.first - 1);
            if governs("noun", before) != 0 || governs("noun", before.strip_suffix('s').unwrap_or(before)) != 0 {
                return Governor::Noun(g.first - 1);
            }
        }
        let Some(before) = n.checked_sub(1) else { return Governor::Main };
        let p = &self.groups[before];
        let apart = (p.last + 1..g.first).any(|k| is_hard(self.at(k)) || opens_clause(self.at(k)));
        if apart { Governor::Main } else { Governor::Verb(before) }
    }

    /// Returns the token behind the clause of a group.
    fn end(&self, n: usize) -> usize {
        let g = &self.groups[n];
        let limit = self.range.end.min(g.last + 1 + REACH);
        let next = self.groups[n + 1..].iter().zip(&self.links[n + 1..]).find(|(g, _)| g.shape == Shape::Finite);
        let next = next.map_or(limit, |(g, l)| {
            // The subject of the next verb ends this clause, unless it stands before this one: `talks planned for
            // Monday were called off`.
            let own = |s: &&Range<usize>| {
                s.end <= g.first && !l.relative && s.start > self.groups[n].last && !is_preposition(self.at(s.start))
            };
            l.subject.as_ref().filter(own).map_or(g.first, |s| s.start)
        });
        let mut k = g.last + 1;
        while k < limit.min(next) {
            let w = self.at(k);
            if is_hard(w) && w != "/" || opens_clause(w) && w != "as" && w != "so" {
                break;
            }
            if w == "," && !self.parts_date(k) {
                break;
            }
            if matches!(w, "after" | "before" | "since" | "until") && next < limit && next <= k + 1 {
                break;
            }
            k += 1;
        }
        while k > g.last + 1
            && matches!(
                self.at(k - 1),
                "and" | "but" | "or" | "as" | "so" | "," | "after" | "before" | "since" | "when" | "because" | "while"
            )
        {
            k -= 1;
        }
        k.max(g.last + 1)
    }

    /// Says whether a token is an event noun here: a listed word that is no verb and no part of a name.
    pub(super) fn is_event_noun(&self, n: usize) -> bool {
        let w = self.at(n);
        if event_noun(w).is_none() || self.groups.iter().any(|g| g.first <= n && n <= g.last) {
            return false;
        }
        // `March 3`, `on March`; `strike leader` and `trial judge` describe somebody.
        if w == "march" && self.text.get(self.words.tokens[n].span).starts_with('M') {
            return false;
        }
        true
    }
}

/// Says whether a lower-cased word belongs to the calendar or the clock.
pub(super) fn is_calendar(w: &str) -> bool {
    is_month_or_weekday(w)
        || matches!(
            w,
            "today"
                | "tomorrow"
                | "yesterday"
                | "morning"
                | "evening"
                | "night"
                | "afternoon"
                | "jan"
                | "feb"
                | "mar"
                | "apr"
                | "jun"
                | "jul"
                | "aug"
                | "sep"
                | "sept"
                | "oct"
                | "nov"
                | "dec"
        )
}
