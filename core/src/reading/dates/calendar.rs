//! Weeks, months, quarters, seasons, years as intervals of days and as TIMEX3 values.

use crate::when::{Day, When, days_after};
use jiff::civil::Weekday;

/// Returns a day; none if the calendar has no such day.
pub(super) fn day(year: i16, month: i8, day: i8) -> Option<Day> {
    Day::new(year, month, day).ok()
}

/// Returns the number of a day in its week, 1 (Monday) to 7.
pub(super) fn weekday(day: Day) -> i8 {
    day.weekday().to_monday_one_offset()
}

/// Returns `2024-03-22`.
pub(super) fn day_value(day: Day) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

/// Returns `2024-W12`.
pub(super) fn week_value(day: Day) -> String {
    let week = day.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

/// Returns `2024-03`.
pub(super) fn month_value(day: Day) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

/// Returns Monday to Sunday around a day.
pub(super) fn week(of: Day) -> When {
    let monday = days_after(of, 1 - i64::from(weekday(of)));
    When::between(monday, days_after(monday, 6))
}

/// Returns Saturday and Sunday of a day's week.
pub(super) fn weekend(of: Day) -> When {
    let week = week(of);
    When::between(days_after(week.from(), 5), week.to())
}

/// Returns a month.
pub(super) fn month(of: Day) -> When {
    When::between(of.first_of_month(), of.last_of_month())
}

/// Returns the months `first` to `last` of a year.
pub(super) fn months(year: i16, first: i8, last: i8) -> Option<When> {
    Some(When::between(day(year, first, 1)?, day(year, last, 1)?.last_of_month()))
}

/// Returns the years `first` to `last`.
pub(super) fn years(first: i16, last: i16) -> Option<When> {
    Some(When::between(day(first, 1, 1)?, day(last, 12, 31)?))
}

/// Returns a season of the north, by calendar months; winter begins in December of its year.
pub(super) fn season(year: i16, number: i8) -> Option<When> {
    if number == 4 {
        let first = day(year, 12, 1)?;
        return Some(When::between(first, day(year.checked_add(1)?, 2, 1)?.last_of_month()));
    }
    months(year, number * 3, number * 3 + 2)
}

/// Returns `SP`, `SU`, `FA`, `WI`.
pub(super) fn season_value(number: i8) -> &'static str {
    ["SP", "SU", "FA", "WI"][(number - 1).clamp(0, 3) as usize]
}

/// Returns the day moved by whole months, at most to the end of its month.
pub(super) fn add_months(day: Day, months: i64) -> Day {
    day.saturating_add(jiff::Span::new().months(months.clamp(-12_000, 12_000)))
}

/// Returns the day moved by whole years.
pub(super) fn add_years(day: Day, years: i64) -> Day {
    day.saturating_add(jiff::Span::new().years(years.clamp(-3_000, 3_000)))
}

/// Returns the first, second or last third of an interval (1, 2, 3), or all of it.
pub(super) fn third(when: &When, which: i8) -> When {
    let third = i64::from(when.days() / 3);
    if third == 0 {
        return when.clone();
    }
    let (from, to) = (when.from(), when.to());
    match which {
        1 => When::between(from, days_after(from, third - 1)),
        2 => When::between(days_after(from, third), days_after(to, -third)),
        3 => When::between(days_after(to, 1 - third), to),
        _ => when.clone(),
    }
}

/// Returns Easter Sunday (Gregorian; the anonymous algorithm, Nature 1876).
pub(super) fn easter(year: i16) -> Option<Day> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    day(year, (n / 31) as i8, (n % 31 + 1) as i8)
}

/// Returns the `nth` (from the end, if negative) weekday of a month.
pub(super) fn nth_weekday(year: i16, month: i8, nth: i8, wanted: i8) -> Option<Day> {
    let wanted = Weekday::from_monday_one_offset(wanted).ok()?;
    day(year, month, 1)?.nth_weekday_of_month(nth, wanted).ok()
}

/// Returns the last such weekday on or before a day.
pub(super) fn weekday_before(day: Day, wanted: i8) -> Day {
    days_after(day, -i64::from((weekday(day) - wanted).rem_euclid(7)))
}

/// Returns the first such weekday on or after a day.
pub(super) fn weekday_after(day: Day, wanted: i8) -> Day {
    days_after(day, i64::from((wanted - weekday(day)).rem_euclid(7)))
}
