//! Cuts runs of capitalised words into names, with the titles before them.
//!
//! Longer than other files because one pass over a run decides all of it: where a name ends depends on each rule before it.

use super::atoms::{Line, Shape, Sheet};
use crate::lang::en::names::{self as lexicon, Gender, Known, Title};
use crate::text::Span;
use std::ops::Range;

/// Why a stretch is taken for a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ground {
    /// It is in a list.
    Listed(Known),
    /// It is one of the many places that people and firms are called after.
    LesserPlace,
    /// A word in it says that it is an organization.
    OrganizationHead,
    /// A word in it says that it is a place.
    PlaceHead,
    /// A title stands before it.
    Titled,
    /// It begins with a given name.
    FirstName,
    /// Only its capitals.
    Capitals,
    /// It stands in a headline and is a name elsewhere.
    Echo,
}

/// A stretch of capitalised words taken for one name.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Its words: indices into [`Sheet::atoms`].
    pub(super) atoms: Range<usize>,
    /// Its line: index into [`Sheet::lines`].
    pub(super) line: usize,
    /// Where it stands.
    pub(super) span: Span,
    /// Why.
    pub(super) ground: Ground,
    /// The titles and roles that name what its bearer is.
    pub(super) roles: Vec<Span>,
    /// What its title says.
    pub(super) gender: Option<Gender>,
}

/// Finds the names of one line, left to right.
pub(super) fn cut(sheet: &Sheet, number: usize, out: &mut Vec<Found>) {
    let line = &sheet.lines[number];
    let mut at = line.atoms.start;
    while at < line.atoms.end {
        if !sheet.atoms[at].is_capital() {
            at += 1;
            continue;
        }
        // "The Hague" is one; else a run begins behind the article.
        let article = FUNCTION.contains(&sheet.word(line, at)) && sheet.atoms[at].shape != Shape::Capitals;
        if article && (Cutter { sheet, line, number, end: line.atoms.end, out }).listed(at).is_none() {
            at += 1;
            continue;
        }
        let end = gather(sheet, line, at);
        Cutter { sheet, line, number, end, out }.run(at);
        at = end.max(at + 1);
    }
}

const PARTICLES: [&str; 32] = [
    "de", "da", "do", "del", "della", "di", "du", "des", "dos", "das", "la", "le", "van", "von", "der", "den", "ten",
    "ter", "bin", "bint", "ibn", "ben", "al", "el", "abu", "y", "zu", "und", "af", "av", "e", "ould",
];

/// The most words a run may have.
const LONGEST: usize = 40;

/// Words of grammar, which belong to no name even inside a sentence.
const FUNCTION: [&str; 40] = [
    "the", "a", "an", "in", "on", "at", "by", "for", "from", "but", "and", "or", "he", "she", "it", "they", "we",
    "you", "i", "this", "that", "these", "those", "there", "his", "her", "its", "their", "our", "my", "as", "if",
    "when", "while", "with", "after", "what", "who", "how", "why",
];

/// Returns where the run ends that begins at `at`: capitalised words and what may join them.
fn gather(sheet: &Sheet, line: &Line, at: usize) -> usize {
    let mut end = at + 1;
    let mut chained = false;
    // No name is longer; without a limit a text all in capitals would be read again for each of its words.
    while end < at + LONGEST
        && let Some(next) = onward(sheet, line, at, end, &mut chained)
    {
        end = next;
    }
    end
}

/// Returns where a run goes on to from `end`, if it does. `chained` says whether an "of" has joined it.
fn onward(sheet: &Sheet, line: &Line, at: usize, end: usize, chained: &mut bool) -> Option<usize> {
    let capital = |n: usize| n < line.atoms.end && sheet.atoms[n].is_capital();
    if capital(end) {
        return Some(end + 1);
    }
    let word = sheet.word(line, end);
    let stop = word == "." && sheet.touch(end) && takes_stop(sheet, end - 1);
    let particle = PARTICLES.contains(&word);
    if capital(end + 1) && (stop || particle || word == "&") {
        return Some(end + 2);
    }
    if particle && PARTICLES.contains(&sheet.word(line, end + 1)) && capital(end + 2) {
        return Some(end + 3);
    }
    if matches!(word, "of" | "for" | "on" | "against") && heads_chain(sheet, line, end) {
        let skip = usize::from(sheet.word(line, end + 1) == "the");
        // "the Town Hall on Saturday" ends at the hall.
        let next = sheet.word(line, end + 1 + skip);
        let on = capital(end + 1 + skip)
            && !lexicon::not_name(next)
            && (word != "on" || common(sheet, line, end + 1 + skip));
        *chained |= on;
        return on.then_some(end + 2 + skip);
    }
    let and = word == "and" && capital(end + 1) && joins(sheet, line, at, end, *chained);
    let comma = word == "," && *chained && common(sheet, line, end + 1) && lists_on(sheet, line, end + 1);
    if and || comma {
        return Some(end + 2);
    }
    past_possessive(sheet, line, end)
}

