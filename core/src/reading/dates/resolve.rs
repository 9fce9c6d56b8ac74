//! Turns what a time expression says into a TIMEX3 value and days, counting from the publication or the time before.

use super::calendar as cal;
use super::meaning::{Found, From, Meaning, YearOf};
use super::tense::Tense;
use super::units::{Value, at_time, choose, days_of, moved, plain, unknown};
use super::{Anchor, TimeExpression, TimeType};
use crate::lang::en::time::{Holiday, Unit};
use crate::text::Span;
use crate::when::{Day, When, days_after};

/// A time mentioned before.
#[derive(Clone, Debug)]
struct Mentioned {
    when: When,
    unit: Unit,
    span: Span,
    /// Number of its sentence.
    sentence: u32,
}

/// What has been read so far.
#[derive(Debug, Default)]
pub(super) struct Context {
    /// The day relative times are counted from, and the first day it may be.
    published: Option<(Day, Day)>,
    last: Option<Mentioned>,
    last_day: Option<Mentioned>,
    last_quarter: Option<Mentioned>,
    /// The last date with a year: the year and its words.
    year: Option<(i16, Span)>,
    /// Whether the text tells of other years than the one it was published in, as lives and histories do.
    looks_back: bool,
    /// Whether numeric dates of this text give the day first, if one has told.
    day_first: Option<bool>,
}

impl Context {
    /// Returns a context for a text published then.
    pub(super) fn new(published: Option<&When>, day_first: Option<bool>, looks_back: bool) -> Context {
        Context { published: published.map(|w| (w.to(), w.from())), day_first, looks_back, ..Context::default() }
    }

    fn now(&self) -> Option<Day> {
        self.published.map(|(day, _)| day)
    }

    /// Resolves one time expression and remembers it.
    pub(super) fn resolve(&mut self, found: &Found, span: Span, sentence: u32, tense: Tense) -> TimeExpression {
        let mut kind = match (&found.meaning, found.part) {
            (Meaning::Length(_) | Meaning::Ended { as_quarter: false, .. }, _) => TimeType::Duration,
            (Meaning::Set(_), _) => TimeType::Set,
            (_, Some(_)) => TimeType::Time,
            _ => TimeType::Date,
        };
        let mut value = self.value(found, sentence, tense);
        self.widen(found, sentence, tense, &mut value);
        if let (Meaning::Shift { unit, .. }, Some(_)) = (&found.meaning, &value.when)
            && *unit < Unit::Day
        {
            kind = TimeType::Time;
        }
        self.remember(&value, found, span, sentence);
        if found.edge != 0 && found.part.is_none() {
            value.when = value.when.map(|w| cal::third(&w, found.edge));
        }
        if let Some(part) = found.part {
            at_time(part, &mut value);
        }
        TimeExpression { span, kind, value: value.value, when: value.when, anchor: value.anchor }
    }

    /// Where the publication is only known to lie between two days, so is what is counted from it.
    fn widen(&mut self, found: &Found, sentence: u32, tense: Tense, value: &mut Value) {
        let Some((last, first)) = self.published else { return };
        if first == last || value.anchor != Some(Anchor::Published) {
            return;
        }
        self.published = Some((first, first));
        let early = self.value(found, sentence, tense);
        self.published = Some((last, first));
        if let (Some(a), Some(b)) = (early.when, &value.when) {
            value.when = Some(When::between(a.from().min(b.from()), a.to().max(b.to())));
        }
    }

