//! Lengths of time and repeated times: `two hours`, `a three-day siege`, `two days ago`, `every Friday`, `daily`.

use super::atoms::Shape;
use super::grammar::{Grammar, is_unit};
use super::meaning::{Found, From, Meaning};
use crate::lang::en::time::{TimeWord, Unit};

/// How many: a number, or none that can be told.
type Count = Option<u32>;

/// Words between a count and its unit that change nothing: "two more weeks", "three straight days".
const BETWEEN: [&str; 17] = [
    "more",
    "trading",
    "consecutive",
    "straight",
    "full",
    "whole",
    "working",
    "additional",
    "further",
    "extra",
    "solid",
    "successive",
    "business",
    "calendar",
    "long",
    "other",
    "entire",
];

/// Words before "a week" that make it a length rather than a rate.
const BEFORE_LENGTHS: [&str; 34] = [
    "for", "in", "within", "over", "after", "than", "nearly", "about", "almost", "least", "another", "only", "just",
    "took", "takes", "take", "lasted", "last", "lasting", "spent", "spend", "under", "during", "until", "around",
    "roughly", "every", "by", "of", "to", "before", "once", "like", "as",
];

impl Grammar<'_> {
    /// Lengths, sets and shifts that begin with a word at `i`.
    pub(super) fn length(&self, i: usize) -> Option<Found> {
        match self.word(i)? {
            TimeWord::A => self.with_a(i),
            TimeWord::Vague => self.length_at(i, i),
            TimeWord::Half if self.is_one_of(i + 1, &["a", "an"]) => self.half(i, i + 2),
            TimeWord::Half if self.glued(i + 1) => self.half(i, i + 1),
            TimeWord::About(kind) => self.about(i, kind),
            TimeWord::Each => self.each(i),
            TimeWord::Often(unit) => self.often(i, unit),
            TimeWord::Weekdays(day) => self.found(i, i + 1, Meaning::Set(format!("XXXX-WXX-{day}"))),
            TimeWord::Units(unit) => self.bare_units(i, i, unit),
            TimeWord::Unit(unit) => self.bare_unit(i, unit),
            TimeWord::Recent => match self.word(i + 1) {
                Some(TimeWord::Units(_)) => self.found(i, i + 2, Meaning::Reference("PAST_REF")),
                _ => None,
            },
            _ => None,
        }
    }

    /// A count and a unit at `i`; the span begins at `from`.
    pub(super) fn length_at(&self, from: usize, i: usize) -> Option<Found> {
        let (count, half, next) = self.count(i)?;
        self.counted(from, count, half, next)
    }

    /// `the past three months`, `past decade`, `coming weeks`: the turn word at `i`, its count or unit at `next`.
    pub(super) fn turn_length(&self, from: usize, i: usize, next: usize) -> Option<Found> {
        if let Some(TimeWord::Units(unit)) = self.word(next) {
            let meaning = match self.words(i).to_ascii_lowercase().as_str() {
                "past" => Meaning::Reference("PAST_REF"),
                "coming" | "upcoming" => Meaning::Reference("FUTURE_REF"),
                _ => Meaning::Length(length(None, unit)),
            };
            return self.found(from, next + 1, meaning);
        }
        if let Some(TimeWord::Unit(unit)) = self.word(next) {
            let past = self.is(i, "past");
            return self.found(from, next + 1, Meaning::Length(length(Some(1), unit))).filter(|_| past);
        }
        let (count, half, next) = self.count(next)?;
        let found = self.counted(from, count, half, next)?;
        matches!(found.meaning, Meaning::Length(_)).then_some(found)
    }

    /// Reads a count: its number, whether half a unit comes on top, and the atom behind it.
    fn count(&self, i: usize) -> Option<(Count, bool, usize)> {
        let (count, mut next) = self.plain_count(i)?;
        let mut half = false;
        if self.is(next, "and") && self.is(next + 1, "a") && self.is(next + 2, "half") {
            half = true;
            next += 3;
        } else if let (Shape::Digits(1, 1), "/", Shape::Digits(2, 1)) =
            (self.shape(next), self.words(next + 1), self.shape(next + 2))
        {
            half = true;
            next += 3;
        } else if self.words(next) == "½" {
            half = true;
            next += 1;
        }
        // "18 to 24 months": the later count stands for both.
        if (self.is_one_of(next, &["to", "or"]) || matches!(self.words(next), "-" | "–"))
            && let Some((second, after)) = self.plain_count(next + 1)
            && self.unit_at(after).is_some()
        {
            return Some((second, half, after));
        }
        Some((count, half, next))
    }

    fn plain_count(&self, i: usize) -> Option<(Count, usize)> {
        match self.shape(i) {
            Shape::Digits(n, _) | Shape::Count(n) => {
                let scale = self.word(i + 1);
                match scale {
                    Some(TimeWord::Scale(s)) => Some((Some(n.saturating_mul(s)), i + 2)),
                    _ => Some((Some(n), i + 1)),
                }
            }
            Shape::Word(TimeWord::A) => match self.word(i + 1) {
                Some(TimeWord::Scale(s)) => Some((Some(s), i + 2)),
                Some(TimeWord::Number(12)) => Some((Some(12), i + 2)),
                Some(TimeWord::Vague) => Some((None, i + 2)),
                _ if self.is(i + 1, "couple") => Some((Some(2), if self.is(i + 2, "of") { i + 3 } else { i + 2 })),
                _ if self.is(i + 1, "number") && self.is(i + 2, "of") => Some((None, i + 3)),
                _ => None,
            },
            Shape::Word(TimeWord::Vague) => Some((None, if self.is(i + 1, "of") { i + 2 } else { i + 1 })),
            Shape::Word(TimeWord::Number(_) | TimeWord::Scale(_)) => {
                let (n, to) = self.cardinal(i);
                Some((Some(n), to))
            }
            _ if self.is(i, "couple") => Some((Some(2), if self.is(i + 1, "of") { i + 2 } else { i + 1 })),
            _ => None,
        }
    }

    /// Reads a number in words.
    fn cardinal(&self, i: usize) -> (u32, usize) {
        let (mut total, mut part, mut to) = (0u32, 0u32, i);
        let mut last = u32::MAX;
        loop {
            match self.word(to).filter(|_| to < i + 8) {
                Some(TimeWord::Number(n)) if part == 0 || n < last && (last % 100 == 0 || n < 10 && last >= 20) => {
                    part = part.saturating_add(n);
                    last = n;
                    to += 1;
                }
                Some(TimeWord::Scale(s)) if s >= 1000 => {
                    total = total.saturating_add(part.max(1).saturating_mul(s));
                    (part, last) = (0, u32::MAX);
                    to += 1;
                }
                Some(TimeWord::Scale(s)) => {
                    part = part.max(1).saturating_mul(s);
                    last = s;
                    to += 1;
                }
                _ if to > i
                    && last == 100
                    && self.is(to, "and")
                    && matches!(self.word(to + 1), Some(TimeWord::Number(_))) =>
                {
                    to += 1;
                }
                _ => return (total.saturating_add(part), to),
            }
        }
    }

    /// Returns the unit at `i`, or behind a word that changes nothing, and the atom behind it.
    fn unit_at(&self, i: usize) -> Option<(Unit, bool, usize)> {
        let skip = if self.is_one_of(i, &BETWEEN) { i + 1 } else { i };
        match self.word(skip)? {
            TimeWord::Unit(unit) => Some((unit, false, skip + 1)),
            TimeWord::Units(unit) => Some((unit, true, skip + 1)),
            _ => None,
        }
    }

    /// A count that has been read, with its unit at `i` and what follows: "ago", "later", "-old".
    fn counted(&self, from: usize, count: Count, mut half: bool, i: usize) -> Option<Found> {
        let (unit, plural, mut to) = self.unit_at(i)?;
        // "World Cup 2018 day five", "the 1988 quarter".
        if !plural && !self.glued(to - 1) && count.is_some_and(|n| n >= 1000) {
            return None;
        }
        if unit == Unit::Second && !self.is(to - 1, "seconds") && count != Some(1) && !self.glued(to - 1) {
            return None;
        }
        if self.is(to, "and") && self.is(to + 1, "a") && self.is(to + 2, "half") {
            half = true;
            to += 3;
        }
        if self.is(to, "or") && self.is_one_of(to + 1, &["so", "two", "more"]) {
            to += 2;
        }
        let sentences_end = |n: Count| n.map(i64::from);
        if self.word(to) == Some(TimeWord::Ago) {
            let meaning = Meaning::Shift { count: sentences_end(count).map(|n| -n), unit, from: From::Published };
            return self.found(from, to + 1, meaning);
        }
        if let Some(TimeWord::Shift(sign)) = self.word(to).filter(|_| unit >= Unit::Day) {
            let count = sentences_end(count).map(|n| n * i64::from(sign));
            return self.found(from, to + 1, Meaning::Shift { count, unit, from: From::Before });
        }
        if self.is(to, "from") && self.is(to + 1, "now") {
            let meaning = Meaning::Shift { count: sentences_end(count), unit, from: From::Published };
            return self.found(from, to + 2, meaning);
        }
        if self.is(to, "old") || self.is(to, "olds") {
            // Ages of people are no times; "an eight-month-old truce" is a length.
            if unit == Unit::Year || !self.glued(to) {
                return None;
            }
            to += 1;
        } else if self.is(to, "long") && self.glued(to) {
            to += 1;
        }
        if let (Unit::Month, Some(n), Some((year, month))) = (unit, count, self.ended(to)) {
            return self.found(from, to, Meaning::Ended { months: i64::from(n), year, month, as_quarter: false });
        }
        let value = if half { half_length(count, unit) } else { length(count, unit) };
        self.found(from, to, Meaning::Length(value))
    }

    /// `a week`, `a year ago`, `a few days`, `a couple of years`.
    fn with_a(&self, i: usize) -> Option<Found> {
        if let Some((count, next)) = self.plain_count(i) {
            return self.counted(i, count, false, next);
        }
        let half = self.word(i + 1) == Some(TimeWord::Half);
        if half && self.word(i + 2).is_some_and(is_unit) {
            return self.half(i, i + 2);
        }
        let (unit, plural, to) = self.unit_at(i + 1)?;
        if plural {
            return None;
        }
        let found = self.counted(i, Some(1), false, i + 1)?;
        if !matches!(found.meaning, Meaning::Length(_)) {
            return Some(found);
        }
        if matches!(unit, Unit::Second | Unit::Weekend | Unit::Night | Unit::Quarter)
            || self.glued(to) && !self.is(to, "long")
        {
            return None;
        }
        let counts = i > 0
            && (matches!(self.shape(i - 1), Shape::Digits(..) | Shape::Count(_))
                || self.after(
                    i,
                    &["%", "percent", "times", "once", "twice", "million", "billion", "dollars", "euros", "pounds"],
                ));
        if counts {
            return self.found(i, found.to, Meaning::Set(length(Some(1), unit)));
        }
        let noun = self.get(to).is_some_and(|a| self.whole[a.start..].starts_with(char::is_lowercase));
        let sure = self.after(i, &BEFORE_LENGTHS)
            || !noun
            || self.is_one_of(to, &["and", "or", "of", "before", "after", "in", "for", "to"]);
        Some(found).filter(|_| sure)
    }

    /// `half an hour`, `half-hour`: the unit stands at `i`.
    fn half(&self, from: usize, i: usize) -> Option<Found> {
        let Some(TimeWord::Unit(unit)) = self.word(i) else { return None };
        let to = if self.glued(i + 1) && self.is(i + 1, "long") { i + 2 } else { i + 1 };
        self.found(from, to, Meaning::Length(half_length(Some(0), unit)))
    }

    /// `nearly four years ago`, `more than four hours`, `at least 10 days`, `up to 120 days`.
    fn about(&self, i: usize, kind: i8) -> Option<Found> {
        let next = match kind {
            1 => i + 1,
            2 if self.is(i + 1, "than") => i + 2,
            3 if self.is_one_of(i + 1, &["least", "most"]) => i + 2,
            4 if self.is(i + 1, "to") => i + 2,
            _ => return None,
        };
        if let Some(TimeWord::The | TimeWord::Turn(_)) = self.word(next) {
            return None;
        }
        let inner = match self.word(next) {
            Some(TimeWord::A | TimeWord::Half) => self.length(next),
            Some(TimeWord::Number(_) | TimeWord::Scale(_) | TimeWord::Vague) => self.length_at(next, next),
            _ if matches!(self.shape(next), Shape::Digits(..) | Shape::Count(_)) => {
                self.clock_time(next).or_else(|| self.length_at(next, next))
            }
            _ if matches!(self.shape(next), Shape::Colon(..) | Shape::Point(..) | Shape::Clock(..)) && kind == 1 => {
                self.clock_time(next)
            }
            _ => None,
        }?;
        let fits =
            matches!(inner.meaning, Meaning::Length(_) | Meaning::Shift { .. }) || kind == 1 && inner.part.is_some();
        fits.then_some(Found { from: i, ..inner })
    }

    /// `every Friday`, `each July`, `every two years`, `every morning`.
    fn each(&self, i: usize) -> Option<Found> {
        let other = if self.is(i + 1, "other") { i + 2 } else { i + 1 };
        let value = match self.word(other) {
            Some(TimeWord::Weekday(day)) => format!("XXXX-WXX-{day}"),
            Some(TimeWord::Month(month)) => format!("XXXX-{month:02}"),
            Some(TimeWord::Season(season)) => format!("XXXX-{}", super::calendar::season_value(season)),
            Some(TimeWord::Unit(Unit::Weekend)) => "XXXX-WXX-WE".to_owned(),
            Some(TimeWord::Unit(Unit::Night)) => "XXXX-XX-XXTNI".to_owned(),
            Some(TimeWord::Unit(unit)) => length(Some(if other > i + 1 { 2 } else { 1 }), unit),
            Some(TimeWord::Part(part)) => format!("XXXX-XX-XX{}", part_value(part)),
            _ => {
                let (count, _, next) = self.count(i + 1)?;
                let (unit, true, to) = self.unit_at(next)? else { return None };
                return self.found(i, to, Meaning::Set(length(count, unit)));
            }
        };
        self.found(i, other + 1, Meaning::Set(value))
    }

    fn often(&self, i: usize, unit: Unit) -> Option<Found> {
        let name = self.get(i)?.capital && i > self.first;
        let quarterly = unit == Unit::Quarter;
        self.found(i, i + 1, Meaning::Set(length(Some(1), unit))).filter(|_| !name && !quarterly)
    }

    /// `for years`, `years-old`, `weeks before`: units without a count.
    fn bare_units(&self, from: usize, i: usize, unit: Unit) -> Option<Found> {
        if unit == Unit::Second || unit == Unit::Minute && !self.after(i, &["for", "in", "within"]) {
            return None;
        }
        let mut to = i + 1;
        if self.word(to) == Some(TimeWord::Ago) {
            return self.found(from, to + 1, Meaning::Shift { count: None, unit, from: From::Published });
        }
        let long = self.glued(to) && self.is_one_of(to, &["long", "old"]);
        if long {
            to += 1;
        }
        let led = self
            .after(i, &["for", "in", "over", "within", "after", "took", "take", "lasted", "last", "of", "the", "than"]);
        let follows = self.is_one_of(to, &["before", "after", "later", "earlier", "or"]);
        self.found(from, to, Meaning::Length(length(None, unit)))
            .filter(|_| long || led && unit >= Unit::Hour || follows)
    }

    /// `year-end`, `year-earlier`, `day-long`: a unit without anything before it.
    fn bare_unit(&self, i: usize, unit: Unit) -> Option<Found> {
        let next = i + 1;
        let end = if unit == Unit::Year { self.years_end(next) } else { self.is(next, "end").then_some(next + 1) };
        if let (Some(to), Unit::Year | Unit::Month) = (end, unit) {
            let meaning = Meaning::Same { unit, years: 0, from: From::Published };
            let sure = self.glued(next) || self.after(i, &["by", "around", "before", "until", "at", "since", "after"]);
            return Some(Found { from: i, to, meaning, part: None, edge: 3 }).filter(|_| sure);
        }
        if unit == Unit::Year && self.glued(next) && self.is_one_of(next, &["ago", "earlier"]) {
            let period = self.is_one_of(next + 1, &["quarter", "period"]);
            let unit = if period { Unit::Quarter } else { Unit::Year };
            let meaning = Meaning::Same { unit, years: -1, from: From::Published };
            return self.found(i, if period { next + 2 } else { next + 1 }, meaning);
        }
        let long = self.glued(next) && self.is(next, "long");
        self.found(i, next + 1, Meaning::Length(length(Some(1), unit))).filter(|_| long)
    }
}

