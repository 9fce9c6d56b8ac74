//! Days, months and weekdays of the calendar, as they are written out.

use super::atoms::Shape;
use super::grammar::{Grammar, is_unit};
use super::meaning::{Found, From, Meaning, YearOf};
use crate::lang::en::time::{TimeWord, holidays};

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
        let (year, to) = self.year_of(next);
        if year != YearOf::Untold {
            return self.found(i, to, Meaning::Month { year, month, turn: None });
        }
        if let Some(year) = self.year_behind(next) {
            return self.found(i, next, Meaning::Month { year: YearOf::Year(year), month, turn: None });
        }
        let risky = short || matches!(month, 3 | 5);
        let alone = !risky || self.after(i, &BEFORE_TIMES) && (!short || dotted);
        let name_follows = risky && self.capital(i + 1);
        if !alone || name_follows {
            return None;
        }
        self.found(i, i + 1, Meaning::Month { year: YearOf::Untold, month, turn: None })
    }

    /// Returns the year that the second of two times states for both: "between May and ⟦June 2031⟧", "May 5 to ⟦June 3, 2031⟧".
    fn year_behind(&self, i: usize) -> Option<i16> {
        let joined = self.is_one_of(i, &["and", "to", "or", "through", "until"])
            || matches!(self.words(i), "-" | "–" | "—")
            || self.glued(i);
        let second = if self.glued(i) { i } else { i + 1 };
        let dated = matches!(self.word(second), Some(TimeWord::Month(_)))
            || matches!(self.shape(second), Shape::Digits(1..=31, 1 | 2));
        let inner = Grammar { depth: self.depth.checked_sub(1)?, ..*self };
        let found = if !joined || !dated {
            None
        } else if let Some(TimeWord::Month(month)) = self.word(second) {
            inner.month(second, month)
        } else {
            inner.day_month(second, second)
        }?;
        match found.meaning {
            Meaning::Day { year, .. } | Meaning::Month { year, .. } => year.year(),
            _ => None,
        }
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
        let (year, to) = self.year_or_behind(to);
        self.found(from, to, Meaning::Day { year, month, day, until })
    }

    /// Reads what tells the year of a day that ends before `i`, or of the other day of its span.
    fn year_or_behind(&self, i: usize) -> (YearOf, usize) {
        match self.year_of(i) {
            (YearOf::Untold, to) => (self.year_behind(i).map_or(YearOf::Untold, YearOf::Year), to),
            told => told,
        }
    }

    /// A day whose month is told by the day before it: "April 24 and ⟦25⟧", "May 14, ⟦15⟧ and 16".
    pub(super) fn day_listed(&self, i: usize) -> Option<Found> {
        let Shape::Digits(day @ 1..=31, 1 | 2) = self.shape(i) else { return None };
        let mut at = i;
        for _ in 0..4 {
            let joined = at >= self.first + 2
                && (matches!(self.words(at - 1), "," | "–" | "&") || self.is_one_of(at - 1, &["and", "or", "to"]));
            if !joined {
                return None;
            }
            let comma = usize::from(self.words(at - 1) != "," && self.words(at - 2) == ",");
            at = (at - 2).checked_sub(comma)?;
            let (Shape::Digits(1..=31, 1 | 2) | Shape::Nth(_)) = self.shape(at) else { return None };
            let month = at.checked_sub(1)?;
            let dot = if self.words(month) == "." { month.checked_sub(1)? } else { month };
            if let Some(TimeWord::Month(month)) = self.word(dot).filter(|_| self.capital(dot)) {
                let (year, to) = self.year_of(i + 1);
                // "On April 24 and 25 people" counts people.
                let counts = self.get(i + 1).is_some_and(|a| self.whole[a.start..].starts_with(char::is_lowercase))
                    && !self.is_one_of(
                        i + 1,
                        &[
                            "in", "at", "and", "to", "of", "for", "with", "after", "before", "when", "as", "by", "or",
                            "but",
                        ],
                    );
                let meaning = Meaning::Day { year, month, day: day as i8, until: None };
                return self.found(i, to, meaning).filter(|_| !counts && !self.word(i + 1).is_some_and(is_unit));
            }
        }
        None
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
        let (year, to) = self.year_or_behind(to);
        self.found(from, to, Meaning::Day { year, month, day, until })
    }

    /// Weekday, with the date that follows: `Friday, 22 March 2024`.
    pub(super) fn weekday(&self, i: usize, day: i8) -> Option<Found> {
        if !self.capital(i) || self.after(i, &["bloody", "black", "super", "cyber", "holy", "sheffield", "-"]) {
            return None;
        }
        self.dated_weekday(i, i + 1)
            .or_else(|| self.found(i, i + 1, Meaning::Weekday { day, turn: None, from: From::Published }))
    }

    pub(super) fn short_weekday(&self, i: usize, day: i8) -> Option<Found> {
        let dot = if self.words(i + 1) == "." { i + 2 } else { i + 1 };
        let alone = dot > i + 1 && self.after(i, &["on", "by", "until", "since"]) && self.capital(i);
        let meaning = Meaning::Weekday { day, turn: None, from: From::Published };
        let plain = || self.found(i, i + 1, meaning.clone()).filter(|_| alone);
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

    /// A day with a name: `Christmas Eve`, `Good Friday`, `last Easter`; the name stands at `i`.
    pub(super) fn holiday(&self, from: usize, i: usize, turn: Option<i8>) -> Option<Found> {
        let named = |rest: &[&str]| {
            rest.iter().enumerate().all(|(n, word)| {
                let at = i + 1 + n;
                self.is(at, word) || *word == "'" && self.words(at) == "’"
            })
        };
        let name = holidays(&self.words(i).to_ascii_lowercase()).iter().find(|(rest, _)| named(rest));
        let (rest, which) = name.filter(|_| self.capital(i))?;
        let to = i + 1 + rest.len();
        // "The Lunar New Year" is another day, "Christmas Island" no day.
        let other = rest.first() == Some(&"year") && i > self.first && self.capital(i - 1);
        if other || self.capital(to) && self.word(to).is_none() {
            return None;
        }
        let (year, to) = self.year_of(to);
        self.found(from, to, Meaning::Holiday { which: *which, year, turn })
    }
}