    fn remember(&mut self, value: &Value, found: &Found, span: Span, sentence: u32) {
        // Figures for a year or for nine months put the quarter out of hand.
        if matches!(&found.meaning, Meaning::Ended { as_quarter: false, .. } | Meaning::FiscalYear(_))
            || matches!(&found.meaning, Meaning::Length(l) if l == "P9M" || l == "P6M")
        {
            self.last_quarter = None;
        }
        let Some(when) = value.when.clone() else { return };
        if matches!(found.meaning, Meaning::Length(_) | Meaning::Set(_) | Meaning::Reference(_) | Meaning::Clock) {
            return;
        }
        if let Some(year) = found.meaning.states_year() {
            self.year = Some((year, span));
        }
        let mentioned = Mentioned { when, unit: value.unit, span, sentence };
        // "A year earlier" is said of the quarter in hand, which stays the one that "the quarter" means.
        if matches!(found.meaning, Meaning::Quarter { .. } | Meaning::Ended { as_quarter: true, .. }) {
            self.last_quarter = Some(mentioned.clone());
        }
        if value.unit == Unit::Day {
            self.last_day = Some(mentioned.clone());
        }
        self.last = Some(mentioned);
    }

    fn value(&self, found: &Found, sentence: u32, tense: Tense) -> Value {
        match &found.meaning {
            Meaning::Day { year, month, day, until } => self.day(*year, *month, *day, *until, tense),
            Meaning::Slashed { first, second, year } => self.slashed(*first, *second, *year),
            Meaning::Month { year, month, turn } => self.month(*year, *month, *turn, tense),
            Meaning::YearBefore(year) => plain(format!("BC{year:04}"), None, Unit::Year),
            Meaning::QuarterOf(year) => self.quarter_of(*year, sentence),
            Meaning::Ended { months, year, month, as_quarter } => {
                self.ended(*months, *year, *month, *as_quarter, tense)
            }
            Meaning::Year(year) => plain(format!("{year:04}"), cal::years(*year, *year), Unit::Year),
            Meaning::FiscalYear(year) => plain(format!("{year:04}"), None, Unit::Year),
            Meaning::Decade(year) => plain(format!("{}", year / 10), cal::years(*year, year + 9), Unit::Decade),
            Meaning::Century(n) => {
                plain(format!("{:02}", n - 1), cal::years(((n - 1) * 100).max(1), n * 100 - 1), Unit::Century)
            }
            Meaning::Quarter { number, year, turn } => self.quarter(*number, *year, *turn, tense),
            Meaning::Half { number, year, turn } => self.half(*number, *year, *turn),
            Meaning::Season { season, year, turn } => self.season(*season, *year, *turn, tense),
            Meaning::Weekday { day, turn, from } => self.weekday(*day, *turn, *from, sentence, tense),
            Meaning::Deictic(days) => match self.now() {
                Some(now) => self.counted(self.day_value(days_after(now, *days))),
                None => plain("XXXX-XX-XX".to_owned(), None, Unit::Day),
            },
            Meaning::Overnight => match self.now() {
                Some(now) => {
                    let before = days_after(now, -1);
                    let when = Some(When::between(before, now));
                    self.counted(Value { when, ..self.day_value(before) })
                }
                None => plain("XXXX-XX-XX".to_owned(), None, Unit::Day),
            },
            Meaning::Turn { unit, by, from } => self.turn(*unit, *by, *from, sentence, tense),
            Meaning::Shift { count, unit, from } => self.shift(*count, *unit, *from, sentence),
            Meaning::Same { unit, years, from } => self.same(*unit, *years, *from, sentence),
            Meaning::Holiday { which, year, turn } => self.holiday(*which, *year, *turn, tense),
            Meaning::Reference(name) => plain((*name).to_owned(), None, Unit::Day),
            Meaning::Length(value) | Meaning::Set(value) => plain(value.clone(), None, Unit::Day),
            Meaning::Clock => self.clock(sentence),
        }
    }

    fn day_value(&self, day: Day) -> Value {
        plain(cal::day_value(day), Some(When::day(day)), Unit::Day)
    }

    fn counted(&self, value: Value) -> Value {
        Value { anchor: Some(Anchor::Published), ..value }
    }

