//! What a time expression says, before it is resolved: calendar dates, weekdays, relative units.
//!
//! [`Grammar::parse`] looks at one atom and, by its word, at those behind it. Lengths and sets are in `lengths`, clock
//! times in `clock`.

use super::atoms::{Atom, Shape};
use crate::lang::en::time::{TimeWord, Unit};

/// What is meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Meaning {
    /// A day of the calendar, or the days to `until` of the same month.
    Day { year: Option<i16>, month: i8, day: i8, until: Option<i8> },
    /// `03/04/2024`: which is the month cannot be told from the words.
    Slashed { first: i8, second: i8, year: i16 },
    /// A month.
    Month { year: Option<i16>, month: i8, turn: Option<i8> },
    /// A year.
    Year(i16),
    /// A year of accounts.
    FiscalYear(i16),
    /// Ten years: the first.
    Decade(i16),
    /// A century by its number.
    Century(i16),
    /// A quarter; `turn` tells the year where `year` does not.
    Quarter { number: i8, year: Option<i16>, turn: Option<i8> },
    /// A half of a year.
    Half { number: i8, year: Option<i16>, turn: Option<i8> },
    /// A season, 1 spring to 4 winter.
    Season { season: i8, year: Option<i16>, turn: Option<i8> },
    /// A weekday, 1 to 7.
    Weekday { day: i8, turn: Option<i8> },
    /// Days from the day of publication.
    Deictic(i64),
    /// `last week`: whole units from the one of publication, or of the time mentioned before.
    Turn { unit: Unit, by: i64, from: From },
    /// `two days ago`; no count where it cannot be told.
    Shift { count: Option<i64>, unit: Unit, from: From },
    /// `that year`, `the quarter`: the one mentioned before, moved by so many years.
    Same { unit: Unit, years: i64 },
    /// A day with a name: month * 100 + day; below 100 by rule.
    Holiday { which: u16, year: Option<i16>, turn: Option<i8> },
    /// `PAST_REF` and the like.
    Reference(&'static str),
    /// A length, as a value.
    Length(String),
    /// A repeated time, as a value.
    Set(String),
    /// A time of day alone; its day is that mentioned before.
    Clock,
}

/// What a relative time is counted from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum From {
    /// The day of publication.
    Published,
    /// The time mentioned before, else the day of publication.
    Before,
}

/// A time of the day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// 1 morning, 3 afternoon, 4 evening, 5 night.
    Of(i8),
    /// Hour, minute, offset from UTC.
    Clock(u8, u8, &'static str),
}

