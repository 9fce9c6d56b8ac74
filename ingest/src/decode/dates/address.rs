//! The date in an address: `/2024/03/28/`, `/2024/mar/28/`, `/20240328/`, `-2024-03-28-`.

use super::MONTHS;
use annals_core::when::Day;

fn day(year: &str, month: i8, day: &str) -> Option<Day> {
    let year = year.parse().ok().filter(|y: &i16| year.len() == 4 && (1990..2100).contains(y))?;
    let day = day.parse().ok().filter(|_| (1..=2).contains(&day.len()))?;
    Day::new(year, month, day).ok()
}

/// Returns the year and month of an address, as in `/2024/03/title`.
pub(crate) fn month_in_url(url: &str) -> Option<(i16, i8)> {
    let path = url.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split('/').collect();
    parts.windows(2).find_map(|w| {
        let year = w[0].parse().ok().filter(|y| w[0].len() == 4 && (1990..2100).contains(y))?;
        let month = w[1].parse().ok().filter(|m| (1..=12).contains(m)).or_else(|| MONTHS.get(w[1]).copied())?;
        Some((year, month))
    })
}

/// Returns the date of an address.
pub(crate) fn date_in_url(url: &str) -> Option<Day> {
    let path = url.split(['?', '#']).next()?;
    // An archive's address holds the day of the capture first: the page's own address follows.
    let path = path.rfind("http").filter(|at| *at > 0).map_or(path, |at| &path[at..]);
    let path = path.to_ascii_lowercase();
    let parts: Vec<&str> = path.split(['/', '-', '_', '.']).collect();
    let month = |m: &str| m.parse().ok().filter(|_| m.len() <= 2).or_else(|| MONTHS.get(m).copied());
    let parted = parts.windows(3).find_map(|w| day(w[0], month(w[1])?, w[2]));
    // `/28-03-2024/`: the day comes first wherever it cannot be a month, or the year stands last behind a month's name.
    let reversed = || {
        parts.windows(3).find_map(|w| {
            let settled = w[1].parse::<i8>().is_err() || w[0].parse::<i8>().is_ok_and(|d| d > 12);
            if settled { day(w[2], month(w[1])?, w[0]) } else { None }
        })
    };
    let joined = || {
        parts.iter().find_map(|p| {
            let digits = p.bytes().take_while(u8::is_ascii_digit).count();
            if digits == 8 && p.len() == 8 { day(&p[..4], p[4..6].parse().ok()?, &p[6..]) } else { None }
        })
    };
    parted.or_else(reversed).or_else(joined)
}

/// Returns the day on which an archive took the page, by the archive's address: `/web/20160218174457/http…`.
pub(crate) fn capture_in_url(url: &str) -> Option<Day> {
    let inner = url.rfind("/http").filter(|at| *at > 8)?;
    url[..inner].split('/').find_map(|part| {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let long = digits == 14 || (digits == 8 && part.len() == 8);
        if long { day(&part[..4], part[4..6].parse().ok()?, &part[6..8]) } else { None }
    })
}