/// Says whether the full stop behind an atom belongs to it.
fn takes_stop(sheet: &Sheet, at: usize) -> bool {
    crate::lang::en::takes_stop(sheet.text.get(sheet.atoms[at].span))
}

/// Says whether what stands before `of` is the head of a longer name: "Ministry of", "Secretary of".
fn heads_chain(sheet: &Sheet, line: &Line, of: usize) -> bool {
    let word = sheet.word(line, of - 1);
    let head = lexicon::organization_head(word) || lexicon::place_head(word);
    let office = sheet.word(line, of) == "of"
        && (matches!(
            word,
            "secretary"
                | "minister"
                | "president"
                | "republic"
                | "kingdom"
                | "emirate"
                | "bay"
                | "strait"
                | "duke"
                | "duchess"
        ));
    head || office
}

/// Says whether a capitalised word is a common noun rather than somebody's name.
fn common(sheet: &Sheet, line: &Line, at: usize) -> bool {
    let Some(atom) = sheet.atoms.get(at).filter(|a| line.atoms.contains(&at) && a.shape == Shape::Capital) else {
        return false;
    };
    lexicon::known(&atom.word).is_none()
        && lexicon::first_name(&atom.word).is_none()
        && (sheet.lower.contains(&atom.word)
            || lexicon::is_common(&atom.word)
            || lexicon::modifies_role(&atom.word)
            || ["ion", "ity", "ure", "ing", "ment", "ics", "ness", "ance", "ence", "ries", "ogy"]
                .iter()
                .any(|s| atom.word.ends_with(s)))
}

/// Says whether "and" at `and` joins halves of one name.
fn joins(sheet: &Sheet, line: &Line, from: usize, and: usize, chained: bool) -> bool {
    if chained && common(sheet, line, and + 1) {
        return true;
    }
    // "Food and Drug Administration": two words or less before, a head behind that no other "and" parts from it.
    let short = and - from <= 2;
    let mut end = and + 1;
    while end < line.atoms.end && (sheet.atoms[end].is_capital() || matches!(sheet.word(line, end), "'" | "’" | "s"))
    {
        end += 1;
    }
    let headed = (and + 2..end).any(|n| lexicon::organization_head(sheet.word(line, n)));
    let before = sheet.word(line, from.wrapping_sub(1));
    let unlisted = lexicon::known(sheet.word(line, from)).is_none() && sheet.atoms[from].shape == Shape::Capital;
    short && headed && unlisted && (before == "the" || common(sheet, line, from))
}

/// Says whether a word is a given name of two parts, the second in lower case: "Mi-ran".
pub(super) fn eastern(sheet: &Sheet, at: usize) -> bool {
    let atom = &sheet.atoms[at];
    let Some((first, second)) = sheet.text.get(atom.span).split_once('-') else { return false };
    let prefix = matches!(first, "Co" | "Re" | "Ex" | "Pro" | "Anti" | "Non" | "Pre" | "Post" | "Mid" | "Self" | "Sub");
    let part = |s: &str| (2..=6).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphabetic());
    let everyday = |s: &str| lexicon::is_common(&s.to_ascii_lowercase()) || FUNCTION.contains(&s) || s == "up";
    atom.shape == Shape::Capital
        && !prefix
        && part(first)
        && part(second)
        && second.bytes().all(|b| b.is_ascii_lowercase())
        && lexicon::known(&atom.word).is_none()
        && lexicon::title(&atom.word).is_none()
        && !(everyday(first) && everyday(second))
}

/// Says whether a list of common nouns goes on to an "and": "Education, Science and Culture".
fn lists_on(sheet: &Sheet, line: &Line, at: usize) -> bool {
    let next = sheet.word(line, at + 1);
    (next == "and" && common(sheet, line, at + 2)) || (next == "," && common(sheet, line, at + 2))
}

