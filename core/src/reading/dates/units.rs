//! Units of time as values and days: the week, month or year that holds a day, and those before and behind it.

use super::Anchor;
use super::calendar as cal;
use super::lengths::part_value;
use super::meaning::Part;
use super::tense::Tense;
use crate::lang::en::time::Unit;
use crate::when::{Day, When, days_after};

/// What a meaning comes to.
pub(super) struct Value {
    pub(super) value: String,
    pub(super) when: Option<When>,
    pub(super) unit: Unit,
    pub(super) anchor: Option<Anchor>,
}

/// Returns about how many days a unit has, at most.
pub(super) fn days_of(unit: Unit) -> u32 {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Night => 1,
        Unit::Weekend => 2,
        Unit::Week => 7,
        Unit::Fortnight => 14,
        Unit::Month => 31,
        Unit::Quarter => 92,
        Unit::Year => 366,
        Unit::Decade => 3_653,
        Unit::Century | Unit::Millennium => u32::MAX,
    }
}

pub(super) fn plain(value: String, when: Option<When>, unit: Unit) -> Value {
    Value { value, when, unit, anchor: None }
}

/// Chooses between the same day of three years: by tense, unless that is far off and the other side near.
///
/// `near` and `far` in days.
pub(super) fn choose(choices: &[When], now: Day, tense: Tense, near: i32, far: i32) -> Option<&When> {
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
pub(super) fn moved(day: Day, unit: Unit, by: i64) -> Value {
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
        Unit::Decade if by.abs() <= 1 => {
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
pub(super) fn unknown(unit: Unit) -> &'static str {
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
pub(super) fn at_time(part: Part, value: &mut Value) {
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
