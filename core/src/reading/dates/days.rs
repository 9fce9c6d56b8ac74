//! Days, months and weekdays of the calendar, as they are written out.

use super::atoms::Shape;
use super::grammar::{Found, Grammar, Meaning, is_unit};
use crate::lang::en::time::{TimeWord, Unit};

/// Words before a bare month or season that make it a time.
const BEFORE_TIMES: [&str; 29] = [
    "in",
    "since",
    "until",
    "till",
    "by",
    "of",
    "from",
    "to",
    "through",
    "during",
    "before",
    "after",
    "between",
    "and",
    "for",
    "on",
    "this",
    "last",
    "next",
    "early",
    "late",
    "mid",
    "throughout",
    "or",
    "around",
    "about",
    "than",
    "per",
    "(",
];

impl Grammar<'_> {
    /// Month, with day and year where they follow: `March 22, 2024`, `Nov. 5`, `May 2024`, `June last year`.
    pub(super) fn month(&self, i: usize, month: i8) -> Option<Found> {
        let name = self.words(i);
        if !self.capital(i) || self.glued(i) && !self.after(i, &["mid", "late", "early"]) {
            return None;
        }
        let short = name.len() < 5 && !matches!(month, 5..=7) || matches!(name.len(), 3) && month != 5;
        let dotted = self.words(i + 1) == "." && short;
        let next = if dotted { i + 2 } else { i + 1 };
        if let Some(found) = self.month_day(i, next, month) {
            return Some(found);
        }
        let comma = if self.words(next) == "," || self.is(next, "of") { next + 1 } else { next };
        if let Some((year, to)) = self.year(comma) {
            return self.found(i, to, Meaning::Month { year: Some(year), month, turn: None });
        }
        if let (Some(TimeWord::Turn(turn)), Some(TimeWord::Unit(Unit::Year))) = (self.word(next), self.word(next + 1)) {
            return self.found(i, next + 2, Meaning::Month { year: None, month, turn: Some(turn * 10) });
        }
        let risky = short || matches!(month, 3 | 5);
        let alone = !risky || self.after(i, &BEFORE_TIMES) && (!short || dotted);
        let name_follows = risky && self.capital(i + 1);
        if !alone || name_follows {
            return None;
        }
        self.found(i, i + 1, Meaning::Month { year: None, month, turn: None })
    }

    fn month_day(&self, from: usize, next: usize, month: i8) -> Option<Found> {
        let (day, mut to) = match self.shape(next) {
            Shape::Digits(d @ 1..=31, 1 | 2) => (d as i8, next + 1),
            Shape::Nth(d @ 1..=31) => (d as i8, next + 1),
            Shape::Word(TimeWord::Ordinal(d @ 1..=31)) if !self.word(next + 1).is_some_and(is_unit) => {
                (d as i8, next + 1)
            }
            _ => return None,
        };
        let mut until = None;
        let dash = matches!(self.words(to), "–" | "—");
        let second = if dash { to + 1 } else { to };
        if let (true, Shape::Digits(d @ 1..=31, 1 | 2)) = (dash || self.glued(second), self.shape(second))
            && d as i8 > day
        {
            until = Some(d as i8);
            to = second + 1;
        }
        let comma = if self.words(to) == "," || self.is(to, "of") { to + 1 } else { to };
        let year = self.year(comma).filter(|_| !self.word(comma + 1).is_some_and(is_unit));
        if let Some((_, after)) = year {
            to = after;
        } else if let (Some(TimeWord::Turn(_)), Some(TimeWord::Unit(Unit::Year))) = (self.word(to), self.word(to + 1)) {
            // "March 5 this year": the nearest such day is meant anyway.
            return self.found(from, to, Meaning::Day { year: None, month, day, until });
        }
        let year = year.map(|(y, _)| y);
        self.found(from, to, Meaning::Day { year, month, day, until })
    }

    /// Day before month: `22 March 2024`, `the 4th of July`, `22-24 March`.
    pub(super) fn day_month(&self, from: usize, i: usize) -> Option<Found> {
        let number = |i: usize| match self.shape(i) {
            Shape::Digits(d @ 1..=31, 1 | 2) => Some(d as i8),
            Shape::Nth(d @ 1..=31) => Some(d as i8),
            Shape::Word(TimeWord::Ordinal(d)) => Some(d as i8),
            _ => None,
        };
        let day = number(i)?;
        let mut next = i + 1;
        let mut until = None;
        let joined = matches!(self.words(next), "–" | "—") || self.is_one_of(next, &["to", "and"]);
        let second = if joined { next + 1 } else { next };
        if let (true, Some(d)) = (joined || self.glued(second), number(second))
            && d > day
        {
            until = Some(d);
            next = second + 1;
        }
        let of = if self.is(next, "of") { next + 1 } else { next };
        let Some(TimeWord::Month(month)) = self.word(of) else { return None };
        if !self.capital(of) {
            return None;
        }
        let mut to = of + 1;
        if self.words(to) == "." && self.words(of).len() < 5 && !matches!(month, 5..=7) {
            to += 1;
        }
        let comma = if self.words(to) == "," { to + 1 } else { to };
        let year = self.year(comma);
        if let Some((_, after)) = year {
            to = after;
        }
        self.found(from, to, Meaning::Day { year: year.map(|(y, _)| y), month, day, until })
    }

    /// Weekday, with the date that follows: `Friday, 22 March 2024`.
    pub(super) fn weekday(&self, i: usize, day: i8) -> Option<Found> {
        if !self.capital(i) || self.after(i, &["bloody", "black", "super", "cyber", "holy", "sheffield", "-"]) {
            return None;
        }
        self.dated_weekday(i, i + 1).or_else(|| self.found(i, i + 1, Meaning::Weekday { day, turn: None }))
    }

    pub(super) fn short_weekday(&self, i: usize, day: i8) -> Option<Found> {
        let dot = if self.words(i + 1) == "." { i + 2 } else { i + 1 };
        let alone = dot > i + 1 && self.after(i, &["on", "by", "until", "since"]) && self.capital(i);
        let plain = || self.found(i, i + 1, Meaning::Weekday { day, turn: None }).filter(|_| alone);
        if !self.capital(i) {
            return None;
        }
        self.dated_weekday(i, dot).or_else(plain)
    }

    pub(super) fn dated_weekday(&self, from: usize, next: usize) -> Option<Found> {
        let comma = if self.words(next) == "," { next + 1 } else { next };
        let the = if self.is(comma, "the") { comma + 1 } else { comma };
        let date = match self.word(comma) {
            Some(TimeWord::Month(m)) => self.month(comma, m).filter(|f| matches!(f.meaning, Meaning::Day { .. })),
            _ => self.day_month(comma, the),
        };
        date.map(|f| Found { from, ..f })
    }

    /// A day with a name: `Christmas Eve`, `Thanksgiving Day`, `Easter Monday`.
    pub(super) fn holiday(&self, from: usize, to: usize, which: u16) -> Option<Found> {
        if !self.capital(to - 1) {
            return None;
        }
        let (which, to) = match (which, self.word(to)) {
            (1225, _) if self.is(to, "eve") => (1224, to + 1),
            (1, Some(TimeWord::Weekday(1))) => (3, to + 1),
            (1, Some(TimeWord::Weekday(7))) => (1, to + 1),
            _ if self.is(to, "day") => (which, to + 1),
            _ => (which, to),
        };
        let comma = if self.words(to) == "," { to + 1 } else { to };
        let (year, to) = self.year(comma).map_or((None, to), |(y, end)| (Some(y), end));
        self.found(from, to, Meaning::Holiday { which, year, turn: None })
    }
}
