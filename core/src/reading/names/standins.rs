//! Words that stand for a name: "he", "the minister", "the federation".

use super::atoms::{Line, Shape, Sheet};
use super::cues;
use super::join::{Bearer, Joined};
use super::{Mention, NameKind};
use crate::lang::en::names::{self as lexicon, Gender};
use crate::text::Span;
use std::collections::BTreeMap;

/// How many sentences back a pronoun may reach.
const BACK: usize = 3;

/// Adds the mentions that are no proper names, where only one bearer can be meant.
pub(super) fn add(sheet: &Sheet, joined: &mut Joined) {
    let heads = Heads::of(sheet, &joined.bearers);
    let mut walk = Walk {
        sheet,
        heads,
        seen: Vec::new(),
        recent: Vec::new(),
        out: Vec::new(),
        gender: joined.bearers.iter().map(|b| b.gender).collect(),
    };
    let proper = std::mem::take(&mut joined.mentions);
    let mut next = 0;
    walk.seen = vec![false; joined.bearers.len()];
    for (number, line) in sheet.lines.iter().enumerate() {
        let mut at = line.atoms.start;
        while at < line.atoms.end {
            let start = sheet.atoms[at].span.start();
            while next < proper.len() && proper[next].span.start() < start {
                next += 1;
            }
            if let Some(m) = proper.get(next).filter(|m| m.span.start() == start) {
                while at < line.atoms.end && sheet.atoms[at].span.end() <= m.span.end() {
                    at += 1;
                }
                let says = cues::says(sheet.word(line, at)) || at > line.atoms.start && said_before(sheet, line, start);
                walk.meet(m.name, number, &joined.bearers, says);
                at = at.max(line.atoms.start + 1);
                continue;
            }
            at = if line.headline { at + 1 } else { walk.look(number, line, at, &joined.bearers, &proper, next) };
        }
    }
    joined.mentions = proper;
    joined.mentions.append(&mut walk.out);
    joined.mentions.sort_by_key(|m| (m.span.start(), !m.proper, m.span.end()));
    joined.mentions.dedup_by(|b, a| a.span.overlaps(b.span));
}

/// Says whether a verb of saying stands right before byte `start`.
fn said_before(sheet: &Sheet, line: &Line, start: usize) -> bool {
    let at = line.atoms.start + sheet.atoms[line.atoms.clone()].partition_point(|a| a.span.start() < start);
    at > line.atoms.start && cues::says(&sheet.atoms[at - 1].word)
}

/// Whom a role or a head noun may mean.
struct Heads {
    of: BTreeMap<String, Vec<usize>>,
    /// The stretches that are roles themselves, sorted.
    roles: Vec<Span>,
}

impl Heads {
    fn of(sheet: &Sheet, bearers: &[Bearer]) -> Heads {
        let mut of: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut roles = Vec::new();
        for (n, b) in bearers.iter().enumerate() {
            let mut add = |word: &str| {
                let list = of.entry(word.to_owned()).or_default();
                if list.last() != Some(&n) {
                    list.push(n);
                }
            };
            match b.kind {
                NameKind::Person => {
                    for role in &b.roles {
                        if let Some(head) = head_of_role(&lexicon::fold(sheet.text.get(*role))) {
                            add(&head);
                        }
                    }
                }
                NameKind::Organization => {
                    if let Some(head) = b.head() {
                        add(head);
                        if is_company(head) {
                            add("company");
                            add("firm");
                        }
                    }
                }
                NameKind::Place => {
                    if let Some(last) = b.words.last().filter(|w| b.words.len() > 1 && lexicon::place_head(w)) {
                        add(last);
                    }
                }
                NameKind::Other => {}
            }
            roles.extend(b.roles.iter().copied());
        }
        roles.sort_unstable();
        Heads { of, roles }
    }

    fn is_role(&self, span: Span) -> bool {
        let n = self.roles.partition_point(|r| r.start() <= span.start());
        self.roles[n.saturating_sub(4)..(n + 1).min(self.roles.len())].iter().any(|r| r.overlaps(span))
    }
}

/// Returns the word of a role that says what it is: "chair" of "deputy chair of the guild".
fn head_of_role(role: &str) -> Option<String> {
    let words: Vec<&str> = role.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    let end = words
        .iter()
        .position(|w| matches!(*w, "of" | "for" | "at" | "in" | "to" | "from" | "with" | "on"))
        .unwrap_or(words.len());
    words[..end].iter().rev().find(|w| lexicon::is_role(w)).map(|w| (*w).to_owned())
}

fn is_company(head: &str) -> bool {
    matches!(
        head,
        "inc"
            | "ltd"
            | "plc"
            | "llc"
            | "corp"
            | "corporation"
            | "co"
            | "limited"
            | "group"
            | "holdings"
            | "airlines"
            | "airways"
            | "airline"
            | "motors"
            | "industries"
            | "terminals"
            | "shipping"
            | "energy"
            | "logistics"
            | "technologies"
            | "systems"
            | "gmbh"
            | "ag"
            | "company"
            | "firm"
            | "steel"
            | "mining"
            | "railways"
            | "pharmaceuticals"
            | "telecom"
            | "partners"
            | "solutions"
    )
}

struct Walk<'a> {
    sheet: &'a Sheet<'a>,
    heads: Heads,
    seen: Vec<bool>,
    /// The persons met of late: who, in which line, whether beside a verb of saying.
    recent: Vec<(usize, usize, bool)>,
    out: Vec<Mention>,
    gender: Vec<Option<Gender>>,
}