    /// Returns the year that the words or the text tell of a day or month, and what tells it.
    fn told_year(&self, year: YearOf) -> Option<(i16, Option<Anchor>)> {
        match year {
            YearOf::Year(year) => Some((year, None)),
            YearOf::Turn(turn) => Some((self.now()?.year() + i16::from(turn), Some(Anchor::Published))),
            YearOf::Before(turn) => {
                let last = self.last.as_ref()?;
                Some((last.when.from().year() + i16::from(turn), Some(Anchor::Words(last.span))))
            }
            // The year of the last full date stands for those behind it, as in "Since 14 March 2023 … On 2 April".
            YearOf::Untold => {
                let (year, span) = self.year.filter(|_| self.looks_back || self.published.is_none())?;
                Some((year, Some(Anchor::Words(span))))
            }
        }
    }

    fn day(&self, year: YearOf, month: i8, day: i8, until: Option<i8>, tense: Tense) -> Value {
        let last = until.unwrap_or(day);
        let span = |year: i16| Some(When::between(cal::day(year, month, day)?, cal::day(year, month, last)?));
        let unknown = |year: &str| plain(format!("{year}-{month:02}-{day:02}"), None, Unit::Day);
        if let Some((year, anchor)) = self.told_year(year) {
            return match span(year) {
                Some(when) => Value { anchor, ..plain(cal::day_value(when.from()), Some(when), Unit::Day) },
                None => unknown(&format!("{year:04}")),
            };
        }
        let Some(now) = self.now().filter(|_| year == YearOf::Untold) else { return unknown("XXXX") };
        let years = [now.year() - 1, now.year(), now.year() + 1];
        let choices: Vec<When> = years.into_iter().filter_map(span).collect();
        match choose(&choices, now, tense, 60, 300) {
            Some(when) => self.counted(plain(cal::day_value(when.from()), Some(when.clone()), Unit::Day)),
            None => unknown("XXXX"),
        }
    }

    fn slashed(&self, first: i8, second: i8, year: i16) -> Value {
        let Some(day_first) = self.day_first else { return plain(format!("{year:04}-XX-XX"), None, Unit::Day) };
        let (day, month) = if day_first { (first, second) } else { (second, first) };
        self.day(YearOf::Year(year), month, day, None, Tense::Unknown)
    }

    fn month(&self, year: YearOf, month: i8, turn: Option<i8>, tense: Tense) -> Value {
        let give = |year: i16| {
            let when = cal::months(year, month, month);
            plain(format!("{year:04}-{month:02}"), when, Unit::Month)
        };
        if let Some((year, anchor)) = self.told_year(year).filter(|_| turn.is_none()) {
            return Value { anchor, ..give(year) };
        }
        let Some(now) = self.now().filter(|_| year == YearOf::Untold) else {
            return plain(format!("XXXX-{month:02}"), None, Unit::Month);
        };
        let this = now.year();
        let year = match turn {
            Some(0) => this,
            Some(t) if t < 0 => {
                if month < now.month() {
                    this
                } else {
                    this - 1
                }
            }
            Some(_) => {
                if month > now.month() {
                    this
                } else {
                    this + 1
                }
            }
            None => match tense {
                Tense::Future if month < now.month() => this + 1,
                Tense::Past if month > now.month() => this - 1,
                Tense::Near if month - now.month() > 6 => this - 1,
                Tense::Near if now.month() - month > 6 => this + 1,
                Tense::Unknown if i32::from(month) - i32::from(now.month()) > 4 => this - 1,
                Tense::Unknown if i32::from(now.month()) - i32::from(month) > 9 => this + 1,
                _ => this,
            },
        };
        self.counted(give(year))
    }

