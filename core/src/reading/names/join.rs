//! Joins the mentions of one report that name the same: full name and surname, organization and acronym.

use super::atoms::{Line, Shape, Sheet};
use super::cues::{self, Points};
use super::runs::{Found, Ground};
use super::{Mention, Name, NameKind, Names};
use crate::lang::en::names::{self as lexicon, Gender, Known};
use crate::text::Span;
use std::collections::BTreeMap;

/// A name as it grows.
#[derive(Debug)]
pub(super) struct Bearer {
    /// The folded words of its fullest form.
    pub(super) words: Vec<String>,
    /// Where that stands.
    pub(super) full: Span,
    /// For each mention.
    pub(super) points: Points,
    /// Decided when all mentions are in.
    pub(super) kind: NameKind,
    /// As printed.
    pub(super) roles: Vec<Span>,
    /// The acronym, if one was introduced.
    pub(super) acronym: Option<(Span, String)>,
    /// What titles and given names say.
    pub(super) gender: Option<Gender>,
    /// The number of its latest mention's paragraph and its place there.
    pub(super) last: usize,
}

/// The mentions found so far and who they are.
#[derive(Debug, Default)]
pub(super) struct Joined {
    /// Who.
    pub(super) bearers: Vec<Bearer>,
    /// Where: the words, who, whether a proper name.
    pub(super) mentions: Vec<Mention>,
}

impl Bearer {
    /// Returns the word that says what kind of organization it is: "ministry" of "Ministry of Roads".
    pub(super) fn head(&self) -> Option<&str> {
        let end = self.words.iter().position(|w| w == "of" || w == "for").unwrap_or(self.words.len());
        let named = self.words.len() > 1;
        self.words[..end].iter().rev().map(String::as_str).find(|w| named && lexicon::organization_head(w))
    }
}

/// Joins what was found, which must be in text order.
pub(super) fn join(sheet: &Sheet, found: &[Found]) -> Joined {
    let mut joined = Joined::default();
    let mut index = Index::default();
    let mut single: Vec<usize> = Vec::new();
    let mut of = vec![usize::MAX; found.len()];
    // Names of two words and more, listed ones and headed ones first: the others may be short for them.
    for (n, f) in found.iter().enumerate() {
        if is_short(sheet, f) {
            single.push(n);
        } else {
            of[n] = joined.enter(sheet, f, &mut index);
        }
        if of[n] != usize::MAX {
            joined.introduce_acronym(sheet, f, of[n], &mut index);
        }
    }
    for (n, bearer) in joined.bearers.iter().enumerate().filter(|(_, b)| b.kind == NameKind::Organization) {
        let letters = bearer.words.iter().filter(|w| !matches!(w.as_str(), "of" | "the" | "and" | "for" | "s"));
        index.initials.entry(letters.filter_map(|w| w.chars().next()).collect()).or_insert(n);
    }
    for n in single {
        of[n] = joined.enter_short(sheet, found, n, &of, &mut index);
    }
    for (f, &name) in found.iter().zip(&of) {
        joined.mentions.push(Mention { span: f.span, name, proper: true });
    }
    for (f, &name) in found.iter().zip(&of) {
        if let Some(span) =
            acronym_behind(sheet, f).filter(|(_, w)| joined.bearers[name].acronym.as_ref().is_some_and(|(_, a)| a == w))
        {
            joined.mentions.push(Mention { span: span.0, name, proper: true });
        }
    }
    joined.mentions.sort_by_key(|m| (m.span.start(), m.span.end()));
    joined.mentions.dedup_by(|b, a| a.span.overlaps(b.span));
    joined
}

/// The most bearers of one surname that are compared: no news has more.
const MANY: usize = 64;

/// Where names are found again.
#[derive(Default)]
struct Index {
    full: BTreeMap<String, usize>,
    surname: BTreeMap<String, Vec<usize>>,
    given: BTreeMap<String, Vec<usize>>,
    acronym: BTreeMap<String, usize>,
    initials: BTreeMap<String, usize>,
}

/// Says whether this may be short for a longer name: one word, or initials, that no list knows.
fn is_short(sheet: &Sheet, f: &Found) -> bool {
    f.atoms.len() == 1 && !matches!(f.ground, Ground::Listed(Known::Country | Known::Organization))
        || (f.atoms.len() == 2 && sheet.atoms[f.atoms.start].shape == Shape::Lower)
}

