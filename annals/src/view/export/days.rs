//! How precisely an interval of days names a date: other formats know years, months and days, but no intervals.

use crate::view::json::When;
use annals_core::when::Day;

/// A date as precise as it is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Date {
    /// The year.
    pub(super) year: i16,
    /// The month, from 1, if it is known.
    pub(super) month: Option<i8>,
    /// The day of the month, if it is known; only with a month.
    pub(super) day: Option<i8>,
}

impl Date {
    /// Returns a day.
    pub(super) fn of(day: Day) -> Date {
        Date { year: day.year(), month: Some(day.month()), day: Some(day.day()) }
    }

    /// Returns it in ISO 8601: `2025`, `2025-09`, `2025-09-06`.
    pub(super) fn iso(self) -> String {
        let mut out = format!("{:04}", self.year);
        for part in [self.month, self.day].into_iter().flatten() {
            out += &format!("-{part:02}");
        }
        out
    }
}

/// Returns the first and the last day of an interval.
pub(super) fn ends(when: &When) -> Option<(Day, Day)> {
    Some((when.from.parse().ok()?, when.to.parse().ok()?))
}

/// Returns the one day, month or year that an interval is; none for one that begins or ends within a month.
pub(super) fn one(first: Day, last: Day) -> Option<Date> {
    let is_year = first == first.first_of_year() && last == first.last_of_year();
    let is_month = first == first.first_of_month() && last == first.last_of_month();
    match (first == last, is_month, is_year) {
        (true, ..) => Some(Date::of(first)),
        (_, true, _) => Some(Date { day: None, ..Date::of(first) }),
        (.., true) => Some(Date { month: None, day: None, ..Date::of(first) }),
        _ => None,
    }
}

/// Returns what all days of an interval have in common: their year, their month, or the day itself.
pub(super) fn common(first: Day, last: Day) -> Option<Date> {
    let date = Date::of(first);
    if first == last {
        Some(date)
    } else if first.year() != last.year() {
        None
    } else if first.month() == last.month() {
        Some(Date { day: None, ..date })
    } else {
        Some(Date { month: None, day: None, ..date })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn check(first: Day, last: Day, is: Option<&str>, shared: Option<&str>) {
        assert_eq!(one(first, last).map(Date::iso).as_deref(), is, "{first} {last}");
        assert_eq!(common(first, last).map(Date::iso).as_deref(), shared, "{first} {last}");
    }

    #[test]
    fn a_date_is_no_more_precise_than_its_interval() {
        check(date(2024, 2, 3), date(2024, 2, 3), Some("2024-02-03"), Some("2024-02-03"));
        check(date(2024, 2, 1), date(2024, 2, 29), Some("2024-02"), Some("2024-02"));
        check(date(2024, 2, 1), date(2024, 2, 28), None, Some("2024-02"));
        check(date(2024, 1, 1), date(2024, 12, 31), Some("2024"), Some("2024"));
        check(date(2024, 2, 3), date(2024, 3, 1), None, Some("2024"));
        check(date(2023, 12, 31), date(2024, 1, 1), None, None);
    }
}