    fn quarter(&self, number: i8, year: Option<i16>, turn: Option<i8>, tense: Tense) -> Value {
        let give = |year: i16| {
            plain(format!("{year:04}-Q{number}"), cal::months(year, number * 3 - 2, number * 3), Unit::Quarter)
        };
        if let Some(year) = year {
            return give(year);
        }
        let Some(now) = self.now() else { return plain(format!("XXXX-Q{number}"), None, Unit::Quarter) };
        let begun = number * 3 - 2 <= now.month();
        let year = match turn {
            Some(t) => now.year() + i16::from(t),
            None if begun || tense == Tense::Future || now.month() > 3 => now.year(),
            None => now.year() - 1,
        };
        self.counted(give(year))
    }

    /// The quarter in hand, of another year; without one, the year.
    fn quarter_of(&self, year: i16, sentence: u32) -> Value {
        match self.quarter_before(sentence) {
            Some(quarter) => self.years_from(quarter, i64::from(year) - i64::from(quarter.when.from().year())),
            None => plain(format!("{year:04}"), cal::years(year, year), Unit::Year),
        }
    }

    /// Months that end with a month: "the year ended March 31".
    fn ended(&self, months: i64, year: YearOf, month: i8, as_quarter: bool, tense: Tense) -> Value {
        let end = self.month(year, month, None, tense);
        let when = end.when.map(|w| When::between(cal::add_months(w.from(), 1 - months), w.to()));
        let middle = when.as_ref().map(|w| days_after(w.from(), i64::from(w.days() / 2)));
        let value = match middle {
            Some(day) if as_quarter => format!("{:04}-Q{}", day.year(), (day.month() - 1) / 3 + 1),
            None if as_quarter => "XXXX-QX".to_owned(),
            _ if months % 12 == 0 => format!("P{}Y", months / 12),
            _ => format!("P{months}M"),
        };
        Value { value, when, unit: Unit::Quarter, anchor: end.anchor }
    }

    fn half(&self, number: i8, year: Option<i16>, turn: Option<i8>) -> Value {
        let year = year.or_else(|| Some(self.now()?.year() + i16::from(turn.unwrap_or(0))));
        match year {
            Some(y) => plain(format!("{y:04}-H{number}"), cal::months(y, number * 6 - 5, number * 6), Unit::Quarter),
            None => plain(format!("XXXX-H{number}"), None, Unit::Quarter),
        }
    }

    fn season(&self, season: i8, year: Option<i16>, turn: Option<i8>, tense: Tense) -> Value {
        let name = cal::season_value(season);
        let give = |year: i16| plain(format!("{year:04}-{name}"), cal::season(year, season), Unit::Quarter);
        if let Some(year) = year {
            return Value { unit: Unit::Month, ..give(year) };
        }
        let Some(now) = self.now() else { return plain(format!("XXXX-{name}"), None, Unit::Month) };
        let over = cal::season(now.year(), season).is_some_and(|w| w.to() < now);
        let begun = cal::season(now.year(), season).is_some_and(|w| w.from() <= now);
        let year = match (turn, tense) {
            (Some(-1), _) if over => now.year(),
            (Some(-1), _) => now.year() - 1,
            (Some(1), _) if !begun => now.year(),
            (Some(1), _) => now.year() + 1,
            (Some(_), _) => now.year(),
            (None, Tense::Future) if over => now.year() + 1,
            (None, Tense::Past) if !begun => now.year() - 1,
            _ => now.year(),
        };
        self.counted(Value { unit: Unit::Month, ..give(year) })
    }

    fn weekday(&self, wanted: i8, turn: Option<i8>, from: From, sentence: u32, tense: Tense) -> Value {
        if let (From::Before, Some((day, anchor))) = (from, self.day_before(sentence)) {
            let back = turn.is_some_and(|t| t < 0);
            let day = if back {
                cal::weekday_before(days_after(day, -1), wanted)
            } else {
                cal::weekday_after(days_after(day, 1), wanted)
            };
            return Value { anchor: Some(anchor), ..self.day_value(day) };
        }
        let Some(now) = self.now() else { return plain(format!("XXXX-WXX-{wanted}"), None, Unit::Day) };
        let back = cal::weekday_before(now, wanted);
        let ahead = cal::weekday_after(now, wanted);
        let day = match (turn, tense) {
            (Some(-1), _) => cal::weekday_before(days_after(now, -1), wanted),
            (Some(1), _) => cal::weekday_after(days_after(now, 1), wanted),
            (Some(_), Tense::Past) => back,
            (Some(_), _) => ahead,
            (None, Tense::Future) => ahead,
            (None, Tense::Near) if (ahead - now).get_days() <= 3 => ahead,
            (None, _) => back,
        };
        self.counted(self.day_value(day))
    }