fn words(sheet: &Sheet, f: &Found) -> Vec<String> {
    sheet.atoms[f.atoms.clone()].iter().filter(|a| a.shape != Shape::Mark).map(|a| a.word.clone()).collect()
}

/// Returns the acronym in brackets behind a name.
fn acronym_behind(sheet: &Sheet, f: &Found) -> Option<(Span, String)> {
    let line: &Line = &sheet.lines[f.line];
    let at = f.atoms.end;
    let bracket = sheet.word(line, at) == "(" && matches!(sheet.word(line, at + 2), ")" | "," | ";");
    let atom = sheet.atoms.get(at + 1).filter(|_| bracket)?;
    (atom.shape == Shape::Capitals || (atom.shape == Shape::Capital && atom.word.len() <= 8))
        .then(|| (atom.span, atom.word.clone()))
}

/// Says whether capitals may be short for words: each letter begins a word, in order.
fn abbreviates(acronym: &str, words: &[String]) -> bool {
    let mut left = words.iter();
    let letters: Vec<char> = acronym.chars().filter(|c| c.is_alphanumeric()).collect();
    let hits = letters.iter().filter(|&&c| left.by_ref().any(|w| w.starts_with(c))).count();
    letters.len() >= 2 && hits + usize::from(letters.len() > 3) >= letters.len()
}

impl Joined {
    fn new_bearer(&mut self, f: &Found, words: Vec<String>) -> usize {
        self.bearers.push(Bearer {
            words,
            full: f.span,
            points: Points::default(),
            kind: NameKind::Other,
            roles: Vec::new(),
            acronym: None,
            gender: None,
            last: f.span.start(),
        });
        self.bearers.len() - 1
    }

    fn note(&mut self, sheet: &Sheet, f: &Found, name: usize) {
        let bearer = &mut self.bearers[name];
        bearer.points.add(cues::weigh(sheet, f, f.span == bearer.full));
        bearer.kind = bearer.points.kind();
        bearer.roles.extend(f.roles.iter().copied());
        bearer.gender = bearer.gender.or(f.gender);
        bearer.last = f.span.start();
    }

    fn enter(&mut self, sheet: &Sheet, f: &Found, index: &mut Index) -> usize {
        let words = words(sheet, f);
        let key = lexicon::canonical(&words.join(" ")).map_or_else(|| words.join(" "), lexicon::fold);
        let person = matches!(f.ground, Ground::Titled | Ground::FirstName | Ground::Capitals);
        let known =
            index.full.get(&key).copied().or_else(|| if person { self.same_person(&words, index) } else { None });
        let name = known.unwrap_or_else(|| {
            let name = self.new_bearer(f, words.clone());
            if let (Some(first), Some(last), true) = (words.first(), words.last(), person) {
                index.surname.entry(last.clone()).or_default().push(name);
                index.given.entry(first.clone()).or_default().push(name);
                if let Some(Some(gender)) = lexicon::first_name(first) {
                    self.bearers[name].gender = Some(gender);
                }
            }
            name
        });
        index.full.entry(key).or_insert(name);
        if words.len() > self.bearers[name].words.len() {
            self.bearers[name].words = words;
            self.bearers[name].full = f.span;
        }
        self.note(sheet, f, name);
        name
    }

    /// Returns the person of the same surname whose other words do not speak against it: "J. Lund", "Anna Maria Lund".
    fn same_person(&self, words: &[String], index: &Index) -> Option<usize> {
        let last = words.last()?;
        let list = index.surname.get(last)?;
        let mut fits = list.iter().take(MANY).copied().filter(|&n| compatible(&self.bearers[n].words, words));
        let name = fits.next()?;
        fits.next().is_none().then_some(name)
    }

    fn introduce_acronym(&mut self, sheet: &Sheet, f: &Found, name: usize, index: &mut Index) {
        let Some((span, word)) = acronym_behind(sheet, f) else { return };
        if self.bearers[name].acronym.is_none() && abbreviates(&word, &self.bearers[name].words) {
            index.acronym.insert(word.clone(), name);
            self.bearers[name].acronym = Some((span, word));
        }
    }

    fn enter_short(&mut self, sheet: &Sheet, found: &[Found], n: usize, of: &[usize], index: &mut Index) -> usize {
        let f = &found[n];
        let words = words(sheet, f);
        let key = words.join(" ");
        let known = index
            .acronym
            .get(&key)
            .copied()
            .or_else(|| self.short_for(sheet, found, n, of, index, &key))
            .or_else(|| spelt_out(sheet, f, &key, index))
            .or_else(|| index.full.get(&key).copied());
        let name = known.unwrap_or_else(|| {
            let name = self.new_bearer(f, words);
            index.full.insert(key, name);
            name
        });
        if matches!(f.ground, Ground::Titled) || self.bearers[name].words.len() == 1 {
            self.note(sheet, f, name);
        } else {
            self.bearers[name].last = f.span.start();
        }
        name
    }

