//! Turns what a time expression says into a TIMEX3 value and days, counting from the publication or the time before.

use super::calendar as cal;
use super::grammar::{Found, From, Meaning, Part};
use super::lengths::part_value;
use super::tense::Tense;
use super::{Anchor, TimeExpression, TimeType};
use crate::lang::en::time::Unit;
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
    last_quarter: Option<Mentioned>,
    /// The year of the last date with a year.
    year: Option<i16>,
    /// Whether numeric dates of this text give the day first, if one has told.
    day_first: Option<bool>,
}

/// What a meaning comes to.
struct Value {
    value: String,
    when: Option<When>,
    unit: Unit,
    anchor: Option<Anchor>,
}

impl Context {
    /// Returns a context for a text published then.
    pub(super) fn new(published: Option<&When>) -> Context {
        Context { published: published.map(|w| (w.to(), w.from())), ..Context::default() }
    }

    /// Notes the order of day and month in numeric dates.
    pub(super) fn note_order(&mut self, day_first: bool) {
        self.day_first.get_or_insert(day_first);
    }

    fn now(&self) -> Option<Day> {
        self.published.map(|(day, _)| day)
    }

    /// Resolves one time expression and remembers it.
    pub(super) fn resolve(&mut self, found: &Found, span: Span, sentence: u32, tense: Tense) -> TimeExpression {
        let mut kind = match (&found.meaning, found.part) {
            (Meaning::Length(_), _) => TimeType::Duration,
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
        let Some(when) = value.when.clone() else { return };
        if matches!(found.meaning, Meaning::Length(_) | Meaning::Set(_) | Meaning::Reference(_) | Meaning::Clock) {
            return;
        }
        if let Meaning::Day { year: Some(y), .. } | Meaning::Month { year: Some(y), .. } | Meaning::Year(y) =
            found.meaning
        {
            self.year = Some(y);
        }
        let mentioned = Mentioned { when, unit: value.unit, span, sentence };
        // "A year earlier" is said of the quarter in hand, which stays the one that "the quarter" means.
        if matches!(found.meaning, Meaning::Quarter { .. }) {
            self.last_quarter = Some(mentioned.clone());
        }
        self.last = Some(mentioned);
    }

    fn value(&self, found: &Found, sentence: u32, tense: Tense) -> Value {
        match &found.meaning {
            Meaning::Day { year, month, day, until } => self.day(*year, *month, *day, *until, tense),
            Meaning::Slashed { first, second, year } => self.slashed(*first, *second, *year),
            Meaning::Month { year, month, turn } => self.month(*year, *month, *turn, tense),
            Meaning::Year(year) => plain(format!("{year:04}"), cal::years(*year, *year), Unit::Year),
            Meaning::FiscalYear(year) => plain(format!("{year:04}"), None, Unit::Year),
            Meaning::Decade(year) => plain(format!("{}", year / 10), cal::years(*year, year + 9), Unit::Decade),
            Meaning::Century(n) => {
                plain(format!("{:02}", n - 1), cal::years(((n - 1) * 100).max(1), n * 100 - 1), Unit::Century)
            }
            Meaning::Quarter { number, year, turn } => self.quarter(*number, *year, *turn, tense),
            Meaning::Half { number, year, turn } => self.half(*number, *year, *turn),
            Meaning::Season { season, year, turn } => self.season(*season, *year, *turn, tense),
            Meaning::Weekday { day, turn } => self.weekday(*day, *turn, tense),
            Meaning::Deictic(days) => match self.now() {
                Some(now) => self.counted(self.day_value(days_after(now, *days))),
                None => plain("XXXX-XX-XX".to_owned(), None, Unit::Day),
            },
            Meaning::Turn { unit, by, from } => self.turn(*unit, *by, *from, sentence, tense),
            Meaning::Shift { count, unit, from } => self.shift(*count, *unit, *from, sentence),
            Meaning::Same { unit, years } => self.same(*unit, *years, sentence),
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

    fn day(&self, year: Option<i16>, month: i8, day: i8, until: Option<i8>, tense: Tense) -> Value {
        let last = until.unwrap_or(day);
        let span = |year: i16| Some(When::between(cal::day(year, month, day)?, cal::day(year, month, last)?));
        let unknown = |year: &str| plain(format!("{year}-{month:02}-{day:02}"), None, Unit::Day);
        if let Some(year) = year {
            return match span(year) {
                Some(when) => plain(cal::day_value(when.from()), Some(when), Unit::Day),
                None => unknown(&format!("{year:04}")),
            };
        }
        let Some(now) = self.now() else {
            // The year of the last full date stands for those behind it, as in "Since 14 March 2023 … On 2 April".
            return match self.year.and_then(span) {
                Some(when) => Value {
                    anchor: self.last.as_ref().map(|m| Anchor::Words(m.span)),
                    ..plain(cal::day_value(when.from()), Some(when), Unit::Day)
                },
                None => unknown("XXXX"),
            };
        };
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
        self.day(Some(year), month, day, None, Tense::Unknown)
    }

    fn month(&self, year: Option<i16>, month: i8, turn: Option<i8>, tense: Tense) -> Value {
        let give = |year: i16| {
            let when = cal::months(year, month, month);
            plain(format!("{year:04}-{month:02}"), when, Unit::Month)
        };
        if let Some(year) = year {
            return give(year);
        }
        let Some(now) = self.now() else { return plain(format!("XXXX-{month:02}"), None, Unit::Month) };
        let this = now.year();
        let year = match turn {
            Some(-10) => this - 1,
            Some(10) => this + 1,
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

    fn weekday(&self, wanted: i8, turn: Option<i8>, tense: Tense) -> Value {
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
                self.reference(sentence)
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
        self.last_quarter.as_ref().filter(|m| sentence <= m.sentence + 3)
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

    fn same(&self, unit: Unit, years: i64, sentence: u32) -> Value {
        if unit == Unit::Quarter {
            if let Some(quarter) = &self.last_quarter {
                return self.years_from(quarter, years);
            }
        } else if years != 0
            && let Some(quarter) = self.quarter_before(sentence)
        {
            return self.years_from(quarter, years);
        }
        let base = if years == 0 && matches!(unit, Unit::Day | Unit::Weekend) || self.published.is_none() {
            self.reference(sentence)
        } else {
            self.now().map(|d| (d, Anchor::Published))
        };
        match base {
            Some((day, anchor)) => Value { anchor: Some(anchor), ..moved(cal::add_years(day, years), unit, 0) },
            None => plain(unknown(unit).to_owned(), None, unit),
        }
    }

    fn holiday(&self, which: u16, year: Option<i16>, turn: Option<i8>, tense: Tense) -> Value {
        let on = |year: i16| super::holidays::day_of(which, year);
        let give = |day: Option<Day>| day.map(|d| self.day_value(d));
        let unknown = || match which {
            100.. => plain(format!("XXXX-{:02}-{:02}", which / 100, which % 100), None, Unit::Day),
            _ => plain("XXXX-XX-XX".to_owned(), None, Unit::Day),
        };
        if let Some(year) = year {
            return give(on(year)).unwrap_or_else(unknown);
        }
        let Some(now) = self.now() else { return unknown() };
        let choices: Vec<When> =
            [now.year() - 1, now.year(), now.year() + 1].into_iter().filter_map(on).map(When::day).collect();
        let tense = match turn {
            Some(t) if t < 0 => Tense::Past,
            Some(t) if t > 0 => Tense::Future,
            _ => tense,
        };
        let chosen = choose(&choices, now, tense, 90, 275);
        chosen.and_then(|w| give(Some(w.from()))).map_or_else(unknown, |v| self.counted(v))
    }

    /// A time of day alone: the day mentioned in this sentence or the one before.
    fn clock(&self, sentence: u32) -> Value {
        let day = self.last.as_ref().filter(|m| m.unit == Unit::Day && sentence <= m.sentence + 1);
        match (day, self.now()) {
            (Some(m), _) => Value { anchor: Some(Anchor::Words(m.span)), ..self.day_value(m.when.from()) },
            (None, Some(now)) => plain(cal::day_value(now), None, Unit::Day),
            (None, None) => plain("XXXX-XX-XX".to_owned(), None, Unit::Day),
        }
    }
}

fn plain(value: String, when: Option<When>, unit: Unit) -> Value {
    Value { value, when, unit, anchor: None }
}

/// Chooses between the same day of three years: by tense, unless that is far off and the other side near.
///
/// `near` and `far` in days.
fn choose(choices: &[When], now: Day, tense: Tense, near: i32, far: i32) -> Option<&When> {
    let away = |w: &When| (w.from() - now).get_days();
    let back = choices.iter().filter(|w| away(w) <= 0).max_by_key(|w| away(w));
    let ahead = choices.iter().filter(|w| away(w) >= 0).min_by_key(|w| away(w));
    let (Some(back), Some(ahead)) = (back, ahead) else { return back.or(ahead) };
    let (behind, before) = (-away(back), away(ahead));
    let forward = match tense {
        Tense::Future => !(before > far && behind < near),
        Tense::Past => behind > far && before < near,
        Tense::Near | Tense::Unknown => before < behind,
    };
    Some(if forward { ahead } else { back })
}

/// Returns the unit of time that holds a day, moved by whole units.
fn moved(day: Day, unit: Unit, by: i64) -> Value {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => {
            let when = if unit == Unit::Hour && by.abs() <= 48 {
                When::between(days_after(day, by / 24), days_after(day, (by - 23) / 24))
            } else {
                When::day(day)
            };
            plain(cal::day_value(when.from()), Some(when), Unit::Day)
        }
        Unit::Day | Unit::Night => {
            let day = days_after(day, by);
            plain(cal::day_value(day), Some(When::day(day)), Unit::Day)
        }
        Unit::Week | Unit::Fortnight => {
            let weeks = if unit == Unit::Fortnight { by * 2 } else { by };
            let day = days_after(day, weeks * 7);
            plain(cal::week_value(day), Some(cal::week(day)), Unit::Week)
        }
        Unit::Weekend => {
            let day = days_after(day, by * 7);
            plain(format!("{}-WE", cal::week_value(day)), Some(cal::weekend(day)), Unit::Weekend)
        }
        Unit::Month => {
            let day = cal::add_months(day, by);
            plain(cal::month_value(day), Some(cal::month(day)), Unit::Month)
        }
        Unit::Quarter => {
            let day = cal::add_months(day, by * 3);
            let number = (day.month() - 1) / 3 + 1;
            let when = cal::months(day.year(), number * 3 - 2, number * 3);
            plain(format!("{:04}-Q{number}", day.year()), when, Unit::Quarter)
        }
        Unit::Year => {
            let year = cal::add_years(day, by).year();
            plain(format!("{year:04}"), cal::years(year, year), Unit::Year)
        }
        Unit::Decade if by.abs() == 1 || by == 0 => {
            let first = cal::add_years(day, by * 10).year() / 10 * 10;
            plain(format!("{}", first / 10), cal::years(first, first + 9), Unit::Decade)
        }
        Unit::Decade | Unit::Century | Unit::Millennium => {
            let years = match unit {
                Unit::Decade => 10,
                Unit::Century => 100,
                _ => 1000,
            };
            if by == 0 && unit == Unit::Century {
                let first = day.year() / 100 * 100;
                return plain(format!("{:02}", first / 100), cal::years(first.max(1), first + 99), unit);
            }
            let year = cal::add_years(day, by * years).year();
            plain(format!("{year:04}"), cal::years(year, year), Unit::Year)
        }
    }
}

/// The value of a unit that nothing places.
fn unknown(unit: Unit) -> &'static str {
    match unit {
        Unit::Week | Unit::Fortnight => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Year | Unit::Century | Unit::Millennium => "XXXX",
        Unit::Decade => "XXX",
        _ => "XXXX-XX-XX",
    }
}

/// Adds the time of day.
fn at_time(part: Part, value: &mut Value) {
    match part {
        Part::Of(p) => value.value.push_str(part_value(p)),
        Part::Clock(hour, minute, zone) => {
            let time = format!("{hour:02}:{minute:02}");
            value.value.push('T');
            value.value.push_str(&time);
            if let Some(when) = &mut value.when {
                when.time = Some(format!("{time}{zone}"));
            }
        }
    }
}