    fn turn(&self, unit: Unit, by: i64, from: From, sentence: u32, tense: Tense) -> Value {
        let base = match from {
            From::Before => self.reference(sentence),
            From::Published => self.now().map(|d| (d, Anchor::Published)),
        };
        let Some((day, anchor)) = base else { return plain(unknown(unit).to_owned(), None, unit) };
        let value = match unit {
            Unit::Weekend => {
                let whole = cal::week(day);
                let weekend = cal::weekend(day);
                let by = match (by, tense) {
                    (0, Tense::Future) => 0,
                    (0, _) if day >= weekend.from() => 0,
                    (0, _) => -1,
                    (-1, _) => -1,
                    _ => by,
                };
                let day = days_after(whole.from(), 7 * by);
                plain(format!("{}-WE", cal::week_value(day)), Some(cal::weekend(day)), unit)
            }
            _ => moved(day, unit, by),
        };
        Value { anchor: Some(anchor), ..value }
    }

    fn shift(&self, count: Option<i64>, unit: Unit, from: From, sentence: u32) -> Value {
        // "A decade ago" is ten years ago.
        let (count, unit) = if unit == Unit::Decade { (count.map(|n| n * 10), Unit::Year) } else { (count, unit) };
        let Some(count) = count else {
            let name = if from == From::Published { "PAST_REF" } else { "XXXX-XX-XX" };
            return plain(name.to_owned(), None, unit);
        };
        let base = match from {
            From::Published => self.now().map(|d| (d, Anchor::Published)),
            From::Before => {
                if unit == Unit::Year
                    && count < 0
                    && let Some(quarter) = self.quarter_before(sentence)
                {
                    return self.years_from(quarter, count);
                }
                self.reference_for(unit, sentence).filter(|(_, a)| count < 0 || *a != Anchor::Published)
            }
        };
        let Some((day, anchor)) = base else { return plain(unknown(unit).to_owned(), None, unit) };
        if from == From::Published
            && unit == Unit::Year
            && count == -1
            && let Some(quarter) = self.quarter_before(sentence)
        {
            return self.years_from(quarter, count);
        }
        Value { anchor: Some(anchor), ..moved(day, unit, count) }
    }

    /// The quarter that figures of this or the last sentence are for: "a year earlier" is a quarter then.
    fn quarter_before(&self, sentence: u32) -> Option<&Mentioned> {
        self.last_quarter.as_ref().filter(|m| sentence <= m.sentence + 4)
    }

    fn years_from(&self, quarter: &Mentioned, years: i64) -> Value {
        let day = cal::add_years(quarter.when.from(), years);
        let number = (day.month() - 1) / 3 + 1;
        let when = cal::months(day.year(), number * 3 - 2, number * 3);
        let value = plain(format!("{:04}-Q{number}", day.year()), when, Unit::Quarter);
        Value { anchor: Some(Anchor::Words(quarter.span)), ..value }
    }

    /// The time mentioned before, if it is near, else the day of publication.
    fn reference(&self, sentence: u32) -> Option<(Day, Anchor)> {
        let last = self.last.as_ref().filter(|m| sentence <= m.sentence + 4);
        let last = last.map(|m| (m.when.from(), Anchor::Words(m.span)));
        last.or_else(|| self.now().map(|d| (d, Anchor::Published)))
    }