    /// Returns the person meant by a surname or given name alone, if that can be told.
    fn short_for(
        &self,
        sheet: &Sheet,
        found: &[Found],
        n: usize,
        of: &[usize],
        index: &Index,
        key: &str,
    ) -> Option<usize> {
        let f = &found[n];
        if matches!(f.ground, Ground::Listed(_)) && f.roles.is_empty() && !index.surname.contains_key(key) {
            return None;
        }
        let persons = |list: Option<&Vec<usize>>| -> Vec<usize> {
            list.into_iter()
                .flatten()
                .take(MANY)
                .copied()
                .filter(|&b| self.bearers[b].kind == NameKind::Person && self.bearers[b].words.len() > 1)
                .collect()
        };
        let mut fits = persons(index.surname.get(key));
        if fits.is_empty() {
            fits = persons(index.given.get(key));
        }
        if let Some(gender) = f.gender {
            fits.retain(|&b| self.bearers[b].gender.is_none_or(|g| g == gender));
        }
        if fits.len() <= 1 {
            return fits.first().copied();
        }
        let said: Vec<String> = f.roles.iter().map(|r| lexicon::fold(sheet.text.get(*r))).collect();
        let with_role: Vec<usize> = fits
            .iter()
            .copied()
            .filter(|&b| self.bearers[b].roles.iter().any(|r| said.contains(&lexicon::fold(sheet.text.get(*r)))))
            .collect();
        if with_role.len() == 1 {
            return with_role.first().copied();
        }
        // Several of one surname: the one named last before in this paragraph, unless another was named there as well.
        let paragraph = sheet.lines[f.line].paragraph;
        let mut near: Vec<usize> = (0..n)
            .rev()
            .take(4 * MANY)
            .take_while(|&m| sheet.lines[found[m].line].paragraph == paragraph)
            .map(|m| of[m])
            .filter(|b| fits.contains(b))
            .collect();
        near.sort_unstable();
        near.dedup();
        (near.len() == 1).then(|| near[0])
    }

    /// Returns the names in order of first mention.
    pub(super) fn names(self) -> Names {
        let mut order: Vec<usize> = Vec::new();
        let mut place = vec![usize::MAX; self.bearers.len()];
        for m in &self.mentions {
            if place[m.name] == usize::MAX {
                place[m.name] = order.len();
                order.push(m.name);
            }
        }
        let mentions = self.mentions.into_iter().map(|m| Mention { name: place[m.name], ..m }).collect();
        let mut bearers: Vec<Option<Bearer>> = self.bearers.into_iter().map(Some).collect();
        let names = order.iter().filter_map(|&n| bearers[n].take()).map(|b| {
            let mut roles = b.roles;
            roles.sort_unstable();
            roles.dedup();
            Name { kind: b.kind, full: b.full, roles, acronym: b.acronym.map(|a| a.0) }
        });
        Names { mentions, names: names.collect() }
    }
}

/// Returns the organization whose words' first letters these capitals are.
fn spelt_out(sheet: &Sheet, f: &Found, key: &str, index: &mut Index) -> Option<usize> {
    if sheet.atoms[f.atoms.start].shape != Shape::Capitals || key.len() < 3 {
        return None;
    }
    let name = *index.initials.get(key)?;
    index.acronym.insert(key.to_owned(), name);
    Some(name)
}

/// Says whether two full names of one surname may be one person's: each given name is the other's, its initial, or left out.
fn compatible(a: &[String], b: &[String]) -> bool {
    if a.len() < 2 || b.len() < 2 {
        return false;
    }
    let (a, b) = (&a[..a.len() - 1], &b[..b.len() - 1]);
    let like = |x: &String, y: &String| {
        x == y
            || (x.chars().count() == 1 && y.starts_with(x.as_str()))
            || (y.chars().count() == 1 && x.starts_with(y.as_str()))
    };
    like(&a[0], &b[0])
        && (a.len().min(b.len()) < 2
            || a.iter().skip(1).all(|x| b.iter().any(|y| like(x, y)))
            || b.iter().skip(1).all(|y| a.iter().any(|x| like(x, y))))
}
