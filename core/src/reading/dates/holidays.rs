//! Days with a name.

use super::calendar as cal;
use crate::when::{Day, days_after};

/// Returns the day of a named day in a year: month * 100 + day, or below 100 one that moves.
pub(super) fn day_of(which: u16, year: i16) -> Option<Day> {
    match which {
        1 => cal::easter(year),
        2 => cal::nth_weekday(year, 11, 4, 4),
        3 => cal::easter(year).map(|d| days_after(d, 1)),
        4 => cal::easter(year).map(|d| days_after(d, -2)),
        5 => cal::easter(year).map(|d| days_after(d, -7)),
        6 => cal::easter(year).map(|d| days_after(d, -46)),
        7 => cal::nth_weekday(year, 9, 1, 1),
        8 => cal::nth_weekday(year, 5, -1, 1),
        9 => cal::nth_weekday(year, 1, 3, 1),
        10 => cal::nth_weekday(year, 2, 3, 1),
        // Tuesday after the first Monday of November.
        11 => cal::nth_weekday(year, 11, 1, 1).map(|d| days_after(d, 1)),
        100.. => cal::day(year, (which / 100) as i8, (which % 100) as i8),
        _ => None,
    }
}