/// Returns `TMO` and the like.
pub(super) fn part_value(part: i8) -> &'static str {
    match part {
        1 => "TMO",
        2 => "T12:00",
        3 => "TAF",
        4 => "TEV",
        5 => "TNI",
        _ => "T24:00",
    }
}

/// Returns a length as a TIMEX3 value.
fn length(count: Count, unit: Unit) -> String {
    let (per, letter, clock) = match unit {
        Unit::Second => (1, 'S', true),
        Unit::Minute => (1, 'M', true),
        Unit::Hour => (1, 'H', true),
        Unit::Day | Unit::Night => (1, 'D', false),
        Unit::Week => (1, 'W', false),
        Unit::Fortnight => (2, 'W', false),
        Unit::Month => (1, 'M', false),
        Unit::Quarter => (3, 'M', false),
        Unit::Year => (1, 'Y', false),
        Unit::Decade => (10, 'Y', false),
        Unit::Century => (100, 'Y', false),
        Unit::Millennium => (1000, 'Y', false),
        Unit::Weekend => (2, 'D', false),
    };
    let t = if clock { "T" } else { "" };
    match count {
        Some(n) => format!("P{t}{}{letter}", u64::from(n) * per),
        None if unit == Unit::Decade => "PXY".to_owned(),
        None if unit == Unit::Century => "PXC".to_owned(),
        None => format!("P{t}X{letter}"),
    }
}

/// Returns a length with half a unit on top.
fn half_length(count: Count, unit: Unit) -> String {
    let n = count.unwrap_or(0);
    let (first, second) = match unit {
        Unit::Hour => (format!("PT{n}H30M"), "PT30M"),
        Unit::Minute => (format!("PT{n}M30S"), "PT30S"),
        Unit::Day => (format!("P{n}DT12H"), "PT12H"),
        Unit::Week => (format!("P{n}.5W"), "P0.5W"),
        Unit::Month => (format!("P{n}.5M"), "P0.5M"),
        Unit::Year => (format!("P{n}Y6M"), "P6M"),
        Unit::Decade => (format!("P{}Y", u64::from(n) * 10 + 5), "P5Y"),
        Unit::Century => (format!("P{}Y", u64::from(n) * 100 + 50), "P50Y"),
        _ => (format!("P{n}.5D"), "P0.5D"),
    };
    if n == 0 { second.to_owned() } else { first }
}