    /// The day mentioned before, if it is near.
    fn day_before(&self, sentence: u32) -> Option<(Day, Anchor)> {
        let last = self.last_day.as_ref().filter(|m| sentence <= m.sentence + 4)?;
        Some((last.when.from(), Anchor::Words(last.span)))
    }

    /// What a time of this unit is counted from: the time mentioned before, if it is not coarser. "Two days later" behind
    /// "in 2029" is no day.
    fn reference_for(&self, unit: Unit, sentence: u32) -> Option<(Day, Anchor)> {
        let last = self.last.as_ref().filter(|m| sentence <= m.sentence + 4);
        match last {
            Some(m) if m.when.days() > days_of(unit) => None,
            _ => self.reference(sentence),
        }
    }

    fn same(&self, unit: Unit, years: i64, from: From, sentence: u32) -> Value {
        if unit == Unit::Quarter {
            if let Some(quarter) = &self.last_quarter {
                return self.years_from(quarter, years);
            }
        } else if years != 0
            && let Some(quarter) = self.quarter_before(sentence)
        {
            return self.years_from(quarter, years);
        }
        let base = if from == From::Before || self.published.is_none() {
            self.reference_for(unit, sentence)
        } else {
            self.now().map(|d| (d, Anchor::Published))
        };
        match base {
            Some((day, anchor)) => Value { anchor: Some(anchor), ..moved(cal::add_years(day, years), unit, 0) },
            None => plain(unknown(unit).to_owned(), None, unit),
        }
    }

    fn holiday(&self, which: Holiday, year: YearOf, turn: Option<i8>, tense: Tense) -> Value {
        let on = |year: i16| super::holidays::days_of(which, year);
        // Days told from the sky are known to a day or two, and longer ones to a month: the value says no more.
        let give = |when: When, year: i16| {
            let value = match (which, when.exact()) {
                (Holiday::Moon(_, _, 1), _) => cal::day_value(days_after(when.from(), 1)),
                (_, Some(day)) => cal::day_value(day),
                (_, None) => format!("{year:04}"),
            };
            plain(value, Some(when), Unit::Day)
        };
        let unknown = || match which {
            Holiday::Fixed(month, day) => plain(format!("XXXX-{month:02}-{day:02}"), None, Unit::Day),
            _ => plain("XXXX-XX-XX".to_owned(), None, Unit::Day),
        };
        if let Some((year, anchor)) = self.told_year(year).filter(|_| turn.is_none()) {
            return on(year).map_or_else(unknown, |when| Value { anchor, ..give(when, year) });
        }
        let Some(now) = self.now() else { return unknown() };
        let choices: Vec<When> = [now.year() - 1, now.year(), now.year() + 1].into_iter().filter_map(on).collect();
        let tense = match turn {
            Some(t) if t < 0 => Tense::Past,
            Some(t) if t > 0 => Tense::Future,
            _ => tense,
        };
        let chosen = choose(&choices, now, tense, 90, 275).cloned();
        chosen.map_or_else(unknown, |w| {
            let year = w.from().year();
            self.counted(give(w, year))
        })
    }

    /// A time of day alone: the day mentioned in this sentence or the one before, which deeds take over and plans do not
    /// (`events::timing`).
    fn clock(&self, sentence: u32) -> Value {
        let day = self.last.as_ref().filter(|m| m.unit == Unit::Day && sentence <= m.sentence + 1);
        match (day, self.now()) {
            (Some(m), _) => Value { anchor: Some(Anchor::Words(m.span)), ..self.day_value(m.when.from()) },
            // The day of publication is the likeliest value, but "at 10 p.m." may be told of any: it gets no interval.
            (None, Some(now)) => self.counted(plain(cal::day_value(now), None, Unit::Day)),
            (None, None) => plain("XXXX-XX-XX".to_owned(), None, Unit::Day),
        }
    }
}