/// Returns where a name goes on behind a possessive inside it: "Farmers' Union", "People's Party".
fn past_possessive(sheet: &Sheet, line: &Line, at: usize) -> Option<usize> {
    if !matches!(sheet.word(line, at), "'" | "’") || !sheet.touch(at) {
        return None;
    }
    let owner = sheet.word(line, at - 1);
    let with_s = sheet.word(line, at + 1) == "s" && sheet.touch(at + 1);
    let next = at + 1 + usize::from(with_s);
    let group =
        matches!(owner, "people" | "men" | "women" | "children" | "king" | "queen" | "bishop" | "mothers" | "driver")
            || (!with_s && owner.ends_with('s') && lexicon::known(owner).is_none());
    let mut end = next;
    while end < line.atoms.end && sheet.atoms[end].is_capital() {
        end += 1;
    }
    let headed = (next..end).any(|n| lexicon::organization_head(sheet.word(line, n)));
    (group && headed && end > next).then_some(next + 1)
}

struct Cutter<'a, 'b> {
    sheet: &'a Sheet<'a>,
    line: &'a Line,
    number: usize,
    end: usize,
    out: &'b mut Vec<Found>,
}

impl Cutter<'_, '_> {
    fn word(&self, at: usize) -> &str {
        if at < self.end { &self.sheet.atoms[at].word } else { "" }
    }

    fn run(&mut self, start: usize) {
        let mut at = start;
        while at < self.end {
            at = self.step(at).max(at + 1);
        }
    }

    /// Takes one name or one word that is none from the front; returns where it ends.
    fn step(&mut self, at: usize) -> usize {
        if !self.sheet.atoms[at].is_capital() {
            return at + 1;
        }
        let alone = at + 1 == self.end;
        let sum = self.sheet.atoms.get(at + 1).is_some_and(|a| matches!(a.word.as_str(), "$" | "€" | "£"));
        if alone && (sum || self.sheet.atoms[at].shape == Shape::Initial) {
            return at + 1;
        }
        let listed = self.listed(at);
        if listed.is_none() && self.is_no_part(at) {
            return at + 1;
        }
        if let Some((behind, roles, gender)) = self.titles(at) {
            self.places_of_office(at, behind);
            return self.plain(behind, roles, gender);
        }
        let head = self.headed(at);
        if let (None, Some(end)) = (head, self.title_end(at)) {
            self.places_of_office(at, end);
            return end;
        }
        match (listed, head) {
            // A listed name that goes on to a head is part of the longer name: "Lagos State Government".
            (Some((_, end)), Some((_, longer))) if longer > end => self.take_headed(at),
            (Some((Known::Demonym | Known::People, end)), _) => end,
            (Some((known, end)), _) => {
                let onward = end < self.end && self.sheet.atoms[end].shape == Shape::Capital && end == at + 1;
                let lesser = end == at + 1 && lexicon::is_lesser_place(self.word(at));
                if onward && (lesser || self.is_eastern(end) || lexicon::first_name(self.word(at)).is_some()) {
                    self.plain(at, Vec::new(), None)
                } else {
                    let ground = if lesser { Ground::LesserPlace } else { Ground::Listed(known) };
                    self.take(at..end, ground, Vec::new(), None)
                }
            }
            (None, Some(_)) => self.take_headed(at),
            (None, None) => self.plain(at, Vec::new(), None),
        }
    }

