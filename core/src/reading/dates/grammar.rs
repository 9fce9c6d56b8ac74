//! What a time expression says, before it is resolved: calendar dates, weekdays, relative units.
//!
//! [`Grammar::parse`] looks at one atom and, by its word, at those behind it. Lengths and sets are in `lengths`, clock
//! times in `clock`.

use super::atoms::{Atom, Shape};
use super::meaning::{Found, From, Meaning, Part, YearOf};
use crate::lang::en::time::{TimeWord, Unit};

/// Looks at the atoms of one sentence.
#[derive(Clone, Copy)]
pub(super) struct Grammar<'a> {
    pub(super) whole: &'a str,
    pub(super) atoms: &'a [Atom],
    /// The first atom of the sentence.
    pub(super) first: usize,
    /// The atom behind its last.
    pub(super) limit: usize,
    /// How many expressions may still stand within one another: "early" in "early early …" is read no deeper.
    pub(super) depth: u8,
}

impl<'a> Grammar<'a> {
    /// Returns the words of an atom.
    pub(super) fn words(&self, i: usize) -> &'a str {
        match self.get(i) {
            Some(atom) => &self.whole[atom.start..atom.end],
            None => "",
        }
    }

    pub(super) fn get(&self, i: usize) -> Option<&'a Atom> {
        if i < self.first || i >= self.limit { None } else { self.atoms.get(i) }
    }

    /// Says whether an atom is this word, in any case.
    pub(super) fn is(&self, i: usize, word: &str) -> bool {
        self.words(i).eq_ignore_ascii_case(word)
    }

    pub(super) fn is_one_of(&self, i: usize, words: &[&str]) -> bool {
        let word = self.words(i);
        !word.is_empty() && words.iter().any(|w| word.eq_ignore_ascii_case(w))
    }

    /// Says whether the atom before `i` is one of these words.
    pub(super) fn after(&self, i: usize, words: &[&str]) -> bool {
        i > 0 && self.is_one_of(i - 1, words)
    }

    pub(super) fn shape(&self, i: usize) -> Shape {
        self.get(i).map_or(Shape::Other, |a| a.shape)
    }

    pub(super) fn word(&self, i: usize) -> Option<TimeWord> {
        match self.shape(i) {
            Shape::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(super) fn glued(&self, i: usize) -> bool {
        self.get(i).is_some_and(|a| a.glued)
    }

    pub(super) fn capital(&self, i: usize) -> bool {
        self.get(i).is_some_and(|a| a.capital)
    }

    pub(super) fn found(&self, from: usize, to: usize, meaning: Meaning) -> Option<Found> {
        Some(Found { from, to, meaning, part: None, edge: 0 })
    }

    /// Returns the time expression that begins at an atom.
    pub(super) fn parse(&self, i: usize) -> Option<Found> {
        let inner = Grammar { depth: self.depth.checked_sub(1)?, ..*self };
        let found = match inner.shape(i) {
            Shape::Other => inner.holiday(i, i, None),
            Shape::Word(word) => inner.by_word(i, word).or_else(|| inner.holiday(i, i, None)),
            _ => inner.number(i),
        };
        found.map(|f| inner.with_time_of_day(f))
    }

    fn by_word(&self, i: usize, word: TimeWord) -> Option<Found> {
        match word {
            TimeWord::Month(m) => self.month(i, m),
            TimeWord::Weekday(d) => self.weekday(i, d),
            TimeWord::ShortWeekday(d) => self.short_weekday(i, d),
            TimeWord::Season(s) => self.season(i, s),
            TimeWord::Deictic(d) => self.found(i, i + 1, Meaning::Deictic(i64::from(d))),
            TimeWord::Tonight => self.night(i, i + 1, 0),
            TimeWord::Overnight => {
                self.found(i, i + 1, Meaning::Overnight).map(|f| Found { part: Some(Part::Of(5)), ..f })
            }
            TimeWord::Turn(t) => self.turn(i, i, t).or_else(|| self.current(i)),
            TimeWord::Edge(e) => self.edge(i, i + 1, e),
            TimeWord::Shift(_) => self.sooner(i),
            TimeWord::The => self.the(i),
            TimeWord::End(e) if self.is(i + 1, "of") => self.edge(i, i + 2, e),
            TimeWord::That => self.that(i, i),
            TimeWord::Ordinal(n) => self.ordinal(i, i, n),
            TimeWord::Tens(n) => self.found(i, i + 1, Meaning::Decade(1900 + i16::from(n))),
            TimeWord::Part(p) => self.part_of_day(i, p),
            TimeWord::Reference(r) => self.reference(i, r),
            TimeWord::Fiscal => self.fiscal(i),
            TimeWord::Quarter(n) => self.short_quarter(i, n),
            TimeWord::Number(_) | TimeWord::Scale(_) => self.number(i),
            _ => self.length(i),
        }
    }

    fn night(&self, from: usize, to: usize, days: i64) -> Option<Found> {
        let meaning = Meaning::Deictic(days);
        Some(Found { from, to, meaning, part: Some(Part::Of(5)), edge: 0 })
    }

    /// Reads a year in digits or words at `i`: the year and the atom behind it.
    pub(super) fn year(&self, i: usize) -> Option<(i16, usize)> {
        match self.shape(i) {
            Shape::Digits(y, 4) if (1000..2200).contains(&y) => Some((y as i16, i + 1)),
            Shape::Word(TimeWord::Number(h @ 18..=20)) => match self.shape(i + 1) {
                Shape::Word(TimeWord::Number(tens)) if tens >= 10 => {
                    let mut year = (h * 100 + tens) as i16;
                    let mut to = i + 2;
                    if let (true, Shape::Word(TimeWord::Number(ones @ 1..=9))) = (tens >= 20, self.shape(i + 2)) {
                        year += ones as i16;
                        to += 1;
                    }
                    Some((year, to))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// Reads what tells the year of a day or month that ends before `i`: `, 2031`, `last year`, `of the same year`; the
    /// atom behind it.
    pub(super) fn year_of(&self, i: usize) -> (YearOf, usize) {
        let skip = if self.words(i) == "," || self.is_one_of(i, &["of", "in"]) { i + 1 } else { i };
        if let Some((year, to)) = self.year(skip).filter(|(_, to)| !self.word(*to).is_some_and(is_unit)) {
            return (YearOf::Year(year), to);
        }
        let the = if self.is(skip, "the") { skip + 1 } else { skip };
        let same = if self.is_one_of(the, &["that", "same"]) && self.is(the + 1, "same") { the + 1 } else { the };
        if self.word(same + 1) != Some(TimeWord::Unit(Unit::Year)) {
            return (YearOf::Untold, i);
        }
        match self.word(same) {
            Some(TimeWord::That) => (YearOf::Before(0), same + 2),
            Some(TimeWord::Turn(turn)) if self.is_narrative(same) => (YearOf::Before(turn), same + 2),
            Some(TimeWord::Turn(turn)) if the == skip => (YearOf::Turn(turn), same + 2),
            _ => (YearOf::Untold, i),
        }
    }

    /// Says whether a turn word counts from what was told before rather than from the day of writing.
    pub(super) fn is_narrative(&self, i: usize) -> bool {
        self.is_one_of(i, &["previous", "preceding", "following"])
    }

    fn season(&self, i: usize, season: i8) -> Option<Found> {
        let sure = self.after(i, &["in", "during", "since", "until", "by", "of", "early", "late", "mid"]);
        self.season_of(i, i, season, None).filter(|f| sure || f.to > i + 1)
    }

    /// A season, with the year that follows: `summer of 1994`, `winter 2023`.
    fn season_of(&self, from: usize, i: usize, season: i8, turn: Option<i8>) -> Option<Found> {
        let of = if self.is(i + 1, "of") { i + 2 } else { i + 1 };
        let (year, to) = match self.year(of) {
            Some((year, to)) => (Some(year), to),
            None => (None, i + 1),
        };
        self.found(from, to, Meaning::Season { season, year, turn })
    }

    /// `early May`, `the end of the month`, `mid-1996`: a part of what follows at `i`.
    fn edge(&self, from: usize, i: usize, edge: i8) -> Option<Found> {
        let dash = if self.words(i) == "-" { i + 1 } else { i };
        if let (Some(TimeWord::Part(_)), true) = (self.word(dash), edge == 2) {
            return self.part_of_day(dash, 3).map(|f| Found { from, ..f });
        }
        let inner = self.parse(dash).or_else(|| match self.word(dash) {
            Some(TimeWord::Season(s)) => self.season_of(from, dash, s, None),
            _ => None,
        })?;
        let fits = !matches!(
            inner.meaning,
            Meaning::Length(_) | Meaning::Set(_) | Meaning::Reference(_) | Meaning::Clock | Meaning::Slashed { .. }
        );
        fits.then_some(Found { from, edge, ..inner })
    }

    /// `earlier this month`, `later Sunday`, `earlier that day`, `earlier in the year`.
    fn sooner(&self, i: usize) -> Option<Found> {
        let follows = match self.word(i + 1)? {
            TimeWord::Turn(0) | TimeWord::That => true,
            TimeWord::Turn(-1) => !self.is(i + 1, "past"),
            TimeWord::Weekday(_) | TimeWord::Deictic(_) | TimeWord::Tonight => true,
            _ => false,
        };
        let inner = self.parse(i + 1).filter(|_| follows)?;
        let dated = !matches!(inner.meaning, Meaning::Length(_) | Meaning::Set(_));
        dated.then_some(Found { from: i, ..inner })
    }

    /// `last November`, `this week`, `the past three months`, `next Tuesday`: the turn word stands at `i`.
    fn turn(&self, from: usize, i: usize, turn: i8) -> Option<Found> {
        let base = if self.is_narrative(i) { From::Before } else { From::Published };
        let next = i + 1;
        let fiscal = if self.word(next) == Some(TimeWord::Fiscal) { next + 1 } else { next };
        match self.word(fiscal) {
            Some(TimeWord::Month(month)) if self.capital(fiscal) => {
                // "last Oct. 23".
                if let Some(day) = self.month(fiscal, month).filter(|f| matches!(f.meaning, Meaning::Day { .. })) {
                    return Some(Found { from, ..day });
                }
                self.found(from, fiscal + 1, Meaning::Month { year: YearOf::Untold, month, turn: Some(turn) })
            }
            Some(TimeWord::Weekday(day)) => {
                let dated = self.dated_weekday(from, fiscal + 1);
                dated.or_else(|| self.found(from, fiscal + 1, Meaning::Weekday { day, turn: Some(turn), from: base }))
            }
            Some(TimeWord::Season(season)) => self.season_of(from, fiscal, season, Some(turn)),
            None if self.capital(fiscal) => self.holiday(from, fiscal, Some(turn)),
            Some(TimeWord::Half) if self.is(fiscal + 1, "of") => self.ordinal(from, i, if turn < 0 { 2 } else { 1 }),
            Some(TimeWord::Ordinal(n)) => {
                let found = self.ordinal(from, fiscal, n)?;
                let meaning = match found.meaning {
                    Meaning::Quarter { number, year, .. } => Meaning::Quarter { number, year, turn: Some(0) },
                    other => other,
                };
                Some(Found { meaning, ..found })
            }
            Some(TimeWord::Part(part @ (1 | 3 | 4))) if turn == 0 => {
                Some(Found { from, to: next + 1, meaning: Meaning::Deictic(0), part: Some(Part::Of(part)), edge: 0 })
            }
            Some(TimeWord::Part(part @ (1 | 3 | 4))) if turn == 1 => {
                let meaning = Meaning::Shift { count: Some(1), unit: Unit::Day, from: From::Before };
                Some(Found { from, to: next + 1, meaning, part: Some(Part::Of(part)), edge: 0 })
            }
            Some(TimeWord::Part(4) | TimeWord::Unit(Unit::Night)) if turn == -1 => self.night(from, next + 1, -1),
            Some(TimeWord::Unit(unit)) if unit >= Unit::Day && unit != Unit::Night => {
                self.turn_unit(from, i, fiscal, unit, turn, base)
            }
            _ => self.turn_length(from, i, next),
        }
    }

    fn turn_unit(&self, from: usize, i: usize, at: usize, unit: Unit, turn: i8, base: From) -> Option<Found> {
        if self.is(i, "past") || unit == Unit::Day && turn <= 0 && base == From::Published {
            return self.turn_length(from, i, at);
        }
        let to = at + 1;
        if unit == Unit::Year
            && let Some(found) = self.years_quarter(from, to, turn)
        {
            return Some(found);
        }
        if unit == Unit::Day {
            let meaning = Meaning::Shift { count: Some(i64::from(turn)), unit, from: From::Before };
            return self.found(from, to, meaning);
        }
        // "the same period of last year".
        let before = if self.after(from, &["of", "in"]) { from - 1 } else { from };
        if unit == Unit::Year && turn == -1 && self.after(before, &["period", "quarter"]) {
            let named = before >= 3 && self.is(before - 2, "same") && self.is(before - 3, "the");
            let from = if named { before - 3 } else { from };
            return self.found(from, to, Meaning::Same { unit: Unit::Quarter, years: -1, from: From::Before });
        }
        let by = i64::from(turn);
        self.found(from, to, Meaning::Turn { unit, by, from: base })
    }

    /// What follows "the" at `i`.
    fn the(&self, i: usize) -> Option<Found> {
        let next = i + 1;
        match self.word(next) {
            Some(TimeWord::Edge(e)) => self.edge(i, next + 1, e),
            Some(TimeWord::End(e)) if self.is(next + 1, "of") => self.edge(i, next + 2, e),
            Some(TimeWord::Turn(t)) => self.turn(i, next, t).or_else(|| self.the_past(i)),
            Some(TimeWord::Ordinal(n)) => self.ordinal(i, next, n).or_else(|| self.day_month(i, next)),
            Some(TimeWord::Fiscal) if self.is(next + 1, "year") && self.year(next + 2).is_none() => {
                self.the_unit_at(i, next + 1, Unit::Year)
            }
            Some(TimeWord::Tens(_) | TimeWord::Fiscal) => self.parse(next).map(|f| Found { from: i, ..f }),
            Some(TimeWord::That) => self.that(i, next),
            Some(TimeWord::Latest) if self.is_one_of(next + 1, &["quarter", "period"]) => {
                self.found(i, next + 2, Meaning::Same { unit: Unit::Quarter, years: 0, from: From::Before })
            }
            Some(TimeWord::Quarter(_)) => self.parse(next).map(|f| Found { from: i, ..f }),
            Some(TimeWord::Latest) => None,
            Some(TimeWord::Season(s)) => self.season_of(i, next, s, None),
            Some(TimeWord::Unit(unit)) => self.the_unit_at(i, next, unit),
            Some(TimeWord::Part(1 | 3 | 4)) if self.after(i, &["in", "during"]) => {
                self.part_of_day(next, 0).map(|f| Found { from: i, ..f })
            }
            Some(TimeWord::Part(_)) if self.is(next + 1, "of") => {
                self.part_of_day(next, 0).map(|f| Found { from: i, ..f })
            }
            Some(TimeWord::Number(_) | TimeWord::Scale(_) | TimeWord::Vague) => self.length_at(i, next),
            Some(_) => None,
            None => match self.shape(next) {
                Shape::Plural(..) => self.number(next).map(|f| Found { from: i, ..f }),
                Shape::Nth(_) => self.number(next).map(|f| Found { from: i, ..f }),
                Shape::Digits(..) => self.years_part(i, next).or_else(|| self.length_at(i, next)),
                _ if self.is(next, "future") => self.found(i, next + 1, Meaning::Reference("FUTURE_REF")),
                _ if self.is(next, "near") && self.is_one_of(next + 1, &["future", "term"]) => {
                    self.found(i, next + 2, Meaning::Reference("FUTURE_REF"))
                }
                _ if self.is(next, "full") && self.is(next + 1, "year") => {
                    self.found(i, next + 2, Meaning::Same { unit: Unit::Year, years: 0, from: From::Published })
                }
                _ if self.is(next, "'") || self.is(next, "’") => {
                    self.number(next + 1).map(|f| Found { from: i, ..f })
                }
                _ => None,
            },
        }
    }

    fn the_past(&self, i: usize) -> Option<Found> {
        let bare = self.is(i + 1, "past") && !self.capital(i + 2) && !self.word(i + 2).is_some_and(is_unit);
        let ends = self.ends(i + 2) || self.after(i, &["in"]);
        self.found(i, i + 2, Meaning::Reference("PAST_REF")).filter(|_| bare && ends)
    }

    /// "the year", with what follows; the unit stands at `at`.
    fn the_unit_at(&self, i: usize, at: usize, unit: Unit) -> Option<Found> {
        let to = at + 1;
        if unit == Unit::Day {
            if self.is_one_of(to, &["before", "after"]) {
                let sign = if self.is(to, "before") { -1 } else { 1 };
                if let Some(TimeWord::Deictic(d)) = self.word(to + 1) {
                    return self.found(i, to + 2, Meaning::Deictic(i64::from(d) + sign));
                }
                let meaning = Meaning::Shift { count: Some(sign), unit, from: From::Before };
                return self.found(i, to + 1, meaning).filter(|_| self.ends(to + 1));
            }
            // "later in the day".
            let part = self.after(i, &["in"]) && self.after(i - 1, &["later", "earlier", "late", "early"]);
            return self.found(i, to, Meaning::Same { unit, years: 0, from: From::Before }).filter(|_| part);
        }
        if unit == Unit::Year && (self.is_one_of(to, &["ago", "earlier"])) && self.glued(to) {
            let period = self.is_one_of(to + 1, &["quarter", "period"]);
            let unit = if period { Unit::Quarter } else { Unit::Year };
            let meaning = Meaning::Same { unit, years: -1, from: From::Published };
            return self.found(i, if period { to + 2 } else { to + 1 }, meaning);
        }
        if let (Unit::Year, Some((year, end))) = (unit, self.year(to).or_else(|| self.spoken_millennium(to))) {
            return self.found(i, end, Meaning::Year(year));
        }
        if unit == Unit::Year
            && let Some(end) = self.years_end(to)
        {
            let inner = Meaning::Same { unit, years: 0, from: From::Published };
            return Some(Found { from: i, to: end, meaning: inner, part: None, edge: 3 });
        }
        if matches!(unit, Unit::Year | Unit::Quarter)
            && let Some((year, month)) = self.ended(to)
        {
            let months = if unit == Unit::Year { 12 } else { 3 };
            return self.found(i, to, Meaning::Ended { months, year, month, as_quarter: unit == Unit::Quarter });
        }
        if let (Unit::Week, true) = (unit, self.is(to, "of")) {
            let day = self.parse(to + 1).filter(|f| matches!(f.meaning, Meaning::Day { .. }))?;
            return Some(Found { from: i, ..day });
        }
        if self.is_one_of(to, &["of", "that", "when"]) || self.glued(to) {
            return None;
        }
        match unit {
            Unit::Weekend => self.found(i, to, Meaning::Turn { unit, by: 0, from: From::Published }),
            Unit::Quarter => self.found(i, to, Meaning::Same { unit, years: 0, from: From::Before }),
            Unit::Month | Unit::Year | Unit::Week => {
                self.found(i, to, Meaning::Same { unit, years: 0, from: From::Published })
            }
            _ => None,
        }
    }

    /// Returns the atom behind `end` or `'s end` at `i`.
    pub(super) fn years_end(&self, i: usize) -> Option<usize> {
        let owner = matches!(self.words(i), "'" | "’") && self.is(i + 1, "s");
        let end = if owner { i + 2 } else { i };
        self.is(end, "end").then_some(end + 1)
    }

    /// `two thousand`, `two thousand and five`: a year behind "the year" alone.
    fn spoken_millennium(&self, i: usize) -> Option<(i16, usize)> {
        let two = self.word(i) == Some(TimeWord::Number(2)) && self.word(i + 1) == Some(TimeWord::Scale(1000));
        let and = if self.is(i + 2, "and") { i + 3 } else { i + 2 };
        match self.word(and).filter(|_| two) {
            Some(TimeWord::Number(n @ 1..=19)) => Some((2000 + n as i16, and + 1)),
            _ => two.then_some((2000, i + 2)),
        }
    }

    /// Says whether no word stands at `i`.
    fn ends(&self, i: usize) -> bool {
        self.get(i).is_none_or(|a| !self.whole[a.start..].starts_with(char::is_alphanumeric))
    }

    /// `that year`, `the same day`.
    fn that(&self, from: usize, i: usize) -> Option<Found> {
        let same = if self.is(i + 1, "same") { i + 2 } else { i + 1 };
        if self.is_one_of(i, &["these", "those"]) {
            let these = self.is(i, "these") && self.is(i + 1, "days");
            return self.found(from, i + 2, Meaning::Reference("PRESENT_REF")).filter(|_| these);
        }
        match self.word(same)? {
            TimeWord::Unit(
                unit @ (Unit::Day | Unit::Week | Unit::Month | Unit::Quarter | Unit::Year | Unit::Weekend),
            ) => self.found(from, same + 1, Meaning::Same { unit, years: 0, from: From::Before }),
            TimeWord::Part(part @ (1 | 3 | 4)) => Some(self.that_days(from, same + 1, part)),
            TimeWord::Unit(Unit::Night) => Some(self.that_days(from, same + 1, 5)),
            _ => None,
        }
    }

    /// A part of the day mentioned before.
    fn that_days(&self, from: usize, to: usize, part: i8) -> Found {
        let meaning = Meaning::Same { unit: Unit::Day, years: 0, from: From::Before };
        Found { from, to, meaning, part: Some(Part::Of(part)), edge: 0 }
    }

    /// "Its ⟦current⟧ chairman".
    fn current(&self, i: usize) -> Option<Found> {
        let noun = self.get(i + 1).is_some_and(|a| self.whole[a.start..].starts_with(char::is_lowercase));
        self.found(i, i + 1, Meaning::Reference("PRESENT_REF")).filter(|_| noun && self.is(i, "current"))
    }

    fn reference(&self, i: usize, which: i8) -> Option<Found> {
        let name = ["PAST_REF", "PRESENT_REF", "FUTURE_REF"][(which + 1).clamp(0, 2) as usize];
        // "as soon as" sets no time.
        let no_time = self.is(i, "soon") && self.is_one_of(i + 1, &["after", "before", "as"]);
        if no_time || self.after(i, &["as", "too", "how"]) || self.is(i, "now") && self.glued(i) {
            return None;
        }
        let from = if self.after(i, &["more"]) && self.is(i, "recently") { i - 1 } else { i };
        self.found(from, i + 1, Meaning::Reference(name))
    }
}

/// Says whether a word names a unit.
pub(super) fn is_unit(word: TimeWord) -> bool {
    matches!(word, TimeWord::Unit(_) | TimeWord::Units(_))
}
