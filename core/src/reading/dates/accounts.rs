//! Quarters, halves and years as accounts count them, and ordinals in front of them: `the third quarter of 2031`, `Q3`,
//! `the year ended March 31`, `fiscal 2031`.

use super::grammar::Grammar;
use super::meaning::{Found, Meaning, YearOf};
use crate::lang::en::time::{TimeWord, Unit};

impl Grammar<'_> {
    /// `Q3`, `Q3 2031`, `the Q3 of last year`.
    pub(super) fn short_quarter(&self, i: usize, number: i8) -> Option<Found> {
        let (year, to) = self.year_of(i + 1);
        let (year, turn) = match year {
            YearOf::Year(year) => (Some(year), None),
            YearOf::Turn(turn) => (None, Some(turn)),
            _ => (None, None),
        };
        self.found(i, to, Meaning::Quarter { number, year, turn })
    }

    /// `last year's third quarter`.
    pub(super) fn years_quarter(&self, from: usize, i: usize, turn: i8) -> Option<Found> {
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

    /// `the 2031 quarter`, `the 2031 third quarter`; the year stands at `i`.
    pub(super) fn years_part(&self, from: usize, i: usize) -> Option<Found> {
        let (year, to) = self.year(i)?;
        match self.word(to) {
            Some(TimeWord::Ordinal(number @ 1..=4)) if self.word(to + 1) == Some(TimeWord::Unit(Unit::Quarter)) => {
                let meaning = Meaning::Quarter { number: number as i8, year: Some(year), turn: None };
                self.found(from, to + 2, meaning)
            }
            _ if self.is_one_of(to, &["quarter", "period"]) => self.found(from, to + 1, Meaning::QuarterOf(year)),
            _ => None,
        }
    }

    /// Returns the month that "ended March 31" at `i` names, and its year.
    pub(super) fn ended(&self, i: usize) -> Option<(YearOf, i8)> {
        let that = if self.is_one_of(i, &["that", "which"]) { i + 1 } else { i };
        if !self.is_one_of(that, &["ended", "ending", "ends", "to"]) {
            return None;
        }
        let on = if self.is_one_of(that + 1, &["on", "in"]) { that + 2 } else { that + 1 };
        match self.parse(on)?.meaning {
            Meaning::Day { year, month, .. } | Meaning::Month { year, month, turn: None } => Some((year, month)),
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
    pub(super) fn fiscal(&self, i: usize) -> Option<Found> {
        match self.word(i + 1) {
            Some(TimeWord::Ordinal(n)) => self.ordinal(i, i + 1, n),
            _ => {
                let of = if self.is(i + 1, "year") { i + 2 } else { i + 1 };
                let (year, to) = self.year(of)?;
                self.found(i, to, Meaning::FiscalYear(year))
            }
        }
    }
}