    /// Says whether the word at `at` is capitalised only because of where it stands, or names nobody.
    fn is_no_part(&self, at: usize) -> bool {
        let word = self.word(at);
        let capitals = self.sheet.atoms[at].shape == Shape::Capitals;
        // "MPs", "NGOs": several of a kind.
        if capitals && self.end == at + 1 && self.sheet.text.get(self.sheet.atoms[at].span).ends_with('s') {
            return true;
        }
        let headed = || self.headed(at).is_some_and(|(_, end)| end > at + 1);
        if self.is_surname_too(at) || self.is_eastern(at + 1) {
            return false;
        }
        if lexicon::not_name(word) && lexicon::title(word).is_none() {
            return !headed();
        }
        let usual = !capitals
            && (self.sheet.lower.contains(word)
                || (lexicon::is_common(word) && !self.sheet.tails.contains(word))
                || lexicon::organization_head(word)
                || lexicon::place_head(word)
                || lexicon::is_role(word));
        if capitals && self.is_stressed(at) {
            return true;
        }
        if !self.opens(at) {
            // "the State of Emergency": what an "of" parts from the name behind is a noun.
            let alone = at + 1 == self.end
                || self.word(at + 1) == "of" && lexicon::title(word).is_none() && self.headed(at).is_none();
            return FUNCTION.contains(&word) && !capitals && !headed() || usual && alone;
        }
        let next = self.word(at + 1);
        if !next.is_empty() && self.sheet.pairs.contains(&format!("{word} {next}")) {
            return false;
        }
        if lexicon::opens_sentence(word) && !capitals {
            return true;
        }
        if self.titles(at).is_some() {
            return false;
        }
        if at + 1 == self.end && self.sheet.is_noun_at_front(at) {
            return true;
        }
        usual && !headed()
    }

    /// Says whether a short form of something else, "Sun" or "Xi", is a name here: one stands behind it, or it does
    /// elsewhere in the text.
    fn is_surname_too(&self, at: usize) -> bool {
        const NEVER: [&str; 18] = [
            "i", "i'm", "i'd", "ok", "oh", "ah", "yes", "no", "hi", "may", "god", "jr", "sr", "mr", "ms", "dr", "am",
            "pm",
        ];
        let word = self.word(at);
        let short = word.len() <= 3 || lexicon::first_name(word).is_some();
        let other = lexicon::not_name(word) && short && !NEVER.contains(&word);
        if !other || self.sheet.atoms[at].shape != Shape::Capital {
            return false;
        }
        let names = |next: &str| {
            next.len() > 2
                && !lexicon::not_name(next)
                && !lexicon::is_common(next)
                && lexicon::known(next).is_none()
                && lexicon::title(next).is_none()
        };
        let behind = at + 1 < self.end && self.sheet.atoms[at + 1].shape == Shape::Capital && names(self.word(at + 1));
        let pair = format!("{word} ");
        let elsewhere = self.sheet.pairs.range(pair.clone()..).next().and_then(|p| p.strip_prefix(&pair));
        behind || word.len() <= 3 && elsewhere.is_some_and(names)
    }

    /// Says whether a word inside the run is a given name of two parts as in "Lee Mi-ran", so that a surname precedes it.
    fn is_eastern(&self, at: usize) -> bool {
        at < self.end && eastern(self.sheet, at)
    }

    /// Says whether an everyday word is in capitals for stress, "it was VERY late", and not the acronym of a name.
    fn is_stressed(&self, at: usize) -> bool {
        let word = self.word(at);
        let everyday =
            FUNCTION.contains(&word) || word.len() > 2 && (lexicon::opens_sentence(word) || lexicon::is_common(word));
        let bracket = at > self.line.atoms.start && self.sheet.atoms[at - 1].word == "(";
        everyday && !bracket && !self.sheet.acronyms.contains(word) && self.headed(at).is_none()
    }

    /// Says whether `at` opens its sentence or a quotation.
    fn opens(&self, at: usize) -> bool {
        let mut n = at;
        while n > self.line.atoms.start {
            n -= 1;
            let atom = &self.sheet.atoms[n];
            if matches!(atom.word.as_str(), "“" | "\"" | "‘" | ":" | "•" | "–" | "—" | "-" | "…" | "...") {
                return atom.word != "-" || n == self.line.atoms.start;
            }
            if atom.shape != Shape::Mark {
                return false;
            }
        }
        true
    }

    /// Returns the longest listed name at `at`.
    fn listed(&self, at: usize) -> Option<(Known, usize)> {
        let mut phrase = String::new();
        let mut best = None;
        for n in at..(at + 8).min(self.line.atoms.end) {
            if n > at && !(self.sheet.touch(n)) {
                phrase.push(' ');
            }
            phrase.push_str(&self.sheet.atoms[n].word);
            if !lexicon::begins_known(&phrase) {
                break;
            }
            if let Some(known) = lexicon::known(&phrase) {
                let short =
                    n == at && self.sheet.atoms[at].word.len() <= 3 && self.sheet.atoms[at].shape != Shape::Capitals;
                let written = self.sheet.atoms[n].is_capital() || n > at;
                if written && !short {
                    best = Some((known, n + 1));
                }
            }
        }
        best
    }