/// A time expression not yet resolved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Found {
    /// The first atom.
    pub(super) from: usize,
    /// The atom behind the last.
    pub(super) to: usize,
    /// What is meant.
    pub(super) meaning: Meaning,
    /// The time of day.
    pub(super) part: Option<Part>,
    /// 1 early, 2 mid, 3 late, 0 all of it.
    pub(super) edge: i8,
}

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
            Shape::Other => None,
            Shape::Word(word) => inner.by_word(i, word),
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
            TimeWord::Overnight => self.night(i, i + 1, -1),
            TimeWord::Turn(t) => self.turn(i, i, t),
            TimeWord::Edge(e) => self.edge(i, i + 1, e),
            TimeWord::Shift(_) => self.sooner(i),
            TimeWord::The => self.the(i),
            TimeWord::End(e) if self.is(i + 1, "of") => self.edge(i, i + 2, e),
            TimeWord::That => self.that(i, i),
            TimeWord::Ordinal(n) => self.ordinal(i, i, n),
            TimeWord::Tens(n) => self.found(i, i + 1, Meaning::Decade(1900 + i16::from(n))),
            TimeWord::Part(p) => self.part_of_day(i, p),
            TimeWord::Holiday(h) => self.holiday(i, i + 1, h),
            TimeWord::Reference(r) => self.reference(i, r),
            TimeWord::Fiscal => self.fiscal(i),
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
        let narrative = self.is_one_of(i, &["previous", "preceding", "following"]);
        let base = if narrative { From::Before } else { From::Published };
        let next = i + 1;
        let fiscal = if self.word(next) == Some(TimeWord::Fiscal) { next + 1 } else { next };
        match self.word(fiscal) {
            Some(TimeWord::Month(month)) if self.capital(fiscal) => {
                // "last Oct. 23".
                if let Some(day) = self.month(fiscal, month).filter(|f| matches!(f.meaning, Meaning::Day { .. })) {
                    return Some(Found { from, ..day });
                }
                self.found(from, fiscal + 1, Meaning::Month { year: None, month, turn: Some(turn) })
            }
            Some(TimeWord::Weekday(day)) => {
                let dated = self.dated_weekday(from, fiscal + 1);
                dated.or_else(|| self.found(from, fiscal + 1, Meaning::Weekday { day, turn: Some(turn) }))
            }
            Some(TimeWord::Season(season)) => self.season_of(from, fiscal, season, Some(turn)),
            Some(TimeWord::Holiday(h)) => {
                let found = self.holiday(fiscal, fiscal + 1, h)?;
                let Meaning::Holiday { which, .. } = found.meaning else { return None };
                Some(Found { from, meaning: Meaning::Holiday { which, year: None, turn: Some(turn) }, ..found })
            }
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
        let by = i64::from(turn);
        self.found(from, to, Meaning::Turn { unit, by, from: base })
    }

    /// `last year's third quarter`.
    fn years_quarter(&self, from: usize, i: usize, turn: i8) -> Option<Found> {
        let s = matches!(self.words(i), "'" | "’") && self.is(i + 1, "s");
        let Some(TimeWord::Ordinal(n)) = self.word(i + 2).filter(|_| s) else { return None };
        let found = self.ordinal(from, i + 2, n)?;
        match found.meaning {
            Meaning::Quarter { number, .. } => {
                Some(Found { meaning: Meaning::Quarter { number, year: None, turn: Some(turn) }, ..found })
            }
            _ => None,
        }
    }

    /// What follows "the" at `i`.
    fn the(&self, i: usize) -> Option<Found> {
        let next = i + 1;
        match self.word(next) {
            Some(TimeWord::Edge(e)) => self.edge(i, next + 1, e),
            Some(TimeWord::End(e)) if self.is(next + 1, "of") => self.edge(i, next + 2, e),
            Some(TimeWord::Turn(t)) => self.turn(i, next, t).or_else(|| self.the_past(i)),
            Some(TimeWord::Ordinal(n)) => self.ordinal(i, next, n).or_else(|| self.day_month(i, next)),
            Some(TimeWord::Tens(_) | TimeWord::Fiscal) => self.parse(next).map(|f| Found { from: i, ..f }),
            Some(TimeWord::That) => self.that(i, next),
            Some(TimeWord::Latest) if self.is_one_of(next + 1, &["quarter", "period"]) => {
                self.found(i, next + 2, Meaning::Same { unit: Unit::Quarter, years: 0 })
            }
            Some(TimeWord::Season(s)) => self.season_of(i, next, s, None),
            Some(TimeWord::Unit(unit)) => self.the_unit(i, unit),
            Some(TimeWord::Part(_)) if self.is(next + 1, "of") => {
                self.part_of_day(next, 0).map(|f| Found { from: i, ..f })
            }
            Some(TimeWord::Number(_) | TimeWord::Scale(_) | TimeWord::Vague) => self.length_at(i, next),
            Some(_) => None,
            None => match self.shape(next) {
                Shape::Plural(..) => self.number(next).map(|f| Found { from: i, ..f }),
                Shape::Nth(_) => self.number(next).map(|f| Found { from: i, ..f }),
                Shape::Digits(..) => self.length_at(i, next),
                _ if self.is(next, "future") => self.found(i, next + 1, Meaning::Reference("FUTURE_REF")),
                _ if self.is(next, "'") || self.is(next, "’") => {
                    self.number(next + 1).map(|f| Found { from: i, ..f })
                }
                _ => None,
            },
        }
    }

    fn the_past(&self, i: usize) -> Option<Found> {
        let bare = self.is(i + 1, "past") && !self.capital(i + 2) && !self.word(i + 2).is_some_and(is_unit);
        let ends = self.get(i + 2).is_none_or(|a| !self.whole[a.start..].starts_with(char::is_alphanumeric));
        self.found(i, i + 2, Meaning::Reference("PAST_REF")).filter(|_| bare && ends)
    }

    fn the_unit(&self, i: usize, unit: Unit) -> Option<Found> {
        let to = i + 2;
        if unit == Unit::Day {
            if self.is_one_of(to, &["before", "after"]) {
                let sign = if self.is(to, "before") { -1 } else { 1 };
                if let Some(TimeWord::Deictic(d)) = self.word(to + 1) {
                    return self.found(i, to + 2, Meaning::Deictic(i64::from(d) + sign));
                }
                let ends = self.get(to + 1).is_none_or(|a| !self.whole[a.start..].starts_with(char::is_alphanumeric));
                let meaning = Meaning::Shift { count: Some(sign), unit, from: From::Before };
                return self.found(i, to + 1, meaning).filter(|_| ends);
            }
            return None;
        }
        if unit == Unit::Year && (self.is_one_of(to, &["ago", "earlier"])) && self.glued(to) {
            let period = self.is_one_of(to + 1, &["quarter", "period"]);
            let meaning = Meaning::Same { unit: if period { Unit::Quarter } else { Unit::Year }, years: -1 };
            return self.found(i, if period { to + 2 } else { to + 1 }, meaning);
        }
        if let (Unit::Year, Some((year, end))) = (unit, self.year(to)) {
            return self.found(i, end, Meaning::Year(year));
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
            Unit::Quarter | Unit::Month | Unit::Year | Unit::Week => {
                self.found(i, to, Meaning::Same { unit, years: 0 })
            }
            _ => None,
        }
    }

    /// `that year`, `the same day`.
    fn that(&self, from: usize, i: usize) -> Option<Found> {
        let same = if self.is(i + 1, "same") { i + 2 } else { i + 1 };
        match self.word(same)? {
            TimeWord::Unit(
                unit @ (Unit::Day | Unit::Week | Unit::Month | Unit::Quarter | Unit::Year | Unit::Weekend),
            ) => self.found(from, same + 1, Meaning::Same { unit, years: 0 }),
            TimeWord::Part(part @ (1 | 3 | 4)) => Some(Found {
                from,
                to: same + 1,
                meaning: Meaning::Same { unit: Unit::Day, years: 0 },
                part: Some(Part::Of(part)),
                edge: 0,
            }),
            TimeWord::Unit(Unit::Night) => Some(Found {
                from,
                to: same + 1,
                meaning: Meaning::Same { unit: Unit::Day, years: 0 },
                part: Some(Part::Of(5)),
                edge: 0,
            }),
            _ => None,
        }
    }

    /// `third quarter of 2004`, `first half`, `20th century`, `first nine months`; the ordinal stands at `i`.
    pub(super) fn ordinal(&self, from: usize, i: usize, number: u8) -> Option<Found> {
        let fiscal = if self.word(i + 1) == Some(TimeWord::Fiscal) { i + 2 } else { i + 1 };
        let unit = self.word(fiscal);
        let to = fiscal + 1;
        let of = if self.is(to, "of") { to + 1 } else { to };
        let (year, turn, end) = match (self.year(of), self.word(of), self.word(of + 1)) {
            (Some((year, end)), ..) => (Some(year), None, end),
            (_, Some(TimeWord::Turn(t)), Some(TimeWord::Unit(Unit::Year))) if of > to => (None, Some(t), of + 2),
            _ => (None, None, to),
        };
        let number = number as i8;
        match unit {
            Some(TimeWord::Unit(Unit::Quarter)) if number <= 4 => {
                self.found(from, end, Meaning::Quarter { number, year, turn })
            }
            Some(TimeWord::Half) if number <= 2 => {
                let dated = year.is_some() || turn.is_some();
                self.found(from, end, Meaning::Half { number, year, turn }).filter(|_| dated)
            }
            Some(TimeWord::Unit(Unit::Century)) => self.found(from, to, Meaning::Century(i16::from(number))),
            Some(TimeWord::Month(_)) => self.day_month(from, i),
            _ if number == 1 && from < i => self.length_at(from, i + 1),
            _ => None,
        }
    }

    /// `fiscal 1989`.
    fn fiscal(&self, i: usize) -> Option<Found> {
        match self.word(i + 1) {
            Some(TimeWord::Ordinal(n)) => self.ordinal(i, i + 1, n),
            _ => {
                let of = if self.is(i + 1, "year") { i + 2 } else { i + 1 };
                let (year, to) = self.year(of)?;
                self.found(i, to, Meaning::FiscalYear(year))
            }
        }
    }

    fn reference(&self, i: usize, which: i8) -> Option<Found> {
        let name = ["PAST_REF", "PRESENT_REF", "FUTURE_REF"][(which + 1).clamp(0, 2) as usize];
        // "as soon as" sets no time.
        if self.after(i, &["as", "too", "how"]) || self.is(i, "now") && self.glued(i) {
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
