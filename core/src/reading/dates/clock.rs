//! Times of the day: clock times, parts of the day, numbers that are dates, and the day that a time of day goes with.

use super::atoms::{Shape, on_24};
use super::grammar::Grammar;
use super::meaning::{Found, Meaning, Part, YearOf};
use crate::lang::en::time::{TimeWord, Unit};

/// Zones with one meaning worldwide, and their offset from UTC.
const ZONES: [(&str, &str); 13] = [
    ("gmt", "+00:00"),
    ("utc", "+00:00"),
    ("est", "-05:00"),
    ("edt", "-04:00"),
    ("pst", "-08:00"),
    ("pdt", "-07:00"),
    ("cet", "+01:00"),
    ("cest", "+02:00"),
    ("eet", "+02:00"),
    ("eest", "+03:00"),
    ("mdt", "-06:00"),
    ("mst", "-07:00"),
    ("et", ""),
];

/// Whole hours from UTC, from 12 behind to 14 ahead.
const OFFSETS: [&str; 27] = [
    "-12:00", "-11:00", "-10:00", "-09:00", "-08:00", "-07:00", "-06:00", "-05:00", "-04:00", "-03:00", "-02:00",
    "-01:00", "+00:00", "+01:00", "+02:00", "+03:00", "+04:00", "+05:00", "+06:00", "+07:00", "+08:00", "+09:00",
    "+10:00", "+11:00", "+12:00", "+13:00", "+14:00",
];

/// Words before a bare "22:30" that make it a time rather than a score.
const BEFORE_CLOCKS: [&str; 14] = [
    "at",
    "by",
    "until",
    "till",
    "from",
    "around",
    "about",
    "before",
    "after",
    "since",
    "to",
    "between",
    "and",
    "approximately",
];

/// Words before a number of four digits that make it a year.
const BEFORE_YEARS: [&str; 31] = [
    "in", "since", "of", "until", "till", "by", "from", "to", "between", "and", "during", "before", "after", "through",
    "late", "early", "mid", "the", "for", "than", "(", "or", "spring", "summer", "autumn", "fall", "winter", "year",
    "circa", "c", "ca",
];

/// Words behind a number that it counts.
const COUNTED: [&str; 26] = [
    "%", "percent", "people", "men", "women", "feet", "miles", "metres", "meters", "km", "kg", "tons", "tonnes",
    "troops", "dollars", "euros", "pounds", "hours", "points", "votes", "jobs", "soldiers", "homes", "local",
    "children", "others",
];

/// Words before a number that counts.
const BEFORE_COUNTS: [&str; 12] =
    ["some", "least", "nearly", "about", "approximately", "over", "no", "number", "route", "highway", "flight", "room"];

/// A reading of the clock and the atom behind it.
struct Reading {
    hour: u8,
    minute: u8,
    zone: &'static str,
    to: usize,
}