    /// Returns where the titles at `at` end, if there are any.
    fn title_end(&self, at: usize) -> Option<usize> {
        let mut n = at;
        let mut last = None;
        while n < self.end {
            let word = self.word(n);
            if word == "." || word == "-" {
                n += 1;
                continue;
            }
            if lexicon::title(word).is_some() {
                // "Colonel Sultan Berg": with one name left, a title that is also a given name is that.
                const GIVEN: [&str; 14] = [
                    "emir", "sultan", "prince", "earl", "duke", "baron", "dean", "king", "don", "marshal", "princess",
                    "hon", "bishop", "pope",
                ];
                if last.is_some() && GIVEN.contains(&word) && n + 2 == self.end {
                    break;
                }
                n += 1;
                last = Some(n);
                const OF: [&str; 9] = [
                    "secretary",
                    "minister",
                    "president",
                    "director",
                    "chief",
                    "speaker",
                    "governor",
                    "commissioner",
                    "head",
                ];
                if OF.contains(&word)
                    && let Some(end) = self.office(n)
                {
                    n = end;
                    last = Some(n);
                }
            } else if lexicon::modifies_role(word) {
                n += 1;
            } else {
                break;
            }
        }
        last
    }

    /// Returns what stands behind the titles at `at`, if there are any and a name follows.
    fn titles(&self, at: usize) -> Option<(usize, Vec<Span>, Option<Gender>)> {
        let last = self.title_end(at);
        let words = (at..last?).filter_map(|n| lexicon::title(self.word(n)));
        let (address, gender) = words.fold((false, None), |(_, g), (t, of)| (t == Title::Address, of.or(g)));
        let mut behind = last?;
        if self.word(behind) == "." {
            behind += 1;
        }
        if behind >= self.end || !self.sheet.atoms[behind].is_capital() {
            return None;
        }
        // "General Hospital", "King Faisal University", "Justice Department".
        if self.headed(behind).is_some_and(|(_, end)| end == self.end || self.headed(at).is_some_and(|(_, e)| e == end))
            && !address
        {
            return None;
        }
        if self
            .listed(behind)
            .is_some_and(|(known, end)| known == Known::Organization || end < self.end && known != Known::Place)
        {
            return None;
        }
        let role = self.sheet.span(at..last?)?;
        Some((behind, vec![role], gender))
    }

    /// Takes the listed names inside a title: "President of South Africa".
    fn places_of_office(&mut self, from: usize, to: usize) {
        let mut at = from;
        while at < to {
            match self.listed(at).filter(|_| self.sheet.atoms[at].is_capital()) {
                Some((Known::Demonym | Known::People, end)) => at = end,
                // "Minister of Labour" names no party.
                Some((_, end)) if lexicon::modifies_role(self.word(at)) => at = end,
                Some((known, end)) if end <= to => at = self.take(at..end, Ground::Listed(known), Vec::new(), None),
                _ => at += 1,
            }
        }
    }

    /// Returns where "of State", "of the Republic", "of Labour" ends, if a name follows.
    fn office(&self, of: usize) -> Option<usize> {
        if !matches!(self.word(of), "of" | "for") {
            return None;
        }
        let first = of + 1 + usize::from(self.word(of + 1) == "the");
        if let Some((_, end)) = self.listed(first) {
            return Some(end);
        }
        let mut end = first;
        while end < self.end
            && (lexicon::modifies_role(self.word(end))
                || matches!(self.word(end), "and" | "," | "republic" | "council"))
        {
            end += 1;
        }
        (end > first).then_some(end)
    }

