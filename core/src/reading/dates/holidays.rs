//! Days with a name, in the years they fall on: Easter and what hangs on it, the moon of Islam, the Jewish year.

use super::calendar as cal;
use crate::lang::en::time::Holiday;
use crate::when::{Day, When, days_after};

/// Returns the days of a named day in a year of the common calendar, if it falls into it.
pub(super) fn days_of(holiday: Holiday, year: i16) -> Option<When> {
    match holiday {
        Holiday::Fixed(month, day) => cal::day(year, month, day).map(When::day),
        Holiday::Easter(days) => cal::easter(year).map(|d| When::day(days_after(d, i64::from(days)))),
        Holiday::Orthodox(days) => julian_easter(year).map(|d| When::day(days_after(d, i64::from(days)))),
        Holiday::Nth(month, nth, weekday, days) => {
            cal::nth_weekday(year, month, nth, weekday).map(|d| When::day(days_after(d, i64::from(days))))
        }
        Holiday::Moon(month, day, days) => {
            let first = moon(year, i64::from(month), i64::from(day))?;
            Some(When::between(days_after(first, -1), days_after(first, i64::from(days))))
        }
        Holiday::Temple(days) => Some(When::day(days_after(jewish_new_year(year)?, i64::from(days)))),
    }
}

/// Returns Easter Sunday of the Orthodox churches (the Julian algorithm of Meeus; 1900 to 2099).
fn julian_easter(year: i16) -> Option<Day> {
    let y = i32::from(year);
    let (a, b, c) = (y % 4, y % 7, y % 19);
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let n = d + e + 114;
    let julian = cal::day(year, (n / 31) as i8, (n % 31 + 1) as i8)?;
    (1900..2100).contains(&year).then(|| days_after(julian, 13))
}

/// Returns the day of the common year on which a day of the Islamic year falls, by the tables of civil use; the sky may
/// differ by a day.
fn moon(year: i16, month: i64, day: i64) -> Option<Day> {
    // 15 July 622, the last day before the first Islamic year, Julian calendar, is 18 July by ours.
    let epoch = cal::day(622, 7, 18)?;
    let guess = (i64::from(year) - 622) * 33 / 32;
    (guess - 1..=guess + 1).find_map(|y| {
        let days = (y - 1) * 354 + (11 * y + 3) / 30 + (month - 1) * 29 + month / 2 + day;
        Some(days_after(epoch, days)).filter(|d| d.year() == year)
    })
}

/// Returns the Jewish new year in the autumn of a common year (Dershowitz and Reingold, Calendrical Calculations).
fn jewish_new_year(year: i16) -> Option<Day> {
    let elapsed = |y: i64| {
        let months = (235 * y - 234).div_euclid(19);
        let parts = 12_084 + 13_753 * months;
        let day = 29 * months + parts.div_euclid(25_920);
        if (3 * (day + 1)).rem_euclid(7) < 3 { day + 1 } else { day }
    };
    let y = i64::from(year) + 3_761;
    let (before, this, next) = (elapsed(y - 1), elapsed(y), elapsed(y + 1));
    let late = if next - this == 356 { 2 } else { i64::from(this - before == 382) };
    // Day 1 of the common calendar is 1,373,428 days after the Jewish epoch.
    Some(days_after(cal::day(1, 1, 1)?, this + late - 1_373_428))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(holiday: Holiday, year: i16, expected: &str) {
        let when = days_of(holiday, year).map(|w| format!("{} {}", w.from(), w.to()));
        assert_eq!(when.as_deref(), Some(expected), "{holiday:?} {year}");
    }

    #[test]
    fn days_that_move_fall_where_almanacs_have_them() {
        check(Holiday::Easter(-2), 2024, "2024-03-29 2024-03-29");
        check(Holiday::Orthodox(0), 2024, "2024-05-05 2024-05-05");
        check(Holiday::Orthodox(0), 2023, "2023-04-16 2023-04-16");
        check(Holiday::Temple(0), 2024, "2024-10-03 2024-10-03");
        check(Holiday::Temple(-163), 2024, "2024-04-23 2024-04-23");
        check(Holiday::Temple(9), 2025, "2025-10-02 2025-10-02");
        check(Holiday::Moon(10, 1, 1), 2024, "2024-04-09 2024-04-11");
        check(Holiday::Moon(10, 1, 1), 2031, "2031-01-24 2031-01-26");
        check(Holiday::Moon(9, 1, 29), 2023, "2023-03-22 2023-04-21");
        check(Holiday::Nth(11, 1, 1, 1), 2024, "2024-11-05 2024-11-05");
    }
}
