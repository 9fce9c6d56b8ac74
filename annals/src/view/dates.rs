//! Days and intervals as a reader wants them: `Mon 11 Nov 2024`, `11–14 Nov`, `Nov 2024`.

use super::words;
use annals_core::when::{Day, When};
use jiff::civil::Weekday;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Returns the weekday, three letters.
fn weekday(day: Day) -> &'static str {
    match day.weekday() {
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
        Weekday::Sunday => "Sun",
    }
}

fn month(day: Day) -> &'static str {
    MONTHS[usize::from(day.month().unsigned_abs().clamp(1, 12)) - 1]
}

/// Returns the first reason of an inferred date in short: the words, the day they fix, and by whom.
pub(crate) fn reason(ground: &str) -> String {
    let chain: Vec<&str> = ground.split("); ").collect();
    let first = words::one_line(chain[0]);
    let parts = || {
        let (word, rest) = first.split_once(" in “")?;
        let (_, rest) = rest.split_once("” is ")?;
        let (day, by) = rest.split_once(", by “")?;
        let by = by.rsplit_once("” (").map(|(_, by)| by.trim_end_matches(')'))?;
        let days: Vec<String> =
            day.split(" to ").map(|d| d.parse().ok().map_or(d.to_owned(), |d: Day| short(d, None))).collect();
        Some(format!("its {word} is {}, by {by}", days.join(" to ")))
    };
    let more = match chain.len() - 1 {
        0 => String::new(),
        n => format!(", and {}", words::count(n, "more reason", "more reasons")),
    };
    parts().map_or_else(|| words::clipped(&first, 160).into_owned(), |told| format!("{told}{more}"))
}

/// Returns `Mon 11 Nov 2024`.
pub(crate) fn full(day: Day) -> String {
    format!("{} {} {} {}", weekday(day), day.day(), month(day), day.year())
}

/// Returns `11 Nov`, with the year unless it is `year`.
pub(crate) fn short(day: Day, year: Option<i16>) -> String {
    if Some(day.year()) == year {
        format!("{} {}", day.day(), month(day))
    } else {
        format!("{} {} {}", day.day(), month(day), day.year())
    }
}

/// Returns an interval as narrowly as it can be named: one day with its weekday, a month, a year, else first and last
/// day. The year is left out where it is `year`.
pub(crate) fn interval(when: &When, year: Option<i16>) -> String {
    let (from, to) = (when.from(), when.to());
    let whole_months = from.day() == 1 && to == to.last_of_month();
    let days = if from == to {
        format!("{} {}", weekday(from), short(from, year))
    } else if whole_months && from == from.first_of_year() && to == to.last_of_year() && from.year() == to.year() {
        from.year().to_string()
    } else if whole_months && from.month() == to.month() && from.year() == to.year() {
        format!("{} {}", month(from), from.year())
    } else if from.month() == to.month() && from.year() == to.year() {
        format!("{}–{}", from.day(), short(to, year))
    } else {
        let first = if from.year() == to.year() { short(from, Some(to.year())) } else { short(from, year) };
        format!("{first} – {}", short(to, year))
    };
    match &when.time {
        Some(time) => format!("{days}, {time}"),
        None => days,
    }
}

/// Returns first and last day of something that ran: `4–16 Nov 2024`.
pub(crate) fn range(first: Day, last: Day) -> String {
    if first == last { full(first) } else { interval(&When::between(first, last), None) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn check_interval(from: Day, to: Day, shown: &str) {
        assert_eq!(interval(&When::between(from, to), Some(2024)), shown);
    }

    #[test]
    fn a_day_bears_its_weekday() {
        assert_eq!(full(date(2024, 11, 11)), "Mon 11 Nov 2024");
        check_interval(date(2024, 11, 11), date(2024, 11, 11), "Mon 11 Nov");
        check_interval(date(2023, 11, 11), date(2023, 11, 11), "Sat 11 Nov 2023");
    }

    #[test]
    fn an_interval_is_named_as_narrowly_as_it_is() {
        check_interval(date(2024, 11, 11), date(2024, 11, 14), "11–14 Nov");
        check_interval(date(2024, 10, 30), date(2024, 11, 2), "30 Oct – 2 Nov");
        check_interval(date(2024, 11, 1), date(2024, 11, 30), "Nov 2024");
        check_interval(date(2024, 1, 1), date(2024, 12, 31), "2024");
        check_interval(date(2023, 12, 30), date(2024, 1, 2), "30 Dec 2023 – 2 Jan");
        check_interval(date(2024, 2, 1), date(2024, 2, 29), "Feb 2024");
    }
}