impl Walk<'_> {
    fn meet(&mut self, name: usize, line: usize, bearers: &[Bearer], says: bool) {
        self.seen[name] = true;
        if bearers[name].kind == NameKind::Person {
            self.recent.retain(|r| r.1 + BACK >= line);
            self.recent.push((name, line, says));
            if self.recent.len() > 64 {
                self.recent.remove(0);
            }
        }
    }

    /// Looks at one word that is in no name; returns where to go on.
    fn look(
        &mut self,
        number: usize,
        line: &Line,
        at: usize,
        bearers: &[Bearer],
        proper: &[Mention],
        next: usize,
    ) -> usize {
        let word = self.sheet.atoms[at].word.as_str();
        match word {
            "he" | "him" => self.pronoun(number, line, at, Gender::Male, bearers),
            "she" => self.pronoun(number, line, at, Gender::Female, bearers),
            "the" | "this" => {
                let limit = proper.get(next).map_or(usize::MAX, |m| m.span.start());
                return self.noun(number, line, at, bearers, limit);
            }
            _ => {}
        }
        at + 1
    }

    fn pronoun(&mut self, number: usize, line: &Line, at: usize, gender: Gender, bearers: &[Bearer]) {
        let fits = |w: &Self, n: usize| w.gender[n].is_none_or(|g| g == gender);
        let mut lines: Vec<usize> = self.recent.iter().map(|r| r.1).filter(|l| l + BACK >= number).collect();
        lines.dedup();
        let mut meant = None;
        // The same sentence first, then those before it.
        for l in lines.into_iter().rev() {
            let mut there: Vec<(usize, bool)> =
                self.recent.iter().filter(|r| r.1 == l && fits(self, r.0)).map(|r| (r.0, r.2)).collect();
            for n in (1..there.len()).rev() {
                if let Some(earlier) = there[..n].iter().position(|t| t.0 == there[n].0) {
                    there[earlier].1 |= there[n].1;
                    there.remove(n);
                }
            }
            if there.is_empty() {
                continue;
            }
            let sure: Vec<usize> = there.iter().map(|t| t.0).filter(|&n| self.gender[n] == Some(gender)).collect();
            let speak: Vec<usize> = there.iter().filter(|t| t.1).map(|t| t.0).collect();
            meant = match (there.as_slice(), sure.as_slice(), speak.as_slice()) {
                ([(one, _)], _, _) => Some(*one),
                // The subject of the sentence, if the pronoun can mean nobody else for sure.
                ([(subject, _), ..], [one], _) if subject == one => Some(*one),
                (_, _, [one]) if cues::says(self.sheet.word(line, at + 1)) => Some(*one),
                _ => None,
            };
            break;
        }
        if let Some(name) = meant {
            self.gender[name] = self.gender[name].or(Some(gender));
            let says = cues::says(self.sheet.word(line, at + 1));
            self.out.push(Mention { span: self.sheet.atoms[at].span, name, proper: false });
            self.meet(name, number, bearers, says);
        }
    }

    /// Looks at "the" and the noun behind it, up to four words on.
    fn noun(&mut self, number: usize, line: &Line, the: usize, bearers: &[Bearer], limit: usize) -> usize {
        let mut at = the + 1;
        while at < line.atoms.end.min(the + 5) && self.sheet.atoms[at].span.start() < limit {
            let atom = &self.sheet.atoms[at];
            if !matches!(atom.shape, Shape::Lower | Shape::Capital) {
                break;
            }
            let goes_on = self.sheet.atoms.get(at + 1).is_some_and(|a| {
                line.atoms.contains(&(at + 1))
                    && a.shape == Shape::Lower
                    && (lexicon::is_role(&a.word) || lexicon::organization_head(&a.word))
            });
            if let Some(list) = self.heads.of.get(&atom.word).filter(|_| !goes_on) {
                if let Some(name) = self.choose(line, the, at, bearers, list)
                    && let Some(span) = self.sheet.span(the..at + 1)
                    && !self.heads.is_role(span)
                {
                    self.out.push(Mention { span, name, proper: false });
                    let says = cues::says(self.sheet.word(line, at + 1));
                    self.meet(name, number, bearers, says);
                }
                return at + 1;
            }
            if lexicon::opens_sentence(&atom.word) {
                break;
            }
            at += 1;
        }
        the + 1
    }

    /// Returns the one bearer that "the … head" can mean.
    fn choose(&self, line: &Line, the: usize, head: usize, bearers: &[Bearer], list: &[usize]) -> Option<usize> {
        let next = self.sheet.word(line, head + 1);
        let behind = self.sheet.atoms.get(head + 1).filter(|_| line.atoms.contains(&(head + 1)));
        // "the minister of health", "the bridge strike", "the ministry building": something else is meant, or more.
        if next == "of" || next == "for" || behind.is_some_and(|a| a.is_capital() || a.shape == Shape::Number) {
            return None;
        }
        let said: Vec<&str> = (the + 1..head).map(|n| self.sheet.word(line, n)).collect();
        let fits: Vec<usize> = list
            .iter()
            .copied()
            .filter(|&n| self.seen[n] && said.iter().all(|w| self.describes(w, &bearers[n])))
            .collect();
        if fits.len() <= 1 {
            return fits.first().copied();
        }
        // Several: the only one in reach of the last sentences.
        let mut near: Vec<usize> = self.recent.iter().map(|r| r.0).filter(|n| fits.contains(n)).collect();
        near.sort_unstable();
        near.dedup();
        (near.len() == 1).then(|| near[0])
    }

    fn describes(&self, word: &str, bearer: &Bearer) -> bool {
        bearer.words.iter().any(|w| w == word)
            || bearer.roles.iter().any(|r| lexicon::fold(self.sheet.text.get(*r)).split_whitespace().any(|w| w == word))
    }
}