impl Grammar<'_> {
    /// A number: date, clock time, year, decade, century or count.
    pub(super) fn number(&self, i: usize) -> Option<Found> {
        if i > 0 && matches!(self.words(i - 1), "$" | "£" | "€" | "¥" | "#" | "№") {
            return None;
        }
        let shape = self.shape(i);
        match shape {
            Shape::Dots(day, month, year) => self.dots(i, day, month, year),
            Shape::Plural(n, 4) if n % 10 == 0 && (1000..2100).contains(&n) => {
                let meaning = if n % 100 == 0 && n < 1900 {
                    Meaning::Century(n as i16 / 100 + 1)
                } else {
                    Meaning::Decade(n as i16)
                };
                self.found(i, i + 1, meaning)
            }
            Shape::Plural(n, 2) if n % 10 == 0 && n >= 20 => {
                let quoted = i > 0 && matches!(self.words(i - 1), "'" | "’" | "‘");
                let from = if quoted { i - 1 } else { i };
                let sure = quoted || self.after(i, &["the", "early", "late", "mid"]);
                self.found(from, i + 1, Meaning::Decade(1900 + n as i16)).filter(|_| sure)
            }
            Shape::Nth(n) if self.word(i + 1) == Some(TimeWord::Unit(Unit::Century)) => {
                self.found(i, i + 2, Meaning::Century(i16::from(n)))
            }
            _ => self
                .iso(i)
                .or_else(|| self.slashes(i))
                .or_else(|| self.day_month(i, i))
                .or_else(|| self.day_listed(i))
                .or_else(|| self.clock_time(i))
                .or_else(|| self.years_part(i, i))
                .or_else(|| self.length_at(i, i))
                .or_else(|| self.bare_year(i)),
        }
    }

    /// `2024-03-22`.
    fn iso(&self, i: usize) -> Option<Found> {
        let (Shape::Digits(y, 4), Shape::Digits(m @ 1..=12, 2), Shape::Digits(d @ 1..=31, 2)) =
            (self.shape(i), self.shape(i + 1), self.shape(i + 2))
        else {
            return None;
        };
        let day = Meaning::Day { year: YearOf::Year(y as i16), month: m as i8, day: d as i8, until: None };
        self.found(i, i + 3, day).filter(|_| self.glued(i + 1) && self.glued(i + 2))
    }

    /// `22/3/2024`, `3/22/24`; the order is settled here only by a number above 12.
    fn slashes(&self, i: usize) -> Option<Found> {
        let (
            Shape::Digits(a @ 1..=31, 1 | 2),
            "/",
            Shape::Digits(b @ 1..=31, 1 | 2),
            "/",
            Shape::Digits(y, len @ (2 | 4)),
        ) = (self.shape(i), self.words(i + 1), self.shape(i + 2), self.words(i + 3), self.shape(i + 4))
        else {
            return None;
        };
        let year = century(y as u16, len);
        let day = |month: u32, day: u32| Meaning::Day {
            year: YearOf::Year(year),
            month: month as i8,
            day: day as i8,
            until: None,
        };
        let meaning = match (a, b) {
            (13.., 13..) => return None,
            (13.., _) => day(b, a),
            (_, 13..) => day(a, b),
            (a, b) if a == b => day(a, b),
            (a, b) => Meaning::Slashed { first: a as i8, second: b as i8, year },
        };
        self.found(i, i + 5, meaning)
    }

    fn dots(&self, i: usize, day: u8, month: u8, year: u16) -> Option<Found> {
        let fits = (1..=31).contains(&day) && (1..=12).contains(&month);
        let year = YearOf::Year(century(year, if year > 99 { 4 } else { 2 }));
        self.found(i, i + 1, Meaning::Day { year, month: month as i8, day: day as i8, until: None }).filter(|_| fits)
    }

    /// A year alone, where nothing says that the number counts something.
    fn bare_year(&self, i: usize) -> Option<Found> {
        if let Some(found) = self.year_of_era(i) {
            return Some(found);
        }
        let (year, to) = self.year(i)?;
        let spelled = !matches!(self.shape(i), Shape::Digits(..));
        let ranged = self.is_dash(i.wrapping_sub(1)) && self.year(i.wrapping_sub(2)).is_some()
            || self.is_dash(to) && self.year(to + 1).is_some();
        let led = ranged
            || spelled
            || self.after(i, &BEFORE_YEARS)
            || self.words(i.wrapping_sub(1)) == "." && self.after(i - 1, &["c", "ca"]);
        let common = (1900..2060).contains(&year);
        let counted = self.word(to).is_some_and(|w| matches!(w, TimeWord::Units(_)))
            || self.is_one_of(to, &COUNTED)
            || self.after(i, &BEFORE_COUNTS) && !ranged
            || matches!(self.words(to), "/")
            || self.after(i, &["/", "+", "="]);
        let plural = self.get(to).is_some_and(|a| {
            let w = &self.whole[a.start..a.end];
            w.len() > 3 && w.ends_with('s') && w.starts_with(char::is_lowercase) && self.word(to).is_none()
        }) && !self.is_one_of(to, &["onwards", "afterwards", "was", "has", "is", "as"])
            && !self.after(i, &["the", "its", "his", "their", "in", "of", "since", "a", "her"]);
        let sure = (led || common && !self.glued(i)) && !counted && !plural;
        self.found(i, to, Meaning::Year(year)).filter(|_| sure)
    }

    fn is_dash(&self, i: usize) -> bool {
        matches!(self.words(i), "-" | "–" | "—")
    }

    /// `AD 71`, `347 AD`, `508 BC`.
    fn year_of_era(&self, i: usize) -> Option<Found> {
        let Shape::Digits(year @ 1..=2999, 1..=4) = self.shape(i) else { return None };
        let year = year as i16;
        match self.words(i + 1) {
            "AD" | "CE" => self.found(i, i + 2, Meaning::Year(year)),
            "BC" | "BCE" => self.found(i, i + 2, Meaning::YearBefore(year)),
            _ if i > self.first && self.words(i - 1) == "AD" => self.found(i - 1, i + 1, Meaning::Year(year)),
            _ => None,
        }
    }

    /// A clock time, with the part of the day and the day where they follow: `8:15 p.m. on Sunday`, `6.30 on Sunday morning`.
    pub(super) fn clock_time(&self, i: usize) -> Option<Found> {
        let clock = self.clock(i)?;
        self.on_day(i, clock)
    }

    fn clock(&self, i: usize) -> Option<Reading> {
        let next = i + 1;
        let meridiem = |at: usize| -> Option<bool> {
            match self.words(at).to_ascii_lowercase().as_str() {
                "a.m." | "a.m" | "am" => Some(false),
                "p.m." | "p.m" | "pm" => Some(true),
                _ => None,
            }
        };
        let led = self.after(i, &BEFORE_CLOCKS);
        let (hour, minute, mut to) = match (self.shape(i), meridiem(next)) {
            (Shape::Clock(h, m), _) => (h, m, next),
            (Shape::Colon(h, m) | Shape::Point(h, m), Some(pm)) => (on_24(h, pm)?, m, next + 1),
            (Shape::Digits(h @ 1..=12, 1 | 2), Some(pm)) => (on_24(h as u8, pm)?, 0, next + 1),
            (Shape::Word(TimeWord::Number(h @ 1..=12)), Some(pm)) => (on_24(h as u8, pm)?, 0, next + 1),
            (Shape::Colon(h, m), None) if led || h >= 13 || self.zone(next).is_some() => (h, m, next),
            (Shape::Colon(h, m) | Shape::Point(h, m), None) if self.day_follows(next) || self.zone(next).is_some() => {
                (h, m, next)
            }
            (Shape::Digits(h @ 1..=12, 1 | 2) | Shape::Word(TimeWord::Number(h @ 1..=12)), None)
                if self.is_one_of(next, &["o’clock", "o'clock"]) =>
            {
                (h as u8, 0, next + 1)
            }
            (Shape::Digits(h @ 1..=12, 1 | 2) | Shape::Word(TimeWord::Number(h @ 1..=12)), None)
                if led
                    && self.is(next, "in")
                    && self.is(next + 1, "the")
                    && matches!(self.word(next + 2), Some(TimeWord::Part(_))) =>
            {
                (h as u8, 0, next)
            }
            (Shape::Digits(n @ 0..=2359, 4), None) if self.zone(next).is_some() && n % 100 < 60 => {
                ((n / 100) as u8, (n % 100) as u8, next)
            }
            _ => return self.spoken_clock(i),
        };
        let mut zone = "";
        if let Some((offset, after)) = self.zone(to) {
            zone = offset;
            to = after;
        }
        Some(Reading { hour, minute, zone, to })
    }

    /// `twenty to six`, `half past nine`, `a quarter to ten`, where a day or "at" makes it a time.
    fn spoken_clock(&self, i: usize) -> Option<Reading> {
        let minutes = match self.word(i)? {
            TimeWord::Number(n @ (5 | 10 | 20 | 25)) => n as i32,
            TimeWord::Unit(Unit::Quarter) => 15,
            TimeWord::Half => 30,
            _ => return None,
        };
        let tail = if self.is(i + 1, "minutes") { i + 2 } else { i + 1 };
        let sign = if self.is(tail, "to") {
            -1
        } else if self.is(tail, "past") {
            1
        } else {
            return None;
        };
        let hour = match self.shape(tail + 1) {
            Shape::Digits(h @ 1..=12, 1 | 2) | Shape::Word(TimeWord::Number(h @ 1..=12)) => h as i32,
            _ => return None,
        };
        let sure = self.after(i, &["at", "by", "until", "around", "about", "a"]) || self.day_follows(tail + 2);
        let total = ((hour % 12) * 60 + sign * minutes).rem_euclid(12 * 60);
        sure.then_some(Reading { hour: (total / 60) as u8, minute: (total % 60) as u8, zone: "", to: tail + 2 })
    }

    /// Returns the offset of a zone named at `i` and the atom behind it.
    fn zone(&self, i: usize) -> Option<(&'static str, usize)> {
        if self.is(i, "local") && self.is(i + 1, "time") {
            return Some(("", i + 2));
        }
        // "7:45 pm - Harbour Time", "9 a.m. Eastern Daylight Time": the hour is that of the place.
        let place = if self.is_dash(i) { i + 1 } else { i };
        let named = (place + 1..place + 4).find(|n| self.is(*n, "time"));
        if let Some(time) = named.filter(|&time| (place..time).all(|n| self.capital(n) && self.word(n).is_none())) {
            return Some(("", time + 1));
        }
        let word = self.words(i);
        let upper = word.len() >= 2 && word.bytes().all(|b| b.is_ascii_uppercase());
        let zone = ZONES.iter().find(|(name, _)| word.eq_ignore_ascii_case(name) && upper)?;
        match (self.words(i + 1), self.shape(i + 2)) {
            ("+", Shape::Digits(hours @ 0..=14, 1 | 2)) if zone.1 == "+00:00" => {
                Some((OFFSETS[12 + hours as usize], i + 3))
            }
            ("-" | "−" | "–", Shape::Digits(hours @ 0..=12, 1 | 2)) if zone.1 == "+00:00" => {
                Some((OFFSETS[12 - hours as usize], i + 3))
            }
            _ => Some((zone.1, i + 1)),
        }
    }

    fn day_follows(&self, i: usize) -> bool {
        let on = if self.is(i, "on") { i + 1 } else { i };
        let word = self.word(on);
        matches!(word, Some(TimeWord::Deictic(_) | TimeWord::Weekday(_) | TimeWord::Tonight))
            || matches!((word, self.word(on + 1)), (Some(TimeWord::Turn(0)), Some(TimeWord::Part(_))))
            || self.is(i, "in") && self.is(i + 1, "the") && matches!(self.word(i + 2), Some(TimeWord::Part(_)))
    }

    /// Joins a clock time with the part of the day and the day behind it.
    fn on_day(&self, from: usize, clock: Reading) -> Option<Found> {
        let Reading { mut hour, minute, zone, mut to } = clock;
        if self.is(to, "in") && self.is(to + 1, "the") {
            if let Some(TimeWord::Part(part)) = self.word(to + 2) {
                hour = by_part(hour, part);
                to += 3;
            }
        } else if self.is(to, "at") && self.word(to + 1) == Some(TimeWord::Unit(Unit::Night)) {
            hour = by_part(hour, 5);
            to += 2;
        }
        let clock = |hour: u8| Some(Part::Clock(hour, minute, zone));
        let comma = if self.words(to) == "," { to + 1 } else { to };
        let on = if self.is(comma, "on") { comma + 1 } else { comma };
        if let Some(day) = self.day_at(on) {
            if let Some(Part::Of(part)) = day.part {
                hour = by_part(hour, part);
            }
            if !matches!(day.part, Some(Part::Clock(..))) {
                return Some(Found { from, to: day.to, meaning: day.meaning, part: clock(hour), edge: 0 });
            }
        }
        Some(Found { from, to, meaning: Meaning::Clock, part: clock(hour), edge: 0 })
    }

    /// Returns the day named at `i`, with its part of the day.
    fn day_at(&self, i: usize) -> Option<Found> {
        let begins = matches!(
            self.word(i),
            Some(
                TimeWord::Deictic(_)
                    | TimeWord::Weekday(_)
                    | TimeWord::Month(_)
                    | TimeWord::Tonight
                    | TimeWord::Turn(_)
            )
        ) || matches!(self.shape(i), Shape::Digits(1..=31, 1 | 2) | Shape::Nth(_))
            || self.word(i) == Some(TimeWord::The);
        let found = if begins && matches!(self.shape(i), Shape::Digits(..) | Shape::Nth(_)) {
            self.day_month(i, i)
        } else if begins {
            self.parse(i)
        } else {
            None
        }?;
        let day = matches!(found.meaning, Meaning::Day { .. } | Meaning::Weekday { .. } | Meaning::Deictic(_))
            || matches!(found.meaning, Meaning::Shift { unit: Unit::Day, .. });
        day.then_some(found)
    }

    /// Adds the time of day that stands behind a day: `Friday night`, `Sunday at 8:15 p.m.`, `tomorrow at noon`.
    pub(super) fn with_time_of_day(&self, found: Found) -> Found {
        let day = matches!(
            found.meaning,
            Meaning::Day { .. } | Meaning::Weekday { .. } | Meaning::Deictic(_) | Meaning::Holiday { .. }
        );
        if !day || found.part.is_some() {
            return found;
        }
        let to = found.to;
        if let Some(part) = self.named_part(to) {
            // "Friday mornings" is a set.
            let plural = self.words(to).to_ascii_lowercase().ends_with('s');
            if let (true, Meaning::Weekday { day, .. }) = (plural, &found.meaning) {
                let value = format!("XXXX-WXX-{day}{}", super::lengths::part_value(part));
                return Found { to: to + 1, meaning: Meaning::Set(value), ..found };
            }
            let found = Found { to: to + 1, part: Some(Part::Of(part)), ..found };
            return self.with_clock(found);
        }
        self.with_clock(found)
    }

    fn named_part(&self, i: usize) -> Option<i8> {
        let dash = i;
        match self.word(dash)? {
            TimeWord::Part(part) if part != 2 && part != 6 => Some(part),
            TimeWord::Unit(Unit::Night) | TimeWord::Units(Unit::Night) => Some(5),
            _ => None,
        }
    }

    fn with_clock(&self, found: Found) -> Found {
        let to = found.to;
        let comma = if self.words(to) == "," { to + 1 } else { to };
        let at = if self.is_one_of(comma, &["at", "around", "about"]) { comma + 1 } else { comma };
        // "Fri 20 Jun 2031 7:45 pm": in a date line the time stands right behind the day.
        let line = matches!(found.meaning, Meaning::Day { year: YearOf::Year(_), until: None, .. })
            && (matches!(self.shape(to), Shape::Colon(..) | Shape::Clock(..))
                || matches!(self.words(to + 1).to_ascii_lowercase().as_str(), "am" | "pm" | "a.m." | "p.m."));
        if line {
            let digits = match (self.shape(to), self.clock(to)) {
                (Shape::Colon(hour, minute), None) => Some(Reading { hour, minute, zone: "", to: to + 1 }),
                (_, clock) => clock,
            };
            if let Some(Reading { hour, minute, zone, to }) = digits {
                return Found { to, part: Some(Part::Clock(hour, minute, zone)), ..found };
            }
        }
        if at == to {
            return found;
        }
        if let Some(clock) = self
            .clock(at)
            .filter(|_| matches!(found.meaning, Meaning::Weekday { .. } | Meaning::Deictic(_) | Meaning::Day { .. }))
        {
            let hour = match found.part {
                Some(Part::Of(part)) => by_part(clock.hour, part),
                _ => clock.hour,
            };
            // "on Sunday, 22:30": only with "at" or a sure reading, which `clock` has asked for.
            return Found { to: clock.to, part: Some(Part::Clock(hour, clock.minute, clock.zone)), ..found };
        }
        match self.word(at) {
            Some(TimeWord::Part(2)) if found.part.is_none() => {
                Found { to: at + 1, part: Some(Part::Clock(12, 0, "")), ..found }
            }
            Some(TimeWord::Part(6)) if found.part.is_none() => {
                Found { to: at + 1, part: Some(Part::Clock(24, 0, "")), ..found }
            }
            _ => found,
        }
    }

    /// `noon Thursday`, `midnight`, `mid-afternoon yesterday`, `the morning of March 5`.
    pub(super) fn part_of_day(&self, i: usize, part: i8) -> Option<Found> {
        let part = match (part, self.word(i)) {
            (0, Some(TimeWord::Part(p))) => p,
            _ => part,
        };
        let of = if self.is_one_of(i + 1, &["of", "on"]) { i + 2 } else { i + 1 };
        let time = match part {
            2 => Part::Clock(12, 0, ""),
            6 => Part::Clock(24, 0, ""),
            p => Part::Of(p),
        };
        if let Some(day) = self.day_at(of) {
            return Some(Found { from: i, part: Some(time), ..day });
        }
        let alone = matches!(part, 2 | 6)
            && self
                .after(i, &["at", "by", "until", "before", "after", "from", "since", "around", "to", "about", "till"])
            || self.after(i, &["mid"])
            || matches!(part, 1 | 3 | 4) && self.after(i, &["the"]) && i >= 2 && self.after(i - 1, &["in", "during"]);
        Some(Found { from: i, to: i + 1, meaning: Meaning::Clock, part: Some(time), edge: 0 }).filter(|_| alone)
    }
}

/// Returns the hour that "six" is in a part of the day.
fn by_part(hour: u8, part: i8) -> u8 {
    match part {
        3 | 4 if hour < 12 => hour + 12,
        5 if (6..12).contains(&hour) => hour + 12,
        5 if hour == 12 => 0,
        1 if hour == 12 => 0,
        _ => hour,
    }
}

/// Returns a year of two or four digits; two-digit years lie between 1970 and 2069.
fn century(year: u16, digits: u8) -> i16 {
    match (digits, year) {
        (4, y) => y as i16,
        (_, y @ 70..) => 1900 + y as i16,
        (_, y) => 2000 + y as i16,
    }
}