    /// Returns the last head of the capitalised words from `at`, and where the name that it makes ends.
    fn headed(&self, at: usize) -> Option<(Ground, usize)> {
        let mut best = None;
        let mut n = at;
        let person = lexicon::first_name(self.word(at)).is_some();
        while n < self.end {
            let word = self.word(n);
            let office = matches!(self.word(n + 1), "of" | "for") && lexicon::is_role(word);
            let title = lexicon::title(word).is_some_and(|t| t.0 == Title::Address || self.names_behind(n));
            if n > at && (office || title) && !lexicon::organization_head(word) {
                break;
            }
            if self.sheet.atoms[n].is_capital() {
                if lexicon::organization_head(word) && (n > at || self.chain(n).is_some()) {
                    best = Some((Ground::OrganizationHead, n + 1));
                } else if n > at && lexicon::place_head(word) && !(person && n == at + 1) {
                    // "Oti District of the Volta Region" are two.
                    best = Some((Ground::PlaceHead, n + 1));
                    n += 1;
                    continue;
                } else if n == at && self.of_place(n) {
                    best = Some((Ground::PlaceHead, n + 1));
                } else if n == at
                    && lexicon::opens_place(word)
                    && self.sheet.atoms.get(n + 1).is_some_and(|a| a.is_capital() && n + 1 < self.end)
                {
                    best = Some((Ground::PlaceHead, n + 2));
                }
            }
            if best.is_some_and(|(_, end)| end == n + 1)
                && let Some(end) = self.chain(n)
            {
                best = best.map(|(ground, _)| (ground, end));
                n = end;
                continue;
            }
            n += 1;
        }
        best
    }

    /// Says whether "of" and a name follow a word for a place or country: "City of Lund", "Republic of Peru", not
    /// "State of Emergency".
    fn of_place(&self, head: usize) -> bool {
        let word = self.word(head);
        let country = matches!(word, "republic" | "kingdom" | "sultanate" | "emirate");
        let named = head + 2 + usize::from(self.word(head + 2) == "the");
        (country || lexicon::place_head(word))
            && self.word(head + 1) == "of"
            && self.chain(head).is_some()
            && !common(self.sheet, self.line, named)
    }

    /// Says whether words without a head follow a title in mid-run, so that it opens a person's name.
    fn names_behind(&self, title: usize) -> bool {
        title + 1 < self.end
            && self.sheet.atoms[title + 1].is_capital()
            && !lexicon::organization_head(self.word(title + 1))
    }

    /// Returns where the chain behind a head ends: "of Roads", "for the Protection of Birds".
    fn chain(&self, head: usize) -> Option<usize> {
        let mut end = head + 1;
        let mut any = false;
        while matches!(self.word(end), "of" | "for" | "on" | "against")
            || (any && matches!(self.word(end), "and" | ","))
        {
            let first = end + 1 + usize::from(self.word(end + 1) == "the");
            let mut n = first;
            while n < self.end
                && self.sheet.atoms[n].is_capital()
                && !(n > first && lexicon::title(self.word(n)).is_some())
            {
                n += 1;
            }
            if n == first {
                break;
            }
            end = n;
            any = true;
        }
        any.then_some(end)
    }

    fn take_headed(&mut self, at: usize) -> usize {
        let Some((ground, end)) = self.headed(at) else { return at + 1 };
        self.take(at..end, ground, Vec::new(), None)
    }

    /// Takes a name that no head and no list tells: up to the next title, list name of an organization, or the end.
    fn plain(&mut self, at: usize, roles: Vec<Span>, gender: Option<Gender>) -> usize {
        let mut end = at + 1;
        while end < self.end {
            let word = self.word(end);
            let title = lexicon::title(word).is_some() && self.names_behind(end);
            if title
                || (self.sheet.atoms[end].is_capital() && lexicon::not_name(word) && word.len() > 2)
                || matches!(word, "of" | "for" | "on" | "and" | ",")
            {
                break;
            }
            end += 1;
        }
        while end > at + 1 && !self.sheet.atoms[end - 1].is_capital() {
            end -= 1;
        }
        let ground = if !roles.is_empty() {
            Ground::Titled
        } else if lexicon::first_name(self.word(at)).is_some() && end > at + 1 {
            Ground::FirstName
        } else {
            Ground::Capitals
        };
        self.take(at..end, ground, roles, gender)
    }

    fn take(&mut self, mut atoms: Range<usize>, ground: Ground, roles: Vec<Span>, gender: Option<Gender>) -> usize {
        // "Lund Corp. said": inside a sentence the stop is the name's.
        let short = matches!(self.word(atoms.end - 1), "inc" | "corp" | "ltd" | "co" | "bros" | "jr" | "sr");
        let stop = self.sheet.word(self.line, atoms.end) == "." && self.sheet.touch(atoms.end);
        if short && stop && atoms.len() > 1 && atoms.end + 1 < self.line.atoms.end {
            atoms.end += 1;
        }
        let end = atoms.end;
        if let Some(span) = self.sheet.span(atoms.clone()) {
            self.out.push(Found { atoms, line: self.number, span, ground, roles, gender });
        }
        end
    }
}
